// How the amount of a row came about, step by step, as a receipt tells it: of what is known and of what is not.

import { expect, test } from 'vitest'
import type { WrittenFacts } from '../../runtime/facts.ts'
import type { Step } from '../../runtime/outcome.ts'
import { outcomeOf, policyOf } from './support.ts'

const types: Readonly<Record<string, string>> = {
  月数: '整数 个月 范围 0..720',
  份额: '小数 4位 范围 0..1',
  甲数: '整数 范围 0..9',
  乙数: '整数 范围 0..9 缺省 0',
  奖: '记录 { 级: 选项 [国、省]；分: 整数 分 范围 0..9 } 范围 ..3',
  活动: '记录 { 申请日期: 日期；分值: 整数 分 范围 0..100 } 范围 ..2',
  用分: '记录 { 日期: 日期；分值: 整数 分 范围 0..100 } 范围 ..2',
}

function stepsOf(indicator: string, written: WrittenFacts): readonly Step[] {
  const used = Object.entries(types).flatMap(([name, type]) => (indicator.includes(name) ? [`事实 ${name}: ${type}`] : []))
  const policy = policyOf(`${used.join('\n')}\n指标 甲 ${indicator}\n总分 = 甲`)
  return outcomeOf(policy, written).items.flatMap(({ rows }) => rows.flatMap(({ steps }) => steps))
}

const awards = '[{"级":"国","分":5},{"级":"省","分":3},{"级":"国","分":4}]'
const acts = '[{"申请日期":"2024-05-01","分值":7},{"申请日期":"2022-05-01","分值":9}]'
const live = '期限 自 年初(申请日期) 至 年末(申请日期 + 1年) 于 审核日 兑换 用分 扣 分值 { 对每条 活动 得 分值 }'
const first = { points: '7', from: '2024-01-01', to: '2025-12-31', left: '5', alive: true }
const second = { points: '9', from: '2022-01-01', to: '2023-12-31', left: '9', alive: false }
const shown = ['级 国，分 5', '级 省，分 3', '级 国，分 4']
const counted = (...which: readonly boolean[]) => shown.map((zh, i) => ({ shown: { zh }, counted: which[i] }))

test.each<[indicator: string, written: WrittenFacts, step: object]>([
  ['{ 得 1分 × (甲数 + 乙数 - 1) }', { 甲数: '3', 乙数: '4' }, { kind: 'flat', negative: false, amount: '6', working: '1 × (3 + 4 − 1)' }],
  ['{ 得 30分 × 份额 }', { 份额: '0.3333' }, { kind: 'flat', negative: false, amount: '9.999', working: '30 × 0.3333' }],
  ['{ 得 30分 × 份额 保留0位 四舍五入 }', { 份额: '0.3333' }, { kind: 'flat', amount: '10', working: '30 × 0.3333 = 9.999 ≈ 10' }],
  ['{ 得 30分 × 份额 保留0位 四舍五入 }', { 份额: '0.5' }, { kind: 'flat', amount: '15', working: '30 × 0.5' }],
  ['{ 得 30分 × 份额 }', {}, { kind: 'unknown', negative: false, low: '0', high: '30' }],
  ['累加 { 当 乙数 > 3 扣 1分 × 乙数 }', { 乙数: '4' }, { kind: 'flat', negative: true, amount: '4', working: '1 × 4' }],
  [
    '{ 每满12个月 月数 得2分 }',
    { 月数: '59' },
    { kind: 'rate', negative: false, steps: 'full', quantity: '59', per: '12', unit: 'months', count: '4', each: '2', amount: '8' },
  ],
  ['{ 每满12个月 月数 得2分 }', {}, { kind: 'unknown', negative: false, low: '0', high: '120' }],
  ['{ 对每条 奖 得 分 }', { 奖: awards }, { kind: 'each', negative: false, takes: 'all', records: counted(true, true, true), amount: '12' }],
  ['{ 对每条 奖 同一 级 只计最高一条 得 分 }', { 奖: awards }, { kind: 'each', records: counted(true, true, false), amount: '8' }],
  ['{ 取最高一条 奖 得 分 }', { 奖: awards }, { kind: 'each', takes: 'highest', records: counted(true, false, false), amount: '5' }],
  ['{ 取最低一条 奖 得 分 }', { 奖: awards }, { kind: 'each', takes: 'lowest', records: counted(false, true, false), amount: '3' }],
  ['{ 对每条 奖 得 分 }', {}, { kind: 'unknown', negative: false, low: '0', high: '27' }],
  [
    live,
    { 活动: acts, 用分: '[{"日期":"2024-06-01","分值":2}]' },
    { kind: 'live', negative: false, on: '2025-03-01', grants: [first, second], spent: '2', amount: '5' },
  ],
  [live, { 活动: acts }, { kind: 'unknown', negative: false, low: '0', high: '16' }],
  [live, {}, { kind: 'unknown', negative: false, low: '0', high: '200' }],
])('%s of %j', (indicator, written, step) => {
  expect(stepsOf(indicator, written)).toMatchObject([step])
})

test('a state says what decides it: the parts that hold, their values, and the records that were found', () => {
  const policy = policyOf(`
    事实 违法: 记录 { 种类: 选项 [拘留、罚款]；次: 整数 范围 0..9 } 范围 ..9 缺省 []
    事实 月数: 整数 个月 范围 0..720 缺省 0
    事实 居住证: 选项 [有效、过期] 缺省 有效
    定义 拘留 = 违法 其中 种类 是 拘留
    指标 甲 { 每1个月 月数 得1分 }
    总分 = 甲
    否决 当 有 拘留 且 月数 < 12个月
    清零 当 非 (月数 >= 24个月 或 有 违法)
    失效 当 居住证 不是 有效 或 非 有 违法`)
  const reasonsOf = (written: WrittenFacts) =>
    outcomeOf(policy, written).states.flatMap(({ rule, reasons }) =>
      reasons.map(({ holds, values, records }) => [
        rule.split('#')[0],
        holds,
        values.map(({ name, value }) => `${name} ${value.zh}`).join(),
        ...records.map(({ zh }) => zh),
      ]),
    )
  const acts = (...kinds: readonly string[]) => JSON.stringify(kinds.map((kind, i) => ({ 种类: kind, 次: i })))
  const months = ['state:veto', true, '月数 11个月']
  expect(reasonsOf({ 违法: acts('拘留', '罚款', '拘留'), 月数: '11' })).toEqual([['state:veto', true, '', '种类 拘留，次 0', '种类 拘留，次 2'], months])
  // Of many the first five are said.
  const five = [0, 1, 2, 3, 4].map((i) => `种类 拘留，次 ${i}`)
  expect(reasonsOf({ 违法: acts(...Array(5).fill('拘留')), 月数: '11' })).toEqual([['state:veto', true, '', ...five], months])
  expect(reasonsOf({ 违法: acts(...Array(6).fill('拘留')), 月数: '11' })).toEqual([['state:veto', true, '', ...five, '…'], months])
  expect(reasonsOf({ 违法: acts('拘留'), 月数: '12' })).toEqual([])
  expect(reasonsOf({ 月数: '30', 居住证: '过期' })).toEqual([
    ['state:lapse', true, '居住证 过期'],
    ['state:lapse', true, ''],
  ])
  // Neither of the two that would have kept the points holds.
  expect(reasonsOf({ 月数: '3' })).toEqual([
    ['state:clear', false, '月数 3个月'],
    ['state:clear', false, ''],
    ['state:lapse', true, ''],
  ])
})

test('of rows of which the first counts, each says what became of it', () => {
  const policy = policyOf(`
    事实 甲数: 整数 范围 0..9
    事实 乙数: 整数 范围 0..9
    指标 甲 取首个 { 当 甲数 > 5 得3分   当 乙数 > 5 得2分   否则 得1分 }
    总分 = 甲`)
  const rowsOf = (written: WrittenFacts) =>
    outcomeOf(policy, written).items.flatMap(({ rows }) => rows.map(({ status, because, awaiting }) => [status, because, ...awaiting]))
  expect(rowsOf({ 甲数: '6', 乙数: '6' })).toEqual([
    ['matched', undefined],
    ['not-counted', 'an-earlier-row'],
    ['not-matched', undefined],
  ])
  expect(rowsOf({ 甲数: '1', 乙数: '6' })).toEqual([
    ['not-matched', undefined],
    ['matched', undefined],
    ['not-matched', undefined],
  ])
  expect(rowsOf({ 乙数: '6' })).toEqual([
    ['awaiting', undefined, '甲数'],
    ['awaiting', undefined, '甲数'],
    ['not-matched', undefined],
  ])
  expect(rowsOf({})).toEqual([
    ['awaiting', undefined, '甲数'],
    ['awaiting', undefined, '乙数'],
    ['awaiting', undefined, '甲数', '乙数'],
  ])
})
