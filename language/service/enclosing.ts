// What the cursor stands in, told by the tokens before it alone, so that a broken tree does not matter.

import { awards } from '../keywords-by-place.ts'
import { isKeyword, keywordTokens as k, symbols, type Token } from '../tokens.ts'
import type { KeywordId } from '../words.ts'

type Kind = 'policy' | 'group' | 'indicator' | 'scenario' | 'define' | 'case' | 'expect'
type Head = 'fact' | 'total' | 'group' | 'indicator' | 'condition' | 'row' | 'rank'

export interface Enclosing {
  readonly kind: Kind
  /** What the current statement began with, when it is still being written. */
  readonly head: Head | undefined
  /** The name before `在 [`. */
  readonly list: Token | undefined
}

const opens: ReadonlyMap<string, Kind> = new Map<KeywordId, Kind>([
  ['policy', 'policy'],
  ['group', 'group'],
  ['deductions', 'indicator'],
  ['extend', 'group'],
  ['indicator', 'indicator'],
  ['scenario', 'scenario'],
  ['define', 'define'],
  ['case', 'case'],
  ['expect', 'expect'],
])

const heads: ReadonlyMap<string, Head> = new Map<KeywordId, Head>([
  ['fact', 'fact'],
  ['total', 'total'],
  ['group', 'group'],
  ['indicator', 'indicator'],
  ['rank', 'rank'],
  ['when', 'condition'],
  ...awards.map((id): [KeywordId, Head] => [id, 'row']),
  ['otherwise', 'row'],
  ['base', 'row'],
])

/** What is known after some tokens. */
interface Reading {
  /** Bodies that are open, the innermost last. */
  readonly bodies: Kind[]
  /** What the next brace opens. */
  next: Kind
  head: Head | undefined
  list: Token | undefined
}

export function enclosing(tokens: readonly Token[]): Enclosing {
  const reading: Reading = { bodies: [], next: 'policy', head: undefined, list: undefined }
  tokens.forEach((token, i) => {
    switch (token.tokenType) {
      case symbols['{']:
        reading.bodies.push(reading.next)
        reading.head = undefined
        break
      case symbols['}']:
        reading.bodies.pop()
        reading.head = undefined
        break
      case symbols['[']:
        reading.list = listBefore(tokens, i)
        break
      case symbols[']']:
        reading.list = undefined
        break
      default:
        if (isKeyword(token)) takeKeyword(token.tokenType.name, reading)
    }
  })
  return { kind: reading.bodies.at(-1) ?? 'policy', head: reading.head, list: reading.list }
}

/** What members are written of after 在 and after a colon. */
function listBefore(tokens: readonly Token[], bracket: number): Token | undefined {
  const before = tokens[bracket - 1]?.tokenType
  return before === k.in || before === k['not-in'] || before === symbols[':'] ? tokens[bracket - 2] : undefined
}

function takeKeyword(name: string, reading: Reading) {
  const kind = opens.get(name)
  // 样例 … 应用 A { is still a case.
  if (kind && !(kind === 'scenario' && reading.next === 'case')) reading.next = kind
  reading.head = heads.get(name) ?? reading.head
}
