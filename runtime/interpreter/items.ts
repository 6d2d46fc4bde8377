// Rows, indicators and groups: what each gives as three figures, with the trace. Order: row (sum of its awards, then its
// 最低, 最高) → indicator → group, upward.

import { addIntervals, clamp, hull, type Interval, multiplyIntervals, negateInterval, pointInterval } from '../exact/interval.ts'
import { add, ceiling, compare, divide, type Exact, equal, floor, formatDecimal, larger, multiply, negate, smaller, zero } from '../exact/number.ts'
import type { Award, Expression, Indicator, Item, Row } from '../ir/schema.ts'
import type { Figure, ItemTrace, RowTrace, Step } from '../outcome.ts'
import { constant, evaluate, numbersOf, type Person } from './evaluate.ts'
import { showValue, showWorking } from './show.ts'
import { awaited, isUnknown, type Value } from './value.ts'

const nothing: Figure = { proven: zero, lowest: zero, highest: zero }
const figure = (proven: Exact, { low, high }: Interval): Figure => ({ proven, lowest: low, highest: high })
const isOpen = ({ lowest, highest }: Figure): boolean => !equal(lowest, highest)

export function evaluateItem(person: Person, item: Item): ItemTrace {
  return item.kind === 'indicator' ? evaluateIndicator(person, item) : evaluateGroup(person, item)
}

function evaluateGroup(person: Person, group: Extract<Item, { kind: 'group' }>): ItemTrace {
  const children = group.children.map((child) => evaluateItem(person, child))
  const figures = children.map((child) => child.figure)
  const inside = group.mode === 'highest' ? highestOf(figures) : figures.reduce(addFigures, nothing)
  const best = group.mode === 'highest' ? figures.findIndex(({ proven }) => equal(proven, inside.proven)) : -1
  const { waiting, ...settled } = bounded(person, inside, group)
  const awaiting = isOpen(settled.figure) ? [...new Set([...children.flatMap((child) => child.awaiting), ...waiting])] : []
  return {
    item: group.id,
    inside,
    ...settled,
    counted: true,
    rows: [],
    children: group.mode === 'highest' ? children.map((child, i) => ({ ...child, counted: i === best })) : children,
    awaiting,
  }
}

/** All children are there: each of the three is the highest of its kind. */
function highestOf(figures: readonly Figure[]): Figure {
  const [first = nothing, ...rest] = figures
  return rest.reduce(
    (best, next) => ({ proven: larger(best.proven, next.proven), lowest: larger(best.lowest, next.lowest), highest: larger(best.highest, next.highest) }),
    first,
  )
}

function addFigures(a: Figure, b: Figure): Figure {
  return { proven: add(a.proven, b.proven), lowest: add(a.lowest, b.lowest), highest: add(a.highest, b.highest) }
}

/** Floor first, then cap; both on all three figures. */
export function bounded(
  person: Person,
  inside: Figure,
  bounds: { min?: Expression | undefined; max?: Expression | undefined },
): { figure: Figure; limited: 'max' | 'min' | undefined; waiting: ReadonlySet<string> } {
  const values = [bounds.min, bounds.max].map((bound) => (bound ? evaluate(person, bound) : undefined))
  const [min, max] = values.map((value) => (value ? numbersOf(value) : undefined))
  // Of a bound that is not known, only its lower end is proven.
  const raised = min ? larger(inside.proven, min.low) : inside.proven
  const proven = max ? smaller(raised, max.low) : raised
  const clamped = clamp({ low: inside.lowest, high: inside.highest }, min, max)
  const limited = !equal(proven, raised) ? 'max' : !equal(raised, inside.proven) ? 'min' : undefined
  return { figure: figure(proven, clamped), limited, waiting: awaited(values.filter((value) => value !== undefined)) }
}

// ---- indicators --------------------------------------------------------------------------------------------------------

interface RowResult {
  readonly row: Row
  readonly holds: boolean | undefined
  readonly amountKnown: boolean
  /** What the row gives if its condition holds. */
  readonly given: Figure
  readonly steps: readonly Step[]
  readonly awaiting: ReadonlySet<string>
}

function evaluateIndicator(person: Person, indicator: Indicator): ItemTrace {
  const results = indicator.rows.map((row) => evaluateRow(person, row))
  const { inside, rows } = combine(indicator.mode, results)
  const { waiting, ...settled } = bounded(person, inside, indicator)
  const open = rows.flatMap((row) => (row.status === 'awaiting' ? row.awaiting : []))
  const awaiting = isOpen(settled.figure) ? [...new Set([...open, ...waiting])] : []
  return { item: indicator.id, inside, ...settled, counted: true, rows, children: [], awaiting }
}

function combine(mode: Indicator['mode'], results: readonly RowResult[]): { inside: Figure; rows: readonly RowTrace[] } {
  switch (mode) {
    case 'sum':
      return {
        inside: results.map(contribution).reduce(addFigures, nothing),
        rows: results.map((result) => trace(result, 'counts')),
      }
    case 'highest':
      return highestRow(results)
    case 'first':
      return firstRow(results)
  }
}

const isProven = ({ holds, amountKnown }: RowResult) => holds === true && amountKnown

/** What a row adds to a sum: nothing, its figures, or anything between nothing and its figures. */
function contribution({ holds, amountKnown, given }: RowResult): Figure {
  if (holds === false) return nothing
  const range = { low: given.lowest, high: given.highest }
  if (holds === undefined) return figure(zero, hull(range, pointInterval(zero)))
  return figure(amountKnown ? given.proven : zero, range)
}

/** Proven is the best proven row; a row that may hold can only raise the upper bound, and one that cannot does not wait. */
function highestRow(results: readonly RowResult[]): { inside: Figure; rows: readonly RowTrace[] } {
  const possible = results.filter(({ holds }) => holds !== false)
  const certain = results.filter(({ holds }) => holds === true)
  const proven = results.filter(isProven)
  const best = proven.reduce<RowResult | undefined>((a, b) => (a && compare(a.given.proven, b.given.proven) >= 0 ? a : b), undefined)
  const lows = certain.length > 0 ? [certain.map(({ given }) => given.lowest).reduce(larger)] : [zero, ...possible.map(({ given }) => given.lowest)]
  const highs = [...possible.map(({ given }) => given.highest), ...(certain.length > 0 ? [] : [zero])]
  const range = { low: lows.reduce(smaller), high: highs.reduce(larger, certain.length > 0 ? (highs[0] ?? zero) : zero) }
  const mayCount = (result: RowResult) => !isProven(result) && (certain.length === 0 || compare(result.given.highest, range.low) > 0)
  return {
    inside: figure(best?.given.proven ?? zero, range),
    rows: results.map((result) => trace(result, result === best || mayCount(result) ? 'counts' : 'a-higher-row')),
  }
}

/** Candidates are the rows that may hold up to the first that does; proven is the least of them. */
function firstRow(results: readonly RowResult[]): { inside: Figure; rows: readonly RowTrace[] } {
  const candidates: Figure[] = []
  const rows: RowTrace[] = []
  let decided = false
  for (const result of results) {
    rows.push(trace(result, decided ? 'an-earlier-row' : 'counts'))
    if (decided || result.holds === false) continue
    candidates.push({ ...result.given, proven: result.amountKnown ? result.given.proven : zero })
    decided = result.holds === true
  }
  if (!decided) candidates.push(nothing)
  const range = candidates.map(({ lowest, highest }) => ({ low: lowest, high: highest })).reduce(hull)
  return { inside: figure(candidates.map(({ proven }) => proven).reduce(smaller), range), rows }
}

function trace(result: RowResult, counting: 'counts' | 'a-higher-row' | 'an-earlier-row'): RowTrace {
  const { row, holds, amountKnown, given, steps, awaiting } = result
  const passed = counting === 'an-earlier-row' && (holds !== true || row.guard === 'otherwise')
  const status =
    holds === false || passed ? 'not-matched' : counting !== 'counts' ? 'not-counted' : holds === undefined || !amountKnown ? 'awaiting' : 'matched'
  return {
    row: row.id,
    status,
    because: status === 'not-counted' && counting !== 'counts' ? counting : undefined,
    steps,
    figure: status === 'matched' || status === 'not-counted' ? given : contribution(result),
    awaiting: [...awaiting],
  }
}

// ---- rows --------------------------------------------------------------------------------------------------------------

function evaluateRow(person: Person, row: Row): RowResult {
  const condition: Value = row.when ? evaluate(person, row.when) : { kind: 'yesno', value: true }
  const absent: RowResult = { row, holds: false, amountKnown: true, given: nothing, steps: [], awaiting: new Set() }
  if (condition.kind === 'yesno' && !condition.value) return absent
  const awards = row.awards.map((award) => evaluateAward(person, award))
  const present = awards.filter((award) => award !== undefined)
  if (present.length < awards.length) return absent
  const inside = present.map(({ value }) => numbersOf(value)).reduce(addIntervals, pointInterval(zero))
  const known = present.every(({ value }) => !isUnknown(value))
  const { figure: settled, waiting } = bounded(person, figure(known ? inside.low : zero, inside), row)
  const amountKnown = known && waiting.size === 0
  // A table that may have no entry for the applicant leaves open whether the row applies at all.
  const holds = isUnknown(condition) || present.some(({ mayBeAbsent }) => mayBeAbsent) ? undefined : true
  return {
    row,
    holds,
    amountKnown,
    given: amountKnown ? settled : { ...settled, proven: zero },
    steps: present.map(({ step }) => step),
    awaiting: new Set([...awaited([condition, ...present.map(({ value }) => value)]), ...waiting]),
  }
}

interface AwardResult {
  readonly value: Value
  readonly step: Step
  /** Not known whether there is an amount at all. */
  readonly mayBeAbsent: boolean
}

/** `undefined` when a table has no entry for the applicant: the row then does not apply. */
function evaluateAward(person: Person, award: Award): AwardResult | undefined {
  switch (award.kind) {
    case 'flat': {
      const value = evaluate(person, award.amount)
      return result(award.negative, value, (amount) => ({
        kind: 'flat',
        negative: award.negative,
        amount: formatDecimal(amount),
        working: showWorking(person, award.amount),
      }))
    }
    case 'rate':
      return evaluateRate(person, award)
    case 'table':
      return evaluateTable(person, award)
  }
}

function result(negative: boolean, value: Value, known: (amount: Exact) => Step): AwardResult {
  if (value.kind === 'number') return { value: negative ? { kind: 'number', value: negate(value.value) } : value, step: known(value.value), mayBeAbsent: false }
  const numbers = numbersOf(value)
  const facts = isUnknown(value) ? value.facts : new Set<string>()
  return {
    value: { kind: 'unknown', facts, numbers: negative ? negateInterval(numbers) : numbers },
    step: { kind: 'unknown', negative, low: formatDecimal(numbers.low), high: formatDecimal(numbers.high) },
    mayBeAbsent: false,
  }
}

function evaluateRate(person: Person, award: Extract<Award, { kind: 'rate' }>): AwardResult {
  const quantity = evaluate(person, award.quantity)
  const each = evaluate(person, award.amount)
  const per = constant(award.per)
  const count = (value: Exact): Exact => {
    const ratio = divide(larger(value, zero), per)
    return award.steps === 'full' ? floor(ratio) : award.steps === 'started' ? ceiling(ratio) : ratio
  }
  if (quantity.kind === 'number' && each.kind === 'number') {
    const counted = count(quantity.value)
    return result(award.negative, { kind: 'number', value: multiply(counted, each.value) }, (amount) => ({
      kind: 'rate',
      negative: award.negative,
      steps: award.steps,
      quantity: formatDecimal(quantity.value),
      per: award.per,
      unit: award.unit,
      count: formatDecimal(counted),
      each: formatDecimal(each.value),
      amount: formatDecimal(amount),
    }))
  }
  const numbers = numbersOf(quantity)
  const range = multiplyIntervals({ low: count(numbers.low), high: count(numbers.high) }, numbersOf(each))
  return result(award.negative, { kind: 'unknown', facts: awaited([quantity, each]), numbers: range }, () => {
    throw new Error('an unknown amount has no working')
  })
}

function evaluateTable(person: Person, award: Extract<Award, { kind: 'table' }>): AwardResult | undefined {
  const waiting: Value[] = []
  const candidates: Value[] = []
  let decided = false
  for (const { when, amount } of award.entries) {
    const condition = evaluate(person, when)
    if (condition.kind === 'yesno' && condition.value === false) continue
    candidates.push(evaluate(person, amount))
    if (isUnknown(condition)) waiting.push(condition)
    else {
      decided = true
      break
    }
  }
  const [only] = candidates
  if (!only) return undefined
  if (waiting.length === 0) {
    return result(award.negative, only, (points) => ({ kind: 'flat', negative: award.negative, amount: formatDecimal(points), working: showValue(only) }))
  }
  const numbers = candidates.map(numbersOf).reduce(hull)
  const found = result(award.negative, { kind: 'unknown', facts: awaited([...waiting, ...candidates]), numbers }, () => {
    throw new Error('an unknown amount has no working')
  })
  return { ...found, mayBeAbsent: !decided && !award.complete }
}
