// Types groups, indicators and rows bottom up: clauses, awards, the bounds of what each can give, and then the findings
// about rows and caps.

import { addIntervals, clamp, hull, type Interval, multiplyIntervals, negateInterval, withZero } from '../../runtime/exact/interval.ts'
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
  smaller,
  subtract,
  zero,
} from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import type { Bounds, ItemSymbol, NumberType, Presence, Sourced, Typed, TypedAward, TypedBand, TypedLive, TypedRow } from '../typed.ts'
import { byForm } from '../words.ts'
import { convertTo } from './arithmetic.ts'
import { checkCaps } from './caps.ts'
import { typeMembership, typeRange } from './conditions.ts'
import { type Context, type Inside, isError, outermost, requireNumber } from './context.ts'
import { checkLocals, readsRecord } from './definitions.ts'
import { contextOf, typeCondition, typePoints } from './expression.ts'
import { typeDate } from './names.ts'
import { childrenOf, maxPlaces, numberType, provesExact } from './numbers.ts'
import { dateField, typeDay, typeList, withFields } from './records.ts'
import { regionsOf } from './regions.ts'
import { checkRows, type RowsHolder } from './rows.ts'
import { failure, reportUnknownName, type Scope } from './scope.ts'
import { conversion, points, unitWord } from './units.ts'

/** Where an item stands: what its rows may use, and whether its points are taken away. */
interface Place {
  readonly path: readonly string[]
  readonly deducts: boolean
  readonly inside: Inside
}

/** @param above the names of the groups around it; `deducts` whether one of them is a 扣分组 */
export function checkItem(scope: Scope, node: Ast.GroupNode | Ast.IndicatorNode, above: readonly string[], deducts: boolean): ItemSymbol {
  const place: Place = { path: [...above, node.name.text], deducts: deducts || node.deducts, inside: outermost }
  const clauses = readClauses(scope, node.clauses, node.kind === 'group' ? groupClauses : indicatorClauses)
  const item = node.kind === 'group' ? checkGroup(scope, node, place, clauses.mode) : checkIndicator(scope, node, place, clauses.mode)
  const live = node.kind === 'indicator' ? checkLive(scope, clauses, item.rows) : undefined
  const range = bounded(scope, item.range, clauses.bounds, node.name.span)
  const { bounds, sourced, presence } = clauses
  const symbol: ItemSymbol = {
    kind: node.kind,
    source: 0,
    deducts: place.deducts,
    extensible: clauses.extensible,
    live,
    node,
    name: node.name.text,
    path: place.path,
    ...bounds,
    ...sourced,
    ...presence,
    ...item,
    range,
  }
  checkCaps(scope, symbol, item.range)
  return symbol
}

type Inner = Pick<ItemSymbol, 'rows' | 'children' | 'mode' | 'range'>
type ModeClause = Extract<Ast.Clause, { kind: 'mode' }>

function checkGroup(scope: Scope, node: Ast.GroupNode, place: Place, mode: ModeClause | undefined): Inner {
  const named = new Set<string>()
  const children = node.children
    .filter(({ name }) => name.text !== '' && !named.has(name.text) && named.add(name.text))
    .map((child) => scope.item([...place.path, child.name.text]))
    .filter((child) => child !== undefined)
  if (node.children.length === 0 && node.rows.length === 0) scope.report({ code: 'empty-item', span: node.name.span, data: { name: node.name.text } })
  const [stray] = node.rows
  if (stray) scope.report({ code: 'rows-beside-items', span: stray.span, data: { name: node.name.text } })
  for (const { span } of node.definitions) scope.report({ code: 'definition-in-group', span, data: {} })
  for (const child of node.children) {
    if (place.deducts && child.kind === 'group' && !child.deducts)
      scope.report({ code: 'group-in-deductions', span: child.name.span, data: { name: child.name.text } })
    if (mode?.mode === 'highest' && child.deducts && !place.deducts)
      scope.report({ code: 'deductions-in-highest', span: child.name.span, data: { name: child.name.text } })
  }
  if (mode?.mode === 'first') scope.report({ code: 'first-is-for-rows', span: mode.span, data: {} })
  return { rows: [], children, ...groupRange(children, mode?.mode === 'highest' ? 'highest' : 'sum', place.deducts) }
}

/** What children give together. */
function groupRange(children: readonly ItemSymbol[], mode: 'highest' | 'sum', deducts: boolean): Pick<ItemSymbol, 'mode' | 'range'> {
  const ranges = children.map((child) => (child.deducts && !deducts ? { ...child.range, ...negateInterval(child.range) } : child.range))
  const combined = mode === 'highest' ? highestOf(ranges) : ranges.reduce<Interval>(addIntervals, { low: zero, high: zero })
  return { mode, range: pointsType(combined, ranges) }
}

/** A group of another policy with the indicators that this one adds; its own cap still holds. */
export function extended(scope: Scope, base: ItemSymbol, added: readonly ItemSymbol[]): ItemSymbol {
  const children = [...base.children, ...added]
  const { range } = groupRange(children, base.mode === 'highest' ? 'highest' : 'sum', base.deducts)
  return { ...base, children, range: bounded(scope, range, base, base.node.name.span) }
}

/** The same for the groups around it. */
export function withChild(scope: Scope, parent: ItemSymbol, child: ItemSymbol): ItemSymbol {
  const children = parent.children.map((before) => (before.name === child.name ? child : before))
  const { range } = groupRange(children, parent.mode === 'highest' ? 'highest' : 'sum', parent.deducts)
  return { ...parent, children, range: bounded(scope, range, parent, parent.node.name.span) }
}

function checkIndicator(scope: Scope, node: Ast.IndicatorNode, place: Place, mode: ModeClause | undefined): Inner {
  const inside = checkLocals(scope, node.definitions, place.inside, place.path)
  const rows = node.rows.map((row) => checkRow(scope, row, { ...place, inside }))
  if (rows.length === 0) scope.report({ code: 'empty-item', span: node.name.span, data: { name: node.name.text } })
  const holder = {
    name: node.name.text,
    span: node.name.span,
    rows: node.rows,
    clauses: node.clauses,
    insertAt: node.name.span.end,
    before: false,
    deducts: place.deducts,
  }
  return { rows, children: [], ...checkMode(scope, holder, rows, mode) }
}

/** How rows combine, and what they give together. */
function checkMode(scope: Scope, holder: RowsHolder, rows: readonly TypedRow[], mode: ModeClause | undefined): Pick<ItemSymbol, 'mode' | 'range'> {
  const settled = checkRows(scope, holder, rows, mode)
  const ranges = rows.map(({ range }) => range)
  const whens = rows.map((row) => (row.guard === 'when' ? withZero(row.range) : row.range))
  const combined =
    settled === 'sum'
      ? whens.reduce<Interval>(addIntervals, { low: zero, high: zero })
      : rows.some(({ guard }) => guard !== 'when')
        ? highestOf(ranges)
        : withZero(highestOf(ranges))
  return { mode: settled, range: pointsType(combined, ranges) }
}

/** 期限 and 兑换: an indicator whose points come from records one by one. */
function checkLive(scope: Scope, clauses: ReadClauses, rows: readonly TypedRow[]): TypedLive | undefined {
  const { live, spend } = clauses
  if (spend && !live) scope.report({ code: 'spend-needs-live', span: spend.span, data: {} })
  if (!live) return undefined
  const [row] = rows
  const award = row?.awards[0]
  const plain = row && rows.length === 1 && row.awards.length === 1 && row.guard === 'always' && !row.max && !row.min
  if (!plain || award?.kind !== 'each' || award.best || award.same || award.list.type.kind !== 'records') {
    const readable = rows.every(({ awards, node }) => awards.length === node.awards.length)
    if (readable) scope.report({ code: 'live-needs-each', span: live.span, data: {} })
    return undefined
  }
  const context = contextOf(scope)
  const record = withFields(context, award.list.type.fields)
  const [from, to, on] = [typeDay(record, live.from), typeDay(record, live.to), typeDay(context, live.on)]
  if ([from, to, on].some(isError)) return undefined
  return { from, to, on, spend: spend && checkSpend(context, spend) }
}

function checkSpend(context: Context, clause: Extract<Ast.Clause, { kind: 'spend' }>): TypedLive['spend'] {
  const list = typeList(context, { kind: 'reference', path: clause.list, span: clause.list.span })
  if (list.type.kind !== 'records') return undefined
  const date = dateField(context.scope, list.type, undefined, clause.list.span)
  const amount = typePoints(withFields(context, list.type.fields), clause.amount)
  if (amount.type.kind === 'number' && compare(amount.type.low, zero) < 0) {
    context.scope.report({ code: 'deduction-below-zero', span: amount.span, data: { low: formatDecimal(amount.type.low) } })
    return undefined
  }
  return date && !isError(amount) ? { list, date, amount } : undefined
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

export interface ReadClauses {
  readonly bounds: Bounds
  readonly sourced: Sourced
  readonly presence: Presence
  readonly mode: ModeClause | undefined
  readonly extensible: boolean
  readonly live: Extract<Ast.Clause, { kind: 'live' }> | undefined
  readonly spend: Extract<Ast.Clause, { kind: 'spend' }> | undefined
}

type ClauseKind = Ast.Clause['kind']
const sourceClauses: readonly ClauseKind[] = ['cites', 'unsourced', 'reading']
export const totalClauses: readonly ClauseKind[] = [...sourceClauses, 'max', 'min']
const rowClauses: readonly ClauseKind[] = [...totalClauses, 'only-for', 'in-force']
const indicatorClauses: readonly ClauseKind[] = [...rowClauses, 'mode', 'live', 'spend']
const groupClauses: readonly ClauseKind[] = [...rowClauses, 'mode', 'extensible']
const blockClauses: readonly ClauseKind[] = ['max', 'min']

/** Clauses of items, rows, blocks and totals. @param allowed those that make sense there */
export function readClauses(scope: Scope, clauses: readonly Ast.Clause[], allowed: readonly ClauseKind[], inside: Inside = outermost): ReadClauses {
  const single = new Map<string, Ast.Clause>()
  for (const clause of clauses) {
    if (clause.kind === 'error') continue
    if (!allowed.includes(clause.kind)) {
      scope.report({ code: 'clause-not-here', span: clause.span, data: { what: clause.kind } })
      continue
    }
    if (sourceClauses.includes(clause.kind)) continue
    const before = single.get(clause.kind)
    if (before) scope.report({ code: 'duplicate-clause', span: clause.span, data: { what: clause.kind }, related: [before.span] })
    else single.set(clause.kind, clause)
  }
  const context = contextOf(scope, 'values', inside)
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
  const of = <K extends ClauseKind>(kind: K) => single.get(kind) as Extract<Ast.Clause, { kind: K }> | undefined
  return {
    bounds,
    sourced: sourcedBy(clauses),
    presence: readPresence(scope, of('only-for'), of('in-force')),
    mode: of('mode'),
    extensible: of('extensible') !== undefined,
    live: of('live'),
    spend: of('spend'),
  }
}

/** 依据, 待核 and 解释 among clauses. */
export function sourcedBy(clauses: readonly Ast.Clause[]): Sourced {
  const sourced = { cites: [] as string[], unsourced: [] as string[], readings: [] as Sourced['readings'][number][] }
  for (const clause of clauses) {
    if (clause.kind === 'cites' || clause.kind === 'unsourced') sourced[clause.kind].push(clause.text.text)
    else if (clause.kind === 'reading') sourced.readings.push({ text: clause.text.text, cites: clause.cites?.text })
  }
  return sourced
}

function readPresence(
  scope: Scope,
  only: Extract<Ast.Clause, { kind: 'only-for' }> | undefined,
  force: Extract<Ast.Clause, { kind: 'in-force' }> | undefined,
): Presence {
  const known = only?.names.filter(({ text, span }) => {
    if (text === '' || scope.declarations.scenarios.has(text)) return text !== ''
    reportUnknownName(scope, text, span, scope.declarations.scenarios.keys())
    return false
  })
  const day = (node: Ast.DateLiteral | undefined) => {
    const typed = node && typeDate(scope, node)
    return typed?.op === 'date' ? typed.value : undefined
  }
  const inForce = force && { from: day(force.from), to: day(force.to) }
  if (force && !force.from && !force.to) scope.report({ code: 'empty-range', span: force.span, data: {} })
  if (force && inForce?.from !== undefined && inForce.to !== undefined && inForce.from > inForce.to)
    scope.report({ code: 'empty-range', span: force.span, data: {} })
  return { onlyFor: known?.map(({ text }) => text), inForce }
}

// ---- rows --------------------------------------------------------------------------------------------------------------

function checkRow(scope: Scope, node: Ast.RowNode, place: Place): TypedRow {
  const context = contextOf(scope, 'values', place.inside)
  const when = node.condition ? typeCondition(context, node.condition) : undefined
  const awards = node.awards.map((award) => checkAward(context, award, place)).filter((award) => award !== undefined)
  const { bounds, sourced, presence } = readClauses(scope, node.clauses, rowClauses, place.inside)
  const ranges = awards.map(awardRange)
  const sum = ranges.reduce<Interval>(addIntervals, { low: zero, high: zero })
  const range = bounded(scope, numberType(sum.low, sum.high, maxPlaces(ranges) ?? 0, points), bounds, node.span)
  return { node, guard: node.guard, when, awards, ...bounds, ...sourced, ...presence, range }
}

function awardRange(award: TypedAward): NumberType {
  if (award.kind === 'each' || award.kind === 'block' || award.kind === 'stepped') return award.type
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

/** 扣 says the direction: a negative amount after it would give points. */
function refuseNegative(scope: Scope, sign: 1 | -1, amount: Typed, place: Place): boolean {
  if (sign > 0 || amount.type.kind !== 'number' || compare(amount.type.low, zero) >= 0) return false
  if (!place.deducts && amount.op !== 'number') return false
  scope.report({ code: 'deduction-below-zero', span: amount.span, data: { low: formatDecimal(amount.type.low) } })
  return true
}

/** Whether an amount counts against the applicant; in a 扣分组 it is positive, and the whole group is taken away. */
function isNegative(scope: Scope, sign: 1 | -1, place: Place, span: Span): boolean {
  if (place.deducts && sign > 0) scope.report({ code: 'award-in-deductions', span: { start: span.start, end: span.end }, data: {} })
  return !place.deducts && sign < 0
}

function checkAward(context: Context, node: Ast.Award, place: Place): TypedAward | undefined {
  const { scope } = context
  switch (node.kind) {
    case 'error':
      return undefined
    case 'flat': {
      const amount = typePoints(context, node.amount)
      return isError(amount) || refuseNegative(scope, node.sign, amount, place)
        ? undefined
        : { kind: 'flat', negative: isNegative(scope, node.sign, place, node.span), amount, node }
    }
    case 'rate':
      return checkRate(context, node, isNegative(scope, node.sign, place, node.span))
    case 'stepped':
      return checkStepped(context, node, place)
    case 'table':
      return checkTable(context, node, isNegative(scope, node.sign, place, node.span))
    case 'each':
      return checkEach(context, node, place)
    case 'block':
      return checkBlock(scope, node, place)
  }
}

function checkBlock(scope: Scope, node: Extract<Ast.Award, { kind: 'block' }>, place: Place): TypedAward | undefined {
  if (!node.rows) {
    scope.report({ code: 'mode-on-row', span: node.span, data: {} })
    return undefined
  }
  const inside = checkLocals(scope, node.definitions, place.inside, place.path)
  const rows = node.rows.map((row) => checkRow(scope, row, { ...place, inside }))
  if (rows.length === 0) {
    scope.report({ code: 'empty-item', span: node.span, data: { name: '' } })
    return undefined
  }
  const { bounds } = readClauses(scope, node.clauses, blockClauses, place.inside)
  const head = node.mode?.span ?? { start: node.span.start, end: node.span.start + 1 }
  const holder = { name: '', span: head, rows: node.rows, clauses: [], insertAt: node.span.start, before: true, deducts: place.deducts }
  const { mode, range } = checkMode(scope, holder, rows, node.mode)
  return { kind: 'block', mode, rows, ...bounds, type: bounded(scope, range, bounds, head), node }
}

function checkEach(context: Context, node: Extract<Ast.Award, { kind: 'each' }>, place: Place): TypedAward | undefined {
  const { scope } = context
  const list = typeList(context, node.list)
  if (list.type.kind !== 'records') return undefined
  const record = withFields(context, list.type.fields)
  const same = node.same && checkSame(context, record, node.same, node)
  if (node.same && !same) return undefined
  if (node.best && node.same) scope.report({ code: 'same-with-best', span: node.same.span, data: {} })
  const body = checkRow(scope, node.body, { ...place, inside: record.inside })
  if (body.awards.length < node.body.awards.length) return undefined
  if (body.guard === 'otherwise') scope.report({ code: 'otherwise-needs-first', span: node.body.span, data: {} })
  warnHighestOfDeductions(scope, body, node, place)
  const one = withZero(body.range)
  const capped =
    same?.cap?.type.kind === 'number'
      ? { low: one.low, high: smaller(multiply(one.high, fromInteger(list.type.limit)), larger(same.cap.type.high, zero)) }
      : one
  const count = { low: zero, high: fromInteger(list.type.limit) }
  const range = node.best ? one : withZero(multiplyIntervals(count, capped))
  const type = numberType(range.low, range.high, Math.max(body.range.places ?? 0, same?.cap?.type.kind === 'number' ? (same.cap.type.places ?? 0) : 0), points)
  return provesExact(scope, type, node.span, []) ? { kind: 'each', best: node.best, list, same, body, type, node } : undefined
}

/** 取最高 of amounts that are all below zero takes the mildest. */
function warnHighestOfDeductions(scope: Scope, body: TypedRow, node: Extract<Ast.Award, { kind: 'each' }>, place: Place) {
  const takesHighest = node.best || node.same?.how === 'highest'
  if (takesHighest && !place.deducts && compare(body.range.high, zero) <= 0 && compare(body.range.low, zero) < 0) {
    scope.report({ code: 'highest-of-deductions', span: node.same?.span ?? node.list.span, data: {} })
  }
}

function checkSame(
  context: Context,
  record: Context,
  node: Ast.SameNode,
  each: Extract<Ast.Award, { kind: 'each' }>,
): { readonly key: Typed; readonly cap: Typed | undefined } | undefined {
  const { scope } = context
  const key = record.type(node.key)
  if (isError(key)) return undefined
  if (key.type.kind === 'records' || key.type.kind === 'choices' || usesFacts(key) || !readsRecord(key)) {
    scope.report({ code: 'key-not-of-record', span: node.key.span, data: {} })
    return undefined
  }
  if (node.how === undefined) {
    const at = node.key.span.end
    const form = byForm.keyword.id.get('highest')?.[scope.surface] ?? ''
    scope.report({
      code: 'same-needs-mode',
      span: node.span,
      data: { key: scope.text.slice(node.key.span.start, node.key.span.end) },
      fixes: [{ title: 'insert', data: { text: form }, edits: [{ span: { start: at, end: at }, text: ` ${form}` }] }],
      related: [each.list.span],
    })
    return undefined
  }
  if (node.how === 'highest') return { key, cap: undefined }
  const cap = typePoints(context, node.how.cap)
  return isError(cap) ? undefined : { key, cap }
}

/** Whether a key depends on anything but the record and the days of the run. */
function usesFacts(node: Typed): boolean {
  if (node.op === 'fact' || node.op === 'item' || node.op === 'total') return true
  if (node.op === 'definition') return node.definition.cases.some(({ when, value }) => (when !== undefined && usesFacts(when)) || usesFacts(value))
  return childrenOf(node).some(usesFacts)
}

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

function checkRate(context: Context, node: Extract<Ast.Award, { kind: 'rate' }>, negative: boolean): TypedAward | undefined {
  const { scope } = context
  const steps = checkSteps(context, node)
  const amount = typePoints(context, node.amount)
  if (!steps || isError(amount)) return undefined
  const { quantity, step } = steps
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
      ? { kind: 'rate', negative, steps: node.steps, per: step, quantity, amount, type, node }
      : undefined
  }
  const whole = node.steps === 'full' ? { low: floor(ratio.low), high: floor(ratio.high) } : { low: ceiling(ratio.low), high: ceiling(ratio.high) }
  const range = multiplyIntervals(whole, amountType)
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
  const from = byForm.keyword.id.get('per')?.[surface] ?? ''
  const to = byForm.keyword.id.get('per-full')?.[surface] ?? ''
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

function checkStepped(context: Context, node: Extract<Ast.Award, { kind: 'stepped' }>, place: Place): TypedAward | undefined {
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
  const known = bands.filter((band) => band !== undefined)
  if (!checkBandOrder(scope, node, known, node.steps === 'proportional' ? undefined : step)) return undefined
  if (node.how === undefined) {
    reportBandChoice(scope, node, known, step, quantityType)
    return undefined
  }
  if (quantityType.places === undefined) {
    scope.report({ code: 'endless-decimal', span: node.quantity.span, data: { value: '' } })
    return undefined
  }
  const each = known.map(({ amount, negative }) => (negative ? negateInterval(amount.type as NumberType) : (amount.type as NumberType)))
  const inverse = decimalPlaces(divide(fromInteger(1), step))
  if (node.steps === 'proportional' && inverse === undefined) {
    scope.report({ code: 'endless-decimal', span: node.per.span, data: { value: `1 ÷ ${formatDecimal(step)}` }, fixes: [perFullFix(node, scope.surface)] })
    return undefined
  }
  const most = divide(larger(quantityType.high, zero), step)
  const count = { low: zero, high: node.steps === 'started' ? ceiling(most) : most }
  const range = withZero(multiplyIntervals(count, each.reduce<Interval>(hull, each[0] as Interval)))
  const places =
    (maxPlaces(known.map(({ amount }) => amount.type as NumberType)) ?? 0) + (node.steps === 'proportional' ? quantityType.places + (inverse ?? 0) : 0)
  const type = numberType(range.low, range.high, places, points)
  if (!provesExact(scope, type, node.span, [quantity])) return undefined
  return { kind: 'stepped', steps: node.steps, how: node.how, per: step, quantity, bands: known, type, node }
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
  const insertAt = node.quantity.span.end
  scope.report({
    code: 'bands-need-choice',
    span: node.span,
    data: {
      quantity: `${formatDecimal(multiply(count, step))}${quantity.unit === undefined ? '' : unitWord(quantity.unit, scope.surface)}`,
      reached: formatDecimal(multiply(count, high ?? zero)),
      slices: formatDecimal(sliced),
    },
    fixes: (['at-reached-band', 'by-slices'] as const).map((id) => {
      const text = byForm.keyword.id.get(id)?.[scope.surface] ?? ''
      return { title: 'insert' as const, data: { text }, edits: [{ span: { start: insertAt, end: insertAt }, text: ` ${text}` }] }
    }),
  })
}

/** One- and two-way tables: columns are keys of the first subject, rows of the second. */
function checkTable(context: Context, node: Extract<Ast.Award, { kind: 'table' }>, negative: boolean): TypedAward | undefined {
  const { scope } = context
  const subjects = node.subjects.map((subject) => context.type(subject))
  const amounts = node.rows.map(({ values }) => values.map((value) => typePoints(context, value)))
  const [first, second] = subjects
  if (!first || subjects.some(isError)) return undefined
  const shape = (): undefined => {
    const values = node.rows.map((row) => row.values.length)
    scope.report({ code: 'table-shape', span: node.span, data: { keys: String(node.keys.length), values: values.join('、') } })
  }
  const keyed = node.rows.filter(({ key }) => key !== undefined).length
  if (subjects.length > 2 || (second ? keyed < node.rows.length : keyed > 0 || node.rows.length !== 1)) {
    scope.report({ code: 'table-subjects', span: node.span, data: { subjects: String(subjects.length) } })
    return undefined
  }
  if (node.rows.some(({ values }) => values.length !== node.keys.length)) return shape()
  const columns = node.keys.map((key) => typeMembership(context, first, key, key.span))
  const lines = node.rows.map(({ key }) => (second && key ? typeMembership(context, second, key, key.span) : undefined))
  const entries = lines.flatMap((line, i) =>
    columns.map((column, j) => {
      const operands = line ? [column, line] : [column]
      const when: Typed = line ? { op: 'and', operands, type: { kind: 'yesno' }, span: amounts[i]?.[j]?.span ?? node.span } : column
      return { when: operands.some(isError) ? failure(node.span) : when, amount: amounts[i]?.[j] as Typed }
    }),
  )
  if (entries.some(({ when, amount }) => isError(when) || isError(amount))) return undefined
  const regions = regionsOf(
    entries.map(({ when }) => when),
    scope.text,
    scope.surface,
  )
  return { kind: 'table', negative, entries, complete: regions?.every(({ holds }) => holds.some(Boolean)) ?? false, node }
}
