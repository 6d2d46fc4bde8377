// The reference dates: their names, the facts that some of them come from, and days that are worked out of themselves.

import { childrenOf, type DefinitionSymbol, type Typed, type TypedScenario } from '../typed.ts'
import { isError } from './context.ts'
import { contextOf } from './expression.ts'
import type { Scope } from './scope.ts'
import { partsOfDefinition } from './through.ts'

/** The policy's own first: the first of them is the main date. */
export function nameReferenceDates({ declarations, referenceDates }: Scope) {
  for (const { name } of declarations.referenceDates) {
    referenceDates.set(name.text, { kind: 'reference-date', name: name.text, span: name.span, value: undefined })
  }
  for (const { typed, node } of declarations.imports) {
    for (const date of typed.referenceDates) if (!referenceDates.has(date.name)) referenceDates.set(date.name, { ...date, span: node.span })
  }
}

/** 基准日 申请日 = 申请日期: days that come from facts. */
export function bindReferenceDates(scope: Scope) {
  const { declarations, report } = scope
  declarations.referenceDates.forEach(({ name, value }, i) => {
    if (!value) return
    const typed = contextOf(scope).type(value)
    if (isError(typed)) return
    if (i === 0) report({ code: 'main-date-fixed', span: name.span, data: { name: name.text } })
    else if (typed.type.kind !== 'date') report({ code: 'wrong-type', span: value.span, data: { expected: 'date', found: typed.type.kind } })
    else scope.referenceDates.set(name.text, { kind: 'reference-date', name: name.text, span: name.span, value: typed })
  })
}

/** A day that is worked out of itself, also by way of a definition or of another day. */
export function refuseCircles(scope: Scope, uses: readonly TypedScenario[]) {
  const common = new Map([...scope.referenceDates.values()].flatMap(({ name, value }) => (value ? [[name, value] as const] : [])))
  const told = new Set<string>()
  for (const dates of [common, ...uses.map((use) => new Map([...common, ...use.dates.map(({ name, value }) => [name, value] as const)]))]) {
    for (const [name, value] of dates) {
      const found = circleFrom(value, dates, [name])
      const span = scope.referenceDates.get(name)?.span
      if (!found || !span || told.has(name)) continue
      for (const one of found) told.add(one)
      scope.report({ code: 'cycle', span, data: { names: found.join(' → ') } })
    }
  }
}

/** The names on the way from a day back to itself. */
function circleFrom(
  node: Typed,
  dates: ReadonlyMap<string, Typed>,
  path: readonly string[],
  seen = new Set<DefinitionSymbol>(),
): readonly string[] | undefined {
  if (node.op === 'reference-date') {
    if (node.name === path[0]) return [...path, node.name]
    const next = path.includes(node.name) ? undefined : dates.get(node.name)
    return next && circleFrom(next, dates, [...path, node.name], seen)
  }
  if (node.op === 'definition' && seen.has(node.definition)) return undefined
  if (node.op === 'definition') seen.add(node.definition)
  const inside = node.op === 'definition' ? partsOfDefinition(node.definition) : childrenOf(node)
  for (const child of inside) {
    const found = circleFrom(child, dates, path, seen)
    if (found) return found
  }
  return undefined
}
