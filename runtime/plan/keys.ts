// The keys of a ranking in a plan, as numbers or texts that order candidates by themselves.

import { mentionsFigures } from '../interpreter/evaluate.ts'
import type { RankKey } from '../ir/schema.ts'
import type { Context } from './context.ts'
import { planExpression } from './expressions.ts'
import { point } from './fraction.ts'
import type { Graph, Node } from './graph.ts'
import { planFormula } from './items.ts'
import { undivided } from './lists.ts'

export interface PlanKey {
  readonly id: string
  readonly known: Node
  /** Numbers are this over `under`; dates yyyymmdd; yes is 1; members by their place in the order. */
  readonly value: Node
  readonly under: number
  readonly ascending: boolean
}

export function planKey(context: Context, key: RankKey): PlanKey {
  const { graph } = context
  graph.rule = key.id
  const { id, ascending } = key
  if (key.kind === 'number' && mentionsFigures(key.value)) {
    const { top, under } = undivided(graph, planFormula(context, key.value, ({ proven }) => point(proven), []).low)
    return { id, known: graph.yes, value: top, under, ascending }
  }
  const value = planExpression(context, key.value)
  const { known } = value
  switch (value.kind) {
    case 'number': {
      const { top, under } = undivided(graph, value.exact)
      return { id, known, value: top, under, ascending }
    }
    case 'truth':
      return { id, known, value: graph.choose(value.exact, graph.number(1), graph.zero), under: 1, ascending }
    case 'member':
      return { id, known, value: key.order ? memberOrder(graph, value.exact, key.order) : value.exact, under: 1, ascending }
    case 'date':
    case 'text':
      return { id, known, value: value.exact, under: 1, ascending }
    default:
      throw new Error(`${value.kind} cannot be a key`)
  }
}

/** Members that 按 […] does not name come last, equal. */
const memberOrder = (graph: Graph, member: Node, order: readonly number[]): Node =>
  order.reduceRight((rest, index, place) => graph.choose(graph.equal(member, graph.number(index)), graph.number(place), rest), graph.number(order.length))
