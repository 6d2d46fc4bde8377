// Decides questions about conditions by trying one value out of every region that they can tell apart. Where a free yes/no stands for
// a comparison, claims that need a witness are not made.

import type { Presence, Typed } from '../typed.ts'
import type { Scope } from './scope.ts'
import { always, type Sample, Subjects } from './subjects.ts'

/** A condition, and when what it guards is there at all. */
export interface Guard {
  /** Without one it holds for everybody. */
  readonly when: Typed | undefined
  readonly presence?: Presence
}

export interface Region {
  /** Which of the guards are there and hold here. */
  readonly holds: readonly boolean[]
  /** Which of them are there. */
  readonly present: readonly boolean[]
  /** Whether the policy itself is in force here. */
  readonly inForce: boolean
  /** A concrete person of this region, in words; `undefined` where a free yes/no or a correlation makes it doubtful. */
  witness(): string | undefined
}

const tooMany = 50_000

/** Every region of what the guards ask about; `undefined` when there are too many to try. */
export function regionsOf(guards: readonly Guard[], scope: Scope): readonly Region[] | undefined {
  const subjects = new Subjects(scope, new Set(guards.flatMap(({ presence }) => presence?.onlyFor ?? [])))
  const presences = guards.map(({ presence }) => subjects.presence(presence))
  const predicates = guards.map(({ when }) => (when ? subjects.condition(when) : always))
  const isInForce = subjects.asksMainDate() ? subjects.presence({ inForce: scope.inForce, onlyFor: undefined }) : always
  const list = subjects.list()

  const count = list.reduce((product, { samples }) => product * samples.length, 1)
  if (count > tooMany) return undefined
  const shared = list.some((a, i) => list.some((b, j) => i < j && [...a.facts].some((fact) => b.facts.has(fact))))
  const doubtful = shared || list.some(({ opaque }) => opaque)

  const regions: Region[] = []
  for (let number = 0; number < count; number += 1) {
    let rest = number
    const point = list.map(({ samples }) => {
      const sample = samples[rest % samples.length] as Sample
      rest = Math.floor(rest / samples.length)
      return sample
    })
    const present = presences.map((isThere) => isThere(point))
    regions.push({
      holds: predicates.map((holds, i) => present[i] === true && holds(point)),
      present,
      inForce: isInForce(point),
      witness: () =>
        doubtful
          ? undefined
          : list.flatMap(({ label }, i) => (point[i]?.shown === '' ? [] : [`${label} = ${point[i]?.shown}`])).join(scope.surface === 'zh' ? '，' : ', '),
    })
  }
  // What is told of a person is told of one on a day on which the policy is in force, where there is one.
  return [...regions.filter(({ inForce }) => inForce), ...regions.filter(({ inForce }) => !inForce)]
}
