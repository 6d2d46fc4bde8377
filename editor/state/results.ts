// A person scored: for which use, on which days, what came out, and what of it a new case expects.

import { mainTotal } from '../../runtime/cases.ts'
import { formatDecimal } from '../../runtime/exact/number.ts'
import type { WrittenFacts } from '../../runtime/facts.ts'
import type { TestCase } from '../../runtime/ir/cases.ts'
import type { Policy, Scenario } from '../../runtime/ir/schema.ts'
import type { ItemTrace, Outcome } from '../../runtime/outcome.ts'
import type { Problem } from '../../runtime/problems.ts'
import { needsScenario, openDates, type Run, startRun } from '../../runtime/run.ts'
import { score } from '../../runtime/score.ts'
import type { Person } from '../desk.ts'
import type { Language } from '../words.ts'
import { today } from './today.ts'

export type Result =
  | { readonly kind: 'scored'; readonly run: Run; readonly facts: WrittenFacts; readonly outcome: Outcome }
  /** In the facts, or (`run-problems`) in the run. */
  | { readonly kind: 'problems' | 'run-problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'no-date'; readonly names: readonly string[] }

/** What a policy makes of somebody. */
export function resultOf(policy: Policy | undefined, person: Person): Result {
  if (!policy) return { kind: 'problems', problems: [] }
  const scenario = scenarioOf(policy, person)
  const names = openDates(policy, scenario)
  const missing = names.filter((name) => !person.dates[name])
  if (missing.length > 0) return { kind: 'no-date', names: missing }
  // A policy is written before it is in force: what it will say is tried, and stamped where it is shown.
  const asOf = Object.fromEntries(names.map((name) => [name, person.dates[name] ?? '']))
  const started = startRun(policy, { asOf, scenario: scenario?.name, trial: true })
  if (!started.ok) return { kind: 'run-problems', problems: started.problems }
  const { run } = started
  const scored = score(run, person.facts)
  return scored.ok ? { kind: 'scored', run, facts: person.facts, outcome: scored.outcome } : { kind: 'problems', problems: scored.problems }
}

/** The result of each person, by their id. */
export const resultsOf = (policy: Policy | undefined, people: readonly Person[]): ReadonlyMap<string, Result> =>
  new Map(people.map((person) => [person.id, resultOf(policy, person)]))

/** The use that a person is scored for: the one chosen, or the first where there must be one. */
export function scenarioOf(policy: Policy, person: Person): Scenario | undefined {
  const chosen = policy.scenarios.find(({ name }) => name === person.scenario)
  return chosen ?? (needsScenario(policy) ? policy.scenarios[0] : undefined)
}

/** The main total as it counts: 0 when cleared; in a state that stops the application the figure stands but does not count. */
export function shownTotal(result: Result | undefined): { readonly text: string; readonly counts: boolean } {
  const { run, outcome } = result?.kind === 'scored' ? result : {}
  const main = run && outcome && mainTotal(run.policy, outcome)
  if (!main) return { text: '—', counts: true }
  if (outcome.state === 'cleared') return { text: '0', counts: true }
  return { text: formatDecimal(main.figure.proven), counts: outcome.state === 'valid' || outcome.state === 'undecided' }
}

/** Whom a policy starts with: the case of whom most is known and whose points count, or somebody of whom nothing is. */
export function firstPerson(policy: Policy | undefined, cases: readonly TestCase[], language: Language): Person {
  const known = ({ facts }: TestCase) => Object.keys(facts).length
  const counts = ({ expected }: TestCase) => (expected.state === undefined || expected.state === 'valid' ? 1 : 0)
  const [first] = cases.filter(({ people }) => people === undefined).sort((a, b) => counts(b) - counts(a) || known(b) - known(a))
  const id = crypto.randomUUID()
  if (!first) return { id, name: language === 'zh' ? '申请人1' : 'Applicant 1', dates: defaultDates(policy), facts: {} }
  return { id, name: first.title, ...(first.scenario === undefined ? {} : { scenario: first.scenario }), dates: { ...first.dates }, facts: { ...first.facts } }
}

export const defaultDates = (policy: Policy | undefined): Record<string, string> =>
  Object.fromEntries((policy?.referenceDates ?? []).map((name) => [name, today()]))

/** The total and every indicator that is not zero. */
export function expectedFigures(policy: Policy, outcome: Outcome): readonly { path: readonly string[]; value: string }[] {
  const list: { path: readonly string[]; value: string }[] = []
  const main = mainTotal(policy, outcome)
  if (main) list.push({ path: [main.name], value: formatDecimal(main.figure.proven) })
  const names = new Map<string, number>()
  const count = (items: Policy['items']): void => {
    for (const item of items) {
      names.set(item.name, (names.get(item.name) ?? 0) + 1)
      if (item.kind === 'group') count(item.children)
    }
  }
  count(policy.items)
  const visit = (items: Policy['items'], traces: readonly ItemTrace[]): void => {
    items.forEach((item, i) => {
      const trace = traces[i]
      if (!trace) return
      const value = formatDecimal(trace.figure.proven)
      if (item.kind === 'indicator' && value !== '0') list.push({ path: (names.get(item.name) ?? 0) > 1 ? item.path : [item.name], value })
      if (item.kind === 'group') visit(item.children, trace.children)
    })
  }
  visit(policy.items, outcome.items)
  return list
}
