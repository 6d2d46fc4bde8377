// Definitions of which each names the one before twice: whatever goes through them enters each once. Of 20 the last one leads to the first in
// a million ways; the bound on the processor's time is far above what one way takes, and far below what all would.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { makePlan } from '../../runtime/plan/plan.ts'
import { printReceipt } from '../../runtime/receipt/print.ts'
import { receipt } from '../../runtime/receipt/receipt.ts'
import { score } from '../../runtime/score.ts'
import { runOf } from '../runtime/support.ts'

const length = 20
const chain = (first: string, next: (before: string) => string): string =>
  [`  定义 「X0」 = ${first}`, ...Array.from({ length }, (_, i) => `  定义 「X${i + 1}」 ${next(`「X${i}」`)}`)].join('\n')

const chains = {
  smaller: chain('数', (x) => `= 较小(${x}, ${x})`),
  difference: chain('数', (x) => `= ${x} - ${x}`),
  'too large': chain('大', (x) => `= ${x} + ${x}`),
  constant: chain('3次', (x) => `= 较小(${x}, ${x})`),
  and: chain('数 > 3次', (x) => `= ${x} 且 ${x}`),
  not: chain('数 > 3次', (x) => `= 非 ${x} 或 非 ${x}`),
  cases: chain('数 > 3次', (x) => `{ 当 ${x} 为 ${x} 否则 为 ${x} }`),
  day: chain('处', (x) => `{ 当 好 为 ${x} 否则 为 ${x} }`),
  list: chain('罚', (x) => `{ 当 好 为 ${x} 否则 为 ${x} }`),
  'filtered list': chain('罚', (x) => `= ${x} 其中 有(${x})`),
} as const

const last = `「X${length}」`
const numbers = [`当 ${last} > 3次 得1分`, `每1次 ${last} 得1分`]
const lists = [`对每条 ${last} 扣1分`, `当 有(${last}) 扣1分`]
/** Rows that ask the last one, a condition of a state, a key of an order, and a number of places. */
const asked: Readonly<Record<keyof typeof chains, { rows: readonly string[]; state: string; key?: string; places?: string }>> = {
  smaller: { rows: numbers, state: `${last} > 3次`, key: last },
  difference: { rows: numbers, state: `${last} > 3次`, key: last },
  'too large': { rows: numbers, state: `${last} > 3次`, key: last },
  constant: { rows: numbers, state: `${last} > 5次`, places: last },
  and: { rows: [`当 ${last} 得1分`], state: last },
  not: { rows: [`当 ${last} 得1分`], state: last },
  cases: { rows: [`当 ${last} 得1分`], state: last },
  day: { rows: [`当 ${last} > 日 得1分`], state: `${last} > 日 - 3年` },
  list: { rows: lists, state: `有(${last})` },
  'filtered list': { rows: lists, state: `有(${last})` },
}
const names = Object.keys(chains) as (keyof typeof chains)[]

test.each(names.flatMap((name) => asked[name].rows.map((row) => [name, row] as const)))('%s: %s', (name, row) => {
  const { state, key, places = '3' } = asked[name]
  const text = `政策 试 {
  基准日 日、他 = 处
  事实 数: 整数 次 范围 0..9 缺省 0
  事实 大: 整数 次 范围 0..9000000000 缺省 0
  事实 好: 是否 缺省 否
  事实 处: 日期 缺省 1990-01-01
  事实 罚: 记录 { 于: 日期；量: 整数 次 范围 0..9 } 缺省 []
${chains[name]}
  指标 甲 累加 { ${row} 得1分 }
  总分 = 甲
  否决 当 ${state}
  应用 用 { 名额 ${places} 排序 总分 从高到低${key === undefined ? '' : `、${key} 从高到低`} 并列 同名次 末位同分 全取 }
}
`
  const start = process.cpuUsage()
  const { diagnostics, policy } = compile(text)
  // What is refused is refused for what it is, and not given up.
  for (const { code } of diagnostics) expect(code).toMatch(/^(needs-range|wrong-type|row-never-applies|unused-.*|later-.*)$/)
  if (policy) {
    const run = runOf(policy, { 日: '2025-03-01' })
    const person = { 数: '5', 好: '是', 处: '2024-01-01', 罚: '[{"于":"2024-05-01","量":"1"}]' }
    const scored = score(run, person)
    if (!scored.ok) throw new Error(JSON.stringify(scored.problems))
    expect(printReceipt(receipt(run, scored.outcome, person), policy, 'zh', { all: true })).toContain('总分')
    makePlan(run)
  }
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1_000_000).toBeLessThan(4)
})
