// Two texts that grew from one, made one again: by item and case where all three can be read, so that two who add to the same place or change
// neighbours need not be asked; by line otherwise.

import { diff3Merge } from 'node-diff3'
import { parse } from '../parse.ts'
import { type Part, partsOf } from './parts.ts'

export interface Merged {
  /** Where both changed the same it holds both, between marks as git writes them. */
  readonly text: string
  /** How many such places there are. */
  readonly conflicts: number
}

/** What the two are called in marks. */
export interface Labels {
  readonly mine: string
  readonly theirs: string
}

/** Line ends are line feeds in all of them. */
export function mergeTexts(mine: string, base: string, theirs: string, labels: Labels = { mine: 'mine', theirs: 'theirs' }): Merged {
  if (mine === theirs || theirs === base) return { text: mine, conflicts: 0 }
  if (mine === base) return { text: theirs, conflicts: 0 }
  const byLine = mergeLines(mine, base, theirs, labels)
  if (byLine.conflicts === 0 && (isWhole(byLine.text) || !isWhole(mine) || !isWhole(theirs))) return byLine
  const byPart = mergeWhole(mine, base, theirs, labels)
  return byPart && byPart.conflicts <= Math.max(1, byLine.conflicts) && (byPart.conflicts > 0 || isWhole(byPart.text))
    ? byPart
    : conflictOf(mine, theirs, byLine, labels)
}

const isWhole = (text: string): boolean => parse(text, () => {}).whole

/** What was joined line by line and cannot be read is no answer. */
const conflictOf = (mine: string, theirs: string, byLine: Merged, labels: Labels): Merged =>
  byLine.conflicts > 0 ? byLine : { text: marked(mine, theirs, labels), conflicts: 1 }

function mergeWhole(mine: string, base: string, theirs: string, labels: Labels): Merged | undefined {
  const [a, o, b] = [mine, base, theirs].map((text) => {
    const parsed = parse(text, () => {})
    return parsed.whole ? partsOf(text, parsed) : undefined
  })
  return a && o && b ? mergePart(a, o, b, labels) : undefined
}

function mergePart(mine: Part | undefined, base: Part | undefined, theirs: Part | undefined, labels: Labels): Merged {
  const [a, o, b] = [mine?.text ?? '', base?.text ?? '', theirs?.text ?? '']
  if (a === b || b === o) return { text: a, conflicts: 0 }
  if (a === o) return { text: b, conflicts: 0 }
  if (!mine || !base || !theirs) return { text: marked(a, b, labels), conflicts: 1 }
  if (!mine.inside || !base.inside || !theirs.inside) return mergeLines(a, o, b, labels)
  if (mayBothRename(mine.inside.parts, base.inside.parts, theirs.inside.parts)) return mergeLines(a, o, b, labels)
  const pieces = [
    mergeLines(mine.inside.head, base.inside.head, theirs.inside.head, labels),
    ...mergeLists(mine.inside.parts, base.inside.parts, theirs.inside.parts, labels),
    mergeLines(mine.inside.tail, base.inside.tail, theirs.inside.tail, labels),
  ]
  return { text: pieces.map(({ text }) => text).join(''), conflicts: pieces.reduce((sum, { conflicts }) => sum + conflicts, 0) }
}

/** Of what both took away, each may have made something else. */
function mayBothRename(mine: readonly Part[], base: readonly Part[], theirs: readonly Part[]): boolean {
  const [a, o, b] = [mine, base, theirs].map((parts) => new Set(parts.map(({ key }) => key))) as [Set<string>, Set<string>, Set<string>]
  const adds = (keys: ReadonlySet<string>) => [...keys].some((key) => !o.has(key))
  return [...o].some((key) => !a.has(key) && !b.has(key)) && adds(a) && adds(b)
}

function mergeLists(mine: readonly Part[], base: readonly Part[], theirs: readonly Part[], labels: Labels): readonly Merged[] {
  const [a, o, b] = [mine, base, theirs].map((parts) => new Map(parts.map((part) => [part.key, part]))) as [
    Map<string, Part>,
    Map<string, Part>,
    Map<string, Part>,
  ]
  return orderOf([...a.keys()], [...o.keys()], [...b.keys()]).map((key) => mergePart(a.get(key), o.get(key), b.get(key), labels))
}

/** The order of whoever changed it; what only the other one has stands behind what it stands behind there. */
function orderOf(mine: readonly string[], base: readonly string[], theirs: readonly string[]): readonly string[] {
  const isKept = (of: readonly string[]) => base.filter((key) => of.includes(key)).join('\n') === of.filter((key) => base.includes(key)).join('\n')
  const [first, second] = isKept(mine) && !isKept(theirs) ? [theirs, mine] : [mine, theirs]
  const order = [...first]
  for (const [i, key] of second.entries()) {
    if (order.includes(key)) continue
    const before = second.slice(0, i).findLast((other) => order.includes(other))
    // Of several added at one place those of the first stand first.
    let at = before === undefined ? 0 : order.indexOf(before) + 1
    while (at < order.length && !base.includes(order[at]!) && !second.includes(order[at]!)) at += 1
    order.splice(at, 0, key)
  }
  return order
}

function mergeLines(mine: string, base: string, theirs: string, labels: Labels): Merged {
  const lines = (text: string) => text.split('\n')
  let conflicts = 0
  const merged = diff3Merge(lines(mine), lines(base), lines(theirs), { excludeFalseConflicts: true }).flatMap(({ ok, conflict }) => {
    if (ok) return ok
    conflicts += 1
    return marks(conflict?.a ?? [], conflict?.b ?? [], labels)
  })
  return { text: merged.join('\n'), conflicts }
}

const marks = (mine: readonly string[], theirs: readonly string[], labels: Labels): readonly string[] => [
  `<<<<<<< ${labels.mine}`,
  ...mine,
  '=======',
  ...theirs,
  `>>>>>>> ${labels.theirs}`,
]

/** Two pieces of text in place of one. */
function marked(mine: string, theirs: string, labels: Labels): string {
  const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
  return `${marks(lines(mine), lines(theirs), labels).join('\n')}\n`
}
