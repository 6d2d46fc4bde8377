// Two hashes of a compiled policy. Under one `policyHash` every figure, state, rank and deadline is the same, so that numbers may be
// compared; under one `artifactHash` the words, clauses and 待核 are the same too.

import { hashOf, meaningsOf } from './meaning.ts'
import type { Item, Policy, Scenario, StateRule } from './schema.ts'

/** A policy before its hash is known. */
export type Unhashed = Omit<Policy, 'policyHash'>

/**
 * Of everything that can change an outcome, a state, a rank, a figure of a receipt or a deadline. Not of layout, comments, the order
 * of declarations, names of definitions, 依据, 责任部门, 解释 and 待核. The order of items and rows counts: it is that of columns and receipts.
 */
export function policyHashOf(policy: Unhashed): string {
  const { expression, optional, row, state } = meaningsOf(policy.definitions, true)
  return hashOf({
    referenceDates: [policy.referenceDates[0] ?? null, policy.referenceDates.slice(1).sort()],
    ownDates: sorted(policy.ownDates.map(({ name, value }) => [name, expression(value)])),
    inForce: daysOf(policy.inForce),
    imports: sorted(policy.imports.map(({ inForce }) => daysOf(inForce))),
    facts: sorted(
      policy.facts.map(({ name, type, notAfter, default: given, defaultKey, required, unique, household }) => [
        ...[name, type, notAfter ?? null, given ?? null],
        ...[defaultKey, required, unique, household ?? null],
      ]),
    ),
    parameters: sorted(policy.parameters.map(({ name, unit, places, low, high, values }) => [name, unit ?? null, places, low, high, values])),
    items: policy.items.map(item),
    totals: sorted(policy.totals.map(({ id, value, places, low, high, min, max }) => [id, expression(value), places, low, high, optional(min), optional(max)])),
    // Without a use, the last total gives the column 总分 unless one has that name.
    lastTotal: policy.totals.at(-1)?.id ?? null,
    states: sorted(policy.states.map(stateRule)),
    scenarios: sorted(policy.scenarios.map(scenario)),
    deadlines: sorted(
      policy.deadlines.map(({ name, from, ahead, bound, amount, unit, extension }) => [name, from, ahead, bound, amount, unit, extension ?? null]),
    ),
  })

  function item(node: Item): unknown {
    const { kind, name, mode, deducts, places, low, high, min, max, onlyFor, inForce } = node
    const head = [kind, name, mode, deducts, places, low, high, optional(min), optional(max), onlyFor ? [...onlyFor].sort() : null, daysOf(inForce)]
    if (node.kind === 'group') return [...head, node.children.map(item)]
    const { live } = node
    const spend = live?.spend
    const lives = live && [live.from, live.to, live.on].map(expression)
    return [...head, lives ?? null, spend ? [expression(spend.list), spend.date, expression(spend.amount)] : null, node.rows.map(row)]
  }

  function stateRule(rule: StateRule): unknown {
    return [rule.called ?? null, state(rule)]
  }

  function scenario({ name, total, dates, states, quota, secondRound, household, keys, equals, cutoff, results, price }: Scenario): unknown {
    return [
      ...[name, total, sorted(dates.map((date) => [date.name, expression(date.value)])), sorted(states.map(stateRule))],
      quota ? [optional(quota.amount), quota.by ?? null, quota.lists?.map((list) => [list.name, expression(list.places)]) ?? null] : null,
      ...[secondRound ?? null, household ?? null],
      keys.map(({ value, kind, ascending, order }) => [expression(value), kind, ascending, order ?? null]),
      ...[equals, cutoff, results ?? null, price ?? null],
    ]
  }
}

const artifacts = new WeakMap<Policy, string>()

/** Of all of a compiled policy, whatever the order of its keys and its layout as JSON. */
export function artifactHashOf(policy: Policy): string {
  const known = artifacts.get(policy)
  if (known !== undefined) return known
  const made = hashOf(policy)
  artifacts.set(policy, made)
  return made
}

const daysOf = (days: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined): unknown =>
  days ? [days.from ?? null, days.to ?? null] : null

const sorted = (list: readonly unknown[]): readonly unknown[] => {
  const texts = list.map((one) => ({ one, text: JSON.stringify(one) }))
  return texts.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ one }) => one)
}
