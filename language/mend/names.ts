// Mender for names that hold digits or signs, or that are words of the language: 「献血1」, 「甲(一)」, 「基础」.

import { isKeyword, keywordTokens as k, NumberToken, Quoted, Stray, type SymbolForm, symbols, type Token, Word } from '../tokens.ts'
import { keywords } from '../words.ts'
import { type Broken, type Change, endOf, inPlace, is, isTouching, type Mend, type Mender, spanFrom, suspects } from './broken.ts'

const declaring = (
  ['policy', 'fact', 'define', 'group', 'indicator', 'deductions', 'total', 'parameter', 'scenario', 'unit', 'deadline', 'as-of'] as const
).map((id) => k[id])

const signs = (['-', '(', ')', '.', '/', '+', '&'] as const).flatMap((form) => (form in symbols ? [symbols[form as SymbolForm]] : []))

/** The run of words, numbers and signs without a blank that begins here, where it is more than a word. */
function runAt(tokens: readonly Token[], from: number): number | undefined {
  let to = from
  while (to < tokens.length && (to === from || isTouching(tokens[to - 1], tokens[to]))) {
    const token = tokens[to]!
    if (!is(token, NumberToken, Word, Stray, ...signs) && !isKeyword(token)) break
    to += 1
  }
  return to - from > 1 && !is(tokens[from], ...signs) ? to : undefined
}

/** Every place where these tokens stand without a blank between them. */
function everywhere({ text, tokens }: Broken, name: string): readonly Change[] {
  const changes: Change[] = []
  for (let i = 0; i < tokens.length; i += 1) {
    const to = tokens[i]!.quoted ? undefined : runAt(tokens, i)
    if (to === undefined) continue
    const span = spanFrom(tokens[i]!, tokens[to - 1]!)
    if (text.slice(span.start, span.end) === name)
      changes.push({ from: i, to, tokens: [{ ...inPlace(Quoted, span, text, name.normalize('NFKC')), quoted: true }] })
    i = to - 1
  }
  return changes
}

/** A word of the language stands elsewhere for itself. */
const only = ({ text, tokens }: Broken, i: number, name: string): readonly Change[] => [
  { from: i, to: i + 1, tokens: [{ ...inPlace(Quoted, spanFrom(tokens[i]!, tokens[i]!), text, name), quoted: true }] },
]

const reserved: ReadonlySet<string> = new Set(keywords.filter((word) => word.reserved).map(({ id }) => id))

export const namesToQuote: Mender = (broken) => {
  const { text, tokens, surface } = broken
  return suspects(broken).flatMap((i): readonly Mend[] => {
    const before = tokens[i - 1]
    if (!before || !declaring.includes(before.tokenType) || tokens[i]?.quoted) return []
    const to = runAt(tokens, i) ?? (reserved.has(tokens[i]?.tokenType.name ?? '') ? i + 1 : undefined)
    if (to === undefined) return []
    const span = { start: tokens[i]!.startOffset, end: endOf(tokens[to - 1]!) }
    const name = text.slice(span.start, span.end)
    const quoted = surface === 'zh' ? `「${name}」` : `\`${name}\``
    const changes = to === i + 1 ? only(broken, i, name) : everywhere(broken, name)
    const edits = changes.map(({ tokens: [token] }) => ({ span: spanFrom(token!, token!), text: quoted }))
    return [
      {
        changes,
        finding: { code: 'name-needs-quotes', span, data: { name, quoted }, fixes: [{ title: 'replace', data: { text: quoted }, edits }] },
      },
    ]
  })
}
