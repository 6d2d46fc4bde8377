// Small random policies as text, over facts whose domains are small enough to try every completion of what is not known.

import fc from 'fast-check'
import { wordsOf } from '../../language/words.ts'
import type { WrittenFacts } from '../../runtime/facts.ts'
import { modes } from '../../runtime/ir/operations.ts'

/** Every mode, and those of groups. */
export const modeWords = wordsOf(modes.words, 'zh')
export const groupModeWords = wordsOf(
  modes.words.filter((mode) => mode !== 'first'),
  'zh',
)

const declarations = `
  事实 甲: 是否
  事实 乙: 是否
  事实 量: 整数 次 范围 -1..3
  事实 人: 整数 次 范围 1..3
  事实 级: 等级 [低、中、高]
  事实 类: 选项 [东、西]
  事实 证: 多选 [红、蓝]
  事实 生: 日期 范围 2004-02-27..2004-03-02
  定义 岁数 = 周岁(生, 审核日)
  定义 人均 { 当 甲 为 1 否则 为 (量 ÷ 人) 保留0位 舍去 }
`

/** Every value of every fact, as a CSV cell has it. */
export const domains: Readonly<Record<string, readonly string[]>> = {
  甲: ['是', '否'],
  乙: ['是', '否'],
  量: ['-1', '0', '1', '2', '3'],
  人: ['1', '2', '3'],
  级: ['低', '中', '高'],
  类: ['东', '西'],
  证: ['[]', '红', '蓝', '红、蓝'],
  生: ['2004-02-27', '2004-02-28', '2004-02-29', '2004-03-01', '2004-03-02'],
}
export const factNames = Object.keys(domains)

/** Every person that agrees with what is known. */
export function completions(known: WrittenFacts): readonly WrittenFacts[] {
  return factNames.reduce<WrittenFacts[]>(
    (people, name) => (known[name] ? people : people.flatMap((person) => (domains[name] ?? []).map((value) => ({ ...person, [name]: value })))),
    [known],
  )
}

const atom = fc.oneof(
  fc.constantFrom('甲', '乙', '非 甲', '类 是 东', '类 不是 东', '级 >= 中', '级 是 高', '级 不在 [低、高]', '证 含 红', '证 不含 蓝', '大量'),
  fc.tuple(fc.constantFrom('<', '<=', '=', '>=', '>'), fc.integer({ min: 0, max: 2 })).map(([sign, value]) => `量 ${sign} ${value}次`),
  fc.constantFrom('量 在 1..2次', '量 在 超过0次..2次', '量 不在 1次..', '岁数 >= 21岁', '岁数 在 20..不满21岁', '生 <= 2004-02-29', '人均 > 0'),
)

const condition = fc.oneof(
  { weight: 3, arbitrary: atom },
  { weight: 1, arbitrary: fc.tuple(atom, fc.constantFrom('且', '或'), atom).map(([a, word, b]) => `${a} ${word} ${b}`) },
  { weight: 1, arbitrary: fc.tuple(atom, atom, atom).map(([a, b, c]) => `(${a} 或 ${b}) 且 非 (${c})`) },
)

const points = fc.constantFrom('0分', '1分', '2.5分', '4分', '10分')
const sign = fc.constantFrom('得', '得', '得', '扣')
const signed = (arbitrary: fc.Arbitrary<string>) => fc.tuple(sign, arbitrary).map(([word, amount]) => `${word} ${amount}`)

/** What a table can be looked up by, with keys that leave gaps and keys that leave none. */
const subjects: Readonly<Record<string, readonly string[]>> = {
  级: ['低、中、高', '低、高', '[低、中]、高', '中'],
  类: ['东、西', '西'],
  量: ['-1..1次、2..3次', '..不满0次、1..', '0次、3次', '[-1次、2次]、0..1次', '超过0次..'],
  岁数: ['..19岁、20..不满21岁、21岁..', '21岁..'],
  人均: ['..0、1..', '0..'],
  生: ['..2004-02-28、2004-03-01..', '2004-02-29'],
}
const keys = fc
  .constantFrom(...Object.keys(subjects))
  .chain((subject) => fc.constantFrom(...(subjects[subject] ?? [])).map((text) => ({ subject, keys: text.match(/\[[^\]]*\]|[^、]+/g) ?? [] })))

const table = fc
  .record({ word: sign, first: keys, second: fc.option(keys), amounts: fc.array(points, { minLength: 12, maxLength: 12 }), open: fc.boolean() })
  .map(({ word, first, second, amounts, open }) => {
    const amount = (i: number): string => (open && i === 1 ? '份额' : (amounts[i % amounts.length] ?? ''))
    const line = (row: number): string => first.keys.map((_, column) => amount(row * first.keys.length + column)).join('、')
    const lines = second ? second.keys.map((key, row) => `行 ${key}: ${line(row)}`) : [`行 ${line(0)}`]
    return `查表 ${first.subject}${second ? `、${second.subject}` : ''} ${word} { 列 ${first.keys.join('、')} ${lines.join(' ')} }`
  })

const award = fc.oneof(
  { weight: 4, arbitrary: signed(points) },
  {
    weight: 1,
    arbitrary: signed(
      fc.constantFrom(
        '1分 × (量 ÷ 1次)',
        '0.5分 × ((2次 - 量) ÷ 1次)',
        '份额',
        '较大(份额, 2分)',
        '(份额 ÷ 3) 保留1位 四舍五入',
        '(份额 ÷ (人 ÷ 1次)) 保留1位 舍去',
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('每1次', '每满2次', '每2次'), fc.boolean(), signed(points))
      .map(([per, up, amount]) => `${per} 量 ${up && per !== '每满2次' ? '不足按一计 ' : ''}${amount}`),
  },
  { weight: 1, arbitrary: fc.tuple(points, signed(points)).map(([each, amount]) => `每1岁 (22岁 - 岁数) 得 ${each} 另 ${amount}`) },
  { weight: 2, arbitrary: table },
)

const bound = fc.option(fc.constantFrom('最高3分', '最高6分', '最低1分', '最低1分 最高5分', '最高 份额', '最低 份额'), { nil: '', freq: 2 })
const row = fc.tuple(fc.option(condition, { freq: 6, nil: undefined }), award, bound).map(([when, amount, limit]) => {
  const guard = when === undefined ? (amount.startsWith('得') || amount.startsWith('扣') ? '基础 ' : '') : `当 ${when} `
  return `${guard}${amount} ${limit}`
})

/** When a row is there: on one side of the day of review or the other, or for a use. */
const there = fc.constantFrom('', '', '', '', '施行 2024-01-01', '施行 至 2024-12-31', '仅用于 入学', '仅用于 入住')

/** Rows of which one holds for everybody, unless what they give is a table without an entry. */
const covering = fc
  .tuple(condition, condition, fc.array(fc.tuple(fc.oneof({ weight: 2, arbitrary: signed(points) }, award), there), { minLength: 3, maxLength: 3 }))
  .chain(([one, other, given]) => {
    const row = (when: string, i: number): string => `当 ${when} ${given[i]?.[0]} ${given[i]?.[1]}`
    const [a, b] = [one, other].map((text) => `(${text})`)
    return fc.constantFrom(
      [row(`${a}`, 0), row(`非 ${a}`, 1)],
      [row(`${a} 且 ${b}`, 0), row(`${a} 且 非 ${b}`, 1), row(`非 ${a}`, 2)],
      [row(`${a} 或 ${b}`, 0), row(`非 (${a} 或 ${b})`, 1)],
      ['低', '中', '高'].map((level, i) => row(`级 是 ${level}`, i)),
      [row('量 <= 1次', 0), row('量 在 超过1次..2次', 1), row('量 > 2次', 2)],
    )
  })

/** The same, or a block of them, which may hold itself for somebody only. */
const forEverybody = fc.oneof(
  { weight: 2, arbitrary: covering },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.option(condition, { freq: 2, nil: undefined }), fc.constantFrom(...modeWords), fc.constantFrom('', ' 最高3分', ' 最低1分'), covering)
      .map(([when, mode, limit, rows]) => [`${when === undefined ? '' : `当 ${when} `}${mode}${limit} { ${rows.join('\n        ')} }`]),
  },
)

const indicator = fc
  .record({
    mode: fc.constantFrom(...modeWords),
    rows: fc.array(row, { minLength: 1, maxLength: 3 }),
    otherwise: fc.boolean(),
    forAll: fc.option(forEverybody, { freq: 3, nil: undefined }),
    bound,
  })
  .map(({ mode, rows, otherwise, forAll, bound: limit }) => ({
    mode,
    limit,
    rows: forAll !== undefined ? forAll : mode === '取首个' && otherwise ? [...rows, '否则 得1分'] : rows,
  }))

/** Rows whose amounts are points, of which some may be open. */
const onPoints = fc
  .array(
    fc
      .tuple(
        fc.option(condition, { freq: 3, nil: undefined }),
        sign,
        fc.constantFrom(
          '得分(丁)',
          '得分(组) × 50%',
          '较小(得分(组), 3分)',
          '较大(得分(丁) - 1分, 折半)',
          '折半',
          '(得分(丁) ÷ 4) 保留0位 四舍五入',
          '1分 × (得分(丁) ÷ 2分) 另 得 份额',
          '1分 最高 得分(丁)',
          '4分 最低 得分(丁)',
        ),
        fc.constantFrom('', '每1分 得分(丁) 得0.5分', '每满2分 得分(组) 扣1分', '每2分 得分(丁) 不足按一计 得 折半'),
      )
      .map(([when, word, amount, rate]) => (rate === '' ? `${when === undefined ? '基础' : `当 ${when}`} ${word} ${amount}` : rate)),
    { minLength: 1, maxLength: 2 },
  )
  .chain((rows) => fc.constantFrom(...modeWords).map((mode) => ({ mode, limit: '', rows })))

const written = (name: string, { mode, limit, rows }: { mode: string; limit: string; rows: readonly string[] }) =>
  `    指标 ${name} ${mode} ${limit} {\n${rows.map((text) => `      ${text}\n`).join('')}    }\n`

const formula = fc.constantFrom(
  '组',
  '组 + 丁',
  '组 - 丁',
  '丁 - 组',
  '组 × 1.5',
  '较大(组, 丁)',
  '较小(组, 丁)',
  '(组 ÷ 3) 保留0位 舍去',
  '组 × (量 ÷ 2次)',
  '(组 ÷ (人 ÷ 1次)) 保留1位 四舍五入',
  '组 + 份额',
  '组 + 转',
  '转 - 丁',
  '丁 + 折半',
)

/** A policy's text and the facts of a person of whom at most three facts are not known. */
export const anyScheme = fc
  .record({
    inside: fc.array(indicator, { minLength: 1, maxLength: 2 }),
    beside: indicator,
    mode: fc.constantFrom(...groupModeWords),
    groupBound: bound,
    turned: onPoints,
    formula,
    totalBound: bound,
    share: fc.tuple(condition, points, condition, points, points),
    large: fc.tuple(fc.constantFrom('量 >= 2次', '级 是 高 或 甲'), fc.constantFrom('类 是 西', '证 含 蓝')),
    person: fc.record(Object.fromEntries(factNames.map((name) => [name, fc.constantFrom(...(domains[name] ?? []))]))),
    unknown: fc.subarray(factNames, { maxLength: 3 }),
  })
  .map(({ inside, beside, mode, groupBound, turned, formula: value, totalBound, share, large, person, unknown }) => ({
    text: `政策 试 {
  基准日 审核日
${declarations}
  定义 份额 { 当 ${share[0]} 为 ${share[1]} 当 ${share[2]} 为 ${share[3]} 否则 为 ${share[4]} }
  定义 大量 = ${large[0]} 且 ${large[1]}
  定义 折半 = 得分(丁) × 50%
  # Every fact also stands in a row that harms nobody.
  指标 常 累加 {
    ${['甲', '乙', '量 > 0次', '人 > 1次', '级 是 低', '类 是 东', '证 含 红', '证 含 蓝', '岁数 > 20岁'].map((text) => `当 ${text} 得0分`).join('\n    ')}
  }
  指标组 组 ${mode} ${groupBound} {
${inside.map((item, i) => written(`内${'一二三'[i]}`, item)).join('')}  }
${written('丁', beside)}${written('转', turned)}
  总分 = ${value} ${totalBound}
  应用 入学 { 排序 总分 从高到低 并列 同名次 }
  应用 入住 { 排序 总分 从高到低 并列 同名次 }
}
`,
    known: Object.fromEntries(factNames.map((name) => [name, unknown.includes(name) ? '' : (person[name] as string)])) as WrittenFacts,
  }))

/** People of whom each fact is unknown one time in four. */
export const anyPeople = (count: number): fc.Arbitrary<readonly WrittenFacts[]> =>
  fc.array(
    fc.record(
      Object.fromEntries(
        factNames.map((name) => [
          name,
          fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 3, arbitrary: fc.constantFrom(...(domains[name] ?? [])) }),
        ]),
      ),
    ),
    { minLength: count, maxLength: count },
  )
