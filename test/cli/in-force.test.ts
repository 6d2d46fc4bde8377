// Days on which a policy is not in force: its points are shown, nobody is entitled to anything, and a trial says that it is one.

import { readFile, writeFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { heng, inFolder } from './run.ts'

const base = (force = '施行 2020-01-01 至 2024-12-31') => `政策 省级 {
  文号 "1号"
  ${force}
  基准日 审核日
  事实 月数: 整数 个月   范围 0..600
  指标组 共性 最高20分 { 指标 参保 { 每1个月 月数 得1分 } }
  总分 = 共性
}
`
const county = (force = '') => `政策 县 {
  ${force}
  引用 省级 自 "base.heng"
  基准日 审核日
  事实 犯罪: 是否   缺省 否
  总分 = 共性
  否决 当 犯罪
  应用 入学 { 名额 1   排序 总分 从高到低   并列 抽签 }
}
`
const successor = (force: string) => `政策 新省级 {
  文号 "2号"
  ${force}
  替代 "1号"
  基准日 审核日
  指标 甲 { 基础 得1分 }
  总分 = 甲
}
`
const people = '编号,月数,犯罪\n甲,10,否\n乙,9,是\n'

const inside = <T>(files: Readonly<Record<string, string>>, work: (folder: string) => Promise<T>) =>
  inFolder(async (folder) => {
    for (const [name, text] of Object.entries({ 'base.heng': base(), 'county.heng': county(), 'people.csv': people, 'one.json': '{"月数":10}', ...files }))
      await writeFile(`${folder}/${name}`, text)
    return work(folder)
  })

const on = (day: string) => ['--as-of', `审核日=${day}`]
const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[]

/** The policy itself, and one that it takes in; before, and after. */
const outside = [
  ['its own days, the day before', 'base.heng', '2019-12-31', {}],
  ['its own days, the day after', 'base.heng', '2025-01-01', {}],
  ['those of a policy that it takes in, the day before', 'county.heng', '2019-12-31', {}],
  ['those of a policy that it takes in, the day after', 'county.heng', '2025-01-01', {}],
  ['its own, while what it takes in is in force', 'county.heng', '2023-01-01', { 'county.heng': county('施行 2024-01-01') }],
] as const

test.each(outside)('outside of %s points are shown and the state is 未在施行期', (_, policy, day, files) =>
  inside(files, async (folder) => {
    const run = await heng(['score', policy, '--people', 'people.csv', ...on(day)], { cwd: folder })
    expect(run.code).toBe(0)
    expect(rowsOf(run.stdout).map(({ 编号, 状态, 总分 }) => [编号, 状态, 总分])).toEqual([
      ['甲', '未在施行期', '10'],
      ['乙', '未在施行期', '9'],
    ])
    expect(run.stderr).toContain('--trial')
    const receipt = await heng(['explain', policy, '--person', 'one.json', ...on(day)], { cwd: folder })
    expect(receipt.stdout).toContain('状态：未在施行期')
    expect(receipt.stdout).toContain('总分：10分')
    expect(receipt.stdout).not.toContain('符合条件')
  }),
)

test.each([
  ['2020-01-01', '符合条件'],
  ['2024-12-31', '符合条件'],
])('the first and the last day are in force: %s', (day, state) =>
  inside({}, async (folder) => {
    const run = await heng(['score', 'county.heng', '--people', 'people.csv', ...on(day)], { cwd: folder })
    expect(rowsOf(run.stdout).map(({ 状态 }) => 状态)).toEqual([state, '一票否决'])
    expect(run.stderr).not.toContain('施行期')
  }),
)

test('nobody is ranked, and no place is given', () =>
  inside({}, async (folder) => {
    const run = await heng(['rank', 'county.heng', '--people', 'people.csv', '--seed', '1', ...on('2025-01-01')], { cwd: folder })
    expect(rowsOf(run.stdout).map(({ 编号, 名次, 状态, 总分, 结果 }) => [编号, 名次, 状态, 总分, 结果])).toEqual([
      ['乙', '', '未在施行期', '9', ''],
      ['甲', '', '未在施行期', '10', ''],
    ])
    expect(run.stderr).toContain('排名 0 人，不参加 2 人')
  }))

test('a generated module and a query say so too', () =>
  inside({}, async (folder) => {
    await heng(['compile', 'county.heng', '--target', 'js', '--out', 'county.mjs', ...on('2025-01-01')], { cwd: folder })
    const module = (await import(`data:text/javascript,${encodeURIComponent(await readFile(`${folder}/county.mjs`, 'utf8'))}`)) as {
      readonly score: (facts: object, out: number[]) => number[]
      readonly outputs: readonly string[]
      readonly states: readonly string[]
      readonly trial: boolean
    }
    const state = module.score({ 月数: 10 }, [])[module.outputs.indexOf('state')] ?? -1
    expect(module.states[state]).toBe('not_in_force')
    expect(module.trial).toBe(false)
  }))

test('a trial works out what would be, and everything that comes out says that it is one', () =>
  inside({}, async (folder) => {
    const trial = ['--trial', ...on('2025-01-01')]
    const scores = await heng(['score', 'county.heng', '--people', 'people.csv', ...trial], { cwd: folder })
    expect(rowsOf(scores.stdout).map(({ 状态, 试算 }) => [状态, 试算])).toEqual([
      ['符合条件', '试算，不作为结果'],
      ['一票否决', '试算，不作为结果'],
    ])
    expect(scores.stderr).toContain('试算')
    const ranked = await heng(['rank', 'county.heng', '--people', 'people.csv', '--seed', '1', ...trial], { cwd: folder })
    expect(rowsOf(ranked.stdout).map(({ 名次, 试算 }) => [名次, 试算])).toEqual([
      ['1', '试算，不作为结果'],
      ['', '试算，不作为结果'],
    ])
    expect(ranked.stderr).toContain('试算')
    const told = await heng(['rank', 'county.heng', '--people', 'people.csv', '--seed', '1', '--out', 'o.csv', '--json', ...trial], { cwd: folder })
    expect(JSON.parse(told.stdout)).toMatchObject({ trial: true, outOfForce: { policy: '省级', number: '1号', from: '2020-01-01', to: '2024-12-31' } })
    const receipt = await heng(['explain', 'county.heng', '--person', 'one.json', ...trial], { cwd: folder })
    expect(receipt.stdout).toContain('状态：符合条件（试算，不作为结果）')
    const module = await heng(['compile', 'county.heng', '--target', 'js', ...trial], { cwd: folder })
    expect(module.stdout).toContain('export const trial = true')
    const query = await heng(['compile', 'county.heng', '--target', 'sql', ...trial], { cwd: folder })
    expect(query.stdout).toMatch(/^-- 试算：/m)
  }))

test.each([
  ['施行 2025-01-01', '2025-03-01', true],
  ['施行 2026-01-01', '2025-03-01', false],
  ['施行 2025-01-01 至 2025-02-28', '2025-03-01', false],
])('a successor with %s is advice on %s: %s', (force, day, named) =>
  inside({ 'next.heng': successor(force) }, async (folder) => {
    const run = await heng(['explain', 'county.heng', '--person', 'one.json', ...on(day)], { cwd: folder })
    expect(run.stderr.includes('新省级')).toBe(named)
  }),
)
