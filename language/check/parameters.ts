// Parameters: a figure, or figures by the day from which each applies. The author's own units are declared beside them.

import { hull } from '../../runtime/exact/interval.ts'
import { decimalPlaces } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { NumberType, ParameterSymbol, Typed } from '../typed.ts'
import { byForm } from '../words.ts'
import { unify } from './arithmetic.ts'
import { sourcedBy } from './clauses.ts'
import { isError } from './context.ts'
import { contextOf } from './expression.ts'
import { isWrittenNumber, typeDate } from './names.ts'
import { maxPlaces, numberType } from './numbers.ts'
import type { Scope } from './scope.ts'

export function checkParameter(scope: Scope, node: Ast.ParameterNode): ParameterSymbol | undefined {
  const written = node.body.kind === 'value' ? [{ from: undefined, to: undefined, value: node.body.value }] : node.body.values
  if (written.length === 0) scope.report({ code: 'parameter-not-number', span: node.name.span, data: {} })
  const numbers: Typed[] = []
  let before: string | undefined
  for (const dated of written) {
    const typed = typeNumber(scope, dated.value)
    if (!typed || !checkDays(scope, dated, before)) continue
    before = dated.to?.value ?? dated.from?.value
    numbers.push(typed)
  }
  if (numbers.length < written.length || numbers.length === 0) return undefined
  const unified = unify(scope, numbers)
  if (!unified) return undefined
  const types = unified.map(({ type }) => type as NumberType)
  const range = types.reduce<Pick<NumberType, 'low' | 'high'>>((a, b) => hull(a, b), types[0] as NumberType)
  return {
    kind: 'parameter',
    source: 0,
    name: node.name.text,
    node,
    type: numberType(range.low, range.high, maxPlaces(types), types[0]?.unit),
    dated: node.body.kind === 'dated',
    values: unified.map((typed, i) => ({
      from: written[i]?.from?.value,
      to: written[i]?.to?.value,
      value: typed.op === 'number' ? typed.value : (types[i] as NumberType).low,
    })),
    ...sourcedBy(node.clauses),
  }
}

/** `undefined` after a report. */
function typeNumber(scope: Scope, value: Ast.Expression): Typed | undefined {
  if (value.kind !== 'error' && !isWrittenNumber(value)) {
    scope.report({ code: 'parameter-not-number', span: value.span, data: {} })
    return undefined
  }
  const typed = contextOf(scope).type(value)
  return !isError(typed) && typed.op === 'number' ? typed : undefined
}

type Dated = Pick<Extract<Ast.ParameterNode['body'], { kind: 'dated' }>['values'][number], 'from' | 'to'> | { readonly from: undefined; readonly to: undefined }

/** Whether both days are days; days that do not follow on `before` are reported. */
function checkDays(scope: Scope, { from, to }: Dated, before: string | undefined): boolean {
  if (from && typeDate(scope, from).op !== 'date') return false
  if (from && before !== undefined && from.value <= before) scope.report({ code: 'parameter-order', span: from.span, data: { before } })
  if (to && typeDate(scope, to).op !== 'date') return false
  if (from && to && to.value < from.value) scope.report({ code: 'empty-range', span: { start: from.span.start, end: to.span.end }, data: {} })
  return true
}

/** 单位 积点 = 10次 */
export function checkUnit(scope: Scope, node: Extract<Ast.Member, { kind: 'unit' }>) {
  const word = node.name.text
  if (word === '') return
  const known = byForm.unit[scope.surface].has(word) || scope.units.has(word)
  if (known) scope.report({ code: 'duplicate-name', span: node.name.span, data: { name: word } })
  const typed = node.equals && contextOf(scope).type(node.equals)
  const unit = typed?.type.kind === 'number' ? typed.type.unit : undefined
  if (node.equals && (typed?.op !== 'number' || unit === undefined || decimalPlaces(typed.value) === undefined || typed.value.numerator <= 0n)) {
    if (typed?.op === 'number') scope.report({ code: 'own-unit-wrong', span: node.equals.span, data: {} })
    scope.units.set(word, { word, equals: undefined })
    return
  }
  scope.units.set(word, { word, equals: typed?.op === 'number' && unit !== undefined ? { unit, factor: typed.value } : undefined })
}
