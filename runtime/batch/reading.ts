// Strict reading in SQL: written values → the typed relations that generated SQL scores. It accepts only what is surely in its
// written form; every other row is left to the reader of facts, which says what is wrong with it or reads it after all.

import { formatDate, parseDate } from '../exact/date.ts'
import { periodEnd, periodStart } from '../ir/names.ts'
import type { Fact, Field } from '../ir/schema.ts'
import type { Column, FactColumns } from '../sql/columns.ts'
import { quoted } from '../sql/quote.ts'

type ScalarType = Exclude<Fact['type'], { kind: 'records' }>

/** How one written value is read, in two steps, so that nothing is worked out twice. */
interface Reading {
  /** What is made of the text; NULL when it cannot be read, or is empty. */
  readonly parsed: string
  /** Whether the text is surely in the type's written form, and within its bounds. */
  sure(parsed: string): string
  /** In the order of the columns. */
  values(parsed: string): readonly string[]
}

/** @param text the column of a text */
function readScalar(type: ScalarType, text: string): Reading {
  const filled = `NULLIF(${text}, '')`
  switch (type.kind) {
    case 'number':
      return readNumber(type, text)
    case 'date': {
      const [low, high] = [type.low, type.high].map((bound) => quoted(formatDate(parseDate(bound) ?? 0)))
      return {
        parsed: `TRY_CAST(${filled} AS DATE)`,
        sure: (day) => `CAST(${day} AS VARCHAR) = ${text} AND length(${text}) = 10 AND ${day} BETWEEN DATE ${low} AND DATE ${high}`,
        values: (day) => [`heng_from_date(${day})`],
      }
    }
    case 'yesno':
      return {
        parsed: `CASE ${text} WHEN '是' THEN TRUE WHEN '否' THEN FALSE END`,
        sure: (truth) => `${truth} IS NOT NULL`,
        values: (truth) => [truth],
      }
    case 'text':
      return { parsed: filled, sure: () => 'TRUE', values: (value) => [value] }
    case 'choice':
    case 'levels': {
      // Not IN: the database would make a join of it, and joins of as many tables as there are facts.
      const places = type.members.map((member, i) => `WHEN ${quoted(member)} THEN ${i}`).join(' ')
      return { parsed: `CASE ${text} ${places} END`, sure: (member) => `${member} IS NOT NULL`, values: (member) => [member] }
    }
    case 'choices':
      return readMembers(type.members, text)
  }
}

/** The text that a number makes, with all its decimals, begins with the one that was written: only zeros may be left out. */
function readNumber(type: Extract<ScalarType, { kind: 'number' }>, text: string): Reading {
  const { low, high, places } = type
  if (places === 0)
    return {
      parsed: `TRY_CAST(NULLIF(${text}, '') AS BIGINT)`,
      sure: (value) => `CAST(${value} AS VARCHAR) = ${text} AND ${value} BETWEEN ${low} AND ${high}`,
      values: (value) => [value],
    }
  return {
    parsed: `TRY_CAST(NULLIF(${text}, '') AS DECIMAL(18, ${places}))`,
    sure: (value) => `starts_with(CAST(${value} AS VARCHAR), ${text}) AND NOT ends_with(${text}, '.') AND ${value} BETWEEN ${low} AND ${high}`,
    values: (value) => [`CASE WHEN ${value} BETWEEN ${low} AND ${high} THEN ${unitsOf(type, value)} END`],
  }
}

/** A decimal within its bounds as a whole number of its last decimal: multiplied where the product has room, else through its text. */
function unitsOf({ low, high, places }: Extract<ScalarType, { kind: 'number' }>, value: string): string {
  const room = 10 ** (18 - 2 * places)
  if (Math.max(Math.abs(Number(low)), Math.abs(Number(high))) < room) return `CAST(${value} * ${10 ** places} AS BIGINT)`
  return `CAST(replace(CAST(${value} AS VARCHAR), '.', '') AS BIGINT)`
}

/** 甲、乙 as bits; as many known members as parts, or a part is unknown or stands twice. */
function readMembers(members: readonly string[], text: string): Reading {
  const held = (parts: string) => members.map((member) => `list_contains(${parts}, ${quoted(member)})`)
  const words = (parts: string) =>
    Array.from({ length: Math.ceil(members.length / 31) }, (_, word) =>
      held(parts)
        .slice(word * 31, word * 31 + 31)
        .map((one, bit) => `CASE WHEN ${one} THEN ${2 ** bit} ELSE 0 END`)
        .join(' + '),
    )
  const count = (parts: string) =>
    held(parts)
      .map((one) => `CAST(${one} AS INTEGER)`)
      .join(' + ')
  return {
    parsed: `string_split(NULLIF(${text}, ''), '、')`,
    sure: (parts) => `${text} = '[]' OR len(${parts}) = ${count(parts)}`,
    values: (parts) => words(parts).map((word) => `CASE WHEN ${text} = '[]' THEN 0 ELSE ${word} END`),
  }
}

const columnTypes = (columns: readonly Column[], values: readonly string[]): readonly string[] =>
  columns.map(({ column, type, filler }, i) => `COALESCE(CAST(${values[i]} AS ${type}), ${filler}) AS ${column}`)

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
  const parts = facts.map((fact): ReadingParts => ({ ...nothingRead, ...(fact.records ? readList(fact, fact.records, raw) : readOne(fact, raw)) }))
  const all = (part: keyof ReadingParts) => parts.flatMap((each) => each[part])
  const asWritten = `SELECT ${['n', 'problem', raw.key, ...all('texts')].join(', ')} FROM raw`
  const sure = ["problem = ''", ...all('sure')].join(' AND ')
  return [
    ...all('statements'),
    `CREATE TEMP TABLE typed AS SELECT n, ${raw.key} AS k, ${[...all('columns'), `${sure} AS sure`].join(', ')}
      FROM (SELECT ${['*', ...all('parsed')].join(', ')} FROM (${asWritten}))`,
  ]
}

/** What a fact adds to the statements. */
interface ReadingParts {
  /** That come before. */
  readonly statements: readonly string[]
  /** The texts as written, selected from `raw`. */
  readonly texts: readonly string[]
  /** Those texts parsed. */
  readonly parsed: readonly string[]
  /** The columns of the fact. */
  readonly columns: readonly string[]
  /** What must hold for the row to be sure. */
  readonly sure: readonly string[]
}

const nothingRead: ReadingParts = { statements: [], texts: [], parsed: [], columns: [], sure: [] }

function readOne({ fact, columns: own, given }: FactColumns, raw: RawColumns): Partial<ReadingParts> {
  if (fact.type.kind === 'records') return {}
  const [text, value] = [`w${own[0]?.column ?? ''}`, `e${own[0]?.column ?? ''}`]
  const reading = readScalar(fact.type, text)
  return {
    texts: [`${writtenText(fact, raw)} AS ${text}`],
    parsed: [`${reading.parsed} AS ${value}`],
    columns: [...columnTypes(own, reading.values(value)), ...(given === undefined ? [] : [`${text} <> '' AS ${given}`])],
    sure: [`(${text} ${fact.required ? "<> '' AND" : "= '' OR"} COALESCE(${reading.sure(value)}, FALSE))`],
  }
}

function readList({ fact, given }: FactColumns, records: NonNullable<FactColumns['records']>, raw: RawColumns): Partial<ReadingParts> {
  const file = raw.file(fact.name)
  const text = `${records.relation}_text`
  const ofList = `n NOT IN (SELECT n FROM ${records.relation}_sure WHERE sure IS NOT TRUE)`
  const columns = (isGiven: string) => (given === undefined ? [] : [`${isGiven} AS ${given}`])
  if (file) return { statements: fileStatements(fact, records, file), columns: columns('TRUE'), sure: [ofList] }
  const written = writtenText(fact, raw)
  return {
    statements: cellStatements(fact, records, written),
    texts: [`${written} AS ${text}`],
    columns: columns(`${text} <> ''`),
    sure: [...(fact.required ? [`${text} <> ''`] : []), ofList],
  }
}

/** What is written for a fact, or what stands for it when nothing is. */
function writtenText(fact: Fact, raw: RawColumns): string {
  const column = raw.column(fact.name)
  const otherwise = fact.defaultKey ? raw.key : quoted(fact.default ?? '')
  if (column === undefined) return otherwise
  return otherwise === "''" ? column : `CASE WHEN ${column} = '' THEN ${otherwise} ELSE ${column} END`
}

type Records = NonNullable<FactColumns['records']>

/**
 * Whether the fields of a record are sure, with their columns.
 * @param text the expression of a field as written
 * @param from what holds the records, with `kept` columns beside them
 */
function readFields(
  fact: Fact,
  records: Records,
  text: (field: Field) => string,
  kept: readonly string[],
  from: string,
): { readonly columns: readonly string[]; readonly sure: string; readonly from: string } {
  const columns: string[] = []
  const sure: string[] = []
  const texts: string[] = []
  const parsed: string[] = []
  const days = new Map<string, string>()
  records.fields.forEach(({ field, columns: own }, i) => {
    const written = field.default === undefined ? text(field) : `COALESCE(NULLIF(${text(field)}, ''), ${quoted(field.default)})`
    const reading = readScalar(field.type, `w${i}`)
    columns.push(...columnTypes(own, reading.values(`e${i}`)))
    sure.push(`COALESCE(w${i} <> '' AND ${reading.sure(`e${i}`)}, FALSE)`)
    texts.push(`${written} AS w${i}`)
    parsed.push(`${reading.parsed} AS e${i}`)
    days.set(field.name, `e${i}`)
  })
  if (fact.type.kind === 'records' && fact.type.periods) sure.push(`COALESCE(${days.get(periodStart)} <= ${days.get(periodEnd)}, FALSE)`)
  const asWritten = `SELECT ${[...kept, ...texts].join(', ')} FROM ${from}`
  return { columns, sure: sure.length > 0 ? sure.join(' AND ') : 'TRUE', from: `(SELECT ${['*', ...parsed].join(', ')} FROM (${asWritten}))` }
}

/** Flat objects of short whole numbers and of texts without escapes: what JSON says of them leaves no doubt. */
const [pair, several] = [String.raw`"[^"\\]*":("[^"\\]*"|0|-?[1-9][0-9]{0,14})`, (one: string) => `${one}(,${one})*`]
const plainList = String.raw`\[${several(String.raw`\{${several(pair)}\}`)}\]`

/** Records as JSON text in a cell. */
function cellStatements(fact: Fact, records: Records, written: string): readonly string[] {
  const { relation, fields } = records
  const names = fields.map(({ field }) => quoted(field.name)).join(', ')
  // The database takes a and A for one name: such lists are left to the reader of facts.
  const byFolded = new Map(fields.map(({ field }) => [field.name.toLowerCase(), field.name]))
  const distinct = byFolded.size === fields.length
  const structure = quoted(JSON.stringify([Object.fromEntries([...byFolded.values()].map((name) => [name, 'VARCHAR']))]))
  const unnested = `(SELECT n, UNNEST(from_json(t, ${structure})) AS s, UNNEST(from_json(t, '["JSON"]')) AS e FROM ${relation}_cells WHERE plain)`
  const { columns, sure, from } = readFields(fact, records, (field) => `COALESCE(s[${quoted(field.name)}], '')`, ['n', 'e'], unnested)
  const limit = fact.type.kind === 'records' ? fact.type.limit : 0
  const cells = `SELECT n, t, regexp_full_match(t, ${quoted(plainList)}) AND json_valid(t) AND ${distinct} AS plain FROM (SELECT n, ${written} AS t FROM raw) WHERE t NOT IN ('', '[]')`
  const keys = `len(list_distinct(json_keys(e))) = len(json_keys(e)) AND list_has_all([${names}], json_keys(e))`
  return [
    `CREATE TEMP TABLE ${relation}_cells AS ${cells}`,
    `CREATE TEMP TABLE ${relation}_read AS SELECT n, ${columns.join(', ')}, ${sure} AND ${keys} AS sure FROM ${from}`,
    `CREATE TEMP VIEW ${relation}_sure AS SELECT n, plain AS sure FROM ${relation}_cells WHERE NOT plain
      UNION ALL SELECT n, bool_and(sure) AND COUNT(*) <= ${limit} FROM ${relation}_read GROUP BY n`,
  ]
}

/** Records from a file of their own. */
function fileStatements(fact: Fact, records: Records, file: NonNullable<ReturnType<RawColumns['file']>>): readonly string[] {
  const { relation } = records
  const limit = fact.type.kind === 'records' ? fact.type.limit : 0
  const own = `(SELECT * EXCLUDE (n, problem) FROM ${file.relation}) r JOIN (SELECT n, k AS key FROM raw) people ON people.key = r.k`
  const { columns, sure, from } = readFields(fact, records, (field) => file.column(field.name) ?? "''", ['people.n'], own)
  return [
    `CREATE TEMP TABLE ${relation}_read AS SELECT n, ${columns.join(', ')}, ${sure} AS sure FROM ${from}`,
    `CREATE TEMP VIEW ${relation}_sure AS SELECT n, bool_and(sure) AND COUNT(*) <= ${limit} AS sure FROM ${relation}_read GROUP BY n`,
  ]
}

/** The columns of a relation of records. */
export const recordColumns = ({ fields }: Records): readonly Column[] => fields.flatMap(({ columns }) => columns)
