// The README's tour is real: every command is run in a folder of its own and must print what the README shows. `RECORD=1`
// rewrites the shown output.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { command as built, cache } from '../cli/run.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const path = join(root, 'README.md')
const record = process.env.RECORD === '1'
const heng = built.map((part) => `"${part}"`).join(' ')

interface Step {
  readonly command: string
  readonly shown: string
}

const blocks = [...readFileSync(path, 'utf8').matchAll(/```console\n([\s\S]*?)```/g)].map(([, body = '']) => stepsOf(body))

function stepsOf(body: string): readonly Step[] {
  return body
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      return { command: part.slice(0, end), shown: part.slice(end + 1) }
    })
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heng-tour-'))
  cpSync(join(root, 'policies'), join(folder, 'policies'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What `cat` shows is what the reader has: the file is written from the README. */
function run({ command, shown }: Step): string {
  const file = /^cat (people\.csv|draft\.heng|county\.heng|applicants\.jsonl|service\.mjs)$/.exec(command)?.[1]
  if (file) writeFileSync(join(folder, file), shown)
  const script = command.replace(/^npx heng/, heng)
  const { stdout, stderr } = spawnSync('sh', ['-c', `${script} 2>&1`], { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_COMPILE_CACHE: cache } })
  return stdout + stderr
}

test('the tour has commands', () => {
  expect(blocks.flat().length).toBeGreaterThan(8)
})

test('every command of the tour prints what the README shows', () => {
  let text = readFileSync(path, 'utf8')
  for (const step of blocks.flat()) {
    const printed = run(step)
    if (record) text = text.replace(`$ ${step.command}\n${step.shown}`, () => `$ ${step.command}\n${printed}`)
    else expect(`$ ${step.command}\n${printed}`).toBe(`$ ${step.command}\n${step.shown}`)
  }
  if (record) writeFileSync(path, text)
})
