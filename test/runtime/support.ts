// What the runtime tests share: compiling a small policy written in the test, and figures as decimal text.

import { compile } from '../../language/compile.ts'
import { figuresOf } from '../../runtime/cases.ts'
import { formatDecimal } from '../../runtime/exact/number.ts'
import type { WrittenFacts } from '../../runtime/facts.ts'
import { nameOfId } from '../../runtime/ir/ids.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import type { Figure, Outcome } from '../../runtime/outcome.ts'
import { type Asked, type ReferenceDates, type Run, startRun } from '../../runtime/run.ts'
import { score } from '../../runtime/score.ts'

export const reviewDay = { 审核日: '2025-03-01' }

/** Compiles the members of a policy whose reference date is 审核日. */
export function policyOf(members: string): Policy {
  const { policy, diagnostics } = compile(`政策 试 {\n  基准日 审核日\n${members}\n}\n`)
  if (!policy) throw new Error(`the policy of this test does not compile: ${JSON.stringify(diagnostics, null, 1)}\n${members}`)
  return policy
}

const runs = new WeakMap<Policy, Map<string, Run>>()

/** A run that has to be possible, started once for the same days and use. */
export function runOf(policy: Policy, asOf: ReferenceDates = reviewDay, more: Omit<Asked, 'asOf'> = {}): Run {
  const known = runs.get(policy) ?? new Map<string, Run>()
  runs.set(policy, known)
  const key = JSON.stringify([asOf, more, [...(more.quotas ?? [])]])
  const before = known.get(key)
  if (before) return before
  const started = startRun(policy, { asOf, ...more })
  if (!started.ok) throw new Error(`this run cannot start: ${JSON.stringify(started.problems)}`)
  known.set(key, started.run)
  return started.run
}

export function outcomeOf(policy: Policy, facts: WrittenFacts, dates: Readonly<Record<string, string>> = reviewDay, more: Omit<Asked, 'asOf'> = {}): Outcome {
  const scored = score(runOf(policy, dates, more), facts)
  if (!scored.ok) throw new Error(`these facts cannot be read: ${JSON.stringify(scored.problems)}`)
  return scored.outcome
}

/** `proven [lowest, highest]` of every item by its path and of every total by its name. */
export function shown(outcome: Outcome): Readonly<Record<string, string>> {
  return Object.fromEntries([...figuresOf(outcome)].map(([id, figure]) => [nameOfId(id), showFigure(figure)]))
}

export const showFigure = ({ proven, lowest, highest }: Figure): string => `${formatDecimal(proven)} [${formatDecimal(lowest)}, ${formatDecimal(highest)}]`
