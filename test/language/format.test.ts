// The formatter settles layout and spelling and nothing else: comments stay, the meaning stays, a second run changes nothing,
// and a text goes over to the other surface and comes back to the byte.

import { describe, expect, test } from 'vitest'
import { format } from '../../language/format/format.ts'
import { positions } from '../../language/span.ts'
import type { Surface } from '../../language/words.ts'
import { pieces, seeded, twinOf } from './mutate.ts'
import { brokenPromise } from './promises.ts'
import { compileValid, meaning, validPolicies } from './underline.ts'

function formatted(text: string, target?: Surface): string {
  const result = format(text, target)
  if (!result.ok) throw new Error(`not formatted: ${JSON.stringify(result.diagnostics)}`)
  return result.text
}

const meaningOf = (text: string) => {
  const { policy } = compileValid(text)
  return policy && meaning(policy)
}

const small = (row: string, head = '') => `政策 示例 {\n  事实 月数: 整数 个月   范围 0..600\n  指标 甲 ${head}{\n    ${row}\n  }\n  总分 = 甲\n}\n`

describe.each(validPolicies().map(({ name, text }) => [name, text] as const))('%s', (_name, text) => {
  test('a second run changes nothing', () => {
    const once = formatted(text)
    expect(formatted(once)).toBe(once)
  })

  test('means the same afterwards', () => {
    expect(meaningOf(formatted(text))).toEqual(meaningOf(text))
  })

  test('keeps every comment', () => {
    const comments = (source: string) => compileValid(source).parsed.comments.map((comment) => comment.text)
    const commented = text.replaceAll('\n', ' # 说明\n')
    expect(comments(formatted(commented))).toEqual(comments(commented))
    expect(comments(commented).length).toBeGreaterThan(text.split('\n').length - 2)
  })

  test('goes over to the other surface and comes back to the byte', () => {
    const here = compileValid(text).parsed.surface
    const there = here === 'zh' ? 'en' : 'zh'
    const settled = formatted(text)
    const over = formatted(settled, there)
    expect(compileValid(over).diagnostics.map(({ code }) => code)).toEqual(compileValid(settled).diagnostics.map(({ code }) => code))
    expect(formatted(over)).toBe(over)
    expect(formatted(over, here)).toBe(settled)
  })

  test('settles marks of the Chinese keyboard', () => {
    const settled = formatted(text)
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = seeded(seed)
      let twins = ''
      let end = 0
      for (const piece of pieces(settled)) {
        const written = settled.slice(piece.start, piece.end)
        const known = /^(?:[,、;:(){}[\]=+*/<>]|>=|<=)$/.test(written)
        twins += settled.slice(end, piece.start) + (known && random() < 0.5 ? [...written].map((char) => twinOf(random, char)).join('') : written)
        end = piece.end
      }
      expect(formatted(twins + settled.slice(end)), `seed ${seed}`).toBe(settled)
    }
  })

  test.each([
    ['CRLF', '\r\n'],
    ['CR', '\r'],
    ['LF', '\n'],
  ])('keeps lines that end with %s, and a byte-order mark', (_, end) => {
    const as = (written: string) => written.replaceAll('\n', end)
    expect(formatted(as(text))).toBe(as(formatted(text)))
    expect(formatted(as(formatted(text)))).toBe(as(formatted(text)))
    expect(formatted(`\ufeff${as(text)}`)).toBe(`\ufeff${as(formatted(text))}`)
    expect(formatted(as(text), 'en')).toBe(as(formatted(text, 'en')))
  })

  test('of mixed line ends takes the one that most lines have', () => {
    const lines = text.split('\n')
    const mixed = (most: string, few: string) => lines.map((line, i) => line + (i === lines.length - 1 ? '' : i === 1 ? few : most)).join('')
    expect(formatted(mixed('\r\n', '\n'))).toBe(formatted(text).replaceAll('\n', '\r\n'))
    expect(formatted(mixed('\n', '\r\n'))).toBe(formatted(text))
    expect(formatted(mixed('\n', '\r'))).toBe(formatted(text))
  })

  test('says where a text that it leaves alone is wrong, whatever its line ends', () => {
    const broken = '政策 试 {\n\n  指标 项 { 当 } 得\n'
    const places = (written: string) => {
      const result = format(written)
      return result.ok ? [] : result.diagnostics.map(({ span }) => positions(written.replace('\ufeff', ''))(span.start))
    }
    expect(places(broken).length).toBeGreaterThan(0)
    for (const end of ['\r\n', '\r']) expect(places(`\ufeff${broken.replaceAll('\n', end)}`)).toEqual(places(broken))
  })
})

describe('spelling', () => {
  test.each([
    ['a bare number of points gets its unit', small('得5'), small('得5分')],
    ['caps too', small('得5分', '最高10 '), small('得5分', '最高10分 ')],
    ['clauses stand in one order', small('得5分', '取最高 依据 "一" 最低0分 最高10分 '), small('得5分', '最高10分 最低0分 取最高 依据 "一" ')],
    ['a clause that moves gets its unit at once', small('得5分', '取最高 最高10 '), small('得5分', '最高10分 取最高 ')],
    ['≤ ≥ ≠ become <= >= !=', small('当 月数≥6 且 月数≤9 且 月数≠7 得5分'), small('当 月数 >= 6 且 月数 <= 9 且 月数 != 7   得5分')],
    ['× and ÷ are the written forms', small('当 月数*2/4>6 得5分'), small('当 月数 × 2 ÷ 4 > 6   得5分')],
    ['full-width digits', small('当 月数 > １２ 得５．５分'), small('当 月数 > 12   得5.5分')],
    ['a date in words', small('当 2023年7月26日 < 2024-1-5 得5分'), small('当 2023-07-26 < 2024-01-05   得5分')],
    ['a final full stop goes', small('得5分。'), small('得5分')],
    ['《 》 are < >', small('当 月数《6 得5分'), small('当 月数 < 6   得5分')],
    ['。。 is ..', small('当 月数 在 3。。6 得5分'), small('当 月数 在 3..6   得5分')],
    ['..< is 不满', small('当 月数 在 3..<6 得5分'), small('当 月数 在 3..不满6   得5分')],
    ['<.. is 超过', small('当 月数 在 3<..6 得5分'), small('当 月数 在 超过3..6   得5分')],
    ['both ends are left out', small('当 月数 在 超过 3 .. 不满 6 得5分'), small('当 月数 在 超过3..不满6   得5分')],
    ['a sign where no end stands leaves nothing out', small('当 月数 在 3..< 得5分'), small('当 月数 在 3..   得5分')],
    ['an end that is worked out stands apart', small('当 月数 在 (1+2)<..9 得5分'), small('当 月数 在 超过 (1 + 2)..9   得5分')],
    ['an end below zero stands apart', small('当 月数 在 -1<..9 得5分'), small('当 月数 在 超过 -1..9   得5分')],
    ['in columns of a table', small('查表 月数 得 { 列 ..6、6<.. 行 1分、2分 }'), small('查表 月数 得 { 列 ..6、超过6..   行 1分、2分 }')],
    [
      'in keys of rows of a table',
      small('查表 月数、月数 得 { 列 ..6、6<.. 行 ..<6: 1分、2分 行 6..: 3分、4分 }'),
      small('查表 月数、月数 得 { 列 ..6、超过6..   行 ..不满6: 1分、2分   行 6..: 3分、4分 }'),
    ],
    ['in bands', small('每1个月 月数 分段 { 在 ..<6 得1分 在 6.. 得2分 }'), small('每1个月 月数 分段 { 在 ..不满6 得1分   在 6.. 得2分 }')],
    ['. typed as 。 in a number', small('得0。5分'), small('得0.5分')],
    ['quotes', small('得5分 依据 “第三条”'), small('得5分   依据 "第三条"')],
    ['quotes around quotes', small('得5分 依据 “第"三"条”'), small('得5分   依据 “第"三"条”')],
    ['quotes around full-width quotes', small('得5分 依据 “第＂三＂条”'), small('得5分   依据 “第＂三＂条”')],
    ['a name that needs no quotes loses them', small('当 「月数」 > 6 得5分'), small('当 月数 > 6   得5分')],
    ['words pasted in full-width letters', small('得5分').replaceAll('甲', 'ＡＢ'), small('得5分').replaceAll('甲', 'AB')],
  ])('%s', (_name, text, settled) => {
    expect(formatted(text)).toBe(settled)
    expect(brokenPromise(text)).toBe(undefined)
  })

  test('a factor is kept out of English', () => {
    const text = '政策 示例 {\n  事实 投资: 整数 元   范围 0..9000000\n  指标 甲 { 当 投资 > 10万   得5分 }\n  总分 = 甲\n}\n'
    const over = formatted(text, 'en')
    expect(over).toContain('投资 > 100000   award')
    expect(formatted(over)).toBe(over)
    expect(brokenPromise(text)).toBe(undefined)
  })
})

describe('names that are keywords', () => {
  const named = (name: string, surface: Surface = 'zh') =>
    surface === 'zh'
      ? `政策 ${name} {\n  事实 ${name}: 选项 [${name}、乙]\n  指标 ${name} { 当 ${name} 是 ${name}   得5分 }\n  总分 = ${name}\n}\n`
      : `policy ${name} {\n  fact ${name}: choice [${name}, b]\n  indicator ${name} { when ${name} is ${name}   award 5 points }\n  total = ${name}\n}\n`

  test.each([
    '当',
    '得',
    '每满',
    '指标',
    '总分',
    '是',
    '否',
    '未知',
    '年',
    '日期',
    '周岁',
    '状态',
    '有效',
    '万元',
    'policy',
    'award',
    'per',
    'first',
    'full',
    'force',
    'of',
    'up',
    'not',
    'in',
    'yes',
    'points',
    'date',
    'valid',
  ])('%s goes over and comes back', (word) => {
    expect(brokenPromise(named(`「${word}」`))).toBe(undefined)
    expect(brokenPromise(named(`\`${word}\``, 'en'))).toBe(undefined)
  })

  test('keywords are quoted and lose their quotes in the other surface', () => {
    const text = named('「当」')
    expect(formatted(text)).toBe(text)
    expect(formatted(text, 'en')).toContain('indicator 当 { when 当 is 当')
    expect(formatted(formatted(text, 'en'), 'zh')).toBe(text)
  })

  test.each(['「甲 乙」', '「12」', '「3.5分」', '「a-b」', '「甲，乙」', '「甲。」', '「#」', '「甲`乙」', '「甲｣乙」'])(
    'a name with other marks: %s',
    (name) => {
      expect(brokenPromise(named(name))).toBe(undefined)
    },
  )

  test('a name of English quotes that holds a Chinese one', () => {
    expect(brokenPromise(named('`a」b`', 'en'))).toBe(undefined)
  })
})

describe('words that mean two things in English', () => {
  test.each(['日期', '是否', '文本', '整数', '小数2位 元', '整数 个月', '选项 [甲、乙]', '等级 [甲、乙]', '多选 [甲、乙]'])('a fact of type %s', (type) => {
    expect(brokenPromise(`政策 示例 {\n  事实 甲: ${type}\n  指标 乙 { 得5分 }\n  总分 = 乙\n}\n`)).toBe(undefined)
  })

  test.each(['force', 'of', 'full', 'up', 'first', 'not', 'last', 'least', 'high', 'place'])('the name %s after an operator', (name) => {
    const text = `政策 示例 {\n  事实 ${name}: 整数 项 范围 0..9\n  指标 乙 { 当 ${name} 在 ${name}..5 且 非 (${name} 是 ${name}) 得5分 }\n  总分 = 乙\n}\n`
    expect(compileValid(text).policy).toBeDefined()
    expect(brokenPromise(text)).toBe(undefined)
  })

  test('a value of yes or no before a mode, though the types are wrong', () => {
    const text = small('得5分', '最高 否 取首个 ')
    expect(formatted(formatted(text, 'en'), 'zh')).toBe(formatted(text))
  })
})

describe('a text that cannot be read is left alone', () => {
  test.each([
    ['a missing bracket', small('得5分').replace('\n  }', '')],
    ['an unclosed quoted text', small('得5分 依据 "第三条')],
    ['a strange character', small('★ 得5分')],
    ['glued words', small('当月数 > 6 得5分')],
    ['a dash for a range', small('当 月数 在 3—6 得5分')],
    ['text after the end', `${small('得5分')}}`],
    ['nothing', ''],
    ['a comment only', '# 甲\n'],
    ['too deep', small(`当 ${'('.repeat(101)}月数${')'.repeat(101)} > 6 得5分`)],
  ])('%s', (_name, text) => {
    const result = format(text)
    expect(result.ok).toBe(false)
    if (!result.ok) expect(result.diagnostics.length).toBeGreaterThan(0)
  })

  test('errors of meaning do not stop it', () => {
    const text = small('当 年数>6 得5分')
    expect(compileValid(text).policy).toBe(undefined)
    expect(formatted(text)).toBe(small('当 年数 > 6   得5分'))
  })
})

describe('layout', () => {
  test('awards of neighbouring rows stand in a column', () => {
    expect(formatted(small('当 月数 > 6 得5分\n当 月数 在 3..6 得2分'))).toBe(small('当 月数 > 6       得5分\n    当 月数 在 3..6   得2分'))
  })

  test('values of the cases of a definition stand in a column', () => {
    const text = small('得 系', '').replace('  指标', '  定义 系 {\n    当 月数 > 120个月 为 2分\n    否则 为 1分\n  }\n  指标')
    expect(formatted(text)).toContain('    当 月数 > 120个月   为 2分\n    否则                为 1分\n')
  })

  test('an open range keeps its distance from the word after it', () => {
    const text = small('查表 月数 得 { 列 ..6、超过6..   行 1分、2分 }')
    expect(formatted(text)).toBe(text)
  })

  test('a comma between the fields of a case leaves one gap', () => {
    const text = small('当 月数 > 6 得5分').replace('\n}\n', '\n  样例 "一" { 月数: 3个月，月数: 4个月 } 应得 { 总分: 0，甲: 0 }\n}\n')
    expect(formatted(text)).not.toMatch(/、 {2}/)
  })
})
