// Ranks a file of applicants in a scenario: one output row for each, best first within its list, with the reason for its place.

import { stringify } from 'csv-stringify/sync'
import type { ReferenceDates } from '../interpret.ts'
import { keyColumn } from '../ir/names.ts'
import type { Policy, Scenario } from '../ir/schema.ts'
import type { Language, Problem } from '../problems.ts'
import { showKey } from '../rank/keys.ts'
import { type Applicant, type Aside, type Ranked, type Ranking, type Result, rank } from '../rank/rank.ts'
import { stateNames } from '../receipt.ts'
import { type Inputs, openPeople } from './read-people.ts'
import { finishRejects, type Rejection, rejectionList, totalColumn } from './score-file.ts'
import { WholeFile, writeTo } from './whole-file.ts'

export interface RankJob {
  readonly policy: Policy
  readonly dates: ReferenceDates
  readonly scenario: Scenario
  readonly inputs: Inputs
  readonly quotas: ReadonlyMap<string, number> | undefined
  readonly seed: string | undefined
  readonly out: { readonly path: string; readonly format: 'csv' | 'jsonl'; readonly byteOrderMark: boolean } | undefined
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
  const opened = await openPeople(policy, job.inputs)
  if (!opened.ok) return opened
  const output = job.out ? new WholeFile(job.out.path, job.out.byteOrderMark) : undefined
  const rejects = job.rejects ? new WholeFile(job.rejects, true) : undefined
  try {
    const rejections = rejectionList(rejects, job.language)
    const rowOf = new Map<string, number>()
    const applicants: Applicant[] = []
    let read = 0
    for await (const { row, key, facts, problems } of opened.people.rows()) {
      read += 1
      if (problems.length > 0) await rejections.add(row, key, problems)
      else {
        rowOf.set(key, row)
        applicants.push({ key, facts })
      }
    }
    const result = rank({ policy, dates, scenario: scenario.id, applicants, quotas, seed })
    if (!result.ok) {
      await output?.abandon()
      await rejects?.abandon()
      return result
    }
    const { ranking } = result
    for (const { key, problems } of ranking.rejected) await rejections.add(rowOf.get(key) ?? 0, key, problems)
    const text = rankTable(policy, scenario, ranking, job.out?.format ?? 'csv')
    await (output ? output.write(text) : writeTo(job.stdout, text))
    await output?.finish()
    await finishRejects(job.rejects, rejects, rejections.count())
    const notices = [...opened.people.notices, ...opened.people.strayNames()]
    return { ok: true, summary: { read, rejected: rejections.count(), rejections: rejections.first(), notices, ranking } }
  } catch (error) {
    await output?.abandon()
    await rejects?.abandon()
    throw error
  }
}

const results: Readonly<Record<Result, string>> = { admitted: '录取', waiting: '候补', boundary: '末位同分' }

const asides: Readonly<Record<Aside, string>> = {
  'other-member': '同户另一人参加',
  'no-household': '家庭编号未知',
  'no-list': '名单未知',
  'cannot-pay': '兑换分值不足',
  'main-unknown': '主申请人未知',
}

/** Columns are in Chinese in both languages, as the columns of facts are. */
function rankTable(policy: Policy, scenario: Scenario, ranking: Ranking, format: 'csv' | 'jsonl'): string {
  const keyNames = scenario.keys.map(({ id }) => policy.labels[id]?.zh ?? id)
  const headers = [keyColumn, '名单', '名次', '状态', '总分', ...keyNames.map((name, i) => `排序${i + 1} ${name}`), '决出', '结果', '轮次', '说明']
  const rows = ranking.rows.map((row) => [
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
  ])
  if (format === 'csv') return stringify([headers, ...rows])
  return rows.map((row) => `${JSON.stringify(Object.fromEntries(headers.map((name, i) => [name, row[i]])))}\n`).join('')
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
