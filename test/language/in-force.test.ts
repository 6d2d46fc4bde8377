// Rows of different days, or for different uses, are never there together: they do not shadow, overlap or leave a gap for one another.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { describe } from '../../language/diagnostics/catalogue.ts'
import { readFacts } from '../../runtime/facts.ts'
import { columnsEngine, duckdbEngine, interpreted, javascriptEngine, openDuckdb, planned } from '../runtime/engines.ts'

const policy = (head: string, rows: string) => `政策 示例 {
  基准日 审核日
  事实 学历: 等级 [高中、大专、本科、硕士]
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升 范围 0..1000 }   缺省 []
  指标 学历分 ${head} {
    ${rows.split('；').join('\n    ')}
  }
  总分 = 学历分
  应用 入学 { 对象 当 学历 >= 高中 }
  应用 公租房 { 对象 当 学历 >= 高中 }
}
`
const found = (head: string, rows: string) => compile(policy(head, rows)).diagnostics.filter(({ code }) => !code.startsWith('unused'))
const codes = (head: string, rows: string) => found(head, rows).map(({ code }) => code)

const [until, from] = ['施行 至 2024-12-31', '施行 2025-01-01']

test.each([
  [
    'two sets of rows',
    '取首个',
    `当 学历 >= 硕士 得10分 ${until}；当 学历 >= 大专 得5分 ${until}；当 学历 >= 硕士 得12分 ${from}；当 学历 >= 大专 得6分 ${from}；否则 得0分`,
  ],
  ['two uses', '取首个', '当 学历 >= 大专 得5分 仅用于 入学；当 学历 >= 大专 得6分 仅用于 公租房；否则 得0分'],
  ['no mode, conditions that meet', '', `当 学历 >= 大专 得5分 ${until}；当 学历 >= 大专 得6分 ${from}；当 学历 < 大专 得1分`],
  ['no mode, rows for everybody', '', `得5分 ${until}；得6分 ${from}`],
  ['否则 of each law', '取首个', `当 学历 >= 大专 得5分 ${until}；否则 得1分 ${until}；当 学历 >= 大专 得6分 ${from}；否则 得2分 ${from}`],
  ['a row for everybody that ended', '取首个', `得5分 ${until}；当 学历 >= 大专 得6分 ${from}；否则 得0分`],
  ['uses and days at once', '取首个', `当 学历 >= 大专 得5分 仅用于 入学 ${until}；当 学历 >= 大专 得6分 仅用于 入学 ${from}；当 学历 >= 高中 得1分`],
  ['days that the condition itself asks about', '', `当 审核日 <= 2024-12-31 且 学历 >= 大专 得5分；当 学历 >= 大专 得6分 ${from}；当 学历 < 大专 得1分`],
])('%s', (_, head, rows) => {
  expect(codes(head, rows)).toEqual([])
})

test.each([
  ['a row is shadowed on every day of its own', '取首个', `当 学历 >= 大专 得5分；当 学历 >= 本科 得6分 ${from}；否则 得0分`, ['row-shadowed']],
  [
    'a row is shadowed by two that follow one another',
    '取首个',
    `当 学历 >= 大专 得5分 ${until}；当 学历 >= 大专 得6分 ${from}；当 学历 >= 本科 得7分；否则 得0分`,
    ['row-shadowed'],
  ],
  ['a row is shadowed in its use', '取首个', '当 学历 >= 大专 得5分 仅用于 入学；当 学历 >= 本科 得6分 仅用于 入学；否则 得0分', ['row-shadowed']],
  ['rows meet on one day', '', `当 学历 >= 大专 得5分 施行 至 2025-01-01；当 学历 >= 大专 得6分 ${from}；当 学历 < 大专 得1分`, ['mode-missing']],
  ['否则 before a row that is there with it', '取首个', `否则 得1分 施行 至 2025-01-01；当 学历 >= 大专 得6分 ${from}`, ['otherwise-not-last']],
  ['nothing is said of a case under the new law', '取首个', `当 学历 >= 高中 得5分 ${until}；当 学历 >= 大专 得6分 ${from}`, ['rows-leave-gap']],
])('%s', (_, head, rows, expected) => {
  expect(codes(head, rows).sort()).toEqual(expected)
})

test.each([
  ['nothing', '学历 >= 大专', '施行 至 2024-12-31', '施行 2025-01-01', []],
  ['two months', '学历 >= 大专', '施行 至 2024-12-31', '施行 2025-03-01', ['rows-pause 2025-01-01 2025-02-28']],
  ['a day', '学历 >= 大专', '施行 至 2024-02-28', '施行 2024-03-01', ['rows-pause 2024-02-29 2024-02-29']],
  ['a hole that lies outside the days of the policy', '学历 >= 大专', '施行 至 2020-12-31', '施行 2021-03-01', ['row-never-in-force']],
  ['a hole that the policy begins in', '学历 >= 大专', '施行 至 2021-12-31', '施行 2022-03-01', ['row-never-in-force', 'rows-pause 2022-01-15 2022-02-28']],
])('between two periods of a row lies %s', (_, when, until, from, expected) => {
  const text = policy('累加', `当 ${when} 得5分 ${until}；当 ${when} 得6分 ${from}；当 学历 < 大专 得1分`)
  const { diagnostics } = compile(text.replace('  基准日', '  施行 2022-01-15 至 2028-12-31\n  基准日'))
  const told = diagnostics.filter(({ code }) => !code.startsWith('unused'))
  expect(told.map(({ code, data }) => ('from' in data && code === 'rows-pause' ? `${code} ${data.from} ${data.to}` : code)).sort()).toEqual(expected)
  const meant = diagnostics.length > 0 && compile(text.replace('指标 学历分 累加', '指标 学历分 累加 解释 "停一阵"')).diagnostics
  if (meant) expect(meant.map(({ code }) => code)).not.toContain('rows-pause')
})

test('a hole is one of the use in which it is', () => {
  const rows = `得5分 仅用于 入学 ${until}；得6分 仅用于 入学 施行 2025-02-01；得7分 仅用于 公租房`
  expect(codes('累加', rows)).toEqual(['rows-pause'])
  expect(codes('累加', `${rows}；当 学历 >= 大专 得1分 仅用于 入学`)).toEqual(['rows-pause'])
  expect(codes('累加', `${rows}；得0分 仅用于 入学`)).toEqual([])
  expect(codes('累加', `得5分 仅用于 入学 ${until}；得6分 仅用于 公租房 施行 2025-02-01`)).toEqual([])
})

test.each([
  [
    'another threshold for those days',
    `当 学历 >= 本科 得5分 ${until}；当 学历 >= 大专 得5分 施行 2025-01-01 至 2025-12-31；当 学历 >= 本科 得5分 施行 2026-01-01；当 学历 是 高中 得1分`,
  ],
  ['a rule that others follow, one after the other', `当 学历 >= 本科 得5分 ${until}；当 学历 >= 大专 得5分 ${from}；当 学历 是 高中 得1分`],
  ['rows that count different things', `当 学历 >= 高中 得5分；每1次 次数(献血) 得1分 ${until}；每200毫升 合计(献血, 毫升) 得1分 施行 2026-01-01`],
  ['rows of one condition that count different things', `得1分；当 学历 >= 本科 每1次 次数(献血) 得1分 ${until}；当 学历 >= 本科 得5分 施行 2026-01-01`],
])('no pause: %s', (_, rows) => {
  expect(codes('累加', rows)).toEqual([])
})

test('a pause in a block is one that a reading of the indicator explains', () => {
  const rows = `累加 { 当 学历 >= 大专 得5分 ${until}   当 学历 >= 大专 得6分 施行 2026-01-01 }`
  expect(codes('', rows)).toEqual(['rows-pause'])
  expect(codes('解释 "停了一年"', rows)).toEqual([])
})

test('a person of a gap or an overlap is shown on a day on which the policy is in force', () => {
  const text = policy('取首个', `当 学历 >= 大专 得6分 施行 2023-01-01；当 学历 是 高中 得1分`)
  const [gap] = compile(text.replace('  基准日', '  施行 2022-01-15\n  基准日')).diagnostics.filter(({ code }) => code === 'rows-leave-gap')
  expect(gap && describe(gap, 'zh').message).toContain('审核日 = 2022-12-31')
})

test('a person of a gap or an overlap is shown with the day and the use', () => {
  const message = (head: string, rows: string) =>
    found(head, rows)
      .map((one) => describe(one, 'zh').message)
      .join()
  expect(message('', `当 学历 >= 大专 得5分 施行 至 2025-01-01；当 学历 >= 本科 得6分 ${from}`)).toMatch(
    /学历 = 本科，审核日 = 2025-01-01|审核日 = 2025-01-01，学历 = 本科/,
  )
  expect(message('', '当 学历 >= 大专 得5分 仅用于 入学；当 学历 >= 本科 得6分 仅用于 入学、公租房')).toContain('应用 = 入学')
})

test.each([
  ['2024-12-31', ['10', '5', '0']],
  ['2025-01-01', ['12', '6', '0']],
])('on %s the rows of that day count, in every engine', async (day, points) => {
  const rows = `当 学历 >= 硕士 得10分 ${until}；当 学历 >= 大专 得5分 ${until}；当 学历 >= 硕士 得12分 ${from}；当 学历 >= 大专 得6分 ${from}；否则 得0分`
  const { policy: compiled } = compile(policy('取首个', rows))
  const dates = { 审核日: day }
  const facts = ['硕士', '大专', '高中'].map((学历) => readFacts(compiled!, { 学历 }).facts)
  const plan = planned(compiled!, dates, {})
  const wanted = facts.map((one) => interpreted(compiled!, dates, {}, one))
  expect(wanted.map((one) => (one as { readonly figures: Readonly<Record<string, string>> }).figures['total:总分'])).toEqual(
    points.map((n) => `${n} [${n}, ${n}]`),
  )
  expect(facts.map(await javascriptEngine(compiled!, plan))).toEqual(wanted)
  expect((await columnsEngine(compiled!, plan))(facts)).toEqual(wanted)
  expect(await (await duckdbEngine(await openDuckdb(), compiled!, plan))?.(facts)).toEqual(wanted)
})
