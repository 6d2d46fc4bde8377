// One applicant from written facts to outcome: strict reading, then interpretation.

import { type Facts, readFacts, type WrittenFacts } from './facts.ts'
import { openPerson, outcomeOf, type ReferenceDates, type Use } from './interpret.ts'
import type { Policy } from './ir/schema.ts'
import type { Outcome } from './outcome.ts'
import type { Problem } from './problems.ts'

export type Scored = { readonly ok: true; readonly outcome: Outcome } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Scores an applicant; with any problem in the facts there is no outcome. */
export function score(policy: Policy, dates: ReferenceDates, written: WrittenFacts, use: Use = {}): Scored {
  const { facts, problems } = readFacts(policy, written)
  return problems.length > 0 ? { ok: false, problems } : scoreFacts(policy, dates, facts, use)
}

/** As `score`, of facts already read; some mistakes in them show only while they are evaluated. */
export function scoreFacts(policy: Policy, dates: ReferenceDates, facts: Facts, use: Use = {}): Scored {
  const person = openPerson(policy, dates, facts, use)
  const outcome = outcomeOf(person)
  return person.problems.length > 0 ? { ok: false, problems: person.problems } : { ok: true, outcome }
}
