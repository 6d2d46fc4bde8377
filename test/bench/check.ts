// npm run bench check: what `heng check` costs of ten times as many indicators, in time of the processor, start included. Pairs in turn.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateIndicators, shapes } from './generate-indicators.ts'
import { median, printTable } from './measure.ts'

const heng = fileURLToPath(new URL('../../runtime/cli/heng', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'heng-bench-'))
const telling = "data:text/javascript,process.on('exit', () => process.stderr.write('cpu ' + process.cpuUsage().user + '\\n'))"
const [few, many, pairs] = [1_000, 10_000, 3]

/** In seconds of the processor. */
function checked(path: string): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', telling, heng, 'check', path], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${path} is not clean:\n${stdout.slice(0, 500)}`)
  return Number(/^cpu (\d+)$/m.exec(stderr)?.[1] ?? Number.NaN) / 1e6
}

const rows = shapes.map((shape) => {
  const path = (count: number) => join(folder, `${shape}-${count}.heng`)
  for (const count of [few, many]) writeFileSync(path(count), generateIndicators(count, shape))
  const times = Array.from({ length: pairs }, () => [checked(path(few)), checked(path(many))] as const)
  const ratios = times.map(([a, b]) => b / a).sort((a, b) => a - b)
  const seconds = (which: 0 | 1) => `${median(times.map((pair) => pair[which])).toFixed(2)} s`
  return [shape, seconds(0), seconds(1), `${median(ratios).toFixed(1)} (${ratios[0]?.toFixed(1)}–${ratios.at(-1)?.toFixed(1)})`, '12']
})
rmSync(folder, { recursive: true })

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${pairs} pairs\n`)
printTable(['heng check', `${few} indicators`, `${many} indicators`, 'times (least–most)', 'at most'], rows)
