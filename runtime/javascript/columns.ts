// A plan as a JavaScript module that scores many applicants by columns: arrays in, arrays out. It takes about a thousand of them at a
// time into arrays of its own and scores these in one loop. (Read where they stand, columns of one length lie at addresses that a
// processor's cache takes for the same place: as many as a scheme has facts throw each other out, and cost twice the time.) Like
// the module for one applicant it needs no `eval`.

import type { Node } from '../plan/node.ts'
import type { Output } from '../plan/outputs.ts'
import type { Plan } from '../plan/plan.ts'
import { moduleHead } from './head.ts'
import { knownOnly, masked } from './notation.ts'
import { type Keeping, mostText, partsOf } from './parts.ts'
import { preludeFor } from './prelude.ts'
import { type Access, printBody } from './print.ts'
import { literal, withoutTexts } from './quote.ts'

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

/** Applicants at a time, and how far apart the columns of a block begin: not at multiples of a power of two. */
const [rows, stride] = [1024, 1040]

/**
 * The text of a module with `score(count, facts, out)`, which fills one array of `out` for each of `outputs`: a plain one, or typed.
 * @param most text in one of its functions
 */
export function columnsModule(plan: Plan, outputs: readonly Output[], most = mostText): string {
  const blocks = new Blocks()
  const access = columnAccess(blocks)
  const { units, constants, show } = printBody(
    plan.graph,
    outputs.map(({ node }) => node),
    access,
    masked,
  )
  const filled = outputs.map(({ node }) => (node.type === 'text' ? undefined : blocks.column(kindOf(node))))
  const ends = outputs.map(({ node }, k) => `${filled[k]?.at('i') ?? `out[${k}][at + i]`} = ${show(node)}`)
  const kept = new Kept(plan, blocks)
  const parts = partsOf(units, ends, kept, most)
  const names = parts.map((_, i) => (parts.length === 1 ? 'score_block' : `score_block_${i}`))
  const loops = parts.map((lines, i) => functionText(`function ${names[i]}(n, at, facts, out)`, loopOver(lines, access.before)))
  const taken = access.taken.map(([name, part, column]) => `take(${literal(name)}, facts[${literal(name)}]?.${part}, at, n, ${column.block}, ${column.start})`)
  const put = filled.flatMap((column, k) => (column ? [`put(${column.block}, ${column.start}, n, out[${k}], at)`] : []))
  const each = [`const n = Math.min(${rows}, count - at)`, ...taken, ...names.map((name) => `${name}(n, at, facts, out)`), ...put]
  return [
    moduleHead(plan, outputs),
    preludeFor([...each, ...loops, constants.declared()].join('\n')),
    constants.declared(),
    blocks.declared(),
    kept.declared(),
    functionText('export function score(count, facts, out)', [`for (let at = 0; at < count; at += ${rows}) {`, ...each.map((line) => `  ${line}`), '}']),
    ...loops,
  ]
    .filter((text) => text !== '')
    .join('\n')
}

/** The loop over a block, after what is looked up once for it. */
function loopOver(lines: readonly string[], before: readonly string[]): readonly string[] {
  const code = withoutTexts(lines.join('\n'))
  const used = new Set(code.match(/\bp\d+\b/g))
  const needed = before.filter((line) => used.has(/p\d+/.exec(line)?.[0] ?? ''))
  return [...needed, ...(code.includes('(t = ') ? ['let t = 0'] : []), 'for (let i = 0; i < n; i += 1) {', ...lines.map((line) => `  ${line}`), '}']
}

/** What one loop leaves for the next: numbers and truths in the blocks, texts and lists in arrays of their own. */
class Kept implements Keeping {
  readonly #plan: Plan
  readonly #blocks: Blocks
  readonly #columns = new Map<string, BlockColumn>()
  readonly #others = new Set<string>()

  constructor(plan: Plan, blocks: Blocks) {
    this.#plan = plan
    this.#blocks = blocks
  }

  put(name: string): string {
    return `${this.get(name)} = ${name}`
  }

  get(name: string): string {
    const node = name.startsWith('v') ? this.#plan.graph.nodes[Number(name.slice(1))] : undefined
    if (!node || node.type === 'text') {
      this.#others.add(name)
      return `kept_${name}[i]`
    }
    const column = this.#columns.get(name) ?? this.#blocks.column(kindOf(node))
    this.#columns.set(name, column)
    return column.at('i')
  }

  declared(): string {
    return [...this.#others].map((name) => `const kept_${name} = []\n`).join('')
  }
}

const functionText = (head: string, lines: readonly string[]): string => `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`

type Kind = 'bytes' | 'whole' | 'wide'
const arrays: Readonly<Record<Kind, string>> = { bytes: 'Uint8Array', whole: 'Int32Array', wide: 'Float64Array' }

const kindOf = ({ type, low, high }: Node): Kind => (type === 'truth' ? 'bytes' : low >= -(2 ** 31) && high < 2 ** 31 ? 'whole' : 'wide')

interface BlockColumn {
  readonly block: Kind
  readonly start: number
  at(index: string): string
}

/** One array for the columns of each kind. */
class Blocks {
  readonly #counts: Record<Kind, number> = { bytes: 0, whole: 0, wide: 0 }

  column(block: Kind): BlockColumn {
    const start = this.#counts[block] * stride
    this.#counts[block] += 1
    return { block, start, at: (index) => `${block}[${index}${start === 0 ? '' : ` + ${start}`}]` }
  }

  declared(): string {
    const used = (Object.keys(arrays) as Kind[]).filter((kind) => this.#counts[kind] > 0)
    return used.map((kind) => `const ${kind} = new ${arrays[kind]}(${this.#counts[kind] * stride})\n`).join('')
  }
}

type Part = 'values' | 'given'

/** Numbers and truths are read from the blocks; texts and records where they stand, looked up once for a block. */
function columnAccess(
  blocks: Blocks,
): Access & { readonly before: readonly string[]; readonly taken: readonly (readonly [name: string, part: Part, to: BlockColumn])[] } {
  const before: string[] = []
  const taken: (readonly [string, Part, BlockColumn])[] = []
  const names = new Map<string, string>()
  const numbered = (prefix: string, path: string): string => {
    const name = names.get(prefix + path) ?? `${prefix}${names.size}`
    names.set(prefix + path, name)
    return name
  }
  const inPlace = (path: string): string => {
    if (!names.has(`p${path}`)) before.push(`const ${numbered('p', path)} = ${path}`)
    return numbered('p', path)
  }
  const inBlock = (name: string, part: Part, kind: Kind): string => {
    const column = blocks.column(kind)
    taken.push([name, part, column])
    return column.at('i')
  }
  const facts = (name: string) => `facts[${literal(name)}]`
  const fact = (name: string) => numbered('f', name)
  const given = (name: string) => numbered('g', name)
  return {
    before,
    taken,
    read: (name, value, asked) => {
      const lines = asked ? [`const ${given(name)} = ${inBlock(name, 'given', 'bytes')}`] : []
      if (!value) return lines
      const text = value.type === 'text' ? `${inPlace(`${facts(name)}.values`)}[at + i]` : inBlock(name, 'values', kindOf(value))
      return [...lines, `const ${fact(name)} = ${asked ? knownOnly(value, text, given(name)) : text}`]
    },
    fact,
    given,
    eachRecord: (list) => {
      const offsets = inPlace(`${facts(list)}.offsets`)
      return `for (let j = ${offsets}[at + i], end = ${offsets}[at + i + 1]; j < end; j += 1) {`
    },
    field: (list, name) => `${inPlace(`${facts(list)}.fields[${literal(name)}]`)}[j]`,
  }
}
