// Numbers and dates of a text: where they end, and what they say in ASCII digits.

import { isDigit, twin } from './characters.ts'

/** The code of the ASCII character that stands at `index`, or that is meant there; 0 outside of the text. */
export const codeAt = (text: string, index: number): number => (index < text.length ? twin(text.charCodeAt(index)) : 0)

/** A piece of the text as its ASCII twins, one for each character. */
export function ascii(text: string, from: number, to: number): string {
  let out = ''
  for (let i = from; i < Math.min(to, text.length); i += 1) out += String.fromCharCode(codeAt(text, i))
  return out
}

/** Where the number that begins at `from` ends. */
export function numberEnd(text: string, from: number): number {
  let end = from
  while (isDigit(codeAt(text, end))) end += 1
  if (codeAt(text, end) === 46 && isDigit(codeAt(text, end + 1))) {
    end += 1
    while (isDigit(codeAt(text, end))) end += 1
  }
  return end
}

export interface WrittenDate {
  readonly end: number
  /** As 2025-03-01. */
  readonly value: string
  /** Whether it is written in one of the two forms that need no mending. */
  readonly exact: boolean
}

/** 2025-03-01, also unpadded or as 2025年3月1日. */
export function dateAt(text: string, from: number): WrittenDate | undefined {
  const mark = codeAt(text, from + 4)
  if (mark !== 45 && text.charCodeAt(from + 4) !== 0x5e74) return undefined
  const piece = ascii(text, from, from + 12)
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(piece) ?? /^(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(piece)
  if (!match) return undefined
  const [whole, year = '', month = '', day = ''] = match
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return { end: from + whole.length, value, exact: whole === value || whole.includes('年') }
}

/** Whether `2,000` and the like stands here: a number of three digits at most, up to `end`, a comma and three digits. */
export const hasThousands = (text: string, from: number, end: number): boolean =>
  codeAt(text, end) === 44 && text.charCodeAt(end) !== 0x3001 && /^[0-9]{3}(?![0-9.])/.test(ascii(text, end + 1, end + 5)) && end - from <= 3
