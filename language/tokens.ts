// The parser's token types, made from the table of words, and the tokens themselves.

import { createToken, type IToken, type TokenType } from 'chevrotain'
import { type KeywordId, keywords } from './words.ts'

/** How a token is used, told by the parser where one word can be several things; drives colour and translation. */
export type Role = 'name' | 'declaration' | 'unit' | 'type' | 'function' | 'member' | 'outcome' | 'state' | 'total' | 'yes'

export interface Token extends IToken {
  /** What the token says, free of its spelling: a word after NFKC, a number in ASCII digits, a string's content. */
  readonly value: string
  readonly quoted: boolean
  role?: Role
  /** In this place a former way to write another keyword. */
  formerly?: KeywordId
  /** A bracket that need not be written, and is not printed. */
  spare?: boolean
  /** An end of a range that is left out by `<..` or `..<`: the word goes before what begins the low end, or after the sign. */
  leavesOut?: 'above' | 'under'
}

/** Anything that may be a name: a word, a quoted name, or a keyword that is not reserved. */
export const Name = createToken({ name: 'name', pattern: /$^/ })
const nameLike = { categories: [Name] }

export const Word = createToken({ name: 'word', pattern: /$^/, ...nameLike })
export const Quoted = createToken({ name: 'quoted-name', pattern: /$^/, ...nameLike })
export const NumberToken = createToken({ name: 'number-literal', pattern: /$^/ })
export const DateToken = createToken({ name: 'date-literal', pattern: /$^/ })
export const Text = createToken({ name: 'string', pattern: /$^/ })

/** What is not written yet, where reading goes on as if it were: a value, and what only a token of one kind can be. */
export const HoleValue = createToken({ name: 'hole-value', pattern: /$^/ })
export const HoleText = createToken({ name: 'hole-text', pattern: /$^/, categories: [Text] })
export const HoleNumber = createToken({ name: 'hole-number', pattern: /$^/, categories: [NumberToken] })
export const HoleDate = createToken({ name: 'hole-date', pattern: /$^/, categories: [DateToken] })
export const HoleType = createToken({ name: 'hole-type', pattern: /$^/ })
export const HoleAward = createToken({ name: 'hole-award', pattern: /$^/ })
const holes = [HoleAward, HoleValue, HoleText, HoleNumber, HoleDate, HoleType]

/** What can be read and has no place in the grammar: && and the like. */
export const Stray = createToken({ name: 'stray', pattern: /$^/ })

export const keywordTokens = Object.fromEntries(
  keywords.map((keyword) => [keyword.id, createToken({ name: keyword.id, pattern: /$^/, categories: keyword.reserved ? [] : [Name] })]),
) as Record<KeywordId, TokenType>

const symbol = (name: string) => createToken({ name, pattern: /$^/ })

export const symbols = {
  '{': symbol('{'),
  '}': symbol('}'),
  '(': symbol('('),
  ')': symbol(')'),
  '[': symbol('['),
  ']': symbol(']'),
  ':': symbol(':'),
  ',': symbol(','),
  ';': symbol(';'),
  '.': symbol('.'),
  '..': symbol('..'),
  '..<': symbol('..<'),
  '<..': symbol('<..'),
  '=': symbol('='),
  '!=': symbol('!='),
  '<': symbol('<'),
  '<=': symbol('<='),
  '>': symbol('>'),
  '>=': symbol('>='),
  '+': symbol('+'),
  '-': symbol('-'),
  '*': symbol('*'),
  '/': symbol('/'),
  '%': symbol('%'),
} as const
export type SymbolForm = keyof typeof symbols

export const allTokens: TokenType[] = [
  Name,
  Word,
  Quoted,
  NumberToken,
  DateToken,
  Text,
  Stray,
  ...holes,
  ...Object.values(keywordTokens),
  ...Object.values(symbols),
]

export const isKeyword = (token: IToken): boolean => token.tokenType.name in keywordTokens
