// What stands behind a name, in a plan: a fact, a field, a definition, a parameter, a day of the run, points, the other of a household.

import type { Definition, Fact, Parameter } from '../../ir/schema.ts'
import { type Context, fail, ofOtherMember, type PlanItem, plannedOnce, type RecordAtHand, reachedIf } from '../context.ts'
import { either } from '../either.ts'
import { constant, day, required, type ScalarType, scalarFact } from '../facts.ts'
import { isOpenFigure } from '../figures.ts'
import { chooseFraction, chooseRange, type Fraction, point, undivided } from '../fraction.ts'
import { factRecords } from '../lists.ts'
import { CannotPlan } from '../node.ts'
import { asDate, asTruth, joinWaits, knownDate, knownNumber, knownTruth, type PlanScalar, type PlanTruth, type PlanValue, provenOf } from '../value.ts'
import type { Planning } from './operation.ts'

export const names: Planning<'fact' | 'field' | 'parameter' | 'definition' | 'reference-date' | 'item' | 'total' | 'partner'> = {
  fact: ({ context }, { fact }) => planFact(context, required(context.index.facts.get(fact), fact)),
  field: ({ record }, { field }) => required(record?.fields.get(field), field),
  parameter: ({ context, plan }, node) =>
    planParameter(context, required(context.index.parameters.get(node.parameter), node.parameter), node.on && plan(node.on)),
  definition: ({ context, record }, node) => planDefinition(context, required(context.index.definitions.get(node.definition), node.definition), record),
  'reference-date': ({ context }, { name }) => referenceDate(context, name),
  item: ({ context }, node) => pointsOf(context, context.planner.item(context, node.item)),
  total: ({ context }, node) => pointsOf(context, context.planner.total(context, node.total)),
  partner: ({ context, plan }, node) => ofPartner(context, plan(node.value), plan(node.otherwise)),
}

/** Known when nothing can change them any more, and carrying what is proven of them while something can. */
function pointsOf({ graph }: Context, { figure: { proven, range }, waits }: Pick<PlanItem, 'figure' | 'waits'>): PlanValue {
  const known = graph.not(isOpenFigure(graph, { proven, range }))
  return { kind: 'number', known, exact: proven, range, waits, ...(known !== graph.yes && { points: { known: graph.yes, exact: proven } }) }
}

function planFact(context: Context, fact: Fact): PlanValue {
  return fact.type.kind === 'records' ? factRecords(context, fact) : scalarFact(context, { ...fact, type: fact.type satisfies ScalarType })
}

function referenceDate(context: Context, name: string): PlanValue {
  const own = context.ownDates.get(name)
  if (own) return plannedOnce(context, context.definitions, `day ${name}`, () => context.planner.expression(context, own))
  return knownDate(context.graph, context.graph.number(required(context.days.get(name), name)))
}

/** The value that applies on the day; a day before the first one is a mistake in the applicant's data. */
function planParameter(context: Context, parameter: Parameter, on: PlanValue | undefined): PlanValue {
  const { graph } = context
  const open = { low: constant(context, parameter.low), high: constant(context, parameter.high) }
  const [one, ...later] = parameter.values
  const first = required(one, parameter.name)
  if (!on) return knownNumber(graph, constant(context, first.value))
  const date = asDate(on)
  const before = graph.less(date.exact, graph.number(day(first.from ?? '')))
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
    constant(context, first.value),
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
  const condition = first.when ? asTruth(context.planner.expression(context, first.when, record)) : knownTruth(graph, graph.yes)
  const holds = graph.and(condition.known, condition.exact)
  const fails = graph.and(condition.known, graph.not(condition.exact))
  const value = reachedIf(context, graph.not(fails), () => context.planner.expression(context, first.value, record))
  if (rest.length === 0) return unlessOpen(context, condition, value)
  const other = reachedIf(context, graph.not(holds), () => firstThatHolds(context, rest, record))
  return either(context, condition, value, other)
}

/** While its condition is not known, a value is not. */
function unlessOpen({ graph }: Context, condition: PlanTruth, value: PlanValue): PlanValue {
  const known = graph.and(condition.known, value.known)
  const waits = joinWaits(graph, condition.waits, value.waits)
  if (value.kind !== 'number' || !value.points) return { ...value, known, waits }
  return { ...value, known, waits, points: { ...value.points, known: graph.and(condition.known, value.points.known) } }
}

/** What is asked of the other member of the household, where there is one that counts. */
function ofPartner(context: Context, asked: PlanValue, otherwise: PlanValue): PlanValue {
  const { graph } = context
  const has = graph.hasPartner()
  const known = graph.choose(has, ofOtherMember(context, asked.known), otherwise.known)
  if (asked.kind === 'number' && otherwise.kind === 'number') {
    const theirs = (part: Fraction): Fraction => ({ ...undivided(graph, part), top: ofOtherMember(context, part.top) })
    const exact = chooseFraction(graph, has, theirs(asked.exact), otherwise.exact)
    const [a, b] = [provenOf(asked), provenOf(otherwise)]
    const points = { known: graph.choose(has, ofOtherMember(context, a.known), b.known), exact: chooseFraction(graph, has, theirs(a.exact), b.exact) }
    return { kind: 'number', known, waits: [], exact, range: point(exact), ...((asked.points || otherwise.points) && { points }) }
  }
  if (asked.kind === 'date' && otherwise.kind === 'date') {
    const exact = graph.choose(has, ofOtherMember(context, asked.exact), otherwise.exact)
    return { kind: 'date', known, waits: [], exact, low: exact, high: exact }
  }
  if (!isPlain(asked) || !isPlain(otherwise) || asked.kind !== otherwise.kind) throw new CannotPlan('choice-of-lists', graph.rule)
  return { ...asked, known, waits: [], exact: graph.choose(has, ofOtherMember(context, asked.exact), otherwise.exact) }
}

const isPlain = (value: PlanValue): value is PlanTruth | PlanScalar => value.kind === 'truth' || value.kind === 'text' || value.kind === 'member'
