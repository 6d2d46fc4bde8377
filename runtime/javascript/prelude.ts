// What generated JavaScript brings along: calendar and periods, as text. The same calculations as `exact/date.ts` and the
// interpreter’s lists, on plain numbers; every entry of the corpus and generated policies hold them against each other.

import { withoutTexts } from './quote.ts'

export const prelude: Readonly<Record<string, string>> = {
  absent: `function absent(fact) {
  throw new TypeError(fact + ' is always given')
}`,
  take: `function take(name, from, at, n, to, start) {
  if (!(from?.length >= at + n)) throw new RangeError('a column of ' + name + ' is missing, or shorter than the count')
  if (ArrayBuffer.isView(from)) to.set(from.subarray(at, at + n), start)
  else for (let i = 0; i < n; i += 1) to[start + i] = from[at + i]
}`,
  put: `function put(from, start, n, to, at) {
  if (from instanceof Float64Array && ArrayBuffer.isView(to) && !(to instanceof Float64Array)) throw new TypeError('an output beyond 32 bits needs a Float64Array')
  if (ArrayBuffer.isView(to)) to.set(from.subarray(start, start + n), at)
  else for (let i = 0; i < n; i += 1) to[at + i] = from[start + i]
}`,
  pick: `function pick(truth, a, b) {
  return b + ((a - b) & -truth)
}`,
  smaller: `function smaller(a, b) {
  const difference = a - b
  return b + (difference & (difference >> 31))
}`,
  larger: `function larger(a, b) {
  const difference = a - b
  return a - (difference & (difference >> 31))
}`,
  stepsOf: `function stepsOf(low, high, steps) {
  const counts = steps.length < 256 ? Uint8Array : Int32Array
  return counts.from({ length: high - low + 1 }, (_, i) => steps.filter((step) => step <= low + i).length)
}`,
  stepsUpTo: `function stepsUpTo(value, steps) {
  let count = 0
  while (count < steps.length && steps[count] <= value) count += 1
  return count
}`,
  daysInMonth: `const daysInMonth = (y, m) => m === 2 ? ((y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 29 : 28) : m === 4 || m === 6 || m === 9 || m === 11 ? 30 : 31`,
  addMonths: `function addMonths(date, months) {
  const count = ((date / 10000) | 0) * 12 + (((date / 100) | 0) % 100) - 1 + months
  const y = Math.floor(count / 12), m = count - y * 12 + 1, d = date % 100, most = daysInMonth(y, m)
  return y * 10000 + m * 100 + (d < most ? d : most)
}`,
  addDays: `function addDays(date, days) {
  const d = (date % 100) + days
  if (d >= 1 && d <= 28) return date + days
  let y = (date / 10000) | 0
  const m = ((date / 100) | 0) % 100
  if (m <= 2) y -= 1
  const era = Math.floor(y / 400), yearOfEra = y - era * 400
  const shifted = era * 146097 + yearOfEra * 365 + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0) + (((153 * ((m + 9) % 12) + 2) / 5) | 0) + d - 1
  const era2 = Math.floor(shifted / 146097), dayOfEra = shifted - era2 * 146097
  const yoe = ((dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36524) | 0) - ((dayOfEra / 146096) | 0)) / 365) | 0
  const dayOfYear = dayOfEra - (365 * yoe + ((yoe / 4) | 0) - ((yoe / 100) | 0))
  const mp = ((5 * dayOfYear + 2) / 153) | 0, month = mp < 10 ? mp + 3 : mp - 9
  return (yoe + era2 * 400 + (month <= 2 ? 1 : 0)) * 10000 + month * 100 + dayOfYear - (((153 * mp + 2) / 5) | 0) + 1
}`,
  fullMonths: `function fullMonths(from, to) {
  const months = (((to / 10000) | 0) - ((from / 10000) | 0)) * 12 + (((to / 100) | 0) % 100) - (((from / 100) | 0) % 100)
  const last = to % 100, isLast = last === daysInMonth((to / 10000) | 0, ((to / 100) | 0) % 100) ? 1 : 0
  return months - (((last - from % 100) >>> 31) & (1 ^ isLast))
}`,
  ageOn: `function ageOn(born, on) {
  const years = ((on / 10000) | 0) - ((born / 10000) | 0), day = born % 10000
  return years - ((on % 10000 - (day === 229 && daysInMonth((on / 10000) | 0, 2) === 28 ? 228 : day)) >>> 31)
}`,
  countBits: `function countBits(word) {
  let count = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1
  return count
}`,
  merged: `function merged(periods) {
  const sorted = periods.map(([low, high]) => [low, high]).sort((a, b) => a[0] - b[0])
  const runs = []
  for (const next of sorted) {
    const last = runs[runs.length - 1]
    if (last && next[0] <= addDays(last[1], 1)) last[1] = Math.max(last[1], next[1])
    else runs.push(next)
  }
  return runs
}`,
  without: `function without(periods, others) {
  const out = merged(others), pieces = []
  for (const [from, end, ...rest] of periods) {
    let start = from
    for (const [low, high] of out) {
      if (high < start || low > end) continue
      if (low > start) pieces.push([start, addDays(low, -1), ...rest])
      start = Math.max(start, addDays(high, 1))
    }
    if (start <= end) pieces.push([start, end, ...rest])
  }
  return pieces
}`,
  unbroken: `function unbroken(periods, to, months, days, counted) {
  const runs = merged(periods.filter(([low]) => low <= to).map(([low, high]) => [low, Math.min(high, to)]))
  const kept = []
  let next = addDays(to, 1)
  for (let i = runs.length - 1; i >= 0; i -= 1) {
    if (addDays(addMonths(addDays(runs[i][1], 1), months), days) < next) break
    kept.unshift(runs[i])
    next = runs[i][0]
  }
  return counted && kept.length > 0 ? [[kept[0][0], kept[kept.length - 1][1]]] : kept
}`,
  // Of grants that end on one day it does not matter which is spent: alive now, they are there together until then.
  ledger: `function ledger(grants, spends, on) {
  let overspent = false
  const left = grants.map(([points]) => points)
  for (const [date, amount] of spends.filter(([date]) => date <= on).sort((a, b) => a[0] - b[0])) {
    const alive = grants.map((_, i) => i).filter((i) => grants[i][1] <= date && date <= grants[i][2])
    alive.sort((a, b) => grants[a][2] - grants[b][2])
    let rest = amount
    if (amount > alive.reduce((sum, i) => sum + left[i], 0)) overspent = true
    for (const i of alive) {
      const part = Math.min(left[i], rest)
      left[i] -= part
      rest -= part
    }
  }
  return { overspent, balance: grants.reduce((sum, [, from, to], i) => sum + (from <= on && on <= to ? left[i] : 0), 0) }
}`,
  covered: `function covered(day, periods) {
  for (const [low, high] of periods) if (day >= low && day <= high) return true
  return false
}`,
}

const needs: Readonly<Record<string, readonly string[]>> = {
  addMonths: ['daysInMonth'],
  fullMonths: ['daysInMonth'],
  ageOn: ['daysInMonth'],
  merged: ['addDays'],
  without: ['merged', 'addDays'],
  unbroken: ['merged', 'addMonths', 'addDays'],
}

/** The functions that `body` calls, and those that these call. */
export function preludeFor(body: string): string {
  const code = withoutTexts(body)
  const wanted = new Set<string>()
  const want = (name: string): void => {
    if (wanted.has(name)) return
    wanted.add(name)
    for (const other of needs[name] ?? []) want(other)
  }
  for (const name of Object.keys(prelude)) if (code.includes(`${name}(`)) want(name)
  return Object.entries(prelude)
    .filter(([name]) => wanted.has(name))
    .map(([, text]) => `${text}\n`)
    .join('')
}
