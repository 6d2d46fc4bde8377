// Ranks the applicants of a scenario and gives out its places: states, households, order, equals, quota, second round. Every
// place carries its reason. For lists that fit into memory; engines for whole populations must give the same.

import { byLot, orderedByLot, takenAtLast } from '../equals.ts'
import { decimal } from '../exact/number.ts'
import { compareTexts } from '../exact/text.ts'
import type { Facts } from '../facts.ts'
import { openPerson, outcomeOf } from '../interpret.ts'
import { evaluate } from '../interpreter/evaluate.ts'
import type { Person } from '../interpreter/person.ts'
import type { Expression, Fact, Policy, Scenario } from '../ir/schema.ts'
import { mentionsPartner } from '../ir/walk.ts'
import type { Outcome } from '../outcome.ts'
import type { Problem } from '../problems.ts'
import type { Run } from '../run.ts'
import { mergedPerson } from './household.ts'
import { decidingKey, type KeyValue, keyValue } from './keys.ts'
import { lotOf } from './lot.ts'
import { limitsOf, placesLeft, secondRound } from './second-round.ts'

export interface Applicant {
  readonly key: string
  readonly facts: Facts
}

export type Result = 'admitted' | 'waiting' | 'boundary'

/** Why somebody takes no part though the state alone would let them. */
export type Aside = 'other-member' | 'no-household' | 'no-list' | 'cannot-pay' | 'main-unknown' | 'household-open'

export interface Ranked {
  readonly key: string
  readonly outcome: Outcome
  /** Set for those who take no part. */
  readonly aside: Aside | undefined
  readonly partner: string | undefined
  /** The chain asks for the other member and there is no row of one. */
  readonly partnerMissing: boolean
  readonly list: string
  readonly place: number | undefined
  readonly keys: readonly (KeyValue | undefined)[]
  /** Index of the key by which the one before comes first; `lot`, or `equal` for a shared place; absent for the first. */
  readonly decidedBy: number | 'lot' | 'equal' | undefined
  readonly result: Result | undefined
  readonly round: 1 | 2 | undefined
  /** Drawn for an order or for the last place. */
  readonly lot: string | undefined
}

export interface ListSummary {
  readonly name: string
  readonly quota: number | undefined
  readonly candidates: number
  readonly admitted: number
  /** Equals across the last place. */
  readonly tiedAtCutoff: number
  /** Places of the second round. */
  readonly second: number
  /** The keys of the last who was admitted in the first round, each with its name, and that one's total where it is the first of them. */
  readonly line?: string
  readonly lowest?: string
}

export interface Ranking {
  readonly rows: readonly Ranked[]
  readonly rejected: readonly { readonly key: string; readonly problems: readonly Problem[] }[]
  readonly lists: readonly ListSummary[]
  /** Places that nobody took in the end. */
  readonly left: number
  readonly seed: string | undefined
}

export type RankResult =
  | { readonly ok: true; readonly ranking: Ranking }
  /** These lists have candidates and no quota. */
  | { readonly ok: false; readonly lists: readonly string[] }

interface Candidate {
  readonly key: string
  readonly person: Person
  readonly list: string
  readonly keys: readonly (KeyValue | undefined)[]
  readonly lot: string | undefined
}

/** @param run that ranks; its seed is there where lots are drawn */
export function rank(run: Run, applicants: readonly Applicant[]): RankResult {
  const { seed } = run
  const scenario = rankedScenario(run)
  const { members, rejected } = readMembers(run, applicants)
  const { candidates, aside, partners, missing } = chooseCandidates(run, scenario, members, rejected)
  const lists = [...new Set(candidates.map(({ list }) => list))].sort(compareTexts)
  const quotas = quotasOf(run, lists)
  const without = scenario.quota ? lists.filter((list) => !quotas.has(list)) : []
  if (without.length > 0) return { ok: false, lists: without }
  const standing = new Map<string, Standing>()
  const summaries: ListSummary[] = []
  const places = scenario.quota ? [...quotas.keys()] : ['']
  for (const list of [...new Set([...places, ...lists])].sort(compareTexts)) {
    const ordered = order(
      scenario,
      candidates.filter((candidate) => candidate.list === list),
    )
    placeAll(scenario, ordered, standing)
    const quota = quotas.get(list)
    const tied = quota === undefined ? 0 : admit(scenario, ordered, quota, standing)
    const admitted = ordered.filter(({ key }) => standing.get(key)?.result === 'admitted').length
    summaries.push({ name: list, quota, candidates: ordered.length, admitted, tiedAtCutoff: tied, second: 0 })
  }
  const left = scenario.secondRound ? secondRoundOf(scenario, candidates, summaries, standing) : placesLeft(summaries)
  const rows = members
    .filter(({ key }) => !rejected.has(key))
    .map((member): Ranked => {
      const candidate = candidates.find(({ key }) => key === member.key)
      const stands = standing.get(member.key)
      return {
        key: member.key,
        outcome: settledOutcome(member.outcome, aside.get(member.key)),
        aside: aside.get(member.key),
        partner: partners.get(member.key),
        partnerMissing: missing.has(member.key),
        list: candidate?.list ?? '',
        place: stands?.place,
        keys: candidate?.keys ?? [],
        decidedBy: stands?.decidedBy,
        result: stands?.result,
        round: stands?.round,
        lot: candidate?.lot,
      }
    })
  const position = new Map(order(scenario, candidates).map(({ key }, i) => [key, i]))
  const at = ({ key, list, place }: Ranked) => [place === undefined ? 1 : 0, list, place ?? 0, position.get(key) ?? 0, key] as const
  rows.sort((a, b) => compareTuples(at(a), at(b)))
  return {
    ok: true,
    ranking: {
      rows,
      rejected: [...rejected].map(([key, problems]) => ({ key, problems })),
      lists: summaries.map((summary) => ({
        ...summary,
        second: [...standing.values()].filter(({ list, round: number }) => list === summary.name && number === 2).length,
      })),
      left,
      seed,
    },
  }
}

/** Who belongs to no known household or list is undecided, and not ranked: both spouses might get a place. */
function settledOutcome(outcome: Outcome, aside: Aside | undefined): Outcome {
  const open = aside === 'no-household' || aside === 'no-list' || aside === 'main-unknown' || aside === 'household-open'
  return open && outcome.state === 'valid' ? { ...outcome, state: 'undecided' } : outcome
}

function compareTuples(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [i, value] of a.entries()) {
    const other = b[i] as string | number
    if (value !== other) return typeof value === 'string' ? compareTexts(value, String(other)) : value < (other as number) ? -1 : 1
  }
  return 0
}

// ---- who competes ------------------------------------------------------------------------------------------------------

interface Member {
  readonly key: string
  readonly person: Person
  readonly outcome: Outcome
}

function readMembers(run: Run, applicants: readonly Applicant[]): { members: readonly Member[]; rejected: Map<string, readonly Problem[]> } {
  const rejected = new Map<string, readonly Problem[]>()
  const members = applicants.map(({ key, facts }): Member => {
    const person = openPerson(run, facts)
    const outcome = outcomeOf(person)
    if (person.problems.length > 0) rejected.set(key, person.problems)
    return { key, person, outcome }
  })
  return { members, rejected }
}

function chooseCandidates(
  { policy, seed }: Run,
  scenario: Scenario,
  members: readonly Member[],
  rejected: Map<string, readonly Problem[]>,
): { candidates: readonly Candidate[]; aside: ReadonlyMap<string, Aside>; partners: ReadonlyMap<string, string>; missing: ReadonlySet<string> } {
  const aside = new Map<string, Aside>()
  const partners = new Map<string, string>()
  const missing = new Set<string>()
  const groups = scenario.household
    ? householdsOf(scenario.household.key, members, rejected, aside)
    : members.filter(({ key }) => !rejected.has(key)).map((member) => [member])
  const asksPartner = mentionsPartner(scenario.keys)
  const candidates: Candidate[] = []
  for (const group of groups) {
    const valid = group.filter((member) => mayTakePart(scenario, member, aside))
    for (const member of group) {
      const other = group.find(({ key }) => key !== member.key)
      if (other) partners.set(member.key, other.key)
      else if (asksPartner) missing.add(member.key)
      member.person.partner = valid.find(({ key }) => key !== member.key)?.person
    }
    const chosen = scenario.household?.added ? mainOf(scenario.household, scenario.household.added, group, valid, rejected, aside) : valid
    if (waitsForMember(policy, scenario, group, valid)) {
      const waiting = valid.filter(({ key }) => !aside.has(key))
      for (const member of waiting) aside.set(member.key, lacksList(policy, scenario, member) ? 'no-list' : 'household-open')
      continue
    }
    const contenders = chosen.flatMap((member) => candidateOf(policy, scenario, member, seed, aside))
    const [first, ...others] = contenders.sort((a, b) => decidingKey(scenario.keys, a.keys, b.keys)?.order ?? compareTexts(a.key, b.key))
    if (first) candidates.push(first)
    for (const { key } of others) aside.set(key, 'other-member')
  }
  return { candidates, aside, partners, missing }
}

/** Whether the application is valid and pays the price of taking part. */
function mayTakePart({ price }: Scenario, { outcome, person, key }: Member, aside: Map<string, Aside>): boolean {
  if (outcome.state !== 'valid') return false
  const pays = !price || notLess(person, price)
  if (!pays) aside.set(key, 'cannot-pay')
  return pays
}

const lacksList = (policy: Policy, { quota }: Scenario, { person }: Member): boolean =>
  quota?.by !== undefined && listOf(policy, quota.by, person) === undefined

/** As long as one of a household is undecided, or has not said for which list, nobody of it has a place. */
function waitsForMember(policy: Policy, scenario: Scenario, group: readonly Member[], valid: readonly Member[]): boolean {
  if (!scenario.household || group.length < 2) return false
  if (group.some(({ outcome }) => outcome.state === 'undecided')) return true
  return !scenario.household.added && valid.some((member) => lacksList(policy, scenario, member))
}

function notLess(person: Person, price: NonNullable<Scenario['price']>): boolean {
  const { proven } = person.item(price.item).figure
  const cost = decimal(price.amount)
  return proven.numerator * cost.denominator >= cost.numerator * proven.denominator
}

function householdsOf(
  fact: Fact['name'],
  members: readonly Member[],
  rejected: Map<string, readonly Problem[]>,
  aside: Map<string, Aside>,
): readonly (readonly Member[])[] {
  const groups = new Map<string, Member[]>()
  const stated = new Map(members.map(({ key, person }) => [key, statedHousehold(person, fact)]))
  for (const [key, value] of stated)
    if (value !== undefined && value !== key && stated.get(value) === key) rejected.set(key, [{ code: 'household-crossed', column: fact, value, data: {} }])
  for (const member of members) {
    const value = member.person.facts.get(fact)
    if (value?.kind !== 'text') aside.set(member.key, 'no-household')
    else {
      // Who gives no household is alone, whatever others wrote.
      const name = `${value.own ? 'a' : 's'}${value.value}`
      groups.set(name, [...(groups.get(name) ?? []), member])
    }
  }
  for (const [name, group] of groups) rejectBroken(fact, name.slice(1), group, rejected)
  return [...groups.values()].map((group) => group.filter(({ key }) => !rejected.has(key))).filter((group) => group.length > 0)
}

/** More than two are no household; of two, one of whom is rejected, the other does not compete alone. */
function rejectBroken(fact: Fact['name'], value: string, group: readonly Member[], rejected: Map<string, readonly Problem[]>) {
  if (group.length > 2)
    for (const { key } of group) rejected.set(key, [{ code: 'household-too-large', column: fact, value, data: { count: String(group.length) } }])
  const lost = group.find(({ key }) => rejected.has(key))
  if (!lost) return
  for (const { key } of group) if (!rejected.has(key)) rejected.set(key, [{ code: 'household-incomplete', column: fact, value, data: { other: lost.key } }])
}

/** What an applicant wrote as the household; nothing where the own key stands for it. */
function statedHousehold(person: Person, fact: Fact['name']): string | undefined {
  const value = person.facts.get(fact)
  return value?.kind === 'text' && !value.own ? value.value : undefined
}

/** The main applicant, with the other's points when the other is valid. */
function mainOf(
  { key: keyFact }: NonNullable<Scenario['household']>,
  added: NonNullable<NonNullable<Scenario['household']>['added']>,
  group: readonly Member[],
  valid: readonly Member[],
  rejected: Map<string, readonly Problem[]>,
  aside: Map<string, Aside>,
): readonly Member[] {
  const said = group.map(({ person }) => person.facts.get(added.to))
  if (said.some((value) => value === undefined)) {
    for (const { key } of group) aside.set(key, 'main-unknown')
    return []
  }
  const mains = group.filter((_, i) => said[i]?.value === true)
  const [main] = mains
  if (!main || mains.length > 1) {
    for (const { key, person } of group) {
      const name = person.facts.get(keyFact)
      rejected.set(key, [{ code: 'household-main', column: added.to, value: name?.kind === 'text' ? name.value : '', data: {} }])
    }
    return []
  }
  for (const { key } of group) if (key !== main.key) aside.set(key, 'other-member')
  if (!valid.includes(main)) return []
  const other = valid.find(({ key }) => key !== main.key)
  return other ? [{ ...main, person: mergedPerson(main.person, other.person, added) }] : [main]
}

function candidateOf(policy: Policy, scenario: Scenario, { key, person }: Member, seed: string | undefined, aside: Map<string, Aside>): readonly Candidate[] {
  const by = scenario.quota?.by
  const list = by === undefined ? '' : listOf(policy, by, person)
  if (list === undefined) {
    aside.set(key, 'no-list')
    return []
  }
  const keys = scenario.keys.map((rankKey) => keyValue(person, rankKey))
  return [{ key, person, list, keys, lot: seed === undefined ? undefined : lotOf(seed, scenario.name, key) }]
}

function listOf(policy: Policy, by: string, person: Person): string | undefined {
  const value = person.facts.get(by)
  const type = policy.facts.find(({ name }) => name === by)?.type
  if (value?.kind === 'text') return value.value
  return value?.kind === 'member' && type && 'members' in type ? type.members[value.value] : undefined
}

// ---- order and places --------------------------------------------------------------------------------------------------

interface Standing {
  readonly list: string
  place: number
  decidedBy: Ranked['decidedBy']
  result: Result | undefined
  round: 1 | 2 | undefined
}

/** Best first; equals by lot where that is the rule, else by key, which decides nothing. */
function order(scenario: Scenario, candidates: readonly Candidate[]): readonly Candidate[] {
  const last = orderedByLot[scenario.equals] ? byLot : (a: Candidate, b: Candidate) => compareTexts(a.key, b.key)
  return candidates.toSorted((a, b) => decidingKey(scenario.keys, a.keys, b.keys)?.order ?? last(a, b))
}

const areEqual = (scenario: Scenario, a: Candidate, b: Candidate): boolean =>
  !orderedByLot[scenario.equals] && decidingKey(scenario.keys, a.keys, b.keys) === undefined

/** 1, 2, 2, 4. */
function placeAll(scenario: Scenario, ordered: readonly Candidate[], standing: Map<string, Standing>) {
  ordered.forEach((candidate, i) => {
    const before = ordered[i - 1]
    const shared = before !== undefined && areEqual(scenario, before, candidate)
    const place = shared ? (standing.get(before.key)?.place ?? i + 1) : i + 1
    const deciding = before && decidingKey(scenario.keys, before.keys, candidate.keys)
    const decidedBy = !before ? undefined : shared ? 'equal' : (deciding?.index ?? 'lot')
    standing.set(candidate.key, { list: candidate.list, place, decidedBy, result: undefined, round: undefined })
  })
}

/** Gives out `quota` places; gives how many equals there are across the last one. */
function admit(scenario: Scenario, ordered: readonly Candidate[], quota: number, standing: Map<string, Standing>): number {
  const settle = (candidate: Candidate, result: Result) => {
    const stands = standing.get(candidate.key)
    if (!stands) return
    stands.result = result
    stands.round = result === 'admitted' ? 1 : undefined
  }
  const last = ordered[quota - 1]
  const next = ordered[quota]
  const straddles = last !== undefined && next !== undefined && areEqual(scenario, last, next)
  const tied = straddles ? ordered.filter((candidate) => areEqual(scenario, last, candidate)) : []
  ordered.forEach((candidate, i) => {
    if (!tied.includes(candidate)) settle(candidate, i < quota ? 'admitted' : 'waiting')
  })
  if (!straddles) return 0
  const free = quota - ordered.filter((candidate) => standing.get(candidate.key)?.result === 'admitted').length
  const taken = takenAtLast[scenario.cutoff](tied, free)
  for (const candidate of tied) settle(candidate, taken.includes(candidate) ? 'admitted' : 'boundary')
  return tied.length
}

/** What the lists have left goes to all who were not admitted, in one order; the limit of a list is hard. */
function secondRoundOf(scenario: Scenario, candidates: readonly Candidate[], lists: readonly ListSummary[], standing: Map<string, Standing>): number {
  const waiting = order(
    scenario,
    candidates.filter(({ key }) => standing.get(key)?.result !== 'admitted'),
  )
  const groups: Candidate[][] = []
  for (const candidate of waiting) {
    const group = groups.at(-1)
    if (group?.[0] && areEqual(scenario, group[0], candidate)) group.push(candidate)
    else groups.push([candidate])
  }
  const { taken, boundary, left } = secondRound(scenario, groups, limitsOf(scenario, lists), placesLeft(lists))
  for (const { key } of taken) Object.assign(standing.get(key) ?? {}, { result: 'admitted', round: 2 })
  for (const { key } of boundary) Object.assign(standing.get(key) ?? {}, { result: 'boundary' })
  return left
}

// ---- quotas ------------------------------------------------------------------------------------------------------------

/** The use of a run that ranks. */
export function rankedScenario({ scenario }: Run): Scenario {
  if (!scenario) throw new Error('a ranking is for a use')
  return scenario
}

/** Places by list: those of the run, or the policy's own. */
export function quotasOf(run: Run, lists: readonly string[]): ReadonlyMap<string, number> {
  const { quotas } = run
  const scenario = rankedScenario(run)
  if (!scenario.quota) return quotas && quotas.size > 0 && lists.length > 0 ? quotas : new Map()
  if (quotas && quotas.size > 0) return quotas
  const nobody = openPerson(run, new Map())
  // That they are whole and depend on nobody is checked, and that a figure has a value on the day when the run is started.
  const places = (node: Expression): number => {
    const value = evaluate(nobody, node)
    if (value.kind !== 'number') throw new Error('a quota is a number')
    return Number(value.value.numerator / value.value.denominator)
  }
  const { amount, lists: named = [] } = scenario.quota
  return new Map([...(amount ? [['', places(amount)] as const] : []), ...named.map((list) => [list.name, places(list.places)] as const)])
}
