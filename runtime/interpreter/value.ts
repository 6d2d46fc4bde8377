// Values while a policy is evaluated: known, or not known with what it depends on and, for numbers and dates, its bounds.

import type { CalendarDate } from '../exact/date.ts'
import type { Interval } from '../exact/interval.ts'
import type { Exact } from '../exact/number.ts'
import type { FactValue } from '../facts.ts'

export interface Unknown {
  readonly kind: 'unknown'
  /** Names of the facts that are not known. */
  readonly facts: ReadonlySet<string>
  readonly numbers?: Interval
  /** Of a number that is open through points alone: what it comes to by what is proven of them. */
  readonly proven?: Exact
  readonly dates?: { readonly low: CalendarDate; readonly high: CalendarDate }
}

export type Value = FactValue | Unknown

export const isUnknown = (value: Value): value is Unknown => value.kind === 'unknown'

/** The facts that any of `values` waits for. */
export function awaited(values: readonly Value[]): ReadonlySet<string> {
  return new Set(values.flatMap((value) => (isUnknown(value) ? [...value.facts] : [])))
}
