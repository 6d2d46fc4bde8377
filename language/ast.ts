// The tree that the parser gives: what was written, with spans, in words that are the same for both surfaces. A part that
// could not be read is an `error` node, so there always is a tree.

import type { Comparison } from '../runtime/exact/order.ts'
import type { Mode, Takes } from '../runtime/ir/schema.ts'
import type { StateKind } from '../runtime/ir/states.ts'
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

/** What follows the name of a list: chooses, cuts or joins its records. */
export type Filter =
  | { readonly kind: 'last'; readonly amount: NumberLiteral; readonly day: Expression | undefined; readonly field: Name | undefined; readonly span: Span }
  | { readonly kind: 'between'; readonly from: Expression; readonly to: Expression; readonly span: Span }
  | { readonly kind: 'up-to'; readonly to: Expression; readonly span: Span }
  | { readonly kind: 'without'; readonly list: Expression; readonly span: Span }
  | {
      readonly kind: 'unbroken'
      readonly to: Expression
      readonly gap: NumberLiteral | undefined
      readonly counted: boolean | undefined
      readonly span: Span
    }
  | { readonly kind: 'where'; readonly condition: Expression; readonly span: Span }
  | ErrorNode

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
  | { readonly kind: 'filtered'; readonly list: Expression; readonly filters: readonly Filter[]; readonly span: Span }
  /** `{日期: 2024-01-01；毫升: 400毫升}`: one record of a list. */
  | { readonly kind: 'record'; readonly fields: readonly Field[]; readonly span: Span }
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
  /** Of records and periods. */
  readonly fields: readonly FieldNode[] | undefined
  readonly span: Span
}

export interface FieldNode {
  readonly name: Name
  readonly type: TypeNode
  readonly clauses: readonly FactClause[]
  readonly span: Span
}

export type { Mode, Takes }

/** Where a rule comes from and who audits it: 依据, 责任部门, 待核, 解释. */
export type SourceClause =
  | { readonly kind: 'cites'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'audited-by'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'unsourced'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'reading'; readonly text: TextLiteral; readonly cites: TextLiteral | undefined; readonly span: Span }

/** Words that may follow the head of an item, a row or a total. */
export type Clause =
  | SourceClause
  | ErrorNode
  | { readonly kind: 'max' | 'min'; readonly amount: Expression; readonly span: Span }
  | { readonly kind: 'mode'; readonly mode: Mode; readonly span: Span }
  | { readonly kind: 'only-for'; readonly names: readonly Name[]; readonly span: Span }
  | { readonly kind: 'in-force'; readonly from: DateLiteral | undefined; readonly to: DateLiteral | undefined; readonly span: Span }
  | { readonly kind: 'extensible'; readonly span: Span }
  | { readonly kind: 'live'; readonly from: Expression; readonly to: Expression; readonly on: Expression; readonly span: Span }
  | { readonly kind: 'spend'; readonly list: Path; readonly amount: Expression; readonly span: Span }

export type FactClause =
  | ErrorNode
  | { readonly kind: 'source'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'audited-by'; readonly text: TextLiteral; readonly span: Span }
  | { readonly kind: 'range'; readonly range: Expression; readonly span: Span }
  | { readonly kind: 'default'; readonly value: Expression; readonly span: Span }
  | { readonly kind: 'household'; readonly key: Name; readonly span: Span }
  | { readonly kind: 'required' | 'unique'; readonly span: Span }

export interface Band {
  readonly range: Expression
  readonly sign: 1 | -1
  readonly amount: Expression
  readonly span: Span
}

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
      readonly kind: 'stepped'
      readonly steps: 'proportional' | 'full' | 'started'
      readonly contradiction: Span | undefined
      readonly per: NumberLiteral
      readonly quantity: Expression
      /** 按档 or 分段; the choice is compulsory. */
      readonly how: 'reached' | 'slices' | undefined
      readonly bands: readonly Band[]
      readonly span: Span
    }
  | {
      readonly kind: 'table'
      readonly sign: 1 | -1
      readonly subjects: readonly Expression[]
      readonly keys: readonly Expression[]
      readonly rows: readonly TableRow[]
      readonly span: Span
    }
  | {
      readonly kind: 'each'
      /** 对每条, or one of them. */
      readonly takes: Takes
      readonly list: Expression
      readonly same: SameNode | undefined
      readonly body: RowNode
      readonly span: Span
    }
  | {
      readonly kind: 'block'
      readonly mode: Extract<Clause, { kind: 'mode' }> | undefined
      readonly clauses: readonly Clause[]
      readonly definitions: readonly DefinitionNode[]
      /** Absent where a mode stands alone. */
      readonly rows: readonly RowNode[] | undefined
      readonly span: Span
    }
  | ErrorNode

export interface TableRow {
  readonly key: Expression | undefined
  readonly values: readonly Expression[]
}

/** 同一 key: of the records with one key the best counts, or their sum up to a cap. */
export interface SameNode {
  readonly key: Expression
  readonly how: 'highest' | { readonly cap: Expression } | undefined
  readonly span: Span
}

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
  /** A 扣分组 that holds its rows itself. */
  readonly deducts: boolean
  readonly name: Name
  readonly clauses: readonly Clause[]
  readonly definitions: readonly DefinitionNode[]
  readonly rows: readonly RowNode[]
  readonly span: Span
}

export interface GroupNode {
  readonly kind: 'group'
  readonly deducts: boolean
  readonly name: Name
  readonly clauses: readonly Clause[]
  readonly children: readonly (IndicatorNode | GroupNode)[]
  /** Definitions and rows that stand beside indicators, where they may not. */
  readonly definitions: readonly DefinitionNode[]
  readonly rows: readonly RowNode[]
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
  readonly scenario: Name | undefined
  readonly dates: readonly { readonly name: Name; readonly date: DateLiteral }[]
  readonly quota: { readonly amount: Expression | undefined; readonly table: QuotaTable | undefined; readonly span: Span } | undefined
  readonly seed: TextLiteral | undefined
  readonly facts: readonly Field[]
  /** A small list of applicants that is ranked, in place of one applicant. */
  readonly people: readonly Expression[] | undefined
  readonly expected: readonly Field[]
  readonly span: Span
}

export interface ParameterNode {
  readonly kind: 'parameter'
  readonly name: Name
  readonly body:
    | { readonly kind: 'value'; readonly value: Expression }
    | {
        readonly kind: 'dated'
        readonly values: readonly { readonly from: DateLiteral; readonly to: DateLiteral | undefined; readonly value: Expression; readonly span: Span }[]
      }
  readonly clauses: readonly SourceClause[]
  readonly span: Span
}

export type { StateKind }

export interface StateNode {
  readonly kind: 'state'
  readonly state: StateKind
  /** 失效 "终止" 当 …: what the paper calls the state. */
  readonly called: TextLiteral | undefined
  readonly condition: Expression | undefined
  /** 禁止申请 对每条 R 自 日 起 N年 */
  readonly each: { readonly list: Expression; readonly from: Expression; readonly amount: NumberLiteral } | undefined
  readonly clauses: readonly SourceClause[]
  readonly span: Span
}

export interface DeadlineNode {
  readonly kind: 'deadline'
  readonly name: Name
  readonly from: Name
  readonly ahead: boolean
  readonly bound: 'at-most' | 'at-least'
  readonly amount: NumberLiteral
  readonly extension: NumberLiteral | undefined
  readonly clauses: readonly SourceClause[]
  readonly span: Span
}

export type Direction = 'high-to-low' | 'low-to-high' | 'early-to-late' | 'late-to-early' | 'yes-leading' | 'no-leading'

export interface RankKeyNode {
  readonly value: Expression
  readonly direction: Direction | { readonly order: readonly Expression[] } | undefined
  readonly span: Span
}

export interface QuotaTable {
  readonly keys: readonly Expression[]
  readonly values: readonly Expression[]
}

type Sourceable = { readonly clauses: readonly SourceClause[]; readonly span: Span }

export type ScenarioMember =
  | StateNode
  | ErrorNode
  | ({ readonly kind: 'uses-total'; readonly name: Name } & Sourceable)
  | ({ readonly kind: 'own-date'; readonly name: Name; readonly value: Expression } & Sourceable)
  | ({ readonly kind: 'quota'; readonly amount: Expression | undefined; readonly by: Name | undefined; readonly table: QuotaTable | undefined } & Sourceable)
  | ({
      readonly kind: 'second-round'
      readonly limit: { readonly by: Name; readonly share: NumberLiteral; readonly rounding: Rounding | undefined } | undefined
    } & Sourceable)
  | ({
      readonly kind: 'household'
      readonly key: Name
      readonly added: { readonly to: Name; readonly order: 'merge-then-cap' | 'cap-then-merge' | undefined; readonly except: readonly Path[] } | undefined
    } & Sourceable)
  | ({ readonly kind: 'rank'; readonly keys: readonly RankKeyNode[] } & Sourceable)
  | ({ readonly kind: 'equals'; readonly how: 'share' | 'lot' } & Sourceable)
  | ({ readonly kind: 'cutoff'; readonly how: 'all' | 'none' | 'lot' } & Sourceable)
  /** 结果 "录取"、"轮候": what this use calls who gets a place, and who does not. */
  | ({ readonly kind: 'results'; readonly names: readonly TextLiteral[] } & Sourceable)
  | ({ readonly kind: 'price'; readonly item: Path; readonly amount: Expression } & Sourceable)

export interface ScenarioNode {
  readonly kind: 'scenario'
  readonly name: Name
  readonly clauses: readonly SourceClause[]
  readonly members: readonly ScenarioMember[]
  readonly span: Span
}

export type Member =
  | { readonly kind: 'number' | 'replaces'; readonly text: TextLiteral; readonly span: Span }
  /** The official text, in one file or several. */
  | { readonly kind: 'text'; readonly papers: readonly TextLiteral[]; readonly span: Span }
  | {
      readonly kind: 'in-force'
      readonly from: DateLiteral
      readonly to: DateLiteral | undefined
      readonly clauses: readonly SourceClause[]
      readonly span: Span
    }
  | { readonly kind: 'as-of'; readonly names: readonly Name[]; readonly values: readonly (Expression | undefined)[]; readonly span: Span }
  | { readonly kind: 'reading'; readonly text: TextLiteral; readonly cites: TextLiteral | undefined; readonly span: Span }
  | { readonly kind: 'clause'; readonly clause: TextLiteral; readonly how: 'procedural' | 'omitted'; readonly reason: TextLiteral; readonly span: Span }
  | { readonly kind: 'use'; readonly name: Name; readonly path: TextLiteral; readonly clauses: readonly SourceClause[]; readonly span: Span }
  | { readonly kind: 'extend'; readonly path: Path; readonly children: readonly (IndicatorNode | GroupNode)[]; readonly span: Span }
  | { readonly kind: 'unit'; readonly name: Name; readonly equals: NumberLiteral | undefined; readonly span: Span }
  | FactNode
  | ParameterNode
  | DefinitionNode
  | GroupNode
  | IndicatorNode
  | TotalNode
  | StateNode
  | ScenarioNode
  | DeadlineNode
  | CaseNode
  | ErrorNode

export interface PolicyNode {
  readonly kind: 'policy'
  /** A file of cases beside a policy holds nothing but cases. */
  readonly casesOnly: boolean
  readonly surface: Surface
  readonly name: Name
  readonly members: readonly Member[]
  readonly span: Span
}
