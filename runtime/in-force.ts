// Whether a policy, and what it takes in, is in force on the main date of a run. Outside, points are worked out and shown, and
// nobody is entitled to anything: the state is 未在施行期, for the policy's own days and for those of a policy that it takes in alike.

import type { Policy } from './ir/schema.ts'
import type { ReferenceDates } from './run.ts'

/** The policy that is not in force, and the days on which it is. */
export interface OutOfForce {
  readonly policy: string
  readonly number: string | undefined
  readonly day: string
  readonly from: string
  readonly to: string | undefined
}

/** @param dates of the run; without the main date nothing is out of force */
export function outOfForce(policy: Policy, dates: ReferenceDates): OutOfForce | undefined {
  const day = dates[policy.referenceDates[0] ?? '']
  if (day === undefined) return undefined
  for (const { name, number, inForce } of [policy, ...policy.imports]) {
    if (inForce && (day < inForce.from || (inForce.to !== undefined && day > inForce.to)))
      return { policy: name, number, day, from: inForce.from, to: inForce.to }
  }
  return undefined
}
