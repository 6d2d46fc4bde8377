// Ranks a file of applicants in a scenario: one output row for each, best first within its list, with the reason for its place.

import type { Writable } from 'node:stream'
import { WholeFile } from '../files/whole-file.ts'
import type { Policy, Scenario } from '../ir/schema.ts'
import { makePlan, type Plan, refusal } from '../plan/plan.ts'
import { type Language, type Problem, placesMissing } from '../problems.ts'
import { type ListSummary, quotasOf, rankedScenario } from '../rank/rank.ts'
import { limitsOf, placesLeft, secondRound } from '../rank/second-round.ts'
import type { Run } from '../run.ts'
import { type HouseholdRelations, householdName, placeStatements, rankSteps, usedOfPartner, waitingQuery } from '../sql/rank.ts'
import {
  aroundQueries,
  brokenHouseholds,
  candidateLists,
  differingLists,
  householdStatements,
  listsQuery,
  oneSided,
  quotaStatements,
  rankedCount,
  secondTable,
  unreadTable,
} from '../sql/rank-findings.ts'
import { rankTable, undecidedCount, type Wording } from '../sql/rank-table.ts'
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
  /** How many of those are undecided, and may still take a place. */
  readonly undecided: number
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
  /** Why the key is not among them, where its row was rejected. */
  readonly rejected: Problem | undefined
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
    const table = rankTable(run, plan, session.dialect, job.language)
    const tooLong = targetProblem(job.out, table, applicants.count)
    if (tooLong) return { ok: false, problems: [tooLong] }
    session.phase = 'score'
    session.count = applicants.count
    const households = scenario.household && (await householdRelations(session, policy, scenario.household.key, applicants))
    await orderCandidates(session, run, plan, households)
    session.phase = 'order'
    const places = await givePlaces(session, run, { policy, scenario, plan, dialect: session.dialect, language: job.language })
    if (!places.ok) return places
    const late = await householdProblems(session, scenario, households)
    const notices = [...applicants.notices, ...(await differentLists(session, scenario)), ...(await oneSidedHouseholds(session, scenario, households))]
    const known = new Set(late.map(({ row }) => row))
    const others = (await allRejected(session, run, applicants)).filter(({ row }) => !known.has(row))
    const rejectedRows = [...others, ...late].sort((a, b) => a.row - b.row)
    const rejections = await writeRejections(rejects, job.language, [...rejectedRows, ...applicants.unclaimed])
    session.phase = 'write'
    const explained = job.explain === undefined ? undefined : await explainPlace(session, table, job.explain, rejectedRows)
    if (job.explain === undefined) {
      await copyTo(session, table, job.out, job.stdout)
      await finishRejects(job.rejects, rejects, rejections.count)
    }
    const [ranked = 0] = (await session.rows(rankedCount))[0]?.map(Number) ?? []
    const rejected = rejectedRows.length
    const [undecided = 0] = (await session.rows(undecidedCount(scenario, plan)))[0]?.map(Number) ?? []
    const summary = { read: applicants.count, ranked, rejected, aside: applicants.count - rejected - ranked, undecided }
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
  const { first, carried, members, keyed, candidates } = rankSteps({ run, plan, dialect: session.dialect, households })
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

async function givePlaces(session: Session, run: Run, wording: Wording): Promise<Places> {
  const { scenario, plan } = wording
  const lists = (await session.rows(candidateLists)).map(([list]) => String(list))
  const quotas = quotasOf(run, lists)
  const without = scenario.quota ? lists.filter((list) => !quotas.has(list)) : []
  if (without.length > 0) return { ok: false, problems: [placesMissing(without)] }
  await session.run(...quotaStatements(quotas), ...placeStatements(plan, scenario), secondTable.create)
  const summaries = await listSummaries(session, wording, scenario.quota ? [...quotas.keys()] : [''])
  if (!scenario.secondRound) return { ok: true, lists: summaries, left: placesLeft(summaries) }
  return secondPlaces(session, scenario, plan, summaries)
}

async function listSummaries(session: Session, wording: Wording, quotas: readonly string[]): Promise<readonly ListSummary[]> {
  const rows = await session.rows(listsQuery(wording, quotas))
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
  const results = (some: typeof taken, result: string) => some.map(({ n }) => [BigInt(n), result] as const)
  await session.fill(secondTable.name, [...results(taken, 'admitted'), ...results(boundary, 'boundary')])
  const lists = summaries.map((summary) => ({ ...summary, second: taken.filter(({ list }) => list === summary.name).length }))
  return { ok: true, lists, left }
}

/** Who is alone for having given no household, and what those gave who could not be read. */
async function householdRelations(session: Session, policy: Policy, key: string, applicants: Applicants): Promise<HouseholdRelations> {
  const column = applicants.column(key)
  const isAlone = policy.facts.find(({ name }) => name === key)?.defaultKey ? (column === undefined ? 'TRUE' : `${column} = ''`) : 'FALSE'
  const { alone, unread } = householdStatements(isAlone, column === undefined ? 'NULL' : `NULLIF(${column}, '')`)
  await session.run(alone, unreadTable.create)
  await session.fill(
    unreadTable.name,
    applicants.rejected.map(({ row }) => [BigInt(row)]),
  )
  await session.run(unread)
  return { alone: 'alone', unread: 'unread' }
}

/** Two of one household who name different lists. */
async function differentLists(session: Session, { household, quota }: Scenario): Promise<readonly Problem[]> {
  if (!household || quota?.by === undefined) return []
  const pairs = await session.rows(differingLists)
  if (pairs.length === 0) return []
  const shown = pairs.slice(0, 5).map(([key, list, otherKey, otherList]) => `${key} ${list ?? '?'} / ${otherKey} ${otherList ?? '?'}`)
  return [{ code: 'lists-differ', column: quota.by, value: `${shown.join('; ')}${pairs.length > 5 ? '…' : ''}`, data: { count: String(pairs.length) } }]
}

/** Who gives somebody's key as the household, while that one gives another or none: they are no household, and may think that they are. */
async function oneSidedHouseholds(session: Session, { household }: Scenario, relations: HouseholdRelations | undefined): Promise<readonly Problem[]> {
  if (!household || !relations) return []
  const pairs = await session.rows(oneSided)
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
  const rows = (code: keyof typeof brokenHouseholds) => session.rows(brokenHouseholds[code])
  const [alone, large, crossed] = [await rows('household-incomplete'), await rows('household-too-large'), await rows('household-crossed')]
  const wrong = household.added ? await rows('household-main') : []
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

async function explainPlace(session: Session, table: Table, key: string, rejectedRows: readonly Rejected[]): Promise<Explained> {
  const { prepare, query } = aroundQueries(table, key)
  await session.run(prepare)
  const rows = (await session.rows(query)).map((row) => row.map((value) => (value === null ? '' : String(value))))
  const at = (offset: number) => rows.find((row) => Number(row.at(-1)) === offset)?.slice(0, -1)
  return {
    headers: table.columns.map(({ name }) => name),
    before: at(-1),
    own: at(0),
    after: at(1),
    rejected: rejectedRows.find((row) => row.key === key)?.problems[0],
  }
}
