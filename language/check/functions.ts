// The library: ages, months, years, the larger and the smaller.

import { ageOn, firstDate, formatDate, lastDate, parseDate, yearOf } from '../../runtime/exact/date.ts'
import { fromInteger, larger, smaller, zero } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { NumberType, ParameterSymbol, Type, Typed } from '../typed.ts'
import { functions } from '../words.ts'
import { unify } from './arithmetic.ts'
import { type Context, describe, isError, requireNumber } from './context.ts'
import { typePointsOf } from './names.ts'
import { nearest } from './nearest.ts'
import { maxPlaces, numberType } from './numbers.ts'
import { typeExtreme, typeMakeDate, typeMonthsCovered, typePartner, typeSize, typeTotalOf } from './records.ts'
import { fail, failure, passOver } from './scope.ts'

export function typeCall(context: Context, node: Extract<Ast.Expression, { kind: 'call' }>): Typed {
  const { scope } = context
  const { span } = node
  const expectArguments = (count: number): boolean => {
    if (node.arguments.length === count) return true
    scope.report({ code: 'wrong-argument-count', span, data: { name: node.name.text, expected: String(count), found: String(node.arguments.length) } })
    return false
  }
  const [first, second, third] = node.arguments
  switch (node.function) {
    case 'age_on':
    case 'full_months': {
      if (!expectArguments(2) || !first || !second) return failure(span)
      const [a, b] = [requireDate(context, first), requireDate(context, second)]
      if (isError(a) || isError(b)) return failure(span)
      const range = spanBetween(a.type, b.type)
      return node.function === 'age_on'
        ? { op: 'age', born: a, on: b, type: numberType(fromInteger(range.years.low), fromInteger(range.years.high), 0, 'years_old'), span }
        : { op: 'months', from: a, to: b, type: numberType(fromInteger(range.years.low * 12 - 12), fromInteger(range.years.high * 12 + 12), 0, 'months'), span }
    }
    case 'year_of':
    case 'year_start':
    case 'year_end': {
      if (!expectArguments(1) || !first) return failure(span)
      const date = requireDate(context, first)
      if (date.type.kind !== 'date') return failure(span)
      if (node.function === 'year_of') {
        const [low, high] = [date.type.low, date.type.high].map((day) => fromInteger(yearOf(parseDate(day) ?? firstDate)))
        return { op: 'year', date, type: numberType(low ?? zero, high ?? zero, 0), span }
      }
      return {
        op: node.function === 'year_start' ? 'year-start' : 'year-end',
        date,
        type: { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) },
        span,
      }
    }
    case 'larger':
    case 'smaller': {
      if (node.arguments.length < 2) {
        expectArguments(2)
        return failure(span)
      }
      const parts = node.arguments.map((argument) => requireNumber(context, context.type(argument)))
      if (parts.some(isError)) return failure(span)
      const operands = unify(scope, parts)
      if (!operands) return failure(span)
      const types = operands.map((operand) => operand.type as NumberType)
      const pick = node.function === 'larger' ? larger : smaller
      const type = numberType(types.map(({ low }) => low).reduce(pick), types.map(({ high }) => high).reduce(pick), maxPlaces(types), types[0]?.unit)
      return { op: node.function, operands, type, span }
    }
    case 'any':
    case 'count':
      return expectArguments(1) && first ? typeSize(context, node, first) : failure(span)
    case 'months_covered':
      return expectArguments(1) && first ? typeMonthsCovered(context, node, first) : failure(span)
    case 'total_of':
      return expectArguments(2) && first && second ? typeTotalOf(context, node, first, second) : failure(span)
    case 'greatest':
    case 'least':
    case 'earliest':
    case 'latest':
      return expectArguments(3) && first && second && third ? typeExtreme(context, node, first, second, third) : failure(span)
    case 'date':
      return expectArguments(3) ? typeMakeDate(context, node, node.arguments) : failure(span)
    case 'partner':
      return expectArguments(2) && first && second ? typePartner(context, node, first, second) : failure(span)
    case 'points_of':
      return expectArguments(1) && first ? typePointsOf(context, first) : failure(span)
    default: {
      const parameter = scope.parameters.get(node.name.text)
      // A parameter that could not be read was told where it stands.
      if (!parameter && scope.declarations.parameters.some(({ name }) => name.text === node.name.text)) return passOver(scope, node.name.text, span)
      if (parameter) return expectArguments(1) && first ? typeParameterOn(context, node, parameter, first) : failure(span)
      const forms = functions.map((entry) => entry[scope.surface])
      const suggestion = nearest(node.name.text, forms)
      return fail(scope, {
        code: 'unknown-function',
        span: node.name.span,
        data: { name: node.name.text, suggestion: suggestion ?? '' },
        ...(suggestion ? { fixes: [{ title: 'replace', data: { text: suggestion }, edits: [{ span: node.name.span, text: suggestion }] }] } : {}),
      })
    }
  }
}

/** 名(日期): the value that applies on the day. */
function typeParameterOn(context: Context, node: Extract<Ast.Expression, { kind: 'call' }>, parameter: ParameterSymbol, argument: Ast.Expression): Typed {
  const on = requireDate(context, argument)
  if (isError(on)) return failure(node.span)
  if (!parameter.dated) return fail(context.scope, { code: 'parameter-takes-no-date', span: node.span, data: { name: parameter.name } })
  return { op: 'parameter', parameter, on, type: parameter.type, span: node.span }
}

/** Bounds of full years between two dates of known bounds. */
function spanBetween(from: Type, to: Type): { years: { low: number; high: number } } {
  const bounds = (type: Type): readonly [number, number] =>
    type.kind === 'date' ? [parseDate(type.low) ?? firstDate, parseDate(type.high) ?? lastDate] : [firstDate, lastDate]
  const [fromLow, fromHigh] = bounds(from)
  const [toLow, toHigh] = bounds(to)
  return { years: { low: ageOn(fromHigh, toLow), high: ageOn(fromLow, toHigh) } }
}

function requireDate(context: Context, node: Ast.Expression): Typed {
  const typed = context.type(node)
  if (isError(typed) || typed.type.kind === 'date') return typed
  return fail(context.scope, { code: 'wrong-type', span: node.span, data: { expected: 'date', found: describe(typed.type) } })
}
