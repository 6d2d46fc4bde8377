// Households: at most two members, one candidate. Either the member who would rank first, or the main applicant with the
// other's points added.

import { openPerson } from '../interpret.ts'
import { addFigures } from '../interpreter/figures.ts'
import { settleIndicator } from '../interpreter/items.ts'
import type { Person } from '../interpreter/person.ts'
import type { Scenario } from '../ir/schema.ts'
import { idsWithin } from '../ir/walk.ts'

/** The main applicant with the other member's points added item by item; groups and totals are worked out anew. */
export function mergedPerson(main: Person, other: Person, added: NonNullable<NonNullable<Scenario['household']>['added']>): Person {
  const excepted = idsWithin(main.policy.items, added.except)
  const merged = openPerson(main.run, main.facts)
  for (const item of main.index.items.values()) {
    if (item.kind !== 'indicator') continue
    const [own, others] = [main.item(item.id), other.item(item.id)]
    if (excepted.has(item.id) || own.absent) continue
    const inside = added.order === 'merge-then-cap' ? addFigures(own.inside, others.inside) : addFigures(own.figure, others.figure)
    const settled = settleIndicator(merged, item, inside, own.rows)
    merged.items.set(item.id, { ...settled, awaiting: [...new Set([...own.awaiting, ...others.awaiting])] })
  }
  return merged
}
