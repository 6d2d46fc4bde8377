// What checking gives: the policy with every name bound, every expression typed, and every number's decimals and bounds
// proven. Lowering turns it into the compiled form without further decisions.

import type { Exact, RoundingMode } from '../runtime/exact/number.ts'
import { type Form, leavesOf } from '../runtime/ir/fields.ts'
import { type AwardIn, type OperationIn, operations } from '../runtime/ir/operations.ts'
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
  | RecordsType
  /** Something that was already reported; nothing more is said about it. */
  | { readonly kind: 'error' }

export interface RecordsType {
  readonly kind: 'records'
  /** With the days 起 and 止. */
  readonly periods: boolean
  readonly fields: readonly FieldSymbol[]
  /** So many records at most. */
  readonly limit: number
}

export interface FieldSymbol {
  readonly name: string
  readonly type: Type
  readonly defaultValue: string | undefined
}

/** Index of the source text where something is written: 0 is the policy itself, others are policies that it takes in. */
export type SourceIndex = number

export interface FactSymbol {
  readonly kind: 'fact'
  readonly source: SourceIndex
  readonly name: string
  readonly node: Ast.FactNode
  readonly type: Type
  /** Whether its 范围 was written, or the language's default bounds apply. */
  readonly ranged: boolean
  /** The reference date after which its value may not lie. */
  readonly notAfter: string | undefined
  readonly defaultValue: string | undefined
  /** 缺省 编号: the applicant's own key. */
  readonly defaultKey: boolean
  readonly required: boolean
  readonly unique: boolean
  /** The fact that names the household to which it belongs. */
  readonly household: string | undefined
}

export interface DefinitionSymbol {
  readonly kind: 'definition'
  readonly source: SourceIndex
  readonly id: string
  /** Id of the item in which alone it is known. */
  readonly within: string | undefined
  /** It depends on the fields of the record at hand. */
  readonly perRecord: boolean
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
  /** Where the policy takes the day from facts. */
  readonly value: Typed | undefined
}

export interface ParameterSymbol extends Sourced {
  readonly kind: 'parameter'
  readonly source: SourceIndex
  readonly name: string
  readonly node: Ast.ParameterNode
  readonly type: NumberType
  readonly dated: boolean
  readonly values: readonly { readonly from: string | undefined; readonly to: string | undefined; readonly value: Exact }[]
}

export type ValueSymbol = FactSymbol | DefinitionSymbol | ReferenceDateSymbol | ParameterSymbol

/** What stands in the checker's tree where an operation or an award has a part, a number or a name. */
interface InTree extends Form {
  part: Typed
  row: TypedRow
  number: Exact
  fact: FactSymbol
  definition: DefinitionSymbol
  parameter: ParameterSymbol
  item: ItemSymbol
  total: TypedTotal
  field: FieldSymbol
}

/** A typed expression. `span` is where it is written. */
export type Typed = { readonly type: Type; readonly span: Span } & (OperationIn<InTree> | { readonly op: 'error' })

/** The expressions directly inside an expression. */
export const childrenOf = (node: Typed): readonly Typed[] =>
  node.op === 'error' ? [] : (leavesOf(operations[node.op].fields, node, 'part') as readonly Typed[])

export interface Sourced {
  readonly cites: readonly string[]
  readonly auditedBy: readonly string[]
  readonly unsourced: readonly string[]
  readonly readings: readonly { readonly text: string; readonly cites: string | undefined }[]
}

/** A typed award; `type` is what it may come to, before it is taken away where it is `negative`. */
export type TypedAward = AwardIn<InTree> & { readonly type: NumberType; readonly node: Ast.Award }
export type TypedBand = Extract<TypedAward, { kind: 'stepped' }>['bands'][number]

/** When an item or row has a part at all. */
export interface Presence {
  /** Names of scenarios. */
  readonly onlyFor: readonly string[] | undefined
  readonly inForce: { readonly from: string | undefined; readonly to: string | undefined } | undefined
}

export interface Bounds {
  readonly min: Typed | undefined
  readonly max: Typed | undefined
}

export interface TypedRow extends Sourced, Bounds, Presence {
  readonly node: Ast.RowNode
  readonly guard: Ast.RowNode['guard']
  readonly when: Typed | undefined
  readonly awards: readonly TypedAward[]
  /** Of the row's own amount, after its bounds. */
  readonly range: NumberType
}

export interface ItemSymbol extends Sourced, Bounds, Presence {
  readonly kind: 'group' | 'indicator'
  readonly source: SourceIndex
  /** A 扣分组, or something inside one: its points are taken away. */
  readonly deducts: boolean
  readonly extensible: boolean
  readonly live: TypedLive | undefined
  readonly node: Ast.GroupNode | Ast.IndicatorNode
  readonly name: string
  readonly path: readonly string[]
  readonly mode: Ast.Mode
  /** One of the rows holds for everybody. */
  readonly complete: boolean
  readonly rows: readonly TypedRow[]
  readonly children: readonly ItemSymbol[]
  readonly range: NumberType
}

/** 期限 and 兑换. */
export interface TypedLive {
  readonly from: Typed
  readonly to: Typed
  readonly on: Typed
  readonly spend: { readonly list: Typed; readonly date: string; readonly amount: Typed } | undefined
}

export interface TypedTotal extends Sourced, Bounds {
  readonly name: string
  readonly node: Ast.TotalNode
  readonly value: Typed
  readonly range: NumberType
}

export interface TypedState extends Sourced {
  readonly node: Ast.StateNode
  readonly kind: Ast.StateKind
  /** What the paper calls the state. */
  readonly called: string | undefined
  readonly when: Typed | undefined
  readonly each: { readonly list: Typed; readonly from: Typed; readonly months: number; readonly days: number } | undefined
}

export interface TypedRankKey {
  readonly node: Ast.RankKeyNode
  readonly value: Typed
  readonly ascending: boolean
  readonly order: readonly number[] | undefined
}

export interface TypedScenario extends Sourced {
  readonly name: string
  readonly node: Ast.ScenarioNode
  readonly total: TypedTotal | undefined
  readonly dates: readonly { readonly name: string; readonly value: Typed }[]
  readonly states: readonly TypedState[]
  readonly quota:
    | {
        readonly amount: Typed | undefined
        readonly by: FactSymbol | undefined
        readonly lists: readonly { readonly name: string; readonly places: Typed }[] | undefined
      }
    | undefined
  readonly secondRound: { readonly limit: { readonly by: FactSymbol; readonly share: Exact; readonly rounding: RoundingMode } | undefined } | undefined
  readonly household:
    | {
        readonly key: FactSymbol
        readonly added: { readonly to: FactSymbol; readonly order: 'merge-then-cap' | 'cap-then-merge'; readonly except: readonly ItemSymbol[] } | undefined
      }
    | undefined
  readonly keys: readonly TypedRankKey[]
  readonly equals: 'share' | 'lot'
  readonly cutoff: 'all' | 'none' | 'lot'
  readonly results: { readonly admitted: string; readonly waiting: string } | undefined
  readonly price: { readonly item: ItemSymbol; readonly amount: Exact } | undefined
}

export interface TypedDeadline extends Sourced {
  readonly node: Ast.DeadlineNode
  readonly amount: number
  readonly unit: 'working_days' | 'days' | 'months'
  readonly extension: { readonly amount: number; readonly unit: 'working_days' | 'days' | 'months' } | undefined
}

export interface TypedTestCase {
  readonly node: Ast.CaseNode
  readonly scenario: string | undefined
  readonly dates: Readonly<Record<string, string>>
  readonly facts: Readonly<Record<string, string>>
  readonly people: readonly Readonly<Record<string, string>>[] | undefined
  /** Places of the use, or by list. */
  readonly quota: number | Readonly<Record<string, number>> | undefined
  readonly expected: {
    readonly state: string | undefined
    readonly until: string | undefined
    readonly lowest: string | undefined
    readonly highest: string | undefined
    readonly awaiting: readonly string[] | undefined
    readonly places: Readonly<Record<string, number>> | undefined
    readonly admitted: readonly string[] | undefined
    /** By id of item or total. */
    readonly figures: Readonly<Record<string, string>>
  }
}

export interface TypedPolicy {
  readonly node: Ast.PolicyNode
  readonly referenceDates: readonly ReferenceDateSymbol[]
  readonly facts: readonly FactSymbol[]
  readonly parameters: readonly ParameterSymbol[]
  /** In order of dependence, those inside items included. */
  readonly definitions: readonly DefinitionSymbol[]
  readonly items: readonly ItemSymbol[]
  /** In order of dependence. */
  readonly totals: readonly TypedTotal[]
  readonly states: readonly TypedState[]
  readonly scenarios: readonly TypedScenario[]
  readonly deadlines: readonly TypedDeadline[]
  /** The author's own units by word: what one of them is, in a unit of the language. */
  readonly units: ReadonlyMap<string, OwnUnit>
  readonly cases: readonly TypedTestCase[]
  /** Names that were passed over because their own declaration is told to be at fault: none in a policy without errors. */
  readonly passedOver: ReadonlySet<string>
}

/** `单位 积点 = 10次`; without `=` it measures itself only. */
export interface OwnUnit {
  readonly word: string
  readonly equals: { readonly unit: string; readonly factor: Exact } | undefined
}

/** The name of an item with those of the groups around it, as people write it. */
export const fullName = ({ path }: { readonly path: readonly string[] }): string => path.join('.')
