// Figures: what is proven with the bounds of what it can become, and how they add up and compete.

import type { Interval } from '../exact/interval.ts'
import { add, type Exact, equal, larger, negate, smaller, zero } from '../exact/number.ts'
import type { Figure } from '../outcome.ts'

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
