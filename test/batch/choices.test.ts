// Several members of one fact in a file: each is found again, whichever word of bits it stands in.

import { expect, test } from 'vitest'
import { policyOf } from '../runtime/support.ts'
import { scored } from './run.ts'

const members = Array.from({ length: 63 }, (_, i) => `证${String.fromCodePoint(0x4e00 + i)}`)
const policy = policyOf(`
  事实 证书: 多选 [${members.join('、')}]
  指标 甲 累加 { ${members.map((name, i) => `当 证书 含 ${name} 得${i + 1}分`).join('   ')} }
  总分 = 甲`)

/** One of each, pairs across the words, none and all. */
const held = [
  ...members.map((_, i) => [i]),
  ...members.map((_, i) => [i, (i * 7 + 30) % members.length]).filter(([a, b]) => a !== b),
  [],
  members.map((_, i) => i),
]
const totals = held.map((which, n) => [String(n), String(which.reduce((sum, i) => sum + i + 1, 0))])
const named = (which: readonly number[]) => which.map((i) => members[i])

test.each([
  ['csv', `编号,证书\n${held.map((which, n) => `${n},${which.length === 0 ? '[]' : named(which).join('、')}\n`).join('')}`],
  ['jsonl', held.map((which, n) => `${JSON.stringify({ 编号: String(n), 证书: named(which) })}\n`).join('')],
])('in %s', async (format, text) => {
  expect((await scored(policy, [`p.${format}`, text])).totals).toEqual(totals)
})
