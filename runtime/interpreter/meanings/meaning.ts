// The form in which the meaning of an operation is given: from the person and the node, with what works out its parts.

import type { Operation } from '../../ir/operations.ts'
import type { Expression } from '../../ir/schema.ts'
import type { Person } from '../person.ts'
import type { Value } from '../value.ts'

export type Of<Op extends Operation> = Extract<Expression, { op: Op }>
export type Evaluate = (person: Person, node: Expression) => Value
export type Meanings<Op extends Operation> = { readonly [One in Op]: (person: Person, node: Of<One>, of: Evaluate) => Value }
