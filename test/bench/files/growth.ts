// npm run bench growth: how time and memory grow with people and with indicators.

import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { compile } from '../../../language/compile.ts'
import type { Item } from '../../../runtime/ir/schema.ts'
import { generatePeople } from '../generate-people.ts'
import { generatePolicy } from '../generate-policy.ts'
import { printTable } from '../measure.ts'
import { type Run, run } from '../process.ts'
import { writePeople } from './people.ts'
import { benchFolder, heng, rankArguments } from './scheme.ts'

const { folder, scheme } = benchFolder()
const file = (name: string): string => join(folder, name)

const indicators = (items: readonly Item[]): number => items.reduce((sum, item) => sum + (item.kind === 'group' ? indicators(item.children) : 1), 0)

/** The fastest of a few runs. */
async function best(args: readonly string[], runs: number): Promise<Run> {
  let found: Run | undefined
  for (let i = 0; i < runs; i += 1) {
    const next = await run(heng, args)
    if (!found || next.milliseconds < found.milliseconds) found = next
  }
  return found as Run
}

type Step = readonly [label: string, size: number, run: Run]

/** How the time for each grows from step to step: 1 is linear, less is what a start costs. */
const table = (steps: readonly Step[]): readonly string[][] =>
  steps.map(([label, size, { milliseconds, peak }], i) => {
    const [, before, run] = steps[i - 1] ?? []
    const growth = before && run ? (milliseconds / size / (run.milliseconds / before)).toFixed(2) : ''
    return [label, `${(milliseconds / 1000).toFixed(2)} s`, growth, `${Math.round(peak)} MB`, growth === '' ? '' : '1.3']
  })

const people: Step[] = []
for (const count of [10_000, 100_000, 1_000_000, 10_000_000]) {
  await writePeople(file('people.csv'), count)
  people.push([
    `${count.toLocaleString('en')} people ranked`,
    count,
    await best(rankArguments(scheme, file('people.csv'), file('out.csv')), count > 1e6 ? 1 : 3),
  ])
}

const wide: Step[] = []
for (const lines of [60, 565, 5_650]) {
  const { policy } = compile(generatePolicy(lines))
  if (!policy) throw new Error('the generated policy does not compile')
  writeFileSync(file('wide.heng'), generatePolicy(lines))
  writeFileSync(file('wide.csv'), stringify([...generatePeople(policy, 10_000)], { header: true }))
  const size = indicators(policy.items)
  const args = ['score', file('wide.heng'), '--people', file('wide.csv'), '--as-of', '审核日=2025-03-01', '--out', file('out.csv')]
  wide.push([`10,000 people, ${size} indicators`, size, await best(args, 3)])
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}\n`)
const head = ['', 'time', 'time for one, against the step before', 'memory', 'aim at most']
printTable(head, [...table(people), ...table(wide)])
