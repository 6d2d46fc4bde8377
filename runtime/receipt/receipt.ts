// The receipt: an outcome explained, made from its trace. One view model for text, print and screen; every point shows the row, the
// arithmetic and the clause; what was matched and not counted is shown too.

import { departmentsOf } from '../departments.ts'
import { compare, decimal, type Exact, formatDecimal, smaller, zero } from '../exact/number.ts'
import { defaultsTaken, type Facts, readFacts, type WrittenFacts } from '../facts.ts'
import type { OutOfForce } from '../in-force.ts'
import { openPerson } from '../interpret.ts'
import { because, valuesIn } from '../interpreter/because.ts'
import { type DefinitionTold, definitionsOfRecord, definitionsTold } from '../interpreter/definitions.ts'
import { evaluate } from '../interpreter/evaluate.ts'
import { isOpen, negated, nothing } from '../interpreter/figures.ts'
import { type AskedRecord, askedList, type LeftOutBy, listsAsked } from '../interpreter/lists-asked.ts'
import { type Person, withRecord } from '../interpreter/person.ts'
import { fieldsOf, showField } from '../interpreter/show.ts'
import { keyColumn } from '../ir/names.ts'
import type { Award, AwardOf, Both, Expression, Item, Row, StateRule } from '../ir/schema.ts'
import { expressionsOfRow, expressionsOfState, rowsOf, withRowsInside } from '../ir/walk.ts'
import type { Figure, ItemTrace, NamedValue, Outcome, Reason, RowTrace, State, Step } from '../outcome.ts'
import { indexOf } from '../policy-index.ts'
import type { Run } from '../run.ts'
import { stateNamesIn } from '../state-names.ts'

export interface FigureText {
  readonly proven: string
  readonly lowest: string
  readonly highest: string
  /** What it may come to once all is proven, as far as it can count: within the caps around it where nothing beside it can be negative. */
  readonly possible: { readonly lowest: string; readonly highest: string } | null
}

/** A step with its figures as text and the rows inside it explained. */
export type ReceiptStep =
  | Exclude<Step, { kind: 'block' | 'each' | 'table' }>
  | (Omit<Extract<Step, { kind: 'block' }>, 'rows'> & { readonly rows: readonly ReceiptRow[] })
  | (Omit<Extract<Step, { kind: 'each' }>, 'records'> & {
      readonly records: readonly ReceiptRecord[]
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

/** A part of a condition that decided, in words, with what stands behind it. */
export interface ReceiptReason {
  /** Empty where it is the whole of what the rule says. */
  readonly part: Both
  /** The definition in which it stands. */
  readonly within: string | null
  readonly holds: boolean
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
    readonly limited: 'max' | 'min' | null
    readonly cites: readonly string[]
    /** It rests on values that no official text gives. */
    readonly unsourced: boolean
  }[]
  readonly items: readonly ReceiptItem[]
  readonly awaiting: readonly string[]
  /** Facts that nobody wrote and that count as their 缺省 says. */
  readonly defaulted: readonly { readonly fact: string; readonly value: Both }[]
  readonly unsourced: Outcome['unsourced']
  readonly readings: readonly (Omit<Outcome['readings'][number], 'cites'> & { readonly cites: string | null })[]
}

/** What the parts of a receipt are drawn from. */
interface Drawn {
  readonly policy: Run['policy']
  readonly index: ReturnType<typeof indexOf>
  /** Of whom what the outcome does not hold is worked out again. */
  readonly person: Person
  readonly names: ReturnType<typeof stateNamesIn>
  /** The states' rules of the policy and of the use. */
  readonly rules: ReadonlyMap<string, StateRule>
  /** Something in the outcome rests on what no official text gives. */
  readonly restsOnItems: boolean
}

/** @param written the facts that the outcome was worked out from */
export function receipt(run: Run, outcome: Outcome, written: WrittenFacts): Receipt {
  const { policy, dates, scenario } = run
  const { facts } = readFacts(policy, written)
  const drawn: Drawn = {
    policy,
    index: indexOf(policy),
    person: openPerson(run, facts),
    names: stateNamesIn(policy, scenario),
    rules: new Map([...policy.states, ...(scenario?.states ?? [])].map((rule) => [rule.id, rule])),
    restsOnItems: outcome.unsourced.some(({ kind }) => kind === 'item' || kind === 'parameter'),
  }
  return {
    policy: { name: policy.name, number: policy.number ?? null, policyHash: outcome.policyHash, artifactHash: outcome.artifactHash },
    key: written[keyColumn] ?? null,
    definitions: definitionsTold(drawn.person).map(definitionReceipt),
    dates: Object.fromEntries(Object.entries(dates)),
    scenario: scenario?.name ?? null,
    state: outcome.state,
    stateName: drawn.names[outcome.state],
    until: outcome.until ?? null,
    outOfForce: outcome.outOfForce ?? null,
    trial: outcome.trial,
    states: outcome.states.map((state) => stateReceipt(drawn, state)),
    totals: outcome.totals.map((total) => totalReceipt(drawn, total)),
    items: outcome.items.map((item) => itemReceipt(drawn, item, { unsourced: false, asked: false, cap: undefined })),
    awaiting: outcome.awaiting,
    unsourced: outcome.unsourced,
    defaulted: defaultsTaken(policy, written).map(({ fact }) => ({ fact, value: defaultInWords(drawn, facts, fact) })),
    readings: outcome.readings.map(({ cites, ...reading }) => ({ ...reading, cites: cites ?? null })),
  }
}

function defaultInWords({ policy, index }: Drawn, facts: Facts, name: string): Both {
  const value = facts.get(name)
  return value ? showField(value, index.facts.get(name)?.type, policy.units) : { zh: keyColumn, en: keyColumn }
}

const definitionReceipt = ({ name, value, records }: DefinitionTold): ReceiptDefinition => ({ name, value: value ?? null, records })

const labelOf = ({ policy }: Drawn, id: string): Both => policy.labels[id] ?? { zh: '', en: '' }

const reasonReceipt = (drawn: Drawn, { part, within, ...rest }: Reason): ReceiptReason => ({ part: labelOf(drawn, part), within: within ?? null, ...rest })

function stateReceipt(drawn: Drawn, { rule, state, open, until, awaiting, reasons }: Outcome['states'][number]): ReceiptState {
  const written = drawn.rules.get(rule)
  return {
    state,
    name: drawn.names[state],
    open,
    until: until ?? null,
    rule: labelOf(drawn, rule),
    reasons: reasons.map((reason) => reasonReceipt(drawn, reason)),
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

// ---- figures -----------------------------------------------------------------------------------------------------------

/** @param cap above which nothing of it counts */
function figureText(figure: Figure, cap?: Exact): FigureText {
  const { proven, lowest, highest } = figure
  const within = (bound: Exact) => formatDecimal(cap ? smaller(bound, cap) : bound)
  return {
    proven: formatDecimal(proven),
    lowest: formatDecimal(lowest),
    highest: formatDecimal(highest),
    possible: isOpen(figure) ? { lowest: within(lowest), highest: within(highest) } : null,
  }
}

/** The cap of what is inside something: it binds the sum, and each part only where none of them can be negative and make room for another. */
function capInside(around: Exact | undefined, own: Expression | undefined, parts: readonly Figure[]): Exact | undefined {
  if (parts.some(({ lowest }) => compare(lowest, zero) < 0)) return undefined
  const cap = own?.op === 'number' ? decimal(own.value) : undefined
  return cap && around ? smaller(cap, around) : (cap ?? around)
}

// ---- items and rows ----------------------------------------------------------------------------------------------------

interface Around {
  /** What is around it has no official text, or says whom to ask. */
  readonly unsourced: boolean
  readonly asked: boolean
  readonly cap: Exact | undefined
}

function itemReceipt(drawn: Drawn, trace: ItemTrace, around: Around): ReceiptItem {
  const item = drawn.index.items.get(trace.item) as Item
  const unsourced = around.unsourced || item.unsourced.length > 0
  const says = around.asked || item.auditedBy.length > 0
  const isTakenAway = (child: ItemTrace) => !item.deducts && drawn.index.items.get(child.item)?.deducts === true
  const parts = [...trace.rows, ...trace.children.map((child) => (isTakenAway(child) ? { figure: negated(child.figure) } : child))].map(({ figure }) => figure)
  const inside: Around = { unsourced, asked: says, cap: capInside(around.cap, item.max, parts) }
  const places: Place = { ...drawn, unsourced, cap: inside.cap }
  return {
    kind: item.kind,
    name: item.name,
    id: item.id,
    points: figureText(trace.figure, around.cap),
    inside: figureText(trace.inside),
    max: item.max?.op === 'number' ? item.max.value : null,
    limited: trace.limited ?? null,
    counted: trace.counted,
    deducts: item.deducts,
    absent: trace.absent,
    cites: item.cites,
    auditedBy: item.kind === 'indicator' && !says ? asked(drawn, [], rowsOf(item).flatMap(expressionsOfRow)) : item.auditedBy,
    unsourced,
    definitions: trace.absent ? [] : definitionsTold(drawn.person, item.id).map(definitionReceipt),
    rows: item.kind === 'indicator' && !trace.absent ? rowsReceipt(places, item.rows, trace.rows) : [],
    children: trace.children.map((child) => itemReceipt(drawn, child, inside)),
  }
}

/** Where a row stands: who is asked, and of which record. */
interface Place extends Drawn {
  readonly unsourced: boolean
  readonly cap: Exact | undefined
}

/** Every row in its order, those that are not there today or in this use among them. */
const rowsReceipt = (place: Place, rows: readonly Row[], traces: readonly RowTrace[]): readonly ReceiptRow[] =>
  rows.map((row) => {
    const trace = traces.find((one) => one.row === row.id)
    return trace ? rowReceipt(place, row, trace) : absentRow(place, row)
  })

function headOfRow(place: Place, row: Row) {
  const unsourced = place.unsourced || row.unsourced.length > 0
  const presence = { ...(row.onlyFor ? { onlyFor: row.onlyFor } : {}), ...(row.inForce ? { inForce: row.inForce } : {}) }
  return { id: row.id, guard: row.guard, rule: labelOf(place, row.id), presence, cites: row.cites, auditedBy: row.auditedBy, unsourced }
}

function absentRow(place: Place, row: Row): ReceiptRow {
  const points = figureText(nothing)
  const empty = { because: null, points, inside: points, limited: null, steps: [], reasons: [], lists: [], windows: [], awaiting: [] }
  return { ...headOfRow(place, row), status: 'absent', ...empty }
}

function rowReceipt(place: Place, row: Row, trace: RowTrace): ReceiptRow {
  const head = headOfRow(place, row)
  const { person } = place
  const inside: Place = { ...place, unsourced: head.unsourced, cap: capInside(place.cap, row.max, [trace.inside]) }
  return {
    ...head,
    status: trace.status,
    because: trace.because ?? null,
    points: figureText(trace.figure, place.cap),
    steps: trace.steps.map((step, i) => stepReceipt(inside, row.awards[i], step)),
    inside: figureText(trace.inside),
    limited: trace.limited ?? null,
    reasons: reasonsOf(place, row, trace),
    lists: listsAsked(person, expressionsOfRow(row)).map(({ name, records }) => ({ name, records: records.map((record) => listedReceipt(place, record)) })),
    windows: trace.windows,
    awaiting: trace.awaiting,
  }
}

/** Why its condition holds or does not; of one that is open nothing. Of a table without a column, what was looked for. */
function reasonsOf(place: Place, { when, awards }: Row, { because: counting }: RowTrace): readonly ReceiptReason[] {
  const { person } = place
  const truth = when && evaluate(person, when)
  // The whole condition stands in the rule already: only what is a part of it is named.
  const named = (reason: Reason): Reason => (reason.part === when?.label && reason.within === undefined ? { ...reason, part: '' } : reason)
  const decided = truth?.kind === 'yesno' ? because(person, when as Expression, truth.value).map(named) : []
  const table = counting === 'no-column' ? awards.find(({ kind }) => kind === 'table') : undefined
  const sought = table?.kind === 'table' ? valuesOf(person, table.entries.slice(0, 1)) : []
  const looked: readonly Reason[] = sought.length > 0 ? [{ part: '', within: undefined, holds: false, values: sought, records: [] }] : []
  return [...decided, ...looked].map((reason) => reasonReceipt(place, reason))
}

/** What the keys of a table are asked of. */
const valuesOf = (person: Person, entries: readonly { readonly when: Expression }[]): readonly NamedValue[] =>
  entries.flatMap(({ when }) => (when.op === 'and' ? when.operands : [when]).flatMap((key) => valuesIn(person, key)))

function stepReceipt(place: Place, award: Award | undefined, step: Step): ReceiptStep {
  switch (step.kind) {
    case 'block': {
      const { rows, max } = award as AwardOf<'block'>
      const cap = capInside(
        place.cap,
        max,
        step.rows.map(({ figure }) => figure),
      )
      return { ...step, rows: rowsReceipt({ ...place, cap }, rows, step.rows) }
    }
    case 'each':
      return eachReceipt(place, award as AwardOf<'each'>, step)
    case 'table': {
      const { entry, ...rest } = step
      const entries = (award as AwardOf<'table'>).entries.slice(entry, entry + 1)
      const keys = entries.flatMap(({ when }) => (when.op === 'and' ? when.operands : [when])).map(({ label }) => labelOf(place, label ?? ''))
      return { ...rest, keys, values: valuesOf(place.person, entries) }
    }
    case 'flat':
    case 'rate':
    case 'stepped':
    case 'live':
    case 'unknown':
      return step
  }
}

function eachReceipt(place: Place, { list, body }: AwardOf<'each'>, step: Extract<Step, { kind: 'each' }>): ReceiptStep {
  const { person } = place
  const fields = fieldsOf(person, list)
  const cap = capInside(
    place.cap,
    undefined,
    step.records.map(({ figure }) => figure),
  )
  const records = step.records.map(({ record, shown, figure, counted, rows }): ReceiptRecord => {
    const here: Place = { ...place, cap, person: withRecord(person, record, fields) }
    return {
      shown,
      points: figureText(figure, cap),
      counted,
      rows: rows.map((row) => rowReceipt(here, body, row)),
      definitions: definitionsOfRecord(here.person, withRowsInside(body).flatMap(expressionsOfRow)).map(definitionReceipt),
    }
  })
  const left = askedList(person, list)?.records.filter((record) => record.left !== undefined) ?? []
  return { ...step, records, left: left.map((record) => listedReceipt(place, record)) }
}

function listedReceipt(place: Place, { shown, left }: AskedRecord): ListedRecord {
  if (left?.kind !== 'condition') return { shown, left: left ?? null }
  return { shown, left: { kind: 'condition', reasons: left.reasons.map((reason) => reasonReceipt(place, reason)) } }
}
