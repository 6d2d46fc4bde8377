// The receipt: an outcome explained, made from its trace. One view model for text, print and screen; every point shows the row, the
// arithmetic and the clause; what was matched and not counted is shown too.

import { departmentsOf, factsBehind } from '../departments.ts'
import { add, compare, decimal, type Exact, formatDecimal, smaller, zero } from '../exact/number.ts'
import { defaultsTaken, type Facts, keyNameIn, readFacts, type WrittenFacts } from '../facts.ts'
import { openPerson } from '../interpret.ts'
import { because, valuesIn } from '../interpreter/because.ts'
import { type DefinitionTold, definitionsOfRecord, definitionsTold } from '../interpreter/definitions.ts'
import { evaluate } from '../interpreter/evaluate.ts'
import { isOpen, negated, nothing } from '../interpreter/figures.ts'
import { type AskedRecord, askedList, listsAsked } from '../interpreter/lists-asked.ts'
import { type Person, withRecord } from '../interpreter/person.ts'
import { fieldsOf, showField, showWorking } from '../interpreter/show.ts'
import { keyColumn, keyColumnEnglish } from '../ir/names.ts'
import type { Award, AwardOf, Both, Expression, Item, Row, StateRule } from '../ir/schema.ts'
import { expressionsOfRow, expressionsOfState, rowsOf, some, withRowsInside } from '../ir/walk.ts'
import type { Figure, ItemTrace, NamedValue, Outcome, Reason, RowTrace, Step } from '../outcome.ts'
import { indexOf } from '../policy-index.ts'
import type { Run } from '../run.ts'
import { stateNamesIn } from '../state-names.ts'
import type {
  FigureText,
  ListedRecord,
  Receipt,
  ReceiptDefinition,
  ReceiptItem,
  ReceiptReason,
  ReceiptRecord,
  ReceiptRow,
  ReceiptState,
  ReceiptStep,
  TakenByDefault,
} from './document.ts'

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
  readonly defaulted: readonly TakenByDefault[]
}

/** @param written the facts that the outcome was worked out from */
export function receipt(run: Run, outcome: Outcome, written: WrittenFacts): Receipt {
  const { policy, dates, scenario } = run
  const { facts } = readFacts(policy, written)
  const opened: Drawn = {
    policy,
    index: indexOf(policy),
    person: openPerson(run, facts),
    names: stateNamesIn(policy, scenario),
    rules: new Map([...policy.states, ...(scenario?.states ?? [])].map((rule) => [rule.id, rule])),
    defaulted: [],
    restsOnItems: outcome.unsourced.some(({ kind }) => kind === 'item' || kind === 'parameter'),
  }
  const drawn: Drawn = { ...opened, defaulted: defaultsTaken(policy, written).map(({ fact }) => ({ fact, value: defaultInWords(opened, facts, fact) })) }
  return {
    policy: { name: policy.name, number: policy.number ?? null, policyHash: outcome.policyHash, artifactHash: outcome.artifactHash },
    key: written[keyNameIn(written, policy.facts)] ?? null,
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
    defaulted: drawn.defaulted,
    readings: outcome.readings.map(({ cites, ...reading }) => ({ ...reading, cites: cites ?? null })),
  }
}

function defaultInWords({ policy, index }: Drawn, facts: Facts, name: string): Both {
  const value = facts.get(name)
  return value ? showField(value, index.facts.get(name)?.type, policy.units) : { zh: keyColumn, en: keyColumnEnglish }
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
    auditedBy: written ? asked(drawn, written.auditedBy, written, () => expressionsOfState(written)) : [],
    defaulted: drawn.defaulted.filter(({ fact }) => reasons.some(({ values }) => values.some(({ name }) => name === fact))),
  }
}

/** What a sum of items alone does not ask. */
const isWorkedOut: ReadonlySet<Expression['op']> = new Set(['product', 'quotient', 'round', 'smaller', 'larger', 'definition', 'parameter'])

function totalReceipt(drawn: Drawn, { total, name, figure, inside, limited }: Outcome['totals'][number]): Receipt['totals'][number] {
  const written = drawn.index.totals.get(total)
  return {
    name,
    points: figureText(figure),
    inside: figureText(inside),
    formula: labelOf(drawn, total),
    working: written && !isOpen(inside) && some(written.value, ({ op }) => isWorkedOut.has(op)) ? showWorking(drawn.person, written.value) : null,
    limited: limited ?? null,
    cites: written?.cites ?? [],
    unsourced: drawn.restsOnItems || (written?.unsourced ?? []).length > 0,
  }
}

/** What a row asks is the same for everybody. */
const askedBy = new WeakMap<Row, ReadonlySet<string>>()

/** Of the facts that a row asks, those that were taken by default. */
function defaultedIn({ policy, defaulted }: Drawn, row: Row, parts: () => readonly Expression[]): readonly TakenByDefault[] {
  if (defaulted.length === 0) return []
  const facts = askedBy.get(row) ?? factsBehind(policy, parts())
  askedBy.set(row, facts)
  return defaulted.filter(({ fact }) => facts.has(fact))
}

/** Who audits what an indicator or a rule stands on is the same for everybody. */
const auditors = new WeakMap<Item | StateRule, readonly string[]>()

/** Who is named, or else who audits the facts that it stands on. */
function asked({ policy }: Drawn, named: readonly string[], rule: Item | StateRule, parts: () => readonly Expression[]): readonly string[] {
  if (named.length > 0) return named
  const found = auditors.get(rule) ?? departmentsOf(policy, parts())
  auditors.set(rule, found)
  return found
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
    auditedBy: item.kind === 'indicator' && !says ? asked(drawn, [], item, () => rowsOf(item).flatMap(expressionsOfRow)) : item.auditedBy,
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
  const empty = { because: null, points, inside: points, limited: null, steps: [], reasons: [], lists: [], defaulted: [], windows: [], awaiting: [] }
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
    defaulted: defaultedIn(place, row, () => expressionsOfRow(row)),
    windows: [...new Map(trace.windows.map((window) => [`${window.from} ${window.to}`, window])).values()],
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
  const looked: readonly Reason[] = sought.length > 0 ? [{ part: '', within: undefined, holds: false, chosen: false, values: sought, records: [] }] : []
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
      return { ...step, isStated: award?.kind !== 'flat' || award.amount.op === 'number' }
    case 'rate':
    case 'stepped':
    case 'live':
    case 'unknown':
      return step
  }
}

function eachReceipt(place: Place, { list, body, same }: AwardOf<'each'>, step: Extract<Step, { kind: 'each' }>): ReceiptStep {
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
  const cut = same?.cap ? cutByKey(place, step, fields, { key: same.key, cap: same.cap }) : []
  return { ...step, records, cut, left: left.map((record) => listedReceipt(place, record)) }
}

/** Records with one key that together come to more than their cap. */
function cutByKey(
  place: Place,
  step: Extract<Step, { kind: 'each' }>,
  fields: ReturnType<typeof fieldsOf>,
  same: { readonly key: Expression; readonly cap: Expression },
) {
  const { person } = place
  const limit = evaluate(person, same.cap)
  if (limit.kind !== 'number') return []
  const sums = new Map<string, { readonly key: Both; readonly inside: Exact }>()
  for (const { record, figure } of step.records) {
    const key = evaluate(withRecord(person, record, fields), same.key)
    if (key.kind === 'unknown' || key.kind === 'records') continue
    const shown = showField(key, undefined, person.policy.units)
    sums.set(shown.zh, { key: shown, inside: add(sums.get(shown.zh)?.inside ?? zero, figure.proven) })
  }
  const cap = limit.value
  return [...sums.values()]
    .filter(({ inside }) => compare(inside, cap) > 0)
    .map(({ key, inside }) => ({ key, inside: formatDecimal(inside), points: formatDecimal(cap) }))
}

function listedReceipt(place: Place, { shown, left }: AskedRecord): ListedRecord {
  if (left?.kind !== 'condition') return { shown, left: left ?? null }
  return { shown, left: { kind: 'condition', reasons: left.reasons.map((reason) => reasonReceipt(place, reason)) } }
}
