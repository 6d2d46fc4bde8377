// Types a definition: the value of its cases, or of its one value, and the bounds that hold over all of them.

import { hull } from '../../runtime/exact/interval.ts'
import type * as Ast from '../ast.ts'
import type { DefinitionSymbol, NumberType, Type, Typed, TypedCase } from '../typed.ts'
import { convertTo } from './arithmetic.ts'
import { describe, isError } from './context.ts'
import { contextOf, typeCondition } from './expression.ts'
import { typeOf } from './facts.ts'
import { maxPlaces } from './numbers.ts'
import type { Scope } from './scope.ts'

export function checkDefinition(scope: Scope, node: Ast.DefinitionNode): DefinitionSymbol {
  const context = contextOf(scope)
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
  return { kind: 'definition', name: node.name.text, node, type, cases: settled }
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
  const members = (type: Type) => ('members' in type ? type.members.join('\n') : '')
  const other = cases.find(({ value }) => members(value.type) !== members(target))
  if (other) {
    scope.report({ code: 'wrong-type', span: other.value.span, data: { expected: describe(target), found: describe(other.value.type) }, related: [first.span] })
    return { type: error, cases }
  }
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
