// Figures: what is proven with the bounds of what it can become, and how they add up, compete and are bounded.

import { clamp, type Interval } from '../exact/interval.ts'
import { add, type Exact, equal, larger, negate, smaller, zero } from '../exact/number.ts'
import type { Expression } from '../ir/schema.ts'
import type { Figure } from '../outcome.ts'
import { evaluate } from './evaluate.ts'
import type { Person } from './person.ts'
import { awaited } from './value.ts'
import { numbersOf, provenOf } from './values.ts'

export const nothing: Figure = { proven: zero, lowest: zero, highest: zero }
export const figure = (proven: Exact, { low, high }: Interval): Figure => ({ proven, lowest: low, highest: high })
/** What is surely there and not proven is open too: somebody has to prove it. */
export const isOpen = ({ proven, lowest, highest }: Figure): boolean => !equal(lowest, highest) || !equal(proven, lowest)
export const negated = ({ proven, lowest, highest }: Figure): Figure => ({ proven: negate(proven), lowest: negate(highest), highest: negate(lowest) })

/** All children are there: each of the three is the highest of its kind. */
export function highestOf(figures: readonly Figure[]): Figure {
  const [first = nothing, ...rest] = figures
  return rest.reduce(
    (best, next) => ({ proven: larger(best.proven, next.proven), lowest: larger(best.lowest, next.lowest), highest: larger(best.highest, next.highest) }),
    first,
  )
}

/** All children are there: each of the three is the lowest of its kind. */
export function lowestOf(figures: readonly Figure[]): Figure {
  const [first = nothing, ...rest] = figures
  return rest.reduce(
    (least, next) => ({
      proven: smaller(least.proven, next.proven),
      lowest: smaller(least.lowest, next.lowest),
      highest: smaller(least.highest, next.highest),
    }),
    first,
  )
}

export function addFigures(a: Figure, b: Figure): Figure {
  return { proven: add(a.proven, b.proven), lowest: add(a.lowest, b.lowest), highest: add(a.highest, b.highest) }
}

/** Floor first, then cap; both on all three figures. */
export function bounded(
  person: Person,
  inside: Figure,
  bounds: { min?: Expression | undefined; max?: Expression | undefined },
): { figure: Figure; limited: 'max' | 'min' | undefined; waiting: ReadonlySet<string>; known: boolean } {
  const values = [bounds.min, bounds.max].map((bound) => (bound ? evaluate(person, bound) : undefined))
  const [min, max] = values.map((value) => (value ? numbersOf(value) : undefined))
  // Of a bound that is not known, only its lower end is proven, or what is proven of the points that it asks for.
  const [floor, cap] = values.map((value) => (value ? (provenOf(value) ?? numbersOf(value).low) : undefined))
  const raised = floor ? larger(inside.proven, floor) : inside.proven
  const proven = cap ? smaller(raised, cap) : raised
  const clamped = clamp({ low: inside.lowest, high: inside.highest }, min, max)
  const limited = !equal(proven, raised) ? 'max' : !equal(raised, inside.proven) ? 'min' : undefined
  const present = values.filter((value) => value !== undefined)
  return { figure: figure(proven, clamped), limited, waiting: awaited(present), known: present.every((value) => provenOf(value) !== undefined) }
}
