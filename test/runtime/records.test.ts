// What can be wrong with lists of records, with the days of a run, and with households: each with its code and place.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { readFacts } from '../../runtime/facts.ts'
import { rank } from '../../runtime/rank/rank.ts'
import { startRun } from '../../runtime/run.ts'
import { score } from '../../runtime/score.ts'
import { runOf } from './support.ts'

const { policy } = compile(`政策 示例 {
  基准日 审核日、起算日

  参数 单价 { 自 2020-01-01 为 2分 }

  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升   范围 0..1000 } 范围 ..2
  事实 参保: 时段 { }
  事实 花费: 记录 { 日期: 日期；分值: 整数 分   范围 0..100 } 缺省 []
  事实 年: 整数   范围 1900..2100
  事实 家庭: 文本   缺省 编号
  事实 主: 是否   缺省 是

  指标 公益 期限 自 日期 至 日期 + 1年 于 审核日 兑换 花费 扣 分值 { 对每条 献血 得 单价(审核日) }
  指标 参保 { 每1个月 累计月数(参保) 得1分 }
  指标 出生 { 当 日期(年, 2, 29) < 审核日   得1分 }

  总分 = 公益 + 参保 + 出生

  应用 入学 {
    同户 家庭 累加至 主 先合后限
    排序 总分 从高到低
    并列 同名次
  }
}
`)

const dates = { 审核日: '2025-03-01', 起算日: '2025-03-01' }
const problems = (written: Readonly<Record<string, string>>) => readFacts(policy!, written).problems.map(({ code, column }) => [code, column])

test.each([
  ['献血', '400', 'not-records', '献血'],
  ['献血', '["2024-01-01"]', 'not-records', '献血'],
  ['献血', '[{},{},{}]', 'too-many-records', '献血'],
  ['献血', '[{"日期":"2024-01-01","毫升":"1","地":"x"}]', 'unknown-field', '献血[1]'],
  ['献血', '[{"日期":"2024-01-01"}]', 'field-missing', '献血[1].毫升'],
  ['献血', '[{"日期":"2024-01-01","毫升":{"量":400}}]', 'field-not-text', '献血[1].毫升'],
  ['献血', '[{"日期":"2024-01-01","毫升":4e2}]', 'not-a-number', '献血[1].毫升'],
  ['献血', '[{"日期":"2024-01-01","毫升":"1"},{"日期":"2024-02-30","毫升":"1"}]', 'no-such-day', '献血[2].日期'],
  ['献血', '[{"日期":"2024-01-01","毫升":"1","毫升":"2"}]', 'repeated-name', '献血'],
  ['参保', '[{"起":"2024-02-01","止":"2024-01-01"}]', 'period-reversed', '参保[1]'],
])('%s %s is %s at %s', (name, value, code, column) => expect(problems({ [name]: value })).toEqual([[code, column]]))

test('numbers and truth values in a list are read as in JSONL, from their text', () => {
  expect(problems({ 献血: '[{"日期":"2024-01-01","毫升":400}]' })).toEqual([])
})

test('a list that is none differs from one that is not known', () => {
  expect(readFacts(policy!, { 献血: '[]' }).facts.get('献血')).toEqual({ kind: 'records', value: [] })
  expect(readFacts(policy!, { 献血: '' }).facts.has('献血')).toBe(false)
})

const known = { 献血: '[{"日期":"2024-06-01","毫升":"1"}]', 参保: '[]', 年: '2000' }
const codes = (written: Readonly<Record<string, string>>) => {
  const scored = score(runOf(policy!, dates), { ...known, ...written })
  return scored.ok ? [] : scored.problems.map(({ code }) => code)
}

test('what shows only while scoring makes the row bad', () => {
  expect(codes({})).toEqual([])
  expect(codes({ 花费: '[{"日期":"2024-07-01","分值":"3"}]' })).toEqual(['overspent'])
  expect(codes({ 年: '2023' })).toEqual(['no-such-date'])
})

test('a parameter without a value on a day of the run stops it before anybody is scored', () => {
  expect(startRun(policy!, { asOf: dates })).toMatchObject({ ok: true })
  expect(startRun(policy!, { asOf: { ...dates, 审核日: '2019-12-31' } })).toMatchObject({
    ok: false,
    problems: [{ code: 'no-parameter-value', data: { parameter: '单价' } }],
  })
})

test('on a day when a policy that is taken in is not in force nobody is eligible, unless it is a trial', () => {
  const imports = [{ name: '省', number: '1号', inForce: { from: '2020-01-01', to: '2024-12-31' }, path: 'a.heng', sha256: '' }]
  const taken = { ...policy!, imports }
  const out = score(runOf(taken, dates), known)
  expect(out).toMatchObject({ ok: true, outcome: { state: 'not_in_force', trial: false, outOfForce: { policy: '省', day: dates.审核日 } } })
  expect(score(runOf(taken, dates, { trial: true }), known)).toMatchObject({ ok: true, outcome: { state: 'valid', trial: true } })
})

const ranked = (...people: readonly Readonly<Record<string, string>>[]) => {
  const applicants = people.map((person, i) => ({ key: `P${i}`, facts: readFacts(policy!, { 编号: `P${i}`, ...known, ...person }).facts }))
  const result = rank(runOf(policy!, dates, { scenario: '入学', ranks: true }), applicants)
  return result.ok ? result.ranking.rejected.map(({ key, problems: found }) => [key, found[0]?.code, found[0]?.value]) : []
}

test('a household of three, and one without exactly one main applicant, are bad rows', () => {
  expect(ranked({ 家庭: 'H' }, { 家庭: 'H', 主: '否' })).toEqual([])
  expect(ranked({ 家庭: 'H' }, { 家庭: 'H' }, { 家庭: 'H' }).map(([, code]) => code)).toEqual([
    'household-too-large',
    'household-too-large',
    'household-too-large',
  ])
  expect(ranked({ 家庭: 'H' }, { 家庭: 'H' })).toEqual([
    ['P0', 'household-main', 'H'],
    ['P1', 'household-main', 'H'],
  ])
})

test('a fact that ends with a day of the run may not lie after it', () => {
  const { policy: bounded } = compile(
    '政策 示例 {\n  基准日 审核日\n  事实 生日: 日期   范围 1900-01-01..审核日\n  指标 甲 { 当 周岁(生日, 审核日) >= 18岁   得1分 }\n  总分 = 甲\n}\n',
  )
  const born = (day: string) => {
    const scored = score(runOf(bounded!), { 生日: day })
    return scored.ok ? 'scored' : scored.problems.map(({ code, column, value, data }) => [code, column, value, data])
  }
  expect(born('2025-03-01')).toBe('scored')
  expect(born('')).toBe('scored')
  expect(born('2025-03-02')).toEqual([['after-day', '生日', '2025-03-02', { day: '审核日', date: '2025-03-01' }]])
  expect(born('1899-12-31')).toEqual([['out-of-range', '生日', '1899-12-31', { low: '1900-01-01', high: '2199-12-31' }]])
})

test('what shows only while scoring stands at the fact, also where a definition lies between', () => {
  const { policy: through } = compile(`政策 示例 {
  基准日 审核日
  参数 单价 { 自 2020-01-01 为 2分 }
  事实 献血: 记录 { 日期: 日期 }
  事实 花费: 记录 { 日期: 日期；分值: 整数 分   范围 0..100 }
  事实 年: 整数   范围 1900..2100
  事实 领证日: 日期
  定义 用掉 = 花费 其中 分值 > 1分
  定义 生年 = 年 + 0
  定义 起日 = 领证日 + 1天
  指标 公益 期限 自 日期 至 日期 + 1年 于 审核日 兑换 用掉 扣 分值 { 对每条 献血 得2分 }
  指标 出生 { 当 日期(生年, 2, 29) < 审核日   得1分 }
  指标 价 { 得 单价(起日) }
  总分 = 公益 + 出生 + 价
}
`)
  const sound = { 献血: '[{"日期":"2024-06-01"}]', 花费: '[]', 年: '2000', 领证日: '2021-01-01' }
  const found = (written: Readonly<Record<string, string>>) => {
    const scored = score(runOf(through!, { 审核日: '2025-03-01' }), { ...sound, ...written })
    return scored.ok ? [] : scored.problems.map(({ code, column }) => [code, column])
  }
  expect(found({})).toEqual([])
  expect(found({ 花费: '[{"日期":"2024-07-01","分值":"3"}]' })).toEqual([['overspent', '花费']])
  expect(found({ 年: '2023' })).toEqual([['no-such-date', '年']])
  expect(found({ 领证日: '2019-12-30' })).toEqual([['no-parameter-value', '领证日']])
})
