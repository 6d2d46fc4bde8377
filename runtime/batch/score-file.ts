// Scores a file of applicants: one output row for each, in the order of the file, and the rejected rows with their reasons.
// Output appears whole or not at all; what is read equals what is scored plus what is rejected.

import { rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { figuresOf, mainTotal } from '../cases.ts'
import { formatDecimal } from '../exact/number.ts'
import { readFacts } from '../facts.ts'
import { interpret, type ReferenceDates } from '../interpret.ts'
import type { Item, Policy } from '../ir/schema.ts'
import { describeProblem, type Language, type Problem } from '../problems.ts'
import { stateNames } from '../receipt.ts'
import { detectEncoding } from './decode.ts'
import { keyColumn, type People, readHeader, rows } from './people.ts'
import { WholeFile, writeTo } from './whole-file.ts'

export interface Job {
  readonly policy: Policy
  readonly dates: ReferenceDates
  readonly people: { readonly path: string; readonly format: People['format'] }
  /** Where the scores go; `undefined` for standard output. */
  readonly out: { readonly path: string; readonly format: 'csv' | 'jsonl'; readonly byteOrderMark: boolean } | undefined
  readonly rejects: string | undefined
  readonly language: Language
  readonly stdout: Writable
  readonly onProgress?: (read: number) => void
}

export interface Rejection {
  readonly row: number
  readonly key: string
  readonly problem: Problem
}

export interface Summary {
  readonly read: number
  readonly scored: number
  readonly rejected: number
  /** The first of them, for the terminal. */
  readonly rejections: readonly Rejection[]
  /** What the header has to say without stopping the run. */
  readonly notices: readonly Problem[]
}

export type JobResult = { readonly ok: true; readonly summary: Summary } | { readonly ok: false; readonly problems: readonly Problem[] }

interface Column {
  readonly name: string
  readonly id: string
}

/** One column for each group and indicator in the policy's order; the path where the name alone is not unique. */
export function itemColumns(policy: Policy): readonly Column[] {
  const items: Item[] = []
  const visit = (item: Item): void => {
    items.push(item)
    if (item.kind === 'group') item.children.forEach(visit)
  }
  policy.items.forEach(visit)
  const reserved = new Set([keyColumn, '状态', '总分'])
  const count = (name: string) => items.filter((item) => item.name === name).length
  return items.map((item) => ({ name: count(item.name) > 1 || reserved.has(item.name) ? item.path.join('.') : item.name, id: item.id }))
}

const shownRejections = 20

export async function scoreFile(job: Job): Promise<JobResult> {
  const { policy } = job
  const people: People = { ...job.people, encoding: await detectEncoding(job.people.path) }
  const header = await readHeader(people)
  const { problems, notices } = header ? checkHeader(policy, header) : { problems: [], notices: [] }
  if (problems.length > 0) return { ok: false, problems }
  if (people.format === 'csv' && !header) return { ok: false, problems: [{ code: 'missing-column', column: keyColumn, value: keyColumn, data: {} }] }
  const repeated = await repeatedKeys(people)
  const output = job.out ? new WholeFile(job.out.path, job.out.byteOrderMark) : undefined
  const rejects = job.rejects ? new WholeFile(job.rejects, true) : undefined
  try {
    const summary = await scoreRows({ ...job, people, output, rejects, repeated })
    await output?.finish()
    if (summary.rejected > 0) await rejects?.finish()
    else await rejects?.abandon()
    // What an earlier run rejected must not be taken for what this one did.
    if (summary.rejected === 0 && job.rejects !== undefined) await rm(job.rejects, { force: true })
    return { ok: true, summary: { ...summary, notices: [...notices, ...summary.notices] } }
  } catch (error) {
    await output?.abandon()
    await rejects?.abandon()
    throw error
  }
}

async function scoreRows(
  job: Omit<Job, 'people' | 'rejects'> & {
    people: People
    output: WholeFile | undefined
    rejects: WholeFile | undefined
    repeated: ReadonlyMap<string, readonly number[]>
  },
): Promise<Summary> {
  const { policy, dates, output, language } = job
  const columns = itemColumns(policy)
  const json = job.out?.format === 'jsonl'
  const headers = [keyColumn, '状态', '总分', ...columns.map(({ name }) => name)]
  const write = (text: string) => (output ? output.write(text) : writeTo(job.stdout, text))
  if (!json) await write(stringify([headers]))
  const rejections: Rejection[] = []
  const known = new Set([keyColumn, ...policy.facts.map(({ name }) => name)])
  const unknown = new Set<string>()
  let [read, scored, rejected] = [0, 0, 0]
  let batch: string[] = []
  const flush = async () => {
    if (batch.length > 0) await write(batch.join(''))
    batch = []
  }
  const reject = async (row: number, key: string, problems: readonly Problem[]) => {
    if (rejected === 0) await job.rejects?.write(stringify([rejectHeaders[language]]))
    rejected += 1
    for (const problem of problems) {
      if (rejections.length < shownRejections) rejections.push({ row, key, problem })
      const { reason, remedy } = describeProblem(problem, language)
      await job.rejects?.write(stringify([[row, key, problem.column, problem.value, reason, remedy]], { escape_formulas: true }))
    }
  }
  for await (const { row, written, problem } of rows(job.people)) {
    read += 1
    if (read % 1000 === 0) {
      await flush()
      job.onProgress?.(read)
    }
    if (job.people.format === 'jsonl') for (const name of Object.keys(written)) if (!known.has(name)) unknown.add(name)
    const key = written[keyColumn] ?? ''
    const found = problem ? [problem] : [...keyProblems(key, job.repeated)]
    const { facts, problems } = problem ? { facts: new Map(), problems: [] } : readFacts(policy, written)
    if (found.length + problems.length > 0) {
      await reject(row, key, [...found, ...problems])
      continue
    }
    const outcome = interpret(policy, dates, facts)
    const figures = figuresOf(outcome)
    const total = mainTotal(outcome)
    const values = [
      key,
      stateNames[outcome.state].zh,
      total ? formatDecimal(total.figure.proven) : '',
      ...columns.map(({ id }) => formatDecimal(figures.get(id)?.proven ?? missing(id))),
    ]
    batch.push(json ? `${JSON.stringify(Object.fromEntries(headers.map((name, i) => [name, values[i]])))}\n` : stringify([values]))
    scored += 1
  }
  await flush()
  const notices = [...unknown].map((name): Problem => ({ code: 'unknown-column', column: name, value: name, data: {} }))
  return { read, scored, rejected, rejections, notices }
}

const rejectHeaders: Readonly<Record<Language, readonly string[]>> = {
  zh: ['行', '编号', '列', '值', '原因', '处理'],
  en: ['row', 'key', 'column', 'value', 'reason', 'remedy'],
}

function missing(id: string): never {
  throw new Error(`no figure for ${id}`)
}

function keyProblems(key: string, repeated: ReadonlyMap<string, readonly number[]>): readonly Problem[] {
  if (key === '') return [{ code: 'empty-key', column: keyColumn, value: '', data: {} }]
  const list = repeated.get(key)
  if (!list) return []
  return [{ code: 'duplicate-key', column: keyColumn, value: key, data: { rows: list.slice(0, 5).join('、') + (list.length > 5 ? '…' : '') } }]
}

/** A first pass over the file: a key that stands twice spoils every row that has it, also the first. */
async function repeatedKeys(people: People): Promise<ReadonlyMap<string, readonly number[]>> {
  const first = new Map<string, number>()
  const repeated = new Map<string, number[]>()
  for await (const { row, written } of rows(people)) {
    const key = written[keyColumn] ?? ''
    if (key === '') continue
    const before = first.get(key)
    if (before === undefined) first.set(key, row)
    else repeated.set(key, [...(repeated.get(key) ?? [before]), row])
  }
  return repeated
}

function checkHeader(policy: Policy, header: readonly string[]): { problems: readonly Problem[]; notices: readonly Problem[] } {
  const problems: Problem[] = []
  const known = new Set([keyColumn, ...policy.facts.map(({ name }) => name)])
  const unknown = header.filter((name) => !known.has(name))
  for (const name of new Set(header.filter((name, i) => header.indexOf(name) < i && known.has(name))))
    problems.push({ code: 'duplicate-column', column: name, value: name, data: {} })
  const needed = [keyColumn, ...policy.facts.filter((fact) => fact.default === undefined).map(({ name }) => name)]
  for (const name of needed) {
    if (header.includes(name)) continue
    const suggestion = unknown.find((other) => similar(other, name))
    problems.push({ code: 'missing-column', column: name, value: name, data: suggestion === undefined ? {} : { suggestion } })
  }
  return { problems, notices: unknown.map((name) => ({ code: 'unknown-column', column: name, value: name, data: {} })) }
}

/** More than half of the letters are shared: enough to ask whether a column was meant. */
function similar(a: string, b: string): boolean {
  const letters = [...new Set(a)]
  if (a.includes(b) || b.includes(a)) return true
  return letters.filter((letter) => b.includes(letter)).length * 2 > Math.max(letters.length, new Set(b).size)
}
