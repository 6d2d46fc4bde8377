// npm run bench [-- part…]: each part in a process of its own, so that none is measured in the rubbish of another.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const parts: Readonly<Record<string, string>> = {
  language: 'language.ts',
  check: 'check.ts',
  studio: 'studio.ts',
  engines: 'engines/main.ts',
  tables: 'tables/main.ts',
  peers: 'peers/main.ts',
  files: 'files/main.ts',
  growth: 'files/growth.ts',
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  process.exitCode = 2
} else {
  for (const name of wanted.length > 0 ? wanted : Object.keys(parts)) {
    console.log(`\n== ${name}`)
    const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(parts[name] ?? '', import.meta.url))], { stdio: 'inherit' })
    if (status !== 0) process.exitCode = 1
  }
}
