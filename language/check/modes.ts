// What the checks have to know of each mode, and of which records of a list count.

import { addIntervals, type Interval } from '../../runtime/exact/interval.ts'
import { compare, zero } from '../../runtime/exact/number.ts'
import type { Mode, Takes } from '../../runtime/ir/schema.ts'
import { highestOf } from './ranges.ts'

interface OfMode {
  /** All that is there counts; otherwise one of it, and what is taken away does not belong among the others. */
  readonly addsUp: boolean
  /** For children of a group too, not for rows alone. */
  readonly ofGroups: boolean
  /** A row counts only where none before it holds. */
  readonly inOrder: boolean
  /** Of amounts of which kind it takes the mildest: those below zero, or those of a 扣分组. */
  readonly mildest: 'below-zero' | 'deducted' | undefined
  /** Whether what is there beats something else that is there, however either turns out; `undefined` where nothing is beaten by its amount. */
  readonly beats: ((one: Interval, other: Interval) => boolean) | undefined
}

export const ofMode: Readonly<Record<Mode, OfMode>> = {
  sum: { addsUp: true, ofGroups: true, inOrder: false, mildest: undefined, beats: undefined },
  highest: { addsUp: false, ofGroups: true, inOrder: false, mildest: 'below-zero', beats: (one, other) => compare(one.low, other.high) > 0 },
  lowest: { addsUp: false, ofGroups: true, inOrder: false, mildest: 'deducted', beats: (one, other) => compare(one.high, other.low) < 0 },
  first: { addsUp: false, ofGroups: false, inOrder: true, mildest: undefined, beats: undefined },
}

export const ofTakes: Readonly<Record<Takes, Pick<OfMode, 'addsUp' | 'mildest'>>> = {
  all: ofMode.sum,
  highest: ofMode.highest,
  lowest: ofMode.lowest,
}

/** What parts that are all there give together. */
export const together = (mode: Mode, ranges: readonly Interval[]): Interval =>
  ofMode[mode].addsUp ? ranges.reduce<Interval>(addIntervals, { low: zero, high: zero }) : highestOf(ranges)
