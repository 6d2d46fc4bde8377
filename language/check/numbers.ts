// Decimals and bounds of numbers, and the proof that every engine can hold them exactly. Bounds are computed by interval
// arithmetic from the facts' ranges; a number whose scaled value could pass 2^53 is an error that names the fact to bound.

import { type Exact, fitsExactly, formatDecimal, larger, negate, zero } from '../../runtime/exact/number.ts'
import type { Span } from '../span.ts'
import type { DefinitionSymbol, NumberType, Typed } from '../typed.ts'
import type { Scope } from './scope.ts'

export const numberType = (low: Exact, high: Exact, places: number | undefined, unit?: string, bare = false): NumberType => ({
  kind: 'number',
  unit,
  bare,
  places,
  low,
  high,
})

export const maxPlaces = (types: readonly NumberType[]): number | undefined =>
  types.some(({ places }) => places === undefined) ? undefined : types.reduce((most, { places }) => Math.max(most, places ?? 0), 0)

/** Reports a number that could pass what engines hold exactly; true when it is proven to fit. */
export function provesExact(scope: Scope, type: NumberType, span: Span, parts: readonly Typed[]): boolean {
  const { places } = type
  if (places === undefined || (fitsExactly(type.low, places) && fitsExactly(type.high, places))) return true
  const culprits = factsOf(parts)
  const culprit = culprits.find((fact) => !fact.ranged) ?? culprits[0]
  scope.report({
    code: 'needs-range',
    span,
    data: { fact: culprit?.name ?? '', high: formatDecimal(larger(type.high, negate(type.low))), places: String(places) },
    ...(culprit ? { related: [culprit.node.name.span] } : {}),
  })
  return false
}

function factsOf(parts: readonly Typed[]) {
  const found = new Set<Extract<Typed, { op: 'fact' }>['fact']>()
  const seen = new Set<DefinitionSymbol>()
  const visit = (node: Typed): void => {
    if (node.op === 'fact') found.add(node.fact)
    else if (node.op === 'definition') {
      if (seen.has(node.definition)) return
      seen.add(node.definition)
      for (const { when, value } of node.definition.cases) {
        if (when) visit(when)
        visit(value)
      }
    } else for (const child of childrenOf(node)) visit(child)
  }
  parts.forEach(visit)
  const width = (fact: { type: { kind: string } }) =>
    fact.type.kind === 'number' ? larger((fact.type as NumberType).high, negate((fact.type as NumberType).low)) : zero
  return [...found].filter(({ type }) => type.kind === 'number').sort((a, b) => (larger(width(a), width(b)) === width(a) ? -1 : 1))
}

/** The expressions directly inside an expression. */
export function childrenOf(node: Typed): readonly Typed[] {
  switch (node.op) {
    case 'sum':
      return node.terms.map(({ value }) => value)
    case 'product':
      return node.factors
    case 'quotient':
      return [node.dividend, node.divisor]
    case 'round':
      return [node.value]
    case 'smaller':
    case 'larger':
    case 'and':
    case 'or':
      return node.operands
    case 'age':
      return [node.born, node.on]
    case 'months':
      return [node.from, node.to]
    case 'year':
    case 'year-start':
    case 'year-end':
    case 'shift':
      return [node.date]
    case 'compare':
      return [node.left, node.right]
    case 'within':
      return [node.value, node.low, node.high].filter((part) => part !== undefined)
    case 'one-of':
    case 'has':
      return [node.subject]
    case 'not':
      return [node.operand]
    case 'make-date':
      return [node.year, node.month, node.day]
    case 'parameter':
      return node.on ? [node.on] : []
    case 'last':
    case 'last-years':
      return [node.set, node.day]
    case 'between':
      return [node.set, node.from, node.to]
    case 'without':
      return [node.set, node.other]
    case 'unbroken':
      return [node.set, node.to]
    case 'where':
      return [node.set, node.condition]
    case 'any':
    case 'count':
    case 'months-covered':
      return [node.set]
    case 'total-of':
      return [node.set, node.value]
    case 'greatest':
    case 'least':
    case 'earliest':
    case 'latest':
      return [node.set, node.value, node.empty]
    case 'partner':
      return [node.value, node.otherwise]
    default:
      return []
  }
}
