// The keys of a ranking in a plan, as numbers or texts that order candidates by themselves.

import type { Expression, RankKey } from '../ir/schema.ts'
import { mentionsFigures } from '../ir/walk.ts'
import type { Context } from './context.ts'
import { planExpression } from './context.ts'
import { type Fraction, scaled, undivided } from './fraction.ts'
import type { Graph } from './graph.ts'
import { onProven, planFormula } from './items.ts'
import { CannotPlan, type Node } from './node.ts'
import { provenOf } from './value.ts'

/** How a key is written in an output. */
export type ShownKey =
  | { readonly kind: 'decimal'; readonly places: number }
  | { readonly kind: 'date' | 'yesno' | 'text' }
  | { readonly kind: 'member'; readonly member: Node; readonly members: readonly string[] }

export interface PlanKey {
  readonly id: string
  readonly known: Node
  /** Numbers in units of their last decimal; dates yyyymmdd; yes is 1; members by their place in the order. */
  readonly value: Node
  readonly ascending: boolean
  readonly shown: ShownKey
}

export function planKey(context: Context, key: RankKey): PlanKey {
  const { graph } = context
  graph.rule = key.id
  const { id, ascending } = key
  if (key.kind === 'number' && mentionsFigures(key.value)) {
    const proven = planFormula(context, key.value, onProven(graph), []).low
    return { id, known: graph.yes, ascending, ...decimalKey(context, proven, key.value) }
  }
  const value = planExpression(context, key.value)
  const { known } = value
  switch (value.kind) {
    case 'number': {
      const proven = provenOf(value)
      return { id, known: proven.known, ascending, ...decimalKey(context, proven.exact, key.value) }
    }
    case 'truth':
      return { id, known, ascending, value: graph.choose(value.exact, graph.number(1), graph.zero), shown: { kind: 'yesno' } }
    case 'member': {
      const shown = { kind: 'member' as const, member: value.exact, members: membersOf(context, key.value) }
      return { id, known, ascending, value: key.order ? memberOrder(graph, value.exact, key.order) : value.exact, shown }
    }
    case 'date':
    case 'text':
      return { id, known, ascending, value: value.exact, shown: { kind: value.kind } }
    default:
      throw new Error(`${value.kind} cannot be a key`)
  }
}

/** In units of a last decimal: the one that shows, or the one that the policy proves. */
function decimalKey(context: Context, fraction: Fraction, node: Expression): Pick<PlanKey, 'value' | 'shown'> {
  const { graph } = context
  const { top, under } = undivided(graph, fraction)
  for (let places = 0; places <= 15; places += 1) {
    if (10 ** places % under === 0) return { value: graph.multiply(top, graph.number(10 ** places / under)), shown: { kind: 'decimal', places } }
  }
  const places = placesOf(context, node)
  if (places === undefined) throw new CannotPlan('division', graph.rule)
  return { value: scaled(graph, fraction, places), shown: { kind: 'decimal', places } }
}

function placesOf({ index }: Context, node: Expression): number | undefined {
  if (node.op === 'item') return index.items.get(node.item)?.places
  if (node.op === 'total') return index.totals.get(node.total)?.places
  return 'places' in node ? node.places : undefined
}

function membersOf({ index }: Context, node: Expression): readonly string[] {
  const type = node.op === 'fact' ? index.facts.get(node.fact)?.type : node.op === 'definition' ? index.definitions.get(node.definition)?.type : undefined
  return type && 'members' in type ? type.members : []
}

/** Members that 按 […] does not name come last, equal. */
const memberOrder = (graph: Graph, member: Node, order: readonly number[]): Node =>
  order.reduceRight((rest, index, place) => graph.choose(graph.equal(member, graph.number(index)), graph.number(place), rest), graph.number(order.length))
