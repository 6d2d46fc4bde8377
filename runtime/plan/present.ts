// Whether something has a part in this scenario on this main date: known before anybody is scored.

import { parseDate } from '../exact/date.ts'
import type { Context } from './context.ts'

export function isPresent(
  { scenario, mainDate }: Context,
  {
    onlyFor,
    inForce,
  }: { readonly onlyFor?: readonly string[] | undefined; readonly inForce?: { from?: string | undefined; to?: string | undefined } | undefined },
): boolean {
  if (onlyFor && !(scenario && onlyFor.includes(scenario.id))) return false
  const from = parseDate(inForce?.from ?? '')
  const to = parseDate(inForce?.to ?? '')
  return (from === undefined || mainDate >= from) && (to === undefined || mainDate <= to)
}
