// States: who may apply, and what vetoes, clears, lapses or bars.

import type * as Ast from '../ast.ts'
import type { TypedState } from '../typed.ts'
import { typeCondition } from './asked.ts'
import { sourcedBy } from './clauses.ts'
import { isError, outermost } from './context.ts'
import { contextOf } from './expression.ts'
import { typeDay, typeList, typeSpan, withFields } from './records.ts'
import type { Scope } from './scope.ts'

export function checkState(scope: Scope, node: Ast.StateNode): TypedState | undefined {
  const context = contextOf(scope, 'either', outermost)
  const sourced = sourcedBy(node.clauses)
  if (node.condition) {
    const when = typeCondition(context, node.condition)
    return isError(when) ? undefined : { node, kind: node.state, called: node.called?.text, when, each: undefined, ...sourced }
  }
  if (!node.each) return undefined
  if (node.state !== 'bar') {
    scope.report({ code: 'each-only-bars', span: node.each.list.span, data: {} })
    return undefined
  }
  const list = typeList(contextOf(scope), node.each.list)
  const length = typeSpan(contextOf(scope), node.each.amount, ['years', 'months', 'days'])
  if (list.type.kind !== 'records') return undefined
  const from = typeDay(withFields(contextOf(scope), list.type.fields), node.each.from)
  if (isError(from) || !length) return undefined
  return { node, kind: 'bar', called: node.called?.text, when: undefined, each: { list, from, months: length.months, days: length.days }, ...sourced }
}
