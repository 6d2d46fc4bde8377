// Everybody in a file is scored or told, whatever the file is called and whoever wrote it; nobody else is.

import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { loadFile } from '../../runtime/batch/load.ts'
import { openSession } from '../../runtime/batch/session.ts'
import { encodeGb18030 } from '../cli/gb18030.ts'
import { policyOf } from '../runtime/support.ts'
import { scored, summaryOf } from './run.ts'

const residents = policyOf(`
  事实 月数: 整数 个月   范围 0..600
  事实 残疾: 是否
  指标 居住 { 每满1个月 月数 得0.5分 }
  指标 残疾 { 当 残疾 得3分 }
  总分 = 居住 + 残疾`)

const donors = policyOf(`
  事实 基分: 整数 分   范围 0..100
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升 范围 0..1000 }   缺省 []
  指标 基本 { 得 基分 }
  指标 献血 { 每满200毫升 合计(献血 近3年(审核日), 毫升) 得1分 }
  总分 = 基本 + 献血`)

const firms = policyOf(`
  事实 企业: 文本
  指标 企业 { 当 企业 = "柳塘纺织" 得1分 }
  总分 = 企业`)

describe('a line break in a heading', () => {
  test.each([
    ['as Excel writes it', '\ufeff编号,月数,残疾,"备注\n（可不填）"\r\n甲,60,否,\r\n乙,12,是,\r\n'],
    ['in the first heading of a file with LF', '"备注\r\n（可不填）",编号,月数,残疾\n,甲,60,否\n,乙,12,是\n'],
    ['that is a carriage return alone', '编号,月数,残疾,"备\r注"\n甲,60,否,\n乙,12,是,\n'],
    ['in a file of carriage returns', '编号,月数,残疾,"备\n注"\r甲,60,否,\r乙,12,是,\r'],
    ['and in a cell, without an end to the last line', '编号,月数,残疾,"备\n注"\r\n甲,60,否,"x\ny"\r\n乙,12,是,'],
    ['of a column that is used', '"编号",月数,"残疾",备注,"\n"\r\n甲,60,否,,\r\n乙,12,是,,\r\n'],
  ])('%s loses nobody', async (_, text) => {
    const run = await scored(residents, ['people.csv', text])
    expect(run.totals).toEqual([
      ['甲', '30'],
      ['乙', '9'],
    ])
    expect(summaryOf(run)).toMatchObject({ read: 2, scored: 2 })
  })

  test('of a file of records loses no record', async () => {
    const run = await scored(donors, ['people.csv', '编号,基分\n甲,10\n'], { 献血: ['r.csv', '编号,日期,毫升,"备\n注"\r\n甲,2024-01-01,400,\r\n'] })
    expect(run.totals).toEqual([['甲', '12']])
  })

  test('loses nobody of many', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `k${i},60,否,\r\n`)
    const run = await scored(residents, ['people.csv', `编号,月数,残疾,"备\n注"\r\n${rows.join('')}`])
    expect(summaryOf(run)).toMatchObject({ read: 30_000, scored: 30_000 })
  })
})

test('line breaks in cells of many rows leave every row what it is', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `k${i},${i % 600},否,"${'多行\n'.repeat(i % 7)}"\r\n`)
  const run = await scored(residents, ['people.csv', `编号,月数,残疾,备注\r\n${rows.join('')}`])
  expect(run.totals).toEqual(rows.map((_, i) => [`k${i}`, String((i % 600) / 2)]))
})

describe('a file that gives nobody', () => {
  test.each([
    ['people.csv', '编号,月数,残疾\n'],
    ['people.csv', '\ufeff编号,月数,残疾'],
    ['people.csv', '编号,月数,残疾\r\n\r\n\r\n'],
    ['people.jsonl', '\n\n'],
    ['people.jsonl', ''],
  ])('%s is an error (%j)', async (name, text) => {
    expect((await scored(residents, [name, text])).result).toMatchObject({ ok: false, problems: [{ code: 'no-rows' }] })
  })

  test('is told when it is one of records', async () => {
    const run = await scored(donors, ['people.csv', '编号,基分\n甲,10\n'], { 献血: ['r.csv', '编号,日期,毫升\n'] })
    expect(summaryOf(run).notices).toMatchObject([{ code: 'no-records', column: '献血' }])
  })
})

describe('records that belong to nobody', () => {
  const people = ['people.csv', '编号,基分\n0012,10\n乙,20\n330421199001010011,30\n甲A,1\n'] as const
  test.each([
    ['0012 ', '0012'],
    ['12', '0012'],
    ['３３０４２１１９９００１０１００１１', '330421199001010011'],
    ['330421199001010O11', '330421199001010011'],
    ['330421199001010012', '330421199001010011'],
    ['\u200b乙', '乙'],
    ['甲a', '甲A'],
    ['已', undefined],
  ])('%j is told with the key that was meant', async (key, near) => {
    const run = await scored(donors, people, { 献血: ['r.csv', `编号,日期,毫升\n乙,2024-01-01,200\n${key},2024-01-01,400\n`] })
    expect(run.totals.map(([, total]) => total)).toEqual(['10', '21', '30', '1'])
    const data = near === undefined ? {} : { near }
    expect(summaryOf(run)).toMatchObject({
      read: 4,
      scored: 4,
      rejected: 0,
      unclaimed: 1,
      rejections: [{ row: 3, key, problem: { code: 'record-of-nobody', data } }],
    })
    expect(run.rejects.map(([row, own, column]) => [row, own, column])).toEqual([['3', key, '献血']])
  })

  test.each(['jsonl', 'csv'])('and columns that no record has are told (%s)', async (format) => {
    const text = format === 'csv' ? '编号,日期,毫升,毫开\n乙,2024-01-01,200,1\n' : '{"编号":"乙","日期":"2024-01-01","毫升":200,"毫开":1}\n'
    const run = await scored(donors, people, { 献血: [`r.${format}`, text] })
    expect(summaryOf(run).notices).toMatchObject([{ code: 'unknown-record-column', column: '献血', value: '毫开' }])
  })

  test('and a column that stands twice stops the run', async () => {
    const run = await scored(donors, people, { 献血: ['r.csv', '编号,日期,毫升,毫升\n乙,2024-01-01,200,400\n'] })
    expect(run.result).toMatchObject({ ok: false, problems: [{ code: 'duplicate-column', column: '毫升' }] })
  })

  test('of a row that is rejected itself are not told again', async () => {
    const run = await scored(donors, ['people.csv', '编号,基分\n甲,x\n乙,1\n'], { 献血: ['r.csv', '编号,日期,毫升\n甲,2024-01-01,200\n'] })
    expect(summaryOf(run)).toMatchObject({ rejected: 1, unclaimed: 0 })
  })
})

describe('a name that a database takes for a pattern', () => {
  const right = '编号,月数,残疾\n甲,60,否\n'
  const wrong = '编号,月数,残疾\n错,1,是\n'
  test.each(['g[1].csv', 'r*.csv', 'r?.csv', '{a,b}.csv', "it's.csv", '[!a].csv', 'a**.csv'])('%s is the name of one file', async (name) => {
    const others = { 'g1.csv': wrong, 'r1.csv': wrong, 'a.csv': wrong, 'b.csv': wrong, 'its.csv': wrong, 'ab.csv': wrong }
    expect((await scored(residents, [name, right], {}, others)).totals).toEqual([['甲', '30']])
    const records = { 献血: [name, '编号,日期,毫升\n乙,2024-01-01,200\n'] as const }
    expect((await scored(donors, ['people.csv', '编号,基分\n乙,2\n'], records, others)).totals).toEqual([['乙', '3']])
  })

  test('is one for Parquet too, and no column comes from the name of a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
    const inside = join(folder, '月数=7')
    await mkdir(inside)
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const write = (path: string, months: number) => connection.run(`COPY (SELECT '甲' AS 编号, ${months} AS 月数, false AS 残疾) TO '${path}'`)
    await write(join(folder, 'a.parquet'), 60)
    await write(join(inside, 'p1.parquet'), 12)
    for (const name of ['p[1].parquet', 'p*.parquet', 'p?.parquet']) {
      const run = await scored(residents, [name, await readFile(join(folder, 'a.parquet'))], {}, { 'p1.parquet': await readFile(join(inside, 'p1.parquet')) })
      expect(run.totals).toEqual([['甲', '30']])
    }
    const path = join(inside, 'p1.parquet')
    const session = await openSession({ read: [path], written: undefined })
    await loadFile(session, { path, format: 'parquet' }, 't', ['月数', '残疾'], () => true)
    expect(await session.rows('SELECT k, x0 FROM t')).toEqual([['甲', '12']])
    session.close()
    await rm(folder, { recursive: true })
  })

  test('reaches no file but those that are given', async () => {
    const session = await openSession({ read: [], written: undefined })
    await expect(session.run(`SELECT * FROM read_csv('${import.meta.filename}')`)).rejects.toThrow()
    await expect(session.run('SET enable_external_access = true')).rejects.toThrow()
    session.close()
  })
})

describe('a carriage return in a text', () => {
  const rows = [
    ['甲', '柳塘\r\n纺织'],
    ['乙', '柳塘纺织'],
  ] as const
  const json = (list: readonly (readonly [string, string])[]) => list.map(([key, text]) => `${JSON.stringify({ 编号: key, 企业: text })}\n`).join('')
  test.each([
    ['the first record of JSONL', 'p.jsonl', json(rows)],
    [
      'a key',
      'p.jsonl',
      json([
        ['\r甲', '柳塘'],
        ['乙', '柳塘纺织'],
      ]),
    ],
    ['a CSV in GB18030', 'p.csv', encodeGb18030('编号,企业\r\n甲,"柳塘\r纺织"\r\n乙,柳塘纺织\r\n')],
    ['a CSV that our own reader takes', 'p.csv', '编号,企业\r\n甲,"柳塘\r纺织"\n乙,柳塘纺织\n'],
    ['a CSV beside a broken row', 'p.csv', '编号,企业\n甲,"柳塘\r\n纺织"\n乙,柳塘纺织\n丙,"x"y\n'],
    [
      'a text with quotes, NUL and a tab',
      'p.jsonl',
      json([
        ['甲', '"\0\t\r\n\\'],
        ['乙', '柳塘纺织'],
      ]),
    ],
  ])('%s stops nobody', async (_, name, contents) => {
    const run = await scored(firms, [name, contents])
    expect(run.totals.map(([, total]) => total)).toEqual(['0', '1'])
  })

  test('half a character is no text', async () => {
    const run = await scored(firms, ['p.jsonl', '{"编号":"甲","企业":"\\ud840"}\n{"编号":"乙","企业":"柳塘纺织"}\n'])
    expect(summaryOf(run)).toMatchObject({ scored: 1, rejections: [{ row: 1, problem: { code: 'not-text' } }] })
  })
})

describe('a long cell', () => {
  const lines = (count: number) => '错,60,否,\n'.repeat(count)
  test.each([
    ['of 3 MB', 280_000],
    ['of 20 MB', 1_900_000],
  ])('%s is one cell, and nobody stands in it', async (_, count) => {
    const run = await scored(residents, ['people.csv', `编号,月数,残疾,备注\n甲,60,否,"${lines(count)}"\n乙,12,是,\n`])
    expect(run.totals).toEqual([
      ['甲', '30'],
      ['乙', '9'],
    ])
  })

  test('whose quote is never closed costs its own line', async () => {
    const run = await scored(residents, [
      'people.csv',
      `编号,月数,残疾,备注\n甲,60,否,"x\n${'乙,12,是,\n'.replace('乙', 'k')}${Array.from({ length: 200_000 }, (_, i) => `k${i},12,是,\n`).join('')}`,
    ])
    expect(summaryOf(run)).toMatchObject({ read: 200_002, scored: 200_001, rejected: 1 })
  })

  test('of a workbook or JSON is one cell as well', async () => {
    const run = await scored(firms, ['p.jsonl', `${JSON.stringify({ 编号: '甲', 企业: 'x\n'.repeat(2_000_000) })}\n{"编号":"乙","企业":"柳塘纺织"}\n`])
    expect(run.totals).toEqual([
      ['甲', '0'],
      ['乙', '1'],
    ])
  })
})

describe('a file that changes while it is read', () => {
  test.each(['csv', 'jsonl', 'parquet'] as const)('stops the run (%s)', async (format) => {
    const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
    const [path, other] = [join(folder, `people.${format}`), join(folder, 'other')]
    if (format === 'parquet') {
      const connection = await (await DuckDBInstance.create(':memory:')).connect()
      for (const target of [path, other]) await connection.run(`COPY (SELECT '甲' AS 编号, 60 AS 月数) TO '${target}' (FORMAT parquet)`)
    } else for (const target of [path, other]) await writeFile(target, format === 'csv' ? '编号,月数\n甲,60\n' : '{"编号":"甲","月数":60}\n')
    const session = await openSession({ read: [path, other], written: undefined })
    const swapped = loadFile(session, { path, format }, 't', ['月数'], () => {
      // The header has been read, the rows have not.
      renames.push(rename(other, path))
      return true
    })
    await expect(swapped).rejects.toMatchObject({ problem: { code: 'file-changed' } })
    session.close()
    await rm(folder, { recursive: true })
  })
  const renames: Promise<void>[] = []
})

test('an instant is no day, whatever the zone of the machine', async () => {
  const born = policyOf('事实 生日: 日期 指标 甲 { 当 生日 < 2000-01-01 得1分 } 总分 = 甲')
  const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
  const path = join(folder, 'p.parquet')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    `COPY (SELECT '甲' AS 编号, timestamptz '1999-12-31 16:00:00+00' AS 生日 UNION ALL SELECT '乙', timestamptz '1990-01-01 00:00:00+00') TO '${path}'`,
  )
  await connection.run(`COPY (SELECT '甲' AS 编号, timestamp '1999-12-31' AS 生日) TO '${path}.plain'  (FORMAT parquet)`)
  expect(summaryOf(await scored(born, ['p.parquet', await readFile(path)]))).toMatchObject({
    rejected: 2,
    rejections: [{ problem: { code: 'not-a-date', value: '1999-12-31 16:00:00+00' } }, {}],
  })
  expect((await scored(born, ['p.parquet', await readFile(`${path}.plain`)])).totals).toEqual([['甲', '1']])
  await rm(folder, { recursive: true })
})
