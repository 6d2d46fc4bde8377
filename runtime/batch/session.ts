// A DuckDB in this process, in memory, with a folder of its own for what does not fit; nothing of it is left behind.

import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { destinationOf, isRunning } from '../files/whole-file.ts'
import { type Dialect, duckdb } from '../sql/dialect.ts'
import { quoted } from '../sql/quote.ts'

export type Phase = 'read' | 'score' | 'order' | 'write'

export interface Progress {
  readonly phase: Phase
  /** Of the step at hand, 0 to 100. */
  readonly percent: number
  /** Applicants, once they are read. */
  readonly count: number | undefined
}

export interface Session {
  phase: Phase
  count: number | undefined
  readonly connection: DuckDBConnection
  /** How what is generated has to be written for it. */
  readonly dialect: Dialect
  /** A folder for files on the way, gone with the session. */
  readonly folder: string
  /** A path without a meaning of its own that leads to a file: in a name, `[ ] * ?` would be taken for a pattern. */
  reach(path: string): string
  run(...statements: readonly string[]): Promise<void>
  rows(query: string): Promise<readonly (readonly unknown[])[]>
  /** Puts rows into a table of 64-bit whole numbers, texts and truths. */
  fill(table: string, rows: Iterable<readonly (bigint | string | boolean)[]>): Promise<void>
  close(): void
}

const open = new Map<string, DuckDBConnection>()

/** Stops what sessions are doing; gives whether any was at work. */
export function interruptSessions(): boolean {
  for (const connection of open.values()) connection.interrupt()
  return open.size > 0
}

/** Takes away the folders of sessions that did not end: for a process that stops, however it does. */
function abandonSessions(): void {
  for (const folder of open.keys()) rmSync(folder, { recursive: true, force: true })
}
process.on('exit', abandonSessions)

/** Folders of processes on this machine: others may share the place for temporary files, and count processes for themselves. */
const prefix = `heng-session-${hostname()}-`

/** A process that was killed could not take its folder away, and applicants' data may be in it: the next one does. */
function sweepFolders(): void {
  try {
    for (const name of readdirSync(tmpdir())) {
      const [, pid] = name.startsWith(prefix) ? (/^(\d+)-[A-Za-z0-9]{6}$/.exec(name.slice(prefix.length)) ?? []) : []
      if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true })
    }
  } catch {
    // Somebody else's, or a place that may not be listed: it is their next process that takes it away.
  }
}

/** What the database could not do, by its kind; its own words are for whoever looks after Heng. */
export class DatabaseStopped extends Error {
  readonly kind: 'memory' | 'disk' | 'other'
  readonly phase: Progress['phase']
  constructor(error: Error, phase: Progress['phase']) {
    super(error.message, { cause: error })
    this.phase = phase
    this.kind = /Out of Memory|failed to allocate|could not allocate/i.test(error.message) ? 'memory' : /No space left/i.test(error.message) ? 'disk' : 'other'
  }
}

export interface Files {
  readonly read: readonly string[]
  readonly written: string | undefined
}

/** @param files the only ones that the database can reach, besides those of the session's own folder */
export async function openSession({ read, written }: Files = { read: [], written: undefined }): Promise<Session> {
  sweepFolders()
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`)))
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  open.set(folder, connection)
  const told = (error: unknown): never => {
    throw error instanceof Error ? new DatabaseStopped(error, session.phase) : error
  }
  const run = async (...statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await connection.run(statement).catch(told)
  }
  const configuration = [
    `SET temp_directory = ${quoted(folder)}`,
    'SET preserve_insertion_order = true',
    // Applicants' data stays on the machine: nothing is fetched, whatever a path looks like.
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET enable_progress_bar = true',
    'SET enable_progress_bar_print = false',
    // A time of day means the same wherever the machine stands.
    "SET TimeZone = 'UTC'",
    // What is written takes its place from a file beside it.
    `SET allowed_directories = ${listed([folder, ...(written === undefined ? [] : [dirname(destinationOf(written))])].map((path) => `${path}/`))}`,
    `SET allowed_paths = ${listed(read.map((path) => realpathSync(path)))}`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
    ...duckdb.calendar,
  ]
  let reached = 0
  const session: Session = {
    phase: 'read',
    count: undefined,
    connection,
    dialect: duckdb,
    folder,
    reach: (path) => {
      reached += 1
      const link = join(folder, `reached-${reached}`)
      symlinkSync(resolve(path), link)
      return link
    },
    run,
    rows: async (query) => (await connection.runAndReadAll(query).catch(told)).getRows() as unknown as readonly (readonly unknown[])[],
    fill: async (table, rows) => {
      const appender = await connection.createAppender(table)
      for (const row of rows) {
        for (const value of row) {
          if (typeof value === 'bigint') appender.appendBigInt(value)
          else if (typeof value === 'string') appender.appendVarchar(value)
          else appender.appendBoolean(value)
        }
        appender.endRow()
      }
      appender.closeSync()
    },
    close: () => {
      connection.closeSync()
      instance.closeSync()
      rmSync(folder, { recursive: true, force: true })
      open.delete(folder)
    },
  }
  await run(...configuration)
  return session
}

const listed = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`

/** Tells how far the step at hand is, several times a second. @returns what ends it */
export function watch(session: Session, tell: ((progress: Progress) => void) | undefined): () => void {
  if (!tell) return () => undefined
  const timer = setInterval(() => {
    const percent = Math.max(0, Math.min(100, session.connection.progress.percentage))
    tell({ phase: session.phase, percent, count: session.count })
  }, 200)
  return () => clearInterval(timer)
}
