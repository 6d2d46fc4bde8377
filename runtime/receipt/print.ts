// The receipt drawn: its lines in words, once, and these as text for terminals and as a page for print.

import type { Policy } from '../ir/schema.ts'
import type { SourceNote } from '../outcome.ts'
import type { Language } from '../problems.ts'
import { noteName } from '../state-names.ts'
import type {
  FigureText,
  ListedRecord,
  Receipt,
  ReceiptDefinition,
  ReceiptItem,
  ReceiptLeftOut,
  ReceiptRecord,
  ReceiptRow,
  ReceiptState,
  ReceiptStep,
} from './document.ts'
import { opensAtFirstDay, printSteps, saysResult, totalName, valuesText } from './steps.ts'
import { passedOver, words } from './words.ts'

/** One line of a receipt, in words. */
export interface Line {
  /** What it tells of, by which a page may set it; a gap has no text. */
  readonly kind: 'policy' | 'about' | 'state' | 'total' | 'item' | 'row' | 'inside' | 'heading' | 'note' | 'version' | 'gap'
  /** How deep it stands in what it belongs to. */
  readonly depth: number
  readonly text: string
}

/** What every part is written with. */
interface Sheet {
  readonly lines: Line[]
  readonly w: (typeof words)[Language]
  readonly language: Language
  readonly units: Policy['units']
  /** Also rows that do not hold. */
  readonly all: boolean
}

interface Shown {
  /** Also rows that do not hold. */
  readonly all?: boolean
}

/** The receipt in words, line by line. */
export function receiptLines(document: Receipt, { units }: Pick<Policy, 'units'>, language: Language, { all = false }: Shown = {}): readonly Line[] {
  const sheet: Sheet = { lines: [], w: words[language], language, units, all }
  printHead(sheet, document)
  for (const state of document.states) printState(sheet, state)
  for (const total of document.totals) printTotal(sheet, document, total)
  sheet.lines.push(gap)
  for (const item of document.items) printItem(sheet, item, 0)
  printNotes(sheet, document)
  return sheet.lines
}

/** As text: what is deeper stands further in. */
export function printReceipt(document: Receipt, policy: Pick<Policy, 'units'>, language: Language, shown: Shown = {}): string {
  const lines = receiptLines(document, policy, language, shown)
  return lines.map(({ depth, text }) => `${'  '.repeat(depth)}${text}\n`).join('')
}

const gap: Line = { kind: 'gap', depth: 0, text: '' }

/** Why a state holds, in words that are true of the person: what was asked and is not so, or what is so, with values and records. */
export function stateText({ state, name, rule, open, reasons }: ReceiptState, language: Language): string {
  const w = words[language]
  if (open || reasons.length === 0) return rule[language]
  const told = reasons.map(({ part, holds, values, records }) => {
    const text = part[language]
    const said = text === '' ? [] : [holds ? text : state === 'not_applicable' ? w.asks(text) : w.holdsNot(text)]
    return [...said, ...(values.length > 0 ? [valuesText(values, language)] : []), ...records.map((record) => record[language])].join(w.comma)
  })
  // A bar from a day of a record has no condition: its rule says it all.
  const head = reasons.every(({ part }) => part[language] === '') ? rule[language] : name[language]
  return `${head}${w.colon}${told.join(w.semicolon)}`
}

/** What a definition came to. */
export const definitionText = ({ name, value }: ReceiptDefinition, language: Language): string =>
  `${name}${words[language].colon}${value?.[language] ?? words[language].unknown}`

// ---- small texts -------------------------------------------------------------------------------------------------------

const marks: Readonly<Record<ReceiptRow['status'], string>> = { matched: '✓', 'not-matched': '·', awaiting: '?', 'not-counted': '○', absent: '–' }

/** So much of a hash tells versions apart on paper. */
const shownHash = 12

/** With the minus of print. */
const signed = (figure: string): string => figure.replace(/^-/u, '−')

const aside = ({ w }: Sheet, text: string): string => w.aside(text)

/** Bounds of what is open. */
const bounds = ({ w }: Sheet, { possible }: FigureText): string => (possible ? w.aside(w.between(signed(possible.lowest), signed(possible.highest))) : '')

function limits({ w }: Sheet, limited: 'max' | 'min' | null, inside: string, reached: string): string {
  if (limited === null) return ''
  return `   ${limited === 'max' ? w.capped(signed(inside), reached) : w.floored(signed(inside), reached)}`
}

function sourced({ w }: Sheet, { cites, auditedBy = [] }: { readonly cites: readonly string[]; readonly auditedBy?: readonly string[] }): string {
  const cited = cites.length > 0 ? `   ${w.cites} ${cites.join(w.list)}` : ''
  return auditedBy.length > 0 ? `${cited}   ${w.auditedBy} ${auditedBy.join(w.list)}` : cited
}

// ---- head, states and totals -------------------------------------------------------------------------------------------

function printHead(sheet: Sheet, document: Receipt): void {
  const { lines, w, language } = sheet
  const { name, number } = document.policy
  const about = (text: string) => lines.push({ kind: 'about', depth: 0, text })
  lines.push({ kind: 'policy', depth: 0, text: `${name}${number === null ? '' : aside(sheet, number)}` })
  if (document.key !== null) about(`${w.key}${w.colon}${document.key}`)
  for (const [day, date] of Object.entries(document.dates)) about(`${day}${w.colon}${date}`)
  if (document.scenario !== null) about(`${w.scenario}${w.colon}${document.scenario}`)
  const until = document.until === null ? '' : ` ${w.until(document.until)}`
  about(`${w.state}${w.colon}${document.stateName[language]}${until}${document.trial ? aside(sheet, w.trial) : ''}`)
  if (!document.outOfForce) return
  const { policy, number: ofNumber, day, from, to } = document.outOfForce
  lines.push({ kind: 'state', depth: 1, text: `! ${w.outOfForce(`“${policy}”${ofNumber === undefined ? '' : aside(sheet, ofNumber)}`, day, from, to)}` })
}

function printState(sheet: Sheet, state: ReceiptState): void {
  const { lines, w, language } = sheet
  const waits = state.open ? `   ${w.mayHold}   ${w.awaiting}${w.colon}${state.awaiting.join(w.list)}` : ''
  const until = state.until === null ? '' : `   ${w.until(state.until)}`
  const byDefault = defaultsText([state], language)
  const defaults = byDefault === '' ? '' : `   ${byDefault}`
  lines.push({ kind: 'state', depth: 1, text: `${state.open ? '?' : '!'} ${stateText(state, language)}${until}${defaults}${waits}${sourced(sheet, state)}` })
}

function printTotal(sheet: Sheet, document: Receipt, { name, points, inside, formula, working, limited, unsourced, cites }: Receipt['totals'][number]): void {
  const { lines, w, language } = sheet
  const stopped = !['valid', 'undecided', 'not_in_force'].includes(document.state)
  const counts = stopped ? aside(sheet, w.notCounting(document.stateName[language], document.state === 'cleared')) : ''
  const figure = `${signed(points.proven)}${w.points}${bounds(sheet, points)}${unsourced ? aside(sheet, w.restsOn) : ''}${counts}`
  const text = `${totalName(name, language)}${w.colon}${figure} = ${formula[language]}${working === null ? '' : ` = ${working}`}${limits(sheet, limited, inside.proven, points.proven)}${sourced(sheet, { cites })}`
  lines.push({ kind: 'total', depth: 0, text })
}

// ---- items and rows ----------------------------------------------------------------------------------------------------

function printItem(sheet: Sheet, item: ReceiptItem, depth: number): void {
  const { lines, w, language } = sheet
  const tell = (text: string) => lines.push({ kind: 'item', depth, text })
  if (item.absent) {
    tell(`${item.name}   ${w.absent}`)
    return
  }
  const points = `${item.deducts && item.points.proven !== '0' ? '−' : ''}${signed(item.points.proven)}${item.unsourced ? aside(sheet, w.isUnsourced) : ''}`
  const max = item.max === null ? '' : ` / ${w.max} ${item.max}`
  const limited = limits(sheet, item.limited, item.inside.proven, item.points.proven)
  const passed = item.counted ? '' : `   ${w.notCountedItem}`
  tell(`${item.name} ${points}${max}${bounds(sheet, item.points)}${limited}${passed}${sourced(sheet, item)}`)
  for (const definition of item.definitions) lines.push({ kind: 'inside', depth: depth + 1, text: w.within(definitionText(definition, language)) })
  printRows(sheet, item.rows, depth + 1)
  for (const child of item.children) printItem(sheet, child, depth + 1)
}

function printRows(sheet: Sheet, rows: readonly ReceiptRow[], depth: number): void {
  for (const row of shownRows(sheet, rows)) printRow(sheet, row, depth, rows)
  const reason = sheet.all ? '' : noneHolds(rows, sheet.language)
  if (reason !== '') sheet.lines.push({ kind: 'row', depth, text: `${marks['not-matched']} ${reason}` })
}

/** What decided: rows that hold or may; where none is there today, each with its days. */
export const shownRows = ({ all }: { readonly all: boolean }, rows: readonly ReceiptRow[]): readonly ReceiptRow[] =>
  rows.filter(({ status }) => all || !passes(status) || rows.every((row) => row.status === 'absent'))

const passes = (status: ReceiptRow['status']): boolean => status === 'not-matched' || status === 'absent'

/** Why an indicator gives nothing: that no row of it holds, with what they looked at. Empty where one holds or may. */
export function noneHolds(rows: readonly ReceiptRow[], language: Language): string {
  const looked = rows.filter(({ status }) => status === 'not-matched')
  if (looked.length === 0 || rows.some(({ status }) => !passes(status))) return ''
  const [told, byDefault] = [lookedAt(looked, words[language].noneHolds, language), defaultsText(looked, language)]
  return byDefault === '' ? told : `${told}${words[language].semicolon}${byDefault}`
}

function lookedAt(rows: readonly ReceiptRow[], said: string, language: Language): string {
  const values = new Map(rows.flatMap(({ reasons }) => reasons.flatMap((reason) => reason.values)).map((one) => [`${one.name} ${one.value.en}`, one]))
  const named = [...values.values()].filter(({ name }) => name !== '')
  return named.length === 0 ? said : `${said}${words[language].colon}${valuesText(named, language)}`
}

function printRow(sheet: Sheet, row: ReceiptRow, depth: number, among: readonly ReceiptRow[]): void {
  const { lines, w, language } = sheet
  const passed = row.status === 'absent' ? absenceText(row, language) : row.because === null ? '' : passedOver[row.because][language]
  const waits = row.status === 'awaiting' ? `   ${w.awaiting}${w.colon}${row.awaiting.join(w.list)}${bounds(sheet, row.points)}` : ''
  const windows = row.windows.map((window) => aside(sheet, opensAtFirstDay(window) ? w.upTo(window.to) : w.window(window.from, window.to))).join('')
  const reason = reasonsText(row, among, language)
  const told = reason === '' ? '' : `   ${reason}`
  const byDefault = defaultsText([row], language)
  const defaults = byDefault === '' ? '' : `   ${byDefault}`
  const text = `${markOf(row)} ${row.rule[language]}${windows}${told}${workingOfRow(sheet, row)}${defaults}${passed === '' ? '' : `   ${passed}`}${waits}${sourced(sheet, row)}`
  lines.push({ kind: 'row', depth, text })
  for (const { name, records } of row.lists) {
    if (row.lists.length > 1 && records.length > 0) lines.push({ kind: 'inside', depth: depth + 1, text: `${name}${w.colon.trimEnd()}` })
    printListed(sheet, records, depth + 1)
  }
  for (const step of row.steps) printInside(sheet, step, depth + 1)
}

/** Why a row is not there. */
export function absenceText({ presence }: ReceiptRow, language: Language): string {
  const w = words[language]
  return presence.onlyFor ? w.onlyFor(presence.onlyFor.join(w.list)) : w.notInForce(presence.inForce?.from, presence.inForce?.to)
}

/** Why a row holds or does not, where its rule alone does not say so: values of numbers and days, and what stands behind a definition. */
export function reasonsText(row: ReceiptRow, among: readonly ReceiptRow[], language: Language): string {
  const { guard, status, reasons } = row
  const w = words[language]
  if (guard === 'otherwise' && status === 'matched') {
    const before = among.slice(0, among.indexOf(row)).filter((one) => one.status === 'not-matched')
    return before.length === 0 ? '' : lookedAt(before, w.noneBefore, language)
  }
  // What a definition came to is said by what decided it.
  const explained = new Set(reasons.map(({ within }) => within))
  const told = reasons.flatMap(({ part, within, holds, chosen, values: all }) => {
    const text = part[language]
    const values = all.filter(({ name }) => within !== null || !explained.has(name))
    const telling = status === 'not-matched' || status === 'not-counted' ? values : values.filter(({ kind }) => kind === 'number' || kind === 'date')
    const value = valuesText(telling, language)
    // What holds is said by the rule; a part that fails, or one that stands in a definition, is named.
    const isSaid = text === '' || (within === null && status !== 'not-matched' && !chosen)
    const said = isSaid ? '' : `${within === null ? '' : `${within}${w.colon}`}${holds ? w.holds(text) : w.holdsNot(text)}`
    const both = [said, value].filter((one) => one !== '')
    return both.length === 0 ? [] : [both.join(w.comma)]
  })
  return [...new Set(told)].join(w.semicolon)
}

/** What a row or a rule asks that nobody wrote. */
export function defaultsText(asking: readonly Pick<ReceiptRow, 'defaulted'>[], language: Language): string {
  const w = words[language]
  const defaulted = [...new Map(asking.flatMap((one) => one.defaulted).map((one) => [one.fact, one])).values()]
  return defaulted.length === 0 ? '' : `${w.defaulted}${w.colon}${defaulted.map(({ fact, value }) => w.defaultOf(fact, value)).join(w.list)}`
}

/** So many records of a list are told unless all are asked for. */
const mostListed = 6

/** The records of a list: those that are taken, and why others are not. */
function printListed(sheet: Sheet, records: readonly ListedRecord[], depth: number): void {
  const { lines, w, language, all } = sheet
  for (const { shown, left } of all ? records : records.slice(0, mostListed))
    lines.push({ kind: 'inside', depth, text: `${left ? '○' : '•'} ${shown[language]}${left ? `   ${leftOutText(left, language)}` : ''}` })
  if (!all && records.length > mostListed) lines.push({ kind: 'inside', depth, text: `… ${w.records(records.length)}` })
}

/** What a record of a list is left out by. */
export function leftOutText(left: ReceiptLeftOut, language: Language): string {
  const w = words[language]
  switch (left.kind) {
    case 'window':
      return opensAtFirstDay(left) ? w.before(left.to) : w.outside(left.from, left.to)
    case 'condition': {
      const parts = left.reasons.map(({ part, values }) => [w.asks(part[language]), valuesText(values, language)].filter((text) => text !== '').join(w.comma))
      return `${w.notAsked}${parts.join(w.semicolon)}`
    }
    case 'days-taken-out':
      return w.daysTakenOut
    case 'interrupted':
      return w.interrupted
  }
}

/** A row over a list without records, or around rows of which none holds, is there and gives nothing. */
export function markOf({ status, steps }: ReceiptRow): string {
  return marks[status === 'matched' && steps.length > 0 && steps.every(isEmpty) ? 'not-matched' : status]
}

const isEmpty = (step: ReceiptStep): boolean =>
  (step.kind === 'each' && step.records.length === 0) || (step.kind === 'block' && step.rows.every(({ status }) => passes(status)))

function workingOfRow(sheet: Sheet, row: ReceiptRow): string {
  const { w, units, language } = sheet
  const working = printSteps(row.steps, units, language)
  const isOpen = row.status === 'awaiting'
  const isTold = row.steps.some(({ kind }) => kind === 'live' || kind === 'unknown')
  const isSaid = isTold || saysResult(working, row.inside.proven, language)
  const cut = row.limited === null ? '' : ` → ${row.points.proven}${aside(sheet, row.limited === 'max' ? w.max : w.min)}`
  // Of a row that may not hold nothing is worked out yet.
  if (isOpen && row.points.proven === '0') return ''
  const gives = cut !== '' || isOpen
  const isSum = row.steps.some((step) => step.kind === 'each' && step.records.filter(({ counted }) => counted).length > 1)
  if (working === '') return gives ? `   ${row.inside.proven}${cut}` : isSum ? `   ${w.inAll(signed(row.inside.proven))}` : ''
  return `   ${working}${isSaid ? '' : ` = ${signed(row.inside.proven)}`}${cut}`
}

/** Rows of a block, records of a list, grants that lapse. */
function printInside(sheet: Sheet, step: ReceiptStep, depth: number): void {
  const { lines, w } = sheet
  const tell = (text: string) => lines.push({ kind: 'inside', depth, text })
  switch (step.kind) {
    case 'block':
      printRows(sheet, step.rows, depth)
      return
    case 'each':
      printEach(sheet, step, depth)
      return
    case 'live':
      for (const { points, from, to, left, alive } of step.grants)
        tell(`${alive ? '•' : '○'} ${w.window(from, to)}${w.colon}${w.left(points, left)}${alive ? '' : `   ${from > step.on ? w.notYet : w.lapsed}`}`)
      return
    case 'flat':
    case 'table':
    case 'rate':
    case 'stepped':
    case 'unknown':
      return
  }
}

/** The records of 对每条, with what each came to, and those that its list left out. */
function printEach(sheet: Sheet, step: Extract<ReceiptStep, { kind: 'each' }>, depth: number): void {
  const { lines, w, language } = sheet
  const tell = (text: string) => lines.push({ kind: 'inside', depth, text })
  if (step.records.length === 0) tell(w.noRecords)
  for (const record of step.records) {
    const definitions = record.definitions.map(({ name, value }) => `${name} ${value?.[language] ?? w.unknown}`)
    const shown = [record.shown[language], ...definitions].join(w.comma)
    tell(
      `${record.counted ? '•' : '○'} ${shown}${w.colon}${workingOfRecord(sheet, record)}${bounds(sheet, record.points)}${record.counted ? '' : `   ${w.notCountedRecord(step.takes)}`}`,
    )
    // Which of the rows about a record it was.
    for (const inner of record.rows.flatMap(({ steps }) => steps)) if (inner.kind === 'block') printRows(sheet, inner.rows, depth + 1)
  }
  for (const { key, inside, points } of step.cut) tell(`→ ${w.withinKey(key[language], inside, points)}`)
  printListed(sheet, step.left, depth)
}

/** How the points of one record came about, and what they are. */
function workingOfRecord({ units, language }: Sheet, { rows, points }: Pick<ReceiptRecord, 'rows' | 'points'>): string {
  const working = printSteps(
    rows.flatMap(({ steps }) => steps),
    units,
    language,
  )
  if (working === '') return points.proven
  return saysResult(working, points.proven, language) ? working : `${working} = ${points.proven}`
}

// ---- what it rests on --------------------------------------------------------------------------------------------------

function printNotes(sheet: Sheet, document: Receipt): void {
  const { lines, w, language } = sheet
  const { definitions, awaiting, defaulted, unsourced, readings } = document
  const named = (note: SourceNote): string => {
    const name = noteName(note, language)
    return name === '' ? '' : `${name}${w.colon}`
  }
  const cited = (cites: string | null): string => (cites === null ? '' : aside(sheet, cites))
  const heading = (text: string) => lines.push(gap, { kind: 'heading', depth: 0, text: `${text}${w.colon.trimEnd()}` })
  const list = (name: string, notes: readonly string[]) => {
    if (notes.length > 0) heading(name)
    for (const text of notes) lines.push({ kind: 'note', depth: 1, text })
  }
  const line = (name: string, told: readonly string[]) => {
    if (told.length > 0) lines.push(gap, { kind: 'note', depth: 0, text: `${name}${w.colon}${told.join(w.list)}` })
  }
  if (definitions.length > 0) heading(w.definitions)
  for (const definition of definitions) {
    lines.push({ kind: 'note', depth: 1, text: definitionText(definition, language) })
    for (const record of sheet.all ? definition.records : []) lines.push({ kind: 'note', depth: 2, text: `• ${record[language]}` })
  }
  line(w.awaiting, awaiting)
  line(
    w.defaulted,
    defaulted.map(({ fact, value }) => `${fact}${aside(sheet, w.asDefault(value))}`),
  )
  list(
    w.unsourced,
    unsourced.map((note) => `${named(note)}${note.reason}`),
  )
  list(
    w.readings,
    readings.map((note) => `${named(note)}${note.text}${cited(note.cites)}`),
  )
  const { policyHash, artifactHash } = document.policy
  lines.push(gap, { kind: 'version', depth: 0, text: w.version(policyHash.slice(0, shownHash), artifactHash.slice(0, shownHash)) })
}
