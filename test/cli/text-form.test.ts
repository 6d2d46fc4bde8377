// How a text is kept in its file, as a process: a byte-order mark and line ends stay, GB18030 is read and converted only when asked, and
// what is no text is named.

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { decodeText } from '../../runtime/files/text.ts'
import { encodeGb18030 } from './gb18030.ts'
import { asOf, heng, inFolder } from './run.ts'

const tidy = '政策 试 {\n  基准日 审核日\n\n  事实 月数: 整数 个月   范围 0..600\n\n  指标 甲 { 每1个月 月数 得1分 }\n\n  总分 = 甲\n}\n'
const untidy = tidy.replace('  指标', '指标').replace('= 甲', '=甲')
const crlf = (text: string) => text.replaceAll('\n', '\r\n')
const utf16 = (text: string, littleEndian: boolean, mark = true) => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le')
  return littleEndian ? bytes : bytes.swap16()
}

/** Writes the files, runs the command in their folder, and gives the bytes of `p.heng` with it. */
const ran = (files: Readonly<Record<string, string | Uint8Array>>, args: readonly string[], input?: string | Uint8Array) =>
  inFolder(async (folder) => {
    for (const [name, contents] of Object.entries(files)) await writeFile(`${folder}/${name}`, contents)
    const run = await heng(args, { cwd: folder, ...(input === undefined ? {} : { input }) })
    expect(run.stderr).not.toMatch(/\n {4}at /)
    expect((await readdir(folder)).sort()).toEqual(Object.keys(files).sort())
    return { ...run, bytes: await readFile(`${folder}/p.heng`).catch(() => Buffer.alloc(0)) }
  })

describe('heng fmt changes only the layout', () => {
  const forms: readonly (readonly [string, (text: string) => string])[] = [
    ['LF', (text) => text],
    ['CRLF', crlf],
    ['CR', (text) => text.replaceAll('\n', '\r')],
    ['a byte-order mark', (text) => `\ufeff${text}`],
    ['a byte-order mark and CRLF', (text) => `\ufeff${crlf(text)}`],
  ]
  test.each(forms)('of a file with %s', async (_, as) => {
    const changed = await ran({ 'p.heng': as(untidy) }, ['fmt', 'p.heng'])
    expect({ code: changed.code, text: changed.bytes.toString() }).toEqual({ code: 0, text: as(tidy) })
    expect(await ran({ 'p.heng': as(tidy) }, ['fmt', '--check', 'p.heng'])).toMatchObject({ code: 0, stdout: '', stderr: '' })
    expect(await ran({ 'p.heng': as(untidy) }, ['fmt', '--check', 'p.heng'])).toMatchObject({ code: 1, stdout: expect.stringContaining('p.heng') })
    expect(await ran({}, ['fmt', '-'], as(untidy))).toMatchObject({ code: 0, stdout: as(tidy) })
    const english = await ran({ 'p.heng': as(tidy) }, ['fmt', '--lang', 'en', 'p.heng'])
    const back = await ran({ 'p.heng': english.bytes }, ['fmt', '--lang', 'zh', 'p.heng'])
    expect(back.bytes.toString()).toBe(as(tidy))
  })

  test('of mixed line ends, which become those of most lines', async () => {
    const mixed = crlf(tidy).replace('\r\n', '\n')
    expect((await ran({ 'p.heng': mixed }, ['fmt', '--check', 'p.heng'])).code).toBe(1)
    expect((await ran({ 'p.heng': mixed }, ['fmt', 'p.heng'])).bytes.toString()).toBe(crlf(tidy))
  })

  test('of a last line without an end, which gets one like the others', async () => {
    expect((await ran({ 'p.heng': crlf(tidy).trimEnd() }, ['fmt', 'p.heng'])).bytes.toString()).toBe(crlf(tidy))
  })

  test('of no text with a mark in its midst, which is told and left', async () => {
    const text = tidy.replace('事实', '\ufeff事实')
    expect(await ran({ 'p.heng': text }, ['check', 'p.heng'])).toMatchObject({ code: 0, stdout: expect.stringContaining('p.heng:4:3') })
  })

  test('of no empty file', async () => {
    for (const text of ['', '\ufeff', '\r\n']) {
      const run = await ran({ 'p.heng': text }, ['fmt', 'p.heng'])
      expect({ code: run.code, text: run.bytes.toString() }).toEqual({ code: 1, text })
    }
  })

  test('and says where a mistake stands, whatever the line ends', async () => {
    const wrong = tidy.replace('得1分 }', '得1分 "未完')
    for (const text of [wrong, crlf(wrong), wrong.replaceAll('\n', '\r'), `\ufeff${crlf(wrong)}`]) {
      for (const args of [['fmt'], ['check']]) {
        const run = await ran({ 'p.heng': text }, [...args, 'p.heng'])
        expect(run.code).toBe(1)
        expect(run.stdout + run.stderr).toMatch(/p\.heng:6:\d+ 错误[\s\S]*│ 指标 甲/)
      }
    }
  })
})

describe('a policy in GB18030', () => {
  const bytes = encodeGb18030(tidy)
  const people = '编号,月数\n甲,7\n'
  const told = 'p.heng 是 GB18030 编码'

  test.each([
    ['check', ['check', 'p.heng']],
    ['test', ['test', 'p.heng']],
    ['score', ['score', 'p.heng', '--people', 'people.csv', ...asOf]],
    ['compile', ['compile', 'p.heng', '--target', 'ir']],
  ])('is read by %s as its UTF-8 is, and told with the remedy', async (_, args) => {
    const [foreign, own] = [await ran({ 'p.heng': bytes, 'people.csv': people }, args), await ran({ 'p.heng': tidy, 'people.csv': people }, args)]
    expect({ code: foreign.code, stdout: foreign.stdout }).toEqual({ code: own.code, stdout: own.stdout })
    expect(foreign.stderr).toContain(`${told}，已按它读入`)
    expect(foreign.stderr).toContain('heng fmt --to-utf8 p.heng')
    expect(foreign.stderr.match(/GB18030/g)).toHaveLength(1)
    expect(own.stderr).not.toContain('GB18030')
    expect((await ran({ 'p.heng': bytes, 'people.csv': people }, ['--language', 'en', ...args])).stderr).toContain('p.heng is GB18030')
  })

  test('is in the JSON of check', async () => {
    expect(JSON.parse((await ran({ 'p.heng': bytes }, ['check', 'p.heng', '--json'])).stdout)).toMatchObject({ errors: 0, gb18030: ['p.heng'] })
  })

  test('is taken in by another, which says so too', async () => {
    const county = '政策 县 {\n  引用 试 自 "p.heng"\n  基准日 审核日\n\n  总分 = 甲\n}\n'
    const run = await ran({ 'p.heng': bytes, 'q.heng': county, 'people.csv': people }, ['score', 'q.heng', '--people', 'people.csv', ...asOf])
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining(told) })
  })

  test('with a mistake is told where it stands', async () => {
    const run = await ran({ 'p.heng': encodeGb18030(crlf(tidy.replace('= 甲', '= 乙'))) }, ['check', 'p.heng'])
    expect(run).toMatchObject({ code: 1, stdout: expect.stringMatching(/p\.heng:8:\d+ 错误[\s\S]*│ 总分 = 乙/), stderr: expect.stringContaining(told) })
  })

  test('is left alone by fmt, which says so, and converted when it is asked', async () => {
    const foreign = encodeGb18030(crlf(untidy))
    const left = await ran({ 'p.heng': foreign }, ['fmt', 'p.heng'])
    expect({ code: left.code, same: left.bytes.equals(foreign) }).toEqual({ code: 1, same: true })
    expect(left.stderr).toContain('没有改动 p.heng')
    expect(left.stderr).toContain('--to-utf8')
    const converted = await ran({ 'p.heng': foreign }, ['fmt', '--to-utf8', 'p.heng'])
    expect({ code: converted.code, text: converted.bytes.toString() }).toEqual({ code: 0, text: crlf(tidy) })
    expect(converted.stdout).toContain('已转成 UTF-8 p.heng')
    expect((await ran({ 'p.heng': foreign }, ['fmt', '--lang', 'en', 'p.heng'])).bytes.equals(foreign)).toBe(true)
  })

  test('that is formatted passes --check, and is converted all the same when it is asked', async () => {
    expect(await ran({ 'p.heng': bytes }, ['fmt', '--check', 'p.heng'])).toMatchObject({ code: 0, stderr: expect.stringContaining(told) })
    expect((await ran({ 'p.heng': bytes }, ['fmt', '--check', '--to-utf8', 'p.heng'])).code).toBe(1)
    expect(await ran({ 'p.heng': bytes }, ['fmt', 'p.heng'])).toMatchObject({ code: 0, bytes })
    expect((await ran({ 'p.heng': bytes }, ['fmt', '--to-utf8', 'p.heng'])).bytes.toString()).toBe(tidy)
    expect((await ran({ 'p.heng': tidy }, ['fmt', '--to-utf8', 'p.heng'])).bytes.toString()).toBe(tidy)
  })

  test('of standard input is printed as UTF-8 only when it is asked', async () => {
    expect(await ran({}, ['fmt', '-'], bytes)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--to-utf8') })
    expect(await ran({}, ['fmt', '--to-utf8', '-'], bytes)).toMatchObject({ code: 0, stdout: tidy })
  })

  test('has its official text in GB18030, too', async () => {
    const policy = tidy.replace('  基准日', '  原文 "原文.txt"\n  基准日').replace('甲 {', '甲 依据 "一" {')
    const run = await ran({ 'p.heng': policy, '原文.txt': encodeGb18030('一、计分\r\n甲者得分。\r\n') }, ['coverage', 'p.heng'])
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('[规则] 一 计分'), stderr: expect.stringContaining('原文.txt 是 GB18030 编码') })
  })
})

test.each([
  ['UTF-16, little end first', utf16(tidy, true), 'UTF-16'],
  ['UTF-16, big end first', utf16(tidy, false), 'UTF-16'],
  ['UTF-16 without a mark', utf16(tidy, true, false), 'UTF-16'],
  ['UTF-16 without a mark, big end first', utf16(tidy, false, false), 'UTF-16'],
  ['UTF-16 of English alone', utf16('policy P {\n}\n', true, false), 'UTF-16'],
  [
    'UTF-32',
    Buffer.from([0xff, 0xfe, 0, 0, ...[...tidy].flatMap((char) => [(char.codePointAt(0) ?? 0) & 255, (char.codePointAt(0) ?? 0) >> 8, 0, 0])]),
    'UTF-32',
  ],
  ['UTF-8 with a damaged byte', Buffer.from(tidy).with(9, 0xff), '损坏的字节'],
  ['UTF-8 cut off within a letter', Buffer.from(tidy).subarray(0, 8), '损坏的字节'],
  ['a marked UTF-8 that is damaged', Buffer.from([0xef, 0xbb, 0xbf, 0xd5, 0xfe]), '损坏的字节'],
  ['Latin letters of another encoding', Buffer.from('policy caf\u00e9 {\n}\n', 'latin1'), '不是 UTF-8 或 GB18030'],
])('%s is refused by name, and left alone', async (_, bytes, told) => {
  for (const args of [['check'], ['fmt'], ['fmt', '--to-utf8'], ['fmt', '--check']]) {
    const run = await ran({ 'p.heng': bytes }, [...args, 'p.heng'])
    expect({ code: run.code, same: run.bytes.equals(bytes), stdout: run.stdout }).toEqual({ code: 2, same: true, stdout: '' })
    expect(run.stderr).toContain(`读不了 p.heng：`)
    expect(run.stderr).toContain(told)
  }
})

test('what is UTF-8 and what is GB18030 is told apart for every text that either can hold', () => {
  const texts = [tidy, crlf(tidy), '联通', '政', 'ascii', '', '一、计分\n甲者得分。', '汉字'.repeat(1000)]
  for (const text of texts) {
    expect(decodeText(Buffer.from(text))).toEqual({ ok: true, text, form: { encoding: 'utf-8', byteOrderMark: false } })
    const foreign = decodeText(encodeGb18030(text))
    // Two letters of GB18030 may be good UTF-8, as of 联通, which Notepad is famous for; a whole text hardly is.
    if (text.length > 2 && /\p{Script=Han}/u.test(text)) expect(foreign).toEqual({ ok: true, text, form: { encoding: 'gb18030', byteOrderMark: false } })
    else expect(foreign.ok).toBe(true)
  }
  // Code points beyond two bytes, and its own mark.
  expect(decodeText(Buffer.from([0x84, 0x31, 0x95, 0x33, 0xd5, 0xfe, 0x81, 0x39, 0xef, 0x30]))).toMatchObject({
    ok: true,
    text: '政㐁',
    form: { encoding: 'gb18030', byteOrderMark: true },
  })
})
