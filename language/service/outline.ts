// The outline of a policy: groups, indicators, totals and cases with their places; and the parts that can be folded.

import { unnamedTotal } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { Compiled } from '../compile.ts'
import { positions, type Span } from '../span.ts'
import { byForm } from '../words.ts'

export interface OutlineEntry {
  readonly kind: 'fact' | 'definition' | 'parameter' | 'group' | 'deductions' | 'indicator' | 'total' | 'state' | 'scenario' | 'deadline' | 'case'
  readonly name: string
  readonly span: Span
  readonly nameSpan: Span
  readonly children: readonly OutlineEntry[]
}

export function outline({ parsed }: Compiled): readonly OutlineEntry[] {
  return parsed.tree.members.flatMap((member): readonly OutlineEntry[] => {
    switch (member.kind) {
      case 'fact':
      case 'definition':
      case 'parameter':
      case 'scenario':
      case 'deadline':
        return [{ kind: member.kind, name: member.name.text, span: member.span, nameSpan: member.name.span, children: [] }]
      case 'group':
      case 'indicator':
        return [itemEntry(member)]
      case 'extend':
        return member.children.map(itemEntry)
      case 'state': {
        const name = byForm.keyword.id.get(member.state)?.[parsed.surface] ?? ''
        return [{ kind: 'state', name, span: member.span, nameSpan: member.span, children: [] }]
      }
      case 'total':
        return [{ kind: 'total', name: member.name?.text ?? unnamedTotal, span: member.span, nameSpan: member.name?.span ?? member.span, children: [] }]
      case 'case':
        return [{ kind: 'case', name: member.title.text, span: member.span, nameSpan: member.title.span, children: [] }]
      default:
        return []
    }
  })
}

function itemEntry(item: Ast.GroupNode | Ast.IndicatorNode): OutlineEntry {
  return {
    kind: item.deducts ? 'deductions' : item.kind,
    name: item.name.text,
    span: item.span,
    nameSpan: item.name.span,
    children: item.kind === 'group' ? item.children.map(itemEntry) : [],
  }
}

export interface Fold {
  /** Lines counted from 1; the last line stays visible. */
  readonly from: number
  readonly to: number
}

export function folds({ parsed }: Compiled, text: string): readonly Fold[] {
  const at = positions(text)
  const found: Fold[] = []
  const add = ({ span }: { readonly span: Span }) => {
    const from = at(span.start).line
    const to = at(Math.max(span.start, span.end - 1)).line
    if (to > from + 1) found.push({ from, to: to - 1 })
  }
  const visit = (item: Ast.GroupNode | Ast.IndicatorNode): void => {
    add(item)
    if (item.kind === 'group') item.children.forEach(visit)
  }
  for (const member of parsed.tree.members) {
    if (member.kind === 'group' || member.kind === 'indicator') visit(member)
    else if (member.kind === 'extend') {
      add(member)
      member.children.forEach(visit)
    } else if (['definition', 'parameter', 'scenario', 'fact', 'case'].includes(member.kind)) add(member)
  }
  return found
}
