// Literals and names: what a word stands for in the two name spaces, and members by the type of the other side.

import { firstDate, formatDate, lastDate, parseDate } from '../../runtime/exact/date.ts'
import { decimal, decimalPlaces } from '../../runtime/exact/number.ts'
import { unnamedTotal } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { instead } from '../mend/instead.ts'
import { isSlipOf } from '../mend/slip.ts'
import type { Span } from '../span.ts'
import type { Type, Typed, ValueSymbol } from '../typed.ts'
import { byForm, type Surface, units } from '../words.ts'
import type { Context } from './context.ts'
import { surely } from './nearest.ts'
import { numberType, provesExact } from './numbers.ts'
import { fail, failure, passOver, reportUnknownName, type Scope, valueSymbol } from './scope.ts'
import { points } from './units.ts'

export function typeNumber(scope: Scope, node: Ast.NumberLiteral): Typed {
  if (node.value === '') return failure(node.span)
  if (node.value.length > 40) return fail(scope, { code: 'needs-range', span: node.span, data: { fact: '', high: `${node.value.slice(0, 20)}…`, places: '0' } })
  const unit = node.unit
  const unitName = unit?.id ?? (unit && scope.units.has(unit.word) ? unit.word : undefined)
  if (unit && unitName === undefined) {
    return fail(scope, unknownUnit(unit, scope.surface))
  }
  const value = decimal(node.value)
  const type = numberType(value, value, decimalPlaces(value) ?? 0, unitName, unit === undefined)
  return provesExact(scope, type, node.span, []) ? { op: 'number', value, type, span: node.span } : failure(node.span)
}

/** A word after a number that is no unit, with the unit that it stands for. */
export function unknownUnit({ word, span }: Ast.UnitWord, surface: Surface): Diagnostic {
  const near = units.filter((unit) => word.length > 1 && isSlipOf(word, unit[surface]))
  const meant = instead.unit[surface].get(word) ?? (near.length === 1 ? near.map(({ id }) => id) : [])
  const at = { start: span.end - word.length, end: span.end }
  const fixes = meant
    .map((id) => byForm.unit.id.get(id)?.[surface] ?? id)
    .map((text) => ({ title: 'replace', data: { text }, edits: [{ span: at, text }] }) as const)
  return { code: 'unknown-unit', span: at, data: { unit: word }, fixes }
}

/** A number that is written out: facts and parameters are declared by such, never by names. */
export const isWrittenNumber = (node: Ast.Expression): boolean => node.kind === 'number' || (node.kind === 'negative' && node.operand.kind === 'number')

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
  const suggestion = surely(name, members)
  return fail(scope, {
    code: 'unknown-member',
    span,
    data: { name, members: members.join('、'), suggestion: suggestion ?? '' },
    ...(suggestion ? { fixes: [{ title: 'replace', data: { text: suggestion }, edits: [{ span, text: suggestion }] }] } : {}),
  })
}

export function typeReference(context: Context, path: Ast.Path, expected: Type | undefined): Typed {
  const { scope, names } = context
  const name = path.names[0]
  const empty = path.names.find(({ text }) => text === '')
  if (!name || empty) {
    // An empty name is what recovery leaves behind, unless somebody wrote it in quotes.
    const quoted = empty && /[「`]/.test(scope.text[empty.span.start] ?? '')
    return quoted ? reportUnknownName(scope, 'value', '', empty.span, []) : failure(path.span)
  }
  const isValue =
    scope.declarations.values.has(name.text) || context.inside.fields?.some((field) => field.name === name.text) || context.inside.locals.has(name.text)
  const isMember = expected && 'members' in expected && (expected.members.includes(name.text) || !isValue)
  if (path.names.length === 1 && isMember) return typeMember(scope, name.text, path.span, expected)
  if (names === 'values' || (names === 'either' && path.names.length === 1 && isValueHere(context, name.text, expected))) {
    if (path.names.length > 1) return fail(scope, { code: 'item-not-here', span: path.span, data: { name: path.names.map(({ text }) => text).join('.') } })
    return typeValueName(context, name)
  }
  return typeItemName(context, path, expected)
}

/**
 * In states and rankings a name is a value's before it is an item's; points that share the name of another number must be said,
 * unless what it is compared with has a unit that only one of them fits.
 */
function isValueHere({ scope }: Context, name: string, expected: Type | undefined): boolean {
  if (!scope.declarations.values.has(name)) return false
  const isItem = scope.declarations.itemsByName.has(name) || scope.declarations.totals.has(name)
  const type = valueType(scope, name)
  if (!isItem || type?.kind !== 'number') return true
  return expected?.kind === 'number' && expected.unit !== undefined && expected.unit !== points && type.unit !== points
}

function valueType(scope: Scope, name: string): Type | undefined {
  const value = valueSymbol(scope, name)
  return value && (value.kind === 'reference-date' ? { kind: 'date', low: '', high: '' } : value.type)
}

function typeValueName({ scope, inside }: Context, name: Ast.Name): Typed {
  const { text, span } = name
  const field = inside.fields?.find((candidate) => candidate.name === text)
  if (field) return { op: 'field', field, type: field.type, span }
  const local = inside.locals.get(text)
  if (local) return { op: 'definition', definition: local, type: local.type, span }
  const symbol = valueSymbol(scope, text)
  switch (symbol?.kind) {
    case 'parameter':
      if (symbol.dated) return fail(scope, { code: 'parameter-needs-date', span, data: { name: text } })
      return { op: 'parameter', parameter: symbol, on: undefined, type: symbol.type, span }
    case 'fact':
      return { op: 'fact', fact: symbol, type: symbol.type, span }
    case 'definition':
      return { op: 'definition', definition: symbol, type: symbol.type, span }
    case 'reference-date':
      return { op: 'reference-date', name: text, type: { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) }, span }
    case undefined:
      if (scope.declarations.values.has(text)) return passOver(scope, text, span)
      if (scope.lost.has(text)) return failure(span)
      if (scope.declarations.itemsByName.has(text) || scope.declarations.totals.has(text))
        return fail(scope, { code: 'item-not-here', span, data: { name: text } })
      return reportUnknownName(scope, 'value', text, span, [
        ...(inside.fields ?? []).map((candidate) => candidate.name),
        ...inside.locals.keys(),
        ...scope.declarations.values.keys(),
      ])
  }
}

/** 得分(指标): the points of an item, wherever values stand. */
export function typePointsOf(context: Context, node: Ast.Expression): Typed {
  // What could not be read was told where it stands.
  if (node.kind === 'error') return failure(node.span)
  if (node.kind !== 'reference') return fail(context.scope, { code: 'wrong-type', span: node.span, data: { expected: 'name', found: node.kind } })
  const written = node.path.names.map(({ text }) => text)
  const [item, ...others] = itemsNamed(context.scope, written)
  if (!item || others.length > 0) return typeItemName({ ...context, names: 'items' }, node.path)
  const symbol = context.scope.item(item.path)
  return symbol ? { op: 'item', item: symbol, type: symbol.range, span: node.span } : passOver(context.scope, written.join('.'), node.span)
}

function typeItemName(context: Context, path: Ast.Path, expected?: Type): Typed {
  const { scope } = context
  const { span } = path
  const [first, ...others] = path.names
  if (!first) return failure(span)
  const written = path.names.map(({ text }) => text)
  const candidates = itemsNamed(scope, written)
  if (candidates.length > 1) {
    return fail(scope, {
      code: 'ambiguous-item',
      span,
      data: { name: written.join('.'), paths: candidates.map((item) => item.path.join('.')).join('、') },
      related: candidates.filter(({ imported }) => !imported).map(({ node }) => node.name.span),
    })
  }
  const [item] = candidates
  const value = others.length === 0 ? valueSymbol(scope, first.text) : undefined
  const isEither = value !== undefined && mayBePoints(context, value, expected)
  if (item) {
    if (isEither) return fail(scope, ambiguous(scope, path, first.text, item.imported ? [] : [item.node.name.span]))
    const symbol = scope.item(item.path)
    return symbol ? { op: 'item', item: symbol, type: symbol.range, span } : passOver(scope, written.join('.'), span)
  }
  if (others.length === 0) {
    if (scope.declarations.totals.has(first.text)) return isEither ? fail(scope, alsoTotal(first)) : typeTotalName(scope, first)
    if (value || scope.declarations.values.has(first.text)) return typeValueName(context, first)
  }
  const known = scope.declarations
  return reportUnknownName(scope, 'item', written.join('.'), span, [...known.itemsByName.keys(), ...known.totals.keys(), unnamedTotal])
}

/** Whether a value could be meant where an item or a total of its name stands. */
function mayBePoints({ names }: Context, value: ValueSymbol, expected: Type | undefined): boolean {
  if (value.kind === 'reference-date' || value.type.kind !== 'number') return false
  return value.type.unit === points || (names === 'either' && !(expected?.kind === 'number' && expected.unit === points))
}

/** A name of a value and of an item: 得分(…) says that the item is meant. */
function ambiguous(scope: Scope, { span }: Ast.Path, name: string, related: readonly Span[]): Diagnostic {
  const form = byForm.function.id.get('points_of')?.[scope.surface] ?? ''
  const text = `${form}(${scope.text.slice(span.start, span.end)})`
  return {
    code: 'ambiguous-name',
    span,
    data: { name },
    ...(related.length > 0 ? { related } : {}),
    fixes: [{ title: 'replace', data: { text }, edits: [{ span, text }] }],
  }
}

const alsoTotal = ({ text, span }: Ast.Name): Diagnostic => ({ code: 'ambiguous-name', span, data: { name: text } })

function typeTotalName(scope: Scope, { text, span }: Ast.Name): Typed {
  const total = scope.total(text)
  return total ? { op: 'total', total, type: total.range, span } : passOver(scope, text, span)
}

/** The items that a written path may mean; a path that is written out in full means one. */
export function itemsNamed(scope: Scope, written: readonly string[]) {
  const candidates = (scope.declarations.itemsByName.get(written.at(-1) ?? '') ?? []).filter((item) => endsWith(item.path, written))
  const exact = candidates.filter(({ path }) => path.length === written.length)
  return exact.length === 1 ? exact : candidates
}

const endsWith = (path: readonly string[], tail: readonly string[]) => tail.every((name, i) => path[path.length - tail.length + i] === name)
