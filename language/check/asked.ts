// What a place asks of an expression: a condition, or points.

import type * as Ast from '../ast.ts'
import type { Typed } from '../typed.ts'
import { asNumber, type Context, describe, isError, requireNumber } from './context.ts'
import { fail, failure } from './scope.ts'
import { points, unitWord } from './units.ts'

export function typeCondition(context: Context, node: Ast.Expression): Typed {
  const typed = context.type(node)
  if (isError(typed) || typed.type.kind === 'yesno') return typed
  return fail(context.scope, { code: 'wrong-type', span: node.span, data: { expected: 'condition', found: describe(typed.type) } })
}

/** A number of points: after 得, 扣, 最高, 最低 a bare number is points, and nothing else turns into points by itself. */
export function typePoints(context: Context, node: Ast.Expression): Typed {
  const typed = requireNumber(context, context.type(node))
  const type = asNumber(typed)
  if (!type) return failure(node.span)
  if (type.places === undefined) return fail(context.scope, { code: 'endless-decimal', span: node.span, data: { value: '' } })
  if (type.unit === points) return typed
  if (node.kind === 'number' && /[%％]$/.test(context.scope.text.slice(node.span.start, node.span.end)))
    context.scope.report({ code: 'percent-as-points', span: node.span, data: { percent: context.scope.text.slice(node.span.start, node.span.end) } })
  if (type.unit === undefined && (type.bare || typed.op === 'number')) return { ...typed, type: { ...type, unit: points, bare: false } }
  const { surface } = context.scope
  return fail(context.scope, { code: 'not-points', span: node.span, data: { unit: unitWord(type.unit, surface), example: exampleRate(type.unit, surface) } })
}

const exampleRate = (unit: string | undefined, surface: 'zh' | 'en') =>
  surface === 'zh' ? `每1${unit ? unitWord(unit, surface) : ''} … 得1分` : `per 1 ${unit ? `${unitWord(unit, surface)} ` : ''}… award 1 points`
