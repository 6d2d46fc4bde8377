// Rows in a plan: how their conditions and amounts combine by 累加, 取最高 or 取首个, with blocks and lists of records inside.

import type { Award, AwardOf, Mode, Row } from '../ir/schema.ts'
import { isPresent } from '../presence.ts'
import { type PlanAmount, planFlat, planRate, planStepped } from './awards.ts'
import { type Context, planExpression, type RecordAtHand, reachedIf } from './context.ts'
import { constant } from './facts.ts'
import { addFigure, boundFigure, chooseFigure, isOpenFigure, type PlanFigure } from './figures.ts'
import { chooseFraction, commonUnder, type Fraction, nought, point, undivided } from './fraction.ts'
import type { Graph } from './graph.ts'
import { waitsOver, withRecord } from './lists.ts'
import { type Combined, combineRecords, combineRows, contribution, eachPart, isOpenRow, type PlanRow } from './modes.ts'
import type { Node } from './node.ts'
import { planTable } from './tables.ts'
import { asNumber, asRecords, asTruth, joinWaits, type PlanRecords, type PlanTruth, provenOf, type Waits, waitsIf } from './value.ts'

interface PlanAward {
  readonly figure: PlanFigure
  readonly known: Node
  readonly mayBeAbsent: Node
  readonly absent: Node
  readonly waits: Waits
}

/** What holds rows: an indicator, or a block of a row. */
interface Holder {
  readonly mode: Mode
  readonly complete?: boolean | undefined
  readonly rows: readonly Row[]
}

export const planRows = (context: Context, { mode, complete = false, rows }: Holder, record: RecordAtHand | undefined): Combined =>
  combineRows[mode](
    context.graph,
    rows.filter((row) => isPresent(context.scenario?.name, context.mainDate, row)).map((row) => planRow(context, row, record)),
    complete,
  )

export function planRow(context: Context, row: Row, record: RecordAtHand | undefined): PlanRow {
  const { graph } = context
  const condition: PlanTruth = row.when ? asTruth(planExpression(context, row.when, record)) : { kind: 'truth', known: graph.yes, exact: graph.yes, waits: [] }
  const fails = graph.and(condition.known, graph.not(condition.exact))
  const awards = reachedIf(context, graph.not(fails), () => row.awards.map((award) => planAward(context, award, record)))
  const absent = graph.or(fails, ...awards.map((award) => award.absent))
  const known = graph.and(...awards.map((award) => award.known))
  const sum = awards.map(({ figure }) => figure).reduce((a, b) => addFigure(graph, a, b))
  const inside = { ...sum, proven: chooseFraction(graph, known, sum.proven, nought(graph)) }
  const bounds = reachedIf(context, graph.not(absent), () => boundFigure(context, inside, row, record))
  const amountKnown = graph.and(known, bounds.known)
  const open = graph.or(graph.not(condition.known), ...awards.map(({ mayBeAbsent }) => mayBeAbsent))
  return {
    absent,
    certain: graph.and(graph.not(absent), graph.not(open)),
    amountKnown,
    given: { ...bounds.figure, proven: chooseFraction(graph, amountKnown, bounds.figure.proven, nought(graph)) },
    waits: joinWaits(graph, condition.waits, ...awards.map(({ waits }) => waits), bounds.waits),
  }
}

function planAward(context: Context, award: Award, record: RecordAtHand | undefined): PlanAward {
  switch (award.kind) {
    case 'flat':
      return simple(context.graph, planFlat(context, award, record))
    case 'rate':
      return simple(context.graph, planRate(context, award, record))
    case 'stepped':
      return simple(context.graph, planStepped(context, award, record))
    case 'table':
      return simple(context.graph, planTable(context, award, record))
    case 'block':
      return planBlock(context, award, record)
    case 'each':
      return planEach(context, award, record)
  }
}

function simple(graph: Graph, { value, mayBeAbsent, absent }: PlanAmount): PlanAward {
  const { known, exact } = provenOf(value)
  const range = value.known === graph.yes ? point(value.exact) : value.range
  return { figure: { proven: chooseFraction(graph, known, exact, nought(graph)), range }, known, mayBeAbsent, absent, waits: value.waits }
}

function planBlock(context: Context, block: AwardOf<'block'>, record: RecordAtHand | undefined): PlanAward {
  const { graph } = context
  const { inside, waits } = planRows(context, block, record)
  const { figure, waits: more } = boundFigure(context, inside, block, record)
  return {
    figure,
    known: graph.yes,
    mayBeAbsent: graph.no,
    absent: graph.no,
    waits: waitsIf(graph, isOpenFigure(graph, figure), joinWaits(graph, waits, more)),
  }
}

// ---- lists of records --------------------------------------------------------------------------------------------------

/** The body of 对每条 for the record at hand: what it adds, and what it waits for. */
export function planRecord(context: Context, award: AwardOf<'each'>, list: PlanRecords): { readonly figure: PlanFigure; readonly waits: Waits } {
  const { graph } = context
  const row = reachedIf(context, list.keep, () => planRow(context, award.body, withRecord(list)))
  return { figure: contribution(graph, row), waits: waitsIf(graph, isOpenRow(graph, row), row.waits) }
}

function planEach(context: Context, award: AwardOf<'each'>, record: RecordAtHand | undefined): PlanAward {
  const { graph } = context
  const list = asRecords(planExpression(context, award.list, record))
  const { figure, waits } = planRecord(context, award, list)
  const settled = award.same ? byKey(context, award.same, list, figure, record) : combineRecords[award.takes](graph, list, figure)
  const open = { proven: nought(graph), range: { low: constant(context, award.low), high: constant(context, award.high) } }
  const more = waitsIf(graph, isOpenFigure(graph, settled), waitsOver(graph, list, waits))
  return {
    figure: chooseFigure(graph, list.known, settled, open),
    known: list.known,
    mayBeAbsent: graph.no,
    absent: graph.no,
    waits: joinWaits(graph, list.waits, waitsIf(graph, list.known, more)),
  }
}

/** Of the records with one key the best counts, or their sum up to the cap; over the keys it adds up. */
function byKey(
  context: Context,
  same: NonNullable<AwardOf<'each'>['same']>,
  set: PlanRecords,
  figure: PlanFigure,
  record: RecordAtHand | undefined,
): PlanFigure {
  const { graph } = context
  const { list, keep } = set
  const value = reachedIf(context, keep, () => planExpression(context, same.key, withRecord(set)))
  if (value.kind === 'members' || value.kind === 'records') throw new Error('a key is one value')
  const key = value.kind === 'number' ? value.exact.top : value.exact
  if (!same.cap) return eachPart(figure, (part) => ({ ...part, top: graph.sumOfGreatest(list, keep, key, undivided(graph, part).top) }))
  const cap = asNumber(planExpression(context, same.cap, record))
  const capped = (part: Fraction, most: Fraction): Fraction => {
    const under = commonUnder(graph, part.under, most.under)
    const inCommon = (one: Fraction) => graph.multiply(undivided(graph, one).top, graph.number(under / one.under))
    return { top: graph.sumOfCapped(list, keep, key, inCommon(part), inCommon(most)), under, by: undefined }
  }
  return {
    proven: capped(figure.proven, cap.range.low),
    range: { low: capped(figure.range.low, cap.range.low), high: capped(figure.range.high, cap.range.high) },
  }
}
