// Where the cursor is: the token under an offset and what it names.

import { unnamedTotal } from '../../runtime/ir/names.ts'
import type * as Ast from '../ast.ts'
import type { Compiled } from '../compile.ts'
import { spanOf } from '../lex.ts'
import type { Span } from '../span.ts'
import type { Token } from '../tokens.ts'
import type { DefinitionSymbol, FactSymbol, FieldSymbol, ItemSymbol, ParameterSymbol, TypedScenario, TypedTotal } from '../typed.ts'

export function tokenAt({ parsed }: Compiled, offset: number): Token | undefined {
  return parsed.tokens.find(
    (token) =>
      token.startOffset <= offset && offset <= (token.endOffset ?? token.startOffset) + 1 && (token.role !== undefined || offset <= (token.endOffset ?? 0)),
  )
}

export type Named =
  | { readonly kind: 'fact'; readonly fact: FactSymbol }
  | { readonly kind: 'definition'; readonly definition: DefinitionSymbol }
  | { readonly kind: 'parameter'; readonly parameter: ParameterSymbol }
  | { readonly kind: 'reference-date'; readonly name: string; readonly span: Span }
  | { readonly kind: 'field'; readonly field: FieldSymbol; readonly of: FactSymbol; readonly span: Span }
  | { readonly kind: 'scenario'; readonly scenario: TypedScenario }
  | { readonly kind: 'item'; readonly item: ItemSymbol }
  | { readonly kind: 'total'; readonly total: TypedTotal }
  /** A policy that is taken in. */
  | { readonly kind: 'policy'; readonly node: Ast.PolicyNode; readonly source: number }

/** What a name token stands for: items inside totals, expectations and their own declaration, values elsewhere. */
export function namedBy(compiled: Compiled, token: Token): Named | undefined {
  if (token.role !== 'name' && token.role !== 'declaration' && token.role !== 'total') return undefined
  const { typed } = compiled
  const name = token.role === 'total' ? unnamedTotal : token.value
  const span = spanOf(token)
  const taken = compiled.declarations.imports.find(({ node }) => node.name.span.start === span.start)
  if (taken) return { kind: 'policy', node: taken.typed.node, source: compiled.sources.findIndex(({ parsed }) => parsed.tree === taken.typed.node) }
  const items = allItems(typed.items)
  const declared = items.find(({ node, source }) => source === 0 && node.name.span.start === span.start)
  if (declared) return { kind: 'item', item: declared }
  const total = typed.totals.find((candidate) => candidate.name === name)
  if (token.role === 'total') return total && { kind: 'total', total }
  const item = items.find((candidate) => candidate.name === name)
  if (takesItems(compiled, span)) {
    if (item) return { kind: 'item', item }
    if (total) return { kind: 'total', total }
  }
  const field = fieldAt(compiled, name, span)
  if (field) return field
  const fact = typed.facts.find((candidate) => candidate.name === name)
  if (fact) return { kind: 'fact', fact }
  const definition = typed.definitions.find((candidate) => candidate.name === name)
  if (definition) return { kind: 'definition', definition }
  const parameter = typed.parameters.find((candidate) => candidate.name === name)
  if (parameter) return { kind: 'parameter', parameter }
  const date = typed.referenceDates.find((candidate) => candidate.name === name)
  if (date) return { kind: 'reference-date', name, span: date.span }
  const scenario = typed.scenarios.find((candidate) => candidate.name === name)
  if (scenario) return { kind: 'scenario', scenario }
  if (item) return { kind: 'item', item }
  return total && { kind: 'total', total }
}

/** A field of records where it is declared, or where the list that it belongs to stands before it on the statement. */
function fieldAt({ typed, parsed }: Compiled, name: string, span: Span): Named | undefined {
  const owners = typed.facts.flatMap((fact) => {
    const field = fact.type.kind === 'records' ? fact.type.fields.find((candidate) => candidate.name === name) : undefined
    return field ? [{ fact, field }] : []
  })
  const isNamed = (fact: FactSymbol) => {
    const statement = parsed.tree.members.find((member) => member.span.start <= span.start && span.end <= member.span.end)
    return parsed.tokens.some((token) => token.value === fact.name && token.startOffset >= (statement?.span.start ?? 0) && token.startOffset < span.start)
  }
  const [owner] = owners.filter(({ fact }) => isNamed(fact))
  if (!owner || typed.facts.some((fact) => fact.name === name)) return undefined
  const declaration = owner.fact.node.type.fields?.find((field) => field.name.text === name)
  return { kind: 'field', field: owner.field, of: owner.fact, span: declaration?.name.span ?? owner.fact.node.name.span }
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

/** Where a named thing is declared, by the number of the text among the compiled sources. */
export interface Declaration {
  readonly source: number
  readonly span: Span
}

export function declarationOf(named: Named): Declaration {
  switch (named.kind) {
    case 'fact':
      return own(named.fact, named.fact.node.name.span)
    case 'definition':
      return own(named.definition, named.definition.node.name.span)
    case 'parameter':
      return own(named.parameter, named.parameter.node.name.span)
    case 'field':
      return own(named.of, named.span)
    case 'reference-date':
      return { source: 0, span: named.span }
    case 'policy':
      return { source: named.source, span: named.node.name.span }
    case 'scenario':
      return { source: 0, span: named.scenario.node.name.span }
    case 'item':
      return own(named.item, named.item.node.name.span)
    case 'total':
      return { source: 0, span: named.total.node.name?.span ?? named.total.node.span }
  }
}

const own = ({ source }: { readonly source: number }, span: Span): Declaration => ({ source, span })
