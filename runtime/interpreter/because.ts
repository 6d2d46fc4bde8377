// Why a condition holds or does not: the parts of it that decide, with the values that stand behind each.

import type { Definition, Expression, FactType } from '../ir/schema.ts'
import { allOf, visit } from '../ir/walk.ts'
import type { Reason } from '../outcome.ts'
import { evaluate } from './evaluate.ts'
import type { Person } from './person.ts'
import { fieldsOf, showField, showRecord } from './show.ts'

/** So many records are named; a list of more says how many there are. */
const mostRecords = 5

/** The least parts that make a condition what it is. @param wanted whether it holds */
export function because(person: Person, node: Expression, wanted: boolean): readonly Reason[] {
  switch (node.op) {
    case 'and':
    case 'or': {
      const isDecisive = (operand: Expression) => truthOf(person, operand) === wanted
      const parts = node.operands.filter(isDecisive)
      return parts.flatMap((operand) => because(person, operand, wanted))
    }
    case 'not':
      // 非 of one thing is said as it is written.
      return node.operand.op === 'and' || node.operand.op === 'or' ? because(person, node.operand, !wanted) : partOf(person, node, wanted)
    default:
      return partOf(person, node, wanted)
  }
}

function partOf(person: Person, node: Expression, wanted: boolean): readonly Reason[] {
  const asked = node.op === 'not' ? node.operand : node
  const found = node.op === 'not' ? !wanted : wanted
  return [{ part: node.label ?? '', holds: wanted, values: valuesIn(person, node), records: found ? recordsIn(person, asked) : [] }, ...behind(person, node)]
}

function truthOf(person: Person, node: Expression): boolean | undefined {
  const value = evaluate(person, node)
  return value.kind === 'yesno' ? value.value : undefined
}

/** The facts and definitions that a part names itself, with what they are. */
function valuesIn(person: Person, node: Expression): Reason['values'] {
  const named = new Map<string, string>()
  visit(node, (part) => {
    if (part.op === 'any') return false
    const about = aboutNamed(person, part)
    if (!about) return true
    const value = evaluate(person, part)
    if (value.kind !== 'unknown' && value.kind !== 'records') named.set(about.name, `${showField(value, about.type)}${unitOf(person, about.type)}`)
    return false
  })
  return [...named].map(([name, value]) => ({ name, value }))
}

/** Of what is called by a name. */
function aboutNamed({ index }: Person, node: Expression): { readonly name: string; readonly type: FactType | undefined } | undefined {
  switch (node.op) {
    case 'fact': {
      const fact = index.facts.get(node.fact)
      return { name: fact?.name ?? node.fact, type: fact?.type }
    }
    case 'definition': {
      const definition = index.definitions.get(node.definition)
      return { name: definition?.name ?? '', type: definition?.type }
    }
    case 'total':
      return { name: index.totals.get(node.total)?.name ?? '', type: undefined }
    case 'item':
      return { name: index.items.get(node.item)?.name ?? '', type: undefined }
    case 'reference-date':
      return { name: node.name, type: undefined }
    default:
      return undefined
  }
}

const unitOf = ({ policy }: Person, type: FactType | undefined): string =>
  type?.kind === 'number' && type.unit !== undefined ? (policy.units[type.unit]?.zh ?? '') : ''

/** The records for which `有` holds. */
function recordsIn(person: Person, node: Expression): readonly string[] {
  if (node.op !== 'any') return []
  const list = evaluate(person, node.set)
  if (list.kind !== 'records') return []
  const shown = list.value.slice(0, mostRecords).map((record) => showRecord(record, fieldsOf(person, node.set)))
  return list.value.length > mostRecords ? [...shown, '…'] : shown
}

/** Of a definition by cases, the case that gave its value. */
function behind(person: Person, node: Expression): readonly Reason[] {
  if (node.op === 'any') return []
  return allOf(node, 'definition').flatMap(({ definition: id }) => {
    const definition = person.index.definitions.get(id)
    return definition && !definition.perRecord ? deciding(person, definition) : []
  })
}

function deciding(person: Person, { cases, type }: Definition): readonly Reason[] {
  const [only] = cases
  if (cases.length === 1 && only && type.kind === 'yesno') {
    const truth = truthOf(person, only.value)
    return truth === undefined ? [] : because(person, only.value, truth)
  }
  const taken = cases.find(({ when }) => when !== undefined && truthOf(person, when) === true)
  return taken?.when ? because(person, taken.when, true) : []
}
