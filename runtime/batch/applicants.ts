// Applicants of a file as the typed relations that generated SQL scores. What is surely well written is read in the database;
// every other row goes through the reader of facts, one by one, and is either read after all or rejected with its reasons.

import type { DuckDBAppender } from '@duckdb/node-api'
import { defaultOf, type Facts, readFacts, type WrittenFacts } from '../facts.ts'
import { contradicts, differing as differingProblem } from '../household-facts.ts'
import { keyColumn } from '../ir/names.ts'
import type { Policy } from '../ir/schema.ts'
import { textsIn } from '../ir/walk.ts'
import { inputOf } from '../javascript/inputs.ts'
import type { Problem } from '../problems.ts'
import { type Column, columnNames, type FactColumns, factColumns } from '../sql/columns.ts'
import { lookAlikes, type TextColumn } from './alike.ts'
import { unclaimedRecords } from './claims.ts'
import { checkHeader, checkRecordsHeader, unknownColumn } from './header.ts'
import { BadFile, loadFile, problemOf, type Source } from './load.ts'
import { type RawColumns, readingStatements, recordColumns } from './reading.ts'
import type { Session } from './session.ts'

export interface Inputs {
  readonly people: Source
  /** Files of records, by the name of their fact; who is not in one has none. */
  readonly records: ReadonlyMap<string, Source>
}

export interface Rejected {
  readonly row: number
  readonly key: string
  readonly problems: readonly Problem[]
}

export interface Applicants {
  /** What is to be told without stopping the run. */
  readonly notices: readonly Problem[]
  /** Records of files of their own that belong to nobody; their rows are those of that file. */
  readonly unclaimed: readonly Rejected[]
  readonly count: number
  /** How many left a fact empty that has a 缺省, by fact. */
  readonly defaulted: readonly { readonly fact: string; readonly value: string; readonly count: number }[]
  readonly rejected: readonly Rejected[]
  /** The column of a fact in the relation `raw`; `undefined` when the file does not have it. */
  column(fact: string): string | undefined
  /** Some rows as they were written, in order. */
  written(rows: readonly number[]): Promise<readonly WrittenRow[]>
}

export interface WrittenRow {
  readonly row: number
  readonly key: string
  readonly written: WrittenFacts
  readonly problem: Problem | undefined
}

export type Opened = { readonly ok: true; readonly applicants: Applicants } | { readonly ok: false; readonly problems: readonly Problem[] }

/** The files of applicants and of their records. */
export const pathsOf = ({ people, records }: Inputs): readonly string[] => [people, ...records.values()].map(({ path }) => path)

/** Makes `applicants` (key and facts of `n`) and the relations of records. */
export async function openApplicants(session: Session, policy: Policy, inputs: Inputs): Promise<Opened> {
  try {
    return await readApplicants(session, policy, inputs)
  } catch (error) {
    if (error instanceof BadFile) return { ok: false, problems: [error.problem] }
    throw error
  }
}

async function readApplicants(session: Session, policy: Policy, { people, records }: Inputs): Promise<Opened> {
  const names = policy.facts.map(({ name }) => name)
  let checked: ReturnType<typeof checkHeader> = { problems: [], notices: [] }
  const loaded = await loadFile(session, people, 'raw', names, (header) => {
    checked = header
      ? checkHeader(policy, header, records)
      : people.format === 'jsonl'
        ? checked
        : { problems: [{ code: 'empty-file', column: '', value: '', data: {} }], notices: [] }
    return checked.problems.length === 0
  })
  if (checked.problems.length > 0) return { ok: false, problems: checked.problems }
  const count = await rowsOf(session, 'raw')
  if (count === 0) return { ok: false, problems: [{ code: 'no-rows', column: '', value: '', data: {} }] }
  const notices = [...checked.notices, ...(loaded.notices ?? []), ...loaded.stray.map(unknownColumn)]
  const fileColumns = new Map<string, readonly string[]>()
  const unclaimed: Rejected[] = []
  for (const [name, source] of records) {
    const result = await loadRecords(session, policy, name, source)
    if ('problems' in result) return { ok: false, problems: result.problems }
    fileColumns.set(name, result.columns)
    notices.push(...result.notices)
    for (const { row, key, near } of await unclaimedRecords(session, fileRelation(policy, name))) {
      const data = near === undefined ? {} : { near }
      unclaimed.push({ row, key, problems: [{ code: 'record-of-nobody', column: name, value: key, data }] })
    }
  }
  const present = new Set(loaded.header ?? names)
  const raw: RawColumns = {
    key: 'k',
    column: (fact) => (present.has(fact) ? `x${names.indexOf(fact)}` : undefined),
    file: (fact) => {
      const columns = fileColumns.get(fact)
      return columns && { relation: fileRelation(policy, fact), column: (field) => (columns.includes(field) ? `x${columns.indexOf(field)}` : undefined) }
    },
  }
  const shared = await shareInHouseholds(session, policy, raw)
  notices.push(...shared.notices)
  const facts = factColumns(policy.facts)
  await session.run(...readingStatements(facts, raw))
  const again = await repeatedValues(session, policy, raw)
  await markDoubtful(session, again, shared.differing)
  const reader = new RowReader(session, policy, raw, fileColumns, loaded.key)
  const rejected = await readDoubtful(session, policy, facts, reader, again, shared.differing)
  await session.run(...relations(facts))
  notices.push(...(await lookAlikes(session, textColumns(policy, facts, loaded.key))))
  const defaulted = await defaultsTaken(session, policy, raw, count)
  return { ok: true, applicants: { notices, unclaimed, count, defaulted, rejected, column: raw.column, written: (rows) => reader.rows(rows) } }
}

const rowsOf = async (session: Session, relation: string): Promise<number> => Number((await session.rows(`SELECT COUNT(*) FROM ${relation}`))[0]?.[0] ?? 0)

/** Who says nothing counts as the 缺省 says: so many of each fact. */
async function defaultsTaken(session: Session, policy: Policy, raw: RawColumns, count: number): Promise<Applicants['defaulted']> {
  const facts = policy.facts.flatMap((fact) => {
    const value = defaultOf(fact)
    return value === undefined || raw.file(fact.name) ? [] : [{ fact: fact.name, value, column: raw.column(fact.name) }]
  })
  const counted = facts.flatMap(({ column }) => (column === undefined ? [] : [`COUNT(*) FILTER (WHERE ${column} = '')`]))
  const [row = []] = counted.length > 0 ? await session.rows(`SELECT ${counted.join(', ')} FROM raw`) : []
  const counts = [...row]
  return facts
    .map(({ fact, value, column }) => ({ fact, value, count: column === undefined ? count : Number(counts.shift()) }))
    .filter((taken) => taken.count > 0)
}

/** Keys, and texts of applicants and of their records. */
function textColumns(policy: Policy, facts: readonly FactColumns[], keyName: string): readonly TextColumn[] {
  const known = textsIn(policy)
  const own = facts.flatMap(({ fact, columns, records }) => [
    ...(fact.type.kind === 'text' ? columns : []).map(({ column }) => ({ name: fact.name, relation: 'applicants', column, known })),
    ...(records?.fields ?? []).flatMap(({ field, columns: own }) =>
      (field.type.kind === 'text' ? own : []).map(({ column }) => ({ name: `${fact.name}.${field.name}`, relation: records?.relation ?? '', column, known })),
    ),
  ])
  return [{ name: keyName, relation: 'raw', column: 'k', known: [] }, ...own]
}

const fileRelation = (policy: Policy, fact: string): string => `file_${policy.facts.findIndex(({ name }) => name === fact)}`

/** A file of records; one row that cannot be read or has no key stops the run, because it might belong to anybody. */
async function loadRecords(
  session: Session,
  policy: Policy,
  name: string,
  source: Source,
): Promise<{ readonly columns: readonly string[]; readonly notices: readonly Problem[] } | { readonly problems: readonly Problem[] }> {
  const fact = policy.facts.find((candidate) => candidate.name === name)
  if (!fact) return { problems: [unknownColumn(name)] }
  if (fact.type.kind !== 'records') return { problems: [{ code: 'not-a-list', column: name, value: name, data: {} }] }
  const fields = fact.type.fields.map((field) => field.name)
  let problems: readonly Problem[] = []
  const relation = fileRelation(policy, name)
  const {
    header,
    stray,
    notices: told = [],
    key: keyName,
  } = await loadFile(session, source, relation, fields, (header) => {
    problems = checkRecordsHeader(fact, header ?? (source.format === 'jsonl' ? undefined : []))
    return problems.length === 0
  })
  if (problems.length > 0) return { problems }
  const [broken] = await session.rows(`SELECT n, problem FROM ${relation} WHERE problem <> '' OR k = '' ORDER BY n LIMIT 1`)
  if (broken) {
    const problem = problemOf(String(broken[1])) ?? { code: 'empty-key' as const, column: keyName, value: '', data: {} }
    return { problems: [{ ...problem, column: `${name} ${Number(broken[0])}` }] }
  }
  const columns = (await session.rows(`DESCRIBE ${relation}`)).map(([column]) => String(column))
  const unknown = [...(header ?? []).filter((column) => column !== keyColumn && !fields.includes(column)), ...stray]
  const notices = [...told, ...unknown.map((value): Problem => ({ code: 'unknown-record-column', column: name, value, data: {} }))]
  if ((await rowsOf(session, relation)) === 0) notices.push({ code: 'no-records', column: name, value: '', data: {} })
  return { columns: fields.map((field, i) => (columns.includes(`x${i}`) ? field : '')), notices }
}

// ---- what belongs to a household ---------------------------------------------------------------------------------------

/** Contradictions within a household, by row. */
type Differing = ReadonlyMap<number, readonly Problem[]>

/** What one of two leaves empty the other says; two different answers are told of both. @see sharedInHouseholds */
async function shareInHouseholds(
  session: Session,
  policy: Policy,
  raw: RawColumns,
): Promise<{ readonly notices: readonly Problem[]; readonly differing: Differing }> {
  const notices: Problem[] = []
  const differing = new Map<number, Problem[]>()
  const filled: { readonly column: string; readonly from: string }[] = []
  for (const fact of policy.facts) {
    const { name, household } = fact
    const [column, key] = [raw.column(name), household === undefined ? undefined : raw.column(household)]
    if (column === undefined || key === undefined) continue
    const from = `said_${column}`
    const twos = `SELECT ${key} FROM raw WHERE ${key} <> '' GROUP BY ${key} HAVING COUNT(*) = 2`
    await session.run(`CREATE TEMP TABLE ${from} AS SELECT a.n, a.${column} AS own, b.k AS key, b.${column} AS other
      FROM raw a JOIN raw b ON a.${key} = b.${key} AND a.n <> b.n WHERE a.${key} IN (${twos}) AND a.${column} <> b.${column} AND b.${column} <> ''`)
    for (const [n, texts] of await session.rows(`SELECT n, ${textsOf(['own', 'other', 'key'])} FROM ${from} WHERE own <> '' ORDER BY n`)) {
      const [own = '', other = '', otherKey = ''] = readTexts(texts)
      if (contradicts(fact, own, other)) differing.set(Number(n), [...(differing.get(Number(n)) ?? []), differingProblem(name, own, other, otherKey)])
    }
    const [[count] = []] = await session.rows(`SELECT COUNT(*) FROM ${from} WHERE own = ''`)
    if (Number(count) === 0) continue
    filled.push({ column, from })
    notices.push({ code: 'household-filled', column: name, value: '', data: { count: String(count) } })
  }
  if (filled.length > 0) {
    const columns = filled.map(({ column, from }) => `CASE WHEN ${from}.own = '' THEN ${from}.other ELSE r.${column} END AS ${column}`)
    const joins = filled.map(({ from }) => `LEFT JOIN ${from} ON ${from}.n = r.n`)
    await session.run(
      'ALTER VIEW raw RENAME TO raw_as_written',
      `CREATE TEMP VIEW raw AS SELECT r.* REPLACE (${columns.join(', ')}) FROM raw_as_written r ${joins.join(' ')}`,
    )
  }
  return { notices, differing }
}

// ---- what must differ and stands twice ---------------------------------------------------------------------------------

/** By fact (the key's by its column) and value, the rows that have it. */
type Repeated = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>

async function repeatedValues(session: Session, policy: Policy, raw: RawColumns): Promise<Repeated> {
  const unique = policy.facts.filter((fact) => fact.unique && raw.column(fact.name) !== undefined).map(({ name }) => name)
  const found = new Map<string, ReadonlyMap<string, readonly number[]>>()
  for (const name of [keyColumn, ...unique]) {
    const column = name === keyColumn ? raw.key : (raw.column(name) ?? raw.key)
    const rows =
      await session.rows(`SELECT ${textsOf(['value'])}, n FROM (SELECT ${column} AS value, n, COUNT(*) OVER (PARTITION BY ${column}) AS times FROM raw WHERE ${column} IN
      (SELECT ${column} FROM raw WHERE ${column} <> '' GROUP BY ${column} HAVING COUNT(*) > 1)) ORDER BY n`)
    const byValue = new Map<string, number[]>()
    for (const [texts, n] of rows) {
      const [value = ''] = readTexts(texts)
      byValue.set(value, [...(byValue.get(value) ?? []), Number(n)])
    }
    found.set(name, byValue)
  }
  return found
}

/** The rows that the reader of facts has to look at. */
async function markDoubtful(session: Session, again: Repeated, differing: Differing): Promise<void> {
  await session.run("CREATE TEMP TABLE doubtful AS SELECT n FROM typed WHERE sure IS NOT TRUE OR k = ''")
  const rows = [...new Set([...differing.keys(), ...[...again.values()].flatMap((byValue) => [...byValue.values()].flat())])]
  if (rows.length === 0) return
  await session.fill(
    'doubtful',
    rows.map((row) => [BigInt(row)]),
  )
  await session.run('CREATE OR REPLACE TEMP TABLE doubtful AS SELECT DISTINCT n FROM doubtful')
}

const shortList = (list: readonly number[]): string => list.slice(0, 5).join('、') + (list.length > 5 ? '…' : '')

/** @param keyName what the file calls the key */
function repeatedProblems({ key, written }: WrittenRow, again: Repeated, keyName: string): readonly Problem[] {
  if (key === '') return [{ code: 'empty-key', column: keyName, value: '', data: {} }]
  return [...again].flatMap(([name, byValue]) => {
    const value = name === keyColumn ? key : (written[name] ?? '')
    const rows = value === '' ? undefined : byValue.get(value)
    const code = name === keyColumn ? ('duplicate-key' as const) : ('not-unique' as const)
    return rows ? [{ code, column: name === keyColumn ? keyName : name, value, data: { rows: shortList(rows) } }] : []
  })
}

/** Texts on their way out of the database: one is read in a fraction of the time of many, and none loses a byte-order mark at its start. */
const textsOf = (columns: readonly (string | undefined)[]): string => `CAST(to_json([${columns.join(', ')}]) AS VARCHAR)`
const readTexts = (texts: unknown): readonly string[] => JSON.parse(String(texts)) as readonly string[]

// ---- row by row --------------------------------------------------------------------------------------------------------

/** So many rows are looked at together. */
const batch = 10_000

/** Rows as they were written, records from files of their own gathered as JSON text. */
class RowReader {
  readonly #session: Session
  readonly #names: readonly string[]
  readonly #raw: RawColumns
  readonly #files: ReadonlyMap<string, readonly string[]>
  /** What the file of applicants calls the key. */
  readonly keyName: string

  constructor(session: Session, policy: Policy, raw: RawColumns, files: ReadonlyMap<string, readonly string[]>, keyName: string) {
    this.keyName = keyName
    this.#session = session
    this.#names = policy.facts.map(({ name }) => name).filter((name) => raw.column(name) !== undefined)
    this.#raw = raw
    this.#files = files
  }

  /**
   * @param rows in order
   * @param from a relation that has them, and perhaps others
   */
  async rows(rows: readonly number[], from = 'raw'): Promise<readonly WrittenRow[]> {
    const found: WrittenRow[] = []
    for (let at = 0; at < rows.length; at += batch) found.push(...(await this.#some(rows.slice(at, at + batch), from)))
    return found
  }

  async #some(rows: readonly number[], from: string): Promise<readonly WrittenRow[]> {
    const wanted = `SELECT UNNEST([${rows.join(', ')}]) AS n`
    const columns = this.#names.map((name) => this.#raw.column(name))
    const found = await this.#session.rows(
      `SELECT r.n, problem, ${textsOf([this.#raw.key, ...columns])} FROM ${from} r JOIN (${wanted}) w ON w.n = r.n ORDER BY r.n`,
    )
    const supplied = new Map<string, ReadonlyMap<string, string>>()
    for (const [name, fields] of this.#files) supplied.set(name, await this.#records(name, fields, wanted))
    return found.map(([n, problem, texts]): WrittenRow => {
      const [key = '', ...values] = readTexts(texts)
      const own = Object.fromEntries(this.#names.map((name, i) => [name, values[i]]))
      const lists = Object.fromEntries([...supplied].map(([name, byKey]) => [name, byKey.get(key) ?? '[]']))
      return { row: Number(n), key, written: { [keyColumn]: key, ...own, ...lists }, problem: problemOf(String(problem)) }
    })
  }

  async #records(name: string, fields: readonly string[], wanted: string): Promise<ReadonlyMap<string, string>> {
    const file = this.#raw.file(name)
    const columns = fields.map((field) => file?.column(field)).filter((column) => column !== undefined)
    const present = fields.filter((field) => file?.column(field) !== undefined)
    const rows = await this.#session.rows(
      `SELECT ${textsOf(['k', ...columns])} FROM ${file?.relation} WHERE k IN (SELECT raw.k FROM raw JOIN (${wanted}) w ON w.n = raw.n) ORDER BY n`,
    )
    const lists = new Map<string, Record<string, string>[]>()
    for (const [texts] of rows) {
      const [k = '', ...values] = readTexts(texts)
      const record = Object.fromEntries(present.map((field, i) => [field, values[i] ?? '']))
      lists.set(k, [...(lists.get(k) ?? []), record])
    }
    return new Map([...lists].map(([k, list]) => [k, JSON.stringify(list)]))
  }
}

/** Reads the doubtful rows; those that can be read after all go to `fixed` and its records. */
async function readDoubtful(
  session: Session,
  policy: Policy,
  facts: readonly FactColumns[],
  reader: RowReader,
  again: Repeated,
  differing: Differing,
): Promise<readonly Rejected[]> {
  const rows = (await session.rows('SELECT n FROM doubtful ORDER BY n')).map(([n]) => Number(n))
  const own = ['n', 'k', ...facts.flatMap(columnNames)]
  await session.run(`CREATE TEMP TABLE fixed AS SELECT ${own.join(', ')} FROM typed LIMIT 0`)
  for (const { records } of facts)
    if (records) await session.run(`CREATE TEMP TABLE ${records.relation}_fixed AS SELECT * EXCLUDE (sure) FROM ${records.relation}_read LIMIT 0`)
  await session.run('CREATE TEMP TABLE doubtful_raw AS SELECT * FROM raw WHERE n IN (SELECT n FROM doubtful)')
  const rejected: Rejected[] = []
  for (let at = 0; at < rows.length; at += batch) {
    const read = await reader.rows(rows.slice(at, at + batch), 'doubtful_raw')
    const good: Good[] = []
    for (const one of read) {
      const { facts: values, problems } = one.problem ? { facts: new Map(), problems: [one.problem] } : readFacts(policy, one.written)
      const all = one.problem ? problems : [...repeatedProblems(one, again, reader.keyName), ...(differing.get(one.row) ?? []), ...problems]
      if (all.length > 0) rejected.push({ row: one.row, key: one.key, problems: all })
      else good.push({ row: one.row, key: one.key, facts: values })
    }
    await append(session, policy, facts, good)
  }
  return rejected
}

type Plain = Readonly<Record<string, number | boolean | string>>

/** A doubtful row that could be read. */
interface Good {
  readonly row: number
  readonly key: string
  readonly facts: Facts
}

async function append(session: Session, policy: Policy, facts: readonly FactColumns[], good: readonly Good[]): Promise<void> {
  if (good.length === 0) return
  const people = await session.connection.createAppender('fixed')
  const lists = new Map<FactColumns, DuckDBAppender>()
  for (const one of facts) if (one.records) lists.set(one, await session.connection.createAppender(`${one.records.relation}_fixed`))
  for (const { row, key, facts: values } of good) {
    const input = inputOf(policy, values)
    people.appendBigInt(BigInt(row))
    people.appendVarchar(key)
    for (const { fact, columns, given } of facts) {
      for (const column of columns) appendValue(people, column, input as Plain)
      if (given !== undefined) people.appendBoolean(input[fact.name] !== undefined)
    }
    people.endRow()
    for (const [list, appender] of lists) appendRecords(appender, list, row, (input[list.fact.name] ?? []) as readonly Plain[])
  }
  for (const appender of [people, ...lists.values()]) appender.closeSync()
}

function appendRecords(appender: DuckDBAppender, { records }: FactColumns, row: number, given: readonly Plain[]) {
  if (!records) return
  for (const record of given) {
    appender.appendBigInt(BigInt(row))
    for (const column of recordColumns(records)) appendValue(appender, column, record)
    appender.endRow()
  }
}

const fillers: Readonly<Record<string, number | boolean | string>> = { FALSE: false, "''": '' }

function appendValue(appender: DuckDBAppender, { type, input, filler }: Column, values: Plain): void {
  const value = values[input] ?? fillers[filler] ?? Number(filler)
  if (type === 'BOOLEAN') appender.appendBoolean(value === true)
  else if (type === 'VARCHAR') appender.appendVarchar(String(value))
  else appender.appendBigInt(BigInt(value))
}

/** What is surely read, and what was read after all. */
function relations(facts: readonly FactColumns[]): readonly string[] {
  const joined = (name: string, typed: string, columns: readonly string[], fixed: string): string =>
    `CREATE TEMP VIEW ${name} AS SELECT ${columns.join(', ')} FROM ${typed} WHERE n NOT IN (SELECT n FROM doubtful) UNION ALL SELECT ${columns.join(', ')} FROM ${fixed}`
  const own = ['n', 'k', ...facts.flatMap(columnNames)]
  const lists = facts.flatMap(({ records }) =>
    records
      ? [joined(records.relation, `${records.relation}_read`, ['n', ...recordColumns(records).map(({ column }) => column)], `${records.relation}_fixed`)]
      : [],
  )
  return [joined('applicants', 'typed', own, 'fixed'), ...lists]
}
