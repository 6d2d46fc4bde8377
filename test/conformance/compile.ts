// The corpus for engines that are written elsewhere: each entry with its policy compiled, in dist/corpus.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../../language/compile.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** @param out a folder, made if it is not there @returns how many entries were written */
export function compileCorpus(out: string): number {
  const load = (path: string, from: string) => {
    const file = join(dirname(from), path)
    return { path: file, text: readFileSync(file, 'utf8') }
  }
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  for (const name of names) {
    const path = join(folder, name.replace(/json$/, 'heng'))
    const { policy } = compile(readFileSync(path, 'utf8'), path, load)
    if (!policy) throw new Error(`${path} does not compile`)
    const entry = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly about: string; readonly runs: readonly unknown[] }
    const target = join(out, name)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, `${JSON.stringify({ ...entry, policy: withoutFolder(policy) }, null, 1)}\n`)
  }
  return names.length
}

/** The paths of sources, from the corpus on. */
const withoutFolder = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(folder).slice(1, -1), ''))

if (import.meta.main) {
  const out = fileURLToPath(new URL('../../dist/corpus/', import.meta.url))
  console.log(`${compileCorpus(out)} entries in ${out}`)
}
