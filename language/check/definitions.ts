// Types a definition: the value of its cases, or of its one value, and the bounds that hold over all of them.

import { hull } from '../../runtime/exact/interval.ts'
import { definitionId, itemId } from '../../runtime/ir/ids.ts'
import type * as Ast from '../ast.ts'
import { childrenOf, type DefinitionSymbol, type NumberType, type Type, type Typed, type TypedCase } from '../typed.ts'
import { convertTo } from './arithmetic.ts'
import { typeCondition } from './asked.ts'
import { describe, hasSameMembers, type Inside, isError, membersDiffer, outermost } from './context.ts'
import { contextOf } from './expression.ts'
import { typeOf } from './facts.ts'
import { maxPlaces } from './numbers.ts'
import type { Scope } from './scope.ts'

/** @param owner path of the item around a definition that is known only there */
export function checkDefinition(scope: Scope, node: Ast.DefinitionNode, inside: Inside = outermost, owner?: readonly string[]): DefinitionSymbol {
  const context = contextOf(scope, 'values', inside)
  const declared = node.type ? typeOf(scope, node.type) : undefined
  const cases: TypedCase[] = []
  if (node.body.kind === 'value') {
    cases.push({ when: undefined, value: context.type(node.body.value, declared) })
  } else {
    node.body.cases.forEach(({ condition, value, span }, i, all) => {
      const when = condition ? typeCondition(context, condition) : undefined
      if (!condition && i < all.length - 1) scope.report({ code: 'otherwise-not-last', span, data: {} })
      cases.push({ when, value: context.type(value, declared ?? cases[0]?.value.type) })
    })
    const last = node.body.cases.at(-1)
    if (!last || last.condition) scope.report({ code: 'definition-needs-otherwise', span: node.name.span, data: { name: node.name.text } })
  }
  const { type, cases: settled } = settle(scope, node, cases, declared)
  const perRecord = inside.fields !== undefined && settled.some(({ when, value }) => (when !== undefined && readsRecord(when)) || readsRecord(value))
  const within = owner && itemId(owner)
  const id = scope.distinct(definitionId(node.name.text, within))
  const symbol: DefinitionSymbol = { kind: 'definition', source: 0, id, within, perRecord, name: node.name.text, node, type, cases: settled }
  scope.definitionOrder.push(symbol)
  return symbol
}

/** Definitions of an item, a block or a list: each sees those before it. */
export function checkLocals(scope: Scope, nodes: readonly Ast.DefinitionNode[], inside: Inside, owner: readonly string[]): Inside {
  if (nodes.length === 0) return inside
  const locals = new Map(inside.locals)
  for (const node of nodes) {
    const { text, span } = node.name
    if (text === '') continue
    if (locals.has(text) || scope.declarations.values.has(text) || inside.fields?.some(({ name }) => name === text)) {
      scope.report({ code: 'duplicate-name', span, data: { name: text } })
      continue
    }
    locals.set(text, checkDefinition(scope, node, { ...inside, locals: new Map(locals) }, owner))
  }
  return { ...inside, locals }
}

/** Whether a value depends on the record at hand; a list inside has records of its own. */
export function readsRecord(node: Typed): boolean {
  if (node.op === 'field') return true
  if (node.op === 'definition') return node.definition.perRecord
  if (node.op === 'where') return readsRecord(node.set)
  if (node.op === 'total-of') return readsRecord(node.set)
  if (node.op === 'greatest' || node.op === 'least' || node.op === 'earliest' || node.op === 'latest') return readsRecord(node.set) || readsRecord(node.empty)
  return childrenOf(node).some(readsRecord)
}

/** Brings all cases to one type and unit, the declared one if there is one. */
function settle(scope: Scope, node: Ast.DefinitionNode, cases: readonly TypedCase[], declared: Type | undefined): { type: Type; cases: readonly TypedCase[] } {
  const error: Type = { kind: 'error' }
  const first = cases[0]?.value
  if (!first || declared?.kind === 'error' || cases.some(({ when, value }) => isError(value) || (when && isError(when)))) return { type: error, cases }
  const target = declared ?? first.type
  const odd = cases.find(({ value }) => value.type.kind !== target.kind)
  if (odd) {
    scope.report({ code: 'wrong-type', span: odd.value.span, data: { expected: describe(target), found: describe(odd.value.type) }, related: [first.span] })
    return { type: error, cases }
  }
  const unlike = cases.find(({ value }) => !hasSameMembers(value.type, target))
  if (unlike) {
    scope.report(membersDiffer({ ...first, type: target }, unlike.value))
    return { type: error, cases }
  }
  const shape = (type: Type): string =>
    type.kind === 'records'
      ? JSON.stringify([type.periods, type.fields.map((field) => [field.name, field.type.kind, 'members' in field.type ? field.type.members : []])])
      : ''
  const other = cases.find(({ value }) => shape(value.type) !== shape(target))
  if (other) {
    scope.report({ code: 'wrong-type', span: other.value.span, data: { expected: describe(target), found: describe(other.value.type) }, related: [first.span] })
    return { type: error, cases }
  }
  if (target.kind === 'records')
    return { type: { ...target, limit: Math.max(...cases.map(({ value }) => (value.type.kind === 'records' ? value.type.limit : 0))) }, cases }
  if (target.kind !== 'number') return { type: target, cases }
  const written = cases.map(({ value }) => value.type as NumberType).find(({ bare }) => !bare)
  const unit = declared?.kind === 'number' ? declared.unit : written?.unit
  const converted: TypedCase[] = []
  for (const { when, value } of cases) {
    const same: Typed | undefined = convertTo(scope, value, unit, first.span)
    if (!same) return { type: error, cases }
    converted.push({ when, value: same })
  }
  const types = converted.map(({ value }) => value.type as NumberType)
  const places = maxPlaces(types)
  if (places === undefined) {
    scope.report({ code: 'endless-decimal', span: node.body.kind === 'value' ? node.body.value.span : node.name.span, data: { value: '' } })
    return { type: error, cases }
  }
  if (declared?.kind === 'number' && places > (declared.places ?? 0)) {
    scope.report({ code: 'too-many-places', span: node.name.span, data: { limit: String(declared.places ?? 0) } })
    return { type: error, cases }
  }
  const range = types.reduce<{ low: NumberType['low']; high: NumberType['high'] }>((a, b) => hull(a, b), types[0] as NumberType)
  return { type: { kind: 'number', unit, bare: false, places, low: range.low, high: range.high }, cases: converted }
}
