// Declarations → a typed policy. Definitions, items and totals are typed when they are first needed, which finds cycles and puts
// them in order of dependence.

import { parseDate } from '../../runtime/exact/date.ts'
import { distinctIds } from '../../runtime/ir/ids.ts'
import type * as Ast from '../ast.ts'
import type { Report } from '../diagnostics/diagnostic.ts'
import type { Declarations } from '../resolve.ts'
import { type DefinitionSymbol, fullName, type ItemSymbol, type TypedPolicy, type TypedState, type TypedTestCase, type TypedTotal } from '../typed.ts'
import { checkCase } from './cases.ts'
import type { Days } from './days.ts'
import { checkDeadline } from './deadlines.ts'
import { checkDefinition } from './definitions.ts'
import { checkFact } from './facts.ts'
import { checkFigures } from './figures.ts'
import { checkItem } from './items.ts'
import { checkLater } from './later.ts'
import { typeDate } from './names.ts'
import { Order } from './order.ts'
import { extendGroups, itemNodes, setWithChildren } from './own-items.ts'
import { checkParameter, checkUnit } from './parameters.ts'
import { bindReferenceDates, nameReferenceDates, refuseCircles } from './reference-dates.ts'
import { rootsOf } from './roots.ts'
import { checkScenario, factNamed } from './scenarios.ts'
import { type Scope, valueSymbol, type Words } from './scope.ts'
import { checkState } from './states.ts'
import { checkRestated, takeIn } from './taken-in.ts'
import { checkTotal } from './totals.ts'
import { checkCounted } from './uncounted.ts'
import { couldBe, declaration, usesIn } from './undeclared.ts'
import { checkUse } from './use.ts'

export interface CheckInput {
  readonly text: string
  readonly tree: Ast.PolicyNode
  readonly declarations: Declarations
  /** Words in parts that could not be read; nothing is said about them. */
  readonly lost: Words
  readonly report: Report
}

export function check(input: CheckInput): TypedPolicy {
  const { tree, declarations } = input
  const scope = scopeOf(input)
  checkHeader(scope, tree)
  takeIn(scope)
  checkValues(scope, tree)
  const items = checkItems(scope)
  checkTotals(scope, tree, items)
  const states = declarations.states.map((node) => checkState(scope, node)).filter((state) => state !== undefined)
  const scenarios = [...declarations.scenarios.values()].map((node) => checkScenario(scope, node))
  for (const own of [[], ...scenarios.map((scenario) => scenario.states)]) checkStateNames(scope, [...states, ...own])
  checkRestated(scope, tree)
  refuseCircles(scope, scenarios)
  const typed: TypedPolicy = {
    node: tree,
    referenceDates: [...scope.referenceDates.values()],
    facts: [...scope.facts.values()],
    parameters: [...scope.parameters.values()],
    definitions: scope.definitionOrder,
    items,
    totals: [...scope.totals.values()],
    states,
    scenarios,
    deadlines: declarations.deadlines.map((node) => checkDeadline(scope, node)).filter((deadline) => deadline !== undefined),
    units: scope.units,
    cases: declarations.cases.map((node) => checkCase(scope, node)),
    passedOver: scope.passedOver,
  }
  const roots = rootsOf(typed)
  checkUse(scope, typed, roots)
  checkCounted(scope, typed, roots)
  checkFigures(scope, typed, roots)
  checkLater(scope, typed, roots)
  return typed
}

function scopeOf({ text, tree, declarations, lost, report }: CheckInput): Scope {
  const order = new Order(report)
  const definitions = new Map<string, DefinitionSymbol>()
  const items = new Map<string, ItemSymbol>()
  const totals = new Map<string, TypedTotal>()
  const nodes = itemNodes(declarations)
  let uses: ReturnType<typeof usesIn> | undefined
  const scope: Scope = {
    text,
    surface: tree.surface,
    declarations,
    report,
    inForce: inForceOf(tree),
    facts: new Map(),
    parameters: new Map(),
    referenceDates: new Map(),
    units: new Map(),
    definitions,
    definitionOrder: [],
    distinct: distinctIds(),
    items,
    totals,
    define(name) {
      const node = declarations.values.get(name)
      if (!node || !('kind' in node) || node.kind !== 'definition') return undefined
      return order.once(`v ${name}`, definitions, name, node.name.span, () => checkDefinition(scope, node))
    },
    total(name) {
      const node = declarations.totals.get(name)
      return node && order.once(`t ${name}`, totals, name, node.name?.span ?? node.span, () => checkTotal(scope, node))
    },
    item(path) {
      const id = path.join('.')
      const found = nodes.get(id)
      if (!found) return items.get(id)
      return order.once(`i ${id}`, items, id, found.node.name.span, () => checkItem(scope, found.node, found.above, found.deducts))
    },
    lost,
    unknown: new Set(),
    fits(name, other) {
      uses ??= usesIn(tree)
      return couldBe(uses.get(name)?.uses ?? [], valueSymbol(scope, other))
    },
    declaring(name, written) {
      uses ??= usesIn(tree)
      return declaration(text, tree, name, written, uses)
    },
    passedOver: new Set(),
  }
  return scope
}

/** Units, dates, facts, parameters and definitions. */
function checkValues(scope: Scope, tree: Ast.PolicyNode) {
  const { declarations } = scope
  for (const member of tree.members) if (member.kind === 'unit') checkUnit(scope, member)
  nameReferenceDates(scope)
  for (const node of declarations.facts) scope.facts.set(node.name.text, checkFact(scope, node))
  for (const node of declarations.parameters) {
    const symbol = checkParameter(scope, node)
    if (symbol) scope.parameters.set(symbol.name, symbol)
  }
  for (const { clauses } of declarations.facts) for (const clause of clauses) if (clause.kind === 'household') factNamed(scope, clause.key, ['text'])
  bindReferenceDates(scope)
  for (const node of declarations.definitions) scope.define(node.name.text)
}

/** The items at the top: those that are taken in, as they are extended, and the policy's own. */
function checkItems(scope: Scope): readonly ItemSymbol[] {
  const { declarations } = scope
  const topNames = new Set<string>()
  const own = declarations.items
    .filter(({ name }) => name.text !== '' && !topNames.has(name.text) && topNames.add(name.text))
    .map((node) => scope.item([node.name.text]))
    .filter((item) => item !== undefined)
  extendGroups(scope)
  return [...declarations.imports.flatMap(({ typed }) => typed.items.map((item) => scope.items.get(fullName(item)) ?? item)), ...own]
}

function checkTotals(scope: Scope, tree: Ast.PolicyNode, items: readonly ItemSymbol[]) {
  const { totals } = scope.declarations
  for (const name of totals.keys()) scope.total(name)
  if (!tree.casesOnly && totals.size === 0 && items.length > 0) scope.report({ code: 'no-total', span: tree.name.span, data: {} })
}

/** Checks the cases of a text of its own against a policy that is typed already. */
export function checkCases(typed: TypedPolicy, { text, tree, declarations, lost, report }: CheckInput): readonly TypedTestCase[] {
  const byName = <T extends { readonly name: string }>(list: readonly T[]) => new Map(list.map((entry) => [entry.name, entry]))
  const items = new Map<string, ItemSymbol>()
  for (const item of typed.items) setWithChildren(items, item)
  const definitions = byName(typed.definitions)
  const totals = byName(typed.totals)
  const scope: Scope = {
    text,
    surface: tree.surface,
    declarations,
    report,
    inForce: undefined,
    facts: byName(typed.facts),
    parameters: byName(typed.parameters),
    referenceDates: byName(typed.referenceDates),
    units: new Map(typed.units),
    definitions,
    definitionOrder: [],
    distinct: distinctIds(),
    items,
    totals,
    define: (name) => definitions.get(name),
    total: (name) => totals.get(name),
    item: (path) => items.get(path.join('.')),
    lost,
    unknown: new Set(),
    fits: () => true,
    declaring: () => undefined,
    passedOver: new Set(),
  }
  return declarations.cases.map((node) => checkCase(scope, node))
}

/** A state has one name wherever it may be met. */
function checkStateNames(scope: Scope, states: readonly TypedState[]) {
  const names = new Map<string, string | undefined>()
  for (const { kind, called, node } of states) {
    const before = names.get(kind)
    const differs = names.has(kind) && before !== called
    if (differs) scope.report({ code: 'state-names-differ', span: (node.called ?? node).span, data: { name: called ?? '', other: before ?? '' } })
    else names.set(kind, called)
  }
}

/** Days that there are, in their order: otherwise that is told by itself. */
function inForceOf({ members }: Ast.PolicyNode): Days | undefined {
  const member = members.find(({ kind }) => kind === 'in-force')
  if (member?.kind !== 'in-force') return undefined
  const [from, to] = [member.from.value, member.to?.value]
  return parseDate(from) === undefined || (to !== undefined && (parseDate(to) === undefined || to < from)) ? undefined : { from, to }
}

function checkHeader(scope: Scope, tree: Ast.PolicyNode) {
  for (const member of tree.members) {
    if (member.kind !== 'in-force') continue
    const from = typeDate(scope, member.from)
    const to = member.to ? typeDate(scope, member.to) : undefined
    if (from.op === 'date' && to?.op === 'date' && from.value > to.value) scope.report({ code: 'empty-range', span: member.span, data: {} })
  }
}
