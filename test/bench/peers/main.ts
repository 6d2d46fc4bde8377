// npm run bench peers: other engines at the flat scheme. Every total is compared with the exact one before a rate is taken; a total
// that differs by less than a millionth is counted as inexact, any other ends the run. Each engine has a process of its own.

import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { readFacts } from '../../../runtime/facts.ts'
import { inputOf } from '../../../runtime/javascript/inputs.ts'
import { day, flatScheme, peopleFor, personEngine } from '../engines/flat.ts'
import { median, printTable } from '../measure.ts'
import { run } from '../process.ts'
import { type Peer, peers } from './engines.ts'
import { type Person, personOf } from './rules.ts'

interface Measured {
  readonly name: string
  readonly people: number
  readonly inexact: number
  /** People in a second, of each round, and of Heng in the same round. */
  readonly rates: readonly number[]
  readonly own: readonly number[]
}

const rounds = 5

async function measurePeer(peer: Peer): Promise<Measured> {
  const { policy, plan } = flatScheme()
  const inputs = peopleFor(policy, 20_000).map((one) => inputOf(policy, readFacts(policy, one).facts))
  const { outputs, score } = await personEngine(plan, 'points')
  const total = plan.totals[0]
  const at = outputs.indexOf(`proven ${total?.id}`)
  const scale = 10 ** (total?.places ?? 0)
  const out = new Float64Array(outputs.length)
  const exact = inputs.map((input) => {
    score(input, out)
    return (out[at] ?? 0) / scale
  })
  const people: readonly Person[] = inputs.map((input) => personOf(input, day))
  let inexact = 0
  for (let i = 0; i < peer.people; i += 1) {
    const [found, wanted] = [await peer.score(people[i] as Person), exact[i] ?? 0]
    if (!(Math.abs(found - wanted) < 1e-6)) throw new Error(`${peer.name} gives person ${i} ${found}, not ${wanted}`)
    if (found !== wanted) inexact += 1
  }
  const [rates, own]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    let start = performance.now()
    for (let i = 0; i < peer.people; i += 1) await peer.score(people[i] as Person)
    rates.push((peer.people / (performance.now() - start)) * 1000)
    start = performance.now()
    for (const input of inputs) score(input, out)
    own.push((inputs.length / (performance.now() - start)) * 1000)
  }
  return { name: peer.name, people: peer.people, inexact, rates, own }
}

const all = await peers()
const only = process.argv[2]
if (!all) console.log('the other engines are not installed: npm install --prefix test/bench')
else if (only !== undefined) console.log(JSON.stringify(await measurePeer(all[Number(only)] as Peer)))
else {
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, one person after the other, numbers only\n`)
  const rows: string[][] = []
  for (const i of all.keys()) {
    const { stdout, peak } = await run(process.execPath, [fileURLToPath(import.meta.url), String(i)])
    const { name, people, inexact, rates, own } = JSON.parse(stdout) as Measured
    const ratios = own.map((rate, round) => rate / (rates[round] ?? 1)).sort((a, b) => a - b)
    const times = (value: number | undefined) => `${(value ?? 0).toFixed((value ?? 0) < 10 ? 1 : 0)}`
    const share = `${inexact} of ${people}`
    rows.push([
      name,
      Math.round(median(rates)).toLocaleString('en'),
      `${times(median(ratios))} (${times(ratios[0])}–${times(ratios.at(-1))})`,
      share,
      `${Math.round(peak)} MB`,
    ])
  }
  printTable(['', 'people/s', 'Heng is faster by (least–most)', 'inexact totals', 'memory'], rows)
}
