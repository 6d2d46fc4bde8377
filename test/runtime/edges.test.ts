// At the edges of what a policy may declare, every engine gives the same: century years and the ends of months, whole numbers about
// 2^31 and 2^33, negative quotients, eight decimals, gaps of exactly the length that is allowed.

import { expect, test } from 'vitest'
import { readFacts, type WrittenFacts } from '../../runtime/facts.ts'
import { scored, summaryOf } from '../batch/run.ts'
import { columnsEngine, duckdbEngine, interpreted, javascriptEngine, openDuckdb, planned } from './engines.ts'
import { policyOf, reviewDay } from './support.ts'

async function same(members: string, people: readonly WrittenFacts[]): Promise<number> {
  const policy = policyOf(members)
  const plan = planned(policy, reviewDay, {})
  const read = people.map((person) => readFacts(policy, person))
  expect(read.flatMap(({ problems }) => problems)).toEqual([])
  const facts = read.map((one) => one.facts)
  const wanted = facts.map((one) => interpreted(policy, reviewDay, {}, one))
  const javascript = await javascriptEngine(policy, plan)
  const engines = {
    person: facts.map(javascript),
    columns: (await columnsEngine(policy, plan))(facts),
    sql: await (await duckdbEngine(await openDuckdb(), policy, plan))?.(facts),
  }
  for (const [engine, found] of Object.entries(engines))
    people.forEach((person, i) => {
      expect({ engine, person, outcome: found?.[i] }).toEqual({ engine, person, outcome: wanted[i] })
    })
  return new Set(wanted.map((one) => JSON.stringify(one))).size
}

const days = [
  ...['1900-01-01', '1900-02-28', '1900-03-01', '1904-02-29', '1999-12-31', '2000-02-28', '2000-02-29', '2000-03-01', '2023-02-28', '2024-01-30'],
  ...['2024-01-31', '2024-02-28', '2024-02-29', '2024-03-01', '2024-03-30', '2024-03-31', '2024-04-30', '2099-12-31', '2100-02-28', '2100-03-01'],
  ...['2104-02-28', '2104-02-29', '2199-02-28', '2199-12-31'],
]
const pairs = <A, B>(a: readonly A[], b: readonly B[]): readonly (readonly [A, B])[] => a.flatMap((x) => b.map((y) => [x, y] as const))

test('ages, full months and comparisons of days from 1900 to 2199', async () => {
  const people = pairs(days, days).map(([生, 日]) => ({ 生, 日 }))
  const kinds = await same(
    `事实 生: 日期
     事实 日: 日期
     定义 岁 = 周岁(生, 日)
     定义 月 = 满月数(生, 日)
     指标 岁数 { 每1岁 岁 得1分 }
     指标 月数 { 每1个月 月 得0.1分 }
     指标 先后 累加 { 当 生 < 日 得1分   当 生 <= 日 得2分   当 生 = 日 得4分 }
     总分 = 岁数 + 月数 + 先后`,
    people,
  )
  expect(kinds).toBeGreaterThan(80)
})

test('numbers within every range that ends about 30 and 31 bits', async () => {
  const ends = [2 ** 30 - 1, 2 ** 30, 2 ** 31 - 1, 2 ** 31]
  const ranges = pairs(ends, ends).map(([below, above]) => [-below, above] as const)
  const rows = ranges.map(([low, high], i) => [
    `事实 「甲${i}」: 整数 次 范围 ${low}..${high}`,
    `事实 「乙${i}」: 整数 次 范围 ${low}..${high}`,
    `指标 「项${i}」 累加 { 当 「甲${i}」 < 「乙${i}」 得1分   当 「甲${i}」 = 「乙${i}」 得2分   当 较小(「甲${i}」, 「乙${i}」) = 「甲${i}」 得4分   当 较大(「甲${i}」, 「乙${i}」) = 「甲${i}」 得8分 }`,
  ])
  const corners = ([low, high]: readonly [number, number]) => pairs([low, -1, 0, high], [low, -1, 0, high])
  const people = Array.from({ length: 16 }, (_, n) =>
    Object.fromEntries(
      ranges.flatMap((range, i) => {
        const [a, b] = corners(range)[n] ?? [0, 0]
        return [
          [`甲${i}`, String(a)],
          [`乙${i}`, String(b)],
        ]
      }),
    ),
  )
  const kinds = await same([...rows.flat(), `总分 = ${ranges.map((_, i) => `「项${i}」`).join(' + ')}`].join('\n'), people)
  expect(kinds).toBe(3)
})

test('members beyond the first and the second word of 31 bits', async () => {
  const members = Array.from({ length: 63 }, (_, i) => `「证${i}」`)
  const held = [0, 29, 30, 31, 32, 60, 61, 62]
  const people = [
    ...pairs(held, held).map(([a, b]) => ({ 证: [...new Set([a, b])].map((i) => `证${i}`).join('、') })),
    ...pairs(held, held).map(([a, b]) => ({ 书: JSON.stringify([{ 证: `证${a}` }, { 证: `证${b}` }]) })),
  ].map((person) => ({ 证: '[]', 书: '[]', ...person }))
  const kinds = await same(
    `事实 证: 多选 [${members.join('、')}]
     事实 书: 记录 { 证: 多选 [${members.join('、')}] } 范围 ..2
     指标 有 累加 { ${held.map((i, n) => `当 证 含 ${members[i]} 得${2 ** n}分`).join('   ')} }
     指标 条 { 对每条 书 累加 { ${held.map((i, n) => `当 证 含 ${members[i]} 得${2 ** n}分`).join('   ')} } }
     总分 = 有 + 条`,
    people,
  )
  expect(kinds).toBeGreaterThan(60)
})

const gaps = ['2024-01-01', '2024-01-31', '2024-02-01', '2024-02-28', '2024-02-29', '2024-03-01', '2024-03-31', '2024-04-01', '2024-04-30', '2024-05-01']

test.each(['1个月', '3个月', '0个月', '30天'])('runs of periods with gaps about %s', async (gap) => {
  const people = pairs(gaps, gaps)
    .filter(([a, b]) => a < b)
    .flatMap(([a, b]) => [
      {
        参保: JSON.stringify([
          { 起: '2023-11-01', 止: a },
          { 起: b, 止: '2025-02-28' },
        ]),
      },
      {
        参保: JSON.stringify([
          { 起: '2099-01-01', 止: '2100-02-28' },
          { 起: a, 止: b },
          { 起: '2024-06-01', 止: '2025-03-01' },
        ]),
      },
      { 参保: '[]' },
    ])
  const kinds = await same(
    `事实 参保: 时段
     指标 计 { 每1个月 累计月数(参保 连续至 审核日 允许间断${gap} 间断计入) 得1分 }
     指标 不计 { 每1个月 累计月数(参保 连续至 审核日 允许间断${gap} 间断不计) 得1分 }
     指标 段 { 每1次 次数(参保 近1年(审核日)) 得1分 }
     总分 = 计 + 不计 + 段`,
    people,
  )
  expect(kinds).toBeGreaterThan(3)
})

const big = [0, 1, 2, 3, 2 ** 30 - 1, 2 ** 30, 2 ** 30 + 1, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32, 2 ** 33 - 1, 2 ** 33]
const wide = [...new Set(big.flatMap((value) => [value, -value]))]

test.each([2 ** 30, 2 ** 31 - 1, 2 ** 31, 2 ** 33])('whole numbers up to %i', async (most) => {
  const values = wide.filter((value) => Math.abs(value) <= most)
  const people = pairs(values, values).map(([左, 右]) => ({ 左: String(左), 右: String(右), 正: String(Math.abs(左)) }))
  const kinds = await same(
    `事实 左: 整数 次 范围 -${most}..${most}
     事实 右: 整数 次 范围 -${most}..${most}
     事实 正: 整数 次 范围 0..${most}
     定义 半 = (左 ÷ 2 保留0位 舍去)
     定义 近 = (左 ÷ 3 保留0位 四舍五入)
     定义 上 = (右 ÷ 7 保留0位 进一)
     定义 选 { 当 左 < 右 为 左 否则 为 右 }
     指标 比 累加 { 当 左 < 右 得1分   当 左 = 右 得2分   当 选 > 0次 得4分   当 半 < 近 得8分   当 上 < 半 得16分   当 较小(左, 右) < 较大(左, 上) 得32分 }
     指标 半数 { 每满2次 正 得0.01分 }
     指标 和 { 每1次 较大(半, 近) 得0.1分 }
     指标 小 { 每1次 较小(左, 右) 得0.1分 }
     总分 = 比 + 半数 + 和 + 小`,
    people,
  )
  expect(kinds).toBeGreaterThan(values.length)
})

test('quotients below zero go down, up and half away, at eight decimals', async () => {
  const amounts = ['-9999999.99999999', '-0.00000001', '-1.5', '-2.5', '-0.33333333', '0', '0.00000001', '0.5', '1.5', '2.5', '9999999.99999999']
  const kinds = await same(
    `事实 额: 小数8位 元 范围 -9999999.99999999..9999999.99999999
     定义 下 = (额 ÷ 3 保留2位 舍去)
     定义 上 = (额 ÷ 3 保留2位 进一)
     定义 半 = (额 保留0位 四舍五入)
     指标 甲 累加 { 当 下 < 0元 得1分   当 上 < 0元 得2分   当 半 = -2元 得4分   当 半 = -3元 得8分   当 下 = 上 得16分   当 半 = 额 得32分 }
     总分 = 甲`,
    amounts.map((额) => ({ 额 })),
  )
  expect(kinds).toBeGreaterThan(4)
})

test.each([1, 30, 31, 32, 33, 62, 63, 64])('some of %i members', async (count) => {
  const names = Array.from({ length: count }, (_, i) => `「证${i}」`)
  const held = [[], ...names.map((_, i) => [i]), names.map((_, i) => i)]
  await same(
    `事实 证: 多选 [${names.join('、')}]
     指标 甲 累加 { ${names.map((name, i) => `当 证 含 ${name} 得${i + 1}分`).join('   ')} }
     总分 = 甲`,
    held.map((members) => ({ 证: members.length === 0 ? '[]' : members.map((i) => `证${i}`).join('、') })),
  )
})

test('a file gets the verdict of the reader of facts for every form of a number', async () => {
  const policy = policyOf(
    '事实 整: 整数 次 范围 -9..99 事实 小: 小数2位 元 范围 -9.99..99 指标 甲 { 每1次 整 得1分 } 指标 乙 { 每1元 小 得1分 } 总分 = 甲 + 乙',
  )
  const forms = [
    '1',
    '1.',
    '.5',
    '1.0',
    '1.5',
    '1.50',
    '1.500',
    '01',
    '+1',
    '-0',
    '-0.0',
    '-1',
    '-1.',
    '1e1',
    ' 1',
    '1 ',
    '1_0',
    '１',
    '0x1',
    '99',
    '100',
    '99.00',
    '99.01',
    '-9.99',
    '-10',
    'NaN',
    'inf',
  ]
  const rows = forms.flatMap((form, i) => [`整${i},"${form}",0`, `小${i},0,"${form}"`])
  const run = await scored(policy, ['people.csv', `编号,整,小\n${rows.join('\n')}\n`])
  const wanted = forms.flatMap((form, i) => [
    ...(readFacts(policy, { 整: form }).problems.length > 0 ? [`整${i}`] : []),
    ...(readFacts(policy, { 小: form }).problems.length > 0 ? [`小${i}`] : []),
  ])
  expect(run.rejects.map(([, key]) => key)).toEqual(wanted)
  expect(summaryOf(run).rejected).toBe(wanted.length)
})
