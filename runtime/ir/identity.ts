// Gives the rows, rules, keys and named parts of a policy their ids. Until then each has one that only tells it from the others.

import { turned } from './fields.ts'
import type { Unhashed } from './hash.ts'
import { distinctIds, keyId, partId, rowId, scenarioId, stateId } from './ids.ts'
import { meaningsOf, shortHash } from './meaning.ts'
import { awards, operations } from './operations.ts'
import type { Award, Definition, Expression, Indicator, Item, RankKey, Row, Scenario, StateRule } from './schema.ts'

/** The same policy with final ids; what stood in its side tables under the others goes along. */
export function identified<P extends Unhashed>(policy: P): P {
  const meanings = meaningsOf(policy.definitions, false)
  const distinct = distinctIds()
  const now = new Map<string, string>()
  const rename = (before: string, after: string): string => {
    now.set(before, after)
    return after
  }
  const renamed: P = {
    ...policy,
    definitions: policy.definitions.map(definition),
    ownDates: policy.ownDates.map((day) => namedIn(day, `date:${day.name}`, 'value')),
    items: policy.items.map(item),
    totals: policy.totals.map((total) => namedIn(total, total.id, 'value', 'min', 'max')),
    states: policy.states.map((rule) => state(undefined, rule)),
    scenarios: policy.scenarios.map(scenario),
  }
  return { ...renamed, places: underNow(policy.places, now), labels: underNow(policy.labels, now) }

  function item(node: Item): Item {
    const bounded = namedIn(node, node.id, 'min', 'max')
    if (bounded.kind === 'group') return { ...bounded, children: bounded.children.map(item) }
    return { ...bounded, ...(bounded.live ? { live: live(bounded.live, node.id) } : {}), rows: bounded.rows.map((one) => row(one, node.id)) }
  }

  function live(node: NonNullable<Indicator['live']>, owner: string): NonNullable<Indicator['live']> {
    const days = namedIn(node, owner, 'from', 'to', 'on')
    return days.spend ? { ...days, spend: namedIn(days.spend, owner, 'list', 'amount') } : days
  }

  function row(node: Row, around: string): Row {
    const id = rename(node.id, distinct(rowId(around, shortHash(meanings.subjectOfRow(node)))))
    const part = (award: Award, i: number) => withPartsOfAward(award, (node, place) => named(node, id, ['award', i, place]))
    const awards = node.awards.map((award, i) => withRows(part(award, i), (inside) => row(inside, id)))
    return { ...namedIn(node, id, 'when', 'min', 'max'), id, awards }
  }

  function state(scenario: string | undefined, rule: StateRule): StateRule {
    const id = rename(rule.id, distinct(stateId(scenario, rule.kind, shortHash(meanings.state(rule)))))
    return { ...namedIn(rule, id, 'when'), id, ...(rule.each ? { each: namedIn(rule.each, id, 'list', 'from') } : {}) }
  }

  function definition(node: Definition): Definition {
    const cases = node.cases.map(({ when, value }, i) => ({
      ...(when ? { when: named(when, node.id, ['when', i]) } : {}),
      value: named(value, node.id, ['value', i]),
    }))
    return { ...node, cases }
  }

  function scenario(node: Scenario): Scenario {
    const id = scenarioId(node.name)
    const key = (one: RankKey): RankKey => {
      const own = rename(one.id, distinct(keyId(node.name, shortHash(meanings.expression(one.value)))))
      return { ...namedIn(one, own, 'value'), id: own }
    }
    const { quota } = node
    const lists = quota?.lists?.map((list) => namedIn(list, `${id}@quota.${list.name}`, 'places'))
    return {
      ...node,
      dates: node.dates.map((day) => namedIn(day, `${id}@${day.name}`, 'value')),
      states: node.states.map((rule) => state(node.name, rule)),
      ...(quota ? { quota: { ...namedIn(quota, `${id}@quota`, 'amount'), ...(lists ? { lists } : {}) } } : {}),
      keys: node.keys.map(key),
    }
  }

  /** The same with the named parts of some of its expressions. */
  function namedIn<T extends object>(node: T, owner: string, ...parts: readonly (keyof T & string)[]): T {
    const present = parts.filter((part) => node[part] !== undefined)
    return { ...node, ...Object.fromEntries(present.map((part) => [part, named(node[part] as Expression, owner, [part])])) }
  }

  /** Parts of a condition that have words are named by the way to them. */
  function named(node: Expression, owner: string, way: readonly (string | number)[]): Expression {
    const label = node.label === undefined ? {} : { label: rename(node.label, partId(owner, way)) }
    return { ...withParts(node, (part, i) => named(part, owner, [...way, i])), ...label }
  }
}

/** The same operation with other parts. */
export const withParts = (node: Expression, turn: TurnPart): Expression => ({ ...node, ...turned(operations[node.op].fields, node, { part: inOrder(turn) }) })

const withPartsOfAward = (award: Award, turn: TurnPart): Award => ({ ...award, ...turned(awards[award.kind].fields, award, { part: inOrder(turn) }) })

/** @param place of the part among its like */
type TurnPart = (part: Expression, place: number) => Expression

function inOrder(turn: TurnPart): (part: Expression) => Expression {
  let place = 0
  return (part) => {
    place += 1
    return turn(part, place - 1)
  }
}

function withRows(award: Award, row: (inside: Row) => Row): Award {
  return { ...award, ...turned(awards[award.kind].fields, award, { row }) }
}

const underNow = <T>(table: Readonly<Record<string, T>>, now: ReadonlyMap<string, string>): Record<string, T> =>
  Object.fromEntries(Object.entries(table).map(([id, entry]) => [now.get(id) ?? id, entry]))
