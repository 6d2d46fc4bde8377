// Types of facts: members, units, decimals, ranges, defaults. A number without 范围 lies within ±999999999.

import { firstDate, formatDate, lastDate } from '../../runtime/exact/date.ts'
import { add, decimalPlaces, divide, fitsExactly, formatDecimal, fromInteger, negate } from '../../runtime/exact/number.ts'
import { keyAmong, periodEnd, periodStart } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts'
import { instead } from '../mend/instead.ts'
import { isSlipOf } from '../mend/slip.ts'
import type { FactSymbol, FieldSymbol, NumberType, RecordsType, Type, Typed } from '../typed.ts'
import { byForm, formOf, type Surface, types } from '../words.ts'
import { mostPlaces, placesOf } from './arithmetic.ts'
import { typeRange } from './conditions.ts'
import { contextOf } from './expression.ts'
import { isWrittenNumber, unknownUnit } from './names.ts'
import { numberType } from './numbers.ts'
import { defaultLimit } from './records.ts'
import { saidTwice } from './repeated.ts'
import type { Scope } from './scope.ts'
import { writtenValue } from './written.ts'

/** A number fact without a 范围 holds up to this many; larger figures need one. */
export const defaultBound = 999_999_999

export function checkFact(scope: Scope, node: Ast.FactNode): FactSymbol {
  const base = typeOf(scope, node.type)
  const clauses = new Map<string, Ast.FactClause>()
  for (const clause of node.clauses) {
    if (clause.kind === 'error') continue
    const before = clauses.get(clause.kind)
    if (before) scope.report(saidTwice(scope.text, clause.kind, before.span, clause.span))
    else clauses.set(clause.kind, clause)
  }
  const range = clauses.get('range')
  const type = range?.kind === 'range' ? (base.kind === 'records' ? limited(scope, base, range.range) : narrowed(scope, base, range.range)) : base
  const given = clauses.get('default')
  const required = clauses.get('required')
  if (given && required) {
    scope.report({ code: 'default-and-required', span: required.span, data: {}, related: [given.span] })
  }
  const defaultKey = given?.kind === 'default' && type.kind === 'text' && isKeyName(scope, given.value)
  const defaultValue = given?.kind === 'default' && !defaultKey ? writtenValue(scope, given.value, type) : undefined
  const unique = clauses.get('unique')
  const shared = clauses.get('household')
  if (shared && (type.kind === 'records' || type.kind === 'choices' || unique))
    scope.report({ code: 'clause-not-here', span: shared.span, data: { what: 'household' } })
  if (unique && (type.kind === 'records' || type.kind === 'choices')) scope.report({ code: 'clause-not-here', span: unique.span, data: { what: 'unique' } })
  return {
    kind: 'fact',
    source: 0,
    name: node.name.text,
    node,
    type,
    ranged: range !== undefined,
    notAfter: range?.kind === 'range' ? lastDay(scope, base, range.range) : undefined,
    defaultValue,
    defaultKey,
    required: required !== undefined,
    unique: unique !== undefined,
    household: shared?.kind === 'household' ? shared.key.text : undefined,
  }
}

/** 缺省 编号: who gives nothing is alone. */
function isKeyName({ declarations }: Scope, node: Ast.Expression): boolean {
  const [name, ...more] = node.kind === 'reference' ? node.path.names : []
  const written = (other: string) => name?.text === other
  return more.length === 0 && written(keyAmong(written, (other) => declarations.values.has(other)))
}

/** 范围 ..50 of a list: so many records at most. */
function limited(scope: Scope, type: RecordsType, range: Ast.Expression): RecordsType {
  if (range.kind === 'error') return type
  const atLeast = range.kind === 'range' && range.low?.kind === 'number' ? range.low.value : '0'
  const high = range.kind === 'range' && range.high && isWrittenNumber(range.high) && atLeast === '0' ? contextOf(scope).type(range.high) : undefined
  const limit = high?.op === 'number' && decimalPlaces(high.value) === 0 ? Number(high.value.numerator) : 0
  if (limit >= 1 && limit <= 100_000) return { ...type, limit }
  scope.report({ code: 'record-limit', span: range.span, data: {} })
  return type
}

/** Fields of records; periods have their two days before all others. */
function fieldsOf(scope: Scope, node: Ast.TypeNode): readonly FieldSymbol[] {
  const fields = new Map<string, FieldSymbol>()
  const anyDay: Type = { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) }
  if (node.id === 'periods') for (const name of [periodStart, periodEnd]) fields.set(name, { name, type: anyDay, defaultValue: undefined })
  const written = new Map<string, Ast.Name>()
  for (const field of node.fields ?? []) {
    const { text, span } = field.name
    const before = written.get(text)
    if (before) scope.report({ code: 'duplicate-name', span, data: { name: text }, related: [before.span] })
    if (text === '' || before) continue
    written.set(text, field.name)
    const symbol = fieldOf(scope, field)
    if (symbol && fields.has(text) && symbol.type.kind !== 'date' && symbol.type.kind !== 'error')
      scope.report({ code: 'wrong-type', span: field.type.span, data: { expected: 'date', found: symbol.type.kind } })
    else if (symbol) fields.set(text, symbol)
  }
  return [...fields.values()]
}

/** `undefined` after a report. */
function fieldOf(scope: Scope, { name, type: node, clauses }: NonNullable<Ast.TypeNode['fields']>[number]): FieldSymbol | undefined {
  if (node.id === 'records' || node.id === 'periods') {
    scope.report({ code: 'records-in-records', span: node.span, data: {} })
    return undefined
  }
  const base = typeOf(scope, node)
  const range = clauses.find((clause) => clause.kind === 'range')
  const day = range?.kind === 'range' ? lastDay(scope, base, range.range) : undefined
  if (range?.kind === 'range' && day !== undefined)
    scope.report({ code: 'field-ends-on-day', span: range.span, data: { day }, fixes: [withoutDay(scope.text, range)] })
  const type = range?.kind === 'range' ? narrowed(scope, base, range.range) : base
  for (const { kind, span } of clauses) {
    if (kind === 'source' || kind === 'audited-by' || kind === 'required' || kind === 'unique' || kind === 'household')
      scope.report({ code: 'clause-not-here', span, data: { what: kind } })
  }
  const given = clauses.find((clause) => clause.kind === 'default')
  return { name: name.text, type, defaultValue: given?.kind === 'default' ? writtenValue(scope, given.value, type) : undefined }
}

/** The type that a type node writes. */
export function typeOf(scope: Scope, node: Ast.TypeNode): Type {
  const parts = partsOfType(scope, node)
  return parts ? typeOfParts(scope, node, parts) : { kind: 'error' }
}

interface TypeParts {
  readonly id: NonNullable<Ast.TypeNode['id']>
  readonly unit: NumberType['unit']
  readonly places: number
}

const takesUnit = (id: TypeParts['id']) => id === 'whole' || id === 'decimal'

const takesMembers = (id: TypeParts['id']) => id === 'choice' || id === 'levels' || id === 'choices'

/** Its word, unit and places, where each is one that this type takes; `undefined` after a report. */
function partsOfType(scope: Scope, { id, word, span, unit: written, members, places: shown }: Ast.TypeNode): TypeParts | undefined {
  const wrong = (diagnostic: Diagnostic) => {
    scope.report(diagnostic)
    return undefined
  }
  if (id === undefined) {
    const silent = word === '' || scope.lost.has(word)
    return silent ? undefined : wrong(unknownType(word, span.start, scope.surface))
  }
  const unit = written && (written.id ?? (scope.units.has(written.word) ? written.word : undefined))
  if (written && !takesUnit(id)) return wrong({ code: 'type-part-misplaced', span: written.span, data: { part: 'unit', type: id } })
  if (written && unit === undefined) return wrong(undeclaredUnit(scope, written))
  if (members && !takesMembers(id)) return wrong({ code: 'type-part-misplaced', span, data: { part: 'members', type: id } })
  const places = shown ? placesOf(scope, shown) : 0
  if (places === undefined) return undefined
  if ((shown !== undefined) !== (id === 'decimal') || places > mostPlaces || (shown !== undefined && places < 1))
    return wrong({ code: 'decimal-places', span, data: { type: id } })
  return { id, unit, places }
}

/** A unit of the author's own declares itself before the first fact; it is told of once, and is a unit from there on. */
function undeclaredUnit(scope: Scope, written: Ast.UnitWord): Diagnostic {
  const { word } = written
  const diagnostic = unknownUnit(written, scope.surface)
  const first = scope.declarations.facts[0]?.span.start
  if (first === undefined || diagnostic.fixes?.length) return diagnostic
  scope.units.set(word, { word, equals: undefined })
  const margin = /[ \t\u3000]*$/.exec(scope.text.slice(0, first))?.[0] ?? ''
  const declared = `${formOf('unit', scope.surface)} ${word}`
  return {
    ...diagnostic,
    fixes: [{ title: 'declare', data: { text: declared }, edits: [{ span: { start: first, end: first }, text: `${declared}\n${margin}` }] }],
  }
}

/** 0-600 and [0, 600] were meant as 0..600. */
function asRange(text: string, written: Ast.Expression): readonly Fix[] {
  const ends =
    written.kind === 'list' ? written.elements : written.kind === 'sum' && written.terms[1]?.sign === '-' ? written.terms.map(({ value }) => value) : []
  const [low, high] = ends
  if (ends.length !== 2 || low?.kind !== 'number' || high?.kind !== 'number') return []
  const by = [low, high].map(({ span }) => text.slice(span.start, span.end)).join('..')
  return [{ title: 'replace', data: { text: by }, edits: [{ span: written.span, text: by }] }]
}

/** A word that is no type, with the types that it stands for elsewhere. */
function unknownType(word: string, start: number, surface: Surface): Diagnostic {
  const other = surface === 'zh' ? 'en' : 'zh'
  const meant = instead.type[surface].get(word) ?? [byForm.type[other].get(word)?.id, types.find((type) => isSlipOf(word, type[surface]))?.id]
  const span = { start, end: start + word.length }
  const texts = [...new Set(meant)]
    .flatMap((id) => (id === undefined ? [] : [byForm.type.id.get(id)?.[surface] ?? '']))
    .map((text) => withPlaces(text, surface))
  return { code: 'unknown-type', span, data: { word }, fixes: texts.map((text) => ({ title: 'replace', data: { text }, edits: [{ span, text }] })) }
}

/** A decimal says its places; two are what money has. */
const withPlaces = (type: string, surface: Surface): string =>
  type !== byForm.type.id.get('decimal')?.[surface] ? type : surface === 'zh' ? `${type}2位` : `${type} 2 places`

function typeOfParts(scope: Scope, node: Ast.TypeNode, { id, unit, places }: TypeParts): Type {
  switch (id) {
    case 'date':
      return { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) }
    case 'yesno':
      return { kind: 'yesno' }
    case 'text':
      return { kind: 'text' }
    case 'whole':
    case 'decimal': {
      const step = divide(fromInteger(1), fromInteger(10 ** places))
      const high = places > 0 ? add(fromInteger(defaultBound + 1), negate(step)) : fromInteger(defaultBound)
      return numberType(negate(high), high, places, unit)
    }
    case 'choice':
    case 'levels':
    case 'choices': {
      const members = membersOf(scope, node)
      return members.length === 0 ? { kind: 'error' } : { kind: id, members }
    }
    case 'records':
    case 'periods': {
      if (id === 'records' && (node.fields ?? []).length === 0) {
        scope.report({ code: 'fields-missing', span: node.span, data: {} })
        return { kind: 'error' }
      }
      const fields = fieldsOf(scope, node)
      if (fields.some((field) => field.type.kind === 'error')) return { kind: 'error' }
      return { kind: 'records', periods: id === 'periods', fields, limit: defaultLimit }
    }
  }
}

function membersOf(scope: Scope, node: Ast.TypeNode): readonly string[] {
  const names = node.members ?? []
  const seen = new Map<string, Ast.Name>()
  for (const name of names) {
    const before = seen.get(name.text)
    if (before) scope.report({ code: 'duplicate-member', span: name.span, data: { name: name.text }, related: [before.span] })
    else if (
      name.text.includes('、') ||
      name.text === '[]' ||
      (name.text === '' && name.span.end > name.span.start && /^["“]/.test(scope.text.slice(name.span.start)))
    ) {
      scope.report({ code: 'bad-member', span: name.span, data: { name: name.text } })
    } else if (name.text !== '') seen.set(name.text, name)
  }
  const list = [...seen.values()]
  if (!node.members) scope.report({ code: 'members-missing', span: node.span, data: { type: node.id ?? '' } })
  if (node.id === 'levels') {
    const misplaced = list.find(({ text }, i) => (/及以下$/.test(text) && i > 0) || (/及以上$/.test(text) && i < list.length - 1))
    if (misplaced) scope.report({ code: 'levels-order', span: misplaced.span, data: { name: misplaced.text } })
  }
  return list.map(({ text }) => text)
}

function narrowed(scope: Scope, type: Type, range: Ast.Expression): Type {
  if (type.kind === 'error' || range.kind === 'error') return type
  if (range.kind !== 'range' || (type.kind !== 'number' && type.kind !== 'date')) {
    scope.report({ code: 'range-not-here', span: range.span, data: {}, fixes: asRange(scope.text, range) })
    return type
  }
  const high = lastDay(scope, type, range) === undefined ? range.high : undefined
  const named = [range.low, high].find((end) => end && !isWrittenNumber(end) && !['date', 'error'].includes(end.kind))
  if (named) {
    scope.report({ code: 'range-end', span: named.span, data: {} })
    return type
  }
  const bounds = range.low || high ? typeRange(contextOf(scope), { ...range, high }, type) : { low: undefined, high: undefined }
  if (!bounds) return type
  if (type.kind === 'date') {
    const day = (end: Typed | undefined) => (end?.op === 'date' ? end.value : undefined)
    return { kind: 'date', low: day(bounds.low) ?? type.low, high: day(bounds.high) ?? type.high }
  }
  return narrowedNumber(scope, type, range, bounds)
}

/** The range without its later end; without any where it has no other. */
function withoutDay(text: string, { span, range }: Extract<Ast.FactClause, { kind: 'range' }>): Fix {
  const [low, high] = range.kind === 'range' ? [range.low, range.high] : []
  const start = low && high ? high.span.start : text.slice(0, span.start).trimEnd().length
  return { title: 'remove', data: {}, edits: [{ span: { start, end: span.end }, text: '' }] }
}

/** 范围 ..审核日: a day of the run after which no value may lie. */
function lastDay(scope: Scope, type: Type, range: Ast.Expression): string | undefined {
  if (type.kind !== 'date' || range.kind !== 'range' || range.high?.kind !== 'reference' || range.highOpen) return undefined
  const [name, ...more] = range.high.path.names
  return name && more.length === 0 && scope.referenceDates.has(name.text) ? name.text : undefined
}

function narrowedNumber(scope: Scope, type: NumberType, range: Ast.RangeNode, bounds: { low: Typed | undefined; high: Typed | undefined }): NumberType {
  const places = type.places ?? 0
  for (const end of [bounds.low, bounds.high]) {
    if (end && (end.op !== 'number' || (decimalPlaces(end.value) ?? 99) > places)) {
      scope.report({ code: 'range-end', span: end.span, data: { places: String(places) } })
      return type
    }
  }
  const step = divide(fromInteger(1), fromInteger(10 ** places))
  const end = (typed: Typed | undefined, open: boolean, inward: typeof step) =>
    typed?.op === 'number' ? (open ? add(typed.value, inward) : typed.value) : undefined
  const low = end(bounds.low, range.lowOpen, step) ?? type.low
  const high = end(bounds.high, range.highOpen, negate(step)) ?? type.high
  if (!fitsExactly(low, places) || !fitsExactly(high, places)) {
    scope.report({ code: 'range-end', span: range.span, data: { places: formatDecimal(fromInteger(places)) } })
    return type
  }
  return { ...type, low, high }
}
