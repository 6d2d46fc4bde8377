// Times a piece of work several times, and prints what came out as a table.

export interface Times {
  readonly runs: number
  /** In milliseconds. */
  readonly min: number
  readonly median: number
  readonly max: number
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
