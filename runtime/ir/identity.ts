// Gives the rows, rules, keys and named parts of a policy their ids. Until then each has one that only tells it from the others.

import { turned } from './fields.ts'
import type { Unhashed } from './hash.ts'
import { distinctIds, keyId, partId, rowId, stateId } from './ids.ts'
import { meaningsOf, shortHash } from './meaning.ts'
import { awards, operations } from './operations.ts'
import type { Award, Definition, Expression, Item, RankKey, Row, Scenario, StateRule } from './schema.ts'

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
    items: policy.items.map(item),
    states: policy.states.map((rule) => state(undefined, rule)),
    scenarios: policy.scenarios.map(scenario),
  }
  return { ...renamed, places: underNow(policy.places, now), labels: underNow(policy.labels, now) }

  function item(node: Item): Item {
    return node.kind === 'group' ? { ...node, children: node.children.map(item) } : { ...node, rows: node.rows.map((one) => row(one, node.id)) }
  }

  function row(node: Row, around: string): Row {
    const id = rename(node.id, distinct(rowId(around, shortHash(meanings.subjectOfRow(node)))))
    return { ...node, id, awards: node.awards.map((award) => withRows(award, (inside) => row(inside, id))) }
  }

  function state(scenario: string | undefined, rule: StateRule): StateRule {
    const id = rename(rule.id, distinct(stateId(scenario, rule.kind, shortHash(meanings.state(rule)))))
    return { ...rule, id, ...(rule.when ? { when: named(rule.when, id, ['when']) } : {}) }
  }

  function definition(node: Definition): Definition {
    const cases = node.cases.map(({ when, value }, i) => ({
      ...(when ? { when: named(when, node.id, ['when', i]) } : {}),
      value: named(value, node.id, ['value', i]),
    }))
    return { ...node, cases }
  }

  function scenario(node: Scenario): Scenario {
    const key = (one: RankKey): RankKey => ({ ...one, id: rename(one.id, distinct(keyId(node.name, shortHash(meanings.expression(one.value))))) })
    return { ...node, states: node.states.map((rule) => state(node.name, rule)), keys: node.keys.map(key) }
  }

  /** Parts of a condition that have words are named by the way to them. */
  function named(node: Expression, owner: string, way: readonly (string | number)[]): Expression {
    const label = node.label === undefined ? {} : { label: rename(node.label, partId(owner, way)) }
    return { ...withParts(node, (part, i) => named(part, owner, [...way, i])), ...label }
  }
}

/** The same operation with other parts. */
export function withParts(node: Expression, turn: (part: Expression, place: number) => Expression): Expression {
  let place = 0
  const part = (inside: Expression): Expression => {
    place += 1
    return turn(inside, place - 1)
  }
  return { ...node, ...turned(operations[node.op].fields, node, { part }) }
}

function withRows(award: Award, row: (inside: Row) => Row): Award {
  return { ...award, ...turned(awards[award.kind].fields, award, { row }) }
}

const underNow = <T>(table: Readonly<Record<string, T>>, now: ReadonlyMap<string, string>): Record<string, T> =>
  Object.fromEntries(Object.entries(table).map(([id, entry]) => [now.get(id) ?? id, entry]))
