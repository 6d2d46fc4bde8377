// One applicant from written facts to outcome: strict reading, then interpretation.

import { type Facts, readFacts, type WrittenFacts } from './facts.ts'
import { openPerson, outcomeOf } from './interpret.ts'
import type { Outcome } from './outcome.ts'
import type { Problem } from './problems.ts'
import type { Run } from './run.ts'

export type Scored = { readonly ok: true; readonly outcome: Outcome } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Scores an applicant; with any problem in the facts there is no outcome. */
export function score(run: Run, written: WrittenFacts): Scored {
  const { facts, problems } = readFacts(run.policy, written)
  return problems.length > 0 ? { ok: false, problems } : scoreFacts(run, facts)
}

/** As `score`, of facts already read; some mistakes in them show only while they are evaluated. */
export function scoreFacts(run: Run, facts: Facts): Scored {
  const person = openPerson(run, facts)
  const outcome = outcomeOf(person)
  return person.problems.length > 0 ? { ok: false, problems: person.problems } : { ok: true, outcome }
}
