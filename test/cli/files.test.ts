// Files as they are on a real disk: links, modes, pipes, devices, a full output, a killed process. No output names an input.

import { execFileSync, spawn } from 'node:child_process'
import { chmod, link, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { DatabaseStopped, openSession } from '../../runtime/batch/session.ts'
import { CannotRun } from '../../runtime/cli/files.ts'
import { fileFailed } from '../../runtime/cli/score.ts'
import { asOf, command, finished, heng, inFolder, policyPath, start } from './run.ts'

const messy = '政策 试 {\n基准日 审核日\n事实 月数: 整数 个月 范围 0..600\n指标 甲 { 每1个月 月数 得1分 }\n总分 = 甲\n时限 "公示" 自 公布日 不少于 7日\n}\n'
const text = messy.replace(/时限.*\n/, '')
const people = '编号,月数\n甲,7\n'

/** The policy, its base, people, quotas and a sample, in a folder of their own. */
const within = <T>(work: (folder: string, at: (name: string) => string) => Promise<T>): Promise<T> =>
  inFolder(async (folder) => {
    const at = (name: string) => `${folder}/${name}`
    await writeFile(at('p.heng'), text)
    await writeFile(at('people.csv'), people)
    return work(folder, at)
  })

const outputs: readonly (readonly [what: string, args: (at: (name: string) => string, target: string) => readonly string[]])[] = [
  ['compile', (at, target) => ['compile', at('p.heng'), '--target', 'ir', '--out', target]],
  ['compile to JavaScript', (at, target) => ['compile', at('p.heng'), '--target', 'js', ...asOf, '--out', target]],
  ['people', (at, target) => ['people', at('p.heng'), '--n', '3', '--out', target]],
  ['score', (at, target) => ['score', at('p.heng'), '--people', at('people.csv'), ...asOf, '--out', target]],
  ['the rejects of score', (at, target) => ['score', at('p.heng'), '--people', at('people.csv'), ...asOf, '--out', at('o.csv'), '--rejects', target]],
]

test.each(outputs)('%s never writes over the policy, by whatever name', (_, args) =>
  within(async (folder, at) => {
    await symlink(at('p.heng'), at('link.csv'))
    await link(at('p.heng'), at('hard.csv'))
    await symlink(folder, at('folder'))
    for (const target of ['p.heng', 'link.csv', 'hard.csv', 'folder/hard.csv', 'folder/../link.csv']) {
      const run = await heng(args(at, target === 'folder/../link.csv' ? `${folder}/folder/link.csv` : at(target)))
      expect({ target, code: run.code }).toEqual({ target, code: 2 })
      expect(run.stderr).not.toMatch(/\n {4}at /)
      expect(await readFile(at('p.heng'), 'utf8')).toBe(text)
    }
  }),
)

test('a policy that is taken in, the people and the quotas are inputs, too', () =>
  within(async (_, at) => {
    await writeFile(at('q.heng'), `政策 县 {\n引用 试 自 "p.heng"\n基准日 审核日\n总分 = 甲\n}\n`)
    expect((await heng(['compile', at('q.heng'), '--target', 'ir', '--out', at('p.heng')])).code).toBe(2)
    expect((await heng(['score', at('q.heng'), '--people', at('people.csv'), ...asOf, '--out', at('people.csv')])).code).toBe(2)
    expect(await readFile(at('p.heng'), 'utf8')).toBe(text)
    expect(await readFile(at('people.csv'), 'utf8')).toBe(people)
  }))

test.each(outputs)('%s follows a link and keeps the mode', (_, args) =>
  within(async (_folder, at) => {
    await mkdir(at('far'))
    await writeFile(at('far/real.csv'), 'old')
    await chmod(at('far/real.csv'), 0o600)
    await symlink('far/real.csv', at('out.csv'))
    await heng(args(at, at('out.csv')))
    expect(await readlink(at('out.csv'))).toBe('far/real.csv')
    // No row is rejected: the older file of rejects is taken away.
    const about = await stat(at('far/real.csv')).catch(() => undefined)
    if (about) {
      expect(about.mode & 0o777).toBe(0o600)
      expect(await readFile(at('far/real.csv'), 'utf8')).not.toBe('old')
    }
    expect(await readdir(at('far'))).toEqual(about ? ['real.csv'] : [])
  }),
)

test('a link to what is not there yet is made good', () =>
  within(async (_, at) => {
    await mkdir(at('far'))
    await symlink('far/new.csv', at('out.csv'))
    expect((await heng(['score', at('p.heng'), '--people', at('people.csv'), ...asOf, '--out', at('out.csv')])).code).toBe(0)
    expect(await readFile(at('far/new.csv'), 'utf8')).toContain('甲')
    expect(await readlink(at('out.csv'))).toBe('far/new.csv')
  }))

test('two outputs that lead to one file are refused, also where it is not there yet', () =>
  within(async (_, at) => {
    await symlink('new.csv', at('out.csv'))
    const run = await heng(['score', at('p.heng'), '--people', at('people.csv'), ...asOf, '--out', at('out.csv'), '--rejects', at('new.csv')])
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('同一个文件') })
  }))

test('fmt follows a link and keeps the mode', () =>
  within(async (_, at) => {
    await mkdir(at('far'))
    await writeFile(at('far/real.heng'), text)
    await chmod(at('far/real.heng'), 0o640)
    await symlink('far/real.heng', at('l.heng'))
    expect((await heng(['fmt', at('l.heng')])).code).toBe(0)
    expect(await readlink(at('l.heng'))).toBe('far/real.heng')
    expect((await stat(at('far/real.heng'))).mode & 0o777).toBe(0o640)
    expect(await readFile(at('far/real.heng'), 'utf8')).not.toBe(text)
    expect(await readdir(at('far'))).toEqual(['real.heng'])
  }))

test.each([
  ['a policy', (pipe: string, at: (name: string) => string) => ['score', pipe, '--people', at('people.csv'), ...asOf]],
  ['people', (pipe: string, at: (name: string) => string) => ['score', at('p.heng'), '--people', pipe, ...asOf]],
  ['a person', (pipe: string, at: (name: string) => string) => ['explain', at('p.heng'), '--person', pipe, ...asOf]],
  ['a policy to check', (pipe: string) => ['check', pipe]],
  ['an output', (pipe: string, at: (name: string) => string) => ['score', at('p.heng'), '--people', at('people.csv'), ...asOf, '--out', pipe]],
  ['compiled text', (pipe: string, at: (name: string) => string) => ['compile', at('p.heng'), '--target', 'ir', '--out', pipe]],
])('%s that is a pipe or a device is told, and nothing hangs', (_, args) =>
  within(async (_folder, at) => {
    execFileSync('mkfifo', [at('pipe.csv')])
    await symlink('/dev/zero', at('zero.csv'))
    for (const name of ['pipe.csv', 'zero.csv']) {
      const run = await heng(args(at(name), at))
      expect({ name, code: run.code }).toEqual({ name, code: 2 })
      expect(run.stderr).toMatch(/^heng: .*管道或设备/)
    }
    expect((await readdir(at('.'))).filter((name) => name.endsWith('.part'))).toEqual([])
  }),
)

test.each([
  ['check', ['check', policyPath]],
  ['compile', ['compile', policyPath, '--target', 'ir']],
  ['people', ['people', policyPath, '--n', '20000']],
  ['fmt', ['fmt', '--check', '--json', policyPath]],
])('%s into a full output says so in plain words', async (_, args) => {
  const child = spawn('/bin/sh', ['-c', '"$@" > /dev/full', 'sh', ...command, ...args], { stdio: 'pipe' })
  const run = await finished(child)
  expect(run.code).toBe(2)
  expect(run.stderr).toMatch(/^heng: 写不了标准输出：磁盘满了\n$/)
})

test.each([
  ['a score', []],
  ['a score with its manifest', ['--manifest', 'm.json']],
])('%s into a full output says so', (_, manifest) =>
  within(async (folder, at) => {
    const args = ['score', at('p.heng'), '--people', at('people.csv'), ...asOf, ...manifest.map((word) => (word === 'm.json' ? at(word) : word))]
    const run = await finished(spawn('/bin/sh', ['-c', '"$@" > /dev/full', 'sh', ...command, ...args], { stdio: 'pipe' }))
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('heng: 写不了标准输出：磁盘满了')
    expect(run.stderr).not.toMatch(/\n {4}at /)
    expect(await readdir(folder)).not.toContain('m.json')
  }),
)

test('a reader that has enough is no error', async () => {
  const args = ['people', policyPath, '--n', '50000']
  const run = await finished(spawn('/bin/bash', ['-c', 'set -o pipefail; "$@" | head -n 1', 'bash', ...command, ...args], { stdio: 'pipe' }))
  expect(run).toMatchObject({ code: 0, stderr: '' })
})

test('what a killed run left beside its output, the next one takes away; what others write stays', () =>
  within(async (folder, at) => {
    const out = at('out.csv')
    const child = start(['people', policyPath, '--n', '2000000', '--out', out])
    const end = finished(child)
    while (!(await readdir(folder)).some((name) => name.endsWith('.part')) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5))
    child.kill('SIGKILL')
    await end
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toHaveLength(1)
    const others = [`out.csv.elsewhere-1.part`, `out.csv.${hostname()}-${process.pid}.part`, 'other.csv.part']
    for (const name of others) await writeFile(at(name), '')
    expect((await heng(['people', policyPath, '--n', '3', '--out', at('another.csv')])).code).toBe(0)
    expect((await readdir(folder)).filter((name) => name.endsWith('.part')).sort()).toEqual(others.toSorted())
  }))

test.each([
  ['Out of Memory Error: failed to allocate data of size 16.0 KiB', '内存不够'],
  ['IO Error: Could not write file "out.csv": No space left on device', '磁盘满了'],
  ['Binder Error: Referenced column "o7" not found', '请把政策和这行命令报告给维护者'],
  ['INTERNAL Error: Attempted to access index 1 within vector of size 1', '请把政策和这行命令报告给维护者'],
  ['Conversion Error: Could not convert string to INT64', '请把政策和这行命令报告给维护者'],
])('what the database says is never shown: %s', async (message, words) => {
  const options = {
    people: 'p.csv',
    records: [],
    out: undefined,
    rejects: undefined,
    bom: false,
    manifest: undefined,
    asOf: [],
    scenario: undefined,
    trial: false,
    json: false,
    language: 'zh',
  } as const
  const told = await fileFailed(new DatabaseStopped(new Error(message), 'score'), options).catch((error: unknown) => error)
  expect(told).toBeInstanceOf(CannotRun)
  expect((told as CannotRun).message).toContain(words)
  expect((told as CannotRun).message.replace('TMPDIR', '')).not.toMatch(/[A-Za-z]{4,}/)
})

test('a database that stops says so in the words of the step', async () => {
  const session = await openSession()
  try {
    session.phase = 'order'
    for (const work of [() => session.run('SELECT nothing'), () => session.rows('SELECT nothing')]) {
      const stopped = await work().catch((error: unknown) => error)
      expect(stopped).toBeInstanceOf(DatabaseStopped)
      expect(stopped).toMatchObject({ phase: 'order', kind: 'other' })
    }
  } finally {
    session.close()
  }
})
