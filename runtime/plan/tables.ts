// The entry of a table in a plan. Where keys and amounts are constants, a table is looked up: each subject has a place among its keys, with
// one more place for a subject that is not known, and what follows at every pair of places is worked out here, once. Any other
// table is tried entry by entry.

import type { AwardOf } from '../ir/schema.ts'
import { type PlanAmount, signed } from './awards.ts'
import { type Context, planExpression, type RecordAtHand, reachedIf } from './context.ts'
import { either } from './either.ts'
import { chooseRange, commonUnder, type Fraction, nought, point } from './fraction.ts'
import type { Graph } from './graph.ts'
import { type ConstantEntry, keyedEntries, type Side } from './keyed-entries.ts'
import type { Node } from './node.ts'
import { asNumber, asTruth, joinWaits, type PlanNumber, waitsIf } from './value.ts'

type Table = AwardOf<'table'>

export function planTable(context: Context, award: Table, record: RecordAtHand | undefined): PlanAmount {
  const { graph } = context
  const { value, absent, decided } = lookedUp(context, award, record) ?? entriesFrom(context, award, 0, record)
  return {
    value: signed(graph, award.negative, value),
    absent,
    mayBeAbsent: award.complete ? graph.no : graph.and(graph.not(absent), graph.not(decided)),
  }
}

interface Entries {
  readonly value: PlanNumber
  /** None of the entries holds. */
  readonly absent: Node
  /** One of them surely holds. */
  readonly decided: Node
}

// ---- looked up ---------------------------------------------------------------------------------------------------------

/** More pairs of places than this are not worked out one by one. */
const mostPlaces = 4096

function lookedUp(context: Context, award: Table, record: RecordAtHand | undefined): Entries | undefined {
  const keyed = keyedEntries(context, award.entries, record)
  if (!keyed) return undefined
  const { graph } = context
  const { sides, entries } = keyed
  const counts = sides.map(({ representatives }) => representatives.length + 1)
  const count = counts.reduce((a, b) => a * b, 1)
  if (count > mostPlaces) return undefined
  const under = entries.map(({ amount }) => amount.under).reduce((a, b) => commonUnder(graph, a, b), 1)
  const amounts = entries.map(({ amount }) => amount.top.low * (under / amount.under))
  const cells = Array.from({ length: count }, (_, at) => cellAt(sides, placesAt(counts, at), entries, amounts))
  const place = sides.map(placeOf(graph)).reduce((all, own, i) => graph.add(graph.multiply(all, graph.number(counts[i] ?? 1)), own), graph.zero)
  const number = (of: (cell: Cell) => number): Fraction => ({ top: graph.entry(place, cells.map(of)), under, by: undefined })
  const truth = (of: (cell: Cell) => boolean): Node => graph.truthEntry(place, cells.map(of))
  const waits = sides.map(({ known, waits: own }, i) => {
    const open = truth(({ waiting }) => waiting.has(i))
    return open === graph.no
      ? []
      : waitsIf(
          graph,
          open,
          own.map((word) => graph.where(known, false, word)),
        )
  })
  return {
    value: {
      kind: 'number',
      known: truth(({ waiting }) => waiting.size === 0),
      waits: joinWaits(graph, ...waits),
      exact: number(({ low, waiting }) => (waiting.size === 0 ? low : 0)),
      range: { low: number(({ low }) => low), high: number(({ high }) => high) },
    },
    absent: truth(({ absent }) => absent),
    decided: truth(({ decided }) => decided),
  }
}

/** The places on every side of a pair of places; the last of a side is that of a subject that is not known. */
const placesAt = (counts: readonly number[], at: number): readonly number[] => {
  let rest = at
  return counts
    .toReversed()
    .map((count) => {
      const place = rest % count
      rest = (rest - place) / count
      return place
    })
    .toReversed()
}

/** Where the applicant stands on a side. */
const placeOf =
  (graph: Graph) =>
  ({ known, top, steps }: Side): Node =>
    graph.choose(known, graph.step(top, steps), graph.number(steps.length + 1))

/** What a table gives at one pair of places: the lowest and the highest of the entries that are reached. */
interface Cell {
  readonly low: number
  readonly high: number
  readonly absent: boolean
  readonly decided: boolean
  /** The sides that must be known to settle it. */
  readonly waiting: ReadonlySet<number>
}

function cellAt(sides: readonly Side[], places: readonly number[], entries: readonly ConstantEntry[], amounts: readonly number[]): Cell {
  const reached: number[] = []
  const waiting = new Set<number>()
  for (const [i, { keys }] of entries.entries()) {
    const answers = keys.map(({ side, holds }) => {
      const value = sides[side]?.representatives[places[side] ?? 0]
      return { side, answer: value === undefined ? undefined : holds(value) }
    })
    if (answers.some(({ answer }) => answer === false)) continue
    reached.push(amounts[i] ?? 0)
    const open = answers.filter(({ answer }) => answer === undefined)
    for (const { side } of open) waiting.add(side)
    if (open.length === 0) return { ...boundsOf(reached), absent: false, decided: true, waiting }
  }
  return { ...boundsOf(reached), absent: reached.length === 0, decided: false, waiting }
}

const boundsOf = (amounts: readonly number[]) => (amounts.length === 0 ? { low: 0, high: 0 } : { low: Math.min(...amounts), high: Math.max(...amounts) })

// ---- entry by entry ----------------------------------------------------------------------------------------------------

function entriesFrom(context: Context, award: Table, index: number, record: RecordAtHand | undefined): Entries {
  const { graph } = context
  const entry = award.entries[index]
  if (!entry)
    return { value: { kind: 'number', known: graph.yes, waits: [], exact: nought(graph), range: point(nought(graph)) }, absent: graph.yes, decided: graph.no }
  const condition = asTruth(planExpression(context, entry.when, record))
  const holds = graph.and(condition.known, condition.exact)
  const fails = graph.and(condition.known, graph.not(condition.exact))
  const value = reachedIf(context, graph.not(fails), () => asNumber(planExpression(context, entry.amount, record)))
  const rest = reachedIf(context, graph.not(holds), () => entriesFrom(context, award, index + 1, record))
  const joint = asNumber(either(context, condition, value, rest.value))
  // Where no later entry can hold, an open condition leaves this one alone.
  const alone = graph.and(graph.not(condition.known), rest.absent)
  return {
    value: {
      ...joint,
      range: chooseRange(graph, alone, value.range, joint.range),
      waits: joinWaits(graph, waitsIf(graph, alone, joinWaits(graph, condition.waits, value.waits)), waitsIf(graph, graph.not(alone), joint.waits)),
    },
    absent: graph.and(fails, rest.absent),
    decided: graph.or(holds, rest.decided),
  }
}
