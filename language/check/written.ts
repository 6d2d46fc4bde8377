// A literal in the policy as the written form that a CSV cell would have, so that defaults and cases are read by the same
// strict reader as applicants' data.

import { compare, decimalPlaces, formatDecimal } from '../../runtime/exact/number.ts'
import { periodEnd, periodStart } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { RecordsType, Type } from '../typed.ts'
import { convertTo } from './arithmetic.ts'
import { describe, isError } from './context.ts'
import { contextOf } from './expression.ts'
import { typeDate, typeMember } from './names.ts'
import { reportUnknownName, type Scope } from './scope.ts'

/** `undefined` after a report. */
export function writtenValue(scope: Scope, node: Ast.Expression, type: Type): string | undefined {
  const mismatch = (found: string) => {
    scope.report({ code: 'wrong-type', span: node.span, data: { expected: describe(type), found } })
    return undefined
  }
  if (node.kind === 'error' || type.kind === 'error') return undefined
  switch (type.kind) {
    case 'number': {
      if (node.kind === 'reference') return mismatch('name')
      const typed = contextOf(scope).type(node)
      if (isError(typed)) return undefined
      if (typed.op !== 'number') return mismatch(describe(typed.type))
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
    case 'records':
      return writtenRecords(scope, node, type, mismatch)
  }

  function memberName(element: Ast.Expression, of: Type): string | undefined {
    const name = element.kind === 'text' ? element.text : element.kind === 'reference' ? element.path.names.map(({ text }) => text).join('.') : undefined
    if (name === undefined) return element.kind === 'error' ? undefined : mismatch(element.kind)
    const member = typeMember(scope, name, element.span, of)
    return member.op === 'member' && 'members' in of ? of.members[member.index] : undefined
  }
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
