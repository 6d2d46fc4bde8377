// What scoring and explaining share: the compiled policy and the reference dates of the run.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compile } from '../../language/compile.ts'
import { firstDate, lastDate, parseDate } from '../exact/date.ts'
import { type OutOfForce, outOfForce } from '../in-force.ts'
import { checkDates, checkRun, needsScenario, type ReferenceDates, runDates } from '../interpret.ts'
import { readPolicy as readCompiled } from '../ir/read.ts'
import type { Policy, Scenario } from '../ir/schema.ts'
import type { Language } from '../problems.ts'
import { type Common, printError } from './common.ts'
import { CannotRun, loadBeside, readPolicy, readText } from './files.ts'
import { problemText, say } from './text.ts'

export interface RunOptions extends Common {
  readonly asOf: readonly string[]
  readonly scenario: string | undefined
  /** As if everything were in force; what comes out is stamped. */
  readonly trial: boolean
}

/** The scenario that is asked for; a policy with several totals, or with items for some uses only, needs one. */
export function scenarioOf(policy: Policy, name: string | undefined, language: Language): Scenario | undefined {
  const w = say[language]
  const known = policy.scenarios.map((scenario) => scenario.name).join('、')
  if (name === undefined) {
    if (needsScenario(policy)) throw new CannotRun(w.scenarioNeeded(known))
    return undefined
  }
  const scenario = policy.scenarios.find((candidate) => candidate.name === name)
  if (!scenario) throw new CannotRun(w.unknownScenario(name, known))
  return scenario
}

/** What is wrong with the days of the run itself stops it. */
function refuseBadRun(policy: Policy, dates: ReferenceDates, scenario: Scenario | undefined, ownQuota: boolean, language: Language) {
  const problems = checkRun(policy, dates, { scenario: scenario?.name }, ownQuota)
  if (problems.length > 0) throw new CannotRun(problems.map((problem) => problemText(problem, language)).join('\n'))
}

/** On a day on which the policy, or one that it takes in, is not in force nobody is entitled to anything: told before all else. */
function tellOutOfForce(policy: Policy, dates: ReferenceDates, { language, trial }: RunOptions) {
  const out = outOfForce(policy, dates)
  if (!out) return
  const successor = successorOf(policy, out)
  printError(say[language].outOfForce(out, trial, successor))
}

/** The policy beside one that is not in force which says 替代 and its number, and is in force on the day. */
function successorOf(policy: Policy, out: OutOfForce): string | undefined {
  const path = policy.imports.find(({ name }) => name === out.policy)?.path ?? policy.sources[0]?.path
  if (path === undefined || out.number === undefined) return undefined
  const folder = dirname(path)
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.heng')) continue
    const text = readFileSync(join(folder, name), 'utf8')
    if (!text.includes(out.number)) continue
    const { policy: other } = compile(text, join(folder, name), loadBeside)
    const { inForce } = other ?? {}
    const holds = inForce && out.day >= inForce.from && (inForce.to === undefined || out.day <= inForce.to)
    if (other?.replaces === out.number && holds) return other.name
  }
  return undefined
}

/** The policy of a text, or one that is compiled already, in a file named .json. */
export async function loadPolicy(path: string, options: Common): Promise<Policy> {
  if (path.endsWith('.json')) return loadCompiled(path, options)
  const { compiled } = await readPolicy(path, say[options.language].cannotRead)
  if (!compiled.policy) throw new CannotRun(say[options.language].hasErrors(path))
  return compiled.policy
}

async function loadCompiled(path: string, { language }: Common): Promise<Policy> {
  const w = say[language]
  const text = await readText(path, w.cannotRead)
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new CannotRun(w.notCompiled(path, w.compiledReasons['not-heng']))
  }
  const read = readCompiled(data)
  if (read.ok) return read.policy
  throw new CannotRun(w.notCompiled(path, `${w.compiledReasons[read.reason]}${read.at.length > 0 ? w.about(read.at.slice(0, 3).join('、')) : ''}`))
}

/**
 * Reads `审核日=2025-03-01`, also several with commas; each reference date once, all of them given.
 * @param ownQuota whether places are given out by the policy's own quota
 */
export function referenceDates(policy: Policy, options: RunOptions, scenario?: Scenario, ownQuota = false): ReferenceDates {
  const { asOf: written, language } = options
  const w = say[language]
  const dates: Record<string, string> = {}
  const asked = runDates(policy, { scenario: scenario?.name })
  for (const text of written.flatMap((entry) => entry.split(/[,，、]/))) {
    const [, name = '', date = ''] = /^([^=＝]+)[=＝]([^=＝]+)$/.exec(text) ?? []
    const day = parseDate(date)
    if (day === undefined && /^\d{4}-\d{2}-\d{2}$/.test(date)) throw new CannotRun(w.noSuchDay(date))
    if (day === undefined || day < firstDate || day > lastDate) throw new CannotRun(w.badDate(text))
    if (policy.referenceDates.includes(name) && !asked.includes(name)) throw new CannotRun(w.dateIsSet(name))
    if (!asked.includes(name)) throw new CannotRun(w.unknownDate(name, asked.join('、')))
    if (dates[name] !== undefined) throw new CannotRun(w.dateTwice(name))
    dates[name] = date
  }
  const missing = checkDates(policy, dates, { scenario: scenario?.name })
  if (missing.length > 0) throw new CannotRun(w.missingDates(missing))
  tellOutOfForce(policy, dates, options)
  refuseBadRun(policy, dates, scenario, ownQuota, language)
  return dates
}
