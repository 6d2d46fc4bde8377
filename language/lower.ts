// Typed policy → the compiled form: plain JSON with ids, labels in both surfaces, and places in a side table. Decides
// nothing; what could be wrong was said by checking.

import { decimalPlaces, type Exact, formatDecimal, round } from '../runtime/exact/number.ts'
import type { Award, Expression, FactType, Item, Policy, Row, Scenario, StateRule, TestCase } from '../runtime/ir/schema.ts'
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
  type Presence,
  type Sourced,
  type Type,
  type Typed,
  type TypedAward,
  type TypedLive,
  type TypedPolicy,
  type TypedRow,
  type TypedScenario,
  type TypedState,
  type TypedTestCase,
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
  readonly parsed: Parsed
}

/** @param sources the policy's own text first, then those of the policies that it takes in */
export function lower(typed: TypedPolicy, sources: readonly Source[], imports: Policy['imports']): Lowered {
  const places: Policy['places'] = {}
  const labels: Policy['labels'] = {}
  const positionsIn = sources.map(({ text }) => positions(text))
  const usedUnits: Policy['units'] = {}
  /** The text in which the thing at hand is written. */
  let source = 0
  let count = 0

  const placeOf = (span: Span) => ({ source, start: span.start, end: span.end, ...(positionsIn[source]?.(span.start) ?? { line: 1, column: 1 }) })
  const note = (id: string, span: Span): string => {
    places[id] = placeOf(span)
    return id
  }
  const fresh = (): string => {
    count += 1
    return `n${count}`
  }
  const label = (id: string, span: Span) => {
    const parsed = sources[source]?.parsed
    if (!parsed) return
    const tokens = parsed.tokens.slice(firstFrom(parsed.tokens, span.start), firstFrom(parsed.tokens, span.end))
    labels[id] = { zh: printInline(tokens, parsed.surface, 'zh'), en: printInline(tokens, parsed.surface, 'en') }
  }
  const within = <T>(index: number, work: () => T): T => {
    const before = source
    source = index
    const result = work()
    source = before
    return result
  }

  const facts = typed.facts.map((fact) =>
    within(fact.source, () => {
      note(fact.name, fact.node.name.span)
      return {
        id: fact.name,
        name: fact.name,
        type: factType(fact.type),
        ...sourceOf(fact),
        ...(fact.defaultValue === undefined ? {} : { default: fact.defaultValue }),
        defaultKey: fact.defaultKey,
        required: fact.required,
        unique: fact.unique,
      }
    }),
  )
  const parameters = typed.parameters.map((parameter) =>
    within(parameter.source, () => ({
      id: note(parameter.name, parameter.node.name.span),
      name: parameter.name,
      ...numeric(parameter.type),
      ...unitOf(parameter.type),
      values: parameter.values.map(({ from, value }) => ({ ...(from === undefined ? {} : { from }), value: formatDecimal(value) })),
      ...sourced(parameter),
    })),
  )
  const definitions = typed.definitions.map((definition) =>
    within(definition.source, () => ({
      id: note(definition.id, definition.node.name.span),
      name: definition.name,
      type: factType(definition.type),
      perRecord: definition.perRecord,
      cases: definition.cases.map(({ when, value }) => ({ ...(when ? { when: expression(when) } : {}), value: expression(value) })),
    })),
  )
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
  const states = typed.states.map(state)
  const scenarios = typed.scenarios.map(scenario)
  const deadlines = typed.deadlines.map((deadline) => ({
    id: note(`deadline ${deadline.node.name.text}`, deadline.node.span),
    name: deadline.node.name.text,
    from: deadline.node.from.text,
    ahead: deadline.node.ahead,
    bound: deadline.node.bound,
    amount: deadline.amount,
    unit: deadline.unit,
    ...(deadline.extension ? { extension: deadline.extension } : {}),
    ...sourced(deadline),
  }))
  for (const { node } of typed.deadlines) label(`deadline ${node.name.text}`, { start: node.from.span.start, end: (node.extension ?? node.amount).span.end })

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
    ownDates: typed.referenceDates.flatMap(({ name, value }) => (value ? [{ name, value: expression(value) }] : [])),
    facts,
    parameters,
    definitions,
    items,
    totals,
    states,
    scenarios,
    deadlines,
    imports,
    readings: members.filter((member) => member.kind === 'reading').map(({ text, cites }) => ({ text: text.text, ...(cites ? { cites: cites.text } : {}) })),
    clauses: members.filter((member) => member.kind === 'clause').map(({ clause, how, reason }) => ({ clause: clause.text, how, reason: reason.text })),
    sources: sources.map(({ path, sha256 }) => ({ path, sha256 })),
    places,
    labels,
    units: usedUnits,
  }
  return { policy, cases: lowerCases(typed.cases, sources[0]?.text ?? '') }

  function state(symbol: TypedState): StateRule {
    const { id, node, kind, when, each } = symbol
    note(id, node.span)
    const end = node.condition?.span.end ?? node.each?.amount.span.end ?? node.span.end
    label(id, { start: node.span.start, end })
    return {
      id,
      kind,
      ...(when ? { when: expression(when) } : {}),
      ...(each ? { each: { list: expression(each.list), from: expression(each.from), months: each.months, days: each.days } } : {}),
      ...sourced(symbol),
    }
  }

  function scenario(symbol: TypedScenario): Scenario {
    const { name, node, quota, secondRound, household, price } = symbol
    note(`scenario ${name}`, node.name.span)
    return {
      id: name,
      name,
      total: totalId(symbol.total?.name ?? ''),
      dates: symbol.dates.map(({ name: day, value }) => ({ name: day, value: expression(value) })),
      states: symbol.states.map(state),
      ...(quota
        ? {
            quota: {
              ...(quota.amount ? { amount: expression(quota.amount) } : {}),
              ...(quota.by ? { by: quota.by.name } : {}),
              ...(quota.lists ? { lists: quota.lists.map((list) => ({ name: list.name, places: expression(list.places) })) } : {}),
            },
          }
        : {}),
      ...(secondRound
        ? {
            secondRound: secondRound.limit
              ? { limit: { by: secondRound.limit.by.name, share: formatDecimal(secondRound.limit.share), rounding: secondRound.limit.rounding } }
              : {},
          }
        : {}),
      ...(household
        ? {
            household: {
              key: household.key.name,
              ...(household.added ? { added: { to: household.added.to.name, order: household.added.order, except: household.added.except.map(itemId) } } : {}),
            },
          }
        : {}),
      keys: symbol.keys.map((key) => {
        const id = note(fresh(), key.node.span)
        label(id, key.node.value.span)
        const { kind } = key.value.type
        return {
          id,
          value: expression(key.value),
          kind: kind === 'number' || kind === 'date' || kind === 'yesno' || kind === 'text' ? kind : ('member' as const),
          ascending: key.ascending,
          ...(key.order ? { order: [...key.order] } : {}),
        }
      }),
      equals: symbol.equals,
      cutoff: symbol.cutoff,
      ...(price ? { price: { item: itemId(price.item), amount: formatDecimal(price.amount) } } : {}),
      ...sourced(symbol),
    }
  }

  function item(symbol: ItemSymbol): Item {
    return within(symbol.source, () => {
      const head = {
        id: note(itemId(symbol), symbol.node.name.span),
        name: symbol.name,
        path: [...symbol.path],
        mode: symbol.mode,
        deducts: symbol.deducts,
        ...numeric(symbol.range),
        ...bounds(symbol),
        ...sourced(symbol),
        ...presence(symbol),
      }
      return symbol.kind === 'group'
        ? { kind: 'group', ...head, children: symbol.children.map(item) }
        : { kind: 'indicator', ...head, ...(symbol.live ? { live: live(symbol.live) } : {}), rows: symbol.rows.map(row) }
    })
  }

  function live({ from, to, on, spend }: TypedLive) {
    return {
      from: expression(from),
      to: expression(to),
      on: expression(on),
      ...(spend ? { spend: { list: expression(spend.list), date: spend.date, amount: expression(spend.amount) } } : {}),
    }
  }

  function row(symbol: TypedRow): Row {
    const id = note(fresh(), symbol.node.span)
    label(id, headOf(symbol))
    return {
      id,
      guard: symbol.guard,
      ...(symbol.when ? { when: expression(symbol.when) } : {}),
      awards: symbol.awards.map(award),
      ...bounds(symbol),
      ...sourced(symbol),
      ...presence(symbol),
    }
  }

  function award(typedAward: TypedAward): Award {
    const id = fresh()
    switch (typedAward.kind) {
      case 'flat':
        return { kind: 'flat', id, negative: typedAward.negative, amount: expression(typedAward.amount) }
      case 'rate':
        return {
          kind: 'rate',
          id,
          negative: typedAward.negative,
          steps: typedAward.steps,
          per: formatDecimal(typedAward.per),
          ...unitOf(typedAward.quantity.type),
          quantity: expression(typedAward.quantity),
          amount: expression(typedAward.amount),
          ...numeric(typedAward.type),
        }
      case 'stepped':
        return {
          kind: 'stepped',
          id,
          steps: typedAward.steps,
          how: typedAward.how,
          per: formatDecimal(typedAward.per),
          ...unitOf(typedAward.quantity.type),
          quantity: expression(typedAward.quantity),
          bands: typedAward.bands.map(({ low, high, lowOpen, highOpen, negative, amount }) => ({
            ...(low ? { low: formatDecimal(low) } : {}),
            ...(high ? { high: formatDecimal(high) } : {}),
            lowOpen,
            highOpen,
            negative,
            amount: expression(amount),
          })),
          ...numeric(typedAward.type),
        }
      case 'table':
        return {
          kind: 'table',
          id,
          negative: typedAward.negative,
          complete: typedAward.complete,
          entries: typedAward.entries.map(({ when, amount }) => ({ when: expression(when), amount: expression(amount) })),
        }
      case 'block':
        return { kind: 'block', id, mode: typedAward.mode, ...bounds(typedAward), rows: typedAward.rows.map(row) }
      case 'each': {
        const { same } = typedAward
        return {
          kind: 'each',
          id,
          best: typedAward.best,
          list: expression(typedAward.list),
          ...(same ? { same: { key: expression(same.key), ...(same.cap ? { cap: expression(same.cap) } : {}) } } : {}),
          body: row(typedAward.body),
          ...numeric(typedAward.type),
        }
      }
    }
  }

  function unitOf(type: Type): { unit?: string } {
    if (type.kind !== 'number' || type.unit === undefined) return {}
    const word = byForm.unit.id.get(type.unit)
    usedUnits[type.unit] = { zh: word?.zh ?? type.unit, en: word?.en ?? type.unit }
    return { unit: type.unit }
  }

  function factType(type: Type): FactType {
    if (type.kind !== 'records') return scalarType(type)
    const fields = type.fields.map(({ name, type: inner, defaultValue }) => ({
      name,
      type: scalarType(inner),
      ...(defaultValue === undefined ? {} : { default: defaultValue }),
    }))
    return { kind: 'records', periods: type.periods, limit: type.limit, fields }
  }

  function scalarType(type: Type): Exclude<FactType, { kind: 'records' }> {
    switch (type.kind) {
      case 'number':
        return { kind: 'number', ...numeric(type), ...unitOf(type) }
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
      case 'records':
      case 'error':
        throw new Error('a policy with errors is not lowered')
    }
  }

  function presence({ onlyFor, inForce }: Presence) {
    const days = inForce && { ...(inForce.from === undefined ? {} : { from: inForce.from }), ...(inForce.to === undefined ? {} : { to: inForce.to }) }
    return { ...(onlyFor ? { onlyFor: [...onlyFor] } : {}), ...(days ? { inForce: days } : {}) }
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
        return { op: 'definition', id, definition: node.definition.id }
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
      case 'make-date':
        return { op: 'make-date', id, year: expression(node.year), month: expression(node.month), day: expression(node.day) }
      case 'parameter':
        return { op: 'parameter', id, parameter: node.parameter.name, ...(node.on ? { on: expression(node.on) } : {}) }
      case 'field':
        return { op: 'field', id, field: node.field.name }
      case 'last':
        return { op: 'last', id, set: expression(node.set), months: node.months, days: node.days, day: expression(node.day), ...dateOf(node) }
      case 'last-years':
        return { op: 'last-years', id, set: expression(node.set), years: node.years, day: expression(node.day), ...dateOf(node) }
      case 'between':
        return { op: 'between', id, set: expression(node.set), from: expression(node.from), to: expression(node.to), ...dateOf(node) }
      case 'without':
        return { op: 'without', id, set: expression(node.set), other: expression(node.other), ...dateOf(node) }
      case 'unbroken': {
        const { gapMonths, gapDays, counted } = node
        return { op: 'unbroken', id, set: expression(node.set), to: expression(node.to), gapMonths, gapDays, counted }
      }
      case 'where':
        return { op: 'where', id, set: expression(node.set), condition: expression(node.condition) }
      case 'any':
        return { op: 'any', id, set: expression(node.set) }
      case 'count':
      case 'months-covered':
        return { op: node.op, id, ...range, set: expression(node.set) }
      case 'total-of':
        return { op: 'total-of', id, ...range, set: expression(node.set), value: expression(node.value) }
      case 'greatest':
      case 'least':
        return { op: node.op, id, ...range, set: expression(node.set), value: expression(node.value), empty: expression(node.empty) }
      case 'earliest':
      case 'latest':
        return { op: node.op, id, set: expression(node.set), value: expression(node.value), empty: expression(node.empty) }
      case 'partner':
        return { op: 'partner', id, value: expression(node.value), otherwise: expression(node.otherwise) }
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

const dateOf = ({ field }: { readonly field: string | undefined }) => (field === undefined ? {} : { field })

/** What a row says, its clauses left out; of a block or a list with braces the head alone. */
function headOf({ node }: TypedRow): Span {
  const last = node.awards.at(-1)
  const end = last?.span.end ?? node.span.end
  const inner = last?.kind === 'each' ? last.body.awards[0] : last
  if (inner?.kind === 'block' && inner.rows && inner.rows.length > 0) {
    const start = inner.clauses.at(-1)?.span.end ?? inner.mode?.span.end ?? inner.span.start
    return { start: node.span.start, end: Math.max(start, node.span.start + 1) }
  }
  return { start: node.span.start, end }
}

/** The cases of a text. */
export function lowerCases(cases: readonly TypedTestCase[], text: string): readonly TestCase[] {
  const position = positions(text)
  return cases.map(({ node, scenario, dates, facts, people, quota, expected }): TestCase => {
    const { span } = node.title
    const { state, until, lowest, highest, awaiting, places, admitted, figures } = expected
    return {
      title: node.title.text,
      ...(scenario === undefined ? {} : { scenario }),
      dates: { ...dates },
      facts: { ...facts },
      ...(people ? { people: people.map((person) => ({ ...person })) } : {}),
      ...(quota === undefined ? {} : { quota }),
      ...(node.seed ? { seed: node.seed.text } : {}),
      expected: {
        ...(state === undefined ? {} : { state }),
        ...(until === undefined ? {} : { until }),
        ...(lowest === undefined ? {} : { lowest }),
        ...(highest === undefined ? {} : { highest }),
        ...(awaiting === undefined ? {} : { awaiting: [...awaiting] }),
        ...(places === undefined ? {} : { places: { ...places } }),
        ...(admitted === undefined ? {} : { admitted: [...admitted] }),
        figures: { ...figures },
      },
      place: { source: 0, start: span.start, end: span.end, ...position(span.start) },
    }
  })
}
