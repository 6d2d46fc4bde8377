// What one award gives: a flat amount, a rate, a stepped rate, or the entry of a table.

import { addIntervals, hull, type Interval, multiplyIntervals, negateInterval, pointInterval } from '../exact/interval.ts'
import { add, ceiling, compare, divide, type Exact, floor, formatDecimal, larger, multiply, negate, one, smaller, subtract, zero } from '../exact/number.ts'
import type { Award } from '../ir/schema.ts'
import type { Step } from '../outcome.ts'
import { evaluate } from './evaluate.ts'
import type { Person } from './person.ts'
import { showValue, showWorking } from './show.ts'
import { awaited, isUnknown, type Value } from './value.ts'
import { arithmetic, constant, numbersOf, openAmount, provenOf, some } from './values.ts'

/** An amount of points, known or with its bounds. */
export interface Amount {
  readonly value: Value
  readonly step: Step
  /** Not known whether there is an amount at all. */
  readonly mayBeAbsent: boolean
}

export function evaluateFlat(person: Person, award: Extract<Award, { kind: 'flat' }>): Amount {
  return settled(award.negative, evaluate(person, award.amount), (amount) => ({
    kind: 'flat',
    negative: award.negative,
    amount: formatDecimal(amount),
    working: showWorking(person, award.amount),
  }))
}

/** @param working of what is proven of it, where something is */
function settled(negative: boolean, value: Value, working: (amount: Exact) => Step): Amount {
  const proven = provenOf(value)
  const { low, high } = numbersOf(value)
  const step: Step = proven ? working(proven) : { kind: 'unknown', negative, low: formatDecimal(low), high: formatDecimal(high) }
  return { value: negative ? opposite(value) : value, step, mayBeAbsent: false }
}

const opposite = (value: Value): Value =>
  arithmetic(
    [value],
    ([a]) => negateInterval(some(a)),
    ([a]) => negate(some(a)),
  )

type Steps = Extract<Award, { kind: 'rate' }>['steps']

/** How a quantity is counted in steps. */
interface Counting {
  /** Of a ratio that is not negative. */
  count(ratio: Exact): Exact
  /** What bands test of a quantity: itself, or its steps. */
  measure(quantity: Exact, per: Exact): Exact
  /** How many steps of a measure lie in a band. */
  inBand(band: Band, measure: Exact, per: Exact): Exact
  /** The fewest and the most steps whose measure may lie between two. */
  between(low: Exact, high: Exact): Interval
}

const inWholeSteps = (count: Counting['count']): Counting => ({
  count,
  measure: (quantity, per) => multiply(count(divide(quantity, per)), per),
  inBand: (band, measure, per) => stepsIn(band, divide(measure, per), per),
  between: (low, high) => ({ low: ceiling(low), high: floor(high) }),
})

const counting: Readonly<Record<Steps, Counting>> = {
  proportional: {
    count: (ratio) => ratio,
    measure: (quantity) => quantity,
    inBand: (band, measure, per) => divide(overlap(band, measure), per),
    between: (low, high) => ({ low, high }),
  },
  full: inWholeSteps(floor),
  started: inWholeSteps(ceiling),
}

export function evaluateRate(person: Person, award: Extract<Award, { kind: 'rate' }>): Amount {
  const quantity = evaluate(person, award.quantity)
  const each = evaluate(person, award.amount)
  const per = constant(award.per)
  const count = (value: Exact): Exact => counting[award.steps].count(divide(larger(value, zero), per))
  const value = arithmetic(
    [quantity, each],
    ([a, b]) => multiplyIntervals({ low: count(some(a).low), high: count(some(a).high) }, some(b)),
    ([a, b]) => multiply(count(some(a)), some(b)),
  )
  return settled(award.negative, value, (amount) => {
    const [measured, rate] = [some(provenOf(quantity)), some(provenOf(each))]
    return {
      kind: 'rate',
      negative: award.negative,
      steps: award.steps,
      quantity: formatDecimal(measured),
      per: award.per,
      unit: award.unit,
      count: formatDecimal(count(measured)),
      each: formatDecimal(rate),
      amount: formatDecimal(amount),
    }
  })
}

export function evaluateTable(person: Person, award: Extract<Award, { kind: 'table' }>): Amount | undefined {
  const waiting: Value[] = []
  const candidates: Value[] = []
  let decided = false
  let entry = 0
  for (const [i, { when, amount }] of award.entries.entries()) {
    const condition = evaluate(person, when)
    if (condition.kind === 'yesno' && condition.value === false) continue
    if (candidates.length === 0) entry = i
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
    return settled(award.negative, only, (points) => ({ kind: 'table', negative: award.negative, entry, amount: formatDecimal(points) }))
  }
  const numbers = candidates.map(numbersOf).reduce(hull)
  const found = settled(award.negative, { kind: 'unknown', facts: awaited([...waiting, ...candidates]), numbers }, () => {
    throw new Error('an unknown amount has no working')
  })
  return { ...found, mayBeAbsent: !decided && !award.complete }
}

// ---- stepped rates -----------------------------------------------------------------------------------------------------

type Stepped = Extract<Award, { kind: 'stepped' }>
interface Band {
  readonly low: Exact | undefined
  readonly high: Exact | undefined
  readonly lowOpen: boolean
  readonly highOpen: boolean
  readonly rate: Value
}
/** How many steps are paid at which rate. */
interface Slice {
  readonly count: Exact
  readonly band: Band
}

export function evaluateStepped(person: Person, award: Stepped): Amount {
  const quantity = evaluate(person, award.quantity)
  const per = constant(award.per)
  const bands = award.bands.map(({ low, high, lowOpen, highOpen, negative, amount }): Band => {
    const rate = evaluate(person, amount)
    return {
      low: low === undefined ? undefined : constant(low),
      high: high === undefined ? undefined : constant(high),
      lowOpen,
      highOpen,
      rate: negative ? opposite(rate) : rate,
    }
  })
  const way = ways[award.how]
  const at = (measure: Exact) => way.slices(award, bands, measure, per)
  const proven = provenOf(quantity)
  const slices = proven ? at(measured(award, proven, per)) : []
  const rates = slices.map(({ band }) => band.rate)
  const paidFor = (amounts: readonly Exact[]) => slices.map(({ count }, i) => multiply(count, some(amounts[i]))).reduce(add, zero)
  return settled(false, steppedValue(), (amount) => ({
    kind: 'stepped',
    negative: false,
    how: award.how,
    steps: award.steps,
    quantity: formatDecimal(some(proven)),
    per: award.per,
    unit: award.unit,
    slices: slices.map(({ count, band }) => ({ count: formatDecimal(count), each: showValue(band.rate) })),
    amount: formatDecimal(amount),
  }))

  function steppedValue(): Value {
    if (quantity.kind === 'number') return arithmetic(rates, () => paid(slices), paidFor)
    const { low, high } = numbersOf(quantity)
    const numbers = way.bounds(award, bands, { low: measured(award, low, per), high: measured(award, high, per) }, per)
    const own = openAmount([quantity, ...rates], numbers, ([, ...amounts]) => paidFor(amounts))
    return { ...own, facts: awaited([quantity, ...bands.map(({ rate }) => rate)]) }
  }
}

/** What bands test: the quantity, or its whole or started steps; never below zero. */
const measured = (award: Stepped, quantity: Exact, per: Exact): Exact => counting[award.steps].measure(larger(quantity, zero), per)

const paid = (slices: readonly Slice[]): Interval =>
  slices.map(({ count, band }) => multiplyIntervals(pointInterval(count), numbersOf(band.rate))).reduce(addIntervals, pointInterval(zero))

/** How bands are paid. */
interface Way {
  slices(award: Stepped, bands: readonly Band[], measure: Exact, per: Exact): readonly Slice[]
  /** The lowest and the highest amount while the measure is only known to lie in `range`. */
  bounds(award: Stepped, bands: readonly Band[], range: Interval, per: Exact): Interval
}

const ways: Readonly<Record<Stepped['how'], Way>> = {
  reached: { slices: reachedSlices, bounds: reachedBounds },
  slices: { slices: slicesUpTo, bounds: slicesBounds },
}

const isIn = ({ low, high, lowOpen, highOpen }: Band, measure: Exact): boolean =>
  (low === undefined || (lowOpen ? compare(measure, low) > 0 : compare(measure, low) >= 0)) &&
  (high === undefined || (highOpen ? compare(measure, high) < 0 : compare(measure, high) <= 0))

function reachedSlices(_award: Stepped, bands: readonly Band[], measure: Exact, per: Exact): readonly Slice[] {
  const band = bands.find((candidate) => isIn(candidate, measure))
  return band ? [{ count: divide(measure, per), band }] : []
}

function slicesUpTo(award: Stepped, bands: readonly Band[], measure: Exact, per: Exact): readonly Slice[] {
  return bands.flatMap((band) => {
    const count = counting[award.steps].inBand(band, measure, per)
    return compare(count, zero) > 0 ? [{ count, band }] : []
  })
}

/** How much of 0..measure lies in the band. */
function overlap({ low, high }: Band, measure: Exact): Exact {
  return larger(subtract(high === undefined ? measure : smaller(high, measure), larger(low ?? zero, zero)), zero)
}

/** How many of the steps 1, 2, … `steps` end in the band. */
function stepsIn({ low, high, lowOpen, highOpen }: Band, steps: Exact, per: Exact): Exact {
  const from = low === undefined ? one : lowOpen ? floor(divide(low, per)) : subtract(ceiling(divide(low, per)), one)
  const first = larger(low === undefined ? zero : from, zero)
  const to = high === undefined ? steps : highOpen ? subtract(ceiling(divide(high, per)), one) : floor(divide(high, per))
  return larger(subtract(smaller(to, steps), first), zero)
}

function reachedBounds(award: Stepped, bands: readonly Band[], range: Interval, per: Exact): Interval {
  const found: Interval[] = []
  for (const band of bands) {
    const [low, high] = [larger(band.low ?? zero, range.low), band.high === undefined ? range.high : smaller(band.high, range.high)]
    const steps = counting[award.steps].between(divide(low, per), divide(high, per))
    if (compare(steps.low, steps.high) <= 0) found.push(multiplyIntervals(steps, numbersOf(band.rate)))
  }
  // Bands leave no gap between them: outside of them is only what lies below the first or above the last.
  const covered = [range.low, range.high].every((end) => bands.some((band) => isIn(band, end)))
  return covered && found.length > 0 ? found.reduce(hull) : found.reduce(hull, pointInterval(zero))
}

/** As `reachedBounds`: the amount only turns where a band begins or ends. */
function slicesBounds(award: Stepped, bands: readonly Band[], range: Interval, per: Exact): Interval {
  const inside = (measure: Exact | undefined): measure is Exact => measure !== undefined && compare(measure, range.low) > 0 && compare(measure, range.high) < 0
  const turns = bands.flatMap(({ low, high }) => [low, high]).filter(inside)
  return [range.low, range.high, ...turns].map((measure) => paid(slicesUpTo(award, bands, measure, per))).reduce(hull)
}
