// A scheme as arithmetic on whole numbers: what a node says, and where the records come from that it may run over.

export type NodeType = 'number' | 'truth' | 'text'

type None = readonly []
type One = readonly [Node]
type Two = readonly [Node, Node]
type Three = readonly [Node, Node, Node]
type Any = readonly Node[]

/** What a node says, by its operation: of so many others, and perhaps of a value that is written. */
export type Saying =
  | { readonly op: 'constant'; readonly type: 'number'; readonly args: None; readonly value: number }
  | { readonly op: 'constant'; readonly type: 'truth'; readonly args: None; readonly value: boolean }
  | { readonly op: 'constant'; readonly type: 'text'; readonly args: None; readonly value: string }
  /** `value` names the fact; `given` tells whether the applicant has it. */
  | { readonly op: 'fact'; readonly type: NodeType; readonly args: None; readonly value: string }
  | { readonly op: 'given'; readonly type: 'truth'; readonly args: None; readonly value: string }
  /** `value` names the field of the record at hand. */
  | { readonly op: 'field'; readonly type: NodeType; readonly args: None; readonly value: string }
  /** Of the source record that a piece of a period was cut from. */
  | { readonly op: 'carried'; readonly type: NodeType; readonly args: One; readonly value?: undefined }
  /** Of the other member of the household; `value` is the index of what is asked. */
  | { readonly op: 'partner'; readonly type: NodeType; readonly args: None; readonly value: number }
  | { readonly op: 'has-partner'; readonly type: 'truth'; readonly args: None; readonly value?: undefined }
  | { readonly op: 'add' | 'join-bits'; readonly type: 'number'; readonly args: Any; readonly value?: undefined }
  /** A division is rounded down. */
  | { readonly op: 'multiply' | 'divide' | 'smaller' | 'larger'; readonly type: 'number'; readonly args: Two; readonly value?: undefined }
  | { readonly op: 'less' | 'equal'; readonly type: 'truth'; readonly args: Two; readonly value?: undefined }
  | { readonly op: 'and' | 'or'; readonly type: 'truth'; readonly args: Any; readonly value?: undefined }
  | { readonly op: 'not'; readonly type: 'truth'; readonly args: One; readonly value?: undefined }
  /** Condition, what it is where that holds, and what otherwise. */
  | { readonly op: 'choose'; readonly type: NodeType; readonly args: Three; readonly value?: undefined }
  /** How many of the steps in `value`, which rise, are not above it. */
  | { readonly op: 'step'; readonly type: 'number'; readonly args: One; readonly value: readonly number[] }
  /** The entry at a place that is within them; truths are 1 and 0. */
  | { readonly op: 'entry'; readonly type: 'number' | 'truth'; readonly args: One; readonly value: readonly number[] }
  /** `value` is the place of the bit. */
  | { readonly op: 'has-bit'; readonly type: 'truth'; readonly args: One; readonly value: number }
  | { readonly op: 'count-bits'; readonly type: 'number'; readonly args: One; readonly value?: undefined }
  /** `value` says how many. */
  | { readonly op: 'add-months' | 'add-days'; readonly type: 'number'; readonly args: One; readonly value: number }
  | { readonly op: 'full-months' | 'age'; readonly type: 'number'; readonly args: Two; readonly value?: undefined }
  /** Whether a day lies in one of the periods of another list. */
  | { readonly op: 'covered'; readonly type: 'truth'; readonly args: One; readonly value?: undefined }
  /** Over the records of a list that a truth keeps: that truth, and what is taken of each. */
  | { readonly op: 'any'; readonly type: 'truth'; readonly args: One; readonly value?: undefined }
  | { readonly op: 'sum' | 'least' | 'greatest'; readonly type: 'number'; readonly args: Two; readonly value?: undefined }
  /** Truth, key, value: the sum over the keys of the greatest, or of the sum up to a cap, within one key. */
  | { readonly op: 'sum-of-greatest'; readonly type: 'number'; readonly args: Three; readonly value?: undefined }
  | { readonly op: 'sum-of-capped'; readonly type: 'number'; readonly args: readonly [Node, Node, Node, Node]; readonly value?: undefined }
  /** What is left of expiring grants on a day after the spends up to it; whether a spend was larger than what was left. */
  | { readonly op: 'balance'; readonly type: 'number'; readonly args: LedgerArgs; readonly value?: undefined }
  | { readonly op: 'overspent'; readonly type: 'truth'; readonly args: LedgerArgs; readonly value?: undefined }

/** Of grants: truth, points, first day, last day; the day on which it is asked; of spends, if there are any: truth, day, amount. */
type LedgerArgs = readonly [Node, Node, Node, Node, Node] | readonly [Node, Node, Node, Node, Node, Node, Node, Node]

interface Known {
  readonly id: number
  /** The list whose record it is about; 0 for the applicant. */
  readonly list: number
  /** Of sums and the like: the list that they run over. */
  readonly over: number
  /** Of a balance: the list of spends. */
  readonly spends: number
  /** The rule under which it was first needed, for readers of what is generated. */
  readonly rule: string
  readonly low: number
  readonly high: number
}

export type Node = Known & Saying
export type Op = Node['op']
export type NodeOf<O extends Op> = Extract<Node, { readonly op: O }>

/** Where the records of a list come from. */
export type ListSource =
  | { readonly kind: 'fact'; readonly fact: string }
  /** Kept periods joined where they overlap or touch. */
  | { readonly kind: 'merged'; readonly of: PeriodSet }
  /** What is left of the periods outside those of another list, merged. */
  | { readonly kind: 'without'; readonly of: PeriodSet; readonly other: PeriodSet }
  /** Merged periods of the run that reaches a day across gaps of at most this length. */
  | { readonly kind: 'unbroken'; readonly of: PeriodSet; readonly to: Node; readonly months: number; readonly days: number; readonly counted: boolean }

export interface PeriodSet {
  readonly list: number
  readonly keep: Node
  readonly from: Node
  readonly to: Node
}

export interface List {
  readonly id: number
  readonly source: ListSource
  /** At most so many records. */
  readonly limit: number
}

export interface Grant {
  readonly keep: Node
  readonly points: Node
  readonly from: Node
  readonly to: Node
}
export interface Spend {
  readonly list: List
  readonly keep: Node
  readonly date: Node
  readonly amount: Node
}

/** What no engine that computes with whole numbers of 53 bits can do exactly. */
export class CannotPlan extends Error {
  readonly reason: 'too-large' | 'order-of-texts' | 'expiring' | 'choice-of-lists' | 'division'
  readonly rule: string
  constructor(reason: CannotPlan['reason'], rule: string) {
    super(`${reason}: ${rule}`)
    this.reason = reason
    this.rule = rule
  }
}

const ledgers = ['balance', 'overspent'] as const
const aggregates = ['sum', 'least', 'greatest', 'any', 'sum-of-greatest', 'sum-of-capped', ...ledgers] as const

export type Ledger = NodeOf<(typeof ledgers)[number]>
export type Aggregate = NodeOf<(typeof aggregates)[number]>

const areLedgers: ReadonlySet<Op> = new Set(ledgers)
const areAggregates: ReadonlySet<Op> = new Set(aggregates)
export const isLedger = (node: Node): node is Ledger => areLedgers.has(node.op)
export const isAggregate = (node: Node): node is Aggregate => areAggregates.has(node.op)

type NumberConstant = Extract<NodeOf<'constant'>, { readonly type: 'number' }>
export const isNumberConstant = (node: Node): node is NumberConstant => node.op === 'constant' && node.type === 'number'

/** A multiple by a constant, or once the node itself. */
export function multipleOf(node: Node): { readonly part: Node; readonly factor: number } {
  if (node.op !== 'multiply') return { part: node, factor: 1 }
  const [part, by] = node.args
  return isNumberConstant(by) ? { part, factor: by.value } : { part: node, factor: 1 }
}
