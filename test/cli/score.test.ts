// heng score as a real process: files in and out, headers, rejected rows, and what it says when it cannot run.

import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { encodeGb18030 } from './gb18030.ts'
import { asOf, finished, heng, inFolder, policyPath, start } from './run.ts'

const header = '编号,出生日期,学历,技能等级,职称,专项职业能力证书,养老保险缴纳月数,累计居住月数'
const person = (key: string, rest = '1985-03-01,本科及以上,二级,无,否,60,120') => `${key},${rest}`
const sheet = (...rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`
const readRows = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true })

/** Scores `people` into out.csv of a new folder and gives the process, the scores and the rejected rows. */
async function scored(people: string | Uint8Array, options: { name?: string; out?: string; more?: readonly string[] } = {}) {
  return inFolder(async (folder) => {
    const { name = 'people.csv', out = 'out.csv', more = [] } = options
    await writeFile(`${folder}/${name}`, people)
    const run = await heng(['score', policyPath, '--people', `${folder}/${name}`, ...asOf, '--out', `${folder}/${out}`, ...more])
    const files = (await readdir(folder)).sort()
    const text = async (file: string) => (files.includes(file) ? await readFile(`${folder}/${file}`, 'utf8') : undefined)
    const output = await text(out)
    const rejects = await text('out.rejects.csv')
    return {
      ...run,
      files,
      output,
      rows: output === undefined || out !== 'out.csv' ? [] : readRows(output),
      rejects: rejects === undefined ? [] : readRows(rejects),
    }
  })
}

const expectUnrun = (run: { code: number | null; stderr: string; stdout: string }, mentions: string) => {
  expect(run.code).toBe(2)
  expect(run.stdout).toBe('')
  expect(run.stderr).toContain(mentions)
  expect(run.stderr).not.toContain('    at ')
}

describe('heng score reads', () => {
  const two = sheet(person('甲1'), person('乙2', '1971-05-02,大专,无,,是,59,119'))
  const points = [
    { 编号: '甲1', 状态: '符合条件', 总分: '100', 待核实: '', 省级共性指标: '100', 年龄: '20', 文化程度: '10', 职业技能: '10', 社保缴纳: '30', 居住时间: '30' },
    {
      编号: '乙2',
      状态: '符合条件',
      总分: '77.25',
      待核实: '职称',
      省级共性指标: '77.25',
      年龄: '7',
      文化程度: '8',
      职业技能: '3',
      社保缴纳: '29.5',
      居住时间: '29.75',
    },
  ]

  test('UTF-8, with one row out for each row in', async () => {
    const run = await scored(two)
    expect(run).toMatchObject({ code: 0, stdout: '', files: ['out.csv', 'people.csv'], rows: points })
    expect(run.output?.startsWith('编号,状态,总分,')).toBe(true)
  })

  test('UTF-8 with a byte-order mark', async () => expect(await scored(`\ufeff${two}`)).toMatchObject({ code: 0, rows: points }))

  test('CRLF', async () => expect(await scored(two.replaceAll('\n', '\r\n'))).toMatchObject({ code: 0, rows: points }))

  test('a last line without an end', async () => expect(await scored(two.trimEnd())).toMatchObject({ code: 0, rows: points }))

  test('GB18030, as Chinese Excel writes it', async () => expect(await scored(encodeGb18030(two))).toMatchObject({ code: 0, rows: points }))

  test('columns in any order, and one more that it names', async () => {
    const turned = two
      .trimEnd()
      .split('\n')
      .map((line, i) => [i === 0 ? '姓名' : '某人', ...line.split(',').reverse()].join(','))
      .join('\n')
    const run = await scored(turned)
    expect(run).toMatchObject({ code: 0, rows: points })
    expect(run.stderr).toContain('姓名')
  })

  test('quoted fields with commas, quotes and line ends', async () => {
    const run = await scored(`备注,${header}\n"一,二\n""三""",${person('"甲\n1"')}\n四,${person('丙3')}\n五,${person('丁4', '不是日期,,,,,,')}\n`)
    expect(run.rows.map((row) => row.编号)).toEqual(['甲\n1', '丙3'])
    expect(run.rejects).toMatchObject([{ 行: '4', 编号: '丁4', 列: '出生日期' }])
  })

  test('JSONL, with numbers, yes and no, null and absent facts', async () => {
    const lines = [
      '{"编号":"甲1","出生日期":"1985-03-01","学历":"本科及以上","技能等级":"二级","职称":"无","专项职业能力证书":false,"养老保险缴纳月数":60,"累计居住月数":"120"}',
      '',
      '{"编号":"乙2","出生日期":"1971-05-02","学历":"大专","技能等级":"无","职称":null,"专项职业能力证书":true,"养老保险缴纳月数":59,"累计居住月数":119}',
      '{"编号":"丙3"}',
    ]
    const run = await scored(lines.join('\r\n'), { name: 'people.jsonl' })
    expect(run.code).toBe(0)
    expect(run.rows.slice(0, 2)).toEqual(points)
    expect(run.rows[2]).toMatchObject({ 编号: '丙3', 总分: '0', 待核实: expect.stringContaining('出生日期、学历、') })
  })

  test('JSONL rows that are no objects are rejected with their line', async () => {
    const run = await scored('{"编号":"甲1"}\n[1]\n\n{"编号":\n{"编号":"乙2","养老保险缴纳月数":1e2}\n{"编号":"丙3","学历":{"a":1}}\n', {
      name: 'people.jsonl',
    })
    expect(run.code).toBe(1)
    expect(run.rows.map((row) => row.编号)).toEqual(['甲1'])
    expect(run.rejects.map((row) => [row.行, row.编号, row.列])).toEqual([
      ['2', '', ''],
      ['4', '', ''],
      ['5', '乙2', '养老保险缴纳月数'],
      ['6', expect.any(String), '学历'],
    ])
  })

  test('JSONL rows that write a name twice are rejected', async () => {
    const run = await scored('{"编号":"甲1","学历":"大专","学历":"本科及以上"}\n{"编号":"乙2"}\n', { name: 'people.jsonl' })
    expect(run.rows.map((row) => row.编号)).toEqual(['乙2'])
    expect(run.rejects.map(({ 行 }) => 行)).toEqual(['1'])
  })

  test('JSONL names that are no facts are named once', async () => {
    const run = await scored('{"编号":"甲1","学厉":"大专"}\n{"编号":"乙2","学厉":"大专"}\n', { name: 'people.jsonl' })
    expect(run.stderr.split('学厉').length - 1).toBe(1)
  })
})

describe('heng score writes', () => {
  test('JSONL with the same figures as decimal text', async () => {
    const run = await scored(sheet(person('甲1', '1971-05-02,大专,无,,是,59,119')), { out: 'out.jsonl' })
    expect(run.code).toBe(0)
    expect(run.output?.endsWith('}\n')).toBe(true)
    expect(JSON.parse(run.output ?? '')).toMatchObject({ 编号: '甲1', 状态: '符合条件', 总分: '77.25', 居住时间: '29.75' })
  })

  test('to standard output when no file is named', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/people.csv`, sheet(person('甲1')))
      const run = await heng(['score', policyPath, '--people', `${folder}/people.csv`, ...asOf])
      expect(run.code).toBe(0)
      expect(readRows(run.stdout)).toMatchObject([{ 编号: '甲1', 总分: '100' }])
      expect(await readdir(folder)).toEqual(['people.csv'])
    })
  })

  test('a byte-order mark for Excel only when asked', async () => {
    expect((await scored(sheet(person('甲1')))).output?.codePointAt(0)).toBe('编'.codePointAt(0))
    expect((await scored(sheet(person('甲1')), { more: ['--bom'] })).output?.codePointAt(0)).toBe(0xfeff)
  })

  test('keys that a CSV must quote as they were', async () => {
    const run = await scored(sheet(person('"a,""b"""'), person('"行\n二"'), person(' 甲 '), person('=1+1'), person('0012')))
    expect(run.rows.map((row) => row.编号)).toEqual(['a,"b"', '行\n二', ' 甲 ', '=1+1', '0012'])
  })

  test('a summary as JSON', async () => {
    const run = await scored(sheet(person('甲1'), person('')), { more: ['--json'] })
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout)).toMatchObject({ read: 2, scored: 1, rejected: 1, rejects: expect.stringContaining('out.rejects.csv'), notices: [] })
  })

  test('state and total under names that no item can take', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/a.heng`, '政策 试 {\n  事实 甲: 是否\n  指标 状态 { 当 甲 得7分 }\n  总分 = 状态\n}\n')
      await writeFile(`${folder}/people.csv`, '编号,甲\n一,是\n')
      const run = await heng(['score', `${folder}/a.heng`, '--people', `${folder}/people.csv`, '--out', `${folder}/out.jsonl`])
      // Either the name is refused, or it gets a column of its own.
      if (run.code === 2) return
      const row = JSON.parse(await readFile(`${folder}/out.jsonl`, 'utf8')) as Record<string, string>
      expect(row).toMatchObject({ 编号: '一', 状态: '符合条件', 总分: '7' })
      expect(Object.keys(row).length).toBe(4)
    })
  })

  test('nothing else when standard output is closed early', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/people.csv`, sheet(...Array.from({ length: 20_000 }, (_, i) => person(`P${i}`))))
      const child = start(['score', policyPath, '--people', `${folder}/people.csv`, ...asOf])
      const end = finished(child)
      child.stdout?.once('data', () => child.stdout?.destroy())
      expect((await end).stderr).not.toMatch(/ {4}at |people\.csv/)
    })
  })
})

describe('heng score rejects', () => {
  test('a bad row with its row, key, column, value, reason and remedy, and scores the others', async () => {
    const run = await scored(sheet(person('甲1'), person('乙2', '2025-02-30,博士,二级,无,否,60,120'), person('丙3')))
    expect(run.code).toBe(1)
    expect(run.rows.map((row) => row.编号)).toEqual(['甲1', '丙3'])
    expect(run.rejects.map(({ 行, 编号, 列, 值 }) => ({ 行, 编号, 列, 值 }))).toEqual([
      { 行: '3', 编号: '乙2', 列: '出生日期', 值: '2025-02-30' },
      { 行: '3', 编号: '乙2', 列: '学历', 值: '博士' },
    ])
    expect(run.rejects.every(({ 原因, 处理 }) => 原因 !== '' && 处理 !== '')).toBe(true)
    expect(run.stderr).toContain('out.rejects.csv')
  })

  test('so that what is read is what is scored and what is rejected', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => person(`P${i}`, i % 7 === 0 ? '坏,,,,,,' : undefined))
    const run = await scored(sheet(...rows), { more: ['--json'] })
    const { read, scored: good, rejected } = JSON.parse(run.stdout)
    expect({ read, good, rejected }).toEqual({ read: 2500, good: 2142, rejected: 358 })
    expect(run.rows.length).toBe(good)
    expect(run.rejects.length).toBe(rejected)
  })

  test('every row of a key that stands twice, and rows without a key', async () => {
    const run = await scored(sheet(person('甲1'), person('乙2'), person('甲1'), person(''), person('丙3')))
    expect(run.rows.map((row) => row.编号)).toEqual(['乙2', '丙3'])
    expect(run.rejects.map(({ 行, 编号, 列 }) => [行, 编号, 列])).toEqual([
      ['2', '甲1', '编号'],
      ['4', '甲1', '编号'],
      ['5', '', '编号'],
    ])
  })

  test('rows with too few or too many fields', async () => {
    const run = await scored(sheet(person('甲1'), '乙2,1985-03-01', `${person('丙3')},多`))
    expect(run.rows.map((row) => row.编号)).toEqual(['甲1'])
    expect(run.rejects.map(({ 行, 编号 }) => [行, 编号])).toEqual([
      ['3', '乙2'],
      ['4', '丙3'],
    ])
  })

  test('a row whose quotes do not pair, in its place, and reads the rows after it', async () => {
    const run = await scored(sheet(person('甲1'), person('乙2'), person('"丙"3'), person('丁4'), person('戊5', '坏,,,,,,')))
    expect(run.rows.map((row) => row.编号)).toEqual(['甲1', '乙2', '丁4'])
    expect(run.rejects.map(({ 行, 编号 }) => [行, 编号])).toEqual([
      ['4', expect.any(String)],
      ['6', '戊5'],
    ])
  })

  test('a quote that is never closed, and reads the rows after it', async () => {
    const run = await scored(sheet(person('甲1'), person('"乙2'), person('丙3')))
    expect(run.code).toBe(1)
    expect(run.rows.map((row) => row.编号)).toEqual(['甲1', '丙3'])
    expect(run.rejects.map(({ 行 }) => 行)).toEqual(['3'])
  })

  test('a row late in a long file whose quotes do not pair, under its own number', async () => {
    const run = await scored(sheet(...Array.from({ length: 5000 }, (_, i) => person(i === 2500 ? '"P"2500' : `P${i}`))), { more: ['--json'] })
    expect(JSON.parse(run.stdout)).toMatchObject({ read: 5000, scored: 4999, rejected: 1 })
    expect(run.rejects.map(({ 行 }) => 行)).toEqual(['2502'])
  })

  test('rows under the number that a spreadsheet shows, also after empty lines', async () => {
    const run = await scored(`${header}\n${person('甲1')}\n\n\n${person('乙2', '坏,,,,,,')}\n`)
    expect(run.rejects.map(({ 行 }) => 行)).toEqual(['5'])
  })

  test('a key with bytes that are no text', async () => {
    const bytes = Buffer.concat([encodeGb18030(`${header}\n甲`), Buffer.from([0xff]), encodeGb18030(`${person('')}\n`)])
    const run = await scored(bytes)
    expect(run.rows).toEqual([])
    expect(run.rejects.length).toBe(1)
  })

  test('into the file named by --rejects, in English when asked', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/people.csv`, sheet(person('')))
      const run = await heng([
        'score',
        policyPath,
        '--people',
        `${folder}/people.csv`,
        ...asOf,
        '--out',
        `${folder}/o.csv`,
        '--rejects',
        `${folder}/back.csv`,
        '--language',
        'en',
      ])
      expect(run.code).toBe(1)
      expect(readRows(await readFile(`${folder}/back.csv`, 'utf8'))).toMatchObject([{ row: '2', key: '', column: '编号' }])
      expect((await readdir(folder)).sort()).toEqual(['back.csv', 'o.csv', 'people.csv'])
    })
  })

  test('nothing into a file of an earlier run that would be taken for this one', async () => {
    await inFolder(async (folder) => {
      const run = async (text: string) => {
        await writeFile(`${folder}/people.csv`, text)
        return heng(['score', policyPath, '--people', `${folder}/people.csv`, ...asOf, '--out', `${folder}/out.csv`])
      }
      expect((await run(sheet(person('')))).code).toBe(1)
      expect((await run(sheet(person('甲1')))).code).toBe(0)
      expect((await readdir(folder)).sort()).toEqual(['out.csv', 'people.csv'])
    })
  })
})

describe('heng score cannot run', () => {
  test('without a column that the policy needs, and asks for a similar one', async () => {
    const run = await scored(sheet(person('甲1')).replace('养老保险缴纳月数', '养老保险月数'))
    expectUnrun(run, '养老保险缴纳月数')
    expect(run.stderr).toContain('养老保险月数')
    expect(run.files).toEqual(['people.csv'])
  })

  test('without the key column', async () => expectUnrun(await scored(sheet(person('甲1')).replace('编号', '序号')), '编号'))

  test('with a column that stands twice', async () => expectUnrun(await scored(sheet(person('甲1')).replace('职称', '学历')), '学历'))

  test('with an empty file', async () => expectUnrun(await scored(''), '编号'))

  test('with people that are not there', async () => {
    await inFolder(async (folder) => {
      expectUnrun(await heng(['score', policyPath, '--people', `${folder}/none.csv`, ...asOf]), `${folder}/none.csv`)
      expectUnrun(await heng(['score', `${folder}/none.heng`, '--people', `${folder}/none.csv`, ...asOf]), `${folder}/none.heng`)
    })
  })

  test('with a folder in place of a file, and says which one', async () => {
    await inFolder(async (folder) => {
      await mkdir(`${folder}/people.csv`)
      await mkdir(`${folder}/policy.heng`)
      await mkdir(`${folder}/out.csv`)
      await writeFile(`${folder}/good.csv`, sheet(person('甲1')))
      expectUnrun(await heng(['score', policyPath, '--people', `${folder}/people.csv`, ...asOf, '--out', `${folder}/o.csv`]), `${folder}/people.csv`)
      expectUnrun(await heng(['score', `${folder}/policy.heng`, '--people', `${folder}/good.csv`, ...asOf]), `${folder}/policy.heng`)
      expectUnrun(await heng(['score', policyPath, '--people', `${folder}/good.csv`, ...asOf, '--out', `${folder}/out.csv`]), `${folder}/out.csv`)
      expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([])
    })
  })

  test('with a pipe, which could not be read twice', async () => {
    await inFolder(async (folder) => {
      execFileSync('mkfifo', [`${folder}/people.csv`])
      expectUnrun(await heng(['score', policyPath, '--people', `${folder}/people.csv`, ...asOf]), '先存成文件')
    })
  })

  test('with an output whose folder is not there', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/people.csv`, sheet(person('甲1'), person('')))
      const args = ['score', policyPath, '--people', `${folder}/people.csv`, ...asOf]
      expectUnrun(await heng([...args, '--out', `${folder}/none/out.csv`]), `${folder}/none/out.csv`)
      expectUnrun(await heng([...args, '--out', `${folder}/out.csv`, '--rejects', `${folder}/none/back.csv`]), `${folder}/none/back.csv`)
      expect(await readdir(folder)).toEqual(['people.csv'])
    })
  })

  test('onto its own input, under any name', async () => {
    await inFolder(async (folder) => {
      const people = `${folder}/people.csv`
      const text = sheet(person('甲1'), person(''))
      await writeFile(people, text)
      await symlink(people, `${folder}/link.csv`)
      const args = ['score', policyPath, '--people', people, ...asOf]
      expectUnrun(await heng([...args, '--out', people]), 'heng')
      expectUnrun(await heng([...args, '--out', 'people.csv'], { cwd: folder }), 'heng')
      expectUnrun(await heng([...args, '--out', `${folder}/out.csv`, '--rejects', people]), 'heng')
      await heng(['score', policyPath, '--people', `${folder}/link.csv`, ...asOf, '--out', people])
      expect(await readFile(people, 'utf8')).toBe(text)
    })
  })

  test('when scores and rejected rows would share a file, or either would replace the policy', async () => {
    await inFolder(async (folder) => {
      const people = `${folder}/people.csv`
      await writeFile(people, sheet(person('甲1'), person('')))
      const policy = `${folder}/policy.heng`
      const text = await readFile(policyPath, 'utf8')
      await writeFile(policy, text)
      expectUnrun(await heng(['score', policy, '--people', people, ...asOf, '--out', `${folder}/o.csv`, '--rejects', `${folder}/o.csv`]), 'heng')
      expectUnrun(await heng(['score', policy, '--people', people, ...asOf, '--out', `${folder}/o.csv`, '--rejects', policy]), 'heng')
      expect(await readFile(policy, 'utf8')).toBe(text)
    })
  })

  test('with formats that it does not know', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/people.txt`, sheet(person('甲1')))
      await writeFile(`${folder}/people.csv`, sheet(person('甲1')))
      expectUnrun(await heng(['score', policyPath, '--people', `${folder}/people.txt`, ...asOf]), 'people.txt')
      expectUnrun(await heng(['score', policyPath, '--people', `${folder}/people.csv`, ...asOf, '--out', `${folder}/o.txt`]), 'o.txt')
    })
  })

  test('with a policy that has errors', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/people.csv`, sheet(person('甲1')))
      await writeFile(`${folder}/bad.heng`, '政策 试 { 总分 = 没有 }')
      expectUnrun(await heng(['score', `${folder}/bad.heng`, '--people', `${folder}/people.csv`]), `${folder}/bad.heng`)
    })
  })
})

describe('reference dates', () => {
  const run = (...dates: readonly string[]) =>
    inFolder(async (folder) => {
      await writeFile(`${folder}/people.csv`, sheet(person('甲1', '1985-03-01,,,,,,')))
      return heng(['score', policyPath, '--people', `${folder}/people.csv`, ...dates.flatMap((date) => ['--as-of', date])])
    })

  test('must be given', async () => expectUnrun(await run(), '审核日'))
  test('must be known to the policy', async () => expectUnrun(await run('受理日=2025-03-01'), '受理日'))
  test.each(['审核日=2025-02-30', '审核日=2025-3-1', '审核日', '审核日=', '2025-03-01', '审核日=2025-03-01=1', '审核日=1899-12-31', '审核日=2200-01-01'])(
    'are refused when written %s',
    async (date) => expectUnrun(await run(date), 'heng'),
  )
  test('are refused when one is given twice', async () => expectUnrun(await run('审核日=2025-03-01', '审核日=2024-03-01'), '审核日'))
  test('may be written with a Chinese equals sign', async () => expect((await run('审核日＝2025-03-01')).code).toBe(0))

  test.each([
    ['2023-07-25', true],
    ['2023-07-26', false],
    ['2028-07-25', false],
    ['2028-07-26', true],
  ])('on %s outside the days in force: %s', async (date, outside) => {
    const { code, stderr, stdout } = await run(`审核日=${date}`)
    expect(code).toBe(0)
    expect(stderr.includes('2023-07-26')).toBe(outside)
    expect(readRows(stdout)).toMatchObject([{ 编号: '甲1' }])
  })
})
test.each([
  ['an empty file', '', '文件是空的'],
  ['semicolons', '编号;出生日期\n甲;2000-01-01\n', '“;”'],
  ['a file that is no text', '\u0000\u0001\n', '不是 UTF-8'],
])('%s is told as what it is', (_, content, told) =>
  inFolder(async (folder) => {
    await writeFile(`${folder}/people.csv`, content)
    const result = await heng(['score', policyPath, '--people', `${folder}/people.csv`, ...asOf])
    expect(result).toMatchObject({ code: 2, stdout: '' })
    expect(result.stderr).toContain(told)
    expect(result.stderr.trim().split('\n')).toHaveLength(1)
  }),
)

test('a heading with a line break is told on one line', () =>
  inFolder(async (folder) => {
    const path = `${folder}/people.csv`
    const row = '1985-03-01,大专,二级,无,否,60,120'
    await writeFile(path, `编号,出生日期,学历,技能等级,职称,专项职业能力证书,养老保险缴纳月数,累计居住月数,"备注\n（可不填）"\n甲,${row},\n`)
    const run = await heng(['score', policyPath, '--people', path, ...asOf])
    expect(run.stderr.trim().split('\n')).toEqual([expect.stringMatching(/^列“备注⟨U\+000A⟩/), '读入 1 人，计分 1 人，退回 0 人'])
  }))

test('who has nothing and who gave nothing are told apart, with the bounds of every figure where these are asked for', () =>
  inFolder(async (folder) => {
    const policy = `政策 柳塘县两项积分 {
  基准日 审核日
  事实 月数: 整数 个月   范围 0..600
  事实 残疾: 是否
  指标 居住 { 每满1个月 月数 得0.5分 }
  指标 残疾 { 当 残疾   得3分 }
  总分 = 居住 + 残疾
}
`
    await writeFile(`${folder}/policy.heng`, policy)
    await writeFile(`${folder}/people.csv`, '编号,月数,残疾\n甲,0,否\n乙,,\n丙,2,\n')
    const args = ['score', 'policy.heng', '--people', 'people.csv', '--as-of', '审核日=2025-03-01']
    const plain = await heng(args, { cwd: folder })
    expect(plain.stdout).toBe('编号,状态,总分,待核实,居住,残疾\n甲,符合条件,0,,0,0\n乙,符合条件,0,月数、残疾,0,0\n丙,符合条件,1,残疾,1,0\n')
    expect(plain.stderr).toBe('读入 3 人，计分 3 人，退回 0 人；2 人有待核实的事项，分数只计已证实的\n')
    const bounds = await heng([...args, '--bounds'], { cwd: folder })
    expect(bounds.stdout).toBe(
      [
        '编号,状态,总分,总分最低可能,总分最高可能,待核实,居住,居住最低可能,居住最高可能,残疾,残疾最低可能,残疾最高可能',
        '甲,符合条件,0,0,0,,0,0,0,0,0,0',
        '乙,符合条件,0,0,303,月数、残疾,0,0,300,0,0,3',
        '丙,符合条件,1,1,4,残疾,1,1,1,0,0,3',
        '',
      ].join('\n'),
    )
    await heng([...args, '--out', 'out.csv', '--json'], { cwd: folder })
    expect(JSON.parse((await heng([...args, '--out', 'out.csv', '--json'], { cwd: folder })).stdout)).toMatchObject({ read: 3, scored: 3, awaiting: 2 })
  }))
