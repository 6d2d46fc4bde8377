// The tree that the parser gives: what was written, with spans, in words that are the same for both surfaces. A part that
// could not be read is an `error` node, so there always is a tree.

import type { Comparison } from '../runtime/exact/order.ts'
import type { Span } from './span.ts'
import type { FunctionId, OutcomeKey, Surface, TypeId } from './words.ts'

export interface Name {
  readonly text: string
  readonly span: Span
}

/** `group.indicator`, or a single name. */
export interface Path {
  readonly names: readonly Name[]
  readonly span: Span
}

export interface TextLiteral {
  readonly text: string
  readonly span: Span
}

export interface DateLiteral {
  readonly kind: 'date'
  readonly value: string
  readonly span: Span
}

/** `id` is absent for a word that is no built-in unit. */
export interface UnitWord {
  readonly word: string
  readonly id: string | undefined
  readonly span: Span
}

export interface NumberLiteral {
  readonly kind: 'number'
  /** Plain decimal digits, a factor such as 万 already multiplied in. */
  readonly value: string
  readonly unit: UnitWord | undefined
  readonly span: Span
}

export interface ErrorNode {
  readonly kind: 'error'
  readonly span: Span
}

/** A number of decimals: `2位`. */
export interface PlacesNode {
  readonly count: string
  readonly unit: UnitWord | undefined
}

export type Rounding = 'half-up' | 'down' | 'up'

export interface RangeNode {
  readonly kind: 'range'
  readonly low: Expression | undefined
  readonly high: Expression | undefined
  readonly lowOpen: boolean
  readonly highOpen: boolean
  readonly span: Span
}

export interface ListNode {
  readonly kind: 'list'
  readonly elements: readonly Expression[]
  readonly span: Span
}

export type { Comparison }

export type Expression =
  | NumberLiteral
  | DateLiteral
  | ErrorNode
  | RangeNode
  | ListNode
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'yesno'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'unknown'; readonly span: Span }
  | { readonly kind: 'reference'; readonly path: Path; readonly span: Span }
  | { readonly kind: 'call'; readonly name: Name; readonly function: FunctionId | undefined; readonly arguments: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'parentheses'; readonly inner: Expression; readonly unit: UnitWord | undefined; readonly span: Span }
  | { readonly kind: 'negative'; readonly operand: Expression; readonly span: Span }
  | { readonly kind: 'sum'; readonly terms: readonly { readonly sign: '+' | '-'; readonly value: Expression }[]; readonly span: Span }
  | { readonly kind: 'product'; readonly factors: readonly { readonly operator: '*' | '/'; readonly value: Expression }[]; readonly span: Span }
  | { readonly kind: 'round'; readonly operand: Expression; readonly places: PlacesNode; readonly mode: Rounding; readonly span: Span }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Expression; readonly right: Expression; readonly span: Span }
  | { readonly kind: 'is'; readonly negated: boolean; readonly left: Expression; readonly right: Expression; readonly span: Span }
  | { readonly kind: 'in'; readonly negated: boolean; readonly left: Expression; readonly right: Expression; readonly span: Span }
  | { readonly kind: 'has'; readonly negated: boolean; readonly left: Expression; readonly right: Expression; readonly span: Span }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'not'; readonly operand: Expression; readonly span: Span }

export interface TypeNode {
  readonly kind: 'type'
  /** Absent for a word that is no type. */
  readonly id: TypeId | undefined
  readonly word: string
  readonly places: PlacesNode | undefined
  readonly unit: UnitWord | undefined
  readonly members: readonly Name[] | undefined
  readonly span: Span
}

export type Mode = 'sum' | 'highest' | 'first'

/** Words that may follow the head of an item, a row or a total. */
export type Clause =
  | ErrorNode
  | { readonly kind: 'max' | 'min'; readonly amount: Expression; readonly span: Span }
  | { readonly kind: 'mode'; readonly mode: Mode; readonly span: Span }
  | { readonly kind: 'cites'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'unsourced'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'reading'; readonly text: TextLiteral; readonly cites: TextLiteral | undefined; readonly span: Span }

export type FactClause =
  | ErrorNode
  | { readonly kind: 'source'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'range'; readonly range: Expression; readonly span: Span }
  | { readonly kind: 'default'; readonly value: Expression; readonly span: Span }
  | { readonly kind: 'required'; readonly span: Span }

export type Award =
  | { readonly kind: 'flat'; readonly sign: 1 | -1; readonly amount: Expression; readonly span: Span }
  | {
      readonly kind: 'rate'
      readonly steps: 'proportional' | 'full' | 'started'
      /** Where 不足按一计 stands after 每满. */
      readonly contradiction: Span | undefined
      readonly sign: 1 | -1
      readonly per: NumberLiteral
      readonly quantity: Expression
      readonly amount: Expression
      readonly span: Span
    }
  | {
      readonly kind: 'table'
      readonly sign: 1 | -1
      readonly subject: Expression
      readonly keys: readonly Expression[]
      readonly values: readonly Expression[]
      readonly span: Span
    }
  | ErrorNode

export interface RowNode {
  readonly kind: 'row'
  /** `when` has a condition; `otherwise` holds where no row before it does; `always` has no condition. */
  readonly guard: 'when' | 'otherwise' | 'always'
  readonly condition: Expression | undefined
  readonly awards: readonly Award[]
  readonly clauses: readonly Clause[]
  readonly span: Span
}

export interface IndicatorNode {
  readonly kind: 'indicator'
  readonly name: Name
  readonly clauses: readonly Clause[]
  readonly rows: readonly RowNode[]
  readonly span: Span
}

export interface GroupNode {
  readonly kind: 'group'
  readonly name: Name
  readonly clauses: readonly Clause[]
  readonly children: readonly (IndicatorNode | GroupNode)[]
  readonly span: Span
}

export interface DefinitionCase {
  readonly condition: Expression | undefined
  readonly value: Expression
  readonly span: Span
}

export interface FactNode {
  readonly kind: 'fact'
  readonly name: Name
  readonly type: TypeNode
  readonly clauses: readonly FactClause[]
  readonly span: Span
}

export interface DefinitionNode {
  readonly kind: 'definition'
  readonly name: Name
  readonly type: TypeNode | undefined
  readonly body: { readonly kind: 'value'; readonly value: Expression } | { readonly kind: 'cases'; readonly cases: readonly DefinitionCase[] }
  readonly span: Span
}

export interface TotalNode {
  readonly kind: 'total'
  /** Absent for the total that is simply 总分. */
  readonly name: Name | undefined
  readonly value: Expression
  readonly clauses: readonly Clause[]
  readonly span: Span
}

export interface Field {
  readonly path: Path
  /** Set where the name is one of the outcome's own words (状态, 最低可能 …). */
  readonly outcome: OutcomeKey | undefined
  readonly value: Expression
  readonly span: Span
}

export interface CaseNode {
  readonly kind: 'case'
  readonly title: TextLiteral
  readonly dates: readonly { readonly name: Name; readonly date: DateLiteral }[]
  readonly facts: readonly Field[]
  readonly expected: readonly Field[]
  readonly span: Span
}

export type Member =
  | { readonly kind: 'number' | 'text' | 'replaces'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'in-force'; readonly from: DateLiteral; readonly to: DateLiteral | undefined; readonly span: Span }
  | { readonly kind: 'as-of'; readonly names: readonly Name[]; readonly span: Span }
  | { readonly kind: 'reading'; readonly text: TextLiteral; readonly cites: TextLiteral | undefined; readonly span: Span }
  | { readonly kind: 'clause'; readonly clause: TextLiteral; readonly how: 'procedural' | 'omitted'; readonly reason: TextLiteral; readonly span: Span }
  | FactNode
  | DefinitionNode
  | GroupNode
  | IndicatorNode
  | TotalNode
  | CaseNode
  | ErrorNode

export interface PolicyNode {
  readonly kind: 'policy'
  readonly surface: Surface
  readonly name: Name
  readonly members: readonly Member[]
  readonly span: Span
}
