// What scoring gives: state and figures, and the trace that explains them.

import type { Exact } from './exact/number.ts'

/** 有效 待定 失效 清零 否决 禁止申请 不适用 */
export type State = 'valid' | 'undecided' | 'lapsed' | 'cleared' | 'vetoed' | 'barred' | 'not_applicable'

/** Three numbers: what is proven, and the bounds of what it can still become. */
export interface Figure {
  readonly proven: Exact
  readonly lowest: Exact
  readonly highest: Exact
}

/** How an amount came about, for the receipt. */
export type Step =
  | { readonly kind: 'flat'; readonly negative: boolean; readonly amount: string; readonly working: string }
  | {
      readonly kind: 'rate'
      readonly negative: boolean
      readonly steps: 'proportional' | 'full' | 'started'
      readonly quantity: string
      readonly per: string
      /** Unit id of quantity and step. */
      readonly unit: string | undefined
      /** Steps counted: a fraction only when proportional. */
      readonly count: string
      readonly each: string
      readonly amount: string
    }
  | { readonly kind: 'unknown'; readonly negative: boolean; readonly low: string; readonly high: string }

export interface RowTrace {
  readonly row: string
  readonly status: 'matched' | 'not-matched' | 'awaiting' | 'not-counted'
  /** Why a matched row does not count. */
  readonly because: 'a-higher-row' | 'an-earlier-row' | undefined
  readonly steps: readonly Step[]
  /** What the row gives by itself, after its own bounds. */
  readonly figure: Figure
  /** Facts whose absence leaves the row open. */
  readonly awaiting: readonly string[]
}

export interface ItemTrace {
  readonly item: string
  /** Before the item's own bounds. */
  readonly inside: Figure
  readonly figure: Figure
  /** Which bound changed the proven figure. */
  readonly limited: 'max' | 'min' | undefined
  /** Under 取最高: another child gave more. */
  readonly counted: boolean
  readonly rows: readonly RowTrace[]
  readonly children: readonly ItemTrace[]
  readonly awaiting: readonly string[]
}

export interface TotalTrace {
  readonly total: string
  readonly name: string
  readonly inside: Figure
  readonly figure: Figure
  readonly limited: 'max' | 'min' | undefined
}

export interface Outcome {
  readonly state: State
  readonly totals: readonly TotalTrace[]
  readonly items: readonly ItemTrace[]
  /** Facts whose absence leaves points open, in the policy's order. */
  readonly awaiting: readonly string[]
  /** Reasons of the values that were used and that no official text gives, in the policy's order. */
  readonly unsourced: readonly { readonly where: string; readonly reason: string }[]
  /** Readings of open texts that applied. */
  readonly readings: readonly { readonly where: string; readonly text: string; readonly cites: string | undefined }[]
}
