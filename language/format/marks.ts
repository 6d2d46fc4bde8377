// Tree → where the layout breaks and aligns: statements, columns and clauses that are set apart, by the offset where they begin.

import type * as Ast from '../ast.ts'
import type { Parsed } from '../parse.ts'
import type { Span } from '../span.ts'
import { keywordTokens as k, type Token } from '../tokens.ts'

type Column = 'award' | 'source' | 'value'

export interface Marks {
  /** Offsets where a statement begins → where it ends. */
  readonly statements: ReadonlyMap<number, number>
  /** Offsets where a column begins, and of what: only columns of one kind align. */
  readonly columns: ReadonlyMap<number, Column>
  /** Offsets of clauses set off by a wide gap. */
  readonly asides: ReadonlySet<number>
}

export function marksOf({ tree, tokens }: Parsed): Marks {
  const marking: Marking = { tokens, statements: new Map(), columns: new Map(), asides: new Set() }
  for (const token of tokens) if (token.tokenType === k.gives) marking.columns.set(token.startOffset, 'value')
  for (const member of tree.members) markMember(member, marking)
  return marking
}

/** The marks as they are being collected. */
interface Marking extends Marks {
  readonly tokens: readonly Token[]
  readonly statements: Map<number, number>
  readonly columns: Map<number, Column>
  readonly asides: Set<number>
}

function markStatement({ span }: { readonly span: Span }, { statements }: Marking) {
  statements.set(span.start, span.end)
}

function markStatements(nodes: readonly { readonly span: Span }[], marking: Marking) {
  for (const node of nodes) markStatement(node, marking)
}

function markAsides(clauses: readonly Ast.Clause[], { asides }: Marking) {
  for (const clause of clauses)
    if (clause.kind === 'cites' || clause.kind === 'audited-by' || clause.kind === 'unsourced' || clause.kind === 'reading') asides.add(clause.span.start)
}

function markMember(member: Ast.Member, marking: Marking) {
  if (member.kind === 'group' || member.kind === 'indicator') {
    markItem(member, marking)
    return
  }
  markStatement(member, marking)
  switch (member.kind) {
    case 'extend':
      for (const item of member.children) markItem(item, marking)
      break
    case 'fact':
      markFact(member, marking)
      break
    case 'parameter':
      markAsides(member.clauses, marking)
      if (member.body.kind === 'dated') markStatements(member.body.values, marking)
      break
    case 'total':
    case 'use':
    case 'in-force':
      markAsides(member.clauses, marking)
      break
    case 'state':
    case 'deadline':
      markRule(member, marking)
      break
    case 'scenario':
      markScenario(member, marking)
      break
    case 'definition':
      markCases(member, marking)
      break
    case 'case':
      markStatements([...member.facts, ...member.expected], marking)
      break
  }
}

function markFact({ type, clauses }: Ast.FactNode, marking: Marking) {
  markStatements(type.fields ?? [], marking)
  const hasSource = clauses.some(({ kind }) => kind === 'source')
  for (const { kind, span } of clauses) {
    if (kind === 'source' || (kind === 'audited-by' && !hasSource)) marking.columns.set(span.start, 'source')
    else marking.asides.add(span.start)
  }
}

/** Of a state or a deadline the first clause is a column. */
function markRule({ clauses: [first, ...others] }: Ast.StateNode | Ast.DeadlineNode, marking: Marking) {
  if (first) marking.columns.set(first.span.start, 'source')
  markAsides(others, marking)
}

function markScenario({ members }: Ast.ScenarioNode, marking: Marking) {
  for (const part of members) {
    markStatement(part, marking)
    if (part.kind !== 'error') markAsides(part.clauses, marking)
  }
}

function markItem(item: Ast.GroupNode | Ast.IndicatorNode, marking: Marking) {
  markStatement(item, marking)
  if (item.kind === 'group') {
    for (const child of item.children) markItem(child, marking)
    // Clauses may also stand below the items.
    const body = item.children[0]?.span.start ?? item.span.end
    for (const clause of item.clauses) if (clause.span.start > body) markStatement(clause, marking)
  } else {
    for (const definition of item.definitions) markDefinition(definition, marking)
    for (const clause of item.clauses) if (clause.kind === 'reading') markStatement(clause, marking)
  }
  for (const row of item.rows) markRow(row, marking)
}

function markRow(row: Ast.RowNode, marking: Marking) {
  markStatement(row, marking)
  markAsides(row.clauses, marking)
  const [award] = row.awards
  if (row.guard !== 'always' && award) marking.columns.set(award.span.start, 'award')
  for (const each of row.awards) markAward(each, marking)
}

function markAward(award: Ast.Award, marking: Marking) {
  switch (award.kind) {
    case 'block':
      for (const definition of award.definitions) markDefinition(definition, marking)
      for (const row of award.rows ?? []) markRow(row, marking)
      break
    case 'each':
      for (const part of award.body.awards) markAward(part, marking)
      break
    case 'stepped':
      markStatements(award.bands, marking)
      break
    case 'table':
      markTable(award.span, marking)
      break
  }
}

/** The words of a table stand apart, and are no nodes of the tree. */
function markTable({ start, end }: Span, { tokens, asides }: Marking) {
  for (const { startOffset, tokenType } of tokens) {
    if (startOffset > start && startOffset < end && (tokenType === k.row || tokenType === k.columns)) asides.add(startOffset)
  }
}

function markDefinition(definition: Ast.DefinitionNode, marking: Marking) {
  markStatement(definition, marking)
  markCases(definition, marking)
}

function markCases({ body }: Ast.DefinitionNode, marking: Marking) {
  if (body.kind === 'cases') markStatements(body.cases, marking)
}
