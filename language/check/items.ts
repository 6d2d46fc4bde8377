// Types groups, indicators and rows bottom up: clauses, awards, the bounds of what each can give, and then the findings
// about rows and caps.

import { negateInterval } from '../../runtime/exact/interval.ts'
import { compare, formatDecimal, zero } from '../../runtime/exact/number.ts'
import type { Mode } from '../../runtime/ir/schema.ts'
import type * as Ast from '../ast.ts'
import type { ItemSymbol, TypedLive, TypedRow } from '../typed.ts'
import { typePoints } from './asked.ts'
import { checkMode, checkRow } from './awards.ts'
import { checkCaps } from './caps.ts'
import { groupClauses, indicatorClauses, type ModeClause, type ReadClauses, readClauses } from './clauses.ts'
import { type Context, isError, outermost } from './context.ts'
import { checkLocals } from './definitions.ts'
import { contextOf } from './expression.ts'
import { ofMode, ofTakes, together } from './modes.ts'
import { bounded, pointsType } from './ranges.ts'
import { dateField, typeDay, typeList, withFields } from './records.ts'
import { hasReading } from './rows.ts'
import type { Scope } from './scope.ts'
import type { Place } from './sign.ts'

/** @param above the names of the groups around it; `deducts` whether one of them is a 扣分组 */
export function checkItem(scope: Scope, node: Ast.GroupNode | Ast.IndicatorNode, above: readonly string[], deducts: boolean): ItemSymbol {
  const place: Place = { path: [...above, node.name.text], deducts: deducts || node.deducts, inside: outermost, isRead: hasReading(node.clauses) }
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

type Inner = Pick<ItemSymbol, 'rows' | 'children' | 'mode' | 'complete' | 'range'>

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
  const settled = mode && ofMode[mode.mode].ofGroups ? mode.mode : 'sum'
  for (const child of node.children) {
    if (place.deducts && child.kind === 'group' && !child.deducts)
      scope.report({ code: 'group-in-deductions', span: child.name.span, data: { name: child.name.text } })
    if (!ofMode[settled].addsUp && child.deducts && !place.deducts)
      scope.report({ code: 'deductions-in-highest', span: child.name.span, data: { name: child.name.text } })
  }
  if (mode && !ofMode[mode.mode].ofGroups) scope.report({ code: 'first-is-for-rows', span: mode.span, data: {} })
  return { rows: [], children, complete: false, ...groupRange(children, settled, place.deducts) }
}

/** What children give together. */
function groupRange(children: readonly ItemSymbol[], mode: Mode, deducts: boolean): Pick<ItemSymbol, 'mode' | 'range'> {
  const ranges = children.map((child) => (child.deducts && !deducts ? { ...child.range, ...negateInterval(child.range) } : child.range))
  return { mode, range: pointsType(together(mode, ranges), ranges) }
}

/** A group of another policy with the indicators that this one adds; its own cap still holds. */
export function extended(scope: Scope, base: ItemSymbol, added: readonly ItemSymbol[]): ItemSymbol {
  const children = [...base.children, ...added]
  const { range } = groupRange(children, base.mode, base.deducts)
  return { ...base, children, range: bounded(scope, range, base, base.node.name.span) }
}

/** The same for the groups around it. */
export function withChild(scope: Scope, parent: ItemSymbol, child: ItemSymbol): ItemSymbol {
  const children = parent.children.map((before) => (before.name === child.name ? child : before))
  const { range } = groupRange(children, parent.mode, parent.deducts)
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
    isRead: place.isRead,
  }
  return { rows, children: [], ...checkMode(scope, holder, rows, mode) }
}

/** 期限 and 兑换: an indicator whose points come from records one by one. */
function checkLive(scope: Scope, clauses: ReadClauses, rows: readonly TypedRow[]): TypedLive | undefined {
  const { live, spend } = clauses
  if (spend && !live) scope.report({ code: 'spend-needs-live', span: spend.span, data: {} })
  if (!live) return undefined
  const [row] = rows
  const award = row?.awards[0]
  const plain = row && rows.length === 1 && row.awards.length === 1 && row.guard === 'always' && !row.max && !row.min
  if (!plain || award?.kind !== 'each' || !ofTakes[award.takes].addsUp || award.same || award.list.type.kind !== 'records') {
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
  const date = dateField(context.scope, list.type, undefined, { kind: 'spend', span: clause.list.span })
  const amount = typePoints(withFields(context, list.type.fields), clause.amount)
  if (amount.type.kind === 'number' && compare(amount.type.low, zero) < 0) {
    context.scope.report({ code: 'deduction-below-zero', span: amount.span, data: { low: formatDecimal(amount.type.low) } })
    return undefined
  }
  return date && !isError(amount) ? { list, date, amount } : undefined
}
