// A diagnostic is data: a code from the catalogue, a place, and the words that fill its message. Prose lives in the
// catalogue alone.

import type { Told } from '../../runtime/ir/messages.ts'
import type { Span } from '../span.ts'
import type { Code, catalogue } from './catalogue.ts'

export interface Edit {
  readonly span: Span
  readonly text: string
}

/** A change that the reader may take with one click. */
export interface Fix {
  /** Which of the catalogue's fix titles names it. */
  readonly title: FixTitle
  readonly data: Readonly<Record<string, string>>
  readonly edits: readonly Edit[]
}

export type FixTitle = 'replace' | 'insert' | 'remove' | 'split' | 'move' | 'declare'

interface Found {
  /** The smallest text that is wrong. */
  readonly span: Span
  /** The other place, where two places disagree. */
  readonly related?: readonly Span[]
  readonly fixes?: readonly Fix[]
}

/** Of a code, with what the words of just that code are told. */
export type DiagnosticOf<C extends Code> = C extends Code ? Found & { readonly code: C; readonly data: Told<typeof catalogue, C> } : never

export type Diagnostic = DiagnosticOf<Code>

/** Where stages report what they find. */
export type Report = (diagnostic: Diagnostic) => void
