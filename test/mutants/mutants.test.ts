// npm run mutants works: a fault that is known is noticed, one that changes nothing survives, a run goes on where it stopped, and the
// sources are as they were. What is listed by hand has a place to go.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { areas, filesOf, mutantsOf, textOf } from './areas.ts'
import { byHand, drawn, keyOf, mutantByHand, reasons } from './choose.ts'
import { faultsOf } from './faults-of.ts'
import { functionAt } from './hits.ts'
import { readResults, summary } from './results.ts'
import { applied, named } from './site.ts'
import { openOf, tryFaults } from './try.ts'
import { makeWorker } from './worker.ts'

const faulty = (text: string): readonly string[] => faultsOf(text).map((edit) => applied(text, edit))

test.each([
  ['const a = b + c', ['const a = b - c']],
  ['const a = b < 720', ['const a = b <= 720', 'const a = b < 721']],
  ['const a = b === 0 && c', ['const a = b !== 0 && c', 'const a = b === 1 && c', 'const a = b === 0 || c']],
  ['if (a) b()', ['if (!(a)) b()', 'if (false) b()']],
  ['const a = b ? true : c', ['const a = false ? true : c', 'const a = true ? true : c', 'const a = b ? false : c']],
  ['const a = b ?? c', ['const a = c']],
  ["const a = b === 'sum' ? 'first' : ''", expect.arrayContaining(["const a = b === 'first' ? 'first' : ''", "const a = b === 'sum' ? 'sum' : ''"])],
  ['const a = `b < 31 AND c`', ['const a = `b <= 31 AND c`', 'const a = `b < 32 AND c`', 'const a = `b < 31 OR c`']],
  ["if (a > 1) throw new Error('1 < 2')\ntype A = 'sum' | true\nimport { b } from 'first'", []],
])('the faults of %s', (text, wanted) => {
  expect(faulty(text)).toEqual(wanted)
})

test('a fault keeps its name when lines are put in before it, and lines that are alike are told apart', () => {
  const text = 'const a = 1 + b\nconst a = 1 + b\n'
  const before = named('a.ts', text, faultsOf(text))
  expect(new Set(before.map(({ id }) => id)).size).toBe(4)
  const later = `// more\n${text}`
  expect(named('a.ts', later, faultsOf(later)).map(({ id, line }) => [id, line - 1])).toEqual(before.map(({ id, line }) => [id, line]))
})

test('faults are drawn evenly, and fewer of them are the first of more', () => {
  const some = drawn(1, 40)
  for (const area of areas) expect(some.filter(({ file }) => filesOf(area).includes(file))).toHaveLength(10)
  expect(drawn(1, 60).slice(0, 40)).toEqual(some)
  expect(drawn(2, 40)).not.toEqual(some)
})

test('what is listed by hand stands in place of something that is there', () => {
  expect(byHand.length).toBeGreaterThan(10)
  for (const fault of byHand) expect(mutantByHand(fault).before).not.toBe('')
  const there = new Set([...areas.flatMap(mutantsOf), ...byHand.map(mutantByHand)].map(keyOf))
  expect([...reasons.keys()].filter((key) => !there.has(key))).toEqual([])
})

const folder = mkdtempSync(join(tmpdir(), 'heng-mutants-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a fault is noticed, an equivalent survives, and a run goes on where it stopped', async () => {
  const file = 'runtime/exact/date.ts'
  const text = textOf(file)
  const fault = (sound: string, instead: string) => mutantByHand({ what: '', file, sound, faulty: instead })
  const known = fault('year % 100 !== 0', 'year % 100 === 0')
  const equivalent = fault('year % 4 === 0', '0 === year % 4')
  const unreached = fault('The days that', 'Days that')
  const names = [known, equivalent].map(({ start }) => functionAt(file, text, start))
  const reach = { 'test/runtime/exact.test.ts': { digest: '', seconds: 5, names: { '': names } } }
  const out = join(folder, 'out.jsonl')
  const said: string[] = []
  const worker = makeWorker('together')
  const means = { compiles: () => true, reach, worker, say: (line: string) => said.push(line) }
  try {
    await tryFaults(openOf([known], out), out, means)
    // A run that was ended while it wrote.
    writeFileSync(out, `${readFileSync(out, 'utf8')}{"id":"`)
    const open = openOf([known, equivalent, unreached], out)
    expect(open.map(({ id }) => id)).toEqual([equivalent.id, unreached.id])
    await tryFaults(open, out, means)
  } finally {
    worker.end()
  }
  const results = [...readResults(out).values()]
  expect(results.map(({ id, verdict }) => [id, verdict])).toEqual([
    [known.id, 'test'],
    [equivalent.id, 'survived'],
    [unreached.id, 'unreached'],
  ])
  expect(openOf([known, equivalent], out, 'holes')).toEqual([equivalent])
  expect(summary(results)).toMatchObject({ holes: 2, text: expect.stringContaining(`HOLE ${equivalent.id} ${file}:${equivalent.line}`) })
  expect(said).toHaveLength(3)
  expect(textOf(file)).toBe(text)
})
