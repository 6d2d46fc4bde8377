// How a construct is declared: by its fields and what each of them holds. From the one declaration follow its type in the compiled
// form and in the checker's tree, its schema, the way from one to the other, and every walk through it.

import { z } from 'zod'

export const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ id: 'decimal', description: 'An exact decimal number.' })
export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ id: 'date', description: 'A day, as 2025-03-01.' })
export const id = z.string()

/** A name of something that is declared elsewhere. */
export type Reference = 'fact' | 'definition' | 'parameter' | 'item' | 'total' | 'field'

/** `part` is an expression, `row` a row with its awards; `number` is exact, an `index` counts from 0. */
type Single = 'part' | 'row' | 'number' | 'whole' | 'index' | 'yes-no' | 'text' | 'date' | Reference

export type Field =
  | Single
  | { readonly shape: 'one-of'; readonly words: readonly string[] }
  | { readonly shape: 'list'; readonly of: Field }
  | { readonly shape: 'maybe'; readonly of: Field }
  | { readonly shape: 'group'; readonly fields: Fields }
export type Fields = { readonly [name: string]: Field }

export const oneOf = <const W extends readonly string[]>(...words: W) => ({ shape: 'one-of', words }) as const
export const list = <const F extends Field>(of: F) => ({ shape: 'list', of }) as const
export const maybe = <const F extends Field>(of: F) => ({ shape: 'maybe', of }) as const
export const group = <const F extends Fields>(fields: F) => ({ shape: 'group', fields }) as const

/** What stands in a form of the constructs where a declaration says `part`, `row`, `number` or a reference. */
export interface Form extends Record<Reference, unknown> {
  part: unknown
  row: unknown
  number: unknown
}

interface Plain {
  whole: number
  index: number
  'yes-no': boolean
  text: string
  date: string
}

export type Held<F, In extends Form> = F extends keyof Form
  ? In[F]
  : F extends keyof Plain
    ? Plain[F]
    : F extends { readonly shape: 'one-of'; readonly words: readonly (infer W)[] }
      ? W
      : F extends { readonly shape: 'list'; readonly of: infer Of }
        ? readonly Held<Of, In>[]
        : F extends { readonly shape: 'maybe'; readonly of: infer Of }
          ? Held<Of, In> | undefined
          : F extends { readonly shape: 'group'; readonly fields: infer Inner }
            ? HeldBy<Inner, In>
            : never

type IsMaybe<F> = F extends { readonly shape: 'maybe' } ? true : false

/** The fields of a construct in a form of it; what may be absent may be left out. */
export type HeldBy<F, In extends Form> = {
  readonly [K in keyof F as IsMaybe<F[K]> extends true ? never : K]: Held<F[K], In>
} & { readonly [K in keyof F as IsMaybe<F[K]> extends true ? K : never]?: Held<F[K], In> }

/** How each leaf is turned into that of another form; what is not named stays as it is. */
export type Turn = { readonly [L in keyof Form]?: (leaf: never) => unknown }

/** The same construct in another form. What is absent is left out. */
export function turned(fields: Fields, node: object, turn: Turn): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const held = heldIn(node, name)
    if (held !== undefined) made[name] = turnedField(field, held, turn)
  }
  return made
}

function turnedField(field: Field, held: unknown, turn: Turn): unknown {
  if (typeof field === 'string') {
    const leaf = field in turn ? (turn[field as keyof Turn] as ((leaf: unknown) => unknown) | undefined) : undefined
    return leaf ? leaf(held) : held
  }
  switch (field.shape) {
    case 'one-of':
      return held
    case 'list':
      return (held as readonly unknown[]).map((one) => turnedField(field.of, one, turn))
    case 'maybe':
      return turnedField(field.of, held, turn)
    case 'group':
      return turned(field.fields, held as object, turn)
  }
}

/** What stands in the fields of one kind, in the order of the declaration. */
export function leavesOf(fields: Fields, node: object, kind: keyof Form): readonly unknown[] {
  const found: unknown[] = []
  for (const [name, field] of Object.entries(fields)) collect(field, heldIn(node, name), kind, found)
  return found
}

function collect(field: Field, held: unknown, kind: keyof Form, found: unknown[]): void {
  if (held === undefined) return
  if (typeof field === 'string') {
    if (field === kind) found.push(held)
    return
  }
  switch (field.shape) {
    case 'one-of':
      return
    case 'list':
      for (const one of held as readonly unknown[]) collect(field.of, one, kind, found)
      return
    case 'maybe':
      collect(field.of, held, kind, found)
      return
    case 'group':
      for (const [name, inner] of Object.entries(field.fields)) collect(inner, heldIn(held as object, name), kind, found)
  }
}

const heldIn = (node: object, name: string): unknown => (node as { readonly [name: string]: unknown })[name]

/** The schema of the compiled form. @param leaves those of expressions and rows, which hold one another */
export function shapeOf(fields: Fields, leaves: { readonly part: z.ZodType; readonly row: z.ZodType }): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field, leaves)]))
}

function schemaOf(field: Field, leaves: { readonly part: z.ZodType; readonly row: z.ZodType }): z.ZodType {
  if (typeof field === 'string') {
    switch (field) {
      case 'part':
      case 'row':
        return leaves[field]
      case 'number':
        return decimal
      case 'whole':
        return z.int()
      case 'index':
        return z.int().nonnegative()
      case 'yes-no':
        return z.boolean()
      case 'date':
        return date
      case 'text':
      case 'fact':
      case 'definition':
      case 'parameter':
      case 'item':
      case 'total':
      case 'field':
        return id
    }
  }
  switch (field.shape) {
    case 'one-of':
      return z.enum(field.words as readonly [string, ...string[]])
    case 'list':
      return z.array(schemaOf(field.of, leaves))
    case 'maybe':
      return schemaOf(field.of, leaves).optional()
    case 'group':
      return z.strictObject(shapeOf(field.fields, leaves))
  }
}
