// Findings about the rows of an indicator: rows that can never apply, gaps and overlaps with a concrete value, and the
// mode that must be said where rows overlap. Gives the mode by which the rows combine.

import { compare, zero } from '../../runtime/exact/number.ts'
import { modes } from '../../runtime/ir/operations.ts'
import type * as Ast from '../ast.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import type { Span } from '../span.ts'
import type { Presence, TypedRow } from '../typed.ts'
import { byForm } from '../words.ts'
import { isError } from './context.ts'
import { ofMode } from './modes.ts'
import { type Region, regionsOf } from './regions.ts'
import type { Scope } from './scope.ts'

/** An indicator or a block: what holds rows. */
export interface RowsHolder {
  /** Empty for a block. */
  readonly name: string
  /** Where to report what is wrong with it as a whole. */
  readonly span: Span
  readonly rows: readonly Ast.RowNode[]
  readonly clauses: readonly Ast.Clause[]
  /** Where a mode can be written. */
  readonly insertAt: number
  /** Whether it comes before what follows, or after what stands there. */
  readonly before: boolean
  readonly deducts: boolean
}

type ModeClause = Extract<Ast.Clause, { kind: 'mode' }>

/** How rows combine, and whether one of them holds for everybody although each has a condition. */
export interface Settled {
  readonly mode: Ast.Mode
  readonly complete: boolean
}

export function checkRows(scope: Scope, node: RowsHolder, rows: readonly TypedRow[], modeClause: ModeClause | undefined): Settled {
  const mode = modeClause?.mode
  checkOtherwise(scope, rows, modeClause)
  checkTables(scope, rows)
  if (
    mode &&
    ofMode[mode].sparing &&
    !node.deducts &&
    rows.length > 1 &&
    rows.every(({ range }) => compare(range.high, zero) <= 0 && compare(range.low, zero) < 0)
  ) {
    scope.report({ code: 'highest-of-deductions', span: modeClause?.span ?? node.span, data: {} })
  }
  const conditions = rows.filter((row) => row.guard === 'when')
  const readable = conditions.every(({ when }) => when && !isError(when)) && rows.every(({ awards, node: written }) => awards.length === written.awards.length)
  const hasOtherwise = rows.some(({ guard }) => guard === 'otherwise')
  if (!readable) return { mode: mode ?? 'sum', complete: false }
  const regions = regionsOf(
    rows.map(({ when, onlyFor, inForce }) => ({ when, presence: { onlyFor, inForce } })),
    scope,
  )
  // 否则 holds beside no other row, whatever its own region says.
  const isCounted = (_: unknown, i: number) => rows[i]?.guard !== 'otherwise'
  const single = rows.filter(isCounted).length <= 1
  const disjoint = single || (regions?.every(({ holds }) => holds.filter(isCounted).filter(Boolean).length <= 1) ?? false)
  // A single row needs no mode; 否则 needs one that knows what comes before it, even where nothing does.
  const settled = mode ?? (single && !hasOtherwise ? 'sum' : disjoint ? 'first' : undefined)
  if (regions) reportDeadRows(scope, rows, regions, hasOtherwise ? settled : mode)
  else if (mode && ofMode[mode].inOrder) reportAfterAll(scope, rows)
  if (!settled) reportMissingMode(scope, node, rows, regions)
  if (settled && ofMode[settled].inOrder && regions && conditions.length > 1 && !hasReading(node)) reportGap(scope, node, regions)
  return {
    mode: settled ?? 'sum',
    complete: conditions.length === rows.length && (regions?.every(({ holds }) => rows.some((row, i) => holds[i] && givesAlways(row))) ?? false),
  }
}

/** A row that holds has no part in the outcome where a table of it has no column. */
const givesAlways = ({ awards }: TypedRow): boolean => awards.every((award) => award.kind !== 'table' || award.complete)

/** 否则 belongs under 取首个, said or proved, after the rows that may be there with it. */
function checkOtherwise(scope: Scope, rows: readonly TypedRow[], mode: ModeClause | undefined) {
  rows.forEach((row, i) => {
    if (row.guard !== 'otherwise') return
    const { span } = row.node
    if (mode && !ofMode[mode.mode].inOrder) {
      const text = byForm.keyword.id.get('first')?.[scope.surface] ?? ''
      scope.report({
        code: 'otherwise-needs-first',
        span: { start: span.start, end: span.start + (byForm.keyword.id.get('otherwise')?.[scope.surface].length ?? 0) },
        data: {},
        fixes: [{ title: 'replace', data: { text }, edits: [{ span: mode.span, text }] }],
        related: [mode.span],
      })
    } else if (rows.slice(i + 1).some((later) => areTogether(row, later))) {
      scope.report({ code: 'otherwise-not-last', span, data: {} })
    }
  })
}

/** Whether some day and use has both. */
function areTogether(a: Presence, b: Presence): boolean {
  const meet = !a.onlyFor || !b.onlyFor || a.onlyFor.some((name) => b.onlyFor?.includes(name))
  const [from, to] = [larger(a.inForce?.from, b.inForce?.from), smaller(a.inForce?.to, b.inForce?.to)]
  return meet && (from === undefined || to === undefined || from <= to)
}

/** Of two days that are written as 2025-03-01, either of which may be missing. */
const larger = (a: string | undefined, b: string | undefined): string | undefined => (a === undefined || (b !== undefined && b > a) ? b : a)
const smaller = (a: string | undefined, b: string | undefined): string | undefined => (a === undefined || (b !== undefined && b < a) ? b : a)

/** Rows that hold for nobody, or under 取首个 are never reached, on any day and in any use that they are for. */
function reportDeadRows(scope: Scope, rows: readonly TypedRow[], regions: readonly Region[], mode: Ast.Mode | undefined) {
  rows.forEach((row, i) => {
    const span = row.when?.span ?? row.node.span
    if (!regions.some(({ holds }) => holds[i])) {
      if (row.guard === 'when') scope.report({ code: 'row-never-applies', span, data: {} })
    } else if (mode && ofMode[mode].inOrder) {
      // 否则 in the wrong place is told by itself, and after rows that leave nothing open it is no mistake.
      const earlier = rows.slice(0, i).map(({ guard }) => guard !== 'otherwise')
      if (row.guard === 'otherwise' && rows.slice(0, i).every(({ guard }) => guard === 'when')) return
      if (regions.some(({ holds }) => holds[i] && !earlier.some((counts, j) => counts && holds[j]))) return
      const before = rows.slice(0, i).filter((_, j) => earlier[j] && regions.some(({ holds }) => holds[i] && holds[j]))
      scope.report({ code: 'row-shadowed', span, data: {}, related: before.map(({ node }) => node.span) })
    }
  })
}

/** Where there are too many regions to try: what follows a row that is there for everybody, always. */
function reportAfterAll(scope: Scope, rows: readonly TypedRow[]) {
  const all = rows.findIndex(({ guard, onlyFor, inForce }) => guard === 'always' && !onlyFor && !inForce)
  for (const { node } of all < 0 ? [] : rows.slice(all + 1))
    scope.report({ code: 'row-shadowed', span: node.span, data: {}, related: rows.slice(all, all + 1).map((row) => row.node.span) })
}

function reportMissingMode(scope: Scope, node: RowsHolder, rows: readonly TypedRow[], regions: readonly Region[] | undefined) {
  const isCounted = (_: unknown, i: number) => rows[i]?.guard !== 'otherwise'
  const both = regions?.find(({ holds, witness }) => holds.filter(isCounted).filter(Boolean).length > 1 && witness() !== undefined)
  const overlapping = both ? rows.filter((row, i) => both.holds[i] && isCounted(row, i)) : rows.slice(0, 2)
  const fitting = modes.words.filter((mode) => rows.every(isCounted) || ofMode[mode].inOrder)
  scope.report({
    code: 'mode-missing',
    span: node.span,
    data: { name: node.name, witness: both?.witness() ?? '' },
    related: overlapping.map((row) => row.node.span),
    fixes: fitting.map((id) => modeFix(scope, node, id)),
  })
}

function modeFix(scope: Scope, { insertAt, before }: RowsHolder, id: Ast.Mode): Fix {
  const text = byForm.keyword.id.get(id)?.[scope.surface] ?? ''
  return { title: 'insert', data: { text }, edits: [{ span: { start: insertAt, end: insertAt }, text: before ? `${text} ` : ` ${text}` }] }
}

/** 解释 of a row reaches those for whom the row holds, and nobody in a gap. */
const hasReading = (node: RowsHolder) => node.clauses.some(({ kind }) => kind === 'reading')

function reportGap(scope: Scope, node: RowsHolder, regions: readonly Region[]) {
  const gap = regions.find((region) => region.present.some(Boolean) && !region.holds.some(Boolean))
  const witness = gap?.witness()
  if (witness === undefined) return
  const [last] = node.rows.slice(-1)
  const at = last?.span.end ?? node.span.end
  const text = scope.surface === 'zh' ? '否则 得0分' : 'otherwise award 0 points'
  const fixes: readonly Fix[] = [{ title: 'insert', data: { text }, edits: [{ span: { start: at, end: at }, text: `\n${text}` }] }]
  scope.report({ code: 'rows-leave-gap', span: node.span, data: { name: node.name, witness }, fixes })
}

/** The keys of a table must be disjoint and cover the range. */
function checkTables(scope: Scope, rows: readonly TypedRow[]) {
  for (const row of rows) {
    for (const award of row.awards) {
      if (award.kind !== 'table') continue
      // What the row's own condition rules out needs no column.
      const all = regionsOf([...award.entries, { when: row.when }], scope)
      const reached = all?.filter(({ holds }) => holds.at(-1))
      const regions = reached?.map((region) => ({ witness: () => region.witness(), holds: region.holds.slice(0, award.entries.length) }))
      const twice = regions?.find(({ holds }) => holds.filter(Boolean).length > 1)
      const none = regions?.find(({ holds }) => !holds.some(Boolean))
      if (twice?.witness() !== undefined) {
        const spans = award.entries.filter((_, i) => twice.holds[i]).map(({ when }) => when.span)
        scope.report({ code: 'table-keys-overlap', span: spans[1] ?? award.node.span, data: { witness: twice.witness() ?? '' }, related: spans.slice(0, 1) })
      } else if (none?.witness() !== undefined && row.readings.length === 0) {
        scope.report({ code: 'table-leaves-gap', span: award.node.span, data: { witness: none.witness() ?? '' } })
      }
    }
  }
}
