// What a row gave, and how that reads in a trace.

import { hull, pointInterval } from '../exact/interval.ts'
import { zero } from '../exact/number.ts'
import type { Row } from '../ir/schema.ts'
import type { Figure, RowTrace, Step } from '../outcome.ts'
import { figure, isOpen, nothing } from './figures.ts'

export interface RowResult {
  readonly row: Row
  readonly holds: boolean | undefined
  /** A table of it has no column for the applicant: whatever its condition says, it has no part. */
  readonly noColumn: boolean
  /** Whether every amount in it is known; blocks and lists carry figures of their own. */
  readonly amountKnown: boolean
  /** What the row gives if its condition holds. */
  readonly given: Figure
  /** Before the row's own bounds. */
  readonly inside: Figure
  readonly limited: 'max' | 'min' | undefined
  readonly steps: readonly Step[]
  readonly windows: RowTrace['windows']
  readonly awaiting: ReadonlySet<string>
}

/** What a row adds to a sum: nothing, its figures, or anything between nothing and its figures. */
export function contribution({ holds, amountKnown, given }: RowResult): Figure {
  if (holds === false) return nothing
  const range = { low: given.lowest, high: given.highest }
  if (holds === undefined) return figure(zero, hull(range, pointInterval(zero)))
  return figure(amountKnown ? given.proven : zero, range)
}

export function trace(result: RowResult, counting: 'counts' | NonNullable<RowTrace['because']>): RowTrace {
  const { row, holds, noColumn, amountKnown, given } = result
  if (noColumn) return { ...notCounting(result), status: 'not-counted', because: 'no-column' }
  const passed = counting === 'an-earlier-row' && (holds !== true || row.guard === 'otherwise')
  const status =
    holds === false || passed
      ? 'not-matched'
      : counting !== 'counts'
        ? 'not-counted'
        : holds === undefined || !amountKnown || isOpen(given)
          ? 'awaiting'
          : 'matched'
  return {
    ...notCounting(result),
    status,
    because: status === 'not-counted' && counting !== 'counts' ? counting : undefined,
    figure: status === 'matched' || status === 'not-counted' ? given : contribution(result),
  }
}

const notCounting = ({ row, steps, windows, inside, limited, awaiting }: RowResult): RowTrace => ({
  row: row.id,
  status: 'not-matched',
  because: undefined,
  steps,
  windows,
  inside,
  limited,
  figure: nothing,
  awaiting: [...awaiting],
})
