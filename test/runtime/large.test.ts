// What checks is scored: hundreds of rows, addends, alternatives and doublings, in every engine; and what no engine can hold is told
// by check, with its place.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { refusals } from '../../runtime/cli/plannable.ts'
import { readFacts } from '../../runtime/facts.ts'
import { scored, summaryOf } from '../batch/run.ts'
import { oneIn } from '../whole.ts'
import { columnsEngine, interpreted, javascriptEngine, planned } from './engines.ts'
import { policyOf, reviewDay } from './support.ts'

const count = 1200
const each = (part: (i: number) => string, between = '\n'): string => Array.from({ length: count }, (_, i) => part(i)).join(between)
const amount = '事实 量: 整数 次 范围 0..5000\n'

const policies: Readonly<Record<string, string>> = {
  'rows that add up': `${amount}指标 甲 累加 {\n${each((i) => `当 量 > ${i}次 得0.01分`)}\n}\n总分 = 甲`,
  'rows of which the first counts': `${amount}指标 甲 取首个 {\n${each((i) => `当 量 > ${count - i}次 得${i}分`)}\n否则 得0分\n}\n总分 = 甲`,
  'rows of which the highest counts': `${amount}指标 甲 取最高 {\n${Array.from({ length: 400 }, (_, i) => `当 量 > ${400 - i}次 得${i + 1}分`).join('\n')}\n}\n总分 = 甲`,
  addends: `${each((i) => `事实 「量${i}」: 整数 次 范围 0..5`)}\n指标 甲 { 每1次 (${each((i) => `「量${i}」`, ' + ')}) 得1分 }\n总分 = 甲`,
  alternatives: `${each((i) => `事实 「是${i}」: 是否`)}\n指标 甲 { 当 ${each((i) => `「是${i}」`, ' 或 ')} 得1分 }\n总分 = 甲`,
  'the largest of many': `${each((i) => `事实 「量${i}」: 整数 次 范围 0..5`)}\n指标 甲 { 每1次 较大(${each((i) => `「量${i}」`, '、')}) 得1分 }\n总分 = 甲`,
  indicators: `${amount}${each((i) => `指标 「甲${i}」 { 当 量 > ${i}次 得1分 }`)}\n总分 = ${each((i) => `「甲${i}」`, ' + ')}`,
  cases: `${amount}定义 值 {\n${each((i) => `当 量 > ${5000 - i * 4}次 为 ${i % 9}分`)}\n否则 为 0分\n}\n指标 甲 { 得 值 }\n总分 = 甲`,
  columns: `${amount}指标 甲 { 查表 量 得 { 列 ${each((i) => `${i * 4}..${i * 4 + 3}次`, '、')}、4800..5000次 行 ${each((i) => `${i % 100}分`, '、')}、7分 } }\n总分 = 甲`,
  doublings: `${amount}定义 「倍0」 = 量 + 1次\n${Array.from({ length: 38 }, (_, i) => `定义 「倍${i + 1}」 = 「倍${i}」 + 「倍${i}」`).join('\n')}\n指标 甲 { 当 「倍38」 > 1000000000000次 得1分 }\n总分 = 甲`,
  'doublings by cases': `${amount}事实 真: 是否\n定义 「倍0」 { 当 真 为 量 否则 为 2次 }\n${Array.from({ length: 12 }, (_, i) => `定义 「倍${i + 1}」 { 当 「倍${i}」 > ${i}次 为 「倍${i}」 + 1次 否则 为 「倍${i}」 }`).join('\n')}\n指标 甲 { 当 「倍12」 > 10次 得1分 }\n总分 = 甲`,
}

const tried = Object.entries(policies).filter((_, i) => (i + 1) % oneIn(2) === 0)

test.each(tried)('%s: scored as the interpreter scores', async (_, members) => {
  const policy = policyOf(members)
  const people = [0, 1, 7, 599, 1200, 1201, 4799, 5000].map((n) =>
    Object.fromEntries(
      policy.facts.map(({ name, type }, i) => [
        name,
        type.kind === 'yesno' ? ((i + 1) % (n + 2) === 0 ? '是' : '否') : name === '量' ? String(n) : String((n + i) % 6),
      ]),
    ),
  )
  const facts = people.map((person) => readFacts(policy, person).facts)
  const wanted = facts.map((one) => interpreted(policy, reviewDay, {}, one))
  const plan = planned(policy, reviewDay, {})
  expect(facts.map(await javascriptEngine(policy, plan))).toEqual(wanted)
  expect((await columnsEngine(policy, plan))(facts)).toEqual(wanted)
  const names = policy.facts.map(({ name }) => name)
  const run = await scored(policy, [
    'people.csv',
    `编号,${names.join(',')}\n${people.map((person, n) => [n, ...names.map((name) => person[name])].join(',')).join('\n')}\n`,
  ])
  expect(summaryOf(run).scored).toBe(people.length)
  const totals = wanted.map((one) => (one as { readonly figures: Readonly<Record<string, string>> }).figures['total:总分']?.split(' ')[0])
  expect(run.totals.map(([, total]) => total)).toEqual(totals)
})

const refused = (members: string) => {
  const text = `政策 试 {\n基准日 审核日\n${members}\n}\n`
  const compiled = compile(text)
  expect(compiled.policy).toBeDefined()
  return refusals(compiled).map(({ span, data }) => ['reason' in data && data.reason, text.slice(span.start, span.end)])
}

test.each([
  ['too-large', '甲', '事实 金额: 小数8位 元 范围 0..90000000\n指标 甲 { 得 (金额 ÷ 7 保留8位 四舍五入) ÷ 100000000元 × 1分 }\n总分 = 甲'],
  [
    'choice-of-lists',
    '哪些',
    '事实 是真: 是否\n事实 献血: 记录 { 日期: 日期 }\n事实 捐款: 记录 { 日期: 日期 }\n定义 哪些 { 当 是真 为 献血 否则 为 捐款 }\n指标 乙 { 每1次 次数(哪些) 得1分 }\n总分 = 乙',
  ],
])('what no engine can compute is told by check: %s', (reason, place, members) => {
  expect(refused(members)).toEqual([[reason, place]])
})

test('what only a later value of a parameter makes too large is told as well', () => {
  const members = (later: number) => `参数 率 { 自 2020-01-01 为 1   自 2030-01-01 为 ${later} }
    事实 金额: 小数8位 元 范围 0..9000000
    指标 甲 { 得 (金额 × 率(审核日) ÷ 7 保留8位 四舍五入) ÷ 1000元 × 1分 }
    总分 = 甲`
  expect(refused(members(1))).toEqual([])
  expect(refused(members(9))).toEqual([['too-large', '甲']])
})
