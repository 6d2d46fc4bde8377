// Units of numbers: which go together, and by what factor. 12个月 is 1年 and 1万元 is 10000元; 岁 is not 年, and points
// convert to nothing.

import { divide, type Exact, fromInteger, multiply } from '../../runtime/exact/number.ts'
import type { OwnUnit } from '../typed.ts'
import { byForm, type Surface } from '../words.ts'

export const points = 'points'

/** How many of `to` one of `from` is; `undefined` when they do not measure the same. */
export function conversion(own: ReadonlyMap<string, OwnUnit>, from: string, to: string): Exact | undefined {
  if (from === to) return fromInteger(1)
  const [left, right] = [own.get(from)?.equals, own.get(to)?.equals]
  if (left) {
    const rest = conversion(own, left.unit, to)
    return rest && multiply(left.factor, rest)
  }
  if (right) {
    const rest = conversion(own, from, right.unit)
    return rest && divide(rest, right.factor)
  }
  const [a, b] = [byForm.unit.id.get(from), byForm.unit.id.get(to)]
  if (!a || !b || a.dimension !== b.dimension || a.dimension === 'count') return undefined
  return divide(fromInteger(a.factor), fromInteger(b.factor))
}

/** A unit's word in a surface; `—` for a bare number. */
export const unitWord = (id: string | undefined, surface: Surface): string => (id === undefined ? '—' : (byForm.unit.id.get(id)?.[surface] ?? id))
