// Applicants from a file, row by row: CSV with a header, or JSONL. Gives what is written, under the policy's strict rules for
// one written form per type; what cannot be read at all is a row with a problem.

import { plainName } from '../exact/text.ts'
import type { WrittenFacts } from '../facts.ts'
import { decodedChunks, type Encoding } from '../files/decode.ts'
import type { Problem } from '../problems.ts'
import { csvRecords } from './csv.ts'
import { readPersonJson } from './json.ts'

export interface PersonRow {
  /** As a spreadsheet counts: the header of a CSV is row 1. */
  readonly row: number
  readonly written: WrittenFacts
  /** Set when the row could not be read. */
  readonly problem: Problem | undefined
}

export type TextFormat = 'csv' | 'jsonl'
export type Format = TextFormat | 'parquet' | 'xlsx'

export interface People {
  readonly path: string
  readonly format: TextFormat
  readonly encoding: Encoding
}

/** Rows in order. A header with a repeated column is left to `readHeader`. */
export function rows(people: People): AsyncGenerator<PersonRow> {
  return people.format === 'csv' ? csvRows(people) : jsonRows(people)
}

/** The columns of a CSV; `undefined` for JSONL, which has none, and for an empty file. */
export async function readHeader(people: People): Promise<readonly string[] | undefined> {
  if (people.format !== 'csv') return undefined
  for await (const { fields } of csvRecords(decodedChunks(people.path, people.encoding))) return fields.map(plainName)
  return undefined
}

async function* csvRows(people: People): AsyncGenerator<PersonRow> {
  let header: readonly string[] | undefined
  for await (const { row, fields, broken } of csvRecords(decodedChunks(people.path, people.encoding))) {
    if (!header) {
      header = fields.map(plainName)
      continue
    }
    if (broken) {
      yield { row, written: {}, problem: { code: 'unreadable-row', column: '', value: '', data: { reason: '"' } } }
      continue
    }
    const written: Record<string, string> = Object.create(null)
    header.forEach((name, i) => {
      written[name] = fields[i] ?? ''
    })
    yield { row, written, problem: countProblem(fields.length, header.length) ?? textProblem(fields) }
  }
}

function countProblem(found: number, expected: number): Problem | undefined {
  return found === expected ? undefined : { code: 'wrong-field-count', column: '', value: '', data: { found: String(found), expected: String(expected) } }
}

/** Bytes that are no text in the file's encoding come as U+FFFD. */
function textProblem(values: readonly string[]): Problem | undefined {
  return values.some((value) => /[\p{Cs}\ufffd]/u.test(value)) ? { code: 'not-text', column: '', value: '', data: {} } : undefined
}

async function* jsonRows({ path, encoding }: People): AsyncGenerator<PersonRow> {
  let row = 0
  for await (const line of lines(decodedChunks(path, encoding))) {
    row += 1
    if (line.trim() === '') continue
    const person = readPersonJson(line)
    yield person.ok
      ? { row, written: person.written, problem: textProblem([line, ...Object.values(person.written).map((text) => text ?? '')]) }
      : { row, written: {}, problem: person.problem }
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
