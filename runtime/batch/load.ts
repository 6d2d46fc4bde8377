// A file of applicants → the relation `raw` of a session: one row for each, every value as written. What a database and our own
// reader would take differently goes through our own reader first.

import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { WrittenFacts } from '../facts.ts'
import { keyColumn } from '../ir/names.ts'
import type { Problem } from '../problems.ts'
import { named, quoted } from '../sql/quote.ts'
import { detectEncoding } from './decode.ts'
import { type Format, type PersonRow, readHeader, rows } from './people.ts'
import { isPlainCsv } from './scan.ts'
import type { Session } from './session.ts'
import { writeTo } from './whole-file.ts'
import { readWorkbook } from './workbook.ts'

export interface Source {
  readonly path: string
  readonly format: Format
}

/** The file is not of the kind that its name says. */
export class WrongKind extends Error {
  readonly code: 'not-parquet' | 'not-workbook'
  constructor(code: WrongKind['code'], message: string) {
    super(message)
    this.code = code
  }
}

export interface Loaded {
  /** Names of columns; `undefined` for a file without a header, whose names are those that were asked for. */
  readonly header: readonly string[] | undefined
  /** Names that stand in rows of a file without a header and are none of those asked for. */
  readonly stray: readonly string[]
}

/**
 * Makes the relation `name` with the row number `n`, `problem` (empty, or why the row cannot be read, as JSON), the key `k` and
 * `x0`, `x1` … for `names`; those that the file does not have are left out.
 */
export async function loadFile(
  session: Session,
  source: Source,
  name: string,
  names: readonly string[],
  accept: (header: readonly string[] | undefined) => boolean,
): Promise<Loaded> {
  const { path, format } = source
  if (format === 'parquet') return loadParquet(session, source, name, names, accept)
  if (format === 'xlsx') {
    const workbook = await readWorkbook(path).catch((error: NodeJS.ErrnoException) => {
      throw error.errno === undefined ? new WrongKind('not-workbook', error.message) : error
    })
    if (!accept(workbook.header)) return { header: workbook.header, stray: [] }
    return loadOurselves(session, workbook.rows, name, names, workbook.header)
  }
  const people = { path, format, encoding: await detectEncoding(path) }
  const header = await readHeader(people)
  if (!accept(header)) return { header, stray: [] }
  if (format === 'csv' && header && people.encoding === 'utf-8' && (await isPlainCsv(path))) {
    const columns = header.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')
    const options = `auto_detect = false, header = false, skip = 1, delim = ',', quote = '"', escape = '"', strict_mode = true, null_padding = false`
    const read = `CREATE TEMP TABLE ${name}_file AS SELECT * FROM read_csv(${quoted(path)}, ${options}, columns = {${columns}})`
    if (await succeeds(session, read)) {
      const at = (column: string) => `COALESCE(c${header.indexOf(column)}, '')`
      await session.run(view(name, `${name}_file`, 'rowid + 2', "''", (column) => (header.includes(column) ? at(column) : undefined), names))
      return { header, stray: [] }
    }
  }
  return loadOurselves(session, rows(people), name, names, header)
}

/** A file that the database cannot read after all goes through our own reader, which says why. */
async function succeeds(session: Session, statement: string): Promise<boolean> {
  try {
    await session.run(statement)
    return true
  } catch (error) {
    if (error instanceof Error && /CSV|Invalid Input/.test(error.message)) return false
    throw error
  }
}

function view(name: string, from: string, row: string, problem: string, text: (column: string) => string | undefined, names: readonly string[]): string {
  const facts = names.flatMap((column, i) => (text(column) === undefined ? [] : [`${text(column)} AS x${i}`]))
  const columns = [`${row} AS n`, `${problem} AS problem`, `${text(keyColumn) ?? "''"} AS k`, ...facts]
  return `CREATE TEMP VIEW ${name} AS SELECT ${columns.join(', ')} FROM ${from}`
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`

async function loadOurselves(
  session: Session,
  people: AsyncIterable<PersonRow> | Iterable<PersonRow>,
  name: string,
  names: readonly string[],
  header: readonly string[] | undefined,
): Promise<Loaded> {
  const path = join(session.folder, `${name}.csv`)
  const file = createWriteStream(path)
  const kept = names.filter((column) => header === undefined || header.includes(column))
  const known = new Set([keyColumn, ...names])
  const stray = new Set<string>()
  const text = (written: WrittenFacts, column: string): string => cell((Object.hasOwn(written, column) ? written[column] : undefined) ?? '')
  for await (const { row, written, problem } of people) {
    if (header === undefined) for (const column of Object.keys(written)) if (!known.has(column)) stray.add(column)
    const values = [cell(problem ? JSON.stringify(problem) : ''), text(written, keyColumn), ...kept.map((column) => text(written, column))]
    await writeTo(file, `${row},${values.join(',')}\n`)
  }
  file.end()
  await finished(file)
  const columns = ["'n': 'BIGINT'", "'problem': 'VARCHAR'", "'k': 'VARCHAR'", ...kept.map((_, i) => `'c${i}': 'VARCHAR'`)].join(', ')
  const options = `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', max_line_size = 16777216`
  await session.run(
    `CREATE TEMP TABLE ${name}_file AS SELECT * FROM read_csv(${quoted(path)}, ${options}, columns = {${columns}})`,
    view(
      name,
      `${name}_file`,
      'n',
      "COALESCE(problem, '')",
      (column) => (column === keyColumn ? "COALESCE(k, '')" : kept.includes(column) ? `COALESCE(c${kept.indexOf(column)}, '')` : undefined),
      names,
    ),
  )
  return { header, stray: [...stray] }
}

// ---- Parquet -----------------------------------------------------------------------------------------------------------

async function loadParquet(
  session: Session,
  { path }: Source,
  name: string,
  names: readonly string[],
  accept: (header: readonly string[]) => boolean,
): Promise<Loaded> {
  const described = await session.rows(`DESCRIBE SELECT * FROM read_parquet(${quoted(path)})`).catch((error: Error) => {
    throw new WrongKind('not-parquet', error.message)
  })
  const types = new Map(described.map(([column, type]) => [String(column), String(type)]))
  const header = [...types.keys()]
  if (!accept(header)) return { header, stray: [] }
  const columns = header.filter((column) => column === keyColumn || names.includes(column))
  const texts = columns.map((column, i) => `COALESCE(${writtenOf(named(column), types.get(column) ?? '')}, '') AS c${i}`)
  await session.run(
    `CREATE TEMP TABLE ${name}_file AS SELECT ${texts.join(', ')} FROM read_parquet(${quoted(path)})`,
    view(name, `${name}_file`, 'rowid + 1', "''", (column) => (columns.includes(column) ? `c${columns.indexOf(column)}` : undefined), names),
  )
  return { header, stray: [] }
}

/** A typed column in the written form of its values. */
function writtenOf(column: string, type: string): string {
  if (type === 'VARCHAR') return column
  if (type === 'BOOLEAN') return `CASE WHEN ${column} THEN '是' WHEN NOT ${column} THEN '否' END`
  if (type.startsWith('DECIMAL') || type === 'DOUBLE' || type === 'FLOAT')
    return `regexp_replace(regexp_replace(CAST(${column} AS VARCHAR), '(\\.[0-9]*?)0+$', '\\1'), '\\.$', '')`
  if (type.startsWith('TIMESTAMP'))
    return `CASE WHEN ${column} = date_trunc('day', ${column}) THEN CAST(CAST(${column} AS DATE) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`
  if (type === 'VARCHAR[]') return `CASE WHEN len(${column}) = 0 THEN '[]' ELSE array_to_string(${column}, '、') END`
  return type.endsWith('[]') ? `CAST(to_json(${column}) AS VARCHAR)` : `CAST(${column} AS VARCHAR)`
}

/** Why a row could not be read. */
export const problemOf = (text: string): Problem | undefined => (text === '' ? undefined : (JSON.parse(text) as Problem))
