// The operations of expressions and the awards of rows, each declared once: what it gives and the fields that it has. The language's
// reference says what they mean; `interpreter/` works them out.

import { type Fields, type Form, group, type HeldBy, leavesOf, list, maybe, oneOf } from './fields.ts'

/** What is proven of a value: `number` has decimals and bounds; `quotient` bounds alone, until it is rounded; the rest nothing. */
export type Proven = 'number' | 'quotient' | 'nothing'

interface Declaration {
  readonly proves: Proven
  readonly fields: Fields
  /** What it gives, in English, for the schema of the compiled form. */
  readonly says: string
}

export const comparisons = oneOf('=', '!=', '<', '<=', '>', '>=')
export const roundings = oneOf('half-up', 'down', 'up')
export const modes = oneOf('sum', 'highest', 'lowest', 'first')
/** Which records of a list count. */
export const recordModes = oneOf('all', 'highest', 'lowest')
const steps = oneOf('proportional', 'full', 'started')

const number = <const F extends Fields>(fields: F, says: string) => ({ proves: 'number', fields, says }) as const
const other = <const F extends Fields>(fields: F, says: string) => ({ proves: 'nothing', fields, says }) as const

const several = (says: string) => number({ operands: list('part') }, says)
const conditions = (says: string) => other({ operands: list('part') }, says)
const dayOfYear = (says: string) => other({ date: 'part' }, says)
const sizeOf = (says: string) => number({ set: 'part' }, says)
const numberOfList = (says: string) => number({ set: 'part', value: 'part', empty: 'part' }, says)
const dateOfList = (says: string) => other({ set: 'part', value: 'part', empty: 'part' }, says)

export const operations = {
  number: number({ value: 'number' }, 'The number that is written.'),
  sum: number({ terms: list(group({ negative: 'yes-no', value: 'part' })) }, 'The sum of the terms; a negative one is taken away.'),
  product: number({ factors: list('part') }, 'The product of the factors.'),
  quotient: { proves: 'quotient', fields: { dividend: 'part', divisor: 'part' }, says: 'The exact quotient; bounds alone are proven of it.' },
  round: number(
    { to: 'index', mode: roundings, value: 'part' },
    'The value rounded to so many decimals: half away from zero, towards zero (down) or away from zero (up).',
  ),
  smaller: several('The smallest of the operands.'),
  larger: several('The largest of the operands.'),
  age: number({ born: 'part', on: 'part' }, 'Full years on a day; who is born on 29 February turns a year older on the 28th in other years.'),
  months: number(
    { from: 'part', to: 'part' },
    'Full months from one day to another: one is full on the day of the same number, or on the last of a month that is too short.',
  ),
  days: number({ from: 'part', to: 'part' }, 'How many days the second lies after the first: 0 on one day, below zero before it.'),
  year: number({ date: 'part' }, 'The number of the year.'),
  date: other({ value: 'date' }, 'The day that is written.'),
  'reference-date': other({ name: 'text' }, 'The reference date of this name.'),
  shift: other({ date: 'part', months: 'whole', days: 'whole' }, 'The date moved by months, to the last day of a month that is too short, then by days.'),
  'year-start': dayOfYear('1 January of the year of the date.'),
  'year-end': dayOfYear('31 December of the year of the date.'),
  'make-date': other({ year: 'part', month: 'part', day: 'part' }, 'The day of a year, a month and a number.'),
  fact: other({ fact: 'fact' }, 'What is known of the applicant, or unknown.'),
  definition: other({ definition: 'definition' }, 'The value of the first case of the definition whose condition holds.'),
  parameter: other({ parameter: 'parameter', on: maybe('part') }, 'The value of the parameter that is in force on a day; a plain parameter has one value.'),
  item: other({ item: 'item' }, 'The points of an item, after its bounds.'),
  total: other({ total: 'total' }, 'The points of a total, after its bounds.'),
  field: other({ field: 'field' }, 'A field of the record at hand.'),
  yesno: other({ value: 'yes-no' }, 'Yes or no, as it is written.'),
  text: other({ value: 'text' }, 'The text that is written.'),
  member: other({ index: 'index' }, 'A member of a choice, by its place from 0.'),
  compare: other({ operator: comparisons, left: 'part', right: 'part' }, 'Whether the comparison holds; levels compare by their place.'),
  within: other(
    { value: 'part', low: maybe('part'), high: maybe('part'), lowOpen: 'yes-no', highOpen: 'yes-no' },
    'Whether a value lies in a range; an open end is not in it.',
  ),
  'one-of': other({ subject: 'part', members: list('index') }, 'Whether a choice is one of these members, by their places.'),
  has: other({ subject: 'part', member: 'index' }, 'Whether several choices hold this member.'),
  and: conditions('Whether all hold: surely not once one does not, whatever is unknown.'),
  or: conditions('Whether one holds: surely once one does, whatever is unknown.'),
  not: other({ operand: 'part' }, 'Whether the operand does not hold.'),
  last: other(
    { set: 'part', months: 'whole', days: 'whole', day: 'part', field: maybe('text') },
    'The records dated after `day` less months and days, up to `day`; periods are cut to that. `field` is the date of records.',
  ),
  'last-years': other(
    { set: 'part', years: 'whole', day: 'part', field: maybe('text') },
    'The records of the full calendar years before that of `day`; periods are cut to them.',
  ),
  between: other({ set: 'part', from: 'part', to: 'part', field: maybe('text') }, 'The records from one day to another, both inside; periods are cut to that.'),
  without: other(
    { set: 'part', other: 'part', field: maybe('text') },
    'The periods without the days of the periods `other`; of records, those not dated on such a day.',
  ),
  unbroken: other(
    { set: 'part', to: 'part', gapMonths: 'whole', gapDays: 'whole', counted: 'yes-no' },
    'The merged periods of the run that reaches `to`, across gaps of at most this length, whose days count when `counted`.',
  ),
  where: other({ set: 'part', condition: 'part' }, 'The records for which the condition holds.'),
  any: other({ set: 'part' }, 'Whether there is a record, or a member among several choices.'),
  count: sizeOf('How many records, or members, there are.'),
  'months-covered': sizeOf('The full months of each run of merged periods, added up.'),
  'total-of': number({ set: 'part', value: 'part' }, 'The sum of a value over the records, 0 when there are none.'),
  greatest: numberOfList('The greatest value over the records, or `empty` when there are none.'),
  least: numberOfList('The least value over the records, or `empty` when there are none.'),
  earliest: dateOfList('The earliest day over the records, or `empty` when there are none.'),
  latest: dateOfList('The latest day over the records, or `empty` when there are none.'),
  partner: other(
    { value: 'part', otherwise: 'part' },
    'The value of the other member of the household when there is one and it is valid, or `otherwise`; in keys of an order alone.',
  ),
} as const satisfies Readonly<Record<string, Declaration>>

export type Operations = typeof operations
export type Operation = keyof Operations

/** An operation in a form of expressions. */
export type OperationIn<In extends Form> = { [K in Operation]: { readonly op: K } & HeldBy<Operations[K]['fields'], In> }[Operation]

/** The expressions directly inside an expression, in the order in which they are declared. */
export function partsOf<Node extends { readonly op: Operation }>(node: Node): readonly Node[] {
  return leavesOf(operations[node.op].fields, node, 'part') as readonly Node[]
}

/** Steps of a quantity: `amount` for each `per` of it, in the quantity's unit; a quantity below zero counts as zero. */
const rate = { steps, per: 'number', unit: maybe('text'), quantity: 'part' } as const

const band = group({
  low: maybe('number'),
  high: maybe('number'),
  lowOpen: 'yes-no',
  highOpen: 'yes-no',
  negative: 'yes-no',
  amount: 'part',
})

/** Awards have proven decimals and bounds where these follow from more than one amount. */
export const awards = {
  flat: other({ negative: 'yes-no', amount: 'part' }, 'The amount; taken away when negative.'),
  rate: number(
    { ...rate, negative: 'yes-no', amount: 'part' },
    'The amount for each step of `per` in the quantity: parts of a step too (proportional), full steps, or started ones. A quantity below zero counts as zero.',
  ),
  stepped: number(
    { ...rate, how: oneOf('reached', 'slices'), bands: list(band) },
    'As a rate, with an amount for each band: that of the band that is reached holds for all steps, or every slice of the steps has its own.',
  ),
  table: other(
    { negative: 'yes-no', complete: 'yes-no', entries: list(group({ when: 'part', amount: 'part' })) },
    'The amount of the first entry whose condition holds, or none; when complete, one holds for everybody.',
  ),
  each: number(
    { takes: recordModes, list: 'part', same: maybe(group({ key: 'part', cap: maybe('part') })), body: 'row' },
    'The body for every record of the list, of which all count, or the highest or lowest alone. Of those with one key only the best counts, or their sum up to a cap.',
  ),
  block: other(
    { mode: modes, complete: maybe('yes-no'), min: maybe('part'), max: maybe('part'), rows: list('row') },
    'The rows together by their mode, between the bounds; when complete, one holds for everybody.',
  ),
} as const satisfies Readonly<Record<string, Declaration>>

export type Awards = typeof awards
export type AwardKind = keyof Awards

/** An award in a form of rows. */
export type AwardIn<In extends Form> = { [K in AwardKind]: { readonly kind: K } & HeldBy<Awards[K]['fields'], In> }[AwardKind]

/** The expressions directly inside an award; those of rows inside it are theirs. */
export const partsOfAward = <Part>(award: { readonly kind: AwardKind }): readonly Part[] =>
  leavesOf(awards[award.kind].fields, award, 'part') as readonly Part[]

/** The rows directly inside an award. */
export const rowsOfAward = <Row>(award: { readonly kind: AwardKind }): readonly Row[] => leavesOf(awards[award.kind].fields, award, 'row') as readonly Row[]
