// The meaning of expressions. A value is known when everything it is made of is known; otherwise its bounds follow by
// interval arithmetic. Conditions are three-valued: a false side decides 且, a true side decides 或, whatever is not known.

import {
  addDays,
  addMonths,
  ageOn,
  type CalendarDate,
  daysBetween,
  daysInMonth,
  firstDate,
  formatDate,
  fullMonths,
  lastDate,
  makeDate,
  parseDate,
  yearOf,
} from '../exact/date.ts'
import { addIntervals, hull, type Interval, multiplyIntervals, negateInterval, pointInterval } from '../exact/interval.ts'
import { add, compare, decimal, divide, type Exact, equal, fromInteger, larger, multiply, negate, one, round, smaller, zero } from '../exact/number.ts'
import { type Comparison, holds } from '../exact/order.ts'
import type { RecordValue } from '../facts.ts'
import type { Definition, Expression, Fact } from '../ir/schema.ts'
import { firstFact, mentionsFigures } from '../ir/walk.ts'
import type { Figure } from '../outcome.ts'
import { type Person, withRecord } from './person.ts'
import { calendarYears, inWindow, lastWindow, monthsCovered, unbroken, type Window, withoutPeriods } from './records.ts'
import { awaited, isUnknown, type Unknown, type Value } from './value.ts'

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
      return referenceDate(person, node.name)
    case 'fact':
      return person.facts.get(node.fact) ?? unknownFact(required(person.index.facts.get(node.fact), `fact ${node.fact}`))
    case 'field':
      return required(person.record?.fields.get(node.field), `field ${node.field}`)
    case 'parameter':
      return parameterValue(person, node)
    case 'definition':
      return evaluateDefinition(person, required(person.index.definitions.get(node.definition), `definition ${node.definition}`))
    case 'item': {
      const { figure, awaiting } = person.item(node.item)
      return figureValue(figure, awaiting)
    }
    case 'total': {
      const { figure, awaiting } = person.total(node.total)
      return figureValue(figure, awaiting)
    }
    case 'partner':
      return person.partner ? evaluate(person.partner, node.value) : evaluate(person, node.otherwise)
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
    case 'days':
      return between(evaluate(person, node.from), evaluate(person, node.to), daysBetween)
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
    case 'make-date':
      return madeDate(person, node, evaluate(person, node.year), evaluate(person, node.month), evaluate(person, node.day))
    case 'compare':
      return compareBy(node)(evaluate(person, node.left), evaluate(person, node.right), node.operator)
    case 'within': {
      const compareEnds = compareBy(node)
      const value = evaluate(person, node.value)
      const low = node.low ? compareEnds(value, evaluate(person, node.low), node.lowOpen ? '>' : '>=') : truth(true)
      const high = node.high ? compareEnds(value, evaluate(person, node.high), node.highOpen ? '<' : '<=') : truth(true)
      return all([low, high])
    }
    case 'last':
      return windowed(person, node, (on) => lastWindow(on, node.months, node.days))
    case 'last-years':
      return windowed(person, node, (on) => calendarYears(on, node.years))
    case 'between': {
      const [set, from, to] = [node.set, node.from, node.to].map((part) => evaluate(person, part))
      if (set?.kind !== 'records' || from?.kind !== 'date' || to?.kind !== 'date') return unknown([some(set), some(from), some(to)])
      return recordsValue(inWindow(set.value, { low: from.value, high: to.value }, node.field))
    }
    case 'without': {
      const [set, other] = [evaluate(person, node.set), evaluate(person, node.other)]
      if (set.kind !== 'records' || other.kind !== 'records') return unknown([set, other])
      return recordsValue(withoutPeriods(set.value, other.value, node.field))
    }
    case 'unbroken': {
      const [set, to] = [evaluate(person, node.set), evaluate(person, node.to)]
      if (set.kind !== 'records' || to.kind !== 'date') return unknown([set, to])
      return recordsValue(unbroken(set.value, to.value, { months: node.gapMonths, days: node.gapDays }, node.counted))
    }
    case 'where': {
      const set = evaluate(person, node.set)
      if (set.kind !== 'records') return unknown([set])
      const chosen = set.value.map((fields) => evaluate(withRecord(person, fields), node.condition))
      if (chosen.some(isUnknown)) return unknown(chosen)
      return recordsValue(
        set.value.filter((_, i) => {
          const condition = chosen[i]
          return condition?.kind === 'yesno' && condition.value
        }),
      )
    }
    case 'any': {
      const set = evaluate(person, node.set)
      return isUnknown(set) ? unknown([set]) : truth(sizeOf(set) > 0)
    }
    case 'count': {
      const set = evaluate(person, node.set)
      return isUnknown(set) ? openNumber(node, [set]) : numberValue(fromInteger(sizeOf(set)))
    }
    case 'months-covered': {
      const set = evaluate(person, node.set)
      return set.kind === 'records' ? numberValue(fromInteger(monthsCovered(set.value))) : openNumber(node, [set])
    }
    case 'total-of':
      return overRecords(person, node, (values) =>
        arithmetic(
          values,
          (parts) => parts.reduce(addIntervals, pointInterval(zero)),
          (parts) => parts.reduce(add, zero),
        ),
      )
    case 'greatest':
    case 'least': {
      const pick = node.op === 'least' ? smaller : larger
      return overRecords(person, node, (values) =>
        values.length === 0
          ? evaluate(person, node.empty)
          : arithmetic(
              values,
              (parts) => ({ low: parts.map(({ low }) => low).reduce(pick), high: parts.map(({ high }) => high).reduce(pick) }),
              (parts) => parts.reduce(pick),
            ),
      )
    }
    case 'earliest':
    case 'latest': {
      const pick = node.op === 'earliest' ? Math.min : Math.max
      const set = evaluate(person, node.set)
      // The list may turn out to have no records: what stands for none is awaited too.
      if (set.kind !== 'records') return unknown([set, evaluate(person, node.empty)], { dates: { low: firstDate, high: lastDate } })
      const values = set.value.map((fields) => evaluate(withRecord(person, fields), node.value))
      if (values.length === 0) return evaluate(person, node.empty)
      const dates = values.map(datesOf)
      const range = { low: pick(...dates.map(({ low }) => low)), high: pick(...dates.map(({ high }) => high)) }
      return values.some(isUnknown) ? unknown(values, { dates: range }) : dateValue(range.low)
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
  const memo = definition.perRecord && person.record ? person.record.memo : person.memo
  const known = memo.get(definition.id)
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
  memo.set(definition.id, value)
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

const recordsValue = (value: readonly RecordValue[]): Value => ({ kind: 'records', value })
const openNumber = (node: { readonly low: string; readonly high: string }, values: readonly Value[]): Unknown =>
  unknown(values, { numbers: { low: constant(node.low), high: constant(node.high) } })

/** How many records, or members of a 多选, there are. */
function sizeOf(set: Value): number {
  if (set.kind === 'records') return set.value.length
  if (set.kind === 'members') return set.value.size
  throw new Error(`expected a list, got ${set.kind}`)
}

/** What a filter with a window lets through. */
function windowed(person: Person, node: Extract<Expression, { op: 'last' | 'last-years' }>, window: (on: CalendarDate) => Window): Value {
  const [set, on] = [evaluate(person, node.set), evaluate(person, node.day)]
  if (set.kind !== 'records' || on.kind !== 'date') return unknown([set, on])
  return recordsValue(inWindow(set.value, window(on.value), node.field))
}

/** The values of a list's records joined to one; within the checked bounds when the list is not known. */
function overRecords(person: Person, node: Extract<Expression, { op: 'total-of' | 'greatest' | 'least' }>, join: (values: readonly Value[]) => Value): Value {
  const set = evaluate(person, node.set)
  if (set.kind !== 'records') return openNumber(node, 'empty' in node ? [set, evaluate(person, node.empty)] : [set])
  return join(set.value.map((fields) => evaluate(withRecord(person, fields), node.value)))
}

/** The points of an item or total: known when nothing can change them any more. */
function figureValue({ lowest, highest }: Figure, awaiting: readonly string[]): Value {
  if (equal(lowest, highest)) return numberValue(lowest)
  return { kind: 'unknown', facts: new Set(awaiting), numbers: { low: lowest, high: highest } }
}

function referenceDate(person: Person, name: string): Value {
  const own = person.run.ownDates.get(name)
  if (!own) return dateValue(required(person.run.days.get(name), `reference date ${name}`))
  const memoId = `day ${name}`
  const known = person.memo.get(memoId) ?? evaluate(person, own)
  person.memo.set(memoId, known)
  return known
}

/** The value that applies on the day; a day before the first one is a mistake in the applicant's data. */
function parameterValue(person: Person, node: Extract<Expression, { op: 'parameter' }>): Value {
  const parameter = required(person.index.parameters.get(node.parameter), `parameter ${node.parameter}`)
  const on = node.on ? evaluate(person, node.on) : undefined
  if (!on) return numberValue(constant(some(parameter.values[0]).value))
  if (on.kind !== 'date') return openNumber(parameter, [on])
  const applies = parameter.values.findLast(({ from }) => (parseDate(from ?? '') ?? firstDate) <= on.value)
  if (applies && on.value <= (parseDate(applies.to ?? '') ?? lastDate)) return numberValue(constant(applies.value))
  person.problems.push({
    code: 'no-parameter-value',
    column: firstFact(node.on) ?? parameter.name,
    value: formatDate(on.value),
    data: { parameter: parameter.name },
  })
  return openNumber(parameter, [])
}

function madeDate(person: Person, node: Expression, ...parts: readonly [Value, Value, Value]): Value {
  const anyDay = { dates: { low: firstDate, high: lastDate } }
  if (parts.some(isUnknown)) return unknown(parts, anyDay)
  const [year = 0, month = 0, day = 0] = parts.map((part) => (part.kind === 'number' ? Number(part.value.numerator / part.value.denominator) : 0))
  const exists = year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  if (exists) return dateValue(makeDate(year, month, day))
  person.problems.push({ code: 'no-such-date', column: firstFact(node) ?? '', value: `${year}-${month}-${day}`, data: {} })
  return unknown([], anyDay)
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

const figureConditions = new WeakMap<Expression, boolean>()

/** Whether points of items or totals are compared: while these are open, their bounds may decide. */
function comparesFigures(node: Extract<Expression, { op: 'compare' | 'within' }>): boolean {
  const known = figureConditions.get(node)
  if (known !== undefined) return known
  const found = mentionsFigures(node)
  figureConditions.set(node, found)
  return found
}

const compareBy = (node: Extract<Expression, { op: 'compare' | 'within' }>) => (comparesFigures(node) ? compareBounds : compareValues)

function compareBounds(left: Value, right: Value, operator: Comparison): Value {
  if (!isUnknown(left) && !isUnknown(right)) return compareValues(left, right, operator)
  const [a, b] = [numbersOf(left), numbersOf(right)]
  const orders = [compare(a.low, b.high), compare(a.high, b.low)] as const
  // Every order between the two ends is possible, equality included when the signs differ.
  const possible = [-1, 0, 1].filter((order) => order >= orders[0] && order <= orders[1])
  const outcomes = new Set(possible.map((order) => holds(order, operator)))
  return outcomes.size === 1 ? truth(outcomes.has(true)) : unknown([left, right])
}

function compareValues(left: Value, right: Value, operator: Comparison): Value {
  if (isUnknown(left) || isUnknown(right)) return unknown([left, right])
  if (left.kind === 'number' && right.kind === 'number') return truth(holds(compare(left.value, right.value), operator))
  if (left.kind === 'members' || right.kind === 'members' || left.kind === 'records' || right.kind === 'records' || left.kind !== right.kind)
    throw new Error(`cannot compare ${left.kind} with ${right.kind}`)
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
