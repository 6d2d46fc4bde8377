// Declarations → a typed policy. Definitions and totals are typed when they are first needed, which finds cycles and puts
// them in order of dependence.

import { clamp } from '../../runtime/exact/interval.ts'
import { distinctIds } from '../../runtime/ir/ids.ts'
import type * as Ast from '../ast.ts'
import type { Report } from '../diagnostics/diagnostic.ts'
import type { Declarations } from '../resolve.ts'
import {
  childrenOf,
  type DefinitionSymbol,
  fullName,
  type ItemSymbol,
  type Typed,
  type TypedPolicy,
  type TypedScenario,
  type TypedState,
  type TypedTestCase,
  type TypedTotal,
} from '../typed.ts'
import { byForm, type KeywordId, unnamedTotal } from '../words.ts'
import { typePoints } from './asked.ts'
import { checkCase } from './cases.ts'
import { readClauses, totalClauses } from './clauses.ts'
import { isError } from './context.ts'
import { checkDeadline } from './deadlines.ts'
import { checkDefinition } from './definitions.ts'
import { contextOf } from './expression.ts'
import { checkFact } from './facts.ts'
import { checkUse } from './harm.ts'
import { checkItem, extended, withChild } from './items.ts'
import { itemsNamed, typeDate } from './names.ts'
import { numberType } from './numbers.ts'
import { checkParameter, checkUnit } from './parameters.ts'
import { checkScenario, factNamed } from './scenarios.ts'
import type { Scope, Words } from './scope.ts'
import { checkState } from './states.ts'
import { checkCounted } from './uncounted.ts'
import { points } from './units.ts'

/** Definitions or totals built on one another, in a row. */
const deepestChain = 100

export interface CheckInput {
  readonly text: string
  readonly tree: Ast.PolicyNode
  readonly declarations: Declarations
  /** Words in parts that could not be read; nothing is said about them. */
  readonly lost: Words
  readonly report: Report
}

export function check({ text, tree, declarations, lost, report }: CheckInput): TypedPolicy {
  const open: string[] = []
  /** How many definitions stand on one another: of each one, and of what the open ones have met so far. */
  const depths = new Map<string, number>()
  const below: number[] = []
  const definitions = new Map<string, DefinitionSymbol>()
  const totals = new Map<string, TypedTotal>()
  const items = new Map<string, ItemSymbol>()
  const nodes = itemNodes(declarations)
  const scope: Scope = {
    text,
    surface: tree.surface,
    declarations,
    report,
    facts: new Map(),
    parameters: new Map(),
    referenceDates: new Map(),
    units: new Map(),
    definitions,
    definitionOrder: [],
    distinct: distinctIds(),
    items,
    totals,
    define: (name) => define(name),
    total: (name) => typeTotal(name),
    item: (path) => typeItem(path),
    lost,
    unknown: new Set(),
    passedOver: new Set(),
  }
  checkHeader(scope, tree)
  bring()
  for (const member of tree.members) if (member.kind === 'unit') checkUnit(scope, member)
  nameReferenceDates()
  for (const node of declarations.facts) scope.facts.set(node.name.text, checkFact(scope, node))
  for (const node of declarations.parameters) {
    const symbol = checkParameter(scope, node)
    if (symbol) scope.parameters.set(symbol.name, symbol)
  }
  for (const { clauses } of declarations.facts) for (const clause of clauses) if (clause.kind === 'household') factNamed(scope, clause.key, ['text'])
  bindReferenceDates()
  for (const node of declarations.definitions) scope.define(node.name.text)
  const topNames = new Set<string>()
  const own = declarations.items
    .filter(({ name }) => name.text !== '' && !topNames.has(name.text) && topNames.add(name.text))
    .map((node) => scope.item([node.name.text]))
    .filter((item) => item !== undefined)
  extendGroups()
  const all = [...declarations.imports.flatMap(({ typed }) => typed.items.map((item) => items.get(fullName(item)) ?? item)), ...own]
  for (const name of declarations.totals.keys()) scope.total(name)
  if (!tree.casesOnly && declarations.totals.size === 0 && all.length > 0) report({ code: 'no-total', span: tree.name.span, data: {} })
  const states = declarations.states.map((node) => checkState(scope, node)).filter((state) => state !== undefined)
  const scenarios = [...declarations.scenarios.values()].map((node) => checkScenario(scope, node))
  for (const own of [[], ...scenarios.map((scenario) => scenario.states)]) checkStateNames(scope, [...states, ...own])
  checkRestated()
  refuseCircles(scenarios)
  const typed: TypedPolicy = {
    node: tree,
    referenceDates: [...scope.referenceDates.values()],
    facts: [...scope.facts.values()],
    parameters: [...scope.parameters.values()],
    definitions: scope.definitionOrder,
    items: all,
    totals: [...totals.values()],
    states,
    scenarios,
    deadlines: declarations.deadlines.map((node) => checkDeadline(scope, node)).filter((deadline) => deadline !== undefined),
    units: scope.units,
    cases: declarations.cases.map((node) => checkCase(scope, node)),
    passedOver: scope.passedOver,
  }
  checkUse(scope, typed)
  checkCounted(scope, typed)
  return typed

  /** What the policies that are taken in declare, typed already; totals, states and scenarios stay with them. */
  function bring() {
    for (const { typed } of declarations.imports) {
      for (const fact of typed.facts) scope.facts.set(fact.name, fact)
      for (const parameter of typed.parameters) scope.parameters.set(parameter.name, parameter)
      for (const [word, unit] of typed.units) scope.units.set(word, unit)
      for (const definition of typed.definitions) {
        if (scope.definitionOrder.some(({ id }) => id === definition.id)) continue
        scope.definitionOrder.push(definition)
        if (definition.within === undefined) definitions.set(definition.name, definition)
      }
      const visit = (item: ItemSymbol): void => {
        items.set(fullName(item), item)
        item.children.forEach(visit)
      }
      typed.items.forEach(visit)
    }
  }

  /** The policy's own first: the first of them is the main date. */
  function nameReferenceDates() {
    for (const { name } of declarations.referenceDates) {
      scope.referenceDates.set(name.text, { kind: 'reference-date', name: name.text, span: name.span, value: undefined })
    }
    for (const { typed, node } of declarations.imports) {
      for (const date of typed.referenceDates) if (!scope.referenceDates.has(date.name)) scope.referenceDates.set(date.name, { ...date, span: node.span })
    }
  }

  /** 基准日 申请日 = 申请日期: days that come from facts. */
  function bindReferenceDates() {
    declarations.referenceDates.forEach(({ name, value }, i) => {
      if (!value) return
      const typed = contextOf(scope).type(value)
      if (isError(typed)) return
      if (i === 0) report({ code: 'main-date-fixed', span: name.span, data: { name: name.text } })
      else if (typed.type.kind !== 'date') report({ code: 'wrong-type', span: value.span, data: { expected: 'date', found: typed.type.kind } })
      else scope.referenceDates.set(name.text, { kind: 'reference-date', name: name.text, span: name.span, value: typed })
    })
  }

  function extendGroups() {
    for (const { path, children } of declarations.extensions) {
      const written = path.names.map(({ text: name }) => name)
      const [found, other] = itemsNamed(scope, written)
      const base = found && !other ? items.get(found.path.join('.')) : undefined
      if (!found || !base || !found.imported || base.kind !== 'group' || !base.extensible) {
        if (written.length > 0 && written[0] !== '') report({ code: 'not-extensible', span: path.span, data: { name: written.join('.') } })
        continue
      }
      const added = children.map((child) => scope.item([...base.path, child.name.text])).filter((item) => item !== undefined)
      let changed = extended(scope, base, added)
      items.set(fullName(changed), changed)
      for (let depth = base.path.length - 1; depth > 0; depth -= 1) {
        const parent = items.get(base.path.slice(0, depth).join('.'))
        if (!parent) break
        changed = withChild(scope, parent, changed)
        items.set(fullName(changed), changed)
      }
    }
  }

  /** A total, state or scenario of a policy that is taken in does not come along: what is not said again is lost, and told. */
  function checkRestated() {
    for (const { node, typed } of declarations.imports) {
      const form = (id: KeywordId) => byForm.keyword.id.get(id)?.[tree.surface] ?? ''
      const kinds = new Set(declarations.states.map(({ state }) => state))
      const lost = [
        ...(declarations.totals.size === 0 ? typed.totals.map(({ name }) => name) : []),
        ...[...new Set(typed.states.map(({ kind }) => kind))].filter((kind) => !kinds.has(kind)).map(form),
        ...typed.scenarios.filter(({ name }) => !declarations.scenarios.has(name)).map(({ name }) => `${form('scenario')} ${name}`),
      ]
      if (lost.length > 0 && !tree.casesOnly) report({ code: 'base-not-restated', span: node.span, data: { names: lost.join('、') } })
    }
  }

  /** A day that is worked out of itself, also by way of a definition or of another day. */
  function refuseCircles(uses: readonly TypedScenario[]) {
    const common = new Map([...scope.referenceDates.values()].flatMap(({ name, value }) => (value ? [[name, value] as const] : [])))
    const told = new Set<string>()
    for (const dates of [common, ...uses.map((use) => new Map([...common, ...use.dates.map(({ name, value }) => [name, value] as const)]))]) {
      for (const [name, value] of dates) {
        const found = circleFrom(value, dates, [name])
        const span = scope.referenceDates.get(name)?.span
        if (!found || !span || told.has(name)) continue
        for (const one of found) told.add(one)
        report({ code: 'cycle', span, data: { names: found.join(' → ') } })
      }
    }
  }

  /** Types `name` once; a name that is needed for its own value is a cycle. */
  function inOrder<Symbol>(key: string, done: Map<string, Symbol>, name: string, span: Ast.Name['span'], type: () => Symbol): Symbol | undefined {
    const known = done.get(name)
    if (known) {
      below.push(Math.max(below.pop() ?? 0, depths.get(key) ?? 0))
      return known
    }
    const from = open.indexOf(key)
    if (from >= 0) {
      const cycle = [...open.slice(from), key].map((entry) => entry.slice(2))
      report({ code: 'cycle', span, data: { names: cycle.join(' → ') } })
      return undefined
    }
    if (open.length >= deepestChain) return tooDeep(span)
    open.push(key)
    below.push(0)
    const symbol = type()
    open.pop()
    const depth = (below.pop() ?? 0) + 1
    below.push(Math.max(below.pop() ?? 0, depth))
    depths.set(key, depth)
    if (depth > deepestChain) tooDeep(span)
    done.set(name, symbol)
    return symbol
  }

  function tooDeep(span: Ast.Name['span']): undefined {
    report({ code: 'nested-too-deep', span, data: { limit: String(deepestChain) } })
  }

  function define(name: string): DefinitionSymbol | undefined {
    const node = declarations.values.get(name)
    if (!node || !('kind' in node) || node.kind !== 'definition') return undefined
    return inOrder(`v ${name}`, definitions, name, node.name.span, () => checkDefinition(scope, node))
  }

  function typeItem(path: readonly string[]): ItemSymbol | undefined {
    const id = path.join('.')
    const found = nodes.get(id)
    if (!found) return items.get(id)
    return inOrder(`i ${id}`, items, id, found.node.name.span, () => checkItem(scope, found.node, found.above, found.deducts))
  }

  function typeTotal(name: string): TypedTotal | undefined {
    const node = declarations.totals.get(name)
    if (!node) return undefined
    return inOrder(`t ${name}`, totals, name, node.name?.span ?? node.span, () => {
      const value = typePoints(contextOf(scope, 'items'), node.value)
      const { bounds, sourced } = readClauses(scope, node.clauses, totalClauses)
      warnAddedDeductions(value)
      const inner =
        value.type.kind === 'number' && !isError(value)
          ? value.type
          : numberType({ numerator: 0n, denominator: 1n }, { numerator: 0n, denominator: 1n }, 0, points)
      const limit = (bound: typeof bounds.min) => (bound?.type.kind === 'number' ? bound.type : undefined)
      const clamped = clamp(inner, limit(bounds.min), limit(bounds.max))
      const places = Math.max(inner.places ?? 0, limit(bounds.min)?.places ?? 0, limit(bounds.max)?.places ?? 0)
      return { name: node.name?.text ?? unnamedTotal, node, value, ...bounds, ...sourced, range: numberType(clamped.low, clamped.high, places, points) }
    })
  }

  /** A 扣分组 holds positive points: a total takes it away. */
  function warnAddedDeductions(value: Typed) {
    const terms = value.op === 'sum' ? value.terms : [{ negative: false, value }]
    const inFormula = terms.flatMap(({ value: term }) => (term.op === 'item' ? [term.item.path] : []))
    const isIn = (path: readonly string[], group: readonly string[]) => path.length > group.length && group.every((name, i) => path[i] === name)
    for (const { value: term } of terms) {
      const around = term.op === 'item' ? inFormula.find((path) => isIn(term.item.path, path)) : undefined
      if (term.op === 'item' && around !== undefined)
        report({ code: 'item-counted-twice', span: term.span, data: { name: term.item.name, group: around.join('.') } })
    }
    for (const { negative, value: term } of terms) {
      if (!negative && term.op === 'item' && term.item.deducts) report({ code: 'deductions-added', span: term.span, data: { name: term.item.name } })
    }
  }
}

/** The names on the way from a day back to itself. */
function circleFrom(node: Typed, dates: ReadonlyMap<string, Typed>, path: readonly string[]): readonly string[] | undefined {
  if (node.op === 'reference-date') {
    if (node.name === path[0]) return [...path, node.name]
    const next = path.includes(node.name) ? undefined : dates.get(node.name)
    return next && circleFrom(next, dates, [...path, node.name])
  }
  const inside = node.op === 'definition' ? node.definition.cases.flatMap(({ when, value }) => (when ? [when, value] : [value])) : childrenOf(node)
  for (const child of inside) {
    const found = circleFrom(child, dates, path)
    if (found) return found
  }
  return undefined
}

interface ItemNode {
  readonly node: Ast.GroupNode | Ast.IndicatorNode
  readonly above: readonly string[]
  /** Whether a group around it is a 扣分组. */
  readonly deducts: boolean
}

/** Every item that this text writes, by its path. */
function itemNodes(declarations: Declarations): ReadonlyMap<string, ItemNode> {
  const found = new Map<string, ItemNode>()
  const visit = (node: Ast.GroupNode | Ast.IndicatorNode, above: readonly string[], deducts: boolean): void => {
    const path = [...above, node.name.text]
    const id = path.join('.')
    if (node.name.text === '' || found.has(id)) return
    found.set(id, { node, above, deducts })
    if (node.kind === 'group') for (const child of node.children) visit(child, path, deducts || node.deducts)
  }
  for (const node of declarations.items) visit(node, [], false)
  for (const { path, children } of declarations.extensions) {
    const written = path.names.map(({ text }) => text)
    const base = (declarations.itemsByName.get(written.at(-1) ?? '') ?? []).find(
      (candidate) => candidate.imported && written.every((name, i) => candidate.path[candidate.path.length - written.length + i] === name),
    )
    if (base) for (const child of children) visit(child, base.path, base.node.deducts)
  }
  return found
}

/** Checks the cases of a text of its own against a policy that is typed already. */
export function checkCases(typed: TypedPolicy, { text, tree, declarations, lost, report }: CheckInput): readonly TypedTestCase[] {
  const byName = <T extends { readonly name: string }>(list: readonly T[]) => new Map(list.map((entry) => [entry.name, entry]))
  const items = new Map<string, ItemSymbol>()
  const visit = (item: ItemSymbol): void => {
    items.set(fullName(item), item)
    item.children.forEach(visit)
  }
  typed.items.forEach(visit)
  const definitions = byName(typed.definitions)
  const totals = byName(typed.totals)
  const scope: Scope = {
    text,
    surface: tree.surface,
    declarations,
    report,
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

function checkHeader(scope: Scope, tree: Ast.PolicyNode) {
  for (const member of tree.members) {
    if (member.kind !== 'in-force') continue
    const from = typeDate(scope, member.from)
    const to = member.to ? typeDate(scope, member.to) : undefined
    if (from.op === 'date' && to?.op === 'date' && from.value > to.value) scope.report({ code: 'empty-range', span: member.span, data: {} })
  }
}
