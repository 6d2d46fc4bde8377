// What made a result: the manifest beside it, and heng verify, which repeats the run and says what has changed. A manifest is read as a
// stranger's.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { CannotRun } from '../../runtime/cli/files.ts'
import { witnessOf } from '../../runtime/cli/manifest.ts'
import { commandLine } from '../../runtime/cli/shell.ts'
import { startRun } from '../../runtime/run.ts'
import { asOf, command, finished, heng, inFolder } from './run.ts'

const base = `政策 市 {
  基准日 审核日

  事实 月数: 整数 个月   范围 0..600
  事实 片区: 选项 [东、西]
  事实 获奖: 记录 { 日期: 日期 }   缺省 []

  指标 甲 { 每1个月 月数 得1分   依据 "一" }
  指标 乙 { 对每条 获奖 得2分 }

  总分 = 甲 + 乙
}
`
const county = `政策 县 {
  引用 市 自 "city.heng"
  基准日 审核日

  总分 县分 = 甲 + 乙

  应用 入学 {
    总分 县分
    名额 按 片区
    排序 县分 从高到低
    并列 抽签
    末位同分 抽签
  }
}
`

const files: Readonly<Record<string, string>> = {
  'city.heng': base,
  'county.heng': county,
  'my people.csv': '编号,月数,片区\n甲,7,东\n乙,x,东\n丙,7,西\n丁,9,东\n',
  'prizes.jsonl': '{"编号":"甲","日期":"2024-01-01"}\n',
  'quota.csv': '名单,名额\n东,1\n西,1\n',
}

const rankArgs = [
  ...['rank', 'county.heng', '--people', 'my people.csv', '--records', '获奖=prizes.jsonl', ...asOf],
  ...['--quota-file', 'quota.csv', '--seed', '种子 “1”', '--out', 'out/list.csv', '--manifest', 'out/list.json'],
]
const scoreArgs = ['score', 'city.heng', '--people', 'my people.csv', ...asOf]

const within = <T>(work: (folder: string, run: (args: readonly string[]) => ReturnType<typeof heng>) => Promise<T>): Promise<T> =>
  inFolder(async (outer) => {
    const folder = `${outer}/县`
    await mkdir(`${folder}/out`, { recursive: true })
    for (const [name, text] of Object.entries(files)) await writeFile(`${folder}/${name}`, text)
    return work(folder, (args) => heng(args, { cwd: folder }))
  })

const made = within(async (folder, run) => {
  const { code, stderr } = await run(rankArgs)
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('清单写在 out/list.json') })
  const kept = await mkdtemp(join(tmpdir(), 'heng-ranked-'))
  await cp(folder, kept, { recursive: true })
  return kept
})
afterAll(async () => rm(await made, { recursive: true, force: true }))

/** A ranking with its manifest, in a folder of its own. */
const ranked: typeof within = (work) =>
  within(async (folder, run) => {
    await cp(await made, folder, { recursive: true })
    return work(folder, run)
  })

const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
const readManifest = async (path: string) => JSON.parse(await readFile(path, 'utf8'))

describe('--manifest', () => {
  test('names every input and output by its hash, every option, the versions and the command', () =>
    ranked(async (folder) => {
      const manifest = await readManifest(`${folder}/out/list.json`)
      const { inputs, outputs } = manifest
      const named = [inputs.policy, ...inputs.bases, inputs.people, ...inputs.records, inputs.quotas, outputs.result, outputs.rejects]
      expect(named.map(({ file }) => file)).toEqual([
        ...['county.heng', 'city.heng', 'my people.csv', 'prizes.jsonl', 'quota.csv'],
        ...['out/list.csv', 'out/list.rejects.csv'],
      ])
      for (const { file, sha256: written, bytes } of named) {
        expect({ file, written, bytes }).toEqual({ file, written: await sha256(`${folder}/${file}`), bytes: (await stat(`${folder}/${file}`)).size })
      }
      expect(manifest.options).toEqual({
        ...{ asOf: [{ name: '审核日', date: '2025-03-01' }], scenario: null, trial: false, quota: null },
        ...{ seed: '种子 “1”', language: 'zh', byteOrderMark: false, bounds: false },
      })
      expect(manifest.command).toMatchObject({ name: 'rank', argv: ['heng', ...rankArgs], folder: '..' })
      expect(manifest.heng).toEqual({ version: (await heng(['--version'])).stdout.trim(), policyFormat: expect.any(Number) })
      expect(manifest.policy.sources).toHaveLength(2)
    }))

  test('is for its owner alone, whole, and the same when the run is the same', () =>
    ranked(async (folder, run) => {
      const path = `${folder}/out/list.json`
      const before = await readFile(path, 'utf8')
      expect((await stat(path)).mode & 0o777).toBe(0o600)
      await run(rankArgs)
      expect(await readFile(path, 'utf8')).toBe(before)
      expect((await readdir(`${folder}/out`)).sort()).toEqual(['list.csv', 'list.json', 'list.rejects.csv'])
    }))

  test('has the command as a line that a shell runs', () =>
    ranked(async (folder) => {
      const { line } = (await readManifest(`${folder}/out/list.json`)).command
      const before = await readFile(`${folder}/out/list.json`, 'utf8')
      await rm(`${folder}/out/list.json`)
      const begins = command.map((part) => `"${part}"`).join(' ')
      const run = await finished(spawn('/bin/sh', ['-c', `heng() { ${begins} "$@"; }\n${line}`], { cwd: folder, stdio: 'pipe' }))
      expect(run.code).toBe(1)
      expect(await readFile(`${folder}/out/list.json`, 'utf8')).toBe(before)
    }))

  test('of standard output has the hash of what was written there', () =>
    within(async (folder, run) => {
      const made = await run([...scoreArgs, '--manifest', 'm.json'])
      const { outputs } = await readManifest(`${folder}/m.json`)
      const bytes = Buffer.from(made.stdout)
      expect(outputs).toEqual({ result: { file: null, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }, rejects: null })
      const verified = await run(['verify', 'm.json'])
      expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('只与重做的比') })
    }))

  test('is not written where a reader of standard output had enough', () =>
    within(async (folder, run) => {
      await run(['people', 'city.heng', '--n', '60000', '--out', 'many.csv'])
      const args = ['score', 'city.heng', '--people', 'many.csv', ...asOf, '--manifest', 'm.json']
      const child = spawn('/bin/bash', ['-c', '"$@" 2> /dev/null | head -n 1', 'bash', ...command, ...args], { cwd: folder, stdio: 'pipe' })
      expect((await finished(child)).code).toBe(0)
      // Also where nobody reads at all, and the command says for itself that this is no error.
      const none = spawn('/bin/bash', ['-c', 'set -o pipefail; "$@" | true', 'bash', ...command, ...args], { cwd: folder, stdio: 'pipe' })
      const { code, stderr } = await finished(none)
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringMatching(/\n {4}at /) })
      expect(await readdir(folder)).not.toContain('m.json')
    }))

  test('says that there were no rejected rows', () =>
    within(async (folder, run) => {
      await writeFile(`${folder}/my people.csv`, '编号,月数,片区\n甲,7,东\n')
      expect((await run([...scoreArgs, '--out', 'o.csv', '--manifest', 'm.json'])).code).toBe(0)
      expect((await readManifest(`${folder}/m.json`)).outputs.rejects).toEqual({ file: 'o.rejects.csv', absent: true })
      expect((await run(['verify', 'm.json'])).code).toBe(0)
      await writeFile(`${folder}/o.rejects.csv`, '')
      expect(await run(['verify', 'm.json'])).toMatchObject({ code: 1, stdout: expect.stringContaining('! 退回的行 o.rejects.csv：当时没有退回的行') })
    }))

  test.each([
    ['the output', [...scoreArgs, '--out', 'm.csv', '--manifest', 'm.csv'], '同一个文件'],
    ['the rejects', [...scoreArgs, '--out', 'm.csv', '--manifest', 'm.rejects.csv'], '同一个文件'],
    ['the policy', [...scoreArgs, '--manifest', 'city.heng'], '覆盖输入'],
    ['a policy that is taken in', [...rankArgs, '--manifest', 'city.heng'], '覆盖输入'],
    ['the people', [...scoreArgs, '--manifest', './my people.csv'], '覆盖输入'],
    ['the places', [...rankArgs, '--manifest', 'quota.csv'], '覆盖输入'],
    ['a compiled policy', ['score', 'city.json', '--people', 'my people.csv', ...asOf, '--manifest', 'city.json'], '覆盖输入'],
    ['what is in no folder', [...scoreArgs, '--manifest', 'no/where.json'], '文件夹不存在'],
    ['a policy of standard input', ['score', '-', '--people', 'my people.csv', ...asOf, '--manifest', 'm.json'], '标准输入'],
    ['the explanation of a place', [...rankArgs, '--explain', '甲'], '--explain'],
  ])('is refused for %s, and nothing is written', (_, args, told) =>
    within(async (folder, run) => {
      await run(['compile', 'city.heng', '--target', 'ir', '--out', 'city.json'])
      const before = (await readdir(folder, { recursive: true })).sort()
      const made = await run(args)
      expect({ code: made.code, stdout: made.stdout, stderr: made.stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(told) })
      expect((await readdir(folder, { recursive: true })).sort()).toEqual(before)
      for (const [name, text] of Object.entries(files)) expect(await readFile(`${folder}/${name}`, 'utf8')).toBe(text)
    }),
  )

  test('is not written when an input changes during the run', () =>
    inFolder(async (folder) => {
      const [policyPath, people] = [`${folder}/p.heng`, `${folder}/p.csv`]
      await writeFile(policyPath, base)
      await writeFile(people, files['my people.csv'] ?? '')
      const { policy } = compile(base, policyPath)
      const started = policy && startRun(policy, { asOf: { 审核日: '2025-03-01' } })
      if (!started?.ok) throw new Error('the policy of this test does not run')
      const options = {
        ...{ people, records: [], asOf: [], scenario: undefined, trial: false, bom: false, bounds: false, json: true, out: undefined },
        ...{ rejects: undefined, quota: undefined, quotaFile: undefined, seed: undefined, manifest: `${folder}/m.json` },
        language: 'zh' as const,
      }
      const witness = witnessOf('score', policyPath, options)
      await witness?.begin(started.run, { people: { path: people, format: 'csv' }, records: new Map() })
      await appendFile(people, '戊,1,东\n')
      const told = await witness?.end(undefined, undefined).catch((error: unknown) => error)
      expect(told).toBeInstanceOf(CannotRun)
      expect((told as CannotRun).message).toContain('p.csv 在计算时被改动了')
      expect(await readdir(folder)).not.toContain('m.json')
    }))
})

test.each([
  [['score', 'a b.heng', '--seed', "it's $HOME `x` \\ ! *"], {}],
  [['--language', 'en', 'rank', '政策.heng', '--as-of', '审核日=2025-03-01'], { HENG_LANGUAGE: 'zh' }],
  [['score', '', '-', '--', '#x', '~/x', 'a\nb'], { HENG_LANGUAGE: 'en' }],
])('a line means the same to a shell: %j', async (args, env) => {
  const { argv, line } = commandLine(args, env)
  const said = await finished(spawn('/bin/sh', ['-c', `heng() { printf '%s\\0' "$HENG_LANGUAGE" heng "$@"; }\n${line}`], { env: {}, stdio: 'pipe' }))
  expect(said.stdout.split('\0').slice(0, -1)).toEqual([args.includes('--language') ? '' : ((env as { HENG_LANGUAGE?: string }).HENG_LANGUAGE ?? ''), ...argv])
})

describe('heng verify', () => {
  test('exits with 0 when all is the same, in both languages, and writes nothing', () =>
    ranked(async (folder, run) => {
      const names = await readdir(folder, { recursive: true })
      const times = async () => Promise.all(names.map(async (name) => (await stat(`${folder}/${name}`)).mtimeMs))
      const before = await times()
      const zh = await run(['verify', 'out/list.json'])
      expect(zh).toMatchObject({ code: 0, stderr: '' })
      expect(zh.stdout).toMatch(/结果逐字节相同[\s\S]*退回的行逐字节相同[\s\S]*都相同\n$/)
      const en = await run(['--language', 'en', 'verify', 'out/list.json'])
      expect(en).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/the same, byte for byte[\s\S]*all the same\n$/) })
      expect(en.stdout.replaceAll(/[“”]|\S*(种子|审核日|获奖)\S*/g, '')).not.toMatch(/\p{Script=Han}/u)
      expect(await readdir(folder, { recursive: true })).toEqual(names)
      expect(await times()).toEqual(before)
    }))

  test.each(['csv', 'jsonl', 'parquet', 'xlsx'])('gets the same bytes of a .%s', (format) =>
    within(async (folder, run) => {
      const args = ['--language', 'en', ...scoreArgs, '--records', '获奖=prizes.jsonl', '--trial', '--bom', '--out', `o.${format}`, '--manifest', 'm.json']
      expect((await run(args)).code).toBe(1)
      // A workbook is an archive, whose parts have a time: always the first that there is.
      if (format === 'xlsx') expect((await readFile(`${folder}/o.xlsx`)).readUInt32LE(10)).toBe(0x21_0000)
      expect(await run(['verify', 'm.json'])).toMatchObject({ code: 0, stderr: '' })
    }),
  )

  test('takes a compiled policy, without the texts that it was made of', () =>
    within(async (folder, run) => {
      await run(['compile', 'county.heng', '--target', 'ir', '--out', 'county.json'])
      const args = rankArgs.map((word) => (word === 'county.heng' ? 'county.json' : word))
      expect((await run(args)).code).toBe(1)
      await rm(`${folder}/county.heng`)
      await rm(`${folder}/city.heng`)
      const { inputs, policy } = await readManifest(`${folder}/out/list.json`)
      expect({ policy: inputs.policy.file, bases: inputs.bases }).toEqual({ policy: 'county.json', bases: [] })
      expect(policy.sources.map(({ path }: { path: string }) => path)).toEqual(['county.heng', 'city.heng'])
      expect(await run(['verify', 'out/list.json'])).toMatchObject({ code: 0, stderr: '' })
    }))

  test('finds the files of a manifest that was moved with them, from any folder and by a link', () =>
    ranked(async (folder) => {
      await mkdir(join(folder, '../elsewhere'))
      const moved = join(folder, '../elsewhere/with files')
      await rename(folder, moved)
      expect(await heng(['verify', `${moved}/out/list.json`], { cwd: '/' })).toMatchObject({ code: 0, stderr: '' })
      await symlink(`${moved}/out/list.json`, join(moved, '../link.json'))
      expect((await heng(['verify', join(moved, '../link.json')])).code).toBe(0)
    }))

  test('of a manifest that was moved alone, takes --from', () =>
    ranked(async (folder) => {
      await mkdir(`${folder}/../a/b`, { recursive: true })
      await cp(`${folder}/out/list.json`, `${folder}/../a/b/list.json`)
      const lost = await heng(['verify', `${folder}/../a/b/list.json`])
      expect(lost).toMatchObject({ code: 1, stdout: expect.stringContaining('! 政策 county.heng：不在了') })
      expect((await heng(['verify', `${folder}/../a/b/list.json`, '--from', folder])).code).toBe(0)
      expect(await heng(['verify', `${folder}/out/list.json`, '--from', `${folder}/none`])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--from'),
      })
    }))

  const changes: readonly (readonly [string, (folder: string) => Promise<unknown>, zh: readonly string[], en: readonly string[]])[] = [
    [
      'people',
      (folder) => writeFile(`${folder}/my people.csv`, '编号,月数,片区\n甲,8,东\n'),
      ['! 名单 my people.csv：之后改动过', '! 结果不同', '! 退回的行不同'],
      ['! people my people.csv: changed since', '! the result differs', '! the rejected rows differ'],
    ],
    [
      'people of other bytes and the same meaning',
      (folder) => writeFile(`${folder}/my people.csv`, `\ufeff${files['my people.csv']}`),
      ['! 名单 my people.csv：之后改动过', '  结果逐字节相同'],
      ['! people my people.csv: changed since', '  the result is the same, byte for byte'],
    ],
    [
      'a policy that is taken in, its words alone',
      (folder) => writeFile(`${folder}/city.heng`, base.replace('"一"', '"二"')),
      ['! 所引用的政策 city.heng：之后改动过', '规则没有变', '  结果逐字节相同'],
      ['! policy that is taken in city.heng: changed since', 'the rules are the same', '  the result is the same, byte for byte'],
    ],
    [
      'a policy that is taken in, its rules',
      (folder) => writeFile(`${folder}/city.heng`, base.replace('得1分', '得3分')),
      ['! 所引用的政策 city.heng：之后改动过', '! 规则变了', '! 结果不同'],
      ['! the rules changed', '! the result differs'],
    ],
    [
      'the policy, now with errors',
      (folder) => writeFile(`${folder}/county.heng`, '政策 县 {'),
      ['! 政策 county.heng：之后改动过', '! 没有做成：county.heng 有错误'],
      ['! policy county.heng: changed since', '! not done: county.heng has errors'],
    ],
    [
      'records',
      (folder) => appendFile(`${folder}/prizes.jsonl`, '{"编号":"丙","日期":"2024-01-01"}\n'),
      ['! 记录“获奖” prizes.jsonl：之后改动过', '! 结果不同'],
      ['! records “获奖” prizes.jsonl: changed since'],
    ],
    ['places', (folder) => writeFile(`${folder}/quota.csv`, '名单,名额\n东,2\n西,1\n'), ['! 名额 quota.csv：之后改动过', '! 结果不同'], ['! places quota.csv']],
    [
      'an input that is gone',
      (folder) => rm(`${folder}/prizes.jsonl`),
      ['! 记录“获奖” prizes.jsonl：不在了', '! 没有做成：输入不全'],
      ['! records “获奖” prizes.jsonl: is gone', '! not done: an input is missing'],
    ],
    [
      'an output',
      (folder) => appendFile(`${folder}/out/list.csv`, '\n'),
      ['! 结果 out/list.csv：之后改动过', '  结果逐字节相同'],
      ['! result out/list.csv: changed since', '  the result is the same'],
    ],
    ['an output that is gone', (folder) => rm(`${folder}/out/list.csv`), ['! 结果 out/list.csv：不在了'], ['! result out/list.csv: is gone']],
    ['rejected rows', (folder) => writeFile(`${folder}/out/list.rejects.csv`, ''), ['! 退回的行 out/list.rejects.csv：之后改动过'], ['! rejected rows']],
  ]
  test.each(changes)('tells a change of %s', (_, change, zh, en) =>
    ranked(async (folder, run) => {
      const before = await readFile(`${folder}/out/list.csv`)
      await change(folder)
      const kept = await readFile(`${folder}/out/list.csv`).catch(() => undefined)
      const [told, said] = [await run(['verify', 'out/list.json']), await run(['--language', 'en', 'verify', 'out/list.json'])]
      expect({ zh: told.code, en: said.code }).toEqual({ zh: 1, en: 1 })
      for (const words of [...zh, '有不同']) expect(told.stdout).toContain(words)
      for (const words of [...en, 'something differs']) expect(said.stdout).toContain(words)
      // Nothing is put in order on disk.
      const after = await readFile(`${folder}/out/list.csv`).catch(() => undefined)
      expect(after).toEqual(kept)
      expect(before.length).toBeGreaterThan(0)
    }),
  )

  test('tells another version', () =>
    ranked(async (folder, run) => {
      const manifest = await readManifest(`${folder}/out/list.json`)
      await writeFile(`${folder}/out/list.json`, JSON.stringify({ ...manifest, heng: { ...manifest.heng, version: '0.0.9' } }))
      expect(await run(['verify', 'out/list.json'])).toMatchObject({ code: 1, stdout: expect.stringContaining('! 当时是 Heng 0.0.9，现在是 ') })
      await writeFile(`${folder}/out/list.json`, JSON.stringify({ ...manifest, heng: { ...manifest.heng, policyFormat: 999 } }))
      expect((await run(['--language', 'en', 'verify', 'out/list.json'])).stdout).toContain('(compiled form 999)')
    }))

  test('gives its findings as JSON', () =>
    ranked(async (folder, run) => {
      await rm(`${folder}/quota.csv`)
      const told = await run(['--json', 'verify', 'out/list.json'])
      expect(told.code).toBe(1)
      const verdict = JSON.parse(told.stdout)
      expect(verdict).toMatchObject({ manifest: 'out/list.json', same: false, version: { same: true }, policy: null, repeated: null })
      expect(verdict.inputs).toContainEqual({ role: 'quotas', file: 'quota.csv', state: 'missing' })
      expect(verdict.inputs).toContainEqual({ role: 'records', fact: '获奖', file: 'prizes.jsonl', state: 'same' })
    }))
})

describe('a manifest that nobody should trust', () => {
  type Fields = Record<string, never>
  type Change = (fields: Fields) => unknown
  const set = (path: string, value: unknown): Change => {
    const names = path.split('.')
    return (fields) => {
      const owner = names.slice(0, -1).reduce<Record<string, never>>((inside, name) => inside[name] as never, fields)
      owner[names.at(-1) ?? ''] = value as never
      return fields
    }
  }
  const refused: readonly (readonly [string, Change | string, told: string])[] = [
    ['a text cut off', '{"format":"heng-manifest","version":1,', '不是完整的 JSON'],
    ['an empty file', '', '不是完整的 JSON'],
    ['a list', '[]', '不是清单'],
    ['nothing', 'null', '不是清单'],
    ['another kind of file', '{"format":"heng","version":4}', '不是清单'],
    ['a kind that is a word of JavaScript', '{"format":"constructor","version":1}', '不是清单'],
    ['no version', '{"format":"heng-manifest"}', '不是清单'],
    ['a later version', set('version', 2), '由更新的 Heng 写出'],
    ['an earlier version', set('version', 0), 'version'],
    ['a field that nobody knows', set('options.shell', 'rm -rf .'), 'options.shell'],
    ['a field of the whole that nobody knows', set('post', 'x'), 'post'],
    ['a field that is missing', set('inputs.people', undefined), 'inputs.people'],
    ['a number that is huge', set('outputs.result.bytes', 1e300), 'outputs.result.bytes'],
    ['a number below zero', set('inputs.people.bytes', -1), 'inputs.people.bytes'],
    ['places that are huge', set('options.quota', '99999999999999999999'), 'options.quota'],
    ['a number for a text', set('options.seed', 1), 'options.seed'],
    ['a hash that is none', set('inputs.policy.sha256', 'abc'), 'inputs.policy.sha256'],
    ['a name with a null', set('inputs.people.file', 'a\0b.csv'), 'inputs.people.file'],
    ['an empty name', set('inputs.people.file', ''), 'inputs.people.file'],
    ['standard input', set('inputs.policy.file', '-'), 'inputs.policy.file'],
    ['a command that is none', set('command.name', 'studio'), 'command.name'],
    ['a score with a seed', set('command.name', 'score'), 'command.name'],
    ['a result without its rejected rows', set('outputs.rejects', null), 'outputs.rejects'],
    ['a day that is none', set('options.asOf', [{ name: '审核日', date: '2025-03-01; rm' }]), 'options.asOf'],
    ['a folder that is not there', set('command.folder', '../../../nowhere at all'), '--from'],
    ['a day that there is not', set('options.asOf', [{ name: '审核日', date: '2025-02-31' }]), ''],
    ['a day of a name that nobody knows', set('options.asOf', [{ name: '__proto__', date: '2025-02-01' }]), ''],
  ]
  test.each(refused)('%s cannot be verified: exit code 2, in words', (_, change, told) =>
    ranked(async (folder, run) => {
      const path = `${folder}/out/list.json`
      await writeFile(path, typeof change === 'string' ? change : JSON.stringify(change(await readManifest(path))))
      const verified = await run(['verify', 'out/list.json'])
      expect({ code: verified.code, stderr: verified.stderr }).toEqual({ code: 2, stderr: expect.stringContaining(told) })
      expect(verified.stderr).not.toMatch(/\n {4}at /)
      expect((await run(['--language', 'en', 'verify', 'out/list.json'])).code).toBe(2)
    }),
  )

  test.each<readonly [string, Change, string]>([
    ['a device for people', set('inputs.people.file', '/dev/zero'), '读不了'],
    ['a folder for people', set('inputs.people.file', 'out'), '读不了'],
    ['an output that is a device', set('outputs.result.file', '/dev/stdout'), '读不了'],
    ['an output of no known format', set('outputs.result.file', 'city.heng'), '没有做成'],
    ['a name that is an option', set('inputs.policy.file', '--json'), '不在了'],
    ['a name of many lines', set('inputs.people.file', 'a\n\u001b[31mb.csv'), '不在了'],
    ['an output whose ending paints', set('outputs.result.file', 'out/list.\u001b[31m'), '没有做成'],
    ['fewer records than there were', set('inputs.records', []), '! 结果不同'],
  ])('%s is told, exit code 1, and nothing is written', (_, change, told) =>
    ranked(async (folder, run) => {
      const path = `${folder}/out/list.json`
      await writeFile(path, JSON.stringify(change(await readManifest(path))))
      const before = await Promise.all(Object.keys(files).map((name) => readFile(`${folder}/${name}`, 'utf8')))
      const verified = await run(['verify', 'out/list.json'])
      expect({ code: verified.code, stdout: verified.stdout }).toEqual({ code: 1, stdout: expect.stringContaining(told) })
      expect(verified.stdout).not.toContain('\u001b')
      expect(verified.stderr).not.toMatch(/\n {4}at /)
      expect(await Promise.all(Object.keys(files).map((name) => readFile(`${folder}/${name}`, 'utf8')))).toEqual(before)
    }),
  )

  test('never runs the command that it holds', () =>
    ranked(async (folder, run) => {
      const path = `${folder}/out/list.json`
      const manifest = await readManifest(path)
      const argv = ['sh', '-c', 'touch owned']
      await writeFile(path, JSON.stringify({ ...manifest, command: { ...manifest.command, argv, line: '$(touch owned); touch owned' } }))
      await run(['verify', 'out/list.json'])
      expect(await readdir(folder)).not.toContain('owned')
    }))
})
