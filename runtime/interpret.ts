// The reference interpreter: compiled policy + reference dates + facts → outcome. It is the meaning of the language; every
// other engine must agree with it to the last digit.

import { formatDate } from './exact/date.ts'
import { addIntervals, type Interval, multiplyIntervals, negateInterval, pointInterval } from './exact/interval.ts'
import { divide, equal, larger, one, round, smaller, zero } from './exact/number.ts'
import type { Facts } from './facts.ts'
import { bounded } from './interpreter/bounds.ts'
import { evaluate } from './interpreter/evaluate.ts'
import { isOpen } from './interpreter/figures.ts'
import { evaluateItem } from './interpreter/items.ts'
import type { Person } from './interpreter/person.ts'
import { evaluateStates, strongest } from './interpreter/states.ts'
import type { Value } from './interpreter/value.ts'
import { numbersOf, provenOf } from './interpreter/values.ts'
import { artifactHashOf } from './ir/hash.ts'
import type { Expression, Total } from './ir/schema.ts'
import type { Figure, Outcome, TotalTrace } from './outcome.ts'
import type { Run } from './run.ts'
import { sourcesOf } from './sources.ts'

/** Scores one applicant. */
export function interpret(run: Run, facts: Facts): Outcome {
  return outcomeOf(openPerson(run, facts))
}

/** An applicant of whom nothing has been worked out yet. */
export function openPerson(run: Run, facts: Facts): Person {
  const { policy, index, scenario } = run
  const person: Person = {
    run,
    policy,
    index,
    scenario,
    facts,
    memo: new Map(),
    record: undefined,
    items: new Map(),
    totals: new Map(),
    problems: [],
    partner: undefined,
    item: (id) => onDemand(person.items, id, () => evaluateItem(person, needed(index.items.get(id), id))),
    total: (id) => onDemand(person.totals, id, () => evaluateTotal(person, needed(index.totals.get(id), id))),
  }
  for (const { name, notAfter } of policy.facts) {
    const day = notAfter === undefined ? undefined : evaluate(person, { op: 'reference-date', name: notAfter })
    const value = facts.get(name)
    if (day?.kind === 'date' && value?.kind === 'date' && value.value > day.value)
      person.problems.push({ code: 'after-day', column: name, value: formatDate(value.value), data: { day: notAfter ?? '', date: formatDate(day.value) } })
  }
  return person
}

function onDemand<T>(done: Map<string, T>, id: string, work: () => T): T {
  const known = done.get(id)
  if (known !== undefined) return known
  const fresh = work()
  done.set(id, fresh)
  return fresh
}

function needed<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new Error(`the policy has no ${id}`)
  return value
}

/** Works out everything about a person. */
export function outcomeOf(person: Person): Outcome {
  const { policy, scenario, run } = person
  const { trial, outOfForce } = run
  const items = policy.items.map((item) => person.item(item.id))
  const totals = policy.totals.map((total) => person.total(total.id))
  const states = evaluateStates(person, [...policy.states, ...(scenario?.states ?? [])])
  const { state, until } = strongest(states)
  const stands = trial || outOfForce === undefined
  const open = new Set([...items, ...totals, ...states].flatMap(({ awaiting }) => awaiting))
  return {
    policyHash: policy.policyHash,
    artifactHash: artifactHashOf(policy),
    state: stands ? state : 'not_in_force',
    outOfForce,
    trial,
    until,
    states,
    scenario: scenario?.name,
    totals,
    items,
    awaiting: policy.facts.map(({ name }) => name).filter((name) => open.has(name)),
    ...sourcesOf(run, items),
  }
}

function evaluateTotal(person: Person, total: Total): TotalTrace {
  const waiting = new Set<string>()
  // Proven is what the formula surely gives on the proven figures; the bounds are the formula's on the bounds.
  const proven = provenByFormula(person, total.value, waiting).low
  const range = combine(person, total.value, onBounds, waiting)
  const inside: Figure = { proven, lowest: range.low, highest: range.high }
  const { figure, limited, waiting: more } = bounded(person, inside, total)
  const awaiting = isOpen(figure) ? [...waiting, ...more] : []
  return { total: total.id, name: total.name, inside, figure, limited, awaiting }
}

/** A formula on what is proven of items and totals; open facts in it are noted in `waiting`. */
export function provenByFormula(person: Person, node: Expression, waiting: Set<string>): Interval {
  return combine(person, node, onProven, waiting)
}

/** Which side of what is not known a formula is worked out on. */
interface Side {
  figure(figure: Figure): Interval
  value(value: Value): Interval
}

const onProven: Side = {
  figure: ({ proven }) => pointInterval(proven),
  value(value) {
    const proven = provenOf(value)
    return proven ? pointInterval(proven) : numbersOf(value)
  },
}

const onBounds: Side = { figure: ({ lowest, highest }) => ({ low: lowest, high: highest }), value: numbersOf }

/** A total's formula by interval arithmetic; facts in it that are not known are noted in `waiting`. */
function combine(person: Person, node: Expression, side: Side, waiting: Set<string>): Interval {
  const part = (inner: Expression) => combine(person, inner, side, waiting)
  switch (node.op) {
    case 'item': {
      const trace = person.item(node.item)
      for (const name of trace.awaiting) waiting.add(name)
      return side.figure(trace.figure)
    }
    case 'total': {
      const trace = person.total(node.total)
      for (const name of trace.awaiting) waiting.add(name)
      return side.figure(trace.figure)
    }
    case 'partner':
      return person.partner ? combine(person.partner, node.value, side, waiting) : combine(person, node.otherwise, side, waiting)
    case 'sum':
      return node.terms.map(({ negative, value }) => (negative ? negateInterval(part(value)) : part(value))).reduce(addIntervals)
    case 'product':
      return node.factors.map(part).reduce(multiplyIntervals)
    case 'quotient': {
      const divisor = part(node.divisor)
      // Of a divisor of which nothing is proven yet, nothing is proven of the quotient.
      if (equal(divisor.low, zero)) return pointInterval(zero)
      return multiplyIntervals(part(node.dividend), { low: divide(one, divisor.high), high: divide(one, divisor.low) })
    }
    case 'round': {
      const { low, high } = part(node.value)
      return { low: round(low, node.to, node.mode), high: round(high, node.to, node.mode) }
    }
    case 'smaller':
    case 'larger': {
      const pick = { smaller, larger }[node.op]
      return node.operands.map(part).reduce((a, b) => ({ low: pick(a.low, b.low), high: pick(a.high, b.high) }))
    }
    default: {
      const value = evaluate(person, node)
      if (value.kind === 'unknown') for (const name of value.facts) waiting.add(name)
      return side.value(value)
    }
  }
}
