// What scoring gives: state and figures, and the trace that explains them.

import type { Exact } from './exact/number.ts'
import type { FactValue, RecordValue } from './facts.ts'
import type { OutOfForce } from './in-force.ts'
import type { Both, Mode, Takes } from './ir/schema.ts'
import type { State } from './ir/states.ts'
import type { UsedSources } from './sources.ts'

export type { State } from './ir/states.ts'

/** Strongest first: of several that hold the outcome has the first; what is open counts as undecided. */
export const stateOrder = ['not_applicable', 'barred', 'vetoed', 'cleared', 'lapsed', 'undecided', 'valid'] as const satisfies readonly State[]

/** Every state at the place that is its number in generated code. The last is that of a run, before anything is asked of a person. */
export const states: readonly State[] = [...stateOrder, 'not_in_force']

/** Three numbers: what is proven, and the bounds of what it can still become. */
export interface Figure {
  readonly proven: Exact
  readonly lowest: Exact
  readonly highest: Exact
}

/** How an amount came about, for the receipt. */
export type Step =
  | { readonly kind: 'flat'; readonly negative: boolean; readonly amount: string; readonly working: string }
  /** The entry of a table that was taken, by its number. */
  | { readonly kind: 'table'; readonly negative: boolean; readonly entry: number; readonly amount: string }
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
  | {
      readonly kind: 'stepped'
      readonly negative: false
      readonly how: 'reached' | 'slices'
      readonly steps: 'proportional' | 'full' | 'started'
      readonly quantity: string
      readonly per: string
      readonly unit: string | undefined
      readonly slices: readonly { readonly count: string; readonly each: string }[]
      readonly amount: string
    }
  | {
      readonly kind: 'block'
      readonly negative: false
      readonly mode: Mode
      readonly rows: readonly RowTrace[]
      readonly inside: string
      readonly amount: string
      readonly limited: 'max' | 'min' | undefined
    }
  | { readonly kind: 'each'; readonly negative: false; readonly takes: Takes; readonly records: readonly RecordTrace[]; readonly amount: string }
  | {
      readonly kind: 'live'
      readonly negative: false
      readonly on: string
      readonly grants: readonly { readonly points: string; readonly from: string; readonly to: string; readonly left: string; readonly alive: boolean }[]
      readonly spent: string
      readonly amount: string
    }
  | { readonly kind: 'unknown'; readonly negative: boolean; readonly low: string; readonly high: string }

export interface RecordTrace {
  readonly record: RecordValue
  /** Its fields in words. */
  readonly shown: Both
  readonly figure: Figure
  /** Of the records with one key, or of all under 取最高一条, another may count instead. */
  readonly counted: boolean
  readonly rows: readonly RowTrace[]
}

export interface RowTrace {
  readonly row: string
  readonly status: 'matched' | 'not-matched' | 'awaiting' | 'not-counted'
  /** Why a matched row does not count. */
  readonly because: 'a-higher-row' | 'a-lower-row' | 'an-earlier-row' | 'no-column' | undefined
  readonly steps: readonly Step[]
  /** The two ends of every window that it looks back through. */
  readonly windows: readonly { readonly from: string; readonly to: string }[]
  /** Before the row's own bounds, which may have changed the proven figure. */
  readonly inside: Figure
  readonly limited: 'max' | 'min' | undefined
  /** What the row gives by itself, after its own bounds. */
  readonly figure: Figure
  /** Facts whose absence leaves the row open. */
  readonly awaiting: readonly string[]
}

export interface ItemTrace {
  readonly item: string
  /** It has no part in this scenario, or on this main date. */
  readonly absent: boolean
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
  readonly awaiting: readonly string[]
}

/** What something that is called by a name is for this applicant, in words. */
export interface NamedValue {
  /** Empty for what is worked out in the place itself, as a sum that is compared. */
  readonly name: string
  readonly kind: FactValue['kind']
  readonly value: Both
}

/** A part of a condition that decided it, with what stands behind it. */
export interface Reason {
  /** Its label's id. */
  readonly part: string
  /** The definition in which it stands, if it stands in one. */
  readonly within: string | undefined
  readonly holds: boolean
  /** It is one of several of which one is enough. */
  readonly chosen: boolean
  readonly values: readonly NamedValue[]
  /** Of 有: the records that were found, in words. */
  readonly records: readonly Both[]
}

/** A state that holds, or may hold, with the rule that says so. */
export interface StateTrace {
  readonly rule: string
  readonly state: State
  /** Not known whether it holds. */
  readonly open: boolean
  /** The last day of a bar that ends. */
  readonly until: string | undefined
  readonly awaiting: readonly string[]
  /** Why it holds; of one that is open nothing. */
  readonly reasons: readonly Reason[]
}

/** What 待核 or 解释 stands on. */
export interface SourceNote {
  readonly kind: 'item' | 'total' | 'parameter' | 'state' | 'scenario' | 'import' | 'in-force' | 'policy'
  /** Its name; of an item its path, of a state its code; empty for 施行 and the policy itself. */
  readonly where: string
}

export interface Outcome {
  /** Of the policy: under one, figures may be compared. */
  readonly policyHash: string
  /** Of the compiled policy with its texts. */
  readonly artifactHash: string
  readonly state: State
  /** The policy that is not in force on the main date. */
  readonly outOfForce: OutOfForce | undefined
  /** Worked out as if everything were in force. */
  readonly trial: boolean
  /** The last day on which a bar holds. */
  readonly until: string | undefined
  /** Every state that holds, and every one that is not known; the strongest gives `state`. */
  readonly states: readonly StateTrace[]
  readonly scenario: string | undefined
  readonly totals: readonly TotalTrace[]
  readonly items: readonly ItemTrace[]
  /** Facts whose absence leaves points open, in the policy's order. */
  readonly awaiting: readonly string[]
  /** Reasons of the values that were used and that no official text gives, in the policy's order. */
  readonly unsourced: UsedSources['unsourced']
  /** Readings of open texts that applied. */
  readonly readings: UsedSources['readings']
}
