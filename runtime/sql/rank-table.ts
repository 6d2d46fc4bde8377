// The ranking as it is written: one row for each applicant who was not rejected, with the reason for the place or for having none.

import { keyColumn } from '../ir/names.ts'
import type { Policy, Scenario } from '../ir/schema.ts'
import { stateRules } from '../ir/states.ts'
import { mentionsPartner } from '../ir/walk.ts'
import { states } from '../outcome.ts'
import { mainTotalOf, type Plan } from '../plan/plan.ts'
import { rankedScenario } from '../rank/rank.ts'
import type { Run } from '../run.ts'
import { resultNames } from '../state-names.ts'
import type { Dialect } from './dialect.ts'
import { quoted } from './quote.ts'
import { awaitingText, decimalText, runColumns, stateText, type Table, totalText } from './table.ts'

/** Why somebody takes no part though the state alone would let them. */
const fixedAsides = {
  'other-member': '由配偶（同户另一方）参加排名',
  'cannot-pay': '可兑换的分值不足',
  'household-open': '同户另一方待定，这一户暂不排名',
} as const

/** What decides among equals by all keys. */
const decidedLast: Readonly<Record<Scenario['equals'], string>> = { share: '各项相同', lot: '抽签' }

/** Columns are in Chinese in both languages, as the columns of facts are. */
export function rankTable(run: Run, plan: Plan, dialect: Dialect): Table {
  const { policy } = run
  const scenario = rankedScenario(run)
  const keyNames = scenario.keys.map(({ id }) => policy.labels[id]?.zh ?? id)
  const decided = keyNames.map((name, i) => `WHEN ${i} THEN ${quoted(name)}`).join(' ')
  const results = resultNames(scenario)
  const outcome = Object.entries(results)
    .map(([result, text]) => `WHEN ${quoted(result)} THEN ${quoted(text)}`)
    .join(' ')
  const total = mainTotalOf(run, plan)
  const taken = scenario.secondRound ? "WHEN second = 'admitted' THEN '2' WHEN second IS NOT NULL THEN NULL" : ''
  return {
    columns: [
      { name: keyColumn, text: 'key' },
      { name: '名单', text: "NULLIF(list, '')" },
      { name: '名次', text: 'CAST(place AS VARCHAR)', places: 0 },
      { name: '状态', text: stateText('settled', policy, scenario) },
      {
        name: '总分',
        text: totalText('settled', total ? decimalText(dialect, 'total', total.places) : 'NULL'),
        ...(total ? { places: total.places } : {}),
      },
      ...plan.keys.map((key, i) => ({
        name: `排序${i + 1} ${keyNames[i]}`,
        text: shownKey(dialect, key, i),
        ...(key.shown.kind === 'decimal' ? { places: key.shown.places } : {}),
      })),
      { name: '区分项', text: `CASE decided ${decided} WHEN -1 THEN ${quoted(decidedLast[scenario.equals])} END` },
      { name: '结果', text: `CASE ${scenario.secondRound ? 'COALESCE(second, result)' : 'result'} ${outcome} END` },
      { name: '轮次', text: `CASE ${taken} WHEN result = 'admitted' THEN '1' END`, places: 0 },
      { name: '说明', text: "NULLIF(remark, '')" },
      ...runColumns(run),
    ],
    from: `(SELECT *, ${remarks(policy, scenario, plan, dialect)} AS remark FROM ${settledRelation(scenario, plan)})`,
    order: 'place IS NULL, list, i, key',
  }
}

/** Everybody who was not rejected, with the place if there is one, the reason for having none, and the state that this leaves. */
function settledRelation(scenario: Scenario, plan: Plan): string {
  const [valid, undecided] = [states.indexOf('valid'), states.indexOf('undecided')]
  const open = ['no-household', 'no-list', 'main-unknown', 'household-open'].map(quoted).join(', ')
  const columns = [
    ...['m.key', 'm.state', 'm.until', 'm.total', 'r.list', 'r.place', 'r.i', 'r.decided', 'r.result', 'r.tied'],
    ...plan.awaiting.map((_, i) => `m.awaiting${i}`),
    ...plan.states.map((_, i) => `m.held${i}`),
    ...plan.keys.flatMap(({ shown }, i) => [`r.v${i}`, ...(shown.kind === 'member' ? [`r.m${i}`] : [])]),
    ...(scenario.secondRound ? ['x.result AS second'] : []),
    ...(scenario.household ? ['o.other', 'o.other_state', 'o.other_stands', 'm.stands'] : []),
    `${asideOf(scenario)} AS aside`,
  ]
  const placed = [
    `SELECT ${columns.join(', ')} FROM members m LEFT JOIN results r ON r.n = m.n`,
    ...(scenario.secondRound ? ['LEFT JOIN second x ON x.n = m.n'] : []),
    ...(scenario.household ? ['LEFT JOIN others o ON o.n = m.n'] : []),
    'WHERE NOT m.main_wrong',
  ].join(' ')
  return `(SELECT *, CASE WHEN aside IN (${open}) AND state = ${valid} THEN ${undecided} ELSE state END AS settled FROM (${placed}))`
}

/** Of members `m` and their results `r`. */
function asideOf({ household }: Scenario): string {
  const valid = states.indexOf('valid')
  const cases = [
    ...(household ? ["WHEN m.household IS NULL THEN 'no-household'"] : []),
    "WHEN m.main_open THEN 'main-unknown'",
    ...(household?.added ? ["WHEN NOT COALESCE(m.main, FALSE) THEN 'other-member'"] : []),
    `WHEN m.state = ${valid} AND NOT m.pays THEN 'cannot-pay'`,
    "WHEN m.counts AND m.list IS NULL THEN 'no-list'",
    "WHEN m.counts AND m.held_up THEN 'household-open'",
    "WHEN m.stands AND r.n IS NULL THEN 'other-member'",
  ]
  return `CASE ${cases.join(' ')} END`
}

/** A key of `results` as it is written. */
export function shownKey(dialect: Dialect, { shown }: Plan['keys'][number], i: number): string {
  switch (shown.kind) {
    case 'decimal':
      return decimalText(dialect, `v${i}`, shown.places)
    case 'date':
      return `heng_day_text(v${i})`
    case 'yesno':
      return `CASE v${i} WHEN 1 THEN '是' WHEN 0 THEN '否' END`
    case 'member':
      return `CASE WHEN v${i} IS NOT NULL THEN CASE m${i} ${shown.members.map((name, j) => `WHEN ${j} THEN ${quoted(name)}`).join(' ')} END END`
    case 'text':
      return `v${i}`
  }
}

/** What a rule of a state asks that is not so, or what is so. */
function whyOf(policy: Policy, scenario: Scenario, id: string): string {
  const rule = [...policy.states, ...scenario.states].find((candidate) => candidate.id === id)
  const condition = policy.labels[rule?.when?.label ?? '']?.zh
  if (condition === undefined) return policy.labels[id]?.zh ?? id
  return rule && !stateRules[rule.kind].where ? `不符合“${condition}”` : condition
}

/** Why somebody takes no part, with the names of the facts that would say it. */
function asidesIn({ household, quota }: Scenario): Readonly<Record<string, string>> {
  return {
    ...fixedAsides,
    'no-household': `未填${household?.key}，不能参加排名`,
    'no-list': `未填${quota?.by}，不能参加排名`,
    'main-unknown': `未填${household?.added?.to}，不能参加排名`,
  }
}

/** The other of the household; whose state lets nobody compete leaves the one alone, and both rows say so. */
function otherMember(policy: Policy, scenario: Scenario): string {
  const [valid, undecided] = [states.indexOf('valid'), states.indexOf('undecided')]
  const alone = scenario.household?.added ? "''" : "'，单独参加'"
  const state = `CASE WHEN other_state NOT IN (${valid}, ${undecided}) THEN '（' || ${stateText('other_state', policy, scenario)} || '）' || CASE WHEN stands THEN ${alone} ELSE '' END ELSE '' END`
  const stands = `CASE WHEN settled NOT IN (${valid}, ${undecided}) AND other_stands THEN ${alone} ELSE '' END`
  return `CASE WHEN other IS NOT NULL THEN '同户 ' || other || ${state} || ${stands} END`
}

/** What is said of those who got one of the last places, and of those who did not. */
const equalsAtLast: Readonly<Record<Scenario['cutoff'], { readonly taken: string; readonly left: string }>> = {
  all: { taken: '全取', left: '' },
  none: { taken: '', left: '不取' },
  lot: { taken: '抽签抽中', left: '抽签未抽中' },
}

/** What became of equals across the last place. */
function acrossLast({ cutoff, quota, secondRound }: Scenario): readonly string[] {
  if (!quota) return []
  const { taken, left } = equalsAtLast[cutoff]
  const first = `CASE WHEN tied > 0 THEN '末位同分，' || CASE result WHEN 'admitted' THEN ${quoted(taken)} ELSE ${quoted(left)} END END`
  return secondRound ? [`CASE WHEN second IS NULL THEN ${first} WHEN second = 'boundary' THEN '次轮末位同分，未取' END`] : [first]
}

function remarks(policy: Policy, scenario: Scenario, plan: Plan, dialect: Dialect): string {
  const unknown = plan.keys.map((_, i) => `v${i} IS NULL`).join(' OR ')
  const unknownNames = plan.keys.map((_, i) => `CASE WHEN v${i} IS NULL THEN ${quoted(policy.labels[scenario.keys[i]?.id ?? '']?.zh ?? '')} END`)
  const rules = plan.states.map(
    ({ rule, state }, i) => `CASE WHEN settled = ${states.indexOf(state)} AND held${i} THEN ${quoted(whyOf(policy, scenario, rule))} END`,
  )
  const parts = [
    ...rules,
    `CASE WHEN settled <> ${states.indexOf('valid')} AND until <> 0 THEN '至 ' || heng_day_text(until) END`,
    `CASE aside ${Object.entries(asidesIn(scenario))
      .map(([aside, text]) => `WHEN ${quoted(aside)} THEN ${quoted(text)}`)
      .join(' ')} END`,
    ...(scenario.household ? [otherMember(policy, scenario)] : []),
    ...(mentionsPartner(scenario.keys) ? ["CASE WHEN other IS NULL AND place IS NOT NULL THEN '无同户申请人' END"] : []),
    ...acrossLast(scenario),
    ...(plan.awaiting.length > 0 ? [`'待核实 ' || ${awaitingText(dialect, plan, (i) => `awaiting${i}`)}`] : []),
    ...(plan.keys.length > 0
      ? [`CASE WHEN place IS NOT NULL AND (${unknown}) THEN '排序依据不详（' || concat_ws('、', ${unknownNames.join(', ')}) || '），列于已知者之后' END`]
      : []),
  ]
  return `concat_ws('；', ${parts.join(', ')})`
}
