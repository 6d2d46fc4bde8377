// The corpus for engines that are written elsewhere: each entry with its policy compiled, in dist/corpus.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { folder, readEntries } from './entries.ts'

/** @param out a folder, made if it is not there @returns how many entries were written */
export function compileCorpus(out: string): number {
  const entries = readEntries<unknown>()
  for (const { name, about, runs, policy } of entries) {
    if (!policy) throw new Error(`the policy of ${name} does not compile`)
    const target = join(out, name)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, `${JSON.stringify({ about, runs, policy: withoutFolder(policy) }, null, 1)}\n`)
  }
  return entries.length
}

/** The paths of sources, from the corpus on. */
const withoutFolder = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(folder).slice(1, -1), ''))

if (import.meta.main) {
  const out = fileURLToPath(new URL('../../dist/corpus/', import.meta.url))
  console.log(`${compileCorpus(out)} entries in ${out}`)
}
