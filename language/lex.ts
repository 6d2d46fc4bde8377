// Text → tokens and comments. Words are whole: a keyword is recognised only when the whole word is one, because one
// name in twenty begins with a keyword. Everything else about a word (unit, type, member) is told by its place.
// Chevrotain's own lexer is not used: it drops the `u` flag that Han needs, and cannot compare whole words.

import type { TokenType } from 'chevrotain'
import { isAsciiNameLetter, isBlank, isDigit, isInvisible, isLetter, twin } from './characters.ts'
import type { Fix, Report } from './diagnostics/diagnostic.ts'
import type { Span } from './span.ts'
import { DateToken, keywordTokens, NumberToken, Quoted, type SymbolForm, symbols, Text, type Token, Word } from './tokens.ts'
import { byForm, formsOf, keywords, type Surface } from './words.ts'

export interface Comment {
  /** With its `#`, without the line's end. */
  readonly text: string
  readonly span: Span
  /** Nothing but blanks stands before it on its line. */
  readonly ownLine: boolean
}

export interface Lexed {
  readonly surface: Surface
  readonly tokens: readonly Token[]
  readonly comments: readonly Comment[]
}

export function makeToken(type: TokenType, image: string, start: number, value = image, quoted = false): Token {
  return {
    image,
    startOffset: start,
    endOffset: start + image.length - 1,
    tokenType: type,
    tokenTypeIdx: type.tokenTypeIdx ?? 0,
    value,
    quoted,
  }
}

export const spanOf = (token: Token): Span => ({ start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 })

const symbolForms = (Object.keys(symbols) as SymbolForm[]).sort((a, b) => b.length - a.length)
/** Longest first, by their first character. */
const formsByFirst: Readonly<Record<string, readonly SymbolForm[]>> = Object.fromEntries(
  symbolForms.map((form) => [form[0] ?? '', symbolForms.filter((other) => other[0] === form[0])]),
)
const twinForms: Readonly<Record<string, SymbolForm>> = { '≤': '<=', '≥': '>=', '≠': '!=' }

/** Letters that no normalisation changes. */
const plainWord = /^[\w\u4e00-\u9fff]+$/

/** English keywords of several words, longest first, by their first word. */
const phrases = new Map<string, { readonly words: readonly string[]; readonly type: TokenType }[]>()
const englishForms = keywords.flatMap((keyword) => formsOf(keyword, 'en').map((form) => ({ form, type: keywordTokens[keyword.id] })))
for (const { form, type } of englishForms.sort((a, b) => b.form.length - a.form.length)) {
  const words = form.split(' ')
  const first = words[0] ?? ''
  if (words.length > 1) phrases.set(first, [...(phrases.get(first) ?? []), { words, type }])
}

/** The surface that a text is written in: its first word decides, and anything but `policy` and `case` means Chinese. */
export function surfaceOf(text: string): Surface {
  let at = 0
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (twin(code) === 35) at = lineEnd(text, at)
    else if (!isBlank(code)) break
  }
  const first = text.slice(at, wordEnd(text, at))
  return first === 'policy' || first === 'case' ? 'en' : 'zh'
}

/**
 * Reads tokens from `text`. Never fails: what cannot be read is reported and passed over.
 * @param surface for a piece of a text, the surface of the whole
 */
/** Blanks at an end, other blanks than the plain and the ideographic one, ends of lines, and what has no ink at all. */
const unseen = /^[\s\p{Zs}]+|[\s\p{Zs}]+$|[\p{Zl}\p{Zp}\t\p{Cf}\p{Default_Ignorable_Code_Point}]+|(?![ \u3000])\p{Zs}+/u

const nameOf = (text: string): string => `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

export function lex(text: string, report: Report, surface: Surface = surfaceOf(text)): Lexed {
  const tokens: Token[] = []
  const comments: Comment[] = []
  const length = text.length
  const at = (index: number) => (index < length ? twin(text.charCodeAt(index)) : 0)
  let index = 0
  let lineHasToken = false
  let stop = -1
  /** Where the line of `from` ends; asked for places in order, so each line is walked once. */
  const endOfLine = (from: number) => {
    if (from > stop) stop = lineEnd(text, from)
    return stop
  }

  const push = (type: TokenType, end: number, value?: string, quoted?: boolean) => {
    tokens.push(makeToken(type, text.slice(index, end), index, value, quoted))
    index = end
    lineHasToken = true
  }

  while (index < length) {
    const code = text.charCodeAt(index)
    if (isBlank(code)) {
      if (code === 10 || code === 13) lineHasToken = false
      if (isInvisible(code) && index > 0) index = reportInvisible(text, index, report)
      else index += 1
      continue
    }
    const like = twin(code)
    if (like === 35) {
      const end = endOfLine(index)
      comments.push({ text: `#${text.slice(index + 1, end).trimEnd()}`, span: { start: index, end }, ownLine: !lineHasToken })
      index = end
    } else if (isDigit(like)) {
      readNumber()
    } else if (like === 34 || code === 0x201c || code === 0x201d) {
      readString(code === 0x201c || code === 0x201d ? 0x201d : 34)
    } else if (code === 0x300c) {
      readQuotedName('」')
    } else if (code === 0x60) {
      readQuotedName('`')
    } else if (letterAt(text, index) > 0) {
      readWord()
    } else {
      readSymbol()
    }
  }
  return { surface, tokens, comments }

  function readNumber() {
    const end = numberEnd(index)
    const digits = ascii(index, end)
    const date = dateAt(index)
    if (date) {
      const span = { start: index, end: date.end }
      const written = text.slice(index, date.end)
      if (!date.exact) {
        report({
          code: 'date-not-padded',
          span,
          data: { written, date: date.value },
          fixes: [{ title: 'replace', data: { text: date.value }, edits: [{ span, text: date.value }] }],
        })
      }
      push(DateToken, date.end, date.value)
      return
    }
    if (at(end) === 44 && text.charCodeAt(end) !== 0x3001 && /^[0-9]{3}(?![0-9.])/.test(ascii(end + 1, end + 5)) && end - index <= 3) {
      report({ code: 'thousands-separator', span: { start: index, end: end + 4 }, data: { written: text.slice(index, end + 4) } })
    }
    push(NumberToken, end, digits)
  }

  function numberEnd(from: number): number {
    let end = from
    while (isDigit(at(end))) end += 1
    if (at(end) === 46 && isDigit(at(end + 1))) {
      end += 1
      while (isDigit(at(end))) end += 1
    }
    return end
  }

  /** 2025-03-01, also unpadded or as 2025年3月1日. */
  function dateAt(from: number): { end: number; value: string; exact: boolean } | undefined {
    const mark = at(from + 4)
    if (mark !== 45 && text.charCodeAt(from + 4) !== 0x5e74) return undefined
    const piece = ascii(from, from + 12)
    const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(piece) ?? /^(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(piece)
    if (!match) return undefined
    const [whole, year = '', month = '', day = ''] = match
    const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    return { end: from + whole.length, value, exact: whole === value || whole.includes('年') }
  }

  function ascii(from: number, to: number): string {
    let out = ''
    for (let i = from; i < Math.min(to, length); i += 1) out += String.fromCharCode(at(i))
    return out
  }

  function readString(closing: number) {
    const last = endOfLine(index)
    let end = index + 1
    while (end < last && !closes(text.charCodeAt(end))) end += 1
    if (end >= last) {
      report({ code: 'unclosed-string', span: { start: index, end: last }, data: { quote: String.fromCharCode(closing) } })
      push(Text, last, text.slice(index + 1, last).trimEnd(), true)
    } else {
      checkUnseen(end)
      push(Text, end + 1, text.slice(index + 1, end), true)
    }
    function closes(code: number) {
      return closing === 34 ? twin(code) === 34 : code === closing
    }
  }

  function readQuotedName(closing: string) {
    const last = endOfLine(index)
    let end = index + 1
    while (end < last && text[end] !== closing) end += 1
    const value = text.slice(index + 1, end).normalize('NFKC')
    if (end >= last) {
      report({ code: 'unclosed-string', span: { start: index, end: last }, data: { quote: closing } })
      push(Quoted, last, value.trim(), true)
      return
    }
    // A quote inside could be written in neither surface.
    const quote = /[」`]/.exec(value)
    if (quote) report({ code: 'unexpected-character', span: { start: index, end: end + 1 }, data: { written: quote[0] } })
    checkUnseen(end)
    push(Quoted, end + 1, value, true)
  }

  /** What cannot be seen in a quoted text makes it another one; an empty name is told as such. @param end where the closing mark stands */
  function checkUnseen(end: number) {
    const inside = text.slice(index + 1, end)
    const found = unseen.exec(inside)
    if (!found || (inside.trim() === '' && /[「`]/.test(text[index] ?? ''))) return
    const start = index + 1 + found.index
    const span = { start, end: start + found[0].length }
    const isBlank = /^[\s\p{Zs}\p{Zl}\p{Zp}]+$/u.test(found[0])
    const isAtEnd = found.index === 0 || span.end === end
    const fix: Fix =
      isBlank && !isAtEnd ? { title: 'replace', data: { text: ' ' }, edits: [{ span, text: ' ' }] } : { title: 'remove', data: {}, edits: [{ span, text: '' }] }
    report({ code: 'unseen-in-text', span, data: { name: isBlank && /^ +$/.test(found[0]) ? '' : nameOf(found[0]) }, fixes: [fix] })
  }

  function readWord() {
    const end = wordEnd(text, index)
    const image = text.slice(index, end)
    const value = plainWord.test(image) ? image : image.normalize('NFKC')
    if (value !== image) {
      const span = { start: index, end }
      report({
        code: 'look-alike-characters',
        span,
        data: { written: image, plain: value },
        fixes: [{ title: 'replace', data: { text: value }, edits: [{ span, text: value }] }],
      })
    }
    if (surface === 'en') {
      const phrase = phraseAt(text, end, value)
      if (phrase) {
        push(phrase.type, phrase.end)
        return
      }
    }
    const keyword = byForm.keyword[surface].get(value)
    push(keyword ? keywordTokens[keyword.id] : Word, end, value)
  }

  function readSymbol() {
    if (text.startsWith('－－', index)) {
      readDash('－－')
      return
    }
    const first = String.fromCharCode(at(index))
    const form = twinForms[first] ?? formsByFirst[first]?.find((candidate) => matches(candidate))
    if (form) {
      const end = index + (twinForms[first] ? 1 : form.length)
      if (form === '.' && endsSentence(index)) {
        report({
          code: 'full-stop',
          span: { start: index, end },
          data: {},
          fixes: [{ title: 'remove', data: {}, edits: [{ span: { start: index, end }, text: '' }] }],
        })
        index = end
        return
      }
      push(symbols[form], end, form)
      return
    }
    const dash = /^[—~…]{1,2}/u.exec(text.slice(index, index + 2).replaceAll('～', '~'))
    if (dash && tokens.length > 0) {
      readDash(dash[0])
      return
    }
    let end = index
    while (end < length && !isBlank(text.charCodeAt(end)) && !readable(end)) end += 1
    const span = { start: index, end: Math.max(end, index + 1) }
    report({ code: 'unexpected-character', span, data: { written: printable(text.slice(span.start, Math.min(span.end, span.start + 20))) } })
    index = span.end
    lineHasToken = true
  }

  /** What is typed for a range by hand: read as one, and reported. */
  function readDash(dash: string) {
    const span = { start: index, end: index + dash.length }
    report({
      code: 'range-dash',
      span,
      data: { written: text.slice(span.start, span.end) },
      fixes: [{ title: 'replace', data: { text: '..' }, edits: [{ span, text: '..' }] }],
    })
    push(symbols['..'], span.end, '..')
  }

  function matches(form: string): boolean {
    for (let i = 1; i < form.length; i += 1) if (at(index + i) !== form.charCodeAt(i)) return false
    return true
  }

  function endsSentence(from: number): boolean {
    if (text.charCodeAt(from) !== 0x3002) return false
    let next = from + 1
    while (next < length && isBlank(text.charCodeAt(next)) && text.charCodeAt(next) !== 10 && text.charCodeAt(next) !== 13) next += 1
    return next >= length || [10, 13, 35, 125].includes(at(next))
  }

  function readable(from: number): boolean {
    const code = text.charCodeAt(from)
    const like = twin(code)
    return (
      like === 35 ||
      like === 34 ||
      like === 0x60 ||
      isDigit(like) ||
      (code >= 0x201c && code <= 0x201d) ||
      code === 0x300c ||
      letterAt(text, from) > 0 ||
      String.fromCharCode(like) in twinForms ||
      String.fromCharCode(like) in formsByFirst
    )
  }
}

function reportInvisible(text: string, from: number, report: Report): number {
  let end = from
  while (end < text.length && isInvisible(text.charCodeAt(end))) end += 1
  const span = { start: from, end }
  report({
    code: 'invisible-blank',
    span,
    data: { name: `U+${text.charCodeAt(from).toString(16).toUpperCase().padStart(4, '0')}` },
    fixes: [{ title: 'replace', data: { text: ' ' }, edits: [{ span, text: ' ' }] }],
  })
  return end
}

function lineEnd(text: string, from: number): number {
  let end = from
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end += 1
  return end
}

/** Code units of the letter at `index`, 0 when it is none. */
function letterAt(text: string, index: number): number {
  const codePoint = text.codePointAt(index) ?? 0
  const like = codePoint > 0xffff ? codePoint : twin(codePoint)
  return isLetter(like) ? (codePoint > 0xffff ? 2 : 1) : 0
}

/** A word runs over letters; a digit continues it only after an ASCII letter or another digit of the word. */
export function wordEnd(text: string, from: number): number {
  let end = from
  let takesDigits = false
  while (end < text.length) {
    const units = letterAt(text, end)
    const like = twin(text.charCodeAt(end))
    if (units > 0) takesDigits = isAsciiNameLetter(like)
    else if (!(takesDigits && isDigit(like))) break
    end += units || 1
  }
  return end
}

function phraseAt(text: string, end: number, first: string): { type: TokenType; end: number } | undefined {
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

const printable = (text: string) =>
  [...text].map((char) => (/[\p{C}\ufffd]/u.test(char) ? `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` : char)).join('')
