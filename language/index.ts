// What the installed language offers: the text of a policy → what is wrong with it, the compiled policy, the same text in the one way
// to write it.

import type { TestCase } from '../runtime/ir/cases.ts'
import type { Policy } from '../runtime/ir/schema.ts'
import { compile, type Load } from './compile.ts'
import type { Diagnostic } from './diagnostics/diagnostic.ts'

export type { TestCase } from '../runtime/ir/cases.ts'
export type { Policy } from '../runtime/ir/schema.ts'
export type { Load } from './compile.ts'
export { describe, severityOf } from './diagnostics/catalogue.ts'
export type { Diagnostic } from './diagnostics/diagnostic.ts'
export { type Formatted, format } from './format/format.ts'
export { positions } from './span.ts'
export type { Surface } from './words.ts'

export interface Compilation {
  /** In order of place. */
  readonly diagnostics: readonly Diagnostic[]
  /** Absent when there are errors. */
  readonly policy: Policy | undefined
  /** Those in the policy's own text. */
  readonly cases: readonly TestCase[]
}

/**
 * @param path names the text in the compiled policy's list of sources
 * @param load gives the texts that it takes in; without it there are none
 */
export function compilePolicy(text: string, path?: string, load?: Load): Compilation {
  const { diagnostics, policy, cases } = compile(text, path, load)
  return { diagnostics, policy, cases }
}
