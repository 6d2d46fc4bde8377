// Conditions in a plan.

import { mentionsFigures } from '../../ir/walk.ts'
import { all, comparison, opposite } from '../conditions.ts'
import { asTruth, bitOf, knownTruth, wordOf } from '../value.ts'
import type { Planning } from './operation.ts'

export const conditions: Planning<'yesno' | 'text' | 'member' | 'compare' | 'within' | 'one-of' | 'has' | 'and' | 'or' | 'not'> = {
  yesno: ({ context: { graph } }, { value }) => knownTruth(graph, graph.truth(value)),
  text: ({ context: { graph } }, { value }) => ({ kind: 'text', known: graph.yes, waits: [], exact: graph.text(value) }),
  member: ({ context: { graph } }, { index }) => ({ kind: 'member', known: graph.yes, waits: [], exact: graph.number(index) }),
  compare: ({ context, plan }, node) => comparison(context, mentionsFigures(node), plan(node.left), plan(node.right), node.operator),
  within({ context, plan }, node) {
    const { graph } = context
    const byBounds = mentionsFigures(node)
    const value = plan(node.value)
    const low = node.low ? comparison(context, byBounds, value, plan(node.low), node.lowOpen ? '>' : '>=') : knownTruth(graph, graph.yes)
    const high = node.high ? comparison(context, byBounds, value, plan(node.high), node.highOpen ? '<' : '<=') : knownTruth(graph, graph.yes)
    return all(graph, [low, high])
  },
  'one-of'({ context: { graph }, plan }, node) {
    const subject = plan(node.subject)
    if (subject.kind !== 'member') throw new Error(`expected a member, got ${subject.kind}`)
    const exact = graph.or(...node.members.map((member) => graph.equal(subject.exact, graph.number(member))))
    return { kind: 'truth', known: subject.known, waits: subject.waits, exact }
  },
  has({ context: { graph }, plan }, node) {
    const subject = plan(node.subject)
    if (subject.kind !== 'members') throw new Error(`expected members, got ${subject.kind}`)
    const exact = graph.hasBit(subject.words[wordOf(node.member)] ?? graph.zero, bitOf(node.member))
    return { kind: 'truth', known: subject.known, waits: subject.waits, exact }
  },
  and: ({ context: { graph }, plan }, { operands }) =>
    all(
      graph,
      operands.map((operand) => asTruth(plan(operand))),
    ),
  or: ({ context: { graph }, plan }, { operands }) =>
    opposite(
      graph,
      all(
        graph,
        operands.map((operand) => opposite(graph, asTruth(plan(operand)))),
      ),
    ),
  not: ({ context: { graph }, plan }, { operand }) => opposite(graph, asTruth(plan(operand))),
}
