// A fact that can only harm (it is used in 扣 and nowhere else) must say what its absence means, so that nobody is favoured or
// shut out by an empty column. A fact that nothing uses is said to be unused.

import { compare, zero } from '../../runtime/exact/number.ts'
import type { DefinitionSymbol, FactSymbol, ItemSymbol, Typed, TypedAward } from '../typed.ts'
import { childrenOf } from './numbers.ts'
import type { Scope } from './scope.ts'

export function checkUse(scope: Scope, facts: readonly FactSymbol[], items: readonly ItemSymbol[], alsoUsed: readonly Typed[]) {
  const helps = new Set<string>()
  const harms = new Set<string>()
  const seen = new Map<DefinitionSymbol, Set<Set<string>>>()

  const visit = (node: Typed | undefined, into: Set<string>): void => {
    if (!node) return
    if (node.op === 'fact') into.add(node.fact.name)
    if (node.op === 'definition') {
      const done = seen.get(node.definition) ?? new Set()
      if (done.has(into)) return
      seen.set(node.definition, done.add(into))
      for (const { when, value } of node.definition.cases) {
        visit(when, into)
        visit(value, into)
      }
    }
    for (const child of childrenOf(node)) visit(child, into)
  }
  const visitAward = (award: TypedAward, into: Set<string>) => {
    if (award.kind === 'table') {
      for (const { when, amount } of award.entries) {
        visit(when, into)
        visit(amount, into)
      }
    } else {
      visit(award.amount, into)
      if (award.kind === 'rate') visit(award.quantity, into)
    }
  }
  const visitItem = (item: ItemSymbol): void => {
    for (const bound of [item.min, item.max]) visit(bound, helps)
    for (const row of item.rows) {
      const into = compare(row.range.high, zero) <= 0 && compare(row.range.low, zero) < 0 ? harms : helps
      visit(row.when, into)
      for (const award of row.awards) visitAward(award, into)
      for (const bound of [row.min, row.max]) visit(bound, helps)
    }
    item.children.forEach(visitItem)
  }
  items.forEach(visitItem)
  for (const node of alsoUsed) visit(node, helps)

  for (const fact of facts) {
    const { name } = fact
    if (harms.has(name) && !helps.has(name) && fact.defaultValue === undefined && !fact.required) {
      scope.report({ code: 'harm-needs-default', span: fact.node.name.span, data: { name } })
    } else if (!harms.has(name) && !helps.has(name)) {
      scope.report({ code: 'unused-fact', span: fact.node.name.span, data: { name } })
    }
  }
}
