// When something in a folder was last changed: what is built is built again only then.

import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What is built, and what npm brings, is no source. */
const built = new Set(['dist', 'node_modules'])

/** @returns milliseconds since 1970, of the newest file at or under the paths */
async function newestChange(paths: readonly string[]): Promise<number> {
  const times = await Promise.all(
    paths.map(async (path) => {
      const info = await stat(path)
      if (!info.isDirectory()) return info.mtimeMs
      const entries = await readdir(path)
      return newestChange(entries.filter((entry) => !built.has(entry)).map((entry) => join(path, entry)))
    }),
  )
  return Math.max(0, ...times)
}

/** Whether `made` is there and no older than any of its sources. */
export async function isFresh(made: string, sources: readonly string[]): Promise<boolean> {
  const time = await stat(made).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
  return time > 0 && (await newestChange(sources)) <= time
}
