// The library, one entry for each function: how its arguments are typed.

import { ageOn, dayNumber, firstDate, formatDate, lastDate, parseDate, yearOf } from '../../runtime/exact/date.ts'
import { type Exact, fromInteger, larger, smaller, zero } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import { instead } from '../mend/instead.ts'
import type { NumberType, ParameterSymbol, Type, Typed } from '../typed.ts'
import { argumentsOf, byForm, type FunctionId, functions } from '../words.ts'
import { unify } from './arithmetic.ts'
import { type Context, describe, isError, requireNumber } from './context.ts'
import { typePointsOf } from './names.ts'
import { surely } from './nearest.ts'
import { maxPlaces, numberType } from './numbers.ts'
import { typeExtreme, typeMakeDate, typeMonthsCovered, typePartner, typeSize, typeTotalOf } from './records.ts'
import { fail, failure, passOver } from './scope.ts'

type Call = Extract<Ast.Expression, { kind: 'call' }>

/** @param args as many as the function takes */
type Typing = (context: Context, node: Call, args: readonly [Ast.Expression, ...Ast.Expression[]]) => Typed

const typings: Readonly<Record<FunctionId, Typing>> = {
  age_on: ofDates((born, on, span) => {
    const { low, high } = yearsBetween(born.type, on.type)
    return { op: 'age', born, on, type: numberType(fromInteger(low), fromInteger(high), 0, 'years_old'), span }
  }),
  full_months: ofDates((from, to, span) => {
    const { low, high } = yearsBetween(from.type, to.type)
    return { op: 'months', from, to, type: numberType(fromInteger(low * 12 - 12), fromInteger(high * 12 + 12), 0, 'months'), span }
  }),
  days_between: ofDates((from, to, span) => {
    const [a, b] = [from, to].map(({ type }) => endsOf(type).map(dayNumber))
    const [low, high] = [(b?.[0] ?? 0) - (a?.[1] ?? 0), (b?.[1] ?? 0) - (a?.[0] ?? 0)]
    return { op: 'days', from, to, type: numberType(fromInteger(low), fromInteger(high), 0, 'days'), span }
  }),
  year_of: ofDate((date, span) => {
    const [low, high] = endsOf(date.type).map((day) => fromInteger(yearOf(day)))
    return { op: 'year', date, type: numberType(low ?? zero, high ?? zero, 0), span }
  }),
  year_start: ofDate((date, span) => ({ op: 'year-start', date, type: anyDay, span })),
  year_end: ofDate((date, span) => ({ op: 'year-end', date, type: anyDay, span })),
  larger: (context, node, args) => typeOneOf(context, node, args, 'larger', larger),
  smaller: (context, node, args) => typeOneOf(context, node, args, 'smaller', smaller),
  any: (context, node, [set]) => typeSize(context, node, set),
  count: (context, node, [set]) => typeSize(context, node, set),
  months_covered: (context, node, [set]) => typeMonthsCovered(context, node, set),
  total_of: (context, node, [set, value = set]) => typeTotalOf(context, node, set, value),
  greatest: (context, node, [set, value = set, empty = set]) => typeExtreme(context, node, set, value, empty),
  least: (context, node, [set, value = set, empty = set]) => typeExtreme(context, node, set, value, empty),
  earliest: (context, node, [set, value = set, empty = set]) => typeExtreme(context, node, set, value, empty),
  latest: (context, node, [set, value = set, empty = set]) => typeExtreme(context, node, set, value, empty),
  date: (context, node, args) => typeMakeDate(context, node, args),
  partner: (context, node, [value, otherwise = value]) => typePartner(context, node, value, otherwise),
  points_of: (context, _, [item]) => typePointsOf(context, item),
}

export function typeCall(context: Context, node: Call): Typed {
  if (node.function === undefined) return typeNamedCall(context, node)
  const count = argumentsOf[node.function]
  const [first, ...rest] = node.arguments
  const fits = count === 'several' ? node.arguments.length >= 2 : node.arguments.length === count
  return first && fits ? typings[node.function](context, node, [first, ...rest]) : wrongCount(context, node, count === 'several' ? 2 : count)
}

function wrongCount({ scope }: Context, node: Call, expected: number): Typed {
  const data = { name: node.name.text, expected: String(expected), found: String(node.arguments.length) }
  return fail(scope, { code: 'wrong-argument-count', span: node.span, data })
}

/** What is asked of two dates. */
function ofDates(type: (first: Typed, second: Typed, span: Ast.Name['span']) => Typed): Typing {
  return (context, { span }, [first, second = first]) => {
    const [a, b] = [requireDate(context, first), requireDate(context, second)]
    return isError(a) || isError(b) ? failure(span) : type(a, b, span)
  }
}

/** What is asked of a date. */
function ofDate(type: (date: Typed, span: Ast.Name['span']) => Typed): Typing {
  return (context, { span }, [argument]) => {
    const date = requireDate(context, argument)
    return isError(date) ? failure(span) : type(date, span)
  }
}

/** The larger or the smaller of several numbers. */
function typeOneOf(context: Context, { span }: Call, args: readonly Ast.Expression[], op: 'larger' | 'smaller', pick: (a: Exact, b: Exact) => Exact): Typed {
  const parts = args.map((argument) => requireNumber(context, context.type(argument)))
  if (parts.some(isError)) return failure(span)
  const operands = unify(context.scope, parts)
  if (!operands) return failure(span)
  const types = operands.map((operand) => operand.type as NumberType)
  const type = numberType(types.map(({ low }) => low).reduce(pick), types.map(({ high }) => high).reduce(pick), maxPlaces(types), types[0]?.unit)
  return { op, operands, type, span }
}

/** A parameter on a day, or a name that no function has. */
function typeNamedCall(context: Context, node: Call): Typed {
  const { scope } = context
  const { text, span } = node.name
  const parameter = scope.parameters.get(text)
  if (parameter) return typeParameterOn(context, node, parameter)
  // A parameter that could not be read was told where it stands.
  if (scope.declarations.parameters.some(({ name }) => name.text === text)) return passOver(scope, text, node.span)
  const [meant] = instead.function[scope.surface].get(text) ?? []
  const forms = functions.map((entry) => entry[scope.surface])
  const suggestion = meant === undefined ? surely(text, forms) : byForm.function.id.get(meant)?.[scope.surface]
  return fail(scope, {
    code: 'unknown-function',
    span,
    data: { name: text, suggestion: suggestion ?? '' },
    ...(suggestion ? { fixes: [{ title: 'replace', data: { text: suggestion }, edits: [{ span, text: suggestion }] }] } : {}),
  })
}

/** 名(日期): the value that applies on the day. */
function typeParameterOn(context: Context, node: Call, parameter: ParameterSymbol): Typed {
  const [argument] = node.arguments
  if (!argument || node.arguments.length !== 1) return wrongCount(context, node, 1)
  const on = requireDate(context, argument)
  if (isError(on)) return failure(node.span)
  if (!parameter.dated) return fail(context.scope, { code: 'parameter-takes-no-date', span: node.span, data: { name: parameter.name } })
  return { op: 'parameter', parameter, on, type: parameter.type, span: node.span }
}

const anyDay: Type = { kind: 'date', low: formatDate(firstDate), high: formatDate(lastDate) }

const endsOf = (type: Type): readonly [number, number] =>
  type.kind === 'date' ? [parseDate(type.low) ?? firstDate, parseDate(type.high) ?? lastDate] : [firstDate, lastDate]

/** Bounds of full years between two dates of known bounds. */
function yearsBetween(from: Type, to: Type): { readonly low: number; readonly high: number } {
  const [fromLow, fromHigh] = endsOf(from)
  const [toLow, toHigh] = endsOf(to)
  return { low: ageOn(fromHigh, toLow), high: ageOn(fromLow, toHigh) }
}

function requireDate(context: Context, node: Ast.Expression): Typed {
  const typed = context.type(node)
  if (isError(typed) || typed.type.kind === 'date') return typed
  return fail(context.scope, { code: 'wrong-type', span: node.span, data: { expected: 'date', found: describe(typed.type) } })
}
