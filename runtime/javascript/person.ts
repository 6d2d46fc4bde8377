// A plan as a JavaScript module that scores one applicant: an object of plain values in, numbers out. It needs no `eval`: it
// is imported from a file, a data address, or a route or blob of the page.

import { readFacts } from '../facts.ts'
import type { Fact } from '../ir/schema.ts'
import { mayBeMissing } from '../plan/facts.ts'
import type { Node } from '../plan/node.ts'
import type { Output } from '../plan/outputs.ts'
import type { Plan } from '../plan/plan.ts'
import { moduleHead } from './head.ts'
import { inputOf, partsOf } from './inputs.ts'
import { branching } from './notation.ts'
import { type Keeping, mostText, partsOf as partsOfBody } from './parts.ts'
import { preludeFor } from './prelude.ts'
import { type Access, printBody } from './print.ts'
import { literal } from './quote.ts'

/**
 * The text of a module with `score(applicant, out, partner)`, which fills `out` in the order of `outputs`; a truth is 1 or 0.
 * @param most text in one of its functions
 * @throws TypeError, of `score`, when a fact that is always given is left out
 * @see inputOf for the form of an applicant
 */
export function personModule(plan: Plan, outputs: readonly Output[], most = mostText): string {
  const { units, constants, show } = printBody(
    plan.graph,
    outputs.map(({ node }) => node),
    access(plan.facts),
    branching,
  )
  // A truth in an array of numbers would be turned into one by the slowest of ways.
  const shown = (node: Node): string => (node.type === 'truth' ? (node.op === 'constant' ? String(Number(node.value)) : `${show(node)} ? 1 : 0`) : show(node))
  const filled = outputs.map(({ node }, i) => `out[${i}] = ${shown(node)}`)
  const kept = new Set<string>()
  const keeping: Keeping = {
    put: (name) => {
      kept.add(name)
      return `kept_${name} = ${name}`
    },
    get: (name) => `kept_${name}`,
  }
  const parts = partsOfBody(units, filled, keeping, most)
  const looked = constants.declared()
  const score =
    parts.length === 1
      ? scoreText('export function score', [...(parts[0] ?? []), 'return out'])
      : [
          [...kept].map((name) => `let kept_${name}\n`).join(''),
          ...parts.map((lines, i) => scoreText(`function score_${i}`, lines)),
          scoreText('export function score', [...parts.map((_, i) => `score_${i}(applicant, out, partner)`), 'return out']),
        ].join('')
  return `${moduleHead(plan, outputs)}\n${preludeFor([looked, score].join('\n'))}\n${looked}${score}`
}

const scoreText = (head: string, lines: readonly string[]): string => `${head}(applicant, out, partner) {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`

const none: Readonly<Record<Node['type'], string>> = { number: '0', truth: 'false', text: "''" }

function access(facts: readonly Fact[]): Access {
  const defaults = inputOf({ facts }, readFacts({ facts: facts.filter((fact) => fact.default !== undefined) }, {}).facts)
  const required = new Set(facts.filter((fact) => !mayBeMissing(fact)).flatMap(({ name, type }) => partsOf(name, type)))
  /** What an applicant has who does not say it. */
  const otherwise = (name: string): string | undefined => {
    const value = defaults[name]
    if (value !== undefined) return literal(value)
    return required.has(name) ? `absent(${literal(name)})` : undefined
  }
  const names = new Map<string, number>()
  const numberOf = (name: string): number => {
    const known = names.get(name) ?? names.size
    names.set(name, known)
    return known
  }
  const both = new Set<string>()
  return {
    read(name, value, given) {
      const i = numberOf(name)
      const other = otherwise(name)
      const lines = [`const g${i} = applicant[${literal(name)}]${other === undefined ? '' : ` ?? ${other}`}`]
      if (!given || value === undefined) return lines
      both.add(name)
      return [...lines, `const f${i} = g${i} === undefined ? ${none[value.type]} : g${i}`]
    },
    fact: (name) => `${both.has(name) ? 'f' : 'g'}${numberOf(name)}`,
    given: (name) => `(g${numberOf(name)} !== undefined)`,
    eachRecord: (fact) => `for (const r of applicant[${literal(fact)}] ?? ${otherwise(fact) ?? '[]'}) {`,
    field: (_, name) => `r[${literal(name)}]`,
  }
}
