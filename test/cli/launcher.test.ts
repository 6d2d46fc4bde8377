// The command line on a Node that is too old for it: the Node that npm brought takes over, and all that passes between it and whoever
// started it passes on.

import { spawn } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { nodeOrSay } from '../packages/nodes.ts'
import { finished, inFolder, policyPath, root } from './run.ts'

const old = nodeOrSay(20)

const heng = (...args: readonly string[]) => spawn(old ?? 'node', [`${root}/runtime/cli/heng`, ...args], { cwd: root, stdio: 'pipe' })

describe.skipIf(old === undefined)('on Node 20', () => {
  test('output and exit codes are those of the program', async () => {
    expect(await finished(heng('check', policyPath))).toMatchObject({ code: 0, stderr: '' })
    expect((await finished(heng('check', 'nowhere'))).code).toBe(2)
  })

  test('input reaches it', async () => {
    const child = heng('explain', policyPath, '--person', '-', '--as-of', '审核日=2025-03-01')
    child.stdin.end('{"编号":"甲","学历":"大专"}')
    expect((await finished(child)).stdout).toContain('编号：甲')
  })

  test('it runs wherever the folder is reached from', () =>
    inFolder(async (folder) => {
      symlinkSync(root, `${folder}/elsewhere`)
      for (const start of ['heng', 'node24.mjs']) {
        const args = start === 'heng' ? ['--version'] : [`${root}/runtime/cli/main.ts`, '--version']
        const run = await finished(spawn(old ?? 'node', [`${folder}/elsewhere/runtime/cli/${start}`, ...args], { stdio: 'pipe' }))
        expect([start, run.code, run.stdout]).toEqual([start, 0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
      }
    }))

  const studio = async () => {
    const child = heng('studio', '--no-open', 'policies')
    const address = await new Promise<string>((resolve) =>
      child.stdout.on('data', (text: Buffer) => {
        const found = /http:\S+/.exec(String(text))
        if (found) resolve(found[0])
      }),
    )
    return { child, address }
  }
  const answers = (address: string) =>
    fetch(address).then(
      () => true,
      () => false,
    )

  test('a signal ends it as it ends the program', async () => {
    const { child } = await studio()
    child.kill('SIGTERM')
    expect(await finished(child)).toMatchObject({ code: 0 })
  })

  test('the program does not outlive it, also when it is killed', async () => {
    const { child, address } = await studio()
    expect(await answers(address)).toBe(true)
    child.kill('SIGKILL')
    while (await answers(address)) await new Promise((resolve) => setTimeout(resolve, 50))
  })
})
