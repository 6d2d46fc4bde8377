// Every class of character through every printer: modules, SQL, calendar files, workbooks and files of scores. A name or a text comes
// out as it went in, or with what cannot stand there replaced; it never ends what it stands in.

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { writeRejections } from '../../runtime/batch/score-file.ts'
import { writeWorkbook } from '../../runtime/batch/workbook.ts'
import { WholeFile } from '../../runtime/files/whole-file.ts'
import { literal, comment as scriptComment } from '../../runtime/javascript/quote.ts'
import { named, quoted, comment as sqlComment } from '../../runtime/sql/quote.ts'
import { calendarFile } from '../../runtime/timeline/ics.ts'
import { timeline } from '../../runtime/timeline/timeline.ts'
import { rule } from '../timeline/support.ts'
import { openDuckdb } from './engines.ts'

/** One character of each class that some text format takes for more than a character. */
const classes: Readonly<Record<string, readonly string[]>> = {
  'ends of lines': ['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\v', '\f'],
  controls: ['\u0000', '\u0001', '\u0007', '\b', '\t', '\u001b', '\u001f', '\u007f', '\u009f'],
  quotes: ["'", '"', '`', '\\', '“', '」'],
  'ends of comments and of pages': ['*/', '/*', '--', '//', '</script>', '<!--', ']]>', '&lt;', '%>'],
  'starts of formulas': ['=', '+', '-', '@', '|', '\t='],
  'signs of a format': [';', ',', ':', '$', '{', '}', '$' + '{a}', '%s', '_x000D_', '#', ' '],
  'of no width': ['\u200b', '\u200d', '\ufeff', '\u00ad', '\u2060', '\ufe0f', '\u{e0001}'],
  'turning the order': ['\u202e', '\u202a', '\u2066', '\u200f', '\u061c'],
  'beyond 16 bits': ['𠮷', '😀', '\u{10ffff}', '\u{f0000}'],
  'half a character': ['\ud800', '\udc00'],
  'composed and apart': ['é', 'e\u0301', 'Ⅱ', 'Ａ', '㎡'],
  'no characters': ['\ufffe', '\uffff', '\ufdd0'],
}
const all = Object.values(classes).flat()
const texts = [
  ...all.flatMap((one) => [one, `${one}甲`, `甲${one}乙`, `甲${one}`]),
  ...fc.sample(
    fc.array(fc.constantFrom(...all, '甲', 'a', '1'), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
    { numRuns: 400, seed: 20_261_126 },
  ),
]
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')

test('a literal of JavaScript is the text, and its source has one line and ends no page', () => {
  const source = texts.map((text) => literal(text))
  expect(source.filter((one) => /[\p{Cc}\u2028\u2029\ufeff<]/u.test(one))).toEqual([])
  expect(source.map((one) => new Function(`return ${one}`)() as string)).toEqual(texts)
})

test('a comment of JavaScript ends with its line', () => {
  for (const text of texts) expect(new Function(`${scriptComment(text)}return 7`)()).toBe(7)
  const lines = texts.map((text) => scriptComment(text))
  expect(lines.filter((line) => !/^\/\/ [^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*\n$/u.test(line))).toEqual([])
})

test('texts, names and comments of SQL are what they were', async () => {
  const connection = await openDuckdb()
  const plain = texts.filter((text) => !text.includes('\u0000')).map(wellFormed)
  const selects = plain.map((text, i) => `${sqlComment(text)}SELECT ${i} AS n, CAST(to_json(${quoted(text)}) AS VARCHAR) AS text`)
  const rows = await connection.runAndReadAll(`${selects.join(' UNION ALL ')} ORDER BY n`)
  expect(rows.getRows().map(([, text]) => JSON.parse(String(text)))).toEqual(plain)
  for (const text of plain.filter((one) => !one.startsWith('\ufeff')).slice(0, 120)) {
    const reader = await connection.runAndReadAll(`SELECT 1 AS ${named(text)}`)
    expect(reader.columnNames()).toEqual([text])
  }
})

test('a calendar file has its own lines and no others', () => {
  const kinds = /^(BEGIN|END|VERSION|PRODID|CALSCALE|UID|DTSTAMP|DTSTART|DTEND|SUMMARY|DESCRIPTION|TRANSP)[:;]/
  for (const text of texts) {
    const entries = timeline([rule({ name: text, cites: [text] })], new Map([['受理日', '2025-03-03']]))
    const file = calendarFile(text, entries, 'zh') ?? ''
    const lines = file.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)
    expect(lines.filter((line) => !kinds.test(line))).toEqual([])
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1)
    expect(lines.filter((line) => /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(line))).toEqual([])
    expect(Buffer.from(file).toString('utf8')).toBe(file)
  }
})

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('a workbook gives back what was written, and no cell of it is a formula', () =>
  inFolder(async (folder) => {
    const columns = [
      { name: '编号', isNumber: false },
      { name: '=1+1', isNumber: false },
    ]
    const plain = texts.map(wellFormed)
    await writeWorkbook(
      join(folder, 'a.xlsx'),
      columns,
      plain.map((text, i) => [`K${i}`, text]),
    )
    const rows = (await readSheet(join(folder, 'a.xlsx'), { trim: false })) as (string | null)[][]
    expect(rows[0]).toEqual(['编号', '=1+1'])
    // XML takes each end of a line for one of its own.
    const asXml = (text: string | null | undefined) => (text ?? '').replace(/\r\n?/g, '\n')
    expect(rows.slice(1).map(([, text]) => asXml(text))).toEqual(plain.map(asXml))
  }))

test('a file of rejected rows holds no cell that a spreadsheet takes for a formula', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'rejects.csv')
    const rejected = texts.map((text, i) => ({ row: i, key: text, problems: [{ code: 'not-a-number' as const, column: text, value: text, data: {} }] }))
    const file = new WholeFile(path, true)
    await writeRejections(file, 'zh', rejected)
    await file.finish()
    const rows = parse(await readFile(path, 'utf8'), { bom: true }) as string[][]
    expect(rows).toHaveLength(texts.length + 1)
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
  }))
