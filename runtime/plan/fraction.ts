// Exact numbers in a plan: a whole number over a constant, and where something was divided also over a positive node. They are
// brought to a common denominator only where they meet.

import { type Exact, fromInteger, type RoundingMode } from '../exact/number.ts'
import type { Graph } from './graph.ts'
import { CannotPlan, isNumberConstant, multipleOf, type Node } from './node.ts'

export interface Fraction {
  readonly top: Node
  /** A positive whole number. */
  readonly under: number
  /** A positive node besides, after a division. */
  readonly by: Node | undefined
}

export interface Range {
  readonly low: Fraction
  readonly high: Fraction
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** A denominator is exact, or there is no plan. */
function exactUnder(graph: Graph, under: number): number {
  if (!Number.isSafeInteger(under)) throw new CannotPlan('too-large', graph.rule)
  return under
}

/** The least denominator over which both can stand. */
export const commonUnder = (graph: Graph, a: number, b: number): number => exactUnder(graph, (a / gcd(a, b)) * b)

export const whole = (top: Node): Fraction => ({ top, under: 1, by: undefined })

export function constantFraction(graph: Graph, { numerator, denominator }: Exact): Fraction {
  return { top: graph.number(Number(numerator)), under: exactUnder(graph, Number(denominator)), by: undefined }
}

export const nought = (graph: Graph): Fraction => constantFraction(graph, fromInteger(0))

/** Both over one denominator. */
function common(graph: Graph, a: Fraction, b: Fraction): { a: Node; b: Node; under: number; by: Node | undefined } {
  const under = commonUnder(graph, a.under, b.under)
  const raise = ({ top, under: own }: Fraction) => graph.multiply(top, graph.number(under / own))
  if (a.by === b.by) return { a: raise(a), b: raise(b), under, by: a.by }
  const by = a.by && b.by ? graph.multiply(a.by, b.by) : (a.by ?? b.by)
  return {
    a: b.by ? graph.multiply(raise(a), b.by) : raise(a),
    b: a.by ? graph.multiply(raise(b), a.by) : raise(b),
    under,
    by,
  }
}

export function addFractions(graph: Graph, x: Fraction, y: Fraction): Fraction {
  const { a, b, under, by } = common(graph, x, y)
  return { top: graph.add(a, b), under, by }
}

/** Many at once: one by one, each sum so far would be a node of its own. */
export function sumOfFractions(graph: Graph, terms: readonly Fraction[]): Fraction {
  if (terms.some(({ by }) => by)) return terms.reduce((a, b) => addFractions(graph, a, b), nought(graph))
  const under = terms.reduce((least, term) => commonUnder(graph, least, term.under), 1)
  return { top: graph.add(...terms.map((term) => graph.multiply(term.top, graph.number(under / term.under)))), under, by: undefined }
}

export const negateFraction = (graph: Graph, { top, under, by }: Fraction): Fraction => ({ top: graph.negate(top), under, by })

export function multiplyFractions(graph: Graph, a: Fraction, b: Fraction): Fraction {
  let [under, x, y] = [exactUnder(graph, a.under * b.under), a.top, b.top]
  // A constant that shares a factor with the denominator keeps the numbers small.
  for (const [constant, other] of [
    [a.top, b.top],
    [b.top, a.top],
  ] as const) {
    if (!isNumberConstant(constant) || constant.value === 0) continue
    const shared = gcd(Math.abs(constant.value), under)
    if (shared > 1) {
      under /= shared
      x = graph.number(constant.value / shared)
      y = other
      break
    }
  }
  const by = a.by && b.by ? graph.multiply(a.by, b.by) : (a.by ?? b.by)
  return { top: graph.multiply(x, y), under, by }
}

/** `a` over a divisor that is never zero; which sign it has is known from its bounds. */
export function divideFractions(graph: Graph, a: Fraction, divisor: Fraction): Fraction {
  const negative = divisor.top.high < 0
  const [top, by] = negative ? [negateFraction(graph, a), graph.negate(divisor.top)] : [a, divisor.top]
  const scaled = multiplyFractions(graph, top, { top: divisor.by ?? graph.number(1), under: 1, by: undefined })
  const raised = { ...scaled, top: graph.multiply(scaled.top, graph.number(divisor.under)) }
  if (isNumberConstant(by)) {
    const { value } = by
    const { part, factor } = multipleOf(raised.top)
    const shared = gcd(Math.abs(factor), value)
    if (shared === 1) return { ...raised, under: exactUnder(graph, raised.under * value) }
    return {
      ...raised,
      top: graph.multiply(part, graph.number(factor / shared)),
      under: exactUnder(graph, raised.under * (value / shared)),
    }
  }
  return { ...raised, by: raised.by ? graph.multiply(raised.by, by) : by }
}

export function lessFraction(graph: Graph, x: Fraction, y: Fraction): Node {
  const { a, b } = common(graph, x, y)
  return graph.less(a, b)
}
export function equalFraction(graph: Graph, x: Fraction, y: Fraction): Node {
  const { a, b } = common(graph, x, y)
  return graph.equal(a, b)
}

export function chooseFraction(graph: Graph, condition: Node, x: Fraction, y: Fraction): Fraction {
  if (condition === graph.yes) return x
  if (condition === graph.no) return y
  const { a, b, under, by } = common(graph, x, y)
  return { top: graph.choose(condition, a, b), under, by }
}

export function smallerFraction(graph: Graph, x: Fraction, y: Fraction): Fraction {
  const { a, b, under, by } = common(graph, x, y)
  return { top: graph.smaller(a, b), under, by }
}
export function largerFraction(graph: Graph, x: Fraction, y: Fraction): Fraction {
  const { a, b, under, by } = common(graph, x, y)
  return { top: graph.larger(a, b), under, by }
}

/** ⌊a⌋ */
export function floorFraction(graph: Graph, { top, under, by }: Fraction): Fraction {
  const divisor = graph.number(under)
  return whole(graph.divide(top, by ? graph.multiply(by, divisor) : divisor))
}
export const ceilingFraction = (graph: Graph, a: Fraction): Fraction => negateFraction(graph, floorFraction(graph, negateFraction(graph, a)))

/** A value that is not below zero by a divisor above it, rounded. */
const dividedBy: Readonly<Record<RoundingMode, (graph: Graph, value: Node, divisor: Node) => Node>> = {
  down: (graph, value, divisor) => graph.divide(value, divisor),
  up: (graph, value, divisor) => graph.divide(graph.add(value, divisor, graph.number(-1)), divisor),
  'half-up': (graph, value, divisor) => graph.divide(graph.add(graph.multiply(value, graph.number(2)), divisor), graph.multiply(divisor, graph.number(2))),
}

/** To so many decimals: halves away from zero, towards zero, away from zero. */
export function roundFraction(graph: Graph, { top, under, by }: Fraction, places: number, mode: RoundingMode): Fraction {
  const scale = 10 ** places
  const shared = gcd(scale, under)
  const divisor = by ? graph.multiply(by, graph.number(under / shared)) : graph.number(under / shared)
  const raised = graph.multiply(top, graph.number(scale / shared))
  const positive = (value: Node): Node => dividedBy[mode](graph, value, divisor)
  const rounded = graph.choose(graph.less(raised, graph.zero), graph.negate(positive(graph.negate(raised))), positive(raised))
  return { top: rounded, under: scale, by: undefined }
}

/** As a whole number of units of 10^-places, which it is known to be. */
export function scaled(graph: Graph, { top, under, by }: Fraction, places: number): Node {
  const scale = 10 ** places
  const shared = gcd(scale, under)
  const raised = graph.multiply(top, graph.number(scale / shared))
  const rest = graph.number(under / shared)
  return graph.divide(raised, by ? graph.multiply(by, rest) : rest)
}

// ---- ranges ------------------------------------------------------------------------------------------------------------

export const point = (value: Fraction): Range => ({ low: value, high: value })
export const isPoint = ({ low, high }: Range): boolean => low.top === high.top && low.under === high.under && low.by === high.by

export const addRanges = (graph: Graph, a: Range, b: Range): Range => ({ low: addFractions(graph, a.low, b.low), high: addFractions(graph, a.high, b.high) })
export const sumOfRanges = (graph: Graph, terms: readonly Range[]): Range => ({
  low: sumOfFractions(
    graph,
    terms.map(({ low }) => low),
  ),
  high: sumOfFractions(
    graph,
    terms.map(({ high }) => high),
  ),
})
export const negateRange = (graph: Graph, { low, high }: Range): Range => ({ low: negateFraction(graph, high), high: negateFraction(graph, low) })

export function multiplyRanges(graph: Graph, a: Range, b: Range): Range {
  if (isPoint(a) && isPoint(b)) return point(multiplyFractions(graph, a.low, b.low))
  const times = (x: Fraction, y: Fraction) => multiplyFractions(graph, x, y)
  if (isPoint(b) && b.low.top.low >= 0) return { low: times(a.low, b.low), high: times(a.high, b.low) }
  if (isPoint(a) && a.low.top.low >= 0) return { low: times(a.low, b.low), high: times(a.low, b.high) }
  const corners = [times(a.low, b.low), times(a.low, b.high), times(a.high, b.low), times(a.high, b.high)]
  return {
    low: corners.reduce((x, y) => smallerFraction(graph, x, y)),
    high: corners.reduce((x, y) => largerFraction(graph, x, y)),
  }
}

export const hullOf = (graph: Graph, a: Range, b: Range): Range => ({ low: smallerFraction(graph, a.low, b.low), high: largerFraction(graph, a.high, b.high) })
export const chooseRange = (graph: Graph, condition: Node, a: Range, b: Range): Range => ({
  low: chooseFraction(graph, condition, a.low, b.low),
  high: chooseFraction(graph, condition, a.high, b.high),
})

/** Of a divisor whose sign is certain; each end of the quotient has the end of the divisor that makes it extreme. */
export function divideRanges(graph: Graph, a: Range, d: Range): Range {
  const positive = d.low.top.low > 0
  if (!positive && d.high.top.high >= 0) throw new CannotPlan('division', graph.rule)
  const [dividend, divisor] = positive ? [a, d] : [negateRange(graph, a), negateRange(graph, d)]
  const zero = nought(graph)
  const by = (top: Fraction, whenPositive: Fraction, whenNegative: Fraction) => {
    if (whenPositive === whenNegative) return divideFractions(graph, top, whenPositive)
    return divideFractions(graph, top, chooseFraction(graph, lessFraction(graph, top, zero), whenNegative, whenPositive))
  }
  return { low: by(dividend.low, divisor.high, divisor.low), high: by(dividend.high, divisor.low, divisor.high) }
}

/** Sums over records need one denominator. */
export function undivided(graph: Graph, part: Fraction): Fraction {
  if (part.by) throw new CannotPlan('division', graph.rule)
  return part
}
