// Kinds of files: what goes in and out of Parquet, names that a database takes for one, and rows that only seem to be in their
// written form.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { DuckDBInstance } from '@duckdb/node-api'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import type { Format } from '../../runtime/batch/people.ts'
import { type JobResult, scoreFile } from '../../runtime/batch/score-file.ts'
import { workbookProblem } from '../../runtime/batch/workbook.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { policyOf, runOf } from '../runtime/support.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
})
afterAll(() => rm(folder, { recursive: true }))

const query = async (sql: string): Promise<unknown> => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  return (await connection.runAndReadAll(sql)).getRowsJson()
}

const score = (policy: Policy, people: string, out: string): Promise<JobResult> =>
  scoreFile({
    run: runOf(policy),
    inputs: { people: { path: people, format: people.split('.').pop() as Format }, records: new Map() },
    out: { path: out, format: out.split('.').pop() as Format, byteOrderMark: true },
    rejects: join(folder, 'rejects.csv'),
    language: 'zh',
    stdout: new Writable(),
    onProgress: undefined,
  })

const donor = policyOf(`
  事实 月数: 整数 个月   范围 0..600
  事实 在住: 是否
  事实 生日: 日期
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升   范围 0..1000 }
  指标 甲 { 每1个月 月数 得0.25分 }
  指标 乙 累加 { 每满200毫升 合计(献血, 毫升) 得1分   当 在住 得2分   当 生日 < 2000-01-01 得3分 }
  总分 = 甲 + 乙`)

describe('Parquet', () => {
  test('is read with its types, and written with points as decimals', async () => {
    const [people, out] = [join(folder, 'people.parquet'), join(folder, 'out.parquet')]
    const list = "[{'日期': date '2024-01-01', '毫升': 400}]"
    await query(`COPY (SELECT 'a' AS 编号, 3 AS 月数, true AS 在住, date '1990-05-01' AS 生日, ${list} AS 献血
      UNION ALL SELECT 'b', NULL, NULL, NULL, NULL UNION ALL SELECT 'c', 601, false, NULL, []) TO '${people}'`)
    expect(await score(donor, people, out)).toMatchObject({
      ok: true,
      summary: { read: 3, scored: 2, rejections: [{ key: 'c', problem: { code: 'out-of-range' } }] },
    })
    expect(await query(`SELECT * FROM '${out}'`)).toEqual([
      ['a', '符合条件', '7.75', null, '0.75', '7'],
      ['b', '符合条件', '0.00', '月数、在住、生日、献血', '0.00', '0'],
    ])
    expect(await query(`SELECT typeof(总分), typeof(乙) FROM '${out}' LIMIT 1`)).toEqual([['DECIMAL(18,2)', 'DECIMAL(18,0)']])
  })

  test('by name only is told', async () => {
    const people = join(folder, 'bad.parquet')
    await writeFile(people, 'no parquet')
    expect(await score(donor, people, join(folder, 'out.csv'))).toMatchObject({ ok: false, problems: [{ code: 'not-parquet' }] })
  })
})

test('fields whose names differ in case only are two', async () => {
  const policy = policyOf(`
    事实 献血: 记录 { a: 整数 毫升   范围 0..1000；A: 整数 毫升   范围 0..1000 }
    指标 甲 { 每1毫升 合计(献血, a) 得1分 }
    指标 乙 { 每1毫升 合计(献血, A) 得1分 }
    总分 = 甲 + 乙`)
  const people = join(folder, 'case.jsonl')
  await writeFile(people, '{"编号":"x","献血":[{"a":1,"A":20},{"a":2,"A":30}]}\n')
  expect(await score(policy, people, join(folder, 'case.csv'))).toMatchObject({ ok: true })
  expect(await readFile(join(folder, 'case.csv'), 'utf8')).toBe('\ufeff编号,状态,总分,待核实,甲,乙\nx,符合条件,53,,3,50\n')
})

test('what only seems to be in its written form is told as the reader of facts tells it', async () => {
  const people = join(folder, 'seems.csv')
  const rows = [
    '-0,,,[]',
    '007,,,[]',
    ' 7,,,[]',
    '7,,2024-02-30,[]',
    '7,,infinity,[]',
    '7,true,,[]',
    '1e2,,,[]',
    '7,,,"[{""日期"":""2024-01-01"",""毫升"":-0}]"',
  ]
  const commas = ['7,,,"[{""日期"":""2024-01-01"",""毫升"":400},]"', '7,,,"[{""日期"":""2024-01-01"",""毫升"":400,}]"', '\ufeff7,,,[]']
  const more = ['7,,,"[{""日期"":""2024-01-01"",""毫升"":""4"",""日期"":""2024-01-02""}]"', '7,,,"[{""日期"":""2024-01-01"",""毫升"":4e1}]"', '7,,,{}']
  const all = [...rows, ...more, ...commas]
  await writeFile(people, ['编号,月数,在住,生日,献血', ...all.map((row, i) => `p${i},${row}`)].join('\n'))
  const result = await score(donor, people, join(folder, 'seems-out.csv'))
  expect(result).toMatchObject({ ok: true, summary: { read: all.length, scored: 0, rejected: all.length } })
  if (!result.ok) return
  expect(result.summary.rejections.map(({ problem }) => problem.code)).toEqual([
    'not-a-number',
    'not-a-number',
    'not-a-number',
    'no-such-day',
    'not-a-date',
    'not-yes-or-no',
    'not-a-number',
    'not-a-number',
    'repeated-name',
    'not-a-number',
    'not-records',
    'not-records',
    'not-records',
    'not-a-number',
  ])
})

test('a text that everybody has may not be empty', async () => {
  const policy = policyOf(`
    事实 户: 文本 必填
    事实 在住: 是否
    指标 甲 { 当 在住 得2分 }
    总分 = 甲`)
  await writeFile(join(folder, 'required.csv'), '编号,户,在住\na,,是\nb,x,是\n')
  expect(await score(policy, join(folder, 'required.csv'), join(folder, 'required-out.csv'))).toMatchObject({
    ok: true,
    summary: { scored: 1, rejections: [{ key: 'a', problem: { code: 'required-missing' } }] },
  })
})

describe('xlsx', () => {
  type Value = string | number | boolean | Date | { readonly value: string; readonly type: 'Formula' } | null
  const sheet = (name: string, rows: readonly (readonly Value[])[]): Promise<void> =>
    writeWorkbook(rows.map((row) => row.map((value) => (value instanceof Date ? { value, type: Date, format: 'yyyy"年"m"月"d"日"' } : value)))).toFile(
      join(folder, name),
    )

  test('a day with a time of day is told with it, and is no date', async () => {
    await sheet('times.xlsx', [
      ['编号', '月数', '在住', '生日', '献血'],
      ['a', 3, true, new Date(Date.UTC(1990, 4, 1, 12)), '[]'],
    ])
    expect(await score(donor, join(folder, 'times.xlsx'), join(folder, 'times.csv'))).toMatchObject({
      ok: true,
      summary: { rejections: [{ key: 'a', problem: { code: 'not-a-date', column: '生日', value: '1990-05-01 12:00:00' } }] },
    })
  })

  test('is read with dates, numbers as they show, texts that look like numbers, and unnamed columns told', async () => {
    await sheet('people.xlsx', [
      ['编号', '月数', '在住', '生日', '献血', null],
      ['330402199001010011', 3, true, new Date(Date.UTC(1990, 4, 1)), '[{"日期":"2024-01-01","毫升":"400"}]', null],
      ['=1+1', 31, false, null, '[]', '备注'],
      [null, null, null, null, null, null],
      ['c', 601, null, null, null, null],
      [330402199001010000, 1, null, null, null, null],
    ])
    const out = join(folder, 'out.xlsx')
    const result = await score(donor, join(folder, 'people.xlsx'), out)
    expect(result).toMatchObject({
      ok: true,
      summary: {
        read: 4,
        scored: 2,
        notices: [{ code: 'unknown-column', value: '(F)' }],
        rejections: [
          { row: 5, key: 'c', problem: { code: 'out-of-range' } },
          { row: 6, problem: { code: 'digits-lost', column: '编号' } },
        ],
      },
    })
    expect(await readSheet(out)).toEqual([
      ['编号', '状态', '总分', '待核实', '甲', '乙'],
      ['330402199001010011', '符合条件', 7.75, null, 0.75, 7],
      ['=1+1', '符合条件', 7.75, '生日', 7.75, 0],
    ])
  })

  test('gives the digits that a spreadsheet shows, in plain notation', async () => {
    const policy = policyOf(`
      事实 额: 小数7位 元   范围 0..1000000
      指标 甲 { 每0.0000001元 额 得0.0000001分 }
      总分 = 甲`)
    await sheet('digits.xlsx', [
      ['编号', '额'],
      ['a', 1.1 + 0.1],
      ['b', 0.0000003],
      ['c', 123456.7],
    ])
    expect(await score(policy, join(folder, 'digits.xlsx'), join(folder, 'digits.csv'))).toMatchObject({ ok: true, summary: { rejected: 0 } })
    expect(await readFile(join(folder, 'digits.csv'), 'utf8')).toBe(
      '\ufeff编号,状态,总分,待核实,甲\na,符合条件,1.2,,1.2\nb,符合条件,0.0000003,,0.0000003\nc,符合条件,123456.7,,123456.7\n',
    )
  })

  test('gives keys back as they were, whatever stands in them', async () => {
    const keys = ['x_x0041_y', 'a\u0007b', '=1+1', '+1', '-1', '@x', ' 空 ', '𠮷<&>"', '_x005F_']
    await writeFile(join(folder, 'keys.jsonl'), keys.map((编号) => `${JSON.stringify({ 编号, 月数: 4 })}\n`).join(''))
    const out = join(folder, 'keys.xlsx')
    expect(await score(donor, join(folder, 'keys.jsonl'), out)).toMatchObject({ ok: true, summary: { rejected: 0 } })
    expect((await readSheet(out, { trim: false })).slice(1).map(([key]) => key)).toEqual(keys)
  })

  test('tells numbers that have lost digits, and formulas that failed', async () => {
    await sheet('lost.xlsx', [
      ['编号', '月数', '在住', '生日', '献血'],
      ['a', 999999999999999.9, null, null, null],
      ['b', 123456789012345.6, null, null, null],
      ['c', 1e-25, null, null, null],
      ['d', { value: '=VLOOKUP(1,A1:A2,1)', type: 'Formula' }, null, null, null],
      ['e', 5, null, null, null],
    ])
    // A spreadsheet saves what a formula gave; here it has failed.
    const files = unzipSync(await readFile(join(folder, 'lost.xlsx')))
    const [name = ''] = Object.keys(files).filter((path) => path.startsWith('xl/worksheets/sheet'))
    const xml = strFromU8(files[name] as Uint8Array)
    const failed = xml.replace(/<c r="B5"[^>]*>.*?<\/c>/, '<c r="B5" t="e"><f>VLOOKUP(1,A1:A2,1)</f><v>#N/A</v></c>')
    expect(failed).not.toBe(xml)
    await writeFile(join(folder, 'lost.xlsx'), zipSync({ ...files, [name]: strToU8(failed) }))
    const result = await score(donor, join(folder, 'lost.xlsx'), join(folder, 'lost.csv'))
    expect(result).toMatchObject({ ok: true, summary: { read: 5, scored: 1 } })
    if (!result.ok) return
    expect(result.summary.rejections.map(({ row, key, problem }) => [row, key, problem.code, problem.column, problem.value])).toEqual([
      [2, 'a', 'digits-lost', '月数', expect.any(String)],
      [3, 'b', 'digits-lost', '月数', expect.any(String)],
      [4, 'c', 'not-whole', '月数', `0.${'0'.repeat(24)}1`],
      [5, 'd', 'formula-failed', '月数', '#N/A'],
    ])
  })

  test('has days on which spreadsheets agree only from March 1900', async () => {
    await sheet('days.xlsx', [
      ['编号', '月数', '在住', '生日', '献血'],
      ['a', 1, null, new Date(Date.UTC(1900, 1, 27)), null],
      ['b', 1, null, new Date(Date.UTC(1900, 2, 1)), null],
    ])
    expect(await score(donor, join(folder, 'days.xlsx'), join(folder, 'days.csv'))).toMatchObject({
      ok: true,
      summary: { scored: 1, rejections: [{ row: 2, key: 'a', problem: { code: 'day-in-doubt', column: '生日' } }] },
    })
  })

  test('holds numbers of more digits than a sheet keeps as texts', async () => {
    const policy = policyOf(`
      事实 额: 小数7位 元   范围 0..900000000
      指标 甲 { 每0.0000001元 额 得0.0000001分 }
      总分 = 甲`)
    await writeFile(join(folder, 'long.csv'), '编号,额\na,12345678.1234567\nb,812345678.0234567\nc,0.0000001\nd,100000000\n')
    expect(await score(policy, join(folder, 'long.csv'), join(folder, 'long.xlsx'))).toMatchObject({ ok: true, summary: { rejected: 0 } })
    const points = (await readSheet(join(folder, 'long.xlsx'))).slice(1).map((row) => row[2])
    expect(points).toEqual([12345678.1234567, '812345678.0234567', 0.0000001, 100000000])
  })

  test('by name only, or empty, is told', async () => {
    await writeFile(join(folder, 'bad.xlsx'), 'no workbook')
    await sheet('empty.xlsx', [])
    await writeFile(join(folder, 'cut.xlsx'), (await readFile(join(folder, 'empty.xlsx'))).subarray(0, 600))
    const inside = unzipSync(await readFile(join(folder, 'empty.xlsx')))
    await writeFile(join(folder, 'other.xlsx'), zipSync({ 'a.txt': inside['xl/workbook.xml'] as Uint8Array }))
    const codeOf = async (name: string) => await score(donor, join(folder, name), join(folder, 'bad-out.csv'))
    for (const name of ['bad.xlsx', 'cut.xlsx', 'other.xlsx']) expect(await codeOf(name)).toMatchObject({ ok: false, problems: [{ code: 'not-workbook' }] })
    expect(await codeOf('empty.xlsx')).toMatchObject({ ok: false, problems: [{ code: 'empty-file' }] })
  })

  test('of more rows than a sheet holds is refused before anything is scored', () => {
    expect(workbookProblem(1_048_575, 5)).toBeUndefined()
    expect(workbookProblem(1_048_576, 5)).toMatchObject({ code: 'too-long-for-workbook', data: { most: '1048575' } })
    expect(workbookProblem(300_000, 40)).toMatchObject({ data: { most: '200000' } })
  })
})
