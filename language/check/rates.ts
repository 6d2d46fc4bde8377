// Awards by quantity: 每 and its bands.

import { hull, type Interval, multiplyIntervals, negateInterval, withZero } from '../../runtime/exact/interval.ts'
import {
  add,
  ceiling,
  compare,
  decimalPlaces,
  divide,
  type Exact,
  floor,
  formatDecimal,
  fromInteger,
  larger,
  multiply,
  subtract,
  zero,
} from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { NumberType, Typed, TypedAward, TypedBand } from '../typed.ts'
import { formOf } from '../words.ts'
import { convertTo } from './arithmetic.ts'
import { typePoints } from './asked.ts'
import { typeRange } from './conditions.ts'
import { type Context, isError, requireNumber } from './context.ts'
import { maxPlaces, numberType, provesExact } from './numbers.ts'
import type { Scope } from './scope.ts'
import { isNegative, type Place } from './sign.ts'
import { conversion, points, unitWord } from './units.ts'

/** The quantity and the step of 每, in one unit. */
function checkSteps(context: Context, node: Extract<Ast.Award, { kind: 'rate' | 'stepped' }>): { readonly quantity: Typed; readonly step: Exact } | undefined {
  const { scope } = context
  if (node.contradiction) {
    scope.report({ code: 'steps-contradict', span: node.contradiction, data: {} })
    return undefined
  }
  const per = context.type(node.per)
  const quantity = inFinerUnit(scope, requireNumber(context, context.type(node.quantity)), per)
  if (isError(quantity) || per.op !== 'number') return undefined
  const step = stepIn(scope, per, (quantity.type as NumberType).unit, quantity)
  if (step && compare(step, zero) <= 0) {
    scope.report({ code: 'division-by-zero', span: node.per.span, data: { low: formatDecimal(step), high: formatDecimal(step) } })
    return undefined
  }
  return step && { quantity, step }
}

interface Counting {
  /** How a ratio becomes whole steps; without it, parts of a step count. */
  readonly whole: ((ratio: Exact) => Exact) | undefined
  /** The most that a ratio may count as. */
  readonly reach: (ratio: Exact) => Exact
}

const counting: Readonly<Record<Extract<Ast.Award, { kind: 'rate' }>['steps'], Counting>> = {
  proportional: { whole: undefined, reach: (ratio) => ratio },
  full: { whole: floor, reach: (ratio) => ratio },
  started: { whole: ceiling, reach: ceiling },
}

export function checkRate(context: Context, node: Extract<Ast.Award, { kind: 'rate' }>, negative: boolean): TypedAward | undefined {
  const { scope } = context
  const steps = checkSteps(context, node)
  const amount = typePoints(context, node.amount)
  if (!steps || isError(amount)) return undefined
  const { quantity, step } = steps
  const quantityType = quantity.type as NumberType
  const amountType = amount.type as NumberType
  const counted = { low: larger(quantityType.low, zero), high: larger(quantityType.high, zero) }
  const ratio = { low: divide(counted.low, step), high: divide(counted.high, step) }
  const { whole } = counting[node.steps]
  if (!whole) {
    const exact = amount.op === 'number' ? decimalPlaces(divide(amount.value, step)) : decimalPlaces(divide(fromInteger(1), step))
    if (exact === undefined || quantityType.places === undefined) {
      const { surface } = scope
      scope.report({
        code: 'endless-decimal',
        span: node.per.span,
        data: { value: `${amount.op === 'number' ? formatDecimal(amount.value) : '1'} ÷ ${formatDecimal(step)}` },
        fixes: [perFullFix(node, surface)],
      })
      return undefined
    }
    const places = quantityType.places + exact + (amount.op === 'number' ? 0 : (amountType.places ?? 0))
    const range = multiplyIntervals(ratio, amountType)
    const type = numberType(range.low, range.high, places, points)
    return provesExact(scope, type, node.span, [quantity, amount])
      ? { kind: 'rate', negative, steps: node.steps, per: step, quantity, amount, type, node }
      : undefined
  }
  const range = multiplyIntervals({ low: whole(ratio.low), high: whole(ratio.high) }, amountType)
  const type = numberType(range.low, range.high, amountType.places, points)
  return provesExact(scope, type, node.span, [quantity, amount])
    ? { kind: 'rate', negative, steps: node.steps, per: step, quantity, amount, type, node }
    : undefined
}

/** 每满1个月 of a quantity in years counts months: the quantity is brought to the finer unit. */
function inFinerUnit(scope: Scope, quantity: Typed, per: Typed): Typed {
  const [own, unit] = [per, quantity].map(({ type }) => (type.kind === 'number' ? type.unit : undefined))
  const factor = own !== undefined && unit !== undefined ? conversion(scope.units, own, unit) : undefined
  return factor && decimalPlaces(factor) === undefined ? (convertTo(scope, quantity, own, per.span) ?? quantity) : quantity
}

/** 每 → 每满: one of the ways to close a division that does not end. */
function perFullFix(node: Ast.Award, surface: 'zh' | 'en') {
  const from = formOf('per', surface)
  const to = formOf('per-full', surface)
  return { title: 'replace', data: { text: to }, edits: [{ span: { start: node.span.start, end: node.span.start + from.length }, text: to }] } as const
}

/** The step of 每 in the quantity's unit. */
function stepIn(scope: Scope, per: Extract<Typed, { op: 'number' }>, unit: string | undefined, quantity: Typed): Exact | undefined {
  const own = (per.type as NumberType).unit
  if (own === undefined || own === unit) return per.value
  const factor = unit === undefined ? undefined : conversion(scope.units, own, unit)
  if (factor) return divide(per.value, divide(fromInteger(1), factor))
  scope.report({
    code: 'unit-mismatch',
    span: per.span,
    data: { found: unitWord(own, scope.surface), expected: unitWord(unit, scope.surface) },
    related: [quantity.span],
  })
  return undefined
}

export function checkStepped(context: Context, node: Extract<Ast.Award, { kind: 'stepped' }>, place: Place): TypedAward | undefined {
  const { scope } = context
  const steps = checkSteps(context, node)
  if (!steps) return undefined
  const { quantity, step } = steps
  const quantityType = quantity.type as NumberType
  const bands = node.bands.map((band) => checkBand(context, band, quantity, place))
  if (bands.length === 0 || bands.some((band) => band === undefined)) {
    if (node.bands.length === 0) scope.report({ code: 'empty-item', span: node.span, data: { name: '' } })
    return undefined
  }
  const { whole, reach } = counting[node.steps]
  const known = bands.filter((band) => band !== undefined)
  if (!checkBandOrder(scope, node, known, whole && step)) return undefined
  const { how } = node
  if (!how) {
    reportBandChoice(scope, node, known, step, quantityType)
    return undefined
  }
  if (quantityType.places === undefined) {
    scope.report({ code: 'endless-decimal', span: node.quantity.span, data: { value: '' } })
    return undefined
  }
  const each = known.map(({ amount, negative }) => (negative ? negateInterval(amount.type as NumberType) : (amount.type as NumberType)))
  const inverse = decimalPlaces(divide(fromInteger(1), step))
  if (!whole && inverse === undefined) {
    scope.report({ code: 'endless-decimal', span: node.per.span, data: { value: `1 ÷ ${formatDecimal(step)}` }, fixes: [perFullFix(node, scope.surface)] })
    return undefined
  }
  const most = divide(larger(quantityType.high, zero), step)
  const count = { low: zero, high: reach(most) }
  const range = withZero(multiplyIntervals(count, each.reduce<Interval>(hull, each[0] as Interval)))
  const places = (maxPlaces(known.map(({ amount }) => amount.type as NumberType)) ?? 0) + (whole ? 0 : quantityType.places + (inverse ?? 0))
  const type = numberType(range.low, range.high, places, points)
  if (!provesExact(scope, type, node.span, [quantity])) return undefined
  return { kind: 'stepped', steps: node.steps, how, per: step, quantity, bands: known, type, node }
}

function checkBand(context: Context, node: Ast.Band, quantity: Typed, place: Place): TypedBand | undefined {
  const { scope } = context
  const amount = typePoints(context, node.amount)
  const negative = isNegative(scope, node.sign, place, node.span)
  const range: Ast.RangeNode | undefined =
    node.range.kind === 'range'
      ? node.range
      : node.range.kind === 'error'
        ? undefined
        : { kind: 'range', low: node.range, high: node.range, lowOpen: false, highOpen: false, span: node.range.span }
  const bounds = range && typeRange(context, range, quantity.type)
  if (!range || !bounds || isError(amount)) return undefined
  const end = (typed: Typed | undefined) => (typed?.op === 'number' ? typed.value : undefined)
  if ([bounds.low, bounds.high].some((bound) => bound && bound.op !== 'number')) {
    scope.report({ code: 'band-end', span: node.range.span, data: {} })
    return undefined
  }
  return { low: end(bounds.low), high: end(bounds.high), lowOpen: range.lowOpen, highOpen: range.highOpen, negative, amount }
}

/** Bands rise and leave no gap: next to each other, or by whole steps one step apart. */
function checkBandOrder(scope: Scope, node: Extract<Ast.Award, { kind: 'stepped' }>, bands: readonly TypedBand[], step: Exact | undefined): boolean {
  return bands.every((band, i) => {
    const before = bands[i - 1]
    if (!before) return true
    const span = node.bands[i]?.range.span ?? node.span
    const [end, start] = [before.high, band.low]
    const order = end && start ? compare(start, end) : -1
    if (!end || !start || order < 0 || (order === 0 && !before.highOpen && !band.lowOpen)) {
      scope.report({ code: 'bands-overlap', span, data: { value: start ? formatDecimal(start) : '…' } })
      return false
    }
    const touches = order === 0 && before.highOpen !== band.lowOpen
    const nextStep = step !== undefined && !before.highOpen && !band.lowOpen && compare(start, add(end, step)) === 0
    const nextOpen = step !== undefined && order === 0
    if (touches || nextStep || nextOpen) return true
    scope.report({ code: 'bands-leave-gap', span, data: { from: formatDecimal(end), to: formatDecimal(start) } })
    return false
  })
}

/** 按档 or 分段 must be said; shows what each would give at the first step of the second band. */
function reportBandChoice(scope: Scope, node: Extract<Ast.Award, { kind: 'stepped' }>, bands: readonly TypedBand[], step: Exact, quantity: NumberType) {
  const [first, second] = bands
  const [low, high] = [first?.amount, second?.amount].map((amount) => (amount?.op === 'number' ? amount.value : zero))
  const at = second?.low ?? step
  const count = ceiling(divide(at, step))
  const before = larger(subtract(count, fromInteger(1)), zero)
  const sliced = add(multiply(before, low ?? zero), high ?? zero)
  const insertAt = scope.text.lastIndexOf('{', node.bands[0]?.span.start ?? node.span.end)
  scope.report({
    code: 'bands-need-choice',
    span: node.span,
    data: {
      quantity: `${formatDecimal(multiply(count, step))}${quantity.unit === undefined ? '' : unitWord(quantity.unit, scope.surface)}`,
      reached: formatDecimal(multiply(count, high ?? zero)),
      slices: formatDecimal(sliced),
    },
    fixes: (['at-reached-band', 'by-slices'] as const).map((id) => {
      const text = formOf(id, scope.surface)
      return { title: 'insert' as const, data: { text }, edits: [{ span: { start: insertAt, end: insertAt }, text: `${text} ` }] }
    }),
  })
}
