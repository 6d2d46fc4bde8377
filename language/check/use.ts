// What a policy declares is of use. A fact that can only harm (it is used in 扣, 否决, 清零, 禁止申请 or 失效 and nowhere else) must say
// what its absence means, so that nobody is favoured or shut out by an empty column. What nothing uses is told.

import type { TypedPolicy } from '../typed.ts'
import type { Root } from './roots.ts'
import type { Scope } from './scope.ts'
import { partsOfDefinition, reachedFrom } from './through.ts'

/** @param roots all of the policy's */
export function checkUse({ report }: Scope, { facts, definitions, parameters, scenarios }: TypedPolicy, roots: readonly Root[]) {
  const [helping, harming] = [false, true].map((harms) => reachedFrom(roots.filter((root) => root.harms === harms).map(({ node }) => node))) as [Reach, Reach]
  const named = new Set(
    scenarios.flatMap(({ quota, secondRound, household }) =>
      [quota?.by, secondRound?.limit?.by, household?.key, household?.added?.to].map((fact) => fact?.name),
    ),
  )
  // What stands in a definition that nothing uses is told by that definition.
  const idle = reachedFrom(definitions.filter((one) => one.source === 0).flatMap(partsOfDefinition))
  // What another policy declares was judged there.
  const isOwn = ({ source }: { readonly source: number }) => source === 0
  for (const { name, node, defaultValue, defaultKey, required } of facts.filter(isOwn)) {
    const [helps, harms] = [helping.facts.has(name) || named.has(name), harming.facts.has(name)]
    if (harms && !helps && defaultValue === undefined && !defaultKey && !required) report({ code: 'harm-needs-default', span: node.name.span, data: { name } })
    else if (!harms && !helps && !idle.facts.has(name)) report({ code: 'unused-fact', span: node.name.span, data: { name } })
  }
  for (const definition of definitions.filter(isOwn)) {
    const { name, node } = definition
    if (!helping.definitions.has(definition) && !harming.definitions.has(definition) && !idle.definitions.has(definition))
      report({ code: 'unused-definition', span: node.name.span, data: { name } })
  }
  for (const { name, node } of parameters.filter(isOwn))
    if (!helping.parameters.has(name) && !harming.parameters.has(name) && !idle.parameters.has(name))
      report({ code: 'unused-parameter', span: node.name.span, data: { name } })
}

type Reach = ReturnType<typeof reachedFrom>
