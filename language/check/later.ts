// What is dated after the main date must not count against anybody: data go on growing, and who is judged by a day is judged by what was
// there on that day. A list, or a day, that can only harm says where it ends.

import type { Interval } from '../../runtime/exact/interval.ts'
import { compare, fromInteger, zero } from '../../runtime/exact/number.ts'
import { periodEnd } from '../../runtime/ir/names.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import type { Span } from '../span.ts'
import { childrenOf, type DefinitionSymbol, type FactSymbol, type RecordsType, type Typed, type TypedPolicy, type TypedRow } from '../typed.ts'
import { formOf } from '../words.ts'
import { against, followersOf, partsOfDefinition, type Root } from './roots.ts'
import type { Scope } from './scope.ts'

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
  switch (node.op) {
    case 'not':
      return [[node.operand, true]]
    case 'compare':
      return [
        [node.left, node.operator === '<' || node.operator === '<=' || (node.operator === '=' && isLeast(node.right, node.left))],
        [node.right, node.operator === '>' || node.operator === '>=' || (node.operator === '=' && isLeast(node.left, node.right))],
      ]
    case 'quotient':
      return [
        [node.dividend, false],
        [node.divisor, true],
      ]
    case 'months':
    case 'days':
      return [
        [node.from, true],
        [node.to, false],
      ]
    case 'age':
      return [
        [node.born, true],
        [node.on, false],
      ]
    case 'least':
      return [
        [node.set, true],
        [node.value, false],
        [node.empty, false],
      ]
    // A later record is never the earliest of several.
    case 'earliest':
      return [
        [node.value, false],
        [node.empty, false],
      ]
    case 'sum':
      return node.terms.map(({ negative, value }) => [value, negative])
    case 'within':
      return [...childrenOf(node)].map((part) => [part, part === node.value && (!node.low || isLeast(node.low, node.value))])
    default:
      return childrenOf(node).map((part) => [part, false])
  }
}

/** Whether one is a number below which the other never lies: 次数(甲) = 0次 asks that there are none. */
const isLeast = (one: Typed, other: Typed): boolean => one.op === 'number' && other.type.kind === 'number' && compare(one.value, other.type.low) <= 0

/** Whether a list has nothing from after a day: no date at all, or an end. */
function ends(list: Typed): boolean {
  switch (list.op) {
    case 'fact':
      return dateFieldsOf(list).length === 0
    case 'definition':
      return list.definition.cases.every(({ value }) => ends(value))
    case 'where':
      return ends(list.set) || dateFieldsOf(list.set).some((field, _, all) => leavesOutLate(list.condition, isField(field), all.length === 1))
    case 'without':
      return ends(list.set)
    default:
      return true
  }
}

/** Whether a condition leaves out the late ones, or asks for them by the one date that there is: 解除日 > 审核日. */
const leavesOutLate = (condition: Typed, isDay: IsDay, isOnly: boolean): boolean =>
  whenLate(condition, isDay) === 'never' || (isOnly && asksAhead(condition, isDay))

/** Whether the rows about a record leave out the late ones themselves, or take nothing away. */
function rulesOutLate({ when, awards, range }: TypedRow, fields: readonly string[]): boolean {
  if (compare(range.low, zero) === 0 && compare(range.high, zero) === 0) return true
  if (when && fields.some((field) => leavesOutLate(when, isField(field), fields.length === 1))) return true
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
    if (fact.notAfter !== undefined || whenLate(condition, (node) => node.op === 'fact' && node.fact === fact, negated) !== 'late') continue
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

// ---- conditions --------------------------------------------------------------------------------------------------------

type IsDay = (node: Typed) => boolean

/** What becomes of a condition when the day lies ever later: it never holds, it may hold because of that, or anyway. */
type Late = 'never' | 'late' | 'anyway'

function whenLate(node: Typed, isDay: IsDay, negated = false): Late {
  switch (node.op) {
    case 'and':
    case 'or': {
      const parts = node.operands.map((operand) => whenLate(operand, isDay, negated))
      return (node.op === 'and') === negated ? either(parts) : both(parts)
    }
    case 'not':
      return whenLate(node.operand, isDay, !negated)
    case 'definition': {
      const [only, ...more] = node.definition.cases
      return only && more.length === 0 ? whenLate(only.value, isDay, negated) : 'anyway'
    }
    case 'compare':
      return compared(node, isDay, negated)
    case 'within': {
      const { value: left, low, high } = node
      const ends = [low && ({ operator: '>=', left, right: low } as const), high && ({ operator: '<=', left, right: high } as const)]
      const parts = ends.flatMap((end) => (end ? [compared(end, isDay, negated)] : []))
      return negated ? either(parts) : both(parts)
    }
    default:
      return 'anyway'
  }
}

/** Whether a condition, as it stands, asks for days to come. */
function asksAhead(node: Typed, isDay: IsDay, negated = false): boolean {
  if (node.op === 'not') return asksAhead(node.operand, isDay, !negated)
  if (node.op === 'and' || node.op === 'or') return node.operands.some((operand) => asksAhead(operand, isDay, negated))
  if (node.op === 'within') return !negated && !node.high && isDay(node.value) && node.low !== undefined && isToCome(node.low)
  if (node.op !== 'compare') return false
  const [side, other] = isDay(node.left) ? [node.left, node.right] : [node.right, node.left]
  if (!isDay(side) || !isToCome(other)) return false
  const far = whenFar(node.operator, side === node.left ? 'rising' : 'falling')
  return (negated ? opposite(far) : far) === 'late'
}

function compared({ operator, left, right }: Pick<Of<'compare'>, 'operator' | 'left' | 'right'>, isDay: IsDay, negated: boolean): Late {
  const sides = [left, right]
  const [ofLeft, ofRight] = [trendOf(left, isDay), trendOf(right, isDay)]
  if ((ofLeft === undefined) === (ofRight === undefined) || sides.some((side) => side.op === 'field' && !isDay(side))) return 'anyway'
  const far = whenFar(operator, ofLeft ?? turned(ofRight ?? 'rising'))
  const found = negated ? opposite(far) : far
  // 到期日 > 审核日 asks for what is to come, and means it.
  return found === 'late' && sides.some(isToCome) && sides.some(isDay) ? 'anyway' : found
}

/** A reference date, or a day after one. */
const isToCome = (node: Typed): boolean => node.op === 'reference-date' || (node.op === 'shift' && node.months >= 0 && node.days >= 0 && isToCome(node.date))

const both = (parts: readonly Late[]): Late => (parts.includes('never') ? 'never' : parts.includes('late') ? 'late' : 'anyway')
const either = (parts: readonly Late[]): Late => (parts.every((part) => part === 'never') ? 'never' : parts.includes('late') ? 'late' : 'anyway')
const opposite = (late: Late): Late => (late === 'never' ? 'late' : late === 'late' ? 'never' : late)

type Trend = 'rising' | 'falling'
const turned = (trend: Trend): Trend => (trend === 'rising' ? 'falling' : 'rising')

/** A comparison with something fixed, when what is on its left rises or falls without end. */
function whenFar(operator: Of<'compare'>['operator'], trend: Trend): Late {
  const holds: Readonly<Record<typeof operator, boolean>> = {
    '=': false,
    '!=': true,
    '<': trend === 'falling',
    '<=': trend === 'falling',
    '>': trend === 'rising',
    '>=': trend === 'rising',
  }
  return holds[operator] ? 'late' : 'never'
}

/** Whether a value rises or falls as the day lies later; `undefined` where it does not follow the day, or not plainly. */
function trendOf(node: Typed, isDay: IsDay): Trend | undefined {
  if (isDay(node)) return 'rising'
  switch (node.op) {
    case 'shift':
    case 'year':
    case 'year-start':
    case 'year-end':
      return trendOf(node.date, isDay)
    case 'age':
      return between(node.born, node.on, isDay)
    case 'days':
    case 'months':
      return between(node.from, node.to, isDay)
    case 'definition': {
      const [only, ...more] = node.definition.cases
      return only && more.length === 0 ? trendOf(only.value, isDay) : undefined
    }
    default:
      return undefined
  }
}

/** The time from one day to another. */
function between(from: Typed, to: Typed, isDay: IsDay): Trend | undefined {
  const [begin, end] = [trendOf(from, isDay), trendOf(to, isDay)]
  return end === undefined ? begin && turned(begin) : begin === undefined ? end : undefined
}
