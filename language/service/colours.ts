// Colours of tokens: of one line while typing, from the lexer alone; of the whole text once it is parsed, by what words mean.

import type { Compiled } from '../compile.ts'
import { lex } from '../lex.ts'
import { DateToken, isKeyword, NumberToken, Quoted, Text, type Token, Word } from '../tokens.ts'
import { byForm, type Surface } from '../words.ts'

export const colourKinds = ['comment', 'keyword', 'string', 'number', 'unit', 'type', 'function', 'operator', 'name', 'declaration', 'member'] as const
export type ColourKind = (typeof colourKinds)[number]

export interface Coloured {
  readonly start: number
  readonly end: number
  readonly kind: ColourKind
}

const endOf = (token: Token) => (token.endOffset ?? token.startOffset) + 1

/** Colours of a single line; no token crosses lines. */
export function colourLine(line: string, surface: Surface): readonly Coloured[] {
  const { tokens, comments } = lex(line, () => {}, surface)
  return [
    ...tokens.map((token, i): Coloured => ({ start: token.startOffset, end: endOf(token), kind: plainKind(token, tokens[i - 1], surface) })),
    ...comments.map(({ span }): Coloured => ({ ...span, kind: 'comment' })),
  ].sort((a, b) => a.start - b.start)
}

function plainKind(token: Token, before: Token | undefined, surface: Surface): ColourKind {
  const type = token.tokenType
  if (type === Text) return 'string'
  if (type === NumberToken || type === DateToken) return 'number'
  if (type === Word) return before?.tokenType === NumberToken && byForm.unit[surface].has(token.value) ? 'unit' : 'name'
  if (type === Quoted) return 'name'
  return isKeyword(token) ? 'keyword' : 'operator'
}

/** Words whose colour depends on their place, for the whole text. */
export function colourMeaning({ parsed }: Compiled): readonly Coloured[] {
  return parsed.tokens.flatMap((token): readonly Coloured[] => {
    const kind = meaningKind(token)
    return kind ? [{ start: token.startOffset, end: endOf(token), kind }] : []
  })
}

function meaningKind(token: Token): ColourKind | undefined {
  switch (token.role) {
    case 'unit':
    case 'type':
    case 'function':
    case 'member':
    case 'name':
    case 'declaration':
      return token.role
    case 'outcome':
    case 'total':
      return 'keyword'
    case 'state':
      return 'member'
    default:
      return undefined
  }
}
