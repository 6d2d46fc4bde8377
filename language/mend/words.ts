// Menders for words: another word, a sign in words, the other language, a slip of the pen, a keyword torn in two.

import type { Edit } from '../diagnostics/diagnostic.ts'
import { makeToken } from '../lex.ts'
import type { Span } from '../span.ts'
import { isKeyword, keywordTokens as k, NumberToken, type SymbolForm, symbols, type Token, Word } from '../tokens.ts'
import { byForm, formOf, type KeywordId, keywords, type Surface } from '../words.ts'
import {
  type Broken,
  endOf,
  inPlace,
  is,
  isFree,
  isTouching,
  type Mend,
  type Mender,
  replacing,
  spanFrom,
  startsLine,
  suspects,
  writeInstead,
} from './broken.ts'
import { instead, needless, suffixes } from './instead.ts'
import { isSlipOf } from './slip.ts'

/** Tokens from `from` up to `to` in the place of one keyword or sign. */
function become(broken: Broken, from: number, to: number, type: (typeof k)[KeywordId], form: string): Mend {
  const { text, tokens } = broken
  const span = spanFrom(tokens[from]!, tokens[to - 1]!)
  return { changes: [{ from, to, tokens: [inPlace(type, span, text, form)] }], finding: writeInstead(text, span, form, editFor(broken, span, form)) }
}

/** As the formatter would write it: in Chinese no blank stands between a number and its keyword or unit. */
function editFor({ text, surface }: Broken, span: Span, form: string): Edit {
  if (form === ':' || form === '=') {
    const blank = /[ \t]*$/.exec(text.slice(0, span.start))?.[0].length ?? 0
    return { span: { start: span.start - blank, end: span.end }, text: form === '=' ? ' =' : ':' }
  }
  if (surface === 'en') return replacing(text, span, form)
  const before = byForm.unit.zh.has(form) ? (/(?<=[\d%])[ \t]+$/.exec(text.slice(Math.max(0, span.start - 80), span.start))?.[0].length ?? 0) : 0
  const after = byForm.keyword.zh.get(form)?.tight ? (/^[ \t]+(?=\d)/.exec(text.slice(span.end, span.end + 80))?.[0].length ?? 0) : 0
  return replacing(text, { start: span.start - before, end: span.end + after }, form)
}

const asKeyword = (broken: Broken, from: number, to: number, id: KeywordId): Mend => become(broken, from, to, k[id], formOf(id, broken.surface))

/** A sign as it is written in a text: 且 for && needs no table, `..` is as it is. */
const asSign = (broken: Broken, from: number, to: number, sign: SymbolForm): Mend =>
  become(broken, from, to, symbols[sign], sign === ',' && broken.surface === 'zh' ? '、' : sign === '*' && broken.surface === 'zh' ? '×' : sign)

/** What a token says, or a run of two that touch or, in English, are two words. */
function spellings(broken: Broken, i: number): readonly { readonly written: string; readonly to: number }[] {
  const { tokens, surface } = broken
  const [first, second] = [tokens[i], tokens[i + 1]]
  if (!first || first.quoted) return []
  const joined =
    second === undefined || second.quoted
      ? []
      : isTouching(first, second)
        ? [first.value + second.value]
        : surface === 'en'
          ? [`${first.value} ${second.value}`]
          : []
  return [...joined.map((written) => ({ written, to: i + 2 })), { written: first.value, to: i + 1 }]
}

/** A word, or two signs, that stand in the table of what people write instead. */
export const otherWords: Mender = (broken) => instances(broken, (token, to, i) => !isKeyword(token) || to > i + 1)

/** A keyword that is one, and means something else elsewhere: 不超过10分 for 最高10分. */
export const otherKeywords: Mender = (broken) => instances(broken, (token, to, i) => isKeyword(token) && to === i + 1)

function instances(broken: Broken, isTried: (token: Token, to: number, index: number) => boolean): readonly Mend[] {
  const { surface, declared, tokens } = broken
  return suspects(broken).flatMap((i) =>
    spellings(broken, i).flatMap(({ written, to }) => {
      if (declared.has(written) || !isTried(tokens[i]!, to, i)) return []
      const signs = instead.sign[surface].get(written) ?? []
      const words = instead.keyword[surface].get(written) ?? []
      // Members are asked by 是, numbers by =.
      const equality = signs.includes('=') && isFree(tokens[to]) ? [asKeyword(broken, i, to, 'is')] : []
      return [...equality, ...signs.map((sign) => asSign(broken, i, to, sign)), ...words.map((id) => asKeyword(broken, i, to, id))]
    }),
  )
}

const otherSurface = (surface: Surface): Surface => (surface === 'zh' ? 'en' : 'zh')

/** A keyword, unit or sign of the other language. */
export const otherLanguage: Mender = (broken) => {
  const { tokens, surface, declared } = broken
  const other = otherSurface(surface)
  return suspects(broken).flatMap((i) => {
    const token = tokens[i]
    if (!isFree(token) || declared.has(token.value)) return []
    const phrases = [3, 2, 1].flatMap((count) => {
      const run = tokens.slice(i, i + count)
      const id = byForm.keyword[other].get(run.map(({ value }) => value).join(' '))?.id
      return run.length === count && id !== undefined ? [asKeyword(broken, i, i + count, id as KeywordId)] : []
    })
    const unit = byForm.unit[other].get(token.value)
    const inUnits = unit === undefined ? [] : [become(broken, i, i + 1, Word, unit[surface])]
    return tokens[i - 1]?.tokenType === NumberToken ? [...inUnits, ...phrases] : [...phrases, ...inUnits]
  })
}

/** 60个月以上, 大专以上: the sign goes before what it compares with. */
export const suffixedSigns: Mender = (broken) => {
  const { text, tokens, surface } = broken
  if (surface !== 'zh') return []
  return suspects(broken).flatMap((i) => {
    const token = tokens[i]
    const found = isFree(token) ? suffixes.find(([suffix]) => token.value.endsWith(suffix)) : undefined
    if (!token || !found || token.value !== token.image) return []
    const [suffix, sign] = found
    const rest = token.value.slice(0, -suffix.length)
    const cut = endOf(token) - suffix.length
    const unit = rest === '' ? [] : [makeToken(Word, rest, token.startOffset)]
    /** The number, and its unit where a blank parts it from the suffix. */
    const first = tokens[i - 1]?.tokenType === NumberToken ? i - 1 : rest === '' && tokens[i - 2]?.tokenType === NumberToken ? i - 2 : rest === '' ? i - 1 : i
    const before = tokens.slice(first, i)
    const start = (before[0] ?? token).startOffset
    const span = { start, end: endOf(token) }
    const value = text.slice(start, cut).trimEnd()
    const mark = inPlace(symbols[sign], { start, end: start }, text, sign)
    const finding = writeInstead(text, span, `${sign} ${value}`)
    return [{ changes: [{ from: first, to: i + 1, tokens: [mark, ...before, ...unit] }], finding }]
  })
}

/** Shorter words are too like one another. */
const shortest = { zh: 2, en: 4 } as const

/** A keyword with a slip of the pen in it, or with a letter that another keyboard gives. */
export const misspelt: Mender = (broken) => {
  const { tokens, surface, declared } = broken
  return suspects(broken).flatMap((i) => {
    const token = tokens[i]
    if (!isFree(token) || declared.has(token.value)) return []
    const isLong = (form: string) => form.length >= shortest[surface] && token.value.length >= shortest[surface]
    const isNear = (form: string) => (isLong(form) && isSlipOf(token.value, form)) || (surface === 'en' && token.value.toLowerCase() === form)
    const near = keywords.filter((word) => isNear(word[surface]))
    // Of 指标 and 指标组 the one that was typed whole: the rest is a letter too many.
    const isWhole = (word: (typeof keywords)[number]) => (token.value.startsWith(word[surface]) ? 0 : 1)
    const mends = near.sort((a, b) => isWhole(a) - isWhole(b)).map((word) => ({ word, mend: asKeyword(broken, i, i + 1, word.id) }))
    // 最告 may be 最高 or 最低, 取最 too: neither is likelier, where both can be read.
    return mends.map(({ word, mend }) => ({
      ...mend,
      others: mends.filter((other) => other.word !== word && other.word[surface].length === word[surface].length).map((other) => other.mend),
    }))
  })
}

const signsOfTwo = ['<=', '>='] as const

/** 每 满, 指标 组, > =: one keyword or sign with a blank inside. */
export const torn: Mender = (broken) => {
  const { tokens, surface } = broken
  return suspects(broken).flatMap((i) => {
    const sign = signsOfTwo.find((form) => is(tokens[i], symbols[form[0] as '<' | '>']) && is(tokens[i + 1], symbols['=']))
    if (sign !== undefined) return [asSign(broken, i, i + 2, sign)]
    if (surface !== 'zh') return []
    return [3, 2].flatMap((count) => {
      const run = tokens.slice(i, i + count)
      const id = byForm.keyword.zh.get(run.map(({ value }) => value).join(''))?.id
      return run.length === count && run.every((token) => isFree(token) || isKeyword(token)) && id !== undefined
        ? [asKeyword(broken, i, i + count, id as KeywordId)]
        : []
    })
  })
}

const isSign = (token: Token | undefined): boolean => is(token, ...(['+', '-', '*', '/', '=', ',', ';'] as const).map((form) => symbols[form]))

/** A mark at the end of a line, which ends by itself. */
export const marksAtLineEnd: Mender = (broken) => {
  const { text, tokens } = broken
  return notNeeded(broken).filter(({ changes: [change] }) => {
    const next = tokens[change?.to ?? tokens.length]
    return is(tokens[change?.from ?? -1], symbols[';'], symbols[','], symbols['.']) && (!next || startsLine(text, next))
  })
}

/** Without its point .25 would be 25. */
const isOfNumber = (text: string, mark: Token): boolean => is(mark, symbols['.'], symbols[',']) && /^[0-9０-９]/.test(text.slice(endOf(mark), endOf(mark) + 1))

/** A word or mark that need not be said. */
export const notNeeded: Mender = (broken) => {
  const { tokens, surface, rule } = broken
  return suspects(broken).flatMap((i) => {
    const isRepeated = isSign(tokens[i]) && tokens[i]?.tokenType === tokens[i - 1]?.tokenType
    return spellings(broken, i).flatMap(({ written, to }): readonly Mend[] => {
      const isNeedless = needless[surface].includes(written) || (isRepeated && to === i + 1)
      if (!isNeedless || broken.declared.has(written) || isOfNumber(broken.text, tokens[i]!)) return []
      const span = spanFrom(tokens[i]!, tokens[to - 1]!)
      return [
        {
          changes: [{ from: i, to, tokens: [] }],
          finding: {
            code: 'unexpected-token',
            span,
            data: { written: broken.text.slice(span.start, span.end), expected: '', place: rule },
            fixes: [{ title: 'remove', data: {}, edits: [withoutBlank(broken.text, span)] }],
          },
        },
      ]
    })
  })
}

/** Taken out with the blank before it, so that none is left over. */
export function withoutBlank(text: string, { start, end }: Span): Edit {
  const blank = /[ \t]*$/.exec(text.slice(Math.max(0, start - 80), start))?.[0].length ?? 0
  const isParted = /^[\s、，,；;})\]]|^$/.test(text.slice(end, end + 1))
  const isBetweenWords = blank === 0 && /[\p{L}\p{N}]$/u.test(text.slice(0, start)) && /^[\p{L}\p{N}]/u.test(text.slice(end))
  return { span: { start: isParted ? start - blank : start, end }, text: isBetweenWords ? ' ' : '' }
}
