// Facts that are not known: three figures for every item and total. First the worked examples of the language's meaning, then
// small random policies whose bounds and awaited facts are held against every way to complete the unknown facts.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { figuresOf } from '../../runtime/cases.ts'
import { compare, formatDecimal } from '../../runtime/exact/number.ts'
import type { WrittenFacts } from '../../runtime/facts.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { times } from '../whole.ts'
import { anyScheme, completions, domains } from './random-policy.ts'
import { outcomeOf, policyOf, reviewDay, showFigure, shown } from './support.ts'

const flags = (...names: readonly string[]) => names.map((name) => `  事实 ${name}: 是否\n`).join('')

describe('the order of rows, items and totals', () => {
  test('a row is cut by its own cap before rows are added', () => {
    const policy = policyOf(`
      事实 奖项: 整数 次 范围 0..10   事实 本地奖项: 整数 次 范围 0..10
      指标 奖励 累加 {
        每1次 奖项 得30分 最高60分
        每1次 本地奖项 得10分
      }
      总分 = 奖励`)
    expect(shown(outcomeOf(policy, { 奖项: '3', 本地奖项: '2' })).奖励).toBe('80 [80, 80]')
  })

  test('a cap bounds the combined value of everything inside, negatives included', () => {
    const policy = policyOf(`
      ${flags('大奖', '小过')}
      指标组 组 最高100分 {
        指标 奖 { 当 大奖 得110分 }
        指标 过 累加 { 当 小过 扣10分   当 非 小过 得0分 }
      }
      总分 = 组`)
    expect(shown(outcomeOf(policy, { 大奖: '是', 小过: '是' })).总分).toBe('100 [100, 100]')
    expect(shown(outcomeOf(policy, { 大奖: '否', 小过: '是' })).总分).toBe('-10 [-10, -10]')
  })

  test('what stands outside a cap is taken off after it', () => {
    const policy = policyOf(`
      ${flags('大奖', '小过')}
      指标组 组 最高100分 { 指标 奖 { 当 大奖 得110分 } }
      指标 过 累加 { 当 小过 得10分 }
      总分 = 组 - 过`)
    expect(shown(outcomeOf(policy, { 大奖: '是', 小过: '是' })).总分).toBe('90 [90, 90]')
  })

  test('the floor comes first and the cap after it', () => {
    const policy = policyOf(`
      事实 量: 整数 范围 -100..100
      指标 甲 最低5分 最高20分 { 基础 得 1分 × 量 }
      总分 = 甲 最低8分 最高15分`)
    const total = (量: string) => shown(outcomeOf(policy, { 量 }))
    expect(total('-50')).toMatchObject({ 甲: '5 [5, 5]', 总分: '8 [8, 8]' })
    expect(total('12')).toMatchObject({ 甲: '12 [12, 12]', 总分: '12 [12, 12]' })
    expect(total('100')).toMatchObject({ 甲: '20 [20, 20]', 总分: '15 [15, 15]' })
    expect(total('')).toMatchObject({ 甲: '5 [5, 20]', 总分: '8 [8, 15]' })
  })

  test('a total may be built on another, each with its own bounds', () => {
    const policy = policyOf(`
      事实 量: 整数 次 范围 0..100
      指标 甲 { 每1次 量 得1分 }
      总分 实际积分 = 甲 最低0分
      总分 奖励总积分 = 实际积分 × (1 + 0.3)`)
    expect(shown(outcomeOf(policy, { 量: '50' }))).toMatchObject({ 实际积分: '50 [50, 50]', 奖励总积分: '65 [65, 65]' })
  })
})

describe('unknown facts', () => {
  test('under 取最高 the best proven row is proven and an unknown higher row may raise it', () => {
    const policy = policyOf(`${flags('甲', '乙')} 指标 项 取最高 { 当 甲 得10分   当 乙 得5分 } 总分 = 项`)
    expect(shown(outcomeOf(policy, { 乙: '是' })).总分).toBe('5 [5, 10]')
    expect(shown(outcomeOf(policy, { 甲: '是' })).总分).toBe('10 [10, 10]')
    expect(shown(outcomeOf(policy, {})).总分).toBe('0 [0, 10]')
  })

  test('under 取首个 the least of the unknown rows and the first true one is proven', () => {
    const policy = policyOf(`${flags('甲', '乙')} 指标 项 取首个 { 当 甲 得3分   当 乙 得6分 } 总分 = 项`)
    expect(shown(outcomeOf(policy, { 乙: '是' })).总分).toBe('3 [3, 6]')
    expect(shown(outcomeOf(policy, { 甲: '否', 乙: '是' })).总分).toBe('6 [6, 6]')
    expect(shown(outcomeOf(policy, { 乙: '否' })).总分).toBe('0 [0, 3]')
  })

  test('under 取首个 否则 is always true', () => {
    const policy = policyOf(`${flags('甲')} 指标 项 取首个 { 当 甲 得10分   否则 得2分 } 总分 = 项`)
    expect(shown(outcomeOf(policy, {})).总分).toBe('2 [2, 10]')
  })

  test('under 累加 unknown rows add nothing to what is proven', () => {
    const policy = policyOf(`${flags('甲', '乙')} 指标 项 累加 { 当 甲 得10分   当 乙 得5分 } 总分 = 项`)
    expect(shown(outcomeOf(policy, { 乙: '是' })).总分).toBe('5 [5, 15]')
  })

  test('an unknown deduction takes nothing from what is proven and lowers the lower bound', () => {
    const policy = policyOf(`
      ${flags('有过')}
      指标 基本 { 基础 得50分 }
      指标 过失 累加 { 当 有过 扣20分   当 非 有过 得0分 }
      总分 = 基本 + 过失`)
    expect(shown(outcomeOf(policy, {})).总分).toBe('50 [30, 50]')
    expect(shown(outcomeOf(policy, { 有过: '是' })).总分).toBe('30 [30, 30]')
  })

  test('a fact that can only harm must say what its absence means', () => {
    const { diagnostics } = compile(`政策 试 { 基准日 审核日 ${flags('有过')} 指标 甲 { 基础 得50分 } 指标 过 { 当 有过 扣20分 } 总分 = 甲 + 过 }`)
    expect(diagnostics.map(({ code }) => code)).toContain('harm-needs-default')
  })

  test('an empty cell takes the default, which is known', () => {
    const policy = policyOf(`事实 有过: 是否 缺省 否 指标 甲 { 基础 得50分 } 指标 过 { 当 有过 扣20分 } 总分 = 甲 + 过`)
    expect(shown(outcomeOf(policy, {})).总分).toBe('50 [50, 50]')
    expect(outcomeOf(policy, {}).awaiting).toEqual([])
  })

  test('an unknown amount is bounded by the range of its fact and by the cap', () => {
    const policy = policyOf(`
      事实 月数: 整数 个月 范围 12..720   事实 年数: 整数 年 范围 0..10
      指标 甲 最高30分 { 每1个月 月数 得0.5分 }
      指标 乙 最高300分 { 每满1年 年数 得2分 }
      总分 = 甲 + 乙`)
    expect(shown(outcomeOf(policy, {}))).toMatchObject({ 甲: '0 [6, 30]', 乙: '0 [0, 20]', 总分: '0 [6, 50]' })
  })

  test('an unknown cap proves no more than the least it can be', () => {
    const policy = policyOf(`
      事实 限: 整数 范围 10..30
      指标 甲 最高 (1分 × 限) { 基础 得50分 }
      总分 = 甲`)
    expect(shown(outcomeOf(policy, {})).总分).toBe('10 [10, 30]')
  })

  test('且 is decided by a false side and 或 by a true one', () => {
    const policy = policyOf(
      `
      ${flags('甲', '乙')}
      指标 且 { 当 甲 且 乙 得1分 }   指标 或 { 当 甲 或 乙 得1分 }   指标 非 { 当 非 甲 得1分 }
      总分 = 且 + 或 + 非`
        .replaceAll('指标 且', '指标 两者')
        .replaceAll('指标 或', '指标 其一')
        .replaceAll('指标 非', '指标 没有')
        .replace('且 + 或 + 非', '两者 + 其一 + 没有'),
    )
    expect(shown(outcomeOf(policy, { 甲: '否' }))).toMatchObject({ 两者: '0 [0, 0]', 其一: '0 [0, 1]', 没有: '1 [1, 1]' })
    expect(shown(outcomeOf(policy, { 甲: '是' }))).toMatchObject({ 两者: '0 [0, 1]', 其一: '1 [1, 1]', 没有: '0 [0, 0]' })
    expect(shown(outcomeOf(policy, { 乙: '否' }))).toMatchObject({ 两者: '0 [0, 0]', 其一: '0 [0, 1]', 没有: '0 [0, 1]' })
  })

  test('a definition by cases lies between all that it may still be', () => {
    const policy = policyOf(`
      ${flags('甲')}
      定义 份额 { 当 甲 为 3分   否则 为 7分 }
      指标 项 { 基础 得 份额 }
      总分 = 项`)
    expect(shown(outcomeOf(policy, {})).总分).toBe('0 [3, 7]')
    expect(outcomeOf(policy, {}).awaiting).toEqual(['甲'])
  })

  test('a table whose keys leave a gap may give nothing while its subject is unknown', () => {
    const policy = policyOf(`
      事实 级: 整数 范围 0..5
      指标 项 { 查表 级 得 { 列 1..2、3..5 行 5分、10分 } 解释 "0级没有列出，不得分" }
      总分 = 项`)
    expect(shown(outcomeOf(policy, { 级: '0' })).总分).toBe('0 [0, 0]')
    expect(shown(outcomeOf(policy, { 级: '2' })).总分).toBe('5 [5, 5]')
    expect(shown(outcomeOf(policy, {})).总分).toBe('0 [0, 10]')
  })
})

describe('每, 每满 and 不足按一计', () => {
  const policy = policyOf(`
    事实 月数: 整数 个月 范围 -24..720
    指标 按比例 { 每1年 月数 得3分 }
    指标 按整年 { 每满1年 月数 得3分 }
    指标 不足按一 { 每1年 月数 不足按一计 得3分 }
    总分 = 按比例 + 按整年 + 不足按一`)
  test.each([
    ['11', '2.75', '0', '3'],
    ['12', '3', '3', '3'],
    ['23', '5.75', '3', '6'],
    ['24', '6', '6', '6'],
    ['1', '0.25', '0', '3'],
    ['0', '0', '0', '0'],
    ['-11', '0', '0', '0'],
  ])('%s months at 3 points a year are %s, %s and %s', (months, ratio, full, started) => {
    const figures = shown(outcomeOf(policy, { 月数: months }))
    expect([figures.按比例, figures.按整年, figures.不足按一].map((text) => text?.split(' ')[0])).toEqual([ratio, full, started])
  })
})

describe('awaited facts', () => {
  test('are those whose absence leaves points open, in the order of the policy', () => {
    const policy = policyOf(`${flags('甲', '乙', '丙')} 指标 项 累加 { 当 丙 得1分   当 甲 得1分   当 乙 得1分 } 总分 = 项`)
    expect(outcomeOf(policy, { 乙: '否' }).awaiting).toEqual(['甲', '丙'])
  })

  test('leave out a fact whose row cannot give more than what is proven', () => {
    const policy = policyOf(`${flags('甲', '乙', '丙')} 指标 项 取最高 { 当 甲 得10分   当 乙 得8分   当 丙 得3分 } 总分 = 项`)
    expect(outcomeOf(policy, { 乙: '是' }).awaiting).toEqual(['甲'])
  })

  test('leave out a fact under a cap that is reached', () => {
    const policy = policyOf(`${flags('甲', '乙')} 指标 项 最高10分 累加 { 当 甲 得10分   当 乙 得5分 } 总分 = 项`)
    expect(outcomeOf(policy, { 甲: '是' }).awaiting).toEqual([])
  })

  test('hold a fact that only a bound uses', () => {
    const policy = policyOf(`事实 限: 整数 范围 10..30 指标 甲 最高 (1分 × 限) { 基础 得50分 } 总分 = 甲`)
    expect(outcomeOf(policy, {}).awaiting).toEqual(['限'])
  })

  test('hold a fact that only a total uses', () => {
    const policy = policyOf(`事实 率: 小数 2位 范围 0..1 指标 甲 { 基础 得50分 } 总分 = 甲 × (1 + 率)`)
    expect(shown(outcomeOf(policy, {})).总分).toMatch(/\[50, 100\]$/)
    expect(outcomeOf(policy, {}).awaiting).toEqual(['率'])
  })
})

describe('random policies', () => {
  /** Deductions, differences, and quantities below zero. */
  const negative = /扣| - 丁|丁 - |2次 - 量|× \(量/

  let [made, compiled] = [0, 0]
  const policyFrom = (text: string): Policy | undefined => {
    made += 1
    const { policy, diagnostics } = compile(text)
    if (policy) compiled += 1
    else if (!diagnostics.some(({ code }) => skipped.has(code))) throw new Error(`${JSON.stringify(diagnostics, null, 1)}\n${text}`)
    return policy
  }
  /** What a random policy may well contain and the checker rightly refuses. */
  const skipped = new Set(['row-never-applies', 'row-shadowed', 'cap-below-floor', 'table-keys-overlap'])

  const eachCompletion = (
    text: string,
    known: WrittenFacts,
    look: (policy: Policy, completed: WrittenFacts, open: ReturnType<typeof outcomeOf>, closed: ReturnType<typeof outcomeOf>) => void,
  ) => {
    const policy = policyFrom(text)
    if (!policy) return
    // One use or the other, as the text falls.
    const use = { scenario: policy.scenarios[text.length % 2]?.name }
    const open = outcomeOf(policy, known, reviewDay, use)
    for (const completed of completions(known)) look(policy, completed, open, outcomeOf(policy, completed, reviewDay, use))
  }

  test('every figure lies between its bounds, however the unknown facts turn out', () => {
    fc.assert(
      fc.property(anyScheme, ({ text, known }) => {
        eachCompletion(text, known, (_policy, completed, open, closed) => {
          const bounds = figuresOf(open)
          for (const [id, { proven }] of figuresOf(closed)) {
            const figure = bounds.get(id)!
            const inside = compare(figure.lowest, proven) <= 0 && compare(proven, figure.highest) <= 0
            if (!inside) throw new Error(`${id} = ${formatDecimal(proven)} with ${JSON.stringify(completed)}, but ${showFigure(figure)} before\n${text}`)
          }
        })
      }),
      { seed: 20260101, numRuns: times(100, 400) },
    )
    expect(compiled / made).toBeGreaterThan(0.5)
  })

  test('with nothing unknown the three figures agree and nothing is awaited', () => {
    fc.assert(
      fc.property(anyScheme, ({ text, known }) => {
        eachCompletion(text, known, (_policy, completed, _open, closed) => {
          for (const [id, { proven, lowest, highest }] of figuresOf(closed)) {
            if (compare(proven, lowest) !== 0 || compare(proven, highest) !== 0) throw new Error(`${id} is open with ${JSON.stringify(completed)}\n${text}`)
          }
          expect(closed.awaiting).toEqual([])
        })
      }),
      { seed: 20260102, numRuns: times(50, 200) },
    )
  })

  test('once the awaited facts are known every total is settled', () => {
    fc.assert(
      fc.property(anyScheme, ({ text, known }) => {
        const settled = new Map<string, string>()
        eachCompletion(text, known, (_policy, completed, open, closed) => {
          const key = JSON.stringify(open.awaiting.map((name) => completed[name]))
          const totals = closed.totals.map(({ figure }) => formatDecimal(figure.proven)).join()
          const before = settled.get(key)
          if (before !== undefined && before !== totals) {
            throw new Error(`awaiting ${open.awaiting.join('、') || 'nothing'}, yet ${before} becomes ${totals} with ${JSON.stringify(completed)}\n${text}`)
          }
          settled.set(key, totals)
        })
      }),
      { seed: 20260103, numRuns: times(100, 400) },
    )
  })

  test('what is proven never has to be taken back where nothing is deducted', () => {
    fc.assert(
      fc.property(
        anyScheme.filter(({ text }) => !negative.test(text)),
        ({ text, known }) => {
          eachCompletion(text, known, (_policy, completed, open, closed) => {
            const before = figuresOf(open)
            for (const [id, { proven }] of figuresOf(closed)) {
              const figure = before.get(id)!
              if (compare(figure.proven, proven) > 0)
                throw new Error(`${id}: ${showFigure(figure)} falls to ${formatDecimal(proven)} with ${JSON.stringify(completed)}\n${text}`)
            }
          })
        },
      ),
      { seed: 20260104, numRuns: times(75, 300) },
    )
  })

  test('are written over facts with small domains', () => {
    expect(Object.values(domains).every(({ length }) => length <= 5)).toBe(true)
  })
})
