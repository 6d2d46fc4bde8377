// What one award gives in a plan: a flat amount, a rate, or a stepped rate. Tables have a file of their own.

import { ceiling, decimal, divide, type Exact, floor, larger, one, subtract, zero } from '../exact/number.ts'
import type { Award } from '../ir/schema.ts'
import { type Context, planExpression, type RecordAtHand } from './context.ts'
import { constant } from './facts.ts'
import {
  addFractions,
  addRanges,
  ceilingFraction,
  chooseFraction,
  chooseRange,
  constantFraction,
  equalFraction,
  type Fraction,
  floorFraction,
  hullOf,
  largerFraction,
  lessFraction,
  multiplyFractions,
  multiplyRanges,
  negateFraction,
  negateRange,
  nought,
  point,
  type Range,
  smallerFraction,
} from './fraction.ts'
import type { Graph } from './graph.ts'
import type { Node } from './node.ts'
import { asNumber, joined, joinWaits, needed, type PlanNumber, provenOf, type Waits, waitsIf } from './value.ts'

export interface PlanAmount {
  readonly value: PlanNumber
  /** Not known whether there is an amount at all. */
  readonly mayBeAbsent: Node
  /** There is none. */
  readonly absent: Node
}

type AwardOf<K extends Award['kind']> = Extract<Award, { kind: K }>

const there = (graph: Graph, value: PlanNumber): PlanAmount => ({ value, mayBeAbsent: graph.no, absent: graph.no })

export const signed = (graph: Graph, negative: boolean, value: PlanNumber): PlanNumber =>
  negative ? joined(graph, [value], { exact: ([part]) => negateFraction(graph, needed(part)), range: ([part]) => negateRange(graph, needed(part)) }) : value

export const planFlat = (context: Context, award: AwardOf<'flat'>, record: RecordAtHand | undefined): PlanAmount =>
  there(context.graph, signed(context.graph, award.negative, asNumber(planExpression(context, award.amount, record))))

/** How many steps of `per` there are; a quantity below zero counts as zero. */
function stepsOf(context: Context, steps: AwardOf<'rate'>['steps'], per: string, quantity: Fraction): Fraction {
  const { graph } = context
  const ratio = multiplyFractions(graph, largerFraction(graph, quantity, nought(graph)), constantFraction(graph, divide(one, decimal(per))))
  return counting[steps].count(graph, ratio)
}

/** How a quantity is counted in steps. */
interface Counting {
  /** Of a ratio that is not negative. */
  count(graph: Graph, ratio: Fraction): Fraction
  /** What bands test of a quantity that is not negative and of its steps: one or the other. */
  measure(graph: Graph, quantity: Fraction, steps: Fraction, per: Fraction): Fraction
  /** How many steps of a measure lie in a band. */
  inBand(graph: Graph, band: Band, measure: Measure, per: Exact): Fraction
  /** The fewest and the most steps whose measure may lie in a range. */
  between(graph: Graph, range: Range): Range
}

const inWholeSteps = (count: Counting['count']): Counting => ({
  count,
  measure: (graph, _, steps, per) => multiplyFractions(graph, steps, per),
  inBand: (graph, band, { steps }, per) => stepsIn(graph, band, steps, per),
  between: (graph, { low, high }) => ({ low: ceilingFraction(graph, low), high: floorFraction(graph, high) }),
})

const counting: Readonly<Record<AwardOf<'rate'>['steps'], Counting>> = {
  proportional: {
    count: (_, ratio) => ratio,
    measure: (_, quantity) => quantity,
    inBand: (graph, band, { inBands }, per) => multiplyFractions(graph, overlap(graph, band, inBands), constantFraction(graph, divide(one, per))),
    between: (_, range) => range,
  },
  full: inWholeSteps(floorFraction),
  started: inWholeSteps(ceilingFraction),
}

export function planRate(context: Context, award: AwardOf<'rate'>, record: RecordAtHand | undefined): PlanAmount {
  const { graph } = context
  const quantity = asNumber(planExpression(context, award.quantity, record))
  const each = asNumber(planExpression(context, award.amount, record))
  const count = (value: Fraction) => stepsOf(context, award.steps, award.per, value)
  const value = joined(graph, [quantity, each], {
    exact: ([steps, rate]) => multiplyFractions(graph, count(needed(steps)), needed(rate)),
    range: ([steps, rate]) => multiplyRanges(graph, { low: count(needed(steps).low), high: count(needed(steps).high) }, needed(rate)),
  })
  return there(graph, signed(graph, award.negative, value))
}

// ---- stepped rates -----------------------------------------------------------------------------------------------------

type Stepped = AwardOf<'stepped'>
interface Band {
  readonly low: Exact | undefined
  readonly high: Exact | undefined
  readonly lowOpen: boolean
  readonly highOpen: boolean
  readonly rate: PlanNumber
}

/** A quantity in steps, and as the bands test it: itself, or its whole or started steps. */
interface Measure {
  readonly steps: Fraction
  readonly inBands: Fraction
}

export function planStepped(context: Context, award: Stepped, record: RecordAtHand | undefined): PlanAmount {
  const { graph } = context
  const quantity = asNumber(planExpression(context, award.quantity, record))
  const bands = award.bands.map(({ low, high, lowOpen, highOpen, negative, amount }): Band => {
    const rate = asNumber(planExpression(context, amount, record))
    return {
      low: low === undefined ? undefined : decimal(low),
      high: high === undefined ? undefined : decimal(high),
      lowOpen,
      highOpen,
      rate: signed(graph, negative, rate),
    }
  })
  const measure = (value: Fraction): Measure => {
    const steps = stepsOf(context, award.steps, award.per, value)
    return { steps, inBands: counting[award.steps].measure(graph, largerFraction(graph, value, nought(graph)), steps, constant(context, award.per)) }
  }
  const way = ways[award.how]
  const exact = way.paid(context, award, bands, measure(quantity.exact))
  const open = way.bounds(context, award, bands, { low: measure(quantity.range.low), high: measure(quantity.range.high) })
  const rates = joinWaits(graph, ...bands.map(({ rate }) => rate.waits))
  const asPoints = quantity.points !== undefined || bands.some(({ rate }) => rate.points)
  const proven = provenOf(quantity)
  const paid = asPoints ? way.paid(context, award, bands.map(provenBand), measure(proven.exact)) : exact
  return there(graph, {
    kind: 'number',
    known: graph.and(quantity.known, exact.known),
    exact: exact.range.low,
    range: chooseRange(graph, quantity.known, exact.range, open),
    ...(asPoints && { points: { known: graph.and(proven.known, paid.known), exact: paid.range.low } }),
    waits: joinWaits(graph, waitsIf(graph, quantity.known, exact.waits), waitsIf(graph, graph.not(quantity.known), joinWaits(graph, quantity.waits, rates))),
  })
}

/** With what is proven of its rate for its rate. */
function provenBand(band: Band): Band {
  const { known, exact } = provenOf(band.rate)
  return { ...band, rate: { kind: 'number', known, waits: band.rate.waits, exact, range: point(exact) } }
}

interface Paid {
  /** Between the bounds of the rates. */
  readonly range: Range
  readonly known: Node
  readonly waits: Waits
}

interface MeasureRange {
  readonly low: Measure
  readonly high: Measure
}

/** How bands are paid. */
interface Way {
  /** What a known measure is paid. */
  paid(context: Context, award: Stepped, bands: readonly Band[], measure: Measure): Paid
  /** The highest and the lowest amount while the measure is only known to lie in `range`. */
  bounds(context: Context, award: Stepped, bands: readonly Band[], range: MeasureRange): Range
}

const ways: Readonly<Record<Stepped['how'], Way>> = {
  reached: { paid: paidAsReached, bounds: reachedBounds },
  slices: { paid: paidBySlices, bounds: slicesBounds },
}

function paidAsReached({ graph }: Context, _award: Stepped, bands: readonly Band[], { steps, inBands }: Measure): Paid {
  const paid = multiplyRangesBy(graph, steps)
  return bands.toReversed().reduce<Paid>(
    (rest, band) => {
      const inside = isIn(graph, band, inBands)
      return {
        range: chooseRange(graph, inside, paid(band.rate.range), rest.range),
        known: graph.choose(inside, band.rate.known, rest.known),
        waits: joinWaits(graph, waitsIf(graph, inside, band.rate.waits), waitsIf(graph, graph.not(inside), rest.waits)),
      }
    },
    { range: point(nought(graph)), known: graph.yes, waits: [] },
  )
}

function paidBySlices({ graph }: Context, award: Stepped, bands: readonly Band[], measure: Measure): Paid {
  const slices = bands.map((band) => {
    const count = counting[award.steps].inBand(graph, band, measure, decimal(award.per))
    return { count, rate: band.rate, used: lessFraction(graph, nought(graph), count) }
  })
  return {
    range: slices.map(({ count, rate }) => multiplyRangesBy(graph, count)(rate.range)).reduce((a, b) => addRanges(graph, a, b)),
    known: graph.and(...slices.map(({ used, rate }) => graph.or(graph.not(used), rate.known))),
    waits: joinWaits(graph, ...slices.map(({ used, rate }) => waitsIf(graph, used, rate.waits))),
  }
}

const multiplyRangesBy =
  (graph: Graph, count: Fraction) =>
  (range: Range): Range =>
    multiplyRanges(graph, point(count), range)

function isIn(graph: Graph, { low, high, lowOpen, highOpen }: Band, measure: Fraction): Node {
  const above = low && constantFraction(graph, low)
  const below = high && constantFraction(graph, high)
  return graph.and(
    !above ? graph.yes : lowOpen ? lessFraction(graph, above, measure) : graph.not(lessFraction(graph, measure, above)),
    !below ? graph.yes : highOpen ? lessFraction(graph, measure, below) : graph.not(lessFraction(graph, below, measure)),
  )
}

/** How much of 0..measure lies in the band. */
function overlap(graph: Graph, { low, high }: Band, measure: Fraction): Fraction {
  const upTo = high === undefined ? measure : smallerFraction(graph, constantFraction(graph, high), measure)
  const from = constantFraction(graph, larger(low ?? zero, zero))
  return largerFraction(graph, addFractions(graph, upTo, negateFraction(graph, from)), nought(graph))
}

/** How many of the steps 1, 2, … `steps` end in the band. */
function stepsIn(graph: Graph, { low, high, lowOpen, highOpen }: Band, steps: Fraction, per: Exact): Fraction {
  const from = low === undefined ? zero : lowOpen ? floor(divide(low, per)) : subtract(ceiling(divide(low, per)), one)
  const first = constantFraction(graph, larger(from, zero))
  const to = high === undefined ? undefined : highOpen ? subtract(ceiling(divide(high, per)), one) : floor(divide(high, per))
  const last = to === undefined ? steps : smallerFraction(graph, constantFraction(graph, to), steps)
  return largerFraction(graph, addFractions(graph, last, negateFraction(graph, first)), nought(graph))
}

function reachedBounds({ graph }: Context, award: Stepped, bands: readonly Band[], measures: MeasureRange): Range {
  const range = { low: measures.low.inBands, high: measures.high.inBands }
  const per = decimal(award.per)
  const perUnit = constantFraction(graph, divide(one, per))
  let found: { some: Node; range: Range } = { some: graph.no, range: point(nought(graph)) }
  for (const band of bands) {
    const low = largerFraction(graph, constantFraction(graph, band.low ?? zero), range.low)
    const high = band.high === undefined ? range.high : smallerFraction(graph, constantFraction(graph, band.high), range.high)
    const steps = counting[award.steps].between(graph, { low: multiplyFractions(graph, low, perUnit), high: multiplyFractions(graph, high, perUnit) })
    const here = graph.not(lessFraction(graph, steps.high, steps.low))
    const paid = multiplyRanges(graph, steps, band.rate.range)
    found = {
      some: graph.or(found.some, here),
      range: chooseRange(graph, here, chooseRange(graph, found.some, hullOf(graph, found.range, paid), paid), found.range),
    }
  }
  // Bands leave no gap between them: outside of them is only what lies below the first or above the last.
  const covered = graph.and(...[range.low, range.high].map((end) => graph.or(...bands.map((band) => isIn(graph, band, end)))))
  return chooseRange(graph, graph.and(covered, found.some), found.range, hullOf(graph, found.range, point(nought(graph))))
}

/** As `reachedBounds`: the amount only turns where a band begins or ends. */
function slicesBounds(context: Context, award: Stepped, bands: readonly Band[], range: MeasureRange): Range {
  const { graph } = context
  const ends = hullOf(graph, paidBySlices(context, award, bands, range.low).range, paidBySlices(context, award, bands, range.high).range)
  const turns = bands.flatMap(({ low, high }) => [low, high]).filter((turn) => turn !== undefined)
  return turns.reduce((bounds, turn) => {
    const inBands = constantFraction(graph, turn)
    const measure = { inBands, steps: constantFraction(graph, divide(turn, decimal(award.per))) }
    const inside = graph.and(lessFraction(graph, range.low.inBands, inBands), lessFraction(graph, inBands, range.high.inBands))
    return chooseRange(graph, inside, hullOf(graph, bounds, paidBySlices(context, award, bands, measure).range), bounds)
  }, ends)
}

/** Of the values whose condition holds the greatest, or `none`. */
export function greatestWhere(graph: Graph, entries: readonly { readonly when: Node; readonly value: Fraction }[], none: Fraction): Fraction {
  const isZero = equalFraction(graph, none, nought(graph)) === graph.yes
  if (isZero && entries.every(({ value }) => value.top.low >= 0))
    return entries.reduce((best, { when, value }) => largerFraction(graph, best, chooseFraction(graph, when, value, none)), none)
  const { value } = entries.reduce(
    (best, next) => ({
      some: graph.or(best.some, next.when),
      value: chooseFraction(graph, next.when, chooseFraction(graph, best.some, largerFraction(graph, best.value, next.value), next.value), best.value),
    }),
    { some: graph.no, value: none },
  )
  return value
}

/** The same for the least of them. */
export function leastWhere(graph: Graph, entries: readonly { readonly when: Node; readonly value: Fraction }[], none: Fraction): Fraction {
  const turned = entries.map(({ when, value }) => ({ when, value: negateFraction(graph, value) }))
  return negateFraction(graph, greatestWhere(graph, turned, negateFraction(graph, none)))
}
