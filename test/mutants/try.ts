// Tries faults one after the other, and goes on where it stopped: each is put in, the type checker and then the tests that reach it are
// asked, and what became of it is added to a file.

import { createHash } from 'node:crypto'
import { textOf } from './areas.ts'
import { corpus, type Reach, testsOf } from './reach.ts'
import { addResult, isHole, type Result, readResults } from './results.ts'
import { applied, type Mutant } from './site.ts'
import type { Worker } from './worker.ts'

export interface Means {
  readonly compiles: (file: string, text: string) => boolean
  readonly reach: Reach
  readonly worker: Worker
  /** Seconds of tests for a fault; all that reach it if not said. */
  readonly within?: number | undefined
  readonly say: (line: string) => void
}

const digestOf = (file: string): string => createHash('sha256').update(textOf(file)).digest('hex').slice(0, 12)

/** @returns those of which is not known what becomes of them, and of those that survived the holes, the ones that survived a part of the tests, or none */
export function openOf(mutants: readonly Mutant[], out: string, again: 'holes' | 'partly' | 'none' = 'partly'): readonly Mutant[] {
  const results = readResults(out)
  return mutants.filter(({ id, file }) => {
    const known = results.get(id)
    return known?.digest !== digestOf(file) || (again === 'holes' && isHole(known)) || (again === 'partly' && known.left !== undefined)
  })
}

const ownCpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** @param out where results are added, a line for each */
export async function tryFaults(open: readonly Mutant[], out: string, means: Means): Promise<void> {
  const cpu = (): number => ownCpu() + means.worker.cpu()
  for (const [i, mutant] of open.entries()) {
    const from = cpu()
    const { verdict, by, left } = await tryFault(mutant, means)
    const { id, file, line, kind, before, after } = mutant
    const result: Result = { id, digest: digestOf(file), file, line, kind, before, after, verdict, by, left, cpu: Math.round((cpu() - from) * 10) / 10 }
    addResult(out, result)
    means.say(
      `${i + 1}/${open.length} ${id} ${verdict.padEnd(9)} ${result.cpu.toFixed(1)} s  ${file}:${line}${by === undefined ? '' : `  by ${by.slice(0, 200).replaceAll('\n', ' ')}`}`,
    )
  }
}

async function tryFault(mutant: Mutant, { compiles, reach, worker, within }: Means): Promise<Pick<Result, 'verdict' | 'by' | 'left'>> {
  const text = applied(textOf(mutant.file), mutant)
  if (!compiles(mutant.file, text)) return { verdict: 'refused' }
  const { tests, entries, left } = testsOf(reach, mutant, within)
  if (tests.length === 0) return { verdict: 'unreached' }
  const run = () => worker.run({ instead: { file: mutant.file, text }, tests, entries })
  const first = await run()
  // A database that is left in the middle of a query may take the process with it: only what crashes twice is the fault's.
  const answer = first.kind === 'crashed' ? await run() : first
  if (answer.kind === 'hung') return { verdict: 'hung', by: answer.at }
  if (answer.kind === 'crashed') return { verdict: 'crashed', by: answer.said }
  if (answer.red === undefined) return left > 0 ? { verdict: 'survived', left } : { verdict: 'survived' }
  return { verdict: answer.red.startsWith(corpus) ? 'corpus' : 'test', by: answer.red }
}
