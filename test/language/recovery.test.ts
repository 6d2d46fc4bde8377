// Whatever is opened, the language answers with a tree and diagnostics: it neither throws nor hangs. The bound is on
// its own time, not on the machine's: it is there to notice work that grows with the square of the text, or worse.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Compiled, compile, maximumDiagnostics } from '../../language/compile.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { format } from '../../language/format/format.ts'
import { maximumSource } from '../../language/parse.ts'
import { oneIn, times as sampled } from '../whole.ts'
import { below, seeded } from './mutate.ts'
import { outside, validPolicies } from './underline.ts'

/** Milliseconds of the processor. */
const patience = 10_000
/** What hangs is ended after so many milliseconds by the clock. */
const hangs = 600_000

const spent = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const policyOf = (body: string) => `政策 示例 {\n${body}\n}\n`
const times = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('')
const codesOf = ({ diagnostics }: Compiled) => diagnostics.map(({ code }) => code)

/** Compiles and formats; both must answer in time. */
function survives(text: string): Compiled {
  const start = spent()
  const compiled = compile(text)
  const formatted = format(text)
  expect(spent() - start).toBeLessThan(patience)
  expect(compiled.parsed.tree.kind).toBe('policy')
  expect(compiled.diagnostics.length).toBeLessThanOrEqual(maximumDiagnostics + 1)
  expect(compiled.diagnostics.flatMap((diagnostic) => outside(diagnostic, text.length))).toEqual([])
  if (!compiled.policy) expect(compiled.diagnostics.length).toBeGreaterThan(0)
  if (!compiled.parsed.whole) expect(formatted.ok).toBe(false)
  return compiled
}

/** As `survives`, in a process that is ended when it hangs. */
function answers(text: string) {
  const run = spawnSync(process.execPath, [join(import.meta.dirname, 'answer.ts')], { input: text, timeout: hangs, encoding: 'utf8' })
  expect(run.signal, 'no answer in time').toBe(null)
  expect(run.stderr.split('\n').find((line) => /^\w*Error/.test(line))).toBe(undefined)
  const answer = JSON.parse(run.stdout) as { readonly codes: readonly string[]; readonly spent: number }
  expect(answer.spent).toBeLessThan(patience)
  expect(answer).toMatchObject({ tree: 'policy', outside: [], silent: false })
  expect(answer.codes.length).toBeLessThanOrEqual(maximumDiagnostics + 1)
}

describe('nesting without end is refused before parsing', () => {
  test.each([
    ['round brackets', '('.repeat(100_000)],
    ['closed round brackets', '('.repeat(100_000) + ')'.repeat(100_000)],
    ['square brackets', '['.repeat(100_000)],
    ['braces', '{'.repeat(100_000)],
    ['negations', '非 '.repeat(50_000)],
    ['minus signs', '-'.repeat(50_000)],
    ['minus signs and brackets', '-('.repeat(50_000)],
    ['lists inside lists', '甲 其中 '.repeat(50_000)],
    ['lists asked for inside lists', '有 甲 其中 '.repeat(50_000)],
    ['lists inside lists beside brackets', '次数(甲) = 甲 其中 '.repeat(50_000)],
    ['groups', '指标组 甲 { '.repeat(50_000)],
  ])('%s', (_name, bomb) => {
    expect(codesOf(survives(policyOf(`  定义 甲 = ${bomb}`)))).toContain('nested-too-deep')
    survives(bomb)
  })

  test('one 其中 after another is not nested', () => {
    const rows = '    每1次 次数(乙 其中 甲项) 得1分\n    当 有 乙 其中 甲项 且 有 乙 其中 甲项 得1分\n    对每条 乙 其中 甲项 得1分\n'.repeat(200)
    const definitions = times(200, (i) => `  定义 d${i} = 乙 其中 甲项\n`)
    const policy = policyOf(`  事实 乙: 记录 { 甲项: 是否 }\n${definitions}  指标 甲 累加 {\n${rows}  }\n  总分 = 甲`)
    expect(codesOf(survives(policy))).not.toContain('nested-too-deep')
  })

  test('a hundred levels are few enough', () => {
    expect(codesOf(survives(policyOf(`  事实 乙: 整数\n  定义 甲 = ${'('.repeat(90)}乙${')'.repeat(90)}`)))).not.toContain('nested-too-deep')
    expect(codesOf(survives(policyOf(`  事实 乙: 记录 { 甲项: 是否 }\n  定义 甲 = ${'有 乙 其中 '.repeat(90)}甲项`)))).toEqual(['unused-definition'])
  })
})

/** So many where everything is tried; a quarter of it still is far more than anybody writes. */
const long = (many: number): number => sampled(many / 4, many)

describe('what is long is read all the same', () => {
  test.each([
    ['a sum of many terms', policyOf(`  总分 = 1分${' + 1分'.repeat(long(50_000))}`)],
    ['a product of many factors', policyOf(`  定义 甲 = 1${' × 1'.repeat(long(50_000))}`)],
    ['a condition of many parts', policyOf(`  事实 甲: 是否\n  定义 乙 = 甲${' 且 甲'.repeat(long(50_000))}`)],
    ['a list of many members', policyOf(`  事实 甲: 选项 [${times(long(50_000), (i) => `m${i}、`)}末]`)],
    ['a path of many names', policyOf(`  总分 = 甲${'.甲'.repeat(long(50_000))}`)],
    ['many facts', policyOf(times(long(20_000), (i) => `  事实 f${i}: 是否\n`))],
    ['many indicators', policyOf(times(long(5000), (i) => `  指标 i${i} { 得1分 }\n`))],
    ['many definitions, each built on the next', policyOf(`${times(long(5000), (i) => `  定义 x${i} = x${i + 1} + 1\n`)}  定义 x${long(5000)} = 1`)],
    [
      '40 definitions, each of them twice the one before',
      policyOf(`  事实 x0: 整数 范围 0..9\n${times(40, (i) => `  定义 x${i + 1} = 较小(x${i}, x${i})\n`)}  指标 甲 { 当 x40 > 3 得5分 }\n  总分 = 甲`),
    ],
    ['many cases', policyOf(`  事实 甲: 是否\n${times(long(5000), (i) => `  样例 "c${i}" { 甲: 是 } 应得 { 总分: 5 }\n`)}`)],
    ['many broken rows', policyOf(`  指标 甲 {\n${'    当 学历 本科 得分\n'.repeat(long(20_000))}  }`)],
    ['many glued words', policyOf('当年龄 '.repeat(long(20_000)))],
    ['a word of many letters', policyOf(`  定义 甲 = ${'年'.repeat(long(100_000))}`)],
    ['a misspelt name of many letters', policyOf(`  事实 ${'甲'.repeat(long(20_000))}: 是否\n  指标 a { 当 ${'甲'.repeat(long(20_000) - 1)}乙 得5分 }`)],
    ['a number of many digits', policyOf(`  事实 甲: 整数 元 缺省 ${'9'.repeat(long(500_000))}万`)],
    ['a line of many quoted texts', policyOf('"三" '.repeat(long(200_000)))],
    ['a line of many full stops', policyOf('甲。'.repeat(long(200_000)))],
    ['a line of many dashes', policyOf('甲—'.repeat(long(200_000)))],
    ['a banner of number signs', `${'#'.repeat(60)}\n# 说明 ${'# '.repeat(40)}\n${policyOf('')}`],
    ['many blank lines before the first word', `${'\n \t\u3000'.repeat(long(50_000))}${policyOf('')}`],
    [
      '16 conditions that can hold at once',
      policyOf(`${times(15, (i) => `  事实 f${i}: 是否\n`)}  指标 甲 取最高 {\n${times(15, (i) => `当 f${i} 得5分\n`)}  }\n  总分 = 甲`),
    ],
  ])('%s', (_name, text) => {
    answers(text)
  })

  test('a text above the limit is not read at all', () => {
    const text = policyOf('  # 说明说明说明\n'.repeat(300_000))
    expect(text.length).toBeGreaterThan(maximumSource)
    expect(codesOf(survives(text))).toEqual(['source-too-large'])
  })

  test('the limit counts bytes, not characters', () => {
    expect(codesOf(survives(policyOf(`# ${'说'.repeat(800_000)}`)))).toEqual(['source-too-large'])
  })

  test('a text just below the limit is read', () => {
    expect(codesOf(survives(policyOf('  # note\n'.repeat(200_000))))).not.toContain('source-too-large')
  })
})

describe('what is no policy says so', () => {
  test.each([
    ['an empty file', ''],
    ['a byte order mark', '\ufeff'],
    ['blanks', ' \t\r\n\u3000'],
    ['comments', '# 甲\n# 乙\n'],
    ['a comment without an end of line', '# 甲'],
    ['prose', '第一条 为规范积分管理，制定本办法。\n第二条 本办法适用于本市。\n'],
    ['English prose', 'Article 1. These rules govern the points scheme.\nArticle 2. They apply to all.\n'],
    ['JSON', '{ "policy": { "facts": [1, 2.5, null] } }'],
    ['CSV', '编号,出生日期,学历\n1,1990-01-01,本科\n'],
    ['HTML', '<!doctype html><html><body class="a">&nbsp;</body></html>'],
  ])('%s', (_name, text) => {
    const errors = survives(text).diagnostics.filter((diagnostic) => severityOf(diagnostic) === 'error')
    expect(errors.map(({ code }) => code)).toEqual(['not-a-policy'])
  })

  test.each(Array.from({ length: sampled(6, 20) }, (_, i) => i))('random bytes, seed %i', (seed) => {
    const random = seeded(seed)
    const bytes = Uint8Array.from({ length: 4096 }, () => below(random, 256))
    for (const encoding of ['latin1', 'utf-16le', 'utf-8', 'gb18030']) survives(new TextDecoder(encoding).decode(bytes))
    survives(String.fromCharCode(...new Uint16Array(bytes.buffer)))
    survives(policyOf(String.fromCharCode(...new Uint16Array(bytes.buffer))))
  })
})

describe('an English file', () => {
  const text = 'policy Demo {\n  fact degree: levels [low, mid, top]\n  indicator degree { when degree is top award 5 points }\n  total = degree\n}\n'

  test('compiles like a Chinese one', () => {
    const compiled = survives(text)
    expect(compiled.diagnostics).toEqual([])
    expect(compiled.parsed.surface).toBe('en')
  })

  test('is English however long the comment before its first word is', () => {
    const compiled = survives(`# ${'x'.repeat(20_000)}\n${text}`)
    expect(compiled.diagnostics).toEqual([])
    expect(compiled.parsed.surface).toBe('en')
  })

  test('keeps its errors apart too', () => {
    expect(codesOf(survives(text.replace('degree is', 'degre is').replace('5 points }', '5 pionts }')))).toEqual(['unknown-name', 'unknown-unit'])
  })
})

describe('line ends and stray marks', () => {
  const policy = validPolicies().find(({ name }) => name === 'common-2023')
  const text = policy?.text ?? ''
  const clean = codesOf(compile(text))

  test.each([
    ['CRLF', (t: string) => t.replaceAll('\n', '\r\n')],
    ['CR alone', (t: string) => t.replaceAll('\n', '\r')],
    ['a byte order mark', (t: string) => `\ufeff${t}`],
    ['no newline at the end', (t: string) => t.trimEnd()],
    ['tabs', (t: string) => t.replaceAll('  ', '\t')],
    ['ideographic blanks', (t: string) => t.replaceAll('  ', '\u3000')],
  ])('%s make no difference', (_name, change) => {
    const compiled = survives(change(text))
    expect(codesOf(compiled)).toEqual(clean)
    expect(compiled.policy).toBeDefined()
  })

  test('an unclosed quoted text ends with its line and costs nothing else', () => {
    expect(codesOf(survives(text.replace('38号"', '38号')))).toContain('unclosed-string')
    const short = policyOf('  事实 甲: 是否 来源 "公安"\n  指标 乙 { 当 甲 得5分 }\n  总分 = 乙')
    expect(codesOf(survives(short))).toEqual([])
    expect(codesOf(survives(short.replace('公安"', '公安')))).toEqual(['unclosed-string'])
  })

  test('a } too many is one diagnostic', () => {
    const codes = codesOf(survives(text.replace('得0.5分 }', '得0.5分 } }')))
    expect(codes.filter((code) => code !== 'caps-below-parent' && !clean.includes(code))).toHaveLength(1)
    expect(codesOf(survives(`${text}}`))).toEqual([...clean, 'brace-too-many'])
  })

  test('a missing } at the end is one diagnostic', () => {
    expect(codesOf(survives(text.trimEnd().slice(0, -1)))).toEqual([...clean, 'not-closed'])
  })

  test('every beginning of a policy has a tree', () => {
    for (let end = 0; end < text.length; end += 41 * oneIn(3)) survives(text.slice(0, end))
  })
})
