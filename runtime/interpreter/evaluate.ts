// The meaning of expressions. A value is known when everything it is made of is known; otherwise its bounds follow by
// interval arithmetic. Conditions are three-valued: a false side decides 且, a true side decides 或, whatever is not known.

import { addDays, addMonths, ageOn, type CalendarDate, firstDate, fullMonths, lastDate, makeDate, parseDate, yearOf } from '../exact/date.ts'
import { addIntervals, hull, type Interval, multiplyIntervals, negateInterval, pointInterval } from '../exact/interval.ts'
import { add, compare, decimal, divide, type Exact, fromInteger, larger, multiply, negate, one, round, smaller, zero } from '../exact/number.ts'
import { type Comparison, holds } from '../exact/order.ts'
import type { Facts } from '../facts.ts'
import type { Definition, Expression, Fact, Policy } from '../ir/schema.ts'
import { awaited, isUnknown, type Unknown, type Value } from './value.ts'

/** One applicant while being evaluated. */
export interface Person {
  readonly policy: Policy
  readonly facts: Facts
  readonly dates: ReadonlyMap<string, CalendarDate>
  readonly factsById: ReadonlyMap<string, Fact>
  readonly definitionsById: ReadonlyMap<string, Definition>
  /** Definitions already evaluated for this person. */
  readonly memo: Map<string, Value>
}

const numberValue = (value: Exact): Value => ({ kind: 'number', value })
const dateValue = (value: CalendarDate): Value => ({ kind: 'date', value })
const truth = (value: boolean): Value => ({ kind: 'yesno', value })
const unknown = (values: readonly Value[], more: Omit<Unknown, 'kind' | 'facts'> = {}): Unknown => ({ kind: 'unknown', facts: awaited(values), ...more })

const decimals = new Map<string, Exact>()
/** Constants recur for every person: each is read once. */
export function constant(text: string): Exact {
  const known = decimals.get(text)
  if (known) return known
  const value = decimal(text)
  decimals.set(text, value)
  return value
}

/** The bounds of a number, known or not. */
export function numbersOf(value: Value): Interval {
  if (value.kind === 'number') return pointInterval(value.value)
  if (value.kind === 'unknown' && value.numbers) return value.numbers
  throw new Error(`expected a number, got ${value.kind}`)
}

function datesOf(value: Value): { low: CalendarDate; high: CalendarDate } {
  if (value.kind === 'date') return { low: value.value, high: value.value }
  if (value.kind === 'unknown' && value.dates) return value.dates
  throw new Error(`expected a date, got ${value.kind}`)
}

export function evaluate(person: Person, node: Expression): Value {
  switch (node.op) {
    case 'number':
      return numberValue(constant(node.value))
    case 'date':
      return dateValue(parseDate(node.value) ?? firstDate)
    case 'yesno':
      return truth(node.value)
    case 'text':
      return { kind: 'text', value: node.value }
    case 'member':
      return { kind: 'member', value: node.index }
    case 'reference-date':
      return dateValue(required(person.dates.get(node.name), `reference date ${node.name}`))
    case 'fact':
      return person.facts.get(node.fact) ?? unknownFact(required(person.factsById.get(node.fact), `fact ${node.fact}`))
    case 'definition':
      return evaluateDefinition(person, required(person.definitionsById.get(node.definition), `definition ${node.definition}`))
    case 'item':
    case 'total':
      throw new Error('items and totals are combined by the interpreter, not evaluated as values')
    case 'sum':
      return arithmetic(
        node.terms.map(({ value }) => evaluate(person, value)),
        (values) =>
          node.terms.reduce((sum, { negative }, i) => addIntervals(sum, negative ? negateInterval(at(values, i)) : at(values, i)), pointInterval(zero)),
        (values) => node.terms.reduce((sum, { negative }, i) => add(sum, negative ? negate(at(values, i)) : at(values, i)), zero),
      )
    case 'product':
      return arithmetic(
        node.factors.map((factor) => evaluate(person, factor)),
        (values) => values.reduce(multiplyIntervals),
        (values) => values.reduce(multiply),
      )
    case 'quotient':
      return arithmetic(
        [evaluate(person, node.dividend), evaluate(person, node.divisor)],
        ([a, b]) => multiplyIntervals(some(a), { low: divide(one, some(b).high), high: divide(one, some(b).low) }),
        ([a, b]) => divide(some(a), some(b)),
      )
    case 'round':
      return arithmetic(
        [evaluate(person, node.value)],
        ([a]) => ({ low: round(some(a).low, node.to, node.mode), high: round(some(a).high, node.to, node.mode) }),
        ([a]) => round(some(a), node.to, node.mode),
      )
    case 'smaller':
    case 'larger': {
      const pick = node.op === 'smaller' ? smaller : larger
      return arithmetic(
        node.operands.map((operand) => evaluate(person, operand)),
        (values) => ({ low: values.map(({ low }) => low).reduce(pick), high: values.map(({ high }) => high).reduce(pick) }),
        (values) => values.reduce(pick),
      )
    }
    case 'age':
      return between(evaluate(person, node.born), evaluate(person, node.on), ageOn)
    case 'months':
      return between(evaluate(person, node.from), evaluate(person, node.to), fullMonths)
    case 'year': {
      const date = evaluate(person, node.date)
      const { low, high } = datesOf(date)
      const years = { low: fromInteger(yearOf(low)), high: fromInteger(yearOf(high)) }
      return isUnknown(date) ? unknown([date], { numbers: years }) : numberValue(years.low)
    }
    case 'shift':
      return onDate(evaluate(person, node.date), (date) => addDays(addMonths(date, node.months), node.days))
    case 'year-start':
      return onDate(evaluate(person, node.date), (date) => makeDate(yearOf(date), 1, 1))
    case 'year-end':
      return onDate(evaluate(person, node.date), (date) => makeDate(yearOf(date), 12, 31))
    case 'compare':
      return compareValues(evaluate(person, node.left), evaluate(person, node.right), node.operator)
    case 'within': {
      const value = evaluate(person, node.value)
      const low = node.low ? compareValues(value, evaluate(person, node.low), node.lowOpen ? '>' : '>=') : truth(true)
      const high = node.high ? compareValues(value, evaluate(person, node.high), node.highOpen ? '<' : '<=') : truth(true)
      return all([low, high])
    }
    case 'one-of': {
      const subject = evaluate(person, node.subject)
      if (isUnknown(subject)) return unknown([subject])
      return truth(subject.kind === 'member' && node.members.includes(subject.value))
    }
    case 'has': {
      const subject = evaluate(person, node.subject)
      if (isUnknown(subject)) return unknown([subject])
      return truth(subject.kind === 'members' && subject.value.has(node.member))
    }
    case 'and':
      return all(node.operands.map((operand) => evaluate(person, operand)))
    case 'or':
      return negated(all(node.operands.map((operand) => negated(evaluate(person, operand)))))
    case 'not':
      return negated(evaluate(person, node.operand))
  }
}

function unknownFact(fact: Fact): Unknown {
  const facts = new Set([fact.name])
  if (fact.type.kind === 'number') return { kind: 'unknown', facts, numbers: { low: constant(fact.type.low), high: constant(fact.type.high) } }
  if (fact.type.kind === 'date')
    return { kind: 'unknown', facts, dates: { low: parseDate(fact.type.low) ?? firstDate, high: parseDate(fact.type.high) ?? lastDate } }
  return { kind: 'unknown', facts }
}

/** The first case that holds; while an earlier condition is not known, the value lies between all that may still be taken. */
function evaluateDefinition(person: Person, definition: Definition): Value {
  const known = person.memo.get(definition.id)
  if (known) return known
  const candidates: Value[] = []
  const conditions: Value[] = []
  for (const { when, value } of definition.cases) {
    const condition = when ? evaluate(person, when) : truth(true)
    if (isUnknown(condition)) {
      conditions.push(condition)
      candidates.push(evaluate(person, value))
    } else if (condition.value === true) {
      candidates.push(evaluate(person, value))
      break
    }
  }
  const only = candidates[0]
  const value = conditions.length === 0 && only ? only : undecided([...conditions, ...candidates], candidates)
  person.memo.set(definition.id, value)
  return value
}

function undecided(waiting: readonly Value[], candidates: readonly Value[]): Unknown {
  const [first] = candidates
  const isNumber = first?.kind === 'number' || (first?.kind === 'unknown' && first.numbers)
  const isDate = first?.kind === 'date' || (first?.kind === 'unknown' && first.dates)
  if (isNumber) return unknown(waiting, { numbers: candidates.map(numbersOf).reduce(hull) })
  if (isDate) {
    const dates = candidates.map(datesOf)
    return unknown(waiting, { dates: { low: Math.min(...dates.map(({ low }) => low)), high: Math.max(...dates.map(({ high }) => high)) } })
  }
  return unknown(waiting)
}

/** `exact` when every value is known, `bounds` otherwise. */
function arithmetic(values: readonly Value[], bounds: (values: readonly Interval[]) => Interval, exact: (values: readonly Exact[]) => Exact): Value {
  if (values.every((value) => value.kind === 'number')) return numberValue(exact(values.map(({ value }) => value)))
  return unknown(values, { numbers: bounds(values.map(numbersOf)) })
}

/** A count of years or months between two dates: it falls as the first grows and rises as the second grows. */
function between(from: Value, to: Value, count: (from: CalendarDate, to: CalendarDate) => number): Value {
  const [a, b] = [datesOf(from), datesOf(to)]
  const numbers = { low: fromInteger(count(a.high, b.low)), high: fromInteger(count(a.low, b.high)) }
  return isUnknown(from) || isUnknown(to) ? unknown([from, to], { numbers }) : numberValue(numbers.low)
}

function onDate(date: Value, move: (date: CalendarDate) => CalendarDate): Value {
  const { low, high } = datesOf(date)
  return isUnknown(date) ? unknown([date], { dates: { low: move(low), high: move(high) } }) : dateValue(move(low))
}

function compareValues(left: Value, right: Value, operator: Comparison): Value {
  if (isUnknown(left) || isUnknown(right)) return unknown([left, right])
  if (left.kind === 'number' && right.kind === 'number') return truth(holds(compare(left.value, right.value), operator))
  if (left.kind === 'members' || right.kind === 'members' || left.kind !== right.kind) throw new Error(`cannot compare ${left.kind} with ${right.kind}`)
  const order = left.value === right.value ? 0 : left.value < right.value ? -1 : 1
  return truth(holds(order, operator))
}

function all(values: readonly Value[]): Value {
  if (values.some((value) => value.kind === 'yesno' && !value.value)) return truth(false)
  return values.some(isUnknown) ? unknown(values) : truth(true)
}

function negated(value: Value): Value {
  return value.kind === 'yesno' ? truth(!value.value) : value
}

const at = <T>(values: readonly T[], index: number): T => some(values[index])

function some<T>(value: T | undefined): T {
  return required(value, 'operand')
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`missing ${what}`)
  return value
}
