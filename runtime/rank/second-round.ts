// The second round: what the lists have left goes to all who were not admitted, in one order over all lists.

import { type Drawn, takenAtLast, takenWithinLimit } from '../equals.ts'
import { decimal, fromInteger, multiply, round } from '../exact/number.ts'
import type { Scenario } from '../ir/schema.ts'

export interface Waiting extends Drawn {
  readonly list: string
}

export interface SecondRound<T> {
  readonly taken: readonly T[]
  /** Equals that would go beyond the last place. */
  readonly boundary: readonly T[]
  readonly left: number
}

interface Filled {
  readonly name: string
  readonly quota: number | undefined
  readonly admitted: number
}

/** Overflow by 全取 in one list is paid back by what others have left. */
export const placesLeft = (lists: readonly Filled[]): number =>
  Math.max(
    0,
    lists.reduce((sum, { quota = 0, admitted }) => sum + quota - admitted, 0),
  )

/** How many of each list the second round may take at most. */
export function limitsOf({ secondRound }: Scenario, lists: readonly Filled[]): ReadonlyMap<string, number> {
  const limit = secondRound?.limit
  return new Map(lists.map(({ name, quota = 0 }) => [name, limit ? limited(limit, quota) : Number.POSITIVE_INFINITY]))
}

function limited({ share, rounding }: { readonly share: string; readonly rounding: 'half-up' | 'down' | 'up' }, quota: number): number {
  return Number(round(multiply(decimal(share), fromInteger(quota)), 0, rounding).numerator)
}

/** @param groups equals together, best first @param limits of every list, and hard */
export function secondRound<T extends Waiting>(
  { cutoff }: Pick<Scenario, 'cutoff'>,
  groups: readonly (readonly T[])[],
  limits: ReadonlyMap<string, number>,
  places: number,
): SecondRound<T> {
  const free = new Map(limits)
  const taken: T[] = []
  let left = places
  const take = (candidate: T) => {
    taken.push(candidate)
    free.set(candidate.list, (free.get(candidate.list) ?? 0) - 1)
    left -= 1
  }
  for (const group of groups) {
    if (left <= 0) break
    const eligible = withinLimits(cutoff, group, free)
    const chosen = eligible.length <= left ? eligible : takenAtLast[cutoff](eligible, left)
    chosen.forEach(take)
    const boundary = eligible.filter((candidate) => !chosen.includes(candidate))
    if (boundary.length > 0) return { taken, boundary, left: Math.max(0, left) }
  }
  return { taken, boundary: [], left: Math.max(0, left) }
}

/** Equals that would pass the limit of their list: the lot fills it, otherwise none of them is taken. */
function withinLimits<T extends Waiting>(cutoff: Scenario['cutoff'], group: readonly T[], free: ReadonlyMap<string, number>): readonly T[] {
  const byList = new Map<string, T[]>()
  for (const candidate of group) byList.set(candidate.list, [...(byList.get(candidate.list) ?? []), candidate])
  const within = new Set(
    [...byList].flatMap(([list, same]) => {
      const places = free.get(list) ?? 0
      return same.length <= places ? same : takenWithinLimit[cutoff](same, places)
    }),
  )
  return group.filter((candidate) => within.has(candidate))
}
