// What scoring and explaining share: the compiled policy and the reference dates of the run.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compile } from '../../language/compile.ts'
import { decodeText } from '../files/text.ts'
import type { OutOfForce } from '../in-force.ts'
import { readPolicy as readCompiled } from '../ir/read.ts'
import type { Policy } from '../ir/schema.ts'
import type { Language } from '../problems.ts'
import { type Asked, type ReferenceDates, type Run, startRun } from '../run.ts'
import { type Common, printError } from './common.ts'
import { CannotRun, loadBeside, readPolicy, readText } from './files.ts'
import { problemText, say } from './text.ts'

export interface RunOptions extends Common {
  readonly asOf: readonly string[]
  readonly scenario: string | undefined
  /** As if everything were in force; what comes out is stamped. */
  readonly trial: boolean
}

/** On a day on which the policy, or one that it takes in, is not in force nobody is entitled to anything: told before all else. */
function tellOutOfForce({ policy, outOfForce, trial }: Run, language: Language) {
  if (outOfForce) printError(say[language].outOfForce(outOfForce, trial, successorOf(policy, outOfForce)))
}

/** The policy beside one that is not in force which says 替代 and its number, and is in force on the day. */
function successorOf(policy: Policy, out: OutOfForce): Pick<Policy, 'name' | 'number'> | undefined {
  const path = policy.imports.find(({ name }) => name === out.policy)?.path ?? policy.sources[0]?.path
  if (path === undefined || out.number === undefined) return undefined
  const folder = dirname(path)
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.heng')) continue
    const found = decodeText(readFileSync(join(folder, name)))
    if (!found.ok || !found.text.includes(out.number)) continue
    const { policy: other } = compile(found.text, join(folder, name), loadBeside)
    const { inForce } = other ?? {}
    const holds = inForce && out.day >= inForce.from && (inForce.to === undefined || out.day <= inForce.to)
    if (other?.replaces === out.number && holds) return other
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

/** What is asked for as a run; what is wrong with it stops the command. @param more what a ranking adds */
export function runOf(policy: Policy, options: RunOptions, more: Pick<Asked, 'ranks' | 'seed' | 'quotas'> = {}): Run {
  const { scenario, trial, language } = options
  const started = startRun(policy, { asOf: daysOf(options), scenario, trial, ...more })
  if (!started.ok) throw new CannotRun(started.problems.map((problem) => problemText(problem, language)).join('\n'))
  tellOutOfForce(started.run, language)
  return started.run
}

/** Reads `审核日=2025-03-01`, also several with commas; each reference date once. */
function daysOf({ asOf, language }: RunOptions): ReferenceDates {
  const w = say[language]
  const days: Record<string, string> = {}
  for (const text of asOf.flatMap((entry) => entry.split(/[,，、]/))) {
    const [, name = '', date = ''] = /^([^=＝]+)[=＝]([^=＝]+)$/.exec(text) ?? []
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new CannotRun(w.badDate(text))
    if (Object.hasOwn(days, name)) throw new CannotRun(w.dateTwice(name))
    days[name] = date
  }
  return days
}
