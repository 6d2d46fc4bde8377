// 学历 是 大专 或 本科及以上: a member beside a comparison, which is none by itself.

import type * as Ast from '../ast.ts'
import type { Fix } from '../diagnostics/diagnostic.ts'
import type { Typed } from '../typed.ts'
import { byForm } from '../words.ts'
import { type Context, isError } from './context.ts'
import { fail } from './scope.ts'

type Joined = Extract<Ast.Expression, { kind: 'and' | 'or' }>
type Comparison = Extract<Ast.Expression, { kind: 'is' | 'in' | 'has' | 'compare' }>

const isComparison = (node: Ast.Expression | undefined): node is Comparison =>
  node?.kind === 'is' || node?.kind === 'in' || node?.kind === 'has' || node?.kind === 'compare'

/** The comparison that an operand goes on with: the nearest before it. */
const comparisonBefore = ({ operands }: Joined, i: number): Comparison | undefined => operands.slice(0, i).findLast(isComparison)

/** A report where the operand is a member of what was compared before it, and no name of its own. */
export function memberAlone(context: Context, node: Joined, i: number): Typed | undefined {
  const { scope } = context
  const operand = node.operands[i]
  const written =
    operand?.kind === 'text' ? operand.text : operand?.kind === 'reference' && operand.path.names.length === 1 ? operand.path.names[0]?.text : undefined
  // What is declared is no member: for a condition of many parts that is asked of each of them.
  if (operand === undefined || written === undefined || scope.declarations.values.has(written)) return undefined
  const before = comparisonBefore(node, i)
  if (before === undefined) return undefined
  const subject = context.type(before.left)
  if (isError(subject) || !('members' in subject.type) || !subject.type.members.includes(written)) return undefined
  const fix = fixFor(context, node, before, i)
  const [{ text = '' } = {}] = fix.edits
  return fail(scope, { code: 'member-alone', span: operand.span, data: { member: written, instead: text.trim() }, fixes: [fix] })
}

/** Alternatives of one 是 are a list; otherwise the comparison is said again. */
function fixFor({ scope }: Context, node: Joined, before: Comparison, i: number): Fix {
  const { text, surface } = scope
  const operand = node.operands[i]!
  const of = ({ span }: Ast.Expression) => text.slice(span.start, span.end)
  const run = node.operands.slice(node.operands.indexOf(before), i + 1)
  if (node.kind === 'or' && before.kind === 'is' && !before.negated && run.length === 2) {
    const inWord = byForm.keyword.id.get('in')?.[surface] ?? ''
    const instead = `${of(before.left)} ${inWord} [${of(before.right)}${surface === 'zh' ? '、' : ', '}${of(operand)}]`
    return { title: 'replace', data: { text: instead }, edits: [{ span: { start: before.span.start, end: operand.span.end }, text: instead }] }
  }
  const instead = `${text.slice(before.span.start, before.right.span.start)}${of(operand)}`
  return { title: 'replace', data: { text: instead }, edits: [{ span: operand.span, text: instead }] }
}
