// heng coverage and heng check --strict as real processes.

import { mkdir, writeFile } from 'node:fs/promises'
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

describe('heng coverage of several papers', () => {
  const files: Readonly<Record<string, string>> = {
    '试.heng': `政策 试 {
  原文 "办法.txt"、"附件/细则.txt"
  事实 甲: 是否
  指标 项 依据 "一、二、《条例》第二条" { 当 甲   得1分 }
  总分 = 项
  条款 "《办法》二" 程序 "窗口"
}
`,
    '办法.txt':
      '某市积分办法\n现予公布。\n一、计分\n| 项目 | 分值 | 备注 |\n|---|---|---|\n| 甲 | 1 | 无 |\n| 乙 | 2 |\n二、办理\n窗口办理。\n四、附则\n其他。\n',
    '附件/细则.txt': '一、细则。\n',
  }
  const runAll = async (args: readonly string[], other: Readonly<Record<string, string | Uint8Array>> = {}) =>
    inFolder(async (folder) => {
      await mkdir(`${folder}/附件`)
      for (const [name, text] of Object.entries({ ...files, ...other })) await writeFile(`${folder}/${name}`, text)
      return heng([...args, '试.heng'], { cwd: folder })
    })

  test('says of each what is in it, what could not be read and what is unclear', async () => {
    const { code, stdout } = await runAll(['coverage'])
    expect(code).toBe(1)
    expect(stdout.trimEnd().split('\n')).toEqual([
      '试 · 办法.txt',
      '  [未交代] 第2行 现予公布。',
      '  《办法》一 计分',
      '    [未交代] 一甲 甲',
      '    [未交代] 一乙 乙',
      '  [规则] 二 办理   ← 指标 项（第4行）；窗口（第6行）',
      '  [未交代] 三 原文缺这个编号（第10行之前）',
      '  [未交代] 四 附则',
      '  · 第7行：表格的这一行有 2 栏，这个表有 3 栏：请核对抄录有没有漏栏、串栏',
      '11 行：条文 7，标题与版头版尾 3（第1、4–5行），不属于任何条 1',
      '试 · 附件/细则.txt',
      '  [未交代] 《细则》一 细则',
      '1 行：条文 1，标题与版头版尾 0，不属于任何条 0',
      '  ! “一”在原文里有 2 处，分不清是哪一处：改写成 "《办法》一" 或 "《细则》一"   试.heng:4',
      '  · “《条例》第二条”是另外的文件，没有核对   试.heng:4',
      '6 条：规则 1，程序 0，略 0，未交代 5；不属于任何条的 1 行，未交代 1',
    ])
  })

  test('says it in English and to machines', async () => {
    const { stdout } = await runAll(['--language', 'en', 'coverage'])
    expect(stdout.trimEnd().split('\n')).toEqual([
      '试 · 办法.txt',
      '  [NOT ACCOUNTED FOR] 第2行 现予公布。',
      '  《办法》一 计分',
      '    [NOT ACCOUNTED FOR] 一甲 甲',
      '    [NOT ACCOUNTED FOR] 一乙 乙',
      '  [ruled] 二 办理   ← 指标 项 (line 4); 窗口 (line 6)',
      '  [NOT ACCOUNTED FOR] 三 the official text leaves out this number (before line 10)',
      '  [NOT ACCOUNTED FOR] 四 附则',
      '  · line 7: this row has 2 columns, its table 3: see whether one was lost in copying',
      '11 lines: in clauses 7, titles, heads and feet 3 (1, 4–5), in no clause 1',
      '试 · 附件/细则.txt',
      '  [NOT ACCOUNTED FOR] 《细则》一 细则',
      '1 lines: in clauses 1, titles, heads and feet 0, in no clause 0',
      '  ! “一” stands in the official text 2 times: say which is meant, "《办法》一" or "《细则》一"   试.heng:4',
      '  · “《条例》第二条” is of another paper and was not looked for   试.heng:4',
      '6 clauses: ruled 1, procedural 0, left out 0, not accounted for 5; lines in no clause 1, not accounted for 1',
    ])
    const [report] = JSON.parse((await runAll(['--json', 'coverage'])).stdout)
    expect(report).toMatchObject({
      papers: [
        {
          file: '办法.txt',
          lines: { all: 11, clause: 7, headings: [1, 4, 5], unread: 1 },
          parts: [{ name: '第1部分', title: '某市积分办法' }],
          notices: [{ kind: 'ragged', line: 7, has: 2, wants: 3 }],
        },
        { file: '附件/细则.txt', notices: [] },
      ],
      counts: { ruled: 1, open: 5, lines: 1, openLines: 1 },
      dangling: [],
      ambiguous: [{ written: '一', choices: ['《办法》一', '《细则》一'], line: 4 }],
      elsewhere: [{ written: '《条例》第二条', line: 4 }],
    })
    expect(report.clauses.map(({ name, kind, paper, line }: Record<string, unknown>) => [name, kind, paper, line])).toEqual([
      ['第2行', 'line', '办法.txt', 2],
      ['一甲', 'row', '办法.txt', 6],
      ['一乙', 'row', '办法.txt', 7],
      ['二', 'chinese', '办法.txt', 8],
      ['三', 'missing', '办法.txt', 10],
      ['四', 'chinese', '办法.txt', 10],
      ['《细则》一', 'chinese', '附件/细则.txt', 1],
    ])
  })

  test.each([
    ['is missing', { '试.heng': files['试.heng']?.replace('细则', '没有') ?? '' }],
    ['is empty', { '附件/细则.txt': ' \n\n' }],
    ['is no text', { '附件/细则.txt': '一、\0\u0001' }],
    ['is of another coding', { '附件/细则.txt': new Uint8Array([0xff, 0xfe, 0x00, 0x4e, 0x01, 0x30]) }],
  ])('is 2 where one of them %s, and says which', async (_, other) => {
    const { code, stdout, stderr } = await runAll(['coverage'], other)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/附件\/(?:细则|没有)\.txt/u)
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
