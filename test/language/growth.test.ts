// What a check costs grows with the length of a policy, not with its square. Of four times as many indicators, in groups, in one, in one total
// and over definitions, it takes about four times the time of the processor; sixteen would be its square, and half of that is a fault. So
// does what reading an official text costs.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { officialText } from '../../language/coverage/official.ts'
import { makePlan } from '../../runtime/plan/plan.ts'
import { startRun } from '../../runtime/run.ts'
import { generateIndicators, shapes } from '../bench/generate-indicators.ts'

/** Of compiling and planning, in microseconds of the processor. */
function spent(text: string): number {
  const start = process.cpuUsage()
  const { policy } = compile(text)
  if (!policy) throw new Error('the policy does not compile')
  const started = startRun(policy, { asOf: { 审核日: '2025-03-01' } })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  expect(makePlan(started.run).ok).toBe(true)
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/** The least of a few, which no rubbish of others is counted in. */
const least = (text: string): number => Math.min(...Array.from({ length: 2 }, () => spent(text)))

test.each(shapes)('a policy of four times as many indicators, %s', (shape) => {
  spent(generateIndicators(500, shape))
  expect(least(generateIndicators(4000, shape)) / least(generateIndicators(1000, shape))).toBeLessThan(8)
})

/** Of reading an official text, in microseconds of the processor. */
function spentReading(text: string): number {
  const start = process.cpuUsage()
  officialText(text)
  const { user, system } = process.cpuUsage(start)
  return user + system
}

test.each<readonly [string, (row: number) => string]>([
  ['short lines', () => '标题文字'],
  ['rows of a table', (row) => `项目${row}|内容|${row}分`],
  ['articles', (row) => `第${row + 1}条 内容得1分。`],
  ['numbers that begin again', () => '第一条 内容得1分。'],
])('an official text of four times as many %s', (_, line) => {
  const paper = (count: number) => Array.from({ length: count }, (_one, row) => line(row)).join('\n')
  spentReading(paper(1000))
  const [less, more] = [2000, 8000].map((count) => Math.min(spentReading(paper(count)), spentReading(paper(count)))) as [number, number]
  expect(more / less).toBeLessThan(8)
  // And none is too long for it.
  expect(officialText(paper(20_000)).lines.length).toBe(20_000)
})
