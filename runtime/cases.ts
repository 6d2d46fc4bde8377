// Runs the cases of a policy: an applicant each, with what the author expects.

import { decimal, equal, formatDecimal } from './exact/number.ts'
import { readFacts } from './facts.ts'
import { sharedInHouseholds } from './household-facts.ts'
import type { TestCase } from './ir/cases.ts'
import { keyColumn, unnamedTotal } from './ir/names.ts'
import type { Policy } from './ir/schema.ts'
import type { Figure, ItemTrace, Outcome, TotalTrace } from './outcome.ts'
import { type Problem, placesMissing } from './problems.ts'
import { rank } from './rank/rank.ts'
import { startRun } from './run.ts'
import { score } from './score.ts'

/** One difference between what a case expects and what came out. */
export interface Difference {
  /** The item's or total's id, or `state`, `lowest`, `highest`, `awaiting`. */
  readonly what: string
  readonly expected: string
  readonly found: string
}

export interface CaseResult {
  readonly title: string
  readonly place: TestCase['place']
  readonly differences: readonly Difference[]
  /** The case's own facts could not be read. */
  readonly problems: readonly Problem[]
}

export const passed = ({ differences, problems }: CaseResult): boolean => differences.length === 0 && problems.length === 0

export function runCase(policy: Policy, testCase: TestCase): CaseResult {
  return testCase.people ? runListCase(policy, testCase, testCase.people) : runPersonCase(policy, testCase)
}

function runPersonCase(policy: Policy, { title, place, scenario, dates, facts, expected }: TestCase): CaseResult {
  const started = startRun(policy, { asOf: dates, scenario })
  if (!started.ok) return { title, place, differences: [], problems: started.problems }
  const scored = score(started.run, facts)
  if (!scored.ok) return { title, place, differences: [], problems: scored.problems }
  const { outcome } = scored
  const figures = figuresOf(outcome)
  const differences: Difference[] = []
  const expectText = (what: string, want: string | undefined, found: string) => {
    if (want !== undefined && want !== found) differences.push({ what, expected: want, found })
  }
  const expectNumber = (what: string, want: string | undefined, found: Figure['proven'] | undefined) => {
    if (want === undefined) return
    if (!found || !equal(decimal(want), found)) differences.push({ what, expected: want, found: found ? formatDecimal(found) : '' })
  }
  const main = mainTotal(policy, outcome)
  expectText('state', expected.state, outcome.state)
  expectText('until', expected.until, outcome.until ?? '')
  expectNumber('lowest', expected.lowest, main?.figure.lowest)
  expectNumber('highest', expected.highest, main?.figure.highest)
  expectText('awaiting', expected.awaiting && [...expected.awaiting].sort().join('、'), [...outcome.awaiting].sort().join('、'))
  for (const [id, want] of Object.entries(expected.figures)) expectNumber(id, want, figures.get(id)?.proven)
  return { title, place, differences, problems: [] }
}

/** A small list is ranked in its scenario: places, and who is admitted. */
function runListCase(policy: Policy, { title, place, scenario, dates, quota, seed, expected }: TestCase, people: NonNullable<TestCase['people']>): CaseResult {
  const shared = sharedInHouseholds(policy, people)
  const read = shared.people.map((person) => ({ key: person[keyColumn] ?? '', ...readFacts(policy, person) }))
  const quotas = quota === undefined ? undefined : new Map(typeof quota === 'number' ? [['', quota]] : Object.entries(quota))
  const started = startRun(policy, { asOf: dates, scenario, ranks: true, seed, quotas })
  const problems = [...(started.ok ? [] : started.problems), ...shared.problems, ...read.flatMap((person) => person.problems)]
  if (!started.ok || problems.length > 0) return { title, place, differences: [], problems }
  const ranked = rank(started.run, read)
  if (!ranked.ok) return { title, place, differences: [], problems: [placesMissing(ranked.lists)] }
  const { rows, rejected } = ranked.ranking
  if (rejected.length > 0) return { title, place, differences: [], problems: rejected.flatMap((person) => person.problems) }
  const differences: Difference[] = []
  for (const [key, want] of Object.entries(expected.places ?? {})) {
    const found = rows.find((row) => row.key === key)?.place
    if (found !== want) differences.push({ what: `places ${key}`, expected: String(want), found: found === undefined ? '' : String(found) })
  }
  const admitted = rows.filter(({ result }) => result === 'admitted').map(({ key }) => key)
  const [want, found] = [expected.admitted, admitted].map((keys) => keys && [...keys].sort().join('、'))
  if (want !== undefined && want !== found) differences.push({ what: 'admitted', expected: want, found: found ?? '' })
  return { title, place, differences, problems: [] }
}

/** The total that `总分` means: the scenario's, the one of that name, or the last one declared. */
export function mainTotal(policy: Policy, outcome: Outcome): TotalTrace | undefined {
  const wanted = policy.scenarios.find(({ name }) => name === outcome.scenario)?.total
  return outcome.totals.find(({ total }) => total === wanted) ?? outcome.totals.find(({ name }) => name === unnamedTotal) ?? outcome.totals.at(-1)
}

/** Figures of all totals, and of all items that have a part, by id. */
export function figuresOf(outcome: Outcome): ReadonlyMap<string, Figure> {
  const figures = new Map<string, Figure>()
  const visit = (trace: ItemTrace): void => {
    if (!trace.absent) figures.set(trace.item, trace.figure)
    trace.children.forEach(visit)
  }
  outcome.items.forEach(visit)
  for (const { total, figure } of outcome.totals) figures.set(total, figure)
  return figures
}
