// What is asked of a list, or of the members of a 多选, in a plan.

import { firstDate, lastDate } from '../../exact/date.ts'
import { periodEnd, periodStart } from '../../ir/names.ts'
import type { Expression } from '../../ir/schema.ts'
import { type Context, planExpression, reachedIf } from '../context.ts'
import { constant } from '../facts.ts'
import { chooseFraction, chooseRange, type Fraction, nought, type Range, undivided, whole } from '../fraction.ts'
import type { Graph } from '../graph.ts'
import { dayOf, derived, periodFields, periodsOf, waitsOver, withRecord } from '../lists.ts'
import type { List, Node } from '../node.ts'
import {
  asDate,
  asNumber,
  asRecords,
  joinWaits,
  knownNumber,
  type PlanDate,
  type PlanNumber,
  type PlanRecords,
  type PlanValue,
  provenOf,
  type Waits,
  waitsIf,
} from '../value.ts'
import type { Of, Place, Planning } from './operation.ts'

/** The least or the greatest over the records of a list that are kept. */
type Pick = (graph: Graph, list: List, keep: Node, value: Node) => Node
const least: Pick = (graph, list, keep, value) => graph.least(list, keep, value)
const greatest: Pick = (graph, list, keep, value) => graph.greatest(list, keep, value)

export const aggregates: Planning<'any' | 'count' | 'months-covered' | 'total-of' | 'greatest' | 'least' | 'earliest' | 'latest'> = {
  any({ context: { graph }, plan }, node) {
    const set = plan(node.set)
    const some = set.kind === 'members' ? graph.less(graph.zero, membersIn(graph, set.words, set.count)) : graph.any(asRecords(set).list, asRecords(set).keep)
    return { kind: 'truth', known: set.known, waits: set.waits, exact: some }
  },
  count({ context, plan }, node) {
    const { graph } = context
    const set = plan(node.set)
    const count = set.kind === 'members' ? membersIn(graph, set.words, set.count) : graph.sum(asRecords(set).list, asRecords(set).keep, graph.number(1))
    return openNumber(context, node, set, whole(count))
  },
  'months-covered'({ context, plan }, node) {
    const { graph } = context
    const set = asRecords(plan(node.set))
    const merged = derived(graph, { kind: 'merged', of: periodsOf(set) }, set.list.limit)
    const days = periodFields(graph, merged)
    const months = graph.fullMonths(dayOf(days, periodStart), graph.addDays(dayOf(days, periodEnd), 1))
    return openNumber(context, node, set, whole(graph.sum(merged, graph.yes, months)))
  },
  'total-of'({ context, plan }, node) {
    const { graph } = context
    const set = asRecords(plan(node.set))
    const each = perRecord(context, set, node.value)
    const sum = (part: Fraction): Fraction => ({ ...part, top: graph.sum(set.list, set.keep, undivided(graph, part).top) })
    return overRecords(context, node, set, each, { exact: sum, range: { low: sum(each.range.low), high: sum(each.range.high) } })
  },
  greatest: (place, node) => extremeNumber(place, node, greatest),
  least: (place, node) => extremeNumber(place, node, least),
  earliest: (place, node) => extremeDate(place, node, least),
  latest: (place, node) => extremeDate(place, node, greatest),
}

const membersIn = (graph: Graph, words: readonly Node[], count: number): Node =>
  words.map((word) => graph.countBits(word, Math.min(31, count))).reduce((a, b) => graph.add(a, b))

function extremeNumber({ context, plan }: Place, node: Of<'greatest' | 'least'>, pick: Pick): PlanNumber {
  const { graph } = context
  const set = asRecords(plan(node.set))
  const each = perRecord(context, set, node.value)
  const picked = (part: Fraction): Fraction => ({ ...part, top: pick(graph, set.list, set.keep, undivided(graph, part).top) })
  const some = graph.any(set.list, set.keep)
  const empty = reachedIf(context, graph.not(graph.and(set.known, some)), () => asNumber(plan(node.empty)))
  const exact = (part: Fraction, none: Fraction) => chooseFraction(graph, some, picked(part), none)
  const range = chooseRange(graph, some, { low: picked(each.range.low), high: picked(each.range.high) }, empty.range)
  return overRecords(context, node, set, each, { exact, range }, { some, empty })
}

function extremeDate({ context, plan }: Place, node: Of<'earliest' | 'latest'>, pick: Pick): PlanValue {
  const { graph } = context
  const set = asRecords(plan(node.set))
  const each = reachedIf(context, set.keep, () => asDate(planExpression(context, node.value, withRecord(set))))
  const some = graph.any(set.list, set.keep)
  const empty = reachedIf(context, graph.not(graph.and(set.known, some)), () => asDate(plan(node.empty)))
  const settled = (own: Node, other: Node) => graph.choose(some, pick(graph, set.list, set.keep, own), other)
  const open = graph.any(set.list, graph.and(set.keep, graph.not(each.known)))
  return {
    kind: 'date',
    known: graph.and(set.known, graph.choose(some, graph.not(open), empty.known)),
    waits: waitsOverOrEmpty(graph, set, each.waits, { some, empty }),
    exact: settled(each.exact, empty.exact),
    low: graph.choose(set.known, settled(each.low, empty.low), graph.number(firstDate)),
    high: graph.choose(set.known, settled(each.high, empty.high), graph.number(lastDate)),
  }
}

const perRecord = (context: Context, set: PlanRecords, value: Expression): PlanNumber =>
  reachedIf(context, set.keep, () => asNumber(planExpression(context, value, withRecord(set))))

interface Otherwise {
  readonly some: Node
  readonly empty: PlanNumber | PlanDate
}

/** Within the checked bounds when the list is not known. */
function overRecords(
  context: Context,
  node: { readonly low: string; readonly high: string },
  set: PlanRecords,
  each: PlanNumber,
  settled: { readonly exact: (each: Fraction, empty: Fraction) => Fraction; readonly range: Range },
  otherwise?: Otherwise & { readonly empty: PlanNumber },
): PlanNumber {
  const { graph } = context
  const isKnown = (one: Node, none: Node) => {
    const all = graph.not(graph.any(set.list, graph.and(set.keep, graph.not(one))))
    return graph.and(set.known, otherwise ? graph.choose(otherwise.some, all, none) : all)
  }
  const empty = otherwise?.empty ?? knownNumber(graph, nought(graph))
  const [one, none] = [provenOf(each), provenOf(empty)]
  const points = { known: isKnown(one.known, none.known), exact: settled.exact(one.exact, none.exact) }
  const known = isKnown(each.known, empty.known)
  const range = chooseRange(graph, set.known, settled.range, { low: constant(context, node.low), high: constant(context, node.high) })
  const waits = waitsOverOrEmpty(graph, set, each.waits, otherwise)
  return { kind: 'number', known, waits, exact: settled.exact(each.exact, empty.exact), range, ...((each.points || empty.points) && { points }) }
}

/** The list may turn out to have no records: what stands for none is awaited too. */
function waitsOverOrEmpty(graph: Graph, set: PlanRecords, each: Waits, otherwise: Otherwise | undefined): Waits {
  const records = waitsIf(graph, set.known, waitsOver(graph, set, each))
  if (!otherwise) return joinWaits(graph, set.waits, records)
  return joinWaits(graph, set.waits, records, waitsIf(graph, graph.not(graph.and(set.known, otherwise.some)), otherwise.empty.waits))
}

function openNumber(context: Context, node: { readonly low: string; readonly high: string }, set: PlanValue, exact: Fraction): PlanNumber {
  const open = { low: constant(context, node.low), high: constant(context, node.high) }
  const range = chooseRange(context.graph, set.known, { low: exact, high: exact }, open)
  return { kind: 'number', known: set.known, waits: set.waits, exact, range }
}
