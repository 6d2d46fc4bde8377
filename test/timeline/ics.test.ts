// The calendar file, read back by the rules of RFC 5545: folding by octets, escaping, identities, all-day events.

import { describe, expect, test } from 'vitest'
import { calendarFile, fold } from '../../runtime/timeline/ics.ts'
import { type DeadlineRule, timeline } from '../../runtime/timeline/timeline.ts'
import { rule } from './support.ts'

const extended = { extension: { amount: 5, unit: 'working_days' } } as const
const file = (more: Partial<DeadlineRule> = extended, from = '2025-03-03', policy = '桐乡市新市民积分') =>
  calendarFile(policy, timeline([rule(more)], new Map([['受理日', from]])), 'zh') ?? ''

/** The properties of each event, unfolded and unescaped. */
function events(text: string): readonly Readonly<Record<string, string>>[] {
  const lines = text.replaceAll('\r\n ', '').split('\r\n')
  const starts = lines.flatMap((line, i) => (line === 'BEGIN:VEVENT' ? [i] : []))
  return starts.map((start) =>
    Object.fromEntries(
      lines.slice(start + 1, lines.indexOf('END:VEVENT', start)).map((line) => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon), line.slice(colon + 1).replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char))]
      }),
    ),
  )
}
const identities = (text: string) => events(text).map((event) => event.UID)

describe('a calendar file', () => {
  test('has an all-day event for the day and one for the day to which it can be extended', () => {
    expect(events(file())).toMatchObject([
      { 'DTSTART;VALUE=DATE': '20250317', 'DTEND;VALUE=DATE': '20250318', DTSTAMP: '20250303T000000Z', SUMMARY: '审核：最迟' },
      { 'DTSTART;VALUE=DATE': '20250324', 'DTEND;VALUE=DATE': '20250325', DTSTAMP: '20250303T000000Z', SUMMARY: '审核：可延至' },
    ])
  })

  test('ends an event on the next day also at the end of a month', () =>
    expect(events(file({ amount: 28, unit: 'days' }))).toMatchObject([{ 'DTSTART;VALUE=DATE': '20250331', 'DTEND;VALUE=DATE': '20250401' }]))

  test('ends every line with CR and LF', () => {
    expect(file().startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:')).toBe(true)
    expect(file().endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true)
    expect(file().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('is the same each time, and keeps an identity when the rule is corrected', () => {
    expect(file()).toBe(file())
    expect(identities(file({ amount: 12, ...extended }))).toEqual(identities(file()))
  })

  test('has other identities for another policy, deadline, starting day and kind of day', () => {
    const all = [file(), file({ id: 'b', ...extended }), file(extended, '2025-03-04'), file(extended, '2025-03-03', '别的')].flatMap(identities)
    expect(new Set(all).size).toBe(8)
  })

  test('escapes what has a meaning of its own', () => {
    const name = 'a;b,c\\d\r\ne\u0007f'
    expect(file({ name, cites: ['三;四'] })).toContain('SUMMARY:a\\;b\\,c\\\\d\\ne f')
    expect(events(file({ name, cites: ['三;四'] }))[0]).toMatchObject({ SUMMARY: 'a;b,c\\d\ne f：最迟', DESCRIPTION: expect.stringContaining('三;四') })
  })

  test('is not made when no day is known', () => {
    expect(calendarFile('试', timeline([rule({})], new Map()), 'zh')).toBeUndefined()
    expect(calendarFile('试', timeline([rule({})], new Map([['受理日', '1990-01-01']])), 'zh')).toBeUndefined()
  })

  test('keeps the day when only its extension is not known', () =>
    expect(events(file({ unit: 'days', extension: { amount: 1, unit: 'working_days' } }, '2150-01-01'))).toMatchObject([{ 'DTSTART;VALUE=DATE': '21500111' }]))
})

describe('folding', () => {
  const octets = (text: string) => Buffer.byteLength(text, 'utf8')

  test.each([
    ['Chinese', '自受理日不超过十个工作日'.repeat(30)],
    ['rare characters of four octets', '𠮷𡘙'.repeat(60)],
    ['mixed', 'a审b𠮷'.repeat(60)],
    ['Latin', 'x'.repeat(300)],
  ])('%s text gives lines of 75 octets at most, without splitting a character', (_, text) => {
    const lines = fold(`DESCRIPTION:${text}`).split('\r\n')
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) {
      expect(octets(line)).toBeLessThanOrEqual(75)
      expect(line).not.toMatch(/\p{Surrogate}/u)
    }
    for (const line of lines.slice(1)) expect(line.startsWith(' ')).toBe(true)
    for (const line of lines.slice(0, -1)) expect(octets(line)).toBeGreaterThan(71)
    expect(lines.map((line, i) => (i === 0 ? line : line.slice(1))).join('')).toBe(`DESCRIPTION:${text}`)
  })

  test('leaves a line of 75 octets whole', () => {
    expect(fold('x'.repeat(75))).toBe('x'.repeat(75))
    expect(fold('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x`)
    expect(fold('审'.repeat(25))).not.toContain('\r')
  })

  test('holds for the lines of a whole file', () => {
    for (const line of file({ name: '积分申请材料审核'.repeat(9), cites: ['第三条第二款'.repeat(9)] }).split('\r\n'))
      expect(octets(line)).toBeLessThanOrEqual(75)
  })
})
