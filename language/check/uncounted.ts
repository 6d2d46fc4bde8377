// An item that no total, ranking, state or other item uses is probably forgotten: its points would count for nothing.

import { childrenOf, type ItemSymbol, type Typed, type TypedPolicy, type TypedRow } from '../typed.ts'
import { partsOf } from './parts.ts'
import type { Scope } from './scope.ts'

export function checkCounted(scope: Scope, typed: TypedPolicy) {
  if (typed.totals.length === 0) return
  const used = new Set<string>()
  const visit = (node: Typed | undefined): void => {
    if (!node) return
    if (node.op === 'item') used.add(node.item.path.join('.'))
    childrenOf(node).forEach(visit)
  }
  const visitRow = (row: TypedRow): void => {
    for (const part of [row.when, row.min, row.max]) visit(part)
    for (const { values, bounds, rows } of row.awards.map(partsOf)) {
      for (const part of [...values, ...bounds]) visit(part)
      rows.forEach(visitRow)
    }
  }
  const visitItem = (item: ItemSymbol): void => {
    for (const part of [item.min, item.max]) visit(part)
    item.rows.forEach(visitRow)
    item.children.forEach(visitItem)
  }
  typed.items.forEach(visitItem)
  for (const { cases } of typed.definitions) for (const { when, value } of cases) [when, value].forEach(visit)
  for (const { value } of typed.totals) visit(value)
  for (const { when } of [...typed.states, ...typed.scenarios.flatMap(({ states }) => states)]) visit(when)
  for (const { keys, quota, price } of typed.scenarios) {
    for (const { value } of keys) visit(value)
    visit(quota?.amount)
    if (price) used.add(price.item.path.join('.'))
  }

  const isUsedInside = (item: ItemSymbol): boolean => used.has(item.path.join('.')) || item.children.some(isUsedInside)
  const report = (item: ItemSymbol): void => {
    if (used.has(item.path.join('.'))) return
    if (isUsedInside(item)) item.children.forEach(report)
    else scope.report({ code: 'item-in-no-total', span: placeOf(item), data: { name: item.path.join('.') } })
  }
  // An item of another policy is told at the 引用 that brings it.
  const placeOf = (item: ItemSymbol) => {
    const brought = scope.declarations.imports.find(({ typed: base }) => base.items.some(({ path }) => path[0] === item.path[0]))
    return item.source === 0 ? item.node.name.span : (brought?.node.span ?? typed.node.name.span)
  }
  typed.items.forEach(report)
}
