// Expressions in a plan: the interpreter's meaning with three-valued logic and the arithmetic of bounds written out.

import { firstDate, lastDate, parseDate } from '../exact/date.ts'
import { decimal } from '../exact/number.ts'
import type { Definition, Expression, Fact, Parameter } from '../ir/schema.ts'
import { mentionsFigures } from '../ir/walk.ts'
import { all, comparison, opposite } from './conditions.ts'
import { type Context, fail, ofOtherMember, plannedOnce, type RecordAtHand, reachedIf } from './context.ts'
import {
  addFractions,
  addRanges,
  chooseFraction,
  chooseRange,
  constantFraction,
  divideFractions,
  divideRanges,
  equalFraction,
  type Fraction,
  hullOf,
  largerFraction,
  multiplyFractions,
  multiplyRanges,
  negateFraction,
  negateRange,
  point,
  type Range,
  roundFraction,
  smallerFraction,
  whole,
} from './fraction.ts'
import type { Graph } from './graph.ts'
import { planItem, planTotal } from './items.ts'
import { factRecords, isListOp, planAggregate, planList, undivided } from './lists.ts'
import { CannotPlan, type Node } from './node.ts'
import {
  asDate,
  asNumber,
  asTruth,
  bitOf,
  joinWaits,
  knownDate,
  knownNumber,
  knownTruth,
  type PlanDate,
  type PlanNumber,
  type PlanTruth,
  type PlanValue,
  type Waits,
  waitsIf,
  waitsOf,
  wordOf,
} from './value.ts'

export const constant = (context: Context, text: string): Fraction => constantFraction(context.graph, decimal(text))
const day = (text: string): number => parseDate(text) ?? firstDate

export function planExpression(context: Context, node: Expression, record?: RecordAtHand): PlanValue {
  const { graph } = context
  const plan = (part: Expression) => planExpression(context, part, record)
  const number = (part: Expression) => asNumber(plan(part))
  if (isListOp(node)) return planList(context, node, record)
  switch (node.op) {
    case 'number':
      return knownNumber(graph, constant(context, node.value))
    case 'date':
      return knownDate(graph, graph.number(day(node.value)))
    case 'yesno':
      return knownTruth(graph, graph.truth(node.value))
    case 'text':
      return { kind: 'text', known: graph.yes, waits: [], exact: graph.text(node.value) }
    case 'member':
      return { kind: 'member', known: graph.yes, waits: [], exact: graph.number(node.index) }
    case 'reference-date':
      return referenceDate(context, node.name)
    case 'fact':
      return planFact(context, required(context.index.facts.get(node.fact), node.fact))
    case 'field':
      return required(record?.fields.get(node.field), node.field)
    case 'parameter':
      return planParameter(context, required(context.index.parameters.get(node.parameter), node.parameter), node.on && plan(node.on))
    case 'definition':
      return planDefinition(context, required(context.index.definitions.get(node.definition), node.definition), record)
    case 'item': {
      const { figure, waits } = planItem(context, node.item)
      return { kind: 'number', known: equalFraction(graph, figure.range.low, figure.range.high), exact: figure.range.low, range: figure.range, waits }
    }
    case 'total': {
      const { figure, waits } = planTotal(context, node.total)
      return { kind: 'number', known: equalFraction(graph, figure.range.low, figure.range.high), exact: figure.range.low, range: figure.range, waits }
    }
    case 'partner':
      return ofPartner(context, plan(node.value), plan(node.otherwise))
    case 'sum': {
      const values = node.terms.map(({ value }) => number(value))
      const signed = values.map((value, i) =>
        node.terms[i]?.negative ? { exact: negateFraction(graph, value.exact), range: negateRange(graph, value.range) } : value,
      )
      return joined(context, values, {
        exact: signed.map(({ exact }) => exact).reduce((a, b) => addFractions(graph, a, b)),
        range: signed.map(({ range }) => range).reduce((a, b) => addRanges(graph, a, b)),
      })
    }
    case 'product': {
      const values = node.factors.map(number)
      return joined(context, values, {
        exact: values.map(({ exact }) => exact).reduce((a, b) => multiplyFractions(graph, a, b)),
        range: values.map(({ range }) => range).reduce((a, b) => multiplyRanges(graph, a, b)),
      })
    }
    case 'quotient': {
      const [dividend, divisor] = [number(node.dividend), number(node.divisor)]
      return joined(context, [dividend, divisor], {
        exact: divideFractions(graph, dividend.exact, signKnown(context, divisor.exact, node.divisor)),
        range: divideRanges(graph, dividend.range, divisor.range),
      })
    }
    case 'round': {
      const value = number(node.value)
      const rounded = (part: Fraction) => roundFraction(graph, part, node.to, node.mode)
      return joined(context, [value], { exact: rounded(value.exact), range: { low: rounded(value.range.low), high: rounded(value.range.high) } })
    }
    case 'smaller':
    case 'larger': {
      const pick = node.op === 'smaller' ? smallerFraction : largerFraction
      const values = node.operands.map(number)
      const best = (parts: readonly Fraction[]) => parts.reduce((a, b) => pick(graph, a, b))
      return joined(context, values, {
        exact: best(values.map(({ exact }) => exact)),
        range: { low: best(values.map(({ range }) => range.low)), high: best(values.map(({ range }) => range.high)) },
      })
    }
    case 'age':
      return countBetween(context, asDate(plan(node.born)), asDate(plan(node.on)), (a, b) => graph.age(a, b))
    case 'months':
      return countBetween(context, asDate(plan(node.from)), asDate(plan(node.to)), (a, b) => graph.fullMonths(a, b))
    case 'days':
      return countBetween(context, asDate(plan(node.from)), asDate(plan(node.to)), (a, b) => graph.add(dayNumber(graph, b), graph.negate(dayNumber(graph, a))))
    case 'year': {
      const date = asDate(plan(node.date))
      const yearOf = (value: Node) => whole(graph.divide(value, graph.number(10_000)))
      return { kind: 'number', known: date.known, waits: date.waits, exact: yearOf(date.exact), range: { low: yearOf(date.low), high: yearOf(date.high) } }
    }
    case 'shift':
      return moved(asDate(plan(node.date)), (date) => graph.addDays(graph.addMonths(date, node.months), node.days))
    case 'year-start':
      return moved(asDate(plan(node.date)), (date) => inYear(graph, date, 101))
    case 'year-end':
      return moved(asDate(plan(node.date)), (date) => inYear(graph, date, 1231))
    case 'make-date':
      return madeDate(context, number(node.year), number(node.month), number(node.day))
    case 'compare':
      return comparison(context, mentionsFigures(node), plan(node.left), plan(node.right), node.operator)
    case 'within': {
      const byBounds = mentionsFigures(node)
      const value = plan(node.value)
      const low = node.low ? comparison(context, byBounds, value, plan(node.low), node.lowOpen ? '>' : '>=') : knownTruth(graph, graph.yes)
      const high = node.high ? comparison(context, byBounds, value, plan(node.high), node.highOpen ? '<' : '<=') : knownTruth(graph, graph.yes)
      return all(graph, [low, high])
    }
    case 'one-of': {
      const subject = plan(node.subject)
      if (subject.kind !== 'member') throw new Error(`expected a member, got ${subject.kind}`)
      const exact = graph.or(...node.members.map((member) => graph.equal(subject.exact, graph.number(member))))
      return { kind: 'truth', known: subject.known, waits: subject.waits, exact }
    }
    case 'has': {
      const subject = plan(node.subject)
      if (subject.kind !== 'members') throw new Error(`expected members, got ${subject.kind}`)
      const exact = graph.hasBit(subject.words[wordOf(node.member)] ?? graph.zero, bitOf(node.member))
      return { kind: 'truth', known: subject.known, waits: subject.waits, exact }
    }
    case 'and':
      return all(
        graph,
        node.operands.map((operand) => asTruth(plan(operand))),
      )
    case 'or':
      return opposite(
        graph,
        all(
          graph,
          node.operands.map((operand) => opposite(graph, asTruth(plan(operand)))),
        ),
      )
    case 'not':
      return opposite(graph, asTruth(plan(node.operand)))
    default:
      return planAggregate(context, node, record)
  }
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the policy has no ${what}`)
  return value
}

// ---- facts, days, parameters, definitions ------------------------------------------------------------------------------

/** The facts that an applicant may be without: neither required nor with something that stands for it. */
export const mayBeMissing = (fact: Fact): boolean => !fact.required && fact.default === undefined

export function waitFor(context: Context, fact: Fact, known: Node): Waits {
  const index = required(context.factIndex.get(fact.name), fact.name)
  const words = Array.from({ length: wordOf(index) + 1 }, (_, i) => (i === wordOf(index) ? context.graph.number(2 ** bitOf(index)) : context.graph.zero))
  return waitsIf(context.graph, context.graph.not(known), words)
}

function planFact(context: Context, fact: Fact): PlanValue {
  const { graph } = context
  if (fact.type.kind === 'records') return factRecords(context, fact)
  const known = mayBeMissing(fact) ? graph.given(fact.name) : graph.yes
  return scalar(context, fact.type, known, waitFor(context, fact, known), (type, low, high, part) =>
    graph.fact(part === 0 ? fact.name : `${fact.name} ${part}`, type, low, high),
  )
}

type ScalarType = Exclude<Fact['type'], { kind: 'records' }>

/** A fact or field of a type. @param make a node of the type within bounds; members beyond 31 stand in further parts */
export function scalar(
  context: Context,
  type: ScalarType,
  known: Node,
  waits: Waits,
  make: (type: Node['type'], low: number, high: number, part: number) => Node,
): PlanValue {
  const { graph } = context
  switch (type.kind) {
    case 'number': {
      const scale = 10 ** type.places
      const [low, high] = [constant(context, type.low), constant(context, type.high)]
      const at = ({ top, under }: Fraction) => ((top.value as number) * scale) / under
      const exact = { top: make('number', at(low), at(high), 0), under: scale, by: undefined }
      return { kind: 'number', known, waits, exact, range: chooseRange(graph, known, point(exact), { low, high }) }
    }
    case 'date': {
      const [low, high] = [day(type.low), day(type.high)]
      const exact = make('number', low, high, 0)
      return { kind: 'date', known, waits, exact, low: graph.choose(known, exact, graph.number(low)), high: graph.choose(known, exact, graph.number(high)) }
    }
    case 'yesno':
      return { kind: 'truth', known, waits, exact: make('truth', 0, 0, 0) }
    case 'text':
      return { kind: 'text', known, waits, exact: make('text', 0, 0, 0) }
    case 'choice':
    case 'levels':
      return { kind: 'member', known, waits, exact: make('number', 0, type.members.length - 1, 0) }
    case 'choices': {
      const words = Array.from({ length: wordOf(type.members.length - 1) + 1 }, (_, part) => make('number', 0, 2 ** 31 - 1, part))
      return { kind: 'members', known, waits, words, count: type.members.length }
    }
  }
}

function referenceDate(context: Context, name: string): PlanValue {
  const own = context.ownDates.get(name)
  if (own) return plannedOnce(context, context.definitions, `day ${name}`, () => planExpression(context, own))
  return knownDate(context.graph, context.graph.number(required(context.days.get(name), name)))
}

/** The value that applies on the day; a day before the first one is a mistake in the applicant's data. */
function planParameter(context: Context, parameter: Parameter, on: PlanValue | undefined): PlanValue {
  const { graph } = context
  const open = { low: constant(context, parameter.low), high: constant(context, parameter.high) }
  if (!on) return knownNumber(graph, constant(context, parameter.values[0]?.value ?? '0'))
  const date = asDate(on)
  const [first, ...later] = parameter.values
  const before = graph.less(date.exact, graph.number(day(first?.from ?? '')))
  // After the end of a value nothing applies until the next one begins.
  const between = parameter.values.flatMap(({ to }, i) => {
    const next = parameter.values[i + 1]?.from
    if (to === undefined) return []
    return [graph.and(graph.less(graph.number(day(to)), date.exact), next === undefined ? graph.yes : graph.less(date.exact, graph.number(day(next))))]
  })
  const without = graph.or(before, ...between)
  fail(context, graph.and(date.known, without))
  const known = graph.and(date.known, graph.not(without))
  const exact = later.reduce(
    (value, next) => chooseFraction(graph, graph.less(date.exact, graph.number(day(next.from ?? ''))), value, constant(context, next.value)),
    constant(context, first?.value ?? '0'),
  )
  return { kind: 'number', known, waits: date.waits, exact, range: chooseRange(graph, known, point(exact), open) }
}

function planDefinition(context: Context, definition: Definition, record: RecordAtHand | undefined): PlanValue {
  const inRecord = definition.perRecord ? record : undefined
  return plannedOnce(context, inRecord?.memo ?? context.definitions, definition.id, () => {
    const rule = context.graph.rule
    context.graph.rule = definition.id
    const value = firstThatHolds(context, definition.cases, inRecord)
    context.graph.rule = rule
    return value
  })
}

/** The first case that holds; while an earlier condition is not known, the value lies between all that may still be taken. */
function firstThatHolds(context: Context, cases: Definition['cases'], record: RecordAtHand | undefined): PlanValue {
  const { graph } = context
  const [first, ...rest] = cases
  if (!first) throw new Error('a definition without a case')
  const condition = first.when ? asTruth(planExpression(context, first.when, record)) : knownTruth(graph, graph.yes)
  const holds = graph.and(condition.known, condition.exact)
  const fails = graph.and(condition.known, graph.not(condition.exact))
  const value = reachedIf(context, graph.not(fails), () => planExpression(context, first.value, record))
  if (rest.length === 0) return unlessOpen(context, condition, value)
  const other = reachedIf(context, graph.not(holds), () => firstThatHolds(context, rest, record))
  return either(context, condition, value, other)
}

/** While its condition is not known, a value is not. */
const unlessOpen = (context: Context, condition: PlanTruth, value: PlanValue): PlanValue => ({
  ...value,
  known: context.graph.and(condition.known, value.known),
  waits: joinWaits(context.graph, condition.waits, value.waits),
})

/** One value or the other, by a condition; either of them while it is not known. */
export function either(context: Context, condition: PlanTruth, a: PlanValue, b: PlanValue): PlanValue {
  const { graph } = context
  const { known: decided, exact: first } = condition
  const pick = (x: Node, y: Node) => graph.choose(first, x, y)
  const known = graph.and(decided, pick(a.known, b.known))
  const open = joinWaits(graph, condition.waits, a.waits, b.waits)
  const settled = a.waits.length + b.waits.length === 0 ? [] : joinWaits(graph, waitsIf(graph, first, a.waits), waitsIf(graph, graph.not(first), b.waits))
  const waits = joinWaits(graph, waitsIf(graph, decided, settled), waitsIf(graph, graph.not(decided), open))
  if (a.kind === 'number' && b.kind === 'number') {
    const settledRange = chooseRange(graph, first, a.range, b.range)
    const range = decided === graph.yes ? settledRange : chooseRange(graph, decided, settledRange, hullOf(graph, a.range, b.range))
    return { kind: 'number', known, waits, exact: chooseFraction(graph, first, a.exact, b.exact), range }
  }
  if (a.kind === 'date' && b.kind === 'date') {
    const low = graph.choose(decided, pick(a.low, b.low), graph.smaller(a.low, b.low))
    const high = graph.choose(decided, pick(a.high, b.high), graph.larger(a.high, b.high))
    return { kind: 'date', known, waits, exact: pick(a.exact, b.exact), low, high }
  }
  if (a.kind === 'truth' && b.kind === 'truth') return { kind: 'truth', known, waits, exact: pick(a.exact, b.exact) }
  if ((a.kind === 'text' || a.kind === 'member') && a.kind === b.kind) return { kind: a.kind, known, waits, exact: pick(a.exact, b.exact) }
  if (a.kind === 'members' && b.kind === 'members')
    return { kind: 'members', known, waits, count: a.count, words: a.words.map((word, i) => pick(word, b.words[i] ?? graph.zero)) }
  if (a.kind === 'records' && b.kind === 'records' && a.list === b.list) {
    const fields = [...a.fields].map(([name, value]) => [name, either(context, knownTruth(graph, first), value, b.fields.get(name) ?? value)] as const)
    return { kind: 'records', known, waits, list: a.list, keep: pick(a.keep, b.keep), fields: new Map(fields) }
  }
  throw new CannotPlan('choice-of-lists', graph.rule)
}

/** What is asked of the other member of the household, where there is one that counts. */
function ofPartner(context: Context, asked: PlanValue, otherwise: PlanValue): PlanValue {
  const { graph } = context
  const has = graph.hasPartner()
  const known = graph.choose(has, ofOtherMember(context, asked.known), otherwise.known)
  if (asked.kind === 'number' && otherwise.kind === 'number') {
    const theirs = { ...undivided(graph, asked.exact), top: ofOtherMember(context, asked.exact.top) }
    const exact = chooseFraction(graph, has, theirs, otherwise.exact)
    return { kind: 'number', known, waits: [], exact, range: point(exact) }
  }
  if (asked.kind === 'date' && otherwise.kind === 'date') {
    const exact = graph.choose(has, ofOtherMember(context, asked.exact), otherwise.exact)
    return { kind: 'date', known, waits: [], exact, low: exact, high: exact }
  }
  if (asked.kind !== otherwise.kind || !('exact' in asked) || !('exact' in otherwise)) throw new CannotPlan('choice-of-lists', graph.rule)
  return { ...asked, known, waits: [], exact: graph.choose(has, ofOtherMember(context, asked.exact as Node), otherwise.exact as Node) } as PlanValue
}

// ---- numbers and dates -------------------------------------------------------------------------------------------------

/** Known when all its parts are. */
export const joined = (context: Context, parts: readonly PlanValue[], { exact, range }: { exact: Fraction; range: Range }): PlanNumber => ({
  kind: 'number',
  known: context.graph.and(...parts.map(({ known }) => known)),
  waits: waitsOf(context.graph, parts),
  exact,
  range,
})

/** The checker has proved that a divisor is never zero; where the plan's own bounds are wider, those of the policy decide its sign. */
function signKnown(context: Context, divisor: Fraction, node: Expression): Fraction {
  if (divisor.top.low > 0 || divisor.top.high < 0) return divisor
  const { graph } = context
  const proven = 'low' in node && typeof node.low === 'string' && 'high' in node && typeof node.high === 'string' ? node : undefined
  if (proven && decimal(proven.low as string).numerator > 0n) return { ...divisor, top: graph.larger(divisor.top, graph.number(1)) }
  if (proven && decimal(proven.high as string).numerator < 0n) return { ...divisor, top: graph.smaller(divisor.top, graph.number(-1)) }
  throw new CannotPlan('division', graph.rule)
}

function countBetween(context: Context, from: PlanDate, to: PlanDate, count: (a: Node, b: Node) => Node): PlanNumber {
  return joined(context, [from, to], {
    exact: whole(count(from.exact, to.exact)),
    range: { low: whole(count(from.high, to.low)), high: whole(count(from.low, to.high)) },
  })
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
  const [year, month, dayOfMonth] = parts.map(({ exact }) => exact.top) as [Node, Node, Node]
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
