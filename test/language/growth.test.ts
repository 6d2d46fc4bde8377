// What a check costs grows with the length of a policy, not with its square. Of four times as many indicators, in groups, in one, in one total
// and over definitions, it takes about four times the time of the processor; sixteen would be its square, and half of that is a fault.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
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
