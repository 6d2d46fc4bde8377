// Indicators, groups and totals in a plan, each worked out once.

import type { Expression, Item } from '../ir/schema.ts'
import { isPresent } from '../presence.ts'
import { type Context, ofOtherMember, type PlanItem, type PlanTotal, planExpression, planItem, planTotal } from './context.ts'
import { addFigure, boundFigure, chooseFigure, isOpenFigure, negateFigure, noFigure, type PlanFigure, surely } from './figures.ts'
import {
  chooseFraction,
  divideRanges,
  type Fraction,
  largerFraction,
  multiplyRanges,
  negateRange,
  point,
  type Range,
  roundFraction,
  smallerFraction,
  sumOfRanges,
  undivided,
} from './fraction.ts'
import type { Graph } from './graph.ts'
import { planLive } from './live.ts'
import { joinChildren } from './modes.ts'
import { planRows } from './rows.ts'
import { asNumber, joinWaits, type PlanNumber, type Waits, waitsIf } from './value.ts'

export function item(context: Context, id: string): PlanItem {
  const known = context.items.get(id)
  if (known) return known
  const found = context.index.items.get(id)
  if (!found) throw new Error(`the policy has no ${id}`)
  const planned = underRule(context, id, () =>
    isPresent(context.scenario?.name, context.mainDate, found) ? freshItem(context, found) : absentItem(context, found),
  )
  context.items.set(id, planned)
  return planned
}

/** Items and totals are worked out whatever asks for them. */
function underRule<T>(context: Context, rule: string, work: () => T): T {
  const { reach } = context
  const outer = context.graph.rule
  context.reach = context.graph.yes
  context.graph.rule = rule
  const result = work()
  context.reach = reach
  context.graph.rule = outer
  return result
}

function absentItem(context: Context, item: Item): PlanItem {
  if (item.kind === 'group') for (const child of item.children) planItem(context, child.id)
  const none = noFigure(context.graph)
  return { absent: true, inside: none, figure: none, waits: [] }
}

function freshItem(context: Context, item: Item): PlanItem {
  if (item.kind === 'group') return freshGroup(context, item)
  if (context.added) return addedItem(context, context.added, item)
  const { inside, waits } = item.live ? planLive(context, item, item.live) : planRows(context, item, undefined)
  return settled(context, item, inside, waits)
}

/** An indicator of the main applicant with the other member's points added before or after the cap. */
function addedItem(context: Context, { alone, order, except }: NonNullable<Context['added']>, item: Extract<Item, { kind: 'indicator' }>): PlanItem {
  const { graph } = context
  const own = planItem(alone, item.id)
  if (except.has(item.id)) return own
  const part = order === 'merge-then-cap' ? own.inside : own.figure
  const theirs = (fraction: Fraction): Fraction => ({ ...undivided(graph, fraction), top: ofOtherMember(context, fraction.top) })
  const others = { proven: theirs(part.proven), range: { low: theirs(part.range.low), high: theirs(part.range.high) } }
  const joint = settled(context, item, addFigure(graph, part, others), own.waits)
  return { ...joint, figure: chooseFigure(graph, graph.hasPartner(), joint.figure, own.figure) }
}

function settled(context: Context, item: Item, inside: PlanFigure, waits: Waits): PlanItem {
  const { graph } = context
  const { figure, waits: more } = boundFigure(context, inside, item)
  return { absent: false, inside, figure, waits: waitsIf(graph, isOpenFigure(graph, figure), joinWaits(graph, waits, more)) }
}

function freshGroup(context: Context, group: Extract<Item, { kind: 'group' }>): PlanItem {
  const { graph } = context
  const children = group.children.map((child) => ({ child, planned: planItem(context, child.id) }))
  // A 扣分组 is subtracted in a group that is none.
  const figures = children
    .filter(({ planned }) => !planned.absent)
    .map(({ child, planned }) => (child.deducts && !group.deducts ? negateFigure(graph, planned.figure) : planned.figure))
  return settled(context, group, joinChildren[group.mode](graph, figures), joinWaits(graph, ...children.map(({ planned }) => planned.waits)))
}

// ---- totals ------------------------------------------------------------------------------------------------------------

export function total(context: Context, id: string): PlanTotal {
  const known = context.totals.get(id)
  if (known) return known
  const found = context.index.totals.get(id)
  if (!found) throw new Error(`the policy has no ${id}`)
  const planned = underRule(context, id, (): PlanTotal => {
    const { graph } = context
    const waits: Waits[] = []
    const proven = planFormula(context, found.value, onProven(graph), waits).low
    const range = planFormula(context, found.value, onBounds(graph), waits)
    const { figure, waits: more } = boundFigure(context, { proven, range }, found)
    return { figure, waits: waitsIf(graph, isOpenFigure(graph, figure), joinWaits(graph, ...waits, more)) }
  })
  context.totals.set(id, planned)
  return planned
}

/** Which side of what is not known a formula is worked out on. */
interface Side {
  figure(figure: PlanFigure): Range
  value(value: PlanNumber): Range
}

export const onProven = (graph: Graph): Side => ({
  figure: ({ proven }) => point(proven),
  value: (value) => (value.points ? { low: surely(graph, value), high: surely(graph, value) } : rangeOf(graph, value)),
})

const onBounds = (graph: Graph): Side => ({ figure: ({ range }) => range, value: (value) => rangeOf(graph, value) })

const rangeOf = (graph: Graph, { known, exact, range }: PlanNumber): Range => (known === graph.yes ? point(exact) : range)

/** A total's formula by interval arithmetic on one side of what is not known. @param waits is added to */
export function planFormula(context: Context, node: Expression, side: Side, waits: Waits[]): Range {
  const { graph } = context
  const plan = (inner: Expression) => planFormula(context, inner, side, waits)
  switch (node.op) {
    case 'item': {
      const points = planItem(context, node.item)
      waits.push(points.waits)
      return side.figure(points.figure)
    }
    case 'total': {
      const points = planTotal(context, node.total)
      waits.push(points.waits)
      return side.figure(points.figure)
    }
    case 'partner': {
      const theirs = undivided(graph, plan(node.value).low)
      const asked = { ...theirs, top: ofOtherMember(context, theirs.top) }
      return point(chooseFraction(graph, graph.hasPartner(), asked, plan(node.otherwise).low))
    }
    case 'sum':
      return sumOfRanges(
        graph,
        node.terms.map(({ negative, value }) => (negative ? negateRange(graph, plan(value)) : plan(value))),
      )
    case 'product':
      return node.factors.map(plan).reduce((a, b) => multiplyRanges(graph, a, b))
    case 'quotient':
      return divideRanges(graph, plan(node.dividend), plan(node.divisor))
    case 'round': {
      const { low, high } = plan(node.value)
      return { low: roundFraction(graph, low, node.to, node.mode), high: roundFraction(graph, high, node.to, node.mode) }
    }
    case 'smaller':
    case 'larger': {
      const pick = { smaller: smallerFraction, larger: largerFraction }[node.op]
      return node.operands.map(plan).reduce((a, b) => ({ low: pick(graph, a.low, b.low), high: pick(graph, a.high, b.high) }))
    }
    default: {
      const value = asNumber(planExpression(context, node))
      waits.push(value.waits)
      return side.value(value)
    }
  }
}
