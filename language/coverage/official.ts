// The official text as a tree of clauses, by the numbers that Chinese papers use: 第一条 · 一、 · (一) · 1. · (1) or 1) · 附件1 · 注,
// and the rows of a table by their first cell. Circled numbers are parts of a sentence. A number opens a clause only where
// it follows the one before it, so that years and amounts are not taken for one.

import type { Span } from '../span.ts'
import { nameOf, plainForm, type Segment } from './citation.ts'

export interface OfficialClause {
  readonly kind: ClauseKind
  /** As 依据 writes it. */
  readonly name: string
  readonly segments: readonly Segment[]
  /** Its first words. */
  readonly title: string
  /** Its own words, without those of the clauses in it. */
  readonly span: Span
  readonly depth: number
  /** Whether its own words say something, or are a heading only. */
  readonly says: boolean
  /** Index of the clause around it. */
  readonly parent: number | undefined
}

export type ClauseKind = Exclude<Kind, 'chapter' | 'list'>

type Kind = 'chapter' | 'article' | 'chinese' | 'bracket' | 'figure' | 'inner' | 'attachment' | 'note' | 'force' | 'list' | 'row'

interface Marker {
  readonly kind: Kind
  readonly segment: Segment
  /** Which of its series it is, from 1. */
  readonly number: number
  readonly start: number
  /** Where the words after the number begin. */
  readonly after: number
}

const rank: Readonly<Record<Kind, number>> = {
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

const numeral = '[一二三四五六七八九十百]+'
/** At the beginning of a line, after a blank, or after the end of a sentence. */
const opening = new RegExp(
  `(?<=^|[\\s。；;：:])(?:(?<chapter>第${numeral}章)|第(?<article>${numeral})条|(?<chinese>${numeral})、|[(（](?<bracket>${numeral})[)）]|[(（](?<inner>\\d{1,2})[)）]|(?<half>\\d{1,2})[)）]|(?<figure>\\d{1,2})[.．、](?!\\d)|附件(?<attachment>\\d{1,2})(?![:：])|(?<list>附件[:：])|(?<note>注)[:：]|(?<force>本(?:办法|意见|细则|规定|通知)自[^。]*起施行))`,
  'gmu',
)

export function officialClauses(text: string): readonly OfficialClause[] {
  const open: { readonly marker: Marker; readonly index: number }[] = []
  const clauses: (Omit<OfficialClause, 'span' | 'says' | 'title' | 'kind'> & { readonly start: number; readonly after: number; readonly kind: Kind })[] = []
  // Numbers that run on through the headings above them, as indicators in a paper do: 一、1. 2. 二、3. 4.
  const lastFigure = { number: 0 }
  for (const marker of markersOf(text)) {
    // A chapter is a heading above the articles, whose numbers run on through all chapters.
    if (marker.kind === 'chapter') {
      clauses.push({
        name: marker.segment,
        segments: [marker.segment],
        depth: 0,
        parent: undefined,
        start: marker.start,
        after: marker.after,
        kind: marker.kind,
      })
      continue
    }
    const inside = open.filter((entry) => rank[entry.marker.kind] < rank[marker.kind])
    const before = open.find((entry) => entry.marker.kind === marker.kind)?.marker
    const around = inside.at(-1)
    const restarts = around !== undefined && before !== undefined && open.findIndex(({ marker: own }) => own === before) < open.indexOf(around)
    const runsOn = marker.kind === 'figure' && marker.number === lastFigure.number + 1 && beginsLine(text, marker.start)
    if (!follows(marker, restarts ? undefined : before, around?.marker) && !(runsOn && around?.marker.kind !== 'list')) continue
    if (marker.kind === 'figure') lastFigure.number = marker.number
    const parent = around?.index
    open.length = 0
    open.push(...inside, { marker, index: clauses.length })
    const segments = [...(parent === undefined ? [] : (clauses[parent]?.segments ?? [])), marker.segment]
    const depth = parent === undefined ? 0 : (clauses[parent]?.depth ?? 0) + 1
    clauses.push({ name: nameOf(segments), segments, depth, parent, start: marker.start, after: marker.after, kind: marker.kind })
  }
  return clauses.flatMap(({ name, segments, depth, parent, start, after, kind }, i) => {
    if (kind === 'chapter' || kind === 'list') return []
    const end = text.slice(0, clauses[i + 1]?.start ?? text.length).trimEnd().length
    const moved = (index: number | undefined) =>
      index === undefined ? undefined : index - clauses.slice(0, index).filter((clause) => clause.kind === 'chapter' || clause.kind === 'list').length
    const words = text.slice(after, end).trim()
    const hasInner = clauses.some((clause) => clause.parent === i)
    return [
      {
        kind,
        name,
        segments,
        title: kind === 'row' ? longest(words.split('\t')) : titleOf(words),
        span: { start, end },
        depth,
        says: !hasInner || saysMore(words),
        parent: moved(parent),
      },
    ]
  })
}

const beginsLine = (text: string, at: number): boolean => text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === ''

/** A series begins with one, or goes on from the clause before it; a row, a note and the like need no series. */
function follows(marker: Marker, before: Marker | undefined, around: Marker | undefined): boolean {
  if (around?.kind === 'list') return false
  if (marker.number === 0) return true
  return marker.number === (before?.number ?? 0) + 1
}

function markersOf(text: string): readonly Marker[] {
  const markers: Marker[] = []
  for (const match of text.matchAll(opening)) {
    const { chapter, article, chinese, bracket, inner, half, figure, attachment, list, note, force } = match.groups ?? {}
    const found = (kind: Kind, segment: Segment, number: number, after = match.index + match[0].length) =>
      markers.push({ kind, segment, number, start: match.index, after })
    if (chapter) found('chapter', chapter, 0)
    else if (article) found('article', `第${article}条`, chineseNumber(article))
    else if (chinese) found('chinese', chinese, chineseNumber(chinese))
    else if (bracket) found('bracket', `(${bracket})`, chineseNumber(bracket))
    else if (inner) found('inner', `(${inner})`, Number(inner))
    else if (half) found('inner', `${half})`, Number(half))
    else if (figure) found('figure', figure, Number(figure))
    else if (attachment) found('attachment', `附件${attachment}`, 0)
    else if (list) found('list', '附件', 0)
    else if (note) found('note', '注', 0)
    else if (force) found('force', '施行', 0, match.index)
  }
  return [...markers, ...rowsOf(text)].sort((a, b) => a.start - b.start)
}

/** Lines with tabs are a table: the first names its columns, each of the others is a clause by its first cell. */
function rowsOf(text: string): readonly Marker[] {
  const rows: Marker[] = []
  let header = false
  let start = 0
  for (const line of text.split('\n')) {
    const cells = line.split('\t')
    const isRow = cells.length > 2
    if (isRow && header) rows.push({ kind: 'row', segment: plainForm(cells[0] ?? ''), number: 0, start, after: start + (cells[0]?.length ?? 0) })
    if (line.trim() !== '') header = isRow
    start += line.length + 1
  }
  return rows
}

function chineseNumber(written: string): number {
  const digits = '一二三四五六七八九'
  const value = (sign: string) => digits.indexOf(sign) + 1
  let sum = 0
  let last = 0
  for (const sign of written) {
    if (sign === '百') sum += (last || 1) * 100
    else if (sign === '十') sum += (last || 1) * 10
    else last = value(sign)
    if (sign === '百' || sign === '十') last = 0
  }
  return sum + last
}

/** Up to the first sentence's end or blank, and no longer than a line of a list. */
function titleOf(words: string): string {
  const [first = ''] = words.split(/[。；;\n\t]|(?<=[^\d\s]) +(?=[^\d\s])/u)
  const plain = first.replace(/[:：，,]$/u, '').trim()
  return plain.length > 24 ? `${plain.slice(0, 24)}…` : plain
}

const longest = (cells: readonly string[]): string => titleOf(cells.reduce((most, cell) => (cell.length > most.length ? cell : most), ''))

/** A heading is one short phrase; what says something goes on after its first stop. */
const saysMore = (words: string): boolean => words.replace(/^[^。\n]{1,16}[。\n]/u, '').replaceAll(/\s/gu, '').length > 16
