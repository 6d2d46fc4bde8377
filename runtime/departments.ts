// Whom to ask: the departments that audit the facts which an indicator, a row or a rule stands on.

import type { Expression, Policy } from './ir/schema.ts'
import { expressionsOfDefinition, visit } from './ir/walk.ts'
import { indexOf } from './policy-index.ts'

/** Of the facts in expressions, in the order of the policy. */
export function departmentsOf(policy: Policy, asked: readonly Expression[]): readonly string[] {
  const facts = factsBehind(policy, asked)
  const named = policy.facts.flatMap(({ name, auditedBy }) => (facts.has(name) && auditedBy !== undefined ? auditedBy.split('、') : []))
  return [...new Set(named)]
}

/** The names of the facts in expressions, also by way of definitions. */
export function factsBehind(policy: Policy, asked: readonly Expression[]): ReadonlySet<string> {
  const facts = new Set<string>()
  const seen = new Set<string>()
  const enter = (node: Expression): boolean => {
    if (node.op === 'fact') facts.add(node.fact)
    if (node.op === 'definition' && !seen.has(node.definition)) {
      seen.add(node.definition)
      const definition = indexOf(policy).definitions.get(node.definition)
      for (const part of definition ? expressionsOfDefinition(definition) : []) visit(part, enter)
    }
    return true
  }
  for (const node of asked) visit(node, enter)
  return facts
}
