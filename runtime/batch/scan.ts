// Whether a CSV in UTF-8 is written so that every reader takes it in the same way: quotes only around whole fields, one kind of line
// end, no empty lines, no lone carriage return, no stand-ins for bytes that were no text, a header on one line. What is not goes
// through our own reader, which finds the bad rows. What is decided here is told to the database, which guesses nothing.

import { pieces } from '../files/decode.ts'

const [quote, comma, newline, back] = [0x22, 0x2c, 0x0a, 0x0d]
const standIn = Buffer.from('\ufffd')

/** Where in a field the scan is: at its start, inside, inside quotes, after a quote inside quotes, after a carriage return. */
type State = 'start' | 'inside' | 'quoted' | 'closed' | 'return'

export type LineEnd = '\n' | '\r\n'

export interface PlainCsv {
  /** Records below the header. */
  readonly rows: number
  /** `undefined` for a header alone that no line end follows. */
  readonly lineEnd: LineEnd | undefined
  /** Whether a cell has a line break in it. */
  readonly breaks: boolean
}

interface Scan {
  state: State
  lineIsEmpty: boolean
  /** Records that ended. */
  ended: number
  lineEnd: LineEnd | undefined
  breaks: boolean
}

/** @param path of a file that is UTF-8 @returns `undefined` for a file that is not plain */
export async function scanCsv(path: string): Promise<PlainCsv | undefined> {
  const scan: Scan = { state: 'start', lineIsEmpty: true, ended: 0, lineEnd: undefined, breaks: false }
  let last = ''
  for await (const bytes of pieces(path)) {
    const across = Buffer.from(last + bytes.toString('latin1', 0, 2), 'latin1')
    if (bytes.includes(0) || bytes.includes(standIn) || across.includes(standIn)) return undefined
    last = bytes.toString('latin1', bytes.length - 2)
    if (!scanChunk(bytes, scan)) return undefined
  }
  if (scan.state === 'quoted' || scan.state === 'return') return undefined
  const records = scan.ended + (scan.lineIsEmpty ? 0 : 1)
  return { rows: Math.max(0, records - 1), lineEnd: scan.lineEnd, breaks: scan.breaks }
}

/** Runs of lines without quotes at once, the lines around quotes byte by byte. */
function scanChunk(bytes: Buffer, scan: Scan): boolean {
  if (scan.state === 'return' || bytes.includes(back)) return scanBytes(bytes, scan)
  let at = 0
  while (at < bytes.length) {
    const found = bytes.indexOf(quote, at)
    const next = found < 0 ? bytes.length : found
    const lines = found < 0 ? bytes.length : bytes.lastIndexOf(newline, next) + 1
    if (lines > at && scan.state !== 'quoted' && scan.state !== 'closed') {
      if (!scanLines(bytes.subarray(at, lines), scan)) return false
      at = lines
    }
    const line = bytes.indexOf(newline, next)
    const end = line < 0 ? bytes.length : line + 1
    if (at < end && !scanBytes(bytes.subarray(at, end), scan)) return false
    at = Math.max(at, end)
  }
  return true
}

/** A record ends here. @returns whether the file stays plain */
function endRecord(scan: Scan, lineEnd: LineEnd): boolean {
  if (scan.lineIsEmpty || (scan.lineEnd ?? lineEnd) !== lineEnd) return false
  scan.lineEnd = lineEnd
  scan.ended += 1
  scan.lineIsEmpty = true
  scan.state = 'start'
  return true
}

/** Bytes without quotes and carriage returns: only an empty line can be wrong, or another kind of line end. */
function scanLines(bytes: Buffer, scan: Scan): boolean {
  let start = 0
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    if (end > start) scan.lineIsEmpty = false
    if (!endRecord(scan, '\n')) return false
    start = end + 1
  }
  if (start < bytes.length) {
    scan.lineIsEmpty = false
    scan.state = bytes.at(-1) === comma ? 'start' : 'inside'
  }
  return true
}

function scanBytes(bytes: Buffer, scan: Scan): boolean {
  // By place: an iterator takes longer over many millions of bytes.
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number
    if (scan.state !== 'quoted') {
      if (!scanByte(byte, scan)) return false
    } else if (byte === quote) scan.state = 'closed'
    // A carriage return in a cell, and a header of several lines, are taken differently by different readers.
    else if (byte === back || (byte === newline && scan.ended === 0)) return false
    else if (byte === newline) scan.breaks = true
  }
  return true
}

/** @returns whether the file stays plain */
function scanByte(byte: number, scan: Scan): boolean {
  if (byte === newline) return endRecord(scan, scan.state === 'return' ? '\r\n' : '\n')
  if (scan.state === 'return') return false
  if (byte === back) {
    scan.state = 'return'
    return true
  }
  scan.lineIsEmpty = false
  if (byte === comma) scan.state = 'start'
  else if (byte === quote) {
    if (scan.state === 'inside') return false
    scan.state = 'quoted'
  } else if (scan.state === 'closed') return false
  else scan.state = 'inside'
  return true
}
