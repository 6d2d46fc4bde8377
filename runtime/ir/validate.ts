// What a compiled policy must be beyond its schema, so that whatever runs it can rely on it: ids are of one thing each, whatever is
// named is there, bounds hold, and everything can be worked out in some order.

import { compare, decimal } from '../exact/number.ts'
import { leavesOf, type Reference } from './fields.ts'
import { figuresOf } from './figures.ts'
import { policyHashOf } from './hash.ts'
import { deadlineId, definitionId, factId, itemId, parameterId, scenarioId, totalId } from './ids.ts'
import { periodEnd, periodStart } from './names.ts'
import { operations, partsOf } from './operations.ts'
import type { Expression, Policy, Row, Scenario } from './schema.ts'
import {
  expressionsOf,
  expressionsOfDefinition,
  expressionsOfItem,
  expressionsOfRow,
  expressionsOfScenario,
  expressionsOfState,
  itemsOf,
  rowsOf,
  visit,
} from './walk.ts'

export interface Flaw {
  readonly kind: 'repeated-id' | 'wrong-id' | 'not-declared' | 'bounds' | 'circle' | 'no-label' | 'no-source' | 'hash'
  /** The id or name that it is about. */
  readonly at: string
}

/** In the order of the policy; none for what the compiler made. */
export function flawsOf(policy: Policy): readonly Flaw[] {
  return [...idFlaws(policy), ...referenceFlaws(policy), ...boundFlaws(policy), ...circles(policy), ...tableFlaws(policy), ...hashFlaws(policy)]
}

const everyExpression = (policy: Policy): readonly Expression[] => [
  ...expressionsOf(policy),
  ...policy.scenarios.flatMap((scenario) => expressionsOfScenario(scenario, true)),
]

// ---- ids ---------------------------------------------------------------------------------------------------------------

function idFlaws(policy: Policy): readonly Flaw[] {
  const items = itemsOf(policy.items)
  const ids = [
    ...policy.facts.map(({ name }) => factId(name)),
    ...policy.parameters.map(({ name }) => parameterId(name)),
    ...[...policy.definitions, ...items, ...items.flatMap(rowsOf), ...policy.totals, ...policy.states, ...policy.deadlines].map(({ id }) => id),
    ...policy.scenarios.flatMap(({ name, states, keys }) => [scenarioId(name), ...[...states, ...keys].map(({ id }) => id)]),
    ...figuresOf(policy).map(({ id }) => id),
  ]
  const seen = new Set<string>()
  const repeated = ids.filter((id) => seen.size === seen.add(id).size).map((at): Flaw => ({ kind: 'repeated-id', at }))
  const wrong = [
    ...items.filter(({ id, path }) => id !== itemId(path)),
    ...policy.totals.filter(({ id, name }) => id !== totalId(name)),
    ...policy.deadlines.filter(({ id, name }) => id !== deadlineId(name)),
    ...policy.definitions.filter(({ id, name, within }) => id.replace(/\*\d+$/u, '') !== definitionId(name, within)),
  ]
  return [...repeated, ...wrong.map(({ id: at }): Flaw => ({ kind: 'wrong-id', at }))]
}

// ---- what is named -----------------------------------------------------------------------------------------------------

function referenceFlaws(policy: Policy): readonly Flaw[] {
  const names = namesIn(policy)
  const known = declared(policy)
  return names.filter(([kind, name]) => !known[kind].has(name)).map(([, at]): Flaw => ({ kind: 'not-declared', at }))
}

type Kind = Reference | 'scenario' | 'day'

const references: readonly Reference[] = ['fact', 'parameter', 'definition', 'item', 'total', 'field']

function declared(policy: Policy): Readonly<Record<Kind, ReadonlySet<string>>> {
  const fields = policy.facts.flatMap(({ type }) => (type.kind === 'records' ? type.fields.map(({ name }) => name) : []))
  return {
    fact: new Set(policy.facts.map(({ name }) => name)),
    parameter: new Set(policy.parameters.map(({ name }) => name)),
    definition: new Set(policy.definitions.map(({ id }) => id)),
    item: new Set(itemsOf(policy.items).map(({ id }) => id)),
    total: new Set(policy.totals.map(({ id }) => id)),
    scenario: new Set(policy.scenarios.map(({ name }) => name)),
    day: new Set(policy.referenceDates),
    field: new Set([...fields, periodStart, periodEnd]),
  }
}

function namesIn(policy: Policy): readonly (readonly [Kind, string])[] {
  const found: [Kind, string][] = []
  const add = (kind: Kind, ...names: readonly (string | undefined)[]) => {
    for (const name of names) if (name !== undefined) found.push([kind, name])
  }
  for (const node of everyExpression(policy))
    visit(node, (part) => {
      if (part.op === 'reference-date') add('day', part.name)
      for (const kind of references) add(kind, ...(leavesOf(operations[part.op].fields, part, kind) as readonly string[]))
      if (part.op === 'last' || part.op === 'last-years' || part.op === 'between' || part.op === 'without') add('field', part.field)
      return true
    })
  for (const { notAfter, household } of policy.facts) {
    add('day', notAfter)
    add('fact', household)
  }
  for (const item of itemsOf(policy.items)) for (const { onlyFor } of [item, ...rowsOf(item)]) add('scenario', ...(onlyFor ?? []))
  add('item', ...policy.definitions.map(({ within }) => within))
  add('day', ...policy.ownDates.map(({ name }) => name))
  for (const scenario of policy.scenarios) {
    add('total', scenario.total === totalId('') ? undefined : scenario.total)
    add('day', ...scenario.dates.map(({ name }) => name))
    add('fact', ...factsOfScenario(scenario))
    add('item', scenario.price?.item, ...(scenario.household?.added?.except ?? []))
  }
  return found
}

const factsOfScenario = ({ quota, secondRound, household }: Scenario): readonly (string | undefined)[] => [
  quota?.by,
  secondRound?.limit?.by,
  household?.key,
  household?.added?.to,
]

// ---- bounds ------------------------------------------------------------------------------------------------------------

interface Bounded {
  readonly low: string
  readonly high: string
}

function boundFlaws(policy: Policy): readonly Flaw[] {
  const isTurned = ({ low, high }: Bounded): boolean => compare(decimal(low), decimal(high)) > 0
  const items = itemsOf(policy.items)
  const types = policy.facts.flatMap(({ name, type }) =>
    (type.kind === 'records' ? type.fields.map((field) => field.type) : [type]).map((one) => ({ at: factId(name), type: one })),
  )
  const expressions = everyExpression(policy)
  return [
    ...types.flatMap(({ at, type }) => ((type.kind === 'number' && isTurned(type)) || (type.kind === 'date' && type.low > type.high) ? [at] : [])),
    ...[...items, ...policy.totals].flatMap((figure) => (isTurned(figure) ? [figure.id] : [])),
    ...policy.parameters.flatMap((parameter) => (isTurned(parameter) ? [parameterId(parameter.name)] : [])),
    ...items.flatMap(rowsOf).flatMap((row) => (awardsOf(row).some(isTurned) ? [row.id] : [])),
    ...expressions.flatMap((node) =>
      partsWithin(node).flatMap((part) => ('low' in part && typeof part.low === 'string' && isTurned(part as Bounded) ? [part.op] : [])),
    ),
  ].map((at): Flaw => ({ kind: 'bounds', at }))
}

const awardsOf = ({ awards }: Row): readonly Bounded[] => awards.flatMap((award) => ('low' in award ? [award] : []))

const partsWithin = (node: Expression): readonly Expression[] => [node, ...partsOf(node).flatMap(partsWithin)]

// ---- an order in which all can be worked out -----------------------------------------------------------------------------

function circles(policy: Policy): readonly Flaw[] {
  const needs = new Map<string, readonly string[]>()
  const needed = (nodes: readonly Expression[]): readonly string[] => {
    const found: string[] = []
    for (const node of nodes)
      visit(node, (part) => {
        if (part.op === 'definition') found.push(part.definition)
        if (part.op === 'item') found.push(part.item)
        if (part.op === 'total') found.push(part.total)
        return true
      })
    return found
  }
  for (const definition of policy.definitions) needs.set(definition.id, needed(expressionsOfDefinition(definition)))
  for (const item of itemsOf(policy.items)) {
    const inside = item.kind === 'group' ? item.children.map(({ id }) => id) : []
    needs.set(item.id, [...inside, ...needed([...expressionsOfItem(item), ...rowsOf(item).flatMap(expressionsOfRow)])])
  }
  for (const { id, value, min, max } of policy.totals) needs.set(id, needed([value, min, max].filter((part) => part !== undefined)))
  for (const rule of [...policy.states, ...policy.scenarios.flatMap(({ states }) => states)]) needs.set(rule.id, needed(expressionsOfState(rule)))
  const done = new Set<string>()
  const open = new Set<string>()
  const leadsBack = (id: string): boolean => {
    if (open.has(id)) return true
    if (done.has(id)) return false
    open.add(id)
    const found = (needs.get(id) ?? []).some(leadsBack)
    open.delete(id)
    done.add(id)
    return found
  }
  const inCircles = [...needs.keys()].filter(leadsBack)
  const place = new Map(policy.definitions.map(({ id }, i) => [id, i]))
  const early = policy.definitions.filter(({ id }, i) => (needs.get(id) ?? []).some((other) => (place.get(other) ?? -1) > i))
  return [...inCircles, ...early.map(({ id }) => id).filter((id) => !inCircles.includes(id))].map((at): Flaw => ({ kind: 'circle', at }))
}

// ---- side tables and the hash ------------------------------------------------------------------------------------------

function tableFlaws(policy: Policy): readonly Flaw[] {
  const { places, labels, sources } = policy
  const expressions = everyExpression(policy)
  const named = [
    ...itemsOf(policy.items).flatMap((item) => rowsOf(item).map(({ id }) => id)),
    ...expressions.flatMap((node) => partsWithin(node).flatMap(({ label }) => label ?? [])),
  ]
  return [
    ...named.filter((id) => !Object.hasOwn(labels, id)).map((at): Flaw => ({ kind: 'no-label', at })),
    ...Object.entries(places)
      .filter(([, { source }]) => source >= sources.length)
      .map(([at]): Flaw => ({ kind: 'no-source', at })),
  ]
}

const hashFlaws = (policy: Policy): readonly Flaw[] => (policyHashOf(policy) === policy.policyHash ? [] : [{ kind: 'hash', at: policy.policyHash }])
