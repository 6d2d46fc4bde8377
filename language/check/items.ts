// Types groups, indicators and rows bottom up: clauses, awards, the bounds of what each can give, and then the findings
// about rows and caps.

import { addIntervals, clamp, hull, type Interval, multiplyIntervals, negateInterval, withZero } from '../../runtime/exact/interval.ts'
import { ceiling, compare, decimalPlaces, divide, type Exact, floor, formatDecimal, fromInteger, larger, zero } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { Bounds, ItemSymbol, NumberType, Sourced, Typed, TypedAward, TypedRow } from '../typed.ts'
import { byForm } from '../words.ts'
import { convertTo } from './arithmetic.ts'
import { checkCaps } from './caps.ts'
import { typeMembership } from './conditions.ts'
import { type Context, isError, requireNumber } from './context.ts'
import { contextOf, typeCondition, typePoints } from './expression.ts'
import { maxPlaces, numberType, provesExact } from './numbers.ts'
import { regionsOf } from './regions.ts'
import { checkRows } from './rows.ts'
import type { Scope } from './scope.ts'
import { conversion, points, unitWord } from './units.ts'

export function checkItem(scope: Scope, node: Ast.GroupNode | Ast.IndicatorNode, above: readonly string[]): ItemSymbol {
  const path = [...above, node.name.text]
  const { bounds, sourced, mode } = readClauses(scope, node.clauses)
  const item = node.kind === 'group' ? checkGroup(scope, node, path, mode) : checkIndicator(scope, node, mode)
  const range = bounded(scope, item.range, bounds, node.name.span)
  const symbol: ItemSymbol = { kind: node.kind, node, name: node.name.text, path, ...bounds, ...sourced, ...item, range }
  checkCaps(scope, symbol, item.range)
  scope.items.set(path.join('.'), symbol)
  return symbol
}

type Inside = Pick<ItemSymbol, 'rows' | 'children' | 'mode' | 'range'>

function checkGroup(scope: Scope, node: Ast.GroupNode, path: readonly string[], mode: Extract<Ast.Clause, { kind: 'mode' }> | undefined): Inside {
  const named = new Set<string>()
  const children = node.children
    .filter(({ name }) => name.text !== '' && !named.has(name.text) && named.add(name.text))
    .map((child) => checkItem(scope, child, path))
  if (node.children.length === 0) scope.report({ code: 'empty-item', span: node.name.span, data: { name: node.name.text } })
  if (mode?.mode === 'first') scope.report({ code: 'first-is-for-rows', span: mode.span, data: {} })
  const ranges = children.map(({ range }) => range)
  const combined = mode?.mode === 'highest' ? highestOf(ranges) : ranges.reduce<Interval>(addIntervals, { low: zero, high: zero })
  return { rows: [], children, mode: mode?.mode === 'highest' ? 'highest' : 'sum', range: pointsType(combined, ranges) }
}

function checkIndicator(scope: Scope, node: Ast.IndicatorNode, mode: Extract<Ast.Clause, { kind: 'mode' }> | undefined): Inside {
  const rows = node.rows.map((row) => checkRow(scope, row))
  if (rows.length === 0) scope.report({ code: 'empty-item', span: node.name.span, data: { name: node.name.text } })
  const settled = checkRows(scope, node, rows, mode)
  const ranges = rows.map(({ range }) => range)
  const whens = rows.map((row) => (row.guard === 'when' ? withZero(row.range) : row.range))
  const combined =
    settled === 'sum'
      ? whens.reduce<Interval>(addIntervals, { low: zero, high: zero })
      : rows.some(({ guard }) => guard !== 'when')
        ? highestOf(ranges)
        : withZero(highestOf(ranges))
  return { rows, children: [], mode: settled, range: pointsType(combined, ranges) }
}

const highestOf = (ranges: readonly Interval[]): Interval => (ranges.length === 0 ? { low: zero, high: zero } : ranges.reduce(hull))
const pointsType = (range: Interval, parts: readonly NumberType[]): NumberType => numberType(range.low, range.high, maxPlaces(parts) ?? 0, points)

function bounded(scope: Scope, range: NumberType, bounds: Bounds, span: Ast.Name['span']): NumberType {
  const limit = (bound: Typed | undefined) => (bound?.type.kind === 'number' ? bound.type : undefined)
  const clamped = clamp(range, limit(bounds.min), limit(bounds.max))
  const places = Math.max(range.places ?? 0, limit(bounds.min)?.places ?? 0, limit(bounds.max)?.places ?? 0)
  const type = numberType(clamped.low, clamped.high, places, points)
  provesExact(scope, { ...range, places }, span, [])
  return type
}

/** Clauses that items, rows and totals share. */
export function readClauses(
  scope: Scope,
  clauses: readonly Ast.Clause[],
): { bounds: Bounds; sourced: Sourced; mode: Extract<Ast.Clause, { kind: 'mode' }> | undefined } {
  const single = new Map<string, Ast.Clause>()
  const sourced = { cites: [] as string[], unsourced: [] as string[], readings: [] as Sourced['readings'][number][] }
  for (const clause of clauses) {
    switch (clause.kind) {
      case 'cites':
      case 'unsourced':
        sourced[clause.kind].push(clause.text.text)
        break
      case 'reading':
        sourced.readings.push({ text: clause.text.text, cites: clause.cites?.text })
        break
      case 'max':
      case 'min':
      case 'mode': {
        const before = single.get(clause.kind)
        if (before) scope.report({ code: 'duplicate-clause', span: clause.span, data: { what: clause.kind }, related: [before.span] })
        else single.set(clause.kind, clause)
        break
      }
    }
  }
  const context = contextOf(scope)
  const amount = (kind: 'max' | 'min') => {
    const clause = single.get(kind)
    if (clause?.kind !== kind) return undefined
    const typed = typePoints(context, clause.amount)
    return isError(typed) ? undefined : typed
  }
  const bounds = { min: amount('min'), max: amount('max') }
  if (bounds.min?.op === 'number' && bounds.max?.op === 'number' && compare(bounds.min.value, bounds.max.value) > 0) {
    scope.report({ code: 'cap-below-floor', span: bounds.max.span, data: {}, related: [bounds.min.span] })
  }
  const mode = single.get('mode')
  return { bounds, sourced, mode: mode?.kind === 'mode' ? mode : undefined }
}

// ---- rows --------------------------------------------------------------------------------------------------------------

function checkRow(scope: Scope, node: Ast.RowNode): TypedRow {
  const context = contextOf(scope)
  const when = node.condition ? typeCondition(context, node.condition) : undefined
  const awards = node.awards.map((award) => checkAward(context, award)).filter((award) => award !== undefined)
  const { bounds, sourced, mode } = readClauses(scope, node.clauses)
  if (mode) scope.report({ code: 'mode-on-row', span: mode.span, data: {} })
  const ranges = awards.map(awardRange)
  const sum = ranges.reduce<Interval>(addIntervals, { low: zero, high: zero })
  const range = bounded(scope, numberType(sum.low, sum.high, maxPlaces(ranges) ?? 0, points), bounds, node.span)
  return { node, guard: node.guard, when, awards, ...bounds, ...sourced, range }
}

function awardRange(award: TypedAward): NumberType {
  const range =
    award.kind === 'table'
      ? award.entries
          .map(({ amount }) => amount.type as NumberType)
          .reduce<NumberType>((a, b) => ({ ...b, ...hull(a, b), places: maxPlaces([a, b]) }), award.entries[0]?.amount.type as NumberType)
      : award.kind === 'rate'
        ? award.type
        : (award.amount.type as NumberType)
  return award.negative ? { ...range, ...negateInterval(range) } : range
}

function checkAward(context: Context, node: Ast.Award): TypedAward | undefined {
  switch (node.kind) {
    case 'error':
      return undefined
    case 'flat': {
      const amount = typePoints(context, node.amount)
      return isError(amount) ? undefined : { kind: 'flat', negative: node.sign < 0, amount, node }
    }
    case 'rate':
      return checkRate(context, node)
    case 'table':
      return checkTable(context, node)
  }
}

function checkRate(context: Context, node: Extract<Ast.Award, { kind: 'rate' }>): TypedAward | undefined {
  const { scope } = context
  if (node.contradiction) {
    scope.report({ code: 'steps-contradict', span: node.contradiction, data: {} })
    return undefined
  }
  const per = context.type(node.per)
  const quantity = inFinerUnit(scope, requireNumber(context, context.type(node.quantity)), per)
  const amount = typePoints(context, node.amount)
  if (isError(quantity) || isError(amount) || per.op !== 'number') return undefined
  const unit = (quantity.type as NumberType).unit
  const step = stepIn(scope, per, unit, quantity)
  if (!step) return undefined
  if (compare(step, zero) <= 0) {
    scope.report({ code: 'division-by-zero', span: node.per.span, data: { low: formatDecimal(step), high: formatDecimal(step) } })
    return undefined
  }
  const quantityType = quantity.type as NumberType
  const amountType = amount.type as NumberType
  const counted = { low: larger(quantityType.low, zero), high: larger(quantityType.high, zero) }
  const ratio = { low: divide(counted.low, step), high: divide(counted.high, step) }
  if (node.steps === 'proportional') {
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
      ? { kind: 'rate', negative: node.sign < 0, steps: node.steps, per: step, quantity, amount, type, node }
      : undefined
  }
  const whole = node.steps === 'full' ? { low: floor(ratio.low), high: floor(ratio.high) } : { low: ceiling(ratio.low), high: ceiling(ratio.high) }
  const range = multiplyIntervals(whole, amountType)
  const type = numberType(range.low, range.high, amountType.places, points)
  return provesExact(scope, type, node.span, [quantity, amount])
    ? { kind: 'rate', negative: node.sign < 0, steps: node.steps, per: step, quantity, amount, type, node }
    : undefined
}

/** 每满1个月 of a quantity in years counts months: the quantity is brought to the finer unit. */
function inFinerUnit(scope: Scope, quantity: Typed, per: Typed): Typed {
  const [own, unit] = [per, quantity].map(({ type }) => (type.kind === 'number' ? type.unit : undefined))
  const factor = own !== undefined && unit !== undefined ? conversion(own, unit) : undefined
  return factor && decimalPlaces(factor) === undefined ? (convertTo(scope, quantity, own, per.span) ?? quantity) : quantity
}

/** 每 → 每满: one of the ways to close a division that does not end. */
function perFullFix(node: Extract<Ast.Award, { kind: 'rate' }>, surface: 'zh' | 'en') {
  const from = byForm.keyword.id.get('per')?.[surface] ?? ''
  const to = byForm.keyword.id.get('per-full')?.[surface] ?? ''
  return { title: 'replace', data: { text: to }, edits: [{ span: { start: node.span.start, end: node.span.start + from.length }, text: to }] } as const
}

/** The step of 每 in the quantity's unit. */
function stepIn(scope: Scope, per: Extract<Typed, { op: 'number' }>, unit: string | undefined, quantity: Typed): Exact | undefined {
  const own = (per.type as NumberType).unit
  if (own === undefined || own === unit) return per.value
  const factor = unit === undefined ? undefined : conversion(own, unit)
  if (factor) return divide(per.value, divide(fromInteger(1), factor))
  scope.report({
    code: 'unit-mismatch',
    span: per.span,
    data: { found: unitWord(own, scope.surface), expected: unitWord(unit, scope.surface) },
    related: [quantity.span],
  })
  return undefined
}

function checkTable(context: Context, node: Extract<Ast.Award, { kind: 'table' }>): TypedAward | undefined {
  const subject = context.type(node.subject)
  const amounts = node.values.map((value) => typePoints(context, value))
  if (isError(subject)) return undefined
  if (node.keys.length !== node.values.length) {
    context.scope.report({ code: 'table-shape', span: node.span, data: { keys: String(node.keys.length), values: String(node.values.length) } })
    return undefined
  }
  const entries = node.keys.map((key, i) => ({ when: typeMembership(context, subject, key, key.span), amount: amounts[i] as Typed }))
  if (entries.some(({ when, amount }) => isError(when) || isError(amount))) return undefined
  const regions = regionsOf(
    entries.map(({ when }) => when),
    context.scope.text,
    context.scope.surface,
  )
  return { kind: 'table', negative: node.sign < 0, entries, complete: regions?.every(({ holds }) => holds.some(Boolean)) ?? false, node }
}
