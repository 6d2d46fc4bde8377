// Scoring and ranking of files as they are installed elsewhere: the files that come out are those of the sources.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import * as sources from '../../runtime/batch/index.ts'
import { policyOf } from '../runtime/support.ts'
import { installed, nodes, root, typeErrors, writeRunner } from './installed.ts'
import { nodeOrSay } from './nodes.ts'

const policy = policyOf(`
  事实 月数: 整数 个月   范围 0..600
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升   范围 0..10000 }
  指标 参保 最高60分 { 每1个月 月数 得0.5分 }
  指标 公益 { 每满200毫升 合计(献血 近3年(审核日), 毫升) 得2分 }
  总分 = 参保 + 公益
  应用 入学 {
    名额 3
    排序 总分 从高到低
    并列 抽签
    末位同分 抽签
  }`)

const people = `编号,月数,献血
甲,59,"[{""日期"":""2024-05-01"",""毫升"":""400""}]"
乙,120,
丙,59,"[{""日期"":""2024-06-01"",""毫升"":""400""}]"
丁,坏,[]
戊,,[]
己,12,[]
`

type Work = Readonly<Record<string, string>>

/** Scores and ranks the file, to every format, and gives what came out. */
async function workings({ readPolicy, startRun, scoreFile, rankFile }: typeof sources, compiled: unknown, place: string): Promise<Work> {
  const read = readPolicy(compiled)
  if (!read.ok) throw new Error(read.reason)
  const started = startRun(read.policy, { asOf: { 审核日: '2025-03-01' }, scenario: '入学', ranks: true, seed: '种子' })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const { run } = started
  const told: Record<string, string> = {}
  for (const format of ['csv', 'jsonl', 'parquet', 'xlsx'] as const) {
    const job = { run, rejects: `${place}/rejects.csv`, language: 'zh', stdout: process.stdout, onProgress: undefined } as const
    const inputs = { people: { path: `${place}/people.csv`, format: 'csv' }, records: new Map() } as const
    const scored = await scoreFile({ ...job, inputs, out: { path: `${place}/scores.${format}`, format, byteOrderMark: false } })
    const ranked = await rankFile({
      ...job,
      inputs,
      out: { path: `${place}/ranked.${format}`, format, byteOrderMark: false },
      explain: undefined,
    })
    told[format] = JSON.stringify([scored, ranked])
  }
  return told
}

let folder = ''
let expected: { readonly told: Work; readonly files: Work } = { told: {}, files: {} }

const filesIn = (place: string) =>
  Object.fromEntries(
    readdirSync(place)
      .filter((name) => /^(scores|ranked|rejects)\.(csv|jsonl)$/.test(name))
      .map((name) => [name, readFileSync(join(place, name), 'utf8')]),
  )

beforeAll(async () => {
  folder = await installed(['heng-batch'], ['@duckdb'])
  expected = await bySources()
  writeFileSync(join(folder, 'people.csv'), people)
  writeRunner(folder, 'heng-batch', workings, [policy], '.')
})

async function bySources(): Promise<typeof expected> {
  const own = mkdtempSync(join(tmpdir(), 'heng-batch-'))
  try {
    writeFileSync(join(own, 'people.csv'), people)
    return { told: await workings(sources, JSON.parse(JSON.stringify(policy)), own), files: filesIn(own) }
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packed batch', () => {
  test.for(nodes)('writes what the sources write on Node %i', async (major, { skip }) => {
    const node = nodeOrSay(major)
    if (node === undefined) return skip()
    expect(JSON.parse(execFileSync(node, ['run.js'], { cwd: folder, encoding: 'utf8' }))).toEqual([expected.told])
    expect(filesIn(folder)).toEqual(expected.files)
    expect(expected.files['ranked.csv']).toContain('丙')
  })

  test('does what its page says', () => {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'runtime/batch/README.md'), 'utf8')) ?? []
    const path = join(root, 'policies/zhejiang/common-2023.heng')
    const province = compile(readFileSync(path, 'utf8'), path).policy
    const columns = province?.facts.map(({ name }) => name) ?? []
    writeFileSync(join(folder, 'common-2023.json'), JSON.stringify(province))
    writeFileSync(join(folder, 'page.js'), code)
    const ran = (text: string) => {
      writeFileSync(join(folder, 'people.csv'), text)
      return execFileSync(process.execPath, ['page.js'], { cwd: folder, encoding: 'utf8' })
    }
    const blank = columns.map(() => '').join(',')
    expect(ran(`编号,${columns.join(',')}\n甲,${blank}\n甲,${blank}\n乙,${blank}\n`)).toBe('1 of 3 scored\n')
    expect(readFileSync(join(folder, 'scores.csv'), 'utf8')).toContain('乙')
    expect(ran('')).toBe('the file is empty\n')
  })

  test('brings the licences of what is in it', () => {
    const licences = readFileSync(join(folder, 'node_modules/heng-batch/dist/LICENCES.txt'), 'utf8')
    for (const part of licences.split(`\n${'-'.repeat(80)}\n`)) expect(part).toMatch(/copyright|\(c\)/i)
  })

  test('has types', () => {
    cpSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'), { recursive: true })
    cpSync(join(root, 'node_modules/undici-types'), join(folder, 'node_modules/undici-types'), { recursive: true })
    const use = `import { type JobResult, readPolicy, scoreFile, type Source, startRun } from 'heng-batch'
const read = readPolicy(null)
const people: Source = { path: 'people.csv', format: 'csv' }
if (read.ok) {
  const started = startRun(read.policy, { asOf: {} })
  if (started.ok) {
    const out = { path: 'scores.csv', format: 'csv', byteOrderMark: false } as const
    const job = { run: started.run, inputs: { people, records: new Map() }, out, rejects: undefined, stdout: process.stdout, onProgress: undefined }
    const done: JobResult = await scoreFile({ ...job, language: 'zh' })
    // @ts-expect-error a language that there is not
    await scoreFile({ ...job, language: 'fr' })
    if (done.ok) process.exitCode = done.summary.rejected
  }
}
`
    expect(typeErrors(folder, use, ['node'])).toBe('')
  })
})
