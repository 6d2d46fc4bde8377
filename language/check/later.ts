// What is dated after the main date must not count against anybody: data go on growing, and who is judged by a day is judged by what was
// there on that day. A list, or a day, that can only harm says where it ends.

import type { Interval } from '../../runtime/exact/interval.ts'
import { compare, fromInteger, zero } from '../../runtime/exact/number.ts'
import { periodEnd } from '../../runtime/ir/names.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import type { Span } from '../span.ts'
import { childrenOf, type DefinitionSymbol, type FactSymbol, type RecordsType, type Typed, type TypedPolicy, type TypedRow } from '../typed.ts'
import { formOf } from '../words.ts'
import { FarDay, type IsDay } from './far-days.ts'
import { against, followersOf, type Root } from './roots.ts'
import type { Scope } from './scope.ts'
import { partsOfDefinition } from './through.ts'

type Of<Op extends Typed['op']> = Extract<Typed, { op: Op }>

/** @param roots all of the policy's */
export function checkLater(scope: Scope, { referenceDates, states, scenarios }: TypedPolicy, roots: readonly Root[]) {
  const [main] = referenceDates
  if (!main) return
  // A bar that runs from each record does not begin before its day.
  const ended = new Set([...states, ...scenarios.flatMap((scenario) => scenario.states)].map(({ each }) => each?.list))
  for (const { node, harms, more, source, body } of roots) {
    if (!harms || more === 'unclear' || source !== 0 || ended.has(node)) continue
    if (!body || !rulesOutLate(body, dateFieldsOf(node))) lookAtLists(scope, main.name, node, more === 'worse')
    if (node.type.kind === 'yesno') lookAtDays(scope, main.name, node, more === 'better')
  }
}

// ---- lists -------------------------------------------------------------------------------------------------------------

/** Every list of which a record more could harm: what is asked of its records may ask for others. */
function lookAtLists(scope: Scope, day: string, root: Typed, isMoreWorse: boolean) {
  const seen = new Map<boolean, Set<unknown>>([
    [true, new Set()],
    [false, new Set()],
  ])
  /** @param isWorse whether more of it is worse for the applicant @param at where it is written, when that is another policy's text */
  const visit = (node: Typed, isWorse: boolean, at: Span | undefined): void => {
    const known = node.op === 'definition' ? node.definition : node
    if (seen.get(isWorse)?.has(known)) return
    seen.get(isWorse)?.add(known)
    if (node.type.kind === 'records') {
      if (isWorse && !ends(node)) reportList(scope, day, node, at)
      visitConditions(node, isWorse, at)
    } else if (node.op === 'definition') {
      const inside = at ?? (node.definition.source === 0 ? undefined : node.span)
      for (const [part, turns] of partsOfCases(node.definition)) visit(part, isWorse !== turns, inside)
    } else for (const [part, turns] of withTurns(node)) visit(part, isWorse !== turns, at)
  }
  const visitConditions = (list: Typed, isWorse: boolean, at: Span | undefined): void => {
    if (list.op === 'where') visit(list.condition, isWorse, at)
    if ('set' in list && list.set.type.kind === 'records') visitConditions(list.set, isWorse, at)
  }
  visit(root, isMoreWorse, undefined)
}

/** The parts of a definition, and whether more of one makes for less of it; without the conditions of which that is not plain. */
function partsOfCases({ cases }: DefinitionSymbol): readonly (readonly [Typed, boolean])[] {
  const sizes = cases.map(({ value }) => sizeOf(value))
  const behind = followersOf(sizes)
  return cases.flatMap(({ when, value }, i) => {
    const effect = against(sizes[i], behind[i])
    return [...(when && effect !== 'unclear' ? [[when, effect === 'better'] as const] : []), [value, false] as const]
  })
}

const sizeOf = (node: Typed): Interval | undefined => (node.type.kind === 'number' ? node.type : node.op === 'yesno' ? only(node.value ? 1 : 0) : undefined)
const only = (value: number): Interval => ({ low: fromInteger(value), high: fromInteger(value) })

/** The parts of an expression, and whether more of one makes for less of it: 非 有(甲), 次数(甲) <= 3次. */
function withTurns(node: Typed): readonly (readonly [Typed, boolean])[] {
  const parts = (turning: readonly Typed[], plain: readonly Typed[]) => [
    ...turning.map((part) => [part, true] as const),
    ...plain.map((part) => [part, false] as const),
  ]
  switch (node.op) {
    case 'not':
      return parts([node.operand], [])
    case 'compare':
      return [
        [node.left, node.operator === '<' || node.operator === '<=' || (node.operator === '=' && isLeast(node.right, node.left))],
        [node.right, node.operator === '>' || node.operator === '>=' || (node.operator === '=' && isLeast(node.left, node.right))],
      ]
    case 'quotient':
      return parts([node.divisor], [node.dividend])
    case 'months':
    case 'days':
      return parts([node.from], [node.to])
    case 'age':
      return parts([node.born], [node.on])
    case 'least':
      return parts([node.set], [node.value, node.empty])
    // A later record is never the earliest of several.
    case 'earliest':
      return parts([], [node.value, node.empty])
    case 'sum':
      return node.terms.map(({ negative, value }) => [value, negative])
    case 'within':
      return childrenOf(node).map((part) => [part, part === node.value && (!node.low || isLeast(node.low, node.value))])
    default:
      return parts([], childrenOf(node))
  }
}

/** Whether one is a number below which the other never lies: 次数(甲) = 0次 asks that there are none. */
const isLeast = (one: Typed, other: Typed): boolean => one.op === 'number' && other.type.kind === 'number' && compare(one.value, other.type.low) <= 0

const endsAsDefined = new WeakMap<DefinitionSymbol, boolean>()

/** Whether a list has nothing from after a day: no date at all, or an end. */
function ends(list: Typed): boolean {
  switch (list.op) {
    case 'fact':
      return dateFieldsOf(list).length === 0
    case 'definition':
      // Asked once: a definition that builds on another twice, and so on, would never end.
      if (!endsAsDefined.has(list.definition))
        endsAsDefined.set(
          list.definition,
          list.definition.cases.every(({ value }) => ends(value)),
        )
      return endsAsDefined.get(list.definition) === true
    case 'where':
      return ends(list.set) || dateFieldsOf(list.set).some((field, _, all) => new FarDay(isField(field)).isLeftOutBy(list.condition, all.length === 1))
    case 'without':
      return ends(list.set)
    default:
      return true
  }
}

/** Whether the rows about a record leave out the late ones themselves, or take nothing away. */
function rulesOutLate({ when, awards, range }: TypedRow, fields: readonly string[]): boolean {
  if (compare(range.low, zero) === 0 && compare(range.high, zero) === 0) return true
  if (when && fields.some((field) => new FarDay(isField(field)).isLeftOutBy(when, fields.length === 1))) return true
  return awards.every((award) => award.kind === 'block' && award.rows.every((row) => rulesOutLate(row, fields)))
}

const dateFieldsOf = ({ type }: Typed): readonly string[] =>
  type.kind === 'records' ? type.fields.filter((field) => field.type.kind === 'date').map(({ name }) => name) : []

const isField =
  (name: string): IsDay =>
  (node) =>
    node.op === 'field' && node.field.name === name

function reportList(scope: Scope, day: string, list: Typed, outer: Span | undefined) {
  const source = sourceOf(list)
  const span = outer ?? source.span
  const fields = dateFieldsOf(source)
  const [field = ''] = fields
  const name = source.op === 'fact' ? source.fact.name : source.op === 'definition' ? source.definition.name : ''
  // Cut off at a day, no period ends after it.
  const canEnd = (source.type as RecordsType).periods ? !asksForEnd(list) : fields.length === 1
  const upTo = ` ${formOf('up-to', scope.surface)} ${day}`
  const fix: Fix = { title: 'insert', data: { text: upTo.trim() }, edits: [{ span: { start: span.end, end: span.end }, text: upTo }] }
  scope.report({ code: 'later-records-count', span, data: { name, day, field: canEnd ? '' : field }, fixes: canEnd && !outer ? [fix] : [] })
}

const asksForEnd = (list: Typed): boolean => (list.op === 'where' && mentions(list.condition, isField(periodEnd))) || ('set' in list && asksForEnd(list.set))
const mentions = (node: Typed, isDay: IsDay): boolean => isDay(node) || childrenOf(node).some((part) => mentions(part, isDay))

/** What a list is made of: a fact, or a definition of its own. */
const sourceOf = (list: Typed): Of<'fact' | 'definition'> | Typed => ('set' in list ? sourceOf(list.set) : list)

// ---- single days -------------------------------------------------------------------------------------------------------

/** Days of the applicant that lie in no range up to a reference date. */
function lookAtDays(scope: Scope, day: string, condition: Typed, negated: boolean) {
  const facts = new Map<FactSymbol, Span | undefined>()
  const seen = new Set<unknown>()
  const visit = (node: Typed, outer: Span | undefined): void => {
    if (node.type.kind === 'records') return
    if (node.op === 'fact' && node.type.kind === 'date' && !facts.has(node.fact)) facts.set(node.fact, outer ?? node.span)
    if (node.op === 'definition' && !seen.has(node.definition)) {
      seen.add(node.definition)
      const inside = outer ?? (node.definition.source === 0 ? undefined : node.span)
      for (const part of partsOfDefinition(node.definition)) visit(part, inside)
    }
    for (const child of childrenOf(node)) visit(child, outer)
  }
  visit(condition, undefined)
  for (const [fact, span] of facts) {
    if (fact.notAfter !== undefined || new FarDay((node) => node.op === 'fact' && node.fact === fact).when(condition, negated) !== 'late') continue
    scope.report({
      code: 'later-day-counts',
      span: span ?? condition.span,
      data: { name: fact.name, day },
      fixes: fact.ranged ? [] : rangeFix(scope, day, fact),
    })
  }
}

function rangeFix({ surface }: Scope, day: string, { node, source }: FactSymbol): readonly Fix[] {
  if (source !== 0 || !node.type) return []
  const text = `${formOf('range', surface)} ..${day}`
  const at = node.type.span.end
  return [{ title: 'insert', data: { text }, edits: [{ span: { start: at, end: at }, text: ` ${text}` }] }]
}
