// The working days against the State Council's notices, and that a day which no notice settles has no answer.

import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { addDays, dayNumber, formatDate, makeDate, parseDate } from '../../runtime/exact/date.ts'
import { addWorkingDays, calendarYears, isWorkingDay, missingYear } from '../../runtime/timeline/calendar.ts'
import { root } from '../cli/run.ts'

const day = (text: string) => parseDate(text)!
const daysOf = (year: number) => {
  const first = makeDate(year, 1, 1)
  return Array.from({ length: dayNumber(makeDate(year + 1, 1, 1)) - dayNumber(first) }, (_, i) => addDays(first, i))
}
const weekend = (date: number) => [2, 3].includes(((dayNumber(date) % 7) + 7) % 7)

/** From www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm and 202511/content_7047091.htm. */
const notices: Readonly<Record<number, { readonly off: readonly (readonly [string, string])[]; readonly worked: readonly string[] }>> = {
  2025: {
    off: [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    off: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
}

describe('the calendar', () => {
  test.each(Object.keys(notices).map(Number))('agrees with the notice for %i on every day that is settled', (year) => {
    const { off, worked } = notices[year]!
    for (const date of daysOf(year).filter((date) => missingYear(date) === undefined)) {
      const written = formatDate(date).slice(5)
      const rests = off.some(([first, last]) => first <= written && written <= last) || (weekend(date) && !worked.includes(written))
      expect({ written, works: isWorkingDay(date) }).toEqual({ written, works: !rests })
    }
  })

  test('does not depend on the time zone of the machine', () => {
    const script = `import { isWorkingDay } from '${root}/runtime/timeline/calendar.ts'; console.log(isWorkingDay(20251001), isWorkingDay(20250928), isWorkingDay(20250930))`
    for (const TZ of ['America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati']) {
      const run = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ }, encoding: 'utf8' })
      expect(run.trim()).toBe('false true true')
    }
  })
})

describe('the years that are known', () => {
  test('are those of the data, without a gap and without a year of which only a part is there', () => {
    const data = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as Readonly<Record<'holidays' | 'workdays', Record<string, string>>>
    const named = new Set([...Object.keys(data.holidays), ...Object.keys(data.workdays)].map((date) => Number(date.slice(0, 4))))
    expect(calendarYears).toEqual([...named].sort((a, b) => a - b))
    expect(calendarYears.at(-1)! - calendarYears[0]! + 1).toBe(calendarYears.length)
    for (const year of calendarYears) expect(Object.keys(data.holidays).filter((date) => date.startsWith(`${year}`)).length).toBeGreaterThan(15)
  })

  test('leave no answer before the first and after the last', () => {
    const [first, last] = [calendarYears[0]!, calendarYears.at(-1)!]
    expect(missingYear(makeDate(first - 1, 12, 31))).toBe(first - 1)
    expect(missingYear(makeDate(first, 1, 1))).toBeUndefined()
    expect(missingYear(makeDate(last, 12, 24))).toBeUndefined()
    expect(missingYear(makeDate(last + 1, 1, 1))).toBe(last + 1)
    expect(() => isWorkingDay(makeDate(last + 1, 1, 1))).toThrow()
  })

  test('do not settle the last week of December by themselves', () => {
    const last = calendarYears.at(-1)!
    expect(missingYear(makeDate(last, 12, 25))).toBe(last + 1)
    expect(missingYear(makeDate(last - 1, 12, 31))).toBeUndefined()
    // Why: this Saturday and this Monday were settled by the notice for 2019.
    expect([isWorkingDay(day('2018-12-29')), isWorkingDay(day('2018-12-31'))]).toEqual([true, false])
  })
})

describe('counting', () => {
  test('forwards and backwards comes back to a working day', () => {
    for (const date of daysOf(2025).filter(isWorkingDay)) {
      for (const count of [1, 5, 30]) {
        const there = addWorkingDays(date, count)
        if (there.ok) expect(addWorkingDays(there.date, -count)).toEqual({ ok: true, date })
      }
    }
  })

  test('by no days stays', () => expect(addWorkingDays(day('2025-10-01'), 0)).toEqual({ ok: true, date: day('2025-10-01') }))
})
