// A table of the session → a file, whole or not at all: CSV, JSONL, Parquet with points as decimals, or a workbook.

import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { replaceWhole, writeTo } from '../files/whole-file.ts'
import type { Problem } from '../problems.ts'
import { named, quoted } from '../sql/quote.ts'
import type { OutputColumn, Table } from '../sql/table.ts'
import type { Format } from './people.ts'
import type { Session } from './session.ts'
import { workbookProblem, writeWorkbook } from './workbook.ts'

export interface Target {
  readonly path: string
  readonly format: Format
  readonly byteOrderMark: boolean
}

/** Why a table of so many rows cannot be written to a target. */
export const targetProblem = (target: Target | undefined, { columns }: Table, rows: number): Problem | undefined =>
  target?.format === 'xlsx' ? workbookProblem(rows, columns.length) : undefined

/** Names of columns as a file has them: Parquet, as the database writes it, takes B and b for one, and numbers the second. */
function fileNames(columns: readonly OutputColumn[], format: Format): readonly string[] {
  const times = new Map<string, number>()
  return columns.map(({ name }) => {
    const number = (times.get(name.toLowerCase()) ?? 0) + 1
    times.set(name.toLowerCase(), number)
    return number === 1 || format !== 'parquet' ? name : `${name}（${number}）`
  })
}

/** What is to be told of columns that a target calls otherwise. */
export function renamedColumns(target: Target | undefined, { columns }: Table): readonly Problem[] {
  const names = target ? fileNames(columns, target.format) : []
  return columns.flatMap(({ name }, i): readonly Problem[] =>
    (names[i] ?? name) === name ? [] : [{ code: 'column-renamed', column: name, value: names[i] ?? '', data: {} }],
  )
}

/** What the database writes itself. */
type Copied = Exclude<Format, 'xlsx'>

const valueIn: Readonly<Record<Copied, (column: OutputColumn) => string>> = {
  csv: ({ text }) => text,
  jsonl: ({ text }) => `COALESCE(${text}, '')`,
  parquet: ({ text, places }) => (places === undefined ? text : `CAST(${text} AS DECIMAL(18, ${places}))`),
}

const options: Readonly<Record<Copied, string>> = {
  csv: "FORMAT csv, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULL '', USE_TMP_FILE false",
  jsonl: 'FORMAT json, USE_TMP_FILE false',
  parquet: 'FORMAT parquet, USE_TMP_FILE false',
}

/** @param target `undefined` for standard output, as CSV */
export async function copyTo(session: Session, { columns, from, order }: Table, target: Target | undefined, stdout: Writable): Promise<void> {
  // What is written is made of what was sorted, which takes less room than texts; the session keeps the order.
  const sorted = `(SELECT * FROM ${from} ORDER BY ${order})`
  if (target?.format === 'xlsx') {
    const rows = await session.rows(`SELECT ${columns.map(({ text }) => text).join(', ')} FROM ${sorted}`)
    const kinds = columns.map(({ name, places }) => ({ name, isNumber: places !== undefined }))
    return replaceWhole(target.path, (temporary) => writeWorkbook(temporary, kinds, rows))
  }
  const format = target?.format ?? 'csv'
  const mark = target?.byteOrderMark === true && format === 'csv' ? '\ufeff' : ''
  const values = columns.map((column, i) => `${valueIn[format](column)} AS ${named(`${i === 0 ? mark : ''}${column.name}`)}`)
  const copy = async (path: string) => {
    const clash = new Set(columns.map(({ name }) => name.toLowerCase())).size < columns.length
    const plain = { values, options: format === 'csv' ? `${options.csv}, HEADER` : options[format] }
    const select = clash ? await apart(session, { columns, from, order }, format, mark) : plain
    await session.run(`COPY (SELECT ${select.values.join(', ')} FROM ${sorted}) TO ${quoted(path)} (${select.options})`)
  }
  if (target) return replaceWhole(target.path, (temporary) => copy(temporary).catch((error) => cannotWrite(error, target.path)))
  const path = join(session.folder, 'out.csv')
  await copy(path)
  for await (const chunk of createReadStream(path)) await writeTo(stdout, chunk as Buffer)
}

/** The database takes B and b for one name: header and objects are written as texts then, and a Parquet file numbers the second. */
async function apart(
  session: Session,
  { columns, from }: Table,
  format: Copied,
  mark: string,
): Promise<{ readonly values: readonly string[]; readonly options: string }> {
  if (format === 'parquet') {
    const distinct = fileNames(columns, format)
    return { values: columns.map((column, i) => `${valueIn.parquet(column)} AS ${named(distinct[i] ?? '')}`), options: options.parquet }
  }
  if (format === 'jsonl') {
    const entries = columns.map((column) => `${quoted(`${JSON.stringify(column.name)}:`)} || CAST(to_json(${valueIn.jsonl(column)}) AS VARCHAR)`)
    const plain = String.raw`FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER e'\x01', USE_TMP_FILE false`
    return { values: [`'{' || ${entries.join(" || ',' || ")} || '}' AS line`], options: plain }
  }
  const [[count] = []] = await session.rows(`SELECT COUNT(*) FROM ${from}`)
  const header = `${mark}${stringify([columns.map(({ name }) => name)], { record_delimiter: '' })}${Number(count) > 0 ? '\n' : ''}`
  const ownHeader = `HEADER false, PREFIX ${quoted(header)}, SUFFIX ${quoted('\n')}`
  return { values: columns.map((column, i) => `${valueIn.csv(column)} AS c${i}`), options: `${options.csv}, ${ownHeader}` }
}

/** What the database says of the file system, as the file system would. */
function cannotWrite(error: unknown, path: string): never {
  const full = error instanceof Error && /No space left/.test(error.message)
  throw full ? Object.assign(new Error(error.message), { code: 'ENOSPC', path }) : error
}
