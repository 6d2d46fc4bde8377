// CSVs that a library of others wrote, and the rows that it was given: all of them come back, whoever reads the file.

import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { loadFile } from '../../runtime/batch/load.ts'
import { openSession } from '../../runtime/batch/session.ts'

interface Written {
  readonly text: string
  /** Key and two facts of each. */
  readonly rows: readonly (readonly string[])[]
}

const files = gunzipSync(readFileSync(new URL('csv/by-python.jsonl.gz', import.meta.url)))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Written)

test('1,500 files of every quoting, line end and byte-order mark give the rows that were written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
  const paths = await Promise.all(
    files.map(async ({ text }, i) => {
      const path = join(folder, `${i}.csv`)
      await writeFile(path, text)
      return path
    }),
  )
  const session = await openSession({ read: paths, written: undefined })
  try {
    for (const [i, { text, rows }] of files.entries()) {
      await loadFile(session, { path: paths[i] ?? '', format: 'csv' }, `t${i}`, ['甲', '乙'], () => true)
      const [[read] = []] = await session.rows(`SELECT CAST(to_json(list([k, x0, x1] ORDER BY n)) AS VARCHAR) FROM t${i}`)
      expect({ text, rows: JSON.parse(String(read)) }).toEqual({ text, rows })
      const [[bad] = []] = await session.rows(`SELECT COUNT(*) FROM t${i} WHERE problem <> ''`)
      expect([text, Number(bad)]).toEqual([text, 0])
    }
  } finally {
    session.close()
    await rm(folder, { recursive: true })
  }
})
