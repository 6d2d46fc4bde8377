// Other engines at the same work. Each gets the rules in its own language and gives the total of one person, prepared as its
// documentation says for many evaluations of the same rules.

import { createRequire } from 'node:module'
import { type Expression, type Person, type Test, total } from './rules.ts'

export interface Peer {
  readonly name: string
  readonly score: (person: Person) => number | Promise<number>
  /** How many people it gets, so that a run takes seconds. */
  readonly people: number
}

const require = createRequire(import.meta.url)
const versionOf = (name: string): string => (require(`../node_modules/${name}/package.json`) as { version: string }).version

/** Peers are a package of their own; `undefined` while it is not installed. */
export async function peers(): Promise<readonly Peer[] | undefined> {
  try {
    require.resolve('json-logic-engine')
  } catch {
    return undefined
  }
  return [await jsonLogic(), await cel(), await feel(), await zen(), await jsonRules(), await publicodes()]
}

// The packages are not there when types are checked, so that their names are no literals.
const load = async <T>(name: string): Promise<T> => (await import(name)) as T

// ---- json-logic-engine -------------------------------------------------------------------------------------------------

async function jsonLogic(): Promise<Peer> {
  type Engine = { build(logic: unknown): (data: Person) => number }
  const { LogicEngine } = await load<{ LogicEngine: new () => Engine }>('json-logic-engine')
  const operators = { '=': '===', '<': '<', '>=': '>=', '<=': '<=' } as const
  const test = (one: Test): unknown => {
    const parts = one.map(([name, is, value]) => ({ [operators[is]]: [{ var: name }, value] }))
    return parts.length === 1 ? parts[0] : { and: parts }
  }
  const show = (node: Expression): unknown => {
    switch (node.op) {
      case 'number':
        return node.value
      case 'fact':
        return { var: node.name }
      case 'whole': {
        const of = show(node.of)
        return { '/': [{ '-': [of, { '%': [of, node.by] }] }, node.by] }
      }
      case 'if':
        return { if: [...node.cases.flatMap(([one, value]) => [test(one), show(value)]), show(node.otherwise)] }
      default:
        return { [{ add: '+', subtract: '-', multiply: '*', min: 'min', max: 'max' }[node.op]]: node.of.map(show) }
    }
  }
  return { name: `json-logic-engine ${versionOf('json-logic-engine')}, compiled`, score: new LogicEngine().build(show(total)), people: 20_000 }
}

// ---- languages of expressions ------------------------------------------------------------------------------------------

interface Notation {
  readonly number: (value: number) => string
  readonly fact: (name: string) => string
  readonly whole: (text: string, by: number) => string
  readonly choice: (test: string, then: string, otherwise: string) => string
  readonly equal: string
  readonly and: string
  readonly extreme: (name: 'min' | 'max', texts: readonly string[]) => string
}

function printed(n: Notation): string {
  const test = (one: Test): string => one.map(([name, is, value]) => `${n.fact(name)} ${is === '=' ? n.equal : is} ${n.number(value)}`).join(` ${n.and} `)
  const show = (node: Expression): string => {
    switch (node.op) {
      case 'number':
        return n.number(node.value)
      case 'fact':
        return n.fact(node.name)
      case 'whole':
        return n.whole(show(node.of), node.by)
      case 'if':
        return node.cases.reduceRight((rest, [one, value]) => `(${n.choice(test(one), show(value), rest)})`, show(node.otherwise))
      case 'min':
      case 'max':
        return n.extreme(node.op, node.of.map(show))
      default:
        return `(${node.of.map(show).join({ add: ' + ', subtract: ' - ', multiply: ' * ' }[node.op])})`
    }
  }
  return show(total)
}

async function cel(): Promise<Peer> {
  type Environment = {
    registerVariable(name: string, type: string): Environment
    registerFunction(signature: string, work: (a: number, b: number) => number): Environment
    parse(text: string): (context: object) => number
  }
  const { Environment } = await load<{ Environment: new () => Environment }>('@marcbachmann/cel-js')
  const environment = new Environment()
    .registerVariable('p', 'map')
    .registerFunction('least(double, double): double', (a, b) => Math.min(a, b))
    .registerFunction('most(double, double): double', (a, b) => Math.max(a, b))
  const double = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value))
  const run = environment.parse(
    printed({
      number: double,
      fact: (name) => `p.${name}`,
      whole: (text, by) => `double(int(${text} / ${double(by)}))`,
      choice: (test, then, otherwise) => `${test} ? ${then} : ${otherwise}`,
      equal: '==',
      and: '&&',
      extreme: (name, texts) => `${name === 'min' ? 'least' : 'most'}(${texts.join(', ')})`,
    }),
  )
  return { name: `CEL: @marcbachmann/cel-js ${versionOf('@marcbachmann/cel-js')}`, score: (p) => run({ p }), people: 5_000 }
}

async function feel(): Promise<Peer> {
  const { evaluate } = await load<{ evaluate(text: string, context: object): { value: number } }>('feelin')
  const text = printed({
    number: String,
    fact: (name) => name,
    whole: (of, by) => `floor(${of} / ${by})`,
    choice: (test, then, otherwise) => `if ${test} then ${then} else ${otherwise}`,
    equal: '=',
    and: 'and',
    extreme: (name, texts) => `${name}(${texts.join(', ')})`,
  })
  return { name: `feelin ${versionOf('feelin')}`, score: (p) => evaluate(text, p).value, people: 200 }
}

async function zen(): Promise<Peer> {
  type Decision = { evaluate(context: object): Promise<{ result: { total: number } }> }
  const { ZenEngine } = await load<{ ZenEngine: new () => { createDecision(content: object): Decision } }>('@gorules/zen-engine')
  const value = printed({
    number: String,
    fact: (name) => name,
    whole: (text, by) => `floor(${text} / ${by})`,
    choice: (test, then, otherwise) => `(${test}) ? ${then} : ${otherwise}`,
    equal: '==',
    and: 'and',
    extreme: (name, texts) => `${name}([${texts.join(', ')}])`,
  })
  const node = (id: string, type: string, x: number, content?: object) => ({ id, type, name: id, position: { x, y: 0 }, ...(content ? { content } : {}) })
  const edge = (sourceId: string, targetId: string) => ({ id: `${sourceId}-${targetId}`, type: 'edge', sourceId, targetId })
  const decision = new ZenEngine().createDecision({
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      node('in', 'inputNode', 0),
      node('points', 'expressionNode', 1, { expressions: [{ id: 'total', key: 'total', value }] }),
      node('out', 'outputNode', 2),
    ],
    edges: [edge('in', 'points'), edge('points', 'out')],
  })
  return { name: `@gorules/zen-engine ${versionOf('@gorules/zen-engine')}`, score: async (p) => (await decision.evaluate(p)).result.total, people: 5_000 }
}

// ---- json-rules-engine -------------------------------------------------------------------------------------------------

/** A rule for each case; what is reckoned stands in facts of functions, as its documentation has it. */
async function jsonRules(): Promise<Peer> {
  type Almanac = { factValue(name: string): Promise<number> }
  type Engine = {
    addFact(name: string, value: (params: object, almanac: Almanac) => Promise<number>): void
    addRule(rule: object): void
    run(facts: object): Promise<{ readonly almanac: Almanac }>
  }
  const { Engine } = await load<{ Engine: new (rules: readonly object[], options: object) => Engine }>('json-rules-engine')
  const engine = new Engine([], { allowUndefinedFacts: false })
  const operators = { '=': 'equal', '<': 'lessThan', '>=': 'greaterThanInclusive', '<=': 'lessThanInclusive' } as const
  let made = 0
  const fact = (work: (value: (name: string) => Promise<number>) => Promise<number>): string => {
    const name = `f${made++}`
    engine.addFact(name, (_, almanac) => work((other) => almanac.factValue(other)))
    return name
  }
  const all = async (names: readonly string[], value: (name: string) => Promise<number>) => {
    const values: number[] = []
    for (const name of names) values.push(await value(name))
    return values
  }
  const show = (node: Expression): string => {
    switch (node.op) {
      case 'number':
        return fact(() => Promise.resolve(node.value))
      case 'fact':
        return node.name
      case 'whole': {
        const of = show(node.of)
        return fact(async (value) => Math.floor((await value(of)) / node.by))
      }
      case 'if': {
        const result = `case${made++}`
        const then = node.cases.map(([, value]) => show(value))
        node.cases.forEach(([test], i) => {
          engine.addRule({
            priority: 100 - i,
            conditions: { all: test.map(([name, is, value]) => ({ fact: name, operator: operators[is], value })) },
            event: { type: 'award', params: { result } },
            onSuccess: async (_event: object, almanac: Almanac & { addRuntimeFact(name: string, value: number): void }) => {
              const given = await almanac.factValue(result)
              if (given === unset) almanac.addRuntimeFact(result, await almanac.factValue(then[i] ?? ''))
            },
          })
        })
        engine.addFact(result, () => Promise.resolve(unset))
        return fact(async (value) => {
          const given = await value(result)
          return given === unset ? 0 : given
        })
      }
      default: {
        const of = node.of.map(show)
        const work = {
          add: (values: readonly number[]) => values.reduce((a, b) => a + b),
          subtract: ([a = 0, b = 0]: readonly number[]) => a - b,
          multiply: ([a = 0, b = 0]: readonly number[]) => a * b,
          min: (values: readonly number[]) => Math.min(...values),
          max: (values: readonly number[]) => Math.max(...values),
        }[node.op]
        return fact(async (value) => work(await all(of, value)))
      }
    }
  }
  const result = show(total)
  return {
    name: `json-rules-engine ${versionOf('json-rules-engine')}`,
    score: async (p) => (await engine.run(p)).almanac.factValue(result),
    people: 500,
  }
}

const unset = -1

// ---- publicodes --------------------------------------------------------------------------------------------------------

async function publicodes(): Promise<Peer> {
  type Engine = { setSituation(situation: object): Engine; evaluate(name: string): { nodeValue: number } }
  const { default: Engine } = await load<{ default: new (rules: object) => Engine }>('publicodes')
  const rules: Record<string, unknown> = {}
  let made = 0
  const rule = (content: unknown): string => {
    const name = `r${letters(made++)}`
    rules[name] = content
    return name
  }
  const show = (node: Expression): string => {
    switch (node.op) {
      case 'number':
        return String(node.value)
      case 'fact':
        rules[node.name] ??= null
        return node.name
      case 'whole':
        // Half up of what is one half less: of whole numbers divided, the floor.
        return rule({ valeur: `${show(node.of)} / ${node.by} - 0.5`, arrondi: 'oui', plancher: 0 })
      case 'if': {
        const rows = node.cases.map(([test, value]) => ({
          si: { 'toutes ces conditions': test.map(condition) },
          alors: show(value),
        }))
        return rule({ variations: [...rows, { sinon: show(node.otherwise) }] })
      }
      case 'add':
        return rule({ somme: node.of.map(show) })
      case 'min':
        return rule({ 'le minimum de': node.of.map(show) })
      case 'max':
        return rule({ 'le maximum de': node.of.map(show) })
      default:
        return rule(`${node.of.map(show).join(node.op === 'subtract' ? ' - ' : ' * ')}`)
    }
  }
  const condition = ([name, is, value]: Test[number]): string => {
    rules[name] ??= null
    return `${name} ${is} ${value}`
  }
  const result = show(total)
  const engine = new Engine(rules)
  return {
    name: `publicodes ${versionOf('publicodes')}`,
    score: (p) => engine.setSituation(p).evaluate(result).nodeValue,
    people: 200,
  }
}

const letters = (value: number): string => (value >= 26 ? letters(Math.floor(value / 26) - 1) : '') + String.fromCharCode(97 + (value % 26))
