// Statements of a large plan in several functions: an engine compiles well what it can survey, and leaves a function of many thousand
// statements as it is. What one part makes and a later one needs is kept between them; what is cheap is done again instead.

import { withoutTexts } from './quote.ts'

/** Statements that stay together. */
export interface Unit {
  readonly lines: readonly string[]
  /** Reads the applicant alone: each part that needs it does so itself. */
  readonly isRead: boolean
}

/** Where what a later part needs is kept. */
export interface Keeping {
  /** The statement that keeps what has this name. */
  put(name: string): string
  /** What was kept. */
  get(name: string): string
}

/** More text than this in one function is split: of lengths from 6,000 to 60,000 the fastest for one person and for columns. */
export const mostText = 30_000

/**
 * The statements of each part, in order; one part where all is small.
 * @param ends statements that nothing needs
 */
export function partsOf(units: readonly Unit[], ends: readonly string[], keeping: Keeping, most = mostText): readonly (readonly string[])[] {
  const all = [...units.flatMap(({ lines }) => lines), ...ends]
  if (sizeOf(all) <= most) return [all]
  const reads = units.filter(({ isRead }) => isRead).map(named)
  const steps = withEnds(
    units.filter(({ isRead }) => !isRead).map(named),
    ends.map((line) => named({ lines: [line] })),
  )
  const parts = bySize(steps, most)
  const madeIn = new Map(parts.flatMap((part, i) => part.flatMap(({ makes }) => makes.map((name) => [name, i] as const))))
  const needs = parts.map((part) => new Set(part.flatMap(({ uses }) => uses)))
  const kept = new Set(needs.flatMap((names, i) => [...names].filter((name) => (madeIn.get(name) ?? i) < i)))
  return parts.map((part, i) => {
    const names = needs[i] ?? new Set<string>()
    const got = [...names].filter((name) => (madeIn.get(name) ?? i) < i)
    return [
      ...reads.filter(({ makes }) => makes.some((name) => names.has(name))).flatMap(({ lines }) => lines),
      ...got.map((name) => `const ${name} = ${keeping.get(name)}`),
      ...part.flatMap(({ lines, makes }) => [...lines, ...makes.filter((name) => kept.has(name)).map((name) => keeping.put(name))]),
    ]
  })
}

/** Statements with the names that they make and use: a letter and a number. */
interface Named {
  readonly lines: readonly string[]
  readonly makes: readonly string[]
  readonly uses: readonly string[]
}

function named({ lines }: { readonly lines: readonly string[] }): Named {
  const makes = lines.flatMap((line) => /^(?:const|let) ([a-z]\d+) = /.exec(line)?.[1] ?? [])
  const uses = [...new Set(withoutTexts(lines.join('\n')).match(/\b[a-z]\d+\b/g))]
  return { lines, makes, uses: uses.filter((name) => !makes.includes(name)) }
}

/** Each of the last statements as soon as there is what it needs. */
function withEnds(steps: readonly Named[], ends: readonly Named[]): readonly Named[] {
  const madeAt = new Map(steps.flatMap(({ makes }, i) => makes.map((name) => [name, i] as const)))
  const after = steps.map((): Named[] => [])
  const first: Named[] = []
  for (const end of ends) {
    const last = end.uses.reduce((latest, name) => Math.max(latest, madeAt.get(name) ?? -1), -1)
    const there = after[last] ?? first
    there.push(end)
  }
  return [...first, ...steps.flatMap((step, i) => [step, ...(after[i] ?? [])])]
}

function bySize(steps: readonly Named[], most: number): readonly (readonly Named[])[] {
  const parts: Named[][] = []
  let room = 0
  for (const step of steps) {
    const size = sizeOf(step.lines)
    if (size > room) {
      parts.push([])
      room = most
    }
    parts.at(-1)?.push(step)
    room -= size
  }
  return parts
}

const sizeOf = (lines: readonly string[]): number => lines.reduce((sum, { length }) => sum + length + 1, 0)
