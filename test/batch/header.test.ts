// What is said of a header: which columns are missing and what may have been meant, which stand twice, what separates them.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { checkHeader } from '../../runtime/batch/header.ts'
import { describeProblem } from '../../runtime/problems.ts'
import { policyOf } from '../runtime/support.ts'
import { scored } from './run.ts'

const policy = policyOf(`
  事实 缴纳月数: 整数 个月 范围 0..720
  事实 残疾: 是否 缺省 否
  事实 奖: 记录 { 分: 整数 分 范围 0..9 } 缺省 []
  指标 甲 累加 { 每1个月 缴纳月数 得1分   当 残疾 得1分   对每条 奖 得 分 }
  总分 = 甲`)

async function problemsOf(header: string, records?: string) {
  const { result } = await scored(policy, ['p.csv', `${header}\n1\n`], records === undefined ? {} : { 奖: ['r.csv', records] })
  return result.ok ? [] : result.problems.map(({ code, column, value, data }) => [code, column, value, data])
}

const missing = (data: object) => ['missing-column', '缴纳月数', '缴纳月数', data]

test.each([
  // Of four letters three are shared, two, and none; or one name is in the other.
  ['编号,缴纳月份', [missing({ suggestion: '缴纳月份', stray: '缴纳月份' })]],
  ['编号,缴纳日期', [missing({ stray: '缴纳日期' })]],
  ['编号,甲,乙', [missing({ stray: '甲、乙' })]],
  ['编号,甲,月数', [missing({ suggestion: '月数', stray: '甲、月数' })]],
  ['编号,社保缴纳月数合计', [missing({ suggestion: '社保缴纳月数合计', stray: '社保缴纳月数合计' })]],
  ['编号', [missing({})]],
  ['编号,甲,乙,丙,丁,戊,己,庚', [missing({ stray: '甲、乙、丙、丁、戊' })]],
  ['甲,缴纳月数', [['missing-column', '编号', '编号', { stray: '甲' }]]],
  ['编号,缴纳月数,缴纳月数', [['duplicate-column', '缴纳月数', '缴纳月数', {}]]],
  ['编号,甲,甲,缴纳月数,残疾,残疾', [['duplicate-column', '残疾', '残疾', {}]]],
  ['编号;缴纳月数', [['other-separator', '', ';', {}]]],
  // A wide semicolon is read as the narrow one, as in every name.
  ['编号；缴纳月数', [['other-separator', '', ';', {}]]],
  ['编号\t缴纳月数', [['other-separator', '', 'Tab', {}]]],
])('%j', async (header, problems) => {
  expect(await problemsOf(header)).toEqual(problems)
})

test('a list that has a file of its own does not stand among the people too', async () => {
  expect(await problemsOf('编号,缴纳月数,奖', '编号,分\n1,5\n')).toEqual([['duplicate-column', '奖', '奖', {}]])
})

test('the key is asked for by the name that it can have', () => {
  const reason = (policy: string, header: readonly string[]) => {
    const { policy: compiled } = compile(policy)
    if (!compiled) throw new Error('the policy does not check')
    return checkHeader(compiled, header, new Map()).problems.map((problem) => describeProblem(problem, 'en').reason)
  }
  const text = '政策 甲 {\n  事实 名: 文本\n  指标 一 { 当 名 = "甲" 得1分 }\n  总分 = 一\n}\n'
  expect(reason(text, ['名'])).toEqual(['the column “id” is missing'])
  expect(reason(text.replaceAll('名', 'id'), ['id'])).toEqual(['the column “编号” is missing'])
})
