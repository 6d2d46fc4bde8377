// Menders for comparisons: 18岁 <= 年龄 <= 35岁, 年龄 >= 18岁 且 <= 35岁.

import { isKeyword, keywordTokens as k, type SymbolForm, symbols, type Token } from '../tokens.ts'
import { formOf } from '../words.ts'
import { type Broken, endOf, inPlace, is, isFree, type Mend, type Mender, put, spanFrom, statementStart, suspects, writeInstead } from './broken.ts'

const comparisons = (['<', '<=', '>', '>='] as const).map((form) => symbols[form])
const comparison = (token: Token | undefined): SymbolForm | undefined =>
  token && comparisons.includes(token.tokenType as (typeof comparisons)[number]) ? (token.tokenType.name as SymbolForm) : undefined

/** After these a condition begins. */
const beforeConditions = [k.when, k.and, k.or, k.not, k.where, symbols['('], symbols['=']]

/** 且 <= 35岁: what is compared is said again. */
export const subjectsLeftOut: Mender = (broken) => [
  ...suspects(broken).flatMap((i) => subjectLeftOut(broken, i)),
  ...suspects(broken).flatMap((i) => chained(broken, i)),
]

function subjectLeftOut(broken: Broken, i: number): readonly Mend[] {
  const { text, tokens } = broken
  const [joint, sign] = [tokens[i - 1], tokens[i]]
  if (!sign || !is(joint, k.and, k.or) || !comparison(sign)) return []
  const start = statementStart(broken, i)
  const first = tokens.findLastIndex((token, j) => j < i - 1 && comparison(token) !== undefined)
  const subject = tokens[first - 1]
  // Of 甲 + 乙 >= 3 and 18岁 <= 年龄 the word before the sign is not what is compared.
  if (first <= start || !isFree(subject) || (first - 1 > start && !is(tokens[first - 2], ...beforeConditions))) return []
  const name = text.slice(subject.startOffset, endOf(subject))
  const at = sign.startOffset
  return [
    {
      changes: [{ from: i, to: i, tokens: [{ ...put(subject.tokenType, at, subject.value), quoted: subject.quoted }] }],
      finding: {
        code: 'subject-missing',
        span: spanFrom(sign, sign),
        data: { subject: name, sign: sign.image },
        fixes: [{ title: 'insert', data: { text: name }, edits: [{ span: { start: at, end: at }, text: `${name} ` }] }],
      },
    },
  ]
}

/** 18岁 <= 年龄 <= 35岁 is 年龄 在 18岁..35岁. */
function chained(broken: Broken, i: number): readonly Mend[] {
  const { text, tokens, surface } = broken
  const start = statementStart(broken, i)
  const second = comparison(tokens[i])
  const opening = tokens.findLastIndex((token, j) => j < i && comparison(token) !== undefined)
  const low = comparison(tokens[opening])
  const subject = tokens[opening + 1]
  if (!second || !low || opening <= start || opening + 2 !== i || !isFree(subject) || second[0] !== '<' || low[0] !== '<') return []
  const from = tokens.findLastIndex((token, j) => j < opening && is(token, ...beforeConditions)) + 1
  const high = tokens.findIndex((token, j) => j > i && (isKeyword(token) || is(token, symbols[')'], symbols['}'], symbols['{'])))
  if (from <= start || from >= opening || high < 0) return []
  const [lower, upper] = [tokens.slice(from, opening), tokens.slice(i + 1, high)]
  if (lower.length === 0 || upper.length === 0) return []
  const words = (part: readonly Token[]) => text.slice(part[0]!.startOffset, endOf(part.at(-1)!))
  const bound = (id: 'above' | 'under') => `${formOf(id, surface)}${surface === 'zh' ? '' : ' '}`
  const [above, under] = [low === '<' ? bound('above') : '', second === '<' ? bound('under') : '']
  const span = spanFrom(lower[0]!, upper.at(-1)!)
  const at = span.start
  const range = [
    ...(low === '<' ? [put(k.above, at)] : []),
    ...lower,
    inPlace(symbols['..'], spanFrom(tokens[i]!, tokens[i]!), text, '..'),
    ...(second === '<' ? [put(k.under, at)] : []),
    ...upper,
  ]
  const instead = `${words([subject])} ${formOf('in', surface)} ${above}${words(lower)}..${under}${words(upper)}`
  return [{ changes: [{ from, to: high, tokens: [subject, put(k.in, at), ...range] }], finding: writeInstead(text, span, instead, { span, text: instead }) }]
}
