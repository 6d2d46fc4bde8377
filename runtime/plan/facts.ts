// Facts and fields in a plan: as nodes within the bounds that the policy declares, with what they wait for.

import { firstDate, parseDate } from '../exact/date.ts'
import { decimal } from '../exact/number.ts'
import type { Fact } from '../ir/schema.ts'
import type { Context } from './context.ts'
import { chooseRange, constantFraction, type Fraction, point } from './fraction.ts'
import type { Node } from './node.ts'
import { bitOf, type PlanValue, type Waits, waitsIf, wordOf } from './value.ts'

export const constant = (context: Context, text: string): Fraction => constantFraction(context.graph, decimal(text))
export const day = (text: string): number => parseDate(text) ?? firstDate

export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the policy has no ${what}`)
  return value
}

/** The facts that an applicant may be without: neither required nor with something that stands for it. */
export const mayBeMissing = (fact: Fact): boolean => !fact.required && fact.default === undefined

export function waitFor(context: Context, fact: Fact, known: Node): Waits {
  const index = required(context.factIndex.get(fact.name), fact.name)
  const words = Array.from({ length: wordOf(index) + 1 }, (_, i) => (i === wordOf(index) ? context.graph.number(2 ** bitOf(index)) : context.graph.zero))
  return waitsIf(context.graph, context.graph.not(known), words)
}

/** A fact that is no list. */
export function scalarFact(context: Context, fact: Fact & { readonly type: ScalarType }): PlanValue {
  const { graph } = context
  const known = mayBeMissing(fact) ? graph.given(fact.name) : graph.yes
  return scalar(context, fact.type, known, waitFor(context, fact, known), (type, low, high, part) =>
    graph.fact(part === 0 ? fact.name : `${fact.name} ${part}`, type, low, high),
  )
}

export type ScalarType = Exclude<Fact['type'], { kind: 'records' }>

/** A fact or field of a type. @param make a node of the type within bounds; members beyond 31 stand in further parts */
export function scalar(
  context: Context,
  type: ScalarType,
  known: Node,
  waits: Waits,
  make: (type: Node['type'], low: number, high: number, part: number) => Node,
): PlanValue {
  const { graph } = context
  switch (type.kind) {
    case 'number': {
      const scale = 10 ** type.places
      const [low, high] = [constant(context, type.low), constant(context, type.high)]
      const at = ({ top, under }: Fraction) => (top.low * scale) / under
      const exact = { top: make('number', at(low), at(high), 0), under: scale, by: undefined }
      return { kind: 'number', known, waits, exact, range: chooseRange(graph, known, point(exact), { low, high }) }
    }
    case 'date': {
      const [low, high] = [day(type.low), day(type.high)]
      const exact = make('number', low, high, 0)
      return { kind: 'date', known, waits, exact, low: graph.choose(known, exact, graph.number(low)), high: graph.choose(known, exact, graph.number(high)) }
    }
    case 'yesno':
      return { kind: 'truth', known, waits, exact: make('truth', 0, 0, 0) }
    case 'text':
      return { kind: 'text', known, waits, exact: make('text', 0, 0, 0) }
    case 'choice':
    case 'levels':
      return { kind: 'member', known, waits, exact: make('number', 0, type.members.length - 1, 0) }
    case 'choices': {
      const words = Array.from({ length: wordOf(type.members.length - 1) + 1 }, (_, part) => make('number', 0, 2 ** 31 - 1, part))
      return { kind: 'members', known, waits, words, count: type.members.length }
    }
  }
}
