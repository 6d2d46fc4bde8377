// The contract between the language and everything that runs a policy: the schema of a compiled policy as plain JSON.
// Numbers are decimal strings in the unit of what they measure. Every node has an id; texts and places stand in side
// tables, so that the semantic hash does not change with layout.

import { z } from 'zod'
import { formatVersion } from './version.ts'

z.config({ jitless: true })

export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const id = z.string()

const member = z.string()

const scalarTypes = [
  /** `places` decimals, at least `low` and at most `high`, in `unit`. */
  z.strictObject({ kind: z.literal('number'), places: z.int().nonnegative(), unit: z.string().optional(), low: decimal, high: decimal }),
  z.strictObject({ kind: z.literal('date'), low: date, high: date }),
  z.strictObject({ kind: z.literal('yesno') }),
  z.strictObject({ kind: z.literal('text') }),
  /** One of `members`; `levels` run low to high. */
  z.strictObject({ kind: z.enum(['choice', 'levels']), members: z.array(member).min(1) }),
  /** Any number of `members`. */
  z.strictObject({ kind: z.literal('choices'), members: z.array(member).min(1) }),
] as const

const field = z.strictObject({
  name: z.string(),
  type: z.discriminatedUnion('kind', scalarTypes),
  /** In the written form of a CSV cell; a field without one must be given. */
  default: z.string().optional(),
})
export type Field = z.infer<typeof field>

export const factType = z.discriminatedUnion('kind', [
  ...scalarTypes,
  /** A list of at most `limit` records; periods have the fields 起 and 止, both days inside. */
  z.strictObject({ kind: z.literal('records'), periods: z.boolean(), limit: z.int().positive(), fields: z.array(field) }),
])
export type FactType = z.infer<typeof factType>

export const fact = z.strictObject({
  id,
  name: z.string(),
  type: factType,
  source: z.string().optional(),
  /** A reference date after which its value may not lie. */
  notAfter: z.string().optional(),
  /** Who audits it. */
  auditedBy: z.string().optional(),
  /** In the written form of a CSV cell. */
  default: z.string().optional(),
  /** Absent means the applicant's own key. */
  defaultKey: z.boolean(),
  required: z.boolean(),
  /** No two applicants have the same. */
  unique: z.boolean(),
  /** It belongs to the household that this fact names: of two members, what one leaves empty the other says. */
  household: z.string().optional(),
})
export type Fact = z.infer<typeof fact>

/** Scale and range of a number, proven from the facts' ranges: every engine can hold it exactly. */
const numeric = { id, places: z.int().nonnegative(), low: decimal, high: decimal }
const plain = { id }

const comparison = z.enum(['=', '!=', '<', '<=', '>', '>='])

export type Expression =
  | { op: 'number'; id: string; places: number; low: string; high: string; value: string }
  | { op: 'sum'; id: string; places: number; low: string; high: string; terms: { negative: boolean; value: Expression }[] }
  | { op: 'product'; id: string; places: number; low: string; high: string; factors: Expression[] }
  | { op: 'quotient'; id: string; low: string; high: string; dividend: Expression; divisor: Expression }
  | { op: 'round'; id: string; places: number; low: string; high: string; to: number; mode: 'half-up' | 'down' | 'up'; value: Expression }
  | { op: 'smaller' | 'larger'; id: string; places: number; low: string; high: string; operands: Expression[] }
  | { op: 'age'; id: string; places: number; low: string; high: string; born: Expression; on: Expression }
  | { op: 'months'; id: string; places: number; low: string; high: string; from: Expression; to: Expression }
  | { op: 'year'; id: string; places: number; low: string; high: string; date: Expression }
  | { op: 'date'; id: string; value: string }
  | { op: 'reference-date'; id: string; name: string }
  | { op: 'shift'; id: string; date: Expression; months: number; days: number }
  | { op: 'year-start' | 'year-end'; id: string; date: Expression }
  | { op: 'fact'; id: string; fact: string }
  | { op: 'definition'; id: string; definition: string }
  | { op: 'item'; id: string; item: string }
  | { op: 'total'; id: string; total: string }
  | { op: 'yesno'; id: string; value: boolean }
  | { op: 'text'; id: string; value: string }
  | { op: 'member'; id: string; index: number }
  | { op: 'compare'; id: string; operator: z.infer<typeof comparison>; left: Expression; right: Expression }
  | { op: 'within'; id: string; value: Expression; low?: Expression | undefined; high?: Expression | undefined; lowOpen: boolean; highOpen: boolean }
  | { op: 'one-of'; id: string; subject: Expression; members: number[] }
  | { op: 'has'; id: string; subject: Expression; member: number }
  | { op: 'and' | 'or'; id: string; operands: Expression[] }
  | { op: 'not'; id: string; operand: Expression }
  | { op: 'make-date'; id: string; year: Expression; month: Expression; day: Expression }
  | { op: 'parameter'; id: string; parameter: string; on?: Expression | undefined }
  | { op: 'field'; id: string; field: string }
  | { op: 'last'; id: string; set: Expression; months: number; days: number; day: Expression; field?: string | undefined }
  | { op: 'last-years'; id: string; set: Expression; years: number; day: Expression; field?: string | undefined }
  | { op: 'between'; id: string; set: Expression; from: Expression; to: Expression; field?: string | undefined }
  | { op: 'without'; id: string; set: Expression; other: Expression; field?: string | undefined }
  | { op: 'unbroken'; id: string; set: Expression; to: Expression; gapMonths: number; gapDays: number; counted: boolean }
  | { op: 'where'; id: string; set: Expression; condition: Expression }
  | { op: 'any'; id: string; set: Expression }
  | { op: 'count' | 'months-covered'; id: string; places: number; low: string; high: string; set: Expression }
  | { op: 'total-of'; id: string; places: number; low: string; high: string; set: Expression; value: Expression }
  | { op: 'greatest' | 'least'; id: string; places: number; low: string; high: string; set: Expression; value: Expression; empty: Expression }
  | { op: 'earliest' | 'latest'; id: string; set: Expression; value: Expression; empty: Expression }
  | { op: 'partner'; id: string; value: Expression; otherwise: Expression }

export const expression: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.literal('number'), ...numeric, value: decimal }),
    z.strictObject({ op: z.literal('sum'), ...numeric, terms: z.array(z.strictObject({ negative: z.boolean(), value: expression })) }),
    z.strictObject({ op: z.literal('product'), ...numeric, factors: z.array(expression) }),
    z.strictObject({ op: z.literal('quotient'), id, low: decimal, high: decimal, dividend: expression, divisor: expression }),
    z.strictObject({ op: z.literal('round'), ...numeric, to: z.int().nonnegative(), mode: z.enum(['half-up', 'down', 'up']), value: expression }),
    z.strictObject({ op: z.enum(['smaller', 'larger']), ...numeric, operands: z.array(expression) }),
    z.strictObject({ op: z.literal('age'), ...numeric, born: expression, on: expression }),
    z.strictObject({ op: z.literal('months'), ...numeric, from: expression, to: expression }),
    z.strictObject({ op: z.literal('year'), ...numeric, date: expression }),
    z.strictObject({ op: z.literal('date'), ...plain, value: date }),
    z.strictObject({ op: z.literal('reference-date'), ...plain, name: z.string() }),
    z.strictObject({ op: z.literal('shift'), ...plain, date: expression, months: z.int(), days: z.int() }),
    z.strictObject({ op: z.enum(['year-start', 'year-end']), ...plain, date: expression }),
    z.strictObject({ op: z.literal('fact'), ...plain, fact: id }),
    z.strictObject({ op: z.literal('definition'), ...plain, definition: id }),
    z.strictObject({ op: z.literal('item'), ...plain, item: id }),
    z.strictObject({ op: z.literal('total'), ...plain, total: id }),
    z.strictObject({ op: z.literal('yesno'), ...plain, value: z.boolean() }),
    z.strictObject({ op: z.literal('text'), ...plain, value: z.string() }),
    z.strictObject({ op: z.literal('member'), ...plain, index: z.int().nonnegative() }),
    z.strictObject({ op: z.literal('compare'), ...plain, operator: comparison, left: expression, right: expression }),
    z.strictObject({
      op: z.literal('within'),
      ...plain,
      value: expression,
      low: expression.optional(),
      high: expression.optional(),
      lowOpen: z.boolean(),
      highOpen: z.boolean(),
    }),
    z.strictObject({ op: z.literal('one-of'), ...plain, subject: expression, members: z.array(z.int().nonnegative()) }),
    z.strictObject({ op: z.literal('has'), ...plain, subject: expression, member: z.int().nonnegative() }),
    z.strictObject({ op: z.enum(['and', 'or']), ...plain, operands: z.array(expression) }),
    z.strictObject({ op: z.literal('not'), ...plain, operand: expression }),
    z.strictObject({ op: z.literal('make-date'), ...plain, year: expression, month: expression, day: expression }),
    /** The value in force `on` a day; a plain parameter has none. */
    z.strictObject({ op: z.literal('parameter'), ...plain, parameter: id, on: expression.optional() }),
    /** Of the record at hand. */
    z.strictObject({ op: z.literal('field'), ...plain, field: z.string() }),
    /** Days after `day` less months and days, up to `day`; periods are cut. `field` is the date of records. */
    z.strictObject({ op: z.literal('last'), ...plain, set: expression, months: z.int(), days: z.int(), day: expression, field: z.string().optional() }),
    /** The full calendar years before that of `day`. */
    z.strictObject({ op: z.literal('last-years'), ...plain, set: expression, years: z.int(), day: expression, field: z.string().optional() }),
    /** From one day to another, both inside. */
    z.strictObject({ op: z.literal('between'), ...plain, set: expression, from: expression, to: expression, field: z.string().optional() }),
    /** Without the days of the periods `other`. */
    z.strictObject({ op: z.literal('without'), ...plain, set: expression, other: expression, field: z.string().optional() }),
    /** The merged periods of the run that reaches `to`, across gaps of at most this length. */
    z.strictObject({
      op: z.literal('unbroken'),
      ...plain,
      set: expression,
      to: expression,
      gapMonths: z.int(),
      gapDays: z.int(),
      counted: z.boolean(),
    }),
    z.strictObject({ op: z.literal('where'), ...plain, set: expression, condition: expression }),
    z.strictObject({ op: z.literal('any'), ...plain, set: expression }),
    z.strictObject({ op: z.enum(['count', 'months-covered']), ...numeric, set: expression }),
    z.strictObject({ op: z.literal('total-of'), ...numeric, set: expression, value: expression }),
    z.strictObject({ op: z.enum(['greatest', 'least']), ...numeric, set: expression, value: expression, empty: expression }),
    z.strictObject({ op: z.enum(['earliest', 'latest']), ...plain, set: expression, value: expression, empty: expression }),
    /** Of the other member of the household when there is one and it is valid. */
    z.strictObject({ op: z.literal('partner'), ...plain, value: expression, otherwise: expression }),
  ]),
)

/** What a value turns out to be: of which kind, and for numbers how many decimals and between which bounds. */
export const definition = z.strictObject({
  id,
  name: z.string(),
  type: factType,
  /** Evaluated for every record: its value depends on fields. */
  perRecord: z.boolean(),
  /** The first case whose condition holds gives the value; the last may have none. A plain definition has one case. */
  cases: z.array(z.strictObject({ when: expression.optional(), value: expression })).min(1),
})
export type Definition = z.infer<typeof definition>

const sourced = {
  cites: z.array(z.string()),
  /** Who audits it. */
  auditedBy: z.array(z.string()),
  /** Why no official text gives the value. */
  unsourced: z.array(z.string()),
  /** How an open text was read. */
  readings: z.array(z.strictObject({ text: z.string(), cites: z.string().optional() })),
}

/** What 待核 and 解释 say of the head of a policy. */
const said = { unsourced: sourced.unsourced.optional(), readings: sourced.readings.optional() }

const bounded = { min: expression.optional(), max: expression.optional() }

const span = { from: date.optional(), to: date.optional() }
/** When an item or row has a part at all: in these scenarios only, between these main dates. */
const presence = { onlyFor: z.array(id).optional(), inForce: z.strictObject(span).optional() }

export const mode = z.enum(['sum', 'highest', 'first'])
export type Mode = z.infer<typeof mode>

const rateHead = {
  id,
  steps: z.enum(['proportional', 'full', 'started']),
  per: decimal,
  /** Of the quantity; its words are in `units`. */
  unit: z.string().optional(),
  quantity: z.lazy(() => expression),
  places: z.int().nonnegative(),
  low: decimal,
  high: decimal,
}

const flat = z.strictObject({ kind: z.literal('flat'), id, negative: z.boolean(), amount: expression })
/** `amount` for each `per` of `quantity`, in the quantity's unit; a quantity below zero counts as zero. */
const rate = z.strictObject({ kind: z.literal('rate'), ...rateHead, negative: z.boolean(), amount: expression })
/** As a rate, with an amount per band: the band reached holds for all steps, or every slice has its own. */
const stepped = z.strictObject({
  kind: z.literal('stepped'),
  ...rateHead,
  how: z.enum(['reached', 'slices']),
  bands: z
    .array(
      z.strictObject({
        low: decimal.optional(),
        high: decimal.optional(),
        lowOpen: z.boolean(),
        highOpen: z.boolean(),
        negative: z.boolean(),
        amount: expression,
      }),
    )
    .min(1),
})
/** The amount of the first entry whose condition holds; when `complete`, one holds for everybody. */
const table = z.strictObject({
  kind: z.literal('table'),
  id,
  negative: z.boolean(),
  complete: z.boolean(),
  entries: z.array(z.strictObject({ when: expression, amount: expression })),
})

/** `body` for every record of `list`, summed; of those with one key only the best, or their sum up to a cap. */
export interface Each {
  kind: 'each'
  id: string
  best: boolean
  list: Expression
  same?: { key: Expression; cap?: Expression | undefined } | undefined
  body: Row
  places: number
  low: string
  high: string
}
export interface Block {
  kind: 'block'
  id: string
  mode: Mode
  min?: Expression | undefined
  max?: Expression | undefined
  rows: Row[]
}
export type Award = z.infer<typeof flat> | z.infer<typeof rate> | z.infer<typeof stepped> | z.infer<typeof table> | Each | Block

export const award: z.ZodType<Award> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    flat,
    rate,
    stepped,
    table,
    z.strictObject({
      kind: z.literal('each'),
      id,
      best: z.boolean(),
      list: expression,
      same: z.strictObject({ key: expression, cap: expression.optional() }).optional(),
      body: row,
      places: z.int().nonnegative(),
      low: decimal,
      high: decimal,
    }),
    z.strictObject({ kind: z.literal('block'), id, mode, ...bounded, rows: z.array(row) }),
  ]),
)

export const row = z.strictObject({
  id,
  guard: z.enum(['when', 'otherwise', 'always']),
  when: expression.optional(),
  awards: z.array(award).min(1),
  ...bounded,
  ...sourced,
  ...presence,
})
export type Row = z.infer<typeof row>

/** Points that lapse: a record's points are there from `from` to `to`; spends take from those that end earliest. */
const live = z.strictObject({
  from: expression,
  to: expression,
  on: expression,
  spend: z.strictObject({ list: expression, date: z.string(), amount: expression }).optional(),
})

export interface Indicator extends z.infer<typeof indicator> {}
const itemHead = {
  id,
  name: z.string(),
  /** Names from the outermost group down to this item. */
  path: z.array(z.string()).min(1),
  mode,
  places: z.int().nonnegative(),
  low: decimal,
  high: decimal,
  /** Of 扣分组: the points are positive and are taken away in a group that is none. */
  deducts: z.boolean(),
  ...bounded,
  ...sourced,
  ...presence,
}
export const indicator = z.strictObject({ kind: z.literal('indicator'), ...itemHead, live: live.optional(), rows: z.array(row) })

export type Item = Indicator | Group
export type Group = Omit<Indicator, 'kind' | 'rows' | 'live'> & { kind: 'group'; children: Item[] }
export const item: z.ZodType<Item> = z.lazy(() =>
  z.discriminatedUnion('kind', [indicator, z.strictObject({ kind: z.literal('group'), ...itemHead, children: z.array(item) })]),
)

export const total = z.strictObject({
  id,
  name: z.string(),
  value: expression,
  places: z.int().nonnegative(),
  low: decimal,
  high: decimal,
  ...bounded,
  ...sourced,
})
export type Total = z.infer<typeof total>

export const parameter = z.strictObject({
  id,
  name: z.string(),
  unit: z.string().optional(),
  places: z.int().nonnegative(),
  low: decimal,
  high: decimal,
  /** In order of the days from which they apply, and up to `to` where it is said; a plain parameter has one, without a day. */
  values: z.array(z.strictObject({ from: date.optional(), to: date.optional(), value: decimal })).min(1),
  ...sourced,
})
export type Parameter = z.infer<typeof parameter>

export const stateRule = z.strictObject({
  id,
  kind: z.enum(['applies', 'veto', 'clear', 'lapse', 'bar']),
  /** What the paper calls the state. */
  called: z.string().optional(),
  when: expression.optional(),
  /** Bars from a day of each record for so many months and days. */
  each: z.strictObject({ list: expression, from: expression, months: z.int(), days: z.int() }).optional(),
  ...sourced,
})
export type StateRule = z.infer<typeof stateRule>

const rankKey = z.strictObject({
  id,
  value: expression,
  kind: z.enum(['number', 'date', 'yesno', 'member', 'text']),
  /** Smaller values lead. */
  ascending: z.boolean(),
  /** Members in the order in which they lead; those not named come last, equal. */
  order: z.array(z.int().nonnegative()).optional(),
})
export type RankKey = z.infer<typeof rankKey>

const roundingMode = z.enum(['half-up', 'down', 'up'])

export const scenario = z.strictObject({
  id,
  name: z.string(),
  /** The total that the use is about. */
  total: id,
  /** Reference dates that the use sets by itself. */
  dates: z.array(z.strictObject({ name: z.string(), value: expression })),
  states: z.array(stateRule),
  quota: z
    .strictObject({
      amount: expression.optional(),
      /** A fact: one list for each of its values. */
      by: id.optional(),
      lists: z.array(z.strictObject({ name: z.string(), places: expression })).optional(),
    })
    .optional(),
  secondRound: z.strictObject({ limit: z.strictObject({ by: id, share: decimal, rounding: roundingMode }).optional() }).optional(),
  household: z
    .strictObject({
      key: id,
      added: z.strictObject({ to: id, order: z.enum(['merge-then-cap', 'cap-then-merge']), except: z.array(id) }).optional(),
    })
    .optional(),
  keys: z.array(rankKey),
  equals: z.enum(['share', 'lot']),
  cutoff: z.enum(['all', 'none', 'lot']),
  /** What the paper calls who gets a place, and who does not. */
  results: z.strictObject({ admitted: z.string(), waiting: z.string() }).optional(),
  price: z.strictObject({ item: id, amount: decimal }).optional(),
  ...sourced,
})
export type Scenario = z.infer<typeof scenario>

const period = z.enum(['working_days', 'days', 'months'])
export const deadline = z.strictObject({
  id,
  name: z.string(),
  from: z.string(),
  ahead: z.boolean(),
  bound: z.enum(['at-most', 'at-least']),
  amount: z.int().positive(),
  unit: period,
  extension: z.strictObject({ amount: z.int().positive(), unit: period }).optional(),
  ...sourced,
})
export type Deadline = z.infer<typeof deadline>

export const place = z.strictObject({ source: z.int().nonnegative(), start: z.int(), end: z.int(), line: z.int(), column: z.int() })

/** The written form of a node in both surfaces, for receipts. */
const label = z.strictObject({ zh: z.string(), en: z.string() })

export const policy = z.strictObject({
  format: z.literal('heng'),
  version: z.literal(formatVersion),
  name: z.string(),
  number: z.string().optional(),
  text: z.string().optional(),
  replaces: z.string().optional(),
  inForce: z.strictObject({ from: date, to: date.optional(), ...said }).optional(),
  /** The first is the main date. */
  referenceDates: z.array(z.string()),
  /** Reference dates that are taken from the applicant's facts. */
  ownDates: z.array(z.strictObject({ name: z.string(), value: expression })),
  facts: z.array(fact),
  parameters: z.array(parameter),
  /** In order of dependence. */
  definitions: z.array(definition),
  items: z.array(item),
  /** In order of dependence. */
  totals: z.array(total),
  states: z.array(stateRule),
  scenarios: z.array(scenario),
  deadlines: z.array(deadline),
  /** Policies whose values and items were taken in. */
  imports: z.array(
    z.strictObject({
      name: z.string(),
      number: z.string().optional(),
      inForce: z.strictObject({ from: date, to: date.optional() }).optional(),
      path: z.string(),
      sha256: z.string(),
      readings: said.readings,
    }),
  ),
  readings: z.array(z.strictObject({ text: z.string(), cites: z.string().optional() })),
  clauses: z.array(z.strictObject({ clause: z.string(), how: z.enum(['procedural', 'omitted']), reason: z.string() })),
  /** Hash of every source that went in; not part of the semantic hash, no more than `places` and `labels`. */
  sources: z.array(z.strictObject({ path: z.string(), sha256: z.string() })),
  /** Where facts, definitions, items, rows and totals are written. */
  places: z.record(z.string(), place),
  labels: z.record(z.string(), label),
  /** The words of every unit that is used. */
  units: z.record(z.string(), label),
})
export type Policy = z.infer<typeof policy>
