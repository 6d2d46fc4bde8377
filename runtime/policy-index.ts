// A compiled policy by ids and names: its facts, definitions, items, rows and the rest, found once for everybody who is scored.

import type { Definition, Fact, Item, Parameter, Policy, Row, Scenario, Total } from './ir/schema.ts'

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
  const byName = <T extends { readonly name: string }>(list: readonly T[]) => new Map(list.map((entry) => [entry.name, entry]))
  const index = {
    facts: byName(policy.facts),
    definitions: byId(policy.definitions),
    parameters: byName(policy.parameters),
    items,
    rows,
    totals: byId(policy.totals),
    scenarios: byName(policy.scenarios),
  }
  indices.set(policy, index)
  return index
}
