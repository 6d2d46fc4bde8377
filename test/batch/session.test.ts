// What a session leaves behind: nothing of its own, and nothing of a process that was killed.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSession } from '../../runtime/batch/session.ts'

const before = process.env.TMPDIR
const folder = mkdtempSync(join(tmpdir(), 'heng-test-'))
beforeAll(() => {
  process.env.TMPDIR = folder
})
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
  rmSync(folder, { recursive: true })
})

test('the folder of a process that is gone is taken away, and that of another is not', async () => {
  const { pid: gone } = spawnSync(process.execPath, ['--version'])
  const ours = `heng-session-${hostname()}`
  const stays = [`${ours}-${process.pid}-AbCd12`, `${ours}-${gone}-elsewhere`, `heng-session-elsewhere-${gone}-AbCd12`, `${gone}-AbCd12`]
  for (const name of [...stays, `${ours}-${gone}-AbCd12`]) mkdirSync(join(folder, name, 'inside'), { recursive: true })
  const session = await openSession()
  expect(readdirSync(folder).filter((name) => join(folder, name) !== session.folder)).toEqual([...stays].sort())
  expect(existsSync(session.folder)).toBe(true)
  session.close()
  expect(readdirSync(folder)).toEqual([...stays].sort())
})
