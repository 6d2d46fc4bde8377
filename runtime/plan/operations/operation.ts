// The form in which an operation is planned: from the context and the node, with what plans its parts.

import type { Operation } from '../../ir/operations.ts'
import type { Expression } from '../../ir/schema.ts'
import type { Context, RecordAtHand } from '../context.ts'
import type { PlanValue } from '../value.ts'

export type Of<Op extends Operation> = Extract<Expression, { op: Op }>

/** Where an expression is planned: in the run alone, or for each record of a list. */
export interface Place {
  readonly context: Context
  readonly record: RecordAtHand | undefined
  /** Plans a part at the same place. */
  readonly plan: (part: Expression) => PlanValue
}

export type Planning<Op extends Operation> = { readonly [One in Op]: (place: Place, node: Of<One>) => PlanValue }
