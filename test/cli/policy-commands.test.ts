// heng check, fmt and test as real processes: exit codes, machine output, standard input, and the two surfaces.

import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { heng, inFolder, policyPath } from './run.ts'

const good = '政策 试 {\n  事实 甲: 是否\n  指标 项 {\n    当 甲   得1分\n  }\n  总分 = 项\n}\n'
const bad = '政策 试 {\n  指标 项 { 当 乙 得1分 }\n  总分 = 项\n}\n'
const untidy = '政策 试 {\n事实 甲: 是否\n      指标 项 {\n当 甲 得 1 分\n }\n总分 = 项\n}\n'
const warned = '政策 试 {\n  事实 甲: 是否\n  指标 项 最高5分 { 当 甲 得1分 }\n  总分 = 项\n}\n'

describe('heng check', () => {
  test('exits with 0 for a clean policy', async () => {
    expect(await heng(['check', policyPath])).toMatchObject({ code: 0, stderr: '' })
  })

  test('exits with 1 for an error and shows where it stands', async () => {
    await inFolder(async (folder) => {
      const file = `${folder}/bad.heng`
      await writeFile(file, bad)
      const run = await heng(['check', file])
      expect(run).toMatchObject({ code: 1, stderr: '' })
      expect(run.stdout).toContain(`${file}:2:12 `)
      expect(run.stdout).toContain('unknown-name')
    })
  })

  test('exits with 1 for a warning and with 0 for a notice', async () => {
    const warning = await heng(['check', '-', '--json'], { input: warned })
    expect(warning.code).toBe(1)
    expect(JSON.parse(warning.stdout)).toMatchObject({ errors: 0, warnings: 1 })
    const notice = await heng(['check', '-', '--json'], { input: good.replace('指标', '事实 乙: 是否\n  指标') })
    expect(notice.code).toBe(0)
    expect(JSON.parse(notice.stdout)).toMatchObject({ errors: 0, warnings: 0, notices: 1 })
  })

  test('goes on with the others when one file of a folder cannot be read, and exits with 2', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/a.heng`, Buffer.from([0xff, 0xfe, 0x00]))
      await writeFile(`${folder}/b.heng`, bad)
      const run = await heng(['check', folder])
      expect(run.code).toBe(2)
      expect(run.stderr).toContain('a.heng：它是 UTF-16 编码')
      expect(run.stdout).toContain('unknown-name')
    })
  })

  test('exits with 2 for a file that is not there', async () => {
    const run = await heng(['check', '/no/such/file.heng'])
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toContain('/no/such/file.heng')
    expect(run.stderr).not.toContain('    at ')
  })

  test('exits with 2 for a folder without policies', async () => {
    await inFolder(async (folder) => expect(await heng(['check', folder])).toMatchObject({ code: 2, stdout: '' }))
  })

  test('exits with 2 for an unknown option or command, or none', async () => {
    expect((await heng(['check', '--nonsense', policyPath])).code).toBe(2)
    expect((await heng(['nonsense'])).code).toBe(2)
    expect((await heng(['check'])).code).toBe(2)
    expect((await heng([])).code).toBe(2)
  })

  test('exits with 0 for --help and --version', async () => {
    expect((await heng(['--help'])).code).toBe(0)
    expect((await heng(['score', '--help'])).code).toBe(0)
    expect((await heng(['--version'])).code).toBe(0)
  })

  test('gives its findings as JSON, with places and both languages', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/bad.heng`, bad)
      await mkdir(`${folder}/inside`)
      await writeFile(`${folder}/inside/good.heng`, good)
      const run = await heng(['check', folder, '--json'])
      expect(run.code).toBe(1)
      const { files, errors, findings } = JSON.parse(run.stdout)
      expect({ files, errors }).toEqual({ files: 2, errors: 1 })
      expect(findings).toMatchObject([{ file: `${folder}/bad.heng`, code: 'unknown-name', line: 2, column: 12 }])
      expect(findings[0].zh.message).not.toBe(findings[0].en.message)
    })
  })

  test('takes the language of its messages from --language', async () => {
    const zh = await heng(['check', '-'], { input: bad })
    const en = await heng(['check', '-', '--language', 'en'], { input: bad })
    expect(zh.stdout).toMatch(/错误/)
    expect(en.stdout).not.toMatch(/错误/)
    expect(en.stdout).toMatch(/error/)
  })

  test('reads a policy with a byte-order mark and with CRLF', async () => {
    expect((await heng(['check', '-'], { input: `\ufeff${good.replaceAll('\n', '\r\n')}` })).code).toBe(0)
  })

  test('reports an empty file as a finding', async () => {
    expect((await heng(['check', '-'], { input: '' })).code).toBe(1)
  })
})

describe('heng fmt', () => {
  test('writes what it formats in place, and leaves nothing beside it', async () => {
    await inFolder(async (folder) => {
      const file = `${folder}/a.heng`
      await writeFile(file, untidy)
      expect((await heng(['fmt', file])).code).toBe(0)
      expect(await readFile(file, 'utf8')).toBe(good)
      expect(await readdir(folder)).toEqual(['a.heng'])
    })
  })

  test('--check exits with 1 and changes nothing', async () => {
    await inFolder(async (folder) => {
      const file = `${folder}/a.heng`
      await writeFile(file, untidy)
      const run = await heng(['fmt', '--check', file])
      expect(run.code).toBe(1)
      expect(run.stdout).toContain(file)
      expect(await readFile(file, 'utf8')).toBe(untidy)
      expect((await heng(['fmt', '--check', policyPath])).code).toBe(0)
    })
  })

  test('prints standard input to standard output', async () => {
    expect(await heng(['fmt', '-'], { input: untidy })).toMatchObject({ code: 0, stdout: good, stderr: '' })
    expect((await heng(['fmt', '-', '--check'], { input: untidy })).code).toBe(1)
  })

  test('with --json gives nothing but JSON, also for standard input', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/a.heng`, untidy)
      const named = await heng(['fmt', `${folder}/a.heng`, '--json'])
      expect(JSON.parse(named.stdout)).toEqual({ files: [{ file: `${folder}/a.heng`, state: 'changed' }] })
      const piped = await heng(['fmt', '-', '--json'], { input: untidy })
      expect(() => JSON.parse(piped.stdout)).not.toThrow()
    })
  })

  test('the shipped policy goes to English and back without losing a byte, and the English one is clean and gives the same', async () => {
    await inFolder(async (folder) => {
      const file = `${folder}/common.heng`
      await cp(policyPath, file)
      const shipped = await readFile(file, 'utf8')
      expect((await heng(['fmt', file, '--lang', 'en'])).code).toBe(0)
      const english = await readFile(file, 'utf8')
      expect(english.startsWith('#') ? english.split('\n').find((line) => !line.startsWith('#')) : english).toMatch(/^policy /)
      expect(await heng(['check', file])).toMatchObject({ code: 0 })
      const [zh, en] = [await heng(['test', policyPath, '--json']), await heng(['test', file, '--json'])]
      expect(JSON.parse(en.stdout).passed).toBe(JSON.parse(zh.stdout).passed)
      expect((await heng(['fmt', '--check', file])).code).toBe(0)
      expect((await heng(['fmt', file, '--lang', 'zh'])).code).toBe(0)
      expect(await readFile(file, 'utf8')).toBe(shipped)
    })
  })

  test('leaves a text that it cannot read alone and exits with 1', async () => {
    await inFolder(async (folder) => {
      const file = `${folder}/a.heng`
      const broken = '政策 试 {\n  指标 项 { 当 } 得\n'
      await writeFile(file, broken)
      expect((await heng(['fmt', file])).code).toBe(1)
      expect(await readFile(file, 'utf8')).toBe(broken)
    })
  })

  test('exits with 2 for a file that is not there, and for a surface that it does not know', async () => {
    expect((await heng(['fmt', '/no/such/file.heng'])).code).toBe(2)
    expect((await heng(['fmt', '-', '--lang', 'fr'], { input: good })).code).toBe(2)
  })
})

describe('heng test', () => {
  test('exits with 0 when every case holds', async () => {
    await inFolder(async (folder) => {
      const file = `${folder}/a.heng`
      await writeFile(file, good.replace(/}\n$/, '  样例 "有" { 甲: 是 } 应得 { 总分: 1 }\n}\n'))
      const run = await heng(['test', file, '--json'])
      expect(run.code).toBe(0)
      expect(JSON.parse(run.stdout)).toMatchObject({ passed: 1, failed: 0, files: [{ file, ok: true }] })
    })
  })

  test('exits with 1 for a case that does not hold, and says which figure differs', async () => {
    await inFolder(async (folder) => {
      const file = `${folder}/a.heng`
      await writeFile(
        file,
        good.replace(/}\n$/, '  样例 "错" { 甲: 是 } 应得 { 总分: 2   项: 3   最低可能: 0   最高可能: 9   待核实: [甲]   状态: 失效 }\n}\n'),
      )
      const run = await heng(['test', file])
      expect(run.code).toBe(1)
      expect(run.stdout).toContain(`${file}:7:6 错`)
      const json = JSON.parse((await heng(['test', file, '--json'])).stdout)
      expect(json).toMatchObject({ passed: 0, failed: 1 })
      const differences = json.files[0].cases[0].differences as { what: string }[]
      expect(differences.map(({ what }) => what).sort()).toEqual(['awaiting', 'highest', 'lowest', 'state', 'total:总分', '项'].sort())
    })
  })

  test('speaks of a difference in the words of the policy', async () => {
    const text = good.replace(/}\n$/, '  样例 "错" { 甲: 是 } 应得 { 最低可能: 0   待核实: [甲]   状态: 失效 }\n}\n')
    const run = await heng(['test', '-'], { input: text })
    expect(run.stdout).toMatch(/最低可能.*待核实.*/s)
    expect(run.stdout).toMatch(/状态：应为 失效，得 符合条件/)
    expect(run.stdout).not.toMatch(/lowest|awaiting|state|lapsed/)
  })

  test('speaks of a place in the words of the policy', async () => {
    const text = `政策 试 {
  基准日 审核日
  事实 分值: 整数 分   范围 0..9
  指标 项 { 得 分值 }
  总分 = 项
  应用 入学 {
    排序 总分 从高到低
    并列 同名次
  }
  样例 "错" 应用 入学 于 审核日 2025-03-01 [{编号: 甲；分值: 5分}、{编号: 乙；分值: 3分}] 应得 { 名次: {甲: 1；乙: 1} }
}
`
    expect((await heng(['test', '-'], { input: text })).stdout).toContain('名次 乙：应为 1，得 2')
    expect((await heng(['test', '-', '--language', 'en'], { input: text })).stdout).toContain('places 乙')
  })

  test('exits with 1 for a policy with errors', async () => {
    expect((await heng(['test', '-'], { input: bad })).code).toBe(1)
  })

  test('looks for policies in the folder policies when none is named', async () => {
    await inFolder(async (folder) => {
      expect((await heng(['test'], { cwd: folder })).code).toBe(2)
      await mkdir(`${folder}/policies/place`, { recursive: true })
      await writeFile(`${folder}/policies/place/a.heng`, good)
      expect((await heng(['test'], { cwd: folder })).code).toBe(0)
    })
  })
})
