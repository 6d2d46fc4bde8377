// Whether a CSV in UTF-8 is written so that every reader takes it in the same way: quotes only around whole fields, no empty
// lines, no lone carriage return, no stand-ins for bytes that were no text. What is not goes through our own reader, which finds
// the bad rows.

import { pieces } from './decode.ts'

const [quote, comma, newline, back] = [0x22, 0x2c, 0x0a, 0x0d]
const standIn = Buffer.from('\ufffd')

/** Where in a field the scan is: at its start, inside, inside quotes, after a quote inside quotes, after a carriage return. */
type State = 'start' | 'inside' | 'quoted' | 'closed' | 'return'

interface Scan {
  state: State
  lineIsEmpty: boolean
}

/** @param path of a file that is UTF-8 */
export async function isPlainCsv(path: string): Promise<boolean> {
  const scan: Scan = { state: 'start', lineIsEmpty: true }
  let last = ''
  for await (const bytes of pieces(path)) {
    const across = Buffer.from(last + bytes.toString('latin1', 0, 2), 'latin1')
    if (bytes.includes(0) || bytes.includes(standIn) || across.includes(standIn)) return false
    last = bytes.toString('latin1', bytes.length - 2)
    if (!scanChunk(bytes, scan)) return false
  }
  return scan.state !== 'quoted' && scan.state !== 'return'
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

/** Bytes without quotes and carriage returns: only an empty line can be wrong. */
function scanLines(bytes: Buffer, scan: Scan): boolean {
  if ((scan.lineIsEmpty && bytes[0] === newline) || bytes.includes('\n\n')) return false
  const end = bytes.at(-1)
  scan.state = end === newline || end === comma ? 'start' : 'inside'
  scan.lineIsEmpty = end === newline
  return true
}

function scanBytes(bytes: Buffer, scan: Scan): boolean {
  let { state, lineIsEmpty } = scan
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i]
    if (state === 'quoted') {
      if (byte === quote) state = 'closed'
      continue
    }
    if (byte === newline) {
      if (lineIsEmpty) return false
      lineIsEmpty = true
      state = 'start'
      continue
    }
    if (state === 'return') return false
    if (byte === back) {
      state = 'return'
      continue
    }
    lineIsEmpty = false
    if (byte === comma) state = 'start'
    else if (byte === quote) {
      if (state === 'inside') return false
      state = 'quoted'
    } else if (state === 'closed') return false
    else state = 'inside'
  }
  scan.state = state
  scan.lineIsEmpty = lineIsEmpty
  return true
}
