// The receipt: an outcome explained, made from its trace. One view model for text, print and screen; every point shows the row, the
// arithmetic and the clause; what was matched and not counted is shown too.

import { departmentsOf } from '../departments.ts'
import { formatDecimal } from '../exact/number.ts'
import type { OutOfForce } from '../in-force.ts'
import type { definitionsOf } from '../interpret.ts'
import type { Expression, Item, StateRule } from '../ir/schema.ts'
import { expressionsOfRow, expressionsOfState, rowsOf } from '../ir/walk.ts'
import type { Figure, ItemTrace, Outcome, RowTrace, State, Step } from '../outcome.ts'
import { indexOf } from '../policy-index.ts'
import type { Run } from '../run.ts'
import { stateNamesIn } from '../state-names.ts'
import type { Both } from './words.ts'

export interface FigureText {
  readonly proven: string
  readonly lowest: string
  readonly highest: string
}

/** A step with its figures as text and the rows inside it explained. */
export type ReceiptStep =
  | Exclude<Step, { kind: 'block' | 'each' }>
  | (Omit<Extract<Step, { kind: 'block' }>, 'rows'> & { readonly rows: readonly ReceiptRow[] })
  | (Omit<Extract<Step, { kind: 'each' }>, 'records'> & {
      readonly records: readonly { readonly shown: string; readonly points: FigureText; readonly counted: boolean; readonly rows: readonly ReceiptRow[] }[]
    })

export interface ReceiptRow {
  readonly id: string
  readonly status: RowTrace['status']
  readonly because: NonNullable<RowTrace['because']> | null
  readonly rule: Both
  readonly points: FigureText
  readonly steps: readonly ReceiptStep[]
  /** Before the row's own bounds. */
  readonly inside: FigureText
  readonly limited: 'max' | 'min' | null
  /** The two ends of every window that it looks back through. */
  readonly windows: RowTrace['windows']
  readonly awaiting: readonly string[]
  readonly cites: readonly string[]
  /** Whom to ask about it. */
  readonly auditedBy: readonly string[]
  /** What it gives is not from an official text. */
  readonly unsourced: boolean
}

/** A part of a condition that decided, in words, with what stands behind it. */
export interface ReceiptReason {
  readonly part: Both
  readonly holds: boolean
  readonly values: readonly { readonly name: string; readonly value: string }[]
  readonly records: readonly string[]
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
  readonly rows: readonly ReceiptRow[]
  readonly children: readonly ReceiptItem[]
}

export interface Receipt {
  /** Its name and number, and what tells it from another version: of its rules, and of all its texts. */
  readonly policy: { readonly name: string; readonly number: string | null; readonly policyHash: string; readonly artifactHash: string }
  readonly key: string | null
  /** What the definitions came to; `null` where that is not known. */
  readonly definitions: readonly { readonly name: string; readonly value: string | null }[]
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
    readonly limited: 'max' | 'min' | null
    readonly cites: readonly string[]
    /** It rests on values that no official text gives. */
    readonly unsourced: boolean
  }[]
  readonly items: readonly ReceiptItem[]
  readonly awaiting: readonly string[]
  /** Facts that nobody wrote and that count as their 缺省 says. */
  readonly defaulted: readonly { readonly fact: string; readonly value: string }[]
  readonly unsourced: Outcome['unsourced']
  readonly readings: readonly (Omit<Outcome['readings'][number], 'cites'> & { readonly cites: string | null })[]
}

const figureText = ({ proven, lowest, highest }: Figure): FigureText => ({
  proven: formatDecimal(proven),
  lowest: formatDecimal(lowest),
  highest: formatDecimal(highest),
})

/** What a receipt says beside the outcome. */
export interface About {
  readonly key?: string | undefined
  /** What the definitions came to, from `definitionsOf`. */
  readonly definitions?: ReturnType<typeof definitionsOf>
  /** From `defaultsTaken`. */
  readonly defaulted?: Receipt['defaulted']
}

/** What the parts of a receipt are drawn from. */
interface Drawn {
  readonly policy: Run['policy']
  readonly index: ReturnType<typeof indexOf>
  readonly names: ReturnType<typeof stateNamesIn>
  /** The states' rules of the policy and of the use. */
  readonly rules: ReadonlyMap<string, StateRule>
  /** Something in the outcome rests on what no official text gives. */
  readonly restsOnItems: boolean
}

export function receipt({ policy, dates, scenario }: Run, outcome: Outcome, { key, definitions = [], defaulted = [] }: About = {}): Receipt {
  const drawn: Drawn = {
    policy,
    index: indexOf(policy),
    names: stateNamesIn(policy, scenario),
    rules: new Map([...policy.states, ...(scenario?.states ?? [])].map((rule) => [rule.id, rule])),
    restsOnItems: outcome.unsourced.some(({ kind }) => kind === 'item' || kind === 'parameter'),
  }
  return {
    policy: { name: policy.name, number: policy.number ?? null, policyHash: outcome.policyHash, artifactHash: outcome.artifactHash },
    key: key ?? null,
    definitions: definitions.map(({ name, value }) => ({ name, value: value ?? null })),
    dates: Object.fromEntries(Object.entries(dates)),
    scenario: scenario?.name ?? null,
    state: outcome.state,
    stateName: drawn.names[outcome.state],
    until: outcome.until ?? null,
    outOfForce: outcome.outOfForce ?? null,
    trial: outcome.trial,
    states: outcome.states.map((state) => stateReceipt(drawn, state)),
    totals: outcome.totals.map((total) => totalReceipt(drawn, total)),
    items: outcome.items.map((item) => itemReceipt(drawn, item, { unsourced: false, asked: false })),
    awaiting: outcome.awaiting,
    unsourced: outcome.unsourced,
    defaulted,
    readings: outcome.readings.map(({ cites, ...reading }) => ({ ...reading, cites: cites ?? null })),
  }
}

const labelOf = ({ policy }: Drawn, id: string): Both => policy.labels[id] ?? { zh: '', en: '' }

function stateReceipt(drawn: Drawn, { rule, state, open, until, awaiting, reasons }: Outcome['states'][number]): ReceiptState {
  const written = drawn.rules.get(rule)
  return {
    state,
    name: drawn.names[state],
    open,
    until: until ?? null,
    rule: labelOf(drawn, rule),
    reasons: reasons.map(({ part, ...rest }) => ({ part: labelOf(drawn, part), ...rest })),
    awaiting,
    cites: written?.cites ?? [],
    auditedBy: written ? asked(drawn, written.auditedBy, expressionsOfState(written)) : [],
  }
}

function totalReceipt(drawn: Drawn, { total, name, figure, inside, limited }: Outcome['totals'][number]): Receipt['totals'][number] {
  const written = drawn.index.totals.get(total)
  return {
    name,
    points: figureText(figure),
    inside: figureText(inside),
    formula: labelOf(drawn, total),
    limited: limited ?? null,
    cites: written?.cites ?? [],
    unsourced: drawn.restsOnItems || (written?.unsourced ?? []).length > 0,
  }
}

/** Who is named, or else who audits the facts that it stands on. */
function asked({ policy }: Drawn, named: readonly string[], parts: readonly Expression[]): readonly string[] {
  return named.length > 0 ? named : departmentsOf(policy, parts)
}

/** @param around whether what is around it has no official text, and says whom to ask */
function itemReceipt(drawn: Drawn, trace: ItemTrace, around: { readonly unsourced: boolean; readonly asked: boolean }): ReceiptItem {
  const item = drawn.index.items.get(trace.item) as Item
  const unsourced = around.unsourced || item.unsourced.length > 0
  const says = around.asked || item.auditedBy.length > 0
  return {
    kind: item.kind,
    name: item.name,
    id: item.id,
    points: figureText(trace.figure),
    inside: figureText(trace.inside),
    max: item.max?.op === 'number' ? item.max.value : null,
    limited: trace.limited ?? null,
    counted: trace.counted,
    deducts: item.deducts,
    absent: trace.absent,
    cites: item.cites,
    auditedBy: item.kind === 'indicator' && !says ? asked(drawn, [], rowsOf(item).flatMap(expressionsOfRow)) : item.auditedBy,
    unsourced,
    rows: trace.rows.map((row) => rowReceipt(drawn, row, unsourced)),
    children: trace.children.map((child) => itemReceipt(drawn, child, { unsourced, asked: says })),
  }
}

function rowReceipt(drawn: Drawn, trace: RowTrace, around: boolean): ReceiptRow {
  const row = drawn.index.rows.get(trace.row)
  const unsourced = around || (row?.unsourced ?? []).length > 0
  return {
    id: trace.row,
    status: trace.status,
    because: trace.because ?? null,
    rule: labelOf(drawn, trace.row),
    points: figureText(trace.figure),
    steps: trace.steps.map((step) => stepReceipt(drawn, step, unsourced)),
    inside: figureText(trace.inside),
    limited: trace.limited ?? null,
    windows: trace.windows,
    awaiting: trace.awaiting,
    cites: row?.cites ?? [],
    auditedBy: row?.auditedBy ?? [],
    unsourced,
  }
}

function stepReceipt(drawn: Drawn, step: Step, unsourced: boolean): ReceiptStep {
  if (step.kind === 'block') return { ...step, rows: step.rows.map((row) => rowReceipt(drawn, row, unsourced)) }
  if (step.kind !== 'each') return step
  const records = step.records.map(({ shown, figure, counted, rows: inside }) => ({
    shown,
    points: figureText(figure),
    counted,
    rows: inside.map((row) => rowReceipt(drawn, row, unsourced)),
  }))
  return { ...step, records }
}
