// The table of exit codes in the README, by commands that end with each.

import { readFileSync } from 'node:fs'
import { symlink, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { asOf, finished, heng, inFolder, policyPath, root, start } from './run.ts'

const text = '政策 试 {\n  基准日 审核日\n\n  事实 月数: 整数 个月   范围 0..600\n\n  指标 甲 { 每1个月 月数 得1分 }\n\n  总分 = 甲\n}\n'
const example = (expected: string) => text.replace(/\}\n$/, `\n  样例 "一" 于 审核日 2025-03-01 { 月数: 7 } 应得 { ${expected} }\n}\n`)

const codes: readonly (readonly [code: number, what: string, args: readonly string[], files?: Readonly<Record<string, string>>])[] = [
  [0, 'a clean policy', ['check', 'p.heng']],
  [0, 'a formatted one', ['fmt', '--check', 'p.heng']],
  [0, 'cases that hold', ['test', 'p.heng'], { 'p.heng': example('甲: 7') }],
  [0, 'a score', ['score', 'p.heng', '--people', 'people.csv', ...asOf]],
  [0, 'a notice', ['check', 'p.heng'], { 'p.heng': text.replace('得1分 }', '得1分。 }') }],
  [0, 'help', ['--help']],
  [1, 'an error', ['check', 'p.heng'], { 'p.heng': text.replace('= 甲', '= 乙') }],
  [1, 'an unformatted file', ['fmt', '--check', 'p.heng'], { 'p.heng': text.replace('= 甲', '=甲') }],
  [1, 'a failed case', ['test', 'p.heng'], { 'p.heng': example('甲: 8') }],
  [1, 'a rejected row', ['score', 'p.heng', '--people', 'people.csv', ...asOf], { 'people.csv': '编号,月数\n甲,x\n' }],
  [1, 'a person that cannot be read', ['explain', 'p.heng', '--person', 'person.json', ...asOf], { 'person.json': '{"编号":"甲","月数":"x"}' }],
  [2, 'no manifest', ['verify', 'people.json'], { 'people.json': '{}' }],
  [2, 'a manifest cut off', ['verify', 'm.json'], { 'm.json': '{"format":"heng-manifest",' }],
  [2, 'an unknown option', ['check', '--nothing']],
  [2, 'an unknown command', ['nothing']],
  [2, 'no file', ['check', 'none.heng']],
  [2, 'a policy with errors', ['score', 'p.heng', '--people', 'people.csv', ...asOf], { 'p.heng': text.replace('= 甲', '= 乙') }],
  [2, 'a missing day', ['score', 'p.heng', '--people', 'people.csv']],
  [2, 'a missing column', ['score', 'p.heng', '--people', 'people.csv', ...asOf], { 'people.csv': '编号\n甲\n' }],
  [2, 'an empty file', ['score', 'p.heng', '--people', 'people.csv', ...asOf], { 'people.csv': '' }],
  [2, 'an output in a folder that is not there', ['compile', 'p.heng', '--target', 'ir', '--out', 'no/where.json']],
]

test.each(codes.map(([code, what, args, files]) => [code, what, { args, files }] as const))('%i: %s', (code, _, { args, files = {} }) =>
  inFolder(async (folder) => {
    await symlink(`${root}/node_modules`, `${folder}/node_modules`)
    for (const [name, contents] of Object.entries({ 'p.heng': text, 'people.csv': '编号,月数\n甲,7\n', ...files }))
      await writeFile(`${folder}/${name}`, contents)
    const run = await heng(args, { cwd: folder })
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code, stderr: code === 2 ? expect.stringMatching(/./) : expect.any(String) })
    expect(run.stderr).not.toMatch(/\n {4}at /)
  }),
)

test('128 + n: stopped by a signal', async () => {
  const child = start(['people', policyPath, '--n', '5000000'])
  const end = finished(child)
  child.stdout?.once('data', () => child.kill('SIGTERM'))
  expect((await end).code).toBe(143)
})

test('the README has a row for each', () => {
  const table = readFileSync(`${root}/README.md`, 'utf8').split('| exit code | meaning |')[1]?.split('\n\n')[0] ?? ''
  expect([...table.matchAll(/^\| `(\d+)`/gm)].map(([, code]) => Number(code))).toEqual([0, 1, 2, 128])
})

test('what no engine can compute is an error of the policy, and not of the cases beside it', () =>
  inFolder(async (folder) => {
    const fact = '  事实 金额: 小数8位 元   范围 0..90000000\n'
    await writeFile(
      `${folder}/p.heng`,
      `政策 试 {\n  基准日 审核日\n\n${fact}\n  指标 甲 { 得 (金额 ÷ 7 保留8位 四舍五入) ÷ 100000000元 × 1分 }\n\n  总分 = 甲\n}\n`,
    )
    await writeFile(`${folder}/p.cases.heng`, '样例 "一" 于 审核日 2025-03-01 { 金额: 7 } 应得 { 甲: 0.00000001 }\n')
    const run = await heng(['check', folder])
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('错误 1，警告 0，提示 0') })
    expect(run.stdout).toMatch(/p\.heng:6:6 错误 cannot-compute/)
  }))
