// What a workbook says beside its values: cells that failed or hold no value, cells that are merged, and what is hidden. The library
// that reads the values takes all of these for empty or for any other cell.

import { strFromU8, unzipSync } from 'fflate'
import { Parser } from 'saxen'

export interface MarkedCell {
  /** From 1. */
  readonly row: number
  /** From 0. */
  readonly column: number
  /** An error, or a formula that was saved without its value. */
  readonly what: 'failed' | 'formula'
  /** As it stands in the file. */
  readonly text: string
}

/** A cell with a value: `row` × 2^14 + `column`, and the number of a shared text, or -1. (A sheet has at most 2^14 columns.) */
export interface ValueCells {
  readonly places: readonly number[]
  readonly shared: readonly number[]
}
export const columnsOfSheet = 2 ** 14

export interface Merge {
  readonly rows: readonly [first: number, last: number]
  readonly columns: readonly [first: number, last: number]
}

export interface SheetMarks {
  readonly cells: readonly MarkedCell[]
  readonly values: ValueCells
  readonly merges: readonly Merge[]
  readonly hiddenRows: ReadonlySet<number>
  readonly hiddenColumns: readonly (readonly [first: number, last: number])[]
  /** The name of the sheet when it is hidden itself. */
  readonly hiddenSheet: string | undefined
  /** Whether a shared text is empty; one that is not there is not. */
  isEmptyText(index: number): boolean
}

/** An archive that would unpack to more than can be meant. */
export class WorkbookTooLarge extends Error {}

/** What is unpacked at most, which one text can hold, and how many times its packed size when it is no small file: sheets shrink ten- to fiftyfold. */
const [mostBytes, mostRatio, small] = [500_000_000, 100, 32_000_000]

/** @throws WorkbookTooLarge; another error when it is no workbook */
export function sheetMarks(bytes: Uint8Array): SheetMarks {
  let unpacked = 0
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      const isPart = /\.(xml|rels)$/i.test(name)
      if (isPart) unpacked += originalSize
      if (unpacked > mostBytes || (unpacked > small && unpacked > mostRatio * bytes.length)) throw new WorkbookTooLarge()
      return isPart
    },
  })
  const part = (name: string): string => strFromU8(files[name] ?? new Uint8Array())
  const { id, name, hidden } = firstSheet(part('xl/workbook.xml'))
  const relations = relationsOf(part('xl/_rels/workbook.xml.rels'))
  const partNamed = (kind: string): string => {
    const target = relations.find(({ Id, Type = '' }) => (kind === 'sheet' ? Id === id : Type.endsWith(`/${kind}`)))?.Target ?? ''
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`
  }
  const sheet = readSheet(part(partNamed('sheet')))
  let texts: readonly string[] | undefined
  const isEmptyText = (index: number): boolean => {
    texts ??= sharedTexts(part(partNamed('sharedStrings')))
    return texts[index] === ''
  }
  return { ...sheet, hiddenSheet: hidden ? name : undefined, isEmptyText }
}

type Attributes = Readonly<Record<string, string>>

interface Handlers {
  /** Attributes are read where they are asked for. */
  readonly open: (name: string, attributes: () => Attributes) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

const plain = (name: string): string => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)

/** Elements and attributes by their names without prefix; CDATA is text. */
function walk(xml: string, { open, close, text }: Handlers): void {
  const parser = new Parser()
  parser.on('openTag', (name, attributes, decode) => {
    open(plain(name), () =>
      Object.fromEntries(Object.entries(attributes() ?? {}).map(([key, value]) => [plain(key), value.includes('&') ? decode(value) : value])),
    )
  })
  parser.on('closeTag', (name) => close?.(plain(name)))
  parser.on('text', (value, decode) => text?.(value.includes('&') ? decode(value) : value))
  parser.on('cdata', (value) => text?.(value))
  parser.on('error', (error) => {
    throw error
  })
  parser.parse(xml)
}

function firstSheet(xml: string): { readonly id: string; readonly name: string; readonly hidden: boolean } {
  const found: { readonly id: string; readonly name: string; readonly hidden: boolean }[] = []
  walk(xml, {
    open: (element, attributes) => {
      if (element !== 'sheet') return
      const { id = '', name = '', state = 'visible' } = attributes()
      found.push({ id, name, hidden: state !== 'visible' })
    },
  })
  return found[0] ?? { id: '', name: '', hidden: false }
}

function relationsOf(xml: string): readonly Attributes[] {
  const found: Attributes[] = []
  walk(xml, {
    open: (element, attributes) => {
      if (element === 'Relationship') found.push(attributes())
    },
  })
  return found
}

/** The texts that cells share, runs joined. */
function sharedTexts(xml: string): readonly string[] {
  const texts: string[] = []
  let inside: string[] = []
  walk(xml, {
    open: (name) => {
      if (name === 'si') texts.push('')
      inside.push(name)
    },
    text: (text) => {
      if (inside.at(-1) === 't' && !inside.includes('rPh')) texts.push(`${texts.pop() ?? ''}${text}`)
    },
    close: () => {
      inside = inside.slice(0, -1)
    },
  })
  return texts
}

function readSheet(xml: string): Omit<SheetMarks, 'hiddenSheet' | 'isEmptyText'> {
  const sheet: Reading = {
    cells: [],
    values: { places: [], shared: [] },
    merges: [],
    hiddenRows: new Set(),
    hiddenColumns: [],
    row: 0,
    column: -1,
    cell: undefined,
  }
  walk(xml, {
    open: (name, attributes) => (sheet.cell ? openInside(sheet.cell, name) : openElement(sheet, name, attributes)),
    text: (text) => {
      const { cell } = sheet
      // A phonetic run stands beside the text that it is about.
      if (cell && ['v', 't'].includes(cell.inside.at(-1) ?? '') && !cell.inside.includes('rPh')) cell.text += text
    },
    close: (name) => {
      if (!sheet.cell || sheet.cell.inside.pop() !== undefined || name !== 'c') return
      takeCell(sheet, sheet.cell)
      sheet.cell = undefined
    },
  })
  const { cells, values, merges, hiddenRows, hiddenColumns } = sheet
  return { cells, values, merges, hiddenRows, hiddenColumns }
}

/** A sheet as far as it is read. */
interface Reading {
  readonly cells: MarkedCell[]
  readonly values: { readonly places: number[]; readonly shared: number[] }
  readonly merges: Merge[]
  readonly hiddenRows: Set<number>
  readonly hiddenColumns: (readonly [number, number])[]
  row: number
  column: number
  /** The cell that is open. */
  cell: OpenCell | undefined
}

interface OpenCell {
  readonly type: string
  formula: boolean
  hasValue: boolean
  text: string
  /** The elements that are open in it. */
  readonly inside: string[]
}

function openInside(cell: OpenCell, name: string) {
  cell.inside.push(name)
  if (name === 'f') cell.formula = true
  if (name === 'v') cell.hasValue = true
}

const isSet = (value: string | undefined) => value === '1' || value === 'true'

/** A row or cell that does not say where it is follows the one before. */
function openElement(sheet: Reading, name: string, attributes: () => Attributes) {
  switch (name) {
    case 'c': {
      const { r = '', t = 'n' } = attributes()
      const digits = r.search(/\d/)
      sheet.column = digits > 0 ? numberOf(r.slice(0, digits)) : sheet.column + 1
      if (digits > 0) sheet.row = Number(r.slice(digits))
      sheet.cell = { type: t, formula: false, hasValue: false, text: '', inside: [] }
      break
    }
    case 'row': {
      const { r, hidden } = attributes()
      sheet.row = r === undefined ? sheet.row + 1 : Number(r)
      sheet.column = -1
      if (isSet(hidden)) sheet.hiddenRows.add(sheet.row)
      break
    }
    case 'col': {
      const { min, max, hidden } = attributes()
      if (isSet(hidden)) sheet.hiddenColumns.push([Number(min) - 1, Number(max) - 1])
      break
    }
    case 'mergeCell':
      sheet.merges.push(...mergeOf(attributes().ref ?? ''))
      break
  }
}

function takeCell({ cells, values, row, column }: Reading, { type, formula, hasValue, text }: OpenCell) {
  const what = type === 'e' ? 'failed' : formula && text === '' && !(hasValue && type === 'str') ? 'formula' : undefined
  const isEmpty = text === '' && (type === 'str' || type === 'inlineStr' || type === 's' || !hasValue)
  if (what) cells.push({ row, column, what, text })
  else if (!isEmpty) {
    values.places.push(row * columnsOfSheet + column)
    values.shared.push(type === 's' ? Number(text) : -1)
  }
}

function mergeOf(reference: string): readonly Merge[] {
  const [, left = '', top, right, bottom] = /^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$/.exec(reference) ?? []
  if (top === undefined) return []
  return [{ rows: [Number(top), Number(bottom ?? top)], columns: [numberOf(left), numberOf(right ?? left)] }]
}

/** The column under some letters, from 0. */
const numberOf = (name: string): number => [...name].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0) - 1
