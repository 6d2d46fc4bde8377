// Declarations → a typed policy. Definitions and totals are typed when they are first needed, which finds cycles and puts
// them in order of dependence.

import { clamp } from '../../runtime/exact/interval.ts'
import type * as Ast from '../ast.ts'
import type { Report } from '../diagnostics/diagnostic.ts'
import type { Declarations } from '../resolve.ts'
import type { DefinitionSymbol, TypedPolicy, TypedTotal } from '../typed.ts'
import { unnamedTotal } from '../words.ts'
import { checkCase } from './cases.ts'
import { isError } from './context.ts'
import { checkDefinition } from './definitions.ts'
import { contextOf, typePoints } from './expression.ts'
import { checkFact } from './facts.ts'
import { checkUse } from './harm.ts'
import { checkItem, readClauses } from './items.ts'
import { typeDate } from './names.ts'
import { numberType } from './numbers.ts'
import type { Scope } from './scope.ts'
import { points } from './units.ts'

/** Definitions or totals built on one another, in a row. */
const deepestChain = 100

export interface CheckInput {
  readonly text: string
  readonly tree: Ast.PolicyNode
  readonly declarations: Declarations
  /** Words in parts that could not be read; nothing is said about them. */
  readonly lost: ReadonlySet<string>
  readonly report: Report
}

export function check({ text, tree, declarations, lost, report }: CheckInput): TypedPolicy {
  const open: string[] = []
  /** How many definitions stand on one another: of each one, and of what the open ones have met so far. */
  const depths = new Map<string, number>()
  const below: number[] = []
  const definitions = new Map<string, DefinitionSymbol>()
  const totals = new Map<string, TypedTotal>()
  const scope: Scope = {
    text,
    surface: tree.surface,
    declarations,
    report,
    facts: new Map(),
    referenceDates: new Map(declarations.referenceDates.map((name) => [name.text, { kind: 'reference-date', name: name.text, span: name.span }])),
    definitions,
    items: new Map(),
    totals,
    define: (name) => define(name),
    total: (name) => typeTotal(name),
    lost,
    unknown: new Set(),
  }
  checkHeader(scope, tree)
  for (const node of declarations.facts) scope.facts.set(node.name.text, checkFact(scope, node))
  for (const node of declarations.definitions) scope.define(node.name.text)
  const topNames = new Set<string>()
  const items = declarations.items
    .filter(({ name }) => name.text !== '' && !topNames.has(name.text) && topNames.add(name.text))
    .map((node) => checkItem(scope, node, []))
  for (const name of declarations.totals.keys()) scope.total(name)
  if (declarations.totals.size === 0 && items.length > 0) report({ code: 'no-total', span: tree.name.span, data: {} })
  checkUse(
    scope,
    [...scope.facts.values()],
    items,
    [...totals.values()].map(({ value }) => value),
  )
  return {
    node: tree,
    referenceDates: [...scope.referenceDates.values()],
    facts: [...scope.facts.values()],
    definitions: [...definitions.values()],
    items,
    totals: [...totals.values()],
    cases: declarations.cases.map((node) => checkCase(scope, node)),
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

  function typeTotal(name: string): TypedTotal | undefined {
    const node = declarations.totals.get(name)
    if (!node) return undefined
    return inOrder(`t ${name}`, totals, name, node.name?.span ?? node.span, () => {
      const value = typePoints(contextOf(scope, 'items'), node.value)
      const { bounds, sourced, mode } = readClauses(scope, node.clauses)
      if (mode) report({ code: 'mode-on-row', span: mode.span, data: {} })
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
}

function checkHeader(scope: Scope, tree: Ast.PolicyNode) {
  for (const member of tree.members) {
    if (member.kind !== 'in-force') continue
    const from = typeDate(scope, member.from)
    const to = member.to ? typeDate(scope, member.to) : undefined
    if (from.op === 'date' && to?.op === 'date' && from.value > to.value) scope.report({ code: 'empty-range', span: member.span, data: {} })
  }
}
