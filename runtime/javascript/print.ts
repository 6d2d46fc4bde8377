// A plan as JavaScript statements: what is used more than once gets a name, everything else stands where it is used. Names of
// facts and texts are data: they stand in quotes, escaped.

import { periodStart } from '../ir/names.ts'
import type { Graph } from '../plan/graph.ts'
import { isAggregate, type List, type Node, type PeriodSet } from '../plan/node.ts'
import { listOf, type Schedule, type Stage, schedule } from '../plan/schedule.ts'
import type { Notation, Operand } from './notation.ts'
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
): { readonly lines: readonly string[]; readonly show: (node: Node) => string } {
  const plan = schedule(graph, outputs)
  const lines: string[] = []
  const facts = [...plan.uses.keys()].filter(({ op }) => op === 'fact' || op === 'given')
  for (const name of new Set(facts.map(({ value }) => String(value)))) {
    const value = facts.find((node) => node.op === 'fact' && node.value === name)
    lines.push(
      ...access.read(
        name,
        value,
        facts.some((node) => node.op === 'given' && node.value === name),
      ),
    )
  }
  const named = new Set<Node>()
  const show = printer(graph, plan, access, notation, named)
  for (const stage of plan.stages) lines.push(...printStage({ graph, plan, access, notation, show, named }, stage))
  return { lines, show }
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

function printStage(printing: Printing, stage: Stage): readonly string[] {
  const { graph, plan, show, named } = printing
  const lines: string[] = []
  for (const list of stage.lists) lines.push(...printList(printing, list))
  for (const [over, sums] of stage.sums) {
    const [ledgers, plain] = [sums.filter(isLedger), sums.filter((node) => !isLedger(node))]
    if (plain.length > 0) lines.push(...printSums(printing, listOf(graph, over), plain))
    for (const node of ledgers) lines.push(...printLedger(printing, node))
  }
  for (const node of stage.nodes) {
    if (isSimple(node) || ((plan.uses.get(node) ?? 0) < 2 && !plan.deep.has(node))) continue
    lines.push(`const v${node.id} = ${show(node)}`)
    named.add(node)
  }
  return lines
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

const isLedger = ({ op }: Node): boolean => op === 'balance' || op === 'overspent'

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

function printLedger(printing: Printing, node: Node): readonly string[] {
  const { show, named } = printing
  const [keep, points, from, to, on, spendKeep, date, amount] = node.args as [Node, Node, Node, Node, Node, Node?, Node?, Node?]
  const [grants, spends] = [`g_${node.id}`, `w_${node.id}`]
  const spent = spendKeep && date && amount && { list: node.spends, keep: spendKeep, values: [date, amount] }
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
const periodsOf = ({ list, keep, from, to }: PeriodSet, carried: readonly Node[] = []) => ({
  list,
  keep,
  values: [from, to, ...carried.map(({ args }) => args[0] as Node)],
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

/** One loop for all that is summed over a list at this point. */
function printSums(printing: Printing, list: List, sums: readonly Node[]): readonly string[] {
  const { graph, access, notation, show, named } = printing
  const before: string[] = []
  const after: string[] = []
  const inside = printRecordNodes(
    printing,
    sums.flatMap(({ args }) => args.filter(({ list: own }) => own !== 0)),
  )
  const steps = sums.map((node) => {
    const [keep, ...args] = node.args as [Node, ...Node[]]
    const [name, value] = [`v${node.id}`, (index: number) => show(args[index] as Node)]
    const step = {
      any: () => `${name} = ${notation.constant(true)}`,
      sum: () => `${name} += ${value(0)}`,
      least: () => `${name} = Math.min(${name}, ${value(0)})`,
      greatest: () => `${name} = Math.max(${name}, ${value(0)})`,
      'sum-of-greatest': () => `m${node.id}.set(${value(0)}, Math.max(m${node.id}.get(${value(0)}) ?? ${args[1]?.low}, ${value(1)}))`,
      'sum-of-capped': () => `m${node.id}.set(${value(0)}, (m${node.id}.get(${value(0)}) ?? 0) + ${value(1)})`,
    }[node.op as 'any']()
    const initial = node.op === 'any' ? notation.constant(false) : node.op === 'least' ? String(node.high) : node.op === 'greatest' ? String(node.low) : '0'
    before.push(`let ${name} = ${initial}`)
    if (node.op === 'sum-of-greatest' || node.op === 'sum-of-capped') {
      before.push(`const m${node.id} = new Map()`)
      const each = node.op === 'sum-of-greatest' ? 'x' : `Math.min(x, ${value(2)})`
      after.push(`for (const x of m${node.id}.values()) ${name} += ${each}`)
    }
    return `  ${keep === graph.yes ? step : `if (${show(keep)}) ${step}`}`
  })
  const lines = [...before, loopOver(list, access), ...inside.lines, ...steps, '}', ...after]
  inside.done()
  for (const node of sums) named.add(node)
  return lines
}

/** Pieces of a list that was made are arrays of their two days and what they carry. */
const fieldText = ({ source }: List, name: string, access: Access): string =>
  source.kind === 'fact' ? access.field(source.fact, name) : `r[${name === periodStart ? 0 : 1}]`

function printer(graph: Graph, plan: Schedule, access: Access, notation: Notation, named: ReadonlySet<Node>): (node: Node) => string {
  const show = (node: Node): string => (named.has(node) ? `v${node.id}` : text(node))
  const text = (node: Node): string => {
    const args = node.args
    const at = (index: number) => show(args[index] as Node)
    const operand = (index: number): Operand => ({ node: args[index] as Node, text: at(index) })
    switch (node.op) {
      case 'constant':
        if (typeof node.value === 'boolean') return notation.constant(node.value)
        return typeof node.value === 'string' ? literal(node.value) : (node.value as number) < 0 ? `(${node.value})` : String(node.value)
      case 'fact':
        return access.fact(String(node.value))
      case 'given':
        return access.given(String(node.value))
      case 'field':
        return fieldText(listOf(graph, node.list), String(node.value), access)
      case 'carried':
        return `r[${2 + (plan.carried.get(node.list) ?? []).indexOf(node)}]`
      case 'partner':
        return `partner[${node.value}]`
      case 'has-partner':
        return notation.truth('(partner !== undefined)')
      case 'add':
        return `(${args.map(signed).join(' ').replace(/^\+ /, '')})`
      case 'multiply':
        return args[1]?.op === 'constant' && args[1].value === -1 ? `(-${at(0)})` : `(${at(0)} * ${at(1)})`
      case 'divide':
        return (args[0]?.low ?? -1) >= 0 && (args[0]?.high ?? 0) < 2 ** 31 ? `((${at(0)} / ${at(1)}) | 0)` : `Math.floor(${at(0)} / ${at(1)})`
      case 'smaller':
        return notation.smaller(operand(0), operand(1))
      case 'larger':
        return notation.larger(operand(0), operand(1))
      case 'less':
        return notation.less(operand(0), operand(1))
      case 'equal':
        return notation.equal(operand(0), operand(1))
      case 'and':
        return notation.and(args.map(show))
      case 'or':
        return notation.or(args.map(show))
      case 'not':
        return notation.not(at(0))
      case 'choose':
        return notation.choose(at(0), node, operand(1), operand(2))
      case 'join-bits':
        return `(${args.map(show).join(' | ')})`
      case 'has-bit':
        return notation.truth(`((${at(0)} & ${2 ** (node.value as number)}) !== 0)`)
      case 'count-bits':
        return `countBits(${at(0)})`
      case 'add-months':
        return `addMonths(${at(0)}, ${node.value})`
      case 'add-days':
        return `addDays(${at(0)}, ${node.value})`
      case 'full-months':
        return `fullMonths(${at(0)}, ${at(1)})`
      case 'age':
        return `ageOn(${at(0)}, ${at(1)})`
      case 'covered':
        return notation.truth(`covered(${at(0)}, l${node.over})`)
      default:
        return `v${node.id}`
    }
  }
  const signed = (node: Node): string => {
    if (node.op === 'constant' && (node.value as number) < 0) return `- ${-(node.value as number)}`
    if (!named.has(node) && node.op === 'multiply' && node.args[1]?.op === 'constant' && (node.args[1].value as number) < 0) {
      const factor = -(node.args[1].value as number)
      return `- ${show(node.args[0] as Node)}${factor === 1 ? '' : ` * ${factor}`}`
    }
    return `+ ${show(node)}`
  }
  return show
}
