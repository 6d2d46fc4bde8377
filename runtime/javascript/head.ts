// What a generated module says about its own numbers, so that it can be read without Heng.

import { oneLine } from '../exact/text.ts'
import type { Fact } from '../ir/schema.ts'
import { stateOrder } from '../outcome.ts'
import { mayBeMissing } from '../plan/expressions.ts'
import { alwaysGiven, formOf } from '../plan/form.ts'
import type { Output } from '../plan/outputs.ts'
import type { Plan } from '../plan/plan.ts'
import { literal } from './print.ts'

const forms = {
  person: {
    about: ['Facts by name; one that is left out is not known.'],
    always: (fact: Fact) => (fact.default === undefined ? alwaysGiven(fact) : `${fact.default} when left out`),
  },
  columns: {
    about: [
      'Facts by name, each { values, given }: a value for each applicant, truths as 1 and 0, and with 1 who has it. Where it is 0, anything may stand.',
      'A list is { given, offsets, fields }: the records of applicant i are those from offsets[i] up to before offsets[i + 1] of every array in fields.',
      'What comes out fills plain arrays or typed ones, one for each output.',
    ],
    always: alwaysGiven,
  },
} as const

/** How a module takes its facts, and which it reads. */
export const aboutFacts = (form: keyof typeof forms, facts: readonly Fact[]): string =>
  [...forms[form].about.map((line) => `// ${line}\n`), ...facts.map((fact) => aboutFact(form, fact))].join('')

function aboutFact(form: keyof typeof forms, fact: Fact): string {
  const always = mayBeMissing(fact) ? '' : `; ${forms[form].always(fact)}`
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
