// Dates: days of the run, days moved and made, and what is counted between two of them.

import { addDays, addMonths, ageOn, type CalendarDate, daysBetween, daysInMonth, firstDate, fullMonths, makeDate, parseDate, yearOf } from '../../exact/date.ts'
import { fromInteger } from '../../exact/number.ts'
import { columnOf } from '../column.ts'
import type { Person } from '../person.ts'
import { isUnknown, type Value } from '../value.ts'
import { anyDay, datesOf, dateValue, numberValue, required, unknown } from '../values.ts'
import type { Evaluate, Meanings, Of } from './meaning.ts'

export const dates: Meanings<'date' | 'reference-date' | 'shift' | 'year-start' | 'year-end' | 'make-date' | 'age' | 'months' | 'days' | 'year'> = {
  date: (_, node) => dateValue(parseDate(node.value) ?? firstDate),
  'reference-date': referenceDate,
  shift: (person, { date, months, days }, of) => onDate(of(person, date), (day) => addDays(addMonths(day, months), days)),
  'year-start': (person, { date }, of) => onDate(of(person, date), (day) => makeDate(yearOf(day), 1, 1)),
  'year-end': (person, { date }, of) => onDate(of(person, date), (day) => makeDate(yearOf(day), 12, 31)),
  'make-date': madeDate,
  age: (person, { born, on }, of) => between(of(person, born), of(person, on), ageOn),
  months: (person, { from, to }, of) => between(of(person, from), of(person, to), fullMonths),
  days: (person, { from, to }, of) => between(of(person, from), of(person, to), daysBetween),
  year(person, node, of) {
    const date = of(person, node.date)
    const { low, high } = datesOf(date)
    const years = { low: fromInteger(yearOf(low)), high: fromInteger(yearOf(high)) }
    return isUnknown(date) ? unknown([date], { numbers: years }) : numberValue(years.low)
  },
}

function referenceDate(person: Person, { name }: Of<'reference-date'>, of: Evaluate): Value {
  const own = person.run.ownDates.get(name)
  if (!own) return dateValue(required(person.run.days.get(name), `reference date ${name}`))
  const memoId = `day ${name}`
  const known = person.memo.get(memoId) ?? of(person, own)
  person.memo.set(memoId, known)
  return known
}

function madeDate(person: Person, node: Of<'make-date'>, of: Evaluate): Value {
  const parts = [node.year, node.month, node.day].map((part) => of(person, part))
  if (parts.some(isUnknown)) return unknown(parts, { dates: anyDay })
  const [year = 0, month = 0, day = 0] = parts.map((part) => (part.kind === 'number' ? Number(part.value.numerator / part.value.denominator) : 0))
  const exists = year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  if (exists) return dateValue(makeDate(year, month, day))
  person.problems.push({ code: 'no-such-date', column: columnOf(person, node) ?? '', value: `${year}-${month}-${day}`, data: {} })
  return unknown([], { dates: anyDay })
}

/** A count of years, months or days between two dates: it falls as the first grows and rises as the second grows. */
function between(from: Value, to: Value, count: (from: CalendarDate, to: CalendarDate) => number): Value {
  const [a, b] = [datesOf(from), datesOf(to)]
  const numbers = { low: fromInteger(count(a.high, b.low)), high: fromInteger(count(a.low, b.high)) }
  return isUnknown(from) || isUnknown(to) ? unknown([from, to], { numbers }) : numberValue(numbers.low)
}

function onDate(date: Value, move: (date: CalendarDate) => CalendarDate): Value {
  const { low, high } = datesOf(date)
  return isUnknown(date) ? unknown([date], { dates: { low: move(low), high: move(high) } }) : dateValue(move(low))
}
