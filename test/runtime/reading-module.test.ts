// The module that reads gives the verdict of the reader of facts, whatever it is given.

import { expect, test } from 'vitest'
import { readPersonJson } from '../../runtime/batch/json.ts'
import { readFacts } from '../../runtime/facts.ts'
import { inputOf } from '../../runtime/javascript/inputs.ts'
import { personModule } from '../../runtime/javascript/person.ts'
import { readingModule } from '../../runtime/javascript/reading.ts'
import { outputsOf } from '../../runtime/plan/outputs.ts'
import { times } from '../whole.ts'
import { planned } from './engines.ts'
import { policyOf, reviewDay } from './support.ts'

const policy = policyOf(
  `
  事实 月数: 整数 个月 范围 0..600
  事实 违法: 整数 次 范围 0..20 缺省 0次
  事实 税: 小数2位 元 范围 -10..9999999999
  事实 残疾: 是否
  事实 居住证: 选项 [有效、中止] 必填
  事实 级: 等级 [低、Ⅱ级、高]
  事实 证: 多选 [${Array.from({ length: 33 }, (_, i) => `「证${i}」`).join('、')}]
  事实 生日: 日期 范围 1900-01-01..2030-12-31
  事实 户: 文本 缺省 编号
  事实 企业: 文本
  事实 获奖: 记录 { 日期: 日期；级别: 选项 [区级、市级] 缺省 区级；分: 小数1位 分 范围 0..9 } 缺省 []
  事实 参保: 时段 至多3
  事实 constructor: 是否
  指标 居住 { 每满1个月 月数 得0.5分 }
  指标 违法 { 每1次 违法 扣5分 }
  指标 残疾 累加 { 当 残疾 得3分 当 constructor 得1分 当 证 含 「证32」 得1分 当 级 >= Ⅱ级 得1分 当 企业 = "柳塘" 得1分 当 税 > 3元 得1分 当 生日 < 2000-01-01 得1分 当 户 = "a" 得1分 }
  指标 获奖 { 对每条 获奖 近3年(审核日) 得 分 }
  指标 参保 { 每1个月 累计月数(参保) 得0.1分 }
  总分 = 居住 + 违法 + 残疾 + 获奖 + 参保
  失效 当 居住证 不是 有效`.replace('时段 至多3', '时段 缺省 []'),
)

type Score = (facts: unknown, out: number[]) => number[]
interface Read {
  readonly facts: Readonly<Record<string, unknown>>
  readonly problems: readonly { readonly code: string; readonly column: string; readonly value: string }[]
}
const plan = planned(policy, reviewDay, {})
const outputs = outputsOf(plan, 'full')
const load = (text: string) => import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`)
const module = (await load(readingModule(plan, outputs))) as { read: (facts: unknown) => Read; score: Score }
const bare = (await load(personModule(plan, outputs))) as { score: Score }

const day = '2024-05-01'
const scalars: readonly unknown[] = [
  ...['', 'a', '否', '是', '0', '-0', '01', '1.', '.5', '+1', '1e2', '12', '600', '601', '-1', '3.14', '3.141', '9999999999', '1,000', ' 1', '１２', 'NaN'],
  ...['有效', '中止', '无', 'II级', 'Ⅱ级', '高', '证0', '证0、证32', '证1、证1', '证0、', '[]', '柳塘', '\ud800', '\ufffd'],
  ...['2024-02-29', '2023-02-29', '1900-02-29', '2000-02-29', '1899-12-31', '2030-12-31', '2031-01-01', '2024-13-01', '2024-1-1', '20240101'],
  ...[null, true, false, 0, 1, -1, 7, 12.5, 5.125, 601, 1e21, 1e-7, 2 ** 53, {}, { a: 1 }, [], ['证0'], ['证0', '证31'], ['证0', 1], [[]], [null]],
]
const records: readonly unknown[] = [
  { 日期: day, 级别: '市级', 分: 3 },
  { 日期: day, 分: '2.5' },
  { 日期: day, 级别: '', 分: 1 },
  { 级别: '区级', 分: 1 },
  { 日期: day, 分: 10 },
  { 日期: day, 分: 1, 多: 1 },
  { 日期: day, 分: [1] },
  { 日期: day, 分: true },
  { 日期: day, 级别: ['区级'], 分: 1 },
  { 日期: '2024-02-30', 分: 1 },
  { 起: '2020-01-01', 止: '2020-12-31' },
  { 起: '2021-01-01', 止: '2020-12-31' },
  { 起: '2021-01-01' },
  { constructor: 1 },
]
const texts = ['[{"日期":"2024-05-01","分":1}]', '[{"日期":"2024-05-01","分":1e0}]', '[{"日期":"2024-05-01","分":1,"分":2}]', '{}', '[1]', '[{]']
const good: Readonly<Record<string, readonly unknown[]>> = {
  月数: ['60', 60, 0, 600],
  违法: [0, '3'],
  税: [3.14, '-10', 12],
  残疾: ['是', false],
  居住证: ['有效', '中止'],
  级: ['Ⅱ级', '低'],
  证: [[], '证0、证32'],
  生日: ['1999-12-31', '2000-02-29'],
  户: ['a', ''],
  企业: ['柳塘', 'x'],
  获奖: [[], [records[0]], [records[0], records[1]], texts[0]],
  参保: [[], [records[10]]],
  constructor: [true],
}
const strangers = ['月數', '__proto__x', 'toString', '居住證', '编号']

/** Whole numbers below `n`, the same in every run. */
let state = 20250301
const below = (n: number): number => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0
  return (state >>> 8) % n
}
const one = <T>(list: readonly T[]): T => list[below(list.length)] as T

function anyFacts(): Record<string, unknown> {
  const facts: Record<string, unknown> = {}
  for (const { name } of policy.facts) {
    const kind = below(40)
    if (kind === 0) facts[name] = one(scalars)
    else if (kind === 1) facts[name] = Array.from({ length: below(3) }, () => one(records))
    else if (kind === 2) facts[name] = one(texts)
    else if (kind > 9 || name === '居住证') facts[name] = one(good[name] ?? [''])
  }
  if (below(20) === 0) facts[one(strangers)] = one(['1', 1, null])
  return facts
}

const count = times(5000, 100_000)

test(`${count} inputs, valid and not, get the verdict of the reader of facts`, () => {
  const known = new Set(['编号', ...policy.facts.map(({ name }) => name)])
  let rejected = 0
  for (let i = 0; i < count; i += 1) {
    const facts = anyFacts()
    const json = JSON.stringify(facts)
    const person = readPersonJson(json)
    const strange = Object.keys(facts).filter((name) => !known.has(name)).length > 0
    const halves = person.ok && Object.values(person.written).some((text) => /[\p{Cs}\ufffd]/u.test(text ?? ''))
    const { facts: read, problems } = person.ok ? readFacts(policy, person.written) : { facts: new Map(), problems: [person.problem] }
    const own = module.read(facts)
    if (strange || halves || !person.ok) expect([json, own.problems.length > 0]).toEqual([json, true])
    else expect([json, own.problems.map(({ code, column }) => [code, column])]).toEqual([json, problems.map(({ code, column }) => [code, column])])
    const out = module.score(facts, [])
    if (own.problems.length > 0) {
      rejected += 1
      expect(outputs.map((_, k) => out[k])).toEqual(outputs.map(({ name }) => (name === 'rejected' ? 1 : Number.NaN)))
    } else {
      expect([json, out]).toEqual([json, bare.score(inputOf(policy, read), [])])
      expect([json, own.facts]).toEqual([json, inputOf(policy, read)])
    }
  }
  expect(rejected).toBeGreaterThan(count / 5)
  expect(rejected).toBeLessThan(count * 0.8)
})

test.each([
  ['nothing at all', undefined],
  ['null', null],
  ['a list', []],
  ['a text', '{}'],
  ['NaN', { 居住证: '有效', 月数: Number.NaN }],
  ['infinity', { 居住证: '有效', 企业: Number.POSITIVE_INFINITY }],
  ['a date of the host', { 居住证: '有效', 生日: new Date(0) }],
  ['a big whole number', { 居住证: '有效', 月数: 7n }],
  ['the place of a member', { 居住证: 0 }],
  ['a name written in two ways', { 居住证: '有效', '\u2f8f级': 1 }],
  ['nothing for what is required', {}],
  ['a prototype name', { 居住证: '有效', toString: 'x' }],
])('%s cannot be read', (_, facts) => {
  expect(module.read(facts).problems).not.toEqual([])
  const out = module.score(facts, [])
  expect(out[0]).toBe(1)
  expect(out.slice(1).every(Number.isNaN)).toBe(true)
})

test('null and an empty text are not known, as what is left out', () => {
  const least = { 居住证: '有效' }
  for (const nothing of [null, undefined, '']) expect(module.score({ ...least, 月数: nothing }, [])).toEqual(module.score(least, []))
  expect(module.score({ ...least, 获奖: [{ 日期: day, 分: 1 }] }, [])).toEqual(module.score({ ...least, 获奖: [{ 日期: day, 级别: '区级', 分: 1 }] }, []))
})

test('an engine that does not tell the source text of a number reads it exactly', async () => {
  const shadow = `const JSON = { ...Object.fromEntries(['stringify'].map((name) => [name, globalThis.JSON[name]])),
  parse: (text, reviver) => globalThis.JSON.parse(text, reviver && ((key, value) => reviver(key, value))) }\n`
  const list = policyOf('事实 献血: 记录 { 毫升: 小数2位 毫升 范围 0..100000 } 指标 甲 { 每1毫升 合计(献血, 毫升) 得0.01分 } 总分 = 甲')
  const text = readingModule(planned(list, reviewDay, {}), [])
  const without = (await load(shadow + text)) as { read: (facts: unknown) => Read }
  for (const number of ['1', '1.10', '1e2', '1.001', '-0', '12345678901234567890', '0.30000000000000004', '"2.5"', 'true', 'null', '"1"', '"0"']) {
    const facts = { 献血: `[{"毫升":${number}}]` }
    const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code)
    expect([number, codes(without.read(facts).problems)]).toEqual([number, codes(readFacts(list, facts).problems)])
  }
})
