// Runs all cases of a policy, those in it and those beside it: what the page asks a worker, and what it answers.

import { compileCases } from '../../language/compile.ts'
import { type CaseResult, passed, runCase } from '../../runtime/cases.ts'
import type { TestCase } from '../../runtime/ir/cases.ts'
import { compileWith } from '../state/compile.ts'

export interface CasesAsked {
  readonly path: string
  readonly text: string
  /** The file of cases beside it. */
  readonly beside: { readonly path: string; readonly text: string } | undefined
  /** Other texts that may be taken in, by path. */
  readonly texts: readonly (readonly [string, string])[]
}

export interface RanCase extends CaseResult {
  /** The file that it stands in. */
  readonly path: string
  readonly testCase: TestCase
  readonly passed: boolean
}

/** @returns `undefined` where the policy has errors: nothing can be said of its cases then */
export function runCases({ path, text, beside, texts }: CasesAsked): readonly RanCase[] | undefined {
  const here = new Map(texts)
  const compiled = compileWith((wanted) => here.get(wanted), text, path)
  const { policy } = compiled
  if (!policy) return undefined
  const others = beside ? compileCases(beside.text, beside.path, compiled).cases : []
  const all = [...compiled.cases.map((testCase) => ({ path, testCase })), ...others.map((testCase) => ({ path: beside?.path ?? path, testCase }))]
  return all.map(({ path: file, testCase }) => {
    const result = runCase(policy, testCase)
    return { ...result, path: file, testCase, passed: passed(result) }
  })
}
