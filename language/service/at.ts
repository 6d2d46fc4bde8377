// Where the cursor is: the token under an offset and what it names.

import type { Compiled } from '../compile.ts'
import { spanOf } from '../lex.ts'
import type { Span } from '../span.ts'
import type { Token } from '../tokens.ts'
import type { DefinitionSymbol, FactSymbol, ItemSymbol, TypedTotal } from '../typed.ts'
import { unnamedTotal } from '../words.ts'

export function tokenAt({ parsed }: Compiled, offset: number): Token | undefined {
  return parsed.tokens.find(
    (token) =>
      token.startOffset <= offset && offset <= (token.endOffset ?? token.startOffset) + 1 && (token.role !== undefined || offset <= (token.endOffset ?? 0)),
  )
}

export type Named =
  | { readonly kind: 'fact'; readonly fact: FactSymbol }
  | { readonly kind: 'definition'; readonly definition: DefinitionSymbol }
  | { readonly kind: 'reference-date'; readonly name: string; readonly span: Span }
  | { readonly kind: 'item'; readonly item: ItemSymbol }
  | { readonly kind: 'total'; readonly total: TypedTotal }

/** What a name token stands for: items inside totals, expectations and their own declaration, values elsewhere. */
export function namedBy(compiled: Compiled, token: Token): Named | undefined {
  if (token.role !== 'name' && token.role !== 'declaration' && token.role !== 'total') return undefined
  const { typed } = compiled
  const name = token.role === 'total' ? unnamedTotal : token.value
  const span = spanOf(token)
  const items = allItems(typed.items)
  const item =
    items.find(({ node }) => node.name.span.start === span.start) ??
    (takesItems(compiled, span) ? items.find((candidate) => candidate.name === name) : undefined)
  if (item) return { kind: 'item', item }
  const total = typed.totals.find((candidate) => candidate.name === name)
  if (total && (token.role === 'total' || takesItems(compiled, span))) return { kind: 'total', total }
  const fact = typed.facts.find((candidate) => candidate.name === name)
  if (fact) return { kind: 'fact', fact }
  const definition = typed.definitions.find((candidate) => candidate.name === name)
  if (definition) return { kind: 'definition', definition }
  const date = typed.referenceDates.find((candidate) => candidate.name === name)
  return date ? { kind: 'reference-date', name, span: date.span } : undefined
}

/** Inside the formula of a total, or what a case expects. */
function takesItems({ parsed }: Compiled, span: Span): boolean {
  return parsed.tree.members.some((member) => {
    if (member.kind === 'total') return member.value.span.start <= span.start && span.end <= member.value.span.end
    return member.kind === 'case' && member.expected.some(({ path }) => path.span.start <= span.start && span.end <= path.span.end)
  })
}

export function allItems(items: readonly ItemSymbol[]): readonly ItemSymbol[] {
  return items.flatMap((item) => [item, ...allItems(item.children)])
}

/** The place where a named thing is declared. */
export function declarationOf(named: Named): Span {
  switch (named.kind) {
    case 'fact':
      return named.fact.node.name.span
    case 'definition':
      return named.definition.node.name.span
    case 'reference-date':
      return named.span
    case 'item':
      return named.item.node.name.span
    case 'total':
      return named.total.node.name?.span ?? named.total.node.span
  }
}
