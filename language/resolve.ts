// Tree → names: what is declared where, in two name spaces. Values are facts, definitions and reference dates; items are
// groups, indicators and totals. Reports what is declared twice.

import type * as Ast from './ast.ts'
import type { Report } from './diagnostics/diagnostic.ts'
import type { Span } from './span.ts'
import { unnamedTotal } from './words.ts'

export interface ItemDeclaration {
  readonly node: Ast.GroupNode | Ast.IndicatorNode
  readonly path: readonly string[]
}

export interface Declarations {
  readonly values: ReadonlyMap<string, Ast.FactNode | Ast.DefinitionNode | Ast.Name>
  readonly referenceDates: readonly Ast.Name[]
  readonly facts: readonly Ast.FactNode[]
  readonly definitions: readonly Ast.DefinitionNode[]
  /** The top of the tree of items; `declarations` of all of them by their own name. */
  readonly items: readonly (Ast.GroupNode | Ast.IndicatorNode)[]
  readonly itemsByName: ReadonlyMap<string, readonly ItemDeclaration[]>
  readonly totals: ReadonlyMap<string, Ast.TotalNode>
  readonly cases: readonly Ast.CaseNode[]
}

export function resolve(text: string, tree: Ast.PolicyNode, report: Report): Declarations {
  const isQuoted = (span: Span) => /[「`]/.test(text[span.start] ?? '')
  const values = new Map<string, Ast.FactNode | Ast.DefinitionNode | Ast.Name>()
  const totals = new Map<string, Ast.TotalNode>()
  const itemsByName = new Map<string, ItemDeclaration[]>()
  const referenceDates: Ast.Name[] = []
  const once = new Map<string, Span>()

  const repeated = (name: string, span: Span, first: Span) => report({ code: 'duplicate-name', span, data: { name }, related: [first] })

  const declareValue = (name: Ast.Name, node: Ast.FactNode | Ast.DefinitionNode | Ast.Name) => {
    if (name.text === '') return
    const before = values.get(name.text)
    if (before) repeated(name.text, name.span, nameOf(before).span)
    else values.set(name.text, node)
  }

  /** A quoted name may be empty; 编号 is the applicant's key, 状态 a column of every outcome. */
  const checkName = ({ text, span }: Ast.Name, taken: readonly string[]) => {
    if (taken.includes(text) || (text.trim() === '' && span.end > span.start && span.start >= 0 && isQuoted(span))) {
      report({ code: 'reserved-name', span, data: { name: text } })
    }
  }

  const declareItems = (nodes: readonly (Ast.GroupNode | Ast.IndicatorNode)[], above: readonly string[]) => {
    const siblings = new Map<string, Span>()
    for (const node of nodes) {
      const { text, span } = node.name
      checkName(node.name, ['编号', '状态'])
      if (text !== '') {
        const before = siblings.get(text)
        if (before) repeated(text, span, before)
        siblings.set(text, before ?? span)
        const path = [...above, text]
        if (!before) itemsByName.set(text, [...(itemsByName.get(text) ?? []), { node, path }])
        if (node.kind === 'group') declareItems(node.children, path)
      }
    }
  }

  checkName(tree.name, [])
  for (const member of tree.members) {
    switch (member.kind) {
      case 'number':
      case 'text':
      case 'replaces':
      case 'in-force':
      case 'as-of': {
        const before = once.get(member.kind)
        if (before) report({ code: 'duplicate-header', span: member.span, data: { what: member.kind }, related: [before] })
        else once.set(member.kind, member.span)
        if (member.kind === 'as-of') {
          for (const name of member.names) {
            checkName(name, ['编号'])
            declareValue(name, name)
            referenceDates.push(name)
          }
        }
        break
      }
      case 'fact':
      case 'definition':
        checkName(member.name, member.kind === 'fact' ? ['编号'] : [])
        declareValue(member.name, member)
        break
      case 'total': {
        if (member.name) checkName(member.name, ['编号', '状态'])
        const name = member.name?.text ?? unnamedTotal
        const before = totals.get(name)
        if (before) repeated(name, member.name?.span ?? member.span, before.name?.span ?? before.span)
        else totals.set(name, member)
        break
      }
    }
  }
  const items = tree.members.filter((member) => member.kind === 'group' || member.kind === 'indicator')
  declareItems(items, [])
  for (const [name, total] of totals) {
    const item = items.find((candidate) => candidate.name.text === name)
    if (item) repeated(name, total.name?.span ?? total.span, item.name.span)
  }
  return {
    values,
    referenceDates,
    facts: tree.members.filter((member) => member.kind === 'fact').filter((node) => values.get(node.name.text) === node),
    definitions: tree.members.filter((member) => member.kind === 'definition').filter((node) => values.get(node.name.text) === node),
    items,
    itemsByName,
    totals,
    cases: tree.members.filter((member) => member.kind === 'case'),
  }
}

const nameOf = (node: Ast.FactNode | Ast.DefinitionNode | Ast.Name): Ast.Name => ('kind' in node ? node.name : node)
