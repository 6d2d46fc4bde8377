// A DuckDB in this process, in memory, with a folder of its own for what does not fit; nothing of it is left behind.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { duckdb } from '../sql/dialect.ts'
import { quoted } from '../sql/print.ts'

export interface Session {
  readonly connection: DuckDBConnection
  /** A folder for files on the way, gone with the session. */
  readonly folder: string
  run(...statements: readonly string[]): Promise<void>
  rows(query: string): Promise<readonly (readonly unknown[])[]>
  close(): void
}

const folders = new Set<string>()

/** Takes away the folders of sessions that did not end: for a process that is told to stop. */
export function abandonSessions(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}

export async function openSession(): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'heng-'))
  folders.add(folder)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const run = async (...statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await connection.run(statement)
  }
  await run(`SET temp_directory = ${quoted(folder)}`, 'SET preserve_insertion_order = true', ...duckdb.calendar)
  return {
    connection,
    folder,
    run,
    rows: async (query) => (await connection.runAndReadAll(query)).getRows() as unknown as readonly (readonly unknown[])[],
    close: () => {
      connection.closeSync()
      instance.closeSync()
      rmSync(folder, { recursive: true, force: true })
      folders.delete(folder)
    },
  }
}
