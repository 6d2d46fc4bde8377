// The file of rejected rows, and what brings a row there.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { scoreFile } from '../../runtime/batch/score-file.ts'
import { policyOf, runOf } from '../runtime/support.ts'
import { scored } from './run.ts'

const policy = policyOf(`
  事实 奖: 记录 { 分: 整数 分 范围 0..9 } 必填
  指标 甲 { 对每条 奖 得 分 }
  总分 = 甲`)

test.each([
  ['csv', '编号,奖\n甲,"[{""分"":3}]"\n乙,\n丙,[]\n'],
  ['jsonl', '{"编号":"甲","奖":[{"分":3}]}\n{"编号":"乙"}\n{"编号":"丙","奖":[]}\n'],
])('a list that everybody has to give is missing, and one that is empty is not (%s)', async (format, text) => {
  const { totals, rejects } = await scored(policy, [`p.${format}`, text])
  expect(totals).toEqual([
    ['甲', '3'],
    ['丙', '0'],
  ])
  expect(rejects.map(([line, key, column]) => [line, key, column])).toEqual([[format === 'csv' ? '3' : '2', '乙', '奖']])
})

test('it opens in a spreadsheet as what it is, whatever was asked of the scores', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
  await writeFile(join(folder, 'p.csv'), '编号,奖\n甲,\n')
  for (const byteOrderMark of [false, true]) {
    const result = await scoreFile({
      run: runOf(policy),
      inputs: { people: { path: join(folder, 'p.csv'), format: 'csv' }, records: new Map() },
      out: { path: join(folder, 'out.csv'), format: 'csv', byteOrderMark },
      rejects: join(folder, 'rejects.csv'),
      language: 'zh',
      stdout: new Writable(),
      onProgress: undefined,
    })
    expect(result).toMatchObject({ ok: true, summary: { rejected: 1 } })
    const marked = async (name: string) => (await readFile(join(folder, name), 'utf8')).startsWith('\ufeff')
    expect([await marked('rejects.csv'), await marked('out.csv')]).toEqual([true, byteOrderMark])
  }
  await rm(folder, { recursive: true })
})
