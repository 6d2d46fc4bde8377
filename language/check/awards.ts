// Rows and what each gives: amounts, tables, blocks, and awards for each record.

import { addIntervals, hull, type Interval, multiplyIntervals, negateInterval, withZero } from '../../runtime/exact/interval.ts'
import { compare, fromInteger, larger, multiply, smaller, zero } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import { childrenOf, type ItemSymbol, type NumberType, type Typed, type TypedAward, type TypedRow } from '../typed.ts'
import { formOf } from '../words.ts'
import { typeCondition, typePoints } from './asked.ts'
import { blockClauses, type ModeClause, readClauses, rowClauses } from './clauses.ts'
import { typeMembership } from './conditions.ts'
import { type Context, isError } from './context.ts'
import { checkLocals, readsRecord } from './definitions.ts'
import { contextOf } from './expression.ts'
import { ofMode, ofTakes, together } from './modes.ts'
import { maxPlaces, numberType, provesExact } from './numbers.ts'
import { bounded, pointsType } from './ranges.ts'
import { checkRate, checkStepped } from './rates.ts'
import { typeList, withFields } from './records.ts'
import { regionsOf } from './regions.ts'
import { checkRows, type RowsHolder } from './rows.ts'
import { failure, type Scope } from './scope.ts'
import { isNegative, type Place, refuseNegative } from './sign.ts'
import { someThrough } from './through.ts'
import { points } from './units.ts'

export function checkRow(scope: Scope, node: Ast.RowNode, place: Place): TypedRow {
  const context = contextOf(scope, 'values', place.inside)
  const when = node.condition ? typeCondition(context, node.condition) : undefined
  const awards = node.awards.map((award) => checkAward(context, award, place)).filter((award) => award !== undefined)
  const { bounds, sourced, presence } = readClauses(scope, node.clauses, rowClauses, place.inside)
  const ranges = awards.map(addedBy)
  const sum = ranges.reduce<Interval>(addIntervals, { low: zero, high: zero })
  const range = bounded(scope, numberType(sum.low, sum.high, maxPlaces(ranges) ?? 0, points), bounds, node.span)
  return { node, guard: node.guard, when, awards, ...bounds, ...sourced, ...presence, range }
}

/** What an award adds. */
const addedBy = (award: TypedAward): NumberType => ('negative' in award && award.negative ? { ...award.type, ...negateInterval(award.type) } : award.type)

function checkAward(context: Context, node: Ast.Award, place: Place): TypedAward | undefined {
  const { scope } = context
  switch (node.kind) {
    case 'error':
      return undefined
    case 'flat': {
      const amount = typePoints(context, node.amount)
      return isError(amount) || refuseNegative(scope, node.sign, amount, place)
        ? undefined
        : { kind: 'flat', negative: isNegative(scope, node.sign, place, node.span), amount, type: amount.type as NumberType, node }
    }
    case 'rate': {
      const rate = checkRate(context, node, isNegative(scope, node.sign, place, node.span))
      return rate?.kind === 'rate' && refuseNegative(scope, node.sign, rate.amount, place) ? undefined : rate
    }
    case 'stepped':
      return checkStepped(context, node, place)
    case 'table': {
      const table = checkTable(context, node, isNegative(scope, node.sign, place, node.span))
      const below = table?.kind === 'table' ? table.entries.filter(({ amount }) => refuseNegative(scope, node.sign, amount, place)) : []
      return below.length > 0 ? undefined : table
    }
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
  const holder = { name: '', span: head, rows: node.rows, clauses: [], insertAt: node.span.start, before: true, deducts: place.deducts, isRead: place.isRead }
  const { mode, complete, range } = checkMode(scope, holder, rows, node.mode)
  return { kind: 'block', mode, ...(complete && { complete }), rows, ...bounds, type: bounded(scope, range, bounds, head), node }
}

function checkEach(context: Context, node: Extract<Ast.Award, { kind: 'each' }>, place: Place): TypedAward | undefined {
  const { scope } = context
  const list = typeList(context, node.list)
  if (list.type.kind !== 'records') return undefined
  const record = withFields(context, list.type.fields)
  const same = node.same && checkSame(context, record, node.same, node)
  if (node.same && !same) return undefined
  if (!ofTakes[node.takes].addsUp && node.same) scope.report({ code: 'same-with-best', span: node.same.span, data: {} })
  const body = checkRow(scope, node.body, { ...place, inside: record.inside })
  if (body.awards.length < node.body.awards.length) return undefined
  if (body.guard === 'otherwise') scope.report({ code: 'otherwise-needs-first', span: node.body.span, data: {} })
  warnHighestOfDeductions(scope, body, node, place)
  warnWholeList(scope, list, body)
  const one = withZero(body.range)
  const capped =
    same?.cap?.type.kind === 'number'
      ? { low: one.low, high: smaller(multiply(one.high, fromInteger(list.type.limit)), larger(same.cap.type.high, zero)) }
      : one
  const count = { low: zero, high: fromInteger(list.type.limit) }
  const range = ofTakes[node.takes].addsUp ? withZero(multiplyIntervals(count, capped)) : one
  const type = numberType(range.low, range.high, Math.max(body.range.places ?? 0, same?.cap?.type.kind === 'number' ? (same.cap.type.places ?? 0) : 0), points)
  return provesExact(scope, type, node.span, []) ? { kind: 'each', takes: node.takes, list, same, body, type, node } : undefined
}

/** What is asked of the whole list is the same for each of its records, and would count once for every one. */
function warnWholeList(scope: Scope, list: Typed, body: TypedRow) {
  const fact = factOf(list)
  if (fact === undefined) return
  for (const award of body.awards) {
    const amounts = award.kind === 'flat' ? [award.amount] : award.kind === 'rate' ? [award.quantity, award.amount] : []
    const whole = amounts.flatMap(aggregatesIn).find((node) => factOf(node) === fact)
    if (whole) scope.report({ code: 'whole-list-inside-each', span: whole.span, data: { name: fact }, related: [list.span] })
  }
}

/** 合计 and the like, anywhere in an expression. */
const aggregatesIn = (node: Typed): readonly Typed[] => ('set' in node && node.type.kind !== 'records' ? [node] : childrenOf(node).flatMap(aggregatesIn))

/** The fact whose records a list, or what is asked of it, starts from. */
function factOf(node: Typed): string | undefined {
  if (node.op === 'fact') return node.fact.name
  return 'set' in node ? factOf(node.set) : undefined
}

/** 取最高 of amounts that are all below zero takes the mildest. */
function warnHighestOfDeductions(scope: Scope, body: TypedRow, node: Extract<Ast.Award, { kind: 'each' }>, place: Place) {
  const isSparing = ofTakes[node.takes].mildest === 'below-zero' || node.same?.how === 'highest'
  if (isSparing && !place.deducts && compare(body.range.high, zero) <= 0 && compare(body.range.low, zero) < 0) {
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
    const form = formOf('best-only', scope.surface)
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
const usesFacts = (node: Typed): boolean => someThrough(node, ({ op }) => op === 'fact' || op === 'item' || op === 'total')

/** How rows combine, and what they give together. */
export function checkMode(
  scope: Scope,
  holder: RowsHolder,
  rows: readonly TypedRow[],
  mode: ModeClause | undefined,
): Pick<ItemSymbol, 'mode' | 'complete' | 'range'> {
  const { mode: settled, complete } = checkRows(scope, holder, rows, mode)
  const ranges = rows.map(({ range }) => range)
  const whens = rows.map((row) => (row.guard === 'when' ? withZero(row.range) : row.range))
  const combined =
    ofMode[settled].addsUp || rows.some(({ guard }) => guard !== 'when')
      ? together(settled, ofMode[settled].addsUp ? whens : ranges)
      : withZero(together(settled, ranges))
  return { mode: settled, complete, range: pointsType(combined, ranges) }
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
  const regions = regionsOf(entries, scope)
  const types = entries.map(({ amount }) => amount.type as NumberType)
  const type = types.reduce((a, b) => ({ ...b, ...hull(a, b), places: maxPlaces([a, b]) }))
  return { kind: 'table', negative, entries, complete: regions?.every(({ holds }) => holds.some(Boolean)) ?? false, type, node }
}
