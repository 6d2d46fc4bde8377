// Proof of sameness: generated policies × generated people through every engine. A seed that fails stands in the message.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { readFacts, type WrittenFacts } from '../../runtime/facts.ts'
import { columnsEngine, duckdbEngine, interpreted, javascriptEngine, openDuckdb, planned } from './engines.ts'
import { anyPeople, anyScheme } from './random-policy.ts'
import { reviewDay } from './support.ts'

test('200 generated policies give 200 generated people the same in every engine', { timeout: 600_000 }, async () => {
  const schemes = fc.sample(anyScheme, { numRuns: 400, seed: 20_261_123 })
  const crowds = fc.sample(anyPeople(200), { numRuns: 400, seed: 20_261_124 })
  const connection = await openDuckdb()
  let compared = 0
  for (const [i, { text }] of schemes.entries()) {
    const { policy } = compile(text)
    if (!policy || compared === 200) continue
    const plan = planned(policy, reviewDay, {})
    const people = (crowds[i] as readonly WrittenFacts[]).map((written) => ({ written, facts: readFacts(policy, written).facts }))
    const javascript = await javascriptEngine(policy, plan)
    const rows = await (await duckdbEngine(connection, policy, plan))?.(people.map(({ facts }) => facts))
    const columns = (await columnsEngine(policy, plan))(people.map(({ facts }) => facts))
    for (const [n, { written, facts }] of people.entries()) {
      const wanted = interpreted(policy, reviewDay, {}, facts)
      for (const found of [javascript(facts), columns[n], rows?.[n]])
        if (JSON.stringify(found) !== JSON.stringify(wanted)) expect({ text, written, outcome: found }).toEqual({ text, written, outcome: wanted })
    }
    compared += 1
  }
  expect(compared).toBe(200)
})
