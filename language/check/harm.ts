// A fact that can only harm (it is used in 扣, 否决, 清零, 禁止申请 or 失效 and nowhere else) must say what its absence means, so that nobody is favoured or
// shut out by an empty column. A fact that nothing uses is said to be unused.

import { compare, zero } from '../../runtime/exact/number.ts'
import { stateRules } from '../../runtime/ir/states.ts'
import { childrenOf, type DefinitionSymbol, type ItemSymbol, type Typed, type TypedPolicy, type TypedRow, type TypedState } from '../typed.ts'
import { partsOf } from './parts.ts'
import type { Scope } from './scope.ts'

export function checkUse(scope: Scope, typed: TypedPolicy) {
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
  const visitRow = (row: TypedRow, harmful: boolean): void => {
    const into = harmful || (compare(row.range.high, zero) <= 0 && compare(row.range.low, zero) < 0) ? harms : helps
    visit(row.when, into)
    for (const { values, bounds, rows } of row.awards.map(partsOf)) {
      for (const value of values) visit(value, into)
      for (const bound of bounds) visit(bound, helps)
      for (const inner of rows) visitRow(inner, into === harms)
    }
    for (const bound of [row.min, row.max]) visit(bound, helps)
  }
  const visitItem = (item: ItemSymbol): void => {
    for (const bound of [item.min, item.max]) visit(bound, helps)
    for (const row of item.rows) visitRow(row, item.deducts)
    if (item.live) for (const part of [item.live.from, item.live.to, item.live.on, item.live.spend?.list, item.live.spend?.amount]) visit(part, helps)
    item.children.forEach(visitItem)
  }
  const visitState = ({ kind, when, each }: TypedState) => {
    for (const part of [when, each?.list, each?.from]) visit(part, stateRules[kind].where ? harms : helps)
  }
  typed.items.forEach(visitItem)
  for (const { value } of typed.totals) visit(value, helps)
  typed.states.forEach(visitState)
  for (const { value } of typed.referenceDates) visit(value, helps)
  for (const { states, keys, dates, quota, secondRound, household } of typed.scenarios) {
    states.forEach(visitState)
    for (const { value } of [...keys, ...dates]) visit(value, helps)
    for (const fact of [quota?.by, secondRound?.limit?.by, household?.key, household?.added?.to]) if (fact) helps.add(fact.name)
  }

  // What another policy declares was judged there.
  const facts = typed.facts.filter(({ source }) => source === 0)
  for (const fact of facts) {
    const { name } = fact
    if (harms.has(name) && !helps.has(name) && fact.defaultValue === undefined && !fact.defaultKey && !fact.required) {
      scope.report({ code: 'harm-needs-default', span: fact.node.name.span, data: { name } })
    } else if (!harms.has(name) && !helps.has(name)) {
      scope.report({ code: 'unused-fact', span: fact.node.name.span, data: { name } })
    }
  }
}
