// A diagnostic is data: a code from the catalogue, a place, and the words that fill its message. Prose lives in the
// catalogue alone.

import type { Span } from '../span.ts'
import type { Code } from './catalogue.ts'

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

export type FixTitle = 'replace' | 'insert' | 'remove' | 'split'

export interface Diagnostic {
  readonly code: Code
  /** The smallest text that is wrong. */
  readonly span: Span
  /** Fills the `{placeholders}` of the catalogue's texts. */
  readonly data: Readonly<Record<string, string>>
  /** The other place, where two places disagree. */
  readonly related?: readonly Span[]
  readonly fixes?: readonly Fix[]
}

/** Where stages report what they find. */
export type Report = (diagnostic: Diagnostic) => void
