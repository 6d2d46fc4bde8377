// The sample file of a policy (NAME.people.json beside it): how the facts of a synthetic population are spread. Every part
// may be left out; what is not said follows from the fact's type.

import { z } from 'zod'

const share = z.number().min(0).max(1)
const weights = z.record(z.string(), z.number().nonnegative())

/** How one fact or field is spread. Which parts mean something depends on its type. */
const spread = z.strictObject({
  /** Share of people of whom it is not known. */
  unknown: share.optional(),
  /** Numbers: about this value; the bounds of the fact hold besides. Dates: in years before the day of the population. */
  mean: z.number().optional(),
  /** Numbers and dates: spread about the mean. */
  deviation: z.number().nonnegative().optional(),
  /** Numbers and dates (2019-01-01): nothing below or before. */
  from: z.union([z.number(), z.string()]).optional(),
  to: z.union([z.number(), z.string()]).optional(),
  /** Share of 是. */
  yes: share.optional(),
  /** Written values with their weights; of 多选 the share of people who have each. */
  values: weights.optional(),
  /** Texts: share of people who live two to a household; the others are their own. */
  households: share.optional(),
})

const listSpread = z.strictObject({
  unknown: share.optional(),
  /** Mean number of records, and the most that anybody has. */
  count: z.number().nonnegative().optional(),
  most: z.int().nonnegative().optional(),
  fields: z.record(z.string(), spread).optional(),
})

export const sampleFile = z.strictObject({
  /** What the figures rest on. */
  note: z.string().optional(),
  /** The day from which dates are counted back. */
  day: z.iso.date().optional(),
  facts: z.record(z.string(), z.union([spread, listSpread])).default({}),
})

export type Spread = z.infer<typeof spread>
export type ListSpread = z.infer<typeof listSpread>
export type SampleFile = z.infer<typeof sampleFile>
