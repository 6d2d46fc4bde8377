// heng studio from a terminal: one steady address for a folder, and what stands in its way is told with a remedy.

import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { finished, inFolder, root } from './run.ts'

const studio = (folder: string, state: string, ...options: readonly string[]) => {
  const { HENG_LANGUAGE: _, ...env } = process.env
  return spawn(process.execPath, [`${root}/runtime/cli/heng`, 'studio', '--no-open', `${folder}/policies`, ...options], {
    env: { ...env, HENG_STATE: state },
    stdio: 'pipe',
  })
}
type Child = ReturnType<typeof studio>

const addressOf = (child: Child): Promise<string> =>
  new Promise((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      const found = /http:\S+/.exec(String(text))
      if (found) resolve(found[0])
    })
    child.on('close', () => reject(new Error('it ended')))
  })

const withPolicies = <T>(work: (folder: string) => Promise<T>) =>
  inFolder(async (folder) => {
    await mkdir(`${folder}/policies`)
    await writeFile(`${folder}/policies/a.heng`, '政策 甲 { }\n')
    return work(folder)
  })

test('a folder has one address at every start, and a second start gives that of the first', () =>
  withPolicies(async (folder) => {
    const first = studio(folder, `${folder}/state`)
    const address = await addressOf(first)
    const second = await finished(studio(folder, `${folder}/state`))
    expect([second.code, second.stdout]).toEqual([0, `这个文件夹的工作台已经开着：${address}\n`])
    first.kill()
    await finished(first)
    const again = studio(folder, `${folder}/state`)
    expect(await addressOf(again)).toBe(address)
    again.kill()
    await finished(again)
  }))

test('where another program has the port, the next one is taken', () =>
  withPolicies(async (folder) => {
    const first = studio(folder, `${folder}/state`)
    const address = await addressOf(first)
    first.kill()
    await finished(first)
    const other = createServer()
    await new Promise<void>((resolve) => {
      other.listen(Number(new URL(address).port), '127.0.0.1', resolve)
    })
    const again = studio(folder, `${folder}/state`)
    const taken = await addressOf(again)
    expect(Number(new URL(taken).port)).toBeGreaterThan(Number(new URL(address).port))
    again.kill()
    await finished(again)
    other.close()
  }))

test('a state folder among the policies, or one that cannot be, is refused', () =>
  withPolicies(async (folder) => {
    const inside = await finished(studio(folder, `${folder}/policies/state`))
    expect([inside.code, inside.stderr]).toEqual([2, expect.stringContaining('HENG_STATE')])
    await writeFile(`${folder}/file`, '')
    const none = await finished(studio(folder, `${folder}/file/state`))
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/用不了（ENOTDIR）.*HENG_STATE/)])
  }))
