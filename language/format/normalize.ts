// Small edits that settle what may be written in several ways: a bare number of points gets its unit, and clauses stand in
// one order.

import type * as Ast from '../ast.ts'
import type { Edit } from '../diagnostics/diagnostic.ts'
import type { Comment } from '../lex.ts'
import type { Span } from '../span.ts'
import { byForm } from '../words.ts'

const itemOrder = ['max', 'min', 'mode', 'extensible', 'only-for', 'in-force', 'live', 'spend', 'cites', 'audited-by', 'unsourced', 'reading', 'error']
const factOrder = ['range', 'default', 'required', 'unique', 'household', 'source', 'audited-by']

/** What the edits are made for, and those that there are so far. */
interface Settling {
  readonly text: string
  readonly comments: readonly Comment[]
  /** The unit of points, as it follows a number in the surface of the text. */
  readonly points: string
  readonly edits: Edit[]
}

export function normalizingEdits(text: string, tree: Ast.PolicyNode, comments: readonly Comment[]): readonly Edit[] {
  const unit = byForm.unit.id.get('points')?.[tree.surface] ?? ''
  const settling: Settling = { text, comments, points: tree.surface === 'en' ? ` ${unit}` : unit, edits: [] }
  for (const member of tree.members) {
    if (member.kind === 'group' || member.kind === 'indicator') settleItem(member, settling)
    else if (member.kind === 'extend') for (const item of member.children) settleItem(item, settling)
    else if (member.kind === 'fact') sortClauses(member.clauses, factOrder, settling)
    else if (member.kind === 'total') settleClauses(member.clauses, settling)
  }
  return settling.edits
}

function settleItem(item: Ast.GroupNode | Ast.IndicatorNode, settling: Settling) {
  settleClauses(item.clauses, settling)
  if (item.kind === 'group') for (const child of item.children) settleItem(child, settling)
  for (const row of item.rows) settleRow(row, settling)
}

function settleRow(row: Ast.RowNode, settling: Settling) {
  for (const award of row.awards) settleAward(award, settling)
  settleClauses(row.clauses, settling)
}

function settleAward(award: Ast.Award, settling: Settling) {
  switch (award.kind) {
    case 'flat':
    case 'rate':
      writeUnit(award.amount, settling)
      break
    case 'stepped':
      for (const { amount } of award.bands) writeUnit(amount, settling)
      break
    case 'table':
      for (const { values } of award.rows) for (const value of values) writeUnit(value, settling)
      break
    case 'each':
      if (award.same && typeof award.same.how === 'object') writeUnit(award.same.how.cap, settling)
      settleRow(award.body, settling)
      break
    case 'block':
      settleClauses(award.clauses, settling)
      for (const row of award.rows ?? []) settleRow(row, settling)
  }
}

function settleClauses(clauses: readonly Ast.Clause[], settling: Settling) {
  sortClauses(clauses, itemOrder, settling)
  const moved = clauses.some((clause) => settling.edits.some(({ span }) => span.start === clause.span.start && span.end === clause.span.end))
  if (moved) return
  for (const clause of clauses) if (clause.kind === 'max' || clause.kind === 'min') writeUnit(clause.amount, settling)
}

/** Writes each clause where another one stood; leaves those alone that have something between them. */
function sortClauses(clauses: readonly { readonly kind: string; readonly span: Span }[], order: readonly string[], { text, comments, edits }: Settling) {
  const sorted = [...clauses].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  const [first, last] = [clauses[0], clauses.at(-1)]
  if (!first || !last || sorted.every((clause, i) => clause === clauses[i])) return
  const contiguous = clauses.every((clause, i) => i === 0 || text.slice(clauses[i - 1]?.span.end, clause.span.start).trim() === '')
  if (!contiguous || comments.some(({ span }) => span.start > first.span.start && span.start < last.span.end)) return
  sorted.forEach((clause, i) => {
    const place = clauses[i]
    if (place && place !== clause) edits.push({ span: place.span, text: text.slice(clause.span.start, clause.span.end) })
  })
}

function writeUnit(node: Ast.Expression, settling: Settling) {
  const { text, points, edits } = settling
  if (node.kind === 'negative') writeUnit(node.operand, settling)
  if (node.kind === 'number' && node.unit === undefined && node.value !== '' && !/[%％]/.test(text.slice(node.span.start, node.span.end)))
    edits.push({ span: { start: node.span.end, end: node.span.end }, text: points })
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits].sort((a, b) => b.span.start - a.span.start).reduce((out, { span, text: put }) => out.slice(0, span.start) + put + out.slice(span.end), text)
}
