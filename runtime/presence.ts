// Whether something has a part in a use on the main date.

import { type CalendarDate, parseDate } from './exact/date.ts'

export interface Presence {
  readonly onlyFor?: readonly string[] | undefined
  readonly inForce?: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined
}

/** @param scenario its id @param day the main date; without one nothing is out of force */
export function isPresent(scenario: string | undefined, day: CalendarDate | undefined, { onlyFor, inForce }: Presence): boolean {
  if (onlyFor && !(scenario !== undefined && onlyFor.includes(scenario))) return false
  if (!inForce || day === undefined) return true
  const [from, to] = [parseDate(inForce.from ?? ''), parseDate(inForce.to ?? '')]
  return (from === undefined || day >= from) && (to === undefined || day <= to)
}
