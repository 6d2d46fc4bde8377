// Values made and taken apart: known ones, those that are not known with their bounds, and what bounds say of a number or date.

import { type CalendarDate, firstDate, lastDate } from '../exact/date.ts'
import { type Interval, pointInterval } from '../exact/interval.ts'
import { decimal, type Exact } from '../exact/number.ts'
import type { RecordValue } from '../facts.ts'
import { awaited, isUnknown, type Unknown, type Value } from './value.ts'

export const numberValue = (value: Exact): Value => ({ kind: 'number', value })
export const dateValue = (value: CalendarDate): Value => ({ kind: 'date', value })
export const truth = (value: boolean): Value => ({ kind: 'yesno', value })
export const recordsValue = (value: readonly RecordValue[]): Value => ({ kind: 'records', value })
export const unknown = (values: readonly Value[], more: Omit<Unknown, 'kind' | 'facts'> = {}): Unknown => ({
  kind: 'unknown',
  facts: awaited(values),
  ...more,
})

const decimals = new Map<string, Exact>()
/** Constants recur for every person: each is read once. */
export function constant(text: string): Exact {
  const known = decimals.get(text)
  if (known) return known
  const value = decimal(text)
  decimals.set(text, value)
  return value
}

/** A number that is not known, within the checked bounds. */
export const openNumber = (node: { readonly low: string; readonly high: string }, values: readonly Value[]): Unknown =>
  unknown(values, { numbers: { low: constant(node.low), high: constant(node.high) } })

export const anyDay = { low: firstDate, high: lastDate }

/** The bounds of a number, known or not. */
export function numbersOf(value: Value): Interval {
  if (value.kind === 'number') return pointInterval(value.value)
  if (value.kind === 'unknown' && value.numbers) return value.numbers
  throw new Error(`expected a number, got ${value.kind}`)
}

/** The bounds of a date, known or not. */
export function datesOf(value: Value): { readonly low: CalendarDate; readonly high: CalendarDate } {
  if (value.kind === 'date') return { low: value.value, high: value.value }
  if (value.kind === 'unknown' && value.dates) return value.dates
  throw new Error(`expected a date, got ${value.kind}`)
}

/** What is proven of a number: all of one that is known, the proven points of one that is open through points alone, and of any other nothing. */
export const provenOf = (value: Value): Exact | undefined => (value.kind === 'number' ? value.value : value.kind === 'unknown' ? value.proven : undefined)

/** `exact` when every value is known, `bounds` otherwise; of points that are open it is also worked out on what is proven. */
export function arithmetic(values: readonly Value[], bounds: (values: readonly Interval[]) => Interval, exact: (values: readonly Exact[]) => Exact): Value {
  if (values.every((value) => value.kind === 'number')) return numberValue(exact(values.map(({ value }) => value)))
  return openAmount(values, bounds(values.map(numbersOf)), exact)
}

/** A number of which not all is known, with what is proven of it where every part carries that. */
export function openAmount(values: readonly Value[], numbers: Interval, exact: (values: readonly Exact[]) => Exact): Unknown {
  const proven = values.map(provenOf).filter((value) => value !== undefined)
  return unknown(values, { numbers, ...(proven.length === values.length && { proven: exact(proven) }) })
}

/** The larger, or the smaller, of several numbers. */
export const extreme = (values: readonly Value[], pick: (a: Exact, b: Exact) => Exact): Value =>
  arithmetic(
    values,
    (parts) => ({ low: parts.map(({ low }) => low).reduce(pick), high: parts.map(({ high }) => high).reduce(pick) }),
    (parts) => parts.reduce(pick),
  )

export function all(values: readonly Value[]): Value {
  if (values.some((value) => value.kind === 'yesno' && !value.value)) return truth(false)
  return values.some(isUnknown) ? unknown(values) : truth(true)
}

export const negated = (value: Value): Value => (value.kind === 'yesno' ? truth(!value.value) : value)

export const at = <T>(values: readonly T[], index: number): T => some(values[index])

export const some = <T>(value: T | undefined): T => required(value, 'operand')

export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`missing ${what}`)
  return value
}
