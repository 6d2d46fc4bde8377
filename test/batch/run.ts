// Scores files that a test writes, in a folder of its own.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { Writable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import type { Format } from '../../runtime/batch/people.ts'
import { type JobResult, type Summary, scoreFile } from '../../runtime/batch/score-file.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { runOf } from '../runtime/support.ts'

export interface Scored {
  readonly result: JobResult
  /** 编号 and 总分 of each row. */
  readonly totals: readonly (readonly string[])[]
  readonly rejects: readonly (readonly string[])[]
}

export type Contents = string | Uint8Array

/** @param records files by fact @param among others that lie in the same folder */
export async function scored(
  policy: Policy,
  people: readonly [name: string, contents: Contents],
  records: Readonly<Record<string, readonly [name: string, contents: Contents]>> = {},
  among: Readonly<Record<string, Contents>> = {},
): Promise<Scored> {
  const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
  try {
    for (const [name, contents] of [people, ...Object.values(records), ...Object.entries(among)]) await writeFile(join(folder, name), contents)
    const source = ([name]: readonly [string, Contents]) => ({ path: join(folder, name), format: extname(name).slice(1) as Format })
    const result = await scoreFile({
      run: runOf(policy),
      inputs: { people: source(people), records: new Map(Object.entries(records).map(([fact, file]) => [fact, source(file)])) },
      out: { path: join(folder, 'out.csv'), format: 'csv', byteOrderMark: false },
      rejects: join(folder, 'out.rejects.csv'),
      language: 'zh',
      stdout: new Writable(),
      onProgress: undefined,
    })
    const table = async (name: string) => parse(await readFile(join(folder, name), 'utf8').catch(() => ''), { bom: true }) as string[][]
    return {
      result,
      totals: (await table('out.csv')).slice(1).map(([key = '', , total = '']) => [key, total]),
      rejects: (await table('out.rejects.csv')).slice(1),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

export function summaryOf({ result }: Scored): Summary {
  if (!result.ok) throw new Error(`the run stopped: ${JSON.stringify(result.problems)}`)
  return result.summary
}
