// Conditions that differ in nothing but a name or a number are two conditions: neither covers the other, and both may hold.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'

const policy = (rows: string) => `政策 示例 {
  基准日 审核日、开放日
  事实 月数: 整数 个月   范围 0..600
  事实 获奖: 记录 { 日期: 日期；另日: 日期；级别: 选项 [区级、市级]；类别: 选项 [文、理]；重: 是否；大: 是否 }   缺省 []
  事实 参保: 时段   缺省 []
  参数 少 = 5个月
  参数 多 = 9个月
  参数 甲数 { 自 2020-01-01 为 5个月 }
  参数 乙数 { 自 2020-01-01 为 9个月 }
  指标 甲 { 每1个月 月数 得1分 }
  指标 乙 { 每2个月 月数 得1分 }
  总分 甲总 = 甲
  指标 规则 {
    ${rows}
  }
}
`
const codes = (rows: string) =>
  compile(policy(rows))
    .diagnostics.filter(({ code }) => !/^(unused|item-in-no-total)/.test(code))
    .map(({ code }) => code)

const pairs = [
  ['points of two items', '得分(甲) > 5分', '得分(乙) > 5分'],
  ['two parameters', '月数 > 少', '月数 > 多'],
  ['two parameters by the day', '月数 > 甲数(审核日)', '月数 > 乙数(审核日)'],
  ['one parameter on two days', '月数 > 甲数(审核日)', '月数 > 甲数(开放日)'],
  ['two lengths of time', '有 获奖 近3年(审核日, 日期)', '有 获奖 近5年(审核日, 日期)'],
  ['two dates of a record', '有 获奖 近3年(审核日, 日期)', '有 获奖 近3年(审核日, 另日)'],
  ['calendar years', '有 获奖 近3个年度(审核日, 日期)', '有 获奖 近5个年度(审核日, 日期)'],
  ['two gaps', '累计月数(参保 连续至 审核日 允许间断1个月 间断计入) >= 12个月', '累计月数(参保 连续至 审核日 允许间断3个月 间断计入) >= 12个月'],
  [
    'gaps that count and that do not',
    '累计月数(参保 连续至 审核日 允许间断1个月 间断计入) >= 12个月',
    '累计月数(参保 连续至 审核日 允许间断1个月 间断不计) >= 12个月',
  ],
  ['two fields inside a list', '有(获奖 其中 重)', '有(获奖 其中 大)'],
]

test.each(pairs)('%s: neither row covers the other', (_, one, other) => {
  expect(codes(`取首个 { 当 ${one} 得10分   当 ${other} 得5分   否则 得0分 }`)).toEqual([])
})

test.each(pairs)('%s: both rows may hold', (_, one, other) => {
  expect(codes(`当 ${one} 得10分   当 非 (${other}) 得5分`)).toEqual(['mode-missing'])
})

test.each([
  ['two choices', '级别 是 市级', '类别 是 理'],
  ['two yes or no', '重', '大'],
])('%s of the record at hand', (_, one, other) => {
  expect(codes(`对每条 获奖 取首个 { 当 ${one} 得10分   当 ${other} 得5分   否则 得0分 }`)).toEqual([])
  expect(codes(`对每条 获奖 { 当 ${one} 得10分   当 非 (${other}) 得5分 }`)).toEqual(['mode-missing'])
})

test('what means the same by its form is one condition', () => {
  expect(codes('取首个 { 当 得分(甲) > 5分 得10分   当 得分(甲) > 5分 得5分   否则 得0分 }')).toEqual(['row-shadowed'])
  expect(codes('当 月数 > 少 得10分   当 非 (月数 > 少) 得5分')).toEqual([])
})
