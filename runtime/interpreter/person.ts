// One applicant while being evaluated: facts and days, and what was already worked out.

import { type CalendarDate, parseDate } from '../exact/date.ts'
import type { Facts, RecordValue } from '../facts.ts'
import type { Definition, Expression, Fact, Item, Parameter, Policy, Row, Scenario, Total } from '../ir/schema.ts'
import type { ItemTrace, TotalTrace } from '../outcome.ts'
import type { Problem } from '../problems.ts'
import type { Value } from './value.ts'

export interface Index {
  readonly facts: ReadonlyMap<string, Fact>
  readonly definitions: ReadonlyMap<string, Definition>
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly items: ReadonlyMap<string, Item>
  /** All of them, those in blocks and lists included. */
  readonly rows: ReadonlyMap<string, Row>
  readonly totals: ReadonlyMap<string, Total>
  readonly scenarios: ReadonlyMap<string, Scenario>
}

export interface Person {
  readonly policy: Policy
  readonly index: Index
  readonly scenario: Scenario | undefined
  readonly facts: Facts
  /** Days that the run or the scenario names. */
  readonly dates: ReadonlyMap<string, CalendarDate>
  /** Days that come from facts, until they are evaluated. */
  readonly ownDates: ReadonlyMap<string, Expression>
  /** Definitions already evaluated. */
  readonly memo: Map<string, Value>
  /** The record at hand, with the definitions evaluated for it. */
  readonly record: { readonly fields: RecordValue; readonly memo: Map<string, Value> } | undefined
  readonly items: Map<string, ItemTrace>
  readonly totals: Map<string, TotalTrace>
  /** What cannot be right about the applicant's data and shows only while evaluating. */
  readonly problems: Problem[]
  /** Of the other member of the household; absent when there is none or it is not valid. */
  partner: Person | undefined
  /** Work out an item or total on demand. */
  item(id: string): ItemTrace
  total(id: string): TotalTrace
}

const indices = new WeakMap<Policy, Index>()

export function indexOf(policy: Policy): Index {
  const known = indices.get(policy)
  if (known) return known
  const items = new Map<string, Item>()
  const visit = (item: Item): void => {
    items.set(item.id, item)
    if (item.kind === 'group') item.children.forEach(visit)
    else item.rows.forEach(visitRow)
  }
  const rows = new Map<string, Row>()
  const visitRow = (row: Row): void => {
    rows.set(row.id, row)
    for (const award of row.awards) {
      if (award.kind === 'block') award.rows.forEach(visitRow)
      if (award.kind === 'each') visitRow(award.body)
    }
  }
  policy.items.forEach(visit)
  const byId = <T extends { readonly id: string }>(list: readonly T[]) => new Map(list.map((entry) => [entry.id, entry]))
  const index = {
    facts: byId(policy.facts),
    definitions: byId(policy.definitions),
    parameters: byId(policy.parameters),
    items,
    rows,
    totals: byId(policy.totals),
    scenarios: byId(policy.scenarios),
  }
  indices.set(policy, index)
  return index
}

export const withRecord = (person: Person, fields: RecordValue): Person => ({ ...person, record: { fields, memo: new Map() } })

/** The day on which the policy is applied. */
export function mainDate(person: Person): CalendarDate | undefined {
  return person.dates.get(person.policy.referenceDates[0] ?? '')
}

/** Whether something has a part in this scenario on this main date. */
export function isPresent(
  person: Person,
  {
    onlyFor,
    inForce,
  }: { readonly onlyFor?: readonly string[] | undefined; readonly inForce?: { from?: string | undefined; to?: string | undefined } | undefined },
): boolean {
  if (onlyFor && !(person.scenario && onlyFor.includes(person.scenario.id))) return false
  const day = mainDate(person)
  if (!inForce || day === undefined) return true
  const from = inForce.from === undefined ? undefined : parseDate(inForce.from)
  const to = inForce.to === undefined ? undefined : parseDate(inForce.to)
  return (from === undefined || day >= from) && (to === undefined || day <= to)
}
