// Random calculations out of every operation of a plan, over facts as wide as a policy may declare: each engine gives what whole
// numbers without bounds give, and no value leaves the bounds that its node promises.

import { expect, test } from 'vitest'
import { addDays, addMonths, ageOn, fullMonths } from '../../runtime/exact/date.ts'
import { columnsModule } from '../../runtime/javascript/columns.ts'
import { personModule } from '../../runtime/javascript/person.ts'
import { drawFor } from '../../runtime/people/draw.ts'
import { Graph } from '../../runtime/plan/graph.ts'
import { CannotPlan, type Node, type Op } from '../../runtime/plan/node.ts'
import type { Plan } from '../../runtime/plan/plan.ts'
import { factColumns } from '../../runtime/sql/columns.ts'
import { duckdb } from '../../runtime/sql/dialect.ts'
import { sqlOf } from '../../runtime/sql/print.ts'
import { openDuckdb, planned, tables } from './engines.ts'
import { policyOf, reviewDay } from './support.ts'

const most = Number.MAX_SAFE_INTEGER
const [rounds, people] = [100, 60]

const ranges: Readonly<Record<string, readonly [low: number, high: number]>> = {
  小: [-3, 3],
  正: [1, 7],
  中: [-(2 ** 30), 2 ** 30],
  半: [-(2 ** 30) + 1, 2 ** 30 - 1],
  三一: [0, 2 ** 31 - 1],
  三二: [-(2 ** 31), 2 ** 31],
  三三: [0, 2 ** 33 - 1],
  除: [1, 2 ** 32],
  宽: [-most, most],
}
const numbers = Object.keys(ranges)
const truths = ['真', '假']
const dates = ['早', '晚']
const edges = ['1900-01-01', '1900-02-28', '1900-03-01', '2000-02-29', '2004-02-29', '2024-01-31', '2024-12-31', '2100-02-28', '2100-03-01', '2199-12-31']
const members = Array.from({ length: 31 }, (_, i) => `「项${i}」`)

const policy = policyOf(`
  ${numbers.map((name) => `事实 ${name}: 整数 次 范围 ${ranges[name]?.[0]}..${ranges[name]?.[1]}`).join('\n  ')}
  ${truths.map((name) => `事实 ${name}: 是否`).join('\n  ')}
  ${dates.map((name) => `事实 ${name}: 日期`).join('\n  ')}
  事实 证: 多选 [${members.join('、')}]
  指标 甲 累加 { 当 真 得1分 }
  总分 = 甲`)

type Value = bigint | boolean
type Person = Readonly<Record<string, number | boolean>>

/** What a node is worth, in whole numbers without bounds. */
function worth(node: Node, person: Person, known = new Map<Node, Value>()): Value {
  const before = known.get(node)
  if (before !== undefined) return before
  const args = node.args.map((arg) => worth(arg, person, known))
  const [a, b, c] = args as [bigint, bigint, bigint]
  const whole = (index: number): number => Number(args[index])
  const floor = (): bigint => a / b - (a % b !== 0n && a < 0n ? 1n : 0n)
  const all: Partial<Record<Op, () => Value>> = {
    constant: () => (typeof node.value === 'boolean' ? node.value : BigInt(node.value as number)),
    fact: () => {
      const value = person[String(node.value)] as number | boolean
      return typeof value === 'boolean' ? value : BigInt(value)
    },
    add: () => (args as bigint[]).reduce((x, y) => x + y),
    multiply: () => a * b,
    divide: floor,
    smaller: () => (a < b ? a : b),
    larger: () => (a > b ? a : b),
    less: () => a < b,
    equal: () => a === b,
    and: () => args.every(Boolean),
    or: () => args.some(Boolean),
    not: () => !a,
    choose: () => (a ? b : c),
    'join-bits': () => (args as bigint[]).reduce((x, y) => x | y),
    step: () => BigInt((node.value as readonly number[]).filter((step) => BigInt(step) <= a).length),
    entry: () => {
      const own = (node.value as readonly number[])[whole(0)] ?? Number.NaN
      return node.type === 'truth' ? own === 1 : BigInt(own)
    },
    'has-bit': () => (a & (1n << BigInt(node.value as number))) !== 0n,
    'count-bits': () => BigInt([...a.toString(2)].filter((digit) => digit === '1').length),
    'add-months': () => BigInt(addMonths(whole(0), node.value as number)),
    'add-days': () => BigInt(addDays(whole(0), node.value as number)),
    'full-months': () => BigInt(fullMonths(whole(0), whole(1))),
    age: () => BigInt(ageOn(whole(0), whole(1))),
  }
  const value = all[node.op]?.() as Value
  known.set(node, value)
  return value
}

const near = [0, 1, 2, 3, 2 ** 30, 2 ** 31, 2 ** 32, 2 ** 33, most].flatMap((value) => [value - 1, value, value + 1, -value, 1 - value])

test('every operation, through every engine', async () => {
  const drawn = drawFor('nodes')
  const draw = (count: number): number => drawn.whole(0, count - 1)
  const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T
  const connection = await openDuckdb()
  const reached = new Set<Op>()
  const divided = new Set<string>()
  for (let round = 0; round < rounds; round += 1) {
    const graph = new Graph()
    const pool = {
      number: [
        ...numbers.map((name) => graph.fact(name, 'number', ...(ranges[name] as [number, number]))),
        ...[-7, -1, 2, 3, 1000, 2 ** 30, 2 ** 31 - 1, 2 ** 31].map((value) => graph.number(value)),
      ],
      truth: truths.map((name) => graph.fact(name, 'truth')),
      date: dates.map((name) => graph.fact(name, 'number', 19_000_101, 21_991_231)),
      word: [graph.fact('证', 'number', 0, 2 ** 31 - 1), graph.number(5), graph.number(2 ** 30)],
    }
    const number = () => pick(draw(2) === 0 ? pool.number.slice(-8) : pool.number)
    const truth = () => pick(pool.truth)
    const rising = (): readonly number[] => [...new Set([pick(near), pick(near), draw(9) - 4, draw(9) - 4])].sort((one, other) => one - other)
    // Few places, so that entries meet at one of them.
    const places = [graph.step(graph.fact('小', 'number', -3, 3), [-1, 0, 2]), graph.step(graph.fact('三三', 'number', 0, 2 ** 33 - 1), [7, 2 ** 31, 2 ** 32])]
    const place = () => pick(places)
    const row = <T>(one: () => T): readonly T[] => Array.from({ length: 4 }, one)
    const works: readonly (readonly ['number' | 'truth' | 'date' | 'word', () => Node])[] = [
      ['number', () => graph.add(number(), number(), number())],
      ['number', () => graph.multiply(number(), number())],
      ['number', () => graph.divide(number(), pick(pool.number.filter(({ low }) => low >= 1)))],
      ['number', () => graph.divide(number(), pick(pool.number.filter(({ low }) => low >= 1)))],
      ['number', () => graph.smaller(number(), number())],
      ['number', () => graph.larger(number(), number())],
      ['number', () => graph.choose(truth(), number(), number())],
      ['number', () => graph.countBits(pick(pool.word), 31)],
      ['number', () => graph.fullMonths(pick(pool.date), pick(pool.date))],
      ['number', () => graph.age(pick(pool.date), pick(pool.date))],
      [
        'number',
        () =>
          graph.entry(
            place(),
            row(() => pick(near)),
          ),
      ],
      ['number', () => graph.step(number(), rising())],
      [
        'truth',
        () =>
          graph.truthEntry(
            place(),
            row(() => draw(2) === 0),
          ),
      ],
      ['truth', () => graph.less(number(), number())],
      ['truth', () => graph.less(pick(pool.date), pick(pool.date))],
      ['truth', () => graph.equal(number(), number())],
      ['truth', () => graph.and(truth(), truth())],
      ['truth', () => graph.or(truth(), truth(), truth())],
      ['truth', () => graph.not(truth())],
      ['truth', () => graph.choose(truth(), truth(), truth())],
      ['truth', () => graph.hasBit(pick(pool.word), draw(31))],
      ['word', () => graph.joinBits(pick(pool.word), pick(pool.word))],
      ['date', () => graph.addMonths(pick(pool.date.slice(0, 3)), draw(1200) - 600)],
      ['date', () => graph.addDays(pick(pool.date.slice(0, 3)), draw(40_000) - 20_000)],
      ['date', () => graph.choose(truth(), pick(pool.date), pick(pool.date))],
    ]
    const made: Node[] = []
    while (made.length < 40) {
      const [kind, work] = pick(works)
      try {
        const node = work()
        pool[kind].push(node)
        made.push(node)
      } catch (error) {
        if (!(error instanceof CannotPlan)) throw error
      }
    }
    const outputs = made.map((node, i) => ({ name: `值 ${i}`, node }))
    const plan: Plan = { ...planned(policy, reviewDay, {}), graph, facts: policy.facts }
    const everybody = Array.from({ length: people }, (): Person => {
      const within = (name: string): number => {
        const [low, high] = ranges[name] as [number, number]
        const value = draw(4) === 0 ? low + Math.floor(((high - low) / 1000) * draw(1000)) : pick([...near, low, high])
        return Math.max(low, Math.min(high, value))
      }
      return {
        ...Object.fromEntries(numbers.map((name) => [name, within(name)])),
        ...Object.fromEntries(truths.map((name) => [name, draw(2) === 0])),
        ...Object.fromEntries(dates.map((name) => [name, Number(pick(edges).replaceAll('-', ''))])),
        证: pick([0, 1, 5, 2 ** 30, 2 ** 31 - 1, draw(2 ** 30)]),
      }
    })
    const wanted = everybody.map((person) => {
      const known = new Map<Node, Value>()
      return made.map((node) => Number(worth(node, person, known)))
    })
    for (const [i, node] of made.entries()) {
      reached.add(node.op)
      if (node.type !== 'number') continue
      const values = wanted.map((row) => row[i] as number)
      expect(Math.min(...values)).toBeGreaterThanOrEqual(node.low)
      expect(Math.max(...values)).toBeLessThanOrEqual(node.high)
      if (node.op !== 'divide') continue
      if (values.some((value) => value < 0)) divided.add('below zero')
      if (values.some((value) => value >= 2 ** 31)) divided.add('above 2^31')
    }
    const person = await moduleOf(personModule(plan, outputs))
    const columns = await moduleOf(columnsModule(plan, outputs))
    const out = outputs.map((): number[] => [])
    const facts = Object.fromEntries(policy.facts.map(({ name }) => [name, { values: everybody.map((one) => Number(one[name])) }]))
    columns.score(people, facts, out)
    const query = sqlOf(policy, plan, outputs, duckdb)
    if (!query.ok) throw new Error(query.reason)
    for (const statement of tables(factColumns(policy.facts), everybody)) await connection.run(statement)
    const rows = (await connection.runAndReadAll(`SELECT * FROM (${query.sql}) ORDER BY n`)).getRows()
    const found = {
      person: everybody.map((one) => person.score(one, []).map(Number)),
      columns: everybody.map((_, i) => out.map((column) => Number(column[i]))),
      sql: rows.map((row) => row.slice(2).map(Number)),
    }
    // 0 and -0 are one number.
    for (const [engine, values] of Object.entries(found))
      for (const [i, row] of values.entries())
        for (const [j, value] of row.entries())
          if (value + 0 !== wanted[i]?.[j])
            expect({ engine, round, op: made[j]?.op, person: everybody[i], value }).toEqual({
              engine,
              round,
              op: made[j]?.op,
              person: everybody[i],
              value: wanted[i]?.[j],
            })
  }
  const scalar: readonly Op[] = ['add', 'multiply', 'divide', 'smaller', 'larger', 'less', 'equal', 'and', 'or', 'not', 'choose', 'join-bits', 'has-bit']
  expect([...reached].sort()).toEqual(expect.arrayContaining([...scalar, 'count-bits', 'add-months', 'add-days', 'full-months', 'age', 'step', 'entry']))
  expect([...divided].sort()).toEqual(['above 2^31', 'below zero'])
})

test('sums and the like over records at the edges, and over none', async () => {
  const [low, high] = [-(2 ** 31), 2 ** 33]
  const listed = policyOf(`
    事实 列: 记录 { 值: 整数 次 范围 ${low}..${high}；类: 整数 次 范围 0..2；记: 是否 }
    指标 甲 { 每1次 次数(列) 得1分 }
    总分 = 甲`)
  const graph = new Graph()
  const list = graph.addList({ kind: 'fact', fact: '列' }, 20)
  const [value, key, keep] = [graph.field(list.id, '值', 'number', low, high), graph.field(list.id, '类', 'number', 0, 2), graph.field(list.id, '记', 'truth')]
  const cap = graph.number(2 ** 32)
  const made = [
    ...[graph.sum(list, keep, value), graph.least(list, keep, value), graph.greatest(list, keep, value), graph.any(list, keep)],
    ...[graph.sumOfGreatest(list, keep, key, value), graph.sumOfCapped(list, keep, key, value, cap)],
  ]
  const records = (n: number) =>
    Array.from({ length: n % 20 }, (_, i) => ({
      值: [low, high, 0, -1, 1, 2 ** 31, 2 ** 31 - 1][(n * 3 + i * 5) % 7] as number,
      类: (n + i) % 3,
      记: (n + i) % 4 > 0,
    }))
  const everybody = Array.from({ length: 60 }, (_, n) => ({ 列: n % 9 === 0 ? records(n).map((record) => ({ ...record, 记: false })) : records(n) }))
  const wanted = everybody.map(({ 列 }) => {
    const kept = 列.filter(({ 记 }) => 记)
    const values = kept.map(({ 值 }) => 值)
    const groups = [0, 1, 2].map((one) => kept.filter(({ 类 }) => 类 === one).map(({ 值 }) => 值)).filter(({ length }) => length > 0)
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
    return [
      ...[sum(values), Math.min(high, ...values), Math.max(low, ...values), Number(kept.length > 0)],
      ...[sum(groups.map((group) => Math.max(...group))), sum(groups.map((group) => Math.min(2 ** 32, sum(group))))],
    ]
  })
  const outputs = made.map((node, i) => ({ name: `值 ${i}`, node }))
  const plan: Plan = { ...planned(listed, reviewDay, {}), graph, facts: listed.facts }
  const person = await moduleOf(personModule(plan, outputs))
  expect(everybody.map((one) => person.score(one, []).map((each) => Number(each) + 0))).toEqual(wanted)
  const columns = await moduleOf(columnsModule(plan, outputs))
  const all = everybody.flatMap(({ 列 }) => 列)
  const offsets = Array.from({ length: everybody.length + 1 }, (_, i) => everybody.slice(0, i).flatMap(({ 列 }) => 列).length)
  const fields = Object.fromEntries((['值', '类', '记'] as const).map((name) => [name, all.map((record) => Number(record[name]))]))
  const out = outputs.map((): number[] => [])
  columns.score(everybody.length, { 列: { offsets, fields } }, out)
  expect(everybody.map((_, i) => out.map((column) => Number(column[i]) + 0))).toEqual(wanted)
  const connection = await openDuckdb()
  const query = sqlOf(listed, plan, outputs, duckdb)
  if (!query.ok) throw new Error(query.reason)
  for (const statement of tables(factColumns(listed.facts), everybody)) await connection.run(statement)
  const rows = (await connection.runAndReadAll(`SELECT * FROM (${query.sql}) ORDER BY n`)).getRows()
  expect(rows.map((row) => row.slice(2).map(Number))).toEqual(wanted)
})

type Score = (...args: readonly unknown[]) => readonly (number | boolean)[]
const moduleOf = async (text: string) => (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`)) as { readonly score: Score }
