// One applicant while being evaluated: facts and days, and what was already worked out.

import type { CalendarDate } from '../exact/date.ts'
import type { Facts, RecordValue } from '../facts.ts'
import type { Field, Policy, Scenario } from '../ir/schema.ts'
import type { ItemTrace, TotalTrace } from '../outcome.ts'
import type { Index } from '../policy-index.ts'
import type { Problem } from '../problems.ts'
import type { Run } from '../run.ts'
import type { Value } from './value.ts'

export interface Person {
  readonly run: Run
  readonly policy: Policy
  readonly index: Index
  readonly scenario: Scenario | undefined
  readonly facts: Facts
  /** Definitions already evaluated. */
  readonly memo: Map<string, Value>
  /** The record at hand, with the definitions evaluated for it. */
  readonly record: { readonly fields: RecordValue; readonly memo: Map<string, Value>; readonly types: readonly Field[] } | undefined
  readonly items: Map<string, ItemTrace>
  readonly totals: Map<string, TotalTrace>
  /** What cannot be right about the applicant's data and shows only while evaluating. */
  readonly problems: Problem[]
  /** Of the other member of the household; absent when there is none or it is not valid. */
  partner: Person | undefined
  /** Work out an item or total on demand. */
  item(id: string): ItemTrace
  total(id: string): TotalTrace
}

/** @param types of its fields, where they are to be put into words */
export const withRecord = (person: Person, fields: RecordValue, types: readonly Field[] = []): Person => ({
  ...person,
  record: { fields, memo: new Map(), types },
})

/** The day on which the policy is applied. */
export function mainDate(person: Person): CalendarDate | undefined {
  return person.run.days.get(person.policy.referenceDates[0] ?? '')
}
