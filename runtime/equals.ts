// What becomes of equals, by each word of a scheme: in the order, across the last place of a list, and across its limit in the second
// round. `sql/rank.ts` says the same of whole populations.

import { compareTexts } from './exact/text.ts'
import type { Scenario } from './ir/schema.ts'

export interface Drawn {
  readonly key: string
  /** Drawn, where the scenario draws one. */
  readonly lot: string | undefined
}

export const byLot = (a: Drawn, b: Drawn): number => compareTexts(a.lot ?? '', b.lot ?? '') || compareTexts(a.key, b.key)

/** Whether a lot puts equals in order; they share a place otherwise. */
export const orderedByLot: Readonly<Record<Scenario['equals'], boolean>> = { share: false, lot: true }

type Choice = <T extends Drawn>(equals: readonly T[], places: number) => readonly T[]

const draw: Choice = (equals, places) => equals.toSorted(byLot).slice(0, Math.max(0, places))

/** Of equals who do not all find a place: who gets one. */
export const takenAtLast: Readonly<Record<Scenario['cutoff'], Choice>> = { all: (equals) => equals, none: () => [], lot: draw }

/** Of equals who would pass the limit of their list, which is hard: who stays within it. */
export const takenWithinLimit: Readonly<Record<Scenario['cutoff'], Choice>> = { all: () => [], none: () => [], lot: draw }

const drawsAtLast: Readonly<Record<Scenario['cutoff'], boolean>> = { all: false, none: false, lot: true }

export const drawsLots = ({ equals, cutoff }: Pick<Scenario, 'equals' | 'cutoff'>): boolean => orderedByLot[equals] || drawsAtLast[cutoff]
