// Builds the studio when its sources are newer than the last build.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const sources = ['editor', 'language', 'runtime', 'package-lock.json', 'vite.config.ts']

/** @returns the folder with the built studio */
export async function ensureBuilt(root: string, say: (text: string) => void): Promise<string> {
  const out = join(root, 'dist', 'studio')
  const index = join(out, 'index.html')
  const built = existsSync(index) ? (await stat(index)).mtimeMs : 0
  const newest = Math.max(...(await Promise.all(sources.map((path) => newestChange(join(root, path))))))
  if (newest <= built) return out
  say('building the studio …')
  // In a process of its own: whatever started the studio, the pages are those of production.
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
  return out
}

async function newestChange(path: string): Promise<number> {
  const info = await stat(path)
  if (!info.isDirectory()) return info.mtimeMs
  const entries = await readdir(path)
  const times = await Promise.all(entries.map((entry) => newestChange(join(path, entry))))
  return Math.max(0, ...times)
}
