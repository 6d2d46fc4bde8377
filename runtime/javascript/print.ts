// A plan as JavaScript statements: what is used more than once gets a name, everything else stands where it is used. Names of
// facts and texts are data: they stand in quotes, escaped.

import { periodStart } from '../ir/names.ts'
import type { Graph } from '../plan/graph.ts'
import {
  type Aggregate,
  isAggregate,
  isLedger,
  isNumberConstant,
  type Ledger,
  type List,
  multipleOf,
  type Node,
  type NodeOf,
  type PeriodSet,
} from '../plan/node.ts'
import { listOf, type Schedule, type Stage, schedule } from '../plan/schedule.ts'
import { Constants } from './constants.ts'
import type { Notation, Operand } from './notation.ts'
import type { Unit } from './parts.ts'
import { literal } from './quote.ts'

/** How an engine gets at what the applicant has. */
export interface Access {
  /** Statements that read a fact once: its value, if that is used, and whether the applicant has it. */
  read(name: string, value: Node | undefined, given: boolean): readonly string[]
  /** Its name after that, and whether the applicant has it. */
  fact(name: string): string
  given(name: string): string
  /** Opens a loop over the records of a fact; the closing brace follows. */
  eachRecord(fact: string): string
  field(fact: string, name: string): string
}

export function printBody(
  graph: Graph,
  outputs: readonly Node[],
  access: Access,
  notation: Notation,
): { readonly units: readonly Unit[]; readonly constants: Constants; readonly show: (node: Node) => string } {
  const plan = schedule(graph, outputs)
  const units: Unit[] = []
  const facts = [...plan.uses.keys()].filter(({ op }) => op === 'fact' || op === 'given')
  for (const name of new Set(facts.map(({ value }) => String(value)))) {
    const value = facts.find((node) => node.op === 'fact' && node.value === name)
    const given = facts.some((node) => node.op === 'given' && node.value === name)
    units.push({ lines: access.read(name, value, given), isRead: true })
  }
  const named = new Set<Node>()
  const constants = new Constants()
  const show = printer({ graph, plan, access, notation, named, constants })
  for (const stage of plan.stages) for (const lines of printStage({ graph, plan, access, notation, show, named }, stage)) units.push({ lines, isRead: false })
  return { units, constants, show }
}

/** A plan on its way to text. */
interface Printing {
  readonly graph: Graph
  readonly plan: Schedule
  readonly access: Access
  readonly notation: Notation
  /** A node where it is used: its name once it has one. */
  readonly show: (node: Node) => string
  readonly named: Set<Node>
}

const isSimple = ({ op }: Node): boolean => op === 'constant' || op === 'fact' || op === 'given' || op === 'field' || op === 'carried'

/** Statements that stay together, in order. */
function printStage(printing: Printing, stage: Stage): readonly (readonly string[])[] {
  const { graph, plan, show, named } = printing
  const units: (readonly string[])[] = []
  for (const list of stage.lists) units.push(printList(printing, list))
  for (const [over, sums] of stage.sums) {
    const [ledgers, plain] = [sums.filter(isLedger), sums.filter((node) => !isLedger(node))]
    if (plain.length > 0) units.push(printSums(printing, listOf(graph, over), plain))
    for (const node of ledgers) units.push(printLedger(printing, node))
  }
  for (const node of stage.nodes) {
    if (isSimple(node) || ((plan.uses.get(node) ?? 0) < 2 && !plan.deep.has(node))) continue
    units.push([`const v${node.id} = ${show(node)}`])
    named.add(node)
  }
  return units
}

/** Nodes about one record that several of `roots` need get names inside the loop. */
function printRecordNodes({ plan, show, named }: Printing, roots: readonly Node[]): { readonly lines: readonly string[]; readonly done: () => void } {
  const uses = new Map<Node, number>()
  const visit = (node: Node): void => {
    if (node.list === 0 || named.has(node)) return
    uses.set(node, (uses.get(node) ?? 0) + 1)
    if (uses.get(node) === 1 && node.op !== 'carried' && !isAggregate(node)) node.args.forEach(visit)
  }
  roots.forEach(visit)
  const shared = [...uses].filter(([node, count]) => (count > 1 || plan.deep.has(node)) && node.op !== 'constant').map(([node]) => node)
  const lines = shared
    .sort((a, b) => a.id - b.id)
    .map((node) => {
      const line = `  const v${node.id} = ${show(node)}`
      named.add(node)
      return line
    })
  return {
    lines,
    done: () => {
      for (const node of shared) named.delete(node)
    },
  }
}

/** Values of the kept records of a list as an array of arrays. */
function printRows(
  printing: Printing,
  name: string,
  rows: { readonly list: number; readonly keep: Node; readonly values: readonly Node[] },
): readonly string[] {
  const { graph, access, show } = printing
  const { list, keep, values } = rows
  const inside = printRecordNodes(printing, [keep, ...values])
  const push = `${name}.push([${values.map(show).join(', ')}])`
  const lines = [
    `const ${name} = []`,
    loopOver(listOf(graph, list), access),
    ...inside.lines,
    `  ${keep === graph.yes ? push : `if (${show(keep)}) ${push}`}`,
    '}',
  ]
  inside.done()
  return lines
}

function printLedger(printing: Printing, node: Ledger): readonly string[] {
  const { show, named } = printing
  const [keep, points, from, to, on, ...spend] = node.args
  const [grants, spends] = [`g_${node.id}`, `w_${node.id}`]
  const spent = spend.length === 3 ? { list: node.spends, keep: spend[0], values: [spend[1], spend[2]] } : undefined
  const lines = [
    ...printRows(printing, grants, { list: node.over, keep, values: [points, from, to] }),
    ...(spent ? printRows(printing, spends, spent) : [`const ${spends} = []`]),
    `const v${node.id} = ledger(${grants}, ${spends}, ${show(on)}).${node.op}`,
  ]
  named.add(node)
  return lines
}

const loopOver = (list: List, access: Access): string => (list.source.kind === 'fact' ? access.eachRecord(list.source.fact) : `for (const r of l${list.id}) {`)

/** The kept periods of a set, each with what its pieces carry. */
const periodsOf = ({ list, keep, from, to }: PeriodSet, carried: readonly NodeOf<'carried'>[] = []) => ({
  list,
  keep,
  values: [from, to, ...carried.map(({ args: [value] }) => value)],
})

function printList(printing: Printing, { id, source }: List): readonly string[] {
  const { plan, show } = printing
  if (source.kind === 'fact') return []
  const carried = plan.carried.get(id) ?? []
  const periods = printRows(printing, `s${id}`, periodsOf(source.of, carried))
  if (source.kind === 'merged') return [...periods, `const l${id} = merged(s${id})`]
  if (source.kind === 'without') return [...periods, ...printRows(printing, `o${id}`, periodsOf(source.other)), `const l${id} = without(s${id}, o${id})`]
  return [...periods, `const l${id} = unbroken(s${id}, ${show(source.to)}, ${source.months}, ${source.days}, ${source.counted})`]
}

type Sum = Exclude<Aggregate, Ledger>

/** One loop for all that is summed over a list at this point. */
function printSums(printing: Printing, list: List, sums: readonly Sum[]): readonly string[] {
  const { graph, access, show, named } = printing
  const inside = printRecordNodes(
    printing,
    sums.flatMap(({ args }) => args.filter(({ list: own }) => own !== 0)),
  )
  const printed = sums.map((node) => {
    const [keep] = node.args
    const { step, ...around } = sumText(printing, node)
    return { ...around, step: `  ${keep === graph.yes ? step : `if (${show(keep)}) ${step}`}` }
  })
  const lines = [
    ...printed.flatMap(({ before }) => before),
    loopOver(list, access),
    ...inside.lines,
    ...printed.map(({ step }) => step),
    '}',
    ...printed.flatMap(({ after }) => after),
  ]
  inside.done()
  for (const node of sums) named.add(node)
  return lines
}

/** What stands before the loop, in it for a record that is kept, and after it. */
function sumText({ notation, show }: Printing, node: Sum): { readonly before: readonly string[]; readonly step: string; readonly after: readonly string[] } {
  const [name, byKey] = [`v${node.id}`, `m${node.id}`]
  const simple = (initial: string, step: string) => ({ before: [`let ${name} = ${initial}`], step, after: [] })
  const keyed = (step: string, each: string) => ({
    before: [`let ${name} = 0`, `const ${byKey} = new Map()`],
    step,
    after: [`for (const x of ${byKey}.values()) ${name} += ${each}`],
  })
  switch (node.op) {
    case 'any':
      return simple(notation.constant(false), `${name} = ${notation.constant(true)}`)
    case 'sum':
      return simple('0', `${name} += ${show(node.args[1])}`)
    case 'least':
      return simple(String(node.high), `${name} = Math.min(${name}, ${show(node.args[1])})`)
    case 'greatest':
      return simple(String(node.low), `${name} = Math.max(${name}, ${show(node.args[1])})`)
    case 'sum-of-greatest': {
      const [, key, value] = node.args
      return keyed(`${byKey}.set(${show(key)}, Math.max(${byKey}.get(${show(key)}) ?? ${value.low}, ${show(value)}))`, 'x')
    }
    case 'sum-of-capped': {
      const [, key, value, cap] = node.args
      return keyed(`${byKey}.set(${show(key)}, (${byKey}.get(${show(key)}) ?? 0) + ${show(value)})`, `Math.min(x, ${show(cap)})`)
    }
  }
}

/** Pieces of a list that was made are arrays of their two days and what they carry. */
const fieldText = ({ source }: List, name: string, access: Access): string =>
  source.kind === 'fact' ? access.field(source.fact, name) : `r[${name === periodStart ? 0 : 1}]`

/** A value that lies in a shorter range than this has its steps looked up, in so many bytes. */
const longestSteps = 2 ** 14

function entryText({ type, value }: NodeOf<'entry'>, place: string, constants: Constants, notation: Notation): string {
  const text = constants.entry(value, place)
  return type === 'truth' ? notation.bit(text) : text
}

function stepText({ args: [{ low, high }], value }: NodeOf<'step'>, of: string, constants: Constants): string {
  if (high - low >= longestSteps) return `stepsUpTo(${of}, [${value.join(', ')}])`
  return `${constants.steps(low, high, value)}[${of}${low === 0 ? '' : low > 0 ? ` - ${low}` : ` + ${-low}`}]`
}

function printer({ graph, plan, access, notation, named, constants }: Omit<Printing, 'show'> & { readonly constants: Constants }): (node: Node) => string {
  const show = (node: Node): string => (named.has(node) ? `v${node.id}` : text(node))
  const operand = (node: Node): Operand => ({ node, text: show(node) })
  const text = (node: Node): string => {
    // By then it has its name.
    if (isAggregate(node)) return `v${node.id}`
    switch (node.op) {
      case 'constant':
        return constantText(node, notation)
      case 'fact':
        return access.fact(node.value)
      case 'given':
        return access.given(node.value)
      case 'field':
        return fieldText(listOf(graph, node.list), node.value, access)
      case 'carried':
        return `r[${2 + (plan.carried.get(node.list) ?? []).indexOf(node)}]`
      case 'partner':
        return `partner[${node.value}]`
      case 'has-partner':
        return notation.truth('(partner !== undefined)')
      case 'add':
        return `(${node.args.map(signed).join(' ').replace(/^\+ /, '')})`
      case 'multiply': {
        const [a, b] = node.args
        return isNumberConstant(b) && b.value === -1 ? `(-${show(a)})` : `(${show(a)} * ${show(b)})`
      }
      case 'divide': {
        const [a, b] = node.args
        return a.low >= 0 && a.high < 2 ** 31 ? `((${show(a)} / ${show(b)}) | 0)` : `Math.floor(${show(a)} / ${show(b)})`
      }
      case 'smaller':
      case 'larger':
      case 'less':
      case 'equal':
        return notation[node.op](operand(node.args[0]), operand(node.args[1]))
      case 'and':
      case 'or':
        return notation[node.op](node.args.map(show))
      case 'not':
        return notation.not(show(node.args[0]))
      case 'choose':
        return notation.choose(show(node.args[0]), node, operand(node.args[1]), operand(node.args[2]))
      case 'join-bits':
        return `(${node.args.map(show).join(' | ')})`
      case 'step':
        return stepText(node, show(node.args[0]), constants)
      case 'entry':
        return entryText(node, show(node.args[0]), constants, notation)
      case 'has-bit':
        return notation.truth(`((${show(node.args[0])} & ${2 ** node.value}) !== 0)`)
      case 'count-bits':
        return `countBits(${show(node.args[0])})`
      case 'add-months':
        return `addMonths(${show(node.args[0])}, ${node.value})`
      case 'add-days':
        return `addDays(${show(node.args[0])}, ${node.value})`
      case 'full-months':
        return `fullMonths(${show(node.args[0])}, ${show(node.args[1])})`
      case 'age':
        return `ageOn(${show(node.args[0])}, ${show(node.args[1])})`
      case 'covered':
        return notation.truth(`covered(${show(node.args[0])}, l${node.over})`)
    }
  }
  const signed = (node: Node): string => {
    if (isNumberConstant(node) && node.value < 0) return `- ${-node.value}`
    const { part, factor } = multipleOf(node)
    if (!named.has(node) && factor < 0) return `- ${show(part)}${factor === -1 ? '' : ` * ${-factor}`}`
    return `+ ${show(node)}`
  }
  return show
}

function constantText({ value }: NodeOf<'constant'>, notation: Notation): string {
  if (typeof value === 'boolean') return notation.constant(value)
  return typeof value === 'string' ? literal(value) : value < 0 ? `(${value})` : String(value)
}
