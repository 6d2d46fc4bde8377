// Values of expressions in a plan: what they are when known, whether they are, between what they lie otherwise, and for which
// facts they wait. What is said for the known case means nothing in the other.

import { type Fraction, point, type Range } from './fraction.ts'
import type { Graph } from './graph.ts'
import type { List, Node } from './node.ts'

/** One bit for each fact, 31 to a word; all zero when known. */
export type Waits = readonly Node[]

interface Open {
  readonly known: Node
  readonly waits: Waits
}

export type PlanNumber = Open & { readonly kind: 'number'; readonly exact: Fraction; readonly range: Range; readonly points?: Points }
/** Of a number in which there are points: what it comes to by what is proven of them, and whether it is open through points alone, if at all. */
export interface Points {
  readonly known: Node
  readonly exact: Fraction
}
export type PlanDate = Open & { readonly kind: 'date'; readonly exact: Node; readonly low: Node; readonly high: Node }
export type PlanTruth = Open & { readonly kind: 'truth'; readonly exact: Node }
/** A text, or the index of a member. */
export type PlanScalar = Open & { readonly kind: 'text' | 'member'; readonly exact: Node }
/** The members that are held, a bit each, 31 to a word. */
export type PlanMembers = Open & { readonly kind: 'members'; readonly words: readonly Node[]; readonly count: number }
/** The records of `list` that `keep` holds for, with what their fields are here. */
export type PlanRecords = Open & { readonly kind: 'records'; readonly list: List; readonly keep: Node; readonly fields: Fields }
export type PlanValue = PlanNumber | PlanDate | PlanTruth | PlanScalar | PlanMembers | PlanRecords

export type Fields = ReadonlyMap<string, PlanValue>

export const wordOf = (index: number): number => Math.floor(index / 31)
export const bitOf = (index: number): number => index % 31

export const joinWaits = (graph: Graph, ...all: readonly Waits[]): Waits => {
  const some = all.filter(({ length }) => length > 0)
  const [only, more] = some
  if (!only || !more) return only ?? []
  // Of many facts most words are zero.
  const parts: Node[][] = Array.from({ length: Math.max(...some.map(({ length }) => length)) }, () => [])
  for (const waits of some) for (const [i, word] of waits.entries()) if (word !== graph.zero) parts[i]?.push(word)
  return parts.map((words) => (words.length === 0 ? graph.zero : graph.joinBits(...words)))
}
export const waitsIf = (graph: Graph, condition: Node, waits: Waits): Waits => waits.map((word) => graph.choose(condition, word, graph.zero))
export const waitsOf = (graph: Graph, values: readonly PlanValue[]): Waits => joinWaits(graph, ...values.map(({ waits }) => waits))

const certain = (graph: Graph): Open => ({ known: graph.yes, waits: [] })
export const knownNumber = (graph: Graph, exact: Fraction): PlanNumber => ({ ...certain(graph), kind: 'number', exact, range: point(exact) })
export const knownDate = (graph: Graph, exact: Node): PlanDate => ({ ...certain(graph), kind: 'date', exact, low: exact, high: exact })
export const knownTruth = (graph: Graph, exact: Node): PlanTruth => ({ ...certain(graph), kind: 'truth', exact })

export function asNumber(value: PlanValue): PlanNumber {
  if (value.kind !== 'number') throw new Error(`expected a number, got ${value.kind}`)
  return value
}
export function asDate(value: PlanValue): PlanDate {
  if (value.kind !== 'date') throw new Error(`expected a date, got ${value.kind}`)
  return value
}
export function asTruth(value: PlanValue): PlanTruth {
  if (value.kind !== 'truth') throw new Error(`expected a condition, got ${value.kind}`)
  return value
}
export function asRecords(value: PlanValue): PlanRecords {
  if (value.kind !== 'records') throw new Error(`expected records, got ${value.kind}`)
  return value
}

/** What is proven of a number: all of it, or its points. */
export const provenOf = ({ points, known, exact }: PlanNumber): Points => points ?? { known, exact }

export function needed<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('missing operand')
  return part
}

/** Known when all its parts are; what holds of the known parts holds of what is proven of them. */
export function joined(
  graph: Graph,
  parts: readonly PlanNumber[],
  work: { readonly exact: (parts: readonly Fraction[]) => Fraction; readonly range: (parts: readonly Range[]) => Range },
): PlanNumber {
  const proven = parts.map(provenOf)
  const points = { known: graph.and(...proven.map(({ known }) => known)), exact: work.exact(proven.map(({ exact }) => exact)) }
  return {
    kind: 'number',
    known: graph.and(...parts.map(({ known }) => known)),
    waits: waitsOf(graph, parts),
    exact: work.exact(parts.map(({ exact }) => exact)),
    range: work.range(parts.map(({ range }) => range)),
    ...(parts.some((part) => part.points) && { points }),
  }
}
