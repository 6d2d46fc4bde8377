// Findings about the rows of an indicator: rows that can never apply, gaps and overlaps with a concrete value, and the
// mode that must be said where rows overlap. Gives the mode by which the rows combine.

import { compare, zero } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import type { Span } from '../span.ts'
import type { TypedRow } from '../typed.ts'
import { byForm } from '../words.ts'
import { isError } from './context.ts'
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

export function checkRows(scope: Scope, node: RowsHolder, rows: readonly TypedRow[], modeClause: Extract<Ast.Clause, { kind: 'mode' }> | undefined): Ast.Mode {
  const mode = modeClause?.mode
  checkOtherwise(scope, node, mode)
  checkTables(scope, rows)
  if (mode === 'highest' && !node.deducts && rows.length > 1 && rows.every(({ range }) => compare(range.high, zero) <= 0 && compare(range.low, zero) < 0)) {
    scope.report({ code: 'highest-of-deductions', span: modeClause?.span ?? node.span, data: {} })
  }
  const conditions = rows.filter((row) => row.guard === 'when')
  const readable = conditions.every(({ when }) => when && !isError(when)) && rows.every(({ awards, node: written }) => awards.length === written.awards.length)
  const single = rows.length <= 1
  if (!readable) return mode ?? 'sum'
  const regions = regionsOf(
    conditions.flatMap(({ when }) => (when ? [when] : [])),
    scope.text,
    scope.surface,
  )
  if (regions) reportDeadRows(scope, conditions, regions, mode)
  const disjoint = rows.length === conditions.length && regions !== undefined && !regions.some(({ holds }) => holds.filter(Boolean).length > 1)
  if (!mode && !single && !disjoint) reportMissingMode(scope, node, rows, regions)
  const first = mode === 'first' || (!mode && disjoint && !single)
  if (first && regions && rows.length === conditions.length && conditions.length > 1 && !hasReading(node)) reportGap(scope, node, regions)
  return mode ?? (disjoint && !single ? 'first' : 'sum')
}

/** 否则 belongs under 取首个, at the end. */
function checkOtherwise(scope: Scope, node: RowsHolder, mode: Ast.Mode | undefined) {
  node.rows.forEach((row, i) => {
    const before = mode === 'first' ? node.rows.slice(0, i).find(({ guard }) => guard === 'always') : undefined
    if (before) scope.report({ code: 'row-shadowed', span: row.span, data: {}, related: [before.span] })
    if (row.guard !== 'otherwise') return
    if (mode !== 'first') {
      scope.report({
        code: 'otherwise-needs-first',
        span: { start: row.span.start, end: row.span.start + (byForm.keyword.id.get('otherwise')?.[scope.surface].length ?? 0) },
        data: {},
        ...(mode === undefined ? { fixes: [modeFix(scope, node, 'first')] } : {}),
      })
    } else if (i < node.rows.length - 1) {
      scope.report({ code: 'otherwise-not-last', span: row.span, data: {} })
    }
  })
}

function reportDeadRows(scope: Scope, rows: readonly TypedRow[], regions: readonly Region[], mode: Ast.Mode | undefined) {
  rows.forEach((row, i) => {
    const span = row.when?.span ?? row.node.span
    if (!regions.some(({ holds }) => holds[i])) {
      scope.report({ code: 'row-never-applies', span, data: {} })
    } else if (mode === 'first' && !regions.some(({ holds }) => holds[i] && !holds.slice(0, i).some(Boolean))) {
      const before = rows.slice(0, i).filter((_, j) => regions.some(({ holds }) => holds[i] && holds[j]))
      scope.report({ code: 'row-shadowed', span, data: {}, related: before.map(({ node }) => node.span) })
    }
  })
}

function reportMissingMode(scope: Scope, node: RowsHolder, rows: readonly TypedRow[], regions: readonly Region[] | undefined) {
  const conditions = rows.filter((row) => row.guard === 'when')
  const both = regions?.find((region) => region.holds.filter(Boolean).length > 1 && region.witness() !== undefined)
  const overlapping = both ? conditions.filter((_, i) => both.holds[i]) : rows.slice(0, 2)
  scope.report({
    code: 'mode-missing',
    span: node.span,
    data: { name: node.name, witness: both?.witness() ?? '' },
    related: overlapping.map((row) => row.node.span),
    fixes: (['sum', 'highest', 'first'] as const).map((id) => modeFix(scope, node, id)),
  })
}

function modeFix(scope: Scope, { insertAt, before }: RowsHolder, id: 'sum' | 'highest' | 'first'): Fix {
  const text = byForm.keyword.id.get(id)?.[scope.surface] ?? ''
  return { title: 'insert', data: { text }, edits: [{ span: { start: insertAt, end: insertAt }, text: before ? `${text} ` : ` ${text}` }] }
}

const hasReading = (node: RowsHolder) => [...node.clauses, ...node.rows.flatMap(({ clauses }) => clauses)].some(({ kind }) => kind === 'reading')

function reportGap(scope: Scope, node: RowsHolder, regions: readonly Region[]) {
  const gap = regions.find((region) => !region.holds.some(Boolean))
  const witness = gap?.witness()
  if (witness === undefined) return
  scope.report({ code: 'rows-leave-gap', span: node.span, data: { name: node.name, witness } })
}

/** The keys of a table must be disjoint and cover the range. */
function checkTables(scope: Scope, rows: readonly TypedRow[]) {
  for (const row of rows) {
    for (const award of row.awards) {
      if (award.kind !== 'table') continue
      // What the row's own condition rules out needs no column.
      const guard = row.when ? [row.when] : []
      const all = regionsOf([...award.entries.map(({ when }) => when), ...guard], scope.text, scope.surface)
      const reached = all?.filter(({ holds }) => guard.length === 0 || holds.at(-1))
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
