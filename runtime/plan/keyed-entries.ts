// Entries of a table whose keys are tests of a few subjects against constants: which subjects there are, at which values the answer of a
// key can change, and what each key says of a value. Whether an expression is constant is read from the policy, so that nothing is
// planned that may not be reached.

import { add, ceiling, compare, divide, type Exact, floor, fromInteger, multiply, one } from '../exact/number.ts'
import { type Comparison, holds as holdsOf } from '../exact/order.ts'
import type { AwardOf, Expression } from '../ir/schema.ts'
import { mentionsFigures } from '../ir/walk.ts'
import { type Context, planExpression, type RecordAtHand } from './context.ts'
import type { Fraction } from './fraction.ts'
import { isNumberConstant, type Node } from './node.ts'
import { asNumber, type PlanValue, type Waits } from './value.ts'

/** A subject of a table, as a whole number. */
export interface Side {
  readonly known: Node
  readonly waits: Waits
  readonly top: Node
  /** Where the answer of a key may change, rising. */
  readonly steps: readonly number[]
  /** A value for each place. */
  readonly representatives: readonly number[]
}

interface Key {
  /** Which of the sides it tests. */
  readonly side: number
  readonly holds: (value: number) => boolean
}

export interface ConstantEntry {
  readonly keys: readonly Key[]
  readonly amount: Fraction
}

export interface KeyedEntries {
  readonly sides: readonly Side[]
  readonly entries: readonly ConstantEntry[]
}

/** @returns `undefined` where a key is anything else, or an amount no constant */
export function keyedEntries(context: Context, entries: AwardOf<'table'>['entries'], record: RecordAtHand | undefined): KeyedEntries | undefined {
  const parts = entries.map(({ when }) => (when.op === 'and' ? when.operands : [when]).map((part) => testOf(context, part)))
  if (!entries.every(({ amount }) => isConstant(context, amount))) return undefined
  const subjects = new Subjects(context, record)
  const read: ConstantEntry[] = []
  for (const [i, tests] of parts.entries()) {
    const keys = tests.map((test) => test && subjects.key(test))
    const amount = entries[i] && asNumber(planExpression(context, entries[i].amount, record)).exact
    if (!amount || amount.by || !isNumberConstant(amount.top) || !keys.every((key) => key !== undefined)) return undefined
    read.push({ keys, amount })
  }
  return { sides: subjects.sides(), entries: read }
}

/** A subject that is compared with constants; one of the alternatives must hold, and all of its comparisons. */
interface Test {
  readonly subject: Expression
  readonly any: readonly (readonly { readonly operator: Comparison; readonly with: Expression }[])[]
}

function testOf(context: Context, node: Expression): Test | undefined {
  if (mentionsFigures(node)) return undefined
  switch (node.op) {
    case 'compare':
      return isConstant(context, node.right) ? { subject: node.left, any: [[{ operator: node.operator, with: node.right }]] } : undefined
    case 'within': {
      const ends = [
        ...(node.low ? [{ operator: node.lowOpen ? ('>' as const) : ('>=' as const), with: node.low }] : []),
        ...(node.high ? [{ operator: node.highOpen ? ('<' as const) : ('<=' as const), with: node.high }] : []),
      ]
      return ends.every((end) => isConstant(context, end.with)) ? { subject: node.value, any: [ends] } : undefined
    }
    case 'or': {
      const tests = node.operands.map((operand) => testOf(context, operand))
      const [first] = tests
      const alike = first && tests.every((test) => test && JSON.stringify(test.subject) === JSON.stringify(first.subject))
      return alike ? { subject: first.subject, any: tests.flatMap((test) => test?.any ?? []) } : undefined
    }
    case 'one-of':
      return { subject: node.subject, any: node.members.map((index) => [{ operator: '=', with: { op: 'member', index } }]) }
    default:
      return undefined
  }
}

/** What needs nothing of the applicant, and cannot be wrong. */
function isConstant({ days, ownDates }: Context, node: Expression): boolean {
  switch (node.op) {
    case 'number':
    case 'member':
    case 'date':
    case 'yesno':
      return true
    case 'parameter':
      return node.on === undefined
    case 'reference-date':
      return days.has(node.name) && !ownDates.has(node.name)
    default:
      return false
  }
}

/** The subjects of a table in the order in which they are met. */
class Subjects {
  readonly #context: Context
  readonly #record: RecordAtHand | undefined
  readonly #met: { readonly known: Node; readonly waits: Waits; readonly top: Node; readonly steps: Set<number> }[] = []

  constructor(context: Context, record: RecordAtHand | undefined) {
    this.#context = context
    this.#record = record
  }

  key({ subject, any }: Test): Key | undefined {
    const value = planExpression(this.#context, subject, this.#record)
    const whole = wholeOf(value)
    if (!whole) return undefined
    const side = this.#sideOf(value, whole.top)
    const tests: { readonly operator: Comparison; readonly value: Exact }[][] = []
    for (const all of any) {
      const own: { readonly operator: Comparison; readonly value: Exact }[] = []
      for (const { operator, with: constant } of all) {
        const other = wholeOf(planExpression(this.#context, constant, this.#record))
        if (!other || !isNumberConstant(other.top)) return undefined
        // In units of the subject.
        const bound = divide(multiply(fromInteger(other.top.value), fromInteger(whole.under)), fromInteger(other.under))
        for (const step of [ceiling(bound), add(floor(bound), one)]) this.#met[side]?.steps.add(Number(step.numerator))
        own.push({ operator, value: bound })
      }
      tests.push(own)
    }
    return { side, holds: (at) => tests.some((all) => all.every(({ operator, value: bound }) => holdsOf(compare(fromInteger(at), bound), operator))) }
  }

  #sideOf({ known, waits }: PlanValue, top: Node): number {
    const met = this.#met.findIndex((side) => side.top === top && side.known === known)
    return met >= 0 ? met : this.#met.push({ known, waits, top, steps: new Set() }) - 1
  }

  sides(): readonly Side[] {
    return this.#met.map(({ steps, ...side }) => {
      const { low, high } = side.top
      const rising = [...steps].filter((step) => step > low && step <= high).sort((a, b) => a - b)
      return { ...side, steps: rising, representatives: [low, ...rising] }
    })
  }
}

/** A value as a whole number over a denominator, where it is one. */
function wholeOf(value: PlanValue): { readonly top: Node; readonly under: number } | undefined {
  if (value.kind === 'number') return value.exact.by ? undefined : { top: value.exact.top, under: value.exact.under }
  return value.kind === 'member' || value.kind === 'date' ? { top: value.exact, under: 1 } : undefined
}
