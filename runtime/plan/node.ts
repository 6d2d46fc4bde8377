// A scheme as arithmetic on whole numbers: what a node says, and where the records come from that it may run over.

export type Op =
  | 'constant'
  /** `value` names the fact; `given` tells whether the applicant has it. */
  | 'fact'
  | 'given'
  /** `value` names the field of the record at hand. */
  | 'field'
  /** Of the source record that a piece of a period was cut from. */
  | 'carried'
  /** Of the other member of the household; `value` is the index of what is asked. */
  | 'partner'
  | 'has-partner'
  | 'add'
  | 'multiply'
  /** Rounded down. */
  | 'divide'
  | 'smaller'
  | 'larger'
  | 'less'
  | 'equal'
  | 'and'
  | 'or'
  | 'not'
  | 'choose'
  | 'join-bits'
  | 'has-bit'
  | 'count-bits'
  | 'add-months'
  | 'add-days'
  | 'full-months'
  | 'age'
  /** Over the records of a list that a truth keeps. */
  | 'sum'
  | 'least'
  | 'greatest'
  | 'any'
  /** Sum over the keys of the greatest, or of the sum up to a cap, within one key. */
  | 'sum-of-greatest'
  | 'sum-of-capped'
  /** What is left of expiring grants on a day after the spends up to it; whether a spend was larger than what was left. */
  | 'balance'
  | 'overspent'
  /** Whether a day lies in one of the periods of another list. */
  | 'covered'

export type NodeType = 'number' | 'truth' | 'text'

export interface Node {
  readonly id: number
  readonly op: Op
  readonly type: NodeType
  readonly args: readonly Node[]
  readonly value: number | string | boolean | undefined
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

const aggregates: ReadonlySet<Op> = new Set<Op>(['sum', 'least', 'greatest', 'any', 'sum-of-greatest', 'sum-of-capped', 'balance', 'overspent'])
export const isAggregate = ({ op }: Node): boolean => aggregates.has(op)
