// Conditions: comparisons, members, ranges and lists.

import { dayMeant } from '../../runtime/exact/date.ts'
import { compare, decimalPlaces } from '../../runtime/exact/number.ts'
import { holds } from '../../runtime/exact/order.ts'
import type * as Ast from '../ast.ts'
import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts'
import { writeInstead } from '../mend/broken.ts'
import type { Span } from '../span.ts'
import type { NumberType, Type, Typed } from '../typed.ts'
import { formOf } from '../words.ts'
import { convertTo, unify } from './arithmetic.ts'
import { asNumber, type Context, describe, hasSameMembers, isError, membersDiffer } from './context.ts'
import { typeNumber } from './names.ts'
import { fail, failure, type Scope } from './scope.ts'
import { conversion } from './units.ts'

const yesno = { kind: 'yesno' } as const

/** The type of a number that is written out with its unit: it tells a name that could mean two numbers which of them is meant. */
function unitOf({ scope }: Context, nodes: readonly (Ast.Expression | undefined)[]): Type | undefined {
  const literal = nodes.find((node) => node?.kind === 'number' && node.unit?.id !== undefined)
  return literal?.kind === 'number' ? typeNumber(scope, literal).type : undefined
}

/** Types both sides, letting either tell the other what its members are. */
function typeSides(context: Context, left: Ast.Expression, right: Ast.Expression): readonly [Typed, Typed] {
  const a = context.type(left, unitOf(context, [right]))
  return [a, isError(a) && right.kind === 'reference' ? failure(right.span) : context.type(right, a.type)]
}

function mismatch(context: Context, left: Typed, right: Typed): Typed {
  if (left.type.kind === right.type.kind && !hasSameMembers(left.type, right.type)) return fail(context.scope, membersDiffer(left, right))
  const day = left.type.kind === 'date' && right.type.kind === 'number' ? dayMeant(context.scope.text.slice(right.span.start, right.span.end)) : undefined
  if (day !== undefined) return fail(context.scope, writeInstead(context.scope.text, right.span, day))
  return fail(context.scope, {
    code: 'wrong-type',
    span: right.span,
    data: { expected: describe(left.type), found: describe(right.type) },
    related: [left.span],
  })
}

/** Lists are asked by 有 and 次数, and never compared as wholes. */
const noList = (context: Context, list: Typed): Typed =>
  fail(context.scope, { code: 'wrong-type', span: list.span, data: { expected: 'value', found: 'records' } })

type Comparison = Extract<Ast.Expression, { kind: 'compare' }>

export function typeComparison(context: Context, node: Comparison): Typed {
  const { scope } = context
  const [left, right] = typeSides(context, node.left, node.right)
  const { span } = node
  if (isError(left) || isError(right)) return failure(span)
  const ordered = node.operator !== '=' && node.operator !== '!='
  if (left.type.kind !== right.type.kind) return mismatch(context, left, right)
  if (left.type.kind === 'records') return noList(context, left)
  switch (left.type.kind) {
    case 'number':
      return compareNumbers(context, node, left, right)
    case 'date':
      return { op: 'compare', operator: node.operator, left, right, type: yesno, span }
    case 'levels':
    case 'choice': {
      if (right.op !== 'member' && !hasSameMembers(left.type, right.type)) return mismatch(context, left, right)
      if (ordered && left.type.kind === 'choice') return fail(scope, { code: 'not-ordered', span, data: {} })
      if (right.op !== 'member') return { op: 'compare', operator: node.operator, left, right, type: yesno, span }
      const chosen = right.index
      const members = left.type.members.map((_, i) => i).filter((i) => holds(i - chosen, node.operator))
      return { op: 'one-of', subject: left, members, type: yesno, span }
    }
    case 'choices':
      return fail(scope, { code: 'use-has', span, data: {} })
    default:
      if (ordered) return fail(scope, { code: 'not-ordered', span, data: {} })
      return { op: 'compare', operator: node.operator, left, right, type: yesno, span }
  }
}

function compareNumbers({ scope }: Context, { operator, span }: Comparison, left: Typed, right: Typed): Typed {
  const [a, b] = unify(scope, [left, right]) ?? []
  if (!a || !b) return failure(span)
  if ([a, b].some(({ type }) => (type as NumberType).places === undefined)) return fail(scope, { code: 'endless-decimal', span, data: { value: '' } })
  return { op: 'compare', operator, left: a, right: b, type: yesno, span }
}

export function typeIs(context: Context, node: Extract<Ast.Expression, { kind: 'is' }>): Typed {
  const [left, right] = typeSides(context, node.left, node.right)
  if (isError(left) || isError(right)) return failure(node.span)
  if (left.type.kind === 'choices') {
    return fail(context.scope, { code: 'use-has', span: node.span, data: {}, fixes: right.op === 'member' ? [hasFor(context.scope, node)] : [] })
  }
  if (left.type.kind === 'records') return noList(context, left)
  if (left.type.kind === 'number') return typeComparison(context, { ...node, kind: 'compare', operator: node.negated ? '!=' : '=' })
  if (left.type.kind !== right.type.kind || !hasSameMembers(left.type, right.type)) return mismatch(context, left, right)
  if (right.op === 'member' && 'members' in left.type) {
    const members = node.negated ? left.type.members.map((_, i) => i).filter((i) => i !== right.index) : [right.index]
    return { op: 'one-of', subject: left, members, type: yesno, span: node.span }
  }
  return { op: 'compare', operator: node.negated ? '!=' : '=', left, right, type: yesno, span: node.span }
}

/** 荣誉 是 劳动模范: 含 in the place of 是. */
function hasFor({ text, surface }: Scope, { left, right, negated }: Extract<Ast.Expression, { kind: 'is' }>): Fix {
  const word = formOf(negated ? 'has-not' : 'has', surface)
  const between = text.slice(left.span.end, right.span.start)
  const start = left.span.end + (between.length - between.trimStart().length)
  const span = { start, end: start + between.trim().length }
  return { title: 'replace', data: { text: word }, edits: [{ span, text: word }] }
}

export function typeIn(context: Context, node: Extract<Ast.Expression, { kind: 'in' }>): Typed {
  const ends = node.right.kind === 'range' ? [node.right.low, node.right.high] : []
  const subject = context.type(node.left, unitOf(context, ends))
  if (isError(subject)) return failure(node.span)
  const positive = typeMembership(context, subject, node.right, node.span)
  if (!node.negated || isError(positive)) return positive
  if (positive.op === 'one-of' && 'members' in subject.type) {
    return { ...positive, members: subject.type.members.map((_, i) => i).filter((i) => !positive.members.includes(i)) }
  }
  return { op: 'not', operand: positive, type: yesno, span: node.span }
}

/** Whether `subject` is the value, in the list, or within the range that `where` writes. */
export function typeMembership(context: Context, subject: Typed, where: Ast.Expression, span: Span): Typed {
  const { scope } = context
  if (where.kind === 'range') return typeWithin(context, subject, where, span)
  const dash = writtenDash(where)
  if (dash) return fail(scope, dash)
  const elements = where.kind === 'list' ? where.elements : [where]
  const typed = elements.map((element) => context.type(element, subject.type))
  if (typed.some(isError)) return failure(span)
  if (subject.type.kind === 'choices') return fail(scope, { code: 'use-has', span, data: {} })
  if (subject.type.kind === 'records') return noList(context, subject)
  if ('members' in subject.type) {
    const wrong = typed.find((element) => element.type.kind !== subject.type.kind || !hasSameMembers(subject.type, element.type))
    if (wrong) return mismatch(context, subject, wrong)
    const members = typed.flatMap((element) => (element.op === 'member' ? [element.index] : [])).sort((a, b) => a - b)
    // A value that is not written out is compared as a whole.
    const values = typed
      .filter(({ op }) => op !== 'member')
      .map((right): Typed => ({ op: 'compare', operator: '=', left: subject, right, type: yesno, span: right.span }))
    const named: Typed[] = members.length > 0 ? [{ op: 'one-of', subject, members, type: yesno, span }] : []
    const [only, ...others] = [...named, ...values]
    return only && others.length === 0 ? only : { op: 'or', operands: [...named, ...values], type: yesno, span }
  }
  const operands: Typed[] = []
  for (const element of typed) {
    if (element.type.kind !== subject.type.kind) return mismatch(context, subject, element)
    if ([subject, element].some(({ type }) => type.kind === 'number' && type.places === undefined))
      return fail(scope, { code: 'endless-decimal', span, data: { value: '' } })
    const converted = element.type.kind === 'number' ? convertTo(scope, element, asNumber(subject)?.unit, subject.span) : element
    if (!converted) return failure(span)
    operands.push({ op: 'compare', operator: '=', left: subject, right: converted, type: yesno, span: element.span })
  }
  return operands.length === 1 && operands[0] ? operands[0] : { op: 'or', operands, type: yesno, span }
}

/** 55-60 after 在 was meant as a range. */
function writtenDash(where: Ast.Expression): Diagnostic | undefined {
  if (where.kind !== 'sum' || where.terms.length !== 2) return undefined
  const [low, high] = where.terms
  if (low?.value.kind !== 'number' || high?.value.kind !== 'number' || high.sign !== '-') return undefined
  const span = { start: low.value.span.end, end: high.value.span.start }
  return { code: 'range-dash', span, data: { written: '-' }, fixes: [{ title: 'replace', data: { text: '..' }, edits: [{ span, text: '..' }] }] }
}

function typeWithin(context: Context, subject: Typed, range: Ast.RangeNode, span: Span): Typed {
  const { scope } = context
  if (subject.type.kind === 'levels') {
    const levels = subject.type
    const ends = [range.low, range.high].map((end) => (end ? context.type(end, levels) : undefined))
    if (ends.some((end) => end && isError(end))) return failure(span)
    const wrong = ends.find((end) => end && end.op !== 'member')
    if (wrong) return mismatch(context, subject, wrong)
    const [low, high] = ends.map((end) => (end?.op === 'member' ? end.index : undefined))
    const members = levels.members
      .map((_, i) => i)
      .filter((i) => (low === undefined || (range.lowOpen ? i > low : i >= low)) && (high === undefined || (range.highOpen ? i < high : i <= high)))
    if (members.length === 0) return fail(scope, { code: 'empty-range', span: range.span, data: {} })
    return { op: 'one-of', subject, members, type: yesno, span }
  }
  if (subject.type.kind !== 'number' && subject.type.kind !== 'date') return fail(scope, { code: 'not-ordered', span, data: {} })
  const value = inFinestUnit(context, subject, range)
  const bounds = typeRange(context, range, value.type)
  if (!bounds) return failure(span)
  const { low, high } = bounds
  if ([value, low, high].some((part) => part?.type.kind === 'number' && part.type.places === undefined)) {
    return fail(scope, { code: 'endless-decimal', span, data: { value: '' } })
  }
  return { op: 'within', value, low, high, lowOpen: range.lowOpen, highOpen: range.highOpen, type: yesno, span }
}

/** 在 1..24个月 of a quantity in years compares months: the quantity is brought to the finer unit. */
function inFinestUnit(context: Context, subject: Typed, range: Ast.RangeNode): Typed {
  const own = asNumber(subject)?.unit
  const finer = [range.low, range.high]
    .map((end) => (end?.kind === 'number' ? end.unit?.id : undefined))
    .find((unit) => {
      const factor = unit !== undefined && own !== undefined ? conversion(context.scope.units, unit, own) : undefined
      return factor !== undefined && decimalPlaces(factor) === undefined
    })
  return finer === undefined ? subject : (convertTo(context.scope, subject, finer, range.span) ?? subject)
}

interface Ends {
  readonly low: Typed | undefined
  readonly high: Typed | undefined
}

/** The two ends of a written range, in the unit of `type`; `undefined` after a report. */
export function typeRange(context: Context, range: Ast.RangeNode, type: Type): Ends | undefined {
  const { scope } = context
  const [low, high] = [range.low, range.high].map((end) => (end ? context.type(end, type) : undefined))
  const shared = high && asNumber(high)?.unit
  const ends: Ends = { low: low && typeEnd(scope, low, range, type, shared), high: high && typeEnd(scope, high, range, type, shared) }
  if ((low && !ends.low) || (high && !ends.high)) return undefined
  if (isEmptyRange(range, ends)) {
    scope.report({ code: 'empty-range', span: range.span, data: {} })
    return undefined
  }
  return ends
}

/** One end, in the unit of `type`. 55..60岁 means 55岁: a bare end takes the `shared` unit before it takes the subject's. */
function typeEnd(scope: Scope, end: Typed, range: Ast.RangeNode, type: Type, shared: NumberType['unit']): Typed | undefined {
  if (isError(end)) return undefined
  if (end.type.kind !== type.kind) {
    scope.report({ code: 'wrong-type', span: end.span, data: { expected: describe(type), found: describe(end.type) } })
    return undefined
  }
  const number = asNumber(end)
  if (!number) return end
  const own = number.bare && shared && number.unit === undefined ? { ...end, type: { ...number, unit: shared, bare: false } } : end
  return convertTo(scope, own, type.kind === 'number' ? type.unit : undefined, range.span)
}

function isEmptyRange({ lowOpen, highOpen }: Ast.RangeNode, { low, high }: Ends): boolean {
  if (!low && !high) return true
  if (low?.op === 'date' && high?.op === 'date') return low.value > high.value
  if (low?.op !== 'number' || high?.op !== 'number') return false
  const order = compare(low.value, high.value)
  return order > 0 || (order === 0 && (lowOpen || highOpen))
}

export function typeHas(context: Context, node: Extract<Ast.Expression, { kind: 'has' }>): Typed {
  const subject = context.type(node.left)
  if (isError(subject)) return failure(node.span)
  if (subject.type.kind !== 'choices') return fail(context.scope, { code: 'use-is', span: node.span, data: { found: describe(subject.type) } })
  const member = context.type(node.right, subject.type)
  if (member.op !== 'member') return isError(member) ? failure(node.span) : mismatch(context, subject, member)
  const has: Typed = { op: 'has', subject, member: member.index, type: yesno, span: node.span }
  return node.negated ? { op: 'not', operand: has, type: yesno, span: node.span } : has
}
