// The official working days of the mainland, from the data of chinese-days: State Council notices, one for each year. Only
// the data is used: the library's functions depend on the machine's time zone, and call every weekday of a year that they
// do not know a working day. Here a day that no notice settles has no answer.

import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays, type CalendarDate, dayNumber, dayOf, formatDate, monthOf, yearOf } from '../exact/date.ts'

const holidays = new Set(Object.keys(data.holidays))
/** Saturdays and Sundays on which people work: 调休. */
const workedWeekends = new Set(Object.keys(data.workdays))

// Every notice names these three days; a year of which the data has but one has no notice yet.
const inEveryNotice = ['01-01', '05-01', '10-01']
const years = [...new Set([...holidays].map((date) => date.slice(0, 4)))].filter((year) => inEveryNotice.every((day) => holidays.has(`${year}-${day}`)))

/** The years that are known, ascending. */
export const calendarYears: readonly number[] = years.map(Number).sort((a, b) => a - b)

/** The year without whose notice nobody can say whether people work on `date`; `undefined` when it is known. */
export function missingYear(date: CalendarDate): number | undefined {
  const year = yearOf(date)
  if (!calendarYears.includes(year)) return year
  // The New Year's holiday reaches back: the notice for 2019 made Saturday 2018-12-29 a working day and Monday the 31st a holiday.
  const lastWeek = monthOf(date) === 12 && dayOf(date) >= 25
  return lastWeek && !calendarYears.includes(year + 1) ? year + 1 : undefined
}

/** Whether people work on `date`. @throws for a day that no notice settles; see `missingYear` */
export function isWorkingDay(date: CalendarDate): boolean {
  if (missingYear(date) !== undefined) throw new Error(`no notice settles ${formatDate(date)}`)
  const written = formatDate(date)
  // Day 0 was a Thursday; known years come after it.
  const weekday = (dayNumber(date) + 4) % 7
  return workedWeekends.has(written) || (weekday !== 0 && weekday !== 6 && !holidays.has(written))
}

export type Counted = { readonly ok: true; readonly date: CalendarDate } | { readonly ok: false; readonly date: CalendarDate; readonly year: number }

/**
 * The working day number `count` after `from`, or before it when `count` is negative; `from` itself is not counted. When a
 * day on the way is not settled, that day and the year that is missing.
 */
export function addWorkingDays(from: CalendarDate, count: number): Counted {
  const step = Math.sign(count)
  let date = from
  for (let left = Math.abs(count); left > 0; ) {
    date = addDays(date, step)
    const year = missingYear(date)
    if (year !== undefined) return { ok: false, date, year }
    if (isWorkingDay(date)) left--
  }
  return { ok: true, date }
}
