// What nobody sees in a text: told by its number in Unicode, with the edit that makes it a plain blank or takes it out.

import { isInvisible } from './characters.ts'
import type { Fix, Report } from './diagnostics/diagnostic.ts'

const nameOf = (text: string): string => `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** A piece of text for a message, with a name for what cannot be shown. */
export const printable = (text: string): string => [...text].map((char) => (/[\p{C}\ufffd]/u.test(char) ? nameOf(char) : char)).join('')

/** Reports the invisible blanks that begin at `from`; gives where they end. */
export function reportInvisible(text: string, from: number, report: Report): number {
  let end = from
  while (end < text.length && isInvisible(text.charCodeAt(end))) end += 1
  const span = { start: from, end }
  report({
    code: 'invisible-blank',
    span,
    data: { name: nameOf(text.slice(from, end)) },
    fixes: [{ title: 'replace', data: { text: ' ' }, edits: [{ span, text: ' ' }] }],
  })
  return end
}

/** Blanks at an end, other blanks than the plain and the ideographic one, ends of lines, and what has no ink at all. */
const unseen = /^[\s\p{Zs}]+|[\s\p{Zs}]+$|[\p{Zl}\p{Zp}\t\p{Cf}\p{Default_Ignorable_Code_Point}]+|(?![ \u3000])\p{Zs}+/u

/**
 * Reports what cannot be seen in a quoted text, which makes it another one. An empty name is told as such, elsewhere.
 * @param opening where the opening mark stands
 * @param end where the closing mark stands
 */
export function reportUnseen(text: string, opening: number, end: number, report: Report): void {
  const inside = text.slice(opening + 1, end)
  const found = unseen.exec(inside)
  if (!found || (inside.trim() === '' && /[「`]/.test(text[opening] ?? ''))) return
  const start = opening + 1 + found.index
  const span = { start, end: start + found[0].length }
  const isBlank = /^[\s\p{Zs}\p{Zl}\p{Zp}]+$/u.test(found[0])
  const isAtEnd = found.index === 0 || span.end === end
  const fix: Fix =
    isBlank && !isAtEnd ? { title: 'replace', data: { text: ' ' }, edits: [{ span, text: ' ' }] } : { title: 'remove', data: {}, edits: [{ span, text: '' }] }
  report({ code: 'unseen-in-text', span, data: { name: isBlank && /^ +$/.test(found[0]) ? '' : nameOf(found[0]) }, fixes: [fix] })
}
