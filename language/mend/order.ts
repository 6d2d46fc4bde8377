// Menders for what stands in the wrong place: 最高 after the braces, the fact before 每满, a fact inside a group, brackets
// of another kind.

import { itemClauses, memberKeywords, rowStarters } from '../keywords-by-place.ts'
import { keywordTokens as k, symbols, type Token } from '../tokens.ts'
import type { KeywordId } from '../words.ts'
import {
  type Broken,
  closes,
  closingOf,
  endOf,
  inPlace,
  is,
  isClosing,
  isOpening,
  lineStop,
  type Mend,
  type Mender,
  openBrackets,
  spanFrom,
  startsLine,
  statementStart,
  suspects,
  writeInstead,
} from './broken.ts'

/** `moved` is written before the token at `before`. */
function outOfOrder(broken: Broken, from: number, to: number, before: number): Mend {
  const { text, tokens } = broken
  const moved = tokens.slice(from, to)
  const span = spanFrom(moved[0]!, moved.at(-1)!)
  const written = text.slice(span.start, span.end)
  const at = tokens[before]!.startOffset
  const blank = /[ \t]*$/.exec(text.slice(0, span.start))?.[0].length ?? 0
  return {
    changes: [
      { from: before, to: before, tokens: moved },
      { from, to, tokens: [] },
    ],
    finding: {
      code: 'wrong-order',
      span,
      data: { written, before: tokens[before]!.image },
      fixes: [
        {
          title: 'move',
          data: { text: written },
          edits: [
            { span: { start: at, end: at }, text: `${written} ` },
            { span: { start: span.start - blank, end: span.end }, text: '' },
          ],
        },
      ],
    },
  }
}

/** The statement at `index` ends before the next keyword that begins one, a brace or a line. */
function wordsUpTo(broken: Broken, index: number, ends: (token: Token) => boolean): number {
  let to = index + 1
  const stop = lineStop(broken, index)
  while (to < stop && !ends(broken.tokens[to]!)) to += 1
  return to
}

/** 指标 甲 { … } 最高10分: what is said of an item stands before its braces. */
export const clausesAfterBody: Mender = (broken) => {
  const { tokens, at } = broken
  if (!is(tokens[at - 1], symbols['}'])) return []
  const open = openBrackets(tokens, at - 1).at(-1)
  const to = wordsUpTo(broken, at, (token) => is(token, symbols['{'], symbols['}'], k.indicator, k.group))
  return open === undefined || !tokens[at] || startsLine(broken.text, tokens[at]) ? [] : [outOfOrder(broken, at, to, open)]
}

/** 社保月数 每满1个月 得0.25分: the rate goes before what it counts. */
export const quantitiesFirst: Mender = (broken) => {
  const { tokens } = broken
  const rates: readonly KeywordId[] = ['per', 'per-full']
  return [...new Set(suspects(broken).map((i) => statementStart(broken, i)))].flatMap((start) => {
    const stop = lineStop(broken, start)
    const rate = tokens.findIndex((token, i) => i > start && i < stop && rates.some((id) => token.tokenType === k[id]))
    const award = tokens.findIndex((token, i) => i > rate && i < stop && is(token, k.award, k.deduct))
    if (rate < 0 || award < 0 || is(tokens[start], k.when)) return []
    return [outOfOrder(broken, rate, award, start)]
  })
}

/** Statements that stand on the top level only: neither a part of a group, nor a row, nor said of an item. */
const inItems: ReadonlySet<KeywordId> = new Set([...itemClauses, ...rowStarters, 'group', 'indicator', 'deductions'])
const topLevel = memberKeywords.filter((id) => !inItems.has(id))

/** A fact, a total, a use inside a group or indicator: read as if it stood outside, so that what it declares is known. */
export const statementsInside: Mender = (broken) => {
  const { tokens, at } = broken
  const token = tokens[at]
  const id = token?.tokenType.name as KeywordId | undefined
  const open = openBrackets(tokens, at)
  const around = open.at(-1)
  if (!token || !id || !topLevel.includes(id) || around === undefined || open.length < 2) return []
  const stop = endOfStatement(broken)
  const name = tokens.slice(0, around).findLast((_, i) => is(tokens[i - 1], k.group, k.indicator, k.deductions, k.extend))
  const span = { start: token.startOffset, end: endOf(token) }
  const finding = { code: 'statement-not-here', span, data: { what: token.image, inside: name?.value ?? '' } } as const
  const taken = tokens.slice(at, stop)
  const first = tokens.findIndex(({ tokenType }) => tokenType === symbols['{']) + 1
  // A second 总分 would be told as one.
  if (id === 'total') return [{ changes: [{ from: at, to: stop, tokens: [] }], finding, loses: true }]
  return [
    {
      changes: [
        { from: first, to: first, tokens: taken },
        { from: at, to: stop, tokens: [] },
      ],
      finding,
    },
    { changes: [{ from: at, to: stop, tokens: [] }], finding, loses: true },
  ]
}

function endOfStatement(broken: Broken): number {
  const { tokens, at, text } = broken
  let to = at + 1
  let depth = 0
  while (to < tokens.length) {
    if (isClosing(tokens[to]) && depth === 0) return to
    if (depth === 0 && startsLine(text, tokens[to]!)) return to
    if (isOpening(tokens[to])) depth += 1
    else if (isClosing(tokens[to])) depth -= 1
    to += 1
  }
  return to
}

const forms = ['[', '(', '{'] as const

/** (本地、外地) for [本地、外地], （ … ） for { … }. */
export const bracketsOfOtherKind: Mender = (broken) => {
  const { text, tokens } = broken
  return suspects(broken).flatMap((i): readonly Mend[] => {
    const token = tokens[i]
    if (!token) return []
    if (isOpening(token)) {
      const close = closingOf(tokens, i)
      const last = close === undefined ? undefined : tokens[close]
      if (close === undefined || !last) return []
      return forms
        .filter((form) => symbols[form] !== token.tokenType)
        .map((form): Mend => {
          const closing = closes[form] ?? '}'
          const [from, to] = [spanFrom(token, token), spanFrom(last, last)]
          return {
            changes: [
              { from: i, to: i + 1, tokens: [inPlace(symbols[form], from, text, form)] },
              { from: close, to: close + 1, tokens: [inPlace(symbols[closing], to, text, closing)] },
            ],
            finding: {
              code: 'write-instead',
              span: from,
              data: { written: `${token.image} ${last.image}`, instead: `${form} ${closing}` },
              fixes: [
                {
                  title: 'replace',
                  data: { text: `${form} ${closing}` },
                  edits: [
                    { span: from, text: form },
                    { span: to, text: closing },
                  ],
                },
              ],
            },
          }
        })
    }
    if (!isClosing(token)) return []
    const open = openBrackets(tokens, i).at(-1)
    const wanted = open === undefined ? undefined : closes[tokens[open]?.tokenType.name ?? '']
    if (wanted === undefined || symbols[wanted] === token.tokenType) return []
    const span = spanFrom(token, token)
    return [{ changes: [{ from: i, to: i + 1, tokens: [inPlace(symbols[wanted], span, text, wanted)] }], finding: writeInstead(text, span, wanted) }]
  })
}
