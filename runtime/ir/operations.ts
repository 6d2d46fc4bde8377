// The operations of expressions and the awards of rows, each declared once: what it gives and the fields that it has. The language's
// reference says what they mean; `interpreter/` works them out.

import { type Fields, type Form, group, type HeldBy, leavesOf, list, maybe, oneOf } from './fields.ts'

/** What is proven of a value: `number` has decimals and bounds; `quotient` bounds alone, until it is rounded; the rest nothing. */
export type Proven = 'number' | 'quotient' | 'nothing'

interface Declaration {
  readonly proves: Proven
  readonly fields: Fields
}

export const comparisons = oneOf('=', '!=', '<', '<=', '>', '>=')
export const roundings = oneOf('half-up', 'down', 'up')
export const modes = oneOf('sum', 'highest', 'lowest', 'first')
/** Which records of a list count. */
export const recordModes = oneOf('all', 'highest', 'lowest')
const steps = oneOf('proportional', 'full', 'started')

const number = <const F extends Fields>(fields: F) => ({ proves: 'number', fields }) as const
const other = <const F extends Fields>(fields: F) => ({ proves: 'nothing', fields }) as const

const several = number({ operands: list('part') })
const conditions = other({ operands: list('part') })
const dayOfYear = other({ date: 'part' })
const sizeOf = number({ set: 'part' })
/** Of the values of a list; `empty` when it has no records. */
const numberOfList = number({ set: 'part', value: 'part', empty: 'part' })
const dateOfList = other({ set: 'part', value: 'part', empty: 'part' })

export const operations = {
  number: number({ value: 'number' }),
  sum: number({ terms: list(group({ negative: 'yes-no', value: 'part' })) }),
  product: number({ factors: list('part') }),
  quotient: { proves: 'quotient', fields: { dividend: 'part', divisor: 'part' } },
  round: number({ to: 'index', mode: roundings, value: 'part' }),
  smaller: several,
  larger: several,
  age: number({ born: 'part', on: 'part' }),
  months: number({ from: 'part', to: 'part' }),
  /** How many days the second lies after the first. */
  days: number({ from: 'part', to: 'part' }),
  year: number({ date: 'part' }),
  date: other({ value: 'date' }),
  'reference-date': other({ name: 'text' }),
  shift: other({ date: 'part', months: 'whole', days: 'whole' }),
  'year-start': dayOfYear,
  'year-end': dayOfYear,
  'make-date': other({ year: 'part', month: 'part', day: 'part' }),
  fact: other({ fact: 'fact' }),
  definition: other({ definition: 'definition' }),
  /** The value in force `on` a day; a plain parameter has none. */
  parameter: other({ parameter: 'parameter', on: maybe('part') }),
  item: other({ item: 'item' }),
  total: other({ total: 'total' }),
  /** Of the record at hand. */
  field: other({ field: 'field' }),
  yesno: other({ value: 'yes-no' }),
  text: other({ value: 'text' }),
  member: other({ index: 'index' }),
  compare: other({ operator: comparisons, left: 'part', right: 'part' }),
  within: other({ value: 'part', low: maybe('part'), high: maybe('part'), lowOpen: 'yes-no', highOpen: 'yes-no' }),
  'one-of': other({ subject: 'part', members: list('index') }),
  has: other({ subject: 'part', member: 'index' }),
  and: conditions,
  or: conditions,
  not: other({ operand: 'part' }),
  /** Days after `day` less months and days, up to `day`; periods are cut. `field` is the date of records. */
  last: other({ set: 'part', months: 'whole', days: 'whole', day: 'part', field: maybe('text') }),
  /** The full calendar years before that of `day`. */
  'last-years': other({ set: 'part', years: 'whole', day: 'part', field: maybe('text') }),
  /** From one day to another, both inside. */
  between: other({ set: 'part', from: 'part', to: 'part', field: maybe('text') }),
  /** Without the days of the periods `other`. */
  without: other({ set: 'part', other: 'part', field: maybe('text') }),
  /** The merged periods of the run that reaches `to`, across gaps of at most this length. */
  unbroken: other({ set: 'part', to: 'part', gapMonths: 'whole', gapDays: 'whole', counted: 'yes-no' }),
  where: other({ set: 'part', condition: 'part' }),
  any: other({ set: 'part' }),
  count: sizeOf,
  'months-covered': sizeOf,
  'total-of': number({ set: 'part', value: 'part' }),
  greatest: numberOfList,
  least: numberOfList,
  earliest: dateOfList,
  latest: dateOfList,
  /** Of the other member of the household when there is one and it is valid. */
  partner: other({ value: 'part', otherwise: 'part' }),
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
  flat: other({ negative: 'yes-no', amount: 'part' }),
  rate: number({ ...rate, negative: 'yes-no', amount: 'part' }),
  /** As a rate, with an amount per band: the band reached holds for all steps, or every slice has its own. */
  stepped: number({ ...rate, how: oneOf('reached', 'slices'), bands: list(band) }),
  /** The amount of the first entry whose condition holds; when `complete`, one holds for everybody. */
  table: other({ negative: 'yes-no', complete: 'yes-no', entries: list(group({ when: 'part', amount: 'part' })) }),
  /** `body` for every record of `list`, of which `takes` count; of those with one key only the best, or their sum up to a cap. */
  each: number({ takes: recordModes, list: 'part', same: maybe(group({ key: 'part', cap: maybe('part') })), body: 'row' }),
  block: other({ mode: modes, min: maybe('part'), max: maybe('part'), rows: list('row') }),
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
