// The reference interpreter: compiled policy + reference dates + facts → outcome. It is the meaning of the language; every
// other engine must agree with it to the last digit.

import { type CalendarDate, parseDate } from './exact/date.ts'
import { addIntervals, type Interval, multiplyIntervals, negateInterval, pointInterval } from './exact/interval.ts'
import { divide, larger, one, round, smaller } from './exact/number.ts'
import type { Facts } from './facts.ts'
import { evaluate, numbersOf, type Person } from './interpreter/evaluate.ts'
import { bounded, evaluateItem } from './interpreter/items.ts'
import type { Expression, Item, Policy, Total } from './ir/schema.ts'
import type { Figure, ItemTrace, Outcome, RowTrace, TotalTrace } from './outcome.ts'

/** Reference dates by name, in the form 2025-03-01. */
export type ReferenceDates = Readonly<Record<string, string>>

interface Index {
  readonly facts: Person['factsById']
  readonly definitions: Person['definitionsById']
}

const indices = new WeakMap<Policy, Index>()

function indexOf(policy: Policy): Index {
  const known = indices.get(policy)
  if (known) return known
  const index = {
    facts: new Map(policy.facts.map((fact) => [fact.id, fact])),
    definitions: new Map(policy.definitions.map((definition) => [definition.id, definition])),
  }
  indices.set(policy, index)
  return index
}

/**
 * Scores one applicant.
 * @param dates a day for every reference date of the policy
 * @throws when a reference date is missing or is no date; callers check them with `checkDates` first
 */
export function interpret(policy: Policy, dates: ReferenceDates, facts: Facts): Outcome {
  const { facts: factsById, definitions: definitionsById } = indexOf(policy)
  const person: Person = { policy, facts, dates: readDates(policy, dates), factsById, definitionsById, memo: new Map() }
  const items = policy.items.map((item) => evaluateItem(person, item))
  const figures = new Map<string, Figure>()
  for (const trace of items) collectFigures(trace, figures)
  const open = new Set(items.flatMap((item) => item.awaiting))
  const totals = policy.totals.map((total) => evaluateTotal(person, total, figures, open))
  return {
    state: 'valid',
    totals,
    items,
    awaiting: policy.facts.map(({ name }) => name).filter((name) => open.has(name)),
    ...sourcesOf(policy, items),
  }
}

/** Names of reference dates that `dates` lacks or that are no dates. */
export function checkDates(policy: Policy, dates: ReferenceDates): readonly string[] {
  return policy.referenceDates.filter((name) => parseDate(dates[name] ?? '') === undefined)
}

function readDates(policy: Policy, dates: ReferenceDates): ReadonlyMap<string, CalendarDate> {
  return new Map(
    policy.referenceDates.map((name) => {
      const date = parseDate(dates[name] ?? '')
      if (date === undefined) throw new Error(`the reference date ${name} is missing`)
      return [name, date]
    }),
  )
}

function collectFigures(trace: ItemTrace, into: Map<string, Figure>) {
  into.set(trace.item, trace.figure)
  for (const child of trace.children) collectFigures(child, into)
}

function evaluateTotal(person: Person, total: Total, figures: Map<string, Figure>, waiting: Set<string>): TotalTrace {
  // Proven is what the formula surely gives on the proven figures; the bounds are the formula's on the bounds.
  const proven = combine(person, total.value, (id) => pointInterval(figureOf(figures, id).proven), waiting).low
  const range = combine(person, total.value, (id) => boundsOf(figureOf(figures, id)), waiting)
  const inside: Figure = { proven, lowest: range.low, highest: range.high }
  const { figure, limited, waiting: more } = bounded(person, inside, total)
  for (const name of more) waiting.add(name)
  figures.set(total.id, figure)
  return { total: total.id, name: total.name, inside, figure, limited }
}

function figureOf(figures: ReadonlyMap<string, Figure>, id: string): Figure {
  const figure = figures.get(id)
  if (!figure) throw new Error(`no figure for ${id}`)
  return figure
}

const boundsOf = ({ lowest, highest }: Figure): Interval => ({ low: lowest, high: highest })

/** A total's formula by interval arithmetic; facts in it that are not known are noted in `waiting`. */
function combine(person: Person, node: Expression, figure: (id: string) => Interval, waiting: Set<string>): Interval {
  const part = (inner: Expression) => combine(person, inner, figure, waiting)
  switch (node.op) {
    case 'item':
      return figure(node.item)
    case 'total':
      return figure(node.total)
    case 'sum':
      return node.terms.map(({ negative, value }) => (negative ? negateInterval(part(value)) : part(value))).reduce(addIntervals)
    case 'product':
      return node.factors.map(part).reduce(multiplyIntervals)
    case 'quotient': {
      const divisor = part(node.divisor)
      return multiplyIntervals(part(node.dividend), { low: divide(one, divisor.high), high: divide(one, divisor.low) })
    }
    case 'round': {
      const { low, high } = part(node.value)
      return { low: round(low, node.to, node.mode), high: round(high, node.to, node.mode) }
    }
    case 'smaller':
    case 'larger': {
      const pick = node.op === 'smaller' ? smaller : larger
      return node.operands.map(part).reduce((a, b) => ({ low: pick(a.low, b.low), high: pick(a.high, b.high) }))
    }
    default: {
      const value = evaluate(person, node)
      if (value.kind === 'unknown') for (const name of value.facts) waiting.add(name)
      return numbersOf(value)
    }
  }
}

/** Which values without an official text, and which readings, had a part in this outcome. */
function sourcesOf(policy: Policy, traces: readonly ItemTrace[]): Pick<Outcome, 'unsourced' | 'readings'> {
  const unsourced: { where: string; reason: string }[] = []
  const readings: { where: string; text: string; cites: string | undefined }[] = []
  const rows = new Map<string, RowTrace>()
  const items = new Map<string, ItemTrace>()
  const index = (trace: ItemTrace): void => {
    items.set(trace.item, trace)
    for (const row of trace.rows) rows.set(row.row, row)
    trace.children.forEach(index)
  }
  traces.forEach(index)

  const add = (where: string, node: { unsourced: readonly string[]; readings: readonly { text: string; cites?: string | undefined }[] }) => {
    for (const reason of node.unsourced) unsourced.push({ where, reason })
    for (const { text, cites } of node.readings) readings.push({ where, text, cites })
  }
  const visit = (item: Item): boolean => {
    const trace = items.get(item.id)
    const before = [unsourced.length, readings.length] as const
    let used = false
    if (item.kind === 'group') used = item.children.map(visit).some(Boolean)
    else {
      for (const row of item.rows) {
        const status = rows.get(row.id)?.status
        if (status === undefined || status === 'not-matched') continue
        used = true
        add(item.path.join('.'), row)
      }
    }
    if (used || trace?.limited === 'min') {
      const late = { unsourced: unsourced.splice(before[0]), readings: readings.splice(before[1]) }
      add(item.path.join('.'), item)
      unsourced.push(...late.unsourced)
      readings.push(...late.readings)
    }
    return used
  }
  policy.items.forEach(visit)
  for (const total of policy.totals) add(total.name, total)
  for (const { text, cites } of policy.readings) readings.push({ where: '', text, cites })
  return { unsourced, readings }
}
