// What a clause takes away from somebody: phrases that must not pass as procedure. Each is ruled, or left out for a reason that is
// said of it.

import type { Span } from '../span.ts'
import { plainForm } from './citation.ts'

export interface Phrase {
  readonly text: string
  readonly span: Span
}

/**
 * The words by which Chinese papers take away a right, a place or points: what is not allowed or not taken up, what counts as given
 * up, and what is cleared, cancelled, ended or void. 不得少于 and the like are lengths of time.
 */
const taking = /不得(?!少于|多于|低于|高于|超过|早于|迟于)|不予|视作|视为|放弃|清零|取消|注销|撤销|终止|失效|作废/u

export const takesAway = (words: string): boolean => taking.test(words)

/** On what condition, or of which kind: what follows from it stands in another phrase. */
const isCondition = /(?:的|时|情形|情形之一)$/u

/** 2.证件注销。 before what the clause says. */
const isHeading = (words: string): boolean => words.replace(/^[\s\d一二三四五六七八九十().（）、]+/u, '').length <= 6

/** Between the stops of a text and the columns of a table; 、 joins the parts of one. */
const phrase = /[^。；;，,：:\n\t|｜│┃]+/gu

/** @param own the spans of a clause's own words */
export function weightyPhrases(text: string, { start, end }: Span): readonly Phrase[] {
  return [...text.slice(start, end).matchAll(phrase)].flatMap((match): readonly Phrase[] => {
    const [words] = match
    if (!takesAway(words) || isCondition.test(words.trim()) || (match.index === 0 && isHeading(words))) return []
    const at = start + match.index + (words.length - words.trimStart().length)
    return [{ text: words.trim(), span: { start: at, end: at + words.trim().length } }]
  })
}

/** The phrases that a quote names: those that it overlaps where it stands in the clause. `undefined` when it stands nowhere. */
export function quotedPhrases(text: string, clause: Span, phrases: readonly Phrase[], quote: string): readonly Phrase[] | undefined {
  const { plain, places } = flattened(text, clause)
  const wanted = comparable(quote)
  const at = wanted === '' ? -1 : plain.indexOf(wanted)
  if (at < 0) return undefined
  const [from = 0, to = 0] = [places[at], places[at + wanted.length - 1]]
  return phrases.filter(({ span }) => span.start <= to && from < span.end)
}

const comparable = (text: string): string => plainForm(text).replaceAll(/[，,；;：:。．.“”"'‘’「」]/gu, '')

/** Without blanks and signs, with the place of each letter. */
function flattened(text: string, { start, end }: Span): { readonly plain: string; readonly places: readonly number[] } {
  let plain = ''
  const places: number[] = []
  for (let i = start; i < end; i += 1) {
    const letter = comparable(text[i] ?? '')
    if (letter === '') continue
    plain += letter
    places.push(i)
  }
  return { plain, places }
}
