// Reads an applicant's facts, strictly: one written form per type. An empty value is not known; anything else that is not
// the written form is a problem with its column, value and remedy, and the row is not scored.

import { type CalendarDate, firstDate, formatDate, lastDate, parseDate } from './exact/date.ts'
import { compare, decimal, type Exact, parseDecimal } from './exact/number.ts'
import type { Fact, Policy } from './ir/schema.ts'
import type { Problem } from './problems.ts'

export type FactValue =
  | { readonly kind: 'number'; readonly value: Exact }
  | { readonly kind: 'date'; readonly value: CalendarDate }
  | { readonly kind: 'yesno'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  /** Index into the fact's members. */
  | { readonly kind: 'member'; readonly value: number }
  | { readonly kind: 'members'; readonly value: ReadonlySet<number> }

/** By fact name; a fact that is not known has no entry. */
export type Facts = ReadonlyMap<string, FactValue>

/** Values in their written form by fact name; empty or absent means not known. */
export type WrittenFacts = Readonly<Record<string, string | undefined>>

export interface Reading {
  readonly facts: Facts
  readonly problems: readonly Problem[]
}

export function readFacts(policy: Policy, written: WrittenFacts): Reading {
  const facts = new Map<string, FactValue>()
  const problems: Problem[] = []
  for (const fact of policy.facts) {
    const given = Object.hasOwn(written, fact.name) ? written[fact.name] : undefined
    const text = given === undefined || given === '' ? fact.default : given
    if (text === undefined) {
      if (fact.required) problems.push({ code: 'required-missing', column: fact.name, value: '', data: {} })
      continue
    }
    const value = readValue(fact, text)
    if ('code' in value) problems.push(value)
    else facts.set(fact.name, value)
  }
  return { facts, problems }
}

const numberForm = /^-?(0|[1-9]\d*)(\.\d+)?$/

function readValue(fact: Fact, text: string): FactValue | Problem {
  const problem = (code: Problem['code'], data: Problem['data'] = {}): Problem => ({ code, column: fact.name, value: text, data })
  const { type } = fact
  switch (type.kind) {
    case 'date': {
      const date = parseDate(text)
      if (date === undefined) return problem(/^\d{4}-\d{2}-\d{2}$/.test(text) ? 'no-such-day' : 'not-a-date')
      const [low, high] = [parseDate(type.low) ?? firstDate, parseDate(type.high) ?? lastDate]
      return date < low || date > high ? problem('out-of-range', { low: formatDate(low), high: formatDate(high) }) : { kind: 'date', value: date }
    }
    case 'number': {
      const value = numberForm.test(text) && !/^-0(\.0+)?$/.test(text) ? parseDecimal(text) : undefined
      if (!value) return problem('not-a-number')
      const places = text.split('.')[1]?.length ?? 0
      if (places > type.places) return type.places === 0 ? problem('not-whole') : problem('too-many-places', { places: String(type.places) })
      const outside = compare(value, decimal(type.low)) < 0 || compare(value, decimal(type.high)) > 0
      return outside ? problem('out-of-range', { low: type.low, high: type.high }) : { kind: 'number', value }
    }
    case 'yesno':
      return text === '是' || text === '否' ? { kind: 'yesno', value: text === '是' } : problem('not-yes-or-no')
    case 'text':
      return { kind: 'text', value: text }
    case 'choice':
    case 'levels': {
      const index = type.members.indexOf(text)
      return index < 0 ? problem('unknown-member', { members: type.members.join('、') }) : { kind: 'member', value: index }
    }
    case 'choices': {
      const names = text === '[]' ? [] : text.split('、')
      const held = names.map((name) => type.members.indexOf(name))
      if (held.includes(-1)) return problem('unknown-member', { members: type.members.join('、') })
      const set = new Set(held)
      return set.size < held.length ? problem('repeated-member') : { kind: 'members', value: set }
    }
  }
}
