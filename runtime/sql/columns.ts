// The relations that generated SQL reads: one row for each applicant, and one for each record of a list. A column is named after its
// fact alone, so that what is declared beside it moves none; databases cut long names, so that others than short ones in Chinese go
// by their hash. Comments say what they hold.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Fact, Field } from '../ir/schema.ts'
import { mayBeMissing } from '../plan/facts.ts'
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
  return facts.map((fact): FactColumns => {
    const name = columnName(fact.name)
    const given = mayBeMissing(fact) ? `g_${name}` : undefined
    if (fact.type.kind !== 'records') return { fact, columns: columnsOf(`f_${name}`, fact.name, fact.type), given, records: undefined }
    const fields = fact.type.fields.map((field) => ({ field, columns: columnsOf(`c_${columnName(field.name)}`, field.name, field.type) }))
    return { fact, columns: [], given, records: { relation: `records_${name}`, fields } }
  })
}

/** Without quotes, in every database, and told apart though these take A and a for one letter. */
const columnName = (name: string): string => (/^\p{Script=Han}{1,12}$/u.test(name) ? name : bytesToHex(sha256(utf8ToBytes(name))).slice(0, 12))

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
  const about = [
    `applicants: n BIGINT, a number for each, k VARCHAR, the key, and these. Nothing is NULL; where g says FALSE, f is any value of its kind.`,
    'Nothing is checked here. The caller must have seen that no n and no k stands twice or is empty; that every value is within its range and no',
    'member beyond the last; that no list is longer than said, no period ends before it starts, and every record has the n of an applicant.',
  ]
    .map(comment)
    .join('')
  return `${about}${people.join('')}${lists.join('')}`
}
