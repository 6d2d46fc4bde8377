// What no generated engine can compute: a policy that checks cleanly must also score. The days on which something comes or goes are
// tried, in every use.

import type { Compiled } from '../../language/compile.ts'
import type { Diagnostic } from '../../language/diagnostics/diagnostic.ts'
import { nameOfId } from '../ir/ids.ts'
import type { Policy } from '../ir/schema.ts'
import { itemsOf, rowsOf } from '../ir/walk.ts'
import { makePlan } from '../plan/plan.ts'
import { openDates, openRun } from '../run.ts'

/** Findings with the place of the rule; none for a policy with errors. */
export function refusals({ policy }: Compiled): readonly Diagnostic[] {
  if (!policy) return []
  const found = new Map<string, Diagnostic>()
  for (const scenario of [undefined, ...policy.scenarios]) {
    const names = openDates(policy, scenario)
    for (const day of turningDays(policy)) {
      const opened = openRun(policy, { asOf: Object.fromEntries(names.map((name) => [name, day])), scenario: scenario?.name, ranks: scenario !== undefined })
      const made = opened.ok ? makePlan(opened.run) : undefined
      if (!made || made.ok) continue
      const { start, end } = placeIn(policy, made.rule)
      const name = policy.labels[made.rule]?.zh ?? nameOfId(made.rule)
      found.set(`${start} ${made.reason}`, { code: 'cannot-compute', span: { start, end }, data: { name, reason: made.reason } })
    }
  }
  return [...found.values()]
}

const mostDays = 12

/** Days from which a parameter, an item or a row is another. */
function turningDays(policy: Policy): readonly string[] {
  const days = new Set([policy.inForce?.from ?? '2025-01-01'])
  const turns = [
    ...policy.parameters.flatMap(({ values }) => values.map(({ from }) => from)),
    ...itemsOf(policy.items).flatMap((item) => [item, ...rowsOf(item)].map(({ inForce }) => inForce?.from)),
  ]
  for (const from of turns) if (from !== undefined) days.add(from)
  return [...days].sort().slice(-mostDays)
}

/** Of a rule that another policy brought there is no place in this text. */
function placeIn(policy: Policy, rule: string): { readonly start: number; readonly end: number } {
  const place = policy.places[rule]
  return place?.source === 0 ? place : { start: 0, end: 0 }
}
