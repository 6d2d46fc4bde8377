// Strict CSV, record by record (RFC 4180). A record whose quotes do not pair costs only its own line: reading goes on at the
// next one. The libraries looked at stay inside such a quote and swallow the rows after it, which must not happen here.

export type CsvRecord =
  /** `row` counts records and empty lines from 1, as a spreadsheet does. */
  | { readonly row: number; readonly fields: readonly string[]; readonly broken: false }
  | { readonly row: number; readonly fields: readonly string[]; readonly broken: true }

/** A quoted field longer than this was never closed. */
const longestRecord = 1 << 20

export async function* csvRecords(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let rest = ''
  let row = 0
  for await (const chunk of chunks) {
    const text = rest + chunk
    let at = 0
    for (let next = readRecord(text, at, false); next; next = readRecord(text, at, false)) {
      row += 1
      at = next.end
      if (!isEmpty(next.fields)) yield { row, fields: next.fields, broken: next.broken }
    }
    rest = text.slice(at)
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
  let at = start
  for (;;) {
    if (text[at] === '"') {
      const closed = closingQuote(text, at + 1)
      if (closed === undefined) return last || text.length - start > longestRecord ? brokenLine(text, start) : undefined
      fields.push(text.slice(at + 1, closed).replaceAll('""', '"'))
      at = closed + 1
    } else {
      let end = at
      while (end < text.length && !ends(text[end])) end += 1
      const field = text.slice(at, end)
      if (field.includes('"')) return text.indexOf('\n', start) >= 0 || last ? brokenLine(text, start) : undefined
      fields.push(field)
      at = end
    }
    const mark = text[at]
    if (mark === ',') at += 1
    else if (mark === '\n') return { fields, end: at + 1, broken: false }
    else if (mark === '\r' && (text[at + 1] !== undefined || last)) return { fields, end: at + (text[at + 1] === '\n' ? 2 : 1), broken: false }
    else if (mark === undefined || mark === '\r') return last ? { fields, end: text.length, broken: false } : undefined
    else return text.indexOf('\n', start) >= 0 || last ? brokenLine(text, start) : undefined
  }
}

const ends = (char: string | undefined) => char === ',' || char === '\n' || char === '\r'

/** The first quote from `from` that is not doubled. */
function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return undefined
}

/** Gives up the line that the record began on; its first field is kept, it may hold the key. */
function brokenLine(text: string, start: number): Read {
  const newline = text.indexOf('\n', start)
  const end = newline < 0 ? text.length : newline + 1
  const line = text.slice(start, end).replace(/\r?\n$/, '')
  return { fields: [line.split(',')[0] ?? ''], end, broken: true }
}
