// How the values of facts are written where a generated engine reads them, in words.

import type { Fact, FactType } from '../ir/schema.ts'
import { bitOf, wordOf } from './value.ts'

/** Of a fact that nobody is without, what stands for what is not said. */
export const alwaysGiven = ({ default: value }: Fact): string => (value === undefined ? 'always given' : `always given, ${value} when nothing is said`)

/** How a value is written in an engine's input. */
export function formOf(type: FactType): string {
  const numbered = (members: readonly string[]) => members.map((member, i) => `${i} ${member}`).join(', ')
  switch (type.kind) {
    case 'number':
      return type.places === 0 ? 'whole number' : `whole number of units of 0.${'1'.padStart(type.places, '0')}`
    case 'date':
      return 'yyyymmdd as a number'
    case 'yesno':
      return 'true or false'
    case 'text':
      return 'text'
    case 'choice':
    case 'levels':
      return `number of the member: ${numbered(type.members)}`
    case 'choices':
      return choicesForm(type.members)
    case 'records':
      return `list of { ${type.fields.map((field) => `${field.name}: ${formOf(field.type)}`).join('; ')} }`
  }
}

/** A word holds 31 members. */
const choicesForm = (members: readonly string[]): string => {
  const words = Array.from({ length: wordOf(members.length - 1) + 1 }, (_, word) =>
    members.flatMap((member, i) => (wordOf(i) === word ? [`${bitOf(i)} ${member}`] : [])).join(', '),
  )
  return `sum of 2^i of the members: ${words.map((listed, i) => (i === 0 ? listed : `under its name with “ ${i}”: ${listed}`)).join('; ')}`
}
