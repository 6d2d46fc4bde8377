// Ranks a file of applicants in a scenario: one output row for each, best first within its list, with the reason for its place.

import type { Writable } from 'node:stream'
import type { ReferenceDates } from '../interpret.ts'
import { keyColumn } from '../ir/names.ts'
import type { Policy, Scenario } from '../ir/schema.ts'
import { stateOrder } from '../outcome.ts'
import { makePlan, type Plan, refusal } from '../plan/plan.ts'
import { bitOf, wordOf } from '../plan/value.ts'
import type { Language, Problem } from '../problems.ts'
import { type ListSummary, quotasOf } from '../rank/rank.ts'
import { limitsOf, placesLeft, secondRound } from '../rank/second-round.ts'
import { quoted } from '../sql/print.ts'
import {
  candidateStatement,
  firstOutputs,
  keyOutputs,
  memberStatements,
  partnerColumns,
  partnerStatements,
  placeStatements,
  usedOfPartner,
  waitingQuery,
} from '../sql/rank.ts'
import { type Inputs, openApplicants, type Rejected } from './applicants.ts'
import { scoreApplicants } from './engine.ts'
import { copyTo, decimalText, type Table, type Target } from './output.ts'
import { allRejected, finishRejects, mainTotalOf, type Rejection, rejectionList, stateText, totalText } from './score-file.ts'
import { openSession, type Progress, type Session, watch } from './session.ts'
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
  readonly stdout: Writable
  readonly onProgress: ((progress: Progress) => void) | undefined
  /** Whose place is to be explained; nothing is written then. */
  readonly explain: string | undefined
}

export interface RankSummary {
  readonly read: number
  readonly ranked: number
  /** Who takes no part. */
  readonly aside: number
  readonly rejected: number
  readonly rejections: readonly Rejection[]
  readonly notices: readonly Problem[]
  readonly lists: readonly ListSummary[]
  /** Places that nobody took in the end. */
  readonly left: number
  readonly seed: string | undefined
  /** How equals across the last place are settled. */
  readonly cutoff: Scenario['cutoff']
  readonly explained: Explained | undefined
}

/** Rows of the ranking as they are written: the applicant's, and those just before and after in the list. */
export interface Explained {
  readonly headers: readonly string[]
  readonly before: readonly string[] | undefined
  readonly own: readonly string[] | undefined
  readonly after: readonly string[] | undefined
}

export type RankJobResult =
  | { readonly ok: true; readonly summary: RankSummary }
  | { readonly ok: false; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly reason: 'no-seed' | 'no-quota'; readonly lists: readonly string[] }

export async function rankFile(job: RankJob): Promise<RankJobResult> {
  const { policy, dates, scenario, seed } = job
  if (seed === undefined && (scenario.equals === 'lot' || scenario.cutoff === 'lot') && scenario.keys.length > 0)
    return { ok: false, reason: 'no-seed', lists: [] }
  const session = await openSession()
  const stop = watch(session, job.onProgress)
  const rejects = job.rejects ? new WholeFile(job.rejects, true) : undefined
  try {
    const opened = await openApplicants(session, policy, job.inputs)
    if (!opened.ok) return opened
    const { applicants } = opened
    const made = makePlan(policy, dates, { scenario: scenario.id }, 'rank')
    if (!made.ok) return { ok: false, problems: [refusal(policy, made)] }
    const { plan } = made
    session.phase = 'score'
    session.count = applicants.count
    await orderCandidates(session, job, plan)
    session.phase = 'order'
    const places = await givePlaces(session, job, plan)
    if (!places.ok) return places
    const late = await householdProblems(session, scenario)
    const known = new Set(late.map(({ row }) => row))
    const others = (await allRejected(session, { policy, dates, scenario: scenario.id }, applicants)).filter(({ row }) => !known.has(row))
    const rejections = rejectionList(rejects, job.language)
    for (const { row, key, problems } of [...others, ...late].sort((a, b) => a.row - b.row)) await rejections.add(row, key, problems)
    session.phase = 'write'
    const table = rankTable(policy, scenario, plan)
    const explained = job.explain === undefined ? undefined : await explainPlace(session, table, job.explain)
    if (job.explain === undefined) {
      await copyTo(session, table, job.out, job.stdout)
      await finishRejects(job.rejects, rejects, rejections.count())
    }
    const [ranked = 0] = (await session.rows('SELECT COUNT(*) FROM results'))[0]?.map(Number) ?? []
    const rejected = rejections.count()
    const summary = { read: applicants.count, ranked, rejected, aside: applicants.count - rejected - ranked }
    return {
      ok: true,
      summary: {
        ...summary,
        rejections: rejections.first(),
        notices: applicants.notices,
        lists: places.lists,
        left: places.left,
        seed,
        cutoff: scenario.cutoff,
        explained,
      },
    }
  } finally {
    stop()
    await rejects?.abandon()
    session.close()
  }
}

const asksPartner = ({ keys }: Scenario): boolean => JSON.stringify(keys).includes('"op":"partner"')

/** States and households first; then the keys, which may look at the other member of a household. */
async function orderCandidates(session: Session, { policy, scenario, seed }: RankJob, plan: Plan): Promise<void> {
  const first = firstOutputs(plan, mainTotalOf(policy, plan, scenario.id)?.proven)
  await scoreApplicants(session, policy, plan, { table: 'scored', outputs: first, from: 'applicants', partner: undefined })
  await session.run(...memberStatements(policy, plan, scenario, first), ...partnerStatements(plan))
  const needsPartner = asksPartner(scenario) || scenario.household?.added !== undefined
  const others = needsPartner ? `, ${partnerColumns(plan).join(', ')}` : ''
  await session.run(
    `CREATE TEMP VIEW contenders AS SELECT a.*${others} FROM applicants a ${needsPartner ? 'LEFT JOIN others o ON o.n = a.n' : ''} WHERE a.n IN (SELECT n FROM members WHERE stands)`,
  )
  const outputs = keyOutputs(plan)
  await scoreApplicants(session, policy, plan, { table: 'keyed', outputs, from: 'contenders', partner: needsPartner ? usedOfPartner(plan) : undefined })
  await session.run(candidateStatement(plan, scenario, outputs, seed))
}

type Places =
  | { readonly ok: true; readonly lists: readonly ListSummary[]; readonly left: number }
  | { readonly ok: false; readonly reason: 'no-quota'; readonly lists: readonly string[] }

async function givePlaces(session: Session, { policy, dates, scenario, quotas: given }: RankJob, plan: Plan): Promise<Places> {
  const lists = (await session.rows('SELECT DISTINCT list FROM candidates ORDER BY list')).map(([list]) => String(list))
  const quotas = quotasOf({ policy, dates, quotas: given }, scenario, lists)
  const without = scenario.quota ? lists.filter((list) => !quotas.has(list)) : []
  if (without.length > 0) return { ok: false, reason: 'no-quota', lists: without }
  await session.run('CREATE TEMP TABLE quotas (list VARCHAR, places BIGINT)')
  for (const [list, places] of quotas) await session.run(`INSERT INTO quotas VALUES (${quoted(list)}, ${places})`)
  await session.run(...placeStatements(plan, scenario), 'CREATE TEMP TABLE second (n BIGINT, result VARCHAR)')
  const summaries = await listSummaries(session, plan, scenario.quota ? [...quotas.keys()] : [''])
  if (!scenario.secondRound) return { ok: true, lists: summaries, left: placesLeft(summaries) }
  return secondPlaces(session, scenario, plan, summaries)
}

async function listSummaries(session: Session, plan: Plan, quotas: readonly string[]): Promise<readonly ListSummary[]> {
  const last = plan.keys.map((key, i) => `COALESCE(${shownKey(key, i)}, '?')`)
  const names = quotas.map((name) => `SELECT ${quoted(name)} AS list`)
  const rows = await session.rows(`SELECT l.list, MAX(q.places), COUNT(r.n), COUNT(*) FILTER (WHERE r.result = 'admitted'), COALESCE(MAX(r.tied), 0),
      arg_max(concat_ws('、', ${last.join(', ')}), r.i) FILTER (WHERE r.result = 'admitted')
    FROM (${[...names, 'SELECT DISTINCT list FROM candidates'].join(' UNION ')}) l LEFT JOIN results r ON r.list = l.list LEFT JOIN quotas q ON q.list = l.list GROUP BY l.list ORDER BY l.list`)
  return rows.map(([name, quota, candidates, admitted, tied, line]) => ({
    name: String(name),
    quota: quota === null ? undefined : Number(quota),
    candidates: Number(candidates),
    admitted: Number(admitted),
    tiedAtCutoff: Number(tied),
    second: 0,
    ...(line === null ? {} : { line: String(line) }),
  }))
}

async function secondPlaces(session: Session, scenario: Scenario, plan: Plan, summaries: readonly ListSummary[]): Promise<Places> {
  const places = placesLeft(summaries)
  const groups: { n: number; list: string; lot: string | undefined; key: string }[][] = []
  let equals: unknown
  for (const [n, list, lot, key, place] of places > 0 ? await session.rows(waitingQuery(plan, scenario)) : []) {
    const waiting = { n: Number(n), list: String(list), lot: lot === null ? undefined : String(lot), key: String(key) }
    if (place === equals) groups.at(-1)?.push(waiting)
    else groups.push([waiting])
    equals = place
  }
  const { taken, boundary, left } = secondRound(scenario, groups, limitsOf(scenario, summaries), places)
  const appender = await session.connection.createAppender('second')
  for (const [some, result] of [
    [taken, 'admitted'],
    [boundary, 'boundary'],
  ] as const) {
    for (const { n } of some) {
      appender.appendBigInt(BigInt(n))
      appender.appendVarchar(result)
      appender.endRow()
    }
  }
  appender.closeSync()
  const lists = summaries.map((summary) => ({ ...summary, second: taken.filter(({ list }) => list === summary.name).length }))
  return { ok: true, lists, left }
}

/** Three of one household, or members who do not say which one applies. */
async function householdProblems(session: Session, { household }: Scenario): Promise<readonly Rejected[]> {
  if (!household) return []
  const large = await session.rows('SELECT e.n, e.key, e.household, s.size FROM everybody e JOIN sizes s ON s.household = e.household')
  const wrong = household.added ? await session.rows('SELECT n, key, household FROM members WHERE main_wrong') : []
  return [
    ...large.map(([n, key, name, size]): Rejected => {
      const data = { count: String(size) }
      return { row: Number(n), key: String(key), problems: [{ code: 'household-too-large', column: household.key, value: String(name), data }] }
    }),
    ...wrong.map(([n, key, name]): Rejected => {
      return { row: Number(n), key: String(key), problems: [{ code: 'household-main', column: household.added?.to ?? '', value: String(name), data: {} }] }
    }),
  ]
}

async function explainPlace(session: Session, { query, headers }: Table, key: string): Promise<Explained> {
  await session.run(`CREATE TEMP TABLE ranking AS SELECT row_number() OVER () AS line, * FROM (${query})`)
  const around = `SELECT b.* EXCLUDE (line), b.line - a.line FROM ranking a JOIN ranking b ON abs(b.line - a.line) <= 1 WHERE a.c0 = ${quoted(key)}
    AND (b.line = a.line OR (a.c2 IS NOT NULL AND b.c2 IS NOT NULL AND a.c1 = b.c1)) ORDER BY b.line`
  const rows = (await session.rows(around)).map((row) => row.map((value) => (value === null ? '' : String(value))))
  const at = (offset: number) => rows.find((row) => Number(row.at(-1)) === offset)?.slice(0, -1)
  return { headers, before: at(-1), own: at(0), after: at(1) }
}

// ---- the table ---------------------------------------------------------------------------------------------------------

const results = { admitted: '录取', waiting: '候补', boundary: '末位同分' } as const

/** Why somebody takes no part though the state alone would let them. */
const asides = {
  'other-member': '同户另一人参加',
  'no-household': '家庭编号未知',
  'no-list': '名单未知',
  'cannot-pay': '兑换分值不足',
  'main-unknown': '主申请人未知',
} as const

/** Columns are in Chinese in both languages, as the columns of facts are. */
function rankTable(policy: Policy, scenario: Scenario, plan: Plan): Table {
  const keyNames = scenario.keys.map(({ id }) => policy.labels[id]?.zh ?? id)
  const headers = [keyColumn, '名单', '名次', '状态', '总分', ...keyNames.map((name, i) => `排序${i + 1} ${name}`), '决出', '结果', '轮次', '说明']
  const decided = keyNames.map((name, i) => `WHEN ${i} THEN ${quoted(name)}`).join(' ')
  const outcome = Object.entries(results)
    .map(([result, text]) => `WHEN ${quoted(result)} THEN ${quoted(text)}`)
    .join(' ')
  const total = mainTotalOf(policy, plan, scenario.id)
  const values = [
    'm.key',
    "COALESCE(r.list, '')",
    'CAST(r.place AS VARCHAR)',
    stateText('m.settled'),
    totalText('m.settled', total ? decimalText('m.total', total.places) : 'NULL'),
    ...plan.keys.map((key, i) => shownKey(key, i)),
    `CASE r.decided ${decided} WHEN -1 THEN ${quoted(scenario.equals === 'lot' ? '抽签' : '并列')} END`,
    `CASE COALESCE(x.result, r.result) ${outcome} END`,
    "CASE WHEN x.result = 'admitted' THEN '2' WHEN x.result IS NULL AND r.result = 'admitted' THEN '1' END",
    remarks(policy, scenario, plan),
  ]
  const open = ['no-household', 'no-list', 'main-unknown'].map(quoted).join(', ')
  const [valid, undecided] = [stateOrder.indexOf('valid'), stateOrder.indexOf('undecided')]
  const members = `(SELECT *, CASE WHEN aside IN (${open}) AND state = ${valid} THEN ${undecided} ELSE state END AS settled FROM (SELECT m.*, ${asideOf(scenario)} AS aside
    FROM members m LEFT JOIN candidates c ON c.n = m.n WHERE NOT m.main_wrong)) m`
  return {
    headers,
    query: `SELECT ${values.map((value, i) => `${value} AS c${i}`).join(', ')} FROM ${members}
      LEFT JOIN results r ON r.n = m.n LEFT JOIN second x ON x.n = m.n LEFT JOIN others o ON o.n = m.n
      ORDER BY r.place IS NULL, COALESCE(r.list, ''), r.place, r.i, m.key`,
  }
}

/** Of members `m` and candidates `c`. */
function asideOf({ household }: Scenario): string {
  const valid = stateOrder.indexOf('valid')
  const cases = [
    ...(household ? ["WHEN m.household IS NULL THEN 'no-household'"] : []),
    "WHEN m.main_open THEN 'main-unknown'",
    ...(household?.added ? ["WHEN NOT COALESCE(m.main, FALSE) THEN 'other-member'"] : []),
    `WHEN m.state = ${valid} AND NOT m.pays THEN 'cannot-pay'`,
    "WHEN m.stands AND m.list IS NULL THEN 'no-list'",
    "WHEN m.stands AND c.n IS NULL THEN 'other-member'",
  ]
  return `CASE ${cases.join(' ')} END`
}

const dateText = (value: string): string => {
  const digits = (from: number, length: number) => `substr(CAST(${value} AS VARCHAR), ${from}, ${length})`
  return `${digits(1, 4)} || '-' || ${digits(5, 2)} || '-' || ${digits(7, 2)}`
}

function shownKey({ shown }: Plan['keys'][number], i: number): string {
  switch (shown.kind) {
    case 'decimal':
      return decimalText(`r.v${i}`, shown.places)
    case 'date':
      return dateText(`r.v${i}`)
    case 'yesno':
      return `CASE r.v${i} WHEN 1 THEN '是' WHEN 0 THEN '否' END`
    case 'member':
      return `CASE WHEN r.v${i} IS NOT NULL THEN CASE r.m${i} ${shown.members.map((name, j) => `WHEN ${j} THEN ${quoted(name)}`).join(' ')} END END`
    case 'text':
      return `r.v${i}`
  }
}

function remarks(policy: Policy, scenario: Scenario, plan: Plan): string {
  const names = policy.facts.flatMap(({ name }, i) =>
    plan.awaiting[wordOf(i)] ? [`CASE WHEN (m.awaiting${wordOf(i)} & ${2 ** bitOf(i)}) <> 0 THEN ${quoted(name)} END`] : [],
  )
  const unknown = plan.keys.map((_, i) => `r.v${i} IS NULL`).join(' OR ')
  const rules = plan.states.map(
    ({ rule, state }, i) => `CASE WHEN m.settled = ${stateOrder.indexOf(state)} AND m.held${i} THEN ${quoted(policy.labels[rule]?.zh ?? rule)} END`,
  )
  const parts = [
    ...rules,
    `CASE WHEN m.settled <> ${stateOrder.indexOf('valid')} AND m.until <> 0 THEN '至 ' || ${dateText('m.until')} END`,
    `CASE m.aside ${Object.entries(asides)
      .map(([aside, text]) => `WHEN ${quoted(aside)} THEN ${quoted(text)}`)
      .join(' ')} END`,
    "CASE WHEN o.other IS NOT NULL THEN '同户 ' || o.other END",
    ...(asksPartner(scenario) ? ["CASE WHEN o.other IS NULL AND r.place IS NOT NULL THEN '没有另一方的数据' END"] : []),
    ...(names.length > 0 ? [`'待证 ' || NULLIF(concat_ws('、', ${names.join(', ')}), '')`] : []),
    ...(plan.keys.length > 0 ? [`CASE WHEN r.place IS NOT NULL AND (${unknown}) THEN '排序项未知' END`] : []),
  ]
  return `concat_ws('；', ${parts.join(', ')})`
}
