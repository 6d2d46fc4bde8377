// Where a problem stands that shows only while scoring: the fact that a calculation rests on.

import type { Expression } from '../ir/schema.ts'
import { visit } from '../ir/walk.ts'
import type { Person } from './person.ts'

/** The first fact that an expression reads, itself or by way of a definition. */
export function columnOf(person: Person, node: Expression | undefined): string | undefined {
  let found: string | undefined
  if (node)
    visit(node, (part) => {
      if (part.op === 'fact') found ??= part.fact
      if (part.op === 'definition')
        found ??= person.index.definitions
          .get(part.definition)
          ?.cases.map(({ value }) => columnOf(person, value))
          .find((column) => column !== undefined)
      return found === undefined
    })
  return found
}
