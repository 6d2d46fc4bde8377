// Days from which something holds, as papers and receipts say them: one finding, whose fix is what was meant.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { applyEdits } from '../../language/format/normalize.ts'

const row = (clause: string) => `政策 试 {\n  基准日 日\n  指标 甲 累加 {\n    得3分 ${clause}\n    得1分\n  }\n  总分 = 甲\n}\n`
const parameter = (value: string) =>
  `政策 试 {\n  基准日 日\n  事实 数: 整数 次 范围 0..9\n  参数 价 { ${value} }\n  指标 甲 { 每1次 数 得 价(日) }\n  总分 = 甲\n}\n`

test.each([
  ['自2025-01-01起施行', '施行 2025-01-01'],
  ['自 2025-01-01 起 施行', '施行 2025-01-01'],
  ['2025-01-01起施行', '施行 2025-01-01'],
  ['2025-01-01 施行', '施行 2025-01-01'],
  ['2025年1月1日起施行', '施行 2025-01-01'],
  ['施行 自 2025-01-01', '施行 2025-01-01'],
  ['施行 2025-01-01起', '施行 2025-01-01'],
  ['自2025-01-01至2025-12-31施行', '施行 2025-01-01 至 2025-12-31'],
])('a row: %s', (typed, meant) => {
  expect(mended(row(typed))).toBe(row(meant))
})

test.each([
  ['自 2024-07-01 起 为 5分', '自 2024-07-01 为 5分'],
  ['自2024年7月1日起 为 5分', '自 2024-07-01 为 5分'],
  ['自 2024-07-01: 5分', '自 2024-07-01 为 5分'],
  ['自 2024-07-01 = 5分', '自 2024-07-01 为 5分'],
  ['2024-07-01起 为 5分', '自 2024-07-01 为 5分'],
  ['自 2024-07-01 为 5分 自 2025-07-01 起 为 6分', '自 2024-07-01 为 5分 自 2025-07-01 为 6分'],
])('a figure: %s', (typed, meant) => {
  expect(mended(parameter(typed))).toBe(parameter(meant))
})

function mended(text: string): string {
  const { diagnostics } = compile(text)
  expect(diagnostics.map(({ code }) => code)).toEqual(['write-instead'])
  return applyEdits(text, diagnostics[0]?.fixes?.[0]?.edits ?? [])
}
