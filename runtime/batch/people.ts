// Applicants from a file, row by row: CSV with a header, or JSONL. Gives what is written, under the policy's strict rules for
// one written form per type; what cannot be read at all is a row with a problem.

import { Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import type { WrittenFacts } from '../facts.ts'
import type { Problem } from '../problems.ts'
import { decodedChunks, type Encoding } from './decode.ts'
import { readPersonJson } from './json.ts'

/** The applicant's key. */
export const keyColumn = '编号'

export interface PersonRow {
  /** As a spreadsheet counts: the header of a CSV is row 1. */
  readonly row: number
  readonly written: WrittenFacts
  /** Set when the row could not be read. */
  readonly problem: Problem | undefined
}

export type Format = 'csv' | 'jsonl'

export interface People {
  readonly path: string
  readonly format: Format
  readonly encoding: Encoding
}

/** Rows in order. A header with a repeated column is left to `readHeader`. */
export function rows(people: People): AsyncGenerator<PersonRow> {
  return people.format === 'csv' ? csvRows(people) : jsonRows(people)
}

/** The columns of a CSV; `undefined` for JSONL, which has none, and for an empty file. */
export async function readHeader(people: People): Promise<readonly string[] | undefined> {
  if (people.format !== 'csv') return undefined
  for await (const record of csvRecords(people)) return record.fields
  return undefined
}

interface CsvRecord {
  readonly row: number
  readonly fields: readonly string[]
  readonly error: CsvError | undefined
}

async function* csvRecords({ path, encoding }: People): AsyncGenerator<CsvRecord> {
  const skipped: CsvRecord[] = []
  let row = 0
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      row += 1
      if (error) skipped.push({ row, fields: [], error })
      return undefined
    },
  })
  const source = Readable.from(decodedChunks(path, encoding))
  source.on('error', (error) => parser.destroy(error))
  for await (const fields of source.pipe(parser) as AsyncIterable<string[]>) {
    yield* skipped.splice(0)
    row += 1
    yield { row, fields, error: undefined }
  }
  yield* skipped
}

async function* csvRows(people: People): AsyncGenerator<PersonRow> {
  let header: readonly string[] | undefined
  for await (const { row, fields, error } of csvRecords(people)) {
    if (!header) {
      header = fields
      continue
    }
    if (error) {
      yield { row, written: {}, problem: { code: 'unreadable-row', column: '', value: '', data: { reason: error.message } } }
      continue
    }
    const written: Record<string, string> = Object.create(null)
    header.forEach((name, i) => {
      written[name] = fields[i] ?? ''
    })
    const problem: Problem | undefined =
      fields.length === header.length
        ? undefined
        : { code: 'wrong-field-count', column: '', value: '', data: { found: String(fields.length), expected: String(header.length) } }
    yield { row, written, problem }
  }
}

async function* jsonRows({ path, encoding }: People): AsyncGenerator<PersonRow> {
  let row = 0
  for await (const line of lines(decodedChunks(path, encoding))) {
    row += 1
    if (line.trim() === '') continue
    const person = readPersonJson(line)
    yield person.ok ? { row, written: person.written, problem: undefined } : { row, written: {}, problem: person.problem }
  }
}

async function* lines(chunks: AsyncGenerator<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const pieces = (rest + chunk).split('\n')
    rest = pieces.pop() ?? ''
    yield* pieces
  }
  if (rest !== '') yield rest
}
