// 学历 是 大专 或 本科及以上: a member beside a comparison, which is none by itself.

import type * as Ast from '../ast.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import type { Typed } from '../typed.ts'
import { formOf } from '../words.ts'
import { typeCondition } from './asked.ts'
import { type Context, isError } from './context.ts'
import { fail } from './scope.ts'

type Joined = Extract<Ast.Expression, { kind: 'and' | 'or' }>
type Comparison = Extract<Ast.Expression, { kind: 'is' | 'in' | 'has' | 'compare' }>

const isComparison = (node: Ast.Expression): node is Comparison => node.kind === 'is' || node.kind === 'in' || node.kind === 'has' || node.kind === 'compare'

/** The comparison that an operand goes on with: the nearest before it. */
interface Before {
  readonly comparison: Comparison
  /** Whether no other operand stands between. */
  readonly isNext: boolean
}

/** Operands of 且 and 或, with a report where one is a member of what was compared before it. */
export function typeOperands(context: Context, node: Joined): readonly Typed[] {
  let before: Before | undefined
  return node.operands.map((operand) => {
    const typed = (before && memberAlone(context, node.kind, before, operand)) ?? typeCondition(context, operand)
    before = isComparison(operand) ? { comparison: operand, isNext: true } : before && { ...before, isNext: false }
    return typed
  })
}

/** A report where the operand is a member, and no name of its own. */
function memberAlone(context: Context, kind: Joined['kind'], before: Before, operand: Ast.Expression): Typed | undefined {
  const { scope } = context
  const written =
    operand.kind === 'text' ? operand.text : operand.kind === 'reference' && operand.path.names.length === 1 ? operand.path.names[0]?.text : undefined
  // What is declared is no member: for a condition of many parts that is asked of each of them.
  if (written === undefined || scope.declarations.values.has(written)) return undefined
  const subject = context.type(before.comparison.left)
  if (isError(subject) || !('members' in subject.type) || !subject.type.members.includes(written)) return undefined
  const fix = fixFor(context, kind, before, operand)
  const [{ text = '' } = {}] = fix?.edits ?? []
  return fail(scope, { code: 'member-alone', span: operand.span, data: { member: written, instead: text.trim() }, fixes: fix ? [fix] : [] })
}

/** Alternatives of one 是 or 不是 are a list; otherwise the comparison is said again, where that can be what was meant. */
function fixFor({ scope }: Context, kind: Joined['kind'], { comparison, isNext }: Before, operand: Ast.Expression): Fix | undefined {
  const { text, surface } = scope
  const of = ({ span }: Ast.Expression) => text.slice(span.start, span.end)
  const { left, right } = comparison
  if (kind === 'or' && comparison.kind === 'is' && isNext) {
    const listed = `[${of(right)}${surface === 'zh' ? '、' : ', '}${of(operand)}]`
    const instead = `${of(left)} ${formOf(comparison.negated ? 'not-in' : 'in', surface)} ${listed}`
    return { title: 'replace', data: { text: instead }, edits: [{ span: { start: comparison.span.start, end: operand.span.end }, text: instead }] }
  }
  if (!isSaidAgain(kind, comparison)) return undefined
  const instead = `${text.slice(comparison.span.start, right.span.start)}${of(operand)}`
  return { title: 'replace', data: { text: instead }, edits: [{ span: operand.span, text: instead }] }
}

/** 不是 甲 或 不是 乙 holds for everybody, >= 甲 或 乙 may want 乙 alone, and a list has one member more: none of these is sure. */
function isSaidAgain(kind: Joined['kind'], comparison: Comparison): boolean {
  if (comparison.kind === 'is' || comparison.kind === 'has') return kind === 'and' || !comparison.negated
  return comparison.kind === 'compare' && comparison.operator === '='
}
