// What is written twice, letter for letter: one of the two can go, and nothing is lost.

import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts'
import { lineEnd } from '../letters.ts'
import type { Span } from '../span.ts'

const words = (text: string, { start, end }: Span): string => text.slice(start, end).replace(/\s+/g, ' ')

/** The edit that takes out the second, with the line that it leaves empty; none where the two are not the same. */
export function repeated(text: string, first: Span, second: Span): readonly Fix[] {
  if (words(text, first) !== words(text, second)) return []
  const lineStart = text.lastIndexOf('\n', second.start - 1) + 1
  const stop = lineEnd(text, second.end)
  const isOwnLine = text.slice(lineStart, second.start).trim() === '' && text.slice(second.end, stop).trim() === ''
  const blank = /[ \t]*$/.exec(text.slice(lineStart, second.start))?.[0].length ?? 0
  const span = isOwnLine ? { start: lineStart, end: Math.min(text.length, stop + 1) } : { start: second.start - blank, end: second.end }
  return [{ title: 'remove', data: {}, edits: [{ span, text: '' }] }]
}

/** What may be said once is said again. @param what the word of it, in the catalogue */
export const saidTwice = (text: string, what: string, first: Span, second: Span): Diagnostic => ({
  code: 'duplicate-clause',
  span: second,
  data: { what },
  related: [first],
  fixes: repeated(text, first, second),
})
