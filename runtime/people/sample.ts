// The sample file of a policy (NAME.people.json beside it): how the facts of a synthetic population are spread. Every part
// may be left out; what is not said follows from the fact's type.

import { z } from 'zod'
import { readValue } from '../facts.ts'
import type { FactType, Policy } from '../ir/schema.ts'
import type { Problem } from '../problems.ts'

const share = z.number().min(0).max(1)

/** How one fact or field is spread. Which parts mean something depends on its type. */
const spread = z.strictObject({
  /** Share of people of whom it is not known. */
  unknown: share.optional(),
  /** Numbers: about this value; the bounds of the fact hold besides. Dates: in years before the day of the population. */
  mean: z.number().optional(),
  /** Numbers and dates: spread about the mean. */
  deviation: z.number().nonnegative().optional(),
  /** Numbers and dates (2019-01-01): nothing below or before. */
  from: z.union([z.number(), z.iso.date()]).optional(),
  to: z.union([z.number(), z.iso.date()]).optional(),
  /** Share of 是. */
  yes: share.optional(),
  /** Written values with their weights; of 多选 the share of people who have each. */
  values: z.record(z.string(), z.number().nonnegative()).optional(),
  /** Texts: share of people who live two to a household; the others are their own. */
  households: share.optional(),
})

/** How a list is spread. */
const listSpread = z.strictObject({
  unknown: share.optional(),
  /** Mean number of records, and the most that anybody has. */
  count: z.number().nonnegative().optional(),
  most: z.int().nonnegative().optional(),
  fields: z.record(z.string(), spread).optional(),
})

const sampleFile = z.strictObject({
  /** What the figures rest on. */
  note: z.string().optional(),
  /** The day from which dates are counted back. */
  day: z.iso.date().optional(),
  facts: z.record(z.string(), z.unknown()).default({}),
})

export type Spread = z.infer<typeof spread>
export type ListSpread = z.infer<typeof listSpread>

export interface Sample {
  readonly day: string | undefined
  readonly facts: ReadonlyMap<string, Spread>
  readonly lists: ReadonlyMap<string, ListSpread>
}

export const noSample: Sample = { day: undefined, facts: new Map(), lists: new Map() }

export type SampleRead =
  | { readonly ok: true; readonly sample: Sample }
  /** Not in the form of a sample file, at this path. */
  | { readonly ok: false; readonly kind: 'form'; readonly where: string; readonly reason: string }
  /** A name that the policy does not have. */
  | { readonly ok: false; readonly kind: 'name'; readonly name: string; readonly known: readonly string[] }
  /** A value that the fact cannot have. */
  | { readonly ok: false; readonly kind: 'value'; readonly where: string; readonly problem: Problem }

type Failure = Extract<SampleRead, { ok: false }>

/** Reads a sample file against the policy that it is for. */
export function readSample(policy: Policy, json: unknown): SampleRead {
  const file = sampleFile.safeParse(json)
  if (!file.success) return malformed(file.error, [])
  const facts = new Map<string, Spread>()
  const lists = new Map<string, ListSpread>()
  for (const [name, written] of Object.entries(file.data.facts)) {
    const type = policy.facts.find((fact) => fact.name === name)?.type
    if (!type) return { ok: false, kind: 'name', name, known: policy.facts.map((fact) => fact.name) }
    if (type.kind !== 'records') {
      const read = spread.safeParse(written)
      if (!read.success) return malformed(read.error, ['facts', name])
      const wrong = wrongValue(name, type, read.data)
      if (wrong) return wrong
      facts.set(name, read.data)
      continue
    }
    const read = listSpread.safeParse(written)
    if (!read.success) return malformed(read.error, ['facts', name])
    for (const [field, own] of Object.entries(read.data.fields ?? {})) {
      const declared = type.fields.find((candidate) => candidate.name === field)
      if (!declared) return { ok: false, kind: 'name', name: `${name}.${field}`, known: type.fields.map((candidate) => candidate.name) }
      const wrong = wrongValue(`${name}.${field}`, declared.type, own)
      if (wrong) return wrong
    }
    lists.set(name, read.data)
  }
  return { ok: true, sample: { day: file.data.day, facts, lists } }
}

function malformed(error: z.ZodError, above: readonly string[]): Failure {
  const [issue] = error.issues
  return { ok: false, kind: 'form', where: [...above, ...(issue?.path ?? [])].join('.'), reason: issue?.message ?? '' }
}

function wrongValue(where: string, type: Exclude<FactType, { kind: 'records' }>, { values = {} }: Spread): Failure | undefined {
  for (const value of Object.keys(values)) {
    const read = readValue(where, type, value)
    if ('code' in read) return { ok: false, kind: 'value', where, problem: read }
  }
  return undefined
}
