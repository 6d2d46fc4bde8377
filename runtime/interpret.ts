// The reference interpreter: compiled policy + reference dates + facts → outcome. It is the meaning of the language; every
// other engine must agree with it to the last digit.

import { type CalendarDate, parseDate } from './exact/date.ts'
import { addIntervals, multiplyIntervals, negateInterval, pointInterval } from './exact/interval.ts'
import { add, decimal, divide, larger, multiply, negate, one, round, smaller, zero } from './exact/number.ts'
import type { Facts } from './facts.ts'
import { bounded, evaluateItem } from './interpreter/items.ts'
import { evaluate, numbersOf, type Person } from './interpreter/evaluate.ts'
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
  const totals = policy.totals.map((total) => evaluateTotal(person, total, figures))
  const open = new Set(items.flatMap((item) => item.awaiting))
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

function evaluateTotal(person: Person, total: Total, figures: Map<string, Figure>): TotalTrace {
  const inside = combine(person, total.value, figures)
  const { figure, limited } = bounded(person, inside, total)
  figures.set(total.id, figure)
  return { total: total.id, name: total.name, inside, figure, limited }
}

/** A total's formula over the three figures: on the proven ones as they are, on the bounds by interval arithmetic. */
function combine(person: Person, node: Expression, figures: ReadonlyMap<string, Figure>): Figure {
  const range = (figure: Figure) => ({ low: figure.lowest, high: figure.highest })
  const make = (proven: Figure['proven'], { low, high }: { low: Figure['proven']; high: Figure['proven'] }): Figure => ({ proven, lowest: low, highest: high })
  const part = (inner: Expression) => combine(person, inner, figures)
  switch (node.op) {
    case 'item':
    case 'total': {
      const figure = figures.get(node.op === 'item' ? node.item : node.total)
      if (!figure) throw new Error(`no figure for ${node.op === 'item' ? node.item : node.total}`)
      return figure
    }
    case 'sum':
      return node.terms
        .map(({ negative, value }) => {
          const figure = part(value)
          return negative ? make(negate(figure.proven), negateInterval(range(figure))) : figure
        })
        .reduce((a, b) => make(add(a.proven, b.proven), addIntervals(range(a), range(b))))
    case 'product':
      return node.factors.map(part).reduce((a, b) => make(multiply(a.proven, b.proven), multiplyIntervals(range(a), range(b))))
    case 'quotient': {
      const [a, b] = [part(node.dividend), part(node.divisor)]
      return make(divide(a.proven, b.proven), multiplyIntervals(range(a), { low: divide(one, b.highest), high: divide(one, b.lowest) }))
    }
    case 'round': {
      const figure = part(node.value)
      const rounded = (value: Figure['proven']) => round(value, node.to, node.mode)
      return make(rounded(figure.proven), { low: rounded(figure.lowest), high: rounded(figure.highest) })
    }
    case 'smaller':
    case 'larger': {
      const pick = node.op === 'smaller' ? smaller : larger
      return node.operands.map(part).reduce((a, b) => make(pick(a.proven, b.proven), { low: pick(a.lowest, b.lowest), high: pick(a.highest, b.highest) }))
    }
    case 'number': {
      const value = decimal(node.value)
      return make(value, pointInterval(value))
    }
    default: {
      const value = evaluate(person, node)
      return make(value.kind === 'number' ? value.value : zero, numbersOf(value))
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
