// Small random policies over lists of records and periods, and people for them.

import fc from 'fast-check'
import { recordKeywords, wordsOf } from '../../language/words.ts'
import type { WrittenFacts } from '../../runtime/facts.ts'
import { groupModeWords } from './random-policy.ts'

const declarations = `
  事实 甲: 是否
  事实 起日: 日期 范围 2020-01-01..2025-03-01
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升 范围 0..1000；种: 选项 [全血、成分]；地: 文本 }
  事实 违法: 记录 { 日期: 日期；重: 是否；次数: 小数1位 次 范围 0..5 }   缺省 []
  事实 参保: 时段 { 补缴: 是否 }
  事实 停缴: 时段 { }
`

const day = fc.constantFrom('审核日', '审核日', '起日')
const window = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.tuple(fc.integer({ min: 1, max: 4 }), day).map(([years, on]) => ` 近${years}年(${on})`) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 1, max: 3 }), day).map(([years, on]) => ` 近${years}个年度(${on})`) },
  { weight: 1, arbitrary: fc.constant(' 期间 2022-02-28 至 审核日') },
  { weight: 1, arbitrary: day.map((on) => ` 截至 ${on}`) },
)
const chosen = fc.constantFrom('', '', ' 其中 毫升 >= 300毫升', ' 其中 种 是 全血', ' 其中 种 是 全血 或 甲')
const donations = fc.tuple(window, chosen).map(([within, where]) => `献血${within}${where}`)
const offences = fc.tuple(window, fc.constantFrom('', ' 其中 重', ' 其中 非 重 且 甲')).map(([within, where]) => `违法${within}${where}`)
const insured = fc
  .tuple(
    window,
    fc.constantFrom('', '', ' 除去 停缴'),
    fc.constantFrom('', '', ' 连续至 审核日 允许间断3个月 间断计入', ' 连续至 审核日 允许间断1个月 间断不计'),
  )
  .map(([within, without, unbroken]) => `参保${within}${without}${unbroken}`)

const row = fc.oneof(
  fc.constantFrom('每1次 次数(哪些) 得1分', '对每条 哪些 每满200毫升 毫升 得1分', '每满1个月 累计月数(哪段) 得0.5分'),
  donations.map((list) => `每满200毫升 合计(${list}, 毫升) 得1分`),
  donations.map((list) => `每1次 次数(${list}) 得0.5分 最高3分`),
  donations.map((list) => `当 有(${list}) 得2分`),
  donations.map((list) => `当 非 有 ${list} 且 起日 > 2021-01-01 得2分`),
  donations.map((list) => `当 最早(${list}, 日期, 2020-01-01) <= 起日 得1分`),
  donations.map((list) => `当 最大(${list}, 毫升, 0毫升) > 400毫升 得3分`),
  donations.map((list) => `对每条 ${list} 得1.5分`),
  donations.map((list) => `对每条 ${list} 同一 地 只计最高一条 查表 种 得 { 列 全血、成分 行 2分、3.5分 }`),
  donations.map((list) => `对每条 ${list} 同一 年份(日期) 最高2分 每200毫升 毫升 得1分`),
  fc.tuple(fc.constantFrom(...wordsOf(Object.values(recordKeywords), 'zh')), donations).map(([each, list]) => `${each} ${list} 每满100毫升 毫升 得1分`),
  donations.map((list) => `对每条 ${list} 取首个 { 当 毫升 > 400毫升 得3分 当 甲 得1分 否则 得0分 }`),
  offences.map((list) => `对每条 ${list} 每1次 次数 扣0.5分`),
  offences.map((list) => `每1次 合计(${list}, 次数) 扣1分`),
  insured.map((list) => `每满1个月 累计月数(${list}) 得0.25分`),
  insured.map((list) => `当 累计月数(${list}) >= 12个月 得4分`),
  insured.map((list) => `每1次 次数(${list}) 得1分`),
)

/** The text of a policy. */
export const anyListScheme = fc
  .record({ rows: fc.array(row, { minLength: 1, maxLength: 4 }), mode: fc.constantFrom(...groupModeWords), bound: fc.constantFrom('', '最高6分', '最低1分') })
  .map(({ rows, mode, bound }) => ({
    text: `政策 试 {
  基准日 审核日
${declarations}
  定义 哪些 { 当 甲 为 献血 近1年(审核日)   否则 为 献血 其中 毫升 > 200毫升 }
  定义 哪段 { 当 甲 为 参保 近2年(审核日)   否则 为 参保 期间 2022-02-28 至 审核日 }
  指标 常 累加 { 当 甲 得0分   当 起日 > 2021-01-01 得0分   当 有(停缴) 得0分   当 有(参保) 得0分   当 有(献血) 得0分 }
  指标 丙 ${mode} ${bound} {
${rows.map((text) => `    ${text}\n`).join('')}  }
  总分 = 丙
}
`,
  }))

const days = ['2020-02-29', '2021-12-31', '2022-02-28', '2022-03-01', '2023-06-30', '2024-02-29', '2024-12-31', '2025-02-28', '2025-03-01', '2025-03-02']
const anyDay = fc.constantFrom(...days)
const period = fc.tuple(anyDay, anyDay).map(([a, b]) => (a < b ? { 起: a, 止: b } : { 起: b, 止: a }))
const unknownOr = <T>(list: fc.Arbitrary<T>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 5, arbitrary: list.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))) },
  )

export const anyListPeople = (count: number): fc.Arbitrary<readonly WrittenFacts[]> =>
  fc.array(
    fc.record({
      甲: unknownOr(fc.constantFrom('是', '否')),
      起日: unknownOr(fc.constantFrom(...days.slice(0, 9))),
      献血: unknownOr(
        fc.array(
          fc.record({
            日期: anyDay,
            毫升: fc.constantFrom('0', '200', '300', '400', '500'),
            种: fc.constantFrom('全血', '成分'),
            地: fc.constantFrom('东', '西', '𠮷'),
          }),
          { maxLength: 5 },
        ),
      ),
      违法: unknownOr(fc.array(fc.record({ 日期: anyDay, 重: fc.constantFrom('是', '否'), 次数: fc.constantFrom('0.5', '1', '2.5') }), { maxLength: 3 })),
      参保: unknownOr(
        fc.array(
          fc.tuple(period, fc.constantFrom('是', '否')).map(([days, 补缴]) => ({ ...days, 补缴 })),
          { maxLength: 4 },
        ),
      ),
      停缴: unknownOr(fc.array(period, { maxLength: 2 })),
    }),
    { minLength: count, maxLength: count },
  )
