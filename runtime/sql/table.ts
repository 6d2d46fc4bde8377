// A table as it is written: its columns as SQL, with the words that all tables share.

import type { Policy, Scenario } from '../ir/schema.ts'
import { type State, states } from '../outcome.ts'
import type { Plan } from '../plan/plan.ts'
import { bitOf, wordOf } from '../plan/value.ts'
import type { Language } from '../problems.ts'
import type { Run } from '../run.ts'
import { sourcesOf } from '../sources.ts'
import { noteName, stateNamesIn } from '../state-names.ts'
import type { Dialect } from './dialect.ts'
import { fileWords } from './file-words.ts'
import { quoted } from './quote.ts'

export interface OutputColumn {
  readonly name: string
  /** An SQL expression of its text; NULL where there is nothing to say. */
  readonly text: string
  /** Decimals, of a column of numbers. */
  readonly places?: number
}

export interface Table {
  readonly columns: readonly OutputColumn[]
  readonly from: string
  readonly order: string
}

/**
 * A whole number of units of 10^-places as plain decimal text, without zeros at its end. (Cases by the last digit that is not 0 are four
 * times as fast as taking zeros off.)
 * @param value a column
 */
export function decimalText({ divide }: Dialect, value: string, places: number): string {
  // Sixteen digits hold every whole number that an engine may give; the product of decimals is exact.
  const withPlaces = (left: number, units: string) =>
    left === 0 ? `CAST(${units} AS VARCHAR)` : `CAST(CAST(${units} AS DECIMAL(16, 0)) * 0.${'1'.padStart(left, '0')} AS VARCHAR)`
  const cases = Array.from({ length: places }, (_, left) => {
    const unit = 10 ** (places - left)
    return `WHEN ${value} % ${unit} = 0 THEN ${withPlaces(left, divide(value, String(unit)))} `
  })
  return places === 0 ? withPlaces(0, value) : `CASE ${cases.join('')}ELSE ${withPlaces(places, value)} END`
}

const place = (state: State): number => states.indexOf(state)

/** The number where the state leaves it standing, 0 for 清零, empty otherwise: the receipt keeps it. */
export const totalText = (state: string, points: string): string =>
  `CASE WHEN ${state} = ${place('cleared')} THEN '0' WHEN ${state} IN (${place('valid')}, ${place('undecided')}, ${place('not_in_force')}) THEN ${points} END`

/** The name of a state, as the policy calls it. */
export function stateText(state: string, policy: Policy, scenario: Scenario | undefined, language: Language): string {
  const names = stateNamesIn(policy, scenario)
  return `CASE ${state} ${states.map((name, i) => `WHEN ${i} THEN ${quoted(names[name][language])}`).join(' ')} END`
}

/** The facts that are awaited, by name; NULL where nothing is. @param word the column of the i-th word of bits */
export function awaitingText(
  { hasBit }: Dialect,
  { facts, awaiting }: Pick<Plan, 'facts' | 'awaiting'>,
  word: (i: number) => string,
  language: Language,
): string {
  const names = facts.flatMap(({ name }, i) => (awaiting[wordOf(i)] ? [`CASE WHEN ${hasBit(word(wordOf(i)), bitOf(i))} THEN ${quoted(name)} END`] : []))
  return names.length === 0
    ? 'NULL'
    : `CASE WHEN ${awaitsAny(awaiting.length, word)} THEN concat_ws(${quoted(fileWords[language].and)}, ${names.join(', ')}) END`
}

/** Most wait for nothing, and pay for one comparison instead of one for each fact. */
export const awaitsAny = (words: number, word: (i: number) => string): string =>
  words === 0 ? 'FALSE' : Array.from({ length: words }, (_, i) => `${word(i)} <> 0`).join(' OR ')

/** What every row of a list says of the whole run: which invented values it may rest on, and whether it is a trial. */
export function runColumns(run: Run, language: Language): readonly OutputColumn[] {
  const w = fileWords[language]
  const rests = [...new Set(sourcesOf(run).unsourced.map((note) => noteName(note, language)))]
  return [
    ...(rests.length > 0 ? [{ name: w.unsourced, text: quoted(rests.join(w.and)) }] : []),
    ...(run.trial ? [{ name: w.trial, text: quoted(w.isTrial) }] : []),
  ]
}
