// Lists of records in a plan. Filters that only choose or cut keep the list's own records at hand; joining periods makes a new
// list. A list that depends on something not known is not known as a whole.

import { periodEnd, periodStart } from '../ir/names.ts'
import type { Fact } from '../ir/schema.ts'
import type { Context, RecordAtHand } from './context.ts'
import { mayBeMissing, scalar, waitFor } from './facts.ts'
import type { Graph } from './graph.ts'
import { isNumberConstant, type List, type ListSource, type Node, type PeriodSet } from './node.ts'
import { asDate, type Fields, joinWaits, knownDate, type PlanRecords, type PlanValue, type Waits } from './value.ts'

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

export const dayOf = (fields: Fields, name: string): Node => asDate(fields.get(name) ?? missing(name)).exact
const missing = (name: string): never => {
  throw new Error(`the list has no ${name}`)
}

export const periodsOf = ({ list, keep, fields }: PlanRecords): PeriodSet => ({
  list: list.id,
  keep,
  from: dayOf(fields, periodStart),
  to: dayOf(fields, periodEnd),
})

/** A list is known only when all that it was chosen by is. */
export const narrowed = (graph: Graph, set: PlanRecords, ...by: readonly PlanValue[]): PlanRecords => ({
  ...set,
  known: graph.and(set.known, ...by.map(({ known }) => known)),
  waits: joinWaits(graph, set.waits, ...by.map(({ waits }) => waits)),
})

/** Records dated in the window, or periods cut to it. */
export function inWindow(graph: Graph, set: PlanRecords, low: Node, high: Node, field: string | undefined): PlanRecords {
  if (field !== undefined) {
    const day = dayOf(set.fields, field)
    return { ...set, keep: graph.and(set.keep, graph.notMore(low, day), graph.notMore(day, high)) }
  }
  const start = graph.larger(dayOf(set.fields, periodStart), low)
  const end = graph.smaller(dayOf(set.fields, periodEnd), high)
  const fields = new Map([...set.fields, [periodStart, knownDate(graph, start)], [periodEnd, knownDate(graph, end)]])
  return { ...set, keep: graph.and(set.keep, graph.notMore(start, end)), fields }
}

export const derived = (graph: Graph, source: ListSource, limit: number): List =>
  graph.lists.find((list) => JSON.stringify(list.source, idOnly) === JSON.stringify(source, idOnly)) ?? graph.addList(source, limit)

const idOnly = (_key: string, value: unknown): unknown => (typeof value === 'object' && value !== null && 'op' in value && 'id' in value ? value.id : value)

export const periodFields = (graph: Graph, list: List): Fields =>
  new Map([periodStart, periodEnd].map((name) => [name, knownDate(graph, graph.field(list.id, name, 'number', 0, 99_991_231))]))

export function carriedFields(graph: Graph, list: List, fields: Fields): readonly (readonly [string, PlanValue])[] {
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

/** The single bits that stand as constants in a word, or among the entries that it is one of. */
function possibleBits(word: Node, found = new Set<number>()): Set<number> {
  const values = isNumberConstant(word) ? [word.value] : word.op === 'entry' ? word.value : undefined
  for (const value of values ?? []) for (let bit = 0; bit < 31; bit += 1) if ((value & (1 << bit)) !== 0) found.add(1 << bit)
  if (values) return found
  if (word.op !== 'choose' && word.op !== 'join-bits') throw new Error(`${word.op} is no word of bits`)
  for (const part of word.op === 'choose' ? word.args.slice(1) : word.args) possibleBits(part, found)
  return found
}
