// Whom a policy starts with: a few people as its sample file spreads them, or the case of whom most is known.

import type { Surface } from '../../language/words.ts'
import { mainTotal } from '../../runtime/cases.ts'
import { parseDate } from '../../runtime/exact/date.ts'
import { compare } from '../../runtime/exact/number.ts'
import type { TestCase } from '../../runtime/ir/cases.ts'
import { keyColumn } from '../../runtime/ir/names.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { personOf } from '../../runtime/people/generate.ts'
import { readSample } from '../../runtime/people/sample.ts'
import type { Person } from '../desk.ts'
import { today } from '../today.ts'
import { scoreOne } from './score.ts'

/** Of so many people the typical ones are chosen. */
const drawn = 100

/** Where they stand on the way from the lowest to the highest: the middling one first. */
const places: readonly { readonly at: number; readonly name: Readonly<Record<Surface, string>> }[] = [
  { at: 0.5, name: { zh: '典型申请人（居中）', en: 'Typical (middle)' } },
  { at: 0.25, name: { zh: '典型申请人（偏低）', en: 'Typical (below the middle)' } },
  { at: 0.75, name: { zh: '典型申请人（偏高）', en: 'Typical (above the middle)' } },
  { at: 0.05, name: { zh: '典型申请人（靠后）', en: 'Typical (low)' } },
  { at: 0.95, name: { zh: '典型申请人（靠前）', en: 'Typical (high)' } },
]

/** @param sampleText of the sample file; nobody is chosen where it is not one of this policy, which the command line tells */
export function typicalPeople(policy: Policy, sampleText: string, language: Surface): readonly Person[] {
  const read = readSample(policy, jsonOf(sampleText))
  if (!read.ok) return []
  const written = read.sample.day ?? today()
  const day = parseDate(written)
  if (day === undefined) return []
  const dates = Object.fromEntries(policy.referenceDates.map((name) => [name, written]))
  const scored = Array.from({ length: drawn }, (_, i) => personOf({ policy, sample: read.sample, seed: '1', day }, i)).flatMap((all) => {
    const facts = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[0] !== keyColumn && Boolean(entry[1])))
    const result = scoreOne(policy, { dates, facts })
    const figure = result.kind === 'scored' && result.outcome.state === 'valid' ? mainTotal(policy, result.outcome)?.figure : undefined
    return figure ? [{ facts, figure, isKnown: compare(figure.lowest, figure.highest) === 0 }] : []
  })
  const known = scored.filter(({ isKnown }) => isKnown)
  const sorted = (known.length >= places.length ? known : scored).sort((a, b) => compare(a.figure.proven, b.figure.proven))
  const people = places.map(({ at, name }) => ({ name: name[language], person: sorted[Math.floor(at * sorted.length)] }))
  return people.flatMap(({ name, person }, i) =>
    // Of few people one may stand at several places.
    person === undefined || people.findIndex((other) => other.person === person) < i ? [] : [{ id: crypto.randomUUID(), name, dates, facts: person.facts }],
  )
}

/** The case of whom most is known and whose points count. */
export function bestKnown(cases: readonly TestCase[]): Person | undefined {
  const known = ({ facts }: TestCase) => Object.keys(facts).length
  const counts = ({ expected }: TestCase) => (expected.state === undefined || expected.state === 'valid' ? 1 : 0)
  const [first] = cases.filter(({ people }) => people === undefined).sort((a, b) => counts(b) - counts(a) || known(b) - known(a))
  if (!first) return undefined
  const { title, scenario, dates, facts } = first
  return { id: crypto.randomUUID(), name: title, ...(scenario === undefined ? {} : { scenario }), dates: { ...dates }, facts: { ...facts } }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
