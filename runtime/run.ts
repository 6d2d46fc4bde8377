// One way to run a policy: the days, the use, the seed and the places are settled once, and whatever scores, explains, ranks or
// generates takes the run. What is wrong with it is told before anybody is asked.

import { drawsLots } from './equals.ts'
import { type CalendarDate, firstDate, lastDate, parseDate } from './exact/date.ts'
import { visible } from './exact/text.ts'
import { type OutOfForce, outOfForce } from './in-force.ts'
import { openPerson } from './interpret.ts'
import { evaluate } from './interpreter/evaluate.ts'
import type { Expression, Policy, Scenario } from './ir/schema.ts'
import { allOf, isForSomeUses, some } from './ir/walk.ts'
import { type Index, indexOf } from './policy-index.ts'
import { expressionsOfRun } from './presence.ts'
import { type Problem, problem, type WithData } from './problems.ts'

/** Reference dates by name, in the form 2025-03-01. */
export type ReferenceDates = Readonly<Record<string, string>>

/** What somebody asks of a run. */
export interface Asked {
  /** A day for each reference date that neither the policy nor the use sets. */
  readonly asOf?: ReferenceDates | undefined
  /** The use; without one, items for certain uses only are absent. */
  readonly scenario?: string | undefined
  /** As if the policy and what it takes in were in force: for policies that are being written, and for comparisons. */
  readonly trial?: boolean | undefined
  /** Whether places are given out: a use is needed, and a seed where lots are drawn. */
  readonly ranks?: boolean | undefined
  readonly seed?: string | undefined
  /** Places by list, in place of the policy's own; the list without a name for a quota that is one number. */
  readonly quotas?: ReadonlyMap<string, number> | undefined
}

declare const isStarted: unique symbol

/** Made by `startRun` alone. */
export interface Run {
  readonly [isStarted]: true
  readonly policy: Policy
  readonly index: Index
  readonly scenario: Scenario | undefined
  /** As they were given. */
  readonly dates: ReferenceDates
  readonly days: ReadonlyMap<string, CalendarDate>
  /** Days that come from facts or that the use sets. */
  readonly ownDates: ReadonlyMap<string, Expression>
  /** The policy that is not in force on the main date. */
  readonly outOfForce: OutOfForce | undefined
  readonly trial: boolean
  readonly ranks: boolean
  readonly seed: string | undefined
  readonly quotas: ReadonlyMap<string, number> | undefined
}

export type Started = { readonly ok: true; readonly run: Run } | { readonly ok: false; readonly problems: readonly Problem[] }

export function startRun(policy: Policy, asked: Asked): Started {
  const opened = openRun(policy, asked)
  if (!opened.ok) return opened
  const problems = [...rankingProblems(opened.run), ...figureProblems(opened.run)]
  return problems.length > 0 ? { ok: false, problems } : opened
}

/**
 * A run for a question about the policy and not about people, as whether it can be planned at all: parameters may lack a value on its
 * days, and what a ranking needs may be missing.
 */
export function openRun(policy: Policy, asked: Asked): Started {
  const use = scenarioAsked(policy, asked)
  if ('code' in use) return { ok: false, problems: [use] }
  const { scenario } = use
  const { asOf = {} } = asked
  const problems = dayProblems(policy, scenario, asOf)
  if (problems.length > 0) return { ok: false, problems }
  const names = openDates(policy, scenario)
  const run = {
    policy,
    index: indexOf(policy),
    scenario,
    dates: Object.fromEntries(names.map((name) => [name, asOf[name] ?? ''])),
    days: new Map(names.map((name) => [name, parseDate(asOf[name] ?? '') ?? firstDate])),
    ownDates: ownDates(policy, scenario),
    outOfForce: outOfForce(policy, asOf),
    trial: asked.trial ?? false,
    ranks: asked.ranks ?? false,
    seed: asked.seed,
    quotas: asked.quotas,
  }
  return { ok: true, run: run as Omit<Run, typeof isStarted> as Run }
}

// ---- the use -----------------------------------------------------------------------------------------------------------

/** A policy with several totals, or with parts for some uses only, is never scored without a use. */
export const needsScenario = (policy: Policy): boolean => policy.scenarios.length > 0 && (policy.totals.length > 1 || isForSomeUses(policy.items))

function scenarioAsked(policy: Policy, { scenario: name, ranks }: Asked): { readonly scenario: Scenario | undefined } | Problem {
  const [only, another] = policy.scenarios
  const known = policy.scenarios.map((scenario) => scenario.name).join('、')
  // An empty name is none: what there is to choose from is told.
  if (name !== undefined && name !== '') {
    const scenario = policy.scenarios.find((candidate) => candidate.name === name)
    return scenario ? { scenario } : ofRun('unknown-scenario', name, { known })
  }
  if (ranks && !only) return ofRun('no-scenarios', '')
  if (ranks && !another) return { scenario: only }
  return ranks || needsScenario(policy) ? ofRun('scenario-needed', '', { known }) : { scenario: undefined }
}

// ---- the days ----------------------------------------------------------------------------------------------------------

const ownDates = (policy: Policy, scenario: Scenario | undefined): ReadonlyMap<string, Expression> =>
  new Map([...policy.ownDates, ...(scenario?.dates ?? [])].map(({ name, value }) => [name, value]))

/** The reference dates that a run has to name: not those that come from facts or that the use sets. */
export function openDates(policy: Policy, scenario: Scenario | undefined): readonly string[] {
  const own = ownDates(policy, scenario)
  return policy.referenceDates.filter((name) => !own.has(name))
}

function dayProblems(policy: Policy, scenario: Scenario | undefined, asOf: ReferenceDates): readonly Problem[] {
  const open = openDates(policy, scenario)
  const given = Object.keys(asOf).filter((name) => Object.hasOwn(asOf, name))
  const known = open.join('、')
  const wrong = given.flatMap((name) => {
    if (policy.referenceDates.includes(name) && !open.includes(name)) return [ofRun('day-is-set', name)]
    if (!open.includes(name)) return [ofRun('unknown-day', name, { known })]
    const day = parseDate(asOf[name] ?? '')
    // What is empty is missing.
    return asOf[name] !== '' && (day === undefined || day < firstDate || day > lastDate) ? [ofRun('no-such-day', asOf[name] ?? '')] : []
  })
  const missing = open.filter((name) => !Object.hasOwn(asOf, name) || asOf[name] === '')
  if (missing.length === 0) return wrong
  return [...wrong, ofRun('missing-days', missing.join('、'), { example: missing.map((name) => `${name}=2025-03-01`).join(',') })]
}

// ---- places ------------------------------------------------------------------------------------------------------------

/** Anybody has to be able to read the seed of a lot from paper and draw it again. */
function seedProblems(seed: string | undefined, scenario: string): readonly Problem[] {
  if (seed === undefined || seed.trim() === '') return [ofRun('seed-needed', scenario)]
  return visible(seed) === seed ? [] : [problem('seed-unseen', scenario, visible(seed))]
}

function rankingProblems({ scenario, ranks, seed, quotas }: Run): readonly Problem[] {
  if (!ranks || !scenario) return []
  if (scenario.keys.length === 0) return [ofRun('no-ranking', scenario.name)]
  const byList = scenario.quota?.by
  const whole = quotas?.has('') ?? false
  return [
    ...(drawsLots(scenario) ? seedProblems(seed, scenario.name) : []),
    ...(whole && byList !== undefined ? [ofRun('places-by-list', byList)] : []),
    ...(quotas && !whole && byList === undefined ? [ofRun('places-not-by-list', scenario.name)] : []),
  ]
}

// ---- figures of a year -------------------------------------------------------------------------------------------------

/** A parameter without a value on a day that the run names. */
function figureProblems(run: Run): readonly Problem[] {
  const nobody = openPerson(run, new Map())
  for (const call of expressionsOfRun(run).flatMap((node) => allOf(node, 'parameter'))) if (call.on && !dependsOnApplicant(call.on)) evaluate(nobody, call)
  return [...new Map(nobody.problems.map((found) => [JSON.stringify(found), found])).values()]
}

const dependsOnApplicant = (node: Expression): boolean => some(node, ({ op }) => op === 'field' || op === 'definition' || op === 'fact')

const ofRun = <C extends Problem['code']>(code: C, value: string, ...data: WithData<C>): Problem => problem(code, '', value, ...data)
