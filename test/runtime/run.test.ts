// A run is settled before anybody is asked: what is wrong with its days, its use, its seed or its places is told, with a remedy.

import { expect, test } from 'vitest'
import { describeProblem } from '../../runtime/problems.ts'
import { type Asked, startRun } from '../../runtime/run.ts'
import { sourcesOf } from '../../runtime/sources.ts'
import { policyOf, reviewDay, runOf } from './support.ts'

const facts = '事实 甲: 整数 次   范围 0..9\n  事实 镇: 选项 [东、西]'
const items = '指标 子 { 每1次 甲 得1分 }\n  总分 = 子'
const plain = policyOf(`${facts}\n  ${items}`)
const used = policyOf(`${facts}
  参数 名额数 { 自 2025-01-01 至 2025-12-31 为 3 } 待核 "指标数没有公布"
  指标 子 仅用于 入学 { 每1次 甲 得1分 }
  总分 = 子
  应用 入学 { 名额 名额数(审核日)   排序 总分 从高到低   并列 抽签   末位同分 抽签 }
  应用 分镇 { 名额 按 镇   排序 总分 从高到低   并列 同名次   末位同分 不取 }
  应用 资格 { 对象 当 甲 > 0次 }`)
const ranks = true

const places = (...list: readonly (readonly [string, number])[]) => new Map(list)

test.each<[string, string, ReturnType<typeof policyOf>, Asked]>([
  ['no day', 'missing-days', plain, { asOf: {} }],
  ['an empty day', 'missing-days', plain, { asOf: { 审核日: '' } }],
  ['a day that is no reference date', 'unknown-day', plain, { asOf: { ...reviewDay, 别日: '2025-03-01' } }],
  ['a day that does not exist', 'no-such-day', plain, { asOf: { 审核日: '2025-02-29' } }],
  ['a day before all days', 'no-such-day', plain, { asOf: { 审核日: '1800-01-01' } }],
  ['a use that is not there', 'unknown-scenario', plain, { asOf: reviewDay, scenario: '入学' }],
  ['no use where one is needed', 'scenario-needed', used, { asOf: reviewDay }],
  ['an empty use where one is needed', 'scenario-needed', used, { asOf: reviewDay, scenario: '' }],
  ['an empty use to rank for', 'scenario-needed', used, { asOf: reviewDay, scenario: '', ranks }],
  ['no use to rank for', 'no-scenarios', plain, { asOf: reviewDay, ranks }],
  ['several uses to rank for', 'scenario-needed', used, { asOf: reviewDay, ranks }],
  ['a use without an order', 'no-ranking', used, { asOf: reviewDay, scenario: '资格', ranks }],
  ['no seed where lots are drawn', 'seed-needed', used, { asOf: reviewDay, scenario: '入学', ranks }],
  ['an empty seed', 'seed-needed', used, { asOf: reviewDay, scenario: '入学', ranks, seed: '' }],
  ['a seed of blanks', 'seed-needed', used, { asOf: reviewDay, scenario: '入学', ranks, seed: ' \u3000' }],
  ['a seed with a blank at its end', 'seed-unseen', used, { asOf: reviewDay, scenario: '入学', ranks, seed: 's ' }],
  ['a seed with a sign that nobody sees', 'seed-unseen', used, { asOf: reviewDay, scenario: '入学', ranks, seed: 's\u200b1' }],
  ['a seed with a line break', 'seed-unseen', used, { asOf: reviewDay, scenario: '入学', ranks, seed: 's\n' }],
  ['one number where places go by list', 'places-by-list', used, { asOf: reviewDay, scenario: '分镇', ranks, quotas: places(['', 3]) }],
  ['lists where places go by none', 'places-not-by-list', used, { asOf: reviewDay, scenario: '入学', ranks, seed: '1', quotas: places(['东', 3]) }],
  ['a year without a figure', 'no-parameter-value', used, { asOf: { 审核日: '2026-01-01' }, scenario: '入学', ranks, seed: '1' }],
])('%s: %s', (_, code, policy, asked) => {
  const started = startRun(policy, asked)
  expect(started.ok ? [] : started.problems.map((problem) => problem.code)).toEqual([code])
  for (const problem of started.ok ? [] : started.problems)
    for (const language of ['zh', 'en'] as const) for (const text of Object.values(describeProblem(problem, language))) expect(text).not.toMatch(/undefined|^$/)
})

test('of several uses all are named, and one is to be chosen', () => {
  const started = startRun(used, { asOf: reviewDay, ranks })
  const [told] = started.ok ? [] : started.problems.map((problem) => describeProblem(problem, 'zh'))
  expect(told).toEqual({ reason: '要说明用于哪个应用，有：入学、分镇、资格', remedy: '用 --scenario 选一个' })
})

test('a day that the use sets is not given', () => {
  const policy = policyOf(`${facts}\n  ${items}`)
  const own = { ...policy, referenceDates: ['审核日', '开放日'], ownDates: [{ name: '开放日', value: { op: 'date', value: '2025-06-01' } as const }] }
  const started = startRun(own, { asOf: { ...reviewDay, 开放日: '2025-05-01' } })
  expect(started.ok ? [] : started.problems.map(({ code, value }) => [code, value])).toEqual([['day-is-set', '开放日']])
  expect(startRun(own, { asOf: reviewDay })).toMatchObject({ ok: true })
})

test('everything that is wrong is told at once', () => {
  const started = startRun(plain, { asOf: { 别日: '2025-03-01' } })
  expect(started.ok ? [] : started.problems.map(({ code }) => code)).toEqual(['unknown-day', 'missing-days'])
})

test('a figure of the quota is asked for, and named, only by a run that gives out places by it', () => {
  const rests = (asked: Omit<Asked, 'asOf'>) => sourcesOf(runOf(used, reviewDay, { scenario: '入学', ...asked })).unsourced.map(({ where }) => where)
  expect(rests({})).toEqual([])
  expect(rests({ ranks, seed: '1' })).toEqual(['名额数'])
  expect(rests({ ranks, seed: '1', quotas: places(['', 3]) })).toEqual([])
  const later = { asOf: { 审核日: '2026-01-01' }, scenario: '入学' }
  expect(startRun(used, later)).toMatchObject({ ok: true })
  expect(startRun(used, { ...later, ranks, seed: '1', quotas: places(['', 3]) })).toMatchObject({ ok: true })
})

test('a policy with one use needs no name for it', () => {
  const one = policyOf(`${facts}\n  ${items}\n  应用 入学 { 名额 3   排序 总分 从高到低   并列 同名次   末位同分 不取 }`)
  expect(runOf(one, reviewDay, { ranks }).scenario?.name).toBe('入学')
  expect(runOf(one, reviewDay).scenario).toBeUndefined()
})

const dated = (head: string, inner: string) =>
  policyOf(`${facts}
  参数 每次 { 自 2025-01-01 为 3分 }
  指标组 大 ${head} { 指标 小 ${inner} { 每1次 甲 得 每次(审核日) } }
  总分 = 大`)

test.each([
  ['a group that is not there, whose parts are worked out', '施行 2025-01-01', '', ['no-parameter-value']],
  ['an indicator that is not there', '', '施行 2025-01-01', []],
  ['neither there', '施行 2025-01-01', '施行 2025-01-01', []],
])('a figure is asked by %s', (_, head, inner, codes) => {
  const started = startRun(dated(head, inner), { asOf: { 审核日: '2024-12-31' } })
  expect(started.ok ? [] : started.problems.map(({ code }) => code)).toEqual(codes)
})
