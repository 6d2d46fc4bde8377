// Rows and how they combine: each row is the sum of its awards within its 最低 and 最高; blocks and lists of records hold
// rows of their own.

import { formatDecimal, zero } from '../exact/number.ts'
import type { RecordValue } from '../facts.ts'
import type { Award, AwardOf, Row, Takes } from '../ir/schema.ts'
import type { Figure, RecordTrace, RowTrace, Step } from '../outcome.ts'
import { isPresent } from '../presence.ts'
import { evaluateFlat, evaluateRate, evaluateStepped, evaluateTable } from './awards.ts'
import { bounded } from './bounds.ts'
import { evaluate } from './evaluate.ts'
import { addFigures, figure, isOpen, nothing } from './figures.ts'
import { combineRecords, combineRows } from './modes.ts'
import { mainDate, type Person, withRecord } from './person.ts'
import { contribution, type RowResult, trace } from './row-result.ts'
import { fieldsOf, showRecord, showValue } from './show.ts'
import { awaited, isUnknown, type Value } from './value.ts'
import { constant, numbersOf, provenOf } from './values.ts'
import { windowsOf } from './windows.ts'

interface AwardResult {
  readonly figure: Figure
  readonly known: boolean
  readonly step: Step
  readonly mayBeAbsent: boolean
  readonly awaiting: ReadonlySet<string>
}

export function evaluateRows(person: Person, rows: readonly Row[]): readonly RowResult[] {
  return rows.filter((row) => isPresent(person.scenario?.name, mainDate(person), row)).map((row) => evaluateRow(person, row))
}

export function evaluateRow(person: Person, row: Row): RowResult {
  const condition: Value = row.when ? evaluate(person, row.when) : { kind: 'yesno', value: true }
  const windows = windowsOf(person, row)
  const absent: RowResult = {
    row,
    holds: false,
    noColumn: false,
    amountKnown: true,
    given: nothing,
    inside: nothing,
    limited: undefined,
    steps: [],
    windows,
    awaiting: new Set(),
  }
  if (condition.kind === 'yesno' && !condition.value) return absent
  const awards = row.awards.map((award) => evaluateAward(person, award))
  const present = awards.filter((award) => award !== undefined)
  if (present.length < awards.length) return { ...absent, noColumn: true }
  const known = present.every((award) => award.known)
  const sum = present.map((award) => award.figure).reduce(addFigures, nothing)
  const inside = known ? sum : { ...sum, proven: zero }
  const { figure: settled, limited, waiting, known: boundsKnown } = bounded(person, inside, row)
  const amountKnown = known && boundsKnown
  // A table that may have no entry for the applicant leaves open whether the row applies at all.
  const holds = isUnknown(condition) || present.some(({ mayBeAbsent }) => mayBeAbsent) ? undefined : true
  return {
    row,
    holds,
    noColumn: false,
    amountKnown,
    given: amountKnown ? settled : { ...settled, proven: zero },
    inside,
    limited,
    steps: present.map(({ step }) => step),
    windows,
    awaiting: new Set([...awaited([condition]), ...present.flatMap(({ awaiting }) => [...awaiting]), ...waiting]),
  }
}

/** `undefined` when a table has no entry for the applicant: the row then does not apply. */
function evaluateAward(person: Person, award: Award): AwardResult | undefined {
  switch (award.kind) {
    case 'flat':
      return simple(evaluateFlat(person, award))
    case 'rate':
      return simple(evaluateRate(person, award))
    case 'stepped':
      return simple(evaluateStepped(person, award))
    case 'table': {
      const amount = evaluateTable(person, award)
      return amount && simple(amount)
    }
    case 'block':
      return evaluateBlock(person, award)
    case 'each':
      return evaluateEach(person, award)
  }
}

function simple({ value, step, mayBeAbsent }: { readonly value: Value; readonly step: Step; readonly mayBeAbsent: boolean }): AwardResult {
  const proven = provenOf(value)
  return { figure: figure(proven ?? zero, numbersOf(value)), known: proven !== undefined, step, mayBeAbsent, awaiting: awaited([value]) }
}

function evaluateBlock(person: Person, block: AwardOf<'block'>): AwardResult {
  const { inside, rows } = combineRows[block.mode](evaluateRows(person, block.rows), block.complete)
  const { figure: settled, limited, waiting } = bounded(person, inside, block)
  return {
    figure: settled,
    known: true,
    step: { kind: 'block', negative: false, mode: block.mode, rows, inside: formatDecimal(inside.proven), amount: formatDecimal(settled.proven), limited },
    mayBeAbsent: false,
    awaiting: openRows(settled, rows, waiting),
  }
}

const openRows = (settled: Figure, rows: readonly RowTrace[], waiting: ReadonlySet<string>): ReadonlySet<string> =>
  isOpen(settled) ? new Set([...awaitedBy(rows), ...waiting]) : new Set()

/** What the rows that may still change wait for. */
export const awaitedBy = (rows: readonly RowTrace[]): readonly string[] => rows.flatMap((row) => (row.status === 'awaiting' ? row.awaiting : []))

// ---- lists of records --------------------------------------------------------------------------------------------------

export interface RecordResult {
  readonly record: RecordValue
  readonly figure: Figure
  readonly rows: readonly RowTrace[]
}

/** The body of 对每条 for every record of its list; `undefined` with what it waits for when the list is not known. */
export function evaluateRecords(person: Person, award: AwardOf<'each'>): readonly RecordResult[] | { readonly waiting: ReadonlySet<string> } {
  const list = evaluate(person, award.list)
  if (list.kind !== 'records') return { waiting: awaited([list]) }
  return list.value.map((record) => {
    const result = evaluateRow(withRecord(person, record), award.body)
    return { record, figure: contribution(result), rows: [trace(result, 'counts')] }
  })
}

function evaluateEach(person: Person, award: AwardOf<'each'>): AwardResult {
  const results = evaluateRecords(person, award)
  if ('waiting' in results) {
    const range = { low: constant(award.low), high: constant(award.high) }
    const step: Step = { kind: 'unknown', negative: false, low: award.low, high: award.high }
    return { figure: figure(zero, range), known: false, step, mayBeAbsent: false, awaiting: results.waiting }
  }
  const fields = fieldsOf(person, award.list)
  const { inside: settled, counted } = award.same ? byKey(person, award.same, results) : taken(results, award.takes)
  const records = results.map(
    (result): RecordTrace => ({
      record: result.record,
      shown: showRecord(result.record, fields, person.policy.units),
      figure: result.figure,
      counted: counted.has(result),
      rows: result.rows,
    }),
  )
  return {
    figure: settled,
    known: true,
    step: { kind: 'each', negative: false, takes: award.takes, records, amount: formatDecimal(settled.proven) },
    mayBeAbsent: false,
    awaiting: isOpen(settled) ? new Set(results.flatMap(({ rows }) => awaitedBy(rows))) : new Set(),
  }
}

interface Settled {
  readonly inside: Figure
  readonly counted: ReadonlySet<RecordResult>
}

function taken(results: readonly RecordResult[], takes: Takes): Settled {
  const { inside, taken: place } = combineRecords[takes](results.map((result) => result.figure))
  return { inside, counted: new Set(place === undefined ? results : results.slice(place, place + 1)) }
}

/** Of the records with one key the best counts, or their sum up to the cap; over the keys it adds up. */
function byKey(person: Person, same: NonNullable<AwardOf<'each'>['same']>, results: readonly RecordResult[]): Settled {
  const groups = new Map<string, RecordResult[]>()
  for (const result of results) {
    const key = showValue(evaluate(withRecord(person, result.record), same.key))
    groups.set(key, [...(groups.get(key) ?? []), result])
  }
  const settled = [...groups.values()].map((group) => {
    if (!same.cap) return taken(group, 'highest')
    const all = taken(group, 'all')
    return { ...all, inside: bounded(person, all.inside, { max: same.cap }).figure }
  })
  return { inside: settled.map(({ inside }) => inside).reduce(addFigures, nothing), counted: new Set(settled.flatMap(({ counted }) => [...counted])) }
}
