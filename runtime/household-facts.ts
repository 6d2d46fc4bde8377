// Facts that belong to a household (`同户 K`): of two who give the same K, what one leaves empty the other says. Two different
// answers are a contradiction, and both are told.

import { equal } from './exact/number.ts'
import { readValue, type WrittenFacts } from './facts.ts'
import { keyColumn } from './ir/names.ts'
import type { Fact, Policy } from './ir/schema.ts'
import type { Problem } from './problems.ts'

export interface OfHouseholds {
  /** In the order given, with what the other member says where somebody says nothing. */
  readonly people: readonly WrittenFacts[]
  readonly problems: readonly Problem[]
}

/** Of applicants as they are written, before they are read: a required fact may come from the other member. */
export function sharedInHouseholds(policy: Policy, people: readonly WrittenFacts[]): OfHouseholds {
  const problems: Problem[] = []
  let filled = people
  for (const fact of policy.facts) {
    const { name, household } = fact
    if (household === undefined) continue
    const members = new Map<string, number[]>()
    people.forEach((person, i) => {
      const key = person[household]
      if (key) members.set(key, [...(members.get(key) ?? []), i])
    })
    const next = [...filled]
    for (const pair of members.values()) {
      const [a, b, third] = pair
      if (a === undefined || b === undefined || third !== undefined) continue
      const [mine, other] = [people[a]?.[name] ?? '', people[b]?.[name] ?? '']
      if (mine === '' && other !== '') next[a] = { ...next[a], [name]: other }
      else if (other === '' && mine !== '') next[b] = { ...next[b], [name]: mine }
      else if (contradicts(fact, mine, other))
        problems.push(differing(name, mine, other, people[b]?.[keyColumn] ?? ''), differing(name, other, mine, people[a]?.[keyColumn] ?? ''))
    }
    filled = next
  }
  return { people: filled, problems }
}

/** Whether two answers are two values; 8 and 8.0 are one. What cannot be read is told of who wrote it, and says nothing against the other. */
export function contradicts({ name, type }: Fact, one: string, other: string): boolean {
  if (type.kind === 'records') throw new Error('records belong to a person')
  const [a, b] = [readValue(name, type, one), readValue(name, type, other)]
  if ('code' in a || 'code' in b) return false
  return a.kind === 'number' && b.kind === 'number' ? !equal(a.value, b.value) : a.value !== b.value
}

/** @param key of the other member */
export const differing = (column: string, value: string, other: string, key: string): Problem => ({
  code: 'household-differs',
  column,
  value,
  data: { other, key },
})
