// The command line on a Node that is too old for it: the Node that npm brought takes over, and all that passes between it and whoever
// started it passes on.

import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { nodeOf } from '../packages/nodes.ts'
import { finished, policyPath, root } from './run.ts'

const old = nodeOf(20)

const heng = (...args: readonly string[]) => spawn(old ?? 'node', [`${root}/runtime/cli/heng`, ...args], { cwd: root, stdio: 'pipe' })

test('there is a Node 20 to try', () => {
  if (old === undefined) throw new Error('There is no Node 20 here: .ci/install brings it.')
})

test('output and exit codes are those of the program', async () => {
  expect(await finished(heng('check', policyPath))).toMatchObject({ code: 0, stderr: '' })
  expect((await finished(heng('check', 'nowhere'))).code).toBe(2)
})

test('input reaches it', async () => {
  const child = heng('explain', policyPath, '--person', '-', '--as-of', '审核日=2025-03-01')
  child.stdin.end('{"编号":"甲","学历":"大专"}')
  expect((await finished(child)).stdout).toContain('编号: 甲')
})

test('a signal ends it as it ends the program', async () => {
  const child = heng('studio', '--no-open', 'policies')
  await new Promise((resolve) => child.stdout.on('data', (text: Buffer) => String(text).includes('http://') && resolve(undefined)))
  child.kill('SIGTERM')
  expect(await finished(child)).toMatchObject({ code: 0 })
})
