// What an award is made of, for the checks that look at all of a policy.

import type { Typed, TypedAward, TypedRow } from '../typed.ts'

export interface AwardParts {
  /** What decides and makes the amount. */
  readonly values: readonly Typed[]
  /** Caps and floors inside it. */
  readonly bounds: readonly (Typed | undefined)[]
  /** Rows of a block, the body of 对每条. */
  readonly rows: readonly TypedRow[]
}

export function partsOf(award: TypedAward): AwardParts {
  const plain = (...values: readonly Typed[]): AwardParts => ({ values, bounds: [], rows: [] })
  switch (award.kind) {
    case 'flat':
      return plain(award.amount)
    case 'rate':
      return plain(award.quantity, award.amount)
    case 'stepped':
      return plain(award.quantity, ...award.bands.map(({ amount }) => amount))
    case 'table':
      return plain(...award.entries.flatMap(({ when, amount }) => [when, amount]))
    case 'block':
      return { values: [], bounds: [award.min, award.max], rows: award.rows }
    case 'each':
      return { values: [award.list], bounds: [award.same?.cap], rows: [award.body] }
  }
}
