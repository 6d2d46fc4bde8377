// Random policies of tables: by wide and by fine subjects, with more steps than a byte counts, with gaps and open ends, inside lists of
// records and blocks, several of one subject, in every mode; and people about the ends of their keys.

import fc from 'fast-check'
import type { WrittenFacts } from '../../runtime/facts.ts'
import { modeWords } from './random-policy.ts'

/** What tables are looked up by: its declaration, how a key writes a value, and values near which keys and people are drawn. */
interface Subject {
  readonly unit: string
  readonly low: number
  readonly high: number
  readonly places: number
}
const subjects: Readonly<Record<string, Subject>> = {
  少: { unit: '次', low: -3, high: 9, places: 0 },
  数: { unit: '次', low: -300, high: 16_000, places: 0 },
  宽: { unit: '次', low: -20, high: 70_000, places: 0 },
  巨: { unit: '次', low: -4_294_967_296, high: 4_294_967_296, places: 0 },
  微: { unit: '元', low: -5, high: 5, places: 3 },
  税: { unit: '元', low: 0, high: 90_000_000_000, places: 2 },
}
const declarations = `
  参数 单价 = 2.5分
  参数 线 = 7次
${Object.entries(subjects)
  .map(([name, { unit, low, high, places }]) => `  事实 ${name}: ${places === 0 ? '整数' : `小数${places}位`} ${unit} 范围 ${low}..${high}`)
  .join('\n')}
  事实 日: 日期 范围 1990-02-28..2030-03-01
  事实 级: 等级 [${Array.from({ length: 35 }, (_, i) => `第${'甲乙丙丁戊己庚'[i % 7]}${'子丑寅卯辰'[Math.floor(i / 7)]}级`).join('、')}]
  事实 好: 是否
  事实 列: 记录 { 量: 整数 次 范围 -300..300；价: 小数2位 元 范围 0..1000；于: 日期 范围 1990-02-28..2030-03-01；种: 选项 [东、西] }
  定义 倍 = (数 ÷ 7次) 保留1位 舍去
  定义 满岁 = 周岁(日, 审核日)
  定义 差 = 数 - 宽
  定义 或者 { 当 好 为 少 否则 为 数 }
`
const levels = Array.from({ length: 35 }, (_, i) => `第${'甲乙丙丁戊己庚'[i % 7]}${'子丑寅卯辰'[Math.floor(i / 7)]}级`)
const days = ['1990-02-28', '1999-12-31', '2000-02-29', '2000-03-01', '2009-03-01', '2024-02-29', '2025-02-28', '2030-03-01']

/** Where a width of numbers or a way of looking up ends, in units of the last decimal. */
const turnsOf = (low: number, high: number, places: number) =>
  fc.constantFrom(
    ...[low, high, 255, 256, 16_383, 16_384, 65_535, 65_536, 2 ** 31 - 40, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 40, -(2 ** 31), 2 ** 32]
      .filter((n) => n >= low && n <= high)
      .map((n) => n * 10 ** places),
  )

/** Numbers that keys begin and end at, rising and apart. */
const cuts = ({ low, high, places }: Subject, most: number) =>
  fc
    .uniqueArray(
      fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: Math.max(low, -20) * 10 ** places, max: Math.min(high, 300) * 10 ** places }) },
        { weight: 1, arbitrary: turnsOf(low, high, places) },
      ),
      {
        minLength: 2,
        maxLength: most,
      },
    )
    .map((all) => all.sort((a, b) => a - b).map((n) => (n / 10 ** places).toFixed(places)))

/** Keys from one cut to the next, some of them left out. */
const keysAt = (ends: readonly string[], unit: string, kinds: readonly number[]): readonly string[] => {
  const keys: string[] = []
  for (let i = 0; i < ends.length; i += 1) {
    const [from, to] = [ends[i], ends[i + 1]]
    const kind = kinds[i % kinds.length] ?? 0
    if (i === 0 && kind % 2 === 0) keys.push(`..不满${from}${unit}`)
    if (to === undefined) keys.push(kind === 0 ? `${from}${unit}` : `${from}${unit}..`)
    else if (kind === 1) keys.push(`${from}..不满${to}${unit}`)
    else if (kind === 2) keys.push(`${from}${unit}`)
    else if (kind === 3) keys.push(`${from}${unit}`, `超过${from}..不满${to}${unit}`)
  }
  return keys.length === 0 ? [`${ends[0]}${unit}..`] : keys
}
const kinds = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 7 })
const byNumber = (subject: string, of: Subject, most: number) =>
  fc.tuple(cuts(of, most), kinds).map(([ends, some]) => ({ subject, keys: keysAt(ends, of.unit, some) }))
const bySubject = (most: number) =>
  fc.oneof(
    ...Object.entries(subjects).map(([name, of]) => byNumber(name, of, most)),
    byNumber('或者', subjects.数 as Subject, most),
    byNumber('差', { ...(subjects.数 as Subject), low: -70_000, high: 16_000 }, most),
    byNumber('倍', { unit: '', low: -42, high: 2285, places: 1 }, most),
    fc.tuple(fc.subarray(levels, { minLength: 1, maxLength: most }), fc.boolean()).map(([some, list]) => ({
      subject: '级',
      keys: list && some.length > 2 ? [`[${some.slice(0, 2).join('、')}]`, ...some.slice(2)] : some,
    })),
    fc.subarray(days, { minLength: 2, maxLength: Math.min(most, 8) }).map((some) => ({
      subject: '日',
      keys: some.map((day, i) => (i + 1 === some.length ? `${day}..` : `${day}..不满${some[i + 1]}`)),
    })),
    fc.constantFrom(['..19岁', '20..25岁', '26岁..'], ['16岁', '35岁..']).map((keys) => ({ subject: '满岁', keys })),
  )
const many = fc.constantFrom('数', '宽', '巨', '微').chain((name) => {
  const of = subjects[name] as Subject
  return fc
    .tuple(
      fc.integer({ min: 250, max: 700 }),
      fc.integer({ min: 1, max: of.places > 0 ? 9 : 40 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 7 }),
    )
    .map(([count, step, some]) => ({
      subject: name,
      keys: keysAt(
        Array.from({ length: count }, (_, i) => (of.low === -4_294_967_296 ? 2 ** 31 - 300 + i : of.low + (i * step) / 10 ** of.places).toFixed(of.places)),
        of.unit,
        some,
      ),
    }))
})

const sign = fc.constantFrom('得', '得', '扣')
const amounts = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom('0分', '1分', '2.5分', '4分', '10分'), { minLength: 3, maxLength: 9 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom('0.00000001分', '0.5分', '3分'), { minLength: 3, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom('5000000000分', '2147483648分', '0.5分', '2147483647分'), { minLength: 3, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom('单价', '1分', '0分'), { minLength: 3, maxLength: 5 }) },
)
interface Drawn {
  readonly subject: string
  readonly keys: readonly string[]
}
const tableText = (word: string, first: Drawn, second: Drawn | undefined, given: readonly string[]): string => {
  const line = (row: number): string => first.keys.map((_, i) => given[(i * 7 + row * 3 + (i >> 3)) % given.length]).join('、')
  const rows = second ? second.keys.map((key, row) => `行 ${key}: ${line(row)}`) : [`行 ${line(0)}`]
  return `查表 ${first.subject}${second ? `、${second.subject}` : ''} ${word} { 列 ${first.keys.join('、')} ${rows.join(' ')} }`
}
const table = fc
  .tuple(sign, fc.oneof({ weight: 6, arbitrary: bySubject(12) }, { weight: 1, arbitrary: many }), fc.option(bySubject(6), { freq: 2 }), amounts)
  .map(([word, first, second, given]) =>
    tableText(word, first, second && second.subject !== first.subject && first.keys.length < 100 ? second : undefined, given),
  )

const inRecords = fc
  .tuple(
    sign,
    fc.oneof(
      byNumber('量', { unit: '次', low: -300, high: 300, places: 0 }, 12),
      byNumber('价', { unit: '元', low: 0, high: 1000, places: 2 }, 12),
      fc.constant({ subject: '种', keys: ['东'] }),
      fc.constant({ subject: '于', keys: ['..2000-02-29', '2000-03-01..不满2024-02-29', '2025-02-28..'] }),
      fc.constant({ subject: '量', keys: Array.from({ length: 300 }, (_, i) => `${i - 20}次`) }),
    ),
    fc.option(fc.oneof(byNumber('少', subjects.少 as Subject, 4), fc.constant({ subject: '种', keys: ['西', '东'] }))),
    amounts,
    fc.constantFrom('对每条 列', '对每条 列 其中 量 > 0次', '取最高一条 列', '取最低一条 列', '对每条 列 同一 种 只计最高一条', '对每条 列 同一 种 最高 4分'),
  )
  .map(([word, first, second, given, each]) => `${each} ${tableText(word, first, second && second.subject !== first.subject ? second : undefined, given)}`)

const condition = fc.constantFrom('好', '非 好', '少 > 2次', '数 在 0..255次', '级 >= 第甲丑级', '日 >= 2000-02-29')
const row = fc.oneof(
  { weight: 3, arbitrary: table },
  { weight: 2, arbitrary: fc.tuple(condition, table, fc.constantFrom('', ' 最高3分', ' 最低1分')).map(([when, text, limit]) => `当 ${when} ${text}${limit}`) },
  { weight: 1, arbitrary: fc.tuple(table, table).map(([a, b]) => `${a} 另 ${b}`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(condition, fc.constantFrom(...modeWords), table, table)
      .map(([when, mode, a, b]) => `当 ${when} ${mode} { ${a} 解释 "空"\n ${b} 解释 "空" }`),
  },
  { weight: 1, arbitrary: fc.tuple(condition, table, table).map(([when, a, b]) => `取最高 { 当 ${when} ${a} 解释 "空"\n 当 非 (${when}) ${b} 解释 "空" }`) },
  { weight: 2, arbitrary: inRecords },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('得 得分(前)', '每满2分 得分(前) 得0.5分', '得 较大(得分(前), 2分)', '1分 最高 得分(前)')
      .map((text) => (text.startsWith('1') ? `得 ${text}` : text)),
  },
)
const indicator = fc
  .record({ mode: fc.constantFrom(...modeWords), limit: fc.constantFrom('', '', '最高6分', '最低1分'), rows: fc.array(row, { minLength: 1, maxLength: 3 }) })
  .map(({ mode, limit, rows }) => `${mode} ${limit} {\n    解释 "空"\n${rows.map((text) => `    ${text} 解释 "空"\n`).join('')}  }`)

/** The text of a policy. */
export const anyTableScheme = fc.record({ before: table, items: fc.array(indicator, { minLength: 1, maxLength: 2 }) }).map(({ before, items }) => ({
  text: `政策 试 {
  基准日 审核日
${declarations}
  指标 常 累加 { 当 好 得0分 当 少 > 线 得0分 当 数 > 1次 得0分 当 宽 > 1次 得0分 当 巨 > 1次 得0分 当 微 > 1元 得0分 当 税 > 1元 得0分 当 级 >= 第甲丑级 得0分 当 日 > 2000-01-01 得0分 当 有(列) 得0分 }
  指标 前 { ${before} 解释 "空" }
${items.map((text, i) => `  指标 项${'一二'[i]} ${text}\n`).join('')}  总分 = 前${items.map((_, i) => ` + 项${'一二'[i]}`).join('')}
}
`,
}))

const unknownOr = (values: fc.Arbitrary<string>) => fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 6, arbitrary: values })
const near = ({ low, high, places }: Subject) =>
  fc
    .oneof(
      fc.integer({ min: Math.max(low, -20) * 10 ** places, max: Math.min(high, 300) * 10 ** places }),
      fc.integer({ min: Math.max(low, -300) * 10 ** places, max: Math.min(high, 17_000) * 10 ** places }),
      turnsOf(low, high, places),
    )
    .map((n) => (n / 10 ** places).toFixed(places))

export const anyTablePeople = (count: number): fc.Arbitrary<readonly WrittenFacts[]> =>
  fc.array(
    fc.record({
      ...Object.fromEntries(Object.entries(subjects).map(([name, of]) => [name, unknownOr(near(of))])),
      日: unknownOr(fc.constantFrom(...days)),
      级: unknownOr(fc.constantFrom(...levels)),
      好: unknownOr(fc.constantFrom('是', '否')),
      列: unknownOr(
        fc
          .array(
            fc.record({
              量: near({ unit: '', low: -300, high: 300, places: 0 }),
              价: near({ unit: '', low: 0, high: 1000, places: 2 }),
              于: fc.constantFrom(...days),
              种: fc.constantFrom('东', '西'),
            }),
            { maxLength: 4 },
          )
          .map((records) => JSON.stringify(records)),
      ),
    }),
    { minLength: count, maxLength: count },
  )
