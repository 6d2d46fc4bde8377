// How a receipt says the arithmetic: in words that an applicant can follow, and without a result where there is none.

import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { heng, inFolder } from './run.ts'

const policy = `政策 试 {
  基准日 审核日
  事实 月数: 整数 个月   范围 0..600
  事实 毫升: 整数 毫升   范围 0..5000
  事实 额: 整数 元   范围 0..1000000
  事实 处罚: 记录 { 日期: 日期 } 缺省 []
  指标 年限 最高20分 { 每满1年 月数 得5分 }
  指标 月 { 每满1个月 月数 得0.25分 }
  指标 献血 { 每满200毫升 毫升 得2分 }
  指标 纳税 { 每10000元 额 得1分 }
  指标 进位 { 每1年 月数 不足按一计 得1分 }
  指标 到档 { 每满1年 月数 按档 { 在 3..5年 得4分   在 6年.. 得6分 } }
  指标 分段 { 每满1年 月数 分段 { 在 1..2年 得4分   在 3年.. 得6分 } }
  指标 较低 取最低 { 当 月数 > 0个月 得4分   当 额 > 0元 得2分 }
  指标 记录分 { 对每条 处罚 近1年(审核日) 得1分 }
  扣分组 扣减 { 基础 扣90分 }
  总分 = 年限 + 月 + 献血 + 纳税 + 进位 + 到档 + 分段 + 较低 - 扣减 最低0分
}
`
const receipt = (person: object, ...more: readonly string[]) =>
  inFolder(async (folder) => {
    await writeFile(`${folder}/p.heng`, policy)
    await writeFile(`${folder}/one.json`, JSON.stringify(person))
    const { stdout } = await heng(['explain', 'p.heng', '--person', 'one.json', '--as-of', '审核日=2025-03-01', ...more], { cwd: folder })
    return stdout
  })

test('whole steps are counted in words, and too little of something gives nothing', async () => {
  const few = await receipt({ 月数: 11, 毫升: 199, 额: 5000 })
  for (const line of ['每满1年 月数 得5分   不满1年，不得分\n', '每满200毫升 毫升 得2分   不满200毫升，不得分\n', '5000元 ÷ 10000元 = 0.5，0.5 × 1 = 0.5'])
    expect(few).toContain(line)
  expect(few).toContain('11个月，按1个1年计，1 × 1 = 1')
  expect(few).toContain('11 × 0.25 = 2.75')
  expect(few).toContain('○ 当 月数 > 0个月 得4分   月数：11个月   未计：已取另一行，分不高于它\n  ✓ 当 额 > 0元 得2分   额：5000元\n')
  const more = await receipt({ 月数: 65, 毫升: 1500, 额: 0 })
  for (const line of ['65个月，满5年，5 × 5 = 25', '1500毫升，满7个200毫升，7 × 2 = 14', '65个月，满5年，5 × 4 = 20', '65个月，满5年，2 × 4 + 3 × 6 = 26'])
    expect(more).toContain(line)
})

test('below the first band nothing is given, though there are steps', async () => {
  expect(await receipt({ 月数: 30 })).toContain('按档 { 在 3..5年 得4分 在 6年.. 得6分 }   30个月，不在各档之内，不得分\n')
})

test('a cap and a floor say by what they bind, and a list without records is not marked as if it held', async () => {
  const text = await receipt({ 月数: 65, 毫升: 0, 额: 0 })
  expect(text).toContain('年限 20 / 最高 20   累计25分，按上限20分计')
  expect(await receipt({ 月数: 0, 毫升: 0, 额: 0 })).toContain('扣减后为−90分，按0分计')
  expect(text).toMatch(/· 对每条 处罚 近1年\(审核日\) 得1分.*\n.*无符合条件的记录/)
})

test('the same in English', async () => {
  const text = await receipt({ 月数: 65, 毫升: 199, 额: 0 }, '--language', 'en')
  expect(text).toContain('65 months has 5 full years: 5 × 5 = 25')
  expect(text).toContain('less than 200 ml: none\n')
})
