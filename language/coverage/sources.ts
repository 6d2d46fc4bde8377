// Every 依据, 待核, 解释 and 责任部门 of a policy with the rule on which it stands.

import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import { formOf, type KeywordId } from '../words.ts'

export interface Sourced {
  readonly clause: Ast.SourceClause
  /** The rule on which it stands, as `指标 年龄`; empty for the policy itself. */
  readonly rule: string
  /** Whether 待核 stands on the rule or on what is around it. */
  readonly unsourced: boolean
  /** The whole of what it stands on: the item, the row, the statement. */
  readonly around: Span
}

type Rule =
  | Ast.GroupNode
  | Ast.IndicatorNode
  | Extract<Ast.Member, { kind: 'total' | 'state' | 'scenario' | 'deadline' | 'definition' | 'parameter' | 'fact' | 'use' }>

const ruleKinds = new Set(['group', 'indicator', 'total', 'state', 'scenario', 'deadline', 'definition', 'parameter', 'fact', 'use'])
const sourceKinds = new Set(['cites', 'audited-by', 'unsourced', 'reading'])

const hasKind = (node: object, kinds: ReadonlySet<string>): boolean => 'kind' in node && kinds.has(String(node.kind))
const isRule = (node: object): node is Rule => hasKind(node, ruleKinds)
const isSource = (node: object): node is Ast.SourceClause => hasKind(node, sourceKinds)

/** In the order of the text; those of cases are not rules. */
export function sourcesOf(tree: Ast.PolicyNode): readonly Sourced[] {
  const found: Sourced[] = []
  const word = (id: KeywordId) => formOf(id, tree.surface)
  for (const member of tree.members) if (member.kind !== 'case') visit(member, '', false, member.span)
  return found

  function visit(node: unknown, rule: string, unsourced: boolean, around: Span): void {
    if (typeof node !== 'object' || node === null) return
    if (Array.isArray(node)) {
      for (const part of node) visit(part, rule, unsourced, around)
      return
    }
    if (isSource(node)) {
      found.push({ clause: node, rule, unsourced, around })
      return
    }
    const inner = isRule(node) ? ruleName(node) : rule
    const open = unsourced || ('clauses' in node && Array.isArray(node.clauses) && node.clauses.some(({ kind }) => kind === 'unsourced'))
    const whole = 'clauses' in node && 'span' in node ? (node.span as Span) : around
    for (const part of Object.values(node)) visit(part, inner, open, whole)
  }

  function ruleName(node: Rule): string {
    switch (node.kind) {
      case 'state':
        return word(node.state)
      case 'total':
        return node.name ? `${word('total')} ${node.name.text}` : word('total')
      case 'group':
      case 'indicator':
        return `${word(node.deducts ? 'deductions' : node.kind)} ${node.name.text}`
      default:
        return `${word(node.kind === 'definition' ? 'define' : node.kind)} ${node.name.text}`
    }
  }
}
