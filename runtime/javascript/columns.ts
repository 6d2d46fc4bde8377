// A plan as a JavaScript module that scores many applicants by columns: typed arrays in, typed arrays out, in one loop. Like the
// module for one applicant it needs no `eval`.

import type { Output } from '../plan/outputs.ts'
import type { Plan } from '../plan/plan.ts'
import { moduleHead } from './head.ts'
import { knownOnly, masked } from './notation.ts'
import { preludeFor } from './prelude.ts'
import { type Access, literal, printBody } from './print.ts'

/** A column of numbers, of truths as 0 and 1, or of texts. */
export type ColumnValues = ArrayLike<number> | readonly string[]

/** Facts by name. Values that are not known hold anything; a fact that may be missing says in `given`, with 1, who has it. */
export interface FactColumn {
  readonly values?: ColumnValues
  readonly given?: ArrayLike<number>
  /** Of a list: the records of applicant i are those from `offsets[i]` up to before `offsets[i + 1]`. */
  readonly offsets?: ArrayLike<number>
  readonly fields?: Readonly<Record<string, ColumnValues>>
}

/** The text of a module with `score(count, facts, out)`, which fills one array of `out` for each of `outputs`. */
export function columnsModule(plan: Plan, outputs: readonly Output[]): string {
  const access = columnAccess()
  const { lines, show } = printBody(
    plan.graph,
    outputs.map(({ node }) => node),
    access,
    masked,
  )
  const body = [...lines, ...outputs.map(({ node }, i) => `out${i}[i] = ${show(node)}`)]
  const before = [...access.before, ...outputs.map((_, i) => `const out${i} = out[${i}]`)].map((line) => `  ${line}\n`).join('')
  const loop = `  for (let i = 0; i < count; i += 1) {\n${body.map((line) => `    ${line}\n`).join('')}  }\n`
  return `${moduleHead(plan, outputs)}\n${preludeFor(body.join('\n'))}\nexport function score(count, facts, out) {\n${before}${loop}}\n`
}

/** Arrays are looked up once, before the loop. */
function columnAccess(): Access & { readonly before: readonly string[] } {
  const before: string[] = []
  const names = new Map<string, string>()
  const once = (path: string, prefix: string): string => {
    const known = names.get(path)
    if (known !== undefined) return known
    const name = `${prefix}${names.size}`
    names.set(path, name)
    before.push(`const ${name} = ${path}`)
    return name
  }
  const facts = (name: string) => `facts[${literal(name)}]`
  return {
    before,
    read: (name, value, given) => {
      const array = value && once(`${facts(name)}.values`, 'f')
      if (!given) return array === undefined ? [] : [`const ${array}_ = ${array}[i]`]
      const known = once(`${facts(name)}.given`, 'g')
      const lines = [`const ${known}_ = ${known}[i]`]
      return value && array ? [...lines, `const ${array}_ = ${knownOnly(value, `${array}[i]`, `${known}_`)}`] : lines
    },
    fact: (name) => `${once(`${facts(name)}.values`, 'f')}_`,
    given: (name) => `${once(`${facts(name)}.given`, 'g')}_`,
    eachRecord: (fact) => {
      const offsets = once(`${facts(fact)}.offsets`, 'n')
      return `for (let j = ${offsets}[i], end = ${offsets}[i + 1]; j < end; j += 1) {`
    },
    field: (fact, name) => `${once(`${facts(fact)}.fields[${literal(name)}]`, 'c')}[j]`,
  }
}
