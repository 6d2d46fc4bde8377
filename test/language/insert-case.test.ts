// A person saved as a case is that person: every text stands in the case as it was, or the case is refused with the fact that it is about.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { format } from '../../language/format/format.ts'
import { insertCase } from '../../language/service/insert-case.ts'
import { seedOr, times } from '../whole.ts'

const policy = `政策 柳塘县奖项积分 {
  基准日 审核日

  事实 企业: 文本
  事实 获奖: 记录 { 日期: 日期；事由: 文本 }   缺省 []

  指标 企业 { 当 企业 = “甲"乙"公司”   得1分 }
  指标 获奖 { 对每条 获奖 同一 事由 只计最高一条 得1分 }
  总分 = 企业 + 获奖
}
`

/** The facts of the case as the text has it then, or why there is none. */
function saved(text: string, facts: Readonly<Record<string, string>>, title = '甲') {
  const inserted = insertCase(compile(text), text, { title, dates: { 审核日: '2025-03-01' }, facts, expected: [], stateId: 'valid' })
  if (!inserted.ok) return inserted
  const { span, text: added } = inserted.edit
  const formatted = format(text.slice(0, span.start) + added + text.slice(span.end))
  const { cases, diagnostics } = compile(formatted.ok ? formatted.text : '')
  return { findings: diagnostics.map(({ code }) => code), title: cases[0]?.title, facts: cases[0]?.facts }
}

test('quotes inside a text stay, and two texts that differ stay two', () => {
  const prizes = JSON.stringify([
    { 日期: '2024-01-01', 事由: '抗"台"' },
    { 日期: '2024-01-01', 事由: '抗 台 ' },
  ])
  const { facts } = saved(policy, { 企业: '甲"乙"公司', 获奖: prizes }) as { facts: Record<string, string> }
  expect(facts.企业).toBe('甲"乙"公司')
  expect(JSON.parse(facts.获奖 ?? '')).toEqual(JSON.parse(prizes))
})

test.each([
  ['a line break', '甲\n乙'],
  ['a carriage return', '甲\r乙'],
  ['a separator of lines', '甲\u2028乙'],
  ['both kinds of quotes', '甲"乙“丙'],
])('%s in a text is refused with its fact', (_, value) => {
  expect(saved(policy, { 企业: value })).toEqual({ ok: false, reason: 'cannot-write', fact: '企业', value })
  const prizes = JSON.stringify([{ 日期: '2024-01-01', 事由: value }])
  expect(saved(policy, { 获奖: prizes })).toEqual({ ok: false, reason: 'cannot-write', fact: '获奖', value })
})

test('a title that cannot be written is written without what is in the way', () => {
  expect(saved(policy, { 企业: '甲' }, '甲"乙"')).toMatchObject({ title: '甲"乙"', findings: [] })
  expect(saved(policy, { 企业: '甲' }, '甲"乙”\n丙')).toMatchObject({ title: '甲 乙  丙', findings: [] })
})

test('whatever text it is, the case has it or is refused', () => {
  const signs = fc.constantFrom(...'甲乙"“”\'「」`{}；、，:# \\%\n\r\t'.split(''), '\u3000', '  ')
  const value = fc.array(signs, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(value, value, (firm, prize) => {
      const facts = { 企业: firm, 获奖: JSON.stringify([{ 日期: '2024-01-01', 事由: prize }]) }
      const result = saved(policy, facts)
      if ('ok' in result) return
      expect(result.facts?.企业).toBe(firm)
      expect(JSON.parse(result.facts?.获奖 ?? '')).toEqual(JSON.parse(facts.获奖))
    }),
    { seed: seedOr(20_261_128), numRuns: times(150, 3000) },
  )
})
