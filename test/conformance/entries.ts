// The entries of the corpus, read from their files.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Compiled, compile } from '../../language/compile.ts'

export const folder = fileURLToPath(new URL('.', import.meta.url))

export const load = (path: string, from: string) => {
  const file = join(dirname(from), path)
  return { path: file, text: readFileSync(file, 'utf8') }
}

export interface Entry<Run> extends Compiled {
  /** Of its JSON, from the corpus on. */
  readonly name: string
  readonly text: string
  readonly about: string
  readonly runs: readonly Run[]
}

/** @returns every entry, by name @typeParam Run what is looked at in its runs */
export const readEntries = <Run>(): readonly Entry<Run>[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const path = join(folder, name.replace(/json$/, 'heng'))
      const text = readFileSync(path, 'utf8')
      const { about, runs } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly about: string; readonly runs: readonly Run[] }
      return { ...compile(text, path, load), name, text, about, runs }
    })
