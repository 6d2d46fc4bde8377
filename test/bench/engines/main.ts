// npm run bench engines: generated engines against the same rules written by hand, in one run. Results are compared before
// anything is timed; ratios are of rates, at the least and at the most of several runs.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { decimal, multiply } from '../../../runtime/exact/number.ts'
import { readFacts } from '../../../runtime/facts.ts'
import { columnsModule } from '../../../runtime/javascript/columns.ts'
import { columnsOf, type Input, inputOf } from '../../../runtime/javascript/inputs.ts'
import { outputsOf } from '../../../runtime/plan/outputs.ts'
import { receipt } from '../../../runtime/receipt/receipt.ts'
import { score, scoreFacts } from '../../../runtime/score.ts'
import { measure, measureTogether, median, printTable, ratioOf } from '../measure.ts'
import { day, flatScheme, load, peopleFor, personEngine } from './flat.ts'
import { columnsByHand, type Flat, handNames, scoreByHand } from './hand.ts'

const count = 100_000
const folder = mkdtempSync(join(tmpdir(), 'heng-bench-'))
const { run, policy, plan } = flatScheme()
const written = peopleFor(policy, count)
const facts = written.map((one) => readFacts(policy, one).facts)
const people = facts.map((one) => inputOf(policy, one))
const places = new Map([...plan.items, ...plan.totals].map((figure) => [figure.name, figure]))
const hundredths = (name: string, value: number): number => value * 10 ** (2 - (places.get(name)?.places ?? 0))

const [points, full] = [await personEngine(plan, 'points'), await personEngine(plan, 'full')]
const columns = await load<{ readonly outputs: readonly string[]; readonly score: (count: number, facts: object, out: readonly Int32Array[]) => void }>(
  columnsModule(plan, outputsOf(plan, 'points')),
)

// ---- the same numbers first --------------------------------------------------------------------------------------------

const out = new Float64Array(64)
const own = new Float64Array(handNames.length)
const at = handNames.map((name) => points.outputs.indexOf(`proven ${places.get(name)?.id ?? ''}`))
const typed = columnsOf(policy, people)
const values = Object.fromEntries(Object.entries(typed).map(([name, column]) => [name, column.values as ArrayLike<number>]))
const given = Object.fromEntries(Object.entries(typed).map(([name, column]) => [name, column.given as ArrayLike<number>]))
const made32 = (n: number) => Array.from({ length: n }, () => new Int32Array(count))
const [generatedColumns, handColumns] = [made32(columns.outputs.length), made32(handNames.length)]
columns.score(count, typed, generatedColumns)
columnsByHand(count, values, given, day, handColumns)
people.forEach((one, i) => {
  points.score(one, out)
  scoreByHand(one as unknown as Flat, day, own)
  handNames.forEach((name, k) => {
    const wanted = own[k]
    const found = [hundredths(name, out[at[k] ?? -1] ?? Number.NaN), hundredths(name, generatedColumns[at[k] ?? -1]?.[i] ?? Number.NaN), handColumns[k]?.[i]]
    if (found.some((value) => value !== wanted)) throw new Error(`${name} of person ${i}: ${wanted} by hand, ${found.join(', ')}`)
  })
})
for (const [i, one] of facts.slice(0, 2000).entries()) {
  const scored = scoreFacts(run, one)
  const total = scored.ok ? Number(multiply(scored.outcome.totals[0]?.figure.proven ?? decimal('0'), decimal('100')).numerator) : -1
  if (total !== handColumns.at(-1)?.[i]) throw new Error(`the total of person ${i} is ${total} in the interpreter`)
}

// ---- then the times ----------------------------------------------------------------------------------------------------

const runs = { warmUp: 5, runs: 31 }
const each = (work: (one: Input) => unknown) => () => {
  for (const one of people) work(one)
}
const times = await measureTogether(
  {
    hand: each((one) => scoreByHand(one as unknown as Flat, day, own)),
    person: each((one) => points.score(one, out)),
    full: each((one) => full.score(one, [])),
    handColumns: () => columnsByHand(count, values, given, day, handColumns),
    columns: () => columns.score(count, typed, generatedColumns),
  },
  runs,
)
const inC = cppTime()
let turn = 0
/** One person after another, from what is written to the receipt: the interpreter scores, for a receipt needs its trace. */
const receiptTime = measure(
  () => {
    const one = written[turn % count] ?? {}
    const scored = score(run, one)
    turn += 1
    if (scored.ok) receipt(run, scored.outcome, one)
  },
  { warmUp: 200, runs: 1001 },
)

/** C++ -O3 on the same columns; `undefined` without a compiler. */
function cppTime(): number | undefined {
  try {
    const binary = join(folder, 'hand')
    execFileSync('g++', ['-O3', '-march=native', '-o', binary, new URL('hand.cpp', import.meta.url).pathname], { stdio: 'ignore' })
    const names = policy.facts.map(({ name }) => name) ?? []
    const data = [
      ...names.map((name) => Buffer.from(Int32Array.from(values[name] ?? []).buffer)),
      ...names.map((name) => Buffer.from(Uint8Array.from(given[name] ?? []))),
    ]
    writeFileSync(join(folder, 'columns'), Buffer.concat(data))
    const [nanoseconds, sum] = execFileSync(binary, [join(folder, 'columns'), String(count), String(day)], { encoding: 'utf8' })
      .split(' ')
      .map(Number)
    const wanted = handColumns.at(-1)?.reduce((a, b) => a + b, 0)
    if (sum !== wanted) throw new Error(`C++ gives ${sum}, not ${wanted}`)
    return (nanoseconds ?? 0) / 1e6
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const rate = (rounds: readonly number[]) => `${(count / median(rounds) / 1000).toFixed(2)} M/s`
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${count} people, median of ${runs.runs} runs\n`)
printTable(
  ['', 'rate', 'against', 'ratio of rates (least–most)', 'aim'],
  [
    ['one person, by hand', rate(times.hand), '', '', ''],
    ['one person, generated, points', rate(times.person), 'by hand', ratioOf(times.person, times.hand), '0.9'],
    ['one person, generated, full outcome', rate(times.full), 'points', ratioOf(times.full, times.person), ''],
    ['columns, by hand', rate(times.handColumns), '', '', ''],
    ['columns, generated', rate(times.columns), 'columns by hand', ratioOf(times.columns, times.handColumns), '1.5'],
    ...(inC === undefined ? [] : [['columns, C++ -O3', `${(count / inC / 1000).toFixed(2)} M/s`, '', '', '']]),
    ...(inC === undefined ? [] : [['columns, generated', '', 'C++', (inC / Math.min(...times.columns)).toFixed(2), '0.5']]),
    ['one person, scored, with the receipt', `${receiptTime.median.toFixed(2)} ms`, '', '', '< 1 ms'],
  ],
)
console.log(`\n${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`)
rmSync(folder, { recursive: true })
