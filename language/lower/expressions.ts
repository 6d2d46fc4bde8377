// Typed expressions and types → their compiled form.

import { decimalPlaces, type Exact, formatDecimal, round } from '../../runtime/exact/number.ts'
import { turned } from '../../runtime/ir/fields.ts'
import { itemId, totalId } from '../../runtime/ir/ids.ts'
import { operations, type Proven } from '../../runtime/ir/operations.ts'
import type { Expression, FactType } from '../../runtime/ir/schema.ts'
import type { Bounds, DefinitionSymbol, FactSymbol, FieldSymbol, ItemSymbol, NumberType, ParameterSymbol, Type, Typed, TypedTotal } from '../typed.ts'
import { byForm } from '../words.ts'
import { type Marks, marksFor, type Source } from './marks.ts'

/** What lowers expressions and types, with the marks that it leaves. */
export type Lowering = Marks & ReturnType<typeof expressionLowering>

export const loweringOf = (sources: readonly Source[]): Lowering => {
  const marks = marksFor(sources)
  return { ...marks, ...expressionLowering(marks) }
}

function expressionLowering(marks: Marks) {
  const { writtenAt, fresh, label } = marks
  const turn = { ...leaves, part: expression }
  return { expression, condition, worded, turn, factType, unitOf, bounds }

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
    if (node.op === 'error') throw new Error('a policy with errors is not lowered')
    const { proves, fields } = operations[node.op]
    const held = node.op === 'where' ? { set: expression(node.set), condition: condition(node.condition) } : turned(fields, node, turn)
    return writtenAt({ op: node.op, ...proofOf(proves, node.type), ...held } as Expression, node.span)
  }

  /** A condition of which every part that can decide has words, by which a receipt says which of them did. */
  function condition(node: Typed): Expression {
    const isJoint = (one: Typed) => one.op === 'and' || one.op === 'or'
    if (node.op === 'and' || node.op === 'or') return writtenAt({ op: node.op, operands: node.operands.map(condition) }, node.span)
    if (node.op === 'not' && isJoint(node.operand)) return writtenAt({ op: 'not', operand: condition(node.operand) }, node.span)
    return worded(expression(node), node)
  }

  /** With the words that stand in the text for it. */
  function worded(lowered: Expression, { span }: Typed): Expression {
    const id = fresh()
    label(id, span)
    return writtenAt({ ...lowered, label: id }, span)
  }
}

/** What stands for what in the compiled form. */
const leaves = {
  number: formatDecimal,
  fact: ({ name }: FactSymbol) => name,
  definition: ({ id }: DefinitionSymbol) => id,
  parameter: ({ name }: ParameterSymbol) => name,
  item: ({ path }: ItemSymbol) => itemId(path),
  total: ({ name }: TypedTotal) => totalId(name),
  field: ({ name }: FieldSymbol) => name,
}

export function proofOf(proves: Proven, type: Type): object {
  if (proves === 'nothing') return {}
  if (type.kind !== 'number') throw new Error('a number has decimals and bounds')
  const { places, low, high } = numeric(type)
  return proves === 'number' ? { places, low, high } : { low, high }
}

/** Bounds that have no finite decimal are widened to the next whole number. What holds a quotient that is not rounded has no decimals to prove: 0 stands. */
export const numeric = (type: NumberType) => ({ places: type.places ?? 0, low: outward(type.low, -1), high: outward(type.high, 1) })

function outward(value: Exact, direction: 1 | -1): string {
  if (decimalPlaces(value) !== undefined) return formatDecimal(value)
  const away = value.numerator < 0n === direction < 0
  return formatDecimal(round(value, 0, away ? 'up' : 'down'))
}
