// What the definitions of a policy came to for an applicant, in words.

import type { Both, Definition, Expression } from '../ir/schema.ts'
import { allOf, expressionsOfDefinition } from '../ir/walk.ts'
import { evaluate } from './evaluate.ts'
import type { Person } from './person.ts'
import { showField, showNumber, showRecord } from './show.ts'

export interface DefinitionTold {
  readonly name: string
  /** `undefined` when it is not known. */
  readonly value: Both | undefined
  /** Of a list. */
  readonly records: readonly Both[]
}

/** @param within the indicator in which alone they are known; without one those of the policy */
export const definitionsTold = (person: Person, within?: string): readonly DefinitionTold[] =>
  person.policy.definitions.filter((one) => one.within === within && !one.perRecord).map((one) => told(person, one))

/** Those that are worked out for the record at hand and that something of it rests on. */
export const definitionsOfRecord = (person: Person, parts: readonly Expression[]): readonly DefinitionTold[] => {
  const behind = definitionsBehind(person, parts)
  return person.policy.definitions.filter(({ id, perRecord }) => perRecord && behind.has(id)).map((one) => told(person, one))
}

function told(person: Person, { id, name, type }: Definition): DefinitionTold {
  const value = evaluate(person, { op: 'definition', definition: id })
  const { units } = person.policy
  if (value.kind !== 'unknown') {
    const fields = type.kind === 'records' ? type.fields : []
    const records = value.kind === 'records' ? value.value.map((record) => showRecord(record, fields, units)) : []
    return { name, value: showField(value, type, units), records }
  }
  if (!value.proven || type.kind !== 'number') return { name, value: undefined, records: [] }
  const { zh, en } = showNumber(value.proven, type.unit, units)
  return { name, value: { zh: `${zh}，另有待核实`, en: `${en}, more awaiting proof` }, records: [] }
}

/** The definitions that expressions name, those behind them included. */
function definitionsBehind(person: Person, parts: readonly Expression[]): ReadonlySet<string> {
  const found = new Set<string>()
  const search = (node: Expression): void => {
    for (const { definition: id } of allOf(node, 'definition')) {
      if (found.has(id)) continue
      found.add(id)
      const definition = person.index.definitions.get(id)
      if (definition) expressionsOfDefinition(definition).forEach(search)
    }
  }
  parts.forEach(search)
  return found
}
