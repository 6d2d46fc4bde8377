// What a generated module says about its own numbers, so that it can be read without Heng.

import { oneLine } from '../exact/text.ts'
import type { Fact } from '../ir/schema.ts'
import { stateOrder } from '../outcome.ts'
import { mayBeMissing } from '../plan/expressions.ts'
import type { Output } from '../plan/outputs.ts'
import type { Plan } from '../plan/plan.ts'
import { bitOf, wordOf } from '../plan/value.ts'
import { literal } from './print.ts'

/** How a value is written in an engine's input. */
function formOf(type: Fact['type']): string {
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

const forms = {
  person: {
    about: ['Facts by name; one that is left out is not known.'],
    otherwise: (value: string) => `${value} when left out`,
  },
  columns: {
    about: [
      'Facts by name, each { values, given }: a value for each applicant, truths as 1 and 0, and with 1 who has it. Where it is 0, anything may stand.',
      'A list is { given, offsets, fields }: the records of applicant i are those from offsets[i] up to before offsets[i + 1] of every array in fields.',
      'What comes out fills plain arrays or typed ones, one for each output.',
    ],
    otherwise: (value: string) => `always given, ${value} when nothing is said`,
  },
} as const

/** How a module takes its facts, and which it reads. */
export const aboutFacts = (form: keyof typeof forms, facts: readonly Fact[]): string =>
  [...forms[form].about.map((line) => `// ${line}\n`), ...facts.map((fact) => aboutFact(form, fact))].join('')

function aboutFact(form: keyof typeof forms, fact: Fact): string {
  const always = mayBeMissing(fact) ? '' : fact.default === undefined ? '; always given' : `; ${forms[form].otherwise(fact.default)}`
  return `// ${oneLine(`${fact.name}: ${formOf(fact.type)}${always}`)}\n`
}

/** The names of the outputs, the decimals of each, the states by their numbers, and the facts by their bits in `awaiting`. */
export function moduleHead(plan: Plan, outputs: readonly Output[]): string {
  const list = (name: string, about: string, values: readonly string[]): string =>
    `// ${about}\nexport const ${name} = [\n${values.map((value) => `  ${value},\n`).join('')}]\n`
  const names = list(
    'outputs',
    'What score gives, in order.',
    outputs.map(({ name }) => literal(name)),
  )
  const places = `// The decimals of each: 725 with 1 is 72.5.\nexport const places = [${outputs.map((output) => output.places ?? 0).join(', ')}]\n`
  const states = `// What the number of the state means.\nexport const states = [${stateOrder.map(literal).join(', ')}]\n`
  const facts = list(
    'facts',
    'Bit i of awaiting 0 is fact i, of awaiting 1 fact 31 + i, and so on.',
    plan.facts.map(({ name }) => literal(name)),
  )
  return [names, places, states, ...(outputs.some(({ name }) => name.startsWith('awaiting ')) ? [facts] : [])].join('\n')
}
