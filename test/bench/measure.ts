// Times a piece of work several times, and prints what came out as a table.

export interface Times {
  readonly runs: number
  /** In milliseconds. */
  readonly min: number
  readonly median: number
  readonly max: number
}

/** The time of each round, in milliseconds, by the name of the work. */
export type Rounds<Name extends string> = Readonly<Record<Name, readonly number[]>>

/** Times several pieces of work in turn, so that what slows the machine for a while slows all of them. */
export async function measureTogether<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
  { warmUp, runs }: { readonly warmUp: number; readonly runs: number },
): Promise<Rounds<Name>> {
  const names = Object.keys(works) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = -warmUp; round < runs; round += 1) {
    for (const name of names) {
      const start = performance.now()
      await works[name]()
      if (round >= 0) times[name].push(performance.now() - start)
    }
  }
  return times
}

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** How much faster `a` was than `b`, round by round: in the middle, at the least and at the most. */
export function ratioOf(a: readonly number[], b: readonly number[]): string {
  const ratios = a.map((time, i) => (b[i] ?? 0) / time).sort((x, y) => x - y)
  const show = (value: number | undefined) => (value ?? 0).toFixed((value ?? 0) < 10 ? 2 : 0)
  return `${show(median(ratios))} (${show(ratios[0])}–${show(ratios.at(-1))})`
}

export function measure(work: () => unknown, { warmUp, runs }: { readonly warmUp: number; readonly runs: number }): Times {
  for (let i = 0; i < warmUp; i += 1) work()
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  }).sort((a, b) => a - b)
  return { runs, min: times[0] ?? 0, median: times[runs >> 1] ?? 0, max: times.at(-1) ?? 0 }
}

type Row = readonly string[]

export function milliseconds(name: string, { runs, min, median, max }: Times, aim: string): Row {
  const show = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
  return [name, String(runs), show(min), show(median), show(max), aim]
}

/** The slowest run gives the least per second. */
export function perSecond(name: string, count: number, { runs, min, median, max }: Times): Row {
  const show = (time: number) => `${Math.round((count / time) * 1000).toLocaleString('en')}/s`
  return [name, String(runs), show(max), show(median), show(min), '']
}

export function printTable(head: Row, rows: readonly Row[]) {
  const all = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)))
  for (const row of all) console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('   '))
}
