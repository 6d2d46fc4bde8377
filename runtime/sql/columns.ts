// The relations that generated SQL reads: one row for each applicant, and one for each record of a list. Columns are numbered,
// because databases cut long names; comments say what they hold.

import { keyColumn } from '../ir/names.ts'
import type { Fact, Field } from '../ir/schema.ts'
import { mayBeMissing } from '../plan/expressions.ts'
import { alwaysGiven, formOf } from '../plan/form.ts'
import { wordOf } from '../plan/value.ts'
import { comment } from './quote.ts'

/** Number as whole number of its last decimal, date as yyyymmdd, member by its place, members as bits. */
export type ColumnType = 'BIGINT' | 'BOOLEAN' | 'VARCHAR'

export interface Column {
  readonly column: string
  readonly type: ColumnType
  /** The name under which the value stands in an engine's input. */
  readonly input: string
  /** What stands where the applicant has no value; it is never looked at. */
  readonly filler: string
}

type ScalarType = Exclude<Fact['type'], { kind: 'records' }>

export function columnsOf(column: string, name: string, type: ScalarType): readonly Column[] {
  switch (type.kind) {
    case 'yesno':
      return [{ column, type: 'BOOLEAN', input: name, filler: 'FALSE' }]
    case 'text':
      return [{ column, type: 'VARCHAR', input: name, filler: "''" }]
    case 'date':
      return [{ column, type: 'BIGINT', input: name, filler: '19000101' }]
    case 'choices':
      return Array.from({ length: wordOf(type.members.length - 1) + 1 }, (_, part) => ({
        column: part === 0 ? column : `${column}_${part}`,
        type: 'BIGINT' as const,
        input: part === 0 ? name : `${name} ${part}`,
        filler: '0',
      }))
    default:
      return [{ column, type: 'BIGINT', input: name, filler: '0' }]
  }
}

export interface FactColumns {
  readonly fact: Fact
  readonly columns: readonly Column[]
  /** Whether the applicant has it; absent for a fact that everybody has. */
  readonly given: string | undefined
  /** The relation of its records, with the columns of their fields. */
  readonly records: { readonly relation: string; readonly fields: readonly { readonly field: Field; readonly columns: readonly Column[] }[] } | undefined
}

export function factColumns(facts: readonly Fact[]): readonly FactColumns[] {
  return facts.map((fact, i): FactColumns => {
    const given = mayBeMissing(fact) ? `g${i}` : undefined
    if (fact.type.kind !== 'records') return { fact, columns: columnsOf(`f${i}`, fact.name, fact.type), given, records: undefined }
    const fields = fact.type.fields.map((field, j) => ({ field, columns: columnsOf(`c${j}`, field.name, field.type) }))
    return { fact, columns: [], given, records: { relation: `records_${i}`, fields } }
  })
}

/** The names of a fact's columns. */
export const columnNames = ({ columns, given }: FactColumns): readonly string[] => [
  ...columns.map(({ column }) => column),
  ...(given === undefined ? [] : [given]),
]

/** What the query reads, as comments. */
export function aboutRelations(facts: readonly Fact[]): string {
  const listed = (about: string, columns: readonly Column[]): readonly string[] =>
    columns.map(({ column, type, input }, i) => comment(`  ${column} ${type}  ${i === 0 ? about : input}`))
  const people: string[] = []
  const lists: string[] = []
  for (const { fact, columns, given, records } of factColumns(facts)) {
    people.push(...listed(`${fact.name}: ${formOf(fact.type)}${given === undefined ? `; ${alwaysGiven(fact)}` : ''}`, columns))
    if (given !== undefined) people.push(comment(`  ${given} BOOLEAN  ${fact.name}: whether it is known`))
    if (records)
      lists.push(
        comment(`${records.relation}: n of the applicant, and  ${fact.name}`),
        ...records.fields.flatMap(({ field, columns: own }) => listed(`${field.name}: ${formOf(field.type)}`, own)),
      )
  }
  const about = `-- applicants: n BIGINT, a number for each, k VARCHAR, the ${keyColumn}, and these. Nothing is NULL; where g says FALSE, f is any value of its kind.\n`
  return `${about}${people.join('')}${lists.join('')}`
}
