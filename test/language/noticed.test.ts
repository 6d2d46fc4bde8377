// Mistakes that read like sense: each must be noticed, because the policy would otherwise mean something else than its author
// thinks.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'

const facts = `  基准日 审核日
  事实 月数: 整数 个月 范围 0..600
  事实 年龄: 整数 岁 范围 0..120
  事实 生日: 日期
  事实 学历: 等级 [高中、大专、本科]
  事实 任职: 多选 [人大代表、政协委员]
  事实 失信: 是否
`
const policyOf = (body: string, total = '总分 = 甲') => `政策 示例 {\n${facts}  ${body}\n  ${total}\n}\n`
const rowOf = (row: string) => policyOf(`指标 甲 { ${row} }`)
const caseOf = (given: string, expected: string, on = '审核日 2025-01-01') =>
  policyOf('指标 甲 { 当 月数 > 6 得5分 }').replace(/\}\n$/, `  样例 "一" 于 ${on} { ${given} } 应得 { ${expected} }\n}\n`)

test.each([
  ['a hyphen between the ends of a range', rowOf('当 年龄 在 55-60岁 得5分')],
  ['a hyphen between the ends of a range in a table', rowOf('查表 年龄 得 { 列 0..54、55-60、61.. 行 1分、2分、3分 }')],
  ['choices compared with =', rowOf('当 任职 = 人大代表 得5分')],
  ['choices compared with a whole list', rowOf('当 任职 在 [人大代表] 得5分')],
  ['a number as an end of a range of levels', rowOf('当 学历 在 5..本科 得5分')],
  ['a range of levels the wrong way round', rowOf('当 学历 在 本科..高中 得5分')],
  ['a division without an end tested for a range', rowOf('当 月数 ÷ 7 在 1..2 得5分')],
  ['a division without an end tested for a list', rowOf('当 月数 ÷ 7 在 [1、2] 得5分')],
  ['whole steps and started steps at once', rowOf('每满1年 月数 不足按一计 得1分')],
  ['a unit in place of 位 when rounding', rowOf('当 月数 ÷ 7 保留2元 四舍五入 > 1个月 得5分')],
  ['a deduction written as a negative award, of a fact that says nothing about its absence', rowOf('当 失信 得-5分')],
  ['a case with two dates of one name', caseOf('月数: 7', '甲: 5', '审核日 2025-01-01、审核日 2025-02-01')],
  ['a total with the name of an indicator', policyOf('指标 甲 { 当 月数 > 6 得5分 }', '总分 甲 = 甲')],
  ['an indicator with an empty name', policyOf('指标 「」 { 当 月数 > 6 得5分 }', '总分 = 5分')],
  ['a fact with an empty name', rowOf('当 月数 > 6 得5分').replace('事实 月数', '事实 「」: 是否\n  事实 月数')],
  ['a reference to an empty name', policyOf('指标 甲 { 当 月数 > 6 得5分 }', '总分 = 甲 + 「」')],
  ['a range that was not written', rowOf('当 月数 在 得5分')],
  ['a date in force before itself', rowOf('当 月数 > 6 得5分').replace('基准日', '施行 2024-01-01 至 2023-01-01\n  基准日')],
])('%s', (_name, text) => {
  const { diagnostics } = compile(text)
  expect(
    diagnostics.filter((diagnostic) => severityOf(diagnostic) === 'error').map(({ code }) => code),
    text,
  ).toHaveLength(1)
})

test('what is compared with them is sound as it stands', () => {
  for (const text of [rowOf('当 年龄 在 55..60岁 得5分'), caseOf('月数: 7', '甲: 5'), rowOf('当 月数 ÷ 7 保留2位 四舍五入 > 1个月 得5分')]) {
    expect(compile(text).policy, text).toBeDefined()
  }
})
