// A literal in the policy as the written form that a CSV cell would have, so that defaults and cases are read by the same
// strict reader as applicants' data.

import { compare, decimalPlaces, formatDecimal } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { Type } from '../typed.ts'
import { convertTo } from './arithmetic.ts'
import { describe, isError } from './context.ts'
import { contextOf } from './expression.ts'
import { typeDate, typeMember } from './names.ts'
import type { Scope } from './scope.ts'

/** `undefined` after a report. */
export function writtenValue(scope: Scope, node: Ast.Expression, type: Type): string | undefined {
  const mismatch = (found: string) => {
    scope.report({ code: 'wrong-type', span: node.span, data: { expected: describe(type), found } })
    return undefined
  }
  if (node.kind === 'error' || type.kind === 'error') return undefined
  switch (type.kind) {
    case 'number': {
      const typed = contextOf(scope).type(node)
      if (isError(typed)) return undefined
      if (typed.op !== 'number') return mismatch(node.kind === 'reference' ? 'name' : describe(typed.type))
      const converted = convertTo(scope, typed, type.unit, node.span)
      if (converted?.op !== 'number') return undefined
      if ((decimalPlaces(converted.value) ?? 99) > (type.places ?? 0)) {
        scope.report({ code: 'too-many-places', span: node.span, data: { limit: String(type.places ?? 0) } })
        return undefined
      }
      if (compare(converted.value, type.low) < 0 || compare(converted.value, type.high) > 0) {
        scope.report({ code: 'outside-range', span: node.span, data: { low: formatDecimal(type.low), high: formatDecimal(type.high) } })
        return undefined
      }
      return formatDecimal(converted.value)
    }
    case 'date': {
      if (node.kind !== 'date') return mismatch(node.kind === 'reference' ? 'name' : node.kind)
      const typed = typeDate(scope, node)
      if (typed.op !== 'date') return undefined
      if (typed.value < type.low || typed.value > type.high) {
        scope.report({ code: 'outside-range', span: node.span, data: { low: type.low, high: type.high } })
        return undefined
      }
      return typed.value
    }
    case 'yesno':
      return node.kind === 'yesno' ? (node.value ? '是' : '否') : mismatch(node.kind === 'reference' ? 'name' : node.kind)
    case 'text':
      return node.kind === 'text' ? node.text : mismatch(node.kind === 'reference' ? 'name' : node.kind)
    case 'choice':
    case 'levels':
      return memberName(node, type)
    case 'choices': {
      if (node.kind !== 'list') return mismatch(node.kind === 'reference' ? 'name' : node.kind)
      const names = node.elements.map((element) => memberName(element, type))
      if (names.some((name) => name === undefined)) return undefined
      return names.length === 0 ? '[]' : names.join('、')
    }
  }

  function memberName(element: Ast.Expression, of: Type): string | undefined {
    const name = element.kind === 'text' ? element.text : element.kind === 'reference' ? element.path.names.map(({ text }) => text).join('.') : undefined
    if (name === undefined) return element.kind === 'error' ? undefined : mismatch(element.kind)
    const member = typeMember(scope, name, element.span, of)
    return member.op === 'member' && 'members' in of ? of.members[member.index] : undefined
  }
}
