// Strict CSV, record by record (RFC 4180). A record whose quotes do not pair costs only its own line: reading goes on at the
// next one. The libraries looked at stay inside such a quote and swallow the rows after it, which must not happen here. A cell may be
// as long as the memory allows: nothing is taken for a row that stands inside quotes that are closed further on.

export type CsvRecord =
  /** `row` counts records and empty lines from 1, as a spreadsheet does. */
  | { readonly row: number; readonly fields: readonly string[]; readonly broken: false }
  | { readonly row: number; readonly fields: readonly string[]; readonly broken: true }

/** A record that has not ended after so many characters, which is the most that a program may hold as one text. */
export class RecordTooLong extends Error {
  readonly row: number
  constructor(row: number) {
    super(`the record of row ${row} does not end`)
    this.row = row
  }
}
const longestText = 500_000_000

export async function* csvRecords(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let rest = ''
  let row = 0
  // A record that goes on is looked at again when it has grown by half, so that its length costs no square.
  let wanted = 0
  for await (const chunk of chunks) {
    if (rest.length + chunk.length > longestText) throw new RecordTooLong(row + 1)
    const text = rest + chunk
    if (text.length < wanted) {
      rest = text
      continue
    }
    let at = 0
    for (let next = readRecord(text, at, false); next; next = readRecord(text, at, false)) {
      row += 1
      at = next.end
      if (!isEmpty(next.fields)) yield { row, fields: next.fields, broken: next.broken }
    }
    rest = text.slice(at)
    wanted = rest.length * 1.5
  }
  let at = 0
  while (at < rest.length) {
    const next = readRecord(rest, at, true)
    if (!next) return
    row += 1
    at = next.end
    if (!isEmpty(next.fields)) yield { row, fields: next.fields, broken: next.broken }
  }
}

const isEmpty = (fields: readonly string[]) => fields.length === 1 && fields[0] === ''

interface Read {
  readonly fields: readonly string[]
  /** Where the next record begins. */
  readonly end: number
  readonly broken: boolean
}

/** The record that begins at `start`; `undefined` while more text is needed. */
function readRecord(text: string, start: number, last: boolean): Read | undefined {
  const fields: string[] = []
  const broken = () => (last || lineEnd(text, start) !== undefined ? brokenLine(text, start) : undefined)
  let at = start
  for (;;) {
    const field = text[at] === '"' ? readQuoted(text, at) : readBare(text, at)
    if (field === 'unclosed' && !last) return undefined
    if (typeof field === 'string') return broken()
    fields.push(field.value)
    at = field.end
    if (text[at] !== ',') {
      const end = endOfRecord(text, at, last)
      return end === 'broken' ? broken() : end === undefined ? undefined : { fields, end, broken: false }
    }
    at += 1
  }
}

/** Where the next record begins, after a field that ends at `at`; `undefined` while more text is needed. */
function endOfRecord(text: string, at: number, last: boolean): number | 'broken' | undefined {
  const mark = text[at]
  if (mark === '\n') return at + 1
  if (mark !== undefined && mark !== '\r') return 'broken'
  if (text[at + 1] === undefined) return last ? text.length : undefined
  return at + (text[at + 1] === '\n' ? 2 : 1)
}

interface Field {
  readonly value: string
  readonly end: number
}

function readQuoted(text: string, at: number): Field | 'unclosed' {
  const closed = closingQuote(text, at + 1)
  return closed === undefined ? 'unclosed' : { value: text.slice(at + 1, closed).replaceAll('""', '"'), end: closed + 1 }
}

function readBare(text: string, at: number): Field | 'quote-inside' {
  let end = at
  while (end < text.length && !ends(text[end])) end += 1
  const value = text.slice(at, end)
  return value.includes('"') ? 'quote-inside' : { value, end }
}

const ends = (char: string | undefined) => char === ',' || char === '\n' || char === '\r'

/** Where the first line break from `start` stands, and where the next line begins; `undefined` while that is not sure. */
function lineEnd(text: string, start: number): { readonly at: number; readonly next: number } | undefined {
  const at = text.slice(start).search(/[\r\n]/) + start
  if (at < start || (text[at] === '\r' && at + 1 === text.length)) return undefined
  return { at, next: at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1) }
}

/** The first quote from `from` that is not doubled. */
function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return undefined
}

/** Gives up the line that the record began on; its first field is kept, it may hold the key. */
function brokenLine(text: string, start: number): Read {
  const { at, next } = lineEnd(text, start) ?? { at: text.length, next: text.length }
  const line = text.slice(start, at).replace(/\r$/, '')
  return { fields: [line.split(',')[0] ?? ''], end: next, broken: true }
}
