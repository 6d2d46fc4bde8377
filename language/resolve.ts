// Tree → names: what is declared where, in two name spaces. Values are facts, parameters, definitions and reference dates;
// items are groups, indicators and totals. What another policy brings joins them. Reports what is declared twice.

import type * as Ast from './ast.ts'
import type { Report } from './diagnostics/diagnostic.ts'
import type { Span } from './span.ts'
import { fullName, type TypedPolicy } from './typed.ts'
import { unnamedTotal } from './words.ts'

export interface ItemDeclaration {
  readonly node: Ast.GroupNode | Ast.IndicatorNode
  readonly path: readonly string[]
  /** Brought by another policy: its node has no place in this text. */
  readonly imported: boolean
}

export type ValueNode = Ast.FactNode | Ast.DefinitionNode | Ast.ParameterNode | Ast.Name

/** A policy that was taken in, with everything typed. */
export interface Import {
  readonly node: Extract<Ast.Member, { kind: 'use' }>
  readonly typed: TypedPolicy
}

export interface Declarations {
  readonly values: ReadonlyMap<string, ValueNode>
  readonly referenceDates: readonly { readonly name: Ast.Name; readonly value: Ast.Expression | undefined }[]
  readonly facts: readonly Ast.FactNode[]
  readonly parameters: readonly Ast.ParameterNode[]
  readonly definitions: readonly Ast.DefinitionNode[]
  /** The top of the tree of items; `declarations` of all of them by their own name. */
  readonly items: readonly (Ast.GroupNode | Ast.IndicatorNode)[]
  readonly itemsByName: ReadonlyMap<string, readonly ItemDeclaration[]>
  readonly totals: ReadonlyMap<string, Ast.TotalNode>
  readonly states: readonly Ast.StateNode[]
  readonly scenarios: ReadonlyMap<string, Ast.ScenarioNode>
  readonly deadlines: readonly Ast.DeadlineNode[]
  readonly extensions: readonly Extract<Ast.Member, { kind: 'extend' }>[]
  readonly cases: readonly Ast.CaseNode[]
  readonly imports: readonly Import[]
}

export function resolve(text: string, tree: Ast.PolicyNode, imports: readonly Import[], report: Report): Declarations {
  const isQuoted = (span: Span) => /[「`]/.test(text[span.start] ?? '')
  const values = new Map<string, ValueNode>()
  /** Names that another policy brought. */
  const brought = new Set<string>()
  const totals = new Map<string, Ast.TotalNode>()
  const scenarios = new Map<string, Ast.ScenarioNode>()
  const itemsByName = new Map<string, ItemDeclaration[]>()
  const referenceDates: { name: Ast.Name; value: Ast.Expression | undefined }[] = []
  const once = new Map<string, Span>()
  const deadlines = new Map<string, Ast.DeadlineNode>()

  const repeated = (name: string, span: Span, first: Span | undefined) =>
    report({ code: 'duplicate-name', span, data: { name }, ...(first ? { related: [first] } : {}) })

  const declareValue = (name: Ast.Name, node: ValueNode) => {
    if (name.text === '') return
    const before = values.get(name.text)
    if (before) repeated(name.text, name.span, brought.has(name.text) ? undefined : nameOf(before).span)
    else values.set(name.text, node)
  }

  /** A quoted name may be empty; 编号 is the applicant's key, 状态 a column of every outcome. */
  const checkName = ({ text, span }: Ast.Name, taken: readonly string[]) => {
    if (taken.includes(text) || (text.trim() === '' && span.end > span.start && span.start >= 0 && isQuoted(span))) {
      report({ code: 'reserved-name', span, data: { name: text } })
    }
  }

  /** Where the full name of an item was first taken: columns and people know it by this alone. */
  const fullNames = new Map<string, Span | undefined>()
  const takeFullName = (name: string, span: Span) => {
    if (fullNames.has(name)) report({ code: 'same-id', span, data: { id: name }, related: [fullNames.get(name)].flatMap((first) => first ?? []) })
    else fullNames.set(name, span)
  }

  const declareItem = (name: string, declaration: ItemDeclaration) => itemsByName.set(name, [...(itemsByName.get(name) ?? []), declaration])

  const declareItems = (nodes: readonly (Ast.GroupNode | Ast.IndicatorNode)[], above: readonly string[], taken: readonly string[] = []) => {
    const siblings = new Map<string, Span | undefined>(taken.map((name) => [name, undefined]))
    for (const node of nodes) {
      const { text, span } = node.name
      checkName(node.name, ['编号', '状态'])
      if (text !== '') {
        const known = siblings.has(text)
        if (known) repeated(text, span, siblings.get(text))
        else siblings.set(text, span)
        const path = [...above, text]
        if (!known) {
          declareItem(text, { node, path, imported: false })
          takeFullName(fullName({ path }), span)
        }
        if (node.kind === 'group') declareItems(node.children, path)
      }
    }
  }

  bring()
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
          member.names.forEach((name, i) => {
            checkName(name, ['编号'])
            // A reference date of a policy that is taken in may be named again.
            if (brought.has(name.text) && values.get(name.text) && !('kind' in (values.get(name.text) as ValueNode))) {
              values.delete(name.text)
              brought.delete(name.text)
            }
            declareValue(name, name)
            referenceDates.push({ name, value: member.values[i] })
          })
        }
        break
      }
      case 'fact':
      case 'parameter':
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
      case 'scenario': {
        const before = scenarios.get(member.name.text)
        if (before) repeated(member.name.text, member.name.span, before.name.span)
        else if (member.name.text !== '') scenarios.set(member.name.text, member)
        break
      }
      case 'deadline': {
        const before = deadlines.get(member.name.text)
        if (before) repeated(member.name.text, member.name.span, before.name.span)
        else deadlines.set(member.name.text, member)
        break
      }
    }
  }
  const items = tree.members.filter((member) => member.kind === 'group' || member.kind === 'indicator')
  declareItems(
    items,
    [],
    imports.flatMap(({ typed }) => typed.items.map(({ name }) => name)),
  )
  const extensions = tree.members.filter((member) => member.kind === 'extend')
  for (const { path, children } of extensions) {
    const base = itemAt(path.names.map(({ text }) => text))
    if (base?.node.kind === 'group') {
      declareItems(
        children,
        base.path,
        base.node.children.map(({ name }) => name.text),
      )
    }
  }
  for (const [name, total] of totals) {
    const item = items.find((candidate) => candidate.name.text === name)
    if (item) repeated(name, total.name?.span ?? total.span, item.name.span)
  }
  const own = <T extends { readonly name: Ast.Name }>(nodes: readonly T[]) => nodes.filter((node) => values.get(node.name.text) === (node as unknown))
  return {
    values,
    referenceDates,
    facts: own(tree.members.filter((member) => member.kind === 'fact')),
    parameters: own(tree.members.filter((member) => member.kind === 'parameter')),
    definitions: own(tree.members.filter((member) => member.kind === 'definition')),
    items,
    itemsByName,
    totals,
    states: tree.members.filter((member) => member.kind === 'state'),
    scenarios,
    deadlines: [...deadlines.values()],
    extensions,
    cases: tree.members.filter((member) => member.kind === 'case'),
    imports,
  }

  /** Values, items and reference dates of the policies that are taken in; the first to bring a name keeps it. */
  function bring() {
    for (const { node, typed } of imports) {
      const join = (name: string, value: ValueNode) => {
        if (!values.has(name)) {
          values.set(name, value)
          brought.add(name)
        } else if (!sameSymbol(values.get(name), value)) repeated(name, node.span, undefined)
      }
      for (const symbol of [...typed.facts, ...typed.parameters, ...typed.definitions])
        if (symbol.kind !== 'definition' || symbol.within === undefined) join(symbol.name, symbol.node)
      for (const date of typed.referenceDates) if (!values.has(date.name)) join(date.name, { text: date.name, span: node.span })
      const visit = (item: TypedPolicy['items'][number]): void => {
        const before = itemsByName.get(item.name)?.find((candidate) => fullName(candidate) === fullName(item))
        if (before && before.node !== item.node) repeated(item.name, node.span, undefined)
        if (!before) declareItem(item.name, { node: item.node, path: item.path, imported: true })
        fullNames.set(fullName(item), undefined)
        item.children.forEach(visit)
      }
      typed.items.forEach(visit)
    }
  }

  function itemAt(path: readonly string[]): ItemDeclaration | undefined {
    const candidates = itemsByName.get(path.at(-1) ?? '') ?? []
    return candidates.find((candidate) => path.every((name, i) => candidate.path[candidate.path.length - path.length + i] === name))
  }
}

const sameSymbol = (a: ValueNode | undefined, b: ValueNode) => a === b

const nameOf = (node: ValueNode): Ast.Name => ('kind' in node ? node.name : node)
