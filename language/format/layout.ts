// Lays tokens out in lines. The author's line breaks stay; indentation, gaps and columns are settled here: rows of one body
// align their awards, facts their source, cases of a definition their values.

import { displayWidth } from '../characters.ts'
import type { Comment } from '../lex.ts'
import type { Parsed } from '../parse.ts'
import { symbols } from '../tokens.ts'
import type { Surface } from '../words.ts'
import { type Marks, marksOf } from './marks.ts'
import { type Printed, print } from './print.ts'

const indentWidth = 2
/** Between statements on one line, and between columns. */
const wideGap = '   '
/** A cell wider than this does not push its neighbours' columns. */
const widestCell = 60

interface Line {
  readonly tokens: Printed[]
  comment: Comment | undefined
  blankBefore: boolean
}

export function layOut(text: string, parsed: Parsed, target: Surface): string {
  const marks = marksOf(parsed)
  const lines = splitLines(text, print(parsed.tokens, parsed.surface, target), parsed.comments)
  const depths = indentation(lines, marks)
  const cells = lines.map((line) => cellsOf(line, marks))
  const kinds = lines.map((line) => line.tokens.map(({ token }) => marks.columns.get(token.startOffset)).find((kind) => kind !== undefined))
  alignColumns(lines, cells, depths, kinds)
  return lines
    .map((line, i) => {
      const code = (cells[i] ?? []).join('').trimEnd()
      const body = line.comment ? (code === '' ? line.comment.text : `${code}  ${line.comment.text}`) : code
      return `${line.blankBefore ? '\n' : ''}${' '.repeat((depths[i] ?? 0) * indentWidth)}${body}\n`
    })
    .join('')
}

function splitLines(text: string, printed: readonly Printed[], comments: readonly Comment[]): readonly Line[] {
  const lines: Line[] = []
  const pieces = [
    ...printed.map((piece) => ({ start: piece.token.startOffset, end: (piece.token.endOffset ?? piece.token.startOffset) + 1, piece, comment: undefined })),
    ...comments.map((comment) => ({ start: comment.span.start, end: comment.span.end, piece: undefined, comment })),
  ].sort((a, b) => a.start - b.start)
  let end = 0
  for (const { start, end: pieceEnd, piece, comment } of pieces) {
    const between = text.slice(end, start)
    const breaks = between.split('\n').length - 1
    let line = lines.at(-1)
    if (!line || breaks > 0 || line.comment) {
      const opens = line?.tokens.at(-1)?.token.tokenType === symbols['{'] && !line.comment
      const closes = piece?.token.tokenType === symbols['}']
      line = { tokens: [], comment: undefined, blankBefore: lines.length > 0 && breaks > 1 && !opens && !closes }
      lines.push(line)
    }
    if (piece) line.tokens.push(piece)
    else line.comment = comment
    end = pieceEnd
  }
  return lines
}

/** Levels of indentation per line: open brackets, and one more inside a statement that began on an earlier line. */
function indentation(lines: readonly Line[], marks: Marks): readonly number[] {
  const open: { depth: number; end: number }[] = []
  let depth = 0
  return lines.map((line) => {
    const first = line.tokens[0]?.token
    const closers = leadingClosers(line)
    const at = first?.startOffset ?? line.comment?.span.start ?? 0
    while (open.length > 0 && (open.at(-1)?.end ?? 0) <= at) open.pop()
    const continues = closers === 0 && !marks.statements.has(at) && open.at(-1)?.depth === depth
    const level = Math.max(0, depth - closers) + (continues ? 1 : 0)
    for (const { token } of line.tokens) {
      const end = marks.statements.get(token.startOffset)
      if (end !== undefined) open.push({ depth, end })
      const name = token.tokenType.name
      if (name === '{' || name === '(' || name === '[') depth += 1
      else if (name === '}' || name === ')' || name === ']') depth = Math.max(0, depth - 1)
    }
    return level
  })
}

function leadingClosers(line: Line): number {
  const rest = line.tokens.findIndex(({ token }) => !['}', ')', ']'].includes(token.tokenType.name))
  return rest < 0 ? line.tokens.length : rest
}

/** The text of a line, cut where a column begins. */
function cellsOf(line: Line, marks: Marks): string[] {
  const cells = ['']
  line.tokens.forEach(({ token, form, gap }, i) => {
    const at = token.startOffset
    const before = line.tokens[i - 1]?.token
    const apart =
      before !== undefined &&
      before.tokenType !== symbols['{'] &&
      before.tokenType !== symbols['}'] &&
      before.tokenType !== symbols[';'] &&
      before.tokenType !== symbols[','] &&
      (marks.statements.has(at) || marks.asides.has(at))
    const space = i === 0 ? '' : apart ? wideGap : gap
    if (i > 0 && marks.columns.has(at)) cells.push(form)
    else cells[cells.length - 1] += space + form
  })
  return cells
}

/** Pads the first cell of neighbouring lines that have a column to one width. */
function alignColumns(lines: readonly Line[], cells: string[][], depths: readonly number[], kinds: readonly (string | undefined)[]) {
  let from = 0
  while (from < lines.length) {
    let to = from + 1
    const startsRun = (cells[from]?.length ?? 0) === 2
    while (startsRun && to < lines.length && cells[to]?.length === 2 && depths[to] === depths[from] && kinds[to] === kinds[from] && !lines[to]?.blankBefore)
      to += 1
    const run = cells.slice(from, to)
    const widths = run.map(([cell = '']) => displayWidth(cell)).filter((width) => width <= widestCell)
    const widest = Math.max(0, ...widths)
    for (const line of run) {
      if (line.length !== 2) line.splice(0, line.length, line.join(kinds[from] === 'value' ? ' ' : wideGap))
      else line[0] = `${line[0]}${' '.repeat(Math.max(0, widest - displayWidth(line[0] ?? '')))}${wideGap}`
    }
    from = to
  }
}
