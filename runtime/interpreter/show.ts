// Arithmetic as a reader checks it: an expression with the applicant's values in place of names.

import { formatDate } from '../exact/date.ts'
import { formatDecimal } from '../exact/number.ts'
import type { FactValue, RecordValue } from '../facts.ts'
import type { Expression, FactType, Field } from '../ir/schema.ts'
import { evaluate } from './evaluate.ts'
import type { Person } from './person.ts'
import type { Value } from './value.ts'

export function showValue(value: Value): string {
  switch (value.kind) {
    case 'number':
      return formatDecimal(value.value)
    case 'date':
      return formatDate(value.value)
    case 'unknown':
      return value.proven ? formatDecimal(value.proven) : '?'
    default:
      return String(value.value)
  }
}

/** A value as its type writes it: members by their names. */
export function showField(value: FactValue, type: FactType | undefined): string {
  const members = type && 'members' in type ? type.members : []
  if (value.kind === 'member') return members[value.value] ?? ''
  if (value.kind === 'members') return members.filter((_, i) => value.value.has(i)).join('、')
  return value.kind === 'yesno' ? (value.value ? '是' : '否') : showValue(value)
}

/** A record's fields in words; `fields` give members their names. */
export function showRecord(record: RecordValue, fields: readonly Field[]): string {
  return [...record].map(([name, value]) => `${name} ${showField(value, fields.find((field) => field.name === name)?.type)}`).join('，')
}

/** The fields of the list's own fact, through filters and definitions. */
export function fieldsOf(person: Person, list: Expression): readonly Field[] {
  if (list.op === 'fact') {
    const type = person.index.facts.get(list.fact)?.type
    return type?.kind === 'records' ? type.fields : []
  }
  if (list.op === 'definition') {
    const type = person.index.definitions.get(list.definition)?.type
    return type?.kind === 'records' ? type.fields : []
  }
  return 'set' in list ? fieldsOf(person, list.set) : []
}

/** `30 × 0.3333` for 30分 × 房产份额; operations inside a function or a definition are shown as their value. */
export function showWorking(person: Person, node: Expression): string {
  switch (node.op) {
    case 'sum':
      return node.terms.map(({ negative, value }, i) => `${i === 0 ? (negative ? '−' : '') : negative ? ' − ' : ' + '}${inner(person, value, 'sum')}`).join('')
    case 'product':
      return node.factors.map((factor) => inner(person, factor, 'product')).join(' × ')
    case 'quotient':
      return `${inner(person, node.dividend, 'product')} ÷ ${inner(person, node.divisor, 'product')}`
    case 'round':
      return rounded(showWorking(person, node.value), showValue(evaluate(person, node.value)), showValue(evaluate(person, node)))
    default:
      return showValue(evaluate(person, node))
  }
}

/** `30 × 0.3333 = 9.999 ≈ 10`; what rounding leaves as it is needs no word. */
function rounded(working: string, before: string, after: string): string {
  const reached = working === before ? working : `${working} = ${before}`
  return before === after ? working : `${reached} ≈ ${after}`
}

function inner(person: Person, node: Expression, within: 'sum' | 'product'): string {
  const text = showWorking(person, node)
  const loose = node.op === 'sum' || node.op === 'round' || text.startsWith('-')
  return loose && (within === 'product' || text.startsWith('-')) ? `(${text})` : text
}
