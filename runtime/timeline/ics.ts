// The days of a timeline as a calendar file: RFC 5545 text of all-day events. It has no clock: the same timeline always
// gives the same text, and an event that is imported again replaces itself.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { addDays, formatDate, parseDate } from '../exact/date.ts'
import type { Language } from '../problems.ts'
import { ruleText } from './print.ts'
import type { DeadlineEntry } from './timeline.ts'

type Dated = Exclude<DeadlineEntry, { kind: 'not-given' }>

const words = {
  zh: { latest: '最迟', earliest: '最早', extended: '可延至', clause: '依据', colon: '：' },
  en: { latest: 'latest day', earliest: 'earliest day', extended: 'extendable to', clause: 'clause', colon: ': ' },
} as const

/** The calendar file, one event for each day that is known; `undefined` when there is none. */
export function calendarFile(policy: string, entries: readonly DeadlineEntry[], language: Language): string | undefined {
  const events = entries.flatMap((entry) => (entry.kind === 'not-given' ? [] : eventsOf(policy, entry, language)))
  if (events.length === 0) return undefined
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Heng//Timeline//ZH', 'CALSCALE:GREGORIAN', ...events.flat(), 'END:VCALENDAR']
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

function eventsOf(policy: string, entry: Dated, language: Language): readonly string[][] {
  if (entry.day === undefined) return []
  const { sense } = entry
  const extendedTo = entry.kind === 'counted' ? entry.extendedTo : undefined
  return [event(policy, entry, sense, entry.day, language), ...(extendedTo === undefined ? [] : [event(policy, entry, 'extended', extendedTo, language)])]
}

function event(policy: string, { rule, from }: Dated, role: 'latest' | 'earliest' | 'extended', day: string, language: Language): string[] {
  const w = words[language]
  const description = [ruleText(rule, language), `${rule.from}${w.colon}${from}`, policy, ...rule.cites.map((clause) => `${w.clause}${w.colon}${clause}`)]
  return [
    'BEGIN:VEVENT',
    // Not of the day: a corrected rule moves the event. Of the starting day: another applicant's event is another one.
    `UID:${bytesToHex(sha256(utf8ToBytes(JSON.stringify([policy, rule.id, from, role])))).slice(0, 32)}@heng`,
    `DTSTAMP:${compact(from)}T000000Z`,
    `DTSTART;VALUE=DATE:${compact(day)}`,
    `DTEND;VALUE=DATE:${compact(formatDate(addDays(parseDate(day)!, 1)))}`,
    `SUMMARY:${escaped(`${rule.name}${w.colon}${w[role]}`)}`,
    `DESCRIPTION:${escaped(description.join('\n'))}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

const compact = (date: string) => date.replaceAll('-', '')

const escaped = (text: string) =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')

/** Lines of 75 octets at most; a character's octets stay together, and the blank that opens a further line counts. */
export function fold(line: string): string {
  let folded = ''
  let octets = 0
  for (const char of line) {
    const size = utf8ToBytes(char).length
    if (octets + size > 75) {
      folded += '\r\n '
      octets = 1
    }
    folded += char
    octets += size
  }
  return folded
}
