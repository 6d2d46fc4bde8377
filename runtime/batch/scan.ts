// Whether a CSV is written so that every reader takes it in the same way: UTF-8, quotes only around whole fields, no empty
// lines, no lone carriage return. What is not goes through our own reader, which finds the bad rows.

import { createReadStream } from 'node:fs'

const [quote, comma, newline, back] = [0x22, 0x2c, 0x0a, 0x0d]

export async function isPlainCsv(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  // Where in a field the scan is: at its start, inside, inside quotes, after a quote inside quotes, after a carriage return.
  let state: 'start' | 'inside' | 'quoted' | 'closed' | 'return' = 'start'
  let lineIsEmpty = true
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const bytes = chunk as Buffer
      const text = decoder.decode(bytes, { stream: true })
      if (text.includes('\ufffd') || text.includes('\u0000')) return false
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
    }
    decoder.decode()
    return state !== 'quoted' && state !== 'return'
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
