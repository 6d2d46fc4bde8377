// Arithmetic: sums, products, divisions, roundings, the larger and the smaller.

import { addIntervals, multiplyIntervals, negateInterval, pointInterval } from '../../exact/interval.ts'
import { add, divide, equal, larger, multiply, negate, one, round, smaller, zero } from '../../exact/number.ts'
import { arithmetic, at, constant, extreme, numberValue, some } from '../values.ts'
import type { Meanings } from './meaning.ts'

export const numbers: Meanings<'number' | 'sum' | 'product' | 'quotient' | 'round' | 'smaller' | 'larger'> = {
  number: (_, node) => numberValue(constant(node.value)),
  sum: (person, { terms }, of) =>
    arithmetic(
      terms.map(({ value }) => of(person, value)),
      (values) => terms.reduce((sum, { negative }, i) => addIntervals(sum, negative ? negateInterval(at(values, i)) : at(values, i)), pointInterval(zero)),
      (values) => terms.reduce((sum, { negative }, i) => add(sum, negative ? negate(at(values, i)) : at(values, i)), zero),
    ),
  product: (person, { factors }, of) =>
    arithmetic(
      factors.map((factor) => of(person, factor)),
      (values) => values.reduce(multiplyIntervals),
      (values) => values.reduce(multiply),
    ),
  quotient: (person, { dividend, divisor }, of) =>
    arithmetic(
      [of(person, dividend), of(person, divisor)],
      ([a, b]) => multiplyIntervals(some(a), { low: divide(one, some(b).high), high: divide(one, some(b).low) }),
      // Of a divisor of which nothing is proven yet, nothing is proven of the quotient.
      ([a, b]) => (equal(some(b), zero) ? zero : divide(some(a), some(b))),
    ),
  round: (person, { value, to, mode }, of) =>
    arithmetic(
      [of(person, value)],
      ([a]) => ({ low: round(some(a).low, to, mode), high: round(some(a).high, to, mode) }),
      ([a]) => round(some(a), to, mode),
    ),
  smaller: (person, { operands }, of) =>
    extreme(
      operands.map((operand) => of(person, operand)),
      smaller,
    ),
  larger: (person, { operands }, of) =>
    extreme(
      operands.map((operand) => of(person, operand)),
      larger,
    ),
}
