// Of every slip that people make when they type: one finding, at its place, in the right words, with the right fix.

import { expect, test } from 'vitest'
import { shortfalls, slips } from './slips.ts'

test('slips are called by different names', () => {
  expect(new Set(slips.map(({ name }) => name)).size).toBe(slips.length)
})

test('no fewer slips are answered rightly than before', () => {
  expect(slips.filter((slip) => shortfalls(slip).length === 0).length).toBeGreaterThanOrEqual(11)
})
