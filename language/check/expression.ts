// Types an expression: binds its names, settles units, and proves decimals and bounds. Bare literals take the other
// side's unit; members are looked up in the type of the other side. What is wrong is reported once, at the smallest text.

import { negateInterval } from '../../runtime/exact/interval.ts'
import { negate } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { Type, Typed } from '../typed.ts'
import { typeOperands } from './alone.ts'
import { typeParentheses, typeProduct, typeRound, typeSum } from './arithmetic.ts'
import { typeCondition } from './asked.ts'
import { typeComparison, typeHas, typeIn, typeIs } from './conditions.ts'
import { asNumber, type Context, describe, type Inside, isChoice, isError, type Names, outermost, requireNumber } from './context.ts'
import { typeCall } from './functions.ts'
import { typeDate, typeMember, typeNumber, typeReference } from './names.ts'
import { typeFiltered } from './records.ts'
import { fail, failure, type Scope } from './scope.ts'

export function contextOf(scope: Scope, names: Names = 'values', inside: Inside = outermost): Context {
  const context: Context = {
    scope,
    names,
    inside,
    type: (node, expected) => typeExpression(context, node, expected),
    among: (other, place) => contextOf(scope, other, place),
  }
  return context
}

/** Types `node`; `expected` helps to read members and bare literals and is not enforced here. */
export function typeExpression(context: Context, node: Ast.Expression, expected?: Type): Typed {
  const { scope } = context
  const { span } = node
  switch (node.kind) {
    case 'error':
      return failure(span)
    case 'number':
      return typeNumber(scope, node)
    case 'date':
      return typeDate(scope, node)
    case 'text':
      if (expected && isChoice(expected)) return typeMember(scope, node.text, span, expected)
      return { op: 'text', value: node.text, type: { kind: 'text' }, span }
    case 'yesno':
      return { op: 'yesno', value: node.value, type: { kind: 'yesno' }, span }
    case 'unknown':
      return fail(scope, { code: 'unknown-only-in-cases', span, data: {} })
    case 'reference':
      return typeReference(context, node.path, expected)
    case 'call':
      return typeCall(context, node)
    case 'parentheses':
      return typeParentheses(context, node, expected)
    case 'negative': {
      const operand = requireNumber(context, typeExpression(context, node.operand, expected))
      const type = asNumber(operand)
      if (!type) return failure(span)
      if (operand.op === 'number') return { ...operand, value: negate(operand.value), type: { ...type, low: negate(type.low), high: negate(type.high) }, span }
      return { op: 'sum', terms: [{ negative: true, value: operand }], type: { ...type, ...negateInterval(type) }, span }
    }
    case 'sum':
      return typeSum(context, node, expected)
    case 'product':
      return typeProduct(context, node)
    case 'round':
      return typeRound(context, node)
    case 'compare':
      return typeComparison(context, node)
    case 'is':
      return typeIs(context, node)
    case 'in':
      return typeIn(context, node)
    case 'has':
      return typeHas(context, node)
    case 'and':
    case 'or': {
      const operands = typeOperands(context, node)
      return operands.some(isError) ? failure(span) : { op: node.kind, operands, type: { kind: 'yesno' }, span }
    }
    case 'not': {
      const operand = typeCondition(context, node.operand)
      return isError(operand) ? failure(span) : { op: 'not', operand, type: { kind: 'yesno' }, span }
    }
    case 'filtered':
      return typeFiltered(context, node)
    case 'range':
    case 'list':
    case 'record':
      return fail(scope, { code: 'wrong-type', span, data: { expected: expected ? describe(expected) : 'value', found: node.kind } })
  }
}
