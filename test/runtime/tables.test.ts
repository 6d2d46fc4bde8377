// Tables are looked up where their keys and amounts are constants, and tried entry by entry elsewhere: both give what the interpreter gives.
// No function of what is generated is so large that an engine would leave it as it is.

import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { readFacts, type WrittenFacts } from '../../runtime/facts.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { columnsModule } from '../../runtime/javascript/columns.ts'
import { personModule } from '../../runtime/javascript/person.ts'
import { outputsOf } from '../../runtime/plan/outputs.ts'
import type { Plan } from '../../runtime/plan/plan.ts'
import { generatePeople } from '../bench/generate-people.ts'
import { generatePolicy } from '../bench/generate-policy.ts'
import { tableScheme } from '../bench/tables/scheme.ts'
import { columnsEngine, duckdbEngine, interpreted, javascriptEngine, openDuckdb, planned } from './engines.ts'
import { policyOf, reviewDay } from './support.ts'

async function expectSame(policy: Policy, people: readonly WrittenFacts[]): Promise<Plan> {
  const plan = planned(policy, reviewDay, {})
  const read = people.map((person) => readFacts(policy, person))
  expect(read.flatMap(({ problems }) => problems)).toEqual([])
  const facts = read.map((one) => one.facts)
  const wanted = facts.map((one) => interpreted(policy, reviewDay, {}, one))
  for (const most of [undefined, 500]) {
    expect(facts.map(await javascriptEngine(policy, plan, most))).toEqual(wanted)
    expect((await columnsEngine(policy, plan, most))(facts)).toEqual(wanted)
  }
  expect(await (await duckdbEngine(await openDuckdb(), policy, plan))?.(facts)).toEqual(wanted)
  return plan
}

const operations = ({ graph }: Plan): ReadonlySet<string> => new Set(graph.nodes.map(({ op }) => op))

/** Everybody who has one of the values of each fact, or does not say it. */
const everybody = (values: Readonly<Record<string, readonly string[]>>): readonly WrittenFacts[] =>
  Object.entries(values).reduce<readonly WrittenFacts[]>(
    (people, [name, own]) => people.flatMap((person) => ['', ...own].map((value) => ({ ...person, [name]: value }))),
    [{}],
  )

describe('a table is looked up', () => {
  test('by levels and bands, with what is not known and what it has no entry for', async () => {
    const policy = policyOf(`
      事实 级: 等级 [低、中、高]
      事实 量: 整数 次 范围 -2..9
      指标 甲 最高6分 { 查表 级、量 得 { 列 中、高 行 ..不满0: 1分、2.5分 行 0..3次: 3分、4分 行 超过4次..: 5分、8分 } }
      指标 乙 { 查表 量 扣 { 列 0..3次、5次.. 行 1分、0.25分 } }
      总分 = 甲 + 乙`)
    const plan = await expectSame(policy, everybody({ 级: ['低', '中', '高'], 量: ['-2', '-1', '0', '3', '4', '5', '9'] }))
    expect(operations(plan)).toContain('entry')
  })

  test('by numbers too wide to look their steps up, by decimals, by days, by what is worked out', async () => {
    const policy = policyOf(`
      事实 税: 小数2位 元 范围 0..90000000
      事实 生: 日期 范围 1950-01-01..2010-12-31
      事实 月: 整数 个月 范围 0..720
      定义 年龄 = 周岁(生, 审核日)
      定义 份 = (月 ÷ 7个月) 保留1位 舍去
      指标 甲 { 查表 税、年龄 得 { 列 ..不满100.5元、100.5..99999.99元、10万元.. 行 ..17岁: 0分、1分、2分 行 18..60岁: 3分、4分、5分 行 61岁..: 6分、7分、8分 } }
      指标 乙 { 查表 生 得 { 列 ..1980-02-29、1980-03-01..2000-01-01、2000-01-02.. 行 1分、2分、4分 } }
      指标 丙 { 查表 份 得 { 列 ..不满0.5、0.5..10、超过10.. 行 1分、2分、4分 } }
      总分 = 甲 + 乙 + 丙`)
    const people = everybody({
      税: ['0', '100.49', '100.50', '99999.99', '100000', '90000000'],
      生: ['1950-01-01', '1980-02-29', '1980-03-01', '2000-01-01', '2000-01-02', '2007-03-01', '2007-03-02'],
      月: ['0', '3', '4', '70', '71'],
    })
    const plan = await expectSame(policy, people)
    expect(plan.graph.nodes.filter(({ op }) => op === 'step').length).toBeGreaterThan(3)
  })

  test('by its first entry that holds, where a compiled policy has keys that overlap', async () => {
    const policy = policyOf(`
      事实 级: 等级 [低、中、高]
      事实 量: 整数 次 范围 0..9
      指标 甲 { 查表 级、量 得 { 列 低、中 行 0..3次: 1分、2分 行 4..9次: 3分、4分 } 解释 "高者不得分" }
      总分 = 甲`)
    // 4..9 becomes 2..9: what it says of 2 and 3 is said before.
    const text = JSON.stringify(policy)
    const overlapping = JSON.parse(text.replaceAll(/("low":\{[^{}]*"value":)"4"/g, '$1"2"')) as Policy
    expect(JSON.stringify(overlapping)).not.toBe(text)
    await expectSame(overlapping, everybody({ 级: ['低', '中', '高'], 量: ['0', '1', '2', '3', '4', '9'] }))
  })

  test('but not where an amount is no constant', async () => {
    const policy = policyOf(`
      事实 级: 等级 [低、中、高]
      事实 量: 整数 次 范围 0..9
      定义 份额 = 1分 × (量 ÷ 1次)
      指标 甲 { 查表 级 得 { 列 低、中、高 行 1分、份额、3分 } }
      总分 = 甲`)
    const plan = await expectSame(policy, everybody({ 级: ['低', '中', '高'], 量: ['0', '5'] }))
    expect(operations(plan)).not.toContain('entry')
  })
})

test('a scheme of many tables is the same for everybody, in little text', async () => {
  const { policy } = compile(tableScheme(3).text)
  if (!policy) throw new Error('the scheme does not compile')
  const people = generatePeople(policy, 300).map(({ 编号, ...facts }) => facts)
  const plan = await expectSame(policy, people)
  expect(personModule(plan, outputsOf(plan, 'full')).length).toBeLessThan(40_000)
})

test.each([
  ['one person', personModule],
  ['columns', columnsModule],
] as const)('a long policy becomes functions of bounded size, for %s', (_, module) => {
  const { policy } = compile(generatePolicy(900))
  if (!policy) throw new Error('the policy does not compile')
  const plan = planned(policy, reviewDay, {})
  const text = module(plan, outputsOf(plan, 'full'))
  const functions = text.split(/^(?:export )?function /m).slice(1)
  expect(text.length).toBeGreaterThan(200_000)
  expect(Math.max(...functions.map(({ length }) => length))).toBeLessThan(60_000)
})
