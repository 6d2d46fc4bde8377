// npm run survivors: puts faults into the printers and readers, one at a time, in a copy of the project, and runs the tests that should
// notice. A fault that survives is a hole in the tests.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Fault {
  readonly what: string
  readonly file: string
  readonly sound: string
  readonly faulty: string
}

const faults = JSON.parse(readFileSync(join(import.meta.dirname, 'faults.json'), 'utf8')) as readonly Fault[]
const root = join(import.meta.dirname, '../..')
const copy = mkdtempSync(join(tmpdir(), 'heng-survivors-'))
cpSync(root, copy, { recursive: true, filter: (path) => !/[\\/](node_modules|\.git|dist)$/.test(path) })
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const tests = ['test/runtime/edges.test.ts', 'test/runtime/nodes.test.ts']
// No browser is started for them, and no pages are built.
const env = { ...process.env, CHROMIUM: 'none' }
const passes = (): boolean => spawnSync(process.execPath, [vitest, 'run', ...tests], { cwd: copy, stdio: 'ignore', env }).status === 0

let survived = passes() ? 0 : 1
if (survived > 0) console.log('the tests fail without any fault')
for (const { what, file, sound, faulty } of survived > 0 ? [] : faults) {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(sound)) throw new Error(`${file} does not hold ${sound}`)
  writeFileSync(
    path,
    text.replace(sound, () => faulty),
  )
  const caught = !passes()
  writeFileSync(path, text)
  survived += caught ? 0 : 1
  console.log(`${caught ? 'caught  ' : 'SURVIVED'}  ${what}`)
}
rmSync(copy, { recursive: true })
console.log(`${faults.length - survived} caught, ${survived} survived`)
process.exitCode = survived === 0 ? 0 : 1
