// Where faults are put in: four areas, each with its files.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultsOf } from './faults-of.ts'
import { type Mutant, named } from './site.ts'

export const root = join(import.meta.dirname, '../..')

const rooms = {
  interpreter: ['runtime/interpreter/', 'runtime/interpret.ts', 'runtime/score.ts', 'runtime/exact/', 'runtime/rank/'],
  plan: ['runtime/plan/'],
  printers: ['runtime/javascript/', 'runtime/sql/', 'runtime/emit.ts'],
  readers: ['runtime/facts.ts', 'runtime/household-facts.ts', 'runtime/presence.ts', 'runtime/written.ts', 'runtime/files/decode.ts', 'runtime/batch/'],
} as const

export type Area = keyof typeof rooms

export const areas = Object.keys(rooms) as readonly Area[]

/** @returns the paths of an area's files, from the project on */
export const filesOf = (area: Area): readonly string[] =>
  rooms[area].flatMap((room) =>
    room.endsWith('/')
      ? readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
          .map((name) => room + name.replaceAll('\\', '/'))
          .filter((path) => /(?<!\.d)\.ts$/.test(path))
          .sort()
      : [room],
  )

export const areaOf = (file: string): Area => {
  const found = areas.find((area) => rooms[area].some((room) => file.startsWith(room)))
  if (!found) throw new Error(`${file} is in no area`)
  return found
}

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Of all areas, read once. */
const mutants = new Map<Area, readonly Mutant[]>()

export function mutantsOf(area: Area): readonly Mutant[] {
  const known = mutants.get(area)
  if (known) return known
  const found = filesOf(area).flatMap((file) => {
    const text = textOf(file)
    return named(file, text, faultsOf(text))
  })
  mutants.set(area, found)
  return found
}
