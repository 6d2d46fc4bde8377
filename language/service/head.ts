// What a policy is called and when it holds, read from the beginning of its text alone: for lists of many policies, also of broken ones.

import { lex } from '../lex.ts'
import { DateToken, keywordTokens as k, symbols, Text, type Token } from '../tokens.ts'

export interface Head {
  /** `''` for a file of cases, and for a text that begins with no policy. */
  readonly name: string
  /** Of the paper. */
  readonly number: string | undefined
  /** Days of 施行, as written; the last one is missing where it is open. */
  readonly from: string | undefined
  readonly to: string | undefined
}

/** No head is longer. */
const longest = 20_000

export function headOf(text: string): Head {
  const { tokens } = lex(text.slice(0, longest), () => {})
  const head: { -readonly [Key in keyof Head]: Head[Key] } = { name: '', number: undefined, from: undefined, to: undefined }
  if (tokens[0]?.tokenType !== k.policy) return head
  head.name = tokens[1] && tokens[1].tokenType !== symbols['{'] ? tokens[1].value : ''
  for (const [i, { tokenType }] of tokens.entries()) {
    if (tokenType === k.number) head.number = textOf(tokens[i + 1], Text)
    if (tokenType === k['in-force']) {
      head.from = textOf(tokens[i + 1], DateToken)
      head.to = tokens[i + 2]?.tokenType === k.to ? textOf(tokens[i + 3], DateToken) : undefined
    }
    // What follows the first of these is no head any more.
    if (tokenType === k.fact || tokenType === k.indicator || tokenType === k.group) break
  }
  return head
}

const textOf = (token: Token | undefined, type: Token['tokenType']): string | undefined => (token?.tokenType === type ? token.value : undefined)
