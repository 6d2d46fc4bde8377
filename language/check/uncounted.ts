// An item that no total, ranking, state or other item uses is probably forgotten: its points would count for nothing.

import { childrenOf, type ItemSymbol, type Typed, type TypedPolicy } from '../typed.ts'
import type { Root } from './roots.ts'
import type { Scope } from './scope.ts'
import { partsOfDefinition } from './through.ts'

/** @param roots all of the policy's */
export function checkCounted(scope: Scope, typed: TypedPolicy, roots: readonly Root[]) {
  if (typed.totals.length === 0) return
  const used = new Set<string>()
  const visit = (node: Typed): void => {
    if (node.op === 'item') used.add(node.item.path.join('.'))
    childrenOf(node).forEach(visit)
  }
  for (const { node } of roots) visit(node)
  for (const definition of typed.definitions) partsOfDefinition(definition).forEach(visit)
  for (const { price } of typed.scenarios) if (price) used.add(price.item.path.join('.'))

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
