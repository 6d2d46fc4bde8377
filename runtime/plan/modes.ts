// How rows, the children of a group and the records of a list combine by each mode, in a plan: `interpreter/modes.ts` is their meaning.

import type { Mode, Takes } from '../ir/schema.ts'
import { greatestWhere, leastWhere } from './awards.ts'
import { chooseFigure, isOpenFigure, largerFigure, noFigure, type PlanFigure, smallerFigure, sumOfFigures } from './figures.ts'
import {
  chooseFraction,
  chooseRange,
  equalFraction,
  type Fraction,
  hullOf,
  largerFraction,
  lessFraction,
  nought,
  point,
  smallerFraction,
  undivided,
} from './fraction.ts'
import type { Graph } from './graph.ts'
import type { Node } from './node.ts'
import { joinWaits, type PlanRecords, type Waits, waitsIf } from './value.ts'

export interface PlanRow {
  /** It surely has no part. */
  readonly absent: Node
  /** It surely holds. */
  readonly certain: Node
  /** Whether every amount in it is known; blocks and lists carry figures of their own. */
  readonly amountKnown: Node
  /** What it gives if it holds. */
  readonly given: PlanFigure
  readonly waits: Waits
}

export interface Combined {
  readonly inside: PlanFigure
  /** What the rows that still count wait for. */
  readonly waits: Waits
}

export const combineRows: Readonly<Record<Mode, (graph: Graph, rows: readonly PlanRow[], complete: boolean) => Combined>> = {
  sum: (graph, rows) => ({
    inside: sumOfFigures(
      graph,
      rows.map((row) => contribution(graph, row)),
    ),
    waits: joinWaits(graph, ...rows.map((row) => waitsIf(graph, isOpenRow(graph, row), row.waits))),
  }),
  highest: highestRow,
  lowest: lowestRow,
  first: firstRow,
}

const pairwise =
  (join: (graph: Graph, a: PlanFigure, b: PlanFigure) => PlanFigure) =>
  (graph: Graph, figures: readonly PlanFigure[]): PlanFigure =>
    figures.length === 0 ? noFigure(graph) : figures.reduce((a, b) => join(graph, a, b))

/** Of children that are all there. 取首个 is for rows. */
export const joinChildren: Readonly<Record<Mode, (graph: Graph, figures: readonly PlanFigure[]) => PlanFigure>> = {
  sum: sumOfFigures,
  highest: pairwise(largerFigure),
  lowest: pairwise(smallerFigure),
  first: sumOfFigures,
}

/** Of records, each of which is there. */
export const combineRecords: Readonly<Record<Takes, (graph: Graph, list: PlanRecords, figure: PlanFigure) => PlanFigure>> = {
  all: sumOfRecords,
  highest: highestRecord,
  lowest: lowestRecord,
}

export const eachPart = ({ proven, range }: PlanFigure, work: (part: Fraction) => Fraction): PlanFigure => ({
  proven: work(proven),
  range: { low: work(range.low), high: work(range.high) },
})

function sumOfRecords(graph: Graph, { list, keep }: PlanRecords, figure: PlanFigure): PlanFigure {
  return eachPart(figure, (part) => ({ ...part, top: graph.sum(list, keep, undivided(graph, part).top) }))
}

function highestRecord(graph: Graph, { list, keep }: PlanRecords, figure: PlanFigure): PlanFigure {
  const some = graph.any(list, keep)
  return eachPart(figure, (part) => {
    const best = { ...part, top: graph.greatest(list, keep, undivided(graph, part).top) }
    return chooseFraction(graph, some, best, nought(graph))
  })
}

function lowestRecord(graph: Graph, { list, keep }: PlanRecords, figure: PlanFigure): PlanFigure {
  const some = graph.any(list, keep)
  return eachPart(figure, (part) => {
    const least = { ...part, top: graph.least(list, keep, undivided(graph, part).top) }
    return chooseFraction(graph, some, least, nought(graph))
  })
}

/** Not known whether it holds, or how much it gives. */
export const isOpenRow = (graph: Graph, { absent, certain, amountKnown, given }: PlanRow): Node =>
  graph.and(graph.not(absent), graph.or(graph.not(certain), graph.not(amountKnown), isOpenFigure(graph, given)))

/** What a row adds to a sum: nothing, its figures, or anything between nothing and its figures. */
export function contribution(graph: Graph, { absent, certain, given }: PlanRow): PlanFigure {
  const zero = nought(graph)
  const open = chooseRange(graph, certain, given.range, hullOf(graph, given.range, point(zero)))
  return { proven: chooseFraction(graph, certain, given.proven, zero), range: chooseRange(graph, absent, point(zero), open) }
}

/** Proven is the best proven row; a row that may hold can only raise the upper bound, and one that cannot does not wait. */
function highestRow(graph: Graph, rows: readonly PlanRow[], complete: boolean): Combined {
  const zero = nought(graph)
  const provenRows = rows.map(({ certain, amountKnown }) => graph.and(certain, amountKnown))
  const isProven = (i: number) => provenRows[i] ?? graph.no
  const proven = greatestWhere(
    graph,
    rows.map(({ given }, i) => ({ when: isProven(i), value: given.proven })),
    zero,
  )
  const someCertain = graph.or(...rows.map(({ certain }) => certain))
  const surely = greatestWhere(
    graph,
    rows.map(({ certain, given }) => ({ when: certain, value: given.range.low })),
    zero,
  )
  const perhaps = complete
    ? leastWhere(
        graph,
        rows.map(({ absent, given }) => ({ when: graph.not(absent), value: given.range.low })),
        zero,
      )
    : rows.reduce((low, { absent, given }) => chooseFraction(graph, absent, low, smallerFraction(graph, low, given.range.low)), zero)
  const low = chooseFraction(graph, someCertain, surely, perhaps)
  const highest = greatestWhere(
    graph,
    rows.map(({ absent, given }) => ({ when: graph.not(absent), value: given.range.high })),
    zero,
  )
  const high = complete ? highest : chooseFraction(graph, someCertain, highest, largerFraction(graph, highest, zero))
  const waits = rows.map((row, i) => {
    const open = isOpenRow(graph, row)
    if (open === graph.no) return []
    const before = rows.slice(0, i).map(({ given }, j) => graph.and(isProven(j), equalFraction(graph, given.proven, proven)))
    const best = graph.and(isProven(i), equalFraction(graph, row.given.proven, proven), graph.not(graph.or(...before)))
    const mayCount = graph.or(graph.not(someCertain), lessFraction(graph, low, row.given.range.high))
    return waitsIf(graph, graph.and(open, graph.or(best, mayCount)), row.waits)
  })
  return { inside: { proven, range: { low, high } }, waits: joinWaits(graph, ...waits) }
}

/** Candidates are the rows that may hold; proven is the least of them, and nothing while none surely holds. */
function lowestRow(graph: Graph, rows: readonly PlanRow[], complete: boolean): Combined {
  const zero = nought(graph)
  const least = (value: (row: PlanRow) => Fraction, when: (row: PlanRow) => Node): Fraction =>
    leastWhere(
      graph,
      rows.map((row) => ({ when: when(row), value: value(row) })),
      zero,
    )
  const mayHold = ({ absent }: PlanRow): Node => graph.not(absent)
  const someCertain = graph.or(...rows.map(({ certain }) => certain))
  const orNothing = (value: Fraction): Fraction => chooseFraction(graph, someCertain, value, smallerFraction(graph, value, zero))
  const proven = orNothing(least(({ certain, given }) => chooseFraction(graph, certain, given.proven, largerFraction(graph, given.proven, zero)), mayHold))
  const leastLow = least(({ given }) => given.range.low, mayHold)
  const low = complete ? leastLow : orNothing(leastLow)
  const surely = least(
    ({ given }) => given.range.high,
    ({ certain }) => certain,
  )
  const perhaps = complete
    ? greatestWhere(
        graph,
        rows.map((row) => ({ when: mayHold(row), value: row.given.range.high })),
        zero,
      )
    : rows.reduce((high, { absent, given }) => chooseFraction(graph, absent, high, largerFraction(graph, high, given.range.high)), zero)
  const high = chooseFraction(graph, someCertain, surely, perhaps)
  const isProven = ({ certain, amountKnown }: PlanRow): Node => graph.and(certain, amountKnown)
  const taken = least(({ given }) => given.proven, isProven)
  const takes = (row: PlanRow): Node => graph.and(isProven(row), equalFraction(graph, row.given.proven, taken))
  const waits = rows.map((row, i) => {
    const open = isOpenRow(graph, row)
    if (open === graph.no) return []
    const first = graph.and(takes(row), graph.not(graph.or(...rows.slice(0, i).map(takes))))
    const mayCount = graph.or(graph.not(someCertain), lessFraction(graph, row.given.range.low, high))
    return waitsIf(graph, graph.and(open, graph.or(first, mayCount)), row.waits)
  })
  return { inside: { proven, range: { low, high } }, waits: joinWaits(graph, ...waits) }
}

/** Candidates are the rows that may hold up to the first that does; proven is the least of them. */
function firstRow(graph: Graph, rows: readonly PlanRow[], complete: boolean): Combined {
  /** `some`: whether there is anything after a row, be it nothing. */
  return rows.toReversed().reduce<Combined & { readonly some: Node }>(
    (rest, row) => {
      const { absent, certain, given } = row
      const lifted = largerFraction(graph, given.proven, nought(graph))
      const open = {
        proven: smallerFraction(graph, lifted, rest.inside.proven),
        range: chooseRange(graph, rest.some, hullOf(graph, given.range, rest.inside.range), given.range),
      }
      const here = chooseFigure(graph, certain, given, open)
      return {
        inside: chooseFigure(graph, absent, rest.inside, here),
        some: graph.or(rest.some, graph.not(absent)),
        waits: joinWaits(graph, waitsIf(graph, isOpenRow(graph, row), row.waits), waitsIf(graph, graph.not(certain), rest.waits)),
      }
    },
    { inside: noFigure(graph), waits: [], some: graph.truth(!complete) },
  )
}
