// Every ranking of the corpus through the database: the same places for the same reasons as the interpreter gives.

import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { rankFile } from '../../runtime/batch/rank-file.ts'
import { readFacts, type WrittenFacts } from '../../runtime/facts.ts'
import type { Policy, Scenario } from '../../runtime/ir/schema.ts'
import { inputOf } from '../../runtime/javascript/inputs.ts'
import { makePlan } from '../../runtime/plan/plan.ts'
import { showKey } from '../../runtime/rank/keys.ts'
import { type Ranked, rank } from '../../runtime/rank/rank.ts'
import { factColumns } from '../../runtime/sql/columns.ts'
import { duckdb } from '../../runtime/sql/dialect.ts'
import { quoted } from '../../runtime/sql/quote.ts'
import { rankScript } from '../../runtime/sql/rank-script.ts'
import { resultNames, stateNamesIn } from '../../runtime/state-names.ts'
import { seeded } from '../language/mutate.ts'
import { openDuckdb, tables } from '../runtime/engines.ts'
import { policyOf, runOf } from '../runtime/support.ts'
import { seedOr, times } from '../whole.ts'

interface Person {
  readonly 编号: string
  readonly facts: Readonly<Record<string, unknown>>
}

interface Run {
  readonly dates: Readonly<Record<string, string>>
  readonly scenario?: string
  readonly quotas?: Readonly<Record<string, string>>
  readonly seed?: string
  readonly people: readonly Person[]
  readonly ranking?: unknown
}

const folder = new URL('../conformance/', import.meta.url).pathname
const load = (path: string, from: string) => {
  const file = join(dirname(from), path)
  return { path: file, text: readFileSync(file, 'utf8') }
}
const runs = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .sort()
  .flatMap((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly runs: readonly Run[] }).runs.map((run, i) => ({ name, i, run })))
  .filter(({ run }) => run.ranking !== undefined)
  .map(({ name, i, run }) => [`${name} run ${i + 1}`, name, run] as const)

const written = ({ 编号: key, facts }: Person): WrittenFacts => ({
  编号: key,
  ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])),
})

/** A row of the output as the interpreter gives it; the remarks are compared where they are the same words. */
function rowOf(policy: Policy, scenario: Scenario, row: Ranked): Readonly<Record<string, string>> {
  const names = scenario.keys.map(({ id }) => policy.labels[id]?.zh ?? id)
  const decided = row.decidedBy === undefined ? '' : row.decidedBy === 'equal' ? '各项相同' : row.decidedBy === 'lot' ? '抽签' : (names[row.decidedBy] ?? '')
  return {
    编号: row.key,
    名单: row.list,
    名次: row.place === undefined ? '' : String(row.place),
    状态: stateNamesIn(policy, scenario)[row.outcome.state].zh,
    ...Object.fromEntries(names.map((name, i) => [`排序${i + 1} ${name}`, showKey(row.keys[i])])),
    区分项: decided,
    结果: row.result === undefined ? '' : resultNames(scenario, 'zh')[row.result],
    轮次: row.round === undefined ? '' : String(row.round),
  }
}

/** The script of the same ranking gives the same rows; the text of a second round is refused. */
async function sameInScript(
  { policy, scenario, run, quotas }: { policy: Policy; scenario: Scenario; run: Run; quotas: ReadonlyMap<string, number> | undefined },
  ranked: string,
): Promise<void> {
  const started = runOf(policy, run.dates, { scenario: scenario.name, ranks: true, seed: run.seed })
  const made = makePlan(started)
  if (!made.ok) throw new Error(made.reason)
  const script = rankScript(started, made.plan, duckdb, 'zh')
  if (!script.ok) return expect(script).toEqual({ ok: false, reason: scenario.secondRound ? 'second-round' : 'expiring', rule: expect.any(String) })
  const connection = await openDuckdb()
  const people = run.people.map((person) => inputOf(policy, readFacts(policy, written(person)).facts))
  const keys = run.people.map(({ 编号: key }) => key)
  for (const statement of tables(factColumns(made.plan.facts), people, keys)) await connection.run(statement)
  const [last = '', ...before] = script.statements.toReversed()
  const given = [...(quotas ?? [])].map(([list, places]) => `(${quoted(list)}, ${places})`).join(', ')
  for (const statement of before.toReversed()) {
    if (quotas && statement.startsWith('INSERT INTO heng_quotas')) await connection.run(`INSERT INTO heng_quotas VALUES ${given}`)
    else {
      if (statement.startsWith('CREATE TEMP VIEW heng_quotas')) await connection.run(`CREATE TABLE quotas AS SELECT * FROM (VALUES ${given}) q(list, places)`)
      await connection.run(statement)
    }
  }
  const rows = (await connection.runAndReadAll(last)).getRowObjectsJson()
  const texts = rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? ''])))
  expect(texts).toEqual(
    (await readFile(ranked, 'utf8'))
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row)),
  )
}

/** Interpreter, files and script give the same places for the same reasons. */
async function sameEverywhere(policy: Policy, scenario: Scenario, run: Run): Promise<void> {
  const quotas = run.quotas && new Map(Object.entries(run.quotas).map(([list, places]) => [list, Number(places)]))
  const applicants = run.people.map((person) => ({ key: person.编号, facts: readFacts(policy, written(person)).facts }))
  const started = runOf(policy, run.dates, { scenario: scenario.name, ranks: true, seed: run.seed, quotas })
  const wanted = rank(started, applicants)
  if (!wanted.ok) throw new Error(wanted.lists.join())

  const temporary = await mkdtemp(join(tmpdir(), 'heng-test-'))
  const [people, out] = [join(temporary, 'people.jsonl'), join(temporary, 'out.jsonl')]
  await writeFile(people, run.people.map(({ 编号: key, facts }) => `${JSON.stringify({ 编号: key, ...facts })}\n`).join(''))
  const found = await rankFile({
    run: started,
    inputs: { people: { path: people, format: 'jsonl' }, records: new Map() },
    out: { path: out, format: 'jsonl', byteOrderMark: false },
    rejects: join(temporary, 'rejects.csv'),
    language: 'zh',
    stdout: new Writable(),
    onProgress: undefined,
    explain: undefined,
  })
  expect(found).toMatchObject({ ok: true })
  if (run.seed !== undefined || (scenario.equals !== 'lot' && scenario.cutoff !== 'lot')) await sameInScript({ policy, scenario, run, quotas }, out)
  const rows = (await readFile(out, 'utf8')).trim().split('\n')
  await rm(temporary, { recursive: true })
  const compared = rows.map((row) => JSON.parse(row) as Record<string, string>).map(({ 总分: _total, 说明: _remarks, 内容待核: _sources, ...rest }) => rest)
  expect(compared).toEqual(wanted.ranking.rows.map((row) => rowOf(policy, scenario, row)))
  if (!found.ok) return
  const { lists, left, rejected } = found.summary
  expect({ lists: lists.map(({ line: _line, lowest: _lowest, ...rest }) => rest), left, rejected }).toEqual({
    lists: wanted.ranking.lists,
    left: wanted.ranking.left,
    rejected: wanted.ranking.rejected.length,
  })
}

describe('a ranking of the corpus', () => {
  test.each(runs)('%s', async (_, name, run) => {
    const path = join(folder, name.replace(/\.json$/, '.heng'))
    const { policy } = compile(readFileSync(path, 'utf8'), path, load)
    const scenario = policy?.scenarios.find(({ name }) => name === run.scenario)
    if (!policy || !scenario) throw new Error(`${name} has no such scenario`)
    await sameEverywhere(policy, scenario, run)
  })
})

/** A scheme with few different points, so that there are equals at every place; its uses are drawn. */
function drawnPolicy(pick: <T>(from: readonly T[]) => T): string {
  const byList = pick([true, false])
  const lines = [
    pick(['', byList ? '名额 按 镇' : '名额 3']),
    byList ? pick(['', '次轮 剩余名额', '次轮 剩余名额 每 镇 不超过50% 进一']) : '',
    `排序 总分 ${pick(['从高到低', '从低到高'])}${pick(['', '、月数 从高到低', '、月数 从低到高'])}`,
    `并列 ${pick(['同名次', '抽签'])}`,
    `末位同分 ${pick(['全取', '不取', '抽签'])}`,
  ]
  const [quota, second, order, equals, cutoff] = lines
  return `
    事实 镇: 选项 [东、西、南]   必填
    事实 月数: 整数 个月   范围 0..9
    事实 在住: 是否
    指标 甲 { 当 月数 > 3个月 得2分 }
    指标 乙 { 当 在住 得1分 }
    总分 = 甲 + 乙
    失效 当 非 在住
    应用 入学 {
      ${[quota, quota === '' || !quota?.includes('镇') ? '' : second, order, equals, quota !== '' && equals === '并列 同名次' ? cutoff : ''].filter((line) => line !== '').join('\n      ')}
    }`
}

test('rankings drawn by a seed are the same everywhere', async () => {
  const random = seeded(seedOr(2027))
  const draw = (below: number) => Math.floor(random() * below)
  const pick = <T>(from: readonly T[]): T => from[draw(from.length)] as T
  const seen = new Set<string>()
  for (let i = 0; i < times(25, 400); i += 1) {
    const text = drawnPolicy(pick)
    const policy = policyOf(text)
    const [scenario] = policy.scenarios
    if (!scenario) throw new Error(text)
    const people = Array.from({ length: 1 + draw(12) }, (_, n) => ({
      编号: `人${n}`,
      facts: { 镇: pick(['东', '西', '南']), 月数: pick(['', '2', '5', '5']), 在住: pick(['是', '是', '是', '否', '']) },
    }))
    const quotas = scenario.quota?.by ? Object.fromEntries(['东', '西', '南'].map((list) => [list, String(draw(4))])) : undefined
    await sameEverywhere(policy, scenario, { dates: { 审核日: '2025-03-01' }, scenario: scenario.name, seed: `签 ${i}`, people, ...(quotas ? { quotas } : {}) })
    seen.add(`${scenario.equals} ${scenario.cutoff} ${scenario.quota?.by} ${scenario.secondRound !== undefined}`)
  }
  expect(seen.size).toBeGreaterThan(5)
})
