// The command line and the studio as they are installed elsewhere: what is printed and written is what the sources print and write.

import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oneIn } from '../whole.ts'
import { installed, nodes, root } from './installed.ts'
import { nodeOrSay } from './nodes.ts'

let folder = ''
let expected: readonly ReturnType<typeof ran>[] = []

beforeAll(async () => {
  folder = await installed(['heng-studio', 'heng-cli'], ['@duckdb'])
  cpSync(join(root, 'policies/zhejiang'), join(folder, 'policies/zhejiang'), { recursive: true })
  writeFileSync(join(folder, 'policies/错.heng'), '政策 错 { 指标 甲 { 基础 得分 } }\n')
  writeFileSync(join(folder, 'policies/县.heng'), county)
  writeFileSync(
    join(folder, 'people.csv'),
    '编号,出生日期,学历,技能等级,职称,专项职业能力证书,养老保险缴纳月数,累计居住月数\n甲,,大专,,,,40,\n乙,,没有这个,,,,,\n丙,1990-01-01,,,,,,12\n',
  )
  writeFileSync(join(folder, 'person.json'), '{"编号":"甲","学历":"大专"}')
  expected = commands.map((args) => ran(process.execPath, join(root, 'runtime/cli/heng'), args))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const province = 'policies/zhejiang/common-2023.heng'
const day = ['--as-of', '审核日=2025-03-01']

const county = `政策 县 {
  引用 浙江省新市民积分 自 "zhejiang/common-2023.heng"
  基准日 审核日

  总分 = 省级共性指标

  应用 入学 {
    名额 1
    排序 总分 从高到低
    并列 同名次
    末位同分 全取
  }

  时限 公示 自 公示日 不少于5个工作日
}
`

const all: readonly (readonly string[])[] = [
  ['--version'],
  ['check', 'policies'],
  ['check', 'policies/错.heng', '--language', 'en', '--json'],
  ['test', 'policies/zhejiang'],
  ['fmt', '--check', 'policies/县.heng'],
  ['coverage', 'policies/zhejiang'],
  ['score', province, '--people', 'people.csv', ...day, '--out', 'out.csv'],
  ['score', province, '--people', 'people.csv', ...day, '--out', 'out.xlsx'],
  ['explain', province, '--person', 'person.json', ...day, '--all'],
  ['compile', province, '--target', 'sql', ...day],
  ['people', province, '--n', '20'],
  ['timeline', 'policies/县.heng', '--from', '公示日=2025-03-03'],
  ['rank', 'policies/县.heng', '--people', 'people.csv', ...day],
  ['nonsense'],
]

const commands = all.filter((_, i) => i % oneIn(2) === 0)

/** What came of a command: its code, what it printed and what it wrote. */
function ran(node: string, heng: string, args: readonly string[]) {
  const files = ['out.csv', 'out.rejects.csv'].map((name) => join(folder, name))
  for (const file of files) rmSync(file, { force: true })
  const { status, stdout, stderr } = spawnSync(node, [heng, ...args], { cwd: folder, encoding: 'utf8' })
  const written = files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''))
  return { args, status, stdout, stderr, written }
}

describe('the packed command line', () => {
  const bin = () => join(folder, 'node_modules/.bin/heng')

  test.for(nodes)('does what the sources do on Node %i', (major, { skip }) => {
    const node = nodeOrSay(major)
    if (node === undefined) return skip()
    expect(commands.map((args) => ran(node, bin(), args))).toEqual(expected)
  })

  test.for(nodes)('opens the studio on Node %i', async (major, { skip }) => {
    const node = nodeOrSay(major)
    if (node === undefined) return skip()
    const child = spawn(node, [bin(), 'studio', '--no-open', 'policies'], { cwd: folder, stdio: 'pipe' })
    try {
      const address = await new Promise<string>((resolve, reject) => {
        child.stdout.on('data', (text: Buffer) => {
          const found = /http:\S+/.exec(String(text))
          if (found) resolve(found[0])
        })
        child.on('close', () => reject(new Error('it ended')))
      })
      const page = await (await fetch(address)).text()
      const [, script = ''] = /src="\.?\/?([^"]+\.js)"/.exec(page) ?? []
      expect((await fetch(new URL(script, address))).status).toBe(200)
      expect(await (await fetch(new URL('api/policies', address))).json()).toEqual({
        policies: expect.arrayContaining(['zhejiang/common-2023.heng']) as unknown,
        drafts: [],
        heads: expect.objectContaining({ 'zhejiang/common-2023.heng': expect.objectContaining({ name: '浙江省新市民积分' }) as unknown }) as unknown,
      })
    } finally {
      child.kill()
    }
  })

  test('brings the licences of what is in it', () => {
    for (const [name, libraries] of [
      ['heng-cli/dist/LICENCES.txt', ['Apache License', 'chevrotain', 'commander']],
      ['heng-studio/dist/LICENCES.txt', ['hono']],
      ['heng-studio/dist/pages/licences.md', ['monaco-editor', 'react', 'antd']],
    ] as const) {
      const text = readFileSync(join(folder, 'node_modules', name), 'utf8')
      for (const library of libraries) expect([name, text.includes(library)]).toEqual([name, true])
    }
  })
})
