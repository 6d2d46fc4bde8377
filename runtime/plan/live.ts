// Points that lapse and can be spent, in a plan: every record is a grant with its days. Anything open in grants, days or spends
// leaves the whole balance open.

import type { AwardOf, Expression, Indicator } from '../ir/schema.ts'
import { type Context, fail, planExpression, reachedIf } from './context.ts'
import { constant } from './facts.ts'
import { chooseFigure, isOpenFigure } from './figures.ts'
import { chooseFraction, commonUnder, type Fraction, nought, point, undivided } from './fraction.ts'
import type { Graph } from './graph.ts'
import { waitsOver, withRecord } from './lists.ts'
import type { Combined } from './modes.ts'
import type { Node, Spend } from './node.ts'
import { planRecord } from './rows.ts'
import { asDate, asNumber, asRecords, joinWaits, type PlanRecords, type Waits, waitsIf } from './value.ts'

type Live = NonNullable<Indicator['live']>

export function planLive(context: Context, indicator: Indicator, live: Live): Combined {
  const { graph } = context
  const award = indicator.rows[0]?.awards[0] as AwardOf<'each'>
  const set = asRecords(planExpression(context, award.list))
  const { list, keep } = set
  const { figure, waits } = planRecord(context, award, set)
  const on = asDate(planExpression(context, live.on))
  const dayOf = (day: Expression) => asDate(planExpression(context, day, withRecord(set)))
  const [from, to] = reachedIf(context, keep, () => [dayOf(live.from), dayOf(live.to)] as const)
  const spends = planSpends(context, live.spend)
  const openDays = graph.any(list, graph.and(keep, graph.not(graph.and(from.known, to.known))))
  const openPoints = graph.any(list, graph.and(keep, isOpenFigure(graph, figure)))
  const known = graph.and(set.known, on.known, spends.known, graph.not(openDays), graph.not(openPoints))
  const unit = spends.amount ? commonUnder(graph, figure.proven.under, spends.amount.under) : figure.proven.under
  const points = inUnit(graph, figure.proven, unit)
  const grant = { keep, points, from: from.exact, to: to.exact }
  const spend: Spend | undefined = spends.set &&
    spends.amount && { list: spends.set.list, keep: spends.set.keep, date: spends.date, amount: inUnit(graph, spends.amount, unit) }
  fail(context, graph.and(known, spend ? graph.balance('overspent', list, grant, spend, on.exact) : graph.no))
  const left: Fraction = { top: graph.balance('balance', list, grant, spend, on.exact), under: unit, by: undefined }
  const most = { ...figure.range.high, top: graph.sum(list, keep, graph.larger(undivided(graph, figure.range.high).top, graph.zero)) }
  const highest = chooseFraction(graph, set.known, most, constant(context, award.high))
  const open = { proven: nought(graph), range: { low: nought(graph), high: highest } }
  const records = waitsOver(graph, set, joinWaits(graph, waits, from.waits, to.waits))
  return {
    inside: chooseFigure(graph, known, { proven: left, range: point(left) }, open),
    waits: waitsIf(graph, graph.not(known), joinWaits(graph, set.waits, waitsIf(graph, set.known, records), on.waits, spends.waits)),
  }
}

interface PlannedSpends {
  readonly set: PlanRecords | undefined
  readonly known: Node
  readonly date: Node
  readonly amount: Fraction | undefined
  readonly waits: Waits
}

function planSpends(context: Context, rule: Live['spend']): PlannedSpends {
  const { graph } = context
  if (!rule) return { set: undefined, known: graph.yes, date: graph.zero, amount: undefined, waits: [] }
  const set = asRecords(planExpression(context, rule.list))
  const amount = reachedIf(context, set.keep, () => asNumber(planExpression(context, rule.amount, withRecord(set))))
  const day = set.fields.get(rule.date)
  if (!day) throw new Error(`the list has no ${rule.date}`)
  const open = graph.any(set.list, graph.and(set.keep, graph.not(amount.known)))
  return {
    set,
    known: graph.and(set.known, graph.not(open)),
    date: asDate(day).exact,
    amount: undivided(graph, amount.exact),
    waits: joinWaits(graph, set.waits, waitsIf(graph, set.known, waitsOver(graph, set, amount.waits))),
  }
}

const inUnit = (graph: Graph, part: Fraction, unit: number): Node => graph.multiply(undivided(graph, part).top, graph.number(unit / part.under))
