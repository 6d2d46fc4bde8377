// Words that were written otherwise once: older texts are read as they were meant, and the formatter takes the present words
// over, while names that are called so stay.

import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { format } from '../../language/format/format.ts'
import { complete } from '../../language/service/complete.ts'
import { hover } from '../../language/service/hover.ts'
import { formsOf, functions, keywords, outcomeKeys, type Surface, states, types, units } from '../../language/words.ts'
import { meaning } from './underline.ts'

const policy = ({ gap, counted, not, awaiting, admitted, valid, vetoed, none }: Readonly<Record<string, string>>) => `政策 示例 {
  基准日 审核日

  事实 参保: 时段
  事实 居住证: 选项 [有效、不适用]
  事实 犯罪: 是否   必填

  指标 计 { 每1个月 累计月数(参保 连续至 审核日 ${gap}3个月 ${counted}) 得1分 }
  指标 不计 { 每1个月 累计月数(参保 连续至 审核日 ${gap}3个月 ${not}) 得1分 }
  总分 = 计 + 不计

  对象 当 居住证 是 有效
  否决 当 犯罪

  应用 入学 {
    名额 1
    排序 总分 从高到低
    并列 同名次
    末位同分 不取
  }

  样例 "甲" 应用 入学 于 审核日 2025-03-01 { 居住证: 有效   犯罪: 否 } 应得 { 状态: ${valid}   ${awaiting}: [参保] }
  样例 "乙" 应用 入学 于 审核日 2025-03-01 { 居住证: 有效   犯罪: 是 } 应得 { 状态: ${vetoed} }
  样例 "丙" 应用 入学 于 审核日 2025-03-01 { 居住证: 不适用   犯罪: 否 } 应得 { 状态: ${none} }
  样例 "丁" 应用 入学 于 审核日 2025-03-01 [{编号: 甲；居住证: 有效；犯罪: 否}] 应得 { ${admitted}: [甲] }
}
`
const former = policy({
  gap: '容断 ',
  counted: '计断',
  not: '不计断',
  awaiting: '待证',
  admitted: '录取',
  valid: '有效',
  vetoed: '否决',
  none: '不适用',
})
const present = policy({
  gap: '允许间断',
  counted: '间断计入',
  not: '间断不计',
  awaiting: '待核实',
  admitted: '入围',
  valid: '符合条件',
  vetoed: '一票否决',
  none: '不符合申请条件',
})

const formatted = (text: string, target?: Surface): string => {
  const result = format(text, target)
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics))
  return result.text
}

const compiled = (text: string) => {
  const { policy: made, cases, diagnostics } = compile(text)
  expect(diagnostics.filter((diagnostic) => severityOf(diagnostic) !== 'notice')).toEqual([])
  return { policy: made && meaning(made), labels: made?.labels, cases: cases.map((one) => ({ ...one, place: undefined })) }
}

describe('a text in former words', () => {
  test('is the same policy with the same cases, and its rows are shown in the present words', () => {
    expect(compiled(former)).toEqual(compiled(present))
  })

  test('is written in the present words by the formatter, and names stay', () => {
    expect(formatted(former)).toBe(present)
    expect(formatted(present)).toBe(present)
  })

  test('goes over to English and comes back in the present words', () => {
    expect(formatted(former, 'en')).toBe(formatted(present, 'en'))
    expect(formatted(formatted(former, 'en'), 'zh')).toBe(present)
  })

  test('a name that is a former keyword is quoted', () => {
    const text = '政策 示例 {\n  事实 容断: 是否\n  指标 甲 { 当 容断   得1分 }\n  总分 = 甲\n}\n'
    expect(formatted(text)).toBe(text.replaceAll('容断', '「容断」'))
    expect(formatted(formatted(text), 'en')).toContain('when 容断   award')
  })

  test('a Chinese number after one is read', () => {
    const text = former.replaceAll('容断 3个月', '容断三个月')
    expect(compile(text).diagnostics.map(({ code }) => code)).toContain('chinese-number')
    expect(formatted(text)).toBe(present)
  })
})

describe('取最高 after the key of 同一', () => {
  const over = (how: string) =>
    `政策 示例 {
  事实 获奖: 记录 { 事由: 文本；分: 整数 分 范围 0..9 }
  指标 甲 取最高 {
    对每条 获奖 同一 事由 ${how} 取最高 {
      得 分
      得1分
    }
    得2分
  }
  总分 = 甲
}
`
  const [old, now] = [over('取最高'), over('只计最高一条')]

  test('is the former way to write 只计最高一条, and stays a mode elsewhere', () => {
    expect(compiled(old)).toEqual(compiled(now))
    expect(formatted(old)).toBe(now)
    expect(formatted(old, 'en')).toContain('each 获奖 same 事由 best only highest {')
    expect(formatted(formatted(old, 'en'), 'zh')).toBe(now)
  })

  test('is explained where the cursor stands on it', () => {
    const at = (text: string, word: string) => hover(compile(text), text.indexOf(word) + 1, 'zh')?.lines
    expect(at(old, '取最高 取最高')).toEqual(['取最高', '同一个键的几条，只计得分最高的一条', '现在写作 只计最高一条'])
    expect(at(old, '取最高 {')).toEqual(['取最高', '只取最高的一行（一项），即“不累加”'])
    expect(at(now, '只计最高一条')).toEqual(['只计最高一条', '同一个键的几条，只计得分最高的一条'])
  })

  test('in English it is highest', () => {
    const english = formatted(now, 'en')
    expect(formatted(english.replace('best only', 'highest'))).toBe(english)
  })
})

describe('the editor', () => {
  const offered = (text: string, before: string) => {
    const offset = text.indexOf(before) + before.length
    return complete(compile(text), text, offset, 'zh').list.map((entry) => entry.text)
  }

  test('offers the present words only', () => {
    expect(offered(present, '应得 { 状态: ')).toEqual(states.map(({ zh }) => zh))
    expect(offered(present, '应得 { ')).toEqual(expect.arrayContaining(['待核实', '入围']))
    expect(offered(present, '应得 { ')).not.toEqual(expect.arrayContaining(['待证']))
  })

  const hovered = (word: string, language: Surface) => hover(compile(former), former.indexOf(word) + 1, language)?.lines

  test('says of a former word what it means and how it is written now', () => {
    expect(hovered('容断 3', 'zh')).toEqual(['容断', '多长的间断不算中断', '现在写作 允许间断'])
    expect(hovered('计断)', 'en')).toEqual(['计断', 'days in the gaps count', 'now written 间断计入'])
    expect(hovered('待证:', 'zh')).toEqual(['待证', '现在写作 待核实'])
    expect(hovered('否决 }', 'zh')).toEqual(['否决', '现在写作 一票否决'])
    expect(hovered('否决 当', 'zh')).toEqual(['否决', '一票否决'])
  })
})

test.each(['zh', 'en'] as const)('no former spelling is another word of its kind in %s', (surface) => {
  for (const list of [keywords, outcomeKeys, states, types, functions, units]) {
    const forms = list.flatMap((word) => [...new Set(formsOf(word, surface))].map((form) => ({ form, id: word.id })))
    const shared = forms.filter(({ form }) => forms.filter((other) => other.form === form).length > 1)
    expect(shared.filter(({ id }) => id !== 'is' && id !== 'yes')).toEqual([])
  }
})
