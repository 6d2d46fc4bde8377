// Typed policy → the compiled form: plain JSON with ids, labels in both surfaces, and places in a side table. Decides
// nothing; what could be wrong was said by checking.

import { formatDecimal } from '../../runtime/exact/number.ts'
import type { TestCase } from '../../runtime/ir/cases.ts'
import { figuresOf } from '../../runtime/ir/figures.ts'
import { policyHashOf, type Unhashed } from '../../runtime/ir/hash.ts'
import { identified } from '../../runtime/ir/identity.ts'
import { deadlineId, factId, itemId, parameterId, scenarioId, totalId } from '../../runtime/ir/ids.ts'
import type { Expression, Policy, Scenario, StateRule } from '../../runtime/ir/schema.ts'
import { formatVersion } from '../../runtime/ir/version.ts'
import type * as Ast from '../ast.ts'
import { sourcedBy } from '../check/clauses.ts'
import type { FactSymbol, Typed, TypedPolicy, TypedScenario, TypedState } from '../typed.ts'
import { lowerCases } from './cases.ts'
import { loweringOf, numeric } from './expressions.ts'
import { itemLowering, sourced } from './items.ts'
import { type Marks, marksFor, type Source } from './marks.ts'

export interface Lowered {
  readonly policy: Policy
  readonly cases: readonly TestCase[]
}

/** @param sources the policy's own text first, then those of the policies that it takes in */
export function lower(typed: TypedPolicy, sources: readonly Source[], imports: Policy['imports']): Lowered {
  const marks = marksFor(sources)
  const { note, fresh, label, within, cited } = marks
  const lowering = loweringOf(marks)
  const { expression, factType, unitOf, bounds } = lowering
  const item = itemLowering(marks, lowering)

  const facts = typed.facts.map((fact) =>
    within(fact.source, () => {
      note(factId(fact.name), fact.node.name.span)
      return {
        name: fact.name,
        type: factType(fact.type),
        ...sourceOf(fact),
        ...(fact.notAfter === undefined ? {} : { notAfter: fact.notAfter }),
        ...(fact.defaultValue === undefined ? {} : { default: fact.defaultValue }),
        defaultKey: fact.defaultKey,
        required: fact.required,
        unique: fact.unique,
        ...(fact.household === undefined ? {} : { household: fact.household }),
      }
    }),
  )
  const parameters = typed.parameters.map((parameter) =>
    within(parameter.source, () => {
      note(parameterId(parameter.name), parameter.node.name.span)
      return {
        name: parameter.name,
        ...numeric(parameter.type),
        ...unitOf(parameter.type),
        values: parameter.values.map(({ from, to, value }) => ({
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
          value: formatDecimal(value),
        })),
        ...sourced(parameter, cited),
      }
    }),
  )
  const definitions = typed.definitions.map((definition) =>
    within(definition.source, () => ({
      id: note(definition.id, definition.node.name.span),
      name: definition.name,
      ...(definition.within === undefined ? {} : { within: definition.within }),
      type: factType(definition.type),
      perRecord: definition.perRecord,
      cases: definition.cases.map(({ when, value }) => {
        const given = expression(value)
        return {
          ...(when ? { when: labelled(when, expression(when)) } : {}),
          value: value.type.kind === 'yesno' ? labelled(value, given) : given,
        }
      }),
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
    id: note(deadlineId(deadline.node.name.text), deadline.node.span),
    name: deadline.node.name.text,
    from: deadline.node.from.text,
    ahead: deadline.node.ahead,
    bound: deadline.node.bound,
    amount: deadline.amount,
    unit: deadline.unit,
    ...(deadline.extension ? { extension: deadline.extension } : {}),
    ...sourced(deadline),
  }))
  for (const { node } of typed.deadlines) label(deadlineId(node.name.text), { start: node.from.span.start, end: (node.extension ?? node.amount).span.end })

  const members = typed.node.members
  const header = (kind: 'number' | 'text' | 'replaces') => {
    const member = members.find((candidate) => candidate.kind === kind)
    return member?.kind === kind ? { [kind]: member.text.text } : {}
  }
  const inForce = members.find((member) => member.kind === 'in-force')
  const draft: Unhashed = {
    format: 'heng',
    version: formatVersion,
    name: typed.node.name.text,
    ...header('number'),
    ...header('text'),
    ...header('replaces'),
    ...(inForce ? { inForce: { from: inForce.from.value, ...(inForce.to ? { to: inForce.to.value } : {}), ...saidBy(inForce.clauses) } } : {}),
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
    places: marks.places,
    labels: marks.labels,
    units: marks.units,
  }
  return { policy: finished(draft, marks), cases: lowerCases(typed.cases, sources[0]?.text ?? '') }

  function state(symbol: TypedState): StateRule {
    const { node, kind, called, when, each } = symbol
    const id = note(fresh(), node.span)
    const end = node.condition?.span.end ?? node.each?.amount.span.end ?? node.span.end
    label(id, { start: node.span.start, end })
    const parts = when && labelled(when, expression(when))
    const condition = when && parts && (parts.label === undefined ? { ...parts, label: labelOf(when) } : parts)
    return {
      id,
      kind,
      ...(called === undefined ? {} : { called }),
      ...(condition ? { when: condition } : {}),
      ...(each ? { each: { list: expression(each.list), from: expression(each.from), months: each.months, days: each.days } } : {}),
      ...sourced(symbol),
    }
  }

  /** The parts of a condition have words of their own, by which a receipt says which of them decided. */
  function labelled(typed: Typed, lowered: Expression): Expression {
    if ((typed.op === 'and' || typed.op === 'or') && lowered.op === typed.op)
      return { ...lowered, operands: lowered.operands.map((part, i) => labelled(typed.operands[i] ?? typed, part)) }
    if (typed.op === 'not' && lowered.op === 'not' && (typed.operand.op === 'and' || typed.operand.op === 'or'))
      return { ...lowered, operand: labelled(typed.operand, lowered.operand) }
    return { ...lowered, label: labelOf(typed) }
  }

  function labelOf({ span }: Typed): string {
    const id = fresh()
    label(id, span)
    return id
  }

  function scenario(symbol: TypedScenario): Scenario {
    const { name, node, quota, secondRound, household, price } = symbol
    note(scenarioId(name), node.name.span)
    return {
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
              ...(household.added
                ? { added: { to: household.added.to.name, order: household.added.order, except: household.added.except.map(({ path }) => itemId(path)) } }
                : {}),
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
      ...(symbol.results ? { results: symbol.results } : {}),
      ...(price ? { price: { item: itemId(price.item.path), amount: formatDecimal(price.amount) } } : {}),
      ...sourced(symbol),
    }
  }
}

/** Rows, rules and keys get their ids, figures their places, and the whole its hash. */
function finished(draft: Unhashed, { written }: Marks): Policy {
  const named = identified(draft)
  const places = { ...named.places }
  for (const { id, node } of figuresOf(named)) {
    const place = node && written.get(node)
    if (place) places[id] = place
  }
  const { sources, labels, units, ...rules } = named
  return { ...rules, policyHash: policyHashOf(named), sources, places, labels, units }
}

function sourceOf({ node }: FactSymbol) {
  const source = node.clauses.find((clause) => clause.kind === 'source')
  const auditor = node.clauses.find((clause) => clause.kind === 'audited-by')
  return { ...(source ? { source: source.text.text } : {}), ...(auditor ? { auditedBy: auditor.text.text } : {}) }
}

/** 待核 and 解释 of the head of a policy. */
export function saidBy(clauses: readonly Ast.SourceClause[]) {
  const { unsourced, readings } = sourced(sourcedBy(clauses))
  return { ...(unsourced.length > 0 ? { unsourced } : {}), ...(readings.length > 0 ? { readings } : {}) }
}
