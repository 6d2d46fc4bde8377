// Runs the cases of a policy: an applicant each, with what the author expects.

import { decimal, equal, formatDecimal } from './exact/number.ts'
import type { Policy, TestCase } from './ir/schema.ts'
import type { Figure, ItemTrace, Outcome } from './outcome.ts'
import type { Problem } from './problems.ts'
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
  const { title, place, expected } = testCase
  const scored = score(policy, testCase.dates, testCase.facts)
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
  const main = mainTotal(outcome)
  expectText('state', expected.state, outcome.state)
  expectNumber('lowest', expected.lowest, main?.figure.lowest)
  expectNumber('highest', expected.highest, main?.figure.highest)
  expectText('awaiting', expected.awaiting && [...expected.awaiting].sort().join('、'), [...outcome.awaiting].sort().join('、'))
  for (const [id, want] of Object.entries(expected.figures)) expectNumber(id, want, figures.get(id)?.proven)
  return { title, place, differences, problems: [] }
}

/** The total that `总分` means: the one of that name, or the last one declared. */
export const mainTotal = (outcome: Outcome) => outcome.totals.find(({ name }) => name === '总分') ?? outcome.totals.at(-1)

/** Figures of all items and totals by id. */
export function figuresOf(outcome: Outcome): ReadonlyMap<string, Figure> {
  const figures = new Map<string, Figure>()
  const visit = (trace: ItemTrace): void => {
    figures.set(trace.item, trace.figure)
    trace.children.forEach(visit)
  }
  outcome.items.forEach(visit)
  for (const { total, figure } of outcome.totals) figures.set(total, figure)
  return figures
}
