// Which faults are tried: drawn by a seed, as many from each area, and of an area as many of each kind as there are.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Area, areas, mutantsOf, textOf } from './areas.ts'
import { kinds, type Mutant, named } from './site.ts'

/** A fault that somebody thought of. */
export interface ByHand {
  readonly what: string
  readonly file: string
  readonly sound: string
  readonly faulty: string
}

const listed = <T>(name: string): readonly T[] => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as readonly T[]

export const byHand = listed<ByHand>('by-hand.json')

/** A fault that changes nothing that anybody can notice. */
export interface Equivalent {
  readonly file: string
  readonly before: string
  readonly after: string
  readonly because: string
}

const equivalents = listed<Equivalent>('equivalent.json')

export const keyOf = ({ file, before, after }: Pick<Mutant, 'file' | 'before' | 'after'>): string => JSON.stringify([file, before, after])

/** Why a fault cannot be noticed, by its key. */
export const reasons: ReadonlyMap<string, string> = new Map(equivalents.map((each) => [keyOf(each), each.because]))

/** @returns the same ones first for a greater count; a line that changes moves no other */
export function drawn(seed: number, count: number, asked: readonly Area[] = areas): readonly Mutant[] {
  const rank = ({ id }: Mutant): string => createHash('sha256').update(`${seed} ${id}`).digest('hex')
  const byArea = asked.map((area) => {
    const all = mutantsOf(area)
      .map((mutant) => ({ mutant, rank: rank(mutant) }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .map(({ mutant }) => mutant)
    return inTurn(kinds.map((kind) => all.filter((mutant) => mutant.kind === kind)))
  })
  return inTurn(byArea).slice(0, count)
}

/** One of each list after the other, until all are through. */
function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat()
}

/** @throws where what it takes the place of is not there */
export function mutantByHand({ file, sound, faulty }: ByHand): Mutant {
  const text = textOf(file)
  const start = text.indexOf(sound)
  const [mutant] = start < 0 ? [] : named(file, text, [{ kind: 'text', start, end: start + sound.length, faulty }])
  if (!mutant) throw new Error(`${file} does not hold ${sound}`)
  return mutant
}
