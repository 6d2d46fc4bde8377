// Deadlines and the days they count from in, the day of each deadline out. The first day is not counted; days and months
// simply add, whether or not the last day is worked. A day that cannot be told is a problem, never a guess.

import { addDays, addMonths, type CalendarDate, firstDate, formatDate, lastDate, parseDate } from '../exact/date.ts'
import type { Policy } from '../ir/schema.ts'
import { type Problem, type ProblemOf, problem } from '../problems.ts'
import { addWorkingDays, calendarYears } from './calendar.ts'

export interface Period {
  readonly amount: number
  readonly unit: 'working_days' | 'days' | 'months'
}

/** A deadline of a compiled policy. */
export interface DeadlineRule extends Period {
  readonly id: string
  readonly name: string
  /** The name of the day it is counted from, such as 受理日. */
  readonly from: string
  /** 提前: counted backwards. */
  readonly ahead: boolean
  readonly bound: 'at-most' | 'at-least'
  readonly extension?: Period | undefined
  readonly cites: readonly string[]
  /** Why no official text gives it. */
  readonly unsourced?: readonly string[]
}

/**
 * Why a day cannot be told. *calendar-unknown*: to say whether people work on `date` the notice for `year` is needed, and the calendar has those
 * from `first` to `last`. *outside-dates*: the day lies outside the days that the language knows. *extension-ahead*: counted backwards, an
 * extension may mean more time before the day or a later start, and the text has to say.
 */
export type TimelineProblem = ProblemOf<'calendar-unknown' | 'outside-dates' | 'extension-ahead'>

export type DeadlineEntry =
  | { readonly kind: 'not-given'; readonly rule: DeadlineRule }
  | ({ readonly kind: 'counted'; readonly extendedTo: string | undefined } & Dated)
  /** The day, or only the day to which it can be extended, cannot be told. */
  | ({ readonly kind: 'unknown'; readonly problem: TimelineProblem } & Omit<Dated, 'day'> & { readonly day: string | undefined })

interface Dated {
  readonly rule: DeadlineRule
  /** The date that was given for the day it is counted from. */
  readonly from: string
  /** The last day on which the thing can be done in time, or the first at whose close it may be. */
  readonly sense: 'latest' | 'earliest'
  readonly day: string
}

export type Timeline = { readonly ok: true; readonly entries: readonly DeadlineEntry[] } | { readonly ok: false; readonly problems: readonly Problem[] }

/** The deadlines of a policy, in its order. @param dates days such as 2025-03-03 by the name of the day, of those that something counts from */
export function timelineOf({ deadlines }: Policy, dates: ReadonlyMap<string, string>): Timeline {
  if (deadlines.length === 0) return { ok: false, problems: [problem('no-deadlines', '', '')] }
  const known = startingDays(deadlines)
  const problems = [...dates].flatMap(([name, date]) => {
    const day = parseDate(date)
    if (!known.includes(name)) return [problem('no-such-start', '', name, { known: known.join('、') })]
    return day === undefined || day < firstDate || day > lastDate ? [problem('no-such-day', name, date)] : []
  })
  return problems.length > 0 ? { ok: false, problems } : { ok: true, entries: timeline(deadlines, dates) }
}

/** One entry for each rule. @throws when a date that is used is none */
export function timeline(rules: readonly DeadlineRule[], dates: ReadonlyMap<string, string>): readonly DeadlineEntry[] {
  return rules.map((rule) => {
    const from = dates.get(rule.from)
    return from === undefined ? { kind: 'not-given', rule } : entryOf(rule, from)
  })
}

/** The names of the days that the rules count from, each once. */
export const startingDays = (rules: readonly DeadlineRule[]): readonly string[] => [...new Set(rules.map(({ from }) => from))]

function entryOf(rule: DeadlineRule, from: string): DeadlineEntry {
  const start = parseDate(from)
  if (start === undefined) throw new Error(`${rule.from} is no date: ${from}`)
  // Backwards the bounds change sides: at least 30 days before leaves no later day, at most 30 no earlier one.
  const sense = (rule.bound === 'at-most') === rule.ahead ? 'earliest' : 'latest'
  const end = count(rule.name, start, rule, rule.ahead ? -1 : 1)
  if (!end.ok) return { kind: 'unknown', rule, from, sense, day: undefined, problem: end.problem }
  const day = formatDate(end.date)
  if (!rule.extension) return { kind: 'counted', rule, from, sense, day, extendedTo: undefined }
  if (rule.ahead) return { kind: 'unknown', rule, from, sense, day, problem: { code: 'extension-ahead', column: rule.name, value: '', data: {} } }
  const extended = count(rule.name, end.date, rule.extension, 1)
  if (!extended.ok) return { kind: 'unknown', rule, from, sense, day, problem: extended.problem }
  return { kind: 'counted', rule, from, sense, day, extendedTo: formatDate(extended.date) }
}

type Count = { readonly ok: true; readonly date: CalendarDate } | { readonly ok: false; readonly problem: TimelineProblem }

function count(deadline: string, from: CalendarDate, { amount, unit }: Period, direction: 1 | -1): Count {
  const steps = amount * direction
  if (unit === 'working_days') {
    const counted = addWorkingDays(from, steps)
    if (counted.ok) return counted
    const { date, year } = counted
    const data = { date: formatDate(date), year: String(year), first: String(calendarYears[0]), last: String(calendarYears.at(-1)) }
    return { ok: false, problem: { code: 'calendar-unknown', column: deadline, value: '', data } }
  }
  const date = unit === 'days' ? addDays(from, steps) : addMonths(from, steps)
  if (date >= firstDate && date <= lastDate) return { ok: true, date }
  return { ok: false, problem: { code: 'outside-dates', column: deadline, value: '', data: { first: formatDate(firstDate), last: formatDate(lastDate) } } }
}
