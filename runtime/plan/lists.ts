// Lists of records in a plan. Filters that only choose or cut keep the list's own records at hand; joining periods makes a new
// list. A list that depends on something not known is not known as a whole.

import { firstDate, lastDate } from '../exact/date.ts'
import { periodEnd, periodStart } from '../ir/names.ts'
import type { Expression, Fact } from '../ir/schema.ts'
import { type Context, type RecordAtHand, reachedIf } from './context.ts'
import { constant, mayBeMissing, planExpression, scalar, waitFor } from './expressions.ts'
import { chooseFraction, chooseRange, type Fraction, type Range, whole } from './fraction.ts'
import type { Graph } from './graph.ts'
import { CannotPlan, type List, type ListSource, type Node, type PeriodSet } from './node.ts'
import {
  asDate,
  asNumber,
  asRecords,
  asTruth,
  type Fields,
  joinWaits,
  knownDate,
  type PlanNumber,
  type PlanRecords,
  type PlanValue,
  type Waits,
  waitsIf,
} from './value.ts'

type ListNode = Extract<Expression, { op: 'last' | 'last-years' | 'between' | 'without' | 'unbroken' | 'where' }>
const listOps: ReadonlySet<Expression['op']> = new Set(['last', 'last-years', 'between', 'without', 'unbroken', 'where'])
export const isListOp = (node: Expression): node is ListNode => listOps.has(node.op)

export function factRecords(context: Context, fact: Fact): PlanRecords {
  const { graph, lists } = context
  if (fact.type.kind !== 'records') throw new Error(`${fact.name} is no list`)
  const list = lists.get(fact.name) ?? graph.addList({ kind: 'fact', fact: fact.name }, fact.type.limit)
  lists.set(fact.name, list)
  const fields = fact.type.fields.map(({ name, type }) => {
    const value = scalar(context, type, graph.yes, [], (kind, low, high, part) => graph.field(list.id, part === 0 ? name : `${name} ${part}`, kind, low, high))
    return [name, value] as const
  })
  const known = mayBeMissing(fact) ? graph.given(fact.name) : graph.yes
  return { kind: 'records', known, waits: waitFor(context, fact, known), list, keep: graph.yes, fields: new Map(fields) }
}

export const withRecord = ({ list, fields }: PlanRecords): RecordAtHand => ({ list, fields, memo: new Map() })

const dayOf = (fields: Fields, name: string): Node => asDate(fields.get(name) ?? missing(name)).exact
const missing = (name: string): never => {
  throw new Error(`the list has no ${name}`)
}

const periodsOf = ({ list, keep, fields }: PlanRecords): PeriodSet => ({ list: list.id, keep, from: dayOf(fields, periodStart), to: dayOf(fields, periodEnd) })

export function planList(context: Context, node: ListNode, record: RecordAtHand | undefined): PlanRecords {
  const { graph } = context
  const plan = (part: Expression) => planExpression(context, part, record)
  const set = asRecords(plan(node.set))
  switch (node.op) {
    case 'last': {
      const on = asDate(plan(node.day))
      const low = graph.addDays(graph.addDays(graph.addMonths(on.exact, -node.months), -node.days), 1)
      return inWindow(graph, narrowed(graph, set, on), low, on.exact, node.field)
    }
    case 'last-years': {
      const on = asDate(plan(node.day))
      const year = graph.divide(on.exact, graph.number(10_000))
      const at = (years: number, monthAndDay: number) =>
        graph.add(graph.multiply(graph.add(year, graph.number(-years)), graph.number(10_000)), graph.number(monthAndDay))
      return inWindow(graph, narrowed(graph, set, on), at(node.years, 101), at(1, 1231), node.field)
    }
    case 'between': {
      const [from, to] = [asDate(plan(node.from)), asDate(plan(node.to))]
      return inWindow(graph, narrowed(graph, set, from, to), from.exact, to.exact, node.field)
    }
    case 'without': {
      const other = asRecords(plan(node.other))
      const settled = narrowed(graph, set, other)
      if (node.field !== undefined) {
        const out = derived(graph, { kind: 'merged', of: periodsOf(other) }, other.list.limit)
        return { ...settled, keep: graph.and(set.keep, graph.not(graph.covered(dayOf(set.fields, node.field), out))) }
      }
      const list = derived(graph, { kind: 'without', of: periodsOf(set), other: periodsOf(other) }, set.list.limit * (other.list.limit + 1))
      return {
        ...settled,
        list,
        keep: graph.yes,
        fields: new Map<string, PlanValue>([...carriedFields(graph, list, set.fields), ...periodFields(graph, list)]),
      }
    }
    case 'unbroken': {
      const to = asDate(plan(node.to))
      const source = { kind: 'unbroken', of: periodsOf(set), to: to.exact, months: node.gapMonths, days: node.gapDays, counted: node.counted } as const
      const list = derived(graph, source, set.list.limit)
      return { ...narrowed(graph, set, to), list, keep: graph.yes, fields: periodFields(graph, list) }
    }
    case 'where': {
      const atHand = withRecord(set)
      const condition = reachedIf(context, set.keep, () => asTruth(planExpression(context, node.condition, atHand)))
      const open = graph.any(set.list, graph.and(set.keep, graph.not(condition.known)))
      const waits = joinWaits(graph, set.waits, waitsIf(graph, set.known, waitsOver(graph, set, condition.waits)))
      return { ...set, known: graph.and(set.known, graph.not(open)), waits, keep: graph.and(set.keep, condition.exact) }
    }
  }
}

/** A list is known only when all that it was chosen by is. */
const narrowed = (graph: Graph, set: PlanRecords, ...by: readonly PlanValue[]): PlanRecords => ({
  ...set,
  known: graph.and(set.known, ...by.map(({ known }) => known)),
  waits: joinWaits(graph, set.waits, ...by.map(({ waits }) => waits)),
})

/** Records dated in the window, or periods cut to it. */
function inWindow(graph: Graph, set: PlanRecords, low: Node, high: Node, field: string | undefined): PlanRecords {
  if (field !== undefined) {
    const day = dayOf(set.fields, field)
    return { ...set, keep: graph.and(set.keep, graph.notMore(low, day), graph.notMore(day, high)) }
  }
  const start = graph.larger(dayOf(set.fields, periodStart), low)
  const end = graph.smaller(dayOf(set.fields, periodEnd), high)
  const fields = new Map([...set.fields, [periodStart, knownDate(graph, start)], [periodEnd, knownDate(graph, end)]])
  return { ...set, keep: graph.and(set.keep, graph.notMore(start, end)), fields }
}

const derived = (graph: Graph, source: ListSource, limit: number): List =>
  graph.lists.find((list) => JSON.stringify(list.source, idOnly) === JSON.stringify(source, idOnly)) ?? graph.addList(source, limit)

const idOnly = (_key: string, value: unknown): unknown => (typeof value === 'object' && value !== null && 'op' in value && 'id' in value ? value.id : value)

const periodFields = (graph: Graph, list: List): Fields =>
  new Map([periodStart, periodEnd].map((name) => [name, knownDate(graph, graph.field(list.id, name, 'number', 0, 99_991_231))]))

function carriedFields(graph: Graph, list: List, fields: Fields): readonly (readonly [string, PlanValue])[] {
  const carry = (node: Node) => graph.carried(list.id, node)
  return [...fields].map(([name, value]): readonly [string, PlanValue] => {
    if (value.kind === 'number') {
      const exact = { ...value.exact, top: carry(value.exact.top) }
      return [name, { ...value, exact, range: { low: exact, high: exact } }]
    }
    if (value.kind === 'date') return [name, knownDate(graph, carry(value.exact))]
    if (value.kind === 'members') return [name, { ...value, words: value.words.map(carry) }]
    return [name, 'exact' in value ? { ...value, exact: carry(value.exact) } : value]
  })
}

/** Whatever any of the records waits for. */
export function waitsOver(graph: Graph, { list, keep }: PlanRecords, waits: Waits): Waits {
  return waits.map((word) => {
    if (word === graph.zero) return word
    if (word.list === 0) return graph.choose(graph.any(list, keep), word, graph.zero)
    const bits = [...possibleBits(word)].filter((bit) => bit !== 0)
    return graph.joinBits(
      ...bits.map((bit) => graph.choose(graph.any(list, graph.and(keep, graph.hasBit(word, Math.log2(bit)))), graph.number(bit), graph.zero)),
    )
  })
}

/** The single bits that stand as constants in a word. */
function possibleBits(word: Node, found = new Set<number>()): Set<number> {
  if (word.op === 'constant') for (let bit = 0; bit < 31; bit += 1) if (((word.value as number) & (1 << bit)) !== 0) found.add(1 << bit)
  const parts = word.op === 'choose' ? word.args.slice(1) : word.op === 'join-bits' ? word.args : []
  for (const part of parts) possibleBits(part, found)
  return found
}

// ---- from a list to a value --------------------------------------------------------------------------------------------

type AggregateNode = Extract<Expression, { op: 'any' | 'count' | 'months-covered' | 'total-of' | 'greatest' | 'least' | 'earliest' | 'latest' }>

export function planAggregate(context: Context, node: AggregateNode, record: RecordAtHand | undefined): PlanValue {
  const { graph } = context
  const value = planExpression(context, node.set, record)
  if (value.kind === 'members') {
    const count = value.words.map((word) => graph.countBits(word, Math.min(31, value.count))).reduce((a, b) => graph.add(a, b))
    if (node.op === 'any') return { kind: 'truth', known: value.known, waits: value.waits, exact: graph.less(graph.zero, count) }
    return openNumber(context, node as { low: string; high: string }, value, whole(count))
  }
  const set = asRecords(value)
  switch (node.op) {
    case 'any':
      return { kind: 'truth', known: set.known, waits: set.waits, exact: graph.any(set.list, set.keep) }
    case 'count':
      return openNumber(context, node, set, whole(graph.sum(set.list, set.keep, graph.number(1))))
    case 'months-covered': {
      const merged = derived(graph, { kind: 'merged', of: periodsOf(set) }, set.list.limit)
      const [from, to] = [periodStart, periodEnd].map((name) => dayOf(periodFields(graph, merged), name)) as [Node, Node]
      return openNumber(context, node, set, whole(graph.sum(merged, graph.yes, graph.fullMonths(from, graph.addDays(to, 1)))))
    }
    case 'total-of': {
      const each = perRecord(context, set, node.value)
      const sum = (part: Fraction): Fraction => ({ ...part, top: graph.sum(set.list, set.keep, undivided(graph, part).top) })
      const settled = { exact: sum(each.exact), range: { low: sum(each.range.low), high: sum(each.range.high) } }
      return overRecords(context, node, set, each, settled)
    }
    case 'greatest':
    case 'least': {
      const each = perRecord(context, set, node.value)
      const pick = (part: Fraction): Fraction => {
        const top = undivided(graph, part).top
        return { ...part, top: node.op === 'least' ? graph.least(set.list, set.keep, top) : graph.greatest(set.list, set.keep, top) }
      }
      const some = graph.any(set.list, set.keep)
      const empty = reachedIf(context, graph.not(graph.and(set.known, some)), () => asNumber(planExpression(context, node.empty, record)))
      const exact = chooseFraction(graph, some, pick(each.exact), empty.exact)
      const range = chooseRange(graph, some, { low: pick(each.range.low), high: pick(each.range.high) }, empty.range)
      return overRecords(context, node, set, each, { exact, range }, { some, empty })
    }
    case 'earliest':
    case 'latest': {
      const each = reachedIf(context, set.keep, () => asDate(planExpression(context, node.value, withRecord(set))))
      const pick = (day: Node) => (node.op === 'earliest' ? graph.least(set.list, set.keep, day) : graph.greatest(set.list, set.keep, day))
      const some = graph.any(set.list, set.keep)
      const empty = reachedIf(context, graph.not(graph.and(set.known, some)), () => asDate(planExpression(context, node.empty, record)))
      const settled = (own: Node, other: Node) => graph.choose(some, pick(own), other)
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
  }
}

const perRecord = (context: Context, set: PlanRecords, value: Expression): PlanNumber =>
  reachedIf(context, set.keep, () => asNumber(planExpression(context, value, withRecord(set))))

/** Sums over records need one denominator. */
export function undivided(graph: Graph, part: Fraction): Fraction {
  if (part.by) throw new CannotPlan('division', graph.rule)
  return part
}

interface Otherwise {
  readonly some: Node
  readonly empty: PlanValue
}

/** Within the checked bounds when the list is not known. */
function overRecords(
  context: Context,
  node: { readonly low: string; readonly high: string },
  set: PlanRecords,
  each: PlanNumber,
  settled: { readonly exact: Fraction; readonly range: Range },
  otherwise?: Otherwise,
): PlanNumber {
  const { graph } = context
  const open = graph.any(set.list, graph.and(set.keep, graph.not(each.known)))
  const known = graph.and(set.known, otherwise ? graph.choose(otherwise.some, graph.not(open), otherwise.empty.known) : graph.not(open))
  const range = chooseRange(graph, set.known, settled.range, { low: constant(context, node.low), high: constant(context, node.high) })
  return { kind: 'number', known, waits: waitsOverOrEmpty(graph, set, each.waits, otherwise), exact: settled.exact, range }
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
