// One value or the other, by a condition that may not be known.

import type { Context } from './context.ts'
import { chooseFraction, chooseRange, hullOf } from './fraction.ts'
import { CannotPlan, type Node } from './node.ts'
import { joinWaits, knownTruth, type PlanTruth, type PlanValue, provenOf, waitsIf } from './value.ts'

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
    const [x, y] = [provenOf(a), provenOf(b)]
    const points = { known: graph.and(decided, pick(x.known, y.known)), exact: chooseFraction(graph, first, x.exact, y.exact) }
    return { kind: 'number', known, waits, exact: chooseFraction(graph, first, a.exact, b.exact), range, ...((a.points || b.points) && { points }) }
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
