// What typing an expression carries along, and small questions about what came out.

import type * as Ast from '../ast.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { DefinitionSymbol, FieldSymbol, NumberType, Type, Typed } from '../typed.ts'
import { fail, type Scope } from './scope.ts'

/** Which names an expression may use: values (rows, definitions), items first (totals), or either (states, ranking). */
export type Names = 'values' | 'items' | 'either'

/** Where in the policy an expression stands: names that are known only there. */
export interface Inside {
  /** The fields of the record at hand. */
  readonly fields: readonly FieldSymbol[] | undefined
  /** Definitions of the item, block or list around it. */
  readonly locals: ReadonlyMap<string, DefinitionSymbol>
  /** In 排序 of a scenario with 同户: 另一方 may be asked about. */
  readonly partner: boolean
}

export const outermost: Inside = { fields: undefined, locals: new Map(), partner: false }

export interface Context {
  readonly scope: Scope
  readonly names: Names
  readonly inside: Inside
  /** Types a part of the expression; `expected` helps to read members and bare literals and is not enforced. */
  readonly type: (node: Ast.Expression, expected?: Type) => Typed
  /** The same policy at another place. */
  readonly among: (names: Names, inside: Inside) => Context
}

export const isError = (node: Typed): boolean => node.type.kind === 'error'
export const asNumber = (node: Typed): NumberType | undefined => (node.type.kind === 'number' ? node.type : undefined)
export const isChoice = ({ kind }: Type): boolean => kind === 'choice' || kind === 'levels' || kind === 'choices'

const membersOf = (type: Type): readonly string[] => ('members' in type ? type.members : [])

/** Values of two choices are compared by their members only where these are the same, in the same order: each is known by its place. */
export const hasSameMembers = (a: Type, b: Type): boolean => JSON.stringify(membersOf(a)) === JSON.stringify(membersOf(b))

/** What stands in one and not in the other, or that only the order differs. */
export function membersDiffer(left: Typed, right: Typed): Diagnostic {
  const [a, b] = [membersOf(left.type), membersOf(right.type)]
  const only = (some: readonly string[], others: readonly string[]): string => some.filter((name) => !others.includes(name)).join('、')
  return { code: 'members-differ', span: right.span, data: { here: only(b, a), there: only(a, b) }, related: [left.span] }
}

/** A word for a kind of type, looked up in the catalogue's terms. */
export const describe = (type: Type): string => type.kind

export function requireNumber(context: Context, typed: Typed): Typed {
  if (isError(typed) || typed.type.kind === 'number') return typed
  return fail(context.scope, { code: 'wrong-type', span: typed.span, data: { expected: 'number', found: describe(typed.type) } })
}
