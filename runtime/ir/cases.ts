// The compiled form of cases: applicants with what is expected of them, written beside the rules.

import { z } from 'zod'
import { date, decimal, id } from './fields.ts'
import { place } from './schema.ts'

/** What a case expects of one applicant. */
const expectation = z.strictObject({
  state: z.string().optional(),
  until: date.optional(),
  lowest: decimal.optional(),
  highest: decimal.optional(),
  /** Names of the facts whose absence leaves points open. */
  awaiting: z.array(z.string()).optional(),
  /** By id of item or total. */
  figures: z.record(z.string(), decimal),
  /** Places within a small list, and who is admitted, by the applicants' keys. */
  places: z.record(z.string(), z.int().positive()).optional(),
  admitted: z.array(z.string()).optional(),
})

/** An applicant with the expected outcome, written beside the rules. Facts are in the written form of a CSV cell. */
export const testCase = z.strictObject({
  title: z.string(),
  scenario: id.optional(),
  dates: z.record(z.string(), date),
  facts: z.record(z.string(), z.string()),
  /** A small list to be ranked, in place of one applicant. */
  people: z.array(z.record(z.string(), z.string())).optional(),
  /** Places of the use, or by list. */
  quota: z.union([z.int().nonnegative(), z.record(z.string(), z.int().nonnegative())]).optional(),
  seed: z.string().optional(),
  expected: expectation,
  place,
})
export type TestCase = z.infer<typeof testCase>
