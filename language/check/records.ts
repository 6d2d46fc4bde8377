// Lists of records: their fields, the filters after their name, and what functions make of them.

import { firstDate, formatDate, lastDate, parseDate } from '../../runtime/exact/date.ts'
import { hull, multiplyIntervals, withZero } from '../../runtime/exact/interval.ts'
import { decimalPlaces, formatDecimal, fromInteger, zero } from '../../runtime/exact/number.ts'
import { periodEnd, periodStart } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import type { FieldSymbol, NumberType, RecordsType, Type, Typed } from '../typed.ts'
import { byForm, formOf } from '../words.ts'
import { convertTo } from './arithmetic.ts'
import { typeCondition, typePoints } from './asked.ts'
import { type Context, describe, hasSameMembers, isError, membersDiffer, requireNumber } from './context.ts'
import { numberType, provesExact } from './numbers.ts'
import { fail, failure, type Scope } from './scope.ts'
import { points } from './units.ts'

/** A list holds so many records unless its fact says otherwise. */
export const defaultLimit = 1000

/** The same context with the record's fields in front of everything else; what depends on a record around it is out of sight. */
export function withFields(context: Context, fields: readonly FieldSymbol[]): Context {
  const locals = new Map([...context.inside.locals].filter(([, definition]) => !definition.perRecord))
  return context.among('values', { ...context.inside, fields, locals })
}

/** Types a list by its expression; an error node after a report when it is none. */
export function typeList(context: Context, node: Ast.Expression): Typed & { readonly type: RecordsType | { readonly kind: 'error' } } {
  const typed = context.type(node)
  if (typed.type.kind === 'records') return typed as Typed & { readonly type: RecordsType }
  if (!isError(typed)) context.scope.report({ code: 'wrong-type', span: node.span, data: { expected: 'records', found: describe(typed.type) } })
  return failure(node.span) as Typed & { readonly type: { readonly kind: 'error' } }
}

export function typeFiltered(context: Context, node: Extract<Ast.Expression, { kind: 'filtered' }>): Typed {
  let set: Typed = typeList(context, node.list)
  node.filters.forEach((filter, i) => {
    if (filter.kind === 'where' && i < node.filters.length - 1) context.scope.report({ code: 'where-not-last', span: filter.span, data: {} })
    set = set.type.kind === 'records' ? typeFilter(context, set, set.type, filter, { start: node.span.start, end: filter.span.end }) : failure(node.span)
  })
  return set
}

type FilterOf<Kind extends Ast.Filter['kind']> = Extract<Ast.Filter, { kind: Kind }>

function typeFilter(context: Context, set: Typed, type: RecordsType, filter: Ast.Filter, span: Span): Typed {
  switch (filter.kind) {
    case 'error':
      return failure(span)
    case 'last':
      return typeLast(context, set, type, filter, span)
    case 'between':
      return typeBetween(context, set, type, filter, span)
    case 'up-to':
      return typeUpTo(context, set, type, filter, span)
    case 'without':
      return typeWithout(context, set, type, filter, span)
    case 'unbroken':
      return typeUnbroken(context, set, type, filter, span)
    case 'where': {
      const condition = typeCondition(withFields(context, type.fields), filter.condition)
      return isError(condition) ? failure(span) : { op: 'where', set, condition, type, span }
    }
  }
}

function typeLast(context: Context, set: Typed, type: RecordsType, filter: FilterOf<'last'>, span: Span): Typed {
  const { scope } = context
  if (!filter.day) return windowDayMissing(scope, filter.amount)
  const day = typeDay(context, filter.day)
  const field = dateField(scope, type, filter.field, filter)
  const length = typeSpan(context, filter.amount, ['years', 'months', 'days', 'calendar_years'])
  if (isError(day) || field === false || !length) return failure(span)
  return length.calendarYears > 0
    ? { op: 'last-years', set, years: length.calendarYears, day, field, type, span }
    : { op: 'last', set, months: length.months, days: length.days, day, field, type, span }
}

function typeBetween(context: Context, set: Typed, type: RecordsType, filter: FilterOf<'between'>, span: Span): Typed {
  const { scope } = context
  const [from, to] = [typeDay(context, filter.from), typeDay(context, filter.to)]
  const field = dateField(scope, type, undefined, filter)
  if (isError(from) || isError(to) || field === false) return failure(span)
  if (from.op === 'date' && to.op === 'date' && from.value > to.value) return fail(scope, { code: 'empty-range', span: filter.span, data: {} })
  return { op: 'between', set, from, to, field, type, span }
}

function typeUpTo(context: Context, set: Typed, type: RecordsType, filter: FilterOf<'up-to'>, span: Span): Typed {
  const { scope } = context
  const to = typeDay(context, filter.to)
  const field = dateField(scope, type, undefined, filter)
  if (isError(to) || field === false) return failure(span)
  // Nothing is dated earlier than the first day that there is.
  const value = formatDate(firstDate)
  const from: Typed = { op: 'date', value, type: { kind: 'date', low: value, high: value }, span: filter.span }
  return { op: 'between', set, from, to, field, type, span }
}

function typeWithout(context: Context, set: Typed, type: RecordsType, filter: FilterOf<'without'>, span: Span): Typed {
  const { scope } = context
  const other = typeList(context, filter.list)
  const field = dateField(scope, type, undefined, filter)
  if (other.type.kind !== 'records' || field === false) return failure(span)
  if (!other.type.periods) return fail(scope, { code: 'filter-needs-periods', span: filter.list.span, data: { filter: 'without' } })
  // A period may fall into one piece more for every period that is taken out of it.
  const limit = type.periods ? type.limit + other.type.limit : type.limit
  return { op: 'without', set, other, field, type: { ...type, limit }, span }
}

function typeUnbroken(context: Context, set: Typed, type: RecordsType, filter: Extract<Ast.Filter, { kind: 'unbroken' }>, span: Span): Typed {
  const { scope } = context
  const to = typeDay(context, filter.to)
  if (isError(to)) return failure(span)
  if (!type.periods) return fail(scope, { code: 'filter-needs-periods', span: filter.span, data: { filter: 'unbroken-to' } })
  if (!filter.gap) return fail(scope, { code: 'gap-missing', span: filter.span, data: {} })
  if (filter.counted === undefined) {
    const at = filter.span.end
    const fixes = (['gap-counted', 'gap-not-counted'] as const).map((id) => {
      const text = formOf(id, scope.surface)
      return { title: 'insert' as const, data: { text }, edits: [{ span: { start: at, end: at }, text: ` ${text}` }] }
    })
    return fail(scope, { code: 'gap-counting-missing', span: filter.span, data: {}, fixes })
  }
  const gap = typeSpan(context, filter.gap, ['years', 'months', 'days'], true)
  if (!gap) return failure(span)
  const fields = type.fields.filter(({ name }) => name === periodStart || name === periodEnd)
  return { op: 'unbroken', set, to, gapMonths: gap.months, gapDays: gap.days, counted: filter.counted, type: { ...type, fields }, span }
}

function windowDayMissing(scope: Scope, amount: Ast.NumberLiteral): Typed {
  // How long it looks back is not written yet, and was told.
  if (amount.value === '') return failure(amount.span)
  const { end } = amount.span
  const days = [...scope.referenceDates.keys()]
  const fixes = days.map((day) => ({ title: 'insert' as const, data: { text: `(${day})` }, edits: [{ span: { start: end, end }, text: `(${day})` }] }))
  return fail(scope, { code: 'window-day-missing', span: amount.span, data: { day: days[0] ?? '' }, fixes })
}

/** A day; reported when it is something else. */
export function typeDay(context: Context, node: Ast.Expression): Typed {
  const typed = context.type(node)
  if (isError(typed) || typed.type.kind === 'date') return typed
  return fail(context.scope, { code: 'wrong-type', span: node.span, data: { expected: 'date', found: describe(typed.type) } })
}

interface Length {
  readonly months: number
  readonly days: number
  readonly calendarYears: number
}

/** A whole number of years, months, days or calendar years; `undefined` after a report. */
export function typeSpan(context: Context, node: Ast.NumberLiteral, units: readonly string[], orNone = false): Length | undefined {
  const { scope } = context
  const typed = context.type(node)
  if (typed.op !== 'number') return undefined
  const unit = (typed.type as NumberType).unit ?? ''
  const amount = decimalPlaces(typed.value) === 0 ? Number(typed.value.numerator) : -1
  if (!units.includes(unit) || amount < (orNone ? 0 : 1) || amount > 12_000) {
    scope.report({ code: 'not-a-length', span: node.span, data: { units: units.map((id) => byForm.unit.id.get(id)?.[scope.surface] ?? id).join('、') } })
    return undefined
  }
  return {
    months: unit === 'years' ? amount * 12 : unit === 'months' ? amount : 0,
    days: unit === 'days' ? amount : 0,
    calendarYears: unit === 'calendar_years' ? amount : 0,
  }
}

/** The field that dates a record: the one that is named, or the only date. Periods are cut and need none. */
export function dateField(
  scope: Scope,
  type: RecordsType,
  named: Ast.Name | undefined,
  filter: { readonly kind: string; readonly span: Span },
): string | undefined | false {
  const dates = type.fields.filter((field) => field.type.kind === 'date').map(({ name }) => name)
  if (named) {
    if (dates.includes(named.text)) return named.text
    if (named.text !== '') scope.report({ code: 'no-date-field', span: named.span, data: { fields: dates.join('、') } })
    return false
  }
  if (type.periods) return undefined
  if (dates.length === 1) return dates[0]
  const [{ span, kind }, fields, [first]] = [filter, dates.join('、'), dates]
  scope.report(
    first === undefined ? { code: 'no-date-field', span, data: { fields } } : { code: 'which-date-field', span, data: { fields, filter: kind, first } },
  )
  return false
}

// ---- functions of lists ------------------------------------------------------------------------------------------------

type Call = Extract<Ast.Expression, { kind: 'call' }>

/** 有 and 次数, of a list or of a 多选. */
export function typeSize(context: Context, node: Call, argument: Ast.Expression): Typed {
  const { span } = node
  const set = context.type(argument)
  if (isError(set)) return failure(span)
  if (set.type.kind !== 'records' && set.type.kind !== 'choices') {
    return fail(context.scope, { code: 'wrong-type', span: argument.span, data: { expected: 'records', found: describe(set.type) } })
  }
  if (node.function === 'any') return { op: 'any', set, type: { kind: 'yesno' }, span }
  const most = set.type.kind === 'records' ? set.type.limit : set.type.members.length
  return { op: 'count', set, type: numberType(zero, fromInteger(most), 0, 'times'), span }
}

/** 累计月数: of periods, overlapping ones merged. */
export function typeMonthsCovered(context: Context, node: Call, argument: Ast.Expression): Typed {
  const set = typeList(context, argument)
  if (set.type.kind !== 'records') return failure(node.span)
  if (!set.type.periods) return fail(context.scope, { code: 'filter-needs-periods', span: argument.span, data: { filter: 'months_covered' } })
  return { op: 'months-covered', set, type: numberType(zero, fromInteger(300 * 12), 0, 'months'), span: node.span }
}

/** 合计(列表, 式): the sum over all records. */
export function typeTotalOf(context: Context, node: Call, list: Ast.Expression, value: Ast.Expression): Typed {
  const { span } = node
  const set = typeList(context, list)
  if (set.type.kind !== 'records') return failure(span)
  const each = requireNumber(context, withFields(context, set.type.fields).type(value))
  if (each.type.kind !== 'number') return failure(span)
  if (each.type.places === undefined) return fail(context.scope, { code: 'endless-decimal', span: value.span, data: { value: '' } })
  const count = { low: zero, high: fromInteger(set.type.limit) }
  const range = withZero(multiplyIntervals(count, each.type))
  const type = { ...each.type, bare: false, low: range.low, high: range.high }
  return provesExact(context.scope, type, span, [each]) ? { op: 'total-of', set, value: each, type, span } : failure(span)
}

/** 最大, 最小, 最早, 最晚(列表, 式, 空时值). */
export function typeExtreme(context: Context, node: Call, list: Ast.Expression, value: Ast.Expression, empty: Ast.Expression): Typed {
  const { scope } = context
  const { span } = node
  const set = typeList(context, list)
  if (set.type.kind !== 'records') return failure(span)
  const each = withFields(context, set.type.fields).type(value)
  const none = context.type(empty, each.type)
  if (isError(each) || isError(none)) return failure(span)
  if (node.function === 'earliest' || node.function === 'latest') {
    for (const [part, at] of [
      [each, value],
      [none, empty],
    ] as const) {
      if (part.type.kind !== 'date') return fail(scope, { code: 'wrong-type', span: at.span, data: { expected: 'date', found: describe(part.type) } })
    }
    const type: Type = { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) }
    return extreme(node.function, set, each, none, type, span)
  }
  const number = requireNumber(context, each)
  if (number.type.kind !== 'number') return failure(span)
  const converted = convertTo(scope, requireNumber(context, none), number.type.unit, value.span)
  if (converted?.type.kind !== 'number') return failure(span)
  const range = hull(number.type, converted.type)
  const places = number.type.places === undefined || converted.type.places === undefined ? undefined : Math.max(number.type.places, converted.type.places)
  const type = numberType(range.low, range.high, places, number.type.unit)
  return extreme(node.function === 'least' ? 'least' : 'greatest', set, number, converted, type, span)
}

function extreme(op: 'greatest' | 'least' | 'earliest' | 'latest', set: Typed, value: Typed, empty: Typed, type: Type, span: Span): Typed {
  const held = { set, value, empty, type, span }
  switch (op) {
    case 'greatest':
      return { op, ...held }
    case 'least':
      return { op, ...held }
    case 'earliest':
      return { op, ...held }
    case 'latest':
      return { op, ...held }
  }
}

/** 日期(年, 月, 日). */
export function typeMakeDate(context: Context, node: Call, parts: readonly Ast.Expression[]): Typed {
  const [year, month, day] = parts.map((part) => requireNumber(context, context.type(part)))
  if (!year || !month || !day || [year, month, day].some(isError)) return failure(node.span)
  const written = [year, month, day].map((part, i) => (part.op === 'number' ? formatDecimal(part.value).padStart(i === 0 ? 4 : 2, '0') : undefined))
  const date = written.every((part) => part !== undefined) ? written.join('-') : undefined
  if (date !== undefined && parseDate(date) === undefined) return fail(context.scope, { code: 'no-such-date', span: node.span, data: { date } })
  return { op: 'make-date', year, month, day, type: { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) }, span: node.span }
}

/** 另一方(式, 无另一方时值): only in 排序 of a scenario with 同户. */
export function typePartner(context: Context, node: Call, value: Ast.Expression, otherwise: Ast.Expression): Typed {
  const { span } = node
  if (!context.inside.partner) return fail(context.scope, { code: 'partner-not-here', span, data: {} })
  const own = context.type(value)
  const type = own.type.kind === 'number' && own.type.unit === points ? points : undefined
  const none = type ? typePoints(context, otherwise) : context.type(otherwise, own.type)
  if (isError(own) || isError(none)) return failure(span)
  if (none.type.kind !== own.type.kind) {
    return fail(context.scope, { code: 'wrong-type', span: otherwise.span, data: { expected: describe(own.type), found: describe(none.type) } })
  }
  if (!hasSameMembers(own.type, none.type)) return fail(context.scope, membersDiffer(own, none))
  return { op: 'partner', value: own, otherwise: none, type: own.type, span }
}
