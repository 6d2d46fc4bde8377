// Ranks a file of applicants in a scenario: one output row for each, best first within its list, with the reason for its place.

import type { Writable } from 'node:stream'
import { WholeFile } from '../files/whole-file.ts'
import type { Policy, Scenario } from '../ir/schema.ts'
import { makePlan, type Plan, refusal } from '../plan/plan.ts'
import { type Language, type Problem, placesMissing } from '../problems.ts'
import { type ListSummary, quotasOf, rankedScenario } from '../rank/rank.ts'
import { limitsOf, placesLeft, secondRound } from '../rank/second-round.ts'
import type { Run } from '../run.ts'
import { duckdb } from '../sql/dialect.ts'
import { quoted } from '../sql/quote.ts'
import { type HouseholdRelations, householdName, placeStatements, quotaTable, rankSteps, statedMark, usedOfPartner, waitingQuery } from '../sql/rank.ts'
import { rankTable, shownKey } from '../sql/rank-table.ts'
import type { Table } from '../sql/table.ts'
import { type Applicants, type Inputs, openApplicants, pathsOf, type Rejected } from './applicants.ts'
import { scoreApplicants } from './engine.ts'
import { copyTo, type Target, targetProblem } from './output.ts'
import { allRejected, type Findings, finishRejects, writeRejections } from './score-file.ts'
import { openSession, type Progress, type Session, watch } from './session.ts'

export interface RankJob {
  /** That ranks. */
  readonly run: Run
  readonly inputs: Inputs
  readonly out: Target | undefined
  readonly rejects: string | undefined
  readonly language: Language
  readonly stdout: Writable
  readonly onProgress: ((progress: Progress) => void) | undefined
  /** Whose place is to be explained; nothing is written then. */
  readonly explain: string | undefined
}

export interface RankSummary extends Findings {
  readonly read: number
  readonly ranked: number
  /** Who takes no part. */
  readonly aside: number
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

export type RankJobResult = { readonly ok: true; readonly summary: RankSummary } | { readonly ok: false; readonly problems: readonly Problem[] }

export async function rankFile(job: RankJob): Promise<RankJobResult> {
  const { run } = job
  const { policy } = run
  const scenario = rankedScenario(run)
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
    const table = rankTable(run, plan, duckdb)
    const tooLong = targetProblem(job.out, table, applicants.count)
    if (tooLong) return { ok: false, problems: [tooLong] }
    session.phase = 'score'
    session.count = applicants.count
    const households = scenario.household && (await householdRelations(session, policy, scenario.household.key, applicants))
    await orderCandidates(session, run, plan, households)
    session.phase = 'order'
    const places = await givePlaces(session, run, plan)
    if (!places.ok) return places
    const late = await householdProblems(session, scenario, households)
    const notices = [...applicants.notices, ...(await differingLists(session, scenario)), ...(await oneSided(session, scenario, households))]
    const known = new Set(late.map(({ row }) => row))
    const others = (await allRejected(session, run, applicants)).filter(({ row }) => !known.has(row))
    const rejectedRows = [...others, ...late].sort((a, b) => a.row - b.row)
    const rejections = await writeRejections(rejects, job.language, [...rejectedRows, ...applicants.unclaimed])
    session.phase = 'write'
    const explained = job.explain === undefined ? undefined : await explainPlace(session, table, job.explain)
    if (job.explain === undefined) {
      await copyTo(session, table, job.out, job.stdout)
      await finishRejects(job.rejects, rejects, rejections.count)
    }
    const [ranked = 0] = (await session.rows('SELECT COUNT(*) FROM placed'))[0]?.map(Number) ?? []
    const rejected = rejectedRows.length
    const summary = { read: applicants.count, ranked, rejected, aside: applicants.count - rejected - ranked }
    return {
      ok: true,
      summary: {
        ...summary,
        unclaimed: applicants.unclaimed.length,
        rejections: rejections.first,
        notices,
        defaulted: applicants.defaulted,
        lists: places.lists,
        left: places.left,
        seed: run.seed,
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

/** States and households first; then the keys, which may look at the other member of a household. */
async function orderCandidates(session: Session, run: Run, plan: Plan, households: HouseholdRelations | undefined): Promise<void> {
  const { policy } = run
  const { first, carried, members, keyed, candidates } = rankSteps({ run, plan, dialect: duckdb, households })
  await scoreApplicants(session, policy, plan, { table: 'scored', carried, outputs: first, from: 'applicants', partner: undefined })
  await session.run(...members)
  if (keyed) {
    const partner = usedOfPartner(plan).map(({ index }) => index)
    await scoreApplicants(session, policy, plan, { table: 'keyed', carried: [], outputs: keyed, from: 'contenders', partner })
  }
  await session.run(candidates)
}

type Places =
  | { readonly ok: true; readonly lists: readonly ListSummary[]; readonly left: number }
  | { readonly ok: false; readonly problems: readonly Problem[] }

async function givePlaces(session: Session, run: Run, plan: Plan): Promise<Places> {
  const scenario = rankedScenario(run)
  const lists = (await session.rows('SELECT DISTINCT list FROM candidates ORDER BY list')).map(([list]) => String(list))
  const quotas = quotasOf(run, lists)
  const without = scenario.quota ? lists.filter((list) => !quotas.has(list)) : []
  if (without.length > 0) return { ok: false, problems: [placesMissing(without)] }
  await session.run(`CREATE TEMP TABLE ${quotaTable} (list VARCHAR, places BIGINT)`)
  for (const [list, places] of quotas) await session.run(`INSERT INTO ${quotaTable} VALUES (${quoted(list)}, ${places})`)
  await session.run(...placeStatements(plan, scenario), 'CREATE TEMP TABLE second (n BIGINT, result VARCHAR)')
  const summaries = await listSummaries(session, run.policy, scenario, plan, scenario.quota ? [...quotas.keys()] : [''])
  if (!scenario.secondRound) return { ok: true, lists: summaries, left: placesLeft(summaries) }
  return secondPlaces(session, scenario, plan, summaries)
}

async function listSummaries(session: Session, policy: Policy, scenario: Scenario, plan: Plan, quotas: readonly string[]): Promise<readonly ListSummary[]> {
  const shown = plan.keys.map((key, i) => `COALESCE(${shownKey(duckdb, key, i)}, '?')`)
  const keys = shown.map((text, i) => `${quoted(`${policy.labels[scenario.keys[i]?.id ?? '']?.zh ?? ''} `)} || ${text}`)
  const [first] = scenario.keys
  const byTotal = first?.value.op === 'total' && first.value.total === scenario.total && !first.ascending
  const names = quotas.map((name) => `SELECT ${quoted(name)} AS list`)
  const admitted = "FILTER (WHERE result = 'admitted')"
  const counted = `SELECT list, COUNT(*) AS candidates, COUNT(*) ${admitted} AS admitted, MAX(tied) AS tied, MAX(i) ${admitted} AS last FROM results GROUP BY list`
  const rows = await session.rows(`WITH c AS MATERIALIZED (${counted})
    SELECT l.list, q.places, COALESCE(c.candidates, 0), COALESCE(c.admitted, 0), COALESCE(c.tied, 0),
      CASE WHEN r.n IS NOT NULL THEN concat_ws('，', ${keys.join(', ')}) END,
      ${byTotal ? `CASE WHEN r.n IS NOT NULL THEN ${shown[0]} END` : 'NULL'}
    FROM (${[...names, 'SELECT list FROM c'].join(' UNION ')}) l LEFT JOIN ${quotaTable} q ON q.list = l.list
      LEFT JOIN c ON c.list = l.list LEFT JOIN results r ON r.list = c.list AND r.i = c.last ORDER BY l.list`)
  return rows.map(([name, quota, candidates, taken, tied, line, lowest]) => ({
    name: String(name),
    quota: quota === null ? undefined : Number(quota),
    candidates: Number(candidates),
    admitted: Number(taken),
    tiedAtCutoff: Number(tied),
    second: 0,
    ...(line === null ? {} : { line: String(line) }),
    ...(lowest === null ? {} : { lowest: String(lowest) }),
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

/** Who is alone for having given no household, and what those gave who could not be read. */
async function householdRelations(session: Session, policy: Policy, key: string, applicants: Applicants): Promise<HouseholdRelations> {
  const column = applicants.column(key)
  const isAlone = policy.facts.find(({ name }) => name === key)?.defaultKey ? (column === undefined ? 'TRUE' : `${column} = ''`) : 'FALSE'
  await session.run(`CREATE TEMP TABLE alone AS SELECT n FROM raw WHERE ${isAlone}`, 'CREATE TEMP TABLE unread_rows (n BIGINT)')
  const appender = await session.connection.createAppender('unread_rows')
  for (const { row } of applicants.rejected) {
    appender.appendBigInt(BigInt(row))
    appender.endRow()
  }
  appender.closeSync()
  const given = column === undefined ? 'NULL' : `NULLIF(${column}, '')`
  await session.run(`CREATE TEMP TABLE unread AS SELECT ${given} AS household, k AS key FROM raw WHERE n IN (SELECT n FROM unread_rows)`)
  return { alone: 'alone', unread: 'unread' }
}

/** Two of one household who name different lists. */
async function differingLists(session: Session, { household, quota }: Scenario): Promise<readonly Problem[]> {
  if (!household || quota?.by === undefined) return []
  const pairs = await session.rows(`SELECT a.key, a.list, b.key, b.list FROM members a JOIN members b ON b.household = a.household AND a.n < b.n
    WHERE (a.counts OR b.counts) AND a.list IS DISTINCT FROM b.list ORDER BY a.n`)
  if (pairs.length === 0) return []
  const shown = pairs.slice(0, 5).map(([key, list, otherKey, otherList]) => `${key} ${list ?? '?'} / ${otherKey} ${otherList ?? '?'}`)
  return [{ code: 'lists-differ', column: quota.by, value: `${shown.join('; ')}${pairs.length > 5 ? '…' : ''}`, data: { count: String(pairs.length) } }]
}

/** Who gives somebody's key as the household, while that one gives another or none: they are no household, and may think that they are. */
async function oneSided(session: Session, { household }: Scenario, relations: HouseholdRelations | undefined): Promise<readonly Problem[]> {
  if (!household || !relations) return []
  const pairs = await session.rows(`SELECT a.key, b.key FROM grouped a JOIN grouped b ON a.household = '${statedMark}' || b.key AND a.n <> b.n
    WHERE b.household IS DISTINCT FROM a.household ORDER BY a.n`)
  if (pairs.length === 0) return []
  const shown = pairs.slice(0, 5).map(([key, other]) => `${key} → ${other}`)
  return [
    { code: 'household-one-sided', column: household.key, value: `${shown.join('; ')}${pairs.length > 5 ? '…' : ''}`, data: { count: String(pairs.length) } },
  ]
}

/** Three of one household, one whose other member is rejected, or members who do not say which one applies. */
async function householdProblems(session: Session, { household }: Scenario, relations: HouseholdRelations | undefined): Promise<readonly Rejected[]> {
  if (!household) return []
  const named = (name: unknown): string => householdName(String(name), relations)
  const alone = await session.rows(
    'SELECT e.n, e.key, e.household, l.key FROM everybody e JOIN lost l ON l.household = e.household WHERE NOT e.rejected AND e.n NOT IN (SELECT n FROM crossed) AND e.household NOT IN (SELECT household FROM sizes)',
  )
  const large = await session.rows('SELECT e.n, e.key, e.household, s.size FROM everybody e JOIN sizes s ON s.household = e.household')
  const crossed = await session.rows(
    'SELECT n, key, other FROM crossed WHERE n NOT IN (SELECT n FROM everybody WHERE rejected OR household IN (SELECT household FROM sizes)) ORDER BY n',
  )
  const wrong = household.added ? await session.rows('SELECT n, key, household FROM members WHERE main_wrong') : []
  return [
    ...large.map(([n, key, name, size]): Rejected => {
      const data = { count: String(size) }
      return { row: Number(n), key: String(key), problems: [{ code: 'household-too-large', column: household.key, value: named(name), data }] }
    }),
    ...crossed.map(
      ([n, key, other]): Rejected => ({
        row: Number(n),
        key: String(key),
        problems: [{ code: 'household-crossed', column: household.key, value: String(other), data: {} }],
      }),
    ),
    ...alone.map(([n, key, name, other]): Rejected => {
      const data = { other: String(other) }
      return { row: Number(n), key: String(key), problems: [{ code: 'household-incomplete', column: household.key, value: named(name), data }] }
    }),
    ...wrong.map(([n, key, name]): Rejected => {
      return { row: Number(n), key: String(key), problems: [{ code: 'household-main', column: household.added?.to ?? '', value: named(name), data: {} }] }
    }),
  ]
}

async function explainPlace(session: Session, { columns, from, order }: Table, key: string): Promise<Explained> {
  const values = columns.map(({ text }, i) => `${text} AS c${i}`).join(', ')
  await session.run(`CREATE TEMP TABLE ranking AS SELECT row_number() OVER (ORDER BY ${order}) AS line, ${values} FROM ${from}`)
  const around = `SELECT b.* EXCLUDE (line), b.line - a.line FROM ranking a JOIN ranking b ON abs(b.line - a.line) <= 1 WHERE a.c0 = ${quoted(key)}
    AND (b.line = a.line OR (a.c2 IS NOT NULL AND b.c2 IS NOT NULL AND a.c1 IS NOT DISTINCT FROM b.c1)) ORDER BY b.line`
  const rows = (await session.rows(around)).map((row) => row.map((value) => (value === null ? '' : String(value))))
  const at = (offset: number) => rows.find((row) => Number(row.at(-1)) === offset)?.slice(0, -1)
  return { headers: columns.map(({ name }) => name), before: at(-1), own: at(0), after: at(1) }
}
