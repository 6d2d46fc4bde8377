// Scores a file of applicants: one output row for each, in the order of the file, and the rejected rows with their reasons.
// Output appears whole or not at all; what is read equals what is scored plus what is rejected.

import { rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { readFacts } from '../facts.ts'
import { destinationOf, WholeFile } from '../files/whole-file.ts'
import { keyColumn } from '../ir/names.ts'
import type { Item, Policy, Scenario } from '../ir/schema.ts'
import { type State, states } from '../outcome.ts'
import { outputsOf } from '../plan/outputs.ts'
import { makePlan, type Plan, type PlannedFigure, refusal } from '../plan/plan.ts'
import { describeProblem, type Language, type Problem } from '../problems.ts'
import type { Run } from '../run.ts'
import { scoreFacts } from '../score.ts'
import { sourcesOf } from '../sources.ts'
import { quoted } from '../sql/quote.ts'
import { noteName, stateNamesIn } from '../state-names.ts'
import { type Applicants, type Inputs, openApplicants, pathsOf, type Rejected } from './applicants.ts'
import { scoreApplicants } from './engine.ts'
import { copyTo, decimalText, type OutputColumn, renamedColumns, type Table, type Target, targetProblem } from './output.ts'
import { openSession, type Progress, type Session, watch } from './session.ts'

export interface Job {
  readonly run: Run
  readonly inputs: Inputs
  /** Where the scores go; `undefined` for standard output. */
  readonly out: Target | undefined
  readonly rejects: string | undefined
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
}

export type JobResult = { readonly ok: true; readonly summary: Summary } | { readonly ok: false; readonly problems: readonly Problem[] }

interface Column {
  readonly name: string
  readonly id: string
}

/** One column for each group and indicator in the policy's order; the path where the name alone is not unique, also but for capitals. */
export function itemColumns(policy: Policy): readonly Column[] {
  const items: Item[] = []
  const visit = (item: Item): void => {
    items.push(item)
    if (item.kind === 'group') item.children.forEach(visit)
  }
  policy.items.forEach(visit)
  const reserved = new Set([keyColumn, '状态', '总分', '内容待核', '试算'])
  const count = (name: string) => items.filter((item) => item.name.toLowerCase() === name.toLowerCase()).length
  return items.map((item) => ({ name: count(item.name) > 1 || reserved.has(item.name) ? item.path.join('.') : item.name, id: item.id }))
}

const shownRejections = 20

export async function scoreFile(job: Job): Promise<JobResult> {
  const { run } = job
  const { policy } = run
  const made = makePlan(run)
  if (!made.ok) return { ok: false, problems: [refusal(policy, made)] }
  const { plan } = made
  const session = await openSession({ read: pathsOf(job.inputs), written: job.out?.path })
  const stop = watch(session, job.onProgress)
  const rejects = job.rejects ? new WholeFile(job.rejects, true) : undefined
  try {
    const opened = await openApplicants(session, policy, job.inputs)
    if (!opened.ok) return opened
    const { applicants } = opened
    const table = scoresTable(run, plan)
    const tooLong = targetProblem(job.out, table, applicants.count)
    if (tooLong) return { ok: false, problems: [tooLong] }
    session.phase = 'score'
    session.count = applicants.count
    await scoreApplicants(session, policy, plan, {
      table: 'scored',
      carried: [],
      outputs: outputsOf(plan, 'points'),
      from: 'applicants',
      partner: undefined,
    })
    const rejected = await allRejected(session, run, applicants)
    const rejections = await writeRejections(rejects, job.language, [...rejected, ...applicants.unclaimed])
    session.phase = 'write'
    await copyTo(session, table, job.out, job.stdout)
    await finishRejects(job.rejects, rejects, rejections.count)
    const notices = [...applicants.notices, ...renamedColumns(job.out, table)]
    const summary = { read: applicants.count, scored: applicants.count - rejected.length, rejected: rejected.length }
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

/** What the file of scores holds. */
function scoresTable(run: Run, plan: Plan): Table {
  const { policy, scenario } = run
  const outputs = outputsOf(plan, 'points')
  const figures = new Map([...plan.items, ...plan.totals].map((figure) => [figure.id, figure]))
  const points = (id: string): Pick<OutputColumn, 'text' | 'places'> => {
    const figure = figures.get(id)
    if (!figure) return { text: 'NULL' }
    return { text: decimalText(`o${outputs.findIndex(({ name }) => name === `proven ${id}`)}`, figure.places), places: figure.places }
  }
  const total = mainTotalOf(run, plan)
  const main = total ? points(total.id) : { text: 'NULL' }
  return {
    columns: [
      { name: keyColumn, text: 'k' },
      { name: '状态', text: stateText('o1', policy, scenario) },
      { ...main, name: '总分', text: totalText('o1', main.text) },
      ...itemColumns(policy).map(({ name, id }) => ({ name, ...points(id) })),
      ...runColumns(run),
    ],
    from: 'scored WHERE NOT o0',
    order: 'n',
  }
}

/** The total that 总分 means in a plan. */
export function mainTotalOf({ scenario }: Run, plan: Plan): PlannedFigure | undefined {
  const wanted = scenario?.total
  return plan.totals.find(({ id }) => id === wanted) ?? plan.totals.find(({ name }) => name === '总分') ?? plan.totals.at(-1)
}

const place = (state: State): number => states.indexOf(state)

/** The number where the state leaves it standing, 0 for 清零, empty otherwise: the receipt keeps it. */
export const totalText = (state: string, points: string): string =>
  `CASE WHEN ${state} = ${place('cleared')} THEN '0' WHEN ${state} IN (${place('valid')}, ${place('undecided')}, ${place('not_in_force')}) THEN ${points} END`

/** The Chinese name of a state, as the policy calls it. */
export function stateText(state: string, policy: Policy, scenario: Scenario | undefined): string {
  const names = stateNamesIn(policy, scenario)
  return `CASE ${state} ${states.map((name, i) => `WHEN ${i} THEN ${quoted(names[name].zh)}`).join(' ')} END`
}

/** What every row of a list says of the whole run: which invented values it may rest on, and whether it is a trial. */
export function runColumns(run: Run): readonly OutputColumn[] {
  const rests = [...new Set(sourcesOf(run).unsourced.map((note) => noteName(note, 'zh')))]
  return [
    ...(rests.length > 0 ? [{ name: '内容待核', text: quoted(rests.join('、')) }] : []),
    ...(run.trial ? [{ name: '试算', text: quoted('试算，不作为结果') }] : []),
  ]
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
