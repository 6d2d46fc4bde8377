// Menders for braces that are missing or too many. Where the brace belongs is told by the lines: what is inside is written
// further in than the line that opens it.

import { spanOf } from '../lex.ts'
import { keywordTokens as k, symbols, type Token } from '../tokens.ts'
import { type Broken, endOf, is, isClosing, isOpening, type Mend, type Mender, openBrackets, put, startsLine } from './broken.ts'
import { withoutBlank } from './words.ts'

const indent = (text: string, { startOffset }: Token): number => {
  const line = text.slice(text.lastIndexOf('\n', startOffset - 1) + 1, startOffset)
  return line.length - line.trimStart().length
}

/** What an opening brace belongs to: the name before it, or the word that begins its line. */
function ownerOf({ tokens }: Broken, open: number): string {
  for (let i = open - 1; i >= 0 && !is(tokens[i], symbols['{'], symbols['}']); i -= 1) {
    if (is(tokens[i - 1], k.policy, k.group, k.indicator, k.deductions, k.scenario, k.define, k.extend, k.parameter, k.fact)) return tokens[i]?.value ?? ''
  }
  return tokens[open]?.image ?? '{'
}

interface Open {
  readonly open: number
  /** The token before which the brace may be closed. */
  readonly before: number
}

/** Braces that are open where a line begins that is written no further in than the line that opens them. */
function openByLines({ text, tokens, at }: Broken): readonly Open[] {
  const found: Open[] = []
  const open: number[] = []
  for (let i = 0; i < Math.min(at + 1, tokens.length); i += 1) {
    const token = tokens[i]!
    const innermost = open.findLast((o) => is(tokens[o], symbols['{']))
    if (innermost !== undefined && open.length > 1 && startsLine(text, token) && isOutdented(text, token, tokens[innermost]!)) {
      found.push({ open: innermost, before: i })
    }
    if (isOpening(token)) open.push(i)
    else if (isClosing(token)) open.pop()
  }
  return found
}

function isOutdented(text: string, token: Token, opening: Token): boolean {
  const [line, own] = [indent(text, token), indent(text, opening)]
  return is(token, symbols['}']) ? line < own : line <= own && !is(token, symbols['{'])
}

/** A { that is still open where a line begins that is written no further in, or where the text ends. */
export const notClosed: Mender = (broken) => {
  const { text, tokens, at } = broken
  const around = openBrackets(tokens, at)
  const innermost = around.at(-1)
  // Within a policy goes on what only its own brace holds: a stray word there ends nothing.
  const isInner = innermost !== undefined && (around.length > 1 || at >= tokens.length) && is(tokens[innermost], symbols['{'])
  const candidates = [...openByLines(broken), ...(isInner ? [{ open: innermost, before: at }] : [])]
  return candidates.slice(-6).map(({ open: brace, before }): Mend => {
    const previous = tokens[before - 1]!
    const opening = tokens[brace]!
    const end = endOf(previous)
    const isInline = text.slice(opening.startOffset, end).indexOf('\n') < 0
    const margin = ' '.repeat(indent(text, opening))
    return {
      balances: true,
      changes: [{ from: before, to: before, tokens: [put(symbols['}'], end, '}')] }],
      finding: {
        code: 'not-closed',
        span: { start: Math.max(spanOf(previous).start, end - 1), end },
        related: [spanOf(opening)],
        data: { name: ownerOf(broken, brace) },
        fixes: [{ title: 'insert', data: { text: '}' }, edits: [{ span: { start: end, end }, text: isInline ? ' }' : `\n${margin}}` }] }],
      },
    }
  })
}

/** A } too many: one that stands at the end of a line and closes what an earlier line opened, or that nothing opened. */
export const tooMany: Mender = (broken) => {
  const { text, tokens, at } = broken
  const found: number[] = []
  const open: number[] = []
  for (let i = 0; i < tokens.length && i <= at; i += 1) {
    const token = tokens[i]!
    if (isOpening(token)) open.push(i)
    if (!isClosing(token)) continue
    const opened = open.pop()
    const opening = opened === undefined ? undefined : tokens[opened]
    const isInline = opening !== undefined && text.slice(opening.startOffset, token.startOffset).indexOf('\n') < 0
    if (!opening || (!isInline && (!startsLine(text, token) || indent(text, token) !== indent(text, opening)))) found.push(i)
  }
  return found.slice(0, 6).map((i) => {
    const token = tokens[i]!
    return {
      balances: true,
      changes: [{ from: i, to: i + 1, tokens: [] }],
      finding: {
        code: 'brace-too-many',
        span: spanOf(token),
        data: { written: token.image },
        fixes: [{ title: 'remove', data: {}, edits: [withoutBlank(text, spanOf(token))] }],
      },
    }
  })
}
