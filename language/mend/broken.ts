// What menders are given, where reading stopped, and what they give back.

import type { TokenType } from 'chevrotain'
import type { Diagnostic, Edit } from '../diagnostics/diagnostic.ts'
import { makeToken, spanOf } from '../lex.ts'
import type { Span } from '../span.ts'
import { isKeyword, type SymbolForm, symbols, type Token, Word } from '../tokens.ts'
import type { Surface } from '../words.ts'

/** A place where the grammar could not go on. */
export interface Broken {
  readonly text: string
  readonly surface: Surface
  readonly tokens: readonly Token[]
  /** Index of the token that did not fit; their number at the end of the text. */
  readonly at: number
  /** The one token that the grammar wanted there, '' when it would have taken several. */
  readonly expected: string
  /** The part of the grammar that was being read. */
  readonly rule: string
  /** Words that the text declares as its own names and members. */
  readonly declared: ReadonlySet<string>
}

/** Tokens from `from` up to `to` give way to others. */
export interface Change {
  readonly from: number
  readonly to: number
  readonly tokens: readonly Token[]
}

/** What may have been meant: reading is tried with these changes, and if it gets on, this is the one thing that is told. */
export interface Mend {
  readonly changes: readonly Change[]
  readonly finding: Diagnostic
  /** Parts of the text are passed over: what they declare is not known. */
  readonly loses?: true
  /** Just as likely to be meant: where they can be read as well, all are fixes, and none is said to be meant. */
  readonly others?: readonly Mend[]
  /** Takes a bracket in or out, so that the whole text must be read to see whether it helps. */
  readonly balances?: true
}

export type Mender = (broken: Broken) => readonly Mend[]

// ---- tokens in their text ----------------------------------------------------------------------------------------------

export const endOf = (token: Token): number => (token.endOffset ?? token.startOffset) + 1
export const startsLine = (text: string, { startOffset }: Token): boolean =>
  /(?:^|[\r\n])[ \t\u3000]*$/.test(text.slice(Math.max(0, startOffset - 200), startOffset))
export const isTouching = (a: Token | undefined, b: Token | undefined): boolean => a !== undefined && b !== undefined && endOf(a) === b.startOffset
export const is = (token: Token | undefined, ...types: readonly TokenType[]): boolean => token !== undefined && types.includes(token.tokenType)
export const isOpening = (token: Token | undefined): boolean => is(token, symbols['{'], symbols['('], symbols['['])
export const isClosing = (token: Token | undefined): boolean => is(token, symbols['}'], symbols[')'], symbols[']'])
/** A word that the language does not know as one of its own. */
export const isFree = (token: Token | undefined): token is Token => token !== undefined && !isKeyword(token) && token.tokenType === Word

/** A token in the place of what was written. */
export const inPlace = (type: TokenType, { start, end }: Span, text: string, value: string): Token => ({
  ...makeToken(type, text.slice(start, end), start, value),
  endOffset: end - 1,
})

/** A token that nobody wrote, at `at`. */
export const put = (type: TokenType, at: number, value = ''): Token => ({ ...makeToken(type, '', at, value), endOffset: at - 1 })

export const spanFrom = (first: Token, last: Token): Span => ({ start: spanOf(first).start, end: spanOf(last).end })

/** Where the line of a token ends, and where its statement begins: at the line's first token, or after the brace before it. */
export function statementStart({ text, tokens }: Broken, index: number): number {
  let at = Math.min(index, tokens.length - 1)
  while (at > 0 && !startsLine(text, tokens[at]!) && !is(tokens[at - 1], symbols['{'], symbols['}'])) at -= 1
  return at
}

/** The index after the last token of the line. */
export function lineStop({ text, tokens }: Broken, index: number): number {
  let at = index + 1
  while (at < tokens.length && !startsLine(text, tokens[at]!)) at += 1
  return at
}

/** Tokens that may be to blame, the nearest first: the one that did not fit, and those before it on its line and the line before, two after it. */
export function suspects(broken: Broken): readonly number[] {
  const { tokens, at } = broken
  const first = Math.max(0, at - 14, Math.min(statementStart(broken, at - 1), statementStart(broken, at)))
  const indices: number[] = []
  for (let i = Math.min(at, tokens.length - 1); i >= first; i -= 1) indices.push(i)
  for (let i = at + 1; i < Math.min(at + 3, lineStop(broken, at)); i += 1) indices.push(i)
  return indices
}

export const closes: Readonly<Record<string, SymbolForm>> = { '{': '}', '(': ')', '[': ']' }

/** Where each bracket before `index` that is still open stands. */
export function openBrackets(tokens: readonly Token[], index: number): readonly number[] {
  const open: number[] = []
  for (let i = 0; i < index; i += 1) {
    if (isOpening(tokens[i])) open.push(i)
    else if (isClosing(tokens[i])) open.pop()
  }
  return open
}

/** The bracket that closes the one at `index`. */
export function closingOf(tokens: readonly Token[], index: number): number | undefined {
  let depth = 0
  for (let i = index; i < tokens.length; i += 1) {
    if (isOpening(tokens[i])) depth += 1
    else if (isClosing(tokens[i]) && --depth === 0) return i
  }
  return undefined
}

/** Written for a change of the text: with the blanks that keep it apart from what it would touch. */
export function replacing(text: string, { start, end }: Span, by: string): Edit {
  const wordy = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}"“「]/u.test(char)
  const before = /[\p{L}"“「]/u.test(text[start - 1] ?? '') && wordy(by[0]) && !/\d/.test(by[0] ?? '') ? ' ' : ''
  const after = wordy(text[end]) && (/[<>=]$/.test(by) || (wordy(by.at(-1)) && /[\p{L}"“「]/u.test(text[end] ?? ''))) ? ' ' : ''
  return { span: { start, end }, text: `${before}${by}${after}` }
}

/** “这个”写作“那个”: one finding, and the text that takes its place. */
export function writeInstead(text: string, span: Span, instead: string, edit: Edit = replacing(text, span, instead)): Diagnostic {
  return {
    code: 'write-instead',
    span,
    data: { written: text.slice(span.start, span.end), instead },
    fixes: [{ title: 'replace', data: { text: instead }, edits: [edit] }],
  }
}
