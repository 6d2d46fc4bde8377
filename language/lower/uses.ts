// States and uses → their compiled form. The parts of a condition have words of their own, by which a receipt says which of them decided.

import { formatDecimal } from '../../runtime/exact/number.ts'
import { itemId, scenarioId, totalId } from '../../runtime/ir/ids.ts'
import type { Expression, RankKey, Scenario, StateRule } from '../../runtime/ir/schema.ts'
import type { Typed, TypedRankKey, TypedScenario, TypedState } from '../typed.ts'
import type { Lowering } from './expressions.ts'
import { sourced } from './items.ts'

export function lowerState(lowering: Lowering, symbol: TypedState): StateRule {
  const { note, fresh, label, expression } = lowering
  const { node, kind, called, when, each } = symbol
  const id = note(fresh(), node.span)
  const end = node.condition?.span.end ?? node.each?.amount.span.end ?? node.span.end
  label(id, { start: node.span.start, end })
  return {
    id,
    kind,
    ...(called === undefined ? {} : { called }),
    ...(when ? { when: conditionOf(lowering, when) } : {}),
    ...(each ? { each: { list: expression(each.list), from: expression(each.from), months: each.months, days: each.days } } : {}),
    ...sourced(symbol),
  }
}

/** The whole has words too. */
function conditionOf({ condition, worded }: Lowering, when: Typed): Expression {
  const parts = condition(when)
  return parts.label === undefined ? worded(parts, when) : parts
}

export function lowerScenario(lowering: Lowering, symbol: TypedScenario): Scenario {
  const { note, expression } = lowering
  const { name, node, price } = symbol
  note(scenarioId(name), node.name.span)
  return {
    name,
    total: totalId(symbol.total?.name ?? ''),
    dates: symbol.dates.map(({ name: day, value }) => ({ name: day, value: expression(value) })),
    states: symbol.states.map((state) => lowerState(lowering, state)),
    ...quotaOf(lowering, symbol),
    ...secondRoundOf(symbol),
    ...householdOf(symbol),
    keys: symbol.keys.map((key) => lowerKey(lowering, key)),
    equals: symbol.equals,
    cutoff: symbol.cutoff,
    ...(symbol.results ? { results: symbol.results } : {}),
    ...(price ? { price: { item: itemId(price.item.path), amount: formatDecimal(price.amount) } } : {}),
    ...sourced(symbol),
  }
}

function quotaOf({ expression }: Lowering, { quota }: TypedScenario): Pick<Scenario, 'quota'> {
  if (!quota) return {}
  return {
    quota: {
      ...(quota.amount ? { amount: expression(quota.amount) } : {}),
      ...(quota.by ? { by: quota.by.name } : {}),
      ...(quota.lists ? { lists: quota.lists.map((list) => ({ name: list.name, places: expression(list.places) })) } : {}),
    },
  }
}

function secondRoundOf({ secondRound }: TypedScenario): Pick<Scenario, 'secondRound'> {
  if (!secondRound) return {}
  const { limit } = secondRound
  return { secondRound: limit ? { limit: { by: limit.by.name, share: formatDecimal(limit.share), rounding: limit.rounding } } : {} }
}

function householdOf({ household }: TypedScenario): Pick<Scenario, 'household'> {
  if (!household) return {}
  const { key, added } = household
  const joined = added && { to: added.to.name, order: added.order, except: added.except.map(({ path }) => itemId(path)) }
  return { household: { key: key.name, ...(joined ? { added: joined } : {}) } }
}

function lowerKey({ note, fresh, label, expression }: Lowering, { node, value, ascending, order }: TypedRankKey): RankKey {
  const id = note(fresh(), node.span)
  label(id, node.value.span)
  const { kind } = value.type
  return {
    id,
    value: expression(value),
    kind: kind === 'number' || kind === 'date' || kind === 'yesno' || kind === 'text' ? kind : 'member',
    ascending,
    ...(order ? { order: [...order] } : {}),
  }
}
