// Where a row stands, and which way its points count.

import { compare, formatDecimal, zero } from '../../runtime/exact/number.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import type { Span } from '../span.ts'
import type { Typed } from '../typed.ts'
import { formOf } from '../words.ts'
import type { Inside } from './context.ts'
import type { Scope } from './scope.ts'

/** Where an item stands: what its rows may use, and whether its points are taken away. */
export interface Place {
  readonly path: readonly string[]
  readonly deducts: boolean
  readonly inside: Inside
  /** Whether the head of the item has a 解释. */
  readonly isRead: boolean
}

/** 扣 says the direction: a negative amount after it would give points. */
export function refuseNegative(scope: Scope, sign: 1 | -1, amount: Typed, place: Place): boolean {
  if (sign > 0 || amount.type.kind !== 'number' || compare(amount.type.low, zero) >= 0) return false
  if (!place.deducts && amount.op !== 'number') return false
  scope.report({ code: 'deduction-below-zero', span: amount.span, data: { low: formatDecimal(amount.type.low) } })
  return true
}

/** Whether an amount counts against the applicant; in a 扣分组 it is positive, and the whole group is taken away. */
export function isNegative(scope: Scope, sign: 1 | -1, place: Place, span: Span): boolean {
  if (place.deducts && sign > 0) scope.report({ code: 'award-in-deductions', span: { start: span.start, end: span.end }, data: {}, fixes: deduct(scope, span) })
  return !place.deducts && sign < 0
}

/** 扣 in the place of 得, and of the minus after it. */
function deduct({ text, surface }: Scope, { start, end }: Span): readonly Fix[] {
  const [award, by] = [formOf('award', surface), formOf('deduct', surface)]
  const at = text.indexOf(award, start)
  if (at < start || at >= end) return []
  const minus = /^\s*[-−－]\s*/.exec(text.slice(at + award.length, end))?.[0] ?? ''
  const blank = surface === 'en' && minus !== '' ? ' ' : ''
  return [{ title: 'replace', data: { text: by }, edits: [{ span: { start: at, end: at + award.length + minus.length }, text: `${by}${blank}` }] }]
}
