// Ways through a compiled policy: its items, their rows, and the expressions in each; and small questions that these answer.

import { partsOf, partsOfAward, rowsOfAward } from './operations.ts'
import type { Definition, Expression, Item, Policy, RankKey, Row, Scenario, StateRule } from './schema.ts'

/** Every item, groups before what is in them. */
export function itemsOf(items: readonly Item[]): readonly Item[] {
  return items.flatMap((item) => [item, ...(item.kind === 'group' ? itemsOf(item.children) : [])])
}

/** Every row of an item, those in blocks and lists included; of a group none. */
export const rowsOf = (item: Item): readonly Row[] => (item.kind === 'group' ? [] : item.rows.flatMap(withRowsInside))

/** A row, and all in it. */
export function withRowsInside(row: Row): readonly Row[] {
  return [row, ...row.awards.flatMap((award) => rowsOfAward<Row>(award)).flatMap(withRowsInside)]
}

// ---- the expressions of each thing, those of things inside it left out --------------------------------------------------

const present = (...parts: readonly (Expression | undefined)[]): readonly Expression[] => parts.filter((part) => part !== undefined)

export const expressionsOfRow = ({ when, awards, min, max }: Row): readonly Expression[] => [
  ...present(when),
  ...awards.flatMap((award) => partsOfAward<Expression>(award)),
  ...present(min, max),
]

export function expressionsOfItem(item: Item): readonly Expression[] {
  const live = item.kind === 'indicator' ? item.live : undefined
  return present(item.min, item.max, live?.from, live?.to, live?.on, live?.spend?.list, live?.spend?.amount)
}

export const expressionsOfState = ({ when, each }: StateRule): readonly Expression[] => present(when, each?.list, each?.from)

export const expressionsOfDefinition = ({ cases }: Definition): readonly Expression[] => cases.flatMap(({ when, value }) => present(when, value))

/** @param ownQuota whether its places are asked for too */
export const expressionsOfScenario = ({ dates, states, quota, keys }: Scenario, ownQuota: boolean): readonly Expression[] => [
  ...dates.map(({ value }) => value),
  ...states.flatMap(expressionsOfState),
  ...(ownQuota ? present(quota?.amount, ...(quota?.lists ?? []).map(({ places }) => places)) : []),
  ...keys.map(({ value }) => value),
]

/** Everything that a policy asks outside its scenarios. */
export const expressionsOf = (policy: Pick<Policy, 'ownDates' | 'definitions' | 'items' | 'totals' | 'states'>): readonly Expression[] => [
  ...policy.ownDates.map(({ value }) => value),
  ...policy.definitions.flatMap(expressionsOfDefinition),
  ...itemsOf(policy.items).flatMap((item) => [...expressionsOfItem(item), ...rowsOf(item).flatMap(expressionsOfRow)]),
  ...policy.totals.flatMap(({ value, min, max }) => present(value, min, max)),
  ...policy.states.flatMap(expressionsOfState),
]

// ---- through an expression ---------------------------------------------------------------------------------------------

/** The expression and all in it that `enter` goes into, outer ones first. @param enter false leaves out what is inside */
export function visit(node: Expression, enter: (node: Expression) => boolean | undefined): void {
  if (enter(node) === false) return
  for (const part of partsOf(node)) visit(part, enter)
}

/** Whether anything in it, or it itself, is so. */
export const some = (node: Expression, test: (node: Expression) => boolean): boolean => test(node) || partsOf(node).some((part) => some(part, test))

/** The operations of one kind in an expression. */
export function allOf<Op extends Expression['op']>(node: Expression, op: Op): readonly Extract<Expression, { op: Op }>[] {
  const found: Extract<Expression, { op: Op }>[] = []
  visit(node, (part) => {
    if (part.op === op) found.push(part as Extract<Expression, { op: Op }>)
    return true
  })
  return found
}

// ---- questions ---------------------------------------------------------------------------------------------------------

/** Whether an item or total stands in an expression. */
export const mentionsFigures = (node: Expression): boolean => some(node, ({ op }) => op === 'item' || op === 'total')

/** Whether an order asks for the other member of the household. */
export const mentionsPartner = (keys: readonly RankKey[]): boolean => keys.some(({ value }) => some(value, ({ op }) => op === 'partner'))

/** Whether any item or row is there in some uses only. */
export const isForSomeUses = (items: readonly Item[]): boolean =>
  itemsOf(items).some((item) => item.onlyFor !== undefined || rowsOf(item).some(({ onlyFor }) => onlyFor !== undefined))

/** Texts that values are compared with, in any use. */
export const textsIn = (policy: Policy): readonly string[] =>
  [...expressionsOf(policy), ...policy.scenarios.flatMap((scenario) => expressionsOfScenario(scenario, true))].flatMap((node) =>
    allOf(node, 'text').map(({ value }) => value),
  )

/** The ids of items and of all that is in them. */
export function idsWithin(items: readonly Item[], ids: readonly string[], inside = false): ReadonlySet<string> {
  return new Set(
    items.flatMap((item) => {
      const counts = inside || ids.includes(item.id)
      return [...(counts ? [item.id] : []), ...(item.kind === 'group' ? idsWithin(item.children, ids, counts) : [])]
    }),
  )
}
