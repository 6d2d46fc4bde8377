// npm run bench language: how long a cold `heng check` takes, how fast people are scored, and how long a long policy takes to compile.
// Prints one table; the figures are for reading and comparing, nothing is asserted.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { compile } from '../../language/compile.ts'
import { figuresOf } from '../../runtime/cases.ts'
import { startRun } from '../../runtime/run.ts'
import { score } from '../../runtime/score.ts'
import { generatePeople } from './generate-people.ts'
import { generatePolicy } from './generate-policy.ts'
import { measure, milliseconds, perSecond, printTable } from './measure.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const path = `${root}policies/zhejiang/common-2023.heng`
const text = readFileSync(path, 'utf8')
const { policy } = compile(text, path)
if (!policy) throw new Error(`${path} does not compile`)

const people = generatePeople(policy, 20_000)
const started = startRun(policy, { asOf: Object.fromEntries(policy.referenceDates.map((name) => [name, '2025-03-01'])) })
if (!started.ok) throw new Error(JSON.stringify(started.problems))
const { run } = started
const scoreAll = () => {
  for (const person of people) {
    const scored = score(run, person)
    if (!scored.ok) throw new Error(`a generated person was rejected: ${JSON.stringify(scored.problems)}`)
    figuresOf(scored.outcome)
  }
}

const longText = generatePolicy(2_000)
const long = compile(longText)
if (!long.policy) throw new Error(`the generated policy does not compile: ${JSON.stringify(long.diagnostics.slice(0, 3))}`)
const lines = longText.split('\n').length - 1

const heng = `${root}runtime/cli/heng`
const check = () => execFileSync(heng, ['check', path], { stdio: 'ignore' })

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}\n`)
printTable(
  ['', 'runs', 'min', 'median', 'max', 'aim'],
  [
    milliseconds('heng check, cold process', measure(check, { warmUp: 2, runs: 15 }), '< 250 ms'),
    milliseconds(
      `compile the shipped policy, warm (${text.split('\n').length - 1} lines)`,
      measure(() => compile(text, path), { warmUp: 20, runs: 50 }),
      '',
    ),
    milliseconds(
      `compile a generated policy, warm (${lines} lines)`,
      measure(() => compile(longText), { warmUp: 10, runs: 30 }),
      '< 50 ms',
    ),
    perSecond(`people through the interpreter (${people.length})`, people.length, measure(scoreAll, { warmUp: 1, runs: 7 })),
  ],
)
