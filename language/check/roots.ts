// Every expression that a policy works out, where it stands first: what it is for, and when it is there.

import { hull, type Interval, negateInterval } from '../../runtime/exact/interval.ts'
import { compare, zero } from '../../runtime/exact/number.ts'
import { stateRules } from '../../runtime/ir/states.ts'
import type * as Ast from '../ast.ts'
import type { ItemSymbol, Presence, Typed, TypedAward, TypedPolicy, TypedRow, TypedState } from '../typed.ts'
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

function ofRows(rows: readonly TypedRow[], mode: Ast.Mode, around: Around): readonly Root[] {
  const effects = whenHold(rows, mode, around.deducts)
  return rows.flatMap((row, i) => ofRow(row, around, effects[i] ?? 'unclear'))
}

/** A bound can be to the good also where what it bounds is taken away. @param more what it does that the row holds */
function ofRow(row: TypedRow, outer: Around, more: Effect): readonly Root[] {
  const harms = outer.harms || (compare(row.range.high, zero) <= 0 && compare(row.range.low, zero) < 0)
  const around = within({ ...outer, harms }, row)
  const inside = row.awards.flatMap((award) => {
    const { bounds, rows } = partsOf(award)
    const inner = award.kind === 'block' ? ofRows(rows, award.mode, around) : rows.flatMap((body) => ofRows([body], 'sum', around))
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
      const others = othersOf(all)
      return award.entries.flatMap(({ when, amount }, i) => {
        const more = against(all[i], award.complete ? others[i] : spread(others[i], nothing))
        return [...parts({ ...around, more }, [when]), ...parts(amounts(award.negative), [amount])]
      })
    }
    default:
      return parts(around, partsOf(award).values, award.kind === 'each' ? award.body : undefined)
  }
}

const nothing: Interval = { low: zero, high: zero }

/** What it does that each row holds: under an order it stands in the place of what follows, and the mildest of many is no more than any of them. */
function whenHold(rows: readonly TypedRow[], mode: Ast.Mode, deducts: boolean): readonly Effect[] {
  const taken = rows.map(({ range }) => (deducts ? range : negateInterval(range)))
  const isMildest = ofMode[mode].mildest === (deducts ? 'deducted' : 'below-zero')
  const others = ofMode[mode].inOrder ? followersOf(taken) : isMildest ? othersOf(taken) : []
  const isClosed = ofMode[mode].inOrder && rows.at(-1)?.guard !== 'when'
  return taken.map((own, i) => against(own, isClosed && i < rows.length - 1 ? others[i] : spread(others[i], nothing)))
}

/** From the least to the most that several may take away; nothing where there are none, and unknown where one of them is. */
type Spread = Interval | 'unknown' | undefined

const spread = (a: Spread, b: Spread): Spread => (a === undefined ? b : b === undefined ? a : a === 'unknown' || b === 'unknown' ? 'unknown' : hull(a, b))

/** Of each, what those behind it may take away. */
export function followersOf(all: readonly (Interval | undefined)[]): readonly Spread[] {
  const found = new Array<Spread>(all.length)
  let behind: Spread
  for (let i = all.length - 1; i >= 0; i -= 1) {
    found[i] = behind
    behind = spread(behind, all[i] ?? 'unknown')
  }
  return found
}

/** Of each, what all others may take away. */
function othersOf(all: readonly (Interval | undefined)[]): readonly Spread[] {
  const [behind, before] = [followersOf(all), [...followersOf([...all].reverse())].reverse()]
  return all.map((_, i) => spread(behind[i], before[i]))
}

/** Of something in the place of other things, by how much each takes away. */
export function against(own: Interval | undefined, others: Spread): Effect {
  if (own === undefined || others === undefined || others === 'unknown') return 'unclear'
  const [worse, better] = [compare(own.low, others.high) >= 0, compare(others.low, own.high) >= 0]
  return worse === better ? 'unclear' : worse ? 'worse' : 'better'
}
