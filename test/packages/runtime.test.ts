// The runtime as it is installed elsewhere: packed, put into an empty folder without the repository beside it, and run on each Node
// that it is for. It must give what the sources give, for everybody of the conformance corpus.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import type { WrittenFacts } from '../../runtime/facts.ts'
import * as sources from '../../runtime/index.ts'
import { operations } from '../../runtime/ir/operations.ts'
import { compileCorpus } from '../conformance/compile.ts'
import { load, readEntries } from '../conformance/entries.ts'
import { installed, nodes, root, typeErrors, writeRunner } from './installed.ts'
import { nodeOrSay } from './nodes.ts'

interface Entry {
  readonly dates: Readonly<Record<string, string>>
  readonly scenario?: string
  readonly seed?: string
  readonly quotas?: Readonly<Record<string, string>>
  readonly ranking?: unknown
  readonly people: readonly { readonly 编号: string; readonly facts: Readonly<Record<string, unknown>> }[]
}

interface Work {
  /** A compiled policy, as the text that is read. */
  readonly policy: unknown
  readonly asked: Omit<sources.Asked, 'quotas'>
  readonly quotas: readonly (readonly [string, number])[]
  readonly people: readonly WrittenFacts[]
}

const works: readonly Work[] = readEntries<Entry>().flatMap(({ policy, runs }) =>
  runs.map(
    ({ dates, scenario, seed, quotas, ranking, people }): Work => ({
      policy: JSON.parse(JSON.stringify(policy)),
      asked: { asOf: dates, scenario, seed, ranks: ranking !== undefined },
      quotas: Object.entries(quotas ?? {}).map(([list, places]) => [list, Number(places)]),
      people: people.map(({ 编号, facts }) => ({
        编号,
        ...Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, typeof value === 'string' ? value : JSON.stringify(value)])),
      })),
    }),
  ),
)

/** Everything that comes out, as text. */
function workings({ readPolicy, startRun, readFacts, score, rank, receipt, printReceipt, formatDecimal }: typeof sources, work: Work): string {
  const read = readPolicy(work.policy)
  if (!read.ok) return JSON.stringify(read)
  const started = startRun(read.policy, { ...work.asked, quotas: work.quotas.length > 0 ? new Map(work.quotas) : undefined })
  if (!started.ok) return JSON.stringify(started)
  const { run } = started
  const plain = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && 'numerator' in value
      ? formatDecimal(value as sources.Exact)
      : typeof value === 'bigint'
        ? String(value)
        : value
  const scored = work.people.map((person) => {
    const one = score(run, person)
    return one.ok ? `${JSON.stringify(one, plain)}\n${printReceipt(receipt(run, one.outcome, person), read.policy, 'zh', { all: true })}` : JSON.stringify(one)
  })
  const applicants = work.people.map((person) => ({ key: person.编号 ?? '', facts: readFacts(read.policy, person).facts }))
  return [...scored, ...(run.ranks ? [JSON.stringify(rank(run, applicants), plain)] : [])].join('\n')
}

let folder = ''
let expected: readonly string[] = []

beforeAll(async () => {
  folder = await installed(['heng-runtime'])
  expected = works.map((work) => workings(sources, work))
  writeRunner(folder, 'heng-runtime', workings, works, undefined)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packed runtime', () => {
  test('is small and brings nothing with it', () => {
    const place = join(folder, 'node_modules/heng-runtime')
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['heng-runtime'])
    const { dependencies } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>
    expect(dependencies).toBeUndefined()
    expect(readFileSync(join(place, 'dist/index.js'), 'utf8')).not.toMatch(/^(import|export) .*from ["']|\brequire\(/m)
    const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(place, name)))
    expect(files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)).toBeLessThan(1_000_000)
  })

  test.for(nodes)('gives what the sources give on Node %i', (major, { skip }) => {
    const node = nodeOrSay(major)
    if (node === undefined) return skip()
    const out = JSON.parse(execFileSync(node, ['run.js'], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 29 })) as readonly string[]
    expect(works.reduce((sum, { people }) => sum + people.length, 0)).toBeGreaterThan(300)
    expect(works.filter(({ asked }) => asked.ranks).length).toBeGreaterThan(20)
    for (const i of works.keys()) expect(out[i]).toBe(expected[i])
  })

  test('does what its page says', () => {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'runtime/README.md'), 'utf8')) ?? []
    const path = join(root, 'policies/zhejiang/common-2023.heng')
    writeFileSync(join(folder, 'common-2023.json'), JSON.stringify(compile(readFileSync(path, 'utf8'), path, load).policy))
    writeFileSync(join(folder, 'page.js'), code)
    expect(execFileSync(process.execPath, ['page.js'], { cwd: folder, encoding: 'utf8' })).toMatch(/社保缴纳 18 \/ 最高 30/)
  })

  test('reads the corpus as it is given to other engines, and its schema names every operation', () => {
    const out = join(folder, 'corpus')
    const count = compileCorpus(out)
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    expect(files).toHaveLength(count)
    for (const file of files) {
      const text = readFileSync(join(out, file), 'utf8')
      expect(text).not.toContain(root)
      const { policy, runs } = JSON.parse(text) as { readonly policy: unknown; readonly runs: readonly unknown[] }
      expect([file, sources.readPolicy(policy).ok, runs.length > 0]).toEqual([file, true, true])
    }
    const schema = JSON.parse(readFileSync(join(root, 'runtime/dist/policy.schema.json'), 'utf8')) as { readonly $defs: Readonly<Record<string, unknown>> }
    const isPolicy = new Ajv2020({ strict: false }).compile(schema)
    for (const { name, policy } of readEntries()) {
      expect([name, isPolicy(JSON.parse(JSON.stringify(policy))), isPolicy.errors]).toEqual([name, true, null])
      expect([name, isPolicy({ ...policy, beyond: true }), isPolicy({ ...policy, facts: undefined })]).toEqual([name, false, false])
    }
    const described = JSON.stringify(schema.$defs)
    for (const [op, { says }] of Object.entries(operations)) expect([op, described.includes(JSON.stringify(says))]).toEqual([op, true])
  })

  test('brings the licences of what is in it', () => {
    const licences = readFileSync(join(folder, 'node_modules/heng-runtime/dist/LICENCES.txt'), 'utf8')
    for (const name of ['Apache License', 'zod', '@noble/hashes', 'MIT License']) expect(licences).toContain(name)
  })

  test('has types that stand alone', () => {
    const use = `import { type Outcome, type Policy, readPolicy, score, startRun } from 'heng-runtime'
const read = readPolicy(JSON.parse('{}'))
const policy: Policy | undefined = read.ok ? read.policy : undefined
const started = policy && startRun(policy, { asOf: {} })
const scored = started?.ok ? score(started.run, {}) : undefined
const outcome: Outcome | undefined = scored?.ok ? scored.outcome : undefined
const kinds: readonly ('group' | 'indicator')[] = policy?.items.map(({ kind }) => kind) ?? []
const names: readonly string[] = policy?.facts.map(({ name }) => name) ?? []
const from: string | undefined = policy?.parameters[0]?.values[0]?.from
const operation: 'sum' | undefined = policy?.totals.map(({ value }) => value).find((value) => value.op === 'sum')?.op
// @ts-expect-error a field that there is not
policy?.nonsense
// @ts-expect-error a state that there is not
if (outcome?.state === 'nonsense') throw new Error([kinds, names, from, operation].join())
`
    expect(typeErrors(folder, use)).toBe('')
  })
})
