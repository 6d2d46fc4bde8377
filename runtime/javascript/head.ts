// What a generated module says about its own numbers, so that it can be read without Heng.

import type { Fact } from '../ir/schema.ts'
import { states as stateNumbers } from '../outcome.ts'
import { mayBeMissing } from '../plan/facts.ts'
import { alwaysGiven, formOf, writtenFormOf } from '../plan/form.ts'
import type { Output } from '../plan/outputs.ts'
import type { Plan } from '../plan/plan.ts'
import { comment, literal } from './quote.ts'

/** What stands before the facts of a module that checks nothing. */
const unchecked = [
  'Nothing is checked here. The caller must have seen that every value is of the type and in the form below and within its range;',
  'that no member is beyond the last one; that each record has all of its fields, defaults filled in, and no list is longer than said;',
  'that a period does not end before it starts; that facts that are always given are there; and that no name is misspelt: what has',
  'another name is not known. null is not the same as left out. Dates that may not be after a reference date are told by rejected.',
]

const forms = {
  person: {
    about: ['Facts by name; one that is left out is not known.', ...unchecked],
    always: (fact: Fact) => (fact.default === undefined ? alwaysGiven(fact) : `${fact.default} when left out`),
  },
  reading: {
    about: [
      'Facts by name, as a file has them: JSON values, or texts in their written form. What is left out, null or empty is not known.',
      'read(facts) says what cannot be read; score(facts, out) of such facts gives rejected 1 and NaN for everything else.',
      'A name that is no fact cannot be read either, but for 编号.',
    ],
    always: (fact: Fact) => (fact.default === undefined ? 'required' : `${fact.default} when left out`),
  },
  columns: {
    about: [
      ...unchecked,
      'Facts by name, each { values, given }: a value for each applicant, truths as 1 and 0, and with 1 who has it. Where it is 0, anything may stand.',
      'A list is { given, offsets, fields }: the records of applicant i are those from offsets[i] up to before offsets[i + 1] of every array in fields.',
      'What comes out fills plain arrays or typed ones, one for each output.',
    ],
    always: alwaysGiven,
  },
} as const

/** How a module takes its facts, and which it reads. */
export const aboutFacts = (form: keyof typeof forms, facts: readonly Fact[]): string =>
  [...forms[form].about.map(comment), ...facts.map((fact) => aboutFact(form, fact))].join('')

function aboutFact(form: keyof typeof forms, fact: Fact): string {
  const always = mayBeMissing(fact) ? '' : `; ${forms[form].always(fact)}`
  return comment(`${fact.name}: ${form === 'reading' ? writtenFormOf(fact.type) : formOf(fact.type)}${always}`)
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
  const states = `// What the number of the state means.\nexport const states = [${stateNumbers.map(literal).join(', ')}]\n`
  const facts = list(
    'facts',
    'Bit i of awaiting 0 is fact i, of awaiting 1 fact 31 + i, and so on.',
    plan.facts.map(({ name }) => literal(name)),
  )
  return [names, places, states, ...(outputs.some(({ name }) => name.startsWith('awaiting ')) ? [facts] : [])].join('\n')
}
