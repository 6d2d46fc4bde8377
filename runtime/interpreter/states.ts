// States of an outcome: not applicable, barred, vetoed, cleared, lapsed, undecided, valid. Every one that holds is kept with
// the rule that says so; the strongest is the outcome's.

import { addDays, addMonths, type CalendarDate, formatDate } from '../exact/date.ts'
import type { RecordValue } from '../facts.ts'
import type { StateRule } from '../ir/schema.ts'
import { stateRules } from '../ir/states.ts'
import { type Outcome, type State, type StateTrace, stateOrder } from '../outcome.ts'
import { because } from './because.ts'
import { evaluate } from './evaluate.ts'
import { mainDate, type Person, withRecord } from './person.ts'
import { fieldsOf, showRecord } from './show.ts'
import { awaited, isUnknown } from './value.ts'

/** The rules whose state holds, or is not known. */
export function evaluateStates(person: Person, rules: readonly StateRule[]): readonly StateTrace[] {
  return rules.flatMap((rule) => {
    const found = rule.each ? barredBy(person, rule.each) : conditionOf(person, rule)
    return found ? [{ rule: rule.id, state: stateRules[rule.kind].state, ...found }] : []
  })
}

function conditionOf(person: Person, rule: StateRule): Omit<StateTrace, 'rule' | 'state'> | undefined {
  if (!rule.when) return undefined
  const condition = evaluate(person, rule.when)
  if (isUnknown(condition)) return { open: true, until: undefined, awaiting: [...condition.facts], reasons: [] }
  const { where: wanted } = stateRules[rule.kind]
  return condition.value === wanted ? { open: false, until: undefined, awaiting: [], reasons: because(person, rule.when, wanted) } : undefined
}

/** A bar from day d for N years holds on d ≤ X ≤ d + N; of several the one that ends last. */
function barredBy(person: Person, each: NonNullable<StateRule['each']>): Omit<StateTrace, 'rule' | 'state'> | undefined {
  const list = evaluate(person, each.list)
  const on = mainDate(person)
  if (list.kind !== 'records' || on === undefined) return { open: true, until: undefined, awaiting: [...awaited([list])], reasons: [] }
  const starts = list.value.map((record) => evaluate(withRecord(person, record), each.from))
  const open = starts.filter(isUnknown)
  const bars = starts.flatMap((from, i): readonly { readonly end: CalendarDate; readonly record: RecordValue }[] => {
    const record = list.value[i]
    if (from.kind !== 'date' || !record) return []
    const end = addDays(addMonths(from.value, each.months), each.days)
    return from.value <= on && on <= end ? [{ end, record }] : []
  })
  if (bars.length > 0) {
    const records = bars.map(({ record }) => showRecord(record, fieldsOf(person, each.list), person.policy.units))
    const until = formatDate(Math.max(...bars.map(({ end }) => end)))
    return { open: false, until, awaiting: [], reasons: [{ part: '', within: undefined, holds: true, chosen: false, values: [], records }] }
  }
  return open.length > 0 ? { open: true, until: undefined, awaiting: [...awaited(open)], reasons: [] } : undefined
}

/** The state of the outcome, with the end of a bar. */
export function strongest(traces: readonly StateTrace[]): Pick<Outcome, 'state' | 'until'> {
  const held = traces.map(({ state, open }): State => (open ? 'undecided' : state))
  const state: State = stateOrder.find((candidate) => held.includes(candidate)) ?? 'valid'
  const ends = traces.flatMap(({ until }) => (until === undefined ? [] : [until])).sort()
  return { state, until: ends.at(-1) }
}
