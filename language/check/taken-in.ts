// What comes along with the policies that are taken in, and what does not.

import type * as Ast from '../ast.ts'
import { byForm, type KeywordId } from '../words.ts'
import { setWithChildren } from './own-items.ts'
import type { Scope } from './scope.ts'

/** What the policies that are taken in declare, typed already; totals, states and scenarios stay with them. */
export function takeIn(scope: Scope) {
  for (const { typed } of scope.declarations.imports) {
    for (const fact of typed.facts) scope.facts.set(fact.name, fact)
    for (const parameter of typed.parameters) scope.parameters.set(parameter.name, parameter)
    for (const [word, unit] of typed.units) scope.units.set(word, unit)
    for (const definition of typed.definitions) {
      if (scope.definitionOrder.some(({ id }) => id === definition.id)) continue
      scope.definitionOrder.push(definition)
      if (definition.within === undefined) scope.definitions.set(definition.name, definition)
    }
    for (const item of typed.items) setWithChildren(scope.items, item)
  }
}

/** A total, state or scenario of a policy that is taken in does not come along: what is not said again is lost, and told. */
export function checkRestated({ declarations, report }: Scope, tree: Ast.PolicyNode) {
  for (const { node, typed } of declarations.imports) {
    const form = (id: KeywordId) => byForm.keyword.id.get(id)?.[tree.surface] ?? ''
    const kinds = new Set(declarations.states.map(({ state }) => state))
    const lost = [
      ...(declarations.totals.size === 0 ? typed.totals.map(({ name }) => name) : []),
      ...[...new Set(typed.states.map(({ kind }) => kind))].filter((kind) => !kinds.has(kind)).map(form),
      ...typed.scenarios.filter(({ name }) => !declarations.scenarios.has(name)).map(({ name }) => `${form('scenario')} ${name}`),
    ]
    if (lost.length > 0 && !tree.casesOnly) report({ code: 'base-not-restated', span: node.span, data: { names: lost.join('、') } })
  }
}
