// Applicants with everything checked that can be checked before scoring: columns, keys, values that must differ, facts in
// their written forms, and records that come from files of their own.

import type { Facts, WrittenFacts } from '../facts.ts'
import { readFacts } from '../facts.ts'
import { keyColumn } from '../ir/names.ts'
import type { Fact, Policy } from '../ir/schema.ts'
import type { Problem } from '../problems.ts'
import { detectEncoding } from './decode.ts'
import { type Format, type People, readHeader, rows } from './people.ts'

export interface Source {
  readonly path: string
  readonly format: Format
}

export interface Inputs {
  readonly people: Source
  /** Files of records, by the name of their fact; who is not in one has none. */
  readonly records: ReadonlyMap<string, Source>
}

export interface CheckedRow {
  readonly row: number
  readonly key: string
  readonly facts: Facts
  readonly problems: readonly Problem[]
}

export interface CheckedPeople {
  /** What the headers have to say without stopping the run. */
  readonly notices: readonly Problem[]
  rows(): AsyncGenerator<CheckedRow>
  /** Names that stand in JSONL rows and are no facts, once the rows have been read. */
  strayNames(): readonly Problem[]
}

export type Opened = { readonly ok: true; readonly people: CheckedPeople } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads the headers, the keys and the files of records; the rows themselves are read one by one. */
export async function openPeople(policy: Policy, { people: source, records }: Inputs): Promise<Opened> {
  const people: People = { ...source, encoding: await detectEncoding(source.path) }
  const header = await readHeader(people)
  if (people.format === 'csv' && !header) return { ok: false, problems: [{ code: 'empty-file', column: '', value: '', data: {} }] }
  const { problems, notices } = header ? checkHeader(policy, header, records) : { problems: [], notices: [] }
  if (problems.length > 0) return { ok: false, problems }
  const supplied = new Map<string, ReadonlyMap<string, string>>()
  for (const [name, file] of records) {
    const fact = policy.facts.find((candidate) => candidate.name === name)
    const read = fact && (await readRecordsFile(fact, file))
    if (!read?.ok) return { ok: false, problems: read?.problems ?? [{ code: 'unknown-column', column: name, value: name, data: {} }] }
    supplied.set(name, read.byKey)
  }
  const unique = policy.facts.filter((fact) => fact.unique).map(({ name }) => name)
  const { keys, values } = await repeated(people, unique)
  const known = new Set([keyColumn, ...policy.facts.map(({ name }) => name)])
  const stray = new Set<string>()
  return { ok: true, people: { notices, rows: checkedRows, strayNames: () => [...stray].map(unknownColumn) } }

  async function* checkedRows(): AsyncGenerator<CheckedRow> {
    for await (const { row, written, problem } of rows(people)) {
      if (people.format === 'jsonl') for (const name of Object.keys(written)) if (!known.has(name)) stray.add(name)
      const key = written[keyColumn] ?? ''
      if (problem) {
        yield { row, key, facts: new Map(), problems: [problem] }
        continue
      }
      const given: WrittenFacts = { ...written, ...Object.fromEntries([...supplied].map(([name, byKey]) => [name, byKey.get(key) ?? '[]'])) }
      const { facts, problems: found } = readFacts(policy, given)
      yield { row, key, facts, problems: [...keyProblems(key, keys), ...uniqueProblems(unique, written, values), ...found] }
    }
  }
}

const unknownColumn = (name: string): Problem => ({ code: 'unknown-column', column: name, value: name, data: {} })

type RecordsFile = { readonly ok: true; readonly byKey: ReadonlyMap<string, string> } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Rows of a file of records gathered by the applicant's key, each list as JSON text. */
async function readRecordsFile(fact: Fact, file: Source): Promise<RecordsFile> {
  if (fact.type.kind !== 'records') return { ok: false, problems: [{ code: 'not-a-list', column: fact.name, value: fact.name, data: {} }] }
  const people: People = { ...file, encoding: await detectEncoding(file.path) }
  const header = await readHeader(people)
  const needed = [keyColumn, ...fact.type.fields.filter((field) => field.default === undefined).map(({ name }) => name)]
  const missing = header ? needed.filter((name) => !header.includes(name)) : people.format === 'csv' ? needed : []
  if (missing.length > 0) return { ok: false, problems: missing.map((name) => ({ code: 'missing-column', column: name, value: name, data: {} })) }
  const fields = new Set(fact.type.fields.map(({ name }) => name))
  const lists = new Map<string, Record<string, string>[]>()
  for await (const { row, written, problem } of rows(people)) {
    const key = written[keyColumn] ?? ''
    const broken = problem ?? (key === '' ? { code: 'empty-key' as const, column: keyColumn, value: '', data: {} } : undefined)
    if (broken) return { ok: false, problems: [{ ...broken, column: `${fact.name} ${row}` }] }
    const record = Object.fromEntries(Object.entries(written).filter(([name]) => fields.has(name))) as Record<string, string>
    lists.set(key, [...(lists.get(key) ?? []), record])
  }
  return { ok: true, byKey: new Map([...lists].map(([key, list]) => [key, JSON.stringify(list)])) }
}

function uniqueProblems(
  unique: readonly string[],
  written: WrittenFacts,
  values: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>,
): readonly Problem[] {
  return unique.flatMap((name) => {
    const value = written[name] ?? ''
    const list = value === '' ? undefined : values.get(name)?.get(value)
    return list ? [{ code: 'not-unique' as const, column: name, value, data: { rows: shortList(list) } }] : []
  })
}

const shortList = (list: readonly number[]): string => list.slice(0, 5).join('、') + (list.length > 5 ? '…' : '')

function keyProblems(key: string, repeatedKeys: ReadonlyMap<string, readonly number[]>): readonly Problem[] {
  if (key === '') return [{ code: 'empty-key', column: keyColumn, value: '', data: {} }]
  const list = repeatedKeys.get(key)
  return list ? [{ code: 'duplicate-key', column: keyColumn, value: key, data: { rows: shortList(list) } }] : []
}

/** A first pass over the file: what must differ and stands twice spoils every row that has it, also the first. */
async function repeated(
  people: People,
  unique: readonly string[],
): Promise<{ keys: ReadonlyMap<string, readonly number[]>; values: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>> }> {
  const seen = new Map([keyColumn, ...unique].map((name) => [name, { first: new Map<string, number>(), again: new Map<string, number[]>() }]))
  for await (const { row, written } of rows(people)) {
    for (const [name, { first, again }] of seen) {
      const value = written[name] ?? ''
      if (value === '') continue
      const before = first.get(value)
      if (before === undefined) first.set(value, row)
      else again.set(value, [...(again.get(value) ?? [before]), row])
    }
  }
  return { keys: seen.get(keyColumn)?.again ?? new Map(), values: new Map([...seen].map(([name, { again }]) => [name, again])) }
}

function checkHeader(
  policy: Policy,
  header: readonly string[],
  records: ReadonlyMap<string, Source>,
): { problems: readonly Problem[]; notices: readonly Problem[] } {
  const [only = ''] = header
  if (only.includes('\u0000') || only.includes('\ufffd')) return { problems: [{ code: 'not-a-table', column: '', value: '', data: {} }], notices: [] }
  const separator = header.length === 1 && !only.includes(',') ? [';', '；', '\t'].find((mark) => only.includes(mark)) : undefined
  if (separator) return { problems: [{ code: 'other-separator', column: '', value: separator === '\t' ? 'Tab' : separator, data: {} }], notices: [] }
  const problems: Problem[] = []
  const known = new Set([keyColumn, ...policy.facts.map(({ name }) => name)])
  const unknown = header.filter((name) => !known.has(name))
  for (const name of new Set(header.filter((name, i) => header.indexOf(name) < i && known.has(name))))
    problems.push({ code: 'duplicate-column', column: name, value: name, data: {} })
  const needed = [
    keyColumn,
    ...policy.facts.filter((fact) => fact.default === undefined && !fact.defaultKey && !records.has(fact.name)).map(({ name }) => name),
  ]
  // A list that has a file of its own may not stand in the people's file as well.
  for (const name of records.keys()) if (header.includes(name)) problems.push({ code: 'duplicate-column', column: name, value: name, data: {} })
  const stray = unknown.slice(0, 5).join('、')
  for (const name of needed) {
    if (header.includes(name)) continue
    const suggestion = unknown.find((other) => similar(other, name))
    problems.push({
      code: 'missing-column',
      column: name,
      value: name,
      data: { ...(suggestion === undefined ? {} : { suggestion }), ...(stray === '' ? {} : { stray }) },
    })
  }
  return { problems, notices: unknown.map(unknownColumn) }
}

/** More than half of the letters are shared: enough to ask whether a column was meant. */
function similar(a: string, b: string): boolean {
  const letters = [...new Set(a)]
  if (a.includes(b) || b.includes(a)) return true
  return letters.filter((letter) => b.includes(letter)).length * 2 > Math.max(letters.length, new Set(b).size)
}
