// Bounds of numbers that are not known: interval arithmetic, the same for the checker's proofs and for outcomes.

import { add, type Exact, larger, multiply, negate, smaller, zero } from './number.ts'

export interface Interval {
  readonly low: Exact
  readonly high: Exact
}

export const pointInterval = (value: Exact): Interval => ({ low: value, high: value })
export const addIntervals = (a: Interval, b: Interval): Interval => ({ low: add(a.low, b.low), high: add(a.high, b.high) })
export const negateInterval = (a: Interval): Interval => ({ low: negate(a.high), high: negate(a.low) })

export function multiplyIntervals(a: Interval, b: Interval): Interval {
  const corners = [multiply(a.low, b.low), multiply(a.low, b.high), multiply(a.high, b.low), multiply(a.high, b.high)]
  return { low: corners.reduce(smaller), high: corners.reduce(larger) }
}

export const hull = (a: Interval, b: Interval): Interval => ({ low: smaller(a.low, b.low), high: larger(a.high, b.high) })
export const withZero = (a: Interval): Interval => hull(a, pointInterval(zero))

/** Floor first, then cap. */
export function clamp(a: Interval, min: Interval | undefined, max: Interval | undefined): Interval {
  const raised = min ? { low: larger(a.low, min.low), high: larger(a.high, min.high) } : a
  return max ? { low: smaller(raised.low, max.low), high: smaller(raised.high, max.high) } : raised
}
