// What a receipt tells, as data: one view model for text, print and screen.

import type { OutOfForce } from '../in-force.ts'
import type { LeftOutBy } from '../interpreter/lists-asked.ts'
import type { Both, Row } from '../ir/schema.ts'
import type { NamedValue, Outcome, RowTrace, State, Step } from '../outcome.ts'

export interface FigureText {
  readonly proven: string
  readonly lowest: string
  readonly highest: string
  /** What it may come to once all is proven, as far as it can count: within the caps around it where nothing beside it can be negative. */
  readonly possible: { readonly lowest: string; readonly highest: string } | null
}

/** A step with its figures as text and the rows inside it explained. */
export type ReceiptStep =
  | Exclude<Step, { kind: 'block' | 'each' | 'table' | 'flat' }>
  /** `isStated` where the rule says the amount itself, and not what it is worked out from. */
  | (Extract<Step, { kind: 'flat' }> & { readonly isStated: boolean })
  | (Omit<Extract<Step, { kind: 'block' }>, 'rows'> & { readonly rows: readonly ReceiptRow[] })
  | (Omit<Extract<Step, { kind: 'each' }>, 'records'> & {
      readonly records: readonly ReceiptRecord[]
      /** Of those with one key, what they come to and what of it counts, where their cap cuts it. */
      readonly cut: readonly { readonly key: Both; readonly inside: string; readonly points: string }[]
      /** What its list left out. */
      readonly left: readonly ListedRecord[]
    })
  | (Omit<Extract<Step, { kind: 'table' }>, 'entry'> & {
      /** Its column, and its line where the table has lines. */
      readonly keys: readonly Both[]
      readonly values: readonly NamedValue[]
    })

export interface ReceiptRecord {
  readonly shown: Both
  readonly points: FigureText
  readonly counted: boolean
  readonly rows: readonly ReceiptRow[]
  /** What is worked out for each record. */
  readonly definitions: readonly ReceiptDefinition[]
}

/** A record of a list that is asked: taken, or why not. */
export interface ListedRecord {
  readonly shown: Both
  readonly left: ReceiptLeftOut | null
}

export type ReceiptLeftOut = Exclude<LeftOutBy, { kind: 'condition' }> | { readonly kind: 'condition'; readonly reasons: readonly ReceiptReason[] }

export interface ReceiptDefinition {
  readonly name: string
  /** `null` where it is not known. */
  readonly value: Both | null
  /** Of a list, its records. */
  readonly records: readonly Both[]
}

export interface ReceiptRow {
  readonly id: string
  readonly guard: Row['guard']
  /** `absent` is a row that is not for this use, or not in force on this day. */
  readonly status: RowTrace['status'] | 'absent'
  readonly because: NonNullable<RowTrace['because']> | null
  readonly rule: Both
  readonly points: FigureText
  readonly steps: readonly ReceiptStep[]
  /** Before the row's own bounds. */
  readonly inside: FigureText
  readonly limited: 'max' | 'min' | null
  /** The parts of its condition that decided. */
  readonly reasons: readonly ReceiptReason[]
  /** The lists that it asks something of, as in a sum or a count. */
  readonly lists: readonly { readonly name: string; readonly records: readonly ListedRecord[] }[]
  /** What it asks that nobody wrote, and that counts as its 缺省 says. */
  readonly defaulted: readonly TakenByDefault[]
  /** The two ends of every window that it looks back through. */
  readonly windows: RowTrace['windows']
  /** When it is there, where that is said. */
  readonly presence: Pick<Row, 'onlyFor' | 'inForce'>
  readonly awaiting: readonly string[]
  readonly cites: readonly string[]
  /** Whom to ask about it. */
  readonly auditedBy: readonly string[]
  /** What it gives is not from an official text. */
  readonly unsourced: boolean
}

/** A fact that nobody wrote and that counts as its 缺省 says. */
export interface TakenByDefault {
  readonly fact: string
  readonly value: Both
}

/** A part of a condition that decided, in words, with what stands behind it. */
export interface ReceiptReason {
  /** Empty where it is the whole of what the rule says. */
  readonly part: Both
  /** The definition in which it stands. */
  readonly within: string | null
  readonly holds: boolean
  /** It is one of several of which one is enough. */
  readonly chosen: boolean
  readonly values: readonly NamedValue[]
  readonly records: readonly Both[]
}

export interface ReceiptState {
  readonly state: State
  /** As the paper calls it. */
  readonly name: Both
  /** Not known whether it holds. */
  readonly open: boolean
  readonly until: string | null
  readonly rule: Both
  readonly reasons: readonly ReceiptReason[]
  /** What decided that nobody wrote, and that counts as its 缺省 says. */
  readonly defaulted: readonly TakenByDefault[]
  readonly awaiting: readonly string[]
  readonly cites: readonly string[]
  /** Whom to ask about it. */
  readonly auditedBy: readonly string[]
}

export interface ReceiptItem {
  readonly kind: 'group' | 'indicator'
  readonly name: string
  readonly id: string
  readonly points: FigureText
  /** Before the item's own bounds. */
  readonly inside: FigureText
  readonly max: string | null
  readonly limited: 'max' | 'min' | null
  readonly counted: boolean
  /** A 扣分组: its points are taken away. */
  readonly deducts: boolean
  /** It has no part in this scenario, or on this main date. */
  readonly absent: boolean
  readonly cites: readonly string[]
  /** Whom to ask about it. */
  readonly auditedBy: readonly string[]
  /** What it gives is not from an official text. */
  readonly unsourced: boolean
  /** What is known in it alone. */
  readonly definitions: readonly ReceiptDefinition[]
  readonly rows: readonly ReceiptRow[]
  readonly children: readonly ReceiptItem[]
}

export interface Receipt {
  /** Its name and number, and what tells it from another version: of its rules, and of all its texts. */
  readonly policy: { readonly name: string; readonly number: string | null; readonly policyHash: string; readonly artifactHash: string }
  readonly key: string | null
  /** What the definitions came to; `null` where that is not known. */
  readonly definitions: readonly ReceiptDefinition[]
  readonly dates: Readonly<Record<string, string>>
  readonly scenario: string | null
  readonly state: State
  readonly stateName: Both
  readonly until: string | null
  /** The policy that is not in force on the main date. */
  readonly outOfForce: OutOfForce | null
  /** Worked out as if everything were in force. */
  readonly trial: boolean
  /** Every state that holds or may hold, the strongest first or not. */
  readonly states: readonly ReceiptState[]
  readonly totals: readonly {
    readonly name: string
    readonly points: FigureText
    readonly inside: FigureText
    readonly formula: Both
    /** The same in figures, where it is more than a sum of what stands below: `60.5 × 1.3 = 78.65 ≈ 78.7`. */
    readonly working: string | null
    readonly limited: 'max' | 'min' | null
    readonly cites: readonly string[]
    /** It rests on values that no official text gives. */
    readonly unsourced: boolean
  }[]
  readonly items: readonly ReceiptItem[]
  readonly awaiting: readonly string[]
  readonly defaulted: readonly TakenByDefault[]
  readonly unsourced: Outcome['unsourced']
  readonly readings: readonly (Omit<Outcome['readings'][number], 'cites'> & { readonly cites: string | null })[]
}
