// The figures of a policy: every number that somebody wrote, by an id of its own. A cap, what a row gives, a threshold: what is swept,
// varied or pointed at is named by these.

import type { Unhashed } from './hash.ts'
import { figureId, parameterId, scenarioId } from './ids.ts'
import { partsOf } from './operations.ts'
import type { Award, Expression, Item, Row, StateRule } from './schema.ts'

export interface Figure {
  readonly id: string
  /** An exact decimal. */
  readonly value: string
  /** Where it is an expression of its own. */
  readonly node: Expression | undefined
}

/** In the order of the policy. */
export function figuresOf(policy: Unhashed): readonly Figure[] {
  const found: Figure[] = []
  for (const { name, values } of policy.parameters)
    for (const { from, value } of values) add(parameterId(name), from === undefined ? 'value' : `from-${from}`, value)
  for (const { id, cases } of policy.definitions)
    cases.forEach(({ when, value }, i) => {
      inside(id, `when${i}`, when)
      inside(id, `value${i}`, value)
    })
  policy.items.forEach(item)
  for (const { id, value, min, max } of policy.totals) {
    inside(id, 'value', value)
    bounds(id, '', { min, max })
  }
  policy.states.forEach(state)
  for (const { name, states, quota, keys } of policy.scenarios) {
    states.forEach(state)
    inside(scenarioId(name), 'quota', quota?.amount)
    quota?.lists?.forEach(({ places }, i) => {
      inside(scenarioId(name), `quota${i}`, places)
    })
    for (const { id, value } of keys) inside(id, 'value', value)
  }
  return found

  function add(owner: string, part: string, value: string): void {
    found.push({ id: figureId(owner, part), value, node: undefined })
  }

  /** A number that is all of the part, or those in it by their order. */
  function inside(owner: string, part: string, node: Expression | undefined): void {
    if (!node) return
    const numbers = numbersIn(node)
    numbers.forEach((number, i) => {
      found.push({ id: figureId(owner, number === node ? part : `${part}.${i}`), value: number.value, node: number })
    })
  }

  function bounds(owner: string, before: string, { min, max }: { readonly min?: Expression | undefined; readonly max?: Expression | undefined }): void {
    inside(owner, `${before}min`, min)
    inside(owner, `${before}max`, max)
  }

  function item(node: Item): void {
    bounds(node.id, '', node)
    if (node.kind === 'group') node.children.forEach(item)
    else {
      const { live } = node
      for (const [part, value] of Object.entries({ from: live?.from, to: live?.to, on: live?.on, spend: live?.spend?.amount })) inside(node.id, part, value)
      node.rows.forEach(row)
    }
  }

  function row(node: Row): void {
    inside(node.id, 'when', node.when)
    node.awards.forEach((given, i) => {
      award(node.id, i === 0 ? '' : `${i}.`, given)
    })
    bounds(node.id, '', node)
  }

  function award(owner: string, before: string, node: Award): void {
    switch (node.kind) {
      case 'flat':
        inside(owner, `${before}amount`, node.amount)
        return
      case 'rate':
        add(owner, `${before}per`, node.per)
        inside(owner, `${before}quantity`, node.quantity)
        inside(owner, `${before}amount`, node.amount)
        return
      case 'stepped':
        add(owner, `${before}per`, node.per)
        inside(owner, `${before}quantity`, node.quantity)
        node.bands.forEach(({ low, high, amount }, i) => {
          if (low !== undefined) add(owner, `${before}low${i}`, low)
          if (high !== undefined) add(owner, `${before}high${i}`, high)
          inside(owner, `${before}amount${i}`, amount)
        })
        return
      case 'table':
        node.entries.forEach(({ when, amount }, i) => {
          inside(owner, `${before}when${i}`, when)
          inside(owner, `${before}amount${i}`, amount)
        })
        return
      case 'each':
        inside(owner, `${before}list`, node.list)
        inside(owner, `${before}same`, node.same?.key)
        inside(owner, `${before}cap`, node.same?.cap)
        row(node.body)
        return
      case 'block':
        bounds(owner, before === '' ? 'block.' : before, node)
        node.rows.forEach(row)
    }
  }

  function state({ id, when, each }: StateRule): void {
    inside(id, 'when', when)
    inside(id, 'list', each?.list)
    inside(id, 'from', each?.from)
  }
}

function numbersIn(node: Expression): readonly Extract<Expression, { op: 'number' }>[] {
  return node.op === 'number' ? [node] : partsOf(node).flatMap(numbersIn)
}
