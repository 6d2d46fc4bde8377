// The meaning of expressions. A value is known when everything it is made of is known; otherwise its bounds follow by interval
// arithmetic.

import type { Operation } from '../ir/operations.ts'
import type { Expression } from '../ir/schema.ts'
import { conditions } from './meanings/conditions.ts'
import { dates } from './meanings/dates.ts'
import { aggregates, filters } from './meanings/lists.ts'
import type { Evaluate, Meanings } from './meanings/meaning.ts'
import { names } from './meanings/names.ts'
import { numbers } from './meanings/numbers.ts'
import type { Person } from './person.ts'
import type { Value } from './value.ts'

const meanings: Meanings<Operation> = { ...names, ...numbers, ...dates, ...conditions, ...filters, ...aggregates }

export function evaluate(person: Person, node: Expression): Value {
  const meaning = meanings[node.op] as (person: Person, node: Expression, of: Evaluate) => Value
  return meaning(person, node, evaluate)
}
