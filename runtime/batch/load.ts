// A file of applicants → the relation `raw` of a session: one row for each, every value as written. What a database and our own
// reader would take differently goes through our own reader, whose rows are handed to the database value by value: neither way does
// the database guess anything of a file.

import { type BigIntStats, statSync } from 'node:fs'
import type { DuckDBAppender } from '@duckdb/node-api'
import { plainName } from '../exact/text.ts'
import type { WrittenFacts } from '../facts.ts'
import { detectEncoding } from '../files/decode.ts'
import { keyAmong, keyColumn } from '../ir/names.ts'
import { type Problem, problem } from '../problems.ts'
import { quoted } from '../sql/quote.ts'
import { RecordTooLong } from './csv.ts'
import { keyNamed, withKeyNamed } from './header.ts'
import { type Format, type PersonRow, readHeader, rows } from './people.ts'
import { type PlainCsv, scanCsv } from './scan.ts'
import type { Session } from './session.ts'
import { WorkbookTooLarge } from './sheet-marks.ts'
import { OldOrLocked, readWorkbook } from './workbook.ts'

export interface Source {
  readonly path: string
  readonly format: Format
}

/** What is wrong with a file as a whole. */
export class BadFile extends Error {
  readonly problem: Problem
  constructor(about: Problem) {
    super(about.code)
    this.problem = about
  }
}

export interface Loaded {
  /** Names of columns; `undefined` for a file without a header, whose names are those that were asked for. */
  readonly header: readonly string[] | undefined
  /** Names that stand in rows of a file without a header and are none of those asked for. */
  readonly stray: readonly string[]
  /** What it calls the applicant's key. */
  readonly key: string
  /** What is to be told about the file. */
  readonly notices?: readonly Problem[]
}

/**
 * Makes the relation `name` with the row number `n`, `problem` (empty, or why the row cannot be read, as JSON), the key `k` and
 * `x0`, `x1` … for `names`; those that the file does not have are left out.
 * @throws BadFile when the file is not what its name says, or has changed while it was read
 */
export async function loadFile(
  session: Session,
  source: Source,
  name: string,
  names: readonly string[],
  accept: (header: readonly string[] | undefined) => boolean,
): Promise<Loaded> {
  const before = fingerprint(source.path)
  const loaded = await load(session, source, name, names, accept).catch((error: unknown) => {
    throw error instanceof RecordTooLong ? new BadFile(problem('record-too-long', '', '', { row: String(error.row) })) : error
  })
  // A file is opened more than once: when another has taken its place meanwhile, what was read is of neither.
  if (fingerprint(source.path) !== before) throw new BadFile(problem('file-changed', '', ''))
  return loaded
}

function fingerprint(path: string): string {
  const { dev, ino, size, mtimeNs, ctimeNs }: BigIntStats = statSync(path, { bigint: true })
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ')
}

async function load(
  session: Session,
  source: Source,
  name: string,
  names: readonly string[],
  accept: (header: readonly string[] | undefined) => boolean,
): Promise<Loaded> {
  const { path, format } = source
  if (format === 'parquet') return loadParquet(session, source, name, names, accept)
  if (format === 'xlsx') {
    const {
      header,
      rows: people,
      notices,
    } = await readWorkbook(path).catch((error: NodeJS.ErrnoException) => {
      if (error.errno !== undefined) throw error
      throw new BadFile(
        problem(error instanceof WorkbookTooLarge ? 'workbook-too-large' : error instanceof OldOrLocked ? 'old-or-locked-workbook' : 'not-workbook', '', ''),
      )
    })
    const named = header && withKeyNamed(header, names)
    const key = header ? keyNamed(header, names) : keyColumn
    if (!accept(named)) return { header: named, stray: [], key }
    return { ...(await loadOurselves(session, people, name, names, named)), key, notices }
  }
  const people = { path, format, encoding: await detectEncoding(path) }
  const written = await readHeader(people)
  const header = written && withKeyNamed(written, names)
  const key = written ? keyNamed(written, names) : keyColumn
  if (!accept(header)) return { header, stray: [], key }
  if (format === 'csv' && header && people.encoding === 'utf-8') {
    const plain = await scanCsv(path)
    if (plain && (await loadPlain(session, path, name, header.length, plain))) {
      const at = (column: string) => `COALESCE(c${header.indexOf(column)}, '')`
      await session.run(view(name, `${name}_file`, 'rowid + 2', "''", (column) => (header.includes(column) ? at(column) : undefined), names))
      return { header, stray: [], key }
    }
  }
  const loaded = await loadOurselves(session, rows(people), name, names, header)
  return written ? { ...loaded, key } : loaded
}

/** Has the database read a plain CSV. @returns whether it took as many rows as there are; if not, our own reader says why */
async function loadPlain(session: Session, path: string, name: string, columns: number, { rows: expected, lineEnd, breaks }: PlainCsv): Promise<boolean> {
  const types = Array.from({ length: columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  const options = [
    'auto_detect = false',
    'header = false',
    'skip = 1',
    `delim = ','`,
    `quote = '"'`,
    `escape = '"'`,
    `comment = ''`,
    `new_line = '${lineEnd === '\r\n' ? String.raw`\r\n` : String.raw`\n`}'`,
    `compression = 'none'`,
    'strict_mode = true',
    'null_padding = false',
    'hive_partitioning = false',
    // Where a line ends inside a cell, a file is not cut into pieces to be read side by side.
    `parallel = ${!breaks}`,
    `columns = {${types}}`,
  ]
  try {
    await session.run(`CREATE TEMP TABLE ${name}_file AS SELECT * FROM read_csv(${quoted(session.reach(path))}, ${options.join(', ')})`)
    const [[count] = []] = await session.rows(`SELECT COUNT(*) FROM ${name}_file`)
    if (Number(count) === expected) return true
    await session.run(`DROP TABLE ${name}_file`)
    return false
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

async function loadOurselves(
  session: Session,
  people: AsyncIterable<PersonRow> | Iterable<PersonRow>,
  name: string,
  names: readonly string[],
  header: readonly string[] | undefined,
): Promise<Loaded> {
  const kept = names.filter((column) => header === undefined || header.includes(column))
  await session.run(`CREATE TEMP TABLE ${name}_file (n BIGINT, problem VARCHAR, k VARCHAR${kept.map((_, i) => `, c${i} VARCHAR`).join('')})`)
  const appender = await session.connection.createAppender(`${name}_file`)
  const known = new Set([keyColumn, ...names])
  const isTaken = (column: string): boolean => names.includes(column)
  const keyOf = (written: WrittenFacts): string => keyAmong((column) => Object.hasOwn(written, column), isTaken)
  const stray = new Set<string>()
  let key = keyColumn
  for await (const { row, written, problem } of people) {
    if (header === undefined) for (const column of Object.keys(written)) if (!known.has(column) && column !== keyOf(written)) stray.add(column)
    appender.appendBigInt(BigInt(row))
    appender.appendVarchar(problem ? JSON.stringify(problem) : '')
    const own = keyOf(written)
    if (own !== keyColumn) key = own
    appendWritten(appender, written, own)
    for (const column of kept) appendWritten(appender, written, column)
    appender.endRow()
  }
  appender.closeSync()
  const text = (column: string) => (column === keyColumn ? 'k' : kept.includes(column) ? `c${kept.indexOf(column)}` : undefined)
  await session.run(view(name, `${name}_file`, 'n', 'problem', text, names))
  return { header, stray: [...stray], key }
}

const appendWritten = (appender: DuckDBAppender, written: WrittenFacts, column: string): void =>
  appender.appendVarchar((Object.hasOwn(written, column) ? written[column] : undefined) ?? '')

// ---- Parquet -----------------------------------------------------------------------------------------------------------

async function loadParquet(
  session: Session,
  { path }: Source,
  name: string,
  names: readonly string[],
  accept: (header: readonly string[]) => boolean,
): Promise<Loaded> {
  const file = quoted(session.reach(path))
  const notParquet = (error: Error): never => {
    throw /Invalid|Parquet|parquet|magic/.test(error.message) ? new BadFile(problem('not-parquet', '', '')) : error
  }
  const columns = await parquetColumns(session, file).catch(notParquet)
  const asWritten = columns.map((column) => plainName(column.name))
  const header = withKeyNamed(asWritten, names)
  const key = keyNamed(asWritten, names)
  if (!accept(header)) return { header, stray: [], key }
  const kept = header.flatMap((column, i) => (column === keyColumn || names.includes(column) ? [i] : []))
  // By place, since the database takes A and a for one name.
  const from = `read_parquet(${file}, hive_partitioning = false) AS file(${header.map((_, i) => `p${i}`).join(', ')})`
  const texts = kept.map((i) => `COALESCE(${writtenOf(`p${i}`, columns[i]?.type ?? '')}, '') AS c${i}`)
  const text = (column: string) => (kept.includes(header.indexOf(column)) ? `c${header.indexOf(column)}` : undefined)
  await session.run(`CREATE TEMP TABLE ${name}_file AS SELECT ${texts.join(', ')} FROM ${from}`).catch(notParquet)
  await session.run(view(name, `${name}_file`, 'rowid + 1', "''", text, names))
  return { header, stray: [], key }
}

interface ParquetColumn {
  readonly name: string
  readonly type: string
}

/** Names as the file has them, which a description of the query does not: of A and a it renames one. */
async function parquetColumns(session: Session, file: string): Promise<readonly ParquetColumn[]> {
  const types = (await session.rows(`DESCRIBE SELECT * FROM read_parquet(${file}, hive_partitioning = false)`)).map(([, type]) => String(type))
  const nodes = (await session.rows(`SELECT name, num_children FROM parquet_schema(${file})`)).map(([name, children]) => ({
    name: String(name),
    children: Number(children ?? 0),
  }))
  const names: string[] = []
  // The first node is the whole; each is followed by what it is made of.
  for (let at = 1; at < nodes.length; at = afterNode(nodes, at)) names.push(nodes[at]?.name ?? '')
  return names.map((name, i) => ({ name, type: types[i] ?? '' }))
}

function afterNode(nodes: readonly { readonly children: number }[], at: number): number {
  let next = at + 1
  for (let child = 0; child < (nodes[at]?.children ?? 0); child += 1) next = afterNode(nodes, next)
  return next
}

/** A typed column in the written form of its values. */
function writtenOf(column: string, type: string): string {
  if (type === 'VARCHAR') return column
  if (type === 'BOOLEAN') return `CASE WHEN ${column} THEN '是' WHEN NOT ${column} THEN '否' END`
  if (type.startsWith('DECIMAL') || type === 'DOUBLE' || type === 'FLOAT')
    return `regexp_replace(regexp_replace(CAST(${column} AS VARCHAR), '(\\.[0-9]*?)0+$', '\\1'), '\\.$', '')`
  // An instant is a day only together with a zone: it is written with one, and is no date.
  if (type === 'TIMESTAMP WITH TIME ZONE') return `CAST(${column} AS VARCHAR)`
  if (type.startsWith('TIMESTAMP'))
    return `CASE WHEN ${column} = date_trunc('day', ${column}) THEN CAST(CAST(${column} AS DATE) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`
  if (type === 'VARCHAR[]') return `CASE WHEN len(${column}) = 0 THEN '[]' ELSE array_to_string(${column}, '、') END`
  return type.endsWith('[]') ? `CAST(to_json(${column}) AS VARCHAR)` : `CAST(${column} AS VARCHAR)`
}

/** Why a row could not be read. */
export const problemOf = (text: string): Problem | undefined => (text === '' ? undefined : (JSON.parse(text) as Problem))
