// 截至 is read as a window that opens on the first day that there is: it is printed by its own word all the same.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { describe as words } from '../../language/diagnostics/catalogue.ts'
import { format } from '../../language/format/format.ts'
import { printReceipt } from '../../runtime/receipt/print.ts'
import { receipt } from '../../runtime/receipt/receipt.ts'
import { score } from '../../runtime/score.ts'
import { runOf } from '../runtime/support.ts'

const policyWith = (fields: string) => `政策 示例 {
  基准日 审核日
  事实 违法: 记录 { ${fields} } 缺省 []
  指标 甲 { 每1次 次数(违法 截至 审核日) 扣1分 }
  总分 = 甲
}
`

test('the receipt shows the day up to which it looks, and no first day', () => {
  const { policy } = compile(policyWith('日期: 日期'))
  if (!policy) throw new Error('not compiled')
  const run = runOf(policy)
  const written = { 违法: JSON.stringify([{ 日期: '2025-02-28' }, { 日期: '2025-03-02' }]) }
  const scored = score(run, written)
  if (!scored.ok) throw new Error(JSON.stringify(scored.problems))
  const printed = (language: 'zh' | 'en') => printReceipt(receipt(run, scored.outcome, written), policy, language)
  expect(printed('zh')).toContain('每1次 次数(违法 截至 审核日) 扣1分（截至 2025-03-01）   − 1 × 1 = −1')
  expect(printed('en')).toContain('per 1 times count(违法 up to 审核日) deduct 1 points (up to 2025-03-01)   − 1 × 1 = −1')
})

test('with several dates it is told which condition says the same', () => {
  const { diagnostics } = compile(policyWith('发生: 日期；发现: 日期'))
  expect(diagnostics.map((diagnostic) => [diagnostic.code, words(diagnostic, 'zh').hint, words(diagnostic, 'en').hint])).toEqual([
    ['which-date-field', '改写作 其中 发生 <= 那一天', 'Write where 发生 <= day instead.'],
  ])
})

test('a name that is the keyword is quoted, and goes over to English and back', () => {
  const text = policyWith('日期: 日期').replaceAll('违法', '「截至」')
  const over = format(text, 'en')
  expect(over.ok && over.text).toContain('count(截至 up to 审核日)')
  expect(over.ok && format(over.text, 'zh')).toEqual(format(text))
})
