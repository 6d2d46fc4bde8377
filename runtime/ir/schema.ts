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
import { stateKinds } from './states.ts'
import { formatVersion } from './version.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

const member = z.string()

const scalarTypes = [
  z
    .strictObject({ kind: z.literal('number'), places: z.int().nonnegative(), unit: z.string().optional(), low: decimal, high: decimal })
    .describe('`places` decimals, at least `low` and at most `high`, in `unit`.'),
  z.strictObject({ kind: z.literal('date'), low: date, high: date }),
  z.strictObject({ kind: z.literal('yesno') }),
  z.strictObject({ kind: z.literal('text') }),
  z.strictObject({ kind: z.enum(['choice', 'levels']), members: z.array(member).min(1) }).describe('One of `members`; `levels` run low to high.'),
  z.strictObject({ kind: z.literal('choices'), members: z.array(member).min(1) }).describe('Any number of `members`.'),
] as const

const field = z.strictObject({
  name: z.string(),
  type: z.discriminatedUnion('kind', scalarTypes),
  default: z.string().optional().describe('In the written form of a CSV cell; a field without one must be given.'),
})
export type Field = z.infer<typeof field>

export const factType = z.discriminatedUnion('kind', [
  ...scalarTypes,
  z
    .strictObject({ kind: z.literal('records'), periods: z.boolean(), limit: z.int().positive(), fields: z.array(field) })
    .describe('A list of at most `limit` records; periods have the fields 起 and 止, both days inside.'),
])
export type FactType = z.infer<typeof factType>

export const fact = z.strictObject({
  name: z.string(),
  type: factType,
  source: z.string().optional(),
  notAfter: z.string().optional().describe('A reference date after which its value may not lie.'),
  auditedBy: z.string().optional().describe('Who audits it.'),
  default: z.string().optional().describe('In the written form of a CSV cell.'),
  defaultKey: z.boolean().describe("Absent means the applicant's own key."),
  required: z.boolean(),
  unique: z.boolean().describe('No two applicants have the same.'),
  household: z.string().optional().describe('It belongs to the household that this fact names: of two members, what one leaves empty the other says.'),
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

export const expression = z
  .discriminatedUnion(
    'op',
    Object.entries(operations).map(([op, { proves, fields, says }]) =>
      z.strictObject({ op: z.literal(op), label: id.optional(), ...proofs[proves], ...shapeOf(fields, leaves) }).describe(says),
    ) as unknown as Options,
  )
  .meta({ id: 'expression' }) as unknown as z.ZodType<Expression>

/** What a value turns out to be: of which kind, and for numbers how many decimals and between which bounds. */
export const definition = z.strictObject({
  id,
  name: z.string(),
  within: id.optional().describe('The item in which alone it is known.'),
  type: factType,
  perRecord: z.boolean().describe('Evaluated for every record: its value depends on fields.'),
  cases: z
    .array(z.strictObject({ when: expression.optional(), value: expression }))
    .min(1)
    .describe('The first case whose condition holds gives the value; the last may have none. A plain definition has one case.'),
})
export type Definition = z.infer<typeof definition>

const sourced = {
  cites: z.array(z.string()),
  auditedBy: z.array(z.string()).describe('Who audits it.'),
  unsourced: z.array(z.string()).describe('Why no official text gives the value.'),
  readings: z.array(z.strictObject({ text: z.string(), cites: z.string().optional() })).describe('How an open text was read.'),
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

export const award = z
  .discriminatedUnion(
    'kind',
    Object.entries(awards).map(([kind, { proves, fields, says }]) =>
      z.strictObject({ kind: z.literal(kind), ...proofs[proves], ...shapeOf(fields, leaves) }).describe(says),
    ) as unknown as Options,
  )
  .meta({ id: 'award' }) as unknown as z.ZodType<Award>

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
  path: z.array(z.string()).min(1).describe('Names from the outermost group down to this item.'),
  mode,
  places: z.int().nonnegative(),
  low: decimal,
  high: decimal,
  deducts: z.boolean().describe('Of 扣分组: the points are positive and are taken away in a group that is none.'),
  ...bounded,
  ...sourced,
  ...presence,
}
export const indicator = z.strictObject({
  kind: z.literal('indicator'),
  ...itemHead,
  complete: z
    .boolean()
    .optional()
    .describe('Proven: one of the rows holds for everybody, so that what is open lies between rows and not between them and nothing.'),
  live: live.optional(),
  rows: z.array(row),
})

export type Item = Indicator | Group
export type Group = Omit<Indicator, 'kind' | 'rows' | 'live' | 'complete'> & { kind: 'group'; children: Item[] }
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
  values: z
    .array(z.strictObject({ from: date.optional(), to: date.optional(), value: decimal }))
    .min(1)
    .describe('In order of the days from which they apply, and up to `to` where it is said; a plain parameter has one, without a day.'),
  ...sourced,
})
export type Parameter = z.infer<typeof parameter>

export const stateRule = z.strictObject({
  id,
  kind: z.enum(stateKinds),
  called: z.string().optional().describe('What the paper calls the state.'),
  when: expression.optional(),
  each: z
    .strictObject({ list: expression, from: expression, months: z.int(), days: z.int() })
    .optional()
    .describe('Bars from a day of each record for so many months and days.'),
  ...sourced,
})
export type StateRule = z.infer<typeof stateRule>

const rankKey = z.strictObject({
  id,
  value: expression,
  kind: z.enum(['number', 'date', 'yesno', 'member', 'text']),
  ascending: z.boolean().describe('Smaller values lead.'),
  order: z.array(z.int().nonnegative()).optional().describe('Members in the order in which they lead; those not named come last, equal.'),
})
export type RankKey = z.infer<typeof rankKey>

const roundingMode = z.enum(roundings.words)

export const scenario = z.strictObject({
  name: z.string(),
  total: id.describe('The total that the use is about.'),
  dates: z.array(z.strictObject({ name: z.string(), value: expression })).describe('Reference dates that the use sets by itself.'),
  states: z.array(stateRule),
  quota: z
    .strictObject({
      amount: expression.optional(),
      by: z.string().optional().describe('A fact: one list for each of its values.'),
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
  results: z.strictObject({ admitted: z.string(), waiting: z.string() }).optional().describe('What the paper calls who gets a place, and who does not.'),
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
/** Something in words, in both languages. */
export type Both = Readonly<z.infer<typeof label>>

export const policy = z.strictObject({
  format: z.literal('heng'),
  version: z.literal(formatVersion),
  name: z.string(),
  number: z.string().optional(),
  text: z.string().optional().describe('The file of the official text.'),
  moreTexts: z.array(z.string()).min(1).optional().describe('Its further files, where it stands in several.'),
  replaces: z.string().optional(),
  inForce: z.strictObject({ from: date, to: date.optional(), ...said }).optional(),
  referenceDates: z.array(z.string()).describe('The first is the main date.'),
  ownDates: z.array(z.strictObject({ name: z.string(), value: expression })).describe("Reference dates that are taken from the applicant's facts."),
  facts: z.array(fact),
  parameters: z.array(parameter),
  definitions: z.array(definition).describe('In order of dependence.'),
  items: z.array(item),
  totals: z.array(total).describe('In order of dependence.'),
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
  sources: z.array(z.strictObject({ path: z.string(), sha256: hash })).describe('Hash of every source that went in.'),
  places: z
    .record(z.string(), place)
    .describe('Where each thing that has an id is written, and each figure; facts and parameters by `factId` and `parameterId`.'),
  labels: z.record(z.string(), label),
  units: z.record(z.string(), label).describe('The words of every unit that is used.'),
})
export type Policy = z.infer<typeof policy>
