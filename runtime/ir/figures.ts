// The figures of a policy: every number that somebody wrote, by an id of its own. A cap, what a row gives, a threshold: what is swept,
// varied or pointed at is named by these.

import type { Unhashed } from './hash.ts'
import { figureId, parameterId, scenarioId } from './ids.ts'
import { partsOf } from './operations.ts'
import type { Award, Expression, Item, Row, Scenario, StateRule } from './schema.ts'

export interface Figure {
  readonly id: string
  /** An exact decimal. */
  readonly value: string
  /** Where it is an expression of its own. */
  readonly node: Expression | undefined
}

/** In the order of the policy. */
export function figuresOf(policy: Unhashed): readonly Figure[] {
  return [
    ...policy.parameters.flatMap(({ name, values }) =>
      values.map(({ from, value }) => written(parameterId(name), from === undefined ? 'value' : `from-${from}`, value)),
    ),
    ...policy.definitions.flatMap(({ id, cases }) =>
      cases.flatMap(({ when, value }, i) => [...inside(id, `when${i}`, when), ...inside(id, `value${i}`, value)]),
    ),
    ...policy.items.flatMap(ofItem),
    ...policy.totals.flatMap((total) => [...inside(total.id, 'value', total.value), ...bounds(total.id, '', total)]),
    ...policy.states.flatMap(ofState),
    ...policy.scenarios.flatMap(ofScenario),
  ]
}

type Figures = readonly Figure[]

const written = (owner: string, part: string, value: string): Figure => ({ id: figureId(owner, part), value, node: undefined })

/** A number that is all of the part, or those in it by their order. */
function inside(owner: string, part: string, node: Expression | undefined): Figures {
  if (!node) return []
  return numbersIn(node).map((number, i) => ({ id: figureId(owner, number === node ? part : `${part}.${i}`), value: number.value, node: number }))
}

interface Bounds {
  readonly min?: Expression | undefined
  readonly max?: Expression | undefined
}

const bounds = (owner: string, before: string, { min, max }: Bounds): Figures => [...inside(owner, `${before}min`, min), ...inside(owner, `${before}max`, max)]

function ofItem(item: Item): Figures {
  const own = bounds(item.id, '', item)
  if (item.kind === 'group') return [...own, ...item.children.flatMap(ofItem)]
  const { live } = item
  const times = { from: live?.from, to: live?.to, on: live?.on, spend: live?.spend?.amount }
  return [...own, ...Object.entries(times).flatMap(([part, value]) => inside(item.id, part, value)), ...item.rows.flatMap(ofRow)]
}

function ofRow(row: Row): Figures {
  const awards = row.awards.flatMap((award, i) => ofAward(row.id, i === 0 ? '' : `${i}.`, award))
  return [...inside(row.id, 'when', row.when), ...awards, ...bounds(row.id, '', row)]
}

function ofAward(owner: string, before: string, award: Award): Figures {
  const part = (name: string, node: Expression | undefined) => inside(owner, before + name, node)
  const number = (name: string, value: string | undefined) => (value === undefined ? [] : [written(owner, before + name, value)])
  switch (award.kind) {
    case 'flat':
      return part('amount', award.amount)
    case 'rate':
      return [...number('per', award.per), ...part('quantity', award.quantity), ...part('amount', award.amount)]
    case 'stepped':
      return [
        ...number('per', award.per),
        ...part('quantity', award.quantity),
        ...award.bands.flatMap(({ low, high, amount }, i) => [...number(`low${i}`, low), ...number(`high${i}`, high), ...part(`amount${i}`, amount)]),
      ]
    case 'table':
      return award.entries.flatMap(({ when, amount }, i) => [...part(`when${i}`, when), ...part(`amount${i}`, amount)])
    case 'each':
      return [...part('list', award.list), ...part('same', award.same?.key), ...part('cap', award.same?.cap), ...ofRow(award.body)]
    case 'block':
      return [...bounds(owner, before === '' ? 'block.' : before, award), ...award.rows.flatMap(ofRow)]
  }
}

const ofState = ({ id, when, each }: StateRule): Figures => [...inside(id, 'when', when), ...inside(id, 'list', each?.list), ...inside(id, 'from', each?.from)]

function ofScenario({ name, states, quota, keys }: Scenario): Figures {
  const owner = scenarioId(name)
  return [
    ...states.flatMap(ofState),
    ...inside(owner, 'quota', quota?.amount),
    ...(quota?.lists ?? []).flatMap(({ places }, i) => inside(owner, `quota${i}`, places)),
    ...keys.flatMap(({ id, value }) => inside(id, 'value', value)),
  ]
}

function numbersIn(node: Expression): readonly Extract<Expression, { op: 'number' }>[] {
  return node.op === 'number' ? [node] : partsOf(node).flatMap(numbersIn)
}
