// Sums, products, divisions and roundings: units settled, decimals and bounds proven.

import { addDays, addMonths, firstDate, formatDate, parseDate } from '../../runtime/exact/date.ts'
import { addIntervals, multiplyIntervals, negateInterval } from '../../runtime/exact/interval.ts'
import { compare, decimalPlaces, divide, formatDecimal, fromInteger, multiply, round, zero } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import type { Span } from '../span.ts'
import type { NumberType, Type, Typed } from '../typed.ts'
import { asNumber, type Context, isError, requireNumber } from './context.ts'
import { maxPlaces, numberType, provesExact } from './numbers.ts'
import { fail, failure, type Scope } from './scope.ts'
import { conversion, unitWord } from './units.ts'

/** Decimals that a fact or a rounding may have at most. */
export const mostPlaces = 8

/** Brings a number to `unit`; `undefined` after reporting that the units do not go together. */
export function convertTo(scope: Scope, typed: Typed, unit: string | undefined, other: Span): Typed | undefined {
  const type = asNumber(typed)
  if (!type) return undefined
  if (type.unit === unit || (type.bare && type.unit === undefined)) return { ...typed, type: { ...type, unit, bare: false } }
  const factor = type.unit !== undefined && unit !== undefined ? conversion(scope.units, type.unit, unit) : undefined
  if (factor && typed.op === 'number') {
    const value = multiply(typed.value, factor)
    const places = decimalPlaces(value)
    if (places !== undefined) return { ...typed, value, type: { ...type, unit, low: value, high: value, places } }
  }
  if (factor && decimalPlaces(factor) === 0) {
    const product: Typed = { op: 'number', value: factor, type: numberType(factor, factor, 0), span: typed.span }
    return {
      op: 'product',
      factors: [typed, product],
      type: { ...type, unit, low: multiply(type.low, factor), high: multiply(type.high, factor) },
      span: typed.span,
    }
  }
  scope.report({
    code: 'unit-mismatch',
    span: typed.span,
    data: { found: unitWord(type.unit, scope.surface), expected: unitWord(unit, scope.surface) },
    related: [other],
    ...(typed.op === 'number' ? { fixes: yearsOfAge(scope, typed.span, type.unit, unit) } : {}),
  })
  return undefined
}

/** 55年 of an age is 55岁, and 5岁 of a time 5年: the number is the same. */
function yearsOfAge({ text, surface }: Scope, { start, end }: Span, found: string | undefined, expected: string | undefined): readonly Fix[] {
  const ages = ['years_old', 'years_of_age']
  const isMixed = (found === 'years' && ages.includes(expected ?? '')) || (ages.includes(found ?? '') && expected === 'years')
  const word = unitWord(found, surface)
  if (!isMixed || !text.slice(start, end).endsWith(word)) return []
  const by = unitWord(expected, surface)
  return [{ title: 'replace', data: { text: by }, edits: [{ span: { start: end - word.length, end }, text: by }] }]
}

/** The unit that several numbers share: the finest written one; bare literals take it. */
function sharedUnit(scope: Scope, parts: readonly Typed[]): string | undefined {
  const units = parts
    .map((part) => asNumber(part))
    .filter((type) => type !== undefined && !(type.bare && type.unit === undefined))
    .map((type) => type?.unit)
  return units.reduce((best, unit) => {
    if (best === undefined || unit === undefined) return best ?? unit
    const factor = conversion(scope.units, unit, best)
    return factor && compare(factor, fromInteger(1)) < 0 ? unit : best
  }, units[0])
}

/** Brings numbers to one unit; `undefined` after a report. */
export function unify(scope: Scope, parts: readonly Typed[]): readonly Typed[] | undefined {
  const unit = sharedUnit(scope, parts)
  const anchor = parts.find((part) => asNumber(part)?.unit === unit) ?? parts[0]
  const out: Typed[] = []
  const allBare = parts.every((part) => asNumber(part)?.bare === true)
  for (const part of parts) {
    const converted = allBare ? part : convertTo(scope, part, unit, anchor?.span ?? part.span)
    if (!converted) return undefined
    out.push(converted)
  }
  return out
}

export function typeSum(context: Context, node: Extract<Ast.Expression, { kind: 'sum' }>, expected: Type | undefined): Typed {
  const { scope } = context
  const first = context.type(node.terms[0]?.value ?? { kind: 'error', span: node.span }, expected)
  if (first.type.kind === 'date') return typeShift(context, node, first)
  const parts = [first, ...node.terms.slice(1).map(({ value }) => context.type(value))].map((part) => requireNumber(context, part))
  if (parts.some(isError)) return failure(node.span)
  const unified = unify(scope, parts)
  if (!unified) return failure(node.span)
  const terms = unified.map((value, i) => ({ negative: node.terms[i]?.sign === '-', value }))
  const types = unified.map((part) => asNumber(part)).filter((type) => type !== undefined)
  const range = terms
    .map(({ negative, value }) => {
      const type = value.type as NumberType
      return negative ? negateInterval(type) : type
    })
    .reduce(addIntervals)
  const type = numberType(
    range.low,
    range.high,
    maxPlaces(types),
    types[0]?.unit,
    types.every(({ bare }) => bare),
  )
  return provesExact(scope, type, node.span, unified) ? { op: 'sum', terms, type, span: node.span } : failure(node.span)
}

/** A date plus or minus whole years, months or days. */
function typeShift(context: Context, node: Extract<Ast.Expression, { kind: 'sum' }>, date: Typed): Typed {
  const { scope } = context
  let months = 0
  let days = 0
  for (const { sign, value } of node.terms.slice(1)) {
    const typed = context.type(value)
    if (isError(typed)) return typed
    const factor = sign === '-' ? -1 : 1
    const amount = typed.op === 'number' && decimalPlaces(typed.value) === 0 ? factor * Number(typed.value.numerator) : undefined
    const unit = asNumber(typed)?.unit
    if (amount === undefined || Math.abs(amount) > 12_000 || !(unit === 'years' || unit === 'months' || unit === 'days')) {
      return fail(scope, { code: 'not-a-duration', span: value.span, data: {} })
    }
    if (unit === 'days') days += amount
    else months += unit === 'years' ? amount * 12 : amount
  }
  const moved = (day: string) => formatDate(addDays(addMonths(parseDate(day) ?? firstDate, months), days))
  const type: Type = date.type.kind === 'date' ? { kind: 'date', low: moved(date.type.low), high: moved(date.type.high) } : date.type
  return { op: 'shift', date, months, days, type, span: node.span }
}

export function typeProduct(context: Context, node: Extract<Ast.Expression, { kind: 'product' }>): Typed {
  const { scope } = context
  const parts = node.factors.map(({ value }) => requireNumber(context, context.type(value)))
  if (parts.some(isError)) return failure(node.span)
  let result = parts[0] ?? failure(node.span)
  let factors: Typed[] = [result]
  for (const [i, { operator }] of node.factors.entries()) {
    const next = parts[i]
    if (i === 0 || !next || isError(result)) continue
    if (operator === '*') {
      factors.push(next)
      result = typeTimes(scope, result, next, factors, node.span)
    } else {
      result = typeDivision(scope, result, next, node.span)
      factors = [result]
    }
  }
  return result.op === 'product' ? { ...result, factors: [...factors] } : result
}

/** @param factors all of them so far, kept in one list while a long product grows */
function typeTimes(scope: Scope, left: Typed, right: Typed, factors: readonly Typed[], span: Span): Typed {
  const [a, b] = [left.type as NumberType, right.type as NumberType]
  if (a.unit !== undefined && b.unit !== undefined) {
    return fail(scope, { code: 'unit-product', span, data: { left: unitWord(a.unit, scope.surface), right: unitWord(b.unit, scope.surface) } })
  }
  const range = multiplyIntervals(a, b)
  const places = a.places === undefined || b.places === undefined ? undefined : a.places + b.places
  const type = numberType(range.low, range.high, places, a.unit ?? b.unit, a.bare && b.bare)
  return provesExact(scope, type, span, [left, right]) ? { op: 'product', factors, type, span } : failure(span)
}

function typeDivision(scope: Scope, left: Typed, right: Typed, span: Span): Typed {
  const a = left.type as NumberType
  let divisor = right
  if (a.unit !== undefined && (right.type as NumberType).unit !== undefined) {
    const converted = convertTo(scope, right, a.unit, left.span)
    if (!converted) return failure(span)
    divisor = converted
  }
  const b = divisor.type as NumberType
  if (compare(b.low, zero) <= 0 && compare(b.high, zero) >= 0) {
    return fail(scope, { code: 'division-by-zero', span: right.span, data: { low: formatDecimal(b.low), high: formatDecimal(b.high) } })
  }
  const inverse = { low: divide(fromInteger(1), b.high), high: divide(fromInteger(1), b.low) }
  const range = multiplyIntervals(a, inverse)
  const finite = divisor.op === 'number' ? decimalPlaces(divide(fromInteger(1), divisor.value)) : undefined
  const places = finite === undefined || a.places === undefined ? undefined : a.places + finite
  const type = numberType(range.low, range.high, places, b.unit === undefined ? a.unit : undefined, a.bare && b.bare)
  return { op: 'quotient', dividend: left, divisor, type, span }
}

/** The number before 位; `undefined` after reporting that it is not whole or that another unit follows. */
export function placesOf(scope: Scope, { count, unit }: Ast.PlacesNode): number | undefined {
  if (unit && unit.id !== 'places') {
    scope.report({ code: 'unit-mismatch', span: unit.span, data: { found: unit.word, expected: unitWord('places', scope.surface) } })
    return undefined
  }
  return /^\d{1,3}$/.test(count) ? Number(count) : mostPlaces + 1
}

export function typeRound(context: Context, node: Extract<Ast.Expression, { kind: 'round' }>): Typed {
  const value = requireNumber(context, context.type(node.operand))
  const type = asNumber(value)
  if (!type) return failure(node.span)
  const places = placesOf(context.scope, node.places)
  if (places === undefined) return failure(node.span)
  if (places > mostPlaces) return fail(context.scope, { code: 'too-many-places', span: node.span, data: { limit: String(mostPlaces) } })
  const rounded = numberType(round(type.low, places, node.mode), round(type.high, places, node.mode), places, type.unit, type.bare)
  return provesExact(context.scope, rounded, node.span, [value])
    ? { op: 'round', value, to: places, mode: node.mode, type: rounded, span: node.span }
    : failure(node.span)
}

export function typeParentheses(context: Context, node: Extract<Ast.Expression, { kind: 'parentheses' }>, expected: Type | undefined): Typed {
  const inner = context.type(node.inner, expected)
  if (!node.unit || isError(inner)) return inner.op === 'member' ? inner : { ...inner, span: node.span }
  const number = requireNumber(context, inner)
  const type = asNumber(number)
  const unit = node.unit.id ?? (context.scope.units.has(node.unit.word) ? node.unit.word : undefined)
  if (!type || unit === undefined) return failure(node.span)
  return { ...number, type: { ...type, unit, bare: false }, span: node.span }
}
