// A person scored: for which use, on which days, and what came out.

import { mainTotal } from '../../runtime/cases.ts'
import { formatDecimal } from '../../runtime/exact/number.ts'
import type { Policy, Scenario } from '../../runtime/ir/schema.ts'
import type { Outcome } from '../../runtime/outcome.ts'
import type { Problem } from '../../runtime/problems.ts'
import { receipt } from '../../runtime/receipt/receipt.ts'
import { needsScenario, openDates, type Run, startRun } from '../../runtime/run.ts'
import { score } from '../../runtime/score.ts'
import type { Person } from '../desk.ts'
import type { Form, Result, ShownTotal } from './protocol.ts'

export type Scored =
  | { readonly kind: 'scored'; readonly run: Run; readonly outcome: Outcome }
  | { readonly kind: 'problems' | 'run-problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'no-date'; readonly names: readonly string[] }

/** The use that a person is scored for: the one chosen, or the first where there must be one. */
export function scenarioOf(policy: Policy, { scenario }: Pick<Person, 'scenario'>): Scenario | undefined {
  const chosen = policy.scenarios.find(({ name }) => name === scenario)
  return chosen ?? (needsScenario(policy) ? policy.scenarios[0] : undefined)
}

export function scoreOne(policy: Policy, person: Omit<Person, 'id' | 'name'>): Scored {
  const scenario = scenarioOf(policy, person)
  const names = openDates(policy, scenario)
  const missing = names.filter((name) => !person.dates[name])
  if (missing.length > 0) return { kind: 'no-date', names: missing }
  // A policy is written before it is in force: what it will say is tried, and stamped where it is shown.
  const asOf = Object.fromEntries(names.map((name) => [name, person.dates[name] ?? '']))
  const started = startRun(policy, { asOf, scenario: scenario?.name, trial: true })
  if (!started.ok) return { kind: 'run-problems', problems: started.problems }
  const scored = score(started.run, person.facts)
  return scored.ok ? { kind: 'scored', run: started.run, outcome: scored.outcome } : { kind: 'problems', problems: scored.problems }
}

/** @param explained whether the receipt is wanted too */
export function resultOf(policy: Policy, person: Omit<Person, 'id' | 'name'>, explained: boolean): Result {
  const scored = scoreOne(policy, person)
  if (scored.kind !== 'scored') return scored
  const { run, outcome } = scored
  return {
    kind: 'scored',
    main: shownTotal(policy, outcome),
    receipt: explained ? { document: receipt(run, outcome, person.facts), stateRules: outcome.states.map(({ rule }) => rule) } : undefined,
  }
}

function shownTotal(policy: Policy, outcome: Outcome): ShownTotal {
  const figure = mainTotal(policy, outcome)?.figure
  if (!figure) return { text: '—', counts: true, proven: '', lowest: '', highest: '' }
  const [proven, lowest, highest] = [figure.proven, figure.lowest, figure.highest].map(formatDecimal) as [string, string, string]
  const isCleared = outcome.state === 'cleared'
  return { text: isCleared ? '0' : proven, counts: isCleared || outcome.state === 'valid' || outcome.state === 'undecided', proven, lowest, highest }
}

export const formOf = (policy: Policy): Form => ({
  facts: policy.facts,
  units: policy.units,
  uses: policy.scenarios.map((scenario) => ({ name: scenario.name, dates: openDates(policy, scenario) })),
  needsUse: needsScenario(policy),
  dates: openDates(policy, undefined),
  referenceDates: policy.referenceDates,
})
