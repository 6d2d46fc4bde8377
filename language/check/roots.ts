// Every expression that a policy works out, where it stands first: what it is for, and when it is there.

import { compare, zero } from '../../runtime/exact/number.ts'
import { stateRules } from '../../runtime/ir/states.ts'
import { childrenOf, type DefinitionSymbol, type ItemSymbol, type Presence, type Typed, type TypedPolicy, type TypedRow, type TypedState } from '../typed.ts'
import { type Days, meeting } from './days.ts'
import { partsOf } from './parts.ts'

export interface Root {
  readonly node: Typed
  /** Whether it can only take points away, or the right to apply. */
  readonly harms: boolean
  /** The days of the item and the rows around it; `undefined` on no day. */
  readonly days: Days | undefined
  /** The policy in which it is written: 0 is this one. */
  readonly source: number
  /** The places that a use gives out: asked only when they are. */
  readonly isQuota: boolean
  /** Of a list: the row that each of its records has. */
  readonly body: TypedRow | undefined
}

type Part = Typed | undefined
interface Around extends Pick<Root, 'harms' | 'days' | 'source'> {}

const always: Days = { from: undefined, to: undefined }
const outside: Around = { harms: false, days: always, source: 0 }

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
  found.flatMap((node) => (node ? [{ node, harms: around.harms, days: around.days, source: around.source, isQuota: false, body }] : []))

const within = (around: Around, { inForce }: Presence): Around => ({ ...around, days: around.days && meeting(around.days, inForce) })

const ofState = ({ kind, when, each }: TypedState): readonly Root[] => parts({ ...outside, harms: stateRules[kind].where }, [when, each?.list, each?.from])

function ofItem(item: ItemSymbol, outer: Around): readonly Root[] {
  const around = within({ ...outer, source: item.source }, item)
  const { live } = item
  return [
    ...parts(around, [item.min, item.max, live?.from, live?.to, live?.on, live?.spend?.list, live?.spend?.amount]),
    ...item.rows.flatMap((row) => ofRow(row, { ...around, harms: item.deducts })),
    ...item.children.flatMap((child) => ofItem(child, around)),
  ]
}

/** A bound can be to the good also where what it bounds is taken away. */
function ofRow(row: TypedRow, outer: Around): readonly Root[] {
  const harms = outer.harms || (compare(row.range.high, zero) <= 0 && compare(row.range.low, zero) < 0)
  const around = within({ ...outer, harms }, row)
  const inside = row.awards.flatMap((award) => {
    const { values, bounds, rows } = partsOf(award)
    return [
      ...parts(around, values, award.kind === 'each' ? award.body : undefined),
      ...parts({ ...around, harms: false }, bounds),
      ...rows.flatMap((inner) => ofRow(inner, around)),
    ]
  })
  return [...parts(around, [row.when]), ...inside, ...parts({ ...around, harms: false }, [row.min, row.max])]
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
