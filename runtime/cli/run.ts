// What scoring and explaining share: the compiled policy and the reference dates of the run.

import { firstDate, lastDate, parseDate } from '../exact/date.ts'
import { checkDates, type ReferenceDates } from '../interpret.ts'
import type { Policy } from '../ir/schema.ts'
import type { Language } from '../problems.ts'
import { type Common, printError } from './common.ts'
import { CannotRun, readPolicy } from './files.ts'
import { say } from './text.ts'

export interface RunOptions extends Common {
  readonly asOf: readonly string[]
}

export async function loadPolicy(path: string, options: Common): Promise<Policy> {
  const { compiled } = await readPolicy(path, say[options.language].cannotRead)
  if (!compiled.policy) throw new CannotRun(say[options.language].hasErrors(path))
  return compiled.policy
}

/** Reads `审核日=2025-03-01`, also several with commas; each reference date once, all of them given. */
export function referenceDates(policy: Policy, written: readonly string[], language: Language): ReferenceDates {
  const w = say[language]
  const dates: Record<string, string> = {}
  for (const text of written.flatMap((entry) => entry.split(/[,，、]/))) {
    const [, name = '', date = ''] = /^([^=＝]+)[=＝]([^=＝]+)$/.exec(text) ?? []
    const day = parseDate(date)
    if (day === undefined || day < firstDate || day > lastDate) throw new CannotRun(w.badDate(text))
    if (!policy.referenceDates.includes(name)) throw new CannotRun(w.unknownDate(name, policy.referenceDates.join('、')))
    if (dates[name] !== undefined) throw new CannotRun(w.dateTwice(name))
    dates[name] = date
  }
  const missing = checkDates(policy, dates)
  if (missing.length > 0) throw new CannotRun(w.missingDates(missing.join('、')))
  const main = dates[policy.referenceDates[0] ?? '']
  const { inForce } = policy
  if (main !== undefined && inForce && (main < inForce.from || (inForce.to !== undefined && main > inForce.to))) {
    printError(w.outOfForce(main, inForce.from, inForce.to ?? w.forever))
  }
  return dates
}
