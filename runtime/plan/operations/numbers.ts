// Arithmetic in a plan.

import { decimal } from '../../exact/number.ts'
import type { Expression } from '../../ir/schema.ts'
import type { Context } from '../context.ts'
import { constant } from '../facts.ts'
import {
  divideFractions,
  divideRanges,
  type Fraction,
  largerFraction,
  multiplyFractions,
  multiplyRanges,
  negateFraction,
  negateRange,
  roundFraction,
  smallerFraction,
  sumOfFractions,
  sumOfRanges,
} from '../fraction.ts'
import type { Graph } from '../graph.ts'
import { CannotPlan } from '../node.ts'
import { asNumber, joined, knownNumber, needed, type PlanValue } from '../value.ts'
import type { Place, Planning } from './operation.ts'

export const numbers: Planning<'number' | 'sum' | 'product' | 'quotient' | 'round' | 'smaller' | 'larger'> = {
  number: ({ context }, { value }) => knownNumber(context.graph, constant(context, value)),
  sum({ context: { graph }, plan }, { terms }) {
    const values = terms.map(({ value }) => asNumber(plan(value)))
    return joined(graph, values, {
      exact: (parts) =>
        sumOfFractions(
          graph,
          parts.map((part, i) => (terms[i]?.negative ? negateFraction(graph, part) : part)),
        ),
      range: (parts) =>
        sumOfRanges(
          graph,
          parts.map((part, i) => (terms[i]?.negative ? negateRange(graph, part) : part)),
        ),
    })
  },
  product({ context: { graph }, plan }, { factors }) {
    const values = factors.map((factor) => asNumber(plan(factor)))
    return joined(graph, values, {
      exact: (parts) => parts.reduce((a, b) => multiplyFractions(graph, a, b)),
      range: (parts) => parts.reduce((a, b) => multiplyRanges(graph, a, b)),
    })
  },
  quotient({ context, plan }, node) {
    const { graph } = context
    const [dividend, divisor] = [asNumber(plan(node.dividend)), asNumber(plan(node.divisor))]
    return joined(graph, [dividend, divisor], {
      exact: ([a, b]) => divideFractions(graph, needed(a), signKnown(context, needed(b), node.divisor)),
      range: ([a, b]) => divideRanges(graph, needed(a), needed(b)),
    })
  },
  round({ context: { graph }, plan }, { value: part, to, mode }) {
    const value = asNumber(plan(part))
    const rounded = (one: Fraction) => roundFraction(graph, one, to, mode)
    return joined(graph, [value], {
      exact: ([part]) => rounded(needed(part)),
      range: ([part]) => ({ low: rounded(needed(part).low), high: rounded(needed(part).high) }),
    })
  },
  smaller: (place, { operands }) => extreme(place, operands, smallerFraction),
  larger: (place, { operands }) => extreme(place, operands, largerFraction),
}

function extreme({ context: { graph }, plan }: Place, operands: readonly Expression[], pick: (graph: Graph, a: Fraction, b: Fraction) => Fraction): PlanValue {
  const values = operands.map((operand) => asNumber(plan(operand)))
  const one = (parts: readonly Fraction[]) => parts.reduce((a, b) => pick(graph, a, b))
  return joined(graph, values, {
    exact: one,
    range: (parts) => ({ low: one(parts.map(({ low }) => low)), high: one(parts.map(({ high }) => high)) }),
  })
}

/** The checker has proved that a divisor is never zero; where the plan's own bounds are wider, those of the policy decide its sign. */
function signKnown(context: Context, divisor: Fraction, node: Expression): Fraction {
  if (divisor.top.low > 0 || divisor.top.high < 0) return divisor
  const { graph } = context
  const [low, high] = ['low' in node ? node.low : undefined, 'high' in node ? node.high : undefined]
  if (typeof low === 'string' && decimal(low).numerator > 0n) return { ...divisor, top: graph.larger(divisor.top, graph.number(1)) }
  if (typeof high === 'string' && decimal(high).numerator < 0n) return { ...divisor, top: graph.smaller(divisor.top, graph.number(-1)) }
  throw new CannotPlan('division', graph.rule)
}
