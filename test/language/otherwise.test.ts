// 否则 needs no 取首个 where the rows before it never hold at once: it means the same, and everything else is told.

import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { format } from '../../language/format/format.ts'
import { applyEdits } from '../../language/format/normalize.ts'
import { meaning } from './underline.ts'

const policy = (mode: string, rows: string) =>
  `政策 示例 {
  事实 年限: 整数 年   范围 0..60
  事实 甲项: 是否
  事实 获奖: 记录 { 级别: 等级 [区级、市级] }
  应用 入学 { 名额 1   排序 总分 从高到低   并列 同名次   末位同分 不取 }
  应用 租房 { 名额 1   排序 总分 从高到低   并列 同名次   末位同分 不取 }
  指标 甲 ${mode} {
    ${rows}
  }
  指标 乙 累加 { 当 甲项 得1分   每1次 次数(获奖) 得1分 }
  总分 = 甲 + 乙
}
`

const reported = (text: string) => compile(text).diagnostics.filter((diagnostic) => severityOf(diagnostic) !== 'notice')
const codes = (text: string) => reported(text).map(({ code }) => code)
const meaningOf = (text: string) => {
  expect(codes(text)).toEqual([])
  const { policy: made } = compile(text)
  return made && meaning(made)
}

describe('without a mode it means what it does under 取首个', () => {
  test.each([
    ['after disjoint rows', '当 年限 >= 10年 得5分 当 年限 在 5年..不满10年 得3分 否则 得1分'],
    ['after one row', '当 甲项 得5分 否则 得1分'],
    ['after one row that cannot be tried', '当 (年限 ÷ 1年) × (年限 ÷ 1年) > 100 得5分 否则 得1分'],
    ['alone', '否则 得1分'],
    ['with rows of another use', '当 甲项 得5分 否则 得1分 仅用于 入学 否则 得2分 仅用于 租房'],
  ])('%s', (_name, rows) => {
    expect(meaningOf(policy('', rows))).toEqual(meaningOf(policy('取首个', rows)))
  })

  test('in a block, also of a record', () => {
    for (const head of ['当 年限 > 1年', '对每条 获奖']) {
      const rows = (mode: string) => `${head} ${mode} { 当 甲项 得5分 否则 得1分 }`
      expect(meaningOf(policy('', rows('')))).toEqual(meaningOf(policy('', rows('取首个'))))
    }
  })
})

test('after rows that may hold at once the mode is asked for, and only 取首个 is offered', () => {
  const text = policy('', '当 年限 >= 5年 得3分 当 年限 >= 10年 得5分 否则 得1分')
  const [diagnostic, ...others] = reported(text)
  expect(others).toEqual([])
  expect(diagnostic?.code).toBe('mode-missing')
  expect(diagnostic?.fixes?.map(({ data }) => data.text)).toEqual(['取首个'])
  // What is then wrong is the order of the rows, which nobody but the author can mend.
  expect(codes(applyEdits(text, diagnostic?.fixes?.[0]?.edits ?? []))).toEqual(['row-shadowed'])
})

test.each(['累加', '取最高'])('under %s it is an error, which 取首个 mends', (mode) => {
  const text = policy(mode, '当 年限 >= 5年 得3分 否则 得1分')
  const [diagnostic] = reported(text)
  expect(codes(text)).toEqual(['otherwise-needs-first'])
  const mended = applyEdits(text, diagnostic?.fixes?.[0]?.edits ?? [])
  expect(meaningOf(mended)).toEqual(meaningOf(policy('取首个', '当 年限 >= 5年 得3分 否则 得1分')))
})

test.each([
  ['before another row', '否则 得1分 当 甲项 得5分', ['otherwise-not-last']],
  ['twice', '当 甲项 得5分 否则 得1分 否则 得2分', ['otherwise-not-last']],
  ['after a row that always holds', '得5分 否则 得1分', ['row-shadowed']],
  ['as what is given for each record', '对每条 获奖 否则 得1分', ['otherwise-needs-first']],
])('%s it is told', (_name, rows, expected) => {
  expect(codes(policy('', rows))).toEqual(expected)
})

test('the formatter leaves a mode that is written', () => {
  const text = policy('取首个', '当 甲项   得5分\n    否则      得1分')
  const formatted = format(text)
  expect(formatted.ok && formatted.text).toContain('指标 甲 取首个 {')
})
