// The contract between the language and everything that runs a policy: the schema of a compiled policy as plain JSON.
// Numbers are decimal strings in the unit of what they measure. Ids are made as `ids.ts` says; texts and places stand in side
// tables, so that the hash of a policy does not change with its layout.

import { z } from 'zod'
import { date, decimal, type HeldBy, id, type Reference, shapeOf } from './fields.ts'
import {
  type AwardKind,
  type Awards,
  awards,
  modes,
  type Operation,
  type Operations,
  operations,
  type Proven,
  type recordModes,
  roundings,
} from './operations.ts'
import { formatVersion } from './version.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

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
const proofs = {
  number: { places: z.int().nonnegative(), low: decimal, high: decimal },
  quotient: { low: decimal, high: decimal },
  nothing: {},
} as const satisfies Readonly<Record<Proven, z.ZodRawShape>>

interface Proofs {
  number: { readonly places: number; readonly low: string; readonly high: string }
  quotient: { readonly low: string; readonly high: string }
  nothing: unknown
}

/** The compiled form: numbers are decimal strings, and what is declared elsewhere is named by its id. */
export interface Compiled extends Record<Reference, string> {
  part: Expression
  row: Row
  number: string
}

/** An operation; a part of a condition that a receipt can name has the id of its words. */
export type Expression = {
  [K in Operation]: { readonly op: K; readonly label?: string | undefined } & Proofs[Operations[K]['proves']] & HeldBy<Operations[K]['fields'], Compiled>
}[Operation]

/** What zod asks of the options of a union that are made from a table. */
type Options = [z.ZodObject, ...z.ZodObject[]]

const leaves = { part: z.lazy((): z.ZodType => expression), row: z.lazy((): z.ZodType => row) }

export const expression = z.discriminatedUnion(
  'op',
  Object.entries(operations).map(([op, { proves, fields }]) =>
    z.strictObject({ op: z.literal(op), label: id.optional(), ...proofs[proves], ...shapeOf(fields, leaves) }),
  ) as unknown as Options,
) as unknown as z.ZodType<Expression>

/** What a value turns out to be: of which kind, and for numbers how many decimals and between which bounds. */
export const definition = z.strictObject({
  id,
  name: z.string(),
  /** The item in which alone it is known. */
  within: id.optional(),
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
const presence = { onlyFor: z.array(z.string()).optional(), inForce: z.strictObject(span).optional() }

const mode = z.enum(modes.words)
export type Mode = z.infer<typeof mode>

export type Takes = (typeof recordModes.words)[number]

export type Award = { [K in AwardKind]: { readonly kind: K } & Proofs[Awards[K]['proves']] & HeldBy<Awards[K]['fields'], Compiled> }[AwardKind]

/** An award of one kind. */
export type AwardOf<K extends AwardKind> = Extract<Award, { kind: K }>

export const award = z.discriminatedUnion(
  'kind',
  Object.entries(awards).map(([kind, { proves, fields }]) =>
    z.strictObject({ kind: z.literal(kind), ...proofs[proves], ...shapeOf(fields, leaves) }),
  ) as unknown as Options,
) as unknown as z.ZodType<Award>

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

const roundingMode = z.enum(roundings.words)

export const scenario = z.strictObject({
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
      by: z.string().optional(),
      lists: z.array(z.strictObject({ name: z.string(), places: expression })).optional(),
    })
    .optional(),
  secondRound: z.strictObject({ limit: z.strictObject({ by: z.string(), share: decimal, rounding: roundingMode }).optional() }).optional(),
  household: z
    .strictObject({
      key: z.string(),
      added: z.strictObject({ to: z.string(), order: z.enum(['merge-then-cap', 'cap-then-merge']), except: z.array(id) }).optional(),
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
      sha256: hash,
      readings: said.readings,
    }),
  ),
  readings: z.array(z.strictObject({ text: z.string(), cites: z.string().optional() })),
  clauses: z.array(z.strictObject({ clause: z.string(), how: z.enum(['procedural', 'omitted']), reason: z.string() })),
  /** Of its meaning, as `hash.ts` works it out. */
  policyHash: hash,
  /** Hash of every source that went in. */
  sources: z.array(z.strictObject({ path: z.string(), sha256: hash })),
  /** Where each thing that has an id is written, and each figure; facts and parameters by `factId` and `parameterId`. */
  places: z.record(z.string(), place),
  labels: z.record(z.string(), label),
  /** The words of every unit that is used. */
  units: z.record(z.string(), label),
})
export type Policy = z.infer<typeof policy>
