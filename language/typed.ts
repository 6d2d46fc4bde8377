// What checking gives: the policy with every name bound, every expression typed, and every number's decimals and bounds
// proven. Lowering turns it into the compiled form without further decisions.

import type { Exact, RoundingMode } from '../runtime/exact/number.ts'
import type * as Ast from './ast.ts'
import type { Span } from './span.ts'

export interface NumberType {
  readonly kind: 'number'
  /** A built-in unit's id; absent for a bare number. */
  readonly unit: string | undefined
  /** A literal without a unit, which takes the other side's. */
  readonly bare: boolean
  /** `undefined` while a division waits for its 保留. */
  readonly places: number | undefined
  readonly low: Exact
  readonly high: Exact
}

export type Type =
  | NumberType
  | { readonly kind: 'date'; readonly low: string; readonly high: string }
  | { readonly kind: 'yesno' }
  | { readonly kind: 'text' }
  | { readonly kind: 'choice' | 'levels' | 'choices'; readonly members: readonly string[] }
  /** Something that was already reported; nothing more is said about it. */
  | { readonly kind: 'error' }

export interface FactSymbol {
  readonly kind: 'fact'
  readonly name: string
  readonly node: Ast.FactNode
  readonly type: Type
  /** Whether its 范围 was written, or the language's default bounds apply. */
  readonly ranged: boolean
  readonly defaultValue: string | undefined
  readonly required: boolean
}

export interface DefinitionSymbol {
  readonly kind: 'definition'
  readonly name: string
  readonly node: Ast.DefinitionNode
  readonly type: Type
  readonly cases: readonly TypedCase[]
}

export interface TypedCase {
  readonly when: Typed | undefined
  readonly value: Typed
}

export interface ReferenceDateSymbol {
  readonly kind: 'reference-date'
  readonly name: string
  readonly span: Span
}

export type ValueSymbol = FactSymbol | DefinitionSymbol | ReferenceDateSymbol

/** A typed expression. `span` is where it is written. */
export type Typed = { readonly type: Type; readonly span: Span } & TypedNode

type TypedNode =
  | { readonly op: 'error' }
  | { readonly op: 'number'; readonly value: Exact }
  | { readonly op: 'date'; readonly value: string }
  | { readonly op: 'yesno'; readonly value: boolean }
  | { readonly op: 'text'; readonly value: string }
  | { readonly op: 'member'; readonly index: number }
  | { readonly op: 'fact'; readonly fact: FactSymbol }
  | { readonly op: 'definition'; readonly definition: DefinitionSymbol }
  | { readonly op: 'reference-date'; readonly name: string }
  | { readonly op: 'item'; readonly item: ItemSymbol }
  | { readonly op: 'total'; readonly total: TypedTotal }
  | { readonly op: 'sum'; readonly terms: readonly { readonly negative: boolean; readonly value: Typed }[] }
  | { readonly op: 'product'; readonly factors: readonly Typed[] }
  | { readonly op: 'quotient'; readonly dividend: Typed; readonly divisor: Typed }
  | { readonly op: 'round'; readonly value: Typed; readonly to: number; readonly mode: RoundingMode }
  | { readonly op: 'smaller' | 'larger'; readonly operands: readonly Typed[] }
  | { readonly op: 'age'; readonly born: Typed; readonly on: Typed }
  | { readonly op: 'months'; readonly from: Typed; readonly to: Typed }
  | { readonly op: 'year' | 'year-start' | 'year-end'; readonly date: Typed }
  | { readonly op: 'shift'; readonly date: Typed; readonly months: number; readonly days: number }
  | { readonly op: 'compare'; readonly operator: Ast.Comparison; readonly left: Typed; readonly right: Typed }
  | {
      readonly op: 'within'
      readonly value: Typed
      readonly low: Typed | undefined
      readonly high: Typed | undefined
      readonly lowOpen: boolean
      readonly highOpen: boolean
    }
  | { readonly op: 'one-of'; readonly subject: Typed; readonly members: readonly number[] }
  | { readonly op: 'has'; readonly subject: Typed; readonly member: number }
  | { readonly op: 'and' | 'or'; readonly operands: readonly Typed[] }
  | { readonly op: 'not'; readonly operand: Typed }

export interface Sourced {
  readonly cites: readonly string[]
  readonly unsourced: readonly string[]
  readonly readings: readonly { readonly text: string; readonly cites: string | undefined }[]
}

export type TypedAward =
  | { readonly kind: 'flat'; readonly negative: boolean; readonly amount: Typed; readonly node: Ast.Award }
  | {
      readonly kind: 'rate'
      readonly negative: boolean
      readonly steps: 'proportional' | 'full' | 'started'
      /** In the quantity's unit. */
      readonly per: Exact
      readonly quantity: Typed
      readonly amount: Typed
      readonly type: NumberType
      readonly node: Ast.Award
    }
  | {
      readonly kind: 'table'
      readonly negative: boolean
      readonly entries: readonly { readonly when: Typed; readonly amount: Typed }[]
      /** Whether some entry holds for everybody. */
      readonly complete: boolean
      readonly node: Ast.Award
    }

export interface Bounds {
  readonly min: Typed | undefined
  readonly max: Typed | undefined
}

export interface TypedRow extends Sourced, Bounds {
  readonly node: Ast.RowNode
  readonly guard: Ast.RowNode['guard']
  readonly when: Typed | undefined
  readonly awards: readonly TypedAward[]
  /** Of the row's own amount, after its bounds. */
  readonly range: NumberType
}

export interface ItemSymbol extends Sourced, Bounds {
  readonly kind: 'group' | 'indicator'
  readonly node: Ast.GroupNode | Ast.IndicatorNode
  readonly name: string
  readonly path: readonly string[]
  readonly mode: Ast.Mode
  readonly rows: readonly TypedRow[]
  readonly children: readonly ItemSymbol[]
  readonly range: NumberType
}

export interface TypedTotal extends Sourced, Bounds {
  readonly name: string
  readonly node: Ast.TotalNode
  readonly value: Typed
  readonly range: NumberType
}

export interface TypedTestCase {
  readonly node: Ast.CaseNode
  readonly dates: Readonly<Record<string, string>>
  readonly facts: Readonly<Record<string, string>>
  readonly expected: {
    readonly state: string | undefined
    readonly lowest: string | undefined
    readonly highest: string | undefined
    readonly awaiting: readonly string[] | undefined
    /** By id of item or total. */
    readonly figures: Readonly<Record<string, string>>
  }
}

export interface TypedPolicy {
  readonly node: Ast.PolicyNode
  readonly referenceDates: readonly ReferenceDateSymbol[]
  readonly facts: readonly FactSymbol[]
  /** In order of dependence. */
  readonly definitions: readonly DefinitionSymbol[]
  readonly items: readonly ItemSymbol[]
  /** In order of dependence. */
  readonly totals: readonly TypedTotal[]
  readonly cases: readonly TypedTestCase[]
}

export const itemId = (item: { readonly path: readonly string[] }): string => item.path.join('.')
