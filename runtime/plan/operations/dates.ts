// Dates in a plan: moved and made, and what is counted between two of them.

import { firstDate, lastDate } from '../../exact/date.ts'
import { type Context, fail } from '../context.ts'
import { day } from '../facts.ts'
import { whole } from '../fraction.ts'
import type { Graph } from '../graph.ts'
import type { Node } from '../node.ts'
import { asDate, asNumber, knownDate, type PlanDate, type PlanNumber, waitsOf } from '../value.ts'
import type { Planning } from './operation.ts'

export const dates: Planning<'date' | 'shift' | 'year-start' | 'year-end' | 'make-date' | 'age' | 'months' | 'days' | 'year'> = {
  date: ({ context: { graph } }, { value }) => knownDate(graph, graph.number(day(value))),
  shift: ({ context: { graph }, plan }, node) => moved(asDate(plan(node.date)), (date) => graph.addDays(graph.addMonths(date, node.months), node.days)),
  'year-start': ({ context: { graph }, plan }, node) => moved(asDate(plan(node.date)), (date) => inYear(graph, date, 101)),
  'year-end': ({ context: { graph }, plan }, node) => moved(asDate(plan(node.date)), (date) => inYear(graph, date, 1231)),
  'make-date': ({ context, plan }, node) => madeDate(context, asNumber(plan(node.year)), asNumber(plan(node.month)), asNumber(plan(node.day))),
  age: ({ context: { graph }, plan }, node) => countBetween(graph, asDate(plan(node.born)), asDate(plan(node.on)), (a, b) => graph.age(a, b)),
  months: ({ context: { graph }, plan }, node) => countBetween(graph, asDate(plan(node.from)), asDate(plan(node.to)), (a, b) => graph.fullMonths(a, b)),
  days: ({ context: { graph }, plan }, node) =>
    countBetween(graph, asDate(plan(node.from)), asDate(plan(node.to)), (a, b) => graph.add(dayNumber(graph, b), graph.negate(dayNumber(graph, a)))),
  year({ context: { graph }, plan }, node) {
    const date = asDate(plan(node.date))
    const yearOf = (value: Node) => whole(graph.divide(value, graph.number(10_000)))
    return { kind: 'number', known: date.known, waits: date.waits, exact: yearOf(date.exact), range: { low: yearOf(date.low), high: yearOf(date.high) } }
  },
}

function countBetween(graph: Graph, from: PlanDate, to: PlanDate, count: (a: Node, b: Node) => Node): PlanNumber {
  return {
    kind: 'number',
    known: graph.and(from.known, to.known),
    waits: waitsOf(graph, [from, to]),
    exact: whole(count(from.exact, to.exact)),
    range: { low: whole(count(from.high, to.low)), high: whole(count(from.low, to.high)) },
  }
}

const moved = (date: PlanDate, move: (date: Node) => Node): PlanDate => ({ ...date, exact: move(date.exact), low: move(date.low), high: move(date.high) })

const inYear = (graph: Graph, date: Node, monthAndDay: number): Node =>
  graph.add(graph.multiply(graph.divide(date, graph.number(10_000)), graph.number(10_000)), graph.number(monthAndDay))

/** Days since the first of March of the year 0, by whole numbers alone: months from March on have 153 days in five. */
function dayNumber(graph: Graph, date: Node): Node {
  const of = (value: Node, by: number) => graph.divide(value, graph.number(by))
  const times = (value: Node, by: number) => graph.multiply(value, graph.number(by))
  const month = graph.add(of(date, 100), times(of(date, 10_000), -100))
  const day = graph.add(date, times(of(date, 100), -100))
  const early = of(graph.add(graph.number(14), graph.negate(month)), 12)
  const year = graph.add(of(date, 10_000), graph.negate(early))
  const sinceMarch = graph.add(month, times(early, 12), graph.number(-3))
  return graph.add(day, of(graph.add(times(sinceMarch, 153), graph.number(2)), 5), times(year, 365), of(year, 4), graph.negate(of(year, 100)), of(year, 400))
}

function madeDate(context: Context, ...parts: readonly [PlanNumber, PlanNumber, PlanNumber]): PlanDate {
  const { graph } = context
  const [
    {
      exact: { top: year },
    },
    {
      exact: { top: month },
    },
    {
      exact: { top: dayOfMonth },
    },
  ] = parts
  const known = graph.and(...parts.map((part) => part.known))
  const between = (value: Node, low: number, high: number) => graph.and(graph.notMore(graph.number(low), value), graph.notMore(value, graph.number(high)))
  const first = graph.add(graph.multiply(year, graph.number(10_000)), graph.multiply(month, graph.number(100)), graph.number(1))
  const exact = graph.add(first, dayOfMonth, graph.number(-1))
  // The last day of the month: a month on, and a day back.
  const last = graph.addDays(graph.addMonths(first, 1), -1)
  const plausible = graph.and(between(year, 1900, 2199), between(month, 1, 12), between(dayOfMonth, 1, 31))
  const exists = graph.and(plausible, graph.notMore(exact, last))
  fail(context, graph.and(known, graph.not(exists)))
  const settled = graph.and(known, exists)
  return {
    kind: 'date',
    known: settled,
    waits: waitsOf(graph, parts),
    exact,
    low: graph.choose(settled, exact, graph.number(firstDate)),
    high: graph.choose(settled, exact, graph.number(lastDate)),
  }
}
