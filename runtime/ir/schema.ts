// The contract between the language and everything that runs a policy: the schema of a compiled policy as plain JSON.
// Numbers are decimal strings in the unit of what they measure. Every node has an id; texts and places stand in side
// tables, so that the semantic hash does not change with layout.

import { z } from 'zod'
import { formatVersion } from './version.ts'

z.config({ jitless: true })

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const id = z.string()

const member = z.string()

export const factType = z.discriminatedUnion('kind', [
  /** `places` decimals, at least `low` and at most `high`, in `unit`. */
  z.strictObject({ kind: z.literal('number'), places: z.int().nonnegative(), unit: z.string().optional(), low: decimal, high: decimal }),
  z.strictObject({ kind: z.literal('date'), low: date, high: date }),
  z.strictObject({ kind: z.literal('yesno') }),
  z.strictObject({ kind: z.literal('text') }),
  /** One of `members`; `levels` run low to high. */
  z.strictObject({ kind: z.enum(['choice', 'levels']), members: z.array(member).min(1) }),
  /** Any number of `members`. */
  z.strictObject({ kind: z.literal('choices'), members: z.array(member).min(1) }),
])
export type FactType = z.infer<typeof factType>

export const fact = z.strictObject({
  id,
  name: z.string(),
  type: factType,
  source: z.string().optional(),
  /** In the written form of a CSV cell. */
  default: z.string().optional(),
  required: z.boolean(),
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
  ]),
)

/** What a value turns out to be: of which kind, and for numbers how many decimals and between which bounds. */
export const definition = z.strictObject({
  id,
  name: z.string(),
  type: factType,
  /** The first case whose condition holds gives the value; the last may have none. A plain definition has one case. */
  cases: z.array(z.strictObject({ when: expression.optional(), value: expression })).min(1),
})
export type Definition = z.infer<typeof definition>

const sourced = {
  cites: z.array(z.string()),
  /** Why no official text gives the value. */
  unsourced: z.array(z.string()),
  /** How an open text was read. */
  readings: z.array(z.strictObject({ text: z.string(), cites: z.string().optional() })),
}

const bounded = { min: expression.optional(), max: expression.optional() }

export const award = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('flat'), id, negative: z.boolean(), amount: expression }),
  /** `amount` for each `per` of `quantity`, in the quantity's unit; a quantity below zero counts as zero. */
  z.strictObject({
    kind: z.literal('rate'),
    id,
    negative: z.boolean(),
    steps: z.enum(['proportional', 'full', 'started']),
    per: decimal,
    /** Of the quantity; its words are in `units`. */
    unit: z.string().optional(),
    quantity: expression,
    amount: expression,
    places: z.int().nonnegative(),
    low: decimal,
    high: decimal,
  }),
  /** The amount of the first entry whose condition holds; when `complete`, one holds for everybody. */
  z.strictObject({
    kind: z.literal('table'),
    id,
    negative: z.boolean(),
    complete: z.boolean(),
    entries: z.array(z.strictObject({ when: expression, amount: expression })),
  }),
])
export type Award = z.infer<typeof award>

export const row = z.strictObject({
  id,
  guard: z.enum(['when', 'otherwise', 'always']),
  when: expression.optional(),
  awards: z.array(award).min(1),
  ...bounded,
  ...sourced,
})
export type Row = z.infer<typeof row>

export const mode = z.enum(['sum', 'highest', 'first'])
export type Mode = z.infer<typeof mode>

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
  ...bounded,
  ...sourced,
}
export const indicator = z.strictObject({ kind: z.literal('indicator'), ...itemHead, rows: z.array(row) })

export type Item = Indicator | Group
export type Group = Omit<Indicator, 'kind' | 'rows'> & { kind: 'group'; children: Item[] }
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

const place = z.strictObject({ source: z.int().nonnegative(), start: z.int(), end: z.int(), line: z.int(), column: z.int() })

/** The written form of a node in both surfaces, for receipts. */
const label = z.strictObject({ zh: z.string(), en: z.string() })

export const policy = z.strictObject({
  format: z.literal('heng'),
  version: z.literal(formatVersion),
  name: z.string(),
  number: z.string().optional(),
  text: z.string().optional(),
  replaces: z.string().optional(),
  inForce: z.strictObject({ from: date, to: date.optional() }).optional(),
  /** The first is the main date. */
  referenceDates: z.array(z.string()),
  facts: z.array(fact),
  /** In order of dependence. */
  definitions: z.array(definition),
  items: z.array(item),
  /** In order of dependence. */
  totals: z.array(total),
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

/** An applicant with the expected outcome, written beside the rules. Facts are in the written form of a CSV cell. */
export const testCase = z.strictObject({
  title: z.string(),
  dates: z.record(z.string(), date),
  facts: z.record(z.string(), z.string()),
  expected: z.strictObject({
    state: z.string().optional(),
    lowest: decimal.optional(),
    highest: decimal.optional(),
    /** Names of the facts whose absence leaves points open. */
    awaiting: z.array(z.string()).optional(),
    /** By id of item or total. */
    figures: z.record(z.string(), decimal),
  }),
  place,
})
export type TestCase = z.infer<typeof testCase>
