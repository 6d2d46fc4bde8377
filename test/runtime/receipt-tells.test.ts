// What a receipt tells beside the points: why a row holds or not, which records were taken and what left out the others, the cell of a
// table, definitions, rows that are not there today, and bounds that are true.

import { describe, expect, test } from 'vitest'
import type { WrittenFacts } from '../../runtime/facts.ts'
import { printReceipt } from '../../runtime/receipt/print.ts'
import { receipt } from '../../runtime/receipt/receipt.ts'
import { score } from '../../runtime/score.ts'
import { policyOf, runOf } from './support.ts'

function told(rules: string, written: WrittenFacts, { all = false, language = 'zh' as 'zh' | 'en' } = {}): string {
  const policy = policyOf(rules)
  const run = runOf(policy)
  const scored = score(run, written)
  if (!scored.ok) throw new Error(JSON.stringify(scored.problems))
  return printReceipt(receipt(run, scored.outcome, written), policy, language, { all })
}

const list = (...records: readonly object[]) => JSON.stringify(records)

describe('why a row holds or does not', () => {
  const rules = `
    事实 月数: 整数 个月 范围 0..600   事实 学历: 等级 [大专、本科]   事实 残疾: 是否
    事实 捐款: 记录 { 日期: 日期；金额: 整数 元 范围 0..100000 }   缺省 []
    定义 大额 = 合计(捐款, 金额) >= 10000元
    指标 甲 取最高 { 当 月数 >= 12个月 且 学历 是 本科 得5分   当 月数 >= 6个月 得3分 }
    指标 乙 取首个 { 当 大额 得4分   否则 得1分 }
    总分 = 甲 + 乙`

  test('a part that fails is told with its value, all of them with --all', () => {
    const text = told(rules, { 月数: '8', 学历: '本科', 残疾: '否' }, { all: true })
    expect(text).toContain('· 当 月数 >= 12个月 且 学历 是 本科 得5分   “月数 >= 12个月”不成立，月数：8个月\n')
    expect(text).toContain('✓ 当 月数 >= 6个月 得3分   月数：8个月\n')
  })

  test('where no row holds it is told what they looked at, without --all', () => {
    expect(told(rules, { 月数: '3', 学历: '大专' })).toContain('甲 0\n  · 各行都不成立：月数：3个月，学历：大专\n')
  })

  test('the threshold behind a definition of yes or no is told with what it came to', () => {
    const records = { 捐款: list({ 日期: '2024-01-01', 金额: 12000 }) }
    expect(told(rules, { 月数: '3', ...records })).toContain('✓ 当 大额 得4分   大额：“合计(捐款, 金额) >= 10000元”成立，实为12000\n')
    expect(told(rules, { 月数: '3', 捐款: '[]' }, { all: true })).toContain('· 当 大额 得4分   大额：“合计(捐款, 金额) >= 10000元”不成立，实为0\n')
  })

  test('a row for all others tells what those before it looked at', () => {
    const text = told('事实 月数: 整数 个月 范围 0..600\n指标 甲 取首个 { 当 月数 > 9个月 得4分   否则 得1分 }\n总分 = 甲', { 月数: '3' })
    expect(text).toContain('✓ 否则 得1分   前面各行都不成立：月数：3个月\n')
  })
})

test('a default that was taken stands where it decided something, and only there', () => {
  const rules = `
    事实 过失: 是否 缺省 否   事实 年限: 整数 年 范围 0..50 缺省 3年   事实 处罚: 记录 { 日期: 日期 } 缺省 []   事实 月数: 整数 个月 范围 0..600
    定义 老 = 年限 >= 2年
    指标 甲 { 当 老 得3分 }   指标 乙 { 每1年 年限 得1分 }   指标 丙 { 每1个月 月数 得1分 }
    指标 丁 { 对每条 处罚 截至 审核日 扣1分 }   指标 戊 { 当 过失 扣2分 }
    总分 = 甲 + 乙 + 丙 + 丁 + 戊
    否决 当 年限 < 5年`
  const text = told(rules, { 月数: '4' })
  expect(text).toContain('  ! 一票否决：年限 < 5年，年限：3年   未填，按缺省计：年限 3年\n')
  expect(text).toContain('  ✓ 当 老 得3分   老：“年限 >= 2年”成立，年限：3年   未填，按缺省计：年限 3年\n')
  expect(text).toContain('  ✓ 每1年 年限 得1分   3 × 1 = 3   未填，按缺省计：年限 3年\n')
  expect(text).toContain('  ✓ 每1个月 月数 得1分   4 × 1 = 4\n')
  expect(text).toContain('）   未填，按缺省计：处罚 无\n')
  expect(text).toContain('  · 各行都不成立：过失：否；未填，按缺省计：过失 否\n')
  const given = told(rules, { 月数: '4', 年限: '3', 过失: '否', 处罚: '[]' })
  expect(given).not.toContain('缺省')
})

describe('every figure that decided stands there', () => {
  const day = { 起: '2026-02-01' }

  test('what those of one key come to, where their cap cuts it, and all of a list', () => {
    const rules = `事实 志愿: 记录 { 日期: 日期；时长: 小数1位 小时 范围 0..500 } 缺省 []
      指标 公益 { 对每条 志愿 同一 年份(日期) 最高4分 每10小时 时长 得0.5分 }
      总分 = 公益`
    const text = told(rules, { 志愿: list({ 日期: '2024-02-01', 时长: 71 }, { 日期: '2024-03-01', 时长: 50 }, { 日期: '2023-03-01', 时长: 20 }) })
    expect(text).toContain('得0.5分   共5\n')
    expect(text).toContain('    → 2024：共6.05，按最高4计\n')
    expect(text).not.toContain('→ 2023')
  })

  test('the rule about a record that gave its points, with its arithmetic', () => {
    const rules = `事实 专利: 记录 { 种类: 选项 [发明、外观]；持股: 小数4位 范围 0..1 } 缺省 []
      指标 甲 { 对每条 专利 { 当 种类 是 发明 得 (30分 * 持股) 保留2位 四舍五入   当 种类 是 外观 得5分 } }
      总分 = 甲`
    const text = told(rules, { 专利: list({ 种类: '发明', 持股: 0.3333 }) })
    expect(text).toContain('    • 种类 发明，持股 0.3333：10\n      ✓ 当 种类 是 发明 得 (30分 × 持股) 保留2位 四舍五入   30 × 0.3333 = 9.999 ≈ 10\n')
    expect(text).not.toContain('外观')
  })

  test('the figure of the day that was compared with, and one that is given', () => {
    const rules = `参数 社平 { 自 2024-01-01 为 5200元 }   参数 单价 { 自 2024-01-01 为 5分 }   事实 工资: 小数2位 元 范围 0..100000
      指标 甲 { 当 工资 >= 社平(审核日) 得10分 }   指标 乙 { 得 单价(审核日) }
      总分 = 甲 + 乙`
    const text = told(rules, { 工资: '5199.99' })
    expect(text).toContain('  · 各行都不成立：工资：5199.99元，社平：5200元\n')
    expect(text).toContain('  ✓ 得 单价(审核日)   5\n')
  })

  test('which of several that are enough it was', () => {
    const rules = `事实 技能: 等级 [无、高级]   事实 职称: 等级 [无、初级]   指标 甲 { 当 技能 是 高级 或 职称 是 初级 得8分 }   总分 = 甲`
    expect(told(rules, { 技能: '无', 职称: '初级' })).toContain('得8分   “职称 是 初级”成立\n')
  })

  test('a total that is more than a sum, in figures', () => {
    const rules = '事实 分: 小数1位 分 范围 0..200   指标 甲 { 得 分 }   总分 = 甲 × (1 + 30%) 保留1位 四舍五入'
    expect(told(rules, { 分: '60.5' })).toContain('总分：78.7分 = 甲 × (1 + 30%) 保留1位 四舍五入 = 60.5 × (1 + 0.3) = 78.65 ≈ 78.7\n')
    expect(told('事实 分: 小数1位 分 范围 0..200   指标 甲 { 得 分 }   总分 = 甲', { 分: '60.5' })).toContain('总分：60.5分 = 甲\n')
  })

  test('a quantity below zero is said to count as zero', () => {
    expect(told('事实 起: 日期 范围 2000-01-01..2035-01-01   指标 甲 { 每1年 满月数(起, 审核日) 得3分 }   总分 = 甲', day)).toContain(
      '-11个月，低于0的按0计，不得分\n',
    )
  })

  test('what is taken in the place of another gives no less', () => {
    const text = told('事实 好: 是否   指标 甲 取最高 { 得5分   当 好 得5分 }   总分 = 甲', { 好: '是' })
    expect(text).toContain('未计：已取另一行，分不低于它')
  })
})

describe('which records counted', () => {
  const rules = `
    事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升 范围 0..1000；地点: 选项 [本市、外地] }   缺省 []
    定义 近年 = 献血 近3年(审核日) 其中 地点 是 本市
    指标 合计 { 每满200毫升 合计(近年, 毫升) 得1分 }
    指标 逐条 { 对每条 献血 近3年(审核日) 得1分 }
    总分 = 合计 + 逐条`

  const people = {
    献血: list(
      { 日期: '2024-01-01', 毫升: 400, 地点: '本市' },
      { 日期: '2024-02-01', 毫升: 200, 地点: '外地' },
      { 日期: '2020-02-01', 毫升: 200, 地点: '本市' },
    ),
  }

  test('a sum tells what it took, and what a window and a filter left out', () => {
    const text = told(rules, people)
    expect(text).toContain(`合计 2
  ✓ 每满200毫升 合计(近年, 毫升) 得1分   400毫升，满2个200毫升，2 × 1 = 2
    • 日期 2024-01-01，毫升 400，地点 本市
    ○ 日期 2024-02-01，毫升 200，地点 外地   未计：要求“地点 是 本市”，地点：外地
    ○ 日期 2020-02-01，毫升 200，地点 本市   未计：不在 2022-03-02 至 2025-03-01 内
`)
  })

  test('so does a row for each record, and a definition that is a list says how many', () => {
    const text = told(rules, people, { all: true })
    expect(text).toContain(
      '    • 日期 2024-02-01，毫升 200，地点 外地：1\n    ○ 日期 2020-02-01，毫升 200，地点 本市   未计：不在 2022-03-02 至 2025-03-01 内\n',
    )
    expect(text).toContain('定义：\n  近年：1条\n    • 日期 2024-01-01，毫升 400，地点 本市\n')
  })

  test('in English too, periods with their days', () => {
    const policy = `
      事实 参保: 时段 { }   缺省 []
      指标 参保 { 每满1年 累计月数(参保 连续至 审核日 允许间断1个月 间断不计) 得2分 }
      总分 = 参保`
    const written = { 参保: list({ 起: '2020-01-01', 止: '2020-12-31' }, { 起: '2023-01-01', 止: '2025-03-01' }) }
    expect(told(policy, written, { language: 'en' })).toContain(`    ○ from 2020-01-01, to 2020-12-31   not counted: interrupted since
    • from 2023-01-01, to 2025-03-01
`)
    expect(told(policy, written, { language: 'en' })).toContain('total: 4 points')
  })

  test('of a long list the first are told, and how many there are', () => {
    const many = { 献血: list(...Array.from({ length: 9 }, () => ({ 日期: '2024-01-01', 毫升: 200, 地点: '本市' }))) }
    const sum = rules.replace(/.*逐条 .*\n/g, '').replace('总分 = 合计 + 逐条', '总分 = 合计')
    expect(told(sum, many).match(/• /g)).toHaveLength(6)
    expect(told(sum, many)).toContain('… 共9条')
    expect(told(sum, many, { all: true }).match(/• 日期/g)?.length).toBe(18)
  })
})

describe('tables', () => {
  const rules = `
    事实 学历: 等级 [中专、大专、本科]   事实 年限: 整数 年 范围 0..50
    指标 表 { 查表 学历、年限 得 { 列 大专、本科.. 行 0..5年: 3分、5分 行 6年..: 4分、8分 } 解释 "中专不列" }
    总分 = 表`

  test('the cell is told by its column, its line and what was looked for', () => {
    expect(told(rules, { 学历: '本科', 年限: '7' })).toContain('✓ 查表 学历、年限   学历：本科，年限：7年，查得“本科.. × 6年..”：8\n')
  })

  test('a table without a column for somebody is not told as if the row did not hold', () => {
    expect(told(rules, { 学历: '中专', 年限: '7' })).toContain('○ 查表 学历、年限   学历：中专，年限：7年   未计：表中没有对应的一档\n')
  })
})

test('rows that are not there today are told where there is no other, and all of them with --all', () => {
  const rules = `
    事实 甲: 是否
    指标 旧 { 当 甲 得1分 施行 2020-01-01 至 2020-12-31 }
    指标 新旧 取最高 { 当 甲 得1分 施行 2020-01-01 至 2020-12-31   当 甲 得2分 施行 2021-01-01 }
    总分 = 旧 + 新旧`
  const text = told(rules, { 甲: '是' })
  expect(text).toContain('旧 0\n  – 当 甲 得1分   不计：2020-01-01起至2020-12-31施行\n')
  expect(text).toContain('新旧 2\n  ✓ 当 甲 得2分\n')
  expect(told(rules, { 甲: '是' }, { all: true })).toContain('新旧 2\n  – 当 甲 得1分   不计：2020-01-01起至2020-12-31施行\n')
})

test('a definition inside an indicator, and one for each record, stand with what they explain', () => {
  const rules = `
    事实 人数: 整数 人 范围 1..9   事实 专利: 记录 { 日期: 日期；持股: 小数2位 范围 0..1 }
    指标 甲 { 定义 份 = 9分 ÷ (人数 ÷ 1人) 保留1位 舍去   得 份 }
    指标 乙 { 对每条 专利 { 定义 加权 = 持股 × 2   得 1分 × 加权 } }
    总分 = 甲 + 乙`
  const text = told(rules, { 人数: '4', 专利: list({ 日期: '2024-01-01', 持股: 0.25 }) })
  expect(text).toContain('甲 2.2\n  其中份：2.2分\n')
  expect(text).toContain('• 日期 2024-01-01，持股 0.25，加权 0.5：0.5\n')
})

describe('bounds', () => {
  test('the cap of a group binds a part only where nothing beside it can be negative', () => {
    const rules = (sign: string) => `
      事实 月数: 整数 个月 范围 0..600   事实 违法: 整数 次 范围 0..10 缺省 0次
      指标组 组 最高9分 { 指标 居住 最高10分 { 每4个月 月数 得0.25分 }   指标 违法 { 每1次 违法 ${sign}2分 } }
      总分 = 组`
    expect(told(rules('扣'), { 违法: '3' })).toContain(
      '居住 0 / 最高 10（核实后可能得0～10分）\n    ? 每4个月 月数 得0.25分   待核实：月数（核实后可能得0～10分）\n',
    )
    expect(told(rules('得'), { 违法: '3' })).toContain('居住 0 / 最高 10（核实后可能得0～9分）')
  })

  test('what is surely there and not proven says what it will be', () => {
    const rules = '事实 学历: 等级 [高中、大专]\n指标 甲 取最高 最高5分 { 当 学历 是 高中 得5分   当 学历 是 大专 得8分 }\n总分 = 甲'
    expect(told(rules, {})).toContain('甲 0 / 最高 5（核实后得5分）')
  })
})

test('why a gap counts nothing is said to those in the gap', () => {
  const inHead = '事实 年龄段: 选项 [少、中、老]\n指标 甲 取首个 解释 "老的原文没有列" { 当 年龄段 是 少 得1分   当 年龄段 是 中 得2分 }\n总分 = 甲'
  expect(told(inHead, { 年龄段: '老' })).toContain('甲：老的原文没有列')
  const inRow = '事实 年龄段: 选项 [少、中、老]\n指标 甲 取首个 { 当 年龄段 是 少 得1分   当 年龄段 是 中 得2分   否则 得0分 解释 "原文没有列" }\n总分 = 甲'
  expect(told(inRow, { 年龄段: '老' })).toContain('甲：原文没有列')
  expect(told(inRow, { 年龄段: '少' })).not.toContain('原文没有列')
})
