// Menders for what is not there yet: a value after a word that wants one, 当 before a condition, 得 before points, a
// brace, a mark between two members, quotation marks.

import type { TokenType } from 'chevrotain'
import { spanOf } from '../lex.ts'
import {
  HoleAward,
  HoleDate,
  HoleNumber,
  HoleText,
  HoleType,
  HoleValue,
  keywordTokens as k,
  NumberToken,
  Quoted,
  symbols,
  Text,
  type Token,
  Word,
} from '../tokens.ts'
import { byForm, formOf, type KeywordId } from '../words.ts'
import {
  type Broken,
  endOf,
  inPlace,
  is,
  isOpening,
  lineStop,
  type Mend,
  type Mender,
  openBrackets,
  put,
  startsLine,
  statementStart,
  suspects,
} from './broken.ts'

/** What follows a word of the language, where it is more than some value. */
const wants: Partial<Record<KeywordId, string>> = {
  max: 'points',
  min: 'points',
  award: 'points',
  deduct: 'points',
  when: 'condition',
  where: 'condition',
  and: 'condition',
  or: 'condition',
  not: 'condition',
  source: 'string',
  cites: 'string',
  number: 'string',
  text: 'string',
  reading: 'string',
  unsourced: 'string',
  'audited-by': 'string',
  range: 'range',
  in: 'range',
  'in-force': 'date',
  per: 'number',
  'per-full': 'number',
  'within-last': 'number',
}

const holes: readonly (readonly [TokenType, string])[] = [
  [HoleValue, 'value'],
  [HoleText, 'string'],
  [HoleNumber, 'number'],
  [HoleDate, 'date'],
  [HoleType, 'type'],
]

/** Signs after which something must stand. */
const asking: ReadonlySet<TokenType> = new Set((['=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '..', ':', ','] as const).map((form) => symbols[form]))

/** Reading goes on as if the value stood there; nobody can say which it is, so there is no fix. */
export const values: Mender = (broken) => {
  const { tokens } = broken
  return suspects(broken)
    .map((i) => i - 1)
    .flatMap((i) => {
      const token = tokens[i]
      if (!token || token.quoted) return []
      const id = token.tokenType.name as KeywordId
      const isKeyword = byForm.keyword.id.has(id)
      if (!isKeyword && !asking.has(token.tokenType)) return []
      const what = wants[id]
      return holes
        .filter(([, kind]) => what === undefined || what === kind || kind === 'value' || what === 'range')
        .map(([type, kind]): Mend => {
          const named = is(token, symbols[':'], symbols['=']) ? tokens[i - 1] : undefined
          return {
            changes: [{ from: i + 1, to: i + 1, tokens: [put(type, endOf(token))] }],
            finding: {
              code: 'value-missing',
              span: spanOf(token),
              data: { after: `${named ? named.image : ''}${is(token, symbols['=']) ? ' ' : ''}${token.image}`, what: what ?? kind },
            },
          }
        })
    })
}

/** 当 自有住房, and no 得 yet; 另, and nothing after it. */
export const awards: Mender = ({ text, tokens, at }) => {
  const previous = tokens[at - 1]
  if (!previous) return []
  const span = spanOf(previous)
  return [
    {
      changes: [{ from: at, to: at, tokens: [put(HoleAward, span.end)] }],
      finding: { code: 'value-missing', span, data: { after: text.slice(span.start, span.end), what: 'award-of-row' } },
    },
  ]
}

/** A keyword before the token at `index`. */
function keywordBefore(broken: Broken, index: number, id: KeywordId): Mend {
  const { text, tokens, surface } = broken
  const token = tokens[index]!
  const form = formOf(id, surface)
  const at = token.startOffset
  const isTight = is(token, NumberToken) && surface === 'zh'
  const edit = isTight ? { span: { start: at, end: at }, text: form } : { span: { start: at, end: at }, text: `${form} ` }
  return {
    changes: [{ from: index, to: index, tokens: [put(k[id], at, form)] }],
    finding: {
      code: 'keyword-missing',
      span: spanOf(token),
      data: { keyword: form, before: text.slice(at, endOf(token)) },
      fixes: [{ title: 'insert', data: { text: form }, edits: [edit] }],
    },
  }
}

/** 自有住房 得5分: 当 was forgotten; 当 自有住房 5分: 得. */
export const keywordsForgotten: Mender = (broken) => {
  const { tokens } = broken
  const starts = [...new Set(suspects(broken).map((i) => statementStart(broken, i)))]
  const gives = (from: number) =>
    tokens.slice(from, lineStop(broken, from)).some((token) => is(token, k.award, k.deduct, k.per, k['per-full'], k.table, k.gives))
  const conditions = starts.flatMap((i) => (gives(i) && is(tokens[i], Word, Quoted, k.not) ? [keywordBefore(broken, i, 'when')] : []))
  // 当 年龄 18岁 得5分: there the number is none of the points.
  const awardFollows = (from: number) => {
    const next = tokens.slice(from, lineStop(broken, from)).find((token) => is(token, k.award, k.deduct, k.gives, k.plus, symbols['{'], symbols['}']))
    return is(next, k.award, k.deduct, k.gives)
  }
  const amounts = suspects(broken).flatMap((i) =>
    is(tokens[i], NumberToken) && tokens[i - 1] && !isOpening(tokens[i - 1]) && !awardFollows(i) ? [keywordBefore(broken, i, 'award')] : [],
  )
  return [...conditions, ...amounts]
}

/** 事实 自有住房 是否: a sign between two parts. */
export const signsForgotten: Mender = (broken) => {
  const { tokens, at, expected } = broken
  const [previous, token] = [tokens[at - 1], tokens[at]]
  if ((expected !== ':' && expected !== '=') || !previous || !token) return []
  const end = endOf(previous)
  return [
    {
      changes: [{ from: at, to: at, tokens: [put(symbols[expected], end, expected)] }],
      finding: {
        code: 'missing-token',
        span: spanOf(token),
        data: { expected },
        fixes: [{ title: 'insert', data: { text: expected }, edits: [{ span: { start: end, end }, text: expected === ':' ? ':' : ' =' }] }],
      },
    },
  ]
}

/** 指标 住房, and nothing else yet; or the brace alone is missing. */
export const bodies: Mender = (broken) => {
  const { tokens, at, expected, text } = broken
  const previous = tokens[at - 1]
  if (expected !== '{' || !previous) return []
  const end = endOf(previous)
  const brace = (type: TokenType, form: string) => put(type, end, form)
  return [
    {
      balances: true,
      changes: [{ from: at, to: at, tokens: [brace(symbols['{'], '{')] }],
      finding: {
        code: 'missing-token',
        span: spanOf(tokens[at] ?? previous),
        data: { expected: '{' },
        fixes: [{ title: 'insert', data: { text: '{' }, edits: [{ span: { start: end, end }, text: ' {' }] }],
      },
    },
    {
      changes: [{ from: at, to: at, tokens: [brace(symbols['{'], '{'), brace(symbols['}'], '}')] }],
      finding: { code: 'body-missing', span: spanOf(previous), data: { after: text.slice(previous.startOffset, end) } },
    },
  ]
}

/** [本地 外地]: a mark between two members, two keys. */
export const separators: Mender = (broken) => {
  const { tokens, at, surface } = broken
  const [previous, token] = [tokens[at - 1], tokens[at]]
  if (!previous || !token || isOpening(previous) || openBrackets(tokens, at).length === 0) return []
  const end = endOf(previous)
  const form = surface === 'zh' ? '、' : ','
  return [
    {
      changes: [{ from: at, to: at, tokens: [put(symbols[','], end, ',')] }],
      finding: {
        code: 'separator-missing',
        span: spanOf(token),
        data: { mark: form, before: token.image },
        fixes: [
          { title: 'insert', data: { text: form }, edits: [{ span: { start: end, end: token.startOffset }, text: surface === 'zh' ? form : `${form} ` }] },
        ],
      },
    },
  ]
}

const quoting: ReadonlySet<TokenType> = new Set(
  (['cites', 'source', 'audited-by', 'unsourced', 'reading', 'number', 'text', 'replaces', 'clause', 'procedural', 'omitted', 'case'] as const).map(
    (id) => k[id],
  ),
)

/** 依据 二(二): what a word wants in quotation marks. */
export const quotes: Mender = (broken) => {
  const { text, tokens } = broken
  return suspects(broken).flatMap((i): readonly Mend[] => {
    const before = tokens[i - 1]
    if (!before || !quoting.has(before.tokenType) || is(tokens[i], Text)) return []
    const stop = lineStop(broken, i - 1)
    let to = i
    const depth: Token[] = []
    while (to < stop) {
      const token = tokens[to]!
      if (is(token, symbols['{'], symbols['}']) || (depth.length === 0 && to > i && isKeywordApart(text, token))) break
      if (is(token, symbols['('])) depth.push(token)
      else if (is(token, symbols[')'])) depth.pop()
      to += 1
    }
    const [first, last] = [tokens[i], tokens[to - 1]]
    if (!first || !last || to <= i || startsLine(text, first)) return []
    const span = { start: first.startOffset, end: endOf(last) }
    const written = text.slice(span.start, span.end)
    if (/["“”]/.test(written)) return []
    return [
      {
        changes: [{ from: i, to, tokens: [{ ...inPlace(Text, span, text, written), quoted: true }] }],
        finding: {
          code: 'text-needs-quotes',
          span,
          data: { written, after: before.image },
          fixes: [{ title: 'replace', data: { text: `"${written}"` }, edits: [{ span, text: `"${written}"` }] }],
        },
      },
    ]
  })
}

const isKeywordApart = (text: string, token: Token): boolean =>
  token.tokenType !== Word && token.tokenType.name in k && /\s/.test(text[token.startOffset - 1] ?? '')
