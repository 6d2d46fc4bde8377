// Decimals and bounds of numbers, and the proof that every engine can hold them exactly. Bounds are computed by interval
// arithmetic from the facts' ranges; a number whose scaled value could pass 2^53 is an error that names the fact to bound.

import { type Exact, fitsExactly, formatDecimal, larger, negate, zero } from '../../runtime/exact/number.ts'
import type { Span } from '../span.ts'
import type { NumberType, Typed } from '../typed.ts'
import type { Scope } from './scope.ts'
import { visitThrough } from './through.ts'

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
  const field = culprit ? undefined : fieldOf(scope, parts)
  scope.report({
    code: 'needs-range',
    span,
    data: {
      fact: culprit?.name ?? field?.fact ?? '',
      field: field?.field ?? '',
      high: formatDecimal(larger(type.high, negate(type.low))),
      places: String(places),
    },
    ...(culprit ? { related: [culprit.node.name.span] } : {}),
  })
  return false
}

function factsOf(parts: readonly Typed[]) {
  const found = new Set<Extract<Typed, { op: 'fact' }>['fact']>()
  visitThrough(parts, (node) => {
    if (node.op === 'fact') found.add(node.fact)
  })
  const width = (fact: { type: { kind: string } }) =>
    fact.type.kind === 'number' ? larger((fact.type as NumberType).high, negate((fact.type as NumberType).low)) : zero
  return [...found].filter(({ type }) => type.kind === 'number').sort((a, b) => (larger(width(a), width(b)) === width(a) ? -1 : 1))
}

/** Of numbers that come from records: the field that is largest, and the fact that holds it. */
function fieldOf({ facts }: Scope, parts: readonly Typed[]): { readonly fact: string; readonly field: string } | undefined {
  const fields = new Set<string>()
  visitThrough(parts, (node) => {
    if (node.op === 'field') fields.add(node.field.name)
  })
  const holders = [...facts.values()].flatMap(({ name, type }) => (type.kind === 'records' ? type.fields.map((field) => ({ fact: name, field })) : []))
  const numbers = holders.flatMap(({ fact, field }) =>
    fields.has(field.name) && field.type.kind === 'number' ? [{ fact, field: field.name, high: field.type.high }] : [],
  )
  return numbers.sort((a, b) => (larger(a.high, b.high) === a.high ? -1 : 1))[0]
}
