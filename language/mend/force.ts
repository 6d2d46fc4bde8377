// Menders for days from which something holds, as papers say them: 自2025-01-01起施行, 施行 自 2025-01-01, 自 2024-07-01 起: 5元.

import { DateToken, keywordTokens as k, symbols, type Token } from '../tokens.ts'
import { formOf } from '../words.ts'
import { type Broken, inPlace, is, type Mend, type Mender, spanFrom, suspects, writeInstead } from './broken.ts'

/** How the days are said: which tokens, up to where, are days, and what was said about them. */
interface Said {
  readonly from: Token
  readonly to: Token | undefined
  /** 施行 stands before or after. */
  readonly force: boolean
  /** After what the language does not say: 自 beside 施行, 起, 施行 at the end. */
  readonly isOther: boolean
  /** The index behind. */
  readonly next: number
}

const beginnings: ReadonlySet<string> = new Set(['起', '开始'])

function saidAt({ tokens }: Broken, start: number): Said | undefined {
  let at = start
  const takes = (token: Token | undefined, wanted: boolean): boolean => {
    if (wanted && token) at += 1
    return wanted && token !== undefined
  }
  const before = takes(tokens[at], is(tokens[at], k['in-force']))
  const self = takes(tokens[at], is(tokens[at], k.from))
  const from = tokens[at]
  if (!from || !takes(from, is(from, DateToken) && from.image !== '')) return undefined
  const begins = takes(tokens[at], beginnings.has(tokens[at]?.value ?? ''))
  const to = is(tokens[at], k.to) && is(tokens[at + 1], DateToken) ? tokens[at + 1] : undefined
  if (to) at += 2
  const after = !before && takes(tokens[at], is(tokens[at], k['in-force']))
  return { from, to, force: before || after, isOther: after || begins || (self && before), next: at }
}

export const daysOfForce: Mender = (broken) => {
  const { text, tokens, surface } = broken
  if (surface !== 'zh') return []
  const starts = new Set(suspects(broken).flatMap((i) => [i - 3, i - 2, i - 1, i].filter((start) => start >= 0)))
  return [...starts]
    .sort((a, b) => a - b)
    .flatMap((start): readonly Mend[] => {
      const said = saidAt(broken, start)
      const first = tokens[start]
      if (!said || !first) return []
      const { from, to, force, isOther, next } = said
      const last = tokens[next - 1]
      if (!last) return []
      const span = spanFrom(first, last)
      const days = to ? `${from.value} ${formOf('to', surface)} ${to.value}` : from.value
      if (force) {
        if (!isOther) return []
        const head = inPlace(k['in-force'], span, text, formOf('in-force', surface))
        const taken = to ? [from, inPlace(k.to, span, text, formOf('to', surface)), to] : [from]
        return [{ changes: [{ from: start, to: next, tokens: [head, ...taken] }], finding: writeInstead(text, span, `${formOf('in-force', surface)} ${days}`) }]
      }
      return figureOf(broken, start, said)
    })
}

/** 自 2024-07-01 起: 5元, in a parameter. */
function figureOf({ text, tokens, surface }: Broken, start: number, { from, to, next }: Said): readonly Mend[] {
  const first = tokens[start]
  const gives = tokens[next]
  if (!first || to || !is(gives, k.gives, symbols[':'], symbols['=']) || !gives) return []
  const span = spanFrom(first, gives)
  const [self, word] = [formOf('from', surface), formOf('gives', surface)]
  const written = `${self} ${from.value} ${word}`
  if (text.slice(span.start, span.end).replaceAll(/\s+/g, ' ') === written) return []
  const taken = [inPlace(k.from, span, text, self), from, inPlace(k.gives, span, text, word)]
  return [{ changes: [{ from: start, to: next + 1, tokens: taken }], finding: writeInstead(text, span, written) }]
}
