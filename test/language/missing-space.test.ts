// A forgotten blank is noticed or does no harm: every blank between two tokens of a line (one in twelve of them in
// `npm test`) is left out, one at a time, and the text must then have an error or mean exactly what it meant.

import { expect, test } from 'vitest'
import { oneIn } from '../whole.ts'
import { compileValid, meaning, validPolicies } from './underline.ts'

const step = oneIn(12)

test.each(validPolicies().map(({ name, text }) => [name, text]))('%s: no missing blank goes unnoticed and changes the policy', (_name, text) => {
  const { parsed, policy, cases } = compileValid(text)
  expect(policy).toBeDefined()
  const harmful: string[] = []
  parsed.tokens.forEach((token, i) => {
    const next = parsed.tokens[i + 1]
    if (!next) return
    const from = (token.endOffset ?? token.startOffset) + 1
    const between = text.slice(from, next.startOffset)
    if (between === '' || !/^[ \t\u3000]+$/.test(between) || i % step !== 0) return
    const shorter = text.slice(0, from) + text.slice(next.startOffset)
    const after = compileValid(shorter)
    if (!after.policy) return
    const same =
      JSON.stringify(policy && meaning(policy)) === JSON.stringify(meaning(after.policy)) &&
      JSON.stringify(cases.map(({ place: _, ...rest }) => rest)) === JSON.stringify(after.cases.map(({ place: _, ...rest }) => rest))
    if (!same) harmful.push(text.slice(Math.max(0, token.startOffset - 15), (next.endOffset ?? next.startOffset) + 16).replaceAll('\n', '⏎'))
  })
  expect(harmful).toEqual([])
})
