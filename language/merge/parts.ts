// A text as the parts that somebody changes, adds and moves: facts, items, uses, cases, each with the comment above it and the rest of its
// line. What stands in them is cut from the text and never written anew.

import type * as Ast from '../ast.ts'
import type { Parsed } from '../parse.ts'
import type { Span } from '../span.ts'

/** Text with parts in it: `head`, the parts, `tail`, one after the other, are `text`. */
export interface Part {
  /** The same in two versions of a text where it is the same thing. */
  readonly key: string
  readonly text: string
  /** Absent where nothing in it has a name. */
  readonly inside: { readonly head: string; readonly parts: readonly Part[]; readonly tail: string } | undefined
}

/** @returns the whole text as one part */
export const partsOf = (text: string, { tree }: Parsed): Part => cut(text, '', { start: 0, end: text.length }, tree.members)

type Node = Ast.Member | Ast.GroupNode | Ast.IndicatorNode

function cut(text: string, key: string, whole: Span, nodes: readonly Node[]): Part {
  const own = text.slice(whole.start, whole.end)
  const first = nodes[0]
  if (!first) return { key, text: own, inside: undefined }
  const begin = Math.max(whole.start, lineStartOf(text, first.span.start))
  const parts: Part[] = []
  const taken = new Map<string, number>()
  let at = begin
  for (const node of nodes) {
    const end = Math.min(whole.end, lineEndOf(text, node.span.end))
    const name = nameOf(node, text)
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    parts.push(cut(text, count === 1 ? name : `${name} ${count}`, { start: at, end }, childrenOf(node)))
    at = end
  }
  return { key, text: own, inside: { head: text.slice(whole.start, begin), parts, tail: text.slice(at, whole.end) } }
}

/** The beginning of the line, where nothing but blanks stands before the place; the place itself otherwise. */
function lineStartOf(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return /^[ \t\u3000]*$/.test(text.slice(start, at)) ? start : at
}

/** Behind the line's end, where nothing but blanks and a comment follows; the place itself otherwise. */
function lineEndOf(text: string, at: number): number {
  const [rest = ''] = /^[ \t\u3000]*(#[^\n]*)?(\n|$)/.exec(text.slice(at)) ?? []
  return at + rest.length
}

/** Items stand in a group by themselves; where rows stand beside them it is one piece. */
const childrenOf = (node: Node): readonly Node[] =>
  node.kind === 'group' && node.rows.length === 0 && node.definitions.length === 0 ? node.children : node.kind === 'extend' ? node.children : []

/** What has no name is known by what it says: of several of a kind one may go, and the others are what they were. */
function nameOf(node: Node, text: string): string {
  const said = ({ start, end }: Span) => text.slice(start, end)
  switch (node.kind) {
    case 'case':
      return `case ${node.title.text}`
    case 'clause':
      return `clause ${node.clause.text}`
    case 'state':
      return `state ${node.state} ${node.called?.text ?? said(node.span)}`
    case 'reading':
      return `reading ${said(node.span)}`
    case 'extend':
      return `extend ${node.path.names.map(({ text }) => text).join('.')}`
    default:
      return 'name' in node && node.name ? `${node.kind} ${node.name.text}` : node.kind
  }
}
