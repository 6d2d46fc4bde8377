// npm run bench tables: a scheme of tables against the same written by hand, for one person and by columns, in one run. Results are compared
// before anything is timed; ratios are of rates, at the least and at the most of several runs.

import { cpus } from 'node:os'
import { compile } from '../../../language/compile.ts'
import { readFacts } from '../../../runtime/facts.ts'
import { columnsModule } from '../../../runtime/javascript/columns.ts'
import { columnsOf, inputOf } from '../../../runtime/javascript/inputs.ts'
import { personModule } from '../../../runtime/javascript/person.ts'
import { readingModule } from '../../../runtime/javascript/reading.ts'
import { outputsOf } from '../../../runtime/plan/outputs.ts'
import { makePlan } from '../../../runtime/plan/plan.ts'
import { startRun } from '../../../runtime/run.ts'
import { scoreFacts } from '../../../runtime/score.ts'
import { load, type PersonModule } from '../engines/flat.ts'
import { generatePeople } from '../generate-people.ts'
import { measureTogether, median, printTable, ratioOf } from '../measure.ts'
import { readByHand, scoreTextsByHand } from './checking.ts'
import { type Columns, columnsByHand, handNames, type Person, scoreByHand } from './hand.ts'
import { tableScheme } from './scheme.ts'

const count = 100_000
const { policy } = compile(tableScheme().text)
if (!policy) throw new Error('the scheme does not compile')
const started = startRun(policy, { asOf: { 审核日: '2025-03-01' } })
if (!started.ok) throw new Error(JSON.stringify(started.problems))
const { run } = started

const start = performance.now()
const made = makePlan(run)
if (!made.ok) throw new Error(made.reason)
const { plan } = made
const outputs = outputsOf(plan, 'full')
const texts = { person: personModule(plan, outputs), columns: columnsModule(plan, outputs), checking: readingModule(plan, outputs) }
const spent = performance.now() - start

const person = await load<PersonModule>(texts.person)
const columns = await load<{ readonly score: (count: number, facts: object, out: readonly Int32Array[]) => void }>(texts.columns)
const checking = await load<CheckingModule>(texts.checking)
const given = generatePeople(policy, count) as readonly Readonly<Record<string, string>>[]
const facts = given.map((one) => readFacts(policy, one).facts)
const people = facts.map((one) => inputOf(policy, one))
const byColumn = columnsOf(policy, people)

interface CheckingModule {
  read(facts: object): { readonly problems: readonly object[] }
  score(facts: object, out: Int32Array): Int32Array
}

// ---- the same numbers first --------------------------------------------------------------------------------------------

const figures = new Map([...plan.items, ...plan.totals].map((figure) => [figure.name, figure]))
/** Where the outputs of the generated modules stand among those by hand, and by what they are multiplied to be tenths. */
const wanted = [
  ...handNames.flatMap((name) => {
    const { id, places } = figures.get(name) ?? { id: '', places: 0 }
    return ['proven', 'low', 'high'].map((which) => ({ at: outputs.findIndex((output) => output.name === `${which} ${id}`), times: 10 ** (1 - places) }))
  }),
  { at: outputs.findIndex(({ name }) => name === 'awaiting 0'), times: 1 },
]
// What is always known has no bounds of its own.
const places = wanted.map(({ at, times }, k) => (at < 0 ? (wanted[k - (k % 3)] ?? { at, times }) : { at, times }))
const made32 = (n: number) => Array.from({ length: n }, () => new Int32Array(count))
const [out, own] = [new Int32Array(outputs.length), new Int32Array(places.length)]
const [outColumns, ownColumns] = [made32(outputs.length), made32(places.length)]
columns.score(count, byColumn, outColumns)
columnsByHand(count, byColumn as Columns, ownColumns)
people.forEach((one, i) => {
  person.score(one, out)
  scoreByHand(one as unknown as Person, own)
  places.forEach(({ at, times }, k) => {
    const found = [(out[at] ?? 0) * times, (outColumns[at]?.[i] ?? 0) * times, ownColumns[k]?.[i]]
    if (found.some((value) => value !== own[k])) throw new Error(`${outputs[at]?.name} of person ${i}: ${own[k]} by hand, ${found.join(', ')}`)
  })
})
for (const [i, one] of facts.slice(0, 2000).entries()) {
  const scored = scoreFacts(run, one)
  const total = scored.ok ? scored.outcome.totals[0]?.figure : undefined
  const tenths = [total?.proven, total?.lowest, total?.highest].map((value) => Number(value?.numerator ?? 0n) * (10 / Number(value?.denominator ?? 1n)))
  if (tenths.some((value, k) => value !== ownColumns[72 + k]?.[i])) throw new Error(`the total of person ${i} is ${tenths.join(', ')} in the interpreter`)
}

// Of texts: the same for who gave all as it should be, and the same told of one thing wrong at a time.
given.forEach((one, i) => {
  checking.score(one, out)
  if (!scoreTextsByHand(one, own)) throw new Error(`person ${i} cannot be read by hand`)
  places.forEach(({ at, times }, k) => {
    if ((out[at] ?? 0) * times !== own[k]) throw new Error(`${outputs[at]?.name} of person ${i} as given: ${own[k]} by hand, ${out[at]}`)
  })
})
const [sound = {}] = given
for (const [name, wrong] of [
  ['等级甲', ''],
  ['等级乙', '没有的级'],
  ['月数甲', '1.5'],
  ['月数甲', '01'],
  ['月数乙', '-1'],
  ['月数丙', '99999'],
  ['没有的事实', '1'],
] as const) {
  const one = { ...sound, [name]: wrong }
  const told = (problems: readonly object[]) => JSON.stringify(problems)
  if (told(checking.read(one).problems) !== told(readByHand(one, {})))
    throw new Error(`${name} ${wrong}: ${told(readByHand(one, {}))} by hand, ${told(checking.read(one).problems)}`)
}

// ---- then the times ----------------------------------------------------------------------------------------------------

const runs = { warmUp: 5, runs: 31 }
const times = await measureTogether(
  {
    hand: () => {
      for (const one of people) scoreByHand(one as unknown as Person, own)
    },
    person: () => {
      for (const one of people) person.score(one, out)
    },
    handChecking: () => {
      for (const one of given) scoreTextsByHand(one, own)
    },
    checking: () => {
      for (const one of given) checking.score(one, out)
    },
    handColumns: () => columnsByHand(count, byColumn as Columns, ownColumns),
    columns: () => columns.score(count, byColumn, outColumns),
  },
  runs,
)
const rate = (rounds: readonly number[]) => `${(count / median(rounds) / 1000).toFixed(2)} M/s`
const size = ({ length }: string) => `${Math.round(length / 1024)} KB`
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${count} people, median of ${runs.runs} runs`)
console.log(`planned and printed in ${Math.round(spent)} ms: ${size(texts.person)} for one person, ${size(texts.columns)} for columns\n`)
printTable(
  ['full outcome', 'rate', 'against', 'ratio of rates (least–most)', 'aim'],
  [
    ['one person, by hand', rate(times.hand), '', '', ''],
    ['one person, generated', rate(times.person), 'by hand', ratioOf(times.person, times.hand), '0.9'],
    ['one person as written, by hand', rate(times.handChecking), '', '', ''],
    ['one person as written, generated', rate(times.checking), 'by hand', ratioOf(times.checking, times.handChecking), '0.9'],
    ['columns, by hand', rate(times.handColumns), '', '', ''],
    ['columns, generated', rate(times.columns), 'columns by hand', ratioOf(times.columns, times.handColumns), '0.9'],
  ],
)
