// Mender for brackets that nobody closed: 合计(志愿服务 近3年(审核日, 时长) wants its ) where both calls come out right.

import { spanOf } from '../lex.ts'
import { isKeyword, type SymbolForm, symbols, type Token } from '../tokens.ts'
import { argumentsOf, byForm, type FunctionId } from '../words.ts'
import {
  type Broken,
  closes,
  closingOf,
  endOf,
  is,
  isClosing,
  isFree,
  isOpening,
  lineStop,
  type Mend,
  type Mender,
  openBrackets,
  put,
  suspects,
} from './broken.ts'

/** How many arguments the function wants whose bracket stands at `open`, where that is one number. */
function wantedAt({ tokens, surface }: Broken, open: number): number | undefined {
  const id = byForm.function[surface].get(tokens[open - 1]?.value ?? '')?.id
  const wanted = id === undefined ? undefined : argumentsOf[id]
  return wanted === 'several' ? undefined : wanted
}

/** Commas of the bracket at `open`, up to `to`. */
function commas(tokens: readonly Token[], open: number, to: number): readonly number[] {
  const found: number[] = []
  let depth = 0
  for (let i = open + 1; i < to; i += 1) {
    if (isOpening(tokens[i])) depth += 1
    else if (isClosing(tokens[i])) depth -= 1
    else if (depth === 0 && is(tokens[i], symbols[','])) found.push(i)
  }
  return found
}

/** The comma from which on there are `count` of them: closed before it, a bracket leaves so many arguments to the call around. */
const from = (inside: readonly number[], count: number): readonly number[] => inside.filter((_, i) => inside.length - i === count)

export const unclosed: Mender = (broken) => {
  const { tokens, at } = broken
  const open = openBrackets(tokens, at)
  const innermost = open.at(-1)
  const form = innermost === undefined ? undefined : closes[tokens[innermost]?.tokenType.name ?? '']
  if (innermost === undefined || form === undefined || form === '}') return []
  const outer = open.at(-2)
  const wanted = outer === undefined ? undefined : wantedAt(broken, outer)
  const inside = commas(tokens, innermost, at)
  const before = outer === undefined ? 0 : commas(tokens, outer, innermost).length
  const places = [at, ...(form === ')' && wanted !== undefined ? from(inside, wanted - before - 1) : [])]
  const swallowed = form === ')' ? swallowing(broken, innermost) : []
  if (swallowed.length > 0) return swallowed.map((i) => closing(broken, i, form))
  return (wanted !== undefined && before + 1 !== wanted ? [...places].reverse() : places).map((i) => closing(broken, i, form))
}

/** Commas inside a bracket that was closed too late, where closing it earlier gives the call around it what it wants. */
function swallowing(broken: Broken, outer: number): readonly number[] {
  const { tokens, at } = broken
  const wanted = wantedAt(broken, outer)
  const own = commas(tokens, outer, at).length + 1
  if (wanted === undefined || own >= wanted) return []
  return tokens.slice(0, at).flatMap((token, i) => {
    if (i <= outer || !is(token, symbols['('])) return []
    return from(commas(tokens, i, closingOf(tokens, i) ?? at), wanted - own)
  })
}

function closing({ tokens }: Broken, before: number, form: SymbolForm): Mend {
  const previous = tokens[before - 1]!
  const end = endOf(previous)
  return {
    changes: [{ from: before, to: before, tokens: [put(symbols[form], end, form)] }],
    finding: {
      code: 'missing-token',
      span: { start: Math.max(spanOf(previous).start, end - 1), end },
      data: { expected: form },
      fixes: [{ title: 'insert', data: { text: form }, edits: [{ span: { start: end, end }, text: form }] }],
    },
  }
}

const comparisons = (['=', '!=', '<', '<=', '>', '>='] as const).map((form) => symbols[form])
const signs = (['+', '-', '*', '/'] as const).map((form) => symbols[form])

/** Whether an argument without brackets is over: 周岁 出生日期, 审核日 >= 35. Of 得分 it is a name, of others it may be a sum. */
const endsArguments = (of: FunctionId, token: Token): boolean => is(token, ...comparisons) || (of === 'points_of' && is(token, ...signs))

/** 周岁 出生日期, 审核日: a function whose brackets were left out. */
export const callsWithoutBrackets: Mender = (broken) => {
  const { tokens, surface } = broken
  return suspects(broken).flatMap((i): readonly Mend[] => {
    const [name, first] = [tokens[i], tokens[i + 1]]
    const called = isFree(name) ? byForm.function[surface].get(name.value)?.id : undefined
    if (!isFree(name) || !called || !first || is(first, symbols['('])) return []
    const stop = lineStop(broken, i)
    const goesOn = (token: Token) => is(token, symbols[',']) || !(isKeyword(token) || isOpening(token) || isClosing(token) || endsArguments(called, token))
    let to = i + 1
    while (to < stop && goesOn(tokens[to]!)) to += 1
    if (to === i + 1) return []
    const [start, end] = [endOf(name), endOf(tokens[to - 1]!)]
    return [
      {
        changes: [
          { from: i + 1, to: i + 1, tokens: [put(symbols['('], start, '(')] },
          { from: to, to, tokens: [put(symbols[')'], end, ')')] },
        ],
        finding: {
          code: 'missing-token',
          span: spanOf(name),
          data: { expected: '(' },
          fixes: [
            {
              title: 'insert',
              data: { text: '( )' },
              edits: [
                { span: { start, end: first.startOffset }, text: '(' },
                { span: { start: end, end }, text: ')' },
              ],
            },
          ],
        },
      },
    ]
  })
}
