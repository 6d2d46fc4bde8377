// Typed policy → the compiled form: plain JSON with ids, labels in both surfaces, and places in a side table. Decides
// nothing; what could be wrong was said by checking.

import { decimalPlaces, type Exact, formatDecimal, round } from '../runtime/exact/number.ts'
import type { Award, Expression, FactType, Item, Policy, Row, TestCase } from '../runtime/ir/schema.ts'
import { formatVersion } from '../runtime/ir/version.ts'
import { totalId } from './check/cases.ts'
import { printInline } from './format/print.ts'
import type { Parsed } from './parse.ts'
import { positions, type Span } from './span.ts'
import {
  type Bounds,
  type FactSymbol,
  type ItemSymbol,
  itemId,
  type NumberType,
  type Sourced,
  type Type,
  type Typed,
  type TypedAward,
  type TypedPolicy,
  type TypedRow,
} from './typed.ts'
import { byForm } from './words.ts'

export interface Lowered {
  readonly policy: Policy
  readonly cases: readonly TestCase[]
}

export interface Source {
  readonly path: string
  readonly sha256: string
  readonly text: string
}

export function lower(typed: TypedPolicy, parsed: Parsed, source: Source): Lowered {
  const places: Policy['places'] = {}
  const labels: Policy['labels'] = {}
  const position = positions(source.text)
  const usedUnits: Policy['units'] = {}
  let count = 0

  const placeOf = (span: Span) => ({ source: 0, start: span.start, end: span.end, ...position(span.start) })
  const note = (id: string, span: Span): string => {
    places[id] = placeOf(span)
    return id
  }
  const fresh = (): string => {
    count += 1
    return `n${count}`
  }
  const label = (id: string, span: Span) => {
    const tokens = parsed.tokens.slice(firstFrom(parsed.tokens, span.start), firstFrom(parsed.tokens, span.end))
    labels[id] = { zh: printInline(tokens, parsed.surface, 'zh'), en: printInline(tokens, parsed.surface, 'en') }
  }

  const facts = typed.facts.map((fact) => {
    note(fact.name, fact.node.name.span)
    return {
      id: fact.name,
      name: fact.name,
      type: { ...factType(fact.type), ...unitOf(fact.type) } as FactType,
      ...sourceOf(fact),
      ...(fact.defaultValue === undefined ? {} : { default: fact.defaultValue }),
      required: fact.required,
    }
  })
  const definitions = typed.definitions.map((definition) => ({
    id: note(`= ${definition.name}`, definition.node.name.span),
    name: definition.name,
    type: factType(definition.type),
    cases: definition.cases.map(({ when, value }) => ({ ...(when ? { when: expression(when) } : {}), value: expression(value) })),
  }))
  const items = typed.items.map(item)
  const totals = typed.totals.map((total) => ({
    id: note(totalId(total.name), total.node.span),
    name: total.name,
    value: expression(total.value),
    ...numeric(total.range),
    ...bounds(total),
    ...sourced(total),
  }))
  for (const total of typed.totals) label(totalId(total.name), total.node.value.span)

  const members = typed.node.members
  const header = (kind: 'number' | 'text' | 'replaces') => {
    const member = members.find((candidate) => candidate.kind === kind)
    return member?.kind === kind ? { [kind]: member.text.text } : {}
  }
  const inForce = members.find((member) => member.kind === 'in-force')
  const policy: Policy = {
    format: 'heng',
    version: formatVersion,
    name: typed.node.name.text,
    ...header('number'),
    ...header('text'),
    ...header('replaces'),
    ...(inForce ? { inForce: { from: inForce.from.value, ...(inForce.to ? { to: inForce.to.value } : {}) } } : {}),
    referenceDates: typed.referenceDates.map(({ name }) => name),
    facts,
    definitions,
    items,
    totals,
    readings: members.filter((member) => member.kind === 'reading').map(({ text, cites }) => ({ text: text.text, ...(cites ? { cites: cites.text } : {}) })),
    clauses: members.filter((member) => member.kind === 'clause').map(({ clause, how, reason }) => ({ clause: clause.text, how, reason: reason.text })),
    sources: [{ path: source.path, sha256: source.sha256 }],
    places,
    labels,
    units: usedUnits,
  }
  const cases = typed.cases.map(
    ({ node, dates, facts: given, expected }): TestCase => ({
      title: node.title.text,
      dates,
      facts: given,
      expected: {
        ...(expected.state === undefined ? {} : { state: expected.state }),
        ...(expected.lowest === undefined ? {} : { lowest: expected.lowest }),
        ...(expected.highest === undefined ? {} : { highest: expected.highest }),
        ...(expected.awaiting === undefined ? {} : { awaiting: [...expected.awaiting] }),
        figures: expected.figures,
      },
      place: placeOf(node.title.span),
    }),
  )
  return { policy, cases }

  function item(symbol: ItemSymbol): Item {
    const head = {
      id: note(itemId(symbol), symbol.node.name.span),
      name: symbol.name,
      path: [...symbol.path],
      mode: symbol.mode,
      ...numeric(symbol.range),
      ...bounds(symbol),
      ...sourced(symbol),
    }
    return symbol.kind === 'group'
      ? { kind: 'group', ...head, children: symbol.children.map(item) }
      : { kind: 'indicator', ...head, rows: symbol.rows.map(row) }
  }

  function row(symbol: TypedRow): Row {
    const id = note(fresh(), symbol.node.span)
    label(id, { start: symbol.node.span.start, end: symbol.node.awards.at(-1)?.span.end ?? symbol.node.span.end })
    return {
      id,
      guard: symbol.guard,
      ...(symbol.when ? { when: expression(symbol.when) } : {}),
      awards: symbol.awards.map(award),
      ...bounds(symbol),
      ...sourced(symbol),
    }
  }

  function award(typedAward: TypedAward): Award {
    const id = fresh()
    const { negative } = typedAward
    switch (typedAward.kind) {
      case 'flat':
        return { kind: 'flat', id, negative, amount: expression(typedAward.amount) }
      case 'rate':
        return {
          kind: 'rate',
          id,
          negative,
          steps: typedAward.steps,
          per: formatDecimal(typedAward.per),
          ...unitOf(typedAward.quantity.type),
          quantity: expression(typedAward.quantity),
          amount: expression(typedAward.amount),
          ...numeric(typedAward.type),
        }
      case 'table':
        return {
          kind: 'table',
          id,
          negative,
          complete: typedAward.complete,
          entries: typedAward.entries.map(({ when, amount }) => ({ when: expression(when), amount: expression(amount) })),
        }
    }
  }

  function unitOf(type: Type): { unit?: string } {
    if (type.kind !== 'number' || type.unit === undefined) return {}
    const word = byForm.unit.id.get(type.unit)
    usedUnits[type.unit] = { zh: word?.zh ?? type.unit, en: word?.en ?? type.unit }
    return { unit: type.unit }
  }

  function bounds({ min, max }: Bounds) {
    return { ...(min ? { min: expression(min) } : {}), ...(max ? { max: expression(max) } : {}) }
  }

  function expression(node: Typed): Expression {
    const id = fresh()
    const range = node.type.kind === 'number' ? numeric(node.type) : { places: 0, low: '0', high: '0' }
    switch (node.op) {
      case 'error':
        throw new Error('a policy with errors is not lowered')
      case 'number':
        return { op: 'number', id, ...range, value: formatDecimal(node.value) }
      case 'sum':
        return { op: 'sum', id, ...range, terms: node.terms.map(({ negative, value }) => ({ negative, value: expression(value) })) }
      case 'product':
        return { op: 'product', id, ...range, factors: node.factors.map(expression) }
      case 'quotient':
        return { op: 'quotient', id, low: range.low, high: range.high, dividend: expression(node.dividend), divisor: expression(node.divisor) }
      case 'round':
        return { op: 'round', id, ...range, to: node.to, mode: node.mode, value: expression(node.value) }
      case 'smaller':
      case 'larger':
        return { op: node.op, id, ...range, operands: node.operands.map(expression) }
      case 'age':
        return { op: 'age', id, ...range, born: expression(node.born), on: expression(node.on) }
      case 'months':
        return { op: 'months', id, ...range, from: expression(node.from), to: expression(node.to) }
      case 'year':
        return { op: 'year', id, ...range, date: expression(node.date) }
      case 'date':
        return { op: 'date', id, value: node.value }
      case 'reference-date':
        return { op: 'reference-date', id, name: node.name }
      case 'shift':
        return { op: 'shift', id, date: expression(node.date), months: node.months, days: node.days }
      case 'year-start':
      case 'year-end':
        return { op: node.op, id, date: expression(node.date) }
      case 'fact':
        return { op: 'fact', id, fact: node.fact.name }
      case 'definition':
        return { op: 'definition', id, definition: `= ${node.definition.name}` }
      case 'item':
        return { op: 'item', id, item: itemId(node.item) }
      case 'total':
        return { op: 'total', id, total: totalId(node.total.name) }
      case 'yesno':
        return { op: 'yesno', id, value: node.value }
      case 'text':
        return { op: 'text', id, value: node.value }
      case 'member':
        return { op: 'member', id, index: node.index }
      case 'compare':
        return { op: 'compare', id, operator: node.operator, left: expression(node.left), right: expression(node.right) }
      case 'within':
        return {
          op: 'within',
          id,
          value: expression(node.value),
          ...(node.low ? { low: expression(node.low) } : {}),
          ...(node.high ? { high: expression(node.high) } : {}),
          lowOpen: node.lowOpen,
          highOpen: node.highOpen,
        }
      case 'one-of':
        return { op: 'one-of', id, subject: expression(node.subject), members: [...node.members] }
      case 'has':
        return { op: 'has', id, subject: expression(node.subject), member: node.member }
      case 'and':
      case 'or':
        return { op: node.op, id, operands: node.operands.map(expression) }
      case 'not':
        return { op: 'not', id, operand: expression(node.operand) }
    }
  }
}

/** Index of the first token that starts at `offset` or later. */
function firstFrom(tokens: Parsed['tokens'], offset: number): number {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.startOffset ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

const sourceOf = (fact: FactSymbol) => {
  const clause = fact.node.clauses.find(({ kind }) => kind === 'source')
  return clause?.kind === 'source' ? { source: clause.text.text } : {}
}

const sourced = ({ cites, unsourced, readings }: Sourced) => ({
  cites: [...cites],
  unsourced: [...unsourced],
  readings: readings.map(({ text, cites: cited }) => ({ text, ...(cited === undefined ? {} : { cites: cited }) })),
})

/** Bounds that have no finite decimal are widened to the next whole number. */
const numeric = (type: NumberType) => ({ places: type.places ?? 0, low: outward(type.low, -1), high: outward(type.high, 1) })

function outward(value: Exact, direction: 1 | -1): string {
  if (decimalPlaces(value) !== undefined) return formatDecimal(value)
  const away = value.numerator < 0n === direction < 0
  return formatDecimal(round(value, 0, away ? 'up' : 'down'))
}

function factType(type: Type): FactType {
  switch (type.kind) {
    case 'number':
      return { kind: 'number', ...numeric(type), ...(type.unit === undefined ? {} : { unit: type.unit }) }
    case 'date':
      return { kind: 'date', low: type.low, high: type.high }
    case 'yesno':
    case 'text':
      return { kind: type.kind }
    case 'choice':
    case 'levels':
      return { kind: type.kind, members: [...type.members] }
    case 'choices':
      return { kind: 'choices', members: [...type.members] }
    case 'error':
      throw new Error('a policy with errors is not lowered')
  }
}
