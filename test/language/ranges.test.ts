// A range that leaves out an end, in words and in signs: both are the same policy, shown in words.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { describe as words } from '../../language/diagnostics/catalogue.ts'
import { complete } from '../../language/service/complete.ts'
import { score } from '../../runtime/score.ts'
import { runOf } from '../runtime/support.ts'
import { meaning } from './underline.ts'

const policyOf = (text: string) => {
  const { policy, diagnostics } = compile(text)
  if (!policy) throw new Error(JSON.stringify(diagnostics))
  return policy
}

const written = (least: string, most: string) => `政策 示例 {
  事实 份额: 小数2位   范围 ${least}
  事实 月数: 整数 个月   范围 0..600
  指标 甲 { 当 月数 在 ${most}   得1分 }
  指标 乙 { 当 份额 > 0.5   得1分 }
  总分 = 甲 + 乙
}
`

test('signs and words are the same policy, and its rows are shown in words', () => {
  const [signs, inWords] = [policyOf(written('0<..1', '12..<24')), policyOf(written('超过0..1', '12..不满24'))]
  expect(meaning(signs)).toEqual(meaning(inWords))
  const labels = Object.values(signs.labels)
  expect(labels).toContainEqual({ zh: '当 月数 在 12..不满24 得1分', en: 'when 月数 in 12..under 24 award 1 points' })
  expect(labels).toEqual(Object.values(inWords.labels))
})

test('both ends can be left out', () => {
  const policy = policyOf(written('0..1', '超过12..不满24'))
  const points = (months: string) => {
    const scored = score(runOf(policy, {}), { 月数: months, 份额: '0' })
    return scored.ok && Number(scored.outcome.totals[0]?.figure.proven.numerator)
  }
  expect(['12', '13', '23', '24'].map(points)).toEqual([0, 1, 1, 0])
})

test.each([
  ['当 月数 不满18个月 得1分', '不满', '<'],
  ['当 月数 超过18个月 得1分', '超过', '>'],
])('%s is told how it is written', (row, word, sign) => {
  const { diagnostics } = compile(written('0..1', '0..').replace(/当 月数.*得1分/, row))
  expect(diagnostics.map((diagnostic) => words(diagnostic, 'zh').message)).toEqual([`“${word}”在这里写作“${sign}”`])
})

test('an end that is announced and missing is told', () => {
  for (const range of ['12..不满', '超过..12', '超过12']) {
    const { policy, diagnostics } = compile(written('0..1', range))
    expect(policy, range).toBe(undefined)
    expect(diagnostics.length, range).toBe(1)
  }
})

test('the words are offered where they may stand', () => {
  const offered = (before: string) => {
    const text = written('0..1', '12..24')
    return complete(compile(text), text, text.indexOf(before) + before.length, 'zh').list.map((entry) => entry.text)
  }
  expect(offered('12..')).toContain('不满')
  expect(offered('范围 ')).toContain('超过')
})
