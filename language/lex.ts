// Text → tokens and comments. Words are whole: a keyword is recognised only when the whole word is one, because one
// name in twenty begins with a keyword. Everything else about a word (unit, type, member) is told by its place.
// Chevrotain's own lexer is not used: it drops the `u` flag that Han needs, and cannot compare whole words.

import type { TokenType } from 'chevrotain'
import { isBlank, isDigit, isInvisible, twin } from './characters.ts'
import type { Fix, Report } from './diagnostics/diagnostic.ts'
import { letterAt, lineEnd, wordEnd } from './letters.ts'
import { ascii, codeAt, dateAt, hasThousands, numberEnd } from './numerals.ts'
import { phraseAt } from './phrases.ts'
import type { Span } from './span.ts'
import { DateToken, keywordTokens, NumberToken, Quoted, Stray, type SymbolForm, symbols, Text, type Token, Word } from './tokens.ts'
import { printable, reportInvisible, reportUnseen } from './unseen.ts'
import { byForm, type Surface } from './words.ts'

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

/** The surface that a text is written in: its first word decides, and anything but `policy` and `case` means Chinese. */
export function surfaceOf(text: string): Surface {
  let at = 0
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (twin(code) === 35) at = lineEnd(text, at)
    else if (!isBlank(code)) break
  }
  const first = text.slice(at, wordEnd(text, at))
  return /^(policy|case)$/.test(first.normalize('NFKC')) ? 'en' : 'zh'
}

/**
 * Reads tokens from `text`. Never fails: what cannot be read is reported and passed over.
 * @param surface for a piece of a text, the surface of the whole
 */
export const lex = (text: string, report: Report, surface: Surface = surfaceOf(text)): Lexed => new Reader(text, report, surface).read()

class Reader {
  readonly #text: string
  readonly #report: Report
  readonly #surface: Surface
  readonly #tokens: Token[] = []
  readonly #comments: Comment[] = []
  #index = 0
  #lineHasToken = false
  /** By closing mark, the end of the line on which it is missing. */
  readonly #unclosed = new Map<number, number>()
  #stop = -1

  constructor(text: string, report: Report, surface: Surface) {
    this.#text = text
    this.#report = report
    this.#surface = surface
  }

  read(): Lexed {
    while (this.#index < this.#text.length) {
      const code = this.#text.charCodeAt(this.#index)
      if (isBlank(code)) this.#readBlank(code)
      else this.#readFrom(code)
    }
    return { surface: this.#surface, tokens: this.#tokens, comments: this.#comments }
  }

  #readBlank(code: number) {
    if (code === 10 || code === 13) this.#lineHasToken = false
    if (isInvisible(code) && this.#index > 0) this.#index = reportInvisible(this.#text, this.#index, this.#report)
    else this.#index += 1
  }

  /** What begins with this character. */
  #readFrom(code: number) {
    const like = twin(code)
    if (like === 35 || this.#beginsForeignComment(like)) this.#readComment()
    else if (this.#readForeignText(like, code)) return
    else if (isDigit(like)) this.#readNumber()
    else if (like === 34 || code === 0x201c || code === 0x201d) this.#readString(code === 0x201c || code === 0x201d ? 0x201d : 34)
    else if (code === 0x300c) this.#readQuotedName('」')
    else if (code === 0x60) this.#readQuotedName('`')
    else if (letterAt(this.#text, this.#index) > 0) this.#readWord()
    else this.#readSymbol()
  }

  /** // as other languages begin a comment: read as one, and told. */
  #beginsForeignComment(like: number): boolean {
    if (like !== 47 || codeAt(this.#text, this.#index + 1) !== 47 || this.#tokens.length === 0) return false
    this.#tellInstead({ start: this.#index, end: this.#index + 2 }, '#')
    return true
  }

  /** 'text' and ‘text’, which others write for "text": read as one, and told. */
  #readForeignText(like: number, code: number): boolean {
    const closing = like === 39 ? "'" : code === 0x2018 ? '’' : undefined
    if (closing === undefined || this.#tokens.length === 0) return false
    const last = this.#endOfLine(this.#index)
    const end = this.#markBefore(last, closing.charCodeAt(0))
    if (end >= last) return false
    const content = this.#text.slice(this.#index + 1, end)
    if (/["“”]/.test(content)) return false
    const stop = end + 1
    this.#tellInstead({ start: this.#index, end: stop }, `"${content}"`)
    this.#push(Text, stop, content, true)
    return true
  }

  #tellInstead(span: Span, instead: string) {
    const written = this.#text.slice(span.start, span.end)
    this.#report({
      code: 'write-instead',
      span,
      data: { written, instead },
      fixes: [{ title: 'replace', data: { text: instead }, edits: [{ span, text: instead }] }],
    })
  }

  #readComment() {
    const end = this.#endOfLine(this.#index)
    this.#comments.push({ text: `#${this.#text.slice(this.#index + 1, end).trimEnd()}`, span: { start: this.#index, end }, ownLine: !this.#lineHasToken })
    this.#index = end
  }

  /** Where the line of `from` ends; asked for places in order, so each line is walked once. */
  #endOfLine(from: number): number {
    if (from > this.#stop) this.#stop = lineEnd(this.#text, from)
    return this.#stop
  }

  #push(type: TokenType, end: number, value?: string, quoted?: boolean) {
    this.#tokens.push(makeToken(type, this.#text.slice(this.#index, end), this.#index, value, quoted))
    this.#index = end
    this.#lineHasToken = true
  }

  #readNumber() {
    const end = numberEnd(this.#text, this.#index)
    const digits = ascii(this.#text, this.#index, end)
    const date = dateAt(this.#text, this.#index)
    if (date) {
      const span = { start: this.#index, end: date.end }
      const written = this.#text.slice(this.#index, date.end)
      if (!date.exact) {
        this.#report({
          code: 'date-not-padded',
          span,
          data: { written, date: date.value },
          fixes: [{ title: 'replace', data: { text: date.value }, edits: [{ span, text: date.value }] }],
        })
      }
      this.#push(DateToken, date.end, date.value)
      return
    }
    if (hasThousands(this.#text, this.#index, end)) {
      this.#report({ code: 'thousands-separator', span: { start: this.#index, end: end + 4 }, data: { written: this.#text.slice(this.#index, end + 4) } })
    }
    this.#push(NumberToken, end, digits)
  }

  #readString(closing: number) {
    const last = this.#endOfLine(this.#index)
    const end = this.#markBefore(last, closing)
    if (end >= last) {
      const stop = this.#reportUnclosed(last, String.fromCharCode(closing), closing === 34 ? '"' : '”')
      // A mark that stands alone on its line begins no text.
      if (stop === this.#index + 1 && !this.#lineHasToken) this.#index = stop
      else this.#push(Text, stop, this.#text.slice(this.#index + 1, stop), true)
    } else {
      reportUnseen(this.#text, this.#index, end, this.#report)
      this.#push(Text, end + 1, this.#text.slice(this.#index + 1, end), true)
    }
  }

  /** The next closing mark on the line, or its end: where one was missing, none follows either. */
  #markBefore(last: number, closing: number): number {
    if (this.#unclosed.get(closing) === last) return last
    let end = this.#index + 1
    while (end < last && (closing === 34 ? twin(this.#text.charCodeAt(end)) !== 34 : this.#text.charCodeAt(end) !== closing)) end += 1
    if (end >= last) this.#unclosed.set(closing, last)
    return end
  }

  /** Where a text ends whose closing mark is missing: before what clearly is none of it, or with the line. */
  #reportUnclosed(last: number, quote: string, mark: string): number {
    const start = this.#index
    const content = this.#text.slice(start + 1, last).trimEnd()
    const stop = start + 1 + this.#endOfQuoted(content)
    const span = { start, end: stop }
    const isAlone = content === ''
    const fixes: Fix[] = isAlone
      ? this.#lineHasToken
        ? []
        : [{ title: 'remove', data: {}, edits: [{ span, text: '' }] }]
      : [{ title: 'insert', data: { text: mark }, edits: [{ span: { start: stop, end: stop }, text: mark }] }]
    this.#report({ code: 'unclosed-string', span, data: { quote }, fixes })
    return stop
  }

  #endOfQuoted(content: string): number {
    for (const { index, 1: word = '' } of content.matchAll(/\s+(\S+)/gu)) if (this.#isOutside(word)) return index
    return content.length
  }

  /** A brace, a comment or a keyword after a blank is not meant to be quoted. */
  #isOutside(word: string): boolean {
    const letters = word.slice(0, wordEnd(word, 0))
    return /^[{}#]/.test(word) || byForm.keyword[this.#surface].has(letters)
  }

  #readQuotedName(closing: string) {
    const last = this.#endOfLine(this.#index)
    const end = this.#markBefore(last, closing.charCodeAt(0))
    const value = this.#text.slice(this.#index + 1, end).normalize('NFKC')
    if (end >= last) {
      const stop = this.#reportUnclosed(last, closing, closing)
      this.#push(Quoted, stop, this.#text.slice(this.#index + 1, stop).normalize('NFKC'), true)
      return
    }
    // A quote inside could be written in neither surface.
    const quote = /[」`]/.exec(value)
    if (quote) this.#report({ code: 'unexpected-character', span: { start: this.#index, end: end + 1 }, data: { written: quote[0] } })
    reportUnseen(this.#text, this.#index, end, this.#report)
    this.#push(Quoted, end + 1, value, true)
  }

  #readWord() {
    const end = wordEnd(this.#text, this.#index)
    const image = this.#text.slice(this.#index, end)
    const value = plainWord.test(image) ? image : image.normalize('NFKC')
    if (value !== image) {
      const span = { start: this.#index, end }
      this.#report({
        code: 'look-alike-characters',
        span,
        data: { written: image, plain: value },
        fixes: [{ title: 'replace', data: { text: value }, edits: [{ span, text: value }] }],
      })
    }
    if (this.#surface === 'en') {
      const phrase = phraseAt(this.#text, end, value)
      if (phrase) {
        this.#push(phrase.type, phrase.end)
        return
      }
    }
    const keyword = byForm.keyword[this.#surface].get(value)
    this.#push(keyword ? keywordTokens[keyword.id] : Word, end, value)
  }

  #readSymbol() {
    if (this.#text.startsWith('－－', this.#index)) {
      this.#readDash('－－')
      return
    }
    const first = String.fromCharCode(codeAt(this.#text, this.#index))
    const form = twinForms[first] ?? formsByFirst[first]?.find((candidate) => this.#matches(candidate))
    if (form) {
      const end = this.#index + (twinForms[first] ? 1 : form.length)
      if (form === '.' && this.#endsSentence(this.#index)) {
        this.#report({
          code: 'full-stop',
          span: { start: this.#index, end },
          data: {},
          fixes: [{ title: 'remove', data: {}, edits: [{ span: { start: this.#index, end }, text: '' }] }],
        })
        this.#index = end
        return
      }
      this.#push(symbols[form], end, form)
      return
    }
    const dash = /^[—~…]{1,2}/u.exec(this.#text.slice(this.#index, this.#index + 2).replaceAll('～', '~'))
    if (dash && this.#tokens.length > 0) {
      this.#readDash(dash[0])
      return
    }
    const sign = /^(&&?|\|\|?|!)/.exec(ascii(this.#text, this.#index, this.#index + 2))?.[0]
    if (sign && this.#tokens.length > 0) {
      this.#push(Stray, this.#index + sign.length, sign)
      return
    }
    let end = this.#index
    while (end < this.#text.length && !isBlank(this.#text.charCodeAt(end)) && !this.#readable(end)) end += 1
    const span = { start: this.#index, end: Math.max(end, this.#index + 1) }
    this.#report({ code: 'unexpected-character', span, data: { written: printable(this.#text.slice(span.start, Math.min(span.end, span.start + 20))) } })
    this.#index = span.end
    this.#lineHasToken = true
  }

  /** What is typed for a range by hand: read as one, and reported. */
  #readDash(dash: string) {
    const span = { start: this.#index, end: this.#index + dash.length }
    this.#report({
      code: 'range-dash',
      span,
      data: { written: this.#text.slice(span.start, span.end) },
      fixes: [{ title: 'replace', data: { text: '..' }, edits: [{ span, text: '..' }] }],
    })
    this.#push(symbols['..'], span.end, '..')
  }

  #matches(form: string): boolean {
    for (let i = 1; i < form.length; i += 1) if (codeAt(this.#text, this.#index + i) !== form.charCodeAt(i)) return false
    return true
  }

  #endsSentence(from: number): boolean {
    if (this.#text.charCodeAt(from) !== 0x3002) return false
    let next = from + 1
    while (next < this.#text.length && isBlank(this.#text.charCodeAt(next)) && this.#text.charCodeAt(next) !== 10 && this.#text.charCodeAt(next) !== 13)
      next += 1
    return next >= this.#text.length || [10, 13, 35, 125].includes(codeAt(this.#text, next))
  }

  #readable(from: number): boolean {
    const code = this.#text.charCodeAt(from)
    const like = twin(code)
    return (
      like === 35 ||
      like === 34 ||
      like === 0x60 ||
      isDigit(like) ||
      (code >= 0x201c && code <= 0x201d) ||
      code === 0x300c ||
      letterAt(this.#text, from) > 0 ||
      String.fromCharCode(like) in twinForms ||
      String.fromCharCode(like) in formsByFirst
    )
  }
}
