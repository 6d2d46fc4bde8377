// Indicators and groups: what each gives as three figures, with the trace. Order: rows → indicator → group, upward.

import { equal, zero } from '../exact/number.ts'
import type { Indicator, Item } from '../ir/schema.ts'
import type { Figure, ItemTrace } from '../outcome.ts'
import { isPresent } from '../presence.ts'
import { bounded } from './bounds.ts'
import { isOpen, negated, nothing } from './figures.ts'
import { evaluateLive } from './live.ts'
import { combineChildren, combineRows } from './modes.ts'
import { mainDate, type Person } from './person.ts'
import { awaitedBy, evaluateRows } from './rows.ts'

export function evaluateItem(person: Person, item: Item): ItemTrace {
  if (!isPresent(person.scenario?.name, mainDate(person), item)) {
    const children = item.kind === 'group' ? item.children.map((child) => person.item(child.id)) : []
    return { item: item.id, absent: true, inside: nothing, figure: nothing, limited: undefined, counted: false, rows: [], children, awaiting: [] }
  }
  return item.kind === 'indicator' ? evaluateIndicator(person, item) : evaluateGroup(person, item)
}

function evaluateGroup(person: Person, group: Extract<Item, { kind: 'group' }>): ItemTrace {
  return settleGroup(
    person,
    group,
    group.children.map((child) => person.item(child.id)),
  )
}

/** Combines the children of a group and bounds the result. */
export function settleGroup(person: Person, group: Extract<Item, { kind: 'group' }>, children: readonly ItemTrace[]): ItemTrace {
  const present = children.filter(({ absent }) => !absent)
  const figures = present.map((child) => (deducts(group, child) ? negated(child.figure) : child.figure))
  const { inside, taken } = combineChildren[group.mode](figures)
  const counts = (child: ItemTrace): boolean => taken === undefined || child === present[taken] || isNothing(child, inside)
  const { figure, limited, waiting } = bounded(person, inside, group)
  const awaiting = isOpen(figure) ? [...new Set([...children.flatMap((child) => child.awaiting), ...waiting])] : []
  return {
    item: group.id,
    absent: false,
    inside,
    figure,
    limited,
    counted: true,
    rows: [],
    children: children.map((child) => (counts(child) ? child : { ...child, counted: false })),
    awaiting,
  }
}

/** Where the highest is nothing yet, a child with nothing is not passed over. */
const isNothing = (child: ItemTrace, inside: Figure): boolean => !child.absent && equal(inside.proven, zero) && equal(child.figure.proven, zero)

/** A 扣分组 is subtracted in a group that is none. */
function deducts(group: Extract<Item, { kind: 'group' }>, child: ItemTrace): boolean {
  const item = group.children.find(({ id }) => id === child.item)
  return item?.deducts === true && !group.deducts
}

function evaluateIndicator(person: Person, indicator: Indicator): ItemTrace {
  const { inside, rows } = indicator.live
    ? evaluateLive(person, indicator, indicator.live)
    : combineRows[indicator.mode](evaluateRows(person, indicator.rows), indicator.complete)
  return settleIndicator(person, indicator, inside, rows)
}

/** Bounds what the rows gave. */
export function settleIndicator(person: Person, indicator: Indicator, inside: Figure, rows: ItemTrace['rows']): ItemTrace {
  const { figure, limited, waiting } = bounded(person, inside, indicator)
  const awaiting = isOpen(figure) ? [...new Set([...awaitedBy(rows), ...waiting])] : []
  return { item: indicator.id, absent: false, inside, figure, limited, counted: true, rows, children: [], awaiting }
}
