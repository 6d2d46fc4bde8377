// Lists of records: filters, and what is asked of a list. A list that depends on something not known is not known as a whole.

import type { CalendarDate } from '../../exact/date.ts'
import { addIntervals, pointInterval } from '../../exact/interval.ts'
import { add, type Exact, fromInteger, larger, smaller, zero } from '../../exact/number.ts'
import { type Person, withRecord } from '../person.ts'
import { calendarYears, inWindow, lastWindow, monthsCovered, unbroken, type Window, withoutPeriods } from '../records.ts'
import { isUnknown, type Value } from '../value.ts'
import { anyDay, arithmetic, datesOf, dateValue, extreme, numberValue, openNumber, recordsValue, some, truth, unknown } from '../values.ts'
import type { Evaluate, Meanings, Of } from './meaning.ts'

export const filters: Meanings<'last' | 'last-years' | 'between' | 'without' | 'unbroken' | 'where'> = {
  last: (person, node, of) => windowed(person, node, of, (on) => lastWindow(on, node.months, node.days)),
  'last-years': (person, node, of) => windowed(person, node, of, (on) => calendarYears(on, node.years)),
  between(person, node, of) {
    const [set, from, to] = [node.set, node.from, node.to].map((part) => of(person, part))
    if (set?.kind !== 'records' || from?.kind !== 'date' || to?.kind !== 'date') return unknown([some(set), some(from), some(to)])
    return recordsValue(inWindow(set.value, { low: from.value, high: to.value }, node.field))
  },
  without(person, node, of) {
    const [set, other] = [of(person, node.set), of(person, node.other)]
    if (set.kind !== 'records' || other.kind !== 'records') return unknown([set, other])
    return recordsValue(withoutPeriods(set.value, other.value, node.field))
  },
  unbroken(person, node, of) {
    const [set, to] = [of(person, node.set), of(person, node.to)]
    if (set.kind !== 'records' || to.kind !== 'date') return unknown([set, to])
    return recordsValue(unbroken(set.value, to.value, { months: node.gapMonths, days: node.gapDays }, node.counted))
  },
  where(person, node, of) {
    const set = of(person, node.set)
    if (set.kind !== 'records') return unknown([set])
    const chosen = set.value.map((fields) => of(withRecord(person, fields), node.condition))
    if (chosen.some(isUnknown)) return unknown(chosen)
    return recordsValue(
      set.value.filter((_, i) => {
        const condition = chosen[i]
        return condition?.kind === 'yesno' && condition.value
      }),
    )
  },
}

export const aggregates: Meanings<'any' | 'count' | 'months-covered' | 'total-of' | 'greatest' | 'least' | 'earliest' | 'latest'> = {
  any(person, node, of) {
    const set = of(person, node.set)
    return isUnknown(set) ? unknown([set]) : truth(sizeOf(set) > 0)
  },
  count(person, node, of) {
    const set = of(person, node.set)
    return isUnknown(set) ? openNumber(node, [set]) : numberValue(fromInteger(sizeOf(set)))
  },
  'months-covered'(person, node, of) {
    const set = of(person, node.set)
    return set.kind === 'records' ? numberValue(fromInteger(monthsCovered(set.value))) : openNumber(node, [set])
  },
  'total-of'(person, node, of) {
    const set = of(person, node.set)
    if (set.kind !== 'records') return openNumber(node, [set])
    return arithmetic(
      set.value.map((fields) => of(withRecord(person, fields), node.value)),
      (parts) => parts.reduce(addIntervals, pointInterval(zero)),
      (parts) => parts.reduce(add, zero),
    )
  },
  greatest: (person, node, of) => extremeNumber(person, node, of, larger),
  least: (person, node, of) => extremeNumber(person, node, of, smaller),
  earliest: (person, node, of) => extremeDate(person, node, of, Math.min),
  latest: (person, node, of) => extremeDate(person, node, of, Math.max),
}

/** How many records, or members of a 多选, there are. */
function sizeOf(set: Value): number {
  if (set.kind === 'records') return set.value.length
  if (set.kind === 'members') return set.value.size
  throw new Error(`expected a list, got ${set.kind}`)
}

/** What a filter with a window lets through. */
function windowed(person: Person, node: Of<'last' | 'last-years'>, of: Evaluate, window: (on: CalendarDate) => Window): Value {
  const [set, on] = [of(person, node.set), of(person, node.day)]
  if (set.kind !== 'records' || on.kind !== 'date') return unknown([set, on])
  return recordsValue(inWindow(set.value, window(on.value), node.field))
}

/** The list may turn out to have no records: what stands for none is awaited too. */
function extremeNumber(person: Person, node: Of<'greatest' | 'least'>, of: Evaluate, pick: (a: Exact, b: Exact) => Exact): Value {
  const set = of(person, node.set)
  if (set.kind !== 'records') return openNumber(node, [set, of(person, node.empty)])
  if (set.value.length === 0) return of(person, node.empty)
  return extreme(
    set.value.map((fields) => of(withRecord(person, fields), node.value)),
    pick,
  )
}

function extremeDate(person: Person, node: Of<'earliest' | 'latest'>, of: Evaluate, pick: (...days: number[]) => number): Value {
  const set = of(person, node.set)
  if (set.kind !== 'records') return unknown([set, of(person, node.empty)], { dates: anyDay })
  const values = set.value.map((fields) => of(withRecord(person, fields), node.value))
  if (values.length === 0) return of(person, node.empty)
  const days = values.map(datesOf)
  const range = { low: pick(...days.map(({ low }) => low)), high: pick(...days.map(({ high }) => high)) }
  return values.some(isUnknown) ? unknown(values, { dates: range }) : dateValue(range.low)
}
