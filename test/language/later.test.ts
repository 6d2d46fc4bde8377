// What is dated after the main date counts against nobody, unless the author was told that it does: whatever is told of a list is so of a record
// of a later day.

import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { outcomeOf } from '../runtime/support.ts'

const told = ['later-records-count', 'later-day-counts']
const later = '2026-07-15'

/** A list of each kind, in each place that can only harm, without an end and with one. */
const places = [
  (list: string) => `扣分组 减 { 指标 一 { 对每条 ${list} 扣1分 } }`,
  (list: string) => `扣分组 减 { 指标 一 { 每1次 次数(${list}) 扣1分 } }`,
  (list: string) => `扣分组 减 { 指标 一 { 当 有(${list}) 扣1分 } }`,
  (list: string) => `扣分组 减 { 指标 一 { 取最高一条 ${list} 扣1分 } }`,
  (list: string) => `否决 当 有(${list})`,
  (list: string) => `清零 当 次数(${list}) >= 1次`,
  (list: string) => `失效 当 最晚(${list}, 日期, 1990-01-01) > 1990-01-01`,
  (list: string) => `禁止申请 当 合计(${list}, 数) > 0次`,
]
const lists: readonly (readonly [string, boolean])[] = [
  ['处罚', true],
  ['处罚 其中 数 > 0次', true],
  ['处罚 其中 日期 >= 2020-01-01', true],
  ['处罚 其中 日期 > 审核日 - 3年', true],
  ['处罚 其中 非 日期 < 审核日 - 3年', true],
  ['处罚 其中 天数(日期, 审核日) <= 400天', true],
  ['处罚 其中 日期 <= 审核日 或 数 > 0次', true],
  ['重的', true],
  ['处罚 截至 审核日', false],
  ['处罚 近3年(审核日)', false],
  ['处罚 期间 2020-01-01 至 审核日', false],
  ['处罚 其中 日期 <= 审核日', false],
  ['处罚 其中 数 > 0次 且 日期 在 2020-01-01..审核日', false],
  ['处罚 其中 非 (日期 > 审核日)', false],
  ['处罚 其中 审核日 >= 日期', false],
  ['处罚 其中 天数(日期, 审核日) 在 0天..400天', false],
  ['处罚 其中 年份(日期) <= 年份(审核日)', false],
  ['近的', false],
]
const policy = (rule: string) => `政策 试 {
  基准日 审核日
  事实 处罚: 记录 { 日期: 日期；数: 整数 次 范围 0..9 }   缺省 []
  定义 重的 = 处罚 其中 数 > 0次
  定义 近的 = 处罚 截至 审核日 其中 数 > 0次
  指标 甲 { 得5分 }
  总分 = 甲${rule.startsWith('扣分组') ? ' - 减' : ''}
  ${rule}
}
`

describe.each(lists)('%s', (list, isOpen) => {
  test.each(places.map((place) => [place(list)]))('%s', (rule) => {
    const { diagnostics, policy: compiled } = compile(policy(rule))
    expect(diagnostics.filter(({ code }) => told.includes(code)).map(({ code }) => code)).toEqual(isOpen ? ['later-records-count'] : [])
    if (!compiled) throw new Error(JSON.stringify(diagnostics))
    const [without, one] = ['[]', `[{"日期":"${later}","数":"1"}]`].map((value) => {
      const { state, totals } = outcomeOf(compiled, { 处罚: value }, { 审核日: '2025-03-01' })
      return JSON.stringify([state, totals.map(({ figure }) => String(figure.proven.numerator))])
    })
    expect(one === without).toBe(!isOpen)
  })
})

test.each([
  ['否决 当 非 有(处罚)', false],
  ['否决 当 次数(处罚) <= 3次', false],
  ['否决 当 非 次数(处罚) <= 3次', true],
  ['否决 当 3次 >= 次数(处罚)', false],
  ['否决 当 次数(处罚) 在 1次..9次', true],
  ['否决 当 5次 - 次数(处罚) <= 3次', true],
  ['否决 当 有(处罚 其中 审核日 在 日期..审核日)', false],
  ['否决 当 次数(处罚) = 0次', false],
  ['否决 当 次数(处罚) 在 0次..2次', false],
  ['否决 当 非 次数(处罚) = 0次', true],
  ['失效 当 满月数(最晚(处罚, 日期, 1990-01-01), 审核日) >= 12个月', false],
  ['失效 当 满月数(最晚(处罚, 日期, 1990-01-01), 审核日) < 12个月', true],
  ['失效 当 满月数(最早(处罚, 日期, 审核日), 审核日) >= 60个月', false],
  ['扣分组 减 取首个 { 当 次数(处罚) >= 3次 扣0分   当 次数(处罚) >= 1次 扣2分   否则 扣5分 }', false],
  ['扣分组 减 { 当 次数(处罚) >= 3次 扣5分   否则 扣1分 }', true],
  ['扣分组 减 { 当 次数(处罚) < 3次 扣5分   否则 扣1分 }', false],
  ['扣分组 减 { 查表 次数(处罚) 扣 { 列 0次、1..2次、3次..   行 5分、2分、0分 } }', false],
  ['扣分组 减 { 查表 次数(处罚) 扣 { 列 0次、1..2次、3次..   行 0分、2分、5分 } }', true],
  ['定义 应扣 { 当 次数(处罚) >= 3次 为 0分   否则 为 5分 }\n  扣分组 减 { 扣 应扣 }', false],
  ['定义 应扣 { 当 次数(处罚) >= 3次 为 5分   否则 为 0分 }\n  扣分组 减 { 扣 应扣 }', true],
  ['定义 不足 { 当 次数(处罚) >= 3次 为 否   否则 为 是 }\n  清零 当 不足', false],
  ['扣分组 减 { 对每条 处罚 { 当 日期 <= 审核日 扣1分   否则 扣0分 } }', false],
  ['否决 当 有(处罚 其中 日期 > 审核日)', false],
  ['否决 当 有(处罚 其中 非 日期 <= 审核日)', false],
])('where a record more is better it may be of any day: %s', (rule, isOpen) => {
  expect(compile(policy(rule)).diagnostics.filter(({ code }) => told.includes(code)).length).toBe(isOpen ? 1 : 0)
})

test.each([
  ['否决 当 日 > 审核日 - 3年', true],
  ['否决 当 日 >= 2020-01-01 且 甲 > 1分', true],
  ['否决 当 满月数(日, 审核日) < 12个月', true],
  ['否决 当 非 (满月数(日, 审核日) >= 12个月)', true],
  ['否决 当 周岁(日, 审核日) < 18岁', true],
  ['否决 当 近来', true],
  ['否决 当 日 > 审核日', false],
  ['否决 当 日 > 审核日 + 1年', false],
  ['否决 当 日 < 审核日 - 3年', false],
  ['否决 当 日 在 2020-01-01..审核日', false],
  ['否决 当 日 > 审核日 - 3年 且 日 <= 审核日', false],
  ['否决 当 满月数(日, 审核日) 在 0个月..12个月', false],
  ['对象 当 满月数(日, 审核日) >= 12个月', false],
  ['扣分组 减 { 当 日 >= 2020-01-01 扣0分   否则 扣5分 }', false],
  ['扣分组 减 { 当 日 < 2020-01-01 扣0分   否则 扣5分 }', true],
])('a day: %s', (rule, isOpen) => {
  const text = `政策 试 {\n  基准日 审核日\n  事实 日: 日期   缺省 1990-01-01\n  定义 近来 = 日 > 审核日 - 3年\n  指标 甲 { 得5分 }\n  总分 = 甲\n  ${rule}\n}\n`
  const { diagnostics } = compile(text)
  expect(diagnostics.filter(({ code }) => told.includes(code)).map(({ code }) => code)).toEqual(isOpen ? ['later-day-counts'] : [])
  expect(diagnostics.filter(({ code }) => code.includes('expression') || code.startsWith('unexpected'))).toEqual([])
  const within = compile(text.replace('事实 日: 日期', '事实 日: 日期   范围 ..审核日'))
  expect(within.diagnostics.filter(({ code }) => told.includes(code))).toEqual([])
})

test('a period that goes on is not cut off by a remedy', () => {
  const text = '政策 试 {\n  基准日 审核日\n  事实 处分: 时段   缺省 []\n  指标 甲 { 得5分 }\n  总分 = 甲\n  失效 当 有(处分 其中 止 > 审核日)\n}\n'
  const [found] = compile(text).diagnostics
  expect([found?.code, found?.data, found?.fixes ?? []]).toEqual(['later-records-count', { name: '处分', day: '审核日', field: '起' }, []])
  expect(compile(text.replace('其中', '其中 起 <= 审核日 且')).diagnostics).toEqual([])
})
