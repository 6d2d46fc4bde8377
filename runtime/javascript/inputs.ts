// Facts that were read → the plain values that generated code takes.

import { decimal, multiply } from '../exact/number.ts'
import type { Facts, FactValue } from '../facts.ts'
import type { Fact, Policy } from '../ir/schema.ts'
import { bitOf, wordOf } from '../plan/value.ts'

type Plain = number | boolean | string
/** By name; a fact that is not known has no entry. A 多选 of more than 31 members goes on under its name with ` 1`, ` 2` … */
export type Input = Record<string, Plain | readonly Record<string, Plain>[]>

type ScalarType = Exclude<Fact['type'], { kind: 'records' }>

/** Numbers as whole numbers of their last decimal, dates as yyyymmdd, members by their place, several members as bits. */
export function inputOf(policy: Policy, facts: Facts): Input {
  const input: Input = {}
  for (const { name, type } of policy.facts) {
    const value = facts.get(name)
    if (!value) continue
    if (type.kind === 'records' && value.kind === 'records') {
      input[name] = value.value.map((record) => {
        const plain: Record<string, Plain> = {}
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
