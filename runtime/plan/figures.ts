// What is proven with the bounds of what it can become, in a plan: how figures add up, compete and are bounded.

import type { Expression } from '../ir/schema.ts'
import type { Context, RecordAtHand } from './context.ts'
import { planExpression } from './context.ts'
import {
  addFractions,
  addRanges,
  chooseFraction,
  chooseRange,
  equalFraction,
  type Fraction,
  largerFraction,
  negateFraction,
  negateRange,
  nought,
  point,
  type Range,
  smallerFraction,
  sumOfFractions,
  sumOfRanges,
} from './fraction.ts'
import type { Graph } from './graph.ts'
import type { Node } from './node.ts'
import { asNumber, type PlanNumber, provenOf, type Waits, waitsOf } from './value.ts'

export interface PlanFigure {
  readonly proven: Fraction
  readonly range: Range
}

export const noFigure = (graph: Graph): PlanFigure => ({ proven: nought(graph), range: point(nought(graph)) })
/** What is surely there and not proven is open too. */
export const isOpenFigure = (graph: Graph, { proven, range }: PlanFigure): Node =>
  graph.not(graph.and(equalFraction(graph, range.low, range.high), equalFraction(graph, proven, range.low)))
export const negateFigure = (graph: Graph, { proven, range }: PlanFigure): PlanFigure => ({
  proven: negateFraction(graph, proven),
  range: negateRange(graph, range),
})
export const addFigure = (graph: Graph, a: PlanFigure, b: PlanFigure): PlanFigure => ({
  proven: addFractions(graph, a.proven, b.proven),
  range: addRanges(graph, a.range, b.range),
})
export const sumOfFigures = (graph: Graph, figures: readonly PlanFigure[]): PlanFigure => ({
  proven: sumOfFractions(
    graph,
    figures.map(({ proven }) => proven),
  ),
  range: sumOfRanges(
    graph,
    figures.map(({ range }) => range),
  ),
})
export const chooseFigure = (graph: Graph, condition: Node, a: PlanFigure, b: PlanFigure): PlanFigure => ({
  proven: chooseFraction(graph, condition, a.proven, b.proven),
  range: chooseRange(graph, condition, a.range, b.range),
})
export const largerFigure = (graph: Graph, a: PlanFigure, b: PlanFigure): PlanFigure => ({
  proven: largerFraction(graph, a.proven, b.proven),
  range: { low: largerFraction(graph, a.range.low, b.range.low), high: largerFraction(graph, a.range.high, b.range.high) },
})

export const smallerFigure = (graph: Graph, a: PlanFigure, b: PlanFigure): PlanFigure => ({
  proven: smallerFraction(graph, a.proven, b.proven),
  range: { low: smallerFraction(graph, a.range.low, b.range.low), high: smallerFraction(graph, a.range.high, b.range.high) },
})

/** Floor first, then cap; of a bound that is not known only its lower end is proven, or what is proven of the points in it. */
export function boundFigure(
  context: Context,
  inside: PlanFigure,
  bounds: { readonly min?: Expression | undefined; readonly max?: Expression | undefined },
  record?: RecordAtHand,
): { readonly figure: PlanFigure; readonly waits: Waits; readonly known: Node } {
  const { graph } = context
  const [min, max] = [bounds.min, bounds.max].map((bound) => (bound ? asNumber(planExpression(context, bound, record)) : undefined))
  let { proven, range } = inside
  if (min) {
    proven = largerFraction(graph, proven, surely(graph, min))
    range = { low: largerFraction(graph, range.low, min.range.low), high: largerFraction(graph, range.high, min.range.high) }
  }
  if (max) {
    proven = smallerFraction(graph, proven, surely(graph, max))
    range = { low: smallerFraction(graph, range.low, max.range.low), high: smallerFraction(graph, range.high, max.range.high) }
  }
  const present = [min, max].filter((value) => value !== undefined)
  return { figure: { proven, range }, waits: waitsOf(graph, present), known: graph.and(...present.map((value) => provenOf(value).known)) }
}

/** Of a number that is not known its lower end, or what is proven of the points in it. */
export const surely = (graph: Graph, { points, range }: PlanNumber): Fraction =>
  points ? chooseFraction(graph, points.known, points.exact, range.low) : range.low
