// Facts that were read → the plain values that generated code takes.

import { decimal, multiply } from '../exact/number.ts'
import type { Declared, Facts, FactValue } from '../facts.ts'
import type { Fact, Policy } from '../ir/schema.ts'
import { bitOf, wordOf } from '../plan/value.ts'
import type { ColumnValues, FactColumn } from './columns.ts'

type Plain = number | boolean | string
/** By name; a fact that is not known has no entry. A 多选 of more than 31 members goes on under its name with ` 1`, ` 2` … */
export type Input = Record<string, Plain | readonly Record<string, Plain>[]>

type ScalarType = Exclude<Fact['type'], { kind: 'records' }>

/** Objects without a prototype, so that a fact may have any name. Numbers as whole numbers of their last decimal, dates as yyyymmdd, members by their place, several members as bits. */
export function inputOf({ facts: declared }: Declared, facts: Facts): Input {
  const input: Input = Object.create(null)
  for (const { name, type } of declared) {
    const value = facts.get(name)
    if (!value) continue
    if (type.kind === 'records' && value.kind === 'records') {
      input[name] = value.value.map((record) => {
        const plain: Record<string, Plain> = Object.create(null)
        for (const field of type.fields) write(plain, field.name, field.type, record.get(field.name))
        return plain
      })
    } else if (type.kind !== 'records') write(input as Record<string, Plain>, name, type, value)
  }
  return input
}

function write(to: Record<string, Plain>, name: string, type: ScalarType, value: FactValue | undefined): void {
  if (!value || value.kind === 'records') return
  if (value.kind === 'members' && type.kind === 'choices') {
    const words = Array.from({ length: wordOf(type.members.length - 1) + 1 }, () => 0)
    for (const member of value.value) words[wordOf(member)] = (words[wordOf(member)] ?? 0) | (2 ** bitOf(member))
    words.forEach((word, i) => {
      to[i === 0 ? name : `${name} ${i}`] = word
    })
  } else if (value.kind === 'number' && type.kind === 'number') to[name] = Number(multiply(value.value, decimal(`1${'0'.repeat(type.places)}`)).numerator)
  else if (value.kind !== 'number' && value.kind !== 'members') to[name] = value.value
}

/** The values of many applicants as columns, for the module that scores by columns. */
export function columnsOf(policy: Policy, inputs: readonly Input[]): Readonly<Record<string, FactColumn>> {
  const columns: Record<string, FactColumn> = Object.create(null)
  for (const { name, type } of policy.facts) {
    const given = Uint8Array.from(inputs, (input) => (input[name] === undefined ? 0 : 1))
    if (type.kind !== 'records') {
      for (const part of partsOf(name, type))
        columns[part] = {
          given,
          values: column(
            type,
            inputs.map((input) => input[part] as Plain | undefined),
          ),
        }
      continue
    }
    const lists = inputs.map((input) => (input[name] ?? []) as readonly Record<string, Plain>[])
    const offsets = new Int32Array(inputs.length + 1)
    lists.forEach((list, i) => {
      offsets[i + 1] = (offsets[i] ?? 0) + list.length
    })
    const all = lists.flat()
    const fields = type.fields.flatMap((field) =>
      partsOf(field.name, field.type).map(
        (part) =>
          [
            part,
            column(
              field.type,
              all.map((record) => record[part]),
            ),
          ] as const,
      ),
    )
    columns[name] = { given, offsets, fields: Object.fromEntries(fields) }
  }
  return columns
}

/** The names under which a fact stands. */
export const partsOf = (name: string, type: Fact['type']): readonly string[] =>
  type.kind === 'choices' ? Array.from({ length: wordOf(type.members.length - 1) + 1 }, (_, i) => (i === 0 ? name : `${name} ${i}`)) : [name]

/** Texts stay texts; whole numbers of 32 bits and truths take the least room. */
function column(type: ScalarType, values: readonly (Plain | undefined)[]): ColumnValues {
  if (type.kind === 'text') return values.map((value) => String(value ?? ''))
  if (type.kind === 'yesno') return Uint8Array.from(values, (value) => (value === true ? 1 : 0))
  const numbers = values.map((value) => Number(value ?? 0))
  return numbers.every((value) => Math.abs(value) < 2 ** 31) ? Int32Array.from(numbers) : Float64Array.from(numbers)
}
