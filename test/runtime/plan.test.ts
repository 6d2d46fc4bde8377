// Names and texts are data in what is generated. Plans refuse what whole numbers of 53 bits cannot hold, on the way too, and say in the policy's words what it is.

import { describe, expect, test } from 'vitest'
import { readFacts } from '../../runtime/facts.ts'
import { commonUnder, multiplyFractions } from '../../runtime/plan/fraction.ts'
import { Graph } from '../../runtime/plan/graph.ts'
import { CannotPlan } from '../../runtime/plan/node.ts'
import { makePlan, refusal } from '../../runtime/plan/plan.ts'
import { describeProblem } from '../../runtime/problems.ts'
import { columnsEngine, duckdbEngine, interpreted, javascriptEngine, openDuckdb, planned } from './engines.ts'
import { policyOf, reviewDay, runOf } from './support.ts'

const most = Number.MAX_SAFE_INTEGER

describe('a plan refuses', () => {
  test('a sum that leaves 53 bits on the way, though its end does not', () => {
    const graph = new Graph()
    const [a, b, c] = [graph.fact('甲', 'number', 0, most), graph.fact('乙', 'number', 0, most), graph.fact('丙', 'number', -most, -most)]
    expect(() => graph.add(a, b, c)).toThrow(CannotPlan)
    expect(graph.add(a, graph.number(0))).toBe(a)
  })

  test('the sum of one key that leaves 53 bits before its cap', () => {
    const graph = new Graph()
    const list = graph.addList({ kind: 'fact', fact: '列' }, 1000)
    const value = graph.field(list.id, '值', 'number', 0, most / 100)
    expect(() => graph.sumOfCapped(list, graph.yes, value, value, graph.number(5))).toThrow(CannotPlan)
  })

  test('a denominator that leaves 53 bits', () => {
    const graph = new Graph()
    expect(() => commonUnder(graph, 2 ** 40, 3 ** 20)).toThrow(CannotPlan)
    const part = { top: graph.fact('甲', 'number', 0, 1), under: 2 ** 30, by: undefined }
    expect(() => multiplyFractions(graph, part, part)).toThrow(CannotPlan)
  })

  test('one of two lists that is chosen by cases, with its name and a remedy', () => {
    const policy = policyOf(`
      事实 甲: 是否
      事实 献血: 记录 { 日期: 日期 }
      事实 捐款: 记录 { 日期: 日期 }
      定义 哪些 { 当 甲 为 献血 否则 为 捐款 }
      指标 乙 { 每1次 次数(哪些) 得1分 }
      总分 = 乙`)
    const made = makePlan(runOf(policy))
    if (made.ok) throw new Error('there is a plan')
    const { reason, remedy } = describeProblem(refusal(policy, made), 'zh')
    expect(reason).toContain('哪些')
    expect(remedy).not.toBe('')
  })
})

test('names and texts are data, whatever they hold', async () => {
  const odd = [
    'a"b',
    "a'b",
    'a$(1)',
    'a\\',
    'a--b',
    'a*/',
    'a;b',
    '__proto__',
    'constructor',
    'a\u2028b',
    'a\u2029b',
    'a\u0085b',
    'a\u202eb',
    'a</script>',
    'a]]>',
    'a$' + '{b}',
    '=1+1',
    '@a',
    'a%s',
    'a\tb',
    'a\u200bb',
    'a𠮷',
  ]
  const facts = odd.map((name, i) => `事实 「${name}」: 选项 [「${name}」、「${i}其他」]\n 事实 「文${name}」: 文本`).join('\n')
  const items = odd
    .map((name, i) => `指标 「项${name}」 累加 { 当 「${name}」 是 「${name}」 得${i + 1}分   当 「文${name}」 = "${name.replaceAll('"', '')}" 得0.5分 }`)
    .join('\n')
  const policy = policyOf(`${facts}\n${items}\n总分 = ${odd.map((name) => `「项${name}」`).join(' + ')}`)
  const plan = planned(policy, reviewDay, {})
  const people = odd.map((_, n) =>
    Object.fromEntries(
      odd.flatMap((name, i) => [
        [name, i === n ? name : `${i}其他`],
        [`文${name}`, i <= n ? name.replaceAll('"', '') : ''],
      ]),
    ),
  )
  const read = people.map((person) => readFacts(policy, person))
  expect(read.flatMap(({ problems }) => problems)).toEqual([])
  const all = read.map((person) => person.facts)
  const wanted = all.map((person) => interpreted(policy, reviewDay, {}, person))
  expect(all.map(await javascriptEngine(policy, plan))).toEqual(wanted)
  expect((await columnsEngine(policy, plan))(all)).toEqual(wanted)
  expect(await (await duckdbEngine(await openDuckdb(), policy, plan))?.(all)).toEqual(wanted)
})

test('what is certain when a plan is made is worked out as an engine would', () => {
  const graph = new Graph()
  const [five, two, minus] = [graph.number(5), graph.number(2), graph.number(-7)]
  const values = (...nodes: readonly { readonly value?: unknown }[]) => nodes.map(({ value }) => value)
  expect(values(graph.add(five, minus), graph.multiply(five, minus), graph.divide(minus, two), graph.divide(five, two))).toEqual([-2, -35, -4, 2])
  expect(values(graph.smaller(five, minus), graph.larger(five, minus), graph.joinBits(five, two))).toEqual([-7, 5, 7])
  expect(values(...[0, 1, 2, 30].map((bit) => graph.hasBit(five, bit)))).toEqual([true, false, true, false])
  expect(values(graph.less(minus, five), graph.less(five, five), graph.equal(five, two), graph.equal(two, two))).toEqual([true, false, false, true])
})
