// The places of an official text where a clause may open, by the numbers that Chinese papers use: 第一条 · 一、 · (一) · 1. · (1) or 1) ·
// 附件1 · 注, and the sentence that puts the paper into force. Circled numbers are parts of a sentence. Whether a number does open a clause is
// decided by its series, in `outline.ts`.

import { chineseNumber, chineseNumeral, type Segment } from './citation.ts'
import { isFoot, isTitle } from './frame.ts'
import { isBlank, type Line, lineIndex } from './lines.ts'

export type MarkerKind = 'chapter' | 'article' | 'chinese' | 'bracket' | 'figure' | 'inner' | 'attachment' | 'note' | 'force' | 'list'

export interface Marker {
  readonly kind: MarkerKind
  readonly segment: Segment
  /** Which of its series it is, from 1; 0 of what has no series. */
  readonly number: number
  readonly start: number
  /** Where the words after the number begin. */
  readonly after: number
  /** Where it ends at the latest: a list of attachments, a chapter's heading, a line of the head. */
  readonly limit: number | undefined
}

const numeral = '[一二三四五六七八九十百零]+'
/** At the beginning of a line, after a blank, or after the end of a sentence. */
const opening = new RegExp(
  `(?<=^|[\\s。；;：:])(?:(?<chapter>第${numeral}[编章节])|第(?<article>${numeral}|\\d{1,3})条|(?<chinese>${numeral})[、.．]|(?<signed>[㈠-㈩⑴-⒇⒈-⒛])|[(（](?<bracket>${numeral})[)）]|[(（](?<inner>\\d{1,2})[)）]|(?<half>\\d{1,2})[)）]|(?<figure>\\d{1,2})[.．、](?!\\d)|附件\\s?(?<attachment>\\d{1,2})(?![:：])|(?<list>附件[:：])|(?<note>注)[:：]|(?<force>本(?:办法|意见|细则|规定|通知|方案)自[^。]*起(?:施行|实施|执行)))`,
  'gmu',
)
const attachmentLine = new RegExp(`^(\\s*)(附[件表])(?:\\s*(\\d{1,2}|${numeral}))?(\\s*[:：]\\s*|\\s+|)(.*)$`, 'u')
const listed = /^\s*\d{1,2}\s*[.．、][^。]*$/u

/** @param tables the numbers of the lines that are of a table: what stands in its cells opens nothing */
export function markersOf(text: string, lines: readonly Line[], tables: ReadonlySet<number>): readonly Marker[] {
  const attachments = lines.flatMap((line, i) => (tables.has(line.number) ? [] : attachmentAt(lines, i, tables)))
  const taken = new Set(attachments.map(({ start }) => start))
  const words = withoutTables(text, lines, tables)
  const lineEnd = (at: number): number => lines[lineIndex(lines, at)]?.end ?? text.length
  const found = [...words.matchAll(opening)].flatMap((match): readonly Marker[] => {
    const made = markerOf(match, words, lineEnd(match.index))
    return taken.has(made.start) ? [] : [made]
  })
  return [...attachments, ...found].sort((a, b) => a.start - b.start)
}

function withoutTables(text: string, lines: readonly Line[], tables: ReadonlySet<number>): string {
  let at = 0
  let words = ''
  for (const { number, start, end } of lines) {
    if (!tables.has(number)) continue
    words += text.slice(at, start) + ' '.repeat(end - start)
    at = end
  }
  // Full-width figures are figures.
  return (words + text.slice(at)).replaceAll(/[０-９]/gu, (figure) => String.fromCharCode(figure.charCodeAt(0) - 0xfee0))
}

function markerOf(match: RegExpExecArray, text: string, lineEnd: number): Marker {
  const { chapter, article, chinese, signed, bracket, inner, half, figure, attachment, list, note } = match.groups ?? {}
  const at = { start: match.index, after: match.index + match[0].length, limit: undefined }
  if (chapter) return { ...at, kind: 'chapter', segment: chapter, number: 0, limit: lineEnd }
  if (article) {
    const counted = numberOf(article)
    return { ...at, kind: 'article', segment: `第${chineseNumeral(counted)}条`, number: counted }
  }
  if (signed) return { ...at, ...bySign(signed) }
  if (chinese) return { ...at, kind: 'chinese', segment: chinese, number: chineseNumber(chinese) }
  if (bracket) return { ...at, kind: 'bracket', segment: `(${bracket})`, number: chineseNumber(bracket) }
  if (inner) return { ...at, kind: 'inner', segment: `(${inner})`, number: Number(inner) }
  if (half) return { ...at, kind: 'inner', segment: `${half})`, number: Number(half) }
  if (figure) return { ...at, kind: 'figure', segment: figure, number: Number(figure) }
  if (attachment) return { ...at, kind: 'attachment', segment: `附件${attachment}`, number: 0 }
  // What ends with a full stop is no list: it is left for a line of its own.
  if (list) return { ...at, kind: 'list', segment: '附件', number: 0, limit: /^[^。]*?(?=\s附件|$)/u.test(text.slice(at.after, lineEnd)) ? lineEnd : at.after }
  if (note) return { ...at, kind: 'note', segment: '注', number: 0 }
  return { ...at, kind: 'force', segment: '施行', number: 0, after: match.index, limit: lineEnd }
}

const numberOf = (written: string): number => (/^\d/u.test(written) ? Number(written) : chineseNumber(written))

/** ㈠, ⑴ and ⒈ are (一), (1) and 1. in one sign. */
function bySign(sign: string): Pick<Marker, 'kind' | 'segment' | 'number'> {
  const code = sign.charCodeAt(0)
  const from = (first: string) => code - first.charCodeAt(0) + 1
  if (code >= '㈠'.charCodeAt(0)) return { kind: 'bracket', segment: `(${chineseNumeral(from('㈠'))})`, number: from('㈠') }
  if (code >= '⒈'.charCodeAt(0)) return { kind: 'figure', segment: String(from('⒈')), number: from('⒈') }
  return { kind: 'inner', segment: `(${from('⑴')})`, number: from('⑴') }
}

/** A line that begins with 附件 heads an attachment, or lists those that follow somewhere below. */
function attachmentAt(lines: readonly Line[], at: number, tables: ReadonlySet<number>): readonly Marker[] {
  const line = lines[at]
  const match = line && attachmentLine.exec(line.text)
  if (!line || !match) return []
  const [, indent = '', kind = '', number, gap = '', rest = ''] = match
  const hasColon = /[:：]/u.test(gap)
  const isNumbered = number !== undefined
  const isGlued = gap === '' && rest !== ''
  if (!isNumbered && !hasColon && rest !== '' && (isGlued || !isTitle(rest))) return []
  if (isNumbered && isGlued && (/^[中所的列规]/u.test(rest) || !/^\d/u.test(number))) return []
  const start = line.start + indent.length
  const after = line.end - rest.length
  const counted = number === undefined ? '' : String(numberOf(number))
  if (!listsOnly({ lines, at, tables, rest, hasColon, isNumbered }))
    return [{ kind: 'attachment', segment: `${kind}${counted}`, number: 0, start, after, limit: undefined }]
  return [{ kind: 'list', segment: kind, number: 0, start, after, limit: listEnd(lines, at) }]
}

interface AttachmentLine {
  readonly lines: readonly Line[]
  readonly at: number
  readonly tables: ReadonlySet<number>
  readonly rest: string
  readonly hasColon: boolean
  readonly isNumbered: boolean
}

function listsOnly({ lines, at, tables, rest, hasColon, isNumbered }: AttachmentLine): boolean {
  const below = lines.findIndex(({ text }, i) => i > at && !isBlank(text))
  const next = lines[below]
  if (rest === '') return !isNumbered && next !== undefined && listed.test(next.text) && !tables.has(next.number)
  if (!hasColon || rest.includes('。')) return false
  if (!isNumbered && listed.test(rest)) return true
  if (next === undefined || isFoot(lines, below)) return true
  if (isNumbered) return attachmentLine.test(next.text)
  return !tables.has(next.number) && !/^\s*(?:一、|第一[条章]|[(（]一[)）]|1[.．、])/u.test(next.text) && !isTitle(next.text)
}

/** With the lines below that go on counting. */
function listEnd(lines: readonly Line[], at: number): number {
  let end = lines[at]?.end ?? 0
  for (const line of lines.slice(at + 1)) {
    if (isBlank(line.text)) continue
    if (!listed.test(line.text)) break
    end = line.end
  }
  return end
}
