// npm run bench files: a million applicants from a file into a ranked file, against SQL written by hand for the same database. The
// files are compared before the times are.

import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'csv-parse/sync'
import { median, printTable, ratioOf } from '../measure.ts'
import { type Run, run } from '../process.ts'
import { writePeople } from './people.ts'
import { benchFolder, heng, rankArguments } from './scheme.ts'

const count = 1_000_000
const runs = 5
const { folder, scheme } = benchFolder()
const file = (name: string): string => join(folder, name)
const byHand = fileURLToPath(new URL('by-hand.ts', import.meta.url))

const connection = await (await DuckDBInstance.create(':memory:')).connect()
const query = async (sql: string) => (await connection.runAndReadAll(sql)).getRows()
await writePeople(file('people.csv'), count)
await connection.run(`COPY (SELECT * FROM read_csv('${file('people.csv')}', all_varchar = true)) TO '${file('people.parquet')}' (FORMAT parquet)`)

/** Row and column of what was rejected. */
const rejected = (path: string): readonly string[] =>
  (parse(readFileSync(path), { bom: true, columns: true }) as Readonly<Record<string, string>>[]).map(({ 行, 列 }) => `${行} ${列}`)

const rows: string[][] = []
for (const format of ['csv', 'parquet'] as const) {
  const [people, out, outByHand] = [`people.${format}`, `ranked.${format}`, `by-hand.${format}`].map(file) as [string, string, string]
  const [own, hand]: [Run[], Run[]] = [[], []]
  for (let i = 0; i < runs; i += 1) {
    own.push(await run(heng, rankArguments(scheme, people, out)))
    hand.push(await run(process.execPath, [byHand, people, outByHand, file('by-hand.rejects.csv'), format]))
    if (i > 0) continue
    await same(format, out, outByHand)
    const [found, wanted] = [rejected(file('ranked.rejects.csv')), rejected(file('by-hand.rejects.csv'))]
    if (found.length === 0 || found.join() !== wanted.join()) throw new Error('not the same rows are rejected')
  }
  const times = (list: readonly Run[]) => list.map(({ milliseconds }) => milliseconds)
  const memory = (list: readonly Run[]) => `${Math.round(Math.max(...list.map(({ peak }) => peak)))} MB`
  const seconds = (list: readonly Run[]) => `${(median(times(list)) / 1000).toFixed(1)} s`
  rows.push([`${format} → ranked ${format}, by hand`, seconds(hand), '', memory(hand), ''])
  rows.push([`${format} → ranked ${format}, heng rank`, seconds(own), ratioOf(times(hand), times(own)), memory(own), '1.15'])
}

async function same(format: 'csv' | 'parquet', a: string, b: string): Promise<void> {
  if (format === 'csv') {
    if (!readFileSync(a).equals(readFileSync(b))) throw new Error('the rankings differ')
    return
  }
  // In the order of the files, numbers as numbers.
  const texts = (path: string) => `SELECT row_number() OVER () AS line, CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet('${path}')`
  const [[differing] = []] = await query(`SELECT COUNT(*) FROM (${texts(a)} EXCEPT ${texts(b)})`)
  const [[lines] = []] = await query(`SELECT COUNT(*) FROM read_parquet('${b}')`)
  if (differing !== 0n || lines === 0n) throw new Error(`${differing} of ${lines} rows of the rankings differ`)
}

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${count} rows of which one in a hundred is wrong, median of ${runs} runs\n`,
)
printTable(['', 'time', 'times by hand (least–most)', 'memory', 'aim at most'], rows)
