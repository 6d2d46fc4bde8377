// Reads an applicant's facts, strictly: one written form per type. An empty value is not known; anything else that is not
// the written form is a problem with its column, value and remedy, and the row is not scored.

import { type CalendarDate, firstDate, formatDate, lastDate, parseDate } from './exact/date.ts'
import { compare, decimal, type Exact, parseDecimal } from './exact/number.ts'
import { placeOf, plainName } from './exact/text.ts'
import { keyAmong, keyColumn, periodEnd, periodStart } from './ir/names.ts'
import type { Fact, FactType, Field, Policy } from './ir/schema.ts'
import { type Problem, problem, type WithData } from './problems.ts'
import { isRecord, parseKeepingNumbers, repeatedName, writtenField } from './written.ts'

export type FactValue =
  | { readonly kind: 'number'; readonly value: Exact }
  | { readonly kind: 'date'; readonly value: CalendarDate }
  | { readonly kind: 'yesno'; readonly value: boolean }
  /** `own` is the applicant's key, which stands where nothing is written: no other's text means the same. */
  | { readonly kind: 'text'; readonly value: string; readonly own?: true }
  /** Index into the fact's members. */
  | { readonly kind: 'member'; readonly value: number }
  | { readonly kind: 'members'; readonly value: ReadonlySet<number> }
  | { readonly kind: 'records'; readonly value: readonly RecordValue[] }

/** One record: every field has a value. Periods have the dates 起 and 止. */
export type RecordValue = ReadonlyMap<string, FactValue>

/** By fact name; a fact that is not known has no entry. */
export type Facts = ReadonlyMap<string, FactValue>

/** Values in their written form by fact name; empty or absent means not known. */
export type WrittenFacts = Readonly<Record<string, string | undefined>>

export interface Reading {
  readonly facts: Facts
  readonly problems: readonly Problem[]
}

/** A policy, of which only the facts matter. */
export interface Declared {
  readonly facts: readonly Fact[]
}

export function readFacts({ facts: declared }: Declared, written: WrittenFacts): Reading {
  const facts = new Map<string, FactValue>()
  const problems: Problem[] = []
  const writtenFor = (name: string) => (Object.hasOwn(written, name) ? (written[name] ?? '') : '')
  const key = keyNameIn(written, declared)
  for (const fact of declared) {
    const given: unknown = writtenFor(fact.name)
    // Who calls it without types may give a number, or records that are no text.
    if (typeof given !== 'string') {
      problems.push(problem('fact-not-text', fact.name, '', { kind: typeof given }))
      continue
    }
    const text = given !== '' ? given : fact.defaultKey ? writtenFor(key) : fact.default
    if (text === undefined || (text === '' && fact.defaultKey)) {
      if (fact.required) problems.push({ code: 'required-missing', column: fact.name, value: '', data: {} })
      continue
    }
    const value = fact.type.kind === 'records' ? readRecords(fact.name, fact.type, text) : readValue(fact.name, fact.type, text)
    if ('code' in value) problems.push(value)
    else facts.set(fact.name, given === '' && fact.defaultKey && value.kind === 'text' ? { ...value, own: true } : value)
  }
  return { facts, problems }
}

/** A list of objects as JSON text, each field in its own written form. */
function readRecords(column: string, type: Extract<FactType, { kind: 'records' }>, text: string): FactValue | Problem {
  const shown = text.slice(0, 80)
  const list = parseList(text)
  if (!list) return problem('not-records', column, shown)
  const repeated = repeatedName(text)
  if (repeated !== undefined) return problem('repeated-name', column, repeated.slice(0, 80))
  if (list.length > type.limit) return problem('too-many-records', column, shown, { limit: String(type.limit), count: String(list.length) })
  const records: RecordValue[] = []
  for (const [i, entry] of list.entries()) {
    const record = readRecord(`${column}[${i + 1}]`, type.fields, entry)
    if ('code' in record) return record
    const [start, end] = [record.get(periodStart)?.value, record.get(periodEnd)?.value]
    if (type.periods && typeof start === 'number' && typeof end === 'number' && end < start) {
      return problem('period-reversed', `${column}[${i + 1}]`, shown, { start: formatDate(start), end: formatDate(end) })
    }
    records.push(record)
  }
  return { kind: 'records', value: records }
}

function parseList(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const parsed = parseKeepingNumbers(text)
    return Array.isArray(parsed) && parsed.every(isRecord) ? parsed : undefined
  } catch {
    return undefined
  }
}

function readRecord(column: string, fields: readonly Field[], written: Readonly<Record<string, unknown>>): RecordValue | Problem {
  const record = new Map<string, FactValue>()
  const entry: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(written)) {
    if (Object.hasOwn(entry, plainName(name))) return { code: 'repeated-name', column, value: plainName(name), data: {} }
    entry[plainName(name)] = value
  }
  const stray = Object.keys(entry).find((name) => !fields.some((field) => field.name === name))
  if (stray !== undefined) return { code: 'unknown-field', column, value: stray, data: { fields: fields.map(({ name }) => name).join('、') } }
  for (const field of fields) {
    const given = Object.hasOwn(entry, field.name) ? entry[field.name] : null
    const at = `${column}.${field.name}`
    const form = writtenField(given)
    if (form === undefined) return { code: 'field-not-text', column: at, value: JSON.stringify(given).slice(0, 60), data: {} }
    const text = form === '' ? field.default : form
    if (text === undefined) return { code: 'field-missing', column: at, value: '', data: {} }
    const value = readValue(at, field.type, text)
    if ('code' in value) return value
    record.set(field.name, value)
  }
  return record
}

/** What a type says as text, worked out once. */
function once<Type extends object, Value>(work: (type: Type) => Value): (type: Type) => Value {
  const known = new WeakMap<Type, Value>()
  return (type) => {
    const found = known.get(type) ?? work(type)
    known.set(type, found)
    return found
  }
}

const daysOf = once(({ low, high }: Extract<FactType, { kind: 'date' }>) => ({ low: parseDate(low) ?? firstDate, high: parseDate(high) ?? lastDate }))
const boundsOf = once(({ low, high }: Extract<FactType, { kind: 'number' }>) => ({ low: decimal(low), high: decimal(high) }))

const numberForm = /^(?!-0(\.0+)?$)-?(0|[1-9]\d*)(\.\d+)?$/

type Scalar = Exclude<Fact['type'], { kind: 'records' }>

type Wrong = <C extends Problem['code']>(code: C, ...data: WithData<C>) => Problem

/** One scalar in its written form. @param column where it stands, for the problem */
export function readValue(column: string, type: Scalar, text: string): FactValue | Problem {
  const wrong: Wrong = (code, ...data) => problem(code, column, text, ...data)
  switch (type.kind) {
    case 'date':
      return readDate(type, text, wrong)
    case 'number':
      return readNumber(type, text, wrong)
    case 'yesno':
      return text === '是' || text === '否' ? { kind: 'yesno', value: text === '是' } : wrong('not-yes-or-no')
    case 'text':
      return { kind: 'text', value: text }
    case 'choice':
    case 'levels': {
      const index = placeOf(type.members, text)
      return index < 0 ? wrong('unknown-member', { members: type.members.join('、') }) : { kind: 'member', value: index }
    }
    case 'choices': {
      const names = text === '[]' ? [] : text.split('、')
      const held = names.map((name) => placeOf(type.members, name))
      if (held.includes(-1)) return wrong('unknown-member', { members: type.members.join('、') })
      const set = new Set(held)
      return set.size < held.length ? wrong('repeated-member') : { kind: 'members', value: set }
    }
  }
}

function readDate(type: Extract<Scalar, { kind: 'date' }>, text: string, wrong: Wrong): FactValue | Problem {
  const date = parseDate(text)
  if (date === undefined) return wrong(/^\d{4}-\d{2}-\d{2}$/.test(text) ? 'no-such-day' : 'not-a-date')
  const { low, high } = daysOf(type)
  return date < low || date > high ? wrong('out-of-range', { low: formatDate(low), high: formatDate(high) }) : { kind: 'date', value: date }
}

function readNumber(type: Extract<Scalar, { kind: 'number' }>, text: string, wrong: Wrong): FactValue | Problem {
  const value = numberForm.test(text) ? parseDecimal(text) : undefined
  if (!value) return wrong('not-a-number')
  const places = text.split('.')[1]?.length ?? 0
  if (places > type.places) return type.places === 0 ? wrong('not-whole') : wrong('too-many-places', { places: String(type.places) })
  const { low, high } = boundsOf(type)
  const isOutside = compare(value, low) < 0 || compare(value, high) > 0
  return isOutside ? wrong('out-of-range', { low: type.low, high: type.high }) : { kind: 'number', value }
}

/** What the applicant's key is called in what is written. */
export const keyNameIn = (written: WrittenFacts, facts: readonly Pick<Fact, 'name'>[]): string =>
  keyAmong(
    (name) => Object.hasOwn(written, name),
    (name) => facts.some((fact) => fact.name === name),
  )

/** The facts that nobody wrote and that count as their 缺省 says, with what that is. */
export function defaultsTaken(policy: Pick<Policy, 'facts'>, written: WrittenFacts): readonly { readonly fact: string; readonly value: string }[] {
  return policy.facts.flatMap((fact) => {
    const value = defaultOf(fact)
    return value !== undefined && (written[fact.name] ?? '') === '' ? [{ fact: fact.name, value }] : []
  })
}

/** What a fact counts as when nobody wrote it; for one that takes the applicant's key, the name of that column. */
export function defaultOf({ default: value, defaultKey }: Pick<Fact, 'default' | 'defaultKey'>): string | undefined {
  return defaultKey ? keyColumn : value
}
