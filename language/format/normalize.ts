// Small edits that settle what may be written in several ways: a bare number of points gets its unit, and clauses stand in
// one order.

import type * as Ast from '../ast.ts'
import type { Edit } from '../diagnostics/diagnostic.ts'
import type { Comment } from '../lex.ts'
import type { Span } from '../span.ts'
import { byForm } from '../words.ts'

const itemOrder = ['max', 'min', 'mode', 'extensible', 'only-for', 'in-force', 'live', 'spend', 'cites', 'audited-by', 'unsourced', 'reading', 'error']
const factOrder = ['range', 'default', 'required', 'unique', 'household', 'source', 'audited-by']

export function normalizingEdits(text: string, tree: Ast.PolicyNode, comments: readonly Comment[]): readonly Edit[] {
  const edits: Edit[] = []
  const unit = byForm.unit.id.get('points')?.[tree.surface] ?? ''
  const blank = tree.surface === 'en' ? ' ' : ''

  const writeUnit = (node: Ast.Expression) => {
    if (node.kind === 'negative') writeUnit(node.operand)
    if (node.kind === 'number' && node.unit === undefined && node.value !== '' && !/[%％]/.test(text.slice(node.span.start, node.span.end)))
      edits.push({ span: { start: node.span.end, end: node.span.end }, text: blank + unit })
  }

  const sort = (clauses: readonly { kind: string; span: Span }[], order: readonly string[]) => {
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

  const visitClauses = (clauses: readonly Ast.Clause[]) => {
    sort(clauses, itemOrder)
    const moved = clauses.some((clause) => edits.some(({ span }) => span.start === clause.span.start && span.end === clause.span.end))
    if (moved) return
    for (const clause of clauses) if (clause.kind === 'max' || clause.kind === 'min') writeUnit(clause.amount)
  }

  const visitRow = (row: Ast.RowNode) => {
    row.awards.forEach(visitAward)
    visitClauses(row.clauses)
  }

  const visitAward = (award: Ast.Award): void => {
    switch (award.kind) {
      case 'flat':
      case 'rate':
        writeUnit(award.amount)
        break
      case 'stepped':
        for (const { amount } of award.bands) writeUnit(amount)
        break
      case 'table':
        for (const { values } of award.rows) values.forEach(writeUnit)
        break
      case 'each':
        if (award.same && typeof award.same.how === 'object') writeUnit(award.same.how.cap)
        visitRow(award.body)
        break
      case 'block':
        visitClauses(award.clauses)
        award.rows?.forEach(visitRow)
    }
  }

  const visitItem = (item: Ast.GroupNode | Ast.IndicatorNode) => {
    visitClauses(item.clauses)
    if (item.kind === 'group') item.children.forEach(visitItem)
    item.rows.forEach(visitRow)
  }

  for (const member of tree.members) {
    if (member.kind === 'group' || member.kind === 'indicator') visitItem(member)
    else if (member.kind === 'extend') member.children.forEach(visitItem)
    else if (member.kind === 'fact') sort(member.clauses, factOrder)
    else if (member.kind === 'total') visitClauses(member.clauses)
  }
  return edits
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits].sort((a, b) => b.span.start - a.span.start).reduce((out, { span, text: put }) => out.slice(0, span.start) + put + out.slice(span.end), text)
}
