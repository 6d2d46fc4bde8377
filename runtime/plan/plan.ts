// A compiled policy for the days of one run → a plan: what every generated engine computes for an applicant. The days are
// part of it, so that windows, parameters and what is in force are constants by then. What cannot be computed exactly with
// whole numbers of 53 bits is refused here, and nowhere later.

import { decimal } from '../exact/number.ts'
import { nameOfId } from '../ir/ids.ts'
import { unnamedTotal } from '../ir/names.ts'
import type { PlanReason } from '../ir/plan-reasons.ts'
import type { Fact, Item, Policy } from '../ir/schema.ts'
import { states as numbered, type State } from '../outcome.ts'
import type { Problem } from '../problems.ts'
import type { Run } from '../run.ts'
import { newContext, planExpression, planItem, planTotal, withAdded } from './context.ts'
import { expression } from './expressions.ts'
import type { PlanFigure } from './figures.ts'
import { constantFraction, lessFraction, scaled } from './fraction.ts'
import type { Graph } from './graph.ts'
import { item, total } from './items.ts'
import { type PlanKey, planKey } from './keys.ts'
import { CannotPlan, type List, type Node } from './node.ts'
import { planState, strongestOf } from './states.ts'
import { asDate, joinWaits, type Waits } from './value.ts'

/** Points of an item or total as whole numbers of units of 10^-places. */
export interface PlannedFigure {
  readonly id: string
  readonly name: string
  readonly places: number
  readonly proven: Node
  readonly low: Node
  readonly high: Node
  readonly waits: Waits
}

export interface Plan {
  readonly facts: readonly Fact[]
  readonly lists: readonly List[]
  /** In the policy's order, children after their group; without those that have no part. */
  readonly items: readonly PlannedFigure[]
  readonly totals: readonly PlannedFigure[]
  /** Place in the `states` of an outcome. */
  readonly state: Node
  /** yyyymmdd, or 0. */
  readonly until: Node
  readonly states: readonly { readonly rule: string; readonly state: State; readonly holds: Node; readonly open: Node }[]
  /** The facts whose absence leaves points or the state open, a bit each in the policy's order. */
  readonly awaiting: Waits
  /** The applicant's data cannot be right. */
  readonly rejected: Node
  readonly keys: readonly PlanKey[]
  /** What the keys ask of the other member of the household: the nodes of the partner's `value`. */
  readonly asked: readonly Node[]
  /** Whether the applicant has the points that the scenario costs. */
  readonly pays: Node
  readonly graph: Graph
}

export type Planned = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly reason: CannotPlan['reason']; readonly rule: string }

/** The keys of a ranking are planned only for a run that ranks. */
export function makePlan(run: Run): Planned {
  try {
    return { ok: true, plan: planOf(run) }
  } catch (error) {
    if (error instanceof CannotPlan) return { ok: false, reason: error.reason, rule: error.rule }
    throw error
  }
}

function planOf(run: Run): Plan {
  const { policy, scenario } = run
  const context = newContext(run, { expression, item, total })
  const { graph } = context
  for (const fact of policy.facts) {
    if (fact.notAfter === undefined) continue
    const [value, day] = [
      planExpression(context, { op: 'fact', fact: fact.name }),
      asDate(planExpression(context, { op: 'reference-date', name: fact.notAfter })),
    ]
    if (value.kind === 'date') context.failures.push(graph.and(value.known, day.known, graph.less(day.exact, value.exact)))
  }
  const figure = (id: string, name: string, places: number, { proven, range }: PlanFigure, waits: Waits): PlannedFigure => ({
    id,
    name,
    places,
    proven: scaled(graph, proven, places),
    low: scaled(graph, range.low, places),
    high: scaled(graph, range.high, places),
    waits,
  })
  const items: PlannedFigure[] = []
  const visit = (one: Item): void => {
    const { absent, figure: points, waits } = planItem(context, one.id)
    graph.rule = one.id
    if (!absent) items.push(figure(one.id, one.name, one.places, points, waits))
    if (one.kind === 'group') one.children.forEach(visit)
  }
  policy.items.forEach(visit)
  const totals = policy.totals.map(({ id, name, places }) => {
    const { figure: points, waits } = planTotal(context, id)
    graph.rule = id
    return figure(id, name, places, points, waits)
  })
  const states = [...policy.states, ...(scenario?.states ?? [])].map((rule) => planState(context, rule))
  graph.rule = ''
  const { state, until } = strongestOf(context, states)
  const stands = run.trial || run.outOfForce === undefined
  const top = policy.items.map(({ id }) => planItem(context, id).waits)
  const rejected = graph.or(...context.failures)
  const price = scenario?.price
  const pays = price ? graph.not(lessFraction(graph, planItem(context, price.item).figure.proven, constantFraction(graph, decimal(price.amount)))) : graph.yes
  const added = scenario?.household?.added
  const ranking = added ? withAdded(context, added) : context
  return {
    facts: policy.facts,
    lists: graph.lists,
    items,
    totals,
    state: stands ? state : graph.number(numbered.indexOf('not_in_force')),
    until,
    states: states.map(({ rule, state: name, holds, open }) => ({ rule, state: name, holds, open })),
    awaiting: joinWaits(graph, ...top, ...totals.map(({ waits }) => waits), ...states.map(({ waits }) => waits)),
    rejected,
    keys: (run.ranks ? (scenario?.keys ?? []) : []).map((key) => planKey(ranking, key)),
    asked: context.asked,
    pays,
    graph,
  }
}

/** What to tell of a policy that an engine refuses. */
export function refusal(policy: Policy, { reason, rule }: { readonly reason: PlanReason; readonly rule: string }): Problem {
  return { code: 'cannot-compute', column: policy.labels[rule]?.zh ?? nameOfId(rule), value: '', data: { reason } }
}

/** The total that 总分 means in a plan. */
export function mainTotalOf({ scenario }: Run, plan: Plan): PlannedFigure | undefined {
  const wanted = scenario?.total
  return plan.totals.find(({ id }) => id === wanted) ?? plan.totals.find(({ name }) => name === unnamedTotal) ?? plan.totals.at(-1)
}
