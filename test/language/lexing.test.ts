// What words, numbers, marks and quotes are: whole words, units after numbers, what a Chinese keyboard types, look-alikes,
// and the two surfaces. Sources are drawn as bodies of a small policy; what is reported is compared by code.

import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { lex } from '../../language/lex.ts'
import { meaning } from './underline.ts'

const facts = `  事实 月数: 整数 个月 范围 0..600
  事实 年龄: 整数 岁 范围 0..120
  事实 出生日期: 日期
  事实 学历: 等级 [无、大专、"985高校"]
  事实 当地户籍: 是否
`
const policyOf = (body: string) => `政策 示例 {\n${facts}${body}\n  总分 = 甲\n}\n`
const rowOf = (row: string) => policyOf(`  指标 甲 取最高 { ${row} }`)
const conditionOf = (condition: string) => rowOf(`当 ${condition} 得5分`)

const found = (text: string) => compile(text).diagnostics.filter(({ code }) => code !== 'unused-fact' && code !== 'cap-never-reached')
const codes = (text: string) => found(text).map(({ code }) => code)
const errors = (text: string) =>
  found(text)
    .filter((diagnostic) => severityOf(diagnostic) === 'error')
    .map(({ code }) => code)
const means = (text: string) => {
  const { policy } = compile(text)
  return policy && JSON.stringify(meaning(policy))
}
const words = (text: string) => lex(text, () => {}).tokens.map(({ tokenType, value }) => `${tokenType.name} ${value}`)

describe('whole words only', () => {
  test.each([
    '自有住房',
    '行政拘留',
    '非法行医',
    '基础教育',
    '当地户籍',
    '在职',
    '含税',
    '每年',
    '得奖',
    '扣分',
    '否决权',
    '且末',
    '或有',
    '总分数',
    '指标房',
    '年限',
    '分数',
    '最高学历',
    '为民服务',
    '另类',
  ])('%s is a name', (name) => {
    const text = `政策 示例 {\n  事实 ${name}: 是否\n  指标 甲 { 当 ${name} 得5分 }\n  总分 = 甲\n}\n`
    expect(codes(text)).toEqual([])
  })

  test.each([
    ['自有住房', ['word 自有住房']],
    ['A2级', ['word A2级']],
    ['级2', ['word 级', 'number-literal 2']],
    ['年〇々·月', ['word 年〇々·月']],
    ['𠮷野家', ['word 𠮷野家']],
    ['a_1b', ['word a_1b']],
    ['2人', ['number-literal 2', 'word 人']],
    ['55..60', ['number-literal 55', '.. ..', 'number-literal 60']],
    ['5..<6', ['number-literal 5', '..< ..<', 'number-literal 6']],
    ['5<..6', ['number-literal 5', '<.. <..', 'number-literal 6']],
    ['1.5.2', ['number-literal 1.5', '. .', 'number-literal 2']],
    ['2023-07-26', ['date-literal 2023-07-26']],
    ['2023年7月26日', ['date-literal 2023-07-26']],
    ['2023年12月31日起', ['date-literal 2023-12-31', 'for 起']],
    ['2023 - 07 - 26', ['number-literal 2023', '- -', 'number-literal 07', '- -', 'number-literal 26']],
    ['１２．５', ['number-literal 12.5']],
    ['1e5', ['number-literal 1', 'word e5']],
  ])('%s', (text, tokens) => {
    expect(words(text)).toEqual(tokens)
  })

  test('English phrases are matched longest first', () => {
    expect(words('policy in force in is is not not in not per full per no leading no has not has first')).toEqual([
      'policy policy',
      'in-force in force',
      'in in',
      'is is',
      'is-not is not',
      'not-in not in',
      'not not',
      'per-full per full',
      'per per',
      'no-leading no leading',
      'no no',
      'has-not has not',
      'has has',
      'first first',
    ])
    expect(words('policy in   force is\n not informed note')).toEqual(['policy policy', 'in-force in   force', 'is-not is\n not', 'word informed', 'word note'])
  })
})

describe('a unit after a number', () => {
  test.each([
    ['当年龄 > 5岁 得5分', 'glued-words'],
    ['当 年龄 > 5岁得5分', 'glued-words'],
    ['当 年龄 > 5岁 得5分当 年龄 > 6岁 得6分', 'glued-words'],
    ['当 年龄 > 5岁且 月数 > 3 得5分', 'glued-words'],
    ['当 年龄 > 5岁 得5分取最高', 'glued-words'],
    ['当 年龄 > 5岁 得5平米', 'unknown-unit'],
  ])('%s', (row, code) => {
    expect(codes(rowOf(row))).toContain(code)
    expect(errors(rowOf(row)).filter((other) => other !== code && other !== 'mode-on-row')).toEqual([])
  })

  test('最高20分取最高 is split before the mode', () => {
    const text = policyOf('  指标 甲 最高20分取最高 { 当 当地户籍 得20分 }')
    expect(codes(text)).toEqual(['glued-words'])
  })

  test.each([
    ['近3年内', '年内'],
    ['5岁以上', '岁以上'],
    ['5岁以下', '岁以下'],
    ['5岁及以上', '岁及以上'],
  ])('%s: the unknown unit %s is reported once', (written) => {
    expect(errors(conditionOf(`年龄 > ${written.replace('近', '')}`))).toHaveLength(1)
  })

  test('no unit is a keyword', () => {
    expect(errors(conditionOf('年龄 > 5 且 月数 > 3'))).toEqual([])
    expect(errors(conditionOf('月数 ÷ 7 保留2位 四舍五入 > 3'))).toEqual([])
  })

  test.each(['月数 ÷ 7 保留2元 四舍五入 > 3', '月数 ÷ 7 保留2个月 四舍五入 > 3'])('only 位 follows the number of places: %s', (condition) => {
    expect(errors(conditionOf(condition))).toHaveLength(1)
  })

  test.each(['小数2元 元', '小数2.5位 元', '小数0位 元', '小数9位 元', '小数2 元'])('the places of a decimal are whole, few and in 位: %s', (type) => {
    const text = `政策 示例 {\n  事实 收入: ${type} 范围 0..9\n  指标 甲 { 当 收入 > 3元 得5分 }\n  总分 = 甲\n}\n`
    expect(errors(text)).toHaveLength(1)
  })
})

describe('an unknown word is an error', () => {
  test.each(['非当地户籍', '当地户籍人口', '年龄段'])('%s', (word) => {
    expect(errors(conditionOf(word))).toHaveLength(1)
  })
})

describe('words that are keywords elsewhere are free where a value stands', () => {
  test.each(['日期', '来源', '范围', '依据', '单位', '最高', '累加', '行', '列', '自', '至', '于', '起', '按', '状态', '符合条件', '周岁'])(
    '%s is a fact',
    (name) => {
      expect(codes(`政策 示例 {\n  事实 ${name}: 是否\n  指标 甲 { 当 ${name} 得5分 }\n  总分 = 甲\n}\n`)).toEqual([])
      expect(codes(`政策 示例 {\n  事实 ${name}: 是否\n  指标 甲 { 当 ${name} 是 是 得5分 }\n  总分 = 甲\n}\n`)).toEqual([])
    },
  )

  test.each(['当', '得', '扣', '另', '为', '且', '或', '非', '在', '是', '含', '否', '未知', '查表'])('%s is reserved', (name) => {
    const text = `政策 示例 {\n  事实 ${name}: 是否\n  指标 甲 { 当 「${name}」 得5分 }\n  总分 = 甲\n}\n`
    expect(errors(text).length).toBeGreaterThan(0)
    expect(codes(text.replace(`事实 ${name}`, `事实 「${name}」`))).toEqual([])
  })

  test('是 and 否 are values where a value stands', () => {
    expect(codes(conditionOf('当地户籍 是 是'))).toEqual([])
    expect(codes(conditionOf('当地户籍 是 否'))).toEqual([])
    expect(codes(conditionOf('当地户籍 不是 否'))).toEqual([])
    expect(means(conditionOf('当地户籍 = 是'))).toBe(means(conditionOf('当地户籍 是 是')))
  })

  test('a name must not be empty', () => {
    expect(errors('政策 示例 {\n  事实 「」: 是否\n}\n').length).toBeGreaterThan(0)
    expect(errors('政策 示例 {\n  事实 甲: 是否\n  指标 「」 { 当 甲 得5分 }\n  总分 = 5分\n}\n').length).toBeGreaterThan(0)
    expect(errors('政策 「 」 {\n}\n').length).toBeGreaterThan(0)
  })
})

describe('what a Chinese keyboard types', () => {
  const plain = conditionOf('(年龄 >= 18) 且 月数 在 [6, 12] 且 年龄 < 60 且 月数 - 1 <= 24 且 年龄 != 30')

  test.each([
    ['（', '('],
    ['）', ')'],
    ['【', '['],
    ['】', ']'],
    ['［', '['],
    ['］', ']'],
    ['，', ','],
    ['、', ','],
    ['《', '<'],
    ['》', '>'],
    ['＜', '<'],
    ['＞', '>'],
    ['〈', '<'],
    ['〉', '>'],
    ['｛', '{'],
    ['｝', '}'],
    ['：', ':'],
    ['＝', '='],
    ['！', '!'],
    ['－', '-'],
    ['−', '-'],
  ])('%s is %s', (twin, mark) => {
    expect(plain).toContain(mark)
    expect(means(plain)).toBeDefined()
    expect(means(plain.replaceAll(mark, twin))).toBe(means(plain))
  })

  test.each([
    ['≥', '>='],
    ['≤', '<='],
    ['≠', '!='],
  ])('%s is %s', (sign, mark) => {
    expect(means(plain.replaceAll(mark, sign))).toBe(means(plain))
  })

  test.each([
    ['×', '*'],
    ['÷', '/'],
    ['＊', '*'],
    ['／', '/'],
  ])('%s is %s', (sign, mark) => {
    expect(means(conditionOf(`月数 ${sign} 2 > 6`))).toBe(means(conditionOf(`月数 ${mark} 2 > 6`)))
    expect(means(conditionOf(`月数 ${mark} 2 > 6`))).toBeDefined()
  })

  test('＃ begins a comment', () => {
    expect(codes(`＃ 说明\n${conditionOf('当地户籍')}`)).toEqual([])
  })

  test('。 in a number is its point, and 。。 a range', () => {
    expect(means(conditionOf('月数 在 3。。6'))).toBe(means(conditionOf('月数 在 3..6')))
    expect(means(conditionOf('月数 × 1。5 > 3'))).toBe(means(conditionOf('月数 × 1.5 > 3')))
  })

  test.each(['—', '——', '～', '~', '－－', '…', '……'])('%s between numbers is an error that offers ..', (dash) => {
    const diagnostics = found(conditionOf(`月数 在 3${dash}6`))
    expect(diagnostics.map(({ code }) => code)).toEqual(['range-dash'])
    expect(diagnostics[0]?.fixes?.[0]?.data.text).toBe('..')
  })

  test('a single hyphen between the ends of a range is noticed', () => {
    expect(errors(conditionOf('年龄 在 55-60岁')).length).toBeGreaterThan(0)
    expect(errors(conditionOf('年龄 在 55－60岁')).length).toBeGreaterThan(0)
  })

  test('a final full stop is dropped with a notice', () => {
    expect(codes(rowOf('当 当地户籍 得5分。'))).toEqual(['full-stop'])
    expect(codes(policyOf('  指标 甲 {\n    当 当地户籍 得5分。 # 说明\n  }'))).toEqual(['full-stop'])
  })

  test.each(['…', '￥', '……', '！', '？', '＆', '@', '$', '^', '|', '\\'])('%s is an error', (mark) => {
    expect(errors(conditionOf(`当地户籍 ${mark}`)).length).toBeGreaterThan(0)
  })
})

describe('numbers', () => {
  test.each(['1,000', '1，000', '100,000'])('%s in a list gets a hint', (written) => {
    expect(codes(conditionOf(`月数 在 [${written}]`).replace('0..600', '0..100000'))).toContain('thousands-separator')
  })

  test.each(['1、000', '1, 000', '1,00', '1,0000', '2023,100'])('%s is a plain list', (written) => {
    expect(codes(conditionOf(`月数 在 [${written}]`).replace('0..600', '0..100000'))).not.toContain('thousands-separator')
  })

  test.each([
    ['10万元', '100000元'],
    ['0.5万元', '5000元'],
    ['1.25亿元', '125000000元'],
    ['10万', '100000'],
  ])('%s is %s', (written, plain) => {
    const text = (amount: string) => `政策 示例 {\n  事实 投资: 整数 元 范围 0..900000000\n  指标 甲 { 当 投资 >= ${amount} 得5分 }\n  总分 = 甲\n}\n`
    expect(means(text(plain))).toBeDefined()
    expect(means(text(written))).toBe(means(text(plain)))
  })

  test.each(['2023-7-26', '2023-07-6'])('%s is a date that wants its zeros', (written) => {
    expect(codes(conditionOf(`出生日期 < ${written}`))).toEqual(['date-not-padded'])
  })

  test.each(['2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31'])('%s is no day', (written) => {
    expect(codes(conditionOf(`出生日期 < ${written}`))).toEqual(['no-such-date'])
  })

  test.each(['每满一年 月数 得1分', '每满三个月 月数 得1分'])('a number in Chinese letters is an error: %s', (row) => {
    expect(errors(rowOf(row))).toHaveLength(1)
  })

  test('there are no exponents', () => {
    expect(errors(conditionOf('月数 > 1e2')).length).toBeGreaterThan(0)
  })
})

describe('look-alikes', () => {
  test.each([
    ['a Kangxi radical', '出生⽇期'],
    ['a compatibility form', '出生日期'.replace('日', '\u2f47')],
  ])('%s is compared by its plain form, with a replacement offered', (_name, written) => {
    const diagnostics = found(conditionOf(`${written} < 1990-01-01`))
    expect(diagnostics.map(({ code }) => code)).toEqual(['look-alike-characters'])
    expect(diagnostics[0]?.fixes?.[0]?.data.text).toBe('出生日期')
  })

  test('a CJK compatibility ideograph too', () => {
    const text = '政策 示例 {\n  事实 年: 是否\n  指标 甲 { 当 \uf98e 得5分 }\n  总分 = 甲\n}\n'
    expect(codes(text)).toEqual(['look-alike-characters'])
  })

  test.each(['\u200b', '\u00a0', '\ufeff', '\u2060'])('%j is a blank with a notice', (blank) => {
    expect(codes(conditionOf(`当地户籍${blank}是 是`))).toEqual(['invisible-blank'])
  })

  test('an ideographic blank is a blank', () => {
    expect(codes(conditionOf('当地户籍\u3000是\u3000是'))).toEqual([])
  })

  test('Han beyond the basic plane is Han', () => {
    expect(codes('政策 𠮷 {\n  事实 𠮷野𡘙: 是否\n  指标 甲 { 当 𠮷野𡘙 得5分 }\n  总分 = 甲\n}\n')).toEqual([])
  })
})

describe('quoted texts', () => {
  const cited = (quoted: string) => rowOf(`当 当地户籍 得5分 依据 ${quoted}`)
  const cites = (quoted: string) => {
    const [item] = compile(cited(quoted)).policy?.items ?? []
    return item?.kind === 'indicator' ? item.rows[0]?.cites[0] : undefined
  }

  test.each([
    ['"第三条"', '第三条'],
    ['“第三条”', '第三条'],
    ['“a"b"c”', 'a"b"c'],
    ['"a“b”c"', 'a“b”c'],
    ['"１２，（三）⽇"', '１２，（三）⽇'],
    ['"# 不是注释"', '# 不是注释'],
    ['"a\\"', 'a\\'],
    ['"『三』"', '『三』'],
  ])('%s', (quoted, content) => {
    expect(codes(cited(quoted))).toEqual([])
    expect(cites(quoted)).toBe(content)
  })

  test('none crosses a line', () => {
    expect(codes(policyOf('  指标 甲 {\n    当 当地户籍 得5分 依据 "第三\n  }'))).toEqual(['unclosed-string'])
    expect(codes(policyOf('  指标 甲 {\n    当 当地户籍 得5分 依据 “第三"\n  }'))).toEqual(['unclosed-string'])
    expect(codes(policyOf('  指标 甲 {\n    当 「当地户籍 得5分\n  }')).slice(0, 1)).toEqual(['unclosed-string'])
  })

  test('a text quoted inside “ ” ends it', () => {
    expect(errors(cited('“见“三”条”')).length).toBeGreaterThan(0)
  })
})

describe('two surfaces', () => {
  test("the other surface's keywords are ordinary names", () => {
    expect(codes('政策 policy {\n  事实 when: 是否\n  指标 award { 当 when 得5分 }\n  总分 = award\n}\n')).toEqual([])
    expect(codes('policy 政策 {\n  fact 当: yesno\n  indicator 得 { when 当 award 5 points }\n  total = 得\n}\n')).toEqual([])
  })

  test.each(['policies', 'policy2', 'Policy', '政策 policy', 'policyof'])('only the word policy makes a file English: %s', (first) => {
    expect(compile(`${first} { }`).parsed.surface).toBe('zh')
  })

  test.each(['policy A { }', '# c\npolicy A { }', '# 政策 政策\npolicy A { }', '\ufeff policy A { }', '＃ c\npolicy A { }', `${'#'.repeat(20)}\npolicy A { }`])(
    '%j is English',
    (text) => {
      expect(compile(text).parsed.surface).toBe('en')
    },
  )

  test('a comment with the word policy in it makes no file English', () => {
    expect(compile('# A policy of ours\n政策 甲 { }').parsed.surface).toBe('zh')
  })

  test('yes and is are one word in Chinese and two in English', () => {
    expect(codes('policy A {\n  fact own: yesno default no\n  indicator a { when own is yes award 5 points }\n  total = a\n}\n')).toEqual([])
    expect(errors('policy A {\n  fact own: yesno default no\n  indicator a { when own yes yes award 5 points }\n  total = a\n}\n').length).toBeGreaterThan(0)
  })
})

describe('members', () => {
  test('are looked up by the type of the other side, not among the names', () => {
    const text = '政策 示例 {\n  事实 无: 是否\n  事实 学历: 等级 [无、大专]\n  指标 甲 取最高 { 当 学历 是 无 得1分 当 无 得2分 }\n  总分 = 甲\n}\n'
    expect(codes(text)).toEqual([])
  })

  test('one with a digit is quoted', () => {
    expect(codes(conditionOf('学历 是 "985高校"'))).toEqual([])
    expect(errors(conditionOf('学历 是 985高校')).length).toBeGreaterThan(0)
    expect(codes(conditionOf('学历 在 [大专、"985高校"]'))).toEqual([])
  })

  test('the ends of a range of levels are members', () => {
    expect(codes(conditionOf('学历 在 大专..'))).toEqual([])
    expect(errors(conditionOf('学历 在 5..大专'))).toHaveLength(1)
    expect(errors(conditionOf('学历 在 大专..年龄'))).toHaveLength(1)
  })
})
