// What becomes of a condition when a day in it lies ever later: whether a range, a window or a comparison leaves it out, or lets it in.

import type { DefinitionSymbol, Typed } from '../typed.ts'

type Of<Op extends Typed['op']> = Extract<Typed, { op: Op }>

/** Which expression is the day. */
export type IsDay = (node: Typed) => boolean

/** It never holds, it may hold because of that, or anyway. */
export type Late = 'never' | 'late' | 'anyway'

type Trend = 'rising' | 'falling'

/** One day, with what is known by now of the definitions that it may stand in: those that build on one another twice would never end. */
export class FarDay {
  readonly #isDay: IsDay
  readonly #conditions = new Map<string, Late>()
  readonly #trends = new Map<DefinitionSymbol, Trend | undefined>()

  constructor(isDay: IsDay) {
    this.#isDay = isDay
  }

  /** Whether a condition leaves out the late ones, or asks for them by the one date that there is: 解除日 > 审核日. */
  isLeftOutBy(condition: Typed, isOnly: boolean): boolean {
    return this.when(condition) === 'never' || (isOnly && this.#asksAhead(condition, false))
  }

  /** @param negated of the opposite */
  when(node: Typed, negated = false): Late {
    switch (node.op) {
      case 'and':
      case 'or': {
        const parts = node.operands.map((operand) => this.when(operand, negated))
        return (node.op === 'and') === negated ? either(parts) : both(parts)
      }
      case 'not':
        return this.when(node.operand, !negated)
      case 'definition':
        return this.#inDefinition(node.definition, negated)
      case 'compare':
        return this.#compared(node, negated)
      case 'within': {
        const { value: left, low, high } = node
        const ends = [low && ({ operator: '>=', left, right: low } as const), high && ({ operator: '<=', left, right: high } as const)]
        const parts = ends.flatMap((end) => (end ? [this.#compared(end, negated)] : []))
        return negated ? either(parts) : both(parts)
      }
      default:
        return 'anyway'
    }
  }

  #inDefinition({ id, cases }: DefinitionSymbol, negated: boolean): Late {
    const [only, ...more] = cases
    if (!only || more.length > 0) return 'anyway'
    const key = `${negated} ${id}`
    const known = this.#conditions.get(key) ?? this.when(only.value, negated)
    this.#conditions.set(key, known)
    return known
  }

  /** Whether a condition, as it stands, asks for days to come. */
  #asksAhead(node: Typed, negated: boolean): boolean {
    if (node.op === 'not') return this.#asksAhead(node.operand, !negated)
    if (node.op === 'and' || node.op === 'or') return node.operands.some((operand) => this.#asksAhead(operand, negated))
    if (node.op === 'within') return !negated && !node.high && this.#isDay(node.value) && node.low !== undefined && isToCome(node.low)
    if (node.op !== 'compare') return false
    const [side, other] = this.#isDay(node.left) ? [node.left, node.right] : [node.right, node.left]
    if (!this.#isDay(side) || !isToCome(other)) return false
    const far = whenFar(node.operator, side === node.left ? 'rising' : 'falling')
    return (negated ? opposite(far) : far) === 'late'
  }

  #compared({ operator, left, right }: Pick<Of<'compare'>, 'operator' | 'left' | 'right'>, negated: boolean): Late {
    const sides = [left, right]
    const [ofLeft, ofRight] = [this.#trendOf(left), this.#trendOf(right)]
    if ((ofLeft === undefined) === (ofRight === undefined) || sides.some((side) => side.op === 'field' && !this.#isDay(side))) return 'anyway'
    const far = whenFar(operator, ofLeft ?? turned(ofRight ?? 'rising'))
    const found = negated ? opposite(far) : far
    // 到期日 > 审核日 asks for what is to come, and means it.
    return found === 'late' && sides.some(isToCome) && sides.some(this.#isDay) ? 'anyway' : found
  }

  /** Whether a value rises or falls as the day lies later; `undefined` where it does not follow the day, or not plainly. */
  #trendOf(node: Typed): Trend | undefined {
    if (this.#isDay(node)) return 'rising'
    switch (node.op) {
      case 'shift':
      case 'year':
      case 'year-start':
      case 'year-end':
        return this.#trendOf(node.date)
      case 'age':
        return this.#between(node.born, node.on)
      case 'days':
      case 'months':
        return this.#between(node.from, node.to)
      case 'definition': {
        const { definition } = node
        const [only, ...more] = definition.cases
        if (!only || more.length > 0) return undefined
        if (!this.#trends.has(definition)) this.#trends.set(definition, this.#trendOf(only.value))
        return this.#trends.get(definition)
      }
      default:
        return undefined
    }
  }

  /** The time from one day to another. */
  #between(from: Typed, to: Typed): Trend | undefined {
    const [begin, end] = [this.#trendOf(from), this.#trendOf(to)]
    return end === undefined ? begin && turned(begin) : begin === undefined ? end : undefined
  }
}

/** A reference date, or a day after one. */
const isToCome = (node: Typed): boolean => node.op === 'reference-date' || (node.op === 'shift' && node.months >= 0 && node.days >= 0 && isToCome(node.date))

const both = (parts: readonly Late[]): Late => (parts.includes('never') ? 'never' : parts.includes('late') ? 'late' : 'anyway')
const either = (parts: readonly Late[]): Late => (parts.every((part) => part === 'never') ? 'never' : parts.includes('late') ? 'late' : 'anyway')
const opposite = (late: Late): Late => (late === 'never' ? 'late' : late === 'late' ? 'never' : late)
const turned = (trend: Trend): Trend => (trend === 'rising' ? 'falling' : 'rising')

/** A comparison with something fixed, when what is on its left rises or falls without end. */
function whenFar(operator: Of<'compare'>['operator'], trend: Trend): Late {
  const holds: Readonly<Record<typeof operator, boolean>> = {
    '=': false,
    '!=': true,
    '<': trend === 'falling',
    '<=': trend === 'falling',
    '>': trend === 'rising',
    '>=': trend === 'rising',
  }
  return holds[operator] ? 'late' : 'never'
}
