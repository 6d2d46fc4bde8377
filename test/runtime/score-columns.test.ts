// Every column of a file of scores is called otherwise than the rest, whatever the items are called.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { duckdb } from '../../runtime/sql/dialect.ts'
import { scoresTable } from '../../runtime/sql/score-table.ts'
import { planned } from './engines.ts'
import { runOf } from './support.ts'

const text = `policy p {
  as of d
  indicator state { award 1 points }
  indicator 「ID」 { award 1 points }
  indicator a { award 1 points }
  indicator 「a lowest」 { award 1 points }
  group g { indicator 「total」 { award 1 points } }
  total = state + ID + a + g
}`
const dates = { d: '2025-03-01' }

test.each(['zh', 'en'] as const)('%s', (language) => {
  const { policy } = compile(text)
  if (!policy) throw new Error('the policy does not check')
  const names = (bounds: boolean) =>
    scoresTable(runOf(policy, dates, {}), planned(policy, dates, {}), duckdb, { bounds, language }).columns.map(({ name }) => name)
  for (const bounds of [false, true]) expect(names(bounds)).toEqual([...new Set(names(bounds))])
  const own = { zh: ['state', 'ID', 'a', 'a lowest', 'g', 'total'], en: ['state（2）', 'ID（2）', 'a', 'a lowest', 'g', 'g.total'] }
  expect(names(false).slice(-6)).toEqual(own[language])
})
