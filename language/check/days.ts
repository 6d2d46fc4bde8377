// Stretches of days, written as 2025-03-01, of which either end may be open; both ends are inside.

import { addDays, formatDate, parseDate } from '../../runtime/exact/date.ts'

export interface Days {
  readonly from: string | undefined
  readonly to: string | undefined
}

const later = (a: string | undefined, b: string | undefined): string | undefined => (a === undefined || (b !== undefined && b > a) ? b : a)
const earlier = (a: string | undefined, b: string | undefined): string | undefined => (a === undefined || (b !== undefined && b < a) ? b : a)

/** The days of both; `undefined` when there are none. Without days it is always. */
export function meeting(a: Days | undefined, b: Days | undefined): Days | undefined {
  const [from, to] = [later(a?.from, b?.from), earlier(a?.to, b?.to)]
  return from !== undefined && to !== undefined && from > to ? undefined : { from, to }
}

/** The day so many days later. */
export function moved(day: string, days: number): string {
  const date = parseDate(day)
  return date === undefined ? day : formatDate(addDays(date, days))
}

/** A hole: the days between two stretches, and which of the stretches, by their place, come before and after it. */
export interface Hole {
  readonly from: string
  readonly to: string
  readonly before: number
  readonly after: number
}

/** The holes between stretches: not what comes before the first or after the last. */
export function holesBetween(stretches: readonly Days[]): readonly Hole[] {
  const sorted = stretches.map(({ from, to }, at) => ({ from: from ?? '', to, at })).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.at - b.at))
  const holes: Hole[] = []
  let reached = sorted[0]
  for (const next of sorted.slice(1)) {
    if (reached?.to === undefined) return holes
    const from = moved(reached.to, 1)
    if (next.from > from) holes.push({ from, to: moved(next.from, -1), before: reached.at, after: next.at })
    if (next.to === undefined || next.to > reached.to) reached = next
  }
  return holes
}
