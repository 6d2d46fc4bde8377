// Scores a file of applicants: one output row for each, in the order of the file, and the rejected rows with their reasons.
// Output appears whole or not at all; what is read equals what is scored plus what is rejected.

import { rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { readFacts } from '../facts.ts'
import { destinationOf, WholeFile } from '../files/whole-file.ts'
import { outputsOf } from '../plan/outputs.ts'
import { makePlan, refusal } from '../plan/plan.ts'
import { describeProblem, type Language, type Problem } from '../problems.ts'
import type { Run } from '../run.ts'
import { scoreFacts } from '../score.ts'
import { awaitingColumn, scoreDetail, scoresTable } from '../sql/score-table.ts'
import { awaitsAny } from '../sql/table.ts'
import { type Applicants, type Inputs, openApplicants, pathsOf, type Rejected } from './applicants.ts'
import { scoreApplicants } from './engine.ts'
import { copyTo, renamedColumns, type Target, targetProblem } from './output.ts'
import { openSession, type Progress, type Session, watch } from './session.ts'

export interface Job {
  readonly run: Run
  readonly inputs: Inputs
  /** Where the scores go; `undefined` for standard output. */
  readonly out: Target | undefined
  readonly rejects: string | undefined
  /** Also the lowest and the highest of every figure. */
  readonly bounds?: boolean | undefined
  readonly language: Language
  readonly stdout: Writable
  readonly onProgress: ((progress: Progress) => void) | undefined
}

export interface Rejection {
  readonly row: number
  readonly key: string
  readonly problem: Problem
}

export interface Findings {
  readonly rejected: number
  /** Records of files of their own that belong to nobody. */
  readonly unclaimed: number
  /** The first of them, for the terminal. */
  readonly rejections: readonly Rejection[]
  /** What is to be told without stopping the run. */
  readonly notices: readonly Problem[]
  /** How many left a fact empty that has a 缺省, by fact. */
  readonly defaulted: Applicants['defaulted']
}

export interface Summary extends Findings {
  readonly read: number
  readonly scored: number
  /** How many of them have something that still awaits proof. */
  readonly awaiting: number
}

export type JobResult = { readonly ok: true; readonly summary: Summary } | { readonly ok: false; readonly problems: readonly Problem[] }

const shownRejections = 20

export async function scoreFile(job: Job): Promise<JobResult> {
  const { run } = job
  const { policy } = run
  const made = makePlan(run)
  if (!made.ok) return { ok: false, problems: [refusal(policy, made)] }
  const { plan } = made
  const session = await openSession({ read: pathsOf(job.inputs), written: job.out?.path })
  const stop = watch(session, job.onProgress)
  const { bounds = false } = job
  const rejects = job.rejects ? new WholeFile(job.rejects, true) : undefined
  try {
    const opened = await openApplicants(session, policy, job.inputs)
    if (!opened.ok) return opened
    const { applicants } = opened
    const table = scoresTable(run, plan, session.dialect, { bounds, language: job.language })
    const tooLong = targetProblem(job.out, table, applicants.count)
    if (tooLong) return { ok: false, problems: [tooLong] }
    session.phase = 'score'
    session.count = applicants.count
    await scoreApplicants(session, policy, plan, {
      table: 'scored',
      carried: [],
      outputs: outputsOf(plan, scoreDetail(bounds)),
      from: 'applicants',
      partner: undefined,
    })
    const rejected = await allRejected(session, run, applicants)
    const rejections = await writeRejections(rejects, job.language, [...rejected, ...applicants.unclaimed])
    session.phase = 'write'
    await copyTo(session, table, job.out, job.stdout)
    await finishRejects(job.rejects, rejects, rejections.count)
    const notices = [...applicants.notices, ...renamedColumns(job.out, table)]
    const open = awaitsAny(plan.awaiting.length, awaitingColumn(plan, bounds))
    const [[awaiting] = []] = await session.rows(`SELECT COUNT(*) FROM scored WHERE NOT o0 AND (${open})`)
    const summary = { read: applicants.count, scored: applicants.count - rejected.length, awaiting: Number(awaiting), rejected: rejected.length }
    const told = { unclaimed: applicants.unclaimed.length, rejections: rejections.first, notices, defaulted: applicants.defaulted }
    return { ok: true, summary: { ...summary, ...told } }
  } finally {
    stop()
    await rejects?.abandon()
    session.close()
  }
}

/** Those whose data could not be read, and those in whose data something cannot be right, by row. */
export async function allRejected(session: Session, run: Run, applicants: Applicants): Promise<readonly Rejected[]> {
  const rows = (await session.rows('SELECT n FROM scored WHERE o0 ORDER BY n')).map(([n]) => Number(n))
  const found = (await applicants.written(rows)).map(({ row, key, written }): Rejected => {
    const scored = scoreFacts(run, readFacts(run.policy, written).facts)
    if (scored.ok) throw new Error(`the engines disagree about row ${row}`)
    return { row, key, problems: scored.problems }
  })
  return [...applicants.rejected, ...found].sort((a, b) => a.row - b.row)
}

/** What an earlier run rejected must not be taken for what this one did. */
export async function finishRejects(path: string | undefined, file: WholeFile | undefined, rejected: number): Promise<void> {
  if (rejected > 0) await file?.finish()
  else await file?.abandon()
  if (rejected === 0 && path !== undefined) await rm(destinationOf(path), { force: true })
}

export interface Rejections {
  readonly count: number
  /** The first of their problems, for the terminal. */
  readonly first: readonly Rejection[]
}

/** So many lines are made text at once. */
const linesAtOnce = 1000

/** Writes rejected rows with their reasons. */
export async function writeRejections(file: WholeFile | undefined, language: Language, rejected: readonly Rejected[]): Promise<Rejections> {
  const all = rejected.flatMap(({ row, key, problems }) => problems.map((problem): Rejection => ({ row, key, problem })))
  if (all.length > 0) await file?.write(stringify([rejectHeaders[language]]))
  for (let at = 0; at < all.length; at += linesAtOnce) {
    const lines = all.slice(at, at + linesAtOnce).map(({ row, key, problem }) => {
      const { reason, remedy } = describeProblem(problem, language)
      return [row, key, problem.column, problem.value, reason, remedy]
    })
    await file?.write(stringify(lines, { escape_formulas: true }))
  }
  return { count: rejected.length, first: all.slice(0, shownRejections) }
}

const rejectHeaders: Readonly<Record<Language, readonly string[]>> = {
  zh: ['行', '编号', '列', '值', '原因', '处理'],
  en: ['row', 'key', 'column', 'value', 'reason', 'remedy'],
}
