// The scheme of tables written by hand, as a careful programmer would: whole tenths of a point in arrays that are indexed by the places of
// two facts, with one more row and column for a fact that is not known, in which bounds and what is waited for stand worked out. No
// objects are made. Only the numbers of the tables come from the scheme.

import { type Banded, groupCap, sideOf, type Table, tableCap, tableScheme } from './scheme.ts'

const { facts, tables } = tableScheme()

export interface Person {
  readonly 等级甲: number
  readonly 等级乙?: number
  readonly 等级丙?: number
  readonly 等级丁: number
  readonly 等级戊?: number
  readonly 等级己?: number
  readonly 等级庚: number
  readonly 等级辛?: number
  readonly 等级壬?: number
  readonly 等级癸: number
  readonly 月数甲: number
  readonly 月数乙?: number
  readonly 月数丙?: number
  readonly 月数丁: number
  readonly 月数戊?: number
  readonly 月数己?: number
  readonly 月数庚: number
  readonly 月数辛?: number
  readonly 月数壬?: number
  readonly 月数癸: number
  readonly 月数子?: number
  readonly 月数丑?: number
  readonly 月数寅: number
  readonly 月数卯?: number
  readonly 月数辰?: number
  readonly 月数巳: number
  readonly 月数午?: number
  readonly 月数未?: number
}

/** What is filled, in order: what is proven, the lowest and the highest of each of these; and then what is awaited. */
export const handNames = [...tables.map(({ name }) => name), '基本', '能力', '贡献', '居住', '总分']

const bits = new Map(facts.map(({ name }, i) => [name, 2 ** i]))

/** Of each pair of places: proven, lowest and highest points within the cap, and a bit for each fact that keeps them open. */
function entriesOf({ columns, rows, entries }: Table): Int32Array {
  const [width, height] = [sideOf(columns) + 1, sideOf(rows) + 1]
  const made = new Int32Array(width * height * 4)
  const within = (place: number, unknown: number) => (place === unknown ? Array.from({ length: unknown }, (_, i) => i) : [place])
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const reached = within(row, height - 1).flatMap((r) => within(column, width - 1).map((c) => Math.min(tableCap * 10, entries[r]?.[c] ?? 0)))
      // While a fact is not known, a table with a gap may give nothing.
      const mayBeNone = reached.length > 1 && entries.flat().includes(undefined)
      const [low, high] = [mayBeNone ? 0 : Math.min(...reached), Math.max(...reached)]
      const waits = (row === height - 1 ? (bits.get(rows.name) ?? 0) : 0) | (column === width - 1 ? (bits.get(columns.name) ?? 0) : 0)
      const proven = reached.length === 1 ? low : 0
      // What is surely there and not proven yet is waited for too.
      made.set([proven, low, high, proven < high ? waits : 0], (row * width + column) * 4)
    }
  }
  return made
}

const entries = tables.map(entriesOf)
const [甲, 乙, 丙, 丁, 戊, 己, 庚, 辛, 壬, 癸, 子, 丑, 寅, 卯, 辰, 巳, 午, 未, 申, 酉] = entries as unknown as readonly [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
]

/** The band of every value. */
const bandsOf = ({ high, cuts }: Banded): Uint8Array => Uint8Array.from({ length: high + 1 }, (_, value) => cuts.filter((cut) => value >= cut).length)

const [段甲, 段乙, 段丙, 段丁, 段戊, 段己, 段庚, 段辛, 段壬, 段癸, 段子, 段丑, 段寅, 段卯, 段辰, 段巳, 段午, 段未] = facts
  .filter((fact) => fact.kind === 'bands')
  .map(bandsOf) as unknown as readonly [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
]

const cap = groupCap * 10
const min = (a: number, b: number): number => (a < b ? a : b)

function missing(name: string): never {
  throw new TypeError(`${name} is always given`)
}

/** Fills `out` in the order of `handNames`. */
export function scoreByHand(p: Person, out: Int32Array): void {
  const 级甲 = p.等级甲 ?? missing('等级甲')
  const 级乙 = p.等级乙 ?? 4
  const 级丙 = p.等级丙 ?? 5
  const 级丁 = p.等级丁 ?? missing('等级丁')
  const 级戊 = p.等级戊 ?? 4
  const 级己 = p.等级己 ?? 5
  const 级庚 = p.等级庚 ?? missing('等级庚')
  const 级辛 = p.等级辛 ?? 4
  const 级壬 = p.等级壬 ?? 5
  const 级癸 = p.等级癸 ?? missing('等级癸')
  const 月甲 = 段甲[p.月数甲 ?? missing('月数甲')] as number
  const 月乙 = p.月数乙 === undefined ? 4 : (段乙[p.月数乙] as number)
  const 月丙 = p.月数丙 === undefined ? 5 : (段丙[p.月数丙] as number)
  const 月丁 = 段丁[p.月数丁 ?? missing('月数丁')] as number
  const 月戊 = p.月数戊 === undefined ? 4 : (段戊[p.月数戊] as number)
  const 月己 = p.月数己 === undefined ? 5 : (段己[p.月数己] as number)
  const 月庚 = 段庚[p.月数庚 ?? missing('月数庚')] as number
  const 月辛 = p.月数辛 === undefined ? 4 : (段辛[p.月数辛] as number)
  const 月壬 = p.月数壬 === undefined ? 5 : (段壬[p.月数壬] as number)
  const 月癸 = 段癸[p.月数癸 ?? missing('月数癸')] as number
  const 月子 = p.月数子 === undefined ? 4 : (段子[p.月数子] as number)
  const 月丑 = p.月数丑 === undefined ? 5 : (段丑[p.月数丑] as number)
  const 月寅 = 段寅[p.月数寅 ?? missing('月数寅')] as number
  const 月卯 = p.月数卯 === undefined ? 4 : (段卯[p.月数卯] as number)
  const 月辰 = p.月数辰 === undefined ? 5 : (段辰[p.月数辰] as number)
  const 月巳 = 段巳[p.月数巳 ?? missing('月数巳')] as number
  const 月午 = p.月数午 === undefined ? 4 : (段午[p.月数午] as number)
  const 月未 = p.月数未 === undefined ? 5 : (段未[p.月数未] as number)
  let [at, proven, low, high, waits] = [0, 0, 0, 0, 0]
  let [allProven, allLow, allHigh, awaited] = [0, 0, 0, 0]
  at = (月甲 * 4 + 级甲) * 4
  proven = out[0] = 甲[at] as number
  low = out[1] = 甲[at + 1] as number
  high = out[2] = 甲[at + 2] as number
  waits = 甲[at + 3] as number
  at = (级丙 * 5 + 级乙) * 4
  proven += out[3] = 乙[at] as number
  low += out[4] = 乙[at + 1] as number
  high += out[5] = 乙[at + 2] as number
  waits |= 乙[at + 3] as number
  at = (月乙 * 4 + 级丁) * 4
  proven += out[6] = 丙[at] as number
  low += out[7] = 丙[at + 1] as number
  high += out[8] = 丙[at + 2] as number
  waits |= 丙[at + 3] as number
  at = (月丁 * 6 + 月丙) * 4
  proven += out[9] = 丁[at] as number
  low += out[10] = 丁[at + 1] as number
  high += out[11] = 丁[at + 2] as number
  waits |= 丁[at + 3] as number
  at = (月戊 * 5 + 级戊) * 4
  proven += out[12] = 戊[at] as number
  low += out[13] = 戊[at + 1] as number
  high += out[14] = 戊[at + 2] as number
  waits |= 戊[at + 3] as number
  allProven += out[60] = min(cap, proven)
  allLow += out[61] = min(cap, low)
  allHigh += out[62] = min(cap, high)
  if (min(cap, proven) < min(cap, high)) awaited |= waits
  at = (级庚 * 6 + 级己) * 4
  proven = out[15] = 己[at] as number
  low = out[16] = 己[at + 1] as number
  high = out[17] = 己[at + 2] as number
  waits = 己[at + 3] as number
  at = (月己 * 5 + 级辛) * 4
  proven += out[18] = 庚[at] as number
  low += out[19] = 庚[at + 1] as number
  high += out[20] = 庚[at + 2] as number
  waits |= 庚[at + 3] as number
  at = (月辛 * 4 + 月庚) * 4
  proven += out[21] = 辛[at] as number
  low += out[22] = 辛[at + 1] as number
  high += out[23] = 辛[at + 2] as number
  waits |= 辛[at + 3] as number
  at = (月壬 * 6 + 级壬) * 4
  proven += out[24] = 壬[at] as number
  low += out[25] = 壬[at + 1] as number
  high += out[26] = 壬[at + 2] as number
  waits |= 壬[at + 3] as number
  at = (级甲 * 4 + 级癸) * 4
  proven += out[27] = 癸[at] as number
  low += out[28] = 癸[at + 1] as number
  high += out[29] = 癸[at + 2] as number
  waits |= 癸[at + 3] as number
  allProven += out[63] = min(cap, proven)
  allLow += out[64] = min(cap, low)
  allHigh += out[65] = min(cap, high)
  if (min(cap, proven) < min(cap, high)) awaited |= waits
  at = (月癸 * 5 + 级乙) * 4
  proven = out[30] = 子[at] as number
  low = out[31] = 子[at + 1] as number
  high = out[32] = 子[at + 2] as number
  waits = 子[at + 3] as number
  at = (月丑 * 5 + 月子) * 4
  proven += out[33] = 丑[at] as number
  low += out[34] = 丑[at + 1] as number
  high += out[35] = 丑[at + 2] as number
  waits |= 丑[at + 3] as number
  at = (月寅 * 6 + 级丙) * 4
  proven += out[36] = 寅[at] as number
  low += out[37] = 寅[at + 1] as number
  high += out[38] = 寅[at + 2] as number
  waits |= 寅[at + 3] as number
  at = (级戊 * 4 + 级丁) * 4
  proven += out[39] = 卯[at] as number
  low += out[40] = 卯[at + 1] as number
  high += out[41] = 卯[at + 2] as number
  waits |= 卯[at + 3] as number
  at = (月卯 * 6 + 级己) * 4
  proven += out[42] = 辰[at] as number
  low += out[43] = 辰[at + 1] as number
  high += out[44] = 辰[at + 2] as number
  waits |= 辰[at + 3] as number
  allProven += out[66] = min(cap, proven)
  allLow += out[67] = min(cap, low)
  allHigh += out[68] = min(cap, high)
  if (min(cap, proven) < min(cap, high)) awaited |= waits
  at = (月巳 * 6 + 月辰) * 4
  proven = out[45] = 巳[at] as number
  low = out[46] = 巳[at + 1] as number
  high = out[47] = 巳[at + 2] as number
  waits = 巳[at + 3] as number
  at = (月午 * 4 + 级庚) * 4
  proven += out[48] = 午[at] as number
  low += out[49] = 午[at + 1] as number
  high += out[50] = 午[at + 2] as number
  waits |= 午[at + 3] as number
  at = (级壬 * 5 + 级辛) * 4
  proven += out[51] = 未[at] as number
  low += out[52] = 未[at + 1] as number
  high += out[53] = 未[at + 2] as number
  waits |= 未[at + 3] as number
  at = (月未 * 4 + 级癸) * 4
  proven += out[54] = 申[at] as number
  low += out[55] = 申[at + 1] as number
  high += out[56] = 申[at + 2] as number
  waits |= 申[at + 3] as number
  at = (月乙 * 4 + 月甲) * 4
  proven += out[57] = 酉[at] as number
  low += out[58] = 酉[at + 1] as number
  high += out[59] = 酉[at + 2] as number
  waits |= 酉[at + 3] as number
  allProven += out[69] = min(cap, proven)
  allLow += out[70] = min(cap, low)
  allHigh += out[71] = min(cap, high)
  if (min(cap, proven) < min(cap, high)) awaited |= waits
  out[72] = allProven
  out[73] = allLow
  out[74] = allHigh
  out[75] = awaited
}

/** Facts by name; `given` says with 1 which values are known. */
export type Columns = Readonly<Record<string, { readonly values: ArrayLike<number>; readonly given: ArrayLike<number> }>>

const sides = new Map(facts.map((fact) => [fact.name, sideOf(fact)]))
const bands = new Map(facts.flatMap((fact) => (fact.kind === 'bands' ? [[fact.name, bandsOf(fact)] as const] : [])))

/** The place of everybody along one fact. */
function placesOf(count: number, name: string, columns: Columns, to: Uint8Array): void {
  const { values, given } = columns[name] as Columns[string]
  const [none, places] = [sides.get(name) as number, bands.get(name)]
  if (places) for (let i = 0; i < count; i += 1) to[i] = given[i] === 1 ? (places[values[i] as number] as number) : none
  else for (let i = 0; i < count; i += 1) to[i] = given[i] === 1 ? (values[i] as number) : none
}

interface LookUp {
  readonly entries: Int32Array
  readonly width: number
  readonly rows: Uint8Array
  readonly columns: Uint8Array
  readonly out: readonly Int32Array[]
  /** What the tables of a group add up to, and what they wait for. */
  readonly sums: readonly Int32Array[]
  readonly waits: Int32Array
}

function lookUp(count: number, { entries, width, rows, columns, out, sums, waits }: LookUp): void {
  const [proven, low, high] = out as unknown as Three
  const [allProven, allLow, allHigh] = sums as unknown as Three
  for (let i = 0; i < count; i += 1) {
    const at = ((rows[i] as number) * width + (columns[i] as number)) * 4
    proven[i] = entries[at] as number
    low[i] = entries[at + 1] as number
    high[i] = entries[at + 2] as number
    allProven[i] = (allProven[i] as number) + (entries[at] as number)
    allLow[i] = (allLow[i] as number) + (entries[at + 1] as number)
    allHigh[i] = (allHigh[i] as number) + (entries[at + 2] as number)
    waits[i] = (waits[i] as number) | (entries[at + 3] as number)
  }
}

type Three = readonly [Int32Array, Int32Array, Int32Array]

/** The figures of a group within its cap, added to those of all. */
function capped(count: number, sums: readonly Int32Array[], totals: readonly Int32Array[], waits: Int32Array, awaited: Int32Array): void {
  const [proven, low, high] = sums as unknown as Three
  const [allProven, allLow, allHigh] = totals as unknown as Three
  for (let i = 0; i < count; i += 1) {
    const [p, l, h] = [min(cap, proven[i] as number), min(cap, low[i] as number), min(cap, high[i] as number)]
    proven[i] = p
    low[i] = l
    high[i] = h
    allProven[i] = (allProven[i] as number) + p
    allLow[i] = (allLow[i] as number) + l
    allHigh[i] = (allHigh[i] as number) + h
    if (p < h) awaited[i] = (awaited[i] as number) | (waits[i] as number)
  }
}

/** A table at a time: one small loop for each. */
export function columnsByHand(count: number, columns: Columns, out: readonly Int32Array[]): void {
  const places = new Map(facts.map(({ name }) => [name, new Uint8Array(count)]))
  for (const [name, to] of places) placesOf(count, name, columns, to)
  const column = (k: number): Int32Array => out[k] as Int32Array
  const awaited = column(75).fill(0)
  for (const k of [72, 73, 74]) column(k).fill(0)
  for (let group = 0; group < 4; group += 1) {
    const figures = [0, 1, 2].map((k) => column(60 + group * 3 + k).fill(0))
    const waits = new Int32Array(count)
    for (let i = group * 5; i < group * 5 + 5; i += 1) {
      const table = tables[i] as Table
      lookUp(count, {
        entries: entries[i] as Int32Array,
        width: sideOf(table.columns) + 1,
        rows: places.get(table.rows.name) as Uint8Array,
        columns: places.get(table.columns.name) as Uint8Array,
        out: [0, 1, 2].map((k) => column(i * 3 + k)),
        sums: figures,
        waits,
      })
    }
    capped(count, figures, [72, 73, 74].map(column), waits, awaited)
  }
}
