// A plan as one SQL query: a common table expression for each step, in which every rule stands under its words and its clause. It
// reads `applicants` and the relations of records, in which nothing is NULL, and gives a row of outputs for each applicant.
// (A common table expression for each rule takes a time that grows with the square of the rules: 21 s for 356 of them, against 0.7.)

import { nameOfId } from '../ir/ids.ts'
import type { Language } from '../ir/messages.ts'
import { periodStart } from '../ir/names.ts'
import type { Policy } from '../ir/schema.ts'
import type { Graph } from '../plan/graph.ts'
import { type Aggregate, isAggregate, isLedger, type Ledger, type List, type Node, type NodeOf, type PeriodSet } from '../plan/node.ts'
import type { Output } from '../plan/outputs.ts'
import type { Plan } from '../plan/plan.ts'
import { listOf, type Schedule, schedule } from '../plan/schedule.ts'
import { indexOf } from '../policy-index.ts'
import { type FactColumns, factColumns } from './columns.ts'
import type { Dialect } from './dialect.ts'
import { comment, quoted } from './quote.ts'

export type SqlResult =
  | { readonly ok: true; readonly sql: string; readonly columns: readonly string[] }
  | { readonly ok: false; readonly reason: 'expiring'; readonly rule: string }

/** Operands in a row. */
const mostOperands = 32

/** The largest whole number that databases hold in 32 bits. */
const small = 2 ** 31 - 1

export interface Around {
  /** The relation of applicants. */
  readonly people?: string
  /** Other columns of it that are wanted beside the outputs. */
  readonly carried?: readonly string[]
  /** In which the rules stand beside the columns. */
  readonly language?: Language
}

/** @param outputs become the columns `o0`, `o1` … after `n`, `k` and what is carried */
export function sqlOf(
  policy: Policy,
  plan: Plan,
  outputs: readonly Output[],
  dialect: Dialect,
  { people = 'applicants', carried = [], language = 'zh' }: Around = {},
): SqlResult {
  const writer = new Writer(policy, plan, outputs, dialect, { people, language })
  const expiring = [...writer.schedule.uses.keys()].find(isLedger)
  if (expiring) return { ok: false, reason: 'expiring', rule: expiring.rule }
  return { ok: true, sql: writer.write(carried), columns: outputs.map(({ name }) => name) }
}

type Sum = Exclude<Aggregate, Ledger>
type Keyed = NodeOf<'sum-of-greatest' | 'sum-of-capped'>
type Simple = Exclude<Sum, Keyed>

class Writer {
  readonly schedule: Schedule
  readonly #policy: Policy
  readonly #language: Language
  readonly #graph: Graph
  readonly #outputs: readonly Output[]
  readonly #clauses: ReadonlyMap<string, readonly string[]>
  readonly #dialect: Dialect
  readonly #facts: ReadonlyMap<string, FactColumns>
  /** Nodes that stand in a column by now. */
  readonly #named = new Set<Node>()
  readonly #tables: string[] = []
  #people: string

  constructor(policy: Policy, plan: Plan, outputs: readonly Output[], dialect: Dialect, { people, language }: Required<Pick<Around, 'people' | 'language'>>) {
    this.#people = people
    this.#language = language
    this.#policy = policy
    this.#graph = plan.graph
    this.#outputs = outputs
    this.#dialect = dialect
    this.#clauses = clausesOf(policy)
    this.#facts = new Map(factColumns(plan.facts).map((columns) => [columns.fact.name, columns]))
    this.schedule = schedule(
      plan.graph,
      outputs.map(({ node }) => node),
    )
  }

  write(carried: readonly string[]): string {
    const wanted = new Set(this.#outputs.map(({ node }) => node))
    for (const [i, stage] of this.schedule.stages.entries()) {
      for (const list of stage.lists) this.#list(list)
      for (const [over, sums] of stage.sums) this.#sums(listOf(this.#graph, over), sums, i)
      const columns = stage.nodes.filter(
        (node) => !isPlain(node) && (wanted.has(node) || (this.schedule.uses.get(node) ?? 0) > 1 || this.schedule.deep.has(node)),
      )
      this.#rules(columns)
    }
    const outputs = this.#outputs.map(
      ({ node, name, places }, i) => `${this.#show(node)} AS o${i}, ${comment(`${name}${places ? `  / ${10 ** places}` : ''}`).trimEnd()}`,
    )
    const last = outputs.pop()?.replace(', --', ' --')
    return `${this.#tables.length > 0 ? `WITH\n${this.#tables.join(',\n')}\n` : ''}SELECT ${['n', 'k', ...carried].join(', ')},\n  ${[...outputs, last].join('\n  ')}\nFROM ${this.#people}\n`
  }

  #table(name: string, body: string, about = ''): void {
    this.#tables.push(`${about === '' ? '' : comment(about)}${name} AS (${body})`)
  }

  /** Columns about the applicant, rule by rule; a column that needs another comes a step later. */
  #rules(columns: readonly Node[]): void {
    let waiting = new Set(columns)
    while (waiting.size > 0) {
      const byRule = new Map<string, Node[]>()
      for (const node of waiting) {
        if (!this.#isReady(node, waiting)) continue
        const same = byRule.get(node.rule)
        if (same) same.push(node)
        else byRule.set(node.rule, [node])
      }
      const parts = [...byRule].map(([rule, nodes]) => {
        const values = nodes.map((node) => `${this.#show(node)} AS v${node.id}`).join(',\n  ')
        return rule === '' ? `  ${values}` : `  ${comment(this.#about(rule))}  ${values}`
      })
      const name = `p${this.#tables.length}`
      this.#table(name, `\nSELECT *,\n${parts.join(',\n')}\nFROM ${this.#people}`)
      this.#people = name
      const done = new Set([...byRule.values()].flat())
      for (const node of done) this.#named.add(node)
      waiting = new Set([...waiting].filter((node) => !done.has(node)))
    }
  }

  /** Whether nothing that it is made of still waits for a column. */
  #isReady(node: Node, waiting: ReadonlySet<Node>): boolean {
    const check = (part: Node): boolean => this.#named.has(part) || (!waiting.has(part) && (isAggregate(part) || part.args.every(check)))
    return node.args.every(check)
  }

  /** The words of a rule, with its clause. */
  #about(rule: string): string {
    const cites = this.#clauses.get(rule) ?? []
    return [this.#policy.labels[rule]?.[this.#language] ?? nameOfId(rule), ...cites].filter((part) => part !== '').join('  ')
  }

  // ---- lists ----------------------------------------------------------------------------------------------------------

  /**
   * The records of a list with the values of `roots` as columns, what several of them need first.
   * @returns the relation that holds them
   */
  #records(list: List, roots: readonly Node[]): { readonly relation: string; readonly done: () => void } {
    const people = this.#peopleNodes(roots)
    const source = this.#relation(list)
    const uses = new Map<Node, number>()
    const count = (node: Node): void => {
      if (node.list === 0 || this.#named.has(node)) return
      uses.set(node, (uses.get(node) ?? 0) + 1)
      if (uses.get(node) === 1 && node.op !== 'carried') node.args.forEach(count)
    }
    roots.forEach(count)
    const shared = [...uses]
      .filter(([node, n]) => !isPlain(node) && (n > 1 || roots.includes(node) || node.op === 'covered' || this.schedule.deep.has(node)))
      .map(([node]) => node)
    let relation = source
    if (people.length > 0) {
      relation = `r${this.#tables.length}`
      const columns = people.map((column) => `p.${column}`).join(', ')
      this.#table(relation, `SELECT r.*, ${columns} FROM ${source} r JOIN ${this.#people} p ON p.n = r.n`)
    }
    const waiting = new Set(shared.sort((a, b) => a.id - b.id))
    const done: Node[] = []
    while (waiting.size > 0) {
      const ready = [...waiting].filter((node) => this.#isReady(node, waiting))
      const name = `r${this.#tables.length}`
      this.#table(
        name,
        `SELECT *, ${ready.map((node) => `${this.#show(node)} AS v${node.id}`).join(', ')} FROM ${relation} r`,
        this.#about(ready[0]?.rule ?? ''),
      )
      relation = name
      for (const node of ready) {
        this.#named.add(node)
        waiting.delete(node)
      }
      done.push(...ready)
    }
    return {
      relation,
      done: () => {
        for (const node of done) this.#named.delete(node)
      },
    }
  }

  /** Columns about the applicant that expressions about a record use. */
  #peopleNodes(roots: readonly Node[]): readonly string[] {
    const found = new Set<string>()
    const seen = new Set<Node>()
    const visit = (node: Node): void => {
      if (seen.has(node)) return
      seen.add(node)
      if (node.list === 0) {
        for (const column of this.#columnsIn(node)) found.add(column)
        return
      }
      if (node.op !== 'carried') node.args.forEach(visit)
    }
    roots.forEach(visit)
    return [...found]
  }

  #columnsIn(node: Node): readonly string[] {
    if (this.#named.has(node)) return [`v${node.id}`]
    if (node.op === 'constant') return []
    if (node.op === 'fact' || node.op === 'given') return [this.#show(node)]
    return node.args.flatMap((arg) => this.#columnsIn(arg))
  }

  #relation({ id, source }: List): string {
    return source.kind === 'fact' ? (this.#facts.get(source.fact)?.records?.relation ?? '') : `l${id}`
  }

  #periods(set: PeriodSet, carried: readonly NodeOf<'carried'>[]): string {
    const values = carried.map(({ args: [value] }) => value)
    const { relation, done } = this.#records(listOf(this.#graph, set.list), [set.keep, set.from, set.to, ...values])
    const more = values.map((node, i) => `, ${this.#show(node)} AS x${i}`).join('')
    const where = set.keep === this.#graph.yes ? '' : ` WHERE ${this.#show(set.keep)}`
    const name = `s${this.#tables.length}`
    this.#table(name, `SELECT n, ${this.#show(set.from)} AS a, ${this.#show(set.to)} AS b${more} FROM ${relation} r${where}`)
    done()
    return name
  }

  /** Joins periods that overlap or touch. Of equal periods the first is the one that has reached least: each window may order equals as it likes. */
  #merged(periods: string, name: string): void {
    const [steps, runs] = [`${name}_steps`, `${name}_runs`]
    this.#table(steps, `SELECT *, MAX(b) OVER (PARTITION BY n ORDER BY a, b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM ${periods}`)
    const begins = `CASE WHEN reached IS NULL OR a > heng_add_days(reached, 1) THEN 1 ELSE 0 END`
    this.#table(runs, `SELECT *, SUM(${begins}) OVER (PARTITION BY n ORDER BY a, b, reached NULLS FIRST ROWS UNBOUNDED PRECEDING) AS run FROM ${steps}`)
    this.#table(name, `SELECT n, MIN(a) AS a, MAX(b) AS b FROM ${runs} GROUP BY n, run`)
  }

  #list(list: List): void {
    const { source } = list
    const name = `l${list.id}`
    if (source.kind === 'fact') return
    const carried = this.schedule.carried.get(list.id) ?? []
    const periods = this.#periods(source.of, carried)
    if (source.kind === 'merged') this.#merged(periods, name)
    if (source.kind === 'without') {
      this.#merged(this.#periods(source.other, []), `${name}_out`)
      // What lies between the periods that are taken out, and before and after them.
      const before = `SELECT n, COALESCE(heng_add_days(LAG(b) OVER (PARTITION BY n ORDER BY a), 1), 0) AS lo, heng_add_days(a, -1) AS hi FROM ${name}_out`
      this.#table(`${name}_between`, `${before} UNION ALL SELECT n, heng_add_days(MAX(b), 1), 99991231 FROM ${name}_out GROUP BY n`)
      const [a, b] = ['GREATEST(s.a, COALESCE(o.lo, 0))', 'LEAST(s.b, COALESCE(o.hi, 99991231))']
      const more = carried.map((_, i) => `, s.x${i}`).join('')
      this.#table(name, `SELECT s.n, ${a} AS a, ${b} AS b${more} FROM ${periods} s LEFT JOIN ${name}_between o ON o.n = s.n WHERE ${a} <= ${b}`)
    }
    if (source.kind === 'unbroken') this.#unbroken(name, periods, source)
  }

  #unbroken(name: string, periods: string, source: Extract<List['source'], { kind: 'unbroken' }>): void {
    const to = this.#show(source.to)
    const columns = this.#columnsIn(source.to)
    const joined =
      columns.length > 0
        ? `(SELECT s.*, ${columns.map((column) => `p.${column}`).join(', ')} FROM ${periods} s JOIN ${this.#people} p ON p.n = s.n) s`
        : periods
    this.#table(`${name}_upto`, `SELECT n, a, LEAST(b, ${to}) AS b, ${to} AS upto FROM ${joined} WHERE a <= ${to}`)
    this.#merged(`${name}_upto`, `${name}_all`)
    const day = columns.length > 0 ? `(SELECT MAX(upto) FROM ${name}_upto u WHERE u.n = m.n)` : to
    this.#table(`${name}_next`, `SELECT m.*, COALESCE(LEAD(a) OVER (PARTITION BY n ORDER BY a), heng_add_days(${day}, 1)) AS next FROM ${name}_all m`)
    const bridges = `heng_add_days(heng_add_months(heng_add_days(b, 1), ${source.months}), ${source.days}) >= next`
    this.#table(
      `${name}_gaps`,
      `SELECT *, SUM(CASE WHEN ${bridges} THEN 0 ELSE 1 END) OVER (PARTITION BY n ORDER BY a DESC ROWS UNBOUNDED PRECEDING) AS gaps FROM ${name}_next`,
    )
    const kept = `FROM ${name}_gaps WHERE gaps = 0`
    this.#table(name, source.counted ? `SELECT n, MIN(a) AS a, MAX(b) AS b ${kept} GROUP BY n` : `SELECT n, a, b ${kept}`)
  }

  // ---- sums over a list -----------------------------------------------------------------------------------------------

  #sums(list: List, sums: readonly Aggregate[], stage: number): void {
    const { relation, done } = this.#records(
      list,
      sums.flatMap(({ args }) => args.filter(({ op }) => op !== 'constant')),
    )
    const simple = sums.filter(isSimple)
    const joins: { readonly relation: string; readonly nodes: readonly Sum[] }[] = []
    if (simple.length > 0) {
      const name = `t${stage}_${list.id}`
      this.#table(
        name,
        `SELECT n, ${simple.map((node) => `${this.#aggregate(node)} AS v${node.id}`).join(', ')} FROM ${relation} r GROUP BY n`,
        this.#about(simple[0]?.rule ?? ''),
      )
      joins.push({ relation: name, nodes: simple })
    }
    for (const node of sums.filter(isKeyed)) {
      const [keep, key, value] = node.args
      const cap = node.op === 'sum-of-capped' ? node.args[3] : undefined
      const where = keep === this.#graph.yes ? '' : ` WHERE ${this.#show(keep)}`
      const within = cap ? `${this.#dialect.big(`SUM(${this.#show(value)})`)} AS x, MAX(${this.#show(cap)}) AS most` : `MAX(${this.#show(value)}) AS x`
      this.#table(`k${node.id}`, `SELECT n, ${within} FROM ${relation} r${where} GROUP BY n, ${this.#show(key)}`, this.#about(node.rule))
      this.#table(`t${node.id}`, `SELECT n, ${this.#dialect.big(`SUM(${cap ? 'LEAST(x, most)' : 'x'})`)} AS v${node.id} FROM k${node.id} GROUP BY n`)
      joins.push({ relation: `t${node.id}`, nodes: [node] })
    }
    done()
    const people = `p${this.#tables.length}`
    const columns = joins.flatMap(({ relation: from, nodes }) => nodes.map((node) => `COALESCE(${from}.v${node.id}, ${this.#none(node)}) AS v${node.id}`))
    this.#table(
      people,
      `SELECT p.*, ${columns.join(', ')} FROM ${this.#people} p ${joins.map(({ relation: from }) => `LEFT JOIN ${from} ON ${from}.n = p.n`).join(' ')}`,
    )
    this.#people = people
    for (const node of sums) this.#named.add(node)
  }

  #aggregate(node: Simple): string {
    const [keep] = node.args
    const filter = keep === this.#graph.yes ? '' : ` FILTER (WHERE ${this.#show(keep)})`
    switch (node.op) {
      case 'any':
        return `COUNT(*)${filter} > 0`
      case 'sum':
        return this.#dialect.big(`SUM(${this.#show(node.args[1])})${filter}`)
      case 'least':
        return `MIN(${this.#show(node.args[1])})${filter}`
      case 'greatest':
        return `MAX(${this.#show(node.args[1])})${filter}`
    }
  }

  /** Where no record is kept. */
  #none({ op, low, high }: Sum): string {
    return op === 'any' ? 'FALSE' : op === 'least' ? String(high) : op === 'greatest' ? String(low) : '0'
  }

  // ---- expressions ----------------------------------------------------------------------------------------------------

  #show(node: Node): string {
    return this.#named.has(node) ? `v${node.id}` : this.#text(node)
  }

  #text(node: Node): string {
    const show = (part: Node) => this.#show(part)
    const wide = Math.max(Math.abs(node.low), Math.abs(node.high)) > small
    const first = (text: string) => (wide ? this.#dialect.big(text) : text)
    // By then it stands in a column.
    if (isAggregate(node)) return `v${node.id}`
    switch (node.op) {
      case 'constant':
        return constantText(node)
      case 'fact':
        return this.#factColumn(node.value)
      case 'given':
        return this.#facts.get(node.value)?.given ?? 'TRUE'
      case 'field':
        return this.#fieldColumn(listOf(this.#graph, node.list), node.value)
      case 'carried':
        return `x${(this.schedule.carried.get(node.list) ?? []).indexOf(node)}`
      case 'partner':
        return `q${node.value}`
      case 'has-partner':
        return 'has_partner'
      case 'add':
        return this.#joined(node.args, ' + ', first)
      case 'multiply':
        return `(${first(show(node.args[0]))} * ${show(node.args[1])})`
      case 'divide': {
        const [a, b] = [show(node.args[0]), show(node.args[1])]
        if (node.args[0].low >= 0) return this.#dialect.divide(a, b)
        return `CASE WHEN ${a} >= 0 THEN ${this.#dialect.divide(a, b)} ELSE -${this.#dialect.divide(`(${b} - 1 - ${a})`, b)} END`
      }
      case 'smaller':
        return `LEAST(${show(node.args[0])}, ${show(node.args[1])})`
      case 'larger':
        return `GREATEST(${show(node.args[0])}, ${show(node.args[1])})`
      case 'less':
        return `(${show(node.args[0])} < ${show(node.args[1])})`
      case 'equal':
        return `(${show(node.args[0])} = ${show(node.args[1])})`
      case 'and':
        return this.#joined(node.args, ' AND ')
      case 'or':
        return this.#joined(node.args, ' OR ')
      case 'not':
        return `(NOT ${show(node.args[0])})`
      case 'choose':
        return `CASE WHEN ${show(node.args[0])} THEN ${show(node.args[1])} ELSE ${show(node.args[2])} END`
      case 'join-bits':
        return this.#joinedBits(node.args.map(show))
      case 'step':
        return `CASE ${node.value.map((step, i) => `WHEN ${show(node.args[0])} < ${step} THEN ${i}`).join(' ')} ELSE ${node.value.length} END`
      case 'entry': {
        const entry = this.#dialect.entry(node.value, show(node.args[0]))
        return node.type === 'truth' ? `(${entry} = 1)` : entry
      }
      case 'has-bit':
        return this.#dialect.hasBit(show(node.args[0]), node.value)
      case 'count-bits':
        return this.#dialect.countBits(show(node.args[0]))
      case 'add-months':
        return `heng_add_months(${show(node.args[0])}, ${node.value})`
      case 'add-days':
        return `heng_add_days(${show(node.args[0])}, ${node.value})`
      case 'full-months':
        return `heng_full_months(${show(node.args[0])}, ${show(node.args[1])})`
      case 'age':
        return `heng_age(${show(node.args[0])}, ${show(node.args[1])})`
      case 'covered':
        return `EXISTS (SELECT 1 FROM l${node.over} o WHERE o.n = r.n AND ${show(node.args[0])} BETWEEN o.a AND o.b)`
    }
  }

  /** Many operands stand in halves of halves: databases read a row of them as so many levels. @param first casts what decides the type of a half */
  #joined(args: readonly Node[], operator: string, first = (text: string): string => text): string {
    if (args.length <= mostOperands) return `(${args.map((arg, i) => (i === 0 ? first(this.#show(arg)) : this.#show(arg))).join(operator)})`
    const middle = args.length >> 1
    return `(${this.#joined(args.slice(0, middle), operator, first)}${operator}${this.#joined(args.slice(middle), operator, first)})`
  }

  /** In halves of halves, as above. */
  #joinedBits(texts: readonly string[]): string {
    const [only = '0'] = texts
    if (texts.length < 2) return only
    const middle = texts.length >> 1
    return this.#dialect.joinBits(this.#joinedBits(texts.slice(0, middle)), this.#joinedBits(texts.slice(middle)))
  }

  #factColumn(name: string): string {
    const own = this.#facts.get(name)
    if (own) return own.columns[0]?.column ?? ''
    return [...this.#facts.values()].flatMap(({ columns }) => columns).find(({ input }) => input === name)?.column ?? ''
  }

  #fieldColumn({ source }: List, name: string): string {
    if (source.kind !== 'fact') return name === periodStart ? 'a' : 'b'
    const fields = this.#facts.get(source.fact)?.records?.fields ?? []
    return fields.flatMap(({ columns }) => columns).find(({ input }) => input === name)?.column ?? ''
  }
}

/** The clauses that every rule cites. */
function clausesOf(policy: Policy): ReadonlyMap<string, readonly string[]> {
  const { items, rows } = indexOf(policy)
  const states = [...policy.states, ...policy.scenarios.flatMap((scenario) => scenario.states)]
  return new Map([...items.values(), ...rows.values(), ...policy.totals, ...states].map(({ id, cites }) => [id, cites]))
}

const isSimple = (node: Aggregate): node is Simple => !isKeyed(node) && !isLedger(node)
const isKeyed = (node: Aggregate): node is Keyed => node.op === 'sum-of-greatest' || node.op === 'sum-of-capped'

function constantText({ value }: NodeOf<'constant'>): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return typeof value === 'string' ? quoted(value) : String(value)
}

const isPlain = ({ op }: Node): boolean => op === 'constant' || op === 'fact' || op === 'given' || op === 'field' || op === 'carried'
