// A literal in the policy as the written form that a CSV cell would have, so that defaults and cases are read by the same
// strict reader as applicants' data.

import { compare, decimalPlaces, formatDecimal } from '../../runtime/exact/number.ts'
import { periodEnd, periodStart } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { NumberType, RecordsType, Type } from '../typed.ts'
import { convertTo } from './arithmetic.ts'
import { describe, isError } from './context.ts'
import { contextOf } from './expression.ts'
import { typeDate, typeMember } from './names.ts'
import { reportUnknownName, type Scope } from './scope.ts'

/** `undefined` after a report. */
export function writtenValue(scope: Scope, node: Ast.Expression, type: Type): string | undefined {
  if (node.kind === 'error') return undefined
  const mismatch: Mismatch = (found) => {
    scope.report({ code: 'wrong-type', span: node.span, data: { expected: describe(type), found } })
    return undefined
  }
  switch (type.kind) {
    case 'error':
      return undefined
    case 'number':
      return writtenNumber(scope, node, type, mismatch)
    case 'date':
      return writtenDate(scope, node, type, mismatch)
    case 'yesno':
      return node.kind === 'yesno' ? (node.value ? '是' : '否') : mismatch(kindOf(node))
    case 'text':
      return node.kind === 'text' ? node.text : mismatch(kindOf(node))
    case 'choice':
    case 'levels':
      return memberName(scope, node, type, mismatch)
    case 'choices':
      return writtenChoices(scope, node, type, mismatch)
    case 'records':
      return writtenRecords(scope, node, type, mismatch)
  }
}

/** Reports what was found instead of the type that was asked for. */
type Mismatch = (found: string) => undefined

const kindOf = ({ kind }: Ast.Expression): string => (kind === 'reference' ? 'name' : kind)

function writtenNumber(scope: Scope, node: Ast.Expression, type: NumberType, mismatch: Mismatch): string | undefined {
  if (node.kind === 'reference') return mismatch('name')
  const typed = contextOf(scope).type(node)
  if (isError(typed)) return undefined
  if (typed.op !== 'number') return mismatch(describe(typed.type))
  const converted = convertTo(scope, typed, type.unit, node.span)
  if (converted?.op !== 'number') return undefined
  const { value } = converted
  const places = type.places ?? 0
  if ((decimalPlaces(value) ?? 99) > places) {
    scope.report({ code: 'too-many-places', span: node.span, data: { limit: String(places) } })
    return undefined
  }
  if (compare(value, type.low) < 0 || compare(value, type.high) > 0) {
    scope.report({ code: 'outside-range', span: node.span, data: { low: formatDecimal(type.low), high: formatDecimal(type.high) } })
    return undefined
  }
  return formatDecimal(value)
}

function writtenDate(scope: Scope, node: Ast.Expression, { low, high }: Extract<Type, { kind: 'date' }>, mismatch: Mismatch): string | undefined {
  if (node.kind !== 'date') return mismatch(kindOf(node))
  const typed = typeDate(scope, node)
  if (typed.op !== 'date') return undefined
  if (typed.value < low || typed.value > high) {
    scope.report({ code: 'outside-range', span: node.span, data: { low, high } })
    return undefined
  }
  return typed.value
}

function writtenChoices(scope: Scope, node: Ast.Expression, type: Type, mismatch: Mismatch): string | undefined {
  if (node.kind !== 'list') return mismatch(kindOf(node))
  const names = node.elements.map((element) => memberName(scope, element, type, mismatch))
  if (names.some((name) => name === undefined)) return undefined
  return names.length === 0 ? '[]' : names.join('、')
}

function memberName(scope: Scope, element: Ast.Expression, of: Type, mismatch: Mismatch): string | undefined {
  if (element.kind === 'error') return undefined
  if (element.kind !== 'text' && element.kind !== 'reference') return mismatch(element.kind)
  const name = element.kind === 'text' ? element.text : element.path.names.map(({ text }) => text).join('.')
  const member = typeMember(scope, name, element.span, of)
  return member.op === 'member' && 'members' in of ? of.members[member.index] : undefined
}

/** A list of records as the JSON text that data files have. */
function writtenRecords(scope: Scope, node: Ast.Expression, type: RecordsType, mismatch: (found: string) => undefined): string | undefined {
  if (node.kind !== 'list') return mismatch(node.kind === 'reference' ? 'name' : node.kind)
  const records: Record<string, string>[] = []
  for (const element of node.elements) {
    if (element.kind === 'error') return undefined
    if (element.kind !== 'record') {
      scope.report({ code: 'wrong-type', span: element.span, data: { expected: 'record', found: element.kind === 'reference' ? 'name' : element.kind } })
      return undefined
    }
    const record = writtenRecord(scope, element, type)
    if (!record) return undefined
    records.push(record)
  }
  return JSON.stringify(records)
}

function writtenRecord(scope: Scope, node: Extract<Ast.Expression, { kind: 'record' }>, type: RecordsType): Record<string, string> | undefined {
  const record: Record<string, string> = {}
  let whole = true
  for (const { path, value } of node.fields) {
    const name = path.names.map(({ text }) => text).join('.')
    const field = type.fields.find((candidate) => candidate.name === name)
    if (!field) {
      if (name !== '')
        reportUnknownName(
          scope,
          'field',
          name,
          path.span,
          type.fields.map((candidate) => candidate.name),
        )
      whole = false
      continue
    }
    if (name in record) scope.report({ code: 'duplicate-field', span: path.span, data: { name } })
    const written = writtenValue(scope, value, field.type)
    if (written === undefined) whole = false
    else record[name] = written
  }
  const missing = type.fields.filter(({ name, defaultValue }) => defaultValue === undefined && !node.fields.some(({ path }) => path.names[0]?.text === name))
  if (missing.length > 0 && whole) {
    scope.report({ code: 'record-incomplete', span: node.span, data: { fields: missing.map(({ name }) => name).join('、') } })
    return undefined
  }
  const [start, end] = [record[periodStart], record[periodEnd]]
  if (whole && type.periods && start !== undefined && end !== undefined && end < start) scope.report({ code: 'empty-range', span: node.span, data: {} })
  return whole ? record : undefined
}
