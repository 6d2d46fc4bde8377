// How rows, the children of a group and the records of a list combine by each mode. `plan/modes.ts` says the same for generated engines.

import { hull } from '../exact/interval.ts'
import { compare, equal, larger, smaller, zero } from '../exact/number.ts'
import type { Mode, Takes } from '../ir/schema.ts'
import type { Figure, RowTrace } from '../outcome.ts'
import { addFigures, figure, highestOf, isOpen, lowestOf, nothing } from './figures.ts'
import { contribution, type RowResult, trace } from './row-result.ts'

interface Combined {
  readonly inside: Figure
  readonly rows: readonly RowTrace[]
}

/** @param complete proven of the rows: one of them holds, whichever it is. It says nothing of what is proven, only of what is possible. */
type CombineRows = (results: readonly RowResult[], complete: boolean | undefined) => Combined

export const combineRows: Readonly<Record<Mode, CombineRows>> = {
  sum: (results) => ({ inside: results.map(contribution).reduce(addFigures, nothing), rows: results.map((result) => trace(result, 'counts')) }),
  highest: highestRow,
  lowest: lowestRow,
  first: firstRow,
}

interface Chosen {
  readonly inside: Figure
  /** Which one counts; none where all do. */
  readonly taken: number | undefined
}

const all = (figures: readonly Figure[]): Chosen => ({ inside: figures.reduce(addFigures, nothing), taken: undefined })

/** The one that gives what is taken. */
const one = (figures: readonly Figure[], inside: Figure): Chosen => ({ inside, taken: figures.findIndex(({ proven }) => equal(proven, inside.proven)) })

/** Of children that are all there. 取首个 is for rows. */
export const combineChildren: Readonly<Record<Mode, (figures: readonly Figure[]) => Chosen>> = {
  sum: all,
  highest: (figures) => one(figures, highestOf(figures)),
  lowest: (figures) => one(figures, lowestOf(figures)),
  first: all,
}

/** Of records, each of which is there. */
export const combineRecords: Readonly<Record<Takes, (figures: readonly Figure[]) => Chosen>> = {
  all,
  highest: (figures) => one(figures, highestOf(figures)),
  lowest: (figures) => one(figures, lowestOf(figures)),
}

const isProven = ({ holds, amountKnown }: RowResult) => holds === true && amountKnown

/** Proven is the best proven row; a row that may hold can only raise the upper bound, and one that cannot does not wait. */
function highestRow(results: readonly RowResult[], complete = false): Combined {
  const possible = results.filter(({ holds }) => holds !== false)
  const certain = results.filter(({ holds }) => holds === true)
  const proven = results.filter(isProven)
  const best = proven.reduce<RowResult | undefined>((a, b) => (a && compare(a.given.proven, b.given.proven) >= 0 ? a : b), undefined)
  const none = certain.length > 0 || (complete && possible.length > 0) ? [] : [zero]
  const lows = certain.length > 0 ? [certain.map(({ given }) => given.lowest).reduce(larger)] : [...none, ...possible.map(({ given }) => given.lowest)]
  const highs = [...none, ...possible.map(({ given }) => given.highest)]
  const range = { low: lows.reduce(smaller), high: highs.reduce(larger) }
  const mayCount = (result: RowResult) => (!isProven(result) || isOpen(result.given)) && (certain.length === 0 || compare(result.given.highest, range.low) > 0)
  return {
    inside: figure(best?.given.proven ?? zero, range),
    rows: results.map((result) => trace(result, result === best || mayCount(result) ? 'counts' : 'a-higher-row')),
  }
}

/** Candidates are the rows that may hold; proven is the least of them, and nothing while none surely holds. */
function lowestRow(results: readonly RowResult[], complete = false): Combined {
  const possible = results.filter(({ holds }) => holds !== false)
  const certain = results.filter(({ holds }) => holds === true)
  const proven = [...possible.map((result) => candidate(result).proven), ...(certain.length > 0 ? [] : [zero])].reduce(smaller)
  const none = certain.length > 0 || (complete && possible.length > 0) ? [] : [zero]
  const low = [...possible.map(({ given }) => given.lowest), ...none].reduce(smaller)
  const high =
    certain.length > 0 ? certain.map(({ given }) => given.highest).reduce(smaller) : [...none, ...possible.map(({ given }) => given.highest)].reduce(larger)
  const least = results.filter(isProven).reduce<RowResult | undefined>((a, b) => (a && compare(a.given.proven, b.given.proven) <= 0 ? a : b), undefined)
  const mayCount = (result: RowResult) => (!isProven(result) || isOpen(result.given)) && (certain.length === 0 || compare(result.given.lowest, high) < 0)
  return {
    inside: figure(proven, { low, high }),
    rows: results.map((result) => trace(result, result === least || mayCount(result) ? 'counts' : 'a-lower-row')),
  }
}

/** Candidates are the rows that may hold up to the first that does; proven is the least of them. */
function firstRow(results: readonly RowResult[], complete = false): Combined {
  const candidates: Figure[] = []
  const rows: RowTrace[] = []
  const open = new Set<string>()
  let decided = false
  for (const result of results) {
    const own = trace(result, decided ? 'an-earlier-row' : 'counts')
    // What holds counts only if no row before it does: where that is open, so is this row.
    rows.push(own.status === 'matched' && candidates.length > 0 ? { ...own, status: 'awaiting', awaiting: [...open] } : own)
    if (result.holds === undefined) for (const fact of result.awaiting) open.add(fact)
    if (decided || result.holds === false) continue
    candidates.push(candidate(result))
    decided = result.holds === true
  }
  const possible = decided || (complete && candidates.length > 0) ? candidates : [...candidates, nothing]
  const range = possible.map(({ lowest, highest }) => ({ low: lowest, high: highest })).reduce(hull)
  if (!decided) candidates.push(nothing)
  return { inside: figure(candidates.map(({ proven }) => proven).reduce(smaller), range), rows }
}

/** What may turn out to count. A row that only may hold takes nothing from what is proven. */
const candidate = ({ holds, amountKnown, given }: RowResult): Figure => {
  const proven = amountKnown ? given.proven : zero
  return { ...given, proven: holds ? proven : larger(proven, zero) }
}
