// What parts give together, within their bounds.

import { clamp, hull, type Interval } from '../../runtime/exact/interval.ts'
import { zero } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { Bounds, NumberType, Typed } from '../typed.ts'
import { maxPlaces, numberType, provesExact } from './numbers.ts'
import type { Scope } from './scope.ts'
import { points } from './units.ts'

export const highestOf = (ranges: readonly Interval[]): Interval => (ranges.length === 0 ? { low: zero, high: zero } : ranges.reduce(hull))
export const pointsType = (range: Interval, parts: readonly NumberType[]): NumberType => numberType(range.low, range.high, maxPlaces(parts) ?? 0, points)

export function bounded(scope: Scope, range: NumberType, bounds: Bounds, span: Ast.Name['span']): NumberType {
  const limit = (bound: Typed | undefined) => (bound?.type.kind === 'number' ? bound.type : undefined)
  const clamped = clamp(range, limit(bounds.min), limit(bounds.max))
  const places = Math.max(range.places ?? 0, limit(bounds.min)?.places ?? 0, limit(bounds.max)?.places ?? 0)
  const type = numberType(clamped.low, clamped.high, places, points)
  provesExact(scope, { ...range, places }, span, [])
  return type
}
