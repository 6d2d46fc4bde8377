// Types an expression: binds its names, settles units, and proves decimals and bounds. Bare literals take the other
// side's unit; members are looked up in the type of the other side. What is wrong is reported once, at the smallest text.

import { addDays, addMonths, ageOn, firstDate, formatDate, lastDate, parseDate, yearOf } from '../../runtime/exact/date.ts'
import { addIntervals, multiplyIntervals, negateInterval } from '../../runtime/exact/interval.ts'
import {
  compare,
  decimal,
  decimalPlaces,
  divide,
  formatDecimal,
  fromInteger,
  larger,
  multiply,
  negate,
  round,
  smaller,
  zero,
} from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Span } from '../span.ts'
import type { NumberType, Type, Typed } from '../typed.ts'
import { functions, unnamedTotal } from '../words.ts'
import { nearest } from './nearest.ts'
import { maxPlaces, numberType, provesExact } from './numbers.ts'
import { fail, failure, reportUnknownName, type Scope, valueSymbol } from './scope.ts'
import { conversion, points, unitWord } from './units.ts'

/** Which names an expression may use: values (rows, definitions), or items first (totals). */
export type Names = 'values' | 'items'

export interface Context {
  readonly scope: Scope
  readonly names: Names
}

const choiceKinds = new Set(['choice', 'levels', 'choices'])
export const isError = (node: Typed): boolean => node.type.kind === 'error'
const asNumber = (node: Typed): NumberType | undefined => (node.type.kind === 'number' ? node.type : undefined)

/** A word for a kind of type, looked up in the catalogue's terms. */
export const describe = (type: Type): string => type.kind

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
      if (expected && choiceKinds.has(expected.kind)) return typeMember(scope, node.text, span, expected)
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
      const operands = node.operands.map((operand) => typeCondition(context, operand))
      return operands.some(isError) ? failure(span) : { op: node.kind, operands, type: { kind: 'yesno' }, span }
    }
    case 'not': {
      const operand = typeCondition(context, node.operand)
      return isError(operand) ? failure(span) : { op: 'not', operand, type: { kind: 'yesno' }, span }
    }
    case 'range':
    case 'list':
      return fail(scope, { code: 'wrong-type', span, data: { expected: expected ? describe(expected) : 'value', found: node.kind } })
  }
}

export function typeCondition(context: Context, node: Ast.Expression): Typed {
  const typed = typeExpression(context, node)
  if (isError(typed) || typed.type.kind === 'yesno') return typed
  return fail(context.scope, { code: 'wrong-type', span: node.span, data: { expected: 'condition', found: describe(typed.type) } })
}

/** A number of points: after 得, 扣, 最高, 最低 a bare number is points, and nothing else turns into points by itself. */
export function typePoints(context: Context, node: Ast.Expression): Typed {
  const typed = requireNumber(context, typeExpression(context, node))
  const type = asNumber(typed)
  if (!type) return failure(node.span)
  if (type.places === undefined) return fail(context.scope, { code: 'endless-decimal', span: node.span, data: { value: '' } })
  if (type.unit === points) return typed
  if (type.unit === undefined && (type.bare || typed.op === 'number')) return { ...typed, type: { ...type, unit: points, bare: false } }
  const { surface } = context.scope
  return fail(context.scope, { code: 'not-points', span: node.span, data: { unit: unitWord(type.unit, surface), example: exampleRate(type.unit, surface) } })
}

const exampleRate = (unit: string | undefined, surface: 'zh' | 'en') =>
  surface === 'zh' ? `每1${unit ? unitWord(unit, surface) : ''} … 得1分` : `per 1 ${unit ? `${unitWord(unit, surface)} ` : ''}… award 1 points`

export function requireNumber(context: Context, typed: Typed): Typed {
  if (isError(typed) || typed.type.kind === 'number') return typed
  return fail(context.scope, { code: 'wrong-type', span: typed.span, data: { expected: 'number', found: describe(typed.type) } })
}

function requireDate(context: Context, node: Ast.Expression): Typed {
  const typed = typeExpression(context, node)
  if (isError(typed) || typed.type.kind === 'date') return typed
  return fail(context.scope, { code: 'wrong-type', span: node.span, data: { expected: 'date', found: describe(typed.type) } })
}

// ---- literals and names ------------------------------------------------------------------------------------------------

function typeNumber(scope: Scope, node: Ast.NumberLiteral): Typed {
  if (node.value === '') return failure(node.span)
  if (node.value.length > 40) return fail(scope, { code: 'needs-range', span: node.span, data: { fact: '', high: `${node.value.slice(0, 20)}…`, places: '0' } })
  const unit = node.unit
  if (unit && unit.id === undefined) {
    return fail(scope, { code: 'unknown-unit', span: unit.span, data: { unit: unit.word } })
  }
  const value = decimal(node.value)
  const type = numberType(value, value, decimalPlaces(value) ?? 0, unit?.id, unit === undefined)
  return provesExact(scope, type, node.span, []) ? { op: 'number', value, type, span: node.span } : failure(node.span)
}

export function typeDate(scope: Scope, node: Ast.DateLiteral): Typed {
  if (node.value === '') return failure(node.span)
  const date = parseDate(node.value)
  if (date === undefined) return fail(scope, { code: 'no-such-date', span: node.span, data: { date: node.value } })
  if (date < firstDate || date > lastDate) return fail(scope, { code: 'date-out-of-range', span: node.span, data: { date: node.value } })
  return { op: 'date', value: node.value, type: { kind: 'date', low: node.value, high: node.value }, span: node.span }
}

export function typeMember(scope: Scope, name: string, span: Span, type: Type): Typed {
  const members = 'members' in type ? type.members : []
  const index = members.indexOf(name)
  if (index >= 0) return { op: 'member', index, type, span }
  if (scope.lost.has(name)) return failure(span)
  const suggestion = nearest(name, members)
  return fail(scope, {
    code: 'unknown-member',
    span,
    data: { name, members: members.join('、'), suggestion: suggestion ?? '' },
    ...(suggestion ? { fixes: [{ title: 'replace', data: { text: suggestion }, edits: [{ span, text: suggestion }] }] } : {}),
  })
}

function typeReference(context: Context, path: Ast.Path, expected: Type | undefined): Typed {
  const { scope, names } = context
  const name = path.names[0]
  const empty = path.names.find(({ text }) => text === '')
  if (!name || empty) {
    // An empty name is what recovery leaves behind, unless somebody wrote it in quotes.
    const quoted = empty && /[「`]/.test(scope.text[empty.span.start] ?? '')
    return quoted ? reportUnknownName(scope, '', empty.span, []) : failure(path.span)
  }
  const isMember = expected && 'members' in expected && (expected.members.includes(name.text) || !scope.declarations.values.has(name.text))
  if (path.names.length === 1 && isMember) return typeMember(scope, name.text, path.span, expected)
  if (names === 'values') {
    if (path.names.length > 1) return fail(scope, { code: 'item-not-here', span: path.span, data: { name: path.names.map(({ text }) => text).join('.') } })
    return typeValueName(context, name)
  }
  return typeItemName(context, path)
}

function typeValueName({ scope }: Context, name: Ast.Name): Typed {
  const { text, span } = name
  const symbol = valueSymbol(scope, text)
  switch (symbol?.kind) {
    case 'fact':
      return { op: 'fact', fact: symbol, type: symbol.type, span }
    case 'definition':
      return { op: 'definition', definition: symbol, type: symbol.type, span }
    case 'reference-date':
      return { op: 'reference-date', name: text, type: { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) }, span }
    case undefined:
      if (scope.declarations.values.has(text)) return failure(span)
      if (scope.declarations.itemsByName.has(text) || scope.declarations.totals.has(text))
        return fail(scope, { code: 'item-not-here', span, data: { name: text } })
      return reportUnknownName(scope, text, span, scope.declarations.values.keys())
  }
}

function typeItemName(context: Context, path: Ast.Path): Typed {
  const { scope } = context
  const { span } = path
  const [first] = path.names
  if (!first) return failure(span)
  const written = path.names.map(({ text }) => text)
  const candidates = itemsNamed(scope, written)
  if (candidates.length > 1) {
    return fail(scope, {
      code: 'ambiguous-item',
      span,
      data: { name: written.join('.'), paths: candidates.map((item) => item.path.join('.')).join('、') },
      related: candidates.map(({ node }) => node.name.span),
    })
  }
  const [item] = candidates
  const value = path.names.length === 1 ? valueSymbol(scope, first.text) : undefined
  const inPoints = value !== undefined && value.kind !== 'reference-date' && value.type.kind === 'number' && value.type.unit === points
  if (item) {
    if (inPoints) return fail(scope, { code: 'ambiguous-name', span, data: { name: first.text }, related: [item.node.name.span] })
    const symbol = scope.items.get(item.path.join('.'))
    return symbol ? { op: 'item', item: symbol, type: symbol.range, span } : failure(span)
  }
  if (path.names.length === 1) {
    if (scope.declarations.totals.has(first.text)) {
      if (inPoints) return fail(scope, { code: 'ambiguous-name', span, data: { name: first.text } })
      const total = scope.total(first.text)
      return total ? { op: 'total', total, type: total.range, span } : failure(span)
    }
    if (value || scope.declarations.values.has(first.text)) return typeValueName(context, first)
  }
  return reportUnknownName(scope, written.join('.'), span, [...scope.declarations.itemsByName.keys(), ...scope.declarations.totals.keys(), unnamedTotal])
}

/** The items that a written path may mean; a path that is written out in full means one. */
export function itemsNamed(scope: Scope, written: readonly string[]) {
  const candidates = (scope.declarations.itemsByName.get(written.at(-1) ?? '') ?? []).filter((item) => endsWith(item.path, written))
  const exact = candidates.filter(({ path }) => path.length === written.length)
  return exact.length === 1 ? exact : candidates
}

const endsWith = (path: readonly string[], tail: readonly string[]) => tail.every((name, i) => path[path.length - tail.length + i] === name)

// ---- arithmetic --------------------------------------------------------------------------------------------------------

/** Brings a number to `unit`; `undefined` after reporting that the units do not go together. */
export function convertTo(scope: Scope, typed: Typed, unit: string | undefined, other: Span): Typed | undefined {
  const type = asNumber(typed)
  if (!type) return undefined
  if (type.unit === unit || (type.bare && type.unit === undefined)) return { ...typed, type: { ...type, unit, bare: false } }
  const factor = type.unit !== undefined && unit !== undefined ? conversion(type.unit, unit) : undefined
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
  })
  return undefined
}

/** The unit that several numbers share: the finest written one; bare literals take it. */
function sharedUnit(parts: readonly Typed[]): string | undefined {
  const units = parts
    .map((part) => asNumber(part))
    .filter((type) => type !== undefined && !(type.bare && type.unit === undefined))
    .map((type) => type?.unit)
  return units.reduce((best, unit) => {
    if (best === undefined || unit === undefined) return best ?? unit
    const factor = conversion(unit, best)
    return factor && compare(factor, fromInteger(1)) < 0 ? unit : best
  }, units[0])
}

/** Brings numbers to one unit; `undefined` after a report. */
function unify(scope: Scope, parts: readonly Typed[]): readonly Typed[] | undefined {
  const unit = sharedUnit(parts)
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

function typeSum(context: Context, node: Extract<Ast.Expression, { kind: 'sum' }>, expected: Type | undefined): Typed {
  const { scope } = context
  const first = typeExpression(context, node.terms[0]?.value ?? { kind: 'error', span: node.span }, expected)
  if (first.type.kind === 'date') return typeShift(context, node, first)
  const parts = [first, ...node.terms.slice(1).map(({ value }) => typeExpression(context, value))].map((part) => requireNumber(context, part))
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
    const typed = typeExpression(context, value)
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

function typeProduct(context: Context, node: Extract<Ast.Expression, { kind: 'product' }>): Typed {
  const { scope } = context
  const parts = node.factors.map(({ value }) => requireNumber(context, typeExpression(context, value)))
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

/** Decimals that a fact or a rounding may have at most. */
export const mostPlaces = 8

/** The number before 位; `undefined` after reporting that it is not whole or that another unit follows. */
export function placesOf(scope: Scope, { count, unit }: Ast.PlacesNode): number | undefined {
  if (unit && unit.id !== 'places') {
    scope.report({ code: 'unit-mismatch', span: unit.span, data: { found: unit.word, expected: unitWord('places', scope.surface) } })
    return undefined
  }
  return /^\d{1,3}$/.test(count) ? Number(count) : mostPlaces + 1
}

function typeRound(context: Context, node: Extract<Ast.Expression, { kind: 'round' }>): Typed {
  const value = requireNumber(context, typeExpression(context, node.operand))
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

function typeParentheses(context: Context, node: Extract<Ast.Expression, { kind: 'parentheses' }>, expected: Type | undefined): Typed {
  const inner = typeExpression(context, node.inner, expected)
  if (!node.unit || isError(inner)) return inner.op === 'member' ? inner : { ...inner, span: node.span }
  const number = requireNumber(context, inner)
  const type = asNumber(number)
  if (!type || node.unit.id === undefined) return failure(node.span)
  return { ...number, type: { ...type, unit: node.unit.id, bare: false }, span: node.span }
}

// ---- conditions --------------------------------------------------------------------------------------------------------

const yesno = { kind: 'yesno' } as const

/** Types both sides, letting either tell the other what its members are. */
function typeSides(context: Context, left: Ast.Expression, right: Ast.Expression): readonly [Typed, Typed] {
  const a = typeExpression(context, left)
  return [a, isError(a) && right.kind === 'reference' ? failure(right.span) : typeExpression(context, right, a.type)]
}

function mismatch(context: Context, left: Typed, right: Typed): Typed {
  return fail(context.scope, {
    code: 'wrong-type',
    span: right.span,
    data: { expected: describe(left.type), found: describe(right.type) },
    related: [left.span],
  })
}

function typeComparison(context: Context, node: Extract<Ast.Expression, { kind: 'compare' }>): Typed {
  const { scope } = context
  const [left, right] = typeSides(context, node.left, node.right)
  const { span } = node
  if (isError(left) || isError(right)) return failure(span)
  const ordered = node.operator !== '=' && node.operator !== '!='
  if (left.type.kind !== right.type.kind) return mismatch(context, left, right)
  switch (left.type.kind) {
    case 'number': {
      const sides = unify(scope, [left, right])
      const [a, b] = sides ?? []
      if (!a || !b) return failure(span)
      if ([a, b].some(({ type }) => (type as NumberType).places === undefined)) return fail(scope, { code: 'endless-decimal', span, data: { value: '' } })
      return { op: 'compare', operator: node.operator, left: a, right: b, type: yesno, span }
    }
    case 'date':
      return { op: 'compare', operator: node.operator, left, right, type: yesno, span }
    case 'levels':
    case 'choice': {
      if (right.op !== 'member') {
        const same = 'members' in right.type && left.type.members.join('\n') === right.type.members.join('\n')
        if (!same) return mismatch(context, left, right)
        if (ordered && left.type.kind === 'choice') return fail(scope, { code: 'not-ordered', span, data: {} })
        return { op: 'compare', operator: node.operator, left, right, type: yesno, span }
      }
      if (ordered && left.type.kind === 'choice') return fail(scope, { code: 'not-ordered', span, data: {} })
      const chosen = right.index
      const members = left.type.members.map((_, i) => i).filter((i) => holds(i, node.operator, chosen))
      return { op: 'one-of', subject: left, members, type: yesno, span }
    }
    case 'choices':
      return fail(scope, { code: 'use-has', span, data: {} })
    default:
      if (ordered) return fail(scope, { code: 'not-ordered', span, data: {} })
      return { op: 'compare', operator: node.operator, left, right, type: yesno, span }
  }
}

function holds(a: number, operator: Ast.Comparison, b: number): boolean {
  switch (operator) {
    case '=':
      return a === b
    case '!=':
      return a !== b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

function typeIs(context: Context, node: Extract<Ast.Expression, { kind: 'is' }>): Typed {
  const [left, right] = typeSides(context, node.left, node.right)
  if (isError(left) || isError(right)) return failure(node.span)
  if (left.type.kind === 'choices') {
    return fail(context.scope, { code: 'use-has', span: node.span, data: {} })
  }
  if (left.type.kind === 'number') return typeComparison(context, { ...node, kind: 'compare', operator: node.negated ? '!=' : '=' })
  if (left.type.kind !== right.type.kind) return mismatch(context, left, right)
  if (right.op === 'member' && 'members' in left.type) {
    const members = node.negated ? left.type.members.map((_, i) => i).filter((i) => i !== right.index) : [right.index]
    return { op: 'one-of', subject: left, members, type: yesno, span: node.span }
  }
  return { op: 'compare', operator: node.negated ? '!=' : '=', left, right, type: yesno, span: node.span }
}

function typeIn(context: Context, node: Extract<Ast.Expression, { kind: 'in' }>): Typed {
  const subject = typeExpression(context, node.left)
  if (isError(subject)) return failure(node.span)
  const positive = typeMembership(context, subject, node.right, node.span)
  if (!node.negated || isError(positive)) return positive
  if (positive.op === 'one-of' && 'members' in subject.type) {
    return { ...positive, members: subject.type.members.map((_, i) => i).filter((i) => !positive.members.includes(i)) }
  }
  return { op: 'not', operand: positive, type: yesno, span: node.span }
}

/** Whether `subject` is the value, in the list, or within the range that `where` writes. */
export function typeMembership(context: Context, subject: Typed, where: Ast.Expression, span: Span): Typed {
  const { scope } = context
  if (where.kind === 'range') return typeWithin(context, subject, where, span)
  const dash = writtenDash(where)
  if (dash) return fail(scope, dash)
  const elements = where.kind === 'list' ? where.elements : [where]
  const typed = elements.map((element) => typeExpression(context, element, subject.type))
  if (typed.some(isError)) return failure(span)
  if (subject.type.kind === 'choices') return fail(scope, { code: 'use-has', span, data: {} })
  if ('members' in subject.type) {
    const members = typed.map((element) => (element.op === 'member' ? element.index : -1))
    const wrong = typed.find((element) => element.op !== 'member')
    return wrong ? mismatch(context, subject, wrong) : { op: 'one-of', subject, members: members.sort((a, b) => a - b), type: yesno, span }
  }
  const operands: Typed[] = []
  for (const element of typed) {
    if (element.type.kind !== subject.type.kind) return mismatch(context, subject, element)
    if ([subject, element].some(({ type }) => type.kind === 'number' && type.places === undefined))
      return fail(scope, { code: 'endless-decimal', span, data: { value: '' } })
    const converted = element.type.kind === 'number' ? convertTo(scope, element, asNumber(subject)?.unit, subject.span) : element
    if (!converted) return failure(span)
    operands.push({ op: 'compare', operator: '=', left: subject, right: converted, type: yesno, span: element.span })
  }
  return operands.length === 1 && operands[0] ? operands[0] : { op: 'or', operands, type: yesno, span }
}

/** 55-60 after 在 was meant as a range. */
function writtenDash(where: Ast.Expression): Diagnostic | undefined {
  if (where.kind !== 'sum' || where.terms.length !== 2) return undefined
  const [low, high] = where.terms
  if (low?.value.kind !== 'number' || high?.value.kind !== 'number' || high.sign !== '-') return undefined
  const span = { start: low.value.span.end, end: high.value.span.start }
  return { code: 'range-dash', span, data: { written: '-' }, fixes: [{ title: 'replace', data: { text: '..' }, edits: [{ span, text: '..' }] }] }
}

function typeWithin(context: Context, subject: Typed, range: Ast.RangeNode, span: Span): Typed {
  const { scope } = context
  if (subject.type.kind === 'levels') {
    const levels = subject.type
    const ends = [range.low, range.high].map((end) => (end ? typeExpression(context, end, levels) : undefined))
    if (ends.some((end) => end && isError(end))) return failure(span)
    const wrong = ends.find((end) => end && end.op !== 'member')
    if (wrong) return mismatch(context, subject, wrong)
    const [low, high] = ends.map((end) => (end?.op === 'member' ? end.index : undefined))
    const members = levels.members
      .map((_, i) => i)
      .filter((i) => (low === undefined || (range.lowOpen ? i > low : i >= low)) && (high === undefined || (range.highOpen ? i < high : i <= high)))
    if (members.length === 0) return fail(scope, { code: 'empty-range', span: range.span, data: {} })
    return { op: 'one-of', subject, members, type: yesno, span }
  }
  if (subject.type.kind !== 'number' && subject.type.kind !== 'date') return fail(scope, { code: 'not-ordered', span, data: {} })
  const value = inFinestUnit(context, subject, range)
  const bounds = typeRange(context, range, value.type)
  if (!bounds) return failure(span)
  const { low, high } = bounds
  if ([value, low, high].some((part) => part?.type.kind === 'number' && part.type.places === undefined)) {
    return fail(scope, { code: 'endless-decimal', span, data: { value: '' } })
  }
  return { op: 'within', value, low, high, lowOpen: range.lowOpen, highOpen: range.highOpen, type: yesno, span }
}

/** 在 1..24个月 of a quantity in years compares months: the quantity is brought to the finer unit. */
function inFinestUnit(context: Context, subject: Typed, range: Ast.RangeNode): Typed {
  const own = asNumber(subject)?.unit
  const finer = [range.low, range.high]
    .map((end) => (end?.kind === 'number' ? end.unit?.id : undefined))
    .find((unit) => {
      const factor = unit !== undefined && own !== undefined ? conversion(unit, own) : undefined
      return factor !== undefined && decimalPlaces(factor) === undefined
    })
  return finer === undefined ? subject : (convertTo(context.scope, subject, finer, range.span) ?? subject)
}

/** The two ends of a written range, in the unit of `type`; `undefined` after a report. */
export function typeRange(
  context: Context,
  range: Ast.RangeNode,
  type: Type,
): { readonly low: Typed | undefined; readonly high: Typed | undefined } | undefined {
  const { scope } = context
  const written = [range.low, range.high].map((end) => (end ? typeExpression(context, end, type) : undefined))
  const [rawLow, rawHigh] = written
  const unit = type.kind === 'number' ? type.unit : undefined
  const shared = rawHigh && asNumber(rawHigh)?.unit
  const ends: (Typed | undefined)[] = []
  for (const end of [rawLow, rawHigh]) {
    if (!end) {
      ends.push(undefined)
      continue
    }
    if (isError(end)) return undefined
    if (end.type.kind !== type.kind) {
      scope.report({ code: 'wrong-type', span: end.span, data: { expected: describe(type), found: describe(end.type) } })
      return undefined
    }
    const number = asNumber(end)
    // 55..60岁 means 55岁: a bare low end takes the high end's unit before it takes the subject's.
    const own = number?.bare && shared && number.unit === undefined ? { ...end, type: { ...number, unit: shared, bare: false } } : end
    const converted = number ? convertTo(scope, own, unit, range.span) : end
    if (!converted) return undefined
    ends.push(converted)
  }
  const [low, high] = ends
  if (!low && !high) {
    scope.report({ code: 'empty-range', span: range.span, data: {} })
    return undefined
  }
  if (low?.op === 'number' && high?.op === 'number') {
    const order = compare(low.value, high.value)
    if (order > 0 || (order === 0 && (range.lowOpen || range.highOpen))) {
      scope.report({ code: 'empty-range', span: range.span, data: {} })
      return undefined
    }
  }
  if (low?.op === 'date' && high?.op === 'date' && low.value > high.value) {
    scope.report({ code: 'empty-range', span: range.span, data: {} })
    return undefined
  }
  return { low, high }
}

function typeHas(context: Context, node: Extract<Ast.Expression, { kind: 'has' }>): Typed {
  const subject = typeExpression(context, node.left)
  if (isError(subject)) return failure(node.span)
  if (subject.type.kind !== 'choices') return fail(context.scope, { code: 'use-is', span: node.span, data: { found: describe(subject.type) } })
  const member = typeExpression(context, node.right, subject.type)
  if (member.op !== 'member') return isError(member) ? failure(node.span) : mismatch(context, subject, member)
  const has: Typed = { op: 'has', subject, member: member.index, type: yesno, span: node.span }
  return node.negated ? { op: 'not', operand: has, type: yesno, span: node.span } : has
}

// ---- functions ---------------------------------------------------------------------------------------------------------

function typeCall(context: Context, node: Extract<Ast.Expression, { kind: 'call' }>): Typed {
  const { scope } = context
  const { span } = node
  const expectArguments = (count: number): boolean => {
    if (node.arguments.length === count) return true
    scope.report({ code: 'wrong-argument-count', span, data: { name: node.name.text, expected: String(count), found: String(node.arguments.length) } })
    return false
  }
  const [first, second] = node.arguments
  switch (node.function) {
    case 'age_on':
    case 'full_months': {
      if (!expectArguments(2) || !first || !second) return failure(span)
      const [a, b] = [requireDate(context, first), requireDate(context, second)]
      if (isError(a) || isError(b)) return failure(span)
      const range = spanBetween(a.type, b.type)
      return node.function === 'age_on'
        ? { op: 'age', born: a, on: b, type: numberType(fromInteger(range.years.low), fromInteger(range.years.high), 0, 'years_old'), span }
        : { op: 'months', from: a, to: b, type: numberType(fromInteger(range.years.low * 12 - 12), fromInteger(range.years.high * 12 + 12), 0, 'months'), span }
    }
    case 'year_of':
    case 'year_start':
    case 'year_end': {
      if (!expectArguments(1) || !first) return failure(span)
      const date = requireDate(context, first)
      if (date.type.kind !== 'date') return failure(span)
      if (node.function === 'year_of') {
        const [low, high] = [date.type.low, date.type.high].map((day) => fromInteger(yearOf(parseDate(day) ?? firstDate)))
        return { op: 'year', date, type: numberType(low ?? zero, high ?? zero, 0), span }
      }
      return {
        op: node.function === 'year_start' ? 'year-start' : 'year-end',
        date,
        type: { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) },
        span,
      }
    }
    case 'larger':
    case 'smaller': {
      if (node.arguments.length < 2) {
        expectArguments(2)
        return failure(span)
      }
      const parts = node.arguments.map((argument) => requireNumber(context, typeExpression(context, argument)))
      if (parts.some(isError)) return failure(span)
      const operands = unify(scope, parts)
      if (!operands) return failure(span)
      const types = operands.map((operand) => operand.type as NumberType)
      const pick = node.function === 'larger' ? larger : smaller
      const type = numberType(types.map(({ low }) => low).reduce(pick), types.map(({ high }) => high).reduce(pick), maxPlaces(types), types[0]?.unit)
      return { op: node.function, operands, type, span }
    }
    default: {
      const forms = functions.map((entry) => entry[scope.surface])
      const suggestion = nearest(node.name.text, forms)
      return fail(scope, {
        code: 'unknown-function',
        span: node.name.span,
        data: { name: node.name.text, suggestion: suggestion ?? '' },
        ...(suggestion ? { fixes: [{ title: 'replace', data: { text: suggestion }, edits: [{ span: node.name.span, text: suggestion }] }] } : {}),
      })
    }
  }
}

/** Bounds of full years between two dates of known bounds. */
function spanBetween(from: Type, to: Type): { years: { low: number; high: number } } {
  const bounds = (type: Type): readonly [number, number] =>
    type.kind === 'date' ? [parseDate(type.low) ?? firstDate, parseDate(type.high) ?? lastDate] : [firstDate, lastDate]
  const [fromLow, fromHigh] = bounds(from)
  const [toLow, toHigh] = bounds(to)
  return { years: { low: ageOn(fromHigh, toLow), high: ageOn(fromLow, toHigh) } }
}
