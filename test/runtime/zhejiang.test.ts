// The provincial scheme on a thousand people whose points were computed elsewhere in exact fractions: every number is equal,
// through the command line and through the functions; and its cases hold.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { figuresOf, mainTotal, passed, runCase } from '../../runtime/cases.ts'
import { formatDecimal } from '../../runtime/exact/number.ts'
import { itemId } from '../../runtime/ir/ids.ts'
import { heng, inFolder, root } from '../cli/run.ts'
import { outcomeOf, reviewDay } from './support.ts'

const read = (path: string): Record<string, string>[] => parse(readFileSync(path, 'utf8'), { columns: true, bom: true })

const file = `${root}/policies/zhejiang/common-2023.heng`
const people = `${root}/test/runtime/people/zhejiang-1000.csv`
const expected = read(`${root}/test/runtime/people/zhejiang-1000.expected.csv`)
const compiled = compile(readFileSync(file, 'utf8'), file)
const items = ['年龄', '文化程度', '职业技能', '社保缴纳', '居住时间'] as const

describe('the provincial scheme', () => {
  test('compiles without a finding', () => {
    expect(compiled.diagnostics).toEqual([])
    expect(compiled.policy).toBeDefined()
  })

  test('holds every one of its cases', () => {
    const { policy, cases } = compiled
    const failed = cases.map((testCase) => runCase(policy!, testCase)).filter((result) => !passed(result))
    expect(failed.map(({ title, differences, problems }) => ({ title, differences, problems }))).toEqual([])
    expect(cases.length).toBeGreaterThanOrEqual(20)
  })

  test('has a title of its own for every case', () => {
    expect(new Set(compiled.cases.map(({ title }) => title)).size).toBe(compiled.cases.length)
  })

  test('cites the official text with every item and total, and names the source of every fact', () => {
    const { policy } = compiled
    const uncited = (policy?.items ?? []).flatMap(function visit(item): string[] {
      return [...(item.cites.length === 0 ? [item.name] : []), ...(item.kind === 'group' ? item.children.flatMap(visit) : [])]
    })
    expect(uncited).toEqual([])
    expect(policy?.totals.filter(({ cites }) => cites.length === 0)).toEqual([])
    expect(policy?.facts.filter(({ source }) => source === undefined)).toEqual([])
  })

  test('does what its README shows', async () => {
    const readme = readFileSync(`${root}/policies/zhejiang/README.md`, 'utf8')
    const commands = /```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const run = spawnSync('sh', ['-e', '-c', commands], { cwd: root, encoding: 'utf8' })
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' })
    expect(run.stdout).toContain('44.5')
  })

  test('gives the thousand people their numbers through the functions', () => {
    const found = read(people).map((person) => {
      const outcome = outcomeOf(compiled.policy!, person, reviewDay)
      const figures = figuresOf(outcome)
      const points = items.map((name) => [name, formatDecimal(figures.get(itemId(['省级共性指标', name]))!.proven)])
      return { 编号: person.编号, 总分: formatDecimal(mainTotal(compiled.policy!, outcome)!.figure.proven), ...Object.fromEntries(points) }
    })
    expect(found).toEqual(expected)
  })

  test('gives the thousand people their numbers through heng score', async () => {
    await inFolder(async (folder) => {
      const out = `${folder}/scores.csv`
      const run = await heng(['score', file, '--people', people, '--as-of', '审核日=2025-03-01', '--out', out])
      expect(run).toMatchObject({ code: 0, stdout: '' })
      const rows = read(out)
      expect(Object.keys(rows[0]!)).toEqual(['编号', '状态', '总分', '待核实', '省级共性指标', ...items])
      expect(rows.map(({ 状态, 待核实, 省级共性指标, ...rest }) => rest)).toEqual(expected)
      expect(rows.every((row) => row.状态 === '符合条件' && row.省级共性指标 === row.总分)).toBe(true)
    })
  })
})
