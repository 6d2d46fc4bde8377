// States of an outcome: not applicable, barred, vetoed, cleared, lapsed, undecided, valid. Every one that holds is kept with
// the rule that says so; the strongest is the outcome's.

import { addDays, addMonths, type CalendarDate, formatDate } from '../exact/date.ts'
import type { StateRule } from '../ir/schema.ts'
import { type Outcome, type State, type StateTrace, stateOf, stateOrder } from '../outcome.ts'
import { evaluate } from './evaluate.ts'
import { mainDate, type Person, withRecord } from './person.ts'
import { awaited, isUnknown } from './value.ts'

/** The rules whose state holds, or is not known. */
export function evaluateStates(person: Person, rules: readonly StateRule[]): readonly StateTrace[] {
  return rules.flatMap((rule) => {
    const found = rule.each ? barredBy(person, rule.each) : conditionOf(person, rule)
    return found ? [{ rule: rule.id, state: stateOf[rule.kind], ...found }] : []
  })
}

function conditionOf(person: Person, rule: StateRule): Omit<StateTrace, 'rule' | 'state'> | undefined {
  if (!rule.when) return undefined
  const condition = evaluate(person, rule.when)
  if (isUnknown(condition)) return { open: true, until: undefined, awaiting: [...condition.facts] }
  // 对象 says who may apply: it is the state of those for whom it does not hold.
  const holds = rule.kind === 'applies' ? condition.value === false : condition.value === true
  return holds ? { open: false, until: undefined, awaiting: [] } : undefined
}

/** A bar from day d for N years holds on d ≤ X ≤ d + N; of several the one that ends last. */
function barredBy(person: Person, each: NonNullable<StateRule['each']>): Omit<StateTrace, 'rule' | 'state'> | undefined {
  const list = evaluate(person, each.list)
  const on = mainDate(person)
  if (list.kind !== 'records' || on === undefined) return { open: true, until: undefined, awaiting: [...awaited([list])] }
  const starts = list.value.map((record) => evaluate(withRecord(person, record), each.from))
  const open = starts.filter(isUnknown)
  const ends = starts.flatMap((from): readonly CalendarDate[] => {
    if (from.kind !== 'date') return []
    const end = addDays(addMonths(from.value, each.months), each.days)
    return from.value <= on && on <= end ? [end] : []
  })
  if (ends.length > 0) return { open: false, until: formatDate(Math.max(...ends)), awaiting: [] }
  return open.length > 0 ? { open: true, until: undefined, awaiting: [...awaited(open)] } : undefined
}

/** The state of the outcome, with the end of a bar. */
export function strongest(traces: readonly StateTrace[]): Pick<Outcome, 'state' | 'until'> {
  const held = traces.map(({ state, open }): State => (open ? 'undecided' : state))
  const state = stateOrder.find((candidate) => held.includes(candidate)) ?? 'valid'
  const ends = traces.flatMap(({ until }) => (until === undefined ? [] : [until])).sort()
  return { state, until: ends.at(-1) }
}
