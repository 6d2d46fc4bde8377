// Points that lapse and can be spent. Every record is a grant with its days; spends take, in the order of their days, from
// the grants alive that day, the one that ends earliest first. A spend larger than the balance cannot be right.

import { type CalendarDate, formatDate } from '../exact/date.ts'
import { pointInterval } from '../exact/interval.ts'
import { add, compare, type Exact, equal, formatDecimal, larger, smaller, subtract, zero } from '../exact/number.ts'
import type { AwardOf, Indicator } from '../ir/schema.ts'
import type { Figure, RowTrace, Step } from '../outcome.ts'
import { columnOf } from './column.ts'
import { evaluate } from './evaluate.ts'
import { figure, isOpen } from './figures.ts'
import { type Person, withRecord } from './person.ts'
import { awaitedBy, evaluateRecords, type RecordResult } from './rows.ts'
import { awaited, type Value } from './value.ts'
import { constant } from './values.ts'

interface Grant {
  readonly result: RecordResult
  readonly from: CalendarDate
  readonly to: CalendarDate
  left: Exact
}

export function evaluateLive(
  person: Person,
  indicator: Indicator,
  live: NonNullable<Indicator['live']>,
): { readonly inside: Figure; readonly rows: readonly RowTrace[] } {
  const row = indicator.rows[0]
  const award = row?.awards[0] as AwardOf<'each'>
  const results = evaluateRecords(person, award)
  const on = evaluate(person, live.on)
  const spends = spendsOf(person, live)
  const days =
    'waiting' in results ? [] : results.map(({ record }) => [evaluate(withRecord(person, record), live.from), evaluate(withRecord(person, record), live.to)])
  const waiting = awaited([on, ...days.flat(), ...(spends.known ? [] : spends.waiting)])
  const open = 'waiting' in results || on.kind !== 'date' || !spends.known || waiting.size > 0 || results.some((result) => isOpen(result.figure))
  if (open) {
    const names = new Set([...('waiting' in results ? results.waiting : results.flatMap(({ rows }) => awaitedBy(rows))), ...waiting])
    const highest =
      'waiting' in results ? constant(award.high) : results.map((result) => result.figure.highest).reduce((sum, next) => add(sum, larger(next, zero)), zero)
    const inside = figure(zero, { low: zero, high: highest })
    const step: Step = { kind: 'unknown', negative: false, low: '0', high: formatDecimal(highest) }
    return { inside, rows: [rowTrace(row?.id ?? '', inside, step, names)] }
  }
  const grants = results.map((result, i): Grant => ({ result, from: dateOf(days[i]?.[0]), to: dateOf(days[i]?.[1]), left: result.figure.proven }))
  const taken = spend(
    person,
    columnOf(person, live.spend?.list) ?? '',
    grants,
    spends.list.filter(({ date }) => date <= on.value),
  )
  const alive = grants.filter(({ from, to }) => from <= on.value && on.value <= to)
  const points = alive.map(({ left }) => left).reduce(add, zero)
  const inside = figure(points, pointInterval(points))
  const step: Step = {
    kind: 'live',
    negative: false,
    on: formatDate(on.value),
    grants: grants.map(({ result, from, to, left }) => ({
      points: formatDecimal(result.figure.proven),
      from: formatDate(from),
      to: formatDate(to),
      left: formatDecimal(left),
      alive: from <= on.value && on.value <= to,
    })),
    spent: formatDecimal(taken),
    amount: formatDecimal(points),
  }
  return { inside, rows: [rowTrace(row?.id ?? '', inside, step, new Set())] }
}

const dateOf = (value: Value | undefined): CalendarDate => (value?.kind === 'date' ? value.value : 0)

function rowTrace(row: string, inside: Figure, step: Step, awaiting: ReadonlySet<string>): RowTrace {
  return {
    row,
    status: awaiting.size > 0 ? 'awaiting' : 'matched',
    because: undefined,
    steps: [step],
    windows: [],
    inside,
    limited: undefined,
    figure: inside,
    awaiting: [...awaiting],
  }
}

interface Spend {
  readonly date: CalendarDate
  readonly amount: Exact
}

function spendsOf(
  person: Person,
  { spend: rule }: NonNullable<Indicator['live']>,
): { readonly known: true; readonly list: readonly Spend[] } | { readonly known: false; readonly waiting: readonly Value[] } {
  if (!rule) return { known: true, list: [] }
  const list = evaluate(person, rule.list)
  if (list.kind !== 'records') return { known: false, waiting: [list] }
  const spends = list.value.map((record) => ({ date: dateOf(record.get(rule.date)), amount: evaluate(withRecord(person, record), rule.amount) }))
  const open = spends.map(({ amount }) => amount).filter(({ kind }) => kind !== 'number')
  if (open.length > 0) return { known: false, waiting: open }
  return {
    known: true,
    list: spends.map(({ date, amount }) => ({ date, amount: amount.kind === 'number' ? amount.value : zero })).sort((a, b) => a.date - b.date),
  }
}

/** Takes the spends out of the grants; gives their sum. @param column the fact that holds the spends */
function spend(person: Person, column: string, grants: readonly Grant[], spends: readonly Spend[]): Exact {
  let sum = zero
  for (const { date, amount } of spends) {
    const alive = grants.filter(({ from, to }) => from <= date && date <= to).sort((a, b) => a.to - b.to || a.from - b.from)
    const balance = alive.map(({ left }) => left).reduce(add, zero)
    if (compare(amount, balance) > 0) {
      const data = { date: formatDate(date), spent: formatDecimal(amount), balance: formatDecimal(balance) }
      person.problems.push({ code: 'overspent', column, value: formatDecimal(amount), data })
    }
    let rest = amount
    for (const grant of alive) {
      if (equal(rest, zero)) break
      const part = smaller(grant.left, rest)
      grant.left = subtract(grant.left, part)
      rest = subtract(rest, part)
    }
    sum = add(sum, amount)
  }
  return sum
}
