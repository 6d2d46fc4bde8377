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
  ['a negative deduction for each step', rowOf('每1个月 月数 扣-5分')],
  ['a negative deduction in a table', rowOf('查表 学历 扣 { 列 高中、大专、本科 行 5分、-10分、0分 }')],
  ['a comma between an award and its cap', rowOf('每1个月 月数 得1分，最高5分')],
  ['a semicolon between rows', rowOf('累加 当 月数 > 6 得1分；当 月数 > 9 得1分').replace('指标 甲 { 累加', '指标 甲 累加 {')],
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

const lists = `${facts}  事实 镇: 选项 [东、西]
  事实 家庭: 文本 缺省 编号
  事实 序号: 整数 唯一
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升 范围 0..1000 }
  事实 违法: 记录 { 发生: 日期；发现: 日期 } 缺省 []
  事实 参保: 时段 { }
  参数 工资 { 自 2024-01-01 为 4000元   自 2025-01-01 为 4500元 }
`
const listsOf = (body: string, total = '总分 = 甲') => `政策 示例 {\n${lists}  ${body}\n  ${total}\n}\n`
const overList = (row: string) => listsOf(`指标 甲 { ${row} }`)
const useOf = (parts: string) => listsOf(`指标 甲 { 当 月数 > 6 得5分 }\n  应用 入学 { ${parts} }`)
const listCase = (people: string, expected: string) =>
  useOf('排序 总分 从高到低 并列 同名次').replace(/\}\n$/, `  样例 "一" 应用 入学 于 审核日 2025-01-01 [${people}] 应得 { ${expected} }\n}\n`)

test.each([
  ['a window of no length', overList('每1次 次数(献血 近0年(审核日)) 得1分')],
  ['a window of a length that is not whole', overList('每1次 次数(献血 近1.5年(审核日)) 得1分')],
  ['a window without its unit', overList('每1次 次数(献血 近3(审核日)) 得1分')],
  ['a window over a field that is no date', overList('每1次 次数(献血 近3年(审核日, 毫升)) 得1分')],
  ['a span of days the wrong way round', overList('每1次 次数(献血 期间 2024-12-31 至 2024-01-01) 得1分')],
  ['days of records taken out as if they were periods', overList('每1个月 累计月数(参保 除去 献血) 得1分')],
  ['one record chosen and another kept by two conditions in a row', overList('每1次 次数(献血 其中 毫升 > 200毫升 其中 毫升 < 300毫升) 得1分')],
  ['a list where a condition stands', overList('当 献血 近3年(审核日) 得1分')],
  ['a list compared with a number', overList('当 献血 >= 3 得1分')],
  ['a field asked of no record', overList('当 毫升 > 200毫升 得1分')],
  ['a sum of a field in another unit', overList('每满1年 合计(献血, 毫升) 得1分')],
  ['the latest of what is no date', overList('当 最晚(献血, 毫升, 2020-01-01) > 2020-01-01 得1分')],
  ['records counted with the unit of something else', overList('当 次数(献血) >= 3个 得1分')],
  ['records made one by what they do not hold', listsOf('定义 丁 = 镇\n  指标 甲 { 对每条 献血 同一 丁 只计最高一条 得1分 }')],
  ['a cap on one key in another unit', overList('对每条 献血 同一 年份(日期) 最高12元 得1分')],
  ['records of one key that are not said to count together', overList('对每条 献血 同一 年份(日期) { 当 毫升 > 200毫升 得1分 }')],
  ['a gap tolerated in a unit that is no length', overList('每1个月 累计月数(参保 连续至 审核日 允许间断3岁 间断计入) 得1分')],
  ['bands from high to low', overList('每满1年 月数 按档 { 在 5年.. 得6分 在 1..4年 得4分 }')],
  ['a band under an open one', overList('每满1年 月数 按档 { 在 1年.. 得6分 在 5年.. 得4分 }')],
  ['bands of a proportion that miss what lies between whole numbers', overList('每1个月 月数 分段 { 在 0..100个月 得0.1分 在 101.. 得0.02分 }')],
  ['an amount in a deduction that would be added', listsOf('指标 甲 { 得5分 }\n  扣分组 乙 { 对每条 违法 近3年(审核日, 发生) 得5分 }', '总分 = 甲 - 乙')],
  ['a second award in a deduction that would be added', listsOf('指标 甲 { 得5分 }\n  扣分组 乙 { 对每条 违法 扣5分 另 得3分 }', '总分 = 甲 - 乙')],
  ['a table whose rows say more than it looks up', overList('查表 学历 得 { 列 高中、大专、本科 行 东: 1分、2分、3分 }')],
  ['a table with the same key in two rows', overList('查表 学历、镇 得 { 列 高中、大专、本科 行 东: 1分、2分、3分 行 东: 4分、5分、6分 }')],
  ['points that would need themselves', overList('得 得分(甲)')],
  ['points that need themselves by way of a total', overList('得 得分(总分)')],
  ['points that lapse with a cap on each record', listsOf('指标 甲 期限 自 日期 至 日期 + 1年 于 审核日 { 对每条 献血 得1分 最高3分 }')],
  ['a spend whose day is one of several', listsOf('指标 甲 期限 自 日期 至 日期 + 1年 于 审核日 兑换 违法 扣 1分 { 对每条 献血 得1分 }')],
  ['a parameter twice from one day', listsOf('参数 限 { 自 2024-01-01 为 3分   自 2024-01-01 为 4分 }\n  指标 甲 { 得 限(审核日) }')],
  ['a parameter that is worked out', listsOf('参数 限 = 3 × 4分\n  指标 甲 { 得 限 }')],
  ['a parameter by a number instead of a day', overList('当 4200元 > 工资(月数) 得1分')],
  ['a unit equal to nothing', listsOf('单位 积点 = 0次\n  指标 甲 { 得1分 }')],
  ['a list of at most no records', listsOf('指标 甲 { 得1分 }').replace('缺省 []', '范围 ..0 缺省 []')],
  ['a period in a field that is no day', listsOf('指标 甲 { 得1分 }').replace('时段 { }', '时段 { 起: 整数 }')],
  ['a period that ends before it starts', listsOf('指标 甲 { 得1分 }').replace('时段 { }', '时段 { } 缺省 [{起: 2024-02-01；止: 2024-01-01}]')],
  ['a total compared in another unit', listsOf('指标 甲 { 得1分 }\n  对象 当 总分 >= 60元')],
  ['a veto that runs from records', listsOf('指标 甲 { 得1分 }\n  否决 对每条 违法 自 发现 起3年')],
  ['a bar from what is no day', listsOf('指标 甲 { 得1分 }\n  禁止申请 对每条 违法 自 月数 起3年')],
  ['a bar without end', listsOf('指标 甲 { 得1分 }\n  禁止申请 对每条 违法 自 发现 起0年')],
  ['a deadline in years of age', listsOf('指标 甲 { 得1分 }\n  时限 公布 自 分配日 不少于30岁')],
  ['a deadline of half a day', listsOf('指标 甲 { 得1分 }\n  时限 公布 自 分配日 不少于1.5天')],
  ['a deadline glued to the word that turns it round', listsOf('指标 甲 { 得1分 }\n  时限 公布 自 分配日提前 不少于30天')],
  ['an item for a use that is not declared', listsOf('指标 甲 仅用于 入校 { 得1分 }\n  应用 入学 { 排序 总分 从高到低 并列 抽签 }')],
  ['a use that orders dates by size', useOf('排序 生日 从高到低 并列 抽签')],
  ['a use that orders members by size', useOf('排序 镇 从高到低 并列 抽签')],
  ['a use that says its order twice', useOf('排序 总分 从高到低 排序 序号 从低到高 并列 抽签')],
  ['a use with equals left open behind a key that settles all', useOf('排序 序号 从低到高、总分 从高到低')],
  ['a use that sets the main date', useOf('基准日 审核日 = 生日 排序 总分 从高到低 并列 抽签')],
  ['places below zero', useOf('名额 -3 排序 总分 从高到低 并列 抽签')],
  ['places by a number', useOf('名额 按 月数 排序 总分 从高到低 并列 抽签')],
  ['places for a list that nobody can be on', useOf('名额 按 镇 { 列 东、北 行 3、4 } 排序 总分 从高到低 并列 抽签')],
  ['part of a place', useOf('名额 按 镇 { 列 东、西 行 3、4.5 } 排序 总分 从高到低 并列 抽签')],
  ['a limit of a second round without lists', useOf('名额 3 次轮 剩余名额 每 镇 不超过 10% 舍去 排序 总分 从高到低 并列 抽签')],
  ['points added up to what is no yes or no', useOf('同户 家庭 累加至 镇 先合后限 排序 总分 从高到低 并列 抽签')],
  ['the other of a household asked without one', useOf('排序 另一方(总分, 0分) 从高到低 并列 抽签')],
  ['a price of points that do not lapse', useOf('兑换 甲 3分 排序 总分 从高到低 并列 抽签')],
  ['a person of a list without a key', listCase('{编号: 甲}、{月数: 7}', '名次: {甲: 1}')],
  ['a place that is none', listCase('{编号: 甲}', '名次: {甲: 0}')],
  ['points expected of a list', listCase('{编号: 甲}', '名次: {甲: 1} 总分: 0')],
  ['a record of a case with a field left open', listCase('{编号: 甲；献血: [{日期: 2024-01-01；毫升: 未知}]}', '入围: [甲]')],
  ['a record of a case without a field', listCase('{编号: 甲；献血: [{日期: 2024-01-01}]}', '入围: [甲]')],
  ['a range with a parameter for its end', listsOf('参数 限 = 12个月\n  事实 丁: 整数 个月 范围 0..限\n  指标 甲 { 每1个月 丁 得1分 }')],
  ['a range that begins on the day of the run', listsOf('事实 丁: 日期 范围 审核日..2030-01-01\n  指标 甲 { 当 丁 > 2010-01-01 得1分 }')],
  ['a range of a field with a parameter for its end', listsOf('参数 限 = 3\n  事实 丁: 记录 { 数: 整数 范围 0..限 }\n  指标 甲 { 每1次 次数(丁) 得1分 }')],
  ['a greatest number of records that is a parameter', listsOf('参数 限 = 3\n  事实 丁: 记录 { 日: 日期 } 范围 ..限\n  指标 甲 { 每1次 次数(丁) 得1分 }')],
  ['a least number of records', listsOf('事实 丁: 记录 { 日: 日期 } 范围 3..50\n  指标 甲 { 每1次 次数(丁) 得1分 }')],
  ['a default that is a parameter', listsOf('参数 限 = 12个月\n  事实 丁: 整数 个月 缺省 限\n  指标 甲 { 每1个月 丁 得1分 }')],
  ['a default that is the fact itself', listsOf('事实 丁: 整数 个月 缺省 丁\n  指标 甲 { 每1个月 丁 得1分 }')],
  ['a parameter that is a later parameter', listsOf('参数 甲参 = 乙参\n  参数 乙参 = 3分\n  指标 甲 { 得 甲参 }')],
  ['a parameter without values', listsOf('参数 限 { }\n  指标 甲 { 得 限(审核日) }')],
  ['a parameter from a day that is none', listsOf('参数 限 { 自 2024-02-30 为 3分 }\n  指标 甲 { 得 限(审核日) }')],
  ['a parameter in two units', listsOf('参数 限 { 自 2024-01-01 为 3分 自 2025-01-01 为 4元 }\n  指标 甲 { 得 限(审核日) }')],
  ['two lists compared', overList('当 献血 是 违法 得1分')],
  ['a list in a list of lists', overList('当 献血 在 [违法] 得1分')],
  ['a definition that is now one list, now another', listsOf('定义 丁 { 当 失信 为 献血 否则 为 违法 }\n  指标 甲 { 每1次 次数(丁 近3年(审核日)) 得1分 }')],
  ['a definition that is now periods, now records', listsOf('定义 丁 { 当 失信 为 参保 否则 为 献血 }\n  指标 甲 { 每1个月 累计月数(丁) 得1分 }')],
  ['a definition with other fields than its list', listsOf('定义 丁: 记录 { 毫升: 整数 毫升 } = 违法\n  指标 甲 { 每1次 次数(丁) 得1分 }')],
  ['a reference date worked out of itself', listsOf('指标 甲 { 当 受理日 > 2020-01-01 得1分 }').replace('审核日', '审核日、受理日 = 受理日 + 1天')],
  [
    'two reference dates worked out of each other',
    listsOf('指标 甲 { 当 受理日 > 2020-01-01 得1分 }').replace('审核日', '审核日、受理日 = 办结日、办结日 = 受理日'),
  ],
  ['a day of the calendar that is none, in parts', overList('当 日期(2024, 13, 41) < 审核日 得1分')],
  ['records of one day of the run', overList('对每条 献血 同一 审核日 只计最高一条 得1分')],
  ['a deduction of less than nothing', listsOf('指标 甲 { 得5分 }\n  扣分组 乙 { 对每条 违法 扣-5分 }', '总分 = 甲 - 乙')],
  [
    'a spend that gives points',
    listsOf(
      '事实 花: 记录 { 日期: 日期；分值: 整数 分 范围 0..10 } 缺省 []\n  指标 甲 期限 自 日期 至 日期 + 1年 于 审核日 兑换 花 扣 -分值 { 对每条 献血 得1分 }',
    ),
  ],
  ['a policy taken in from nowhere', listsOf('引用 省 自 ""\n  指标 甲 { 得1分 }')],
  [
    'a scenario that sets a day twice',
    listsOf(
      '指标 甲 { 当 受理日 > 2020-01-01 得1分 }\n  应用 入学 { 基准日 受理日 = 2024-01-01 基准日 受理日 = 2025-01-01 排序 总分 从高到低 并列 抽签 }',
    ).replace('审核日', '审核日、受理日'),
  ],
  ['a limit of so many persons, read as so many times the quota', useOf('名额 按 镇 次轮 剩余名额 每 镇 不超过 10人 舍去 排序 总分 从高到低 并列 抽签')],
  ['a limit without its percent sign', useOf('名额 按 镇 次轮 剩余名额 每 镇 不超过 10 舍去 排序 总分 从高到低 并列 抽签')],
  ['places twice for one list', useOf('名额 按 镇 { 列 东、东 行 3、4 } 排序 总分 从高到低 并列 抽签')],
  ['an order of members that names one twice', useOf('排序 镇 按 [东、东、西] 并列 抽签')],
  ['two persons of a list with one key', listCase('{编号: 甲}、{编号: 甲}', '名次: {甲: 1}')],
  ['a place for somebody who is not in the list', listCase('{编号: 甲}', '名次: {丙: 1}')],
  ['an admission of somebody who is not in the list', listCase('{编号: 甲}', '入围: [丙]')],
  [
    'a choice before a filter, ending in a name',
    overList('每1个月 累计月数(参保 其中 补缴 连续至 审核日 允许间断3个月 间断计入) 得1分').replace('时段 { }', '时段 { 补缴: 是否 }'),
  ], // one error, but the wrong one
])('%s', (_name, text) => {
  const { diagnostics } = compile(text)
  expect(
    diagnostics.filter((diagnostic) => severityOf(diagnostic) === 'error').map(({ code }) => code),
    text,
  ).toHaveLength(1)
})

test('a table asks for no key that the condition of its row rules out, and a unit tells a value from an item of its name', () => {
  const body =
    '指标 甲 { 当 学历 不是 高中 查表 学历 得 { 列 大专、本科 行 1分、2分 } }\n  指标 年龄 { 当 年龄 > 50岁 得1分 }\n  对象 当 年龄 在 18岁..不满60岁 且 年龄 >= 18岁'
  const { diagnostics, policy } = compile(policyOf(body, '总分 = 甲 + 得分(年龄)'))
  expect(diagnostics.filter((diagnostic) => severityOf(diagnostic) !== 'notice')).toEqual([])
  expect(policy).toBeDefined()
})

test('what the mistakes over records and in uses are compared with is sound as it stands', () => {
  for (const text of [
    overList('每1次 次数(献血 近3年(审核日) 其中 毫升 > 200毫升) 得1分'),
    overList('对每条 献血 同一 年份(日期) 只计最高一条 得1分'),
    overList('每满1年 月数 按档 { 在 1..4年 得4分 在 5年.. 得6分 }'),
    listsOf('指标 甲 { 得1分 }\n  禁止申请 对每条 违法 自 发现 起3年'),
    listsOf('指标 甲 { 得1分 }\n  时限 公布 自 分配日 提前 不少于30天'),
    useOf('名额 按 镇 { 列 东、西 行 3、4 } 次轮 剩余名额 每 镇 不超过 10% 舍去 同户 家庭 取高 排序 另一方(总分, 0分) 从高到低 并列 抽签'),
    listCase('{编号: 甲；月数: 7}、{编号: 乙}', '名次: {甲: 1；乙: 2}'),
  ]) {
    expect(compile(text).diagnostics.filter((diagnostic) => severityOf(diagnostic) !== 'notice')).toEqual([])
  }
  for (const text of [rowOf('当 年龄 在 55..60岁 得5分'), caseOf('月数: 7', '甲: 5'), rowOf('当 月数 ÷ 7 保留2位 四舍五入 > 1个月 得5分')]) {
    expect(compile(text).policy, text).toBeDefined()
  }
})
