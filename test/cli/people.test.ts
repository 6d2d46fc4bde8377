// heng people as a real process: every policy takes the people made for it, and the same seed makes the same people.

import { readFile, writeFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { heng, inFolder } from './run.ts'

const policy = `政策 试 {
  基准日 审核日
  事实 出生日期: 日期   范围 1940-01-01..2010-12-31
  事实 学历: 等级 [高中、大专、本科]   必填
  事实 荣誉: 多选 [甲、乙]
  事实 月数: 小数1位 个月   范围 0..600
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升   范围 0..400 }   范围 ..3
  事实 参保: 时段 { 补缴: 是否 }
  事实 家庭编号: 文本   缺省 编号
  事实 序号: 整数   范围 1..1000000   唯一
  指标 项 最高600分 累加 {
    每1个月 月数 得1分
    当 学历 >= 本科 且 荣誉 含 甲   得1分
    每1次 次数(献血) 得1分
    每满1年 累计月数(参保) 得1分
    当 周岁(出生日期, 审核日) >= 60岁   得1分
  }
  总分 = 项
}
`
type Row = Readonly<Record<string, string>>

async function made(args: readonly string[], sample?: unknown) {
  return inFolder(async (folder) => {
    await writeFile(`${folder}/试.heng`, policy)
    if (sample !== undefined) await writeFile(`${folder}/试.people.json`, typeof sample === 'string' ? sample : JSON.stringify(sample))
    const run = await heng(['people', '试.heng', '--out', 'people.csv', ...args], { cwd: folder })
    if (run.code !== 0) return { ...run, text: '', rows: [] as Row[], scored: '' }
    const scored = await heng(['score', '试.heng', '--people', 'people.csv', '--as-of', '审核日=2025-06-01', '--out', 'out.csv'], { cwd: folder })
    const text = await readFile(`${folder}/people.csv`, 'utf8')
    return { ...run, text, rows: parse(text, { columns: true }) as Row[], scored: scored.stderr }
  })
}

describe('heng people', () => {
  test('makes people whom the policy takes, with a key that says what they are', async () => {
    const { rows, scored, stderr } = await made(['--n', '300', '--seed', '甲'])
    expect(rows).toHaveLength(300)
    expect(scored).toContain('读入 300 人，计分 300 人，退回 0 人')
    expect(rows[0]?.编号).toBe('合成0000001')
    expect(stderr).toContain('都不是真实的人')
    expect(rows.every(({ 学历 }) => 学历 !== '')).toBe(true)
    expect(rows.some(({ 荣誉 }) => 荣誉 === '')).toBe(true)
    expect(rows.every(({ 献血 }) => 献血 === '' || JSON.parse(献血 ?? '').length <= 3)).toBe(true)
  })

  test('the same for the same seed, whatever the number, and others for another', async () => {
    const [few, many, other] = [await made(['--n', '5']), await made(['--n', '50']), await made(['--n', '5', '--seed', '2'])]
    expect(many.text.startsWith(few.text)).toBe(true)
    expect(other.text).not.toBe(few.text)
  })

  test('spread as the sample file says', async () => {
    const { rows } = await made(['--n', '400'], {
      note: '编造',
      day: '2025-06-01',
      facts: {
        出生日期: { mean: 40, deviation: 5 },
        学历: { values: { 本科: 1 } },
        月数: { mean: 60, deviation: 10, unknown: 0 },
        献血: { count: 0 },
        家庭编号: { households: 1 },
      },
    })
    expect(new Set(rows.map(({ 学历 }) => 学历))).toEqual(new Set(['本科']))
    const months = rows.map(({ 月数 }) => Number(月数))
    expect(months.reduce((a, b) => a + b) / months.length).toBeGreaterThan(57)
    expect(months.reduce((a, b) => a + b) / months.length).toBeLessThan(63)
    expect(rows.filter(({ 献血 }) => 献血 !== '').every(({ 献血 }) => 献血 === '[]')).toBe(true)
    expect(rows[0]?.家庭编号).toBe(rows[1]?.家庭编号)
    expect(rows[2]?.家庭编号).not.toBe(rows[1]?.家庭编号)
    const years = rows.filter(({ 出生日期 }) => 出生日期 !== '').map(({ 出生日期 }) => Number(出生日期?.slice(0, 4)))
    expect(Math.min(...years)).toBeGreaterThanOrEqual(1955)
    expect(Math.max(...years)).toBeLessThanOrEqual(2015)
  })

  test.each([
    [['--n', '0'], undefined, '人数是'],
    [['--n', '3', '--day', '2025-02-30'], undefined, '日期写作'],
    [['--n', '3'], '{', '试.people.json 写错了'],
    [['--n', '3'], { facts: { 学历: { yes: 2 } } }, 'facts.学历'],
    [['--n', '3'], { facts: { 学力: {} } }, '“学力”不是政策的事实'],
    [['--n', '3'], { facts: { 献血: { fields: { 日子: {} } } } }, '“献血.日子”不是政策的事实'],
    [['--n', '3'], { facts: { 学历: { values: { 硕士: 1 } } } }, '“硕士”不在可选之列'],
    [['--n', '3'], { facts: { 献血: { values: { 甲: 1 } } } }, 'facts.献血'],
    [['--n', '3'], { facts: { 学历: { count: 1 } } }, 'facts.学历'],
  ])('refuses %j with %j', async (args, sample, told) => {
    const run = await made(args, sample)
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(told)
  })
})
