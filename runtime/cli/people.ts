// heng people: a synthetic population for a policy, from its sample file where there is one.

import { existsSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import { parseDate } from '../exact/date.ts'
import { stopCleanly } from '../files/stop.ts'
import { WholeFile, writeTo } from '../files/whole-file.ts'
import { keyColumn, keyColumnEnglish } from '../ir/names.ts'
import type { Policy } from '../ir/schema.ts'
import { personOf } from '../people/generate.ts'
import { noSample, readSample, type Sample } from '../people/sample.ts'
import { problem } from '../problems.ts'
import { brokenJson } from '../written.ts'
import { type Common, type ExitCode, printError } from './common.ts'
import { CannotRun, readText, refuseOutputs } from './files.ts'
import { loadPolicy } from './run.ts'
import { textFormatOf } from './score.ts'
import { remedyText, say } from './text.ts'

export interface PeopleOptions extends Common {
  readonly seed: string
  readonly n: string
  /** 2025-06-01: the day from which dates are counted back. */
  readonly day: string | undefined
  readonly out: string | undefined
  readonly bom: boolean
}

const words = {
  zh: {
    badNumber: (text: string) => `人数是 1 到 20000000 的整数，而不是“${text}”`,
    badDay: (text: string) => `日期写作 2025-06-01，而不是“${text}”`,
    badSample: (path: string, where: string, reason: string) => `${path} 写错了：${where === '' ? '' : `${where}：`}${reason}`,
    notAFact: (path: string, name: string, known: string) => `${path} 里的“${name}”不是政策的事实；有：${known}`,
    written: (n: number, path: string, seed: string) => `合成 ${n} 人写在 ${path}，种子 ${seed}；都不是真实的人`,
  },
  en: {
    badNumber: (text: string) => `the number of people is a whole number from 1 to 20000000, not “${text}”`,
    badDay: (text: string) => `a day reads 2025-06-01, not “${text}”`,
    badSample: (path: string, where: string, reason: string) => `${path} is wrong: ${where === '' ? '' : `${where}: `}${reason}`,
    notAFact: (path: string, name: string, known: string) => `“${name}” in ${path} is no fact of the policy; there are ${known}`,
    written: (n: number, path: string, seed: string) => `${n} synthetic people written to ${path}, seed ${seed}; none of them is real`,
  },
} as const

const mostPeople = 20_000_000
const batchSize = 1000

export async function peopleCommand(path: string, options: PeopleOptions): Promise<ExitCode> {
  const { language, out, seed } = options
  const w = words[language]
  const policy = await loadPolicy(path, options)
  const count = /^\d{1,8}$/.test(options.n) ? Number(options.n) : 0
  if (count < 1 || count > mostPeople) throw new CannotRun(w.badNumber(options.n))
  const sample = await sampleOf(path, policy, options)
  const written = options.day ?? sample.day ?? policy.inForce?.from ?? '2025-01-01'
  const day = parseDate(written)
  if (day === undefined) throw new CannotRun(w.badDay(written))
  const format = out === undefined ? 'csv' : textFormatOf(out, language)
  refuseOutputs([out], [...policy.sources.map((source) => source.path), path.replace(/\.heng$/, '.people.json')], language)
  stopCleanly()
  const file = out === undefined ? undefined : new WholeFile(out, options.bom)
  const write = (text: string) => (file ? file.write(text) : writeTo(process.stdout, text))
  const columns = [keyColumn, ...policy.facts.map(({ name }) => name)]
  const isEnglish = language === 'en' && !columns.includes(keyColumnEnglish)
  const shown = (name: string): string => (isEnglish && name === keyColumn ? keyColumnEnglish : name)
  try {
    if (format === 'csv') await write(stringify([columns.map(shown)]))
    for (let from = 0; from < count; from += batchSize) {
      const people = Array.from({ length: Math.min(batchSize, count - from) }, (_, i) => personOf({ policy, sample, seed, day }, from + i))
      await write(format === 'csv' ? stringify(people.map((person) => columns.map((name) => person[name] ?? ''))) : people.map(jsonLine).join(''))
    }
    await file?.finish()
  } catch (error) {
    await file?.abandon()
    throw error
  }
  if (out !== undefined) printError(w.written(count, out, seed))
  return 0

  function jsonLine(person: ReturnType<typeof personOf>): string {
    const lists = new Set(policy.facts.filter(({ type }) => type.kind === 'records').map(({ name }) => name))
    const entries = Object.entries(person).map(([name, value]) => [
      shown(name),
      value === undefined || value === '' ? null : lists.has(name) ? JSON.parse(value) : value,
    ])
    return `${JSON.stringify(Object.fromEntries(entries))}\n`
  }
}

/** NAME.people.json beside NAME.heng; without it every fact follows its type. */
async function sampleOf(path: string, policy: Policy, { language }: Common): Promise<Sample> {
  const w = words[language]
  const beside = path.replace(/\.heng$/, '.people.json')
  if (beside === path || !existsSync(beside)) return noSample
  const text = await readText(beside, say[language].cannotRead)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new CannotRun(w.badSample(beside, '', remedyText(problem('not-json', '', '', { ...brokenJson(text, error) }), language)))
  }
  const read = readSample(policy, json)
  if (read.ok) return read.sample
  switch (read.kind) {
    case 'form':
      throw new CannotRun(w.badSample(beside, read.where, read.reason))
    case 'name':
      throw new CannotRun(w.notAFact(beside, read.name, read.known.join('、')))
    case 'value':
      throw new CannotRun(w.badSample(beside, read.where, remedyText(read.problem, language)))
  }
}
