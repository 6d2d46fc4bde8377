// heng merge, by itself and as git's driver: the form of the file stays, both changes are in it, and a conflict is told.

import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { encodeGb18030 } from './gb18030.ts'
import { command, heng, inFolder } from './run.ts'

const base = '政策 甲 {\n  指标 乙 最高30分 { 得1分 }\n  指标 丙 最高20分 { 得1分 }\n  总分 = 乙 + 丙\n}\n'
const mine = base.replace('30分', '35分')
const theirs = base.replace('20分', '25分')
const both = mine.replace('20分', '25分')

const merged = (files: Readonly<Record<'base' | 'mine' | 'theirs', string | Uint8Array>>, ...options: readonly string[]) =>
  inFolder(async (folder) => {
    for (const [name, text] of Object.entries(files)) await writeFile(`${folder}/${name}.heng`, text)
    const run = await heng(['merge', 'base.heng', 'mine.heng', 'theirs.heng', ...options], { cwd: folder })
    return { ...run, bytes: await readFile(`${folder}/mine.heng`) }
  })

test('both changes are in what is written', async () => {
  const run = await merged({ base, mine, theirs })
  expect([run.code, run.stdout, run.stderr, run.bytes.toString()]).toEqual([0, '', '', both])
})

test('the file keeps its line ends and its mark; one in GB18030 is converted first', async () => {
  const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`
  expect((await merged({ base, mine: windows(mine), theirs })).bytes.toString()).toBe(windows(both))
  const foreign = await merged({ base, mine: encodeGb18030(mine), theirs: encodeGb18030(theirs) })
  expect([foreign.code, foreign.bytes]).toEqual([2, Buffer.from(encodeGb18030(mine))])
  expect(foreign.stderr).toContain('heng fmt --to-utf8 mine.heng')
})

test('where both changed the same it is told, and both stand there', async () => {
  const other = base.replace('30分', '40分')
  const run = await merged({ base, mine, theirs: other })
  expect([run.code, run.stderr]).toEqual([1, 'mine.heng 有 1 处两边都改了，写在 <<<<<<< 与 >>>>>>> 之间；选好再提交\n'])
  expect(run.bytes.toString()).toContain('<<<<<<< 我的\n  指标 乙 最高35分 { 得1分 }\n=======\n  指标 乙 最高40分 { 得1分 }\n>>>>>>> 对方的\n')
  const json = await merged({ base, mine, theirs: other }, '--json')
  expect(JSON.parse(json.stdout)).toEqual({ file: 'mine.heng', conflicts: 1 })
})

test('a file that is not there or is no text is told, and nothing is written', async () => {
  const run = await merged({ base, mine, theirs: Buffer.from([0xff, 0xfe, 0x00]) })
  expect([run.code, run.bytes.toString()]).toEqual([2, mine])
  expect(run.stderr).toContain('theirs.heng')
  expect((await heng(['merge', 'a', 'b', 'c'])).code).toBe(2)
})

test('git asks it for .heng files', () =>
  inFolder(async (folder) => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=甲', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main', ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      })
    const commit = async (text: string, message: string) => {
      await writeFile(`${folder}/a.heng`, text)
      git('add', '-A')
      git('commit', '-qm', message)
    }
    git('init', '-q')
    git('config', 'merge.heng.driver', `${command.map((part) => `"${part}"`).join(' ')} merge %O %A %B`)
    await writeFile(`${folder}/.gitattributes`, '*.heng merge=heng\n')
    await commit(base, 'base')
    git('checkout', '-qb', 'other')
    await commit(theirs, 'theirs')
    git('checkout', '-q', 'main')
    await commit(mine, 'mine')
    git('merge', '-q', '--no-edit', 'other')
    expect(await readFile(`${folder}/a.heng`, 'utf8')).toBe(both)
  }))
