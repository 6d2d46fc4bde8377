// Where letters, words and lines of a text end.

import { isAsciiNameLetter, isDigit, isLetter, twin } from './characters.ts'

/** Where the line of `from` ends. */
export function lineEnd(text: string, from: number): number {
  let end = from
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end += 1
  return end
}

/** Code units of the letter at `index`, 0 when it is none. */
export function letterAt(text: string, index: number): number {
  const codePoint = text.codePointAt(index) ?? 0
  const like = codePoint > 0xffff ? codePoint : twin(codePoint)
  return isLetter(like) ? (codePoint > 0xffff ? 2 : 1) : 0
}

/** A word runs over letters; a digit continues it only after an ASCII letter or another digit of the word. */
export function wordEnd(text: string, from: number): number {
  let end = from
  let takesDigits = false
  while (end < text.length) {
    const units = letterAt(text, end)
    const like = twin(text.charCodeAt(end))
    if (units > 0) takesDigits = isAsciiNameLetter(like)
    else if (!(takesDigits && isDigit(like))) break
    end += units || 1
  }
  return end
}
