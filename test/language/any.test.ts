// 有 R, with and without brackets: the same policy, each where it can be read; what goes wrong is told where it stands.

import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { format } from '../../language/format/format.ts'
import { complete } from '../../language/service/complete.ts'
import { hover } from '../../language/service/hover.ts'
import { brokenPromise } from './promises.ts'
import { meaning } from './underline.ts'

const policy = (condition: string, more = '') => `政策 示例 {
  基准日 审核日

  事实 违法: 记录 { 日期: 日期；重: 是否；有: 选项 [有、无] }
  事实 参保: 时段
  事实 荣誉: 多选 [劳动模范、道德模范]
  事实 「来源」: 记录 { 日期: 日期 }
  事实 残疾: 选项 [有、无]

  ${more}指标 甲 { 当 ${condition}   得1分 }
  总分 = 甲
}
`

const told = (text: string) => compile(text).diagnostics.filter((diagnostic) => severityOf(diagnostic) !== 'notice')
const formatted = (text: string) => {
  const result = format(text)
  return result.ok ? result.text : ''
}
const meaningOf = (text: string) => {
  expect(told(text)).toEqual([])
  const { policy: made } = compile(text)
  return made && meaning(made)
}

describe('without brackets it is the same condition, and the formatter writes it so', () => {
  test.each([
    ['有(违法)', '有 违法'],
    ['有(荣誉)', '有 荣誉'],
    ['有(违法 近1年(审核日, 日期))', '有 违法 近1年(审核日, 日期)'],
    ['有(违法 截至 审核日)', '有 违法 截至 审核日'],
    ['有(违法 期间 2020-01-01 至 审核日 - 1年)', '有 违法 期间 2020-01-01 至 审核日 - 1年'],
    ['有(参保 除去 参保 连续至 审核日 允许间断1个月 间断计入)', '有 参保 除去 参保 连续至 审核日 允许间断1个月 间断计入'],
    ['非 有(违法 其中 日期 <= 审核日)', '非 有 违法 其中 日期 <= 审核日'],
    ['有(违法 其中 非 重)', '有 违法 其中 非 重'],
    ['有(违法 其中 (重 或 有 是 有))', '有 违法 其中 (重 或 有 是 有)'],
    ['有(违法 其中 日期 在 2020-01-01..审核日) 且 残疾 是 有', '有 违法 其中 日期 在 2020-01-01..审核日 且 残疾 是 有'],
    ['有(违法) 或 有(参保 截至 审核日) 且 (有(荣誉))', '有 违法 或 有 参保 截至 审核日 且 (有 荣誉)'],
    ['有(违法 其中 有(参保 截至 日期))', '有 违法 其中 有 参保 截至 日期'],
    ['次数(违法 其中 有(参保 截至 日期) 且 重) > 1次', '次数(违法 其中 有 参保 截至 日期 且 重) > 1次'],
    ['有(来源)', '有 「来源」'],
  ])('%s', (bracketed, bare) => {
    expect(meaningOf(policy(bare))).toEqual(meaningOf(policy(bracketed)))
    expect(formatted(policy(bracketed))).toBe(policy(bare))
    expect(brokenPromise(policy(bracketed))).toBe(undefined)
    expect(brokenPromise(policy(bare))).toBe(undefined)
    expect(Object.values(compile(policy(bracketed)).policy?.labels ?? {})).toContainEqual(expect.objectContaining({ zh: `当 ${bare} 得1分` }))
  })

  test('in a definition, in its cases and in a state', () => {
    const more = (a: string, b: string) => `定义 丙 = ${a}\n  定义 丁 { 当 残疾 是 有 为 ${a}   否则 为 ${b} }\n  失效 当 ${b}\n  `
    const written = (a: string, b: string) =>
      policy('丙 且 丁', more(a, b))
        .replaceAll('{ 日期: 日期 }', '{ 日期: 日期 } 缺省 []')
        .replaceAll('事实 荣誉: 多选 [劳动模范、道德模范]', '事实 荣誉: 多选 [劳动模范、道德模范]   缺省 []')
    const [bracketed, bare] = [written('有(违法)', '有(荣誉)'), written('有 违法', '有 荣誉')]
    expect(meaningOf(bare)).toEqual(meaningOf(bracketed))
    expect(formatted(bracketed)).toBe(formatted(bare))
    expect(formatted(bare)).toContain('为 有 违法   否则 为 有 荣誉')
  })
})

describe('brackets stay', () => {
  test.each([
    ['around 且 of its own', '有(违法 其中 重 且 有 是 有)'],
    ['around 或 of its own', '有(违法 其中 重 或 有 是 有)'],
    ['where it is a value among others', '有(违法) 是 否'],
    ['on either side', '残疾 是 有 且 是 = 有(违法)'],
  ])('%s', (_name, condition) => {
    const text = policy(condition)
    expect(meaningOf(text)).toBeDefined()
    expect(formatted(text)).toBe(text)
    expect(brokenPromise(text)).toBe(undefined)
  })

  test('and without them 且 belongs to what is around', () => {
    expect(meaningOf(policy('有 违法 其中 重 且 残疾 是 有'))).toEqual(meaningOf(policy('有(违法 其中 重) 且 残疾 是 有')))
    expect(meaningOf(policy('有 违法 其中 重 或 有 荣誉'))).toEqual(meaningOf(policy('有(违法 其中 重) 或 有(荣誉)')))
    expect(meaningOf(policy('有 违法 其中 重'))).not.toEqual(meaningOf(policy('有(违法 其中 非 重)')))
  })

  test('where a filter follows, which is told', () => {
    const text = policy('次数(违法 其中 有(参保) 截至 审核日) > 1次')
    expect(told(text).map(({ code }) => code)).toEqual(['wrong-type'])
    expect(formatted(text)).toBe(text)
  })
})

test('有 is also a member and a name', () => {
  const text = policy('残疾 是 有 且 残疾 在 [有、无] 且 有 违法 其中 有 是 有')
  expect(told(text)).toEqual([])
  const named = '政策 示例 {\n  事实 有: 是否\n  指标 甲 { 当 有   取首个 { 得1分 } }\n  总分 = 甲\n}\n'
  expect(told(named)).toEqual([])
  expect(brokenPromise(named)).toBe(undefined)
  expect(brokenPromise(named.replaceAll('有', 'any'))).toBe(undefined)
})

test.each([
  ['有 违法 其中', 'value-missing'],
  ['有 违约', 'unknown-name'],
  ['有 残疾', 'wrong-type'],
  ['有 违法 近1年', 'window-day-missing'],
  ['有(违法', 'missing-token'],
  ['有违法', 'glued-words'],
])('%s is told, and the rest is read', (condition, code) => {
  const found = told(policy(condition, '指标 乙 { 当 没有这个   得1分 }\n  ')).map((diagnostic) => diagnostic.code)
  expect(found.sort()).toEqual([code, 'unknown-name'].sort())
})

test('after it the lists and choices are offered, and it is explained', () => {
  const text = policy('有 违法')
  const offset = text.indexOf('有 违法') + '有 '.length
  expect(complete(compile(text), text, offset, 'zh').list.map((entry) => entry.text)).toEqual(['违法', '参保', '荣誉', '「来源」'])
  expect(hover(compile(text), offset - 2, 'zh')?.lines).toEqual(['有', '有 列表或多选，有(列表或多选)：有没有'])
})
