// Procedural periods: whole numbers of working days, days or months.

import { decimalPlaces } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { NumberType, TypedDeadline } from '../typed.ts'
import { byForm, formOf } from '../words.ts'
import { sourcedBy } from './clauses.ts'
import { contextOf } from './expression.ts'
import type { Scope } from './scope.ts'

const units = ['working_days', 'days', 'months'] as const

export function checkDeadline(scope: Scope, node: Ast.DeadlineNode): TypedDeadline | undefined {
  reportGluedAhead(scope, node)
  const length = period(scope, node.amount)
  const extension = node.extension && period(scope, node.extension)
  if (!length || (node.extension && !extension)) return undefined
  // Counted backwards, an extension could mean earlier or later.
  if (node.ahead && node.extension) {
    scope.report({ code: 'ahead-not-extendable', span: node.extension.span, data: {} })
    return undefined
  }
  return { node, ...length, extension, ...sourcedBy(node.clauses) }
}

/** Nobody declares the day: a blank forgotten before 提前 would silently count the other way. */
function reportGluedAhead(scope: Scope, { from, ahead }: Ast.DeadlineNode) {
  const form = formOf('ahead', scope.surface)
  if (ahead || !from.text.endsWith(form)) return
  const split = `${from.text.slice(0, -form.length)} ${form}`
  scope.report({
    code: 'glued-words',
    span: from.span,
    data: { written: from.text, split },
    fixes: [{ title: 'split', data: { text: split }, edits: [{ span: from.span, text: split }] }],
  })
}

function period(scope: Scope, node: Ast.NumberLiteral): { readonly amount: number; readonly unit: (typeof units)[number] } | undefined {
  const typed = contextOf(scope).type(node)
  if (typed.op !== 'number') return undefined
  const unit = units.find((id) => id === (typed.type as NumberType).unit)
  const amount = decimalPlaces(typed.value) === 0 ? Number(typed.value.numerator) : 0
  if (unit && amount >= 1 && amount <= 10_000) return { amount, unit }
  scope.report({ code: 'not-a-length', span: node.span, data: { units: units.map((id) => byForm.unit.id.get(id)?.[scope.surface] ?? id).join('、') } })
  return undefined
}
