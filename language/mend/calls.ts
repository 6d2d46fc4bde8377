// Mender for brackets that nobody closed: 合计(志愿服务 近3年(审核日, 时长) wants its ) where both calls come out right.

import { spanOf } from '../lex.ts'
import { isKeyword, type SymbolForm, symbols, type Token } from '../tokens.ts'
import { byForm, type FunctionId } from '../words.ts'
import { type Broken, closingOf, endOf, is, isClosing, isFree, isOpening, lineStop, type Mend, type Mender, openBrackets, put, suspects } from './broken.ts'

/** Of how many arguments each function is; of the others one or two. */
const argumentsOf: Readonly<Partial<Record<FunctionId, number>>> = {
  age_on: 2,
  full_months: 2,
  days_between: 2,
  year_of: 1,
  year_start: 1,
  year_end: 1,
  count: 1,
  any: 1,
  months_covered: 1,
  total_of: 2,
  greatest: 3,
  least: 3,
  earliest: 3,
  latest: 3,
  date: 3,
  partner: 2,
  points_of: 1,
}

const closes: Readonly<Record<string, SymbolForm>> = { '(': ')', '[': ']' }

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

export const unclosed: Mender = (broken) => {
  const { tokens, at, surface } = broken
  const open = openBrackets(tokens, at)
  const innermost = open.at(-1)
  const form = innermost === undefined ? undefined : closes[tokens[innermost]?.tokenType.name ?? '']
  if (innermost === undefined || form === undefined) return []
  const outer = open.at(-2)
  const callee = outer === undefined ? undefined : byForm.function[surface].get(tokens[outer - 1]?.value ?? '')?.id
  const wanted = callee === undefined ? undefined : argumentsOf[callee as FunctionId]
  const inside = commas(tokens, innermost, at)
  const before = outer === undefined ? 0 : commas(tokens, outer, innermost).length
  /** What the call around would have, were the bracket closed before this comma. */
  const count = (i: number) => before + 1 + inside.filter((comma) => comma >= i).length
  const places = [at, ...(form === ')' && wanted !== undefined ? inside.filter((comma) => count(comma) === wanted) : [])]
  const swallowed = form === ')' ? swallowing(broken, innermost) : []
  if (swallowed.length > 0) return swallowed.map((i) => closing(broken, i, form))
  return (wanted !== undefined && count(at) !== wanted ? [...places].reverse() : places).map((i) => closing(broken, i, form))
}

/** Commas inside a bracket that was closed too late, where closing it earlier gives the call around it what it wants. */
function swallowing({ tokens, at, surface }: Broken, outer: number): readonly number[] {
  const callee = byForm.function[surface].get(tokens[outer - 1]?.value ?? '')?.id
  const wanted = callee === undefined ? undefined : argumentsOf[callee as FunctionId]
  const own = commas(tokens, outer, at).length + 1
  if (wanted === undefined || own >= wanted) return []
  return tokens.slice(0, at).flatMap((token, i) => {
    if (i <= outer || !is(token, symbols['('])) return []
    const inside = commas(tokens, i, closingOf(tokens, i) ?? at)
    return inside.filter((comma) => own + inside.filter((other) => other >= comma).length === wanted)
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

/** 周岁 出生日期, 审核日: a function whose brackets were left out. */
export const callsWithoutBrackets: Mender = (broken) => {
  const { tokens, surface } = broken
  return suspects(broken).flatMap((i): readonly Mend[] => {
    const [name, first] = [tokens[i], tokens[i + 1]]
    if (!isFree(name) || !first || is(first, symbols['(']) || argumentsOf[byForm.function[surface].get(name.value)?.id as FunctionId] === undefined) return []
    let to = i + 1
    while (to < lineStop(broken, i) && (is(tokens[to], symbols[',']) || !(isKeyword(tokens[to]!) || isOpening(tokens[to]) || isClosing(tokens[to])))) to += 1
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
