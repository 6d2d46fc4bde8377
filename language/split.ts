// A word that nothing declares may be two words whose blank was forgotten: 当年龄, 分取最高, 事实学历. Such a word is
// reported with the split as its fix, and parsing goes on as if it had been split. A word that somebody declared is never
// touched, so a name may begin with a keyword.

import { modes } from '../runtime/ir/operations.ts'
import type { Diagnostic, Report } from './diagnostics/diagnostic.ts'
import { wordEnd } from './letters.ts'
import { makeToken, spanOf } from './lex.ts'
import { instead } from './mend/instead.ts'
import { isSlipOf } from './mend/slip.ts'
import { isKeyword, keywordTokens as k, NumberToken, symbols, type Token, Word } from './tokens.ts'
import { byForm, formOf, type KeywordId, type Surface } from './words.ts'

const declaring = new Set<string>(
  (['policy', 'fact', 'define', 'group', 'indicator', 'deductions', 'total', 'parameter', 'as-of', 'scenario', 'unit', 'deadline', 'use'] as const).map(
    (id) => k[id].name,
  ),
)

/** Keywords that begin an item or a row: with one of these in front, a word at a line's start is split even if the rest is new. */
const starters: readonly KeywordId[] = [
  'policy',
  'number',
  'text',
  'in-force',
  'as-of',
  'fact',
  'define',
  'group',
  'indicator',
  'deductions',
  'total',
  'case',
  'when',
  'otherwise',
  'base',
  'per',
  'per-full',
  'use',
  'parameter',
  'scenario',
  'extend',
  'deadline',
  'unit',
  'applies',
  'veto',
  'clear',
  'lapse',
  'bar',
]

/** What is known while words are split, and what has come out so far. */
interface Splitting {
  readonly text: string
  readonly surface: Surface
  readonly report: Report
  /** Grows: what is split off from the keyword that declares it is a name from there on. */
  readonly known: Set<string>
  readonly out: Token[]
}

/** @param outside words that other files declare for this one */
export function splitGluedWords(text: string, tokens: readonly Token[], surface: Surface, outside: ReadonlySet<string>, report: Report): readonly Token[] {
  const splitting: Splitting = { text, surface, report, known: knownWords(tokens, surface, outside), out: [] }
  tokens.forEach((token, i) => {
    if (token.tokenType === Word && !isOtherWord(token, tokens[i + 1], surface)) splitWord(token, splitting)
    else splitting.out.push(token)
  })
  return splitting.out
}

const isKeywordWithSlip = (written: string, keyword: string): boolean => keyword.length > 1 && isSlipOf(written, keyword)

/** What people write instead of a keyword, or a keyword with a slip in it before a name, is no two words: 扣分项, 指标租 附加项. */
const isOtherWord = ({ value }: Token, next: Token | undefined, surface: Surface): boolean =>
  instead.keyword[surface].has(value) ||
  instead.sign[surface].has(value) ||
  ((next?.tokenType === Word || next?.quoted === true) && starters.some((id) => isKeywordWithSlip(value, formOf(id, surface))))

function splitWord(token: Token, splitting: Splitting) {
  const { surface, known, out, report } = splitting
  const isKnown = known.has(token.value)
  const numeral = isKnown ? undefined : chineseNumber(token, surface)
  if (numeral) {
    report(numeral.diagnostic)
    out.push(...numeral.tokens)
    return
  }
  const pieces = isDeclared(out) ? modeSplit(token, splitting) : isKnown ? undefined : piecesOf(token, splitting)
  if (pieces) takePieces(token, pieces, splitting)
  else out.push(token)
}

/** Goes on with the pieces in place of the word, and reports it. */
function takePieces(token: Token, pieces: readonly string[], { surface, known, out, report }: Splitting) {
  const span = spanOf(token)
  const split = pieces.join(' ')
  report({
    code: 'glued-words',
    span,
    data: { written: token.image, split },
    fixes: [{ title: 'split', data: { text: split }, edits: [{ span, text: split }] }],
  })
  let at = token.startOffset
  for (const piece of pieces) {
    const keyword = byForm.keyword[surface].get(piece)
    if (!keyword && isDeclared(out)) known.add(piece)
    out.push(makeToken(keyword ? k[keyword.id] : Word, piece, at))
    at += piece.length
  }
}

function piecesOf(token: Token, { text, surface, known, out }: Splitting): readonly string[] | undefined {
  if (token.value.length !== token.image.length || token.value.length > longestGlued) return undefined
  return segment(token.value, known) ?? (startsLine(text, token) || opensBody(out) ? starterSplit(token.value, surface) : undefined)
}

/** 指标组 学历取最高 {: the name of an item does not end in how its parts combine, unless it stands in quotation marks. */
function modeSplit({ value, image }: Token, { surface, out }: Splitting): readonly string[] | undefined {
  const declares = out.at(-1)?.tokenType.name ?? ''
  if (value !== image || !items.some((id) => k[id].name === declares)) return undefined
  const form = afterNames.map((id) => formOf(id, surface)).find((word) => value.endsWith(word) && value.length > word.length)
  return form === undefined ? undefined : [value.slice(0, -form.length), form]
}

const startsLine = (text: string, { startOffset }: Token): boolean => /(?:^|\n)[ \t\u3000]*$/.test(text.slice(Math.max(0, startOffset - 200), startOffset))

function opensBody(before: readonly Token[]): boolean {
  const type = before.at(-1)?.tokenType
  return type === undefined || type === symbols['{'] || type === symbols['}']
}

function starterSplit(word: string, surface: Surface): readonly string[] | undefined {
  const forms = starters.map((id) => formOf(id, surface))
  const first = forms.filter((form) => word.startsWith(form)).sort((a, b) => b.length - a.length)[0]
  if (!first) return undefined
  const rest = word.slice(first.length)
  return wordEnd(rest, 0) === rest.length ? [first, rest] : undefined
}

const items = ['group', 'indicator', 'deductions'] as const
const afterNames = [...modes.words, 'extensible'] as const

/** No two words that somebody wrote together are longer. */
const longestGlued = 80

/** Whether the next token is the name in a declaration. */
function isDeclared(before: readonly Token[]): boolean {
  const last = before.at(-1)
  if (!last) return false
  if (declaring.has(last.tokenType.name)) return true
  return last.tokenType === symbols[','] && declaring.has(before.at(-3)?.tokenType.name ?? '')
}

const numeralForm = /^(\D*?)([一二两三四五六七八九十百千]+)(\D*)$/u

/** 每满一年 is a word of letters: read as 每满1年, and reported. */
function chineseNumber(token: Token, surface: Surface): { diagnostic: Diagnostic; tokens: readonly Token[] } | undefined {
  if (surface !== 'zh' || token.value.length > longestGlued) return undefined
  const [, before = '', numeral = '', unit = ''] = numeralForm.exec(token.value) ?? []
  const keyword = byForm.keyword.zh.get(before)
  const value = numeralValue(numeral)
  if ((before !== '' && !keyword?.tight) || !byForm.unit.zh.has(unit) || value === undefined) return undefined
  const span = spanOf(token)
  const text = `${before}${value}${unit}`
  const at = token.startOffset
  return {
    diagnostic: {
      code: 'chinese-number',
      span,
      data: { written: token.image, digits: text },
      fixes: [{ title: 'replace', data: { text }, edits: [{ span, text }] }],
    },
    tokens: [
      ...(keyword ? [makeToken(k[keyword.id], before, at)] : []),
      makeToken(NumberToken, numeral, at + before.length, String(value)),
      makeToken(Word, unit, at + before.length + numeral.length),
    ],
  }
}

const digits = '一二三四五六七八九'
const weights: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

function numeralValue(numeral: string): number | undefined {
  let [sum, pending] = [0, 0]
  for (const char of numeral.replaceAll('两', '二')) {
    const weight = weights[char]
    if (weight === undefined) {
      if (pending > 0) return undefined
      pending = digits.indexOf(char) + 1
    } else {
      sum += Math.max(1, pending) * weight
      pending = 0
    }
  }
  return sum + pending
}

/** Words that are the language's or that the text declares somewhere. */
export function knownWords(tokens: readonly Token[], surface: Surface, outside: ReadonlySet<string>): Set<string> {
  const known = new Set<string>(outside)
  for (const index of [byForm.keyword, byForm.unit, byForm.type, byForm.function, byForm.outcome, byForm.state]) {
    for (const form of index[surface].keys()) known.add(form)
  }
  let inMembers = false
  tokens.forEach((token, i) => {
    if (token.tokenType === symbols['[']) {
      const before = tokens[i - 1]
      inMembers = before !== undefined && before.tokenType === Word && byForm.type[surface].has(before.value)
    } else if (token.tokenType === symbols[']']) {
      inMembers = false
    } else if (inMembers || declaring.has(tokens[i - 1]?.tokenType.name ?? '')) {
      if (!isKeyword(token)) known.add(token.value)
    } else if (tokens[i + 1]?.tokenType === symbols[':'] && byForm.type[surface].has(tokens[i + 2]?.value ?? '')) {
      known.add(token.value)
    } else if (tokens[i - 1]?.tokenType === symbols[','] && declaring.has(tokens[i - 3]?.tokenType.name ?? '')) {
      known.add(token.value)
    }
  })
  return known
}

/** The fewest known words that make up `word`, two at least. */
function segment(word: string, known: ReadonlySet<string>): readonly string[] | undefined {
  const best: (readonly string[] | undefined)[] = [[]]
  for (let end = 1; end <= word.length; end += 1) {
    for (let start = 0; start < end; start += 1) {
      const before = best[start]
      const piece = word.slice(start, end)
      if (before && known.has(piece) && before.length + 1 < (best[end]?.length ?? Number.POSITIVE_INFINITY)) best[end] = [...before, piece]
    }
  }
  const pieces = best[word.length]
  return pieces && pieces.length >= 2 ? pieces : undefined
}
