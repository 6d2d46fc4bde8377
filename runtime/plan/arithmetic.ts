// Arithmetic on whole numbers, truths and days as nodes, each made once, with what is already certain folded. Every number carries
// the bounds that are proven for it, and one that could leave ±(2^53 − 1) stops the making of the plan.

import { addDays, addMonths, ageOn, fullMonths } from '../exact/date.ts'
import { CannotPlan, isNumberConstant, multipleOf, type Node, type NodeOf, type Op, type Saying } from './node.ts'

export const largest = Number.MAX_SAFE_INTEGER

/** Work is drawn into choices that stand in one another no deeper than this: what it saves does not grow with them, what it costs does. */
const deepestChoice = 12

/** Of so many truths together none is looked at in the light of the others: that grows with their square. */
const mostJoint = 48

/** What is said, and what follows from neither that nor its parts. */
export type Made = Saying & { readonly list?: number; readonly over?: number; readonly spends?: number; readonly low?: number; readonly high?: number }

/** How what is made of constants is one itself. */
const ofConstants: Partial<Readonly<Record<Op, (graph: Arithmetic, args: readonly Node[], made: Made) => Node>>> = {
  add: (graph, args) => graph.add(...args),
  multiply: (graph, args) => graph.multiply(...two(args)),
  divide: (graph, args) => graph.divide(...two(args)),
  smaller: (graph, args) => graph.smaller(...two(args)),
  larger: (graph, args) => graph.larger(...two(args)),
  less: (graph, args) => graph.less(...two(args)),
  equal: (graph, args) => graph.equal(...two(args)),
  and: (graph, args) => graph.and(...args),
  or: (graph, args) => graph.or(...args),
  not: (graph, args) => graph.not(...one(args)),
  choose: (graph, args) => graph.choose(...three(args)),
  'join-bits': (graph, args) => graph.joinBits(...args),
  step: (graph, args, { value }) => graph.step(...one(args), value as readonly number[]),
  entry: (graph, args, { value }) => graph.entry(...one(args), value as readonly number[]),
}

const one = (args: readonly Node[]) => args as readonly [Node]
const two = (args: readonly Node[]) => args as readonly [Node, Node]
const three = (args: readonly Node[]) => args as readonly [Node, Node, Node]

/** Makes nodes, each only once, and folds what is already certain. */
export class Arithmetic {
  readonly nodes: Node[] = []
  rule = ''
  readonly #known = new Map<string, Node>()
  readonly #depths = new Map<Node, number>()
  readonly yes: Node
  readonly no: Node
  readonly zero: Node

  constructor() {
    this.yes = this.make({ op: 'constant', type: 'truth', args: [], value: true })
    this.no = this.make({ op: 'constant', type: 'truth', args: [], value: false })
    this.zero = this.number(0)
  }

  protected make(made: Made): Node {
    return this.#entryByEntry(made) ?? this.#makeAsSaid(made)
  }

  /** What is worked out of entries at one place, and of constants, is an entry there. */
  #entryByEntry(made: Made): Node | undefined {
    const work = ofConstants[made.op]
    const entry = work && made.args.find((arg) => arg.op === 'entry')
    if (!work || entry?.op !== 'entry') return undefined
    const [place] = entry.args
    if (!made.args.every((arg) => arg.op === 'constant' || (arg.op === 'entry' && arg.args[0] === place))) return undefined
    const values: number[] = []
    for (let at = 0; at < entry.value.length; at += 1) {
      const one = work(
        this,
        made.args.map((arg) => (arg.op === 'entry' ? this.#constantAt(arg, at) : arg)),
        made,
      )
      if (one.op !== 'constant' || one.type === 'text') return undefined
      values.push(Number(one.value))
    }
    return made.type === 'truth' ? this.truthEntry(place, values.map(Boolean)) : this.entry(place, values)
  }

  #constantAt({ type, value }: NodeOf<'entry'>, at: number): Node {
    return type === 'truth' ? this.truth(value[at] === 1) : this.number(value[at] ?? 0)
  }

  #makeAsSaid(made: Made): Node {
    const { op, type, value, list, over = 0, spends = 0, low = 0, high = 0 } = made
    const args: readonly Node[] = made.args
    const own = list ?? args.find((arg) => arg.list !== 0)?.list ?? 0
    const key = `${op}|${type}|${typeof value}${String(value)}|${own}|${over}|${spends}|${args.map(({ id }) => id).join(',')}`
    const known = this.#known.get(key)
    if (known) return known
    if (type === 'number' && (low < -largest || high > largest || Number.isNaN(low) || Number.isNaN(high))) throw new CannotPlan('too-large', this.rule)
    const node: Node = { ...made, id: this.nodes.length, list: own, over, spends, rule: this.rule, low, high }
    this.nodes.push(node)
    this.#known.set(key, node)
    return node
  }

  number(value: number): Node {
    return this.make({ op: 'constant', type: 'number', args: [], value, low: value, high: value })
  }
  text(value: string): Node {
    return this.make({ op: 'constant', type: 'text', args: [], value })
  }
  truth(value: boolean): Node {
    return value ? this.yes : this.no
  }

  /** How many of the steps, which rise, are not above a number. */
  step(of: Node, steps: readonly number[]): Node {
    const [below, within] = [steps.filter((one) => one <= of.low).length, steps.filter((one) => one > of.low && one <= of.high)]
    if (within.length === 0) return this.number(below)
    const inside = within.every((one, i) => one === of.low + 1 + i) && of.low + within.length === of.high
    const place = inside
      ? this.subtract(of, this.number(of.low))
      : this.make({ op: 'step', type: 'number', args: [of], value: within, low: 0, high: within.length })
    return this.add(place, this.number(below))
  }
  /** The entry at a place, which is within them. */
  entry(place: Node, entries: readonly number[]): Node {
    const [first = 0] = entries
    if (isNumberConstant(place)) return this.number(entries[place.value] ?? 0)
    if (entries.every((one) => one === first)) return this.number(first)
    return this.make({ op: 'entry', type: 'number', args: [place], value: entries, low: Math.min(...entries), high: Math.max(...entries) })
  }
  truthEntry(place: Node, entries: readonly boolean[]): Node {
    const [first = false] = entries
    if (isNumberConstant(place)) return this.truth(entries[place.value] ?? false)
    if (entries.every((one) => one === first)) return this.truth(first)
    return this.make({ op: 'entry', type: 'truth', args: [place], value: entries.map(Number) })
  }

  add(...terms: readonly Node[]): Node {
    const flat = collected(terms).flatMap(([term, times]) => (times === 1 ? [term] : this.multiply(term, this.number(times))))
    // No engine may leave 53 bits on the way, in whatever order it adds.
    if (flat.reduce((most, { low, high }) => most + Math.max(Math.abs(low), Math.abs(high)), 0) > largest) throw new CannotPlan('too-large', this.rule)
    const constants = flat.filter(isNumberConstant).reduce((sum, { value }) => sum + value, 0)
    const rest = flat.filter((term) => !isNumberConstant(term)).sort(byId)
    const [first, second] = rest
    if (!first) return this.number(constants)
    if (!second && constants === 0) return first
    const args = constants === 0 ? rest : [...rest, this.number(constants)]
    const low = args.reduce((sum, arg) => sum + arg.low, 0)
    const high = args.reduce((sum, arg) => sum + arg.high, 0)
    return this.make({ op: 'add', type: 'number', args, low, high })
  }

  /** How many choices stand in one another. */
  #depth(node: Node): number {
    if (node.op !== 'choose') return 0
    const known = this.#depths.get(node)
    if (known !== undefined) return known
    const depth = 1 + Math.max(...node.args.slice(1).map((arg) => this.#depth(arg)))
    this.#depths.set(node, depth)
    return depth
  }

  /** What is worked out of a choice with a constant is chosen: the other half is the same for every choice of its kind. */
  #ofChoice(node: Node, work: (part: Node) => Node): Node | undefined {
    if (node.op !== 'choose') return undefined
    const [condition, a, b] = node.args
    if (!(isNumberConstant(a) || isNumberConstant(b))) return undefined
    if (this.#depth(node) > deepestChoice) return undefined
    return this.choose(condition, work(a), work(b))
  }

  multiply(a: Node, b: Node): Node {
    if (isNumberConstant(a) && !isNumberConstant(b)) return this.multiply(b, a)
    if (isNumberConstant(b)) {
      const chosen = this.#ofChoice(a, (part) => this.multiply(part, b))
      if (chosen) return chosen
      if (b.value === 0) return this.zero
      if (b.value === 1) return a
      if (isNumberConstant(a)) return this.number(a.value * b.value)
      const { part, factor } = multipleOf(a)
      if (factor !== 1) return this.multiply(part, this.number(factor * b.value))
    }
    const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    return this.make({ op: 'multiply', type: 'number', args: [a, b], low: Math.min(...corners), high: Math.max(...corners) })
  }

  negate(a: Node): Node {
    return a.op === 'add' ? this.add(...a.args.map((arg) => this.negate(arg))) : this.multiply(a, this.number(-1))
  }
  subtract(a: Node, b: Node): Node {
    return this.add(a, this.negate(b))
  }

  /** ⌊a ÷ b⌋ of a positive `b`. */
  divide(a: Node, b: Node): Node {
    if (isNumberConstant(b)) {
      if (b.value === 1) return a
      if (isNumberConstant(a)) return this.number(Math.floor(a.value / b.value))
      const chosen = this.#ofChoice(a, (part) => this.divide(part, b))
      if (chosen) return chosen
    }
    const least = Math.max(1, b.low)
    const low = a.low >= 0 ? Math.floor(a.low / Math.max(1, b.high)) : Math.floor(a.low / least)
    const high = a.high >= 0 ? Math.floor(a.high / least) : -1
    return this.make({ op: 'divide', type: 'number', args: [a, b], low, high })
  }

  /** A choice beside a constant, in the order in which they stand. */
  #withConstant(a: Node, b: Node, work: (a: Node, b: Node) => Node): Node | undefined {
    if (isNumberConstant(b)) return this.#ofChoice(a, (part) => work(part, b))
    return isNumberConstant(a) ? this.#ofChoice(b, (part) => work(a, part)) : undefined
  }

  smaller(a: Node, b: Node): Node {
    if (a === b || a.high <= b.low) return a
    if (b.high <= a.low) return b
    const chosen = this.#withConstant(a, b, (one, other) => this.smaller(one, other))
    if (chosen) return chosen
    return this.make({ op: 'smaller', type: 'number', args: inOrder(a, b), low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) })
  }
  larger(a: Node, b: Node): Node {
    if (a === b || a.low >= b.high) return a
    if (b.low >= a.high) return b
    const chosen = this.#withConstant(a, b, (one, other) => this.larger(one, other))
    if (chosen) return chosen
    return this.make({ op: 'larger', type: 'number', args: inOrder(a, b), low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) })
  }

  less(a: Node, b: Node): Node {
    if (a.high < b.low) return this.yes
    if (a.low >= b.high) return this.no
    const chosen = this.#withConstant(a, b, (one, other) => this.less(one, other))
    if (chosen) return chosen
    return this.make({ op: 'less', type: 'truth', args: [a, b] })
  }
  notMore(a: Node, b: Node): Node {
    return this.not(this.less(b, a))
  }
  equal(a: Node, b: Node): Node {
    if (a === b) return this.yes
    if (a.type === 'truth') return this.choose(a, b, this.not(b))
    if (a.type === 'number' && (a.high < b.low || b.high < a.low)) return this.no
    if (a.op === 'constant' && b.op === 'constant') return this.truth(a.value === b.value)
    const chosen = this.#withConstant(a, b, (one, other) => this.equal(one, other))
    if (chosen) return chosen
    return this.make({ op: 'equal', type: 'truth', args: inOrder(a, b) })
  }

  and(...truths: readonly Node[]): Node {
    return this.#joint('and', truths, this.yes, this.no)
  }
  or(...truths: readonly Node[]): Node {
    return this.#joint('or', truths, this.no, this.yes)
  }

  /** @param neutral changes nothing @param decisive settles the whole */
  #joint(op: 'and' | 'or', truths: readonly Node[], neutral: Node, decisive: Node): Node {
    const flat = truths.flatMap((arg) => (arg.op === op ? arg.args : [arg]))
    const all = new Set(flat.filter((arg) => arg !== neutral))
    // Inside 甲 且 (…) 甲 is true, inside 甲 或 (…) it is false.
    const beside = (arg: Node) => this.#given(arg, new Map([...all].filter((other) => other !== arg).map((other) => [other, op === 'and'])))
    const settled = all.size > mostJoint ? [...all] : [...all].map((arg) => (isCompound(arg) ? beside(arg) : arg))
    const args = new Set(settled.flatMap((arg) => (arg.op === op ? arg.args : [arg])))
    args.delete(neutral)
    if (args.has(decisive) || [...args].some((arg) => arg.op === 'not' && args.has(arg.args[0]))) return decisive
    const sorted = [...this.#entriesTogether(op, [...args])].sort(byId)
    const [first, second] = sorted
    if (!first) return neutral
    return second ? this.make({ op, type: 'truth', args: sorted }) : first
  }

  /** Entries at one place are one. */
  #entriesTogether(op: 'and' | 'or', args: readonly Node[]): readonly Node[] {
    const places = new Map<Node, NodeOf<'entry'>[]>()
    for (const arg of args) if (arg.op === 'entry') places.set(arg.args[0], [...(places.get(arg.args[0]) ?? []), arg])
    const several = [...places.values()].filter(({ length }) => length > 1 && length < args.length)
    if (several.length === 0) return args
    const joined = several.map((entries) => this[op](...entries))
    return [...args.filter((arg) => !several.some((entries) => entries.some((entry) => entry === arg))), ...joined]
  }

  /** A node where some truths are already certain. */
  #given(node: Node, facts: ReadonlyMap<Node, boolean>, depth = 8): Node {
    const certain = facts.get(node)
    if (certain !== undefined) return this.truth(certain)
    if (depth === 0 || node.op === 'constant') return node
    const inner = (arg: Node) => this.#given(arg, facts, depth - 1)
    switch (node.op) {
      case 'not':
        return this.not(inner(node.args[0]))
      case 'and':
      case 'or': {
        if (node.args.length > mostJoint) return node
        const args = node.args.map(inner)
        return args.every((arg, i) => arg === node.args[i]) ? node : node.op === 'and' ? this.and(...args) : this.or(...args)
      }
      case 'choose': {
        const condition = inner(node.args[0])
        if (condition === this.yes) return inner(node.args[1])
        if (condition === this.no) return inner(node.args[2])
        const [a, b] = [inner(node.args[1]), inner(node.args[2])]
        return condition === node.args[0] && a === node.args[1] && b === node.args[2] ? node : this.choose(condition, a, b)
      }
      case 'add':
        return this.add(...node.args.map(inner))
      case 'multiply':
        return this.multiply(inner(node.args[0]), inner(node.args[1]))
      case 'divide':
        return this.divide(inner(node.args[0]), inner(node.args[1]))
      case 'smaller':
        return this.smaller(inner(node.args[0]), inner(node.args[1]))
      case 'larger':
        return this.larger(inner(node.args[0]), inner(node.args[1]))
      case 'less':
        return this.less(inner(node.args[0]), inner(node.args[1]))
      case 'join-bits':
        return this.joinBits(...node.args.map(inner))
      default:
        return node
    }
  }

  /** A node where a truth holds, or does not. */
  where(truth: Node, holds: boolean, node: Node): Node {
    return this.#given(node, assumed(truth, holds))
  }

  not(a: Node): Node {
    if (a === this.yes) return this.no
    if (a === this.no) return this.yes
    if (a.op === 'not') return a.args[0]
    if (a.op === 'and' || a.op === 'or') {
      const denied = a.args.filter((arg) => arg.op === 'not').map(({ args: [arg] }) => arg)
      if (denied.length === a.args.length) return a.op === 'and' ? this.or(...denied) : this.and(...denied)
    }
    return this.make({ op: 'not', type: 'truth', args: [a] })
  }

  choose(condition: Node, a: Node, b: Node): Node {
    if (condition === this.yes || a === b) return a
    if (condition === this.no) return b
    if (condition.op === 'not') return this.choose(condition.args[0], b, a)
    const [first, second] = [this.#given(a, assumed(condition, true)), this.#given(b, assumed(condition, false))]
    if (first !== a || second !== b) return this.choose(condition, first, second)
    if (a.type === 'truth') {
      if (a === this.yes) return this.or(condition, b)
      if (a === this.no) return this.and(this.not(condition), b)
      if (b === this.yes) return this.or(this.not(condition), a)
      if (b === this.no) return this.and(condition, a)
    }
    const joined = this.#joinCases(condition, a, b)
    if (joined) return joined
    return this.make({ op: 'choose', type: a.type, args: [condition, a, b], low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) })
  }

  /** 若 甲 且 非 乙 为 A，若 甲 且 乙 为 B，否则 C: 若 甲，按 乙 取 A 或 B，否则 C. */
  #joinCases(condition: Node, a: Node, b: Node): Node | undefined {
    if (b.op !== 'choose') return undefined
    const [second, other, rest] = b.args
    if (condition.op !== 'and' || second.op !== 'and') return undefined
    const [only, ...more] = condition.args.filter((arg) => !second.args.includes(arg))
    const [opposite, ...others] = second.args.filter((arg) => !condition.args.includes(arg))
    if (!only || !opposite || more.length > 0 || others.length > 0 || this.not(only) !== opposite) return undefined
    const common = this.and(...condition.args.filter((arg) => arg !== only))
    return this.choose(common, this.choose(only, a, other), rest)
  }

  joinBits(...words: readonly Node[]): Node {
    const args = [...new Set(words.flatMap((arg) => (arg.op === 'join-bits' ? arg.args : [arg])))].filter((arg) => arg !== this.zero).sort(byId)
    const [first, second] = args
    if (!first) return this.zero
    if (args.every(isNumberConstant)) return this.number(args.reduce((bits, { value }) => bits | value, 0))
    return second ? this.make({ op: 'join-bits', type: 'number', args, low: 0, high: 2 ** 31 - 1 }) : first
  }
  hasBit(word: Node, bit: number): Node {
    if (isNumberConstant(word)) return this.truth((word.value & (1 << bit)) !== 0)
    return this.make({ op: 'has-bit', type: 'truth', args: [word], value: bit })
  }
  countBits(word: Node, members: number): Node {
    return this.make({ op: 'count-bits', type: 'number', args: [word], low: 0, high: members })
  }

  addMonths(date: Node, months: number): Node {
    if (months === 0) return date
    if (isNumberConstant(date)) return this.number(addMonths(date.value, months))
    const chosen = this.#ofChoice(date, (part) => this.addMonths(part, months))
    if (chosen) return chosen
    return this.make({ op: 'add-months', type: 'number', args: [date], value: months, low: 0, high: 99_991_231 })
  }
  addDays(date: Node, days: number): Node {
    if (days === 0) return date
    if (isNumberConstant(date)) return this.number(addDays(date.value, days))
    const chosen = this.#ofChoice(date, (part) => this.addDays(part, days))
    if (chosen) return chosen
    if (date.op === 'add-days') return this.addDays(date.args[0], date.value + days)
    return this.make({ op: 'add-days', type: 'number', args: [date], value: days, low: 0, high: 99_991_231 })
  }
  fullMonths(from: Node, to: Node): Node {
    if (isNumberConstant(from) && isNumberConstant(to)) return this.number(fullMonths(from.value, to.value))
    const chosen = this.#withConstant(from, to, (one, other) => this.fullMonths(one, other))
    if (chosen) return chosen
    return this.make({ op: 'full-months', type: 'number', args: [from, to], low: -120_000, high: 120_000 })
  }
  age(born: Node, on: Node): Node {
    if (isNumberConstant(born) && isNumberConstant(on)) return this.number(ageOn(born.value, on.value))
    const chosen = this.#withConstant(born, on, (one, other) => this.age(one, other))
    if (chosen) return chosen
    return this.make({ op: 'age', type: 'number', args: [born, on], low: -10_000, high: 10_000 })
  }
}

/** Equal terms, and multiples of one, together: a sum of a sum with itself would grow with every doubling. */
function collected(terms: readonly Node[]): readonly (readonly [term: Node, times: number])[] {
  const times = new Map<Node, number>()
  for (const term of terms.flatMap((one) => (one.op === 'add' ? one.args : [one]))) {
    const { part, factor } = multipleOf(term)
    times.set(part, (times.get(part) ?? 0) + factor)
  }
  return [...times].filter(([, count]) => count !== 0)
}

const isCompound = (node: Node): boolean => node.op === 'and' || node.op === 'or' || node.op === 'choose' || (node.op === 'not' && isCompound(node.args[0]))

/** What follows from a condition that holds, or does not. */
function assumed(condition: Node, holds: boolean, facts = new Map<Node, boolean>()): Map<Node, boolean> {
  facts.set(condition, holds)
  if (condition.op === 'not') assumed(condition.args[0], !holds, facts)
  if (condition.op === (holds ? 'and' : 'or')) for (const arg of condition.args) assumed(arg, holds, facts)
  return facts
}

const inOrder = (a: Node, b: Node): readonly [Node, Node] => (a.id <= b.id ? [a, b] : [b, a])
const byId = (a: Node, b: Node): number => a.id - b.id
