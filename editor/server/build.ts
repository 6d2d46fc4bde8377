// Where the pages of the studio are: beside the built program, else built when their sources are newer than the last build.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isFresh } from '../../runtime/files/changes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = ['editor', 'language', 'runtime', 'package-lock.json', 'vite.config.ts'].map((path) => join(root, path))

/** @returns the folder with the built studio */
export async function builtPages(say: () => void): Promise<string> {
  const packed = fileURLToPath(new URL('pages', import.meta.url))
  if (existsSync(packed)) return packed
  const out = join(root, 'dist', 'studio')
  if (await isFresh(join(out, 'index.html'), sources)) return out
  say()
  // In a process of its own: whatever started the studio, the pages are those of production.
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
  return out
}
