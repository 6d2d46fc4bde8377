// Strict reading in SQL: written values → the typed relations that generated SQL scores. It accepts only what is surely in its
// written form; every other row is left to the reader of facts, which says what is wrong with it or reads it after all.

import { parseDate } from '../exact/date.ts'
import { decimal, multiply } from '../exact/number.ts'
import { periodEnd, periodStart } from '../ir/names.ts'
import type { Fact, Field } from '../ir/schema.ts'
import type { Column, FactColumns } from './columns.ts'
import { quoted } from './print.ts'

type ScalarType = Exclude<Fact['type'], { kind: 'records' }>

interface Reading {
  /** Whether the text is surely in the type's written form, and within its bounds. */
  readonly sure: string
  /** In the order of the columns. */
  readonly values: readonly string[]
}

/** @param text an SQL expression of a text that is not empty */
function readScalar(type: ScalarType, text: string): Reading {
  switch (type.kind) {
    case 'number': {
      const scale = `1${'0'.repeat(type.places)}`
      const [low, high] = [type.low, type.high].map((bound) => String(multiply(decimal(bound), decimal(scale)).numerator))
      const value = type.places === 0 ? `TRY_CAST(${text} AS BIGINT)` : scaledValue(text, type.places)
      // The text that a whole number makes is its only written form.
      const form =
        type.places === 0
          ? `CAST(${value} AS VARCHAR) = ${text}`
          : `regexp_full_match(${text}, '(0|-?[1-9][0-9]{0,13}|-?[1-9][0-9]{0,13}\\.[0-9]{1,${type.places}}|0\\.[0-9]{1,${type.places}})')`
      return { sure: `(${form} AND ${value} BETWEEN ${low} AND ${high})`, values: [value] }
    }
    case 'date': {
      const value = `TRY_CAST(replace(${text}, '-', '') AS BIGINT)`
      const [low, high] = [type.low, type.high].map((bound) => parseDate(bound) ?? 0)
      return {
        sure: `(CAST(TRY_CAST(${text} AS DATE) AS VARCHAR) = ${text} AND length(${text}) = 10 AND ${value} BETWEEN ${low} AND ${high})`,
        values: [value],
      }
    }
    case 'yesno':
      return { sure: `(${text} = '是' OR ${text} = '否')`, values: [`${text} = '是'`] }
    case 'text':
      return { sure: 'TRUE', values: [text] }
    case 'choice':
    case 'levels': {
      const places = type.members.map((member, i) => `WHEN ${quoted(member)} THEN ${i}`).join(' ')
      // Not IN: the database would make a join of it, and joins of as many tables as there are facts.
      return { sure: `CASE ${text} ${places} END IS NOT NULL`, values: [`CASE ${text} ${places} END`] }
    }
    case 'choices':
      return readMembers(type.members, text)
  }
}

/** A number with decimals as a whole number of its last place. */
function scaledValue(text: string, places: number): string {
  const decimals = `CASE WHEN contains(${text}, '.') THEN length(${text}) - strpos(${text}, '.') ELSE 0 END`
  return `TRY_CAST(replace(${text}, '.', '') || repeat('0', ${places} - ${decimals}) AS BIGINT)`
}

/** 甲、乙 as bits; as many known members as parts, or a part is unknown or stands twice. */
function readMembers(members: readonly string[], text: string): Reading {
  const parts = `string_split(${text}, '、')`
  const held = members.map((member) => `list_contains(${parts}, ${quoted(member)})`)
  const words = Array.from({ length: Math.ceil(members.length / 31) }, (_, word) =>
    held
      .slice(word * 31, word * 31 + 31)
      .map((one, bit) => `CASE WHEN ${one} THEN ${2 ** bit} ELSE 0 END`)
      .join(' + '),
  )
  const count = held.map((one) => `CAST(${one} AS INTEGER)`).join(' + ')
  return { sure: `(${text} = '[]' OR len(${parts}) = ${count})`, values: words.map((word) => `CASE WHEN ${text} = '[]' THEN 0 ELSE ${word} END`) }
}

const columnTypes = (columns: readonly Column[], values: readonly string[], filled: string): readonly string[] =>
  columns.map(({ column, type, filler }, i) => `COALESCE(CASE WHEN ${filled} THEN CAST(${values[i]} AS ${type}) END, ${filler}) AS ${column}`)

export interface RawColumns {
  /** The column of `raw` with the key, as written. */
  readonly key: string
  /** The column of `raw` where a fact is written; without one it is nowhere. */
  column(fact: string): string | undefined
  /** The relation with records of a fact that has a file of its own: `k` is the applicant's key, `c0` … the fields as written. */
  file(fact: string): { readonly relation: string; column(field: string): string | undefined } | undefined
}

/**
 * Statements that make, of `raw` (with the row number `n`), the table `typed` (facts, and whether all is `sure`) and a relation
 * of records for each list; records of rows that are not sure may be among them.
 */
export function readingStatements(facts: readonly FactColumns[], raw: RawColumns): readonly string[] {
  const statements: string[] = []
  const columns: string[] = []
  const sure: string[] = ["problem = ''"]
  const joins: string[] = []
  for (const { fact, columns: own, given, records } of facts) {
    const written = writtenText(fact, raw)
    if (!records) {
      const text = `w${own[0]?.column ?? ''}`
      if (fact.type.kind === 'records') continue
      const reading = readScalar(fact.type, text)
      columns.push(...columnTypes(own, reading.values, `${text} <> ''`))
      sure.push(`(${fact.required ? '' : `${text} = '' OR `}COALESCE(${reading.sure}, FALSE))`)
      joins.push(`${written} AS ${text}`)
      if (given !== undefined) columns.push(`${text} <> '' AS ${given}`)
      continue
    }
    const file = raw.file(fact.name)
    const list = `${records.relation}_sure`
    statements.push(...(file ? fileStatements(fact, records, file) : cellStatements(fact, records, written)))
    if (given !== undefined) columns.push(`${file ? 'TRUE' : `${records.relation}_text <> ''`} AS ${given}`)
    if (!file) {
      joins.push(`${written} AS ${records.relation}_text`)
      if (fact.required) sure.push(`${records.relation}_text <> ''`)
    }
    sure.push(`n NOT IN (SELECT n FROM ${list} WHERE sure IS NOT TRUE)`)
  }
  const texts = joins.length > 0 ? `, ${joins.join(', ')}` : ''
  statements.push(
    `CREATE TEMP TABLE typed AS SELECT n, ${raw.key} AS key, ${[...columns, `${sure.join(' AND ')} AS sure`].join(', ')} FROM (SELECT n, problem, ${raw.key}${texts} FROM raw)`,
  )
  return statements
}

/** What is written for a fact, or what stands for it when nothing is. */
function writtenText(fact: Fact, raw: RawColumns): string {
  const column = raw.column(fact.name)
  const otherwise = fact.defaultKey ? raw.key : quoted(fact.default ?? '')
  if (column === undefined) return otherwise
  return otherwise === "''" ? column : `CASE WHEN ${column} = '' THEN ${otherwise} ELSE ${column} END`
}

type Records = NonNullable<FactColumns['records']>

/** Whether the fields of a record are sure, with their columns. @param text the expression of a field as written */
function readFields(fact: Fact, records: Records, text: (field: Field) => string): { readonly columns: readonly string[]; readonly sure: string } {
  const columns: string[] = []
  const sure: string[] = []
  const days = new Map<string, string>()
  for (const { field, columns: own } of records.fields) {
    const written = field.default === undefined ? text(field) : `CASE WHEN ${text(field)} = '' THEN ${quoted(field.default)} ELSE ${text(field)} END`
    const reading = readScalar(field.type, `(${written})`)
    columns.push(...columnTypes(own, reading.values, 'TRUE'))
    sure.push(`COALESCE((${written}) <> '' AND ${reading.sure}, FALSE)`)
    if (reading.values[0] !== undefined) days.set(field.name, reading.values[0])
  }
  if (fact.type.kind === 'records' && fact.type.periods) sure.push(`COALESCE(${days.get(periodStart)} <= ${days.get(periodEnd)}, FALSE)`)
  return { columns, sure: sure.length > 0 ? sure.join(' AND ') : 'TRUE' }
}

/** Flat objects of short whole numbers and of texts without escapes: what JSON says of them leaves no doubt. */
const plainList = String.raw`\[(\{("[^"\\]*":("[^"\\]*"|0|-?[1-9][0-9]{0,14}),?)*\},?)*\]`

/** Records as JSON text in a cell. */
function cellStatements(fact: Fact, records: Records, written: string): readonly string[] {
  const { relation, fields } = records
  const names = fields.map(({ field }) => quoted(field.name)).join(', ')
  // The database takes a and A for one name: such lists are left to the reader of facts.
  const byFolded = new Map(fields.map(({ field }) => [field.name.toLowerCase(), field.name]))
  const distinct = byFolded.size === fields.length
  const structure = quoted(JSON.stringify([Object.fromEntries([...byFolded.values()].map((name) => [name, 'VARCHAR']))]))
  const { columns, sure } = readFields(fact, records, (field) => `COALESCE(s[${quoted(field.name)}], '')`)
  const limit = fact.type.kind === 'records' ? fact.type.limit : 0
  const cells = `SELECT n, t, regexp_full_match(t, ${quoted(plainList)}) AND json_valid(t) AND ${distinct} AS plain FROM (SELECT n, ${written} AS t FROM raw) WHERE t NOT IN ('', '[]')`
  const keys = `len(list_distinct(json_keys(e))) = len(json_keys(e)) AND list_has_all([${names}], json_keys(e))`
  return [
    `CREATE TEMP TABLE ${relation}_cells AS ${cells}`,
    `CREATE TEMP TABLE ${relation}_read AS SELECT n, ${columns.join(', ')}, ${sure} AND ${keys} AS sure FROM
      (SELECT n, UNNEST(from_json(t, ${structure})) AS s, UNNEST(from_json(t, '["JSON"]')) AS e FROM ${relation}_cells WHERE plain)`,
    `CREATE TEMP VIEW ${relation}_sure AS SELECT n, plain AS sure FROM ${relation}_cells WHERE NOT plain
      UNION ALL SELECT n, bool_and(sure) AND COUNT(*) <= ${limit} FROM ${relation}_read GROUP BY n`,
  ]
}

/** Records from a file of their own. */
function fileStatements(fact: Fact, records: Records, file: NonNullable<ReturnType<RawColumns['file']>>): readonly string[] {
  const { relation } = records
  const limit = fact.type.kind === 'records' ? fact.type.limit : 0
  const { columns, sure } = readFields(fact, records, (field) => file.column(field.name) ?? "''")
  return [
    `CREATE TEMP TABLE ${relation}_read AS SELECT people.n, ${columns.join(', ')}, ${sure} AS sure FROM
      (SELECT * EXCLUDE (n, problem) FROM ${file.relation}) r JOIN (SELECT n, k AS key FROM raw) people ON people.key = r.k`,
    `CREATE TEMP VIEW ${relation}_sure AS SELECT n, bool_and(sure) AND COUNT(*) <= ${limit} AS sure FROM ${relation}_read GROUP BY n`,
  ]
}

/** The columns of a relation of records. */
export const recordColumns = ({ fields }: Records): readonly Column[] => fields.flatMap(({ columns }) => columns)
