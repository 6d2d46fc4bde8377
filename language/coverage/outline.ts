// Numbers of an official text → its clauses in a tree. A number opens a clause where it follows the one before it, so that years and
// amounts are not taken for one; at the beginning of a line, after the end of a sentence, also where it does not: what is missing
// before it is then listed as a clause of its own. Where the main series begins again, another part of the paper begins.

import { chineseNumeral, type Segment } from './citation.ts'
import { isChapter, isOfTitle, isTitle } from './frame.ts'
import { isBlank, type Line, lineIndex } from './lines.ts'
import type { Marker, MarkerKind } from './markers.ts'
import type { TableLine } from './tables.ts'

export type DraftKind = Exclude<MarkerKind, 'chapter' | 'list'> | 'row' | 'missing'

/** A clause before it has its name and its end. */
export interface Draft {
  readonly kind: DraftKind
  readonly segment: Segment
  readonly parent: Draft | undefined
  /** Which part of the paper it is of, from 0. */
  readonly part: number
  readonly start: number
  readonly after: number
  readonly limit: number | undefined
  readonly row: TableLine | undefined
}

/** What is numbered by itself: a document, or a chapter whose clauses begin from one again. */
export interface Part {
  /** As a citation names it: 第2部分, 第二章. */
  readonly name: Segment
  readonly title: string
  /** Where its title, or else its first number, stands. */
  readonly start: number
}

/** What the reader should look at, with its line; none of it is left out for that. */
export type Notice =
  | { readonly kind: 'ragged'; readonly line: number; readonly has: number; readonly wants: number }
  | { readonly kind: 'out-of-series'; readonly line: number; readonly number: string }
  | { readonly kind: 'starts-again'; readonly line: number; readonly number: string; readonly part: Segment }
  | { readonly kind: 'garbled'; readonly line: number }

export interface Outline {
  readonly drafts: readonly Draft[]
  /** Chapters, lists of attachments, heads of tables. */
  readonly headings: readonly { readonly start: number; readonly end: number }[]
  readonly parts: readonly Part[]
  readonly notices: readonly Notice[]
}

const rank: Readonly<Record<MarkerKind | 'row', number>> = {
  attachment: 0,
  list: 0,
  force: 0,
  chapter: 0,
  article: 1,
  chinese: 1,
  bracket: 2,
  note: 2.5,
  figure: 3,
  inner: 4,
  row: 5,
}

/** More numbers than that are not left out: it is another series. */
const longestGap = 5

interface Open {
  readonly marker: Marker
  readonly draft: Draft
}

interface Outlining {
  readonly text: string
  readonly lines: readonly Line[]
  readonly open: Open[]
  readonly drafts: Draft[]
  readonly headings: { readonly start: number; readonly end: number }[]
  readonly parts: Part[]
  readonly notices: Notice[]
  /** The last heading of a chapter, until a clause opens in it. */
  chapter: Marker | undefined
  /** Numbers that run on through the headings above them, as indicators in a paper do: 一、1. 2. 二、3. 4. */
  lastFigure: number
  /** Where the last list of attachments ends. */
  listEnd: number
}

export function outline(text: string, lines: readonly Line[], markers: readonly Marker[], tables: readonly TableLine[]): Outline {
  const first: Part = { name: '第1部分', title: '', start: 0 }
  const outlining: Outlining = {
    ...{ text, lines, open: [], drafts: [], headings: [], parts: [first], notices: [] },
    ...{ chapter: undefined, lastFigure: 0, listEnd: 0 },
  }
  const steps = [
    ...markers.map((marker) => ({ start: marker.start, take: () => takeMarker(outlining, marker) })),
    ...tables.map((line) => ({ start: line.line.start, take: () => takeTableLine(outlining, line) })),
  ].sort((a, b) => a.start - b.start)
  for (const { take } of steps) take()
  return outlining
}

function takeTableLine({ open, drafts, headings, parts, notices }: Outlining, row: TableLine) {
  const { line, kind, cells, wants } = row
  if (wants !== undefined) notices.push({ kind: 'ragged', line: line.number, has: cells.length, wants })
  if (kind !== 'row') {
    headings.push(line)
    return
  }
  const parent = open.filter(({ marker }) => rank[marker.kind] < rank.row).at(-1)?.draft
  drafts.push({ kind: 'row', segment: '', parent, part: parts.length - 1, start: line.start, after: line.start, limit: line.end, row })
}

function takeMarker(outlining: Outlining, marker: Marker) {
  const { open, headings } = outlining
  if (marker.start < outlining.listEnd && marker.kind === 'figure') return
  // A chapter is a heading above the articles, whose numbers run on through all chapters.
  if (marker.kind === 'chapter') {
    headings.push({ start: marker.start, end: marker.limit ?? marker.after })
    outlining.chapter = marker
    return
  }
  if (marker.kind === 'list') {
    headings.push({ start: marker.start, end: marker.limit ?? marker.after })
    outlining.listEnd = marker.limit ?? 0
    open.length = 0
    return
  }
  const inside = open.filter((entry) => rank[entry.marker.kind] < rank[marker.kind])
  const before = open.find((entry) => entry.marker.kind === marker.kind)
  const around = inside.at(-1)
  // A series that was begun outside of what is now around it goes on out there.
  const last = around && before && open.indexOf(before) < open.indexOf(around) ? undefined : before
  const expected = (last?.marker.number ?? 0) + 1
  const runsOn = marker.kind === 'figure' && marker.number === outlining.lastFigure + 1 && beginsLine(outlining, marker.start)
  if (marker.number === 0 || marker.number === expected || runsOn) openClause(outlining, marker, inside)
  else if (beginsStatement(outlining, marker)) outOfSeries(outlining, marker, inside, last?.marker)
}

function openClause(outlining: Outlining, marker: Marker, inside: readonly Open[]) {
  const { open, drafts, parts } = outlining
  nameByChapter(outlining)
  if (marker.kind === 'figure') outlining.lastFigure = marker.number
  const { kind, segment, start, after, limit } = marker
  if (kind === 'chapter' || kind === 'list') return
  const draft: Draft = { kind, segment, parent: inside.at(-1)?.draft, part: parts.length - 1, start, after, limit, row: undefined }
  open.length = 0
  open.push(...inside, { marker, draft })
  drafts.push(draft)
  outlining.chapter = undefined
}

/** The first part is called by its chapter as well, in case that its numbers begin again in the second. */
function nameByChapter({ chapter, parts, drafts }: Outlining) {
  const [first] = parts
  if (chapter && first && drafts.length === 0) parts[0] = { ...first, name: chapter.segment }
}

function outOfSeries(outlining: Outlining, marker: Marker, inside: readonly Open[], last: Marker | undefined) {
  const { drafts, notices, parts } = outlining
  const line = lineAt(outlining, marker.start)
  const written = outlining.text.slice(marker.start, marker.after)
  if (marker.number === 1 && startsPart(outlining, marker, inside)) {
    notices.push({ kind: 'starts-again', line, number: written, part: parts.at(-1)?.name ?? '' })
    openClause(outlining, marker, [])
    return
  }
  const from = (last?.number ?? 0) + 1
  const isGap = marker.number > from && marker.number - from <= longestGap && (last !== undefined || rank[marker.kind] < rank.figure)
  if (!isGap) notices.push({ kind: 'out-of-series', line, number: written })
  for (let number = from; isGap && number < marker.number; number += 1) {
    const { start } = marker
    drafts.push({
      ...{ kind: 'missing', segment: segmentOf(marker.kind, number), parent: inside.at(-1)?.draft, part: parts.length - 1 },
      ...{ start, after: start, limit: start, row: undefined },
    })
  }
  openClause(outlining, marker, inside)
}

function segmentOf(kind: MarkerKind, number: number): Segment {
  if (kind === 'article') return `第${chineseNumeral(number)}条`
  if (kind === 'chinese') return chineseNumeral(number)
  if (kind === 'bracket') return `(${chineseNumeral(number)})`
  return kind === 'inner' ? `${number})` : String(number)
}

/** Whether a series that begins again begins a part: 一、 and 第一条 always do, others only under a title or a chapter. */
function startsPart(outlining: Outlining, marker: Marker, inside: readonly Open[]): boolean {
  if (inside.some(({ marker: { kind } }) => kind !== 'attachment')) return false
  const { parts, lines, drafts, chapter, headings } = outlining
  const title = titleAbove(outlining, marker)
  if (!title && !chapter && marker.kind !== 'chinese' && marker.kind !== 'article') return false
  const byChapter = !title && chapter !== undefined && drafts.length > 0
  const start = title ? title.start : byChapter ? chapter.start : marker.start
  if (title) headings.push(title)
  const words = title ? lines.filter((line) => line.start >= title.start && line.end <= title.end) : []
  parts.push({
    // In a second document chapters are counted anew.
    name: byChapter && parts.every(({ name }) => name !== chapter.segment) ? chapter.segment : `第${parts.length + 1}部分`,
    title: words.map(({ text }) => text.trim()).join(''),
    start,
  })
  outlining.lastFigure = 0
  return true
}

/** The title between the clause before and a number, with the lines that it goes over. */
function titleAbove({ lines, drafts }: Outlining, marker: Marker): { readonly start: number; readonly end: number } | undefined {
  const above = drafts.length === 0 ? -1 : lineIndex(lines, drafts.at(-1)?.start ?? 0)
  const here = lineIndex(lines, marker.start)
  const between = (at: number) => at > above && at < here
  let last = here - 1
  while (between(last) && !(isTitle(lines[last]?.text ?? '') && !isChapter(lines[last]?.text ?? ''))) last -= 1
  if (!between(last)) return undefined
  let from = last
  while (between(from - 1) && isOfTitle(lines, from - 1)) from -= 1
  return { start: lines[from]?.start ?? 0, end: lines[last]?.end ?? 0 }
}

const lineAt = ({ lines }: Outlining, at: number): number => lineIndex(lines, at) + 1

const beginsLine = ({ text, lines }: Outlining, at: number): boolean => text.slice(lines[lineIndex(lines, at)]?.start, at).trim() === ''

/** At the beginning of a line, where the line before has come to an end: no year, amount or reference in the middle of a sentence. */
function beginsStatement(outlining: Outlining, { start, kind, after }: Marker): boolean {
  if (!beginsLine(outlining, start)) return false
  if (kind === 'article' && !/^\s/u.test(outlining.text.slice(after, after + 1))) return false
  let above = lineIndex(outlining.lines, start) - 1
  while (above >= 0 && isBlank(outlining.lines[above]?.text ?? '')) above -= 1
  const line = (outlining.lines[above]?.text ?? '').trim()
  return line === '' || /[。；;：:！!？?”」）)|]$/u.test(line) || /\t/u.test(line) || (line.length <= 30 && !/[，,]/u.test(line))
}
