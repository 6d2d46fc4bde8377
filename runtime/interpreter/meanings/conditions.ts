// Conditions are three-valued: a false side decides 且, a true side decides 或, whatever is not known. Points are compared by their
// bounds while they are open, other values are not.

import { compare } from '../../exact/number.ts'
import { type Comparison, holds } from '../../exact/order.ts'
import { mentionsFigures } from '../../ir/walk.ts'
import { isUnknown, type Value } from '../value.ts'
import { all, negated, numbersOf, truth, unknown } from '../values.ts'
import type { Meanings, Of } from './meaning.ts'

export const conditions: Meanings<'yesno' | 'text' | 'member' | 'compare' | 'within' | 'one-of' | 'has' | 'and' | 'or' | 'not'> = {
  yesno: (_, node) => truth(node.value),
  text: (_, node) => ({ kind: 'text', value: node.value }),
  member: (_, node) => ({ kind: 'member', value: node.index }),
  compare: (person, node, of) => compareBy(node)(of(person, node.left), of(person, node.right), node.operator),
  within(person, node, of) {
    const compareEnds = compareBy(node)
    const value = of(person, node.value)
    const low = node.low ? compareEnds(value, of(person, node.low), node.lowOpen ? '>' : '>=') : truth(true)
    const high = node.high ? compareEnds(value, of(person, node.high), node.highOpen ? '<' : '<=') : truth(true)
    return all([low, high])
  },
  'one-of'(person, node, of) {
    const subject = of(person, node.subject)
    return isUnknown(subject) ? unknown([subject]) : truth(subject.kind === 'member' && node.members.includes(subject.value))
  },
  has(person, node, of) {
    const subject = of(person, node.subject)
    return isUnknown(subject) ? unknown([subject]) : truth(subject.kind === 'members' && subject.value.has(node.member))
  },
  and: (person, { operands }, of) => all(operands.map((operand) => of(person, operand))),
  or: (person, { operands }, of) => negated(all(operands.map((operand) => negated(of(person, operand))))),
  not: (person, { operand }, of) => negated(of(person, operand)),
}

const figureConditions = new WeakMap<Of<'compare' | 'within'>, boolean>()

/** Whether points of items or totals are compared: while these are open, their bounds may decide. */
function comparesFigures(node: Of<'compare' | 'within'>): boolean {
  const known = figureConditions.get(node)
  if (known !== undefined) return known
  const found = mentionsFigures(node)
  figureConditions.set(node, found)
  return found
}

const compareBy = (node: Of<'compare' | 'within'>) => (comparesFigures(node) ? compareBounds : compareValues)

function compareBounds(left: Value, right: Value, operator: Comparison): Value {
  if (!isUnknown(left) && !isUnknown(right)) return compareValues(left, right, operator)
  const [a, b] = [numbersOf(left), numbersOf(right)]
  const orders = [compare(a.low, b.high), compare(a.high, b.low)] as const
  // Every order between the two ends is possible, equality included when the signs differ.
  const possible = [-1, 0, 1].filter((order) => order >= orders[0] && order <= orders[1])
  const outcomes = new Set(possible.map((order) => holds(order, operator)))
  return outcomes.size === 1 ? truth(outcomes.has(true)) : unknown([left, right])
}

function compareValues(left: Value, right: Value, operator: Comparison): Value {
  if (isUnknown(left) || isUnknown(right)) return unknown([left, right])
  if (left.kind === 'number' && right.kind === 'number') return truth(holds(compare(left.value, right.value), operator))
  if (left.kind === 'members' || right.kind === 'members' || left.kind === 'records' || right.kind === 'records' || left.kind !== right.kind)
    throw new Error(`cannot compare ${left.kind} with ${right.kind}`)
  const order = left.value === right.value ? 0 : left.value < right.value ? -1 : 1
  return truth(holds(order, operator))
}
