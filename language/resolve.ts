// Tree → names: what is declared where, in two name spaces. Values are facts, parameters, definitions and reference dates;
// items are groups, indicators and totals. What another policy brings joins them. Reports what is declared twice.

import { unnamedTotal } from '../runtime/ir/names.ts'
import type * as Ast from './ast.ts'
import { repeated } from './check/repeated.ts'
import { paperName } from './coverage/papers.ts'
import type { Report } from './diagnostics/diagnostic.ts'
import type { Span } from './span.ts'
import { fullName, type TypedPolicy } from './typed.ts'

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
  const declaring = startDeclaring(text, report)
  for (const one of imports) bring(one, declaring)
  checkName(tree.name, [], declaring)
  for (const member of tree.members) declareMember(member, declaring)
  const items = tree.members.filter((member) => member.kind === 'group' || member.kind === 'indicator')
  const broughtItems = imports.flatMap(({ typed }) => typed.items.map(({ name }) => name))
  declareItems(items, [], broughtItems, declaring)
  const extensions = tree.members.filter((member) => member.kind === 'extend')
  for (const extension of extensions) declareExtension(extension, declaring)
  checkTotals(items, declaring)
  const { values, referenceDates, itemsByName, totals, scenarios, deadlines } = declaring
  const own = <Node extends Exclude<ValueNode, Ast.Name>>(nodes: readonly Node[]) => nodes.filter((node) => values.get(node.name.text) === node)
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
}

/** What has been declared so far, for those who declare. */
interface Declaring {
  readonly text: string
  readonly report: Report
  readonly values: Map<string, ValueNode>
  /** Names of values that another policy brought. */
  readonly brought: Set<string>
  readonly referenceDates: { readonly name: Ast.Name; readonly value: Ast.Expression | undefined }[]
  /** Rows of the head that stand at most once, by kind. */
  readonly headers: Map<string, Span>
  readonly itemsByName: Map<string, readonly ItemDeclaration[]>
  /** Where the full name of an item was first taken: columns and people know it by this alone. */
  readonly fullNames: Map<string, Span | undefined>
  readonly totals: Map<string, Ast.TotalNode>
  readonly scenarios: Map<string, Ast.ScenarioNode>
  readonly deadlines: Map<string, Ast.DeadlineNode>
}

const startDeclaring = (text: string, report: Report): Declaring => ({
  text,
  report,
  values: new Map(),
  brought: new Set(),
  referenceDates: [],
  headers: new Map(),
  itemsByName: new Map(),
  fullNames: new Map(),
  totals: new Map(),
  scenarios: new Map(),
  deadlines: new Map(),
})

function declareMember(member: Ast.Member, declaring: Declaring) {
  switch (member.kind) {
    case 'text':
      declareHeader(member, declaring)
      checkPapers(member.papers, declaring)
      break
    case 'number':
    case 'replaces':
    case 'in-force':
      declareHeader(member, declaring)
      break
    case 'as-of':
      declareHeader(member, declaring)
      declareReferenceDates(member, declaring)
      break
    case 'fact':
    case 'parameter':
    case 'definition':
      checkName(member.name, member.kind === 'fact' ? ['编号'] : [], declaring)
      declareValue(member.name, member, declaring)
      break
    case 'total':
      declareTotal(member, declaring)
      break
    case 'scenario':
      declareScenario(member, declaring)
      break
    case 'deadline':
      declareDeadline(member, declaring)
      break
  }
}

function declareHeader({ kind, span }: Extract<Ast.Member, { kind: 'number' | 'text' | 'replaces' | 'in-force' | 'as-of' }>, { headers, report }: Declaring) {
  const before = headers.get(kind)
  if (before) report({ code: 'duplicate-header', span, data: { what: kind }, related: [before] })
  else headers.set(kind, span)
}

/** A clause is said to be of a paper by the name of its file alone. */
function checkPapers(papers: readonly Ast.TextLiteral[], { report }: Declaring) {
  const names = new Map<string, Span>()
  for (const { text, span } of papers) {
    const name = paperName(text)
    const before = names.get(name)
    if (before) report({ code: 'paper-named-twice', span, data: { name }, related: [before] })
    else names.set(name, span)
  }
}

function declareReferenceDates({ names, values: written }: Extract<Ast.Member, { kind: 'as-of' }>, declaring: Declaring) {
  const { values, brought, referenceDates } = declaring
  names.forEach((name, i) => {
    checkName(name, ['编号'], declaring)
    // A reference date of a policy that is taken in may be named again.
    const before = values.get(name.text)
    if (before && brought.has(name.text) && !('kind' in before)) {
      values.delete(name.text)
      brought.delete(name.text)
    }
    declareValue(name, name, declaring)
    referenceDates.push({ name, value: written[i] })
  })
}

function declareValue(name: Ast.Name, node: ValueNode, declaring: Declaring) {
  if (name.text === '') return
  const { values, brought } = declaring
  const before = values.get(name.text)
  const own = brought.has(name.text) ? undefined : before
  if (before) reportRepeated(name.text, name.span, own && nameOf(own).span, declaring, own && [own.span, node.span])
  else values.set(name.text, node)
}

function declareTotal(total: Ast.TotalNode, declaring: Declaring) {
  if (total.name) checkName(total.name, ['编号', '状态'], declaring)
  const name = total.name?.text ?? unnamedTotal
  const before = declaring.totals.get(name)
  if (before) reportRepeated(name, total.name?.span ?? total.span, before.name?.span ?? before.span, declaring)
  else declaring.totals.set(name, total)
}

function declareScenario(scenario: Ast.ScenarioNode, declaring: Declaring) {
  const { text, span } = scenario.name
  const before = declaring.scenarios.get(text)
  if (before) reportRepeated(text, span, before.name.span, declaring, [before.span, scenario.span])
  else if (text !== '') declaring.scenarios.set(text, scenario)
}

function declareDeadline(deadline: Ast.DeadlineNode, declaring: Declaring) {
  const { text, span } = deadline.name
  const before = declaring.deadlines.get(text)
  if (before) reportRepeated(text, span, before.name.span, declaring)
  else declaring.deadlines.set(text, deadline)
}

/** @param taken names of siblings that stand elsewhere */
function declareItems(nodes: readonly (Ast.GroupNode | Ast.IndicatorNode)[], above: readonly string[], taken: readonly string[], declaring: Declaring) {
  const siblings = new Map<string, Ast.GroupNode | Ast.IndicatorNode | undefined>(taken.map((name) => [name, undefined]))
  for (const node of nodes) {
    const { text, span } = node.name
    checkName(node.name, ['编号', '状态'], declaring)
    if (text === '') continue
    const path = [...above, text]
    const before = siblings.get(text)
    if (siblings.has(text)) reportRepeated(text, span, before?.name.span, declaring, before && [before.span, node.span])
    else {
      siblings.set(text, node)
      addItem(text, { node, path, imported: false }, declaring)
      takeFullName(fullName({ path }), span, declaring)
    }
    if (node.kind === 'group') declareItems(node.children, path, [], declaring)
  }
}

function declareExtension({ path, children }: Extract<Ast.Member, { kind: 'extend' }>, declaring: Declaring) {
  const base = itemAt(
    path.names.map(({ text }) => text),
    declaring,
  )
  if (base?.node.kind !== 'group') return
  const taken = base.node.children.map(({ name }) => name.text)
  declareItems(children, base.path, taken, declaring)
}

function itemAt(path: readonly string[], { itemsByName }: Declaring): ItemDeclaration | undefined {
  const candidates = itemsByName.get(path.at(-1) ?? '') ?? []
  return candidates.find((candidate) => path.every((name, i) => candidate.path[candidate.path.length - path.length + i] === name))
}

function addItem(name: string, declaration: ItemDeclaration, { itemsByName }: Declaring) {
  itemsByName.set(name, [...(itemsByName.get(name) ?? []), declaration])
}

function takeFullName(name: string, span: Span, { fullNames, report }: Declaring) {
  if (fullNames.has(name)) report({ code: 'same-id', span, data: { id: name }, related: [fullNames.get(name)].flatMap((first) => first ?? []) })
  else fullNames.set(name, span)
}

/** A total and an item at the top would be two columns of one name. */
function checkTotals(items: readonly (Ast.GroupNode | Ast.IndicatorNode)[], declaring: Declaring) {
  for (const [name, total] of declaring.totals) {
    const item = items.find((candidate) => candidate.name.text === name)
    if (item) reportRepeated(name, total.name?.span ?? total.span, item.name.span, declaring)
  }
}

/** A quoted name may be empty; 编号 is the applicant's key, 状态 a column of every outcome. */
function checkName({ text, span }: Ast.Name, taken: readonly string[], { text: source, report }: Declaring) {
  const isQuoted = /[「`]/.test(source[span.start] ?? '')
  if (taken.includes(text) || (text.trim() === '' && span.end > span.start && span.start >= 0 && isQuoted)) {
    report({ code: 'reserved-name', span, data: { name: text } })
  }
}

/** @param whole the two statements that declare it */
function reportRepeated(name: string, span: Span, first: Span | undefined, { report, text }: Declaring, whole?: readonly [Span, Span]) {
  report({ code: 'duplicate-name', span, data: { name }, ...(first ? { related: [first] } : {}), fixes: whole ? repeated(text, ...whole) : [] })
}

/** Values, items and reference dates of a policy that is taken in; the first to bring a name keeps it. */
function bring({ node, typed }: Import, declaring: Declaring) {
  const { values } = declaring
  for (const symbol of [...typed.facts, ...typed.parameters, ...typed.definitions]) {
    if (symbol.kind !== 'definition' || symbol.within === undefined) bringValue(symbol.name, symbol.node, node.span, declaring)
  }
  for (const date of typed.referenceDates) {
    if (!values.has(date.name)) bringValue(date.name, { text: date.name, span: node.span }, node.span, declaring)
  }
  for (const item of typed.items) bringItem(item, node.span, declaring)
}

/** @param use where the other policy is taken in */
function bringValue(name: string, value: ValueNode, use: Span, declaring: Declaring) {
  const { values, brought } = declaring
  const before = values.get(name)
  if (!before) {
    values.set(name, value)
    brought.add(name)
  } else if (before !== value) reportRepeated(name, use, undefined, declaring)
}

function bringItem(item: TypedPolicy['items'][number], use: Span, declaring: Declaring) {
  const before = declaring.itemsByName.get(item.name)?.find((candidate) => fullName(candidate) === fullName(item))
  if (before && before.node !== item.node) reportRepeated(item.name, use, undefined, declaring)
  if (!before) addItem(item.name, { node: item.node, path: item.path, imported: true }, declaring)
  declaring.fullNames.set(fullName(item), undefined)
  for (const child of item.children) bringItem(child, use, declaring)
}

const nameOf = (node: ValueNode): Ast.Name => ('kind' in node ? node.name : node)
