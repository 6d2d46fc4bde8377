// Arithmetic as a reader checks it: an expression with the applicant's values in place of names.

import { formatDate } from '../exact/date.ts'
import { type Exact, formatDecimal } from '../exact/number.ts'
import type { FactValue, RecordValue } from '../facts.ts'
import { periodEnd, periodStart } from '../ir/names.ts'
import type { Both, Expression, FactType, Field, Policy } from '../ir/schema.ts'
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

type Units = Policy['units']

const same = (text: string): Both => ({ zh: text, en: text })

const inWords = (work: (language: keyof Both) => string): Both => ({ zh: work('zh'), en: work('en') })

const none: Both = { zh: '无', en: 'none' }

/** A value in words, as its type writes it: members by their names, numbers with their unit, a list by how many records it has. */
export function showField(value: FactValue, type: FactType | undefined, units: Units): Both {
  const members = type && 'members' in type ? type.members : []
  switch (value.kind) {
    case 'member':
      return same(members[value.value] ?? '')
    case 'members': {
      const held = members.filter((_, i) => value.value.has(i))
      return held.length === 0 ? none : { zh: held.join('、'), en: held.join(', ') }
    }
    case 'yesno':
      return value.value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
    case 'number':
      return showNumber(value.value, type?.kind === 'number' ? type.unit : undefined, units)
    case 'records':
      return countOf(value.value)
    case 'date':
    case 'text':
      return same(showValue(value))
  }
}

export function showNumber(value: Exact, unit: string | undefined, units: Units): Both {
  const text = formatDecimal(value)
  return unit === undefined ? same(text) : { zh: `${text}${wordOf(unit, units).zh}`, en: `${text} ${wordOf(unit, units).en}` }
}

/** Points are everywhere, also where no fact is counted in them. */
const wordOf = (unit: string, units: Units): Both => units[unit] ?? (unit === 'points' ? { zh: '分', en: 'points' } : same(unit))

/** The days of a period are called in both languages; other fields by their names. */
const dayNames: Readonly<Record<string, Both>> = { [periodStart]: { zh: periodStart, en: 'from' }, [periodEnd]: { zh: periodEnd, en: 'to' } }

/** A record's fields in words; `fields` give members their names. */
export function showRecord(record: RecordValue, fields: readonly Field[], units: Units): Both {
  const parts = [...record].map(([name, value]) => {
    const type = fields.find((field) => field.name === name)?.type
    // 毫升 400 needs no unit any more.
    const isSaid = type?.kind === 'number' && type.unit !== undefined && name.includes(wordOf(type.unit, units).zh)
    const shown = isSaid ? same(showValue(value)) : showField(value, type, units)
    return inWords((language) => `${dayNames[name]?.[language] ?? name} ${shown[language]}`)
  })
  return inWords((language) => parts.map((part) => part[language]).join(language === 'zh' ? '，' : ', '))
}

const countOf = (records: readonly RecordValue[]): Both =>
  records.length === 0 ? none : { zh: `${records.length}条`, en: `${records.length} record${records.length === 1 ? '' : 's'}` }

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
