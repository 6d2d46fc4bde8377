// Ranks a file of applicants in a scenario: one output row for each, best first within its list, with the reason for its place.

import { readFacts } from '../facts.ts'
import type { ReferenceDates } from '../interpret.ts'
import { keyColumn } from '../ir/names.ts'
import type { Policy, Scenario } from '../ir/schema.ts'
import type { Language, Problem } from '../problems.ts'
import { showKey } from '../rank/keys.ts'
import { type Applicant, type Aside, type Ranked, type Ranking, type Result, rank } from '../rank/rank.ts'
import { stateNames } from '../receipt.ts'
import { type Inputs, openApplicants } from './applicants.ts'
import { copyTo, type Table, type Target } from './output.ts'
import { finishRejects, type Rejection, rejectionList, totalColumn } from './score-file.ts'
import { openSession, type Session } from './session.ts'
import { WholeFile } from './whole-file.ts'

export interface RankJob {
  readonly policy: Policy
  readonly dates: ReferenceDates
  readonly scenario: Scenario
  readonly inputs: Inputs
  readonly quotas: ReadonlyMap<string, number> | undefined
  readonly seed: string | undefined
  readonly out: Target | undefined
  readonly rejects: string | undefined
  readonly language: Language
  readonly stdout: NodeJS.WriteStream
}

export interface RankSummary {
  readonly read: number
  readonly rejected: number
  readonly rejections: readonly Rejection[]
  readonly notices: readonly Problem[]
  readonly ranking: Ranking
}

export type RankJobResult =
  | { readonly ok: true; readonly summary: RankSummary }
  | { readonly ok: false; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly reason: 'no-seed' | 'no-quota'; readonly lists: readonly string[] }

export async function rankFile(job: RankJob): Promise<RankJobResult> {
  const { policy, dates, scenario, quotas, seed } = job
  const session = await openSession()
  const rejects = job.rejects ? new WholeFile(job.rejects, true) : undefined
  try {
    const opened = await openApplicants(session, policy, job.inputs)
    if (!opened.ok) return opened
    const { applicants } = opened
    const rowOf = new Map<string, number>()
    const people: Applicant[] = []
    for (const { row, key, written } of await applicants.written(await goodRows(session))) {
      rowOf.set(key, row)
      people.push({ key, facts: readFacts(policy, written).facts })
    }
    const result = rank({ policy, dates, scenario: scenario.id, applicants: people, quotas, seed })
    if (!result.ok) return result
    const { ranking } = result
    const late = ranking.rejected.map(({ key, problems }) => ({ row: rowOf.get(key) ?? 0, key, problems }))
    const rejections = rejectionList(rejects, job.language)
    for (const { row, key, problems } of [...applicants.rejected, ...late].sort((a, b) => a.row - b.row)) await rejections.add(row, key, problems)
    await copyTo(session, await rankTable(session, policy, scenario, ranking), job.out, job.stdout)
    await finishRejects(job.rejects, rejects, rejections.count())
    const summary = { read: applicants.count, rejected: rejections.count(), rejections: rejections.first() }
    return { ok: true, summary: { ...summary, notices: applicants.notices, ranking } }
  } finally {
    await rejects?.abandon()
    session.close()
  }
}

const goodRows = async (session: Session): Promise<readonly number[]> => (await session.rows('SELECT n FROM applicants ORDER BY n')).map(([n]) => Number(n))

const results: Readonly<Record<Result, string>> = { admitted: '录取', waiting: '候补', boundary: '末位同分' }

const asides: Readonly<Record<Aside, string>> = {
  'other-member': '同户另一人参加',
  'no-household': '家庭编号未知',
  'no-list': '名单未知',
  'cannot-pay': '兑换分值不足',
  'main-unknown': '主申请人未知',
}

/** Columns are in Chinese in both languages, as the columns of facts are. */
async function rankTable(session: Session, policy: Policy, scenario: Scenario, ranking: Ranking): Promise<Table> {
  const keyNames = scenario.keys.map(({ id }) => policy.labels[id]?.zh ?? id)
  const headers = [keyColumn, '名单', '名次', '状态', '总分', ...keyNames.map((name, i) => `排序${i + 1} ${name}`), '决出', '结果', '轮次', '说明']
  await session.run(`CREATE TEMP TABLE ranked (n BIGINT, ${headers.map((_, i) => `c${i} VARCHAR`).join(', ')})`)
  const appender = await session.connection.createAppender('ranked')
  for (const [n, row] of ranking.rows.entries()) {
    appender.appendBigInt(BigInt(n))
    const values = [
      row.key,
      row.list,
      row.place === undefined ? '' : String(row.place),
      stateNames[row.outcome.state].zh,
      totalColumn(policy, row.outcome),
      ...keyNames.map((_, i) => showKey(row.keys[i])),
      decided(row, keyNames),
      row.result === undefined ? '' : results[row.result],
      row.round === undefined ? '' : String(row.round),
      remarks(row),
    ]
    for (const value of values) appender.appendVarchar(value)
    appender.endRow()
  }
  appender.closeSync()
  return { query: 'SELECT * EXCLUDE (n) FROM ranked ORDER BY n', headers }
}

/** By which key the one before comes first. */
function decided({ decidedBy }: Ranked, keyNames: readonly string[]): string {
  if (decidedBy === undefined) return ''
  if (decidedBy === 'equal') return '并列'
  return decidedBy === 'lot' ? '抽签' : (keyNames[decidedBy] ?? '')
}

function remarks(row: Ranked): string {
  const states = row.outcome.state === 'valid' || row.outcome.until === undefined ? [] : [`至 ${row.outcome.until}`]
  return [
    ...states,
    ...(row.aside ? [asides[row.aside]] : []),
    ...(row.partner === undefined ? [] : [`同户 ${row.partner}`]),
    ...(row.partnerMissing && row.place !== undefined ? ['没有另一方的数据'] : []),
    ...(row.outcome.awaiting.length > 0 ? [`待证 ${row.outcome.awaiting.join('、')}`] : []),
    ...(row.keys.some((key) => key === undefined) && row.place !== undefined ? ['排序项未知'] : []),
  ].join('；')
}
