// What the making of a plan carries along: the scheme, the days of the run, and what was already planned.

import type { CalendarDate } from '../exact/date.ts'
import type { Expression, Policy, Scenario } from '../ir/schema.ts'
import { idsWithin } from '../ir/walk.ts'
import type { Index } from '../policy-index.ts'
import type { Run } from '../run.ts'
import type { PlanFigure } from './figures.ts'
import { Graph } from './graph.ts'
import type { List, Node } from './node.ts'
import type { Fields, PlanValue, Waits } from './value.ts'

/** The record at hand. */
export interface RecordAtHand {
  readonly list: List
  readonly fields: Fields
  readonly memo: Map<string, Planned>
}

/** A definition's value, with the conditions under which working it out shows that the applicant's data cannot be right. */
export interface Planned {
  readonly value: PlanValue
  readonly failures: readonly Node[]
}

export interface PlanItem {
  readonly absent: boolean
  readonly inside: PlanFigure
  readonly figure: PlanFigure
  readonly waits: Waits
}
export interface PlanTotal {
  readonly figure: PlanFigure
  readonly waits: Waits
}

/** What plans parts of a policy, whoever asks for them. */
export interface Planner {
  expression(context: Context, node: Expression, record?: RecordAtHand): PlanValue
  item(context: Context, id: string): PlanItem
  total(context: Context, id: string): PlanTotal
}

export const planExpression = (context: Context, node: Expression, record?: RecordAtHand): PlanValue => context.planner.expression(context, node, record)
export const planItem = (context: Context, id: string): PlanItem => context.planner.item(context, id)
export const planTotal = (context: Context, id: string): PlanTotal => context.planner.total(context, id)

export interface Context {
  readonly planner: Planner
  readonly graph: Graph
  readonly policy: Policy
  readonly index: Index
  readonly scenario: Scenario | undefined
  readonly mainDate: CalendarDate
  /** Days that the run names. */
  readonly days: ReadonlyMap<string, CalendarDate>
  /** Days that come from facts or that the scenario sets. */
  readonly ownDates: ReadonlyMap<string, Expression>
  readonly factIndex: ReadonlyMap<string, number>
  readonly lists: Map<string, List>
  readonly definitions: Map<string, Planned>
  readonly items: Map<string, PlanItem>
  readonly totals: Map<string, PlanTotal>
  /** What is asked of the other member of a household: nodes about that member. */
  readonly asked: Node[]
  /** Set while planning the main applicant with the other member's points added. */
  readonly added: { readonly alone: Context; readonly order: 'merge-then-cap' | 'cap-then-merge'; readonly except: ReadonlySet<string> } | undefined
  /** Whether what is being planned is worked out at all. */
  reach: Node
  failures: Node[]
}

export function newContext({ policy, index, scenario, days, ownDates }: Run, planner: Planner): Context {
  const graph = new Graph()
  return {
    planner,
    graph,
    policy,
    index,
    scenario,
    mainDate: days.get(policy.referenceDates[0] ?? '') ?? 0,
    days,
    ownDates,
    factIndex: new Map(policy.facts.map(({ name }, i) => [name, i])),
    lists: new Map(),
    definitions: new Map(),
    items: new Map(),
    totals: new Map(),
    asked: [],
    added: undefined,
    reach: graph.yes,
    failures: [],
  }
}

/** The applicant's data cannot be right when this holds and is worked out. */
export function fail(context: Context, when: Node): void {
  const { graph, reach } = context
  const holds = graph.and(reach, when)
  if (holds === graph.no) return
  const list = context.graph.lists.find(({ id }) => id === holds.list)
  context.failures.push(list ? graph.any(list, holds) : holds)
}

/** Plans what is worked out only under a condition. */
export function reachedIf<T>(context: Context, condition: Node, work: () => T): T {
  const before = context.reach
  context.reach = context.graph.and(before, condition)
  const result = work()
  context.reach = before
  return result
}

/** Plans what is kept for every use, and notes its failures for each of them. */
export function plannedOnce(context: Context, memo: Map<string, Planned>, id: string, work: () => PlanValue): PlanValue {
  const known = memo.get(id) ?? apart(context, work)
  memo.set(id, known)
  for (const failure of known.failures) fail(context, failure)
  return known.value
}

function apart(context: Context, work: () => PlanValue): Planned {
  const { reach, failures } = context
  context.reach = context.graph.yes
  context.failures = []
  const value = work()
  const planned = { value, failures: context.failures }
  context.reach = reach
  context.failures = failures
  return planned
}

/** The same applicant with the points of the other member of the household added, item by item. */
export const withAdded = (
  alone: Context,
  { order, except }: { readonly order: NonNullable<Context['added']>['order']; readonly except: readonly string[] },
): Context => ({
  ...alone,
  definitions: new Map(),
  items: new Map(),
  totals: new Map(),
  failures: [],
  added: { alone, order, except: idsWithin(alone.policy.items, except) },
})

/** A node of the other member: asked of them, and read here. */
export function ofOtherMember(context: Context, node: Node): Node {
  if (node.op === 'constant') return node
  const { asked, graph } = context
  const index = asked.includes(node) ? asked.indexOf(node) : asked.push(node) - 1
  return graph.partner(index, node.type, node.low, node.high)
}
