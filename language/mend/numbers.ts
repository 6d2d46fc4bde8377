// Menders for numbers and days: 2024/1/1, 20240101, 1,000,000, 百分之五十 and the like.

import { ascii } from '../numerals.ts'
import { DateToken, keywordTokens as k, NumberToken, symbols, Word } from '../tokens.ts'
import { byForm, formOf } from '../words.ts'
import { type Broken, endOf, inPlace, is, isFree, type Mend, type Mender, put, suspects, writeInstead } from './broken.ts'
import { instead } from './instead.ts'

/** The index after the last token that begins before `end`. */
function indexAfter({ tokens }: Broken, from: number, end: number): number {
  let to = from
  while (to < tokens.length && tokens[to]!.startOffset < end) to += 1
  return to
}

function replaced(broken: Broken, from: number, length: number, type: typeof DateToken, value: string, written = value): readonly Mend[] {
  const { text, tokens } = broken
  const start = tokens[from]!.startOffset
  const to = indexAfter(broken, from, start + length)
  const last = tokens[to - 1]
  if (!last) return []
  // A unit that stands against it is a part of its word: 20240101起.
  const span = { start, end: Math.max(start + length, endOf(last)) }
  if (span.end !== start + length) return []
  return [{ changes: [{ from, to, tokens: [inPlace(type, span, text, value)] }], finding: writeInstead(text, span, written) }]
}

const dayForms = [/^(\d{4})([./年])(\d{1,2})[./月](\d{1,2})(?:日|号)?(?!\d)/, /^(\d{4})()(\d{2})(\d{2})(?!\d)/] as const

/** A day that is written in another way. */
export const otherDays: Mender = (broken) => {
  const { text, tokens } = broken
  return suspects(broken).flatMap((i) => {
    const token = tokens[i]
    if (!is(token, NumberToken) || !token) return []
    const piece = ascii(text, token.startOffset, token.startOffset + 12)
    const form = dayForms.map((pattern) => pattern.exec(piece)).find((match) => match !== null)
    if (!form) return []
    const [whole, year = '', , month = '', day = ''] = form
    if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return []
    return replaced(broken, i, whole.length, DateToken, `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  })
}

/** 1,000,000 as one number. */
export const grouped: Mender = (broken) => {
  const { text, tokens } = broken
  return suspects(broken).flatMap((i) => {
    const token = tokens[i]
    if (!token || !is(token, NumberToken) || is(tokens[i - 1], symbols[','])) return []
    const whole = /^\d{1,3}(,\d{3})+(\.\d+)?/.exec(ascii(text, token.startOffset, token.startOffset + 40))?.[0]
    return whole === undefined ? [] : replaced(broken, i, whole.length, NumberToken, whole.replaceAll(',', ''))
  })
}

/** 百分之50, 50个百分点, 50 percent: 50%. */
export const percents: Mender = (broken) => {
  const { text, tokens, surface } = broken
  return suspects(broken).flatMap((i): readonly Mend[] => {
    const [token, next] = [tokens[i], tokens[i + 1]]
    if (isFree(token) && token.value === '百分之' && next && is(next, NumberToken)) {
      const span = { start: token.startOffset, end: endOf(next) }
      const percent = inPlace(symbols['%'], { start: span.end, end: span.end }, text, '%')
      return [{ changes: [{ from: i, to: i + 2, tokens: [next, percent] }], finding: writeInstead(text, span, `${next.image}%`) }]
    }
    if (token && is(token, NumberToken) && isFree(next) && instead.unit[surface].get(next.value)?.includes('%')) {
      const span = { start: token.startOffset, end: endOf(next) }
      const percent = inPlace(symbols['%'], { start: next.startOffset, end: endOf(next) }, text, '%')
      return [{ changes: [{ from: i, to: i + 2, tokens: [token, percent] }], finding: writeInstead(text, span, `${token.image}%`) }]
    }
    return []
  })
}

/** 每次 is 每1次. */
export const perUnits: Mender = (broken) => {
  const { text, tokens, surface } = broken
  const keywords = (['per-full', 'per'] as const).map((id) => ({ id, form: formOf(id, surface) }))
  return suspects(broken).flatMap((i): readonly Mend[] => {
    const token = tokens[i]
    const found = isFree(token) ? keywords.find(({ form }) => token.value.startsWith(form) && byForm.unit.zh.has(token.value.slice(form.length))) : undefined
    if (!token || !found || surface !== 'zh' || token.value !== token.image) return []
    const [start, cut, end] = [token.startOffset, token.startOffset + found.form.length, endOf(token)]
    const span = { start, end }
    const pieces = [
      inPlace(k[found.id], { start, end: cut }, text, found.form),
      put(NumberToken, cut, '1'),
      inPlace(Word, { start: cut, end }, text, text.slice(cut, end)),
    ]
    return [{ changes: [{ from: i, to: i + 1, tokens: pieces }], finding: writeInstead(text, span, `${found.form}1${text.slice(cut, end)}`) }]
  })
}

const hanDigits = '〇一二三四五六七八九'
const hanDay = /^([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]$/

/** 二〇二四年一月一日, as official papers date themselves. */
export const daysInWords: Mender = (broken) => {
  const { tokens } = broken
  return suspects(broken).flatMap((i): readonly Mend[] => {
    const token = tokens[i]
    const [, year, month, day] = (isFree(token) && hanDay.exec(token.value)) || []
    if (!token || year === undefined || month === undefined || day === undefined) return []
    const digits = [...year].map((char) => Math.max(0, hanDigits.indexOf(char))).join('')
    const written = `${digits}-${String(upToHundred(month)).padStart(2, '0')}-${String(upToHundred(day)).padStart(2, '0')}`
    return replaced(broken, i, token.image.length, DateToken, written)
  })
}

/** 二十一 is 21. */
function upToHundred(numeral: string): number {
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : ['', numeral]
  const digit = (char: string | undefined, none: number) => (char === undefined || char === '' ? none : hanDigits.indexOf(char))
  return (numeral.includes('十') ? digit(tens, 1) * 10 : 0) + digit(ones, 0)
}
