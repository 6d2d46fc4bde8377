// Excel workbooks: the first sheet as rows of text, and a table as a workbook. Identity numbers stay texts and points are numbers;
// a text is written as a text, so that nothing in it is taken for a formula.

import { readFile, writeFile } from 'node:fs/promises'
import { readSheet } from 'read-excel-file/node'
import writeSheet from 'write-excel-file/node'
import { plainName } from '../exact/text.ts'
import type { Problem } from '../problems.ts'
import type { PersonRow } from './people.ts'
import { columnsOfSheet, type Merge, type SheetMarks, sheetMarks } from './sheet-marks.ts'

export interface Workbook {
  /** `undefined` for an empty sheet. */
  readonly header: readonly string[] | undefined
  readonly rows: readonly PersonRow[]
  /** What is hidden and counts. */
  readonly notices: readonly Problem[]
}

/** What a spreadsheet can hold, and what is held in memory to write one. */
const [mostRows, mostCells] = [1_048_576, 8_000_000]

/** Why a table of so many rows under its header cannot be a workbook. */
export function workbookProblem(rows: number, columns: number): Problem | undefined {
  const most = Math.min(mostRows - 1, Math.floor(mostCells / columns))
  return rows > most ? { code: 'too-long-for-workbook', column: '', value: '', data: { rows: String(rows), most: String(most) } } : undefined
}

// ---- reading -----------------------------------------------------------------------------------------------------------

/** A number as the file has it: a double in decimal digits, perhaps more of them than a spreadsheet shows. */
class NumberCell {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
}

type Cell = string | boolean | Date | NumberCell | null

/** @throws WorkbookTooLarge, an error of the library when the file is no workbook, of the file system when it cannot be read */
export async function readWorkbook(path: string): Promise<Workbook> {
  const bytes = await readFile(path)
  if (isCompound(bytes)) throw new OldOrLocked()
  const marks = sheetMarks(bytes)
  const cells = (await readSheet<NumberCell>(bytes, { trim: false, parseNumber: (digits) => new NumberCell(digits) })) as readonly (readonly Cell[])[]
  const [first, ...rest] = fillMerges(cells, marks.merges)
  if (!first || first.every((cell) => cell === null)) return { header: undefined, rows: [], notices: [] }
  const used = first.map((cell, i) => cell !== null || rest.some((row) => row[i] !== null))
  const header = first.map((cell, i) => (cell === null ? `(${letters(i)})` : plainName(textOf(cell))))
  const doubtful = doubtfulCells(cells, marks, header)
  // The library leaves out what ends a sheet without a value; what cannot be read there is no less somebody's.
  const last = [...doubtful.keys()].reduce((most, row) => Math.max(most, row), cells.length)
  const below = Array.from({ length: last - 1 }, (_, i) => rest[i] ?? [])
  const rows = below.flatMap((row, i) =>
    row.every((cell) => cell === null) && !doubtful.has(i + 2) ? [] : [personRow(header, row, i + 2, doubtful.get(i + 2))],
  )
  return { header: header.filter((_, i) => used[i]), rows, notices: hiddenParts(marks, header, rows) }
}

/** An old .xls, or a workbook under a password: both lie in a compound file. */
export class OldOrLocked extends Error {}
const isCompound = (bytes: Uint8Array): boolean => [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte)

/** What stands in the first cell of a merge holds for each of its rows that has anything else. */
function fillMerges(cells: readonly (readonly Cell[])[], merges: readonly Merge[]): readonly (readonly Cell[])[] {
  const filled = cells.map((row) => [...row])
  for (const { rows, columns } of merges) {
    const [top, bottom] = rows
    const value = cells[top - 1]?.[columns[0]] ?? null
    if (columns[0] !== columns[1] || value === null) continue
    for (let row = top; row < Math.min(bottom, cells.length); row += 1)
      if (cells[row]?.some((cell) => cell !== null)) (filled[row] as Cell[])[columns[0]] = value
  }
  return filled
}

/** By row, the first cell that is neither a value nor empty, or of which it is not certain for which columns it holds. */
function doubtfulCells(cells: readonly (readonly Cell[])[], marks: SheetMarks, header: readonly string[]): ReadonlyMap<number, Problem> {
  const found = new Map<number, Problem>()
  const tell = (row: number, column: number, code: 'formula-failed' | 'formula-without-value' | 'cell-unreadable' | 'merged-columns', value: string) => {
    if (row > 1 && !found.has(row)) found.set(row, { code, column: header[column] ?? `(${letters(column)})`, value, data: {} })
  }
  const codes = { failed: 'formula-failed', formula: 'formula-without-value' } as const
  for (const { row, column, what, text } of marks.cells) tell(row, column, codes[what], text)
  marks.values.places.forEach((place, i) => {
    const [row, column] = [Math.floor(place / columnsOfSheet), place % columnsOfSheet]
    if ((cells[row - 1]?.[column] ?? null) !== null) return
    const shared = marks.values.shared[i] ?? -1
    if (shared < 0 || !marks.isEmptyText(shared)) tell(row, column, 'cell-unreadable', '')
  })
  for (const { rows, columns } of marks.merges)
    if (columns[0] !== columns[1])
      for (let row = rows[0]; row <= Math.min(rows[1], cells.length); row += 1) {
        if (cells[row - 1]?.some((cell) => cell !== null)) tell(row, columns[0], 'merged-columns', `${letters(columns[0])}–${letters(columns[1])}`)
      }
  return found
}

/** Rows, columns and a sheet that an officer does not see and that count all the same. */
function hiddenParts({ hiddenRows, hiddenColumns, hiddenSheet }: SheetMarks, header: readonly string[], rows: readonly PersonRow[]): readonly Problem[] {
  const unseen = rows.filter(({ row }) => hiddenRows.has(row)).map(({ row }) => row)
  const columns = header.filter((_, i) => hiddenColumns.some(([first, last]) => first <= i && i <= last))
  const notice = (code: 'hidden-sheet' | 'hidden-columns' | 'hidden-rows', value: string, count: number): readonly Problem[] =>
    value === '' ? [] : [{ code, column: '', value, data: { count: String(count) } }]
  return [
    ...notice('hidden-sheet', hiddenSheet ?? '', 1),
    ...notice('hidden-columns', columns.join('、'), columns.length),
    ...notice('hidden-rows', `${unseen.slice(0, 5).join('、')}${unseen.length > 5 ? '…' : ''}`, unseen.length),
  ]
}

function personRow(header: readonly string[], cells: readonly Cell[], row: number, doubtful: Problem | undefined): PersonRow {
  const written: Record<string, string> = Object.create(null)
  let problem = doubtful
  header.forEach((name, i) => {
    const cell = cells[i] ?? null
    written[name] = cell === null ? '' : textOf(cell)
    const code = cell instanceof NumberCell && lostDigits(cell) ? 'digits-lost' : cell instanceof Date && cell < firstSureDay ? 'day-in-doubt' : undefined
    if (code) problem ??= { code, column: name, value: written[name], data: {} }
  })
  return { row, written, problem }
}

/** The written form of a value. */
function textOf(cell: Exclude<Cell, null>): string {
  if (typeof cell === 'string') return cell
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  if (cell instanceof Date) return dayText(cell)
  return numberText(cell)
}

/** Spreadsheets do not agree on the days before: one of them counts a 29 February 1900. */
const firstSureDay = new Date(Date.UTC(1900, 2, 1))

/** Whole numbers of more than fifteen digits, such as identity numbers, are cut when they are typed as numbers. */
function lostDigits({ digits }: NumberCell): boolean {
  const value = Math.abs(Number(digits))
  return value >= 1e15 || (value >= 1e14 && !Number.isInteger(value))
}

/** Fifteen digits, as a spreadsheet shows them: 1.1 + 0.1 stands in the file as 1.2000000000000002. */
function numberText({ digits }: NumberCell): string {
  const value = Number(digits)
  if (Number.isNaN(value) || Math.abs(value) >= 1e15) return digits
  const shown = String(Number(value.toPrecision(15)))
  const [, sign = '', first = '', rest = '', exponent = ''] = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(shown) ?? []
  return exponent === '' ? shown : `${sign}0.${'0'.repeat(Number(exponent) - 1)}${first}${rest}`
}

function dayText(date: Date): string {
  const [day = '', time = ''] = date.toISOString().split('T')
  return time.startsWith('00:00:00') ? day : `${day} ${time.slice(0, 8)}`
}

/** The letters over a column, from 0. */
const letters = (column: number): string => (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

// ---- writing -----------------------------------------------------------------------------------------------------------

export interface WorkbookColumn {
  readonly name: string
  readonly isNumber: boolean
}

/** What XML cannot hold, and what would be taken for its stand-in, as workbooks write them. */
function escaped(text: string): string {
  const standIn = (char: string) => char.replace(/[\s\S]/g, (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, standIn).replace(/[^\P{Cc}\t\n]|\ufffd|\p{Noncharacter_Code_Point}/gu, standIn)
}

/** A sheet keeps fifteen digits of a number; one of more stands in it as text. */
const isExact = (written: string): boolean => written.replace(/^-?0*\.?0*|\./g, '').length <= 15

/** @param rows texts, empty or `null` where there is nothing */
export async function writeWorkbook(path: string, columns: readonly WorkbookColumn[], rows: readonly (readonly unknown[])[]): Promise<void> {
  const header = columns.map(({ name }) => ({ value: name, type: String, fontWeight: 'bold' as const }))
  const body = rows.map((row) =>
    row.map((value, i) => {
      if (value === null || value === '') return null
      return columns[i]?.isNumber === true && isExact(String(value)) ? { value: Number(value), type: Number } : { value: escaped(String(value)), type: String }
    }),
  )
  const widths = columns.map(({ name }) => ({ width: Math.max(10, [...name].length * 2 + 2) }))
  await writeFile(path, timeless(await writeSheet([header, ...body], { columns: widths, stickyRowsCount: 1 }).toBuffer()))
}

/** The first day that the parts of an archive can have, as they write it. */
const firstDay = 0x21

/** The same rows give the same bytes: the library stamps each part of the archive with the time of writing. */
function timeless(archive: Buffer): Buffer {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  const parts = archive.readUInt16LE(end + 10)
  let at = archive.readUInt32LE(end + 16)
  for (let part = 0; part < parts; part += 1) {
    for (const stamp of [at + 12, archive.readUInt32LE(at + 42) + 10]) {
      archive.writeUInt16LE(0, stamp)
      archive.writeUInt16LE(firstDay, stamp + 2)
    }
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return archive
}
