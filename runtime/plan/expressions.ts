// Expressions in a plan: the interpreter's meaning with three-valued logic and the arithmetic of bounds written out.

import type { Operation } from '../ir/operations.ts'
import type { Expression } from '../ir/schema.ts'
import type { Context, RecordAtHand } from './context.ts'
import { aggregates } from './operations/aggregates.ts'
import { conditions } from './operations/conditions.ts'
import { dates } from './operations/dates.ts'
import { filters } from './operations/filters.ts'
import { names } from './operations/names.ts'
import { numbers } from './operations/numbers.ts'
import type { Place, Planning } from './operations/operation.ts'
import type { PlanValue } from './value.ts'

const planning: Planning<Operation> = { ...names, ...numbers, ...dates, ...conditions, ...filters, ...aggregates }

export function expression(context: Context, node: Expression, record?: RecordAtHand): PlanValue {
  const one = planning[node.op] as (place: Place, node: Expression) => PlanValue
  return one({ context, record, plan: (part) => expression(context, part, record) }, node)
}
