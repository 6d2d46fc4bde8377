// Which tests reach which functions, and how long they take: found by running each once without a fault, and kept until something of
// it changes.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { root, textOf } from './areas.ts'
import { functionAt } from './hits.ts'
import type { Mutant } from './site.ts'
import { makeWorker } from './worker.ts'

interface Reached {
  /** Of the sources, of the test and of what it reads. */
  readonly digest: string
  /** Of CPU. */
  readonly seconds: number
  /** Names of functions by entry of the corpus; what concerns the whole file by the empty name. */
  readonly names: Readonly<Record<string, readonly string[]>>
}

export type Reach = Readonly<Record<string, Reached>>

export const corpus = 'test/runtime/conformance.test.ts'

/** These run the built command line, which has no fault. */
const ofTheBuilt = ['test/runtime/zhejiang.test.ts']

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[\\/](dist|node_modules|mutants)$/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()

const tests = ['test/runtime', 'test/batch'].flatMap(filesUnder).filter((path) => path.endsWith('.test.ts') && !ofTheBuilt.includes(path))

const digestOf = (paths: readonly string[]): string => {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

/** @param path where it is kept @returns what each test reaches @throws where a test fails without any fault */
export async function readReach(path: string): Promise<{ readonly reach: Reach; readonly cpu: number }> {
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Reach) : {}
  const shared = digestOf(
    [...filesUnder('runtime'), ...filesUnder('language'), ...filesUnder('test')].filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file)),
  )
  const entries = digestOf(filesUnder('test/conformance'))
  const digests = new Map(tests.map((test) => [test, `${shared} ${digestOf([test])} ${test === corpus ? entries : ''}`]))
  const stale = tests.filter((test) => kept[test]?.digest !== digests.get(test))
  const fresh: Record<string, Reached> = Object.fromEntries(Object.entries(kept).filter(([test]) => digests.has(test) && !stale.includes(test)))
  if (stale.length === 0) return { reach: fresh, cpu: 0 }
  console.log(`what ${stale.length} files of tests reach is found out, without any fault`)
  const worker = makeWorker('apart')
  const notes = mkdtempSync(join(tmpdir(), 'heng-reach-'))
  try {
    const ran = await worker.run({ tests: stale.map((test) => ({ path: test, patience: 600 })), notes })
    if (ran.kind !== 'ran' || ran.red !== undefined) throw new Error(`without any fault: ${ran.kind === 'ran' ? ran.red : ran.kind}`)
    for (const test of stale) {
      const note = join(notes, `${basename(test)}.json`)
      const names = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as Reached['names']) : {}
      fresh[test] = { digest: digests.get(test) ?? '', seconds: ran.seconds[test] ?? 0, names }
    }
  } finally {
    worker.end()
    rmSync(notes, { recursive: true })
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(fresh))
  return { reach: fresh, cpu: worker.cpu() }
}

export interface Tests {
  /** From cheap to dear. */
  readonly tests: readonly { readonly path: string; readonly patience: number }[]
  /** Of the corpus; all where the fault is reached before an entry begins. */
  readonly entries: readonly string[] | undefined
  /** How many files of tests are left out because they would take too long. */
  readonly left: number
}

/** The tests that reach a fault. @param within seconds that they may take, the cheapest one aside */
export function testsOf(reach: Reach, mutant: Mutant, within = Number.POSITIVE_INFINITY): Tests {
  const name = functionAt(mutant.file, textOf(mutant.file), mutant.start)
  const { '': always = [], ...byEntry } = reach[corpus]?.names ?? {}
  const all = Object.keys(byEntry)
  const entries = always.includes(name) ? undefined : all.filter((entry) => byEntry[entry]?.includes(name))
  const reaching = Object.entries(reach).filter(([, { names }]) => Object.values(names).some((each) => each.includes(name)))
  const share = (entries ?? all).length / all.length
  const cost = (test: string, seconds: number): number => seconds * (test === corpus ? share : 1)
  const ordered = reaching
    .map(([path, { seconds }]) => ({ path, seconds: cost(path, seconds), patience: 2 * seconds + 10 }))
    .sort((a, b) => a.seconds - b.seconds)
  let sum = 0
  const tests = ordered.filter(({ seconds }, i) => {
    sum += seconds
    return i === 0 || sum <= within
  })
  return { tests: tests.map(({ path, patience }) => ({ path, patience })), entries, left: ordered.length - tests.length }
}
