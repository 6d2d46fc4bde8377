// Bytes of a small file → its text and the form that it is kept in, and back: what somebody saved with a byte-order mark or with the line
// ends of another system is theirs, and is not changed by the way. A policy, an official text; people's files are read piece by piece.

import { isUtf8 } from 'node:buffer'
import type { Encoding } from './decode.ts'

/** How a text is kept in its file. */
export interface TextForm {
  readonly encoding: Encoding
  readonly byteOrderMark: boolean
}

/** Why bytes are no text: `UTF-16?` and `UTF-32?` name what they are, `UTF-8!` is UTF-8 with broken places, `text?` none of these. */
export type NoText = 'UTF-16?' | 'UTF-32?' | 'UTF-8!' | 'text?'

export type DecodedText = { readonly ok: true; readonly text: string; readonly form: TextForm } | { readonly ok: false; readonly reason: NoText }

const mark = '\ufeff'
const bytesOfMark = Buffer.from(mark)

/** @returns the text without a byte-order mark, with the line ends that stand there */
export function decodeText(bytes: Uint8Array): DecodedText {
  const wide = wideEncoding(bytes)
  if (wide !== undefined) return { ok: false, reason: wide }
  const encoding = isUtf8(bytes) ? 'utf-8' : isBrokenUtf8(bytes) ? undefined : 'gb18030'
  if (encoding === undefined) return { ok: false, reason: 'UTF-8!' }
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
    const byteOrderMark = text.startsWith(mark)
    return { ok: true, text: byteOrderMark ? text.slice(1) : text, form: { encoding, byteOrderMark } }
  } catch {
    return { ok: false, reason: 'text?' }
  }
}

/** Letters in pairs and fours of bytes: told by their mark, and without one by the empty bytes beside each ASCII letter. */
function wideEncoding(bytes: Uint8Array): NoText | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = bytes
  if (bytes.length >= 4 && ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))) return 'UTF-32?'
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16?'
  let [even, odd] = [0, 0]
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  const empty = even + odd
  // One that slipped into good UTF-8 is told where it stands, as a letter that does not belong there.
  if (empty === 0 || (isUtf8(bytes) && empty < bytes.length / 3)) return undefined
  if (empty > bytes.length * 0.6) return 'UTF-32?'
  return Math.max(even, odd) > 4 * Math.min(even, odd) ? 'UTF-16?' : 'text?'
}

/** Two bytes of GB18030 are hardly ever three of UTF-8: where Han is read as UTF-8 more often than not, a byte or so was damaged. */
function isBrokenUtf8(bytes: Uint8Array): boolean {
  if (bytesOfMark.equals(bytes.subarray(0, bytesOfMark.length))) return true
  const letters = new TextDecoder().decode(bytes).match(/[\u0800-\uffff]/g) ?? []
  const broken = letters.filter((letter) => letter === '\ufffd').length
  return letters.length - broken > broken
}

/** A text as UTF-8, with its mark. */
export const encodeText = (text: string, { byteOrderMark }: Pick<TextForm, 'byteOrderMark'>): Buffer => Buffer.from((byteOrderMark ? mark : '') + text)
