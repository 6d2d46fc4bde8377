// What stands behind a name: a fact, a field, a definition, a parameter, the points of an item or total, the other of a household.

import { firstDate, formatDate, lastDate, parseDate } from '../../exact/date.ts'
import { hull } from '../../exact/interval.ts'
import type { Fact } from '../../ir/schema.ts'
import type { Figure } from '../../outcome.ts'
import { columnOf } from '../column.ts'
import { isOpen } from '../figures.ts'
import type { Person } from '../person.ts'
import { isUnknown, type Unknown, type Value } from '../value.ts'
import { constant, datesOf, numbersOf, numberValue, openNumber, required, some, truth, unknown } from '../values.ts'
import type { Evaluate, Meanings, Of } from './meaning.ts'

export const names: Meanings<'fact' | 'field' | 'parameter' | 'definition' | 'item' | 'total' | 'partner'> = {
  fact: (person, { fact }) => person.facts.get(fact) ?? unknownFact(required(person.index.facts.get(fact), `fact ${fact}`)),
  field: (person, { field }) => required(person.record?.fields.get(field), `field ${field}`),
  parameter: parameterValue,
  definition: definitionValue,
  item(person, node) {
    const { figure, awaiting } = person.item(node.item)
    return figureValue(figure, awaiting)
  },
  total(person, node) {
    const { figure, awaiting } = person.total(node.total)
    return figureValue(figure, awaiting)
  },
  partner: (person, node, of) => (person.partner ? of(person.partner, node.value) : of(person, node.otherwise)),
}

function unknownFact(fact: Fact): Unknown {
  const facts = new Set([fact.name])
  if (fact.type.kind === 'number') return { kind: 'unknown', facts, numbers: { low: constant(fact.type.low), high: constant(fact.type.high) } }
  if (fact.type.kind === 'date')
    return { kind: 'unknown', facts, dates: { low: parseDate(fact.type.low) ?? firstDate, high: parseDate(fact.type.high) ?? lastDate } }
  return { kind: 'unknown', facts }
}

/** The first case that holds; while an earlier condition is not known, the value lies between all that may still be taken. */
function definitionValue(person: Person, node: Of<'definition'>, of: Evaluate): Value {
  const definition = required(person.index.definitions.get(node.definition), `definition ${node.definition}`)
  const memo = definition.perRecord && person.record ? person.record.memo : person.memo
  const known = memo.get(definition.id)
  if (known) return known
  const candidates: Value[] = []
  const conditions: Value[] = []
  for (const { when, value } of definition.cases) {
    const condition = when ? of(person, when) : truth(true)
    if (isUnknown(condition)) {
      conditions.push(condition)
      candidates.push(of(person, value))
    } else if (condition.value === true) {
      candidates.push(of(person, value))
      break
    }
  }
  const only = candidates[0]
  const value = conditions.length === 0 && only ? only : undecided([...conditions, ...candidates], candidates)
  memo.set(definition.id, value)
  return value
}

function undecided(waiting: readonly Value[], candidates: readonly Value[]): Unknown {
  const [first] = candidates
  const isNumber = first?.kind === 'number' || (first?.kind === 'unknown' && first.numbers)
  const isDate = first?.kind === 'date' || (first?.kind === 'unknown' && first.dates)
  if (isNumber) return unknown(waiting, { numbers: candidates.map(numbersOf).reduce(hull) })
  if (!isDate) return unknown(waiting)
  const dates = candidates.map(datesOf)
  return unknown(waiting, { dates: { low: Math.min(...dates.map(({ low }) => low)), high: Math.max(...dates.map(({ high }) => high)) } })
}

/** The value that applies on the day; a day before the first one is a mistake in the applicant's data. */
function parameterValue(person: Person, node: Of<'parameter'>, of: Evaluate): Value {
  const parameter = required(person.index.parameters.get(node.parameter), `parameter ${node.parameter}`)
  const on = node.on ? of(person, node.on) : undefined
  if (!on) return numberValue(constant(some(parameter.values[0]).value))
  if (on.kind !== 'date') return openNumber(parameter, [on])
  const applies = parameter.values.findLast(({ from }) => (parseDate(from ?? '') ?? firstDate) <= on.value)
  if (applies && on.value <= (parseDate(applies.to ?? '') ?? lastDate)) return numberValue(constant(applies.value))
  person.problems.push({
    code: 'no-parameter-value',
    column: columnOf(person, node.on) ?? parameter.name,
    value: formatDate(on.value),
    data: { parameter: parameter.name },
  })
  return openNumber(parameter, [])
}

/** The points of an item or total: known when nothing can change them any more, and carrying what is proven of them while something can. */
function figureValue(figure: Figure, awaiting: readonly string[]): Value {
  const { proven, lowest, highest } = figure
  if (!isOpen(figure)) return numberValue(proven)
  return { kind: 'unknown', facts: new Set(awaiting), numbers: { low: lowest, high: highest }, proven }
}
