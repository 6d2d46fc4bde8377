// Findings about the rows of an indicator: rows that can never apply, gaps and overlaps with a concrete value, and the
// mode that must be said where rows overlap. Gives the mode by which the rows combine.

import { compare, zero } from '../../runtime/exact/number.ts'
import { modes } from '../../runtime/ir/operations.ts'
import type * as Ast from '../ast.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import type { Span } from '../span.ts'
import type { Presence, TypedAward, TypedRow } from '../typed.ts'
import { byForm, formOf } from '../words.ts'
import { isError } from './context.ts'
import { type Days, holesBetween, meeting } from './days.ts'
import { ofMode } from './modes.ts'
import { type Region, regionsOf } from './regions.ts'
import type { Scope } from './scope.ts'
import { keyOf } from './subjects.ts'

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
  /** Whether the item that it is, or is in, has a 解释 in its head. */
  readonly isRead: boolean
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
  const pauses = reportPauses(scope, node, rows)
  if (
    mode &&
    ofMode[mode].mildest === 'below-zero' &&
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
  if (settled && ofMode[settled].inOrder && regions && conditions.length > 1 && !hasReading(node.clauses) && !pauses) reportGap(scope, node, regions)
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
      const text = formOf('first', scope.surface)
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
  return meet && meeting(a.inForce, b.inForce) !== undefined
}

/** Rows that hold for nobody, or under their mode never count, on any day on which the policy is in force and in any use that they are for. */
function reportDeadRows(scope: Scope, rows: readonly TypedRow[], all: readonly Region[], mode: Ast.Mode | undefined) {
  const regions = all.filter(({ inForce }) => inForce)
  rows.forEach((row, i) => {
    const span = row.when?.span ?? row.node.span
    if (!regions.some(({ holds }) => holds[i])) {
      if (all.some(({ holds }) => holds[i])) scope.report({ code: 'row-never-in-force', span, data: { ...inForceWritten(scope) } })
      else if (row.guard === 'when') scope.report({ code: 'row-never-applies', span, data: {} })
    } else if (mode && ofMode[mode].beats) {
      reportOutdone(scope, rows, i, regions, mode)
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

const inForceWritten = ({ inForce }: Scope) => ({ from: inForce?.from ?? '', to: inForce?.to ?? '' })

/** A row that, wherever it holds, another one beats that holds there and gives something to everybody. */
function reportOutdone(scope: Scope, rows: readonly TypedRow[], i: number, regions: readonly Region[], mode: Ast.Mode) {
  const [row, { beats }] = [rows[i], ofMode[mode]]
  if (!row || !beats) return
  const better = rows.map((other) => givesAlways(other) && beats(other.range, row.range))
  const where = regions.filter(({ holds }) => holds[i])
  if (!where.every(({ holds }) => better.some((is, j) => is && holds[j]))) return
  const related = rows.filter((_, j) => better[j] && where.some(({ holds }) => holds[j])).map(({ node }) => node.span)
  scope.report({ code: 'row-outdone', span: row.when?.span ?? row.node.span, data: { mode }, related })
}

/**
 * Days between two periods of rows on which none of them is there: of all rows together, and of those that ask and count the same, in each use
 * that they name. A 解释 of the indicator says that it is meant. Gives whether there are any: a gap that they make is no other finding.
 */
function reportPauses(scope: Scope, node: RowsHolder, rows: readonly TypedRow[]): boolean {
  if (node.isRead || !rows.some(({ inForce }) => inForce)) return false
  let found = false
  const uses = new Set(rows.flatMap<string | undefined>(({ onlyFor }) => onlyFor ?? [undefined]))
  for (const use of uses) {
    const there = rows.filter(({ onlyFor }) => !onlyFor || (use !== undefined && onlyFor.includes(use)))
    for (const group of [there, ...likeOneAnother(there)])
      for (const { from, to, before, after } of holesBetween(group.map(({ inForce }) => inForce ?? always))) {
        const days = meeting({ from, to }, scope.inForce)
        const [first, next] = [group[before], group[after]]
        if (days?.from === undefined || days.to === undefined || !first || !next) continue
        if (there.some((row) => standsIn(row, { from, to }))) continue
        const name = group === there ? node.name : ''
        scope.report({ code: 'rows-pause', span: periodSpan(next), data: { name, from: days.from, to: days.to }, related: [periodSpan(first)] })
        found = true
      }
  }
  return found
}

function likeOneAnother(rows: readonly TypedRow[]): Iterable<readonly TypedRow[]> {
  const groups = new Map<string, TypedRow[]>()
  for (const row of rows) {
    const asks = row.when && !isError(row.when) ? keyOf(row.when) : row.guard
    const key = [asks, ...row.awards.map((award) => `${award.kind} ${countedBy(award)}`)].join('\n')
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups.values()
}

/** What an award counts, however much it gives for it. */
function countedBy(award: TypedAward): string {
  if (award.kind === 'rate' || award.kind === 'stepped') return keyOf(award.quantity)
  if (award.kind === 'each') return keyOf(award.list)
  return award.kind === 'table' ? award.entries.map(({ when }) => keyOf(when)).join() : ''
}

/** Whether a row is there in a hole between others that was not there before it, or is not after it: another rule for those days. */
function standsIn({ inForce }: TypedRow, { from, to }: { readonly from: string; readonly to: string }): boolean {
  if (!inForce || !meeting(inForce, { from, to })) return false
  return (inForce.from !== undefined && inForce.from >= from) || (inForce.to !== undefined && inForce.to <= to)
}

const always: Days = { from: undefined, to: undefined }

const periodSpan = ({ node }: TypedRow): Span => node.clauses.find(({ kind }) => kind === 'in-force')?.span ?? node.span

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
  const text = formOf(id, scope.surface)
  return { title: 'insert', data: { text }, edits: [{ span: { start: insertAt, end: insertAt }, text: before ? `${text} ` : ` ${text}` }] }
}

/** 解释 of a row reaches those for whom the row holds, and nobody in a gap. */
export const hasReading = (clauses: readonly Ast.Clause[]) => clauses.some(({ kind }) => kind === 'reading')

function reportGap(scope: Scope, node: RowsHolder, regions: readonly Region[]) {
  const gap = regions.find((region) => region.inForce && region.present.some(Boolean) && !region.holds.some(Boolean))
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
