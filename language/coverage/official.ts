// The official text as a tree of clauses, every line of it accounted for: a line is of a clause, it is a heading, or it belongs to nothing
// that has a number and stands in the list of clauses by its own: 第8行.

import type { Span } from '../span.ts'
import { comparableName, nameOf, type Segment } from './citation.ts'
import { isFoot, isFrame, isTitle } from './frame.ts'
import { isBlank, type Line, lineIndex, linesOf, saysNothing } from './lines.ts'
import { markersOf } from './markers.ts'
import { type Draft, type DraftKind, type Notice, outline, type Part } from './outline.ts'
import { rowNames } from './rows.ts'
import { tablesOf } from './tables.ts'
import { takesAway } from './weighty.ts'

export interface OfficialClause {
  readonly kind: DraftKind | 'line'
  /** As 依据 writes it, within its part of its paper. */
  readonly name: string
  readonly part: number
  /** Its first words; of a row its longest cell. */
  readonly title: string
  /** Its own words, without those of the clauses in it. Empty of a number that the paper leaves out. */
  readonly span: Span
  /** Where it begins, from 1. */
  readonly line: number
  readonly depth: number
  /** Whether its own words say something, or are a heading, or only introduce the clauses in it. */
  readonly says: boolean
  /** Index of the clause around it. */
  readonly parent: number | undefined
}

export type LineClass = 'clause' | 'heading' | 'unread'

export interface OfficialText {
  readonly clauses: readonly OfficialClause[]
  /** In order; a paper that is numbered once is one part. */
  readonly parts: readonly Part[]
  /** What each line is that is not blank. */
  readonly lines: readonly { readonly number: number; readonly of: LineClass }[]
  readonly notices: readonly Notice[]
}

/** A draft with what is known of it later. */
interface Found {
  readonly draft: Draft
  readonly span: Span
  readonly depth: number
  readonly name: string
  readonly line: number
}

/** Signs that no paper holds: what was there did not come through. Of controls a paper has tabs, and a form feed at the end of a page. */
const isGarbled = (words: string): boolean => words.includes('\u{fffd}') || [...words].some((sign) => sign < '\t' || (sign > '\f' && sign < ' '))

export function officialText(text: string): OfficialText {
  const lines = linesOf(text)
  const tables = tablesOf(lines)
  const markers = markersOf(text, lines, new Set(tables.map(({ line }) => line.number)))
  const { drafts, headings, parts, notices } = outline(text, lines, markers, tables)
  const boundaries = [...drafts, ...headings, ...parts.slice(1)].map(({ start }) => start).sort((a, b) => a - b)
  const next = nextIn(boundaries, text)
  const spans = drafts.map((draft) => spanOf(text, lines, next(draft.start), draft))
  const outside = outsideOf(text, lines, covering(text.length, [...spans, ...headings]))
  const unread = outside.filter(({ line }) => !isFrame(lines, line.number - 1)).map(({ line, span }) => unreadLine(text, line, span, parts))
  // What has no other name has its line first.
  const found = named(drafts, spans, lines, new Set(unread.map(({ part, name }) => keyOf(part, name))))
  const ofClauses = covering(text.length, spans)
  const ofUnread = new Set(unread.map(({ line }) => line))
  const classOf = ({ number, start, end }: Line): LineClass =>
    ofUnread.has(number) ? 'unread' : ofClauses.subarray(start, end).some((one) => one === 1) ? 'clause' : 'heading'
  const clauses = assembled(text, found, unread)
  const noted = lines.flatMap(({ text: words, number }): readonly Notice[] => (isGarbled(words) ? [{ kind: 'garbled', line: number }] : []))
  return {
    clauses,
    parts: titled(parts, lines, drafts),
    lines: lines.flatMap((line) => (isBlank(line.text) ? [] : [{ number: line.number, of: classOf(line) }])),
    notices: [...notices, ...noted].sort((a, b) => a.line - b.line),
  }
}

/** Up to the next clause or heading, the end of its line where it has no more, or the foot of the paper. */
function spanOf(text: string, lines: readonly Line[], next: number, { start, limit }: Draft): Span {
  let end = Math.min(next, limit ?? next)
  for (let at = lineIndex(lines, start) + 1; (lines[at]?.start ?? end) < end; at += 1) if (isFoot(lines, at)) end = lines[at]?.start ?? end
  return { start, end: start + text.slice(start, end).trimEnd().length }
}

/** Of each place the next one after it in a sorted list, or the end of the text. */
function nextIn(sorted: readonly number[], text: string): (at: number) => number {
  const next = new Map<number, number>()
  let after = text.length
  for (const [i, at] of [...sorted.entries()].reverse()) {
    if (sorted[i + 1] !== undefined && sorted[i + 1] !== at) after = sorted[i + 1] ?? after
    next.set(at, after)
  }
  return (at) => next.get(at) ?? text.length
}

/** Names of rows, and of what has a number that was there before: that is named by its line. */
function named(drafts: readonly Draft[], spans: readonly Span[], lines: readonly Line[], taken: Set<string>): ReadonlyMap<Draft, Found> {
  const segments = new Map<Draft, readonly Segment[]>()
  const found = new Map<Draft, Found>()
  const rows = rowSegments(drafts)
  drafts.forEach((draft, i) => {
    const line = lineOf(lines, draft.start)
    const around = draft.parent ? (segments.get(draft.parent) ?? []) : []
    const own = draft.kind === 'row' ? rows.get(draft) : draft.segment
    const path = pathOf(draft, line, own === undefined ? undefined : [...around, own], taken)
    segments.set(draft, path)
    const depth = draft.parent ? (found.get(draft.parent)?.depth ?? 0) + 1 : 0
    found.set(draft, { draft, span: spans[i] ?? { start: draft.start, end: draft.start }, depth, name: nameOf(path), line })
  })
  return found
}

const keyOf = (part: number, name: string): string => `${part} ${comparableName(name)}`

/** Its own name, and where that is taken its line. */
function pathOf({ part }: Draft, line: number, own: readonly Segment[] | undefined, taken: Set<string>): readonly Segment[] {
  const isFree = (path: readonly Segment[]) => {
    const key = keyOf(part, nameOf(path))
    if (taken.has(key)) return false
    taken.add(key)
    return true
  }
  if (own && isFree(own)) return own
  let path = [`第${line}行`]
  for (let again = 2; !isFree(path); again += 1) path = [`第${line}行`, `(${again})`]
  return path
}

/** The rows of one clause are named together. */
function rowSegments(drafts: readonly Draft[]): ReadonlyMap<Draft, Segment | undefined> {
  const groups = new Map<Draft | number, Draft[]>()
  for (const draft of drafts) {
    if (!draft.row) continue
    const around = draft.parent ?? draft.part
    groups.set(around, [...(groups.get(around) ?? []), draft])
  }
  const segments = new Map<Draft, Segment | undefined>()
  for (const rows of groups.values()) {
    const names = rowNames(rows.flatMap(({ row }) => row ?? []))
    for (const [i, row] of rows.entries()) segments.set(row, names[i])
  }
  return segments
}

const lineOf = (lines: readonly Line[], at: number): number => lineIndex(lines, at) + 1

/** Which letters of a text lie in one of the spans. */
function covering(length: number, spans: readonly Span[]): Uint8Array {
  const covered = new Uint8Array(length)
  for (const { start, end } of spans) covered.fill(1, start, end)
  return covered
}

/** What of each line lies in nothing that was read. */
function outsideOf(text: string, lines: readonly Line[], read: Uint8Array): readonly { readonly line: Line; readonly span: Span }[] {
  return lines.flatMap((line) => {
    const isWhole = read.subarray(line.start, line.end).every((one) => one === 0)
    const left = Array.from({ length: line.end - line.start }, (_, i) => (read[line.start + i] === 1 ? ' ' : (text[line.start + i] ?? ''))).join('')
    if (isWhole ? isBlank(left) : saysNothing(left)) return []
    return [{ line, span: { start: line.start + (left.length - left.trimStart().length), end: line.start + left.trimEnd().length } }]
  })
}

function unreadLine(text: string, line: Line, span: Span, parts: readonly Part[]): OfficialClause {
  const part = Math.max(
    0,
    parts.findLastIndex(({ start }) => start <= span.start),
  )
  const title = shortened(text.slice(span.start, span.end).replaceAll(/\s+/gu, ' '))
  return { kind: 'line', name: `第${line.number}行`, part, title, span, line: line.number, depth: 0, says: true, parent: undefined }
}

/** Clauses and what belongs to none, in the order of the text. */
function assembled(text: string, found: ReadonlyMap<Draft, Found>, unread: readonly OfficialClause[]): readonly OfficialClause[] {
  const entries = [
    ...[...found.values()].map((one) => ({ start: one.span.start, one, line: undefined })),
    ...unread.map((line) => ({ start: line.span.start, one: undefined, line })),
  ]
    // Sorting keeps the order of those that begin together: what is missing, then what stands there.
    .sort((a, b) => a.start - b.start)
  const indexes = new Map(entries.flatMap(({ one }, i) => (one ? [[one.draft, i] as const] : [])))
  const around = new Set([...found.keys()].map(({ parent }) => parent))
  return entries.flatMap(({ one, line }): readonly OfficialClause[] => {
    if (!one) return line ? [line] : []
    const { draft, span, depth, name } = one
    const words = text.slice(Math.min(draft.after, span.end), span.end).trim()
    const title = draft.row ? longest(draft.row.cells) : titleOf(words)
    const says = !around.has(draft) || saysMore(words)
    return [{ kind: draft.kind, name, part: draft.part, title, span, line: one.line, depth, says, parent: draft.parent && indexes.get(draft.parent) }]
  })
}

/** The title of the first part is the last one above its first clause. */
function titled(parts: readonly Part[], lines: readonly Line[], drafts: readonly Draft[]): readonly Part[] {
  const first = drafts[0]?.start ?? 0
  const title = lines.findLast(({ text, end }) => end <= first && isTitle(text))
  return parts.map((part, i) => (i === 0 && title ? { ...part, title: title.text.trim() } : part))
}

/** Up to the first sentence's end or blank, and no longer than a line of a list. */
function titleOf(words: string): string {
  const [first = ''] = words.split(/[。；;\n\t]|(?<=[^\d\s]) +(?=[^\d\s])/u)
  return shortened(first.replace(/[:：，,]$/u, '').trim())
}

const shortened = (words: string): string => (words.length > 24 ? `${words.slice(0, 24)}…` : words)

const longest = (cells: readonly string[]): string => titleOf(cells.reduce((most, cell) => (cell.length > most.length ? cell : most), ''))

/** Points, shares, lengths of time, and sums of points. */
const amount = /[＝=]|\d\s*(?:分(?!部)|%|％|周岁|岁|年|个月|天|日|元|小时|毫升)/u
const introduces = /(?:[:：]|如下|以下|下列|下列(?:条件|情形|标准|指标|内容))$/u

/** Of a clause with others in it: a heading, and a sentence that introduces them, say nothing themselves. */
function saysMore(words: string): boolean {
  if (amount.test(words) || takesAway(words)) return true
  const sentences = words
    .split(/[。；;\n]/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
  const [first = '', ...others] = sentences
  const rest = /[，,]/u.test(first) || first.length > 40 ? sentences : others
  if (rest.length === 1 && introduces.test(rest[0] ?? '')) return false
  return rest.join('').replaceAll(/\s/gu, '').length > 16
}
