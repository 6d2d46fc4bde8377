// The ranking as it is written: one row for each applicant who was not rejected, with the reason for the place or for having none.

import type { Policy, Scenario } from '../ir/schema.ts'
import { stateRules } from '../ir/states.ts'
import { mentionsPartner } from '../ir/walk.ts'
import { states } from '../outcome.ts'
import { mainTotalOf, type Plan } from '../plan/plan.ts'
import type { Language } from '../problems.ts'
import { rankedScenario } from '../rank/rank.ts'
import type { Run } from '../run.ts'
import { resultNames } from '../state-names.ts'
import type { Dialect } from './dialect.ts'
import { fileWords } from './file-words.ts'
import { quoted } from './quote.ts'
import { awaitingText, decimalText, runColumns, stateText, type Table, totalText } from './table.ts'

export function rankTable(run: Run, plan: Plan, dialect: Dialect, language: Language): Table {
  const { policy } = run
  const w = fileWords[language]
  const scenario = rankedScenario(run)
  const keyNames = scenario.keys.map(({ id }) => policy.labels[id]?.[language] ?? id)
  const decided = keyNames.map((name, i) => `WHEN ${i} THEN ${quoted(name)}`).join(' ')
  const results = resultNames(scenario, language)
  const outcome = Object.entries(results)
    .map(([result, text]) => `WHEN ${quoted(result)} THEN ${quoted(text)}`)
    .join(' ')
  const total = mainTotalOf(run, plan)
  const taken = scenario.secondRound ? "WHEN second = 'admitted' THEN '2' WHEN second IS NOT NULL THEN NULL" : ''
  return {
    columns: [
      { name: w.key, text: 'key' },
      { name: w.list, text: "NULLIF(list, '')" },
      { name: w.place, text: 'CAST(place AS VARCHAR)', places: 0 },
      { name: w.state, text: stateText('settled', policy, scenario, language) },
      {
        name: w.total,
        text: totalText('settled', total ? decimalText(dialect, 'total', total.places) : 'NULL'),
        ...(total ? { places: total.places } : {}),
      },
      ...plan.keys.map((key, i) => ({
        name: `${w.rankKey}${i + 1} ${keyNames[i]}`,
        text: shownKey(dialect, key, i, language),
        ...(key.shown.kind === 'decimal' ? { places: key.shown.places } : {}),
      })),
      { name: w.decidedBy, text: `CASE decided ${decided} WHEN -1 THEN ${quoted(w.decidedLast[scenario.equals])} END` },
      { name: w.result, text: `CASE ${scenario.secondRound ? 'COALESCE(second, result)' : 'result'} ${outcome} END` },
      { name: w.round, text: `CASE ${taken} WHEN result = 'admitted' THEN '1' END`, places: 0 },
      { name: w.remark, text: "NULLIF(remark, '')" },
      ...runColumns(run, language),
    ],
    from: `(SELECT *, ${remarks({ policy, scenario, plan, dialect, language })} AS remark FROM ${settledRelation(scenario, plan)})`,
    order: 'place IS NULL, list, i, key',
  }
}

/** How many take no part because it is not decided whether they may: each of them may still take a place. */
export const undecidedCount = (scenario: Scenario, plan: Plan): string =>
  `SELECT COUNT(*) FROM ${settledRelation(scenario, plan)} WHERE settled = ${states.indexOf('undecided')}`

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
export function shownKey(dialect: Dialect, { shown }: Plan['keys'][number], i: number, language: Language): string {
  switch (shown.kind) {
    case 'decimal':
      return decimalText(dialect, `v${i}`, shown.places)
    case 'date':
      return `heng_day_text(v${i})`
    case 'yesno':
      return `CASE v${i} WHEN 1 THEN ${quoted(fileWords[language].yes)} WHEN 0 THEN ${quoted(fileWords[language].no)} END`
    case 'member':
      return `CASE WHEN v${i} IS NOT NULL THEN CASE m${i} ${shown.members.map((name, j) => `WHEN ${j} THEN ${quoted(name)}`).join(' ')} END END`
    case 'text':
      return `v${i}`
  }
}

/** What a rule of a state asks that is not so, or what is so. */
function whyOf({ policy, scenario, language }: Wording, id: string): string {
  const rule = [...policy.states, ...scenario.states].find((candidate) => candidate.id === id)
  const condition = policy.labels[rule?.when?.label ?? '']?.[language]
  if (condition === undefined) return policy.labels[id]?.[language] ?? id
  return rule && !stateRules[rule.kind].where ? fileWords[language].notMet(condition) : condition
}

/** Why somebody takes no part, with the names of the facts that would say it. */
function asidesIn({ household, quota }: Scenario, language: Language): Readonly<Record<string, string>> {
  const w = fileWords[language]
  return {
    'other-member': w.otherMember,
    'cannot-pay': w.cannotPay,
    'household-open': w.householdOpen,
    'no-household': w.notGiven(household?.key),
    'no-list': w.notGiven(quota?.by),
    'main-unknown': w.notGiven(household?.added?.to),
  }
}

/** The other of the household; whose state lets nobody compete leaves the one alone, and both rows say so. */
function otherMember({ policy, scenario, language }: Wording): string {
  const w = fileWords[language]
  const [valid, undecided] = [states.indexOf('valid'), states.indexOf('undecided')]
  const alone = scenario.household?.added ? "''" : quoted(w.alone)
  const state = `CASE WHEN other_state NOT IN (${valid}, ${undecided}) THEN ${quoted(w.bracket[0])} || ${stateText('other_state', policy, scenario, language)} || ${quoted(w.bracket[1])} || CASE WHEN stands THEN ${alone} ELSE '' END ELSE '' END`
  const stands = `CASE WHEN settled NOT IN (${valid}, ${undecided}) AND other_stands THEN ${alone} ELSE '' END`
  return `CASE WHEN other IS NOT NULL THEN ${quoted(w.household)} || other || ${state} || ${stands} END`
}

/** What became of equals across the last place. */
function acrossLast({ cutoff, quota, secondRound }: Scenario, language: Language): readonly string[] {
  const w = fileWords[language]
  if (!quota) return []
  const { taken, left } = w.atLast[cutoff]
  const first = `CASE WHEN tied > 0 THEN ${quoted(w.equalsAtLast)} || CASE result WHEN 'admitted' THEN ${quoted(taken)} ELSE ${quoted(left)} END END`
  return secondRound ? [`CASE WHEN second IS NULL THEN ${first} WHEN second = 'boundary' THEN ${quoted(w.equalsInSecond)} END`] : [first]
}

/** What the words of a ranking are made of. */
export interface Wording {
  readonly policy: Policy
  readonly scenario: Scenario
  readonly plan: Plan
  readonly dialect: Dialect
  readonly language: Language
}

function remarks(wording: Wording): string {
  const { policy, scenario, plan, dialect, language } = wording
  const w = fileWords[language]
  const unknown = plan.keys.map((_, i) => `v${i} IS NULL`).join(' OR ')
  const unknownNames = plan.keys.map((_, i) => `CASE WHEN v${i} IS NULL THEN ${quoted(policy.labels[scenario.keys[i]?.id ?? '']?.[language] ?? '')} END`)
  const rules = plan.states.map(({ rule, state }, i) => `CASE WHEN settled = ${states.indexOf(state)} AND held${i} THEN ${quoted(whyOf(wording, rule))} END`)
  const parts = [
    ...rules,
    `CASE WHEN settled <> ${states.indexOf('valid')} AND until <> 0 THEN ${quoted(w.until)} || heng_day_text(until) END`,
    `CASE aside ${Object.entries(asidesIn(scenario, language))
      .map(([aside, text]) => `WHEN ${quoted(aside)} THEN ${quoted(text)}`)
      .join(' ')} END`,
    ...(scenario.household ? [otherMember(wording)] : []),
    ...(mentionsPartner(scenario.keys) ? [`CASE WHEN other IS NULL AND place IS NOT NULL THEN ${quoted(w.noHousehold)} END`] : []),
    ...acrossLast(scenario, language),
    ...(plan.awaiting.length > 0 ? [`${quoted(`${w.awaiting} `)} || ${awaitingText(dialect, plan, (i) => `awaiting${i}`, language)}`] : []),
    ...(plan.keys.length > 0
      ? [
          `CASE WHEN place IS NOT NULL AND (${unknown}) THEN ${quoted(w.keysOpen[0])} || concat_ws(${quoted(w.and)}, ${unknownNames.join(', ')}) || ${quoted(w.keysOpen[1])} END`,
        ]
      : []),
  ]
  return `concat_ws(${quoted(w.next)}, ${parts.join(', ')})`
}
