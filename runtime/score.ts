// One applicant from written facts to outcome: strict reading, then interpretation.

import { readFacts, type WrittenFacts } from './facts.ts'
import { interpret, type ReferenceDates } from './interpret.ts'
import type { Policy } from './ir/schema.ts'
import type { Outcome } from './outcome.ts'
import type { Problem } from './problems.ts'

export type Scored = { readonly ok: true; readonly outcome: Outcome } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Scores an applicant; with any problem in the facts there is no outcome. */
export function score(policy: Policy, dates: ReferenceDates, written: WrittenFacts): Scored {
  const { facts, problems } = readFacts(policy, written)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, outcome: interpret(policy, dates, facts) }
}
