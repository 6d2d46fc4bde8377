// Conditions in a plan: three-valued comparisons and how they join.

import type { Expression } from '../ir/schema.ts'
import type { Context } from './context.ts'
import { equalFraction, lessFraction } from './fraction.ts'
import type { Graph } from './graph.ts'
import { CannotPlan, type Node } from './node.ts'
import { joinWaits, type PlanNumber, type PlanTruth, type PlanValue, type Waits, waitsIf, waitsOf } from './value.ts'

type Comparison = Extract<Expression, { op: 'compare' }>['operator']

export function comparison(context: Context, byBounds: boolean, left: PlanValue, right: PlanValue, operator: Comparison): PlanTruth {
  const { graph } = context
  const known = graph.and(left.known, right.known)
  const waits = joinWaits(graph, left.waits, right.waits)
  if (left.kind === 'number' && right.kind === 'number') {
    if (!byBounds)
      return {
        kind: 'truth',
        known,
        waits,
        exact: orderOf(
          operator,
          () => lessFraction(graph, left.exact, right.exact),
          () => lessFraction(graph, right.exact, left.exact),
          () => equalFraction(graph, left.exact, right.exact),
          graph,
        ),
      }
    return boundsComparison(graph, left, right, operator, waits)
  }
  const [a, b] = [exactOf(left), exactOf(right)]
  if (a.type === 'text' && operator !== '=' && operator !== '!=') throw new CannotPlan('order-of-texts', graph.rule)
  return {
    kind: 'truth',
    known,
    waits,
    exact: orderOf(
      operator,
      () => graph.less(a, b),
      () => graph.less(b, a),
      () => graph.equal(a, b),
      graph,
    ),
  }
}

function orderOf(operator: Comparison, less: () => Node, more: () => Node, equal: () => Node, graph: Graph): Node {
  switch (operator) {
    case '=':
      return equal()
    case '!=':
      return graph.not(equal())
    case '<':
      return less()
    case '<=':
      return graph.not(more())
    case '>':
      return more()
    case '>=':
      return graph.not(less())
  }
}

/** While points are open their bounds may decide: when every order that is still possible says the same. */
function boundsComparison(graph: Graph, left: PlanNumber, right: PlanNumber, operator: Comparison, waits: Waits): PlanTruth {
  const certainly = {
    less: lessFraction(graph, left.range.high, right.range.low),
    more: lessFraction(graph, right.range.high, left.range.low),
    notLess: graph.not(lessFraction(graph, left.range.low, right.range.high)),
    notMore: graph.not(lessFraction(graph, right.range.low, left.range.high)),
  }
  const equal = graph.and(certainly.notLess, certainly.notMore)
  const unequal = graph.or(certainly.less, certainly.more)
  const answers: Readonly<Record<Comparison, readonly [Node, Node]>> = {
    '=': [equal, unequal],
    '!=': [unequal, equal],
    '<': [certainly.less, certainly.notLess],
    '<=': [certainly.notMore, certainly.more],
    '>': [certainly.more, certainly.notMore],
    '>=': [certainly.notLess, certainly.less],
  }
  const [yes, no] = answers[operator]
  const known = graph.or(yes, no)
  return { kind: 'truth', known, exact: yes, waits: waitsIf(graph, graph.not(known), waits) }
}

function exactOf(value: PlanValue): Node {
  if (value.kind === 'date' || value.kind === 'truth' || value.kind === 'text' || value.kind === 'member') return value.exact
  throw new Error(`cannot compare ${value.kind}`)
}

/** False as soon as one is, true when all are. */
export function all(graph: Graph, truths: readonly PlanTruth[]): PlanTruth {
  const refuted = graph.or(...truths.map(({ known, exact }) => graph.and(known, graph.not(exact))))
  const known = graph.or(refuted, graph.and(...truths.map((truth) => truth.known)))
  // What refutes has a false value here too.
  const exact = graph.and(...truths.map((truth) => truth.exact))
  return { kind: 'truth', known, exact, waits: waitsIf(graph, graph.not(refuted), waitsOf(graph, truths)) }
}

export const opposite = (graph: Graph, { known, exact, waits }: PlanTruth): PlanTruth => ({ kind: 'truth', known, exact: graph.not(exact), waits })
