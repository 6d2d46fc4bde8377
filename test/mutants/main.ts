// npm run mutants: puts faults into the sources, one at a time, and runs the tests that reach them until one fails. A fault that no test
// notices is a hole in the tests, or changes nothing: then equivalent.json says why. The files of the project are not touched.

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Area, areas, root } from './areas.ts'
import { byHand, drawn, mutantByHand } from './choose.ts'
import { makeCompiler } from './compiles.ts'
import { readReach } from './reach.ts'
import { readResults, summary } from './results.ts'
import type { Mutant } from './site.ts'
import { openOf, tryFaults } from './try.ts'
import { makeWorker } from './worker.ts'

const help = `npm run mutants -- [options]
  --seed N      which faults are drawn (1)
  --count N     how many, evenly over the areas (200); those that somebody thought of are tried too
  --area NAME   only of ${areas.join(', ')}; or by-hand: only those that somebody thought of
  --only ID     this one, again
  --survivors   those that survived before and have no reason to, again
  --within N    seconds of tests for a fault, from cheap to dear; a run without it goes on with what survived those
  --out FILE    where results are added; a run with the same file goes on where it stopped`

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '200' },
    area: { type: 'string' },
    only: { type: 'string' },
    survivors: { type: 'boolean', default: false },
    within: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const cache = join(root, 'node_modules/.cache/mutants')
const within = options.within === undefined ? undefined : Number(options.within)
const out = options.out ?? join(cache, `seed-${options.seed}.jsonl`)

/** @throws where an area or a fault is named that is not there */
function asked(): readonly Mutant[] {
  const thought = byHand.map(mutantByHand)
  const { area, only, seed, count } = options
  if (only !== undefined) {
    const found = [...thought, ...drawn(1, Number.POSITIVE_INFINITY)].find(({ id }) => id === only)
    if (!found) throw new Error(`no fault ${only}`)
    return [found]
  }
  if (area === undefined) return [...drawn(Number(seed), Number(count)), ...thought]
  if (area === 'by-hand') return thought
  if (!areas.includes(area as Area)) throw new Error(`no area ${area}; there are ${areas.join(', ')}, by-hand`)
  return drawn(Number(seed), Number(count), [area as Area])
}

async function main(): Promise<void> {
  const mutants = asked()
  const open = options.only === undefined ? openOf(mutants, out, options.survivors ? 'holes' : within === undefined ? 'partly' : 'none') : mutants
  console.log(`${mutants.length} faults, ${open.length} to be tried; results in ${out}`)
  if (open.length > 0) {
    const { reach, cpu } = await readReach(join(cache, 'reach.json'))
    const worker = makeWorker('together')
    await tryFaults(open, out, { compiles: makeCompiler(), reach, worker, within, say: console.log })
    worker.end()
    if (cpu > 0) console.log(`${Math.round(cpu)} s of CPU to find out what tests reach`)
  }
  const results = readResults(out)
  const { text, holes } = summary(mutants.flatMap(({ id }) => results.get(id) ?? []))
  console.log(text)
  process.exitCode = holes > 0 ? 1 : 0
}

if (options.help) console.log(help)
else await main()
