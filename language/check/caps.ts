// Findings about caps: one that can never be reached, and children's caps that do not add up to the parent's.

import { compare, formatDecimal } from '../../runtime/exact/number.ts'
import type { ItemSymbol, NumberType } from '../typed.ts'
import { ofMode } from './modes.ts'
import type { Scope } from './scope.ts'

/** `inside` is what the item could give without its own bounds. */
export function checkCaps(scope: Scope, item: ItemSymbol, inside: NumberType) {
  const cap = item.max?.op === 'number' ? item.max : undefined
  if (!cap) return
  const span = cap.span
  const data = { name: item.name, cap: formatDecimal(cap.value), reach: formatDecimal(inside.high) }
  const sumsUp = item.kind === 'group' && ofMode[item.mode].addsUp && item.children.every(({ max }) => max?.op === 'number')
  const order = compare(inside.high, cap.value)
  // An extensible group leaves room for what others add to it.
  if (order < 0 && item.extensible) return
  if (order < 0) scope.report({ code: sumsUp ? 'caps-below-parent' : 'cap-never-reached', span, data })
  else if (order > 0 && sumsUp) scope.report({ code: 'caps-above-parent', span, data })
}
