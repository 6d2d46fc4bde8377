// Whom to ask: the departments that audit the facts which an indicator, a row or a rule stands on.

import type { Expression, Policy } from './ir/schema.ts'
import { indexOf } from './policy-index.ts'

/** Of the facts in a node, also by way of definitions, in the order of the policy. */
export function departmentsOf(policy: Policy, node: unknown): readonly string[] {
  const facts = new Set<string>()
  const seen = new Set<string>()
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    if ('op' in part) {
      const { op } = part as Expression
      if (op === 'fact') facts.add((part as Extract<Expression, { op: 'fact' }>).fact)
      if (op === 'definition') {
        const { definition } = part as Extract<Expression, { op: 'definition' }>
        if (!seen.has(definition)) {
          seen.add(definition)
          visit(indexOf(policy).definitions.get(definition)?.cases)
        }
      }
    }
    Object.values(part).forEach(visit)
  }
  visit(node)
  const named = policy.facts.flatMap(({ id, auditedBy }) => (facts.has(id) && auditedBy !== undefined ? [auditedBy] : []))
  return [...new Set(named)]
}
