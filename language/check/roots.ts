// Every expression that a policy works out, where it stands first: what it is for, and when it is there.

import { type Interval, negateInterval } from '../../runtime/exact/interval.ts'
import { compare, zero } from '../../runtime/exact/number.ts'
import { stateRules } from '../../runtime/ir/states.ts'
import type * as Ast from '../ast.ts'
import {
  childrenOf,
  type DefinitionSymbol,
  type ItemSymbol,
  type Presence,
  type Typed,
  type TypedAward,
  type TypedPolicy,
  type TypedRow,
  type TypedState,
} from '../typed.ts'
import { type Days, meeting } from './days.ts'
import { ofMode } from './modes.ts'
import { partsOf } from './parts.ts'

export interface Root {
  readonly node: Typed
  /** Whether it can only take points away, or the right to apply. */
  readonly harms: boolean
  /** What more of it does where it harms, or for a condition that it holds. */
  readonly more: Effect
  /** The days of the item and the rows around it; `undefined` on no day. */
  readonly days: Days | undefined
  /** The policy in which it is written: 0 is this one. */
  readonly source: number
  /** The places that a use gives out: asked only when they are. */
  readonly isQuota: boolean
  /** Of a list: the row that each of its records has. */
  readonly body: TypedRow | undefined
}

/** For the applicant. */
export type Effect = 'worse' | 'better' | 'unclear'

type Part = Typed | undefined
interface Around extends Pick<Root, 'harms' | 'more' | 'days' | 'source'> {
  /** Whether amounts are positive where they are taken away. */
  readonly deducts: boolean
}

const always: Days = { from: undefined, to: undefined }
const outside: Around = { harms: false, more: 'worse', days: always, source: 0, deducts: false }

export function rootsOf({ items, totals, states, referenceDates, scenarios }: TypedPolicy): readonly Root[] {
  const uses = scenarios.flatMap(({ states: own, keys, dates }) => [
    ...own.flatMap(ofState),
    ...parts(
      outside,
      [...keys, ...dates].map(({ value }) => value),
    ),
  ])
  const quotas = scenarios.flatMap(({ quota }) => parts(outside, [quota?.amount, ...(quota?.lists ?? []).map(({ places }) => places)]))
  return [
    ...items.flatMap((item) => ofItem(item, outside)),
    ...parts(
      outside,
      totals.flatMap(({ value, min, max }) => [value, min, max]),
    ),
    ...states.flatMap(ofState),
    ...parts(
      outside,
      referenceDates.map(({ value }) => value),
    ),
    ...uses,
    ...quotas.map((root) => ({ ...root, isQuota: true })),
  ]
}

const parts = (around: Around, found: readonly Part[], body?: TypedRow): readonly Root[] =>
  found.flatMap((node) => (node ? [{ node, harms: around.harms, more: around.more, days: around.days, source: around.source, isQuota: false, body }] : []))

const within = (around: Around, { inForce }: Presence): Around => ({ ...around, days: around.days && meeting(around.days, inForce) })

const ofState = ({ kind, when, each }: TypedState): readonly Root[] => parts({ ...outside, harms: stateRules[kind].where }, [when, each?.list, each?.from])

function ofItem(item: ItemSymbol, outer: Around): readonly Root[] {
  const around = within({ ...outer, source: item.source }, item)
  const { live } = item
  return [
    ...parts(around, [item.min, item.max, live?.from, live?.to, live?.on, live?.spend?.list, live?.spend?.amount]),
    ...ofRows(item.rows, item.mode, { ...around, harms: item.deducts, deducts: item.deducts }),
    // What is in a group is worked out on days on which the group itself is not there, too.
    ...item.children.flatMap((child) => ofItem(child, outer)),
  ]
}

const ofRows = (rows: readonly TypedRow[], mode: Ast.Mode, around: Around): readonly Root[] =>
  rows.flatMap((row, i) => ofRow(row, around, whenHolds(rows, i, mode, around.deducts)))

/** A bound can be to the good also where what it bounds is taken away. @param more what it does that the row holds */
function ofRow(row: TypedRow, outer: Around, more: Effect): readonly Root[] {
  const harms = outer.harms || (compare(row.range.high, zero) <= 0 && compare(row.range.low, zero) < 0)
  const around = within({ ...outer, harms }, row)
  const inside = row.awards.flatMap((award) => {
    const { bounds, rows } = partsOf(award)
    const inner =
      award.kind === 'block' ? ofRows(rows, award.mode, around) : rows.flatMap((body) => ofRow(body, around, whenHolds([body], 0, 'sum', around.deducts)))
    return [...ofValues(award, around), ...parts({ ...around, harms: false }, bounds), ...inner]
  })
  return [...parts({ ...around, more }, [row.when]), ...inside, ...parts({ ...around, harms: false }, [row.min, row.max])]
}

function ofValues(award: TypedAward, around: Around): readonly Root[] {
  const taken = ({ type }: Typed, negative: boolean): Interval | undefined =>
    type.kind !== 'number' ? undefined : around.deducts || negative ? type : negateInterval(type)
  const amounts = (negative: boolean): Around => ({ ...around, more: around.deducts || negative ? 'worse' : 'better' })
  switch (award.kind) {
    case 'flat':
      return parts(amounts(award.negative), [award.amount])
    case 'rate':
      return [...parts(around, [award.quantity]), ...parts(amounts(award.negative), [award.amount])]
    case 'table': {
      const all = award.entries.map(({ amount }) => taken(amount, award.negative))
      return award.entries.flatMap(({ when, amount }, i) => {
        const others = [...all.filter((_, j) => j !== i), ...(award.complete ? [] : [nothing])]
        return [...parts({ ...around, more: weigh(all[i], others) }, [when]), ...parts(amounts(award.negative), [amount])]
      })
    }
    default:
      return parts(around, partsOf(award).values, award.kind === 'each' ? award.body : undefined)
  }
}

const nothing: Interval = { low: zero, high: zero }

/** What it does that a row holds: under an order it stands in the place of what follows, and the mildest of many is no more than any of them. */
function whenHolds(rows: readonly TypedRow[], i: number, mode: Ast.Mode, deducts: boolean): Effect {
  const taken = rows.map(({ range }) => (deducts ? range : negateInterval(range)))
  const isMildest = ofMode[mode].mildest === (deducts ? 'deducted' : 'below-zero')
  const others = ofMode[mode].inOrder ? taken.slice(i + 1) : isMildest ? taken.filter((_, j) => j !== i) : []
  const isClosed = ofMode[mode].inOrder && i < rows.length - 1 && rows.at(-1)?.guard !== 'when'
  return weigh(taken[i], isClosed ? others : [...others, nothing])
}

/** Of something in the place of other things, by how much each takes away. */
export function weigh(own: Interval | undefined, others: readonly (Interval | undefined)[]): Effect {
  const isMore = (a: Interval | undefined, b: Interval | undefined): boolean => a !== undefined && b !== undefined && compare(a.low, b.high) >= 0
  const [worse, better] = [others.every((other) => isMore(own, other)), others.every((other) => isMore(other, own))]
  return worse === better ? 'unclear' : worse ? 'worse' : 'better'
}

/** What expressions lead to, through definitions too. */
export interface Reached {
  readonly facts: ReadonlySet<string>
  readonly definitions: ReadonlySet<DefinitionSymbol>
  readonly parameters: ReadonlySet<string>
}

export function reachedFrom(nodes: Iterable<Typed>): Reached {
  const facts = new Set<string>()
  const definitions = new Set<DefinitionSymbol>()
  const parameters = new Set<string>()
  const visit = (node: Typed): void => {
    if (node.op === 'fact') facts.add(node.fact.name)
    if (node.op === 'parameter') parameters.add(node.parameter.name)
    if (node.op === 'definition' && !definitions.has(node.definition)) {
      definitions.add(node.definition)
      partsOfDefinition(node.definition).forEach(visit)
    }
    childrenOf(node).forEach(visit)
  }
  for (const node of nodes) visit(node)
  return { facts, definitions, parameters }
}

export const partsOfDefinition = ({ cases }: DefinitionSymbol): readonly Typed[] => cases.flatMap(({ when, value }) => (when ? [when, value] : [value]))
