// What the random policies are made of: every mode, operation and rate of a compiled policy, every operation of a plan and every
// class of name. What none of them draws, no property about them can find.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { modes, recordModes } from '../../runtime/ir/operations.ts'
import { award, expression, item, policy as schema, stateRule } from '../../runtime/ir/schema.ts'
import type { Op } from '../../runtime/plan/node.ts'
import { makePlan } from '../../runtime/plan/plan.ts'
import { anyListScheme } from './random-lists.ts'
import { anyScheme } from './random-policy.ts'
import { anyTableScheme } from './random-tables.ts'
import { anyWideScheme } from './random-wide.ts'
import { runOf } from './support.ts'

const drawn = (
  [
    [anyScheme, 250],
    [anyListScheme, 250],
    [anyWideScheme, 250],
    [anyTableScheme, 30],
  ] as const
).flatMap(([scheme, numRuns]) => fc.sample<{ readonly text: string }>(scheme, { numRuns, seed: 20_261_126 }).flatMap(({ text }) => compile(text).policy ?? []))

/** Every value of a property that tells one kind from another, anywhere in the policies. */
const reached = ((): ReadonlySet<string> => {
  const found = new Set<string>()
  const telling = ['op', 'kind', 'mode', 'guard', 'steps', 'how', 'operator', 'takes', 'counted', 'negative', 'complete', 'lowOpen', 'highOpen']
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [name, value] of Object.entries(node)) {
      if (telling.includes(name) && typeof value !== 'object') found.add(`${name} ${value}`)
      visit(value)
    }
    for (const name of ['min', 'max', 'same', 'cap', 'inForce', 'live', 'spend', 'each', 'default', 'field', 'on']) if (name in node) found.add(name)
  }
  for (const { items, totals, states, facts, definitions, parameters } of drawn) visit([items, totals, states, facts, definitions, parameters])
  return found
})()

/** The literals by which the members of a schema are told apart. */
function literalsOf(name: string, part: unknown): readonly string[] {
  const found = new Set<string>()
  const seen = new Set<unknown>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return
    seen.add(node)
    const own = (node as { readonly shape?: Readonly<Record<string, { readonly values?: ReadonlySet<unknown>; readonly options?: readonly unknown[] }>> })
      .shape?.[name]
    for (const value of own?.values ?? own?.options ?? []) found.add(`${name} ${value}`)
    for (const inner of Object.values(node)) visit(inner)
    const { getter, innerType, options, shape, element } = (node as { readonly _zod?: { readonly def?: Readonly<Record<string, unknown>> } })._zod?.def ?? {}
    for (const inner of [typeof getter === 'function' ? getter() : undefined, innerType, options, shape, element]) visit(inner)
  }
  visit(part)
  return [...found].sort()
}

/** The value of another, and the member that stands for it where there is none, need two people: the corpus has them. */
const elsewhere = ['op partner', 'op member']

test('the schema is read', () => {
  expect(literalsOf('op', expression).length).toBeGreaterThan(45)
  expect(literalsOf('kind', award)).toEqual(['kind block', 'kind each', 'kind flat', 'kind rate', 'kind stepped', 'kind table'])
})

test.each([
  ...literalsOf('op', expression),
  ...literalsOf('kind', award),
  ...literalsOf('kind', item),
  ...literalsOf('kind', stateRule),
  ...literalsOf('kind', schema.shape.facts),
  ...modes.words.map((one) => `mode ${one}`),
  ...['half-up', 'down', 'up'].map((one) => `mode ${one}`),
  ...['when', 'otherwise', 'always'].map((one) => `guard ${one}`),
  ...['proportional', 'full', 'started'].map((one) => `steps ${one}`),
  ...['reached', 'slices'].map((one) => `how ${one}`),
  ...['=', '!=', '<', '<=', '>', '>='].map((one) => `operator ${one}`),
  ...recordModes.words.map((one) => `takes ${one}`),
  ...['counted', 'negative', 'complete', 'lowOpen', 'highOpen'].flatMap((one) => [`${one} true`, `${one} false`]),
  ...['min', 'max', 'same', 'cap', 'inForce', 'live', 'spend', 'each', 'default', 'field', 'on'],
])('a random policy has %s', (what) => {
  expect([...elsewhere, ...reached]).toContain(what)
})

const operations: readonly Op[] = [
  ...(['constant', 'fact', 'given', 'field', 'carried', 'add', 'multiply', 'divide', 'smaller', 'larger', 'less', 'equal', 'and', 'or', 'not'] as const),
  ...(['choose', 'join-bits', 'has-bit', 'count-bits', 'add-months', 'add-days', 'full-months', 'age', 'sum', 'least', 'greatest', 'any'] as const),
  ...(['sum-of-greatest', 'sum-of-capped', 'balance', 'overspent', 'step', 'entry'] as const),
]

test('plans of random policies have every operation, and nearly every policy has a plan', () => {
  const plans = drawn.flatMap((policy) => {
    const made = makePlan(runOf(policy, undefined, { scenario: policy.scenarios[0]?.name }))
    return made.ok ? [made.plan] : []
  })
  expect(plans.length).toBeGreaterThan(drawn.length * 0.95)
  const found = new Set(plans.flatMap(({ graph }) => graph.nodes.map(({ op }) => op)))
  expect([...found].sort()).toEqual(expect.arrayContaining([...operations]))
})

test.each([
  ['a plain word', /^[一-龥]+$/],
  ['a blank', / /],
  ['a member of every object', /^constructor$/],
  ['a quote', /['"]/],
  ['a sign of the language', /-/],
  ['a dot', /\./],
  ['a character beyond 16 bits', /𠮷/],
  ['a word of the language', /^当$/],
])('names have %s', (_, form) => {
  const names = drawn.flatMap(({ facts, items, definitions, parameters }) => [...facts, ...items, ...definitions, ...parameters].map(({ name }) => name))
  expect(names.some((name) => form.test(name))).toBe(true)
})
