// The reference interpreter: compiled policy + reference dates + facts → outcome. It is the meaning of the language; every
// other engine must agree with it to the last digit.

import { type CalendarDate, formatDate, parseDate } from './exact/date.ts'
import { addIntervals, type Interval, multiplyIntervals, negateInterval, pointInterval } from './exact/interval.ts'
import { divide, larger, one, round, smaller } from './exact/number.ts'
import type { Facts } from './facts.ts'
import { evaluate, numbersOf } from './interpreter/evaluate.ts'
import { bounded, isOpen } from './interpreter/figures.ts'
import { evaluateItem } from './interpreter/items.ts'
import type { Person } from './interpreter/person.ts'
import { showField } from './interpreter/show.ts'
import { evaluateStates, strongest } from './interpreter/states.ts'
import type { Expression, Item, Parameter, Policy, Scenario, Total } from './ir/schema.ts'
import { isForSomeUses } from './ir/walk.ts'
import type { Figure, ItemTrace, Outcome, RowTrace, Step, TotalTrace } from './outcome.ts'
import { indexOf } from './policy-index.ts'
import type { Problem } from './problems.ts'

/** Reference dates by name, in the form 2025-03-01. */
export type ReferenceDates = Readonly<Record<string, string>>

/** What an outcome is wanted for. */
export interface Use {
  /** Id of the scenario; without one, items for certain scenarios only are absent. */
  readonly scenario?: string | undefined
}

/**
 * Scores one applicant.
 * @param dates a day for every reference date of the run
 * @throws when a reference date is missing or is no date; callers check the run with `checkRun` first
 */
export function interpret(policy: Policy, dates: ReferenceDates, facts: Facts, use: Use = {}): Outcome {
  return outcomeOf(openPerson(policy, dates, facts, use))
}

/** An applicant of whom nothing has been worked out yet. */
export function openPerson(policy: Policy, dates: ReferenceDates, facts: Facts, use: Use = {}): Person {
  const index = indexOf(policy)
  const scenario = use.scenario === undefined ? undefined : index.scenarios.get(use.scenario)
  const own = new Map([...policy.ownDates, ...(scenario?.dates ?? [])].map(({ name, value }) => [name, value]))
  const person: Person = {
    policy,
    index,
    scenario,
    facts,
    dates: readDates(policy, dates, own),
    ownDates: own,
    memo: new Map(),
    record: undefined,
    items: new Map(),
    totals: new Map(),
    problems: [],
    partner: undefined,
    item: (id) => onDemand(person.items, id, () => evaluateItem(person, needed(index.items.get(id), id))),
    total: (id) => onDemand(person.totals, id, () => evaluateTotal(person, needed(index.totals.get(id), id))),
  }
  for (const { name, notAfter } of policy.facts) {
    const day = notAfter === undefined ? undefined : evaluate(person, { op: 'reference-date', id: '', name: notAfter })
    const value = facts.get(name)
    if (day?.kind === 'date' && value?.kind === 'date' && value.value > day.value)
      person.problems.push({ code: 'after-day', column: name, value: formatDate(value.value), data: { day: notAfter ?? '', date: formatDate(day.value) } })
  }
  return person
}

/** What the definitions of the policy came to for an applicant, in words; lists and what is worked out for each record are left out. */
export function definitionsOf(
  policy: Policy,
  dates: ReferenceDates,
  facts: Facts,
  use: Use = {},
): readonly { readonly name: string; readonly value: string | undefined }[] {
  const person = openPerson(policy, dates, facts, use)
  const own = policy.definitions.filter(({ id, name, perRecord, type }) => id === `= ${name}` && !perRecord && type.kind !== 'records')
  return own.map(({ id, name, type }) => {
    const value = evaluate(person, { op: 'definition', id: '', definition: id })
    const unit = type.kind === 'number' && type.unit !== undefined ? (policy.units[type.unit]?.zh ?? '') : ''
    return { name, value: value.kind === 'unknown' || value.kind === 'records' ? undefined : `${showField(value, type)}${unit}` }
  })
}

function onDemand<T>(done: Map<string, T>, id: string, work: () => T): T {
  const known = done.get(id)
  if (known !== undefined) return known
  const fresh = work()
  done.set(id, fresh)
  return fresh
}

function needed<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new Error(`the policy has no ${id}`)
  return value
}

/** Works out everything about a person. */
export function outcomeOf(person: Person): Outcome {
  const { policy, scenario } = person
  const items = policy.items.map((item) => person.item(item.id))
  const totals = policy.totals.map((total) => person.total(total.id))
  const states = evaluateStates(person, [...policy.states, ...(scenario?.states ?? [])])
  const { state, until } = strongest(states)
  const open = new Set([...items, ...totals, ...states].flatMap(({ awaiting }) => awaiting))
  return {
    state,
    until,
    states,
    scenario: scenario?.id,
    totals,
    items,
    awaiting: policy.facts.map(({ name }) => name).filter((name) => open.has(name)),
    ...sourcesOf(policy, scenario, items),
  }
}

/** Names of reference dates that the run has to give and that `dates` lacks or that are no dates. */
export function checkDates(policy: Policy, dates: ReferenceDates, use: Use = {}): readonly string[] {
  return runDates(policy, use).filter((name) => parseDate(dates[name] ?? '') === undefined)
}

/** The reference dates that a run has to name: not those that come from facts or that the scenario sets. */
export function runDates(policy: Policy, use: Use = {}): readonly string[] {
  const scenario = policy.scenarios.find(({ id }) => id === use.scenario)
  const own = new Set([...policy.ownDates, ...(scenario?.dates ?? [])].map(({ name }) => name))
  return policy.referenceDates.filter((name) => !own.has(name))
}

/** A policy with several totals, or with parts for some uses only, is never scored without a use. */
export const needsScenario = (policy: Policy): boolean => policy.scenarios.length > 0 && (policy.totals.length > 1 || isForSomeUses(policy.items))

/**
 * What is wrong with the days of a run before anybody is scored: a taken-in policy that is not in force on the main date, or a
 * parameter without a value on a day that the run names.
 */
export function checkRun(policy: Policy, dates: ReferenceDates, use: Use = {}): readonly Problem[] {
  if (checkDates(policy, dates, use).length > 0) return []
  const main = dates[policy.referenceDates[0] ?? '']
  const problems: Problem[] = []
  for (const { name, number, inForce } of policy.imports) {
    if (main === undefined || !inForce || (main >= inForce.from && (inForce.to === undefined || main <= inForce.to))) continue
    problems.push({ code: 'not-in-force', column: name, value: main, data: { number: number ?? '', from: inForce.from, to: inForce.to ?? '…' } })
  }
  const nobody = openPerson(policy, dates, new Map(), use)
  const scenario = nobody.scenario
  for (const { parameter, on } of parameterCalls({ ...policy, scenarios: scenario ? [scenario] : [] }))
    evaluate(nobody, { op: 'parameter', id: '', parameter, on })
  return [...problems, ...distinct(nobody.problems)]
}

const distinct = (problems: readonly Problem[]): readonly Problem[] => [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]

/** Every call of a dated parameter on a day that does not depend on a record. */
function parameterCalls(node: unknown): readonly { parameter: Parameter['id']; on: Expression }[] {
  if (Array.isArray(node)) return node.flatMap(parameterCalls)
  if (typeof node !== 'object' || node === null) return []
  const own =
    'op' in node && node.op === 'parameter' && 'on' in node && node.on && !dependsOnRecord(node.on)
      ? [node as unknown as { parameter: string; on: Expression }]
      : []
  return [...own, ...Object.values(node).flatMap(parameterCalls)]
}

function dependsOnRecord(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(dependsOnRecord)
  if (typeof node !== 'object' || node === null) return false
  if ('op' in node && (node.op === 'field' || node.op === 'definition' || node.op === 'fact')) return true
  return Object.values(node).some(dependsOnRecord)
}

function readDates(policy: Policy, dates: ReferenceDates, own: ReadonlyMap<string, Expression>): ReadonlyMap<string, CalendarDate> {
  return new Map(
    policy.referenceDates
      .filter((name) => !own.has(name))
      .map((name) => {
        const date = parseDate(dates[name] ?? '')
        if (date === undefined) throw new Error(`the reference date ${name} is missing`)
        return [name, date]
      }),
  )
}

function evaluateTotal(person: Person, total: Total): TotalTrace {
  const waiting = new Set<string>()
  // Proven is what the formula surely gives on the proven figures; the bounds are the formula's on the bounds.
  const proven = provenOf(person, total.value, waiting).low
  const range = combine(person, total.value, boundsOf, waiting)
  const inside: Figure = { proven, lowest: range.low, highest: range.high }
  const { figure, limited, waiting: more } = bounded(person, inside, total)
  const awaiting = isOpen(figure) ? [...waiting, ...more] : []
  return { total: total.id, name: total.name, inside, figure, limited, awaiting }
}

/** A formula on what is proven of items and totals; open facts in it are noted in `waiting`. */
export function provenOf(person: Person, node: Expression, waiting: Set<string>): Interval {
  return combine(person, node, ({ proven }) => pointInterval(proven), waiting)
}

const boundsOf = ({ lowest, highest }: Figure): Interval => ({ low: lowest, high: highest })

/** A total's formula by interval arithmetic; facts in it that are not known are noted in `waiting`. */
function combine(person: Person, node: Expression, figure: (figure: Figure) => Interval, waiting: Set<string>): Interval {
  const part = (inner: Expression) => combine(person, inner, figure, waiting)
  switch (node.op) {
    case 'item': {
      const trace = person.item(node.item)
      for (const name of trace.awaiting) waiting.add(name)
      return figure(trace.figure)
    }
    case 'total': {
      const trace = person.total(node.total)
      for (const name of trace.awaiting) waiting.add(name)
      return figure(trace.figure)
    }
    case 'partner':
      return person.partner ? combine(person.partner, node.value, figure, waiting) : combine(person, node.otherwise, figure, waiting)
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
function sourcesOf(policy: Policy, scenario: Scenario | undefined, traces: readonly ItemTrace[]): Pick<Outcome, 'unsourced' | 'readings'> {
  const unsourced: { where: string; reason: string }[] = []
  const readings: { where: string; text: string; cites: string | undefined }[] = []
  const used = new Set<string>()
  const index = (trace: ItemTrace): void => {
    for (const row of trace.rows) markUsed(row, used)
    trace.children.forEach(index)
    if (!trace.absent && (trace.limited === 'min' || trace.rows.some(({ row }) => used.has(row)) || trace.children.some(({ item }) => used.has(item)))) {
      used.add(trace.item)
    }
  }
  traces.forEach(index)

  const add = (where: string, node: { unsourced: readonly string[]; readings: readonly { text: string; cites?: string | undefined }[] }) => {
    for (const reason of node.unsourced) unsourced.push({ where, reason })
    for (const { text, cites } of node.readings) readings.push({ where, text, cites })
  }
  const addRows = (where: string, node: unknown): void => {
    if (Array.isArray(node)) for (const entry of node) addRows(where, entry)
    else if (typeof node === 'object' && node !== null && !('op' in node)) {
      const row = node as Partial<Extract<Item, { kind: 'indicator' }>['rows'][number]>
      if (row.guard !== undefined && row.id !== undefined && used.has(row.id)) add(where, row as { unsourced: string[]; readings: { text: string }[] })
      for (const value of Object.values(node)) addRows(where, value)
    }
  }
  const visit = (item: Item): void => {
    if (!used.has(item.id)) return
    add(item.path.join('.'), item)
    if (item.kind === 'group') item.children.forEach(visit)
    else addRows(item.path.join('.'), item.rows)
  }
  policy.items.forEach(visit)
  for (const total of policy.totals) add(total.name, total)
  const parameters = parametersOf(policy, scenario)
  for (const parameter of policy.parameters) if (parameters.has(parameter.name)) add(parameter.name, parameter)
  // A rule that does not hold was used too: it let the applicant pass.
  for (const rule of [...policy.states, ...(scenario?.states ?? [])]) add('', rule)
  if (scenario) add(scenario.name, scenario)
  for (const { text, cites } of policy.readings) readings.push({ where: '', text, cites })
  return { unsourced, readings }
}

const usedParameters = new WeakMap<Policy, Map<string, Set<string>>>()

/** The parameters that the policy uses outside its scenarios, and in this one. */
function parametersOf(policy: Policy, scenario: Scenario | undefined): ReadonlySet<string> {
  const known = usedParameters.get(policy) ?? new Map<string, Set<string>>()
  usedParameters.set(policy, known)
  return onDemand(known, scenario?.id ?? '', () => {
    const names = new Set<string>()
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      if ('op' in node && node.op === 'parameter' && 'parameter' in node) names.add(String(node.parameter))
      Object.values(node).forEach(visit)
    }
    visit({ ...policy, scenarios: scenario ? [scenario] : [], parameters: [] })
    return names
  })
}

/** A row that had a part, and the rows inside it. */
function markUsed(row: RowTrace, used: Set<string>) {
  if (row.status === 'not-matched') return
  used.add(row.row)
  const inside = (step: Step): readonly RowTrace[] => (step.kind === 'block' ? step.rows : step.kind === 'each' ? step.records.flatMap(({ rows }) => rows) : [])
  for (const nested of row.steps.flatMap(inside)) markUsed(nested, used)
}
