// Proof of sameness: generated policies × generated people through every engine. COUNT sets how many are compared; what differs
// stands in the message with its policy and person, to become an entry of the corpus.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { readFacts, type WrittenFacts } from '../../runtime/facts.ts'
import { seedOr, times } from '../whole.ts'
import { columnsEngine, duckdbEngine, interpreted, javascriptEngine, openDuckdb, planned } from './engines.ts'
import { anyListPeople, anyListScheme } from './random-lists.ts'
import { anyPeople, anyScheme } from './random-policy.ts'
import { anyTablePeople, anyTableScheme } from './random-tables.ts'
import { anyWidePeople, anyWideScheme } from './random-wide.ts'
import { reviewDay } from './support.ts'

const pairs = times(4500, 60_000)
/** Each kind of policy has its part of them. */
const kinds = 4
const crowd = 200
const seed = seedOr(20_261_123)

test.each([
  ['facts', anyScheme, anyPeople(crowd)],
  ['lists', anyListScheme, anyListPeople(crowd)],
  ['the edges', anyWideScheme, anyWidePeople(crowd)],
  ['tables', anyTableScheme, anyTablePeople(crowd)],
] as const)('policies over %s give everybody the same in every engine', async (name, scheme, people) => {
  const connection = await openDuckdb()
  let compared = 0
  for (let round = 0; compared * kinds < pairs && round < pairs; round += 1) {
    const [drawn] = fc.sample<{ readonly text: string }>(scheme, { numRuns: 1, seed: seed + round })
    const { policy } = compile(drawn?.text ?? '')
    // A draw that means nothing is drawn again; how many have a plan stands in the test of what is reached.
    if (!policy) continue
    const use = { scenario: policy.scenarios[(round >> 1) % Math.max(1, policy.scenarios.length)]?.name }
    const plan = planned(policy, reviewDay, use)
    const [written = []] = fc.sample<readonly WrittenFacts[]>(people, { numRuns: 1, seed: seed - 1 - round })
    const read = written.map((person) => readFacts(policy, person).facts)
    // Every other module in as many functions as it has statements.
    const most = round % 2 === 0 ? undefined : 100
    const javascript = await javascriptEngine(policy, plan, most)
    const columns = (await columnsEngine(policy, plan, most))(read)
    // Points that lapse have no query.
    const database = await duckdbEngine(connection, policy, plan)
    const rows = await database?.(read)
    for (const [n, facts] of read.entries()) {
      const wanted = interpreted(policy, reviewDay, use, facts)
      for (const found of [javascript(facts), columns[n], ...(database ? [rows?.[n]] : [])])
        if (JSON.stringify(found) !== JSON.stringify(wanted))
          expect({ text: drawn?.text, person: written[n], outcome: found }).toEqual({ text: drawn?.text, person: written[n], outcome: wanted })
    }
    compared += read.length
    if (process.env.COUNT !== undefined && round % 100 === 0) console.log(`${name}: ${compared} pairs`)
  }
  expect(compared * kinds).toBeGreaterThanOrEqual(pairs)
})

// A window over equal periods is in no order of its own: of two windows each took another one for the first, in crowds like these.
test.each([1, 2, 3, 4, 5])('a period that is given twice counts once, in crowd %i', async (crowdSeed) => {
  const { policy } = compile(`政策 试 {
    基准日 审核日
    事实 参保: 时段 { }
    指标 月 { 每1次 次数(参保 连续至 审核日 允许间断1个月 间断不计) 得1分 }
    总分 = 月
  }`)
  const [written = []] = fc.sample<readonly WrittenFacts[]>(anyListPeople(crowd), { numRuns: 1, seed: crowdSeed })
  const insured = written.map(({ 参保 }) => JSON.parse(参保 || '[]') as Readonly<Record<string, string>>[]).filter(({ length }) => length > 0)
  const people = insured.map((periods) => readFacts(policy!, { 参保: JSON.stringify(periods.map(({ 起, 止 }) => ({ 起, 止 }))) }).facts)
  const rows = await (await duckdbEngine(await openDuckdb(), policy!, planned(policy!, reviewDay, {})))?.(people)
  expect(rows).toEqual(people.map((facts) => interpreted(policy!, reviewDay, {}, facts)))
})
