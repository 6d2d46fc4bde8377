// Whether something has a part in a use on the main date, and all that is asked there.

import { type CalendarDate, parseDate } from './exact/date.ts'
import type { Award, Expression, Item, Row } from './ir/schema.ts'
import { expressionsOf, expressionsOfScenario } from './ir/walk.ts'
import type { Run } from './run.ts'

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

/** What is worked out: the rows that have a part, of items that have; what is in a group also where the group has none. */
function presentItems(items: readonly Item[], scenario: string | undefined, day: CalendarDate | undefined): readonly Item[] {
  const isThere = (part: Presence): boolean => isPresent(scenario, day, part)
  const rows = (all: readonly Row[]): Row[] => all.filter(isThere).map(withRows)
  const withRows = (row: Row): Row => ({ ...row, awards: row.awards.map(ofAward) })
  const ofAward = (award: Award): Award => {
    if (award.kind === 'block') return { ...award, rows: rows(award.rows) }
    return award.kind === 'each' ? { ...award, body: withRows(award.body) } : award
  }
  const those = (all: readonly Item[]): Item[] =>
    all.flatMap((item): Item[] => {
      if (item.kind === 'indicator') return isThere(item) ? [{ ...item, rows: rows(item.rows) }] : []
      const children = those(item.children)
      return isThere(item) ? [{ ...item, children }] : children
    })
  return those(items)
}

/** Every expression that a run may work out on its days: the quota is asked only where it is what places are given out by. */
export function expressionsOfRun({ policy, scenario, ranks, quotas, days }: Run): readonly Expression[] {
  const items = presentItems(policy.items, scenario?.name, days.get(policy.referenceDates[0] ?? ''))
  return [...expressionsOf({ ...policy, items: [...items] }), ...(scenario ? expressionsOfScenario(scenario, ranks && quotas === undefined) : [])]
}
