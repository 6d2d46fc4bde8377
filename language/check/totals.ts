// The totals: a formula over items, with bounds.

import { clamp } from '../../runtime/exact/interval.ts'
import { unnamedTotal } from '../../runtime/ir/names.ts'
import type { Typed, TypedTotal } from '../typed.ts'
import { typePoints } from './asked.ts'
import { readClauses, totalClauses } from './clauses.ts'
import { isError } from './context.ts'
import { contextOf } from './expression.ts'
import { numberType } from './numbers.ts'
import type { Scope } from './scope.ts'
import { points } from './units.ts'

export function checkTotal(scope: Scope, node: TypedTotal['node']): TypedTotal {
  const value = typePoints(contextOf(scope, 'items'), node.value)
  const { bounds, sourced } = readClauses(scope, node.clauses, totalClauses)
  warnAddedDeductions(scope, value)
  const inner = value.type.kind === 'number' && !isError(value) ? value.type : numberType(nothing, nothing, 0, points)
  const [low, high] = [numberOf(bounds.min), numberOf(bounds.max)]
  const clamped = clamp(inner, low, high)
  const places = Math.max(inner.places ?? 0, low?.places ?? 0, high?.places ?? 0)
  return { name: node.name?.text ?? unnamedTotal, node, value, ...bounds, ...sourced, range: numberType(clamped.low, clamped.high, places, points) }
}

const nothing = { numerator: 0n, denominator: 1n }

const numberOf = (bound: Typed | undefined) => (bound?.type.kind === 'number' ? bound.type : undefined)

/** A 扣分组 holds positive points: a total takes it away. */
function warnAddedDeductions({ report }: Scope, value: Typed) {
  const terms = value.op === 'sum' ? value.terms : [{ negative: false, value }]
  const inFormula = terms.flatMap(({ value: term }) => (term.op === 'item' ? [term.item.path] : []))
  const isIn = (path: readonly string[], group: readonly string[]) => path.length > group.length && group.every((name, i) => path[i] === name)
  for (const { value: term } of terms) {
    const around = term.op === 'item' ? inFormula.find((path) => isIn(term.item.path, path)) : undefined
    if (term.op === 'item' && around !== undefined)
      report({ code: 'item-counted-twice', span: term.span, data: { name: term.item.name, group: around.join('.') } })
  }
  for (const { negative, value: term } of terms) {
    if (!negative && term.op === 'item' && term.item.deducts) report({ code: 'deductions-added', span: term.span, data: { name: term.item.name } })
  }
}
