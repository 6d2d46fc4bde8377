// The clauses of items, rows, blocks and totals: bounds, sources, presence.

import { compare } from '../../runtime/exact/number.ts'
import type * as Ast from '../ast.ts'
import type { Bounds, Presence, Sourced } from '../typed.ts'
import { typePoints } from './asked.ts'
import { type Inside, isError, outermost } from './context.ts'
import { contextOf } from './expression.ts'
import { typeDate } from './names.ts'
import { saidTwice } from './repeated.ts'
import { reportUnknownName, type Scope } from './scope.ts'

export type ModeClause = Extract<Ast.Clause, { kind: 'mode' }>

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
const sourceClauses: readonly ClauseKind[] = ['cites', 'audited-by', 'unsourced', 'reading']
export const totalClauses: readonly ClauseKind[] = [...sourceClauses, 'max', 'min']
export const rowClauses: readonly ClauseKind[] = [...totalClauses, 'only-for', 'in-force']
export const indicatorClauses: readonly ClauseKind[] = [...rowClauses, 'mode', 'live', 'spend']
export const groupClauses: readonly ClauseKind[] = [...rowClauses, 'mode', 'extensible']
export const blockClauses: readonly ClauseKind[] = ['max', 'min']

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
    if (before) scope.report(saidTwice(scope.text, clause.kind, before.span, clause.span))
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
  const sourced = { cites: [] as string[], auditedBy: [] as string[], unsourced: [] as string[], readings: [] as Sourced['readings'][number][] }
  for (const clause of clauses) {
    if (clause.kind === 'cites' || clause.kind === 'unsourced') sourced[clause.kind].push(clause.text.text)
    else if (clause.kind === 'audited-by') sourced.auditedBy.push(clause.text.text)
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
    reportUnknownName(scope, 'scenario', text, span, scope.declarations.scenarios.keys())
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
