// The same scheme for texts that nobody has checked, by hand: what a person gave, by names as in a file, is read with everything that can be
// wrong of it, and scored where nothing is.

import { type Person, scoreByHand } from './hand.ts'
import { tableScheme } from './scheme.ts'

/** What is wrong with a fact, as the generated module says it. */
export interface Problem {
  readonly code: string
  readonly column: string
  readonly value: string
}

const whole = /^(0|-?[1-9]\d*)$/
const decimal = /^-?(0|[1-9]\d*)\.\d+$/

const described = new Map(
  tableScheme().facts.map((fact) => [
    fact.name,
    { ...fact, places: fact.kind === 'levels' ? new Map(fact.members.map((member, place) => [member, place])) : new Map<string, number>() },
  ]),
)

/** Reads what was given into `person`; problems in their order, none where all is well. */
export function readByHand(given: Readonly<Record<string, string>>, person: Record<string, number | undefined>): readonly Problem[] {
  const problems: Problem[] = []
  for (const name of Object.keys(given)) if (name !== '编号' && !described.has(name)) problems.push({ code: 'unknown-column', column: name, value: name })
  for (const [name, fact] of described) {
    const text = given[name] ?? ''
    if (typeof text !== 'string') problems.push({ code: 'unreadable-row', column: name, value: '' })
    else if (text === '') {
      person[name] = undefined
      if (fact.required) problems.push({ code: 'required-missing', column: name, value: '' })
    } else if (fact.kind === 'levels') {
      const place = fact.places.get(text)
      if (place === undefined) problems.push({ code: 'unknown-member', column: name, value: text })
      else person[name] = place
    } else if (!whole.test(text)) problems.push({ code: decimal.test(text) ? 'not-whole' : 'not-a-number', column: name, value: text })
    else {
      const value = Number(text)
      if (value < 0 || value > fact.high) problems.push({ code: 'out-of-range', column: name, value: text })
      else person[name] = value
    }
  }
  return problems
}

const person: Record<string, number | undefined> = {}

/** @returns whether all could be read, and `out` is filled */
export function scoreTextsByHand(given: Readonly<Record<string, string>>, out: Int32Array): boolean {
  if (readByHand(given, person).length > 0) return false
  scoreByHand(person as unknown as Person, out)
  return true
}
