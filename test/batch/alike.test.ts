// Keys and texts are the same when their characters are; where two look alike, both stand and are told.

import { expect, test } from 'vitest'
import { lookOf, visible } from '../../runtime/exact/text.ts'
import { policyOf } from '../runtime/support.ts'
import { scored, summaryOf } from './run.ts'

const policy = policyOf(`
  事实 企业: 文本 缺省 ""
  事实 奖: 记录 { 项目: 文本；分: 整数 分 范围 0..9 } 缺省 []
  指标 甲 { 当 企业 = "柳塘·纺织" 得1分 }
  指标 乙 { 对每条 奖 同一 项目 只计最高一条 得 分 }
  总分 = 甲 + 乙`)

const json = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

test.each([
  ['é', 'e\u0301', 'composed and decomposed'],
  ['甲', '甲 ', 'a blank behind'],
  ['甲', '\u200b甲', 'what has no width'],
  ['阿·甲', '阿•甲', 'dots'],
  ['A12', 'А12', 'another alphabet'],
  ['12', '１２', 'wide digits'],
  ['一', '\u2f00', 'a radical'],
  ['甲乙', '甲\u00ad乙', 'a soft hyphen'],
  ['甲-1', '甲\u20111', 'a hyphen that holds together'],
])('%j and %j are two people who are told: %s', async (a, b) => {
  const run = await scored(policy, ['p.jsonl', json([{ 编号: a }, { 编号: b }, { 编号: '别' }])])
  expect(run.totals.map(([key]) => key)).toEqual([a, b, '别'])
  const [first, second] = [a, b].sort()
  expect(summaryOf(run).notices).toMatchObject([{ code: 'looks-alike', column: '编号', value: first, data: { other: second } }])
  expect(summaryOf(run).notices).toHaveLength(1)
})

test('texts that look like one of the policy, and acts that look like each other, are told', async () => {
  const records = [
    { 项目: '甲奖', 分: 2 },
    { 项目: '甲奖 ', 分: 3 },
  ]
  const run = await scored(policy, ['p.jsonl', json([{ 编号: '1', 企业: '柳塘•纺织', 奖: records }])])
  expect(run.totals).toEqual([['1', '5']])
  expect(summaryOf(run).notices).toMatchObject([
    { code: 'looks-alike', column: '企业', data: { other: '柳塘•纺织' } },
    { code: 'looks-alike', column: '奖.项目', value: '甲奖', data: { other: '甲奖 ' } },
  ])
})

test('characters of private use are told once for a column', async () => {
  const run = await scored(policy, ['p.jsonl', json([{ 编号: '\ue863甲' }, { 编号: '\ue864乙' }])])
  expect(summaryOf(run).notices).toMatchObject([{ code: 'private-use', column: '编号', data: { count: '2' } }])
})

test('of many pairs the first are told, and how many there are', async () => {
  const run = await scored(policy, ['p.jsonl', json(Array.from({ length: 20 }, (_, i) => ({ 编号: i % 2 === 0 ? `甲${i}` : `甲${i - 1} ` })))])
  expect(summaryOf(run).notices.map(({ code }) => code)).toEqual([...Array(5).fill('looks-alike'), 'more-look-alike'])
})

test('nothing is told of texts that look different', async () => {
  const keys = ['张·三', '张三', '张 三', 'a', 'A', '0', '00', '𠮷', '吉', 'Ж']
  expect(summaryOf(await scored(policy, ['p.jsonl', json(keys.map((key) => ({ 编号: key })))])).notices).toEqual([])
})

test('what has no ink is written out in a message', () => {
  expect(visible(' 甲\u200b\u2028乙 \u00a0')).toBe('␠甲⟨U+200B⟩⟨U+2028⟩乙 ⟨U+00A0⟩')
  expect(visible('柳塘 纺织')).toBe('柳塘 纺织')
  expect(lookOf(lookOf(' Ａ\u200b  b '))).toBe('A b')
})

test('names of a policy and of data are the same in compatibility characters', async () => {
  const roman = policyOf(
    `
    事实 甲Ⅱ证: 是否
    事实 级: 选项 [Ⅰ级、Ⅱ级]
    事实 奖: 记录 { Ⅲ数: 整数 分 范围 0..9 } 缺省 []
    指标 甲 { 当 甲Ⅱ证 得5分   当 级 是 Ⅰ级 得2分 }
    指标 乙 { 得 合计(奖, Ⅲ数) }
    总分 = 甲 + 乙`.replace('指标 甲 {', '指标 甲 累加 {'),
  )
  const people = [
    ['p.csv', '编号,甲Ⅱ证,级,奖\n1,是,Ⅰ级,"[{""Ⅲ数"":3}]"\n2,否,II级,[]\n'],
    ['p.csv', '编号,甲II证,级,奖\n1,是,I级,"[{""III数"":3}]"\n2,否,Ⅱ级,[]\n'],
    [
      'p.jsonl',
      json([
        { 编号: '1', 甲Ⅱ证: true, 级: 'Ⅰ级', 奖: [{ Ⅲ数: 3 }] },
        { 编号: '2', 甲II证: false, 级: 'II级' },
      ]),
    ],
  ] as const
  for (const file of people) {
    const run = await scored(roman, file)
    expect([file, run.totals]).toEqual([
      file,
      [
        ['1', '10'],
        ['2', '0'],
      ],
    ])
  }
  const twice = await scored(roman, ['p.jsonl', '{"编号":"1","甲Ⅱ证":true,"甲II证":false,"级":"I级"}\n{"编号":"2","甲II证":false,"级":"I级"}\n'])
  expect(summaryOf(twice)).toMatchObject({ rejected: 1, rejections: [{ problem: { code: 'repeated-name' } }] })
  const columns = await scored(roman, ['p.csv', '编号,甲Ⅱ证,甲II证,级\n1,是,否,I级\n'])
  expect(columns.result).toMatchObject({ ok: false, problems: [{ code: 'duplicate-column' }] })
})
