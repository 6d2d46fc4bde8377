// Scores a file of applicants: one output row for each, in the order of the file, and the rejected rows with their reasons.
// Output appears whole or not at all; what is read equals what is scored plus what is rejected.

import { rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { figuresOf, mainTotal } from '../cases.ts'
import { formatDecimal } from '../exact/number.ts'
import type { ReferenceDates } from '../interpret.ts'
import { keyColumn } from '../ir/names.ts'
import type { Item, Policy } from '../ir/schema.ts'
import type { Outcome } from '../outcome.ts'
import { describeProblem, type Language, type Problem } from '../problems.ts'
import { stateNames } from '../receipt.ts'
import { scoreFacts } from '../score.ts'
import { type CheckedPeople, type Inputs, openPeople } from './read-people.ts'
import { WholeFile, writeTo } from './whole-file.ts'

export interface Job {
  readonly policy: Policy
  readonly dates: ReferenceDates
  readonly inputs: Inputs
  /** Id of the scenario. */
  readonly scenario: string | undefined
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
  const opened = await openPeople(job.policy, job.inputs)
  if (!opened.ok) return opened
  const output = job.out ? new WholeFile(job.out.path, job.out.byteOrderMark) : undefined
  const rejects = job.rejects ? new WholeFile(job.rejects, true) : undefined
  try {
    const summary = await scoreRows({ ...job, people: opened.people, output, rejects })
    await output?.finish()
    await finishRejects(job.rejects, rejects, summary.rejected)
    return { ok: true, summary: { ...summary, notices: [...opened.people.notices, ...summary.notices] } }
  } catch (error) {
    await output?.abandon()
    await rejects?.abandon()
    throw error
  }
}

/** What an earlier run rejected must not be taken for what this one did. */
export async function finishRejects(path: string | undefined, file: WholeFile | undefined, rejected: number): Promise<void> {
  if (rejected > 0) await file?.finish()
  else await file?.abandon()
  if (rejected === 0 && path !== undefined) await rm(path, { force: true })
}

async function scoreRows(
  job: Omit<Job, 'rejects'> & { people: CheckedPeople; output: WholeFile | undefined; rejects: WholeFile | undefined },
): Promise<Summary> {
  const { policy, dates, output, scenario } = job
  const columns = itemColumns(policy)
  const json = job.out?.format === 'jsonl'
  const headers = [keyColumn, '状态', '总分', ...columns.map(({ name }) => name)]
  const write = (text: string) => (output ? output.write(text) : writeTo(job.stdout, text))
  if (!json) await write(stringify([headers]))
  const rejections = rejectionList(job.rejects, job.language)
  let [read, scored] = [0, 0]
  let batch: string[] = []
  const flush = async () => {
    if (batch.length > 0) await write(batch.join(''))
    batch = []
  }
  for await (const { row, key, facts, problems } of job.people.rows()) {
    read += 1
    if (read % 1000 === 0) {
      await flush()
      job.onProgress?.(read)
    }
    const result = problems.length > 0 ? { ok: false as const, problems } : scoreFacts(policy, dates, facts, { scenario })
    if (!result.ok) {
      await rejections.add(row, key, result.problems)
      continue
    }
    const { outcome } = result
    const figures = figuresOf(outcome)
    const values = [
      key,
      stateNames[outcome.state].zh,
      totalColumn(policy, outcome),
      ...columns.map(({ id }) => {
        const figure = figures.get(id)
        return figure ? formatDecimal(figure.proven) : ''
      }),
    ]
    batch.push(json ? `${JSON.stringify(Object.fromEntries(headers.map((name, i) => [name, values[i]])))}\n` : stringify([values]))
    scored += 1
  }
  await flush()
  return { read, scored, rejected: rejections.count(), rejections: rejections.first(), notices: job.people.strayNames() }
}

/** The number for 有效 and 待定, 0 for 清零, empty otherwise: the receipt keeps it. */
export function totalColumn(policy: Policy, outcome: Outcome): string {
  const total = mainTotal(policy, outcome)
  if (outcome.state === 'cleared') return '0'
  return total && (outcome.state === 'valid' || outcome.state === 'undecided') ? formatDecimal(total.figure.proven) : ''
}

export interface RejectionList {
  add(row: number, key: string, problems: readonly Problem[]): Promise<void>
  count(): number
  first(): readonly Rejection[]
}

/** Rejected rows with their reasons: written to a file, the first of them kept. */
export function rejectionList(file: WholeFile | undefined, language: Language): RejectionList {
  const kept: Rejection[] = []
  let count = 0
  return {
    async add(row, key, problems) {
      if (count === 0) await file?.write(stringify([rejectHeaders[language]]))
      count += 1
      for (const problem of problems) {
        if (kept.length < shownRejections) kept.push({ row, key, problem })
        const { reason, remedy } = describeProblem(problem, language)
        await file?.write(stringify([[row, key, problem.column, problem.value, reason, remedy]], { escape_formulas: true }))
      }
    },
    count: () => count,
    first: () => kept,
  }
}

const rejectHeaders: Readonly<Record<Language, readonly string[]>> = {
  zh: ['行', '编号', '列', '值', '原因', '处理'],
  en: ['row', 'key', 'column', 'value', 'reason', 'remedy'],
}
