// Ways through expressions and the definitions that they name. Each definition is entered once: one that builds on others twice over, and so
// on, would never end.

import { childrenOf, type DefinitionSymbol, type Typed } from '../typed.ts'

export const partsOfDefinition = ({ cases }: DefinitionSymbol): readonly Typed[] => cases.flatMap(({ when, value }) => (when ? [when, value] : [value]))

/** Calls `enter` with every expression in these, outer ones first. */
export function visitThrough(nodes: Iterable<Typed>, enter: (node: Typed) => void): void {
  const seen = new Set<DefinitionSymbol>()
  const visit = (node: Typed): void => {
    enter(node)
    if (node.op === 'definition' && !seen.has(node.definition)) {
      seen.add(node.definition)
      partsOfDefinition(node.definition).forEach(visit)
    }
    childrenOf(node).forEach(visit)
  }
  for (const node of nodes) visit(node)
}

/** Whether any expression in this is so. */
export function someThrough(node: Typed, test: (node: Typed) => boolean): boolean {
  let found = false
  visitThrough([node], (part) => {
    found ||= test(part)
  })
  return found
}

/** What expressions lead to. */
export interface Reached {
  readonly facts: ReadonlySet<string>
  readonly definitions: ReadonlySet<DefinitionSymbol>
  readonly parameters: ReadonlySet<string>
}

export function reachedFrom(nodes: Iterable<Typed>): Reached {
  const facts = new Set<string>()
  const definitions = new Set<DefinitionSymbol>()
  const parameters = new Set<string>()
  visitThrough(nodes, (node) => {
    if (node.op === 'fact') facts.add(node.fact.name)
    if (node.op === 'parameter') parameters.add(node.parameter.name)
    if (node.op === 'definition') definitions.add(node.definition)
  })
  return { facts, definitions, parameters }
}
