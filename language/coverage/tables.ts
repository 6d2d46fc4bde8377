// The tables of an official text: lines with columns divided by | or by tabs, one after the other. Says of each such line whether it
// names the columns, rules a line, is a row, or labels the paper as its publisher does (发布机构: | 市政府办 |).

import { isBlank, type Line } from './lines.ts'

export interface TableLine {
  readonly line: Line
  readonly kind: 'head' | 'rule' | 'row' | 'label'
  /** Trimmed; empty where a cell goes on from the row above. */
  readonly cells: readonly string[]
  /** Which table of the text it is of, from 0. */
  readonly table: number
  /** How many columns the table has, where this line has another number. */
  readonly wants: number | undefined
}

type Divider = 'pipe' | 'tab'

interface Candidate {
  readonly line: Line
  readonly divider: Divider
  readonly cells: readonly string[]
  readonly isRule: boolean
}

const pipe = /[|｜│┃]/u
const ruled = /^[\s|｜│┃+:=\-─━┄┼├┤┬┴┌┐└┘╋╂═║╔╗╚╝╠╣╦╩╬]+$/u
/** A number with a tab after it, as word processors set lists. */
const numberAlone = /^\s*(?:第[一二三四五六七八九十百]+条|[一二三四五六七八九十]+、?|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、)）]?)\s*$/u
/** How the columns of points tables are called. */
const columnName =
  /^[^\d。；;，,]{0,8}(?:序号|编号|项目|指标|内容|分值|分数|得分|标准|备注|说明|类别|类型|最高分|上限|名称|部门|单位|条件|要求|材料|依据|等级|档次|积分|扣分|赋分|计分|说明|操作)[^\d。；;，,]{0,8}$/u

const trimmedCells = (cells: readonly string[]): readonly string[] => cells.map((cell) => cell.trim())

function candidateOf(line: Line): Candidate | undefined {
  const { text } = line
  if (isBlank(text)) return undefined
  const isRule = ruled.test(text) && /[|｜│┃┼├┌└+╠╔╚]/u.test(text)
  if (pipe.test(text)) {
    const cells = text.trim().split(pipe)
    const inner = cells.slice(cells[0] === '' ? 1 : 0, cells.at(-1)?.trim() === '' ? -1 : undefined)
    // One | at an end is a scar of copying, no column.
    return inner.length > 1 || (cells.length > 2 && inner.length > 0) ? { line, divider: 'pipe', cells: trimmedCells(inner), isRule } : undefined
  }
  if (isRule) return { line, divider: 'pipe', cells: [], isRule }
  const cells = text.split('\t')
  if (cells.length < 2 || (cells.length === 2 && numberAlone.test(cells[0] ?? ''))) return undefined
  return { line, divider: 'tab', cells: trimmedCells(cells), isRule: false }
}

/** Neighbours of one kind, blank lines aside. A pair of tabbed words that stands alone is no table. */
function runsOf(lines: readonly Line[]): readonly (readonly Candidate[])[] {
  const runs: Candidate[][] = []
  let open: Candidate[] | undefined
  for (const line of lines) {
    if (isBlank(line.text)) continue
    const found = candidateOf(line)
    if (found && open?.[0]?.divider === found.divider) {
      open.push(found)
      continue
    }
    open = found && [found]
    if (open) runs.push(open)
  }
  return runs.map(withoutIndents).filter(isTable)
}

const filled = ({ cells }: Candidate): number => cells.filter((cell) => cell !== '').length

/** Lines that only begin with tabs are indented; within a table they are rows whose first cells go on from above. */
function withoutIndents(run: readonly Candidate[]): readonly Candidate[] {
  if (run[0]?.divider === 'pipe' || run.some((candidate) => filled(candidate) > 1)) return run
  return []
}

function isTable(run: readonly Candidate[]): boolean {
  const written = run.filter(({ isRule }) => !isRule)
  if (written.length === 0) return false
  return written.length > 1 || run[0]?.divider === 'pipe' || (written[0]?.cells.length ?? 0) > 2
}

export function tablesOf(lines: readonly Line[]): readonly TableLine[] {
  let table = -1
  return runsOf(lines).flatMap((run) => {
    // A rule under a line makes that line the head of a table, wherever it stands; so do the names of columns.
    const starts = run.map((candidate, i) => i === 0 || (!candidate.isRule && (hasWords(run[i + 1]) || namesColumns(candidate))))
    const parts = starts.flatMap((start, i) => (start ? [run.slice(i, nextTrue(starts, i))] : []))
    return parts.flatMap((part) => {
      table += 1
      return linesOfTable(part, table)
    })
  })
}

/** |---|---|, and no +---+ around the whole. */
const hasWords = (candidate: Candidate | undefined): boolean => candidate?.isRule === true && candidate.cells.length > 1

/** A rule of points must not pass for it. */
const isPlain = (cell: string): boolean => cell.length <= 16 && !/[。；;]|\d\s*分(?!值)/u.test(cell)

function namesColumns({ cells }: Candidate): boolean {
  const named = cells.filter((cell) => cell !== '')
  return named.length > 1 && named.every(isPlain) && named.filter((cell) => columnName.test(cell)).length * 2 >= named.length
}

const nextTrue = (list: readonly boolean[], after: number): number => {
  const at = list.indexOf(true, after + 1)
  return at < 0 ? list.length : at
}

function linesOfTable(part: readonly Candidate[], table: number): readonly TableLine[] {
  const written = part.filter(({ isRule }) => !isRule)
  const isLabels = written.every(labels)
  const first = written[0]
  const head = first && !isLabels && isHead(part, first, written.length) ? first : undefined
  const wants = mostCommon(written).cells.length
  return part.map((candidate): TableLine => {
    const { line, cells, isRule } = candidate
    const repeats = head !== undefined && cells.join('|') === head.cells.join('|')
    const kind = isRule ? 'rule' : isLabels ? 'label' : repeats ? 'head' : 'row'
    const isRagged = (kind === 'row' || kind === 'head') && cells.length !== wants
    return { line, kind, cells, table, wants: isRagged ? wants : undefined }
  })
}

/** Every other cell is a label, and its neighbour what it says. */
function labels({ cells }: Candidate): boolean {
  const called = cells.filter((cell, i) => i % 2 === 0 && cell !== '')
  return called.length > 0 && called.every((cell) => /[:：]$/u.test(cell))
}

/** The first line names the columns where a rule says so, or where it is called as columns are. */
const isHead = (part: readonly Candidate[], first: Candidate, written: number): boolean =>
  hasWords(part[part.indexOf(first) + 1]) || (written > 1 && first.cells.some((cell) => columnName.test(cell)) && first.cells.every(isPlain))

function mostCommon(rows: readonly Candidate[]): { readonly cells: readonly string[] } {
  const times = new Map<number, number>()
  for (const { cells } of rows) times.set(cells.length, (times.get(cells.length) ?? 0) + 1)
  const most = Math.max(0, ...times.values())
  return rows.find(({ cells }) => times.get(cells.length) === most) ?? { cells: [] }
}
