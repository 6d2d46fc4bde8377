// The lists that a rule asks something of: which of the applicant's records it took, and what left out the others.

import { formatDate } from '../exact/date.ts'
import type { RecordValue } from '../facts.ts'
import { periodEnd, periodStart } from '../ir/names.ts'
import type { Both, Expression } from '../ir/schema.ts'
import { expressionsOfDefinition, visit } from '../ir/walk.ts'
import type { Reason } from '../outcome.ts'
import { because } from './because.ts'
import { evaluate } from './evaluate.ts'
import { type Person, withRecord } from './person.ts'
import { dayOf } from './records.ts'
import { fieldsOf, showRecord } from './show.ts'
import { required } from './values.ts'
import { type WindowNode, windowOf } from './windows.ts'

/** What a filter left a record out by. */
export type LeftOutBy =
  | { readonly kind: 'window'; readonly from: string; readonly to: string }
  | { readonly kind: 'condition'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'days-taken-out' }
  | { readonly kind: 'interrupted' }

export interface AskedRecord {
  readonly shown: Both
  /** What left it out; of one that is taken nothing. */
  readonly left: LeftOutBy | undefined
}

export interface AskedList {
  /** The fact whose records they are. */
  readonly name: string
  readonly records: readonly AskedRecord[]
}

/** Every list of records that something in expressions is asked of, definitions of it included. Of one that is not known nothing is told. */
export function listsAsked(person: Person, nodes: readonly Expression[]): readonly AskedList[] {
  const found = new Map<string, AskedList>()
  const seen = new Set<string>()
  const search = (root: Expression): void =>
    visit(root, (part) => {
      if (part.op === 'definition' && !seen.has(part.definition)) {
        seen.add(part.definition)
        const definition = person.index.definitions.get(part.definition)
        // What is worked out for each record is asked of that record alone.
        if (definition && !definition.perRecord && definition.type.kind !== 'records') expressionsOfDefinition(definition).forEach(search)
      }
      if (isFilter(part)) return false
      if (!('set' in part)) return true
      const list = askedList(person, part.set)
      if (list) found.set(JSON.stringify(list), list)
      return false
    })
  nodes.forEach(search)
  return [...found.values()]
}

type Filter = Extract<Expression, { op: 'last' | 'last-years' | 'between' | 'without' | 'unbroken' | 'where' }>

const isFilter = (node: Expression): node is Filter => Object.hasOwn(leftOut, node.op)

/** Of a list, the records it starts from, with what left each one out. */
export function askedList(person: Person, set: Expression): AskedList | undefined {
  const { base, filters } = chainOf(person, set)
  const start = base.op === 'fact' ? evaluate(person, base) : undefined
  if (base.op !== 'fact' || start?.kind !== 'records') return undefined
  const left = new Map<RecordValue, LeftOutBy>()
  let before: Origins = new Map(start.value.map((record) => [record, [record]]))
  for (const filter of filters) {
    const list = evaluate(person, filter)
    if (list.kind !== 'records') return undefined
    const after: Origins = new Map(list.value.map((record) => [record, before.get(record) ?? partOf(record, before)]))
    const kept = new Set([...after.values()].flat())
    for (const [record, origins] of before)
      for (const origin of origins) if (!kept.has(origin) && !left.has(origin)) left.set(origin, leftOutBy(person, filter, record))
    before = after
  }
  const { units } = person.policy
  const fields = fieldsOf(person, base)
  return { name: base.fact, records: start.value.map((record) => ({ shown: showRecord(record, fields, units), left: left.get(record) })) }
}

/** Records at hand, with those of the applicant from which each came: itself, or the periods that it was cut or joined from. */
type Origins = ReadonlyMap<RecordValue, readonly RecordValue[]>

const partOf = (period: RecordValue, before: Origins): readonly RecordValue[] =>
  [...before].flatMap(([record, origins]) => (meet(record, period) ? origins : []))

const meet = (a: RecordValue, b: RecordValue): boolean => dayOf(a, periodStart) <= dayOf(b, periodEnd) && dayOf(b, periodStart) <= dayOf(a, periodEnd)

/** The filters of a list, the innermost first, and what they start from; definitions that are one list are looked through. */
function chainOf(person: Person, set: Expression): { readonly base: Expression; readonly filters: readonly Filter[] } {
  if (isFilter(set)) {
    const { base, filters } = chainOf(person, set.set)
    return { base, filters: [...filters, set] }
  }
  const [only, ...others] = set.op === 'definition' ? (person.index.definitions.get(set.definition)?.cases ?? []) : []
  return only && others.length === 0 && only.when === undefined ? chainOf(person, only.value) : { base: set, filters: [] }
}

const leftOutBy = (person: Person, filter: Filter, record: RecordValue): LeftOutBy =>
  (leftOut[filter.op] as (person: Person, filter: Filter, record: RecordValue) => LeftOutBy)(person, filter, record)

const leftOut: { readonly [Op in Filter['op']]: (person: Person, filter: Extract<Filter, { op: Op }>, record: RecordValue) => LeftOutBy } = {
  last: outside,
  'last-years': outside,
  between: outside,
  without: () => ({ kind: 'days-taken-out' }),
  unbroken: () => ({ kind: 'interrupted' }),
  where: (person, { condition, set }, record) => ({
    kind: 'condition',
    reasons: because(withRecord(person, record, fieldsOf(person, set)), condition, false),
  }),
}

function outside(person: Person, filter: WindowNode): LeftOutBy {
  const { low, high } = required(windowOf(person, filter), 'window of a list that is known')
  return { kind: 'window', from: formatDate(low), to: formatDate(high) }
}
