// How truths and choices are written in JavaScript. For one applicant with branches, which skip what is not needed; for columns
// without: a truth is 0 or 1, a choice a mask, so that no guess of the processor goes wrong from one applicant to the next.

import type { Node } from '../plan/node.ts'

/** Texts of the operands come as they are written where they stand. */
export interface Notation {
  readonly constant: (value: boolean) => string
  readonly not: (text: string) => string
  readonly and: (texts: readonly string[]) => string
  readonly or: (texts: readonly string[]) => string
  /** A comparison, or anything else that gives a truth of the language. */
  readonly truth: (text: string) => string
  /** What is kept as 1 or 0. */
  readonly bit: (text: string) => string
  readonly less: (a: Operand, b: Operand) => string
  readonly equal: (a: Operand, b: Operand) => string
  readonly choose: (test: string, node: Node, then: Operand, otherwise: Operand) => string
  readonly smaller: (a: Operand, b: Operand) => string
  readonly larger: (a: Operand, b: Operand) => string
}

export interface Operand {
  readonly node: Node
  readonly text: string
}

export const branching: Notation = {
  constant: String,
  not: (text) => `!${text}`,
  and: (texts) => `(${texts.join(' && ')})`,
  or: (texts) => `(${texts.join(' || ')})`,
  truth: (text) => text,
  bit: (text) => `(${text} === 1)`,
  less: (a, b) => `(${a.text} < ${b.text})`,
  equal: (a, b) => `(${a.text} === ${b.text})`,
  choose: (test, _, then, otherwise) => `(${test} ? ${then.text} : ${otherwise.text})`,
  smaller: (a, b) => `Math.min(${a.text}, ${b.text})`,
  larger: (a, b) => `Math.max(${a.text}, ${b.text})`,
}

/** Differences of such numbers fit into 32 bits. */
const fits = ({ type, low, high }: Node): boolean => type === 'number' && low > -(2 ** 30) && high < 2 ** 30
const areSmall = (...operands: readonly Operand[]): boolean => operands.every(({ node }) => fits(node))

/**
 * What the column of a fact holds of an applicant, and where it is not known, a value of the fact instead of whatever stands there:
 * masks work both arms of a choice out, and only within the bounds of its facts is every node within its own.
 */
export function knownOnly(node: Node, value: string, given: string): string {
  if (node.type === 'text') return `(${given} ? ${value} : '')`
  const filler = node.type === 'truth' || (node.low <= 0 && node.high >= 0) ? 0 : node.low
  if (node.type === 'number' && !fits(node)) return `(${given} ? ${value} : ${filler})`
  return filler === 0 ? `(${value} & -${given})` : `pick(${given}, ${value}, ${filler})`
}

export const masked: Notation = {
  constant: (value) => (value ? '1' : '0'),
  not: (text) => `(1 ^ ${text})`,
  and: (texts) => `(${texts.join(' & ')})`,
  or: (texts) => `(${texts.join(' | ')})`,
  truth: (text) => `(${text} ? 1 : 0)`,
  bit: (text) => text,
  less: (a, b) => (areSmall(a, b) ? `((${a.text} - ${b.text}) >>> 31)` : `(${a.text} < ${b.text} ? 1 : 0)`),
  equal: (a, b) => (areSmall(a, b) && a.node.low >= 0 && b.node.low >= 0 ? `(((${a.text} ^ ${b.text}) - 1) >>> 31)` : `(${a.text} === ${b.text} ? 1 : 0)`),
  choose: (test, node, then, otherwise) => {
    if (node.type !== 'truth' && !areSmall(then, otherwise)) return `(${test} ? ${then.text} : ${otherwise.text})`
    if (otherwise.text === '0') return `(${then.text} & -${test})`
    if (then.text === '0') return `(${otherwise.text} & (${test} - 1))`
    if (otherwise.node.op === 'constant') return `(${otherwise.text} + ((${then.text} - ${otherwise.text}) & -${test}))`
    if (then.node.op === 'constant') return `(${then.text} + ((${otherwise.text} - ${then.text}) & (${test} - 1)))`
    return `pick(${test}, ${then.text}, ${otherwise.text})`
  },
  smaller: (a, b) => {
    if (!areSmall(a, b)) return `Math.min(${a.text}, ${b.text})`
    if (a.node.op === 'constant') return `(${a.text} + ((t = ${b.text} - ${a.text}) & (t >> 31)))`
    if (b.node.op === 'constant') return `(${b.text} + ((t = ${a.text} - ${b.text}) & (t >> 31)))`
    return `smaller(${a.text}, ${b.text})`
  },
  larger: (a, b) => {
    if (!areSmall(a, b)) return `Math.max(${a.text}, ${b.text})`
    if (a.node.op === 'constant') return `(${a.text} + ((t = ${b.text} - ${a.text}) & ~(t >> 31)))`
    if (b.node.op === 'constant') return `(${b.text} + ((t = ${a.text} - ${b.text}) & ~(t >> 31)))`
    return `larger(${a.text}, ${b.text})`
  },
}
