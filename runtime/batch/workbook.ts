// Excel workbooks: the first sheet as rows of text, and a table as a workbook. Identity numbers stay texts and points are numbers;
// a text is written as a text, so that nothing in it is taken for a formula.

import { readFile, writeFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/node'
import writeSheet from 'write-excel-file/node'
import { plainName } from '../exact/text.ts'
import type { Problem } from '../problems.ts'
import type { PersonRow } from './people.ts'

export interface Workbook {
  /** `undefined` for an empty sheet. */
  readonly header: readonly string[] | undefined
  readonly rows: readonly PersonRow[]
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

/** @throws an error of the library when the file is no workbook, of the file system when it cannot be read */
export async function readWorkbook(path: string): Promise<Workbook> {
  const cells = (await readSheet<NumberCell>(path, { trim: false, parseNumber: (digits) => new NumberCell(digits) })) as readonly (readonly Cell[])[]
  const failed = failedCells(await readFile(path))
  const [first, ...rest] = cells
  if (!first || first.every((cell) => cell === null)) return { header: undefined, rows: [] }
  const used = first.map((cell, i) => cell !== null || rest.some((row) => row[i] !== null))
  const header = first.map((cell, i) => (cell === null ? `(${letters(i)})` : plainName(textOf(cell))))
  const rows = rest.flatMap((row, i) =>
    row.every((cell) => cell === null) && !failed.has(i + 2) ? [] : [personRow(header, row, i + 2, failed.get(i + 2) ?? [])],
  )
  return { header: header.filter((_, i) => used[i]), rows }
}

interface Failed {
  readonly column: number
  readonly error: string
}

/** Formulas of the first sheet that failed, by row: the library takes them for empty cells, and a default would stand for them. */
function failedCells(bytes: Uint8Array): ReadonlyMap<number, readonly Failed[]> {
  const files = unzipSync(bytes, { filter: ({ name }) => /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/.test(name) })
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  const [, id] = /<(?:\w+:)?sheet\b[^>]*\b\w+:id="([^"]+)"/.exec(text('xl/workbook.xml')) ?? []
  const relation = [...text('xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)].find(([tag]) => tag.includes(`Id="${id}"`))?.[0]
  const [, target = ''] = /\bTarget="([^"]+)"/.exec(relation ?? '') ?? []
  const found = new Map<number, Failed[]>()
  for (const [tag, error = ''] of text(target.startsWith('/') ? target.slice(1) : `xl/${target}`).matchAll(failedCell)) {
    const [, column = '', row = ''] = /\br="([A-Z]+)(\d+)"/.exec(tag) ?? []
    found.set(Number(row), [...(found.get(Number(row)) ?? []), { column: numberOf(column), error }])
  }
  return found
}

const failedCell = /<(?:\w+:)?c\b[^>]*\bt="e"[^>]*>(?:<(?:\w+:)?f\b[^>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>))?<(?:\w+:)?v>([^<]*)</g

function personRow(header: readonly string[], cells: readonly Cell[], row: number, failed: readonly Failed[]): PersonRow {
  const written: Record<string, string> = Object.create(null)
  const [first] = failed
  let problem: Problem | undefined = first && { code: 'formula-failed', column: header[first.column] ?? '', value: first.error, data: {} }
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

/** The column under some letters, from 0. */
const numberOf = (name: string): number => [...name].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** The letters over a column, from 0. */
const letters = (column: number): string => (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

// ---- writing -----------------------------------------------------------------------------------------------------------

export interface WorkbookColumn {
  readonly name: string
  readonly isNumber: boolean
}

/** What XML cannot hold, and what would be taken for its stand-in, as workbooks write them. */
function escaped(text: string): string {
  const standIn = (char: string) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, standIn).replace(/[^\P{Cc}\t\n]/gu, standIn)
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
  await writeFile(path, await writeSheet([header, ...body], { columns: widths, stickyRowsCount: 1 }).toBuffer())
}
