// Why a condition holds or does not: the parts of it that decide, with the values that stand behind each.

import type { Definition, Expression, FactType } from '../ir/schema.ts'
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
  return [{ part: node.id, holds: wanted, values: valuesIn(person, node), records: found ? recordsIn(person, asked) : [] }, ...behind(person, node)]
}

function truthOf(person: Person, node: Expression): boolean | undefined {
  const value = evaluate(person, node)
  return value.kind === 'yesno' ? value.value : undefined
}

/** The facts and definitions that a part names itself, with what they are. */
function valuesIn(person: Person, node: Expression): Reason['values'] {
  const named = new Map<string, string>()
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    if ('op' in part && part.op === 'any') return
    if ('op' in part && (part.op === 'fact' || part.op === 'definition' || part.op === 'total' || part.op === 'item' || part.op === 'reference-date')) {
      const expression = part as Expression
      const value = evaluate(person, expression)
      const { name, type } = aboutNamed(person, expression)
      if (value.kind !== 'unknown' && value.kind !== 'records') named.set(name, `${showField(value, type)}${unitOf(person, type)}`)
      return
    }
    Object.values(part).forEach(visit)
  }
  visit(node)
  return [...named].map(([name, value]) => ({ name, value }))
}

function aboutNamed({ policy, index }: Person, node: Expression): { readonly name: string; readonly type: FactType | undefined } {
  switch (node.op) {
    case 'fact': {
      const fact = policy.facts.find(({ id }) => id === node.fact)
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
      return { name: '', type: undefined }
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
  const found: Reason[] = []
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    if ('op' in part && part.op === 'definition' && 'definition' in part) {
      const definition = person.index.definitions.get(String(part.definition))
      if (definition && !definition.perRecord) found.push(...deciding(person, definition))
      return
    }
    Object.values(part).forEach(visit)
  }
  if (node.op !== 'any') visit(node)
  return found
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
