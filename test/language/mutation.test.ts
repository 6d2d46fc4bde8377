// Thousands of slips in valid policies: each must leave a tree and diagnostics, and a text that still compiles must format.
// A failing seed and its text are printed.

import { expect, test } from 'vitest'
import { seedOr, times } from '../whole.ts'
import { mutate, seeded } from './mutate.ts'
import { brokenPromise } from './promises.ts'
import { validPolicies } from './underline.ts'

const count = times(150, 5000)
const first = seedOr(20_230_726)

const policies = validPolicies()

test.each(policies.map(({ name, text }) => [name, text]))('%s keeps every promise as it stands', (_name, text) => {
  expect(brokenPromise(text)).toBe(undefined)
})

test(`${count} slips leave a tree, diagnostics and a formatter that keeps its word`, () => {
  const broken: string[] = []
  for (let i = 0; i < count && broken.length < 3; i += 1) {
    const seed = first + i
    const policy = policies[seed % policies.length]
    if (!policy) break
    const { text, changes } = mutate(policy.text, seeded(seed))
    const promise = brokenPromise(text)
    if (promise !== undefined) broken.push(`SEED=${seed} COUNT=1 (${policy.name}: ${changes.join(', ')})\n${promise}\n---- the text\n${text}`)
  }
  expect(broken.join('\n\n')).toBe('')
})
