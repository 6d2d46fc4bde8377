// Filters of lists in a plan.

import type { Expression } from '../../ir/schema.ts'
import { planExpression, reachedIf } from '../context.ts'
import { carriedFields, dayOf, derived, inWindow, narrowed, periodFields, periodsOf, waitsOver, withRecord } from '../lists.ts'
import { asDate, asRecords, asTruth, joinWaits, type PlanRecords, type PlanValue, waitsIf } from '../value.ts'
import type { Place, Planning } from './operation.ts'

export const filters: Planning<'last' | 'last-years' | 'between' | 'without' | 'unbroken' | 'where'> = {
  last(place, node) {
    const { graph } = place.context
    const [set, on] = [setOf(place, node), asDate(place.plan(node.day))]
    const low = graph.addDays(graph.addDays(graph.addMonths(on.exact, -node.months), -node.days), 1)
    return inWindow(graph, narrowed(graph, set, on), low, on.exact, node.field)
  },
  'last-years'(place, node) {
    const { graph } = place.context
    const [set, on] = [setOf(place, node), asDate(place.plan(node.day))]
    const year = graph.divide(on.exact, graph.number(10_000))
    const at = (years: number, monthAndDay: number) =>
      graph.add(graph.multiply(graph.add(year, graph.number(-years)), graph.number(10_000)), graph.number(monthAndDay))
    return inWindow(graph, narrowed(graph, set, on), at(node.years, 101), at(1, 1231), node.field)
  },
  between(place, node) {
    const { graph } = place.context
    const set = setOf(place, node)
    const [from, to] = [asDate(place.plan(node.from)), asDate(place.plan(node.to))]
    return inWindow(graph, narrowed(graph, set, from, to), from.exact, to.exact, node.field)
  },
  without(place, node) {
    const { graph } = place.context
    const [set, other] = [setOf(place, node), asRecords(place.plan(node.other))]
    const settled = narrowed(graph, set, other)
    if (node.field !== undefined) {
      const out = derived(graph, { kind: 'merged', of: periodsOf(other) }, other.list.limit)
      return { ...settled, keep: graph.and(set.keep, graph.not(graph.covered(dayOf(set.fields, node.field), out))) }
    }
    const list = derived(graph, { kind: 'without', of: periodsOf(set), other: periodsOf(other) }, set.list.limit * (other.list.limit + 1))
    const fields = new Map<string, PlanValue>([...carriedFields(graph, list, set.fields), ...periodFields(graph, list)])
    return { ...settled, list, keep: graph.yes, fields }
  },
  unbroken(place, node) {
    const { graph } = place.context
    const [set, to] = [setOf(place, node), asDate(place.plan(node.to))]
    const source = { kind: 'unbroken', of: periodsOf(set), to: to.exact, months: node.gapMonths, days: node.gapDays, counted: node.counted } as const
    const list = derived(graph, source, set.list.limit)
    return { ...narrowed(graph, set, to), list, keep: graph.yes, fields: periodFields(graph, list) }
  },
  where(place, node) {
    const { context } = place
    const { graph } = context
    const set = setOf(place, node)
    const atHand = withRecord(set)
    const condition = reachedIf(context, set.keep, () => asTruth(planExpression(context, node.condition, atHand)))
    const open = graph.any(set.list, graph.and(set.keep, graph.not(condition.known)))
    const waits = joinWaits(graph, set.waits, waitsIf(graph, set.known, waitsOver(graph, set, condition.waits)))
    return { ...set, known: graph.and(set.known, graph.not(open)), waits, keep: graph.and(set.keep, condition.exact) }
  },
}

const setOf = ({ plan }: Place, { set }: { readonly set: Expression }): PlanRecords => asRecords(plan(set))
