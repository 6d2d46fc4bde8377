// The receipt drawn: its lines in words, once, and these as text for terminals and as a page for print.

import { compare, decimal } from '../exact/number.ts'
import type { Policy } from '../ir/schema.ts'
import type { RowTrace, SourceNote } from '../outcome.ts'
import type { Language } from '../problems.ts'
import { noteName } from '../state-names.ts'
import type { FigureText, Receipt, ReceiptItem, ReceiptRow, ReceiptState, ReceiptStep } from './receipt.ts'
import { opensAtFirstDay, printSteps, saysResult } from './steps.ts'
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
  for (const item of document.items) printItem(sheet, item, 0, null)
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
    return [...said, ...values.map((one) => `${one.name}${w.colon}${one.value}`), ...records].join(w.comma)
  })
  // A bar from a day of a record has no condition: its rule says it all.
  const head = reasons.every(({ part }) => part[language] === '') ? rule[language] : name[language]
  return `${head}${w.colon}${told.join(w.semicolon)}`
}

// ---- small texts -------------------------------------------------------------------------------------------------------

const marks: Readonly<Record<RowTrace['status'], string>> = { matched: '✓', 'not-matched': '·', awaiting: '?', 'not-counted': '○' }

/** So much of a hash tells versions apart on paper. */
const shownHash = 12

const lower = (a: string, b: string): string => (compare(decimal(a), decimal(b)) <= 0 ? a : b)

/** With the minus of print. */
const signed = (figure: string): string => figure.replace(/^-/u, '−')

const aside = ({ w }: Sheet, text: string): string => w.aside(text)

/** Bounds of what is open, within a cap above which nothing counts. */
function bounds({ w }: Sheet, { lowest, highest }: FigureText, cap: string | null = null): string {
  return lowest === highest ? '' : w.aside(w.between(lowest, cap === null ? highest : lower(highest, cap)))
}

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
  if (document.key !== null) about(`${w.key}: ${document.key}`)
  for (const [day, date] of Object.entries(document.dates)) about(`${day}: ${date}`)
  if (document.scenario !== null) about(`${w.scenario}: ${document.scenario}`)
  const until = document.until === null ? '' : ` ${w.until(document.until)}`
  about(`${w.state}: ${document.stateName[language]}${until}${document.trial ? aside(sheet, w.trial) : ''}`)
  if (!document.outOfForce) return
  const { policy, day, from, to } = document.outOfForce
  lines.push({ kind: 'state', depth: 1, text: `! ${w.outOfForce(policy, day, from, to)}` })
}

function printState(sheet: Sheet, state: ReceiptState): void {
  const { lines, w, language } = sheet
  const waits = state.open ? `   ${w.mayHold}   ${w.awaiting}: ${state.awaiting.join(w.list)}` : ''
  const until = state.until === null ? '' : `   ${w.until(state.until)}`
  lines.push({ kind: 'state', depth: 1, text: `${state.open ? '?' : '!'} ${stateText(state, language)}${until}${waits}${sourced(sheet, state)}` })
}

function printTotal(sheet: Sheet, document: Receipt, { name, points, inside, formula, limited, unsourced, cites }: Receipt['totals'][number]): void {
  const { lines, w, language } = sheet
  const stopped = !['valid', 'undecided', 'not_in_force'].includes(document.state)
  const counts = stopped ? aside(sheet, w.notCounting(document.stateName[language], document.state === 'cleared')) : ''
  const figure = `${signed(points.proven)}${w.points}${bounds(sheet, points)}${unsourced ? aside(sheet, w.restsOn) : ''}${counts}`
  const text = `${name}: ${figure} = ${formula[language]}${limits(sheet, limited, inside.proven, points.proven)}${sourced(sheet, { cites })}`
  lines.push({ kind: 'total', depth: 0, text })
}

// ---- items and rows ----------------------------------------------------------------------------------------------------

/** @param around the least cap of the groups around it, above which nothing counts */
function printItem(sheet: Sheet, item: ReceiptItem, depth: number, around: string | null): void {
  const { lines, w } = sheet
  const tell = (text: string) => lines.push({ kind: 'item', depth, text })
  if (item.absent) {
    tell(`${item.name}   ${w.absent}`)
    return
  }
  const points = `${item.deducts && item.points.proven !== '0' ? '−' : ''}${signed(item.points.proven)}${item.unsourced ? aside(sheet, w.isUnsourced) : ''}`
  const max = item.max === null ? '' : ` / ${w.max} ${item.max}`
  const limited = limits(sheet, item.limited, item.inside.proven, item.points.proven)
  const passed = item.counted ? '' : `   ${w.notCountedItem}`
  tell(`${item.name} ${points}${max}${bounds(sheet, item.points, around)}${limited}${passed}${sourced(sheet, item)}`)
  const cap = item.max === null || around === null ? (item.max ?? around) : lower(item.max, around)
  for (const row of item.rows) printRow(sheet, row, depth + 1, cap)
  for (const child of item.children) printItem(sheet, child, depth + 1, cap)
}

function printRow(sheet: Sheet, row: ReceiptRow, depth: number, cap: string | null): void {
  if (row.status === 'not-matched' && !sheet.all) return
  const { lines, w, language } = sheet
  const because = row.because === null ? '' : `   ${passedOver[row.because][language]}`
  const waits = row.status === 'awaiting' ? `   ${w.awaiting}: ${row.awaiting.join(w.list)}${bounds(sheet, row.points, cap)}` : ''
  const windows = row.windows.map((window) => aside(sheet, opensAtFirstDay(window) ? w.upTo(window.to) : w.window(window.from, window.to))).join('')
  const text = `${markOf(row)} ${row.rule[language]}${windows}${workingOfRow(sheet, row)}${because}${waits}${sourced(sheet, row)}`
  lines.push({ kind: 'row', depth, text })
  for (const step of row.steps) printInside(sheet, step, depth + 1, cap)
}

/** A row over a list without records holds, and gives nothing. */
function markOf({ status, steps }: ReceiptRow): string {
  const nothing = status === 'matched' && steps.length > 0 && steps.every((step) => step.kind === 'each' && step.records.length === 0)
  return marks[nothing ? 'not-matched' : status]
}

function workingOfRow(sheet: Sheet, row: ReceiptRow): string {
  const { w, units, language } = sheet
  const working = printSteps(row.steps, units, language)
  const isOpen = row.status === 'awaiting'
  const isSaid = isOpen || row.steps.some(({ kind }) => kind === 'live') || saysResult(working, row.inside.proven, language)
  const cut = row.limited === null || isOpen ? '' : ` → ${row.points.proven}${aside(sheet, row.limited === 'max' ? w.max : w.min)}`
  if (working === '') return cut === '' ? '' : `   ${row.inside.proven}${cut}`
  return `   ${working}${isSaid ? '' : ` = ${row.inside.proven}`}${cut}`
}

/** Rows of a block, records of a list, grants that lapse. */
function printInside(sheet: Sheet, step: ReceiptStep, depth: number, cap: string | null): void {
  const { lines, w } = sheet
  const tell = (text: string) => lines.push({ kind: 'inside', depth, text })
  switch (step.kind) {
    case 'block':
      for (const row of step.rows) printRow(sheet, row, depth, cap)
      return
    case 'each':
      if (step.records.length === 0) tell(w.noRecords)
      for (const record of step.records) {
        const points = `${workingOfRecord(sheet, record)}${record.points.proven}${bounds(sheet, record.points, cap)}`
        tell(`${record.counted ? '•' : '○'} ${record.shown}: ${points}${record.counted ? '' : `   ${w.notCountedRecord(step.takes)}`}`)
      }
      return
    case 'live':
      for (const { points, from, to, left, alive } of step.grants)
        tell(`${alive ? '•' : '○'} ${w.window(from, to)}: ${w.left(points, left)}${alive ? '' : `   ${w.lapsed}`}`)
      return
    case 'flat':
    case 'rate':
    case 'stepped':
    case 'unknown':
      return
  }
}

/** How the points of one record came about, with the sign of equality. */
function workingOfRecord({ units, language }: Sheet, { rows }: { readonly rows: readonly ReceiptRow[] }): string {
  const working = printSteps(
    rows.flatMap(({ steps }) => steps),
    units,
    language,
  )
  return working === '' ? '' : saysResult(working, '', language) ? `${working} ` : `${working} = `
}

// ---- what it rests on --------------------------------------------------------------------------------------------------

function printNotes(sheet: Sheet, document: Receipt): void {
  const { lines, w, language } = sheet
  const { definitions, awaiting, defaulted, unsourced, readings } = document
  const named = (note: SourceNote): string => {
    const name = noteName(note, language)
    return name === '' ? '' : `${name}: `
  }
  const cited = (cites: string | null): string => (cites === null ? '' : aside(sheet, cites))
  const list = (heading: string, notes: readonly string[]) => {
    if (notes.length > 0) lines.push(gap, { kind: 'heading', depth: 0, text: `${heading}:` }, ...notes.map((text): Line => ({ kind: 'note', depth: 1, text })))
  }
  const line = (heading: string, told: readonly string[]) => {
    if (told.length > 0) lines.push(gap, { kind: 'note', depth: 0, text: `${heading}: ${told.join(w.list)}` })
  }
  list(
    w.definitions,
    definitions.map(({ name, value }) => `${name}: ${value ?? w.unknown}`),
  )
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
