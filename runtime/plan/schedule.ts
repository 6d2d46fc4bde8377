// The order in which an engine works a plan out: what the outputs need, in stages. A list is made before what is summed over
// it, a sum before what it is used in; within a stage nodes stand in the order in which they were made.

import type { Graph } from './graph.ts'
import { type Aggregate, isAggregate, type List, type ListSource, type Node, type NodeOf } from './node.ts'

export interface Stage {
  /** Lists made of others; those of facts are there from the start. */
  readonly lists: readonly List[]
  /** What is summed over each list, by the list. */
  readonly sums: ReadonlyMap<number, readonly Aggregate[]>
  /** About the applicant, in order. */
  readonly nodes: readonly Node[]
}

export interface Schedule {
  readonly stages: readonly Stage[]
  /** How often the result of a node is used; outputs count as a use. */
  readonly uses: ReadonlyMap<Node, number>
  /** Nodes that are named however often they are used, so that no expression nests deeper than databases and parsers take. */
  readonly deep: ReadonlySet<Node>
  /** The nodes that pieces of a derived list carry along. */
  readonly carried: ReadonlyMap<number, readonly NodeOf<'carried'>[]>
}

/** What a list is made of. */
function sourceNodes(source: ListSource): readonly Node[] {
  if (source.kind === 'fact') return []
  const parts = ({ keep, from, to }: typeof source.of) => [keep, from, to]
  if (source.kind === 'without') return [...parts(source.of), ...parts(source.other)]
  return source.kind === 'unbroken' ? [...parts(source.of), source.to] : parts(source.of)
}

const sourceLists = (source: ListSource): readonly number[] =>
  source.kind === 'fact' ? [] : source.kind === 'without' ? [source.of.list, source.other.list] : [source.of.list]

export function schedule(graph: Graph, outputs: readonly Node[]): Schedule {
  const uses = new Map<Node, number>()
  const listsUsed = new Set<number>()
  const carried = new Map<number, NodeOf<'carried'>[]>()
  const stageOf = new Map<Node, number>()
  const stageOfList = new Map<number, number>()

  const use = (node: Node): number => {
    const before = uses.get(node)
    uses.set(node, (before ?? 0) + 1)
    if (before !== undefined) return stageOf.get(node) ?? 0
    const stages = node.args.map(use)
    const own = Math.max(0, ...(node.op === 'carried' ? [] : stages))
    if (node.op === 'carried') {
      const pieces = carried.get(node.list) ?? []
      carried.set(node.list, [...pieces, node])
    }
    const overList = Math.max(0, ...[node.over, node.spends].filter((id) => id > 0).map(useList))
    const inList = node.list > 0 ? useList(node.list) : 0
    const stage = Math.max(own, overList, inList) + (isAggregate(node) ? 1 : 0)
    stageOf.set(node, stage)
    return stage
  }
  const useList = (id: number): number => {
    const known = stageOfList.get(id)
    if (known !== undefined) return known
    const list = listOf(graph, id)
    listsUsed.add(id)
    const parts = [...sourceNodes(list.source).map(use), ...sourceLists(list.source).map(useList)]
    const stage = list.source.kind === 'fact' ? 0 : 1 + Math.max(0, ...parts)
    stageOfList.set(id, stage)
    return stage
  }
  for (const output of outputs) use(output)
  // What pieces carry has to be there before they are made.
  const last = Math.max(0, ...stageOf.values(), ...stageOfList.values())
  const ordered = [...uses.keys()].sort((a, b) => a.id - b.id)
  const stages = Array.from({ length: last + 1 }, (_, stage): Stage => {
    const here = ordered.filter((node) => stageOf.get(node) === stage)
    const sums = new Map<number, Aggregate[]>()
    for (const node of here.filter(isAggregate)) sums.set(node.over, [...(sums.get(node.over) ?? []), node])
    const lists = [...listsUsed].filter((id) => stageOfList.get(id) === stage && listOf(graph, id).source.kind !== 'fact')
    return {
      lists: lists.sort((a, b) => a - b).map((id) => listOf(graph, id)),
      sums,
      nodes: here.filter((node) => node.list === 0 && !isAggregate(node) && node.op !== 'constant'),
    }
  })
  return { stages, uses, deep: deepNodes(ordered, uses), carried }
}

const partsOf = ({ args }: Node): readonly Node[] => args

/** Expressions nest at most so deep. */
const deepest = 64

/** @param ordered what a node is made of comes before it */
function deepNodes(ordered: readonly Node[], uses: ReadonlyMap<Node, number>): ReadonlySet<Node> {
  const deep = new Set<Node>()
  const depths = new Map<Node, number>()
  for (const node of ordered) {
    const depth = 1 + partsOf(node).reduce((most, arg) => Math.max(most, depths.get(arg) ?? 0), 0)
    if (depth > deepest) deep.add(node)
    // About a record, a node is named where it is used twice in one place; here only how often it is used in all is known.
    const isNamed = depth > deepest || isAggregate(node) || (node.list === 0 && (uses.get(node) ?? 0) > 1)
    depths.set(node, isNamed ? 0 : depth)
  }
  return deep
}

export function listOf(graph: Graph, id: number): List {
  const list = graph.lists.find((candidate) => candidate.id === id)
  if (!list) throw new Error(`no list ${id}`)
  return list
}
