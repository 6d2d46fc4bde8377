// A scheme of tables such as a county publishes: 28 facts without records and 20 two-way tables, levels by bands, levels by levels and
// bands by bands. Which fact stands in which table is fixed, so that the same can be written by hand; how the bands are cut, what the
// entries are and which of them are missing come from a seed.

import { numbers } from '../generate-people.ts'

export interface Levels {
  readonly kind: 'levels'
  readonly name: string
  readonly required: boolean
  readonly members: readonly string[]
}

export interface Banded {
  readonly kind: 'bands'
  readonly name: string
  readonly required: boolean
  readonly high: number
  /** Where each band after the first begins. */
  readonly cuts: readonly number[]
}

export interface Table {
  readonly name: string
  readonly columns: Levels | Banded
  readonly rows: Levels | Banded
  /** Tenths of a point, row by row; `undefined` for a column that is not in the table. */
  readonly entries: readonly (readonly (number | undefined)[])[]
}

export interface TableScheme {
  readonly facts: readonly (Levels | Banded)[]
  readonly tables: readonly Table[]
  readonly text: string
}

const han = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'
const letter = (i: number): string => han[i] ?? ''

const [levelFacts, bandFacts, tableCount] = [10, 18, 20]
/** Tables in one group, and the most that a group gives. */
export const groupSize = 5
export const groupCap = 25
/** The most that a table gives. */
export const tableCap = 8
export const groupNames = ['基本', '能力', '贡献', '居住']

/** How many entries a fact has along its side of a table. */
export const sideOf = (fact: Levels | Banded): number => (fact.kind === 'levels' ? fact.members.length : fact.cuts.length + 1)

export function tableScheme(seed = 1): TableScheme {
  const next = numbers(seed)
  const levels = Array.from(
    { length: levelFacts },
    (_, i): Levels => ({
      kind: 'levels',
      name: `等级${letter(i)}`,
      required: i % 3 === 0,
      members: Array.from({ length: 3 + (i % 3) }, (_, k) => `${letter(i)}${letter(k)}级`),
    }),
  )
  const bands = Array.from({ length: bandFacts }, (_, i): Banded => {
    const high = [360, 600, 720, 1200][i % 4] ?? 0
    const count = 2 + (i % 3)
    const cuts = Array.from({ length: count }, (_, k) => Math.floor((high * (k + 1)) / (count + 2)) - next(12))
    return { kind: 'bands', name: `月数${letter(i)}`, required: i % 3 === 0, high, cuts }
  })
  const tables = sides(levels, bands).map(([columns, rows], i): Table => {
    // Every fifth table says nothing of the lowest column.
    const gap = i % 5 === 4
    const entries = Array.from({ length: sideOf(rows) }, (_, row) =>
      Array.from({ length: sideOf(columns) }, (_, column) => (gap && column === 0 ? undefined : row * 12 + column * 9 + next(40))),
    )
    return { name: `表${letter(i)}`, columns, rows, entries }
  })
  const facts = [...levels, ...bands]
  return { facts, tables, text: textOf(facts, tables) }
}

/** Half of the tables are levels by bands, a quarter levels by levels, a quarter bands by bands; each takes the next facts of a kind. */
function sides(levels: readonly Levels[], bands: readonly Banded[]): readonly (readonly [columns: Levels | Banded, rows: Levels | Banded])[] {
  let [level, band] = [0, 0]
  const nextLevel = () => levels[level++ % levelFacts] as Levels
  const nextBand = () => bands[band++ % bandFacts] as Banded
  return Array.from({ length: tableCount }, (_, i) =>
    i % 4 === 1 ? [nextLevel(), nextLevel()] : i % 4 === 3 ? [nextBand(), nextBand()] : [nextLevel(), nextBand()],
  )
}

const declared = (fact: Levels | Banded): string => {
  const required = fact.required ? '   必填' : ''
  return fact.kind === 'levels'
    ? `  事实 ${fact.name}: 等级 [${fact.members.join('、')}]${required}`
    : `  事实 ${fact.name}: 整数 个月   范围 0..${fact.high}${required}`
}

const keysOf = (fact: Levels | Banded): readonly string[] =>
  fact.kind === 'levels' ? fact.members : [0, ...fact.cuts].map((cut, i) => `${cut}..${fact.cuts[i] === undefined ? '' : `不满${fact.cuts[i]}`}`)

const points = (tenths: number): string => `${Math.floor(tenths / 10)}.${tenths % 10}分`

function indicatorOf({ name, columns, rows, entries }: Table): readonly string[] {
  const there = keysOf(columns)
    .map((key, column) => ({ key, column }))
    .filter(({ column }) => entries[0]?.[column] !== undefined)
  const lines = keysOf(rows).map((key, row) => `        行 ${key}: ${there.map(({ column }) => points(entries[row]?.[column] ?? 0)).join('、')}`)
  const reading = there.length < sideOf(columns) ? '   解释 "最低一列标准未列，不得分"' : ''
  return [
    `    指标 ${name} 最高${tableCap}分 {`,
    `      查表 ${columns.name}、${rows.name} 得 {`,
    `        列 ${there.map(({ key }) => key).join('、')}`,
    ...lines,
    `      }${reading}`,
    '    }',
  ]
}

function textOf(facts: readonly (Levels | Banded)[], tables: readonly Table[]): string {
  const groups = groupNames.map((name, i) => [
    `  指标组 ${name} 最高${groupCap}分 {`,
    ...tables.slice(i * groupSize, (i + 1) * groupSize).flatMap(indicatorOf),
    '  }',
  ])
  return ['政策 查表方案 {', '  基准日 审核日', ...facts.map(declared), ...groups.flat(), `  总分 = ${groupNames.join(' + ')}`, '}', ''].join('\n')
}
