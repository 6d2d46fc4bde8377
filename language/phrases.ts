// English keywords of several words, such as `as of`.

import type { TokenType } from 'chevrotain'
import { wordEnd } from './letters.ts'
import { keywordTokens } from './tokens.ts'
import { formsOf, keywords } from './words.ts'

/** Longest first, by their first word. */
const phrases = new Map<string, { readonly words: readonly string[]; readonly type: TokenType }[]>()
const englishForms = keywords.flatMap((keyword) => formsOf(keyword, 'en').map((form) => ({ form, type: keywordTokens[keyword.id] })))
for (const { form, type } of englishForms.sort((a, b) => b.form.length - a.form.length)) {
  const words = form.split(' ')
  const first = words[0] ?? ''
  if (words.length > 1) phrases.set(first, [...(phrases.get(first) ?? []), { words, type }])
}

/** The longest keyword that begins with the word `first`, which ends at `end`. */
export function phraseAt(text: string, end: number, first: string): { readonly type: TokenType; readonly end: number } | undefined {
  for (const { words, type } of phrases.get(first) ?? []) {
    let at = end
    const matches = words.slice(1).every((word) => {
      const blank = /^[ \t\r\n]+/.exec(text.slice(at, at + 200))
      const from = at + (blank?.[0].length ?? 0)
      if (!blank || wordEnd(text, from) !== from + word.length || text.slice(from, from + word.length).normalize('NFKC') !== word) return false
      at = from + word.length
      return true
    })
    if (matches) return { type, end: at }
  }
  return undefined
}
