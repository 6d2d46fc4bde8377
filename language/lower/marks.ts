// Ids, labels in both surfaces and places of what is lowered.

import type { Expression, Policy } from '../../runtime/ir/schema.ts'
import { printInline } from '../format/print.ts'
import type { Parsed } from '../parse.ts'
import { positions, type Span } from '../span.ts'

export interface Source {
  readonly path: string
  readonly sha256: string
  readonly text: string
  readonly parsed: Parsed
}

export type Marks = ReturnType<typeof marksFor>

export function marksFor(sources: readonly Source[]) {
  const places: Policy['places'] = {}
  const labels: Policy['labels'] = {}
  const positionsIn = sources.map(({ text }) => positions(text))
  const units: Policy['units'] = {}
  const papers = sources.map(({ parsed }) => paperOf(parsed))
  /** The text in which the thing at hand is written. */
  let source = 0
  let count = 0
  /** Where the expressions stand that were lowered. */
  const written = new WeakMap<Expression, Policy['places'][string]>()

  const placeOf = (span: Span) => ({ source, start: span.start, end: span.end, ...(positionsIn[source]?.(span.start) ?? { line: 1, column: 1 }) })
  const note = (id: string, span: Span): string => {
    places[id] = placeOf(span)
    return id
  }
  /** Stands for a row, a rule or a key until `identified` names it; no name looks like it. */
  const fresh = (): string => {
    count += 1
    return `*${count}`
  }
  const writtenAt = (node: Expression, span: Span): Expression => {
    written.set(node, placeOf(span))
    return node
  }
  const label = (id: string, span: Span) => {
    const parsed = sources[source]?.parsed
    if (!parsed) return
    const tokens = parsed.tokens.slice(firstFrom(parsed.tokens, span.start), firstFrom(parsed.tokens, span.end))
    labels[id] = { zh: printInline(tokens, parsed.surface, 'zh'), en: printInline(tokens, parsed.surface, 'en') }
  }
  const within = <T>(index: number, work: () => T): T => {
    const before = source
    source = index
    const result = work()
    source = before
    return result
  }
  /** Before the clauses of a policy that is taken in stands its paper: 三(二) of the county is another clause than that of the province. */
  const cited = (clauses: string): string => (source === 0 ? clauses : `${papers[source] ?? ''} ${clauses}`)
  return { places, labels, units, note, fresh, writtenAt, written, label, within, cited }
}

/** The number of a policy's paper, or its own name. */
function paperOf({ tree }: Parsed): string {
  const number = tree.members.find((member) => member.kind === 'number')
  return number?.kind === 'number' ? number.text.text : tree.name.text
}

/** Index of the first token that starts at `offset` or later. */
function firstFrom(tokens: Parsed['tokens'], offset: number): number {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.startOffset ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
