// Items that differ in capitals alone keep a column each, with its own points, in every format.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import type { Format } from '../../runtime/batch/people.ts'
import { scoreFile } from '../../runtime/batch/score-file.ts'
import { openDuckdb } from '../runtime/engines.ts'
import { policyOf, runOf } from '../runtime/support.ts'

const facts = '事实 甲项: 整数 次 范围 0..9'
const policies = {
  'beside each other': [`${facts} 指标 B { 每1次 甲项 得1分 } 指标 b { 每1次 甲项 得2分 } 总分 = B + b`, ['B', 'b']],
  'in two groups': [
    `${facts} 指标组 甲 { 指标 B { 每1次 甲项 得1分 } } 指标组 乙 { 指标 b { 每1次 甲项 得2分 } } 总分 = 甲 + 乙`,
    ['甲', '甲.B', '乙', '乙.b'],
  ],
  'a group and what is in it': [`${facts} 指标组 Aa { 指标 AA { 每1次 甲项 得1分 } 指标 「a"a」 { 每1次 甲项 得2分 } } 总分 = Aa`, ['Aa', 'Aa.AA', 'a"a']],
  'three of one name': [
    `${facts} 指标 Xy { 每1次 甲项 得1分 } 指标 xY { 每1次 甲项 得2分 } 指标 xy { 每1次 甲项 得3分 } 总分 = Xy + xY + xy`,
    ['Xy', 'xY', 'xy'],
  ],
  'signs with a meaning elsewhere': [`${facts} 指标 「$&A」 { 每1次 甲项 得1分 } 指标 「$&a」 { 每1次 甲项 得2分 } 总分 = 「$&A」 + 「$&a」`, ['$&A', '$&a']],
  'letters of another alphabet': [`${facts} 指标 Д { 每1次 甲项 得1分 } 指标 д { 每1次 甲项 得2分 } 总分 = Д + д`, ['Д', 'д']],
} as const

interface Read {
  readonly rows: readonly (readonly [name: string, value: string])[][]
  readonly notices: readonly (readonly [code: string, column: string, value: string])[]
}

async function scored(text: string, format: Format, people: string): Promise<Read> {
  const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
  const out = join(folder, `out.${format}`)
  try {
    await writeFile(join(folder, 'people.csv'), people)
    const result = await scoreFile({
      run: runOf(policyOf(text)),
      inputs: { people: { path: join(folder, 'people.csv'), format: 'csv' }, records: new Map() },
      out: { path: out, format, byteOrderMark: format === 'csv' },
      rejects: undefined,
      language: 'zh',
      stdout: new Writable(),
      onProgress: undefined,
    })
    if (!result.ok) throw new Error(JSON.stringify(result))
    const table = async (): Promise<readonly (readonly unknown[])[]> => {
      if (format === 'csv') return parse(await readFile(out, 'utf8'), { bom: true }) as string[][]
      if (format === 'xlsx') return readSheet(out) as never
      if (format === 'jsonl') {
        const lines = (await readFile(out, 'utf8')).trim().split('\n')
        return [Object.keys(JSON.parse(lines[0] ?? '{}')), ...lines.map((line) => Object.values(JSON.parse(line)))]
      }
      const reader = await (await openDuckdb()).runAndReadAll(`SELECT * FROM '${out}'`)
      return [reader.columnNames(), ...reader.getRows().map((row) => row.map(String))]
    }
    const [header = [], ...rows] = await table()
    return {
      rows: rows.map((row) => header.map((name, i) => [String(name).replace(/（\d）$/, ''), String(row[i])] as const)),
      notices: result.summary.notices.map(({ code, column, value }) => [code, column, value] as const),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

test.each(
  Object.entries(policies).flatMap(([what, [text, names]]) =>
    (['csv', 'jsonl', 'xlsx', 'parquet'] as const).map((format) => [what, format, text, names] as const),
  ),
)('%s, as %s', async (_, format, text, names) => {
  const {
    rows: [, second],
    notices,
  } = await scored(text, format, '编号,甲项\n甲,0\n"乙""，,",7\n')
  const own = (second ?? []).slice(4)
  expect(own.map(([name]) => name)).toEqual(names)
  expect(notices.filter(([code]) => format !== 'parquet' || code !== 'column-renamed')).toEqual([])
  expect((second ?? []).slice(0, 2)).toEqual([
    ['编号', '乙"，,'],
    ['状态', '符合条件'],
  ])
  const items = own.filter(([name]) => !['甲', '乙', 'Aa'].includes(name)).map(([, value]) => Number(value))
  expect(items).toEqual([7, 14, 21].slice(0, items.length))
})

test('a file in which nobody is scored has its header alone', async () => {
  const [text] = policies['beside each other']
  expect((await scored(text, 'csv', '编号,甲项\n甲,x\n')).rows).toEqual([])
})

test('a column that a format calls otherwise is told', async () => {
  const [text] = policies['three of one name']
  expect((await scored(text, 'parquet', '编号,甲项\n甲,1\n')).notices).toEqual([
    ['column-renamed', 'xY', 'xY（2）'],
    ['column-renamed', 'xy', 'xy（3）'],
  ])
})
