// A query → a file, whole or not at all: CSV, JSONL, or Parquet with numbers as decimals.

import { createReadStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { quoted } from '../sql/print.ts'
import type { Format } from './people.ts'
import type { Session } from './session.ts'
import { WholeFile, writeTo } from './whole-file.ts'

export interface Target {
  readonly path: string
  readonly format: Format
  readonly byteOrderMark: boolean
}

export interface Table {
  /** Its columns are `c0`, `c1` … */
  readonly query: string
  readonly headers: readonly string[]
}

/** A whole number of units of 10^-places as plain decimal text. */
export function decimalText(value: string, places: number): string {
  if (places === 0) return `CAST(${value} AS VARCHAR)`
  const scale = 10 ** places
  const digits = `lpad(CAST(abs(${value}) % ${scale} AS VARCHAR), ${places}, '0')`
  const rest = `CASE WHEN ${value} % ${scale} = 0 THEN '' ELSE '.' || rtrim(${digits}, '0') END`
  return `CASE WHEN ${value} < 0 THEN '-' ELSE '' END || CAST(abs(${value}) // ${scale} AS VARCHAR) || ${rest}`
}

const named = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** @param target `undefined` for standard output, as CSV */
export async function copyTo(session: Session, { query, headers }: Table, target: Target | undefined, stdout: Writable): Promise<void> {
  const format = target?.format ?? 'csv'
  const columns = headers.map((name, i) => `${format === 'csv' ? `NULLIF(c${i}, '')` : format === 'jsonl' ? `COALESCE(c${i}, '')` : `c${i}`} AS ${named(name)}`)
  const path = join(session.folder, `out.${format}`)
  const options =
    format === 'csv' ? "FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULL ''" : format === 'jsonl' ? 'FORMAT json' : 'FORMAT parquet'
  await session.run(`COPY (SELECT ${columns.join(', ')} FROM (${query})) TO ${quoted(path)} (${options})`)
  try {
    const file = target && new WholeFile(target.path, target.byteOrderMark && format === 'csv')
    for await (const chunk of createReadStream(path)) await (file ? file.write(chunk as Buffer) : writeTo(stdout, chunk as Buffer))
    await file?.finish()
  } finally {
    rmSync(path, { force: true })
  }
}
