// The states of an outcome in a plan: for every rule whether it holds or is open, and the strongest of them.

import type { StateRule } from '../ir/schema.ts'
import { stateRules } from '../ir/states.ts'
import { type State, stateOrder } from '../outcome.ts'
import { type Context, planExpression, reachedIf } from './context.ts'
import { waitsOver, withRecord } from './lists.ts'
import type { Node } from './node.ts'
import { asDate, asRecords, asTruth, joinWaits, type Waits, waitsIf } from './value.ts'

export interface PlanState {
  readonly rule: string
  readonly state: State
  readonly holds: Node
  readonly open: Node
  /** The last day of a bar that ends; 0 without one. */
  readonly until: Node
  readonly waits: Waits
}

export function planState(context: Context, rule: StateRule): PlanState {
  const { graph } = context
  graph.rule = rule.id
  const { state, where } = stateRules[rule.kind]
  if (rule.each) return { rule: rule.id, state, ...planBar(context, rule.each) }
  const { known, exact, waits } = asTruth(rule.when ? planExpression(context, rule.when) : { kind: 'truth', known: graph.yes, exact: graph.no, waits: [] })
  const holds = graph.and(known, where ? exact : graph.not(exact))
  return { rule: rule.id, state, holds, open: graph.not(known), until: graph.zero, waits }
}

/** A bar from day d for N years holds on d ≤ X ≤ d + N; of several the one that ends last. */
function planBar(context: Context, each: NonNullable<StateRule['each']>): Omit<PlanState, 'rule' | 'state'> {
  const { graph } = context
  const set = asRecords(planExpression(context, each.list))
  const { list, keep, known } = set
  const from = reachedIf(context, keep, () => asDate(planExpression(context, each.from, withRecord(set))))
  const end = graph.addDays(graph.addMonths(from.exact, each.months), each.days)
  const on = graph.number(context.mainDate)
  const bars = graph.and(keep, from.known, graph.notMore(from.exact, on), graph.notMore(on, end))
  const holds = graph.and(known, graph.any(list, bars))
  const open = graph.and(graph.not(holds), graph.or(graph.not(known), graph.any(list, graph.and(keep, graph.not(from.known)))))
  const waits = joinWaits(graph, set.waits, waitsIf(graph, graph.and(known, open), waitsOver(graph, set, from.waits)))
  return { holds, open, until: graph.choose(holds, graph.greatest(list, bars, end), graph.zero), waits }
}

/** The place of the strongest state, and the end of the bar that ends last. */
export function strongestOf({ graph }: Context, states: readonly PlanState[]): { readonly state: Node; readonly until: Node } {
  const held = (state: State): Node =>
    state === 'undecided' ? graph.or(...states.map(({ open }) => open)) : graph.or(...states.filter((one) => one.state === state).map(({ holds }) => holds))
  const state = stateOrder
    .slice(0, -1)
    .reduceRight((weaker, one, place) => graph.choose(held(one), graph.number(place), weaker), graph.number(stateOrder.length - 1))
  return { state, until: states.map(({ until }) => until).reduce((a, b) => graph.larger(a, b), graph.zero) }
}
