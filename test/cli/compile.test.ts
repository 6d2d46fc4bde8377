// heng compile as a real process: what it prints runs elsewhere, and what cannot be exact is refused with a remedy.

import { readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { asOf, heng, inFolder } from './run.ts'

const text = '政策 试 {\n  基准日 审核日\n  事实 月数: 整数 个月 范围 0..600\n  指标 甲 最高20分 { 每1个月 月数 得0.5分 }\n  总分 = 甲\n}\n'

const compiled = (args: readonly string[], policy = text) =>
  inFolder(async (folder) => {
    await writeFile(`${folder}/policy.heng`, policy)
    return heng(['compile', 'policy.heng', ...args], { cwd: folder })
  })

test('JavaScript scores from a file, one applicant or columns', () =>
  inFolder(async (folder) => {
    for (const [name, more] of [
      ['one', []],
      ['columns', ['--columns']],
    ] as const) {
      const run = await compiled(['--target', 'js', ...asOf, ...more])
      expect(run).toMatchObject({ code: 0, stderr: '' })
      await writeFile(`${folder}/${name}.mjs`, run.stdout)
    }
    const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(`${folder}/${name}.mjs`).href)
    const one = (await load('one')) as { outputs: string[]; score: (applicant: object, out: number[]) => number[] }
    expect(one.score({ 月数: 7 }, [])[one.outputs.indexOf('proven 甲')]).toBe(35)
    const many = (await load('columns')) as { outputs: string[]; score: (count: number, facts: object, out: number[][]) => void }
    const out = many.outputs.map((): number[] => [])
    many.score(3, { 月数: { values: [7, 0, 100], given: [1, 0, 1] } }, out)
    expect(out[many.outputs.indexOf('proven 甲')]).toEqual([35, 0, 200])
    expect(() => many.score(4, { 月数: { values: [7, 0, 100], given: [1, 0, 1] } }, out)).toThrow(RangeError)
    expect(() => many.score(1, {}, out)).toThrow('月数')
  }))

test('bare JavaScript takes the default of a fact, and does not go on without one that is always given', () =>
  inFolder(async (folder) => {
    for (const word of ['必填', '缺省 7个月'])
      await writeFile(`${folder}/${word[0]}.mjs`, (await compiled(['--target', 'js', '--raw', ...asOf], text.replace('0..600', `0..600 ${word}`))).stdout)
    const scoreOf = async (name: string) => {
      const { outputs, score } = await import(/* @vite-ignore */ pathToFileURL(`${folder}/${name}.mjs`).href)
      return (applicant: object) => score(applicant, [])[outputs.indexOf('proven 甲')]
    }
    const [required, byDefault] = [await scoreOf('必'), await scoreOf('缺')]
    expect(() => required({})).toThrow(new TypeError('月数 is always given'))
    expect([required({ 月数: 0 }), byDefault({}), byDefault({ 月数: 0 })]).toEqual([0, 35, 0])
  }))

test('a compiled policy scores as its text does, and one that was changed is refused', () =>
  inFolder(async (folder) => {
    await writeFile(`${folder}/policy.heng`, text)
    await writeFile(`${folder}/people.csv`, '编号,月数\n甲,7\n')
    await heng(['compile', 'policy.heng', '--target', 'ir', '--out', 'policy.json'], { cwd: folder })
    const score = (policy: string) => heng(['score', policy, '--people', 'people.csv', ...asOf], { cwd: folder })
    expect(await score('policy.json')).toEqual(await score('policy.heng'))
    const json = await readFile(`${folder}/policy.json`, 'utf8')
    for (const [changed, reason] of [
      [json.replace('"0.5"', '"5"'), '内容被改动过'],
      [json.slice(0, 100), '不是编译好的政策'],
      [json.replace(/"version": \d+/, '"version": 99'), '由更新的版本编译（99）'],
      [json.replace('"totals"', '"total"'), '内容不完整或不合格式'],
    ] as const) {
      await writeFile(`${folder}/changed.json`, changed)
      const run = await score('changed.json')
      expect(run).toMatchObject({ code: 2, stdout: '' })
      expect(run.stderr).toContain(reason)
    }
  }))

test('what would change nothing is told', async () => {
  const useless = [
    ['--target', 'ir', ...asOf],
    ['--target', 'ir', '--scenario', '入学'],
    ['--target', 'sql', '--columns', ...asOf],
    ['--target', 'sql', '--raw', ...asOf],
    ['--target', 'sql', '--seed', '示例', ...asOf],
  ]
  for (const args of useless) expect(await compiled(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('只用于') })
})

test('SQL runs in a database, and says what its columns hold', async () => {
  const run = await compiled(['--target', 'sql', ...asOf])
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run.stdout).toContain('--   f_月数 BIGINT  月数: whole number, for 0 to 600\n--   g_月数 BOOLEAN  月数: whether it is known\n')
  expect(run.stdout).toMatch(/state: 0 not_applicable, .*6 valid, 7 not_in_force\.\n-- awaiting 0 .*: 0 月数\n/)
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run("CREATE TABLE applicants AS SELECT 1 AS n, '甲' AS k, CAST(7 AS BIGINT) AS f_月数, TRUE AS g_月数")
  const rows = (await connection.runAndReadAll(run.stdout)).getRowObjectsJson()
  expect(rows).toHaveLength(1)
  expect(Object.values(rows[0] ?? {})).toContain('35')
})

test('SQL ranks a scenario to its end, and says what it needs', async () => {
  const scenario = `  事实 序号: 整数 范围 1..99\n  应用 入学 { 名额 1 排序 总分 从高到低、序号 从低到高 并列 抽签 }\n}\n`
  const policy = text.replace(/\}\n$/, scenario)
  const run = await compiled(['--target', 'sql', '--rank', '--seed', '示例', ...asOf], policy)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(
    "CREATE TABLE applicants AS SELECT * FROM (VALUES (1, '甲', 7, TRUE, 2, TRUE), (2, '乙', 9, TRUE, 1, TRUE)) t(n, k, f_月数, g_月数, f_序号, g_序号)",
  )
  const rows = (await connection.runAndReadAll(run.stdout)).getRowObjectsJson()
  expect(rows.map(({ 编号, 名次, 结果, 区分项 }) => [编号, 名次, 结果, 区分项])).toEqual([
    ['乙', '1', '入围', null],
    ['甲', '2', '未入围', '总分'],
  ])
  expect(await compiled(['--target', 'sql', '--rank', ...asOf], policy)).toMatchObject({ code: 2, stderr: expect.stringContaining('--seed') })
  expect(await compiled(['--target', 'js', '--rank', ...asOf], policy)).toMatchObject({ code: 2, stderr: expect.stringContaining('heng rank') })
  expect(await compiled(['--target', 'sql', '--rank', ...asOf])).toMatchObject({ code: 2, stdout: '' })
})

test('the compiled form is JSON', async () => {
  const run = await compiled(['--target', 'ir'])
  expect(JSON.parse(run.stdout)).toMatchObject({ format: 'heng', name: '试' })
})

test('another target, and what a database cannot work out, are told', async () => {
  expect(await compiled(['--target', 'c'])).toMatchObject({ code: 2, stdout: '' })
  const expiring = text
    .replace(
      '指标 甲',
      '事实 服务: 记录 { 起日: 日期；止日: 日期；时: 整数 小时 范围 0..100 }\n  指标 乙 期限 自 起日 至 止日 于 审核日 { 对每条 服务 每1小时 时 得1分 }\n  指标 甲',
    )
    .replace('总分 = 甲', '总分 = 甲 + 乙')
  const run = await compiled(['--target', 'sql', ...asOf], expiring)
  expect(run).toMatchObject({ code: 2, stdout: '' })
  expect(run.stderr).toContain('--target js')
  expect(await compiled(['--target', 'js', ...asOf], expiring)).toMatchObject({ code: 0 })
})
