// A synthetic population for any policy: the same seed gives the same people, whatever their number. Every value is one that
// the policy accepts; none of them is of a real person, and every key says so.

import { addDays, type CalendarDate, dayNumber, firstDate, formatDate, fromDayNumber, lastDate, parseDate } from '../exact/date.ts'
import type { WrittenFacts } from '../facts.ts'
import { keyColumn, periodEnd, periodStart } from '../ir/names.ts'
import type { Fact, FactType, Policy } from '../ir/schema.ts'
import { type Draw, drawFor } from './draw.ts'
import type { ListSpread, Sample, Spread } from './sample.ts'

export interface Population {
  readonly policy: Policy
  readonly sample: Sample
  readonly seed: string
  /** The day from which dates are counted back. */
  readonly day: CalendarDate
}

/** Share of people of whom a fact is not known when nothing is said. */
const unknownShare = 0.02
const householdName = '合成户'

/** @param index from 0 */
export function personOf(population: Population, index: number): WrittenFacts {
  const { policy, sample, seed } = population
  const written: Record<string, string> = { [keyColumn]: `合成${String(index + 1).padStart(7, '0')}` }
  for (const fact of policy.facts) {
    const draw = drawFor(seed, fact.name, String(index))
    const own = (fact.type.kind === 'records' ? sample.lists : sample.facts).get(fact.name)?.unknown
    const unknown = own ?? (fact.required || fact.default !== undefined || fact.defaultKey || fact.unique ? 0 : unknownShare)
    written[fact.name] = !fact.required && draw.share() < unknown ? '' : writtenOf(population, fact, draw, index)
  }
  return written
}

function writtenOf(population: Population, fact: Fact, draw: Draw, index: number): string {
  const { type } = fact
  if (type.kind === 'records') return records(population, type, population.sample.lists.get(fact.name) ?? {}, draw)
  const own = population.sample.facts.get(fact.name) ?? {}
  if (own.households !== undefined || fact.defaultKey) return household(population, fact, own.households ?? 0, index)
  if (fact.unique && type.kind === 'number') return String(index + 1)
  if (fact.unique && type.kind === 'text') return `合成${index + 1}`
  if (fact.default !== undefined && Object.keys(own).length === 0) return fact.default
  return scalar(population, type, own, draw)
}

/** Neighbours share a household: the first and the second person, the third and the fourth. */
function household({ seed }: Population, fact: Fact, share: number, index: number): string {
  const pair = Math.floor(index / 2)
  const together = drawFor(seed, fact.name, `pair ${pair}`).share() < share
  return `${householdName}${together ? `${pair + 1}` : `${pair + 1}-${(index % 2) + 1}`}`
}

function records(population: Population, type: Extract<FactType, { kind: 'records' }>, spread: ListSpread, draw: Draw): string {
  const most = Math.min(spread.most ?? 20, type.limit)
  const count = Math.min(draw.count(spread.count ?? 0.7), most)
  const list = Array.from({ length: count }, () => {
    const record: Record<string, string> = {}
    for (const field of type.fields) record[field.name] = scalar(population, field.type, spread.fields?.[field.name] ?? {}, draw)
    return type.periods ? inOrder(record, spread, draw, population.day) : record
  })
  return JSON.stringify(list)
}

/** A period ends after it begins, at the latest on the day of the population. */
function inOrder(record: Record<string, string>, spread: ListSpread, draw: Draw, day: CalendarDate): Record<string, string> {
  if (spread.fields?.[periodEnd] !== undefined) {
    const [start = '', end = ''] = [record[periodStart], record[periodEnd]].sort()
    return { ...record, [periodStart]: start, [periodEnd]: end }
  }
  const start = parseDate(record[periodStart] ?? '') ?? day
  const end = Math.min(addDays(start, draw.whole(20, 1500)), Math.max(day, start))
  return { ...record, [periodEnd]: formatDate(end) }
}

function scalar(population: Population, type: Exclude<FactType, { kind: 'records' }>, spread: Spread, draw: Draw): string {
  const weights = spread.values && Object.entries(spread.values)
  if (weights && type.kind !== 'choices') return draw.oneOf(weights) ?? ''
  switch (type.kind) {
    case 'number':
      return number(type, spread, draw)
    case 'date':
      return date(population.day, type, spread, draw)
    case 'yesno':
      return draw.share() < (spread.yes ?? 0.2) ? '是' : '否'
    case 'text':
      return draw.oneOf([
        ['甲', 3],
        ['乙', 2],
        ['丙', 1],
      ]) as string
    case 'choice':
    case 'levels':
      return draw.oneOf(type.members.map((member, i) => [member, 1 / (i + 1)] as const)) ?? ''
    case 'choices': {
      const held = type.members.filter((member) => draw.share() < (spread.values?.[member] ?? (spread.values ? 0 : 0.1)))
      return held.length === 0 ? '[]' : held.join('、')
    }
  }
}

/** Without figures of its own a number leans to the low end; one without bounds in the policy stays below 100. */
function number(type: Extract<FactType, { kind: 'number' }>, spread: Spread, draw: Draw): string {
  const unbounded = Number(type.high) >= 999_999_999
  const low = Math.max(Number(type.low), numeric(spread.from, unbounded ? 0 : Number(type.low)))
  const high = Math.min(Number(type.high), numeric(spread.to, unbounded ? Math.max(100, spread.mean === undefined ? 0 : spread.mean * 10) : Number(type.high)))
  const leaning = draw.share()
  const wanted = spread.mean === undefined ? low + (high - low) * leaning * leaning * leaning : draw.near(spread.mean, spread.deviation ?? spread.mean / 3)
  const scale = 10 ** type.places
  const scaled = Math.round(Math.min(Math.max(wanted, low), high) * scale)
  const digits = String(Math.abs(scaled)).padStart(type.places + 1, '0')
  const cut = digits.length - type.places
  return `${scaled < 0 ? '-' : ''}${digits.slice(0, cut)}${type.places > 0 ? `.${digits.slice(cut)}` : ''}`
}

function date(day: CalendarDate, type: Extract<FactType, { kind: 'date' }>, spread: Spread, draw: Draw): string {
  const today = dayNumber(day)
  const bound = (text: string | number | undefined, none: CalendarDate) => dayNumber(parseDate(String(text ?? '')) ?? none)
  const low = Math.max(bound(type.low, firstDate), bound(spread.from, firstDate))
  const high = Math.min(bound(type.high, lastDate), spread.to === undefined ? Math.max(today, low) : bound(spread.to, lastDate))
  if (spread.mean !== undefined) {
    const ago = draw.near(spread.mean, spread.deviation ?? spread.mean / 3) * 365.25
    return formatDate(fromDayNumber(Math.min(Math.max(Math.round(today - ago), low), high)))
  }
  return formatDate(fromDayNumber(draw.whole(Math.min(Math.max(low, today - 20 * 365), high), high)))
}

const numeric = (value: number | string | undefined, none: number): number => (typeof value === 'number' ? value : none)
