// Ranks what was scored, in SQL: households, order, equals, places. It starts from `scored` (who is valid, and the keys) and
// ends in `placed`: for every applicant the place with the key that decided it, and whether it is within the quota.

import type { Policy, Scenario } from '../ir/schema.ts'
import { mentionsPartner } from '../ir/walk.ts'
import { states } from '../outcome.ts'
import type { PlanKey } from '../plan/keys.ts'
import type { Node } from '../plan/node.ts'
import type { Output } from '../plan/outputs.ts'
import { mainTotalOf, type Plan } from '../plan/plan.ts'
import { rankedScenario } from '../rank/rank.ts'
import type { Run } from '../run.ts'
import { columnNames, type FactColumns, factColumns } from './columns.ts'
import type { Dialect } from './dialect.ts'
import { quoted } from './quote.ts'

/** The statements of a ranking, in order, between the queries that score. */
export interface RankSteps {
  /** What the relation `scored` has of everybody, beside the columns that are `carried`. */
  readonly first: readonly Output[]
  readonly carried: readonly string[]
  readonly members: readonly string[]
  /** What the relation `keyed` has of the relation `contenders`: keys that may look at the other member of a household. */
  readonly keyed: readonly Output[] | undefined
  readonly candidates: string
}

/** What is known of households beside the applicants who could be read. */
export interface HouseholdRelations {
  /** `n` of those who gave none: alone, whatever others wrote. */
  readonly alone: string
  /** `household` and `key` of those whose row could not be read. */
  readonly unread: string
}

/** Places by list; under a name of its own, which hides no table of a caller's. */
export const quotaTable = 'heng_quotas'

/** The name of a household that was written, and of one that is its member alone. */
export const statedMark = 's'
const aloneMark = 'a'
/** What was written of it. */
export const householdName = (household: string, relations: HouseholdRelations | undefined): string => (relations ? household.slice(1) : household)

/** What the statements of a ranking are made of. */
export interface RankParts {
  readonly run: Run
  readonly plan: Plan
  readonly dialect: Dialect
  /** Without it, equal texts are one household. */
  readonly households?: HouseholdRelations | undefined
}

export function rankSteps({ run, plan, dialect, households }: RankParts): RankSteps {
  const { policy, seed } = run
  const scenario = rankedScenario(run)
  const total = mainTotalOf(run, plan)?.proven
  const keys = keyOutputs(plan)
  const asksOther = mentionsPartner(scenario.keys) || scenario.household?.added !== undefined
  const first = [...firstOutputs(plan, total), ...(asksOther ? [] : keys)]
  const { household } = scenario
  const about = [scenario.quota?.by, household?.key, household?.added?.to].flatMap((id) => (id === undefined ? [] : [factOf(policy, plan, id)]))
  const contenders = `CREATE TEMP VIEW contenders AS SELECT a.*, ${partnerColumns(plan).join(', ')} FROM applicants a LEFT JOIN others o ON o.n = a.n
    WHERE a.n IN (SELECT n FROM members WHERE stands)`
  return {
    first,
    carried: [...new Set(about.flatMap(columnNames))],
    members: [
      ...memberStatements(policy, plan, scenario, first, households),
      ...(household ? partnerStatements(plan) : []),
      ...(asksOther ? [contenders] : []),
    ],
    keyed: asksOther ? keys : undefined,
    candidates: candidateStatement(plan, scenario, asksOther ? keys : undefined, seed === undefined ? 'NULL' : lotText(dialect, scenario, seed)),
  }
}

/** The columns of a fact, by its id. */
function factOf(policy: Policy, plan: Plan, id: string): FactColumns {
  const columns = factColumns(plan.facts)[policy.facts.findIndex((fact) => fact.name === id)]
  if (!columns) throw new Error(`no fact ${id}`)
  return columns
}

/** What has to be known of everybody before households are looked at. */
function firstOutputs(plan: Plan, total: Node | undefined): readonly Output[] {
  return [
    { name: 'rejected', node: plan.rejected },
    { name: 'state', node: plan.state },
    { name: 'until', node: plan.until },
    { name: 'pays', node: plan.pays },
    ...(total ? [{ name: 'total', node: total }] : []),
    ...plan.awaiting.map((node, i) => ({ name: `awaiting ${i}`, node })),
    ...plan.states.map(({ holds }, i) => ({ name: `holds ${i}`, node: holds })),
    ...usedOfPartner(plan).map(({ index, node }) => ({ name: `asked ${index}`, node })),
  ]
}

/** The keys, and what is shown of them. */
const keyOutputs = ({ keys }: Plan): readonly Output[] =>
  keys.flatMap(({ known, value, shown }, i) => [
    { name: `known ${i}`, node: known },
    { name: `key ${i}`, node: value },
    ...(shown.kind === 'member' ? [{ name: `member ${i}`, node: shown.member }] : []),
  ])

export interface OfPartner {
  readonly index: number
  readonly node: Node
}

/** What the keys really use of the other member, with its place among all that is asked. */
export function usedOfPartner({ keys, asked }: Plan): readonly OfPartner[] {
  const found = new Set<number>()
  const seen = new Set<Node>()
  const visit = (node: Node): void => {
    if (seen.has(node)) return
    seen.add(node)
    if (node.op === 'partner') found.add(node.value)
    node.args.forEach(visit)
  }
  for (const { known, value } of keys) [known, value].forEach(visit)
  return asked.map((node, index) => ({ index, node })).filter(({ index }) => found.has(index))
}

const columnOf = (outputs: readonly Output[], name: string): string => `o${outputs.findIndex((output) => output.name === name)}`

/**
 * `members`: everybody with state, household, list, and who counts in the household, and with the keys where they do not look at
 * the other member. Expects `scored` with the outputs.
 */
function memberStatements(
  policy: Policy,
  plan: Plan,
  scenario: Scenario,
  outputs: readonly Output[],
  households: HouseholdRelations | undefined,
): readonly string[] {
  const { household, quota } = scenario
  const value = (id: string | undefined): string => {
    if (id === undefined) return 'NULL'
    const { columns, given } = factOf(policy, plan, id)
    const text = `${columns[0]?.column}`
    return given === undefined ? text : `CASE WHEN ${given} THEN ${text} END`
  }
  const at = (name: string) => columnOf(outputs, name)
  const type = quota?.by === undefined ? undefined : factOf(policy, plan, quota.by).fact.type
  const lists = type && 'members' in type ? type.members : undefined
  const listed = lists ? `CASE ${value(quota?.by)} ${lists.map((name, i) => `WHEN ${i} THEN ${quoted(name)}`).join(' ')} END` : value(quota?.by)
  const columns = [
    'n',
    'k AS key',
    `${at('rejected')} AS rejected`,
    `${at('state')} AS state`,
    `${at('until')} AS until`,
    `${at('pays')} AS pays`,
    `${outputs.some(({ name }) => name === 'total') ? at('total') : 'NULL'} AS total`,
    `${households ? `CASE WHEN n IN (SELECT n FROM ${households.alone}) THEN '${aloneMark}' || k ELSE '${statedMark}' || ${value(household?.key)} END` : value(household?.key)} AS household`,
    `${value(household?.added?.to)} AS main`,
    `${quota?.by === undefined ? "''" : listed} AS list`,
    ...plan.awaiting.map((_, i) => `${at(`awaiting ${i}`)} AS awaiting${i}`),
    ...plan.states.map((_, i) => `${at(`holds ${i}`)} AS held${i}`),
    ...usedOfPartner(plan).map(({ index }) => `${at(`asked ${index}`)} AS asked${index}`),
    ...(outputs.some(({ name }) => name === 'known 0') ? keyColumns(plan, outputs) : []),
  ]
  const counts = `state = ${states.indexOf('valid')} AND pays${household ? ' AND household IS NOT NULL' : ''}`
  const fits = household
    ? ' AND (household IS NULL OR household NOT IN (SELECT household FROM sizes UNION ALL SELECT household FROM lost)) AND n NOT IN (SELECT n FROM crossed)'
    : ''
  const unread = households ? ` UNION ALL SELECT '${statedMark}' || household, key FROM ${households.unread}` : ''
  return [
    `CREATE TEMP VIEW everybody AS SELECT ${columns.join(', ')} FROM scored`,
    ...(household
      ? [
          `CREATE TEMP TABLE sizes AS SELECT household, COUNT(*) AS size FROM everybody WHERE household IS NOT NULL GROUP BY household HAVING COUNT(*) > 2`,
          `CREATE TEMP TABLE crossed AS SELECT a.n, a.key, b.key AS other FROM everybody a JOIN everybody b
            ON a.household = ${households ? `'${statedMark}' || ` : ''}b.key AND b.household = ${households ? `'${statedMark}' || ` : ''}a.key AND a.n <> b.n`,
          // Of two, one of whom is rejected, the other does not compete alone.
          `CREATE TEMP TABLE lost AS SELECT household, MIN(key) AS key FROM (SELECT household, key FROM everybody WHERE rejected OR n IN (SELECT n FROM crossed)${unread}) l WHERE household IS NOT NULL GROUP BY household`,
        ]
      : []),
    `CREATE TEMP VIEW grouped AS SELECT *, ${counts} AS counts FROM everybody WHERE NOT rejected${fits}`,
    ...(household ? [waitingStatement(scenario)] : []),
    ...(household?.added
      ? mainStatements(scenario)
      : [
          `CREATE TEMP VIEW members AS SELECT *, counts AND NOT ${heldUp(scenario)} AS stands, ${heldUp(scenario)} AS held_up, FALSE AS main_open, FALSE AS main_wrong FROM grouped`,
        ]),
  ]
}

/** `waiting_households`: of two members one is undecided, or has not said for which list. */
function waitingStatement({ quota, household }: Scenario): string {
  const lacksList = quota?.by === undefined || household?.added ? '' : ' OR (counts AND list IS NULL)'
  return `CREATE TEMP TABLE waiting_households AS SELECT household FROM grouped WHERE household IS NOT NULL
    GROUP BY household HAVING COUNT(*) = 2 AND bool_or(state = ${states.indexOf('undecided')}${lacksList})`
}

const heldUp = ({ household }: Scenario, of = ''): string =>
  household ? `(${of}household IS NOT NULL AND ${of}household IN (SELECT household FROM waiting_households))` : 'FALSE'

/** What orders candidates, and the members that are shown of it. */
const keyColumns = ({ keys }: Plan, outputs: readonly Output[]): readonly string[] => [
  ...keys.map((_, i) => `CASE WHEN ${columnOf(outputs, `known ${i}`)} THEN ${columnOf(outputs, `key ${i}`)} END AS v${i}`),
  ...keys.flatMap(({ shown }, i) => (shown.kind === 'member' ? [`${columnOf(outputs, `member ${i}`)} AS m${i}`] : [])),
]

/** Of a household whose members say who applies, only that one does; who does not say leaves it open, two or none is wrong. */
const mainStatements = (scenario: Scenario): readonly string[] => [
  `CREATE TEMP TABLE mains AS SELECT household, bool_or(main IS NULL) AS main_open, COUNT(*) FILTER (WHERE main) AS mains
    FROM grouped WHERE household IS NOT NULL GROUP BY household`,
  `CREATE TEMP VIEW members AS SELECT g.*, g.counts AND COALESCE(g.main, FALSE) AND NOT m.main_open AND m.mains = 1 AND NOT ${heldUp(scenario, 'g.')} AS stands,
    ${heldUp(scenario, 'g.')} AS held_up, COALESCE(m.main_open, FALSE) AS main_open, COALESCE(NOT m.main_open AND m.mains <> 1, FALSE) AS main_wrong
    FROM grouped g LEFT JOIN mains m ON m.household = g.household`,
]

/** `others`: the other member of everybody who has one, with what is asked of them if they count. */
function partnerStatements(plan: Plan): readonly string[] {
  const asked = usedOfPartner(plan)
  const columns = asked.map(({ index }) => `, o.asked${index} AS q${index}`).join('')
  return [
    `CREATE TEMP TABLE others AS SELECT m.n, o.key AS other, o.state AS other_state, o.stands AS other_stands, o.counts AS has_partner${columns}
      FROM members m JOIN members o ON o.household = m.household AND o.n <> m.n WHERE NOT m.main_wrong`,
  ]
}

/** Columns that the query of the keys reads beside the facts. */
function partnerColumns(plan: Plan): readonly string[] {
  const fillers = { number: '0', truth: 'FALSE', text: "''" } as const
  return [
    'COALESCE(o.has_partner, FALSE) AS has_partner',
    ...usedOfPartner(plan).map(({ index, node }) => `COALESCE(o.q${index}, ${fillers[node.type]}) AS q${index}`),
  ]
}

const orderBy = (keys: readonly PlanKey[]): string => keys.map(({ ascending }, i) => `v${i} ${ascending ? 'ASC' : 'DESC'} NULLS LAST`).join(', ')

/**
 * `candidates`: of every household the best by the keys; equals within it by key.
 * @param keyed the outputs of the relation `keyed`, where members do not have their keys yet
 * @param lot of a member `m`, NULL where none is drawn
 */
function candidateStatement(plan: Plan, scenario: Scenario, keyed: readonly Output[] | undefined, lot: string): string {
  const own = plan.keys.flatMap(({ shown }, i) => [`m.v${i}`, ...(shown.kind === 'member' ? [`m.m${i}`] : [])])
  const columns = ['m.n', 'm.key', 'm.household', 'm.list', `${lot} AS lot`, ...(keyed ? keyColumns(plan, keyed) : own)]
  const standing = `SELECT ${columns.join(', ')} FROM members m ${keyed ? 'JOIN keyed x ON x.n = m.n ' : ''}WHERE m.stands AND m.list IS NOT NULL`
  if (!scenario.household) return `CREATE TEMP VIEW candidates AS ${standing}`
  const inHousehold = `row_number() OVER (PARTITION BY household ORDER BY ${orderBy(plan.keys)}, key) AS in_household`
  return `CREATE TEMP TABLE candidates AS SELECT * FROM (SELECT *, ${inHousehold} FROM (${standing}) standing) numbered WHERE in_household = 1`
}

/** As `lotOf` draws it. */
const lotText = ({ digest }: Dialect, { name }: Scenario, seed: string): string => digest(`${quoted(`${seed}\n${name}\n`)} || m.key`)

/** What tells equals apart in a shared place, and what orders them in the end. */
const amongEquals: Readonly<Record<Scenario['equals'], { readonly same: readonly string[]; readonly last: readonly string[] }>> = {
  share: { same: [], last: ['key'] },
  lot: { same: ['lot'], last: ['lot', 'key'] },
}

/** Whether one of the equals `p` across the last place gets one. */
const takenAtLast: Readonly<Record<Scenario['cutoff'], string>> = {
  all: 'TRUE',
  none: 'FALSE',
  lot: 'row_number() OVER (PARTITION BY p.list, p.place ORDER BY lot, key) <= places - (p.place - 1)',
}

/** `placed`: candidates in order within their list; `results`: who is within the quota. Expects the relation of quotas (list, places). */
export function placeStatements({ keys }: Plan, scenario: Scenario): readonly string[] {
  const order = orderBy(keys)
  const { last, same } = amongEquals[scenario.equals]
  const differs = keys.map((_, i) => `WHEN v${i} IS DISTINCT FROM LAG(v${i}) OVER before THEN ${i}`).join(' ')
  return [
    `CREATE TEMP TABLE placed AS SELECT c.*,
      row_number() OVER before AS i,
      RANK() OVER (PARTITION BY list ORDER BY ${[order, ...same].join(', ')}) AS place,
      CASE WHEN row_number() OVER before = 1 THEN NULL ${differs} ELSE -1 END AS decided
      FROM candidates c WINDOW before AS (PARTITION BY list ORDER BY ${[order, ...last].join(', ')})`,
    ...resultStatements(scenario),
  ]
}

/** `edges`: in each list, how many share the place of the last one taken; `results`: first round. Equals across the last place are settled as the scenario says. */
function resultStatements(scenario: Scenario): readonly string[] {
  const across = 'p.place + equals - 1 > places'
  const taken = takenAtLast[scenario.cutoff]
  return [
    `CREATE TEMP TABLE edges AS SELECT list, place, equals FROM
      (SELECT list, place, COUNT(*) AS equals, row_number() OVER (PARTITION BY list ORDER BY place DESC) AS from_last
        FROM placed JOIN ${quotaTable} USING (list) WHERE place <= places GROUP BY list, place) shared
      WHERE from_last = 1`,
    `CREATE TEMP VIEW results AS SELECT p.*, q.places,
      CASE WHEN places IS NULL THEN NULL WHEN ${across} THEN CASE WHEN ${taken} THEN 'admitted' ELSE 'boundary' END WHEN i <= places THEN 'admitted' ELSE 'waiting' END AS result,
      CASE WHEN ${across} THEN equals ELSE 0 END AS tied
      FROM placed p LEFT JOIN ${quotaTable} q ON q.list = p.list LEFT JOIN edges e ON e.list = p.list AND e.place = p.place`,
  ]
}

/** Everybody who was not admitted, best first over all lists, for what is left after the first round. */
export function waitingQuery(plan: Plan, scenario: Scenario): string {
  const order = orderBy(plan.keys)
  const { last, same } = amongEquals[scenario.equals]
  const equals = `RANK() OVER (ORDER BY ${[order, ...same].join(', ')}) AS equals`
  return `SELECT n, list, lot, key, ${equals} FROM results WHERE result <> 'admitted' ORDER BY ${[order, ...last].join(', ')}`
}
