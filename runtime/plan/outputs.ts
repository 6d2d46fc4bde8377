// What an engine gives for an applicant, in one order for all of them, and how it reads as an outcome.

import { formatDate } from '../exact/date.ts'
import { divide, type Exact, fromInteger } from '../exact/number.ts'
import { type State, states } from '../outcome.ts'
import type { Node } from './node.ts'
import type { Plan, PlannedFigure } from './plan.ts'
import { bitOf, wordOf } from './value.ts'

export interface Output {
  readonly name: string
  readonly node: Node
  /** Of points: a whole number of units of 10^-places. */
  readonly places?: number
}

/** `points` is state and proven points; `scores` adds what is awaited, `bounds` their bounds too, and `full` the state of every rule. */
export type Detail = 'points' | 'scores' | 'bounds' | 'full'

const boundsDiffer = ({ proven, low, high }: PlannedFigure): boolean => low !== proven || high !== proven

export function outputsOf(plan: Plan, detail: Detail): readonly Output[] {
  const figures = [...plan.items, ...plan.totals]
  const points = [
    { name: 'rejected', node: plan.rejected },
    { name: 'state', node: plan.state },
    { name: 'until', node: plan.until },
    ...figures.map(({ id, proven, places }) => ({ name: `proven ${id}`, node: proven, places })),
  ]
  if (detail === 'points') return points
  const bounds = figures.filter(boundsDiffer).flatMap(({ id, low, high, places }) => [
    { name: `low ${id}`, node: low, places },
    { name: `high ${id}`, node: high, places },
  ])
  const scores = [...points, ...(detail === 'scores' ? [] : bounds), ...plan.awaiting.map((node, i) => ({ name: `awaiting ${i}`, node }))]
  if (detail !== 'full') return scores
  return [
    ...scores,
    ...plan.states.flatMap(({ rule, holds, open }) => [
      { name: `holds ${rule}`, node: holds },
      { name: `open ${rule}`, node: open },
    ]),
  ]
}

type Given = number | boolean | string

/** An outcome as every engine can give it. */
export interface EngineOutcome {
  readonly rejected: boolean
  readonly state: State
  readonly until: string | undefined
  readonly figures: ReadonlyMap<string, { readonly proven: Exact; readonly lowest: Exact; readonly highest: Exact }>
  readonly awaiting: readonly string[]
  /** Rules that hold, and rules that are open. */
  readonly held: readonly string[]
  readonly open: readonly string[]
}

/** @param value what the engine gave for an output of detail `full` */
export function readOutputs(plan: Plan, value: (name: string) => Given): EngineOutcome {
  const number = (name: string, places: number): Exact => divide(fromInteger(Number(value(name))), fromInteger(10 ** places))
  const until = Number(value('until'))
  const figures = [...plan.items, ...plan.totals].map((figure) => {
    const { id, places } = figure
    const proven = number(`proven ${id}`, places)
    if (!boundsDiffer(figure)) return [id, { proven, lowest: proven, highest: proven }] as const
    return [id, { proven, lowest: number(`low ${id}`, places), highest: number(`high ${id}`, places) }] as const
  })
  const words = plan.awaiting.map((_, i) => Number(value(`awaiting ${i}`)))
  const state = states[Number(value('state'))]
  if (state === undefined) throw new Error(`no state ${String(value('state'))}`)
  return {
    rejected: Boolean(value('rejected')),
    state,
    until: until === 0 ? undefined : formatDate(until),
    figures: new Map(figures),
    awaiting: plan.facts.filter((_, i) => ((words[wordOf(i)] ?? 0) & (2 ** bitOf(i))) !== 0).map(({ name }) => name),
    held: plan.states.filter(({ rule }) => Boolean(value(`holds ${rule}`))).map(({ rule }) => rule),
    open: plan.states.filter(({ rule }) => Boolean(value(`open ${rule}`))).map(({ rule }) => rule),
  }
}
