// How the values of facts are written where a generated engine reads them, in words.

import type { Fact, FactType } from '../ir/schema.ts'
import { bitOf, wordOf } from './value.ts'

/** Of a fact that nobody is without, what stands for what is not said. */
export function alwaysGiven({ default: value, type }: Fact): string {
  const meant = type.kind === 'yesno' && value !== undefined ? String(value === '是') : value
  return meant === undefined ? 'always given' : `always given, ${meant} when nothing is said`
}

/** How a value is written in an engine's input. */
export function formOf(type: FactType): string {
  const numbered = (members: readonly string[]) => members.map((member, i) => `${i} ${member}`).join(', ')
  switch (type.kind) {
    case 'number':
      return `whole number${type.places === 0 ? '' : ` of units of 0.${'1'.padStart(type.places, '0')}`}, for ${rangeOf(type)}`
    case 'date':
      return `yyyymmdd as a number, ${rangeOf(type)}`
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
      return `list of at most ${type.limit}: { ${type.fields.map((field) => `${field.name}: ${formOf(field.type)}`).join('; ')} }`
  }
}

/** A word holds 31 members. */
const choicesForm = (members: readonly string[]): string => {
  const words = Array.from({ length: wordOf(members.length - 1) + 1 }, (_, word) =>
    members.flatMap((member, i) => (wordOf(i) === word ? [`${bitOf(i)} ${member}`] : [])).join(', '),
  )
  return `sum of 2^i of the members: ${words.map((listed, i) => (i === 0 ? listed : `under its name with “ ${i}”: ${listed}`)).join('; ')}`
}

const rangeOf = ({ low, high }: { readonly low: string; readonly high: string }): string => `${low} to ${high}`

/** How a value is written in a file. */
export function writtenFormOf(type: FactType): string {
  switch (type.kind) {
    case 'number':
      return `${type.places === 0 ? 'whole number' : `number of at most ${type.places} decimals`}, ${rangeOf(type)}`
    case 'date':
      return `day as ${rangeOf(type)}`
    case 'yesno':
      return 'true or false, 是 or 否'
    case 'text':
      return 'text'
    case 'choice':
    case 'levels':
      return `one of ${type.members.join('、')}`
    case 'choices':
      return `some of ${type.members.join('、')}, as a list or joined by 、; [] for none`
    case 'records':
      return `list of at most ${type.limit}: { ${type.fields.map((field) => `${field.name}: ${writtenFormOf(field.type)}${field.default === undefined ? '' : `, ${field.default} when left out`}`).join('; ')} }`
  }
}
