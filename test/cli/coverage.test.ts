// heng coverage and heng check --strict as real processes.

import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { heng, inFolder } from './run.ts'

const policy = (clauses: string) => `政策 试 {
  原文 "原文.txt"
  事实 甲: 是否
  指标 项 依据 "一" 待核 "分值未公布" { 当 甲   得1分 }
  总分 = 项
${clauses}}
`
const official = '一、计分\n甲者得分。\n二、办理\n窗口办理。\n'

async function run(args: readonly string[], clauses: string, text: string | undefined = official) {
  return inFolder(async (folder) => {
    await writeFile(`${folder}/试.heng`, policy(clauses))
    if (text !== '') await writeFile(`${folder}/原文.txt`, text)
    return heng([...args, '试.heng'], { cwd: folder })
  })
}

describe('heng coverage', () => {
  test('is 0 when every clause is accounted for', async () => {
    const result = await run(['coverage'], '  条款 "二" 程序 "窗口"\n')
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(result.stdout).toContain('[规则] 一 计分   ← 指标 项（待核）（第4行）')
    expect(result.stdout).toContain('2 条：规则 1，程序 1，略 0，未交代 0')
  })

  test('is 1 for a clause that is not, and for one that does not exist', async () => {
    const open = await run(['coverage'], '')
    expect(open.code).toBe(1)
    expect(open.stdout).toContain('[未交代] 二 办理')
    const dangling = await run(['coverage'], '  条款 "二" 程序 "窗口"\n  条款 "三" 略 "无"\n')
    expect(dangling.code).toBe(1)
    expect(dangling.stdout).toContain('原文里没有“三”这一条   试.heng:7')
  })

  test('is 1 for what a clause takes away and nothing says, with what to write', async () => {
    const text = '一、计分\n甲者得分。\n二、办理\n窗口办理,逾期视作放弃。\n'
    const open = await run(['coverage'], '  条款 "二" 程序 "窗口"\n', text)
    expect(open.code).toBe(1)
    expect(open.stdout).toContain('[未交代] “逾期视作放弃”   引出原话才算交代')
    expect(open.stdout).toContain('条款 "二“逾期视作放弃”" 略 "理由"')
    expect(open.stdout).toContain('未交代 0；不得、视作、清零、取消一类语句 1 处，未交代 1')
    const told = await run(['--json', 'coverage'], '  条款 "二“逾期视作放弃”" 略 "由窗口"\n', text)
    expect(told.code).toBe(0)
    expect(JSON.parse(told.stdout)[0].clauses[1].phrases).toMatchObject([{ text: '逾期视作放弃', status: 'omitted', accounts: [{ text: '由窗口', line: 6 }] }])
  })

  test('is 2 without the official text', async () => {
    expect(await run(['coverage'], '', '')).toMatchObject({ code: 2, stdout: '' })
  })

  test('speaks English and JSON', async () => {
    expect((await run(['--language', 'en', 'coverage'], '')).stdout).toContain('[NOT ACCOUNTED FOR] 二 办理')
    const [report] = JSON.parse((await run(['--json', 'coverage'], '')).stdout)
    expect(report).toMatchObject({ counts: { ruled: 1, procedural: 0, omitted: 0, open: 1 }, dangling: [] })
    expect(report.clauses[0]).toMatchObject({ name: '一', status: 'ruled', accounts: [{ rule: '指标 项', unsourced: true, line: 4 }] })
  })
})

test('heng check --strict lists what no official text gives, and is 1', async () => {
  const result = await run(['check', '--strict'], '')
  expect(result.code).toBe(1)
  expect(result.stdout).toContain('试.heng:4:15 待核 指标 项：分值未公布')
  expect((await run(['check'], '')).code).toBe(0)
  expect(result.stdout).not.toContain('没有问题')
  expect(JSON.parse((await run(['--json', 'check', '--strict'], '')).stdout).unsourced).toHaveLength(1)
})
