// Runs all cases of a policy, those in it and those beside it, a few at a time: whatever else is asked meanwhile is answered first, and a
// newer text ends it.

import { passed, runCase } from '../../runtime/cases.ts'
import type { TestCase } from '../../runtime/ir/cases.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import type { RanCase } from './protocol.ts'

/** Milliseconds after which other questions are let in. */
const atOnce = 8

/** @returns `undefined` once `isOld` says that nobody wants to know any more */
export async function runCases(
  policy: Policy,
  cases: readonly { readonly path: string; readonly testCase: TestCase }[],
  isOld: () => boolean,
): Promise<readonly RanCase[] | undefined> {
  const ran: RanCase[] = []
  let since = performance.now()
  for (const { path, testCase } of cases) {
    if (performance.now() - since > atOnce) {
      await new Promise((resolve) => setTimeout(resolve))
      if (isOld()) return undefined
      since = performance.now()
    }
    const result = runCase(policy, testCase)
    ran.push({ ...result, path, testCase, passed: passed(result) })
  }
  return ran
}
