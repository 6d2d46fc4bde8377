// Generated engines beside the interpreter: what each makes of an applicant, in one form that can be compared.

import { figuresOf } from '../../runtime/cases.ts'
import type { Facts } from '../../runtime/facts.ts'
import type { ReferenceDates, Use } from '../../runtime/interpret.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { inputOf } from '../../runtime/javascript/inputs.ts'
import { personModule } from '../../runtime/javascript/person.ts'
import { type EngineOutcome, readOutputs } from '../../runtime/plan/outputs.ts'
import { makePlan, type Plan } from '../../runtime/plan/plan.ts'
import { scoreFacts } from '../../runtime/score.ts'
import { showFigure } from './support.ts'

/** What has to be the same in every engine; `rejected` for an applicant whose data cannot be right. */
export type Answer = Readonly<Record<string, unknown>> | 'rejected'

export function interpreted(policy: Policy, dates: ReferenceDates, use: Use, facts: Facts): Answer {
  const scored = scoreFacts(policy, dates, facts, use)
  if (!scored.ok) return 'rejected'
  const { outcome } = scored
  return {
    state: outcome.state,
    until: outcome.until,
    figures: Object.fromEntries([...figuresOf(outcome)].map(([id, figure]) => [id, showFigure(figure)]).sort(byName)),
    awaiting: outcome.awaiting,
    held: outcome.states.filter(({ open }) => !open).map(({ rule }) => rule),
    open: outcome.states.filter(({ open }) => open).map(({ rule }) => rule),
  }
}

export function answerOf(outcome: EngineOutcome): Answer {
  const { rejected, state, until, figures, awaiting, held, open } = outcome
  if (rejected) return 'rejected'
  return { state, until, figures: Object.fromEntries([...figures].map(([id, figure]) => [id, showFigure(figure)]).sort(byName)), awaiting, held, open }
}

const byName = ([a = '']: readonly string[], [b = '']: readonly string[]): number => (a < b ? -1 : a > b ? 1 : 0)

/** A plan that has to be possible. */
export function planned(policy: Policy, dates: ReferenceDates, use: Use): Plan {
  const made = makePlan(policy, dates, use)
  if (!made.ok) throw new Error(`no plan: ${made.reason} in ${made.rule}`)
  return made.plan
}

type Score = (applicant: object, out: (number | boolean | string)[]) => (number | boolean | string)[]

export async function javascriptEngine(policy: Policy, plan: Plan): Promise<(facts: Facts) => Answer> {
  const text = personModule(plan, 'full')
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`)) as { score: Score; outputs: readonly string[] }
  return (facts) => {
    const out = module.score(inputOf(policy, facts), [])
    return answerOf(readOutputs(plan, (name) => out[module.outputs.indexOf(name)] ?? 0))
  }
}
