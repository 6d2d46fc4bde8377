// The flat scheme, its plan, and people for it.

import { readFileSync } from 'node:fs'
import { compile } from '../../../language/compile.ts'
import type { WrittenFacts } from '../../../runtime/facts.ts'
import type { Policy } from '../../../runtime/ir/schema.ts'
import type { Input } from '../../../runtime/javascript/inputs.ts'
import { personModule } from '../../../runtime/javascript/person.ts'
import { personOf } from '../../../runtime/people/generate.ts'
import { noSample } from '../../../runtime/people/sample.ts'
import { type Detail, outputsOf } from '../../../runtime/plan/outputs.ts'
import { makePlan, type Plan } from '../../../runtime/plan/plan.ts'
import { type Run, startRun } from '../../../runtime/run.ts'

export const day = 20250301
const dates = { 审核日: '2025-03-01' }
export const flatText = readFileSync(new URL('flat.heng', import.meta.url), 'utf8')

export function flatScheme(): { readonly run: Run; readonly policy: Policy; readonly plan: Plan } {
  const { policy } = compile(flatText)
  if (!policy) throw new Error('the flat scheme does not compile')
  const started = startRun(policy, { asOf: dates })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const { run } = started
  const made = makePlan(run)
  if (!made.ok) throw new Error(made.reason)
  return { run, policy, plan: made.plan }
}

export const peopleFor = (policy: Policy, count: number): readonly WrittenFacts[] =>
  Array.from({ length: count }, (_, i) => personOf({ policy, sample: noSample, seed: '7', day }, i))

export interface PersonModule {
  readonly outputs: readonly string[]
  readonly score: (applicant: Input, out: unknown) => unknown
}

export const load = async <T>(text: string): Promise<T> => (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as T

export const personEngine = (plan: Plan, detail: Detail): Promise<PersonModule> => load(personModule(plan, outputsOf(plan, detail)))
