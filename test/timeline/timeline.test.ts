// The days of deadlines, worked out by hand from the notices, and the days that cannot be told.

import { describe, expect, test } from 'vitest'
import { addDays, formatDate, makeDate } from '../../runtime/exact/date.ts'
import type { Deadline } from '../../runtime/ir/schema.ts'
import { describeProblem } from '../../runtime/problems.ts'
import { calendarYears } from '../../runtime/timeline/calendar.ts'
import { printTimeline, ruleText } from '../../runtime/timeline/print.ts'
import { type DeadlineRule, startingDays, timeline, timelineOf } from '../../runtime/timeline/timeline.ts'
import { policyOf } from '../runtime/support.ts'
import { rule } from './support.ts'

const entry = (from: string, more: Partial<DeadlineRule>) => timeline([rule(more)], new Map([['受理日', from]]))[0]!
const counted = (from: string, more: Partial<DeadlineRule>) => {
  const found = entry(from, more)
  return found.kind === 'counted' ? [found.sense, found.day, found.extendedTo] : found
}
const last = calendarYears.at(-1)!
const first = calendarYears[0]!

describe('working days', () => {
  test('do not count the first day', () => expect(counted('2025-03-03', { amount: 1 })).toEqual(['latest', '2025-03-04', undefined]))
  test('skip weekends', () => expect(counted('2025-03-03', {})).toEqual(['latest', '2025-03-17', undefined]))
  test('may be counted from a day of rest', () => expect(counted('2025-03-01', { amount: 1 })).toEqual(['latest', '2025-03-03', undefined]))

  test('at National Day 2025 skip eight days and take in two worked weekend days', () => {
    // 26 September is a Friday: Sunday the 28th, 29, 30, then 9, 10, Saturday the 11th, 13, 14, 15, 16.
    expect(counted('2025-09-26', {})).toEqual(['latest', '2025-10-16', undefined])
    expect(counted('2025-09-26', { amount: 1 })).toEqual(['latest', '2025-09-28', undefined])
    expect(counted('2025-09-30', { amount: 3 })).toEqual(['latest', '2025-10-11', undefined])
    expect(counted('2025-10-01', { amount: 1 })).toEqual(['latest', '2025-10-09', undefined])
  })

  test('at Spring Festival 2025 and 2026', () => {
    // Friday 24 January 2025: Sunday the 26th, 27, then 5, 6, 7 and Saturday 8 February.
    expect(counted('2025-01-24', { amount: 6 })).toEqual(['latest', '2025-02-08', undefined])
    // Friday 13 February 2026: Saturday the 14th, then 24, 25, 26, 27, Saturday the 28th.
    expect(counted('2026-02-13', { amount: 6 })).toEqual(['latest', '2026-02-28', undefined])
  })

  test('run across the end of a year that is followed by a known one', () => {
    expect(counted('2025-12-30', { amount: 2 })).toEqual(['latest', '2026-01-04', undefined])
    expect(counted('2018-12-28', { amount: 2 })).toEqual(['latest', '2019-01-02', undefined])
  })

  test('give the day to which they can be extended, counted on from the last day', () =>
    expect(counted('2025-03-03', { extension: { amount: 5, unit: 'working_days' } })).toEqual(['latest', '2025-03-17', '2025-03-24']))

  test('backwards take in worked weekend days too', () => {
    expect(counted('2025-10-09', { amount: 3, ahead: true, bound: 'at-least' })).toEqual(['latest', '2025-09-28', undefined])
    expect(counted('2025-02-05', { amount: 2, ahead: true, bound: 'at-least' })).toEqual(['latest', '2025-01-26', undefined])
  })
})

describe('bounds', () => {
  test.each([
    ['at-most', false, 'latest', '2025-03-31'],
    ['at-least', false, 'earliest', '2025-03-31'],
    ['at-least', true, 'latest', '2025-01-30'],
    ['at-most', true, 'earliest', '2025-01-30'],
  ] as const)('%s, ahead: %s, gives the %s day', (bound, ahead, sense, day) =>
    expect(counted('2025-03-01', { bound, ahead, amount: 30, unit: 'days' })).toEqual([sense, day, undefined]),
  )
})

describe('days and months', () => {
  test('simply add, whether or not the last day is worked', () =>
    expect(counted('2025-09-21', { amount: 10, unit: 'days' })).toEqual(['latest', '2025-10-01', undefined]))

  test('months end on the last day of a shorter month', () => {
    expect(counted('2025-01-31', { amount: 1, unit: 'months' })).toEqual(['latest', '2025-02-28', undefined])
    expect(counted('2024-01-31', { amount: 1, unit: 'months' })).toEqual(['latest', '2024-02-29', undefined])
    expect(counted('2025-05-31', { amount: 3, unit: 'months', ahead: true })).toEqual(['earliest', '2025-02-28', undefined])
  })

  test('take an extension of another unit', () =>
    expect(counted('2025-01-31', { amount: 1, unit: 'months', extension: { amount: 10, unit: 'days' } })).toEqual(['latest', '2025-02-28', '2025-03-10']))

  test('need no calendar', () => {
    expect(counted('2150-12-31', { amount: 2, unit: 'days' })).toEqual(['latest', '2151-01-02', undefined])
    expect(counted('1950-01-31', { amount: 1, unit: 'months' })).toEqual(['latest', '1950-02-28', undefined])
  })

  test('outside the days of the language are a problem', () => {
    const problem = { code: 'outside-dates', column: '审核', data: { first: '1900-01-01', last: '2199-12-31' } }
    expect(entry('2199-12-31', { amount: 1, unit: 'days' })).toMatchObject({ kind: 'unknown', day: undefined, problem })
    expect(entry('1900-01-31', { amount: 1, unit: 'months', ahead: true })).toMatchObject({ kind: 'unknown', day: undefined, problem })
    expect(entry('2199-12-01', { amount: 1, unit: 'days', extension: { amount: 9000, unit: 'months' } })).toMatchObject({ day: '2199-12-02', problem })
  })
})

describe('a year without data', () => {
  const unknown = (year: number, date: string) => ({
    code: 'calendar-unknown',
    column: '审核',
    data: { year: String(year), date, first: String(first), last: String(last) },
  })

  test('after the data is a problem that names year and deadline', () =>
    expect(entry(`${last + 1}-03-01`, {})).toMatchObject({ kind: 'unknown', day: undefined, problem: unknown(last + 1, `${last + 1}-03-02`) }))

  test('before the data is a problem too', () =>
    expect(entry(`${first - 1}-03-01`, {})).toMatchObject({ kind: 'unknown', problem: unknown(first - 1, `${first - 1}-03-02`) }))

  test('backwards out of the first year is a problem', () =>
    expect(entry(`${first}-01-02`, { amount: 5, ahead: true })).toMatchObject({ kind: 'unknown', problem: unknown(first - 1, `${first - 1}-12-31`) }))

  test('is not needed for days that are not counted', () => {
    expect(entry(`${first - 1}-12-31`, { amount: 1 })).toMatchObject({ kind: 'counted' })
    expect(entry(`${last + 1}-01-01`, { amount: 1, ahead: true })).toMatchObject({ kind: 'unknown', problem: unknown(last + 1, `${last}-12-31`) })
  })

  test('that a period runs into is a problem', () =>
    expect(entry(`${last}-12-10`, { amount: 40 })).toMatchObject({ kind: 'unknown', day: undefined, problem: unknown(last + 1, `${last}-12-25`) }))

  test('that only the extension runs into leaves the day', () => {
    const found = entry(`${last}-12-01`, { amount: 5, extension: { amount: 40, unit: 'working_days' } })
    expect(found).toMatchObject({ kind: 'unknown', day: expect.stringMatching(`^${last}-12-`), problem: unknown(last + 1, `${last}-12-25`) })
  })

  test('is never guessed: no period of working days ends where the calendar does not reach', () => {
    for (let start = makeDate(last, 11, 1); start <= makeDate(last + 1, 2, 1); start = addDays(start, 1)) {
      const found = entry(formatDate(start), { amount: 10 })
      if (found.kind === 'counted') expect(found.day < `${last}-12-25`).toBe(true)
    }
  })

  test('is told in both languages, with year, deadline and remedy', () => {
    const found = entry(`${last + 1}-03-01`, {})
    if (found.kind !== 'unknown') throw new Error('expected a problem')
    for (const language of ['zh', 'en'] as const) {
      const { reason, remedy } = describeProblem(found.problem, language)
      for (const part of ['审核', `${last + 1}`, `${first}`, `${last}`]) expect(reason).toContain(part)
      expect(remedy).toContain('chinese-days')
    }
  })
})

describe('a timeline', () => {
  const rules = [
    rule({ extension: { amount: 5, unit: 'working_days' }, cites: ['三(二)'] }),
    rule({ id: 'b', name: '公示', from: '公示日', bound: 'at-least', amount: 5 }),
    rule({ id: 'c', name: '项目公布', from: '分配日', ahead: true, bound: 'at-least', amount: 30, unit: 'days', unsourced: ['原文未公布'] }),
  ]

  test('keeps the order and lists days that were not given', () => {
    const entries = timeline(rules, new Map([['分配日', '2025-03-01']]))
    expect(entries.map(({ kind, rule: { name } }) => [kind, name])).toEqual([
      ['not-given', '审核'],
      ['not-given', '公示'],
      ['counted', '项目公布'],
    ])
  })

  test('is that of a policy and the days that are given: others are told, and days that there are not', () => {
    const policy = policyOf(`
      指标 甲 { 基础 得1分 }
      总分 = 甲
      时限 公示 自 公示日 不少于5天`)
    expect(timelineOf(policy, new Map([['公示日', '2025-03-03']]))).toMatchObject({ ok: true, entries: [{ kind: 'counted', day: '2025-03-08' }] })
    const days = new Map([
      ['公示日', '2025-02-30'],
      ['受理日', '2025-03-03'],
    ])
    expect(timelineOf(policy, days)).toEqual({
      ok: false,
      problems: [
        { code: 'no-such-day', column: '公示日', value: '2025-02-30', data: {} },
        { code: 'no-such-start', column: '', value: '受理日', data: { known: '公示日' } },
      ],
    })
    const none = policyOf('指标 甲 { 基础 得1分 }\n总分 = 甲')
    expect(timelineOf(none, new Map())).toMatchObject({ ok: false, problems: [{ code: 'no-deadlines' }] })
  })

  test('names each day once that something counts from', () => expect(startingDays([...rules, ...rules])).toEqual(['受理日', '公示日', '分配日']))

  test('does not take a day for given that every object has', () =>
    expect(timeline([rule({ from: 'constructor' })], new Map())).toMatchObject([{ kind: 'not-given' }]))

  test('counts the deadlines of a compiled policy', () => {
    const compiled: Deadline = { ...rule({}), cites: [], auditedBy: [], unsourced: [], readings: [] }
    expect(timeline([compiled], new Map([['受理日', '2025-03-03']]))).toMatchObject([{ kind: 'counted', day: '2025-03-17' }])
  })

  test('refuses an extension of a deadline that counts backwards, since it may mean earlier or later', () =>
    expect(entry('2025-03-03', { ahead: true, extension: { amount: 5, unit: 'days' } })).toMatchObject({
      kind: 'unknown',
      day: '2025-02-17',
      problem: { code: 'extension-ahead' },
    }))

  test('is a table with aligned columns', () => {
    const dates = new Map([
      ['受理日', '2025-03-03'],
      ['分配日', '2025-03-31'],
    ])
    expect(printTimeline(timeline(rules, dates), 'zh').split('\n')).toEqual([
      '时限      规则                                     日期             可延至      依据',
      '审核      自受理日不超过10个工作日，可延5个工作日  最迟 2025-03-17  2025-03-24  三(二)',
      '公示      自公示日不少于5个工作日                  未给公示日',
      '项目公布  分配日前至少30天                         最迟 2025-03-01              待核 原文未公布',
    ])
    expect(printTimeline(timeline(rules, dates), 'en')).toContain('by 2025-03-17')
  })

  test('a length at most ahead is a window that ends on the day it is counted from', () => {
    const renewal = rule({ id: 'd', name: '签注', from: '满年之日', ahead: true, bound: 'at-most', amount: 1, unit: 'months' })
    expect(ruleText(renewal, 'zh')).toBe('满年之日前1个月内')
    expect(printTimeline(timeline([renewal], new Map([['满年之日', '2018-03-01']])), 'zh')).toContain('2018-02-01 至 2018-03-01')
    expect(printTimeline(timeline([renewal], new Map([['满年之日', '2018-03-01']])), 'en')).toContain('2018-02-01 to 2018-03-01')
  })

  test('says its rules in both languages', () => {
    expect(rules.map((one) => ruleText(one, 'zh'))).toEqual(['自受理日不超过10个工作日，可延5个工作日', '自公示日不少于5个工作日', '分配日前至少30天'])
    expect(rules.map((one) => ruleText(one, 'en'))).toEqual([
      'at most 10 working days after 受理日, extendable by 5 working days',
      'at least 5 working days after 公示日',
      'at least 30 days before 分配日',
    ])
    expect(ruleText(rule({ amount: 1, unit: 'months' }), 'en')).toBe('at most 1 month after 受理日')
  })
})
