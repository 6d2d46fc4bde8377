// How the rows of the tables in one clause are called: by the cell that tells them apart, 年龄; where two have the same, with what stands
// before it, 文化程度/初中. A cell that is left empty goes on from the row above.

import { plainForm, type Segment } from './citation.ts'
import type { TableLine } from './tables.ts'

/** 3, 30分, 5分/年: tells no row from others. */
const onlyNumber = /^[-－+\d.．、()（）\s]*(?:分(?:\/\S{1,3})?)?$/u
const longestName = 20

/** A cell as part of a name, without the signs that divide citations. */
const short = (cell: string): string =>
  plainForm(cell)
    .replace(/^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、])/u, '')
    .replace(/(?<=.)[。；;，,：:].*$/u, '')
    .replaceAll(/[、，,；;《》〔〕“”「」]/gu, '')
    .slice(0, longestName)

/** @returns a name for each row; `undefined` for one that its cells do not tell apart */
export function rowNames(rows: readonly TableLine[]): readonly (Segment | undefined)[] {
  const filled = fillDown(rows)
  const keys = new Map(Array.from(new Set(rows.map(({ table }) => table)), (table) => [table, keyColumn(rows.filter((row) => row.table === table))]))
  const choices = rows.map(({ table }, i) => choicesOf(filled[i] ?? [], keys.get(table) ?? 0))
  const level = rows.map(() => 0)
  const nameAt = (i: number) => choices[i]?.[level[i] ?? 0]
  for (;;) {
    const names = rows.map((_, i) => nameAt(i))
    const times = new Map<Segment | undefined, number>()
    for (const name of names) times.set(name, (times.get(name) ?? 0) + 1)
    const again = names.flatMap((name, i) => (name !== undefined && (times.get(name) ?? 0) > 1 ? [i] : []))
    if (again.length === 0) return names
    for (const i of again) level[i] = (level[i] ?? 0) + 1
  }
}

function fillDown(rows: readonly TableLine[]): readonly (readonly string[])[] {
  const filled: (readonly string[])[] = []
  rows.forEach(({ cells, table }, i) => {
    const above = rows[i - 1]?.table === table ? (filled[i - 1] ?? []) : []
    const first = cells.findIndex((cell) => cell !== '')
    filled.push(cells.map((cell, column) => (column < first ? (above[column] ?? '') : cell)))
  })
  return filled
}

/** The first column that most rows fill with words: what stands before it groups them. */
function keyColumn(rows: readonly TableLine[]): number {
  const columns = Math.max(...rows.map(({ cells }) => cells.length))
  const share = (column: number) => rows.filter(({ cells }) => !onlyNumber.test(cells[column] ?? '')).length / rows.length
  const found = Array.from({ length: columns }, (_, column) => column).findIndex((column) => share(column) >= 2 / 3)
  return Math.max(found, 0)
}

/** From the shortest: the key, with what stands before it from the nearest, and with what stands after it. */
function choicesOf(cells: readonly string[], key: number): readonly Segment[] {
  const named = cells.map(short)
  const isName = (column: number) => named[column] !== '' && !onlyNumber.test(cells[column] ?? '')
  const columns = cells.map((_, column) => column).filter(isName)
  const own = isName(key) ? key : (columns.at(-1) ?? -1)
  if (own < 0) return []
  const after = cells.flatMap((cell, column) => (column > own && /\p{L}/u.test(cell) ? [column] : []))
  const order = [...columns.filter((column) => column < own).reverse(), ...after]
  return [...order.keys(), order.length].map((count) =>
    [own, ...order.slice(0, count)]
      .sort((a, b) => a - b)
      .map((column) => named[column])
      .join('/'),
  )
}
