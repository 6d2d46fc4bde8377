// A scheme as arithmetic on whole numbers: nodes without side effects, each made once, that every generated engine prints in
// its own words. Nothing here is unknown any more; whether something is known is a truth of its own. What an applicant gives, and what
// is asked of the records of a list.

import { Arithmetic, largest } from './arithmetic.ts'
import { CannotPlan, type Grant, type List, type ListSource, type Node, type NodeType, type Spend } from './node.ts'

/** The nodes of a plan. */
export class Graph extends Arithmetic {
  readonly lists: List[] = []

  addList(source: ListSource, limit: number): List {
    const list = { id: this.lists.length + 1, source, limit }
    this.lists.push(list)
    return list
  }

  fact(name: string, type: NodeType, low = 0, high = 0): Node {
    return this.make({ op: 'fact', type, args: [], value: name, low, high })
  }
  given(name: string): Node {
    return this.make({ op: 'given', type: 'truth', args: [], value: name })
  }
  field(list: number, name: string, type: NodeType, low = 0, high = 0): Node {
    return this.make({ op: 'field', type, args: [], value: name, list, low, high })
  }
  carried(list: number, node: Node): Node {
    if (node.list === 0 || node.op === 'constant') return node
    return this.make({ op: 'carried', type: node.type, args: [node], list, low: node.low, high: node.high })
  }
  partner(index: number, type: NodeType, low: number, high: number): Node {
    return this.make({ op: 'partner', type, args: [], value: index, low, high })
  }
  hasPartner(): Node {
    return this.make({ op: 'has-partner', type: 'truth', args: [] })
  }

  // ---- over the records of a list: 0, no or `low`/`high` when none is kept -----------------------------------------------

  sum(over: List, keep: Node, value: Node): Node {
    if (keep === this.no || value === this.zero) return this.zero
    const [low, high] = [Math.min(0, value.low) * over.limit, Math.max(0, value.high) * over.limit]
    return this.make({ op: 'sum', type: 'number', args: [keep, value], list: 0, over: over.id, low, high })
  }
  /** The bounds stand for no record at all. */
  least(over: List, keep: Node, value: Node): Node {
    return keep === this.no ? this.number(value.high) : this.#extreme('least', over, keep, value)
  }
  greatest(over: List, keep: Node, value: Node): Node {
    return keep === this.no ? this.number(value.low) : this.#extreme('greatest', over, keep, value)
  }
  any(over: List, keep: Node): Node {
    if (keep === this.no) return keep
    return this.make({ op: 'any', type: 'truth', args: [keep], list: 0, over: over.id })
  }
  sumOfGreatest(over: List, keep: Node, key: Node, value: Node): Node {
    if (keep === this.no || value === this.zero) return this.zero
    const [low, high] = [Math.min(0, value.low) * over.limit, Math.max(0, value.high) * over.limit]
    return this.make({ op: 'sum-of-greatest', type: 'number', args: [keep, key, value], list: 0, over: over.id, low, high })
  }
  sumOfCapped(over: List, keep: Node, key: Node, value: Node, cap: Node): Node {
    if (keep === this.no || value === this.zero) return this.zero
    // Before the cap, the records of one key add up.
    if (Math.max(Math.abs(value.low), Math.abs(value.high)) * over.limit > largest) throw new CannotPlan('too-large', this.rule)
    const low = Math.min(0, value.low, cap.low) * over.limit
    const high = Math.max(0, Math.min(value.high * over.limit, cap.high)) * over.limit
    return this.make({ op: 'sum-of-capped', type: 'number', args: [keep, key, value, cap], list: 0, over: over.id, low, high })
  }
  /** Both in the same unit. @param spend without one nothing is spent */
  balance(op: 'balance' | 'overspent', over: List, grant: Grant, spend: Spend | undefined, on: Node): Node {
    const { keep, points, from, to } = grant
    const granted = [keep, points, from, to, on] as const
    const args = spend ? ([...granted, spend.keep, spend.date, spend.amount] as const) : granted
    const [low, high] = [Math.min(0, points.low) * over.limit, Math.max(0, points.high) * over.limit]
    const lists = { list: 0, over: over.id, spends: spend?.list.id ?? 0 }
    return op === 'balance' ? this.make({ op, type: 'number', args, ...lists, low, high }) : this.make({ op, type: 'truth', args, ...lists })
  }
  /** @param periods joined where they touch */
  covered(day: Node, periods: List): Node {
    return this.make({ op: 'covered', type: 'truth', args: [day], list: day.list, over: periods.id })
  }

  #extreme(op: 'least' | 'greatest', over: List, keep: Node, value: Node): Node {
    return this.make({ op, type: 'number', args: [keep, value], list: 0, over: over.id, low: value.low, high: value.high })
  }
}
