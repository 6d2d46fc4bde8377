// Lists of records: choosing, cutting and joining them, and turning them into values. A list that depends on something not
// known is not known as a whole.

import { addDays, addMonths, type CalendarDate, daysInMonth, fullMonths, makeDate, yearOf } from '../exact/date.ts'
import type { RecordValue } from '../facts.ts'
import { periodEnd, periodStart } from '../ir/names.ts'

/** The day in a field of a record. */
export const dayOf = (record: RecordValue, field: string): CalendarDate => record.get(field)?.value as CalendarDate

export interface Window {
  readonly low: CalendarDate
  readonly high: CalendarDate
}

/** The days after `on` − N up to `on`: the test is d > X − N, never d + N > X. */
export function lastWindow(on: CalendarDate, months: number, days: number): Window {
  return { low: addDays(addDays(addMonths(on, -months), -days), 1), high: on }
}

/** The full calendar years before that of `on`. */
export function calendarYears(on: CalendarDate, years: number): Window {
  const year = yearOf(on)
  return { low: makeDate(year - years, 1, 1), high: makeDate(year - 1, 12, daysInMonth(year - 1, 12)) }
}

/** Records dated in the window, or periods cut to it. */
export function inWindow(records: readonly RecordValue[], { low, high }: Window, field: string | undefined): readonly RecordValue[] {
  if (field !== undefined) return records.filter((record) => dayOf(record, field) >= low && dayOf(record, field) <= high)
  return records.flatMap((record) => {
    const [start, end] = [Math.max(dayOf(record, periodStart), low), Math.min(dayOf(record, periodEnd), high)]
    return start <= end ? [cut(record, start, end)] : []
  })
}

function cut(record: RecordValue, start: CalendarDate, end: CalendarDate): RecordValue {
  if (dayOf(record, periodStart) === start && dayOf(record, periodEnd) === end) return record
  return new Map([...record, [periodStart, { kind: 'date', value: start }], [periodEnd, { kind: 'date', value: end }]])
}

/** Takes the days of `others` out of periods, or the records dated on one of them. */
export function withoutPeriods(records: readonly RecordValue[], others: readonly RecordValue[], field: string | undefined): readonly RecordValue[] {
  const out = merged(others)
  if (field !== undefined) return records.filter((record) => !out.some(({ low, high }) => dayOf(record, field) >= low && dayOf(record, field) <= high))
  return records.flatMap((record) => {
    let start = dayOf(record, periodStart)
    const end = dayOf(record, periodEnd)
    const pieces: RecordValue[] = []
    for (const { low, high } of out) {
      if (high < start || low > end) continue
      if (low > start) pieces.push(cut(record, start, addDays(low, -1)))
      start = Math.max(start, addDays(high, 1))
    }
    if (start <= end) pieces.push(cut(record, start, end))
    return pieces
  })
}

/** Periods joined where they overlap or touch, in order. */
export function merged(periods: readonly RecordValue[]): readonly Window[] {
  const sorted = periods.map((record) => ({ low: dayOf(record, periodStart), high: dayOf(record, periodEnd) })).sort((a, b) => a.low - b.low)
  const runs: { low: CalendarDate; high: CalendarDate }[] = []
  for (const next of sorted) {
    const last = runs.at(-1)
    if (last && next.low <= addDays(last.high, 1)) last.high = Math.max(last.high, next.high)
    else runs.push({ ...next })
  }
  return runs
}

/**
 * The run that reaches `to`. A gap is no break when the day after the earlier end, moved on by the tolerance, is at the next
 * start or later; the gap before `to` is judged alike and never counted.
 */
export function unbroken(
  periods: readonly RecordValue[],
  to: CalendarDate,
  gap: { readonly months: number; readonly days: number },
  counted: boolean,
): readonly RecordValue[] {
  const runs = merged(
    periods
      .filter((record) => dayOf(record, periodStart) <= to)
      .map((record) => cut(record, dayOf(record, periodStart), Math.min(dayOf(record, periodEnd), to))),
  )
  const bridges = (end: CalendarDate, next: CalendarDate) => addDays(addMonths(addDays(end, 1), gap.months), gap.days) >= next
  const kept: Window[] = []
  let next = addDays(to, 1)
  for (const run of [...runs].reverse()) {
    if (!bridges(run.high, next)) break
    kept.unshift(run)
    next = run.low
  }
  const [first, last] = [kept[0], kept.at(-1)]
  const joined = counted && first && last ? [{ low: first.low, high: last.high }] : kept
  return joined.map(
    ({ low, high }) =>
      new Map([
        [periodStart, { kind: 'date', value: low }],
        [periodEnd, { kind: 'date', value: high }],
      ]),
  )
}

/** Whole months of every merged run; remainders do not add up across runs. */
export function monthsCovered(periods: readonly RecordValue[]): number {
  return merged(periods).reduce((sum, { low, high }) => sum + fullMonths(low, addDays(high, 1)), 0)
}
