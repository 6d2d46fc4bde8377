// Typed expressions and types → their compiled form.

import { decimalPlaces, type Exact, formatDecimal, round } from '../../runtime/exact/number.ts'
import type { Expression, FactType } from '../../runtime/ir/schema.ts'
import { type Bounds, itemId, type NumberType, type Type, type Typed, totalId } from '../typed.ts'
import { byForm } from '../words.ts'
import type { Marks } from './marks.ts'

export type Lowering = ReturnType<typeof loweringOf>

export function loweringOf(marks: Marks) {
  const { fresh } = marks
  return { expression, factType, unitOf, bounds }

  function unitOf(type: Type): { unit?: string } {
    if (type.kind !== 'number' || type.unit === undefined) return {}
    const word = byForm.unit.id.get(type.unit)
    marks.units[type.unit] = { zh: word?.zh ?? type.unit, en: word?.en ?? type.unit }
    return { unit: type.unit }
  }

  function factType(type: Type): FactType {
    if (type.kind !== 'records') return scalarType(type)
    const fields = type.fields.map(({ name, type: inner, defaultValue }) => ({
      name,
      type: scalarType(inner),
      ...(defaultValue === undefined ? {} : { default: defaultValue }),
    }))
    return { kind: 'records', periods: type.periods, limit: type.limit, fields }
  }

  function scalarType(type: Type): Exclude<FactType, { kind: 'records' }> {
    switch (type.kind) {
      case 'number':
        return { kind: 'number', ...numeric(type), ...unitOf(type) }
      case 'date':
        return { kind: 'date', low: type.low, high: type.high }
      case 'yesno':
      case 'text':
        return { kind: type.kind }
      case 'choice':
      case 'levels':
        return { kind: type.kind, members: [...type.members] }
      case 'choices':
        return { kind: 'choices', members: [...type.members] }
      case 'records':
      case 'error':
        throw new Error('a policy with errors is not lowered')
    }
  }

  function bounds({ min, max }: Bounds) {
    return { ...(min ? { min: expression(min) } : {}), ...(max ? { max: expression(max) } : {}) }
  }

  function expression(node: Typed): Expression {
    const id = fresh()
    const range = node.type.kind === 'number' ? numeric(node.type) : { places: 0, low: '0', high: '0' }
    switch (node.op) {
      case 'error':
        throw new Error('a policy with errors is not lowered')
      case 'number':
        return { op: 'number', id, ...range, value: formatDecimal(node.value) }
      case 'sum':
        return { op: 'sum', id, ...range, terms: node.terms.map(({ negative, value }) => ({ negative, value: expression(value) })) }
      case 'product':
        return { op: 'product', id, ...range, factors: node.factors.map(expression) }
      case 'quotient':
        return { op: 'quotient', id, low: range.low, high: range.high, dividend: expression(node.dividend), divisor: expression(node.divisor) }
      case 'round':
        return { op: 'round', id, ...range, to: node.to, mode: node.mode, value: expression(node.value) }
      case 'smaller':
      case 'larger':
        return { op: node.op, id, ...range, operands: node.operands.map(expression) }
      case 'age':
        return { op: 'age', id, ...range, born: expression(node.born), on: expression(node.on) }
      case 'months':
        return { op: 'months', id, ...range, from: expression(node.from), to: expression(node.to) }
      case 'year':
        return { op: 'year', id, ...range, date: expression(node.date) }
      case 'date':
        return { op: 'date', id, value: node.value }
      case 'reference-date':
        return { op: 'reference-date', id, name: node.name }
      case 'shift':
        return { op: 'shift', id, date: expression(node.date), months: node.months, days: node.days }
      case 'year-start':
      case 'year-end':
        return { op: node.op, id, date: expression(node.date) }
      case 'fact':
        return { op: 'fact', id, fact: node.fact.name }
      case 'definition':
        return { op: 'definition', id, definition: node.definition.id }
      case 'item':
        return { op: 'item', id, item: itemId(node.item) }
      case 'total':
        return { op: 'total', id, total: totalId(node.total.name) }
      case 'yesno':
        return { op: 'yesno', id, value: node.value }
      case 'text':
        return { op: 'text', id, value: node.value }
      case 'member':
        return { op: 'member', id, index: node.index }
      case 'compare':
        return { op: 'compare', id, operator: node.operator, left: expression(node.left), right: expression(node.right) }
      case 'within':
        return {
          op: 'within',
          id,
          value: expression(node.value),
          ...(node.low ? { low: expression(node.low) } : {}),
          ...(node.high ? { high: expression(node.high) } : {}),
          lowOpen: node.lowOpen,
          highOpen: node.highOpen,
        }
      case 'one-of':
        return { op: 'one-of', id, subject: expression(node.subject), members: [...node.members] }
      case 'has':
        return { op: 'has', id, subject: expression(node.subject), member: node.member }
      case 'and':
      case 'or':
        return { op: node.op, id, operands: node.operands.map(expression) }
      case 'not':
        return { op: 'not', id, operand: expression(node.operand) }
      case 'make-date':
        return { op: 'make-date', id, year: expression(node.year), month: expression(node.month), day: expression(node.day) }
      case 'parameter':
        return { op: 'parameter', id, parameter: node.parameter.name, ...(node.on ? { on: expression(node.on) } : {}) }
      case 'field':
        return { op: 'field', id, field: node.field.name }
      case 'last':
        return { op: 'last', id, set: expression(node.set), months: node.months, days: node.days, day: expression(node.day), ...dateOf(node) }
      case 'last-years':
        return { op: 'last-years', id, set: expression(node.set), years: node.years, day: expression(node.day), ...dateOf(node) }
      case 'between':
        return { op: 'between', id, set: expression(node.set), from: expression(node.from), to: expression(node.to), ...dateOf(node) }
      case 'without':
        return { op: 'without', id, set: expression(node.set), other: expression(node.other), ...dateOf(node) }
      case 'unbroken': {
        const { gapMonths, gapDays, counted } = node
        return { op: 'unbroken', id, set: expression(node.set), to: expression(node.to), gapMonths, gapDays, counted }
      }
      case 'where':
        return { op: 'where', id, set: expression(node.set), condition: expression(node.condition) }
      case 'any':
        return { op: 'any', id, set: expression(node.set) }
      case 'count':
      case 'months-covered':
        return { op: node.op, id, ...range, set: expression(node.set) }
      case 'total-of':
        return { op: 'total-of', id, ...range, set: expression(node.set), value: expression(node.value) }
      case 'greatest':
      case 'least':
        return { op: node.op, id, ...range, set: expression(node.set), value: expression(node.value), empty: expression(node.empty) }
      case 'earliest':
      case 'latest':
        return { op: node.op, id, set: expression(node.set), value: expression(node.value), empty: expression(node.empty) }
      case 'partner':
        return { op: 'partner', id, value: expression(node.value), otherwise: expression(node.otherwise) }
    }
  }
}

/** Bounds that have no finite decimal are widened to the next whole number. */
export const numeric = (type: NumberType) => ({ places: type.places ?? 0, low: outward(type.low, -1), high: outward(type.high, 1) })

function outward(value: Exact, direction: 1 | -1): string {
  if (decimalPlaces(value) !== undefined) return formatDecimal(value)
  const away = value.numerator < 0n === direction < 0
  return formatDecimal(round(value, 0, away ? 'up' : 'down'))
}

const dateOf = ({ field }: { readonly field: string | undefined }) => (field === undefined ? {} : { field })
