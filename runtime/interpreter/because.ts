// Why a condition holds or does not: the parts of it that decide, with the values that stand behind each.

import type { Both, Definition, Expression, FactType } from '../ir/schema.ts'
import { allOf, visit } from '../ir/walk.ts'
import type { NamedValue, Reason } from '../outcome.ts'
import { evaluate } from './evaluate.ts'
import type { Person } from './person.ts'
import { fieldsOf, showField, showRecord } from './show.ts'

/** So many records are named; a list of more says how many there are. */
const mostRecords = 5

/** The least parts that make a condition what it is. @param wanted whether it holds @param told definitions that are explained already */
export function because(person: Person, node: Expression, wanted: boolean, told = new Set<string>()): readonly Reason[] {
  switch (node.op) {
    case 'and':
    case 'or': {
      const isDecisive = (operand: Expression) => truthOf(person, operand) === wanted
      const parts = node.operands.filter(isDecisive)
      // One of several that is enough is worth a word; all that are needed stand in the rule.
      const isChosen = (node.op === 'or') === wanted
      return parts.flatMap((operand) => because(person, operand, wanted, told)).map((reason) => (isChosen ? { ...reason, chosen: true } : reason))
    }
    case 'not':
      // 非 of one thing is said as it is written.
      return node.operand.op === 'and' || node.operand.op === 'or' ? because(person, node.operand, !wanted, told) : partOf(person, node, wanted, told)
    default:
      return partOf(person, node, wanted, told)
  }
}

function partOf(person: Person, node: Expression, wanted: boolean, told: Set<string>): readonly Reason[] {
  const asked = node.op === 'not' ? node.operand : node
  const found = node.op === 'not' ? !wanted : wanted
  return [
    { part: node.label ?? '', within: undefined, holds: wanted, chosen: false, values: valuesIn(person, node), records: found ? recordsIn(person, asked) : [] },
    ...behind(person, node, told),
  ]
}

function truthOf(person: Person, node: Expression): boolean | undefined {
  const value = evaluate(person, node)
  return value.kind === 'yesno' ? value.value : undefined
}

/** The facts and definitions that a part names itself, with what they are; and what it compares where that has no name. */
export function valuesIn(person: Person, node: Expression): Reason['values'] {
  const named = new Map<string, NamedValue>()
  visit(node, (part) => {
    // What is asked of a list is told by its records.
    if ('set' in part) return false
    const about = aboutNamed(person, part)
    if (!about) return true
    const value = evaluate(person, part)
    if (value.kind !== 'unknown' && value.kind !== 'records')
      named.set(about.name, { name: about.name, kind: value.kind, value: showField(value, about.type, person.policy.units) })
    return false
  })
  return [...named.values(), ...compared(person, node)]
}

/** The left side of a comparison that is worked out there, as a sum or an age. */
function compared(person: Person, node: Expression): readonly NamedValue[] {
  const subject = node.op === 'compare' ? node.left : node.op === 'within' ? node.value : undefined
  if (!subject || aboutNamed(person, subject)) return []
  const value = evaluate(person, subject)
  return value.kind === 'number' || value.kind === 'date' ? [{ name: '', kind: value.kind, value: showField(value, undefined, person.policy.units) }] : []
}

const pointsType: FactType = { kind: 'number', places: 0, low: '0', high: '0', unit: 'points' }

/** Of what is called by a name. */
function aboutNamed({ index, record }: Person, node: Expression): { readonly name: string; readonly type: FactType | undefined } | undefined {
  switch (node.op) {
    case 'fact': {
      const fact = index.facts.get(node.fact)
      return { name: fact?.name ?? node.fact, type: fact?.type }
    }
    case 'definition': {
      const definition = index.definitions.get(node.definition)
      return { name: definition?.name ?? '', type: definition?.type }
    }
    case 'parameter': {
      const parameter = index.parameters.get(node.parameter)
      const type = parameter && ({ kind: 'number', places: parameter.places, low: parameter.low, high: parameter.high, unit: parameter.unit } as const)
      return { name: parameter?.name ?? node.parameter, type }
    }
    case 'total':
      return { name: index.totals.get(node.total)?.name ?? '', type: pointsType }
    case 'item':
      return { name: index.items.get(node.item)?.name ?? '', type: pointsType }
    case 'field':
      return { name: node.field, type: record?.types.find(({ name }) => name === node.field)?.type }
    case 'reference-date':
      return { name: node.name, type: undefined }
    default:
      return undefined
  }
}

/** The records for which `有` holds. */
function recordsIn(person: Person, node: Expression): readonly Both[] {
  if (node.op !== 'any') return []
  const list = evaluate(person, node.set)
  if (list.kind !== 'records') return []
  const shown = list.value.slice(0, mostRecords).map((record) => showRecord(record, fieldsOf(person, node.set), person.policy.units))
  return list.value.length > mostRecords ? [...shown, { zh: '…', en: '…' }] : shown
}

/** Of a definition by cases, the case that gave its value. */
function behind(person: Person, node: Expression, told: Set<string>): readonly Reason[] {
  if (node.op === 'any') return []
  return allOf(node, 'definition').flatMap(({ definition: id }) => {
    if (told.has(id)) return []
    told.add(id)
    const definition = person.index.definitions.get(id)
    const reasons = definition && (!definition.perRecord || person.record) ? deciding(person, definition, told) : []
    return reasons.map((reason) => ({ ...reason, within: reason.within ?? definition?.name }))
  })
}

function deciding(person: Person, { cases, type }: Definition, told: Set<string>): readonly Reason[] {
  const [only] = cases
  if (cases.length === 1 && only && type.kind === 'yesno') {
    const truth = truthOf(person, only.value)
    return truth === undefined ? [] : because(person, only.value, truth, told)
  }
  const taken = cases.find(({ when }) => when !== undefined && truthOf(person, when) === true)
  return taken?.when ? because(person, taken.when, true, told) : []
}
