// The shipped policies: clean and formatted, every clause of the official text accounted for, at least thirty cases each that
// pass, and a synthetic population that is all accepted, scored and ranked.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile, compileCases, type Load } from '../../language/compile.ts'
import { coverage } from '../../language/coverage/coverage.ts'
import { readPaper } from '../../language/coverage/lookup.ts'
import { papersOf } from '../../language/coverage/papers.ts'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { format } from '../../language/format/format.ts'
import { runCase } from '../../runtime/cases.ts'
import { addDays, formatDate, parseDate } from '../../runtime/exact/date.ts'
import { readFacts, type WrittenFacts } from '../../runtime/facts.ts'
import type { Field } from '../../runtime/ir/schema.ts'
import { personOf } from '../../runtime/people/generate.ts'
import { readSample } from '../../runtime/people/sample.ts'
import { rank } from '../../runtime/rank/rank.ts'
import { openDates, type Run } from '../../runtime/run.ts'
import { score } from '../../runtime/score.ts'
import { columnsEngine, duckdbEngine, interpreted, javascriptEngine, openDuckdb, planned } from '../runtime/engines.ts'
import { runOf } from '../runtime/support.ts'
import { times } from '../whole.ts'

const folder = new URL('../../policies/', import.meta.url).pathname
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.heng') && !name.endsWith('.cases.heng'))
  .sort()

/** Records whose every date is one day, and that would give or take as much as they can: one for each member of a choice. */
function recordsOn(fields: readonly Field[], day: string): readonly Readonly<Record<string, string>>[] {
  const most = Math.max(1, ...fields.map(({ type }) => ('members' in type ? type.members.length : 1)))
  return Array.from({ length: most }, (_, i) =>
    Object.fromEntries(
      fields.map(({ name, type }) => {
        if (type.kind === 'date') return [name, day]
        if ('members' in type) return [name, type.members[i % type.members.length] ?? '']
        return [name, type.kind === 'number' ? String(Math.min(Number(type.high), 1000)) : type.kind === 'yesno' ? '否' : '某']
      }),
    ),
  )
}

const load: Load = (written, from) => {
  const path = join(dirname(from), written)
  return { path, text: readFileSync(path, 'utf8') }
}
const people = times(60, 300)

test('there are five papers', () => expect(paths.map((path) => dirname(path))).toEqual(['nanhu', 'shengsi', 'tongxiang', 'xx-district', 'zhejiang']))

describe.each(paths)('%s', (name) => {
  const path = join(folder, name)
  const text = readFileSync(path, 'utf8')
  const compiled = compile(text, path, load)
  const casesPath = path.replace(/\.heng$/, '.cases.heng')
  const casesText = existsSync(casesPath) ? readFileSync(casesPath, 'utf8') : undefined
  const beside = casesText === undefined ? undefined : compileCases(casesText, casesPath, compiled)
  const policy = compiled.policy!

  test('is clean and formatted, with its cases', () => {
    const found = [...compiled.diagnostics, ...(beside?.diagnostics ?? [])].filter((diagnostic) => severityOf(diagnostic) !== 'notice')
    expect(found).toEqual([])
    expect(format(text, undefined, compiled.outside)).toEqual({ ok: true, text })
    if (beside) expect(format(casesText ?? '', undefined, beside.outside)).toEqual({ ok: true, text: casesText })
  })

  test('has thirty cases or more, which pass', () => {
    const cases = [...compiled.cases, ...(beside?.cases ?? [])]
    expect(cases.length).toBeGreaterThanOrEqual(30)
    for (const one of cases) expect(runCase(policy, one)).toMatchObject({ title: one.title, differences: [], problems: [] })
  })

  test('accounts for every clause of its official text', () => {
    const papers = papersOf(compiled.parsed.tree).map((file) => readPaper({ file, text: readFileSync(join(dirname(path), file), 'utf8') }))
    const { clauses, dangling, ambiguous } = coverage(compiled.parsed.tree, papers)
    expect(clauses.length).toBeGreaterThan(10)
    expect(clauses.filter(({ status }) => status === 'open').map((clause) => clause.cited)).toEqual([])
    expect([dangling, ambiguous]).toEqual([[], []])
    expect(papers.flatMap(({ notices }) => notices)).toEqual([])
  })

  test('has a README in Chinese that says what is not official', () => {
    const readme = readFileSync(join(dirname(path), 'README.md'), 'utf8')
    expect(readme).toContain(basename(path))
    if (/待核 "/.test(text)) expect(readme).toMatch(/待核/)
  })

  /** Synthetic people as they are written and as they are read, with the days of a use. */
  function population() {
    const stated = readSample(policy, JSON.parse(readFileSync(path.replace(/\.heng$/, '.people.json'), 'utf8')))
    if (!stated.ok) throw new Error(JSON.stringify(stated))
    const { sample } = stated
    const day = sample.day ?? ''
    const written = Array.from({ length: people }, (_, i) => personOf({ policy, sample, seed: '2025', day: parseDate(day)! }, i))
    const read = written.map((person) => ({ key: person.编号 ?? '', ...readFacts(policy, person) }))
    const datesFor = (scenario: string | undefined) =>
      Object.fromEntries(
        openDates(
          policy,
          policy.scenarios.find(({ name }) => name === scenario),
        ).map((date) => [date, day]),
      )
    return { written, read, datesFor }
  }

  test('gives its synthetic people the same in every engine', async () => {
    const { read, datesFor } = population()
    const facts = read.map((person) => person.facts)
    const connection = await openDuckdb()
    for (const scenario of [undefined, ...policy.scenarios.map(({ name }) => name)]) {
      const [dates, use] = [datesFor(scenario), { scenario }]
      const plan = planned(policy, dates, use)
      const wanted = facts.map((person) => interpreted(policy, dates, use, person))
      const javascript = await javascriptEngine(policy, plan)
      const database = await duckdbEngine(connection, policy, plan)
      expect(facts.map(javascript)).toEqual(wanted)
      expect((await columnsEngine(policy, plan))(facts)).toEqual(wanted)
      if (database) expect(await database(facts)).toEqual(wanted)
      // Points that expire are worked out one by one, which the database refuses.
      expect(database === undefined).toBe(JSON.stringify(policy.items).includes('"live"'))
    }
  })

  test('counts nothing that is dated after the days of the run', () => {
    const { written, datesFor } = population()
    const [day = ''] = Object.values(datesFor(undefined))
    const later = formatDate(addDays(parseDate(day)!, 1))
    const runs = [undefined, ...policy.scenarios.map(({ name }) => name)].map((scenario) => runOf(policy, datesFor(scenario), { scenario }))
    const seen = (person: WrittenFacts, run: Run) => {
      const scored = score(run, person)
      if (!scored.ok) return scored.problems
      const { state, totals, items } = scored.outcome
      return { state, totals: totals.map(({ figure }) => figure), items: items.map(({ figure }) => figure) }
    }
    for (const fact of policy.facts) {
      const { type } = fact
      if (type.kind !== 'records') continue
      for (const record of recordsOn(type.fields, later)) {
        for (const person of written.slice(0, 25)) {
          const before = (person[fact.name] ?? '') === '' ? [] : JSON.parse(person[fact.name] ?? '[]')
          const after = { ...person, [fact.name]: JSON.stringify([...before, record]) }
          for (const run of runs)
            expect({ fact: fact.name, record, ...seen(after, run) }).toEqual({
              fact: fact.name,
              record,
              ...seen({ ...person, [fact.name]: JSON.stringify(before) }, run),
            })
        }
      }
    }
    // A day of an applicant may not lie after the review; when a card is due next may.
    const free = policy.facts.filter(({ type, notAfter }) => type.kind === 'date' && notAfter === undefined).map(({ name }) => name)
    expect(free.filter((name) => name !== '签注到期日')).toEqual([])
  })

  test('takes all of its synthetic people, and ranks them in every use', () => {
    const { written, read, datesFor } = population()
    expect(read.flatMap(({ problems }) => problems)).toEqual([])
    for (const scenario of [undefined, ...policy.scenarios.map(({ name }) => name)]) {
      const run = runOf(policy, datesFor(scenario), { scenario })
      const outcomes = written.map((person) => score(run, person))
      expect(outcomes.filter(({ ok }) => !ok)).toEqual([])
    }
    for (const { name: id, quota } of policy.scenarios) {
      const lists = quota?.by ? [...new Set(written.map((person) => person[quota.by ?? ''] ?? ''))] : []
      const quotas = lists.length > 0 ? new Map(lists.map((list) => [list, 5])) : undefined
      const ranked = rank(runOf(policy, datesFor(id), { scenario: id, ranks: true, quotas, seed: '2025' }), read)
      if (!ranked.ok) throw new Error(`${id}: ${ranked.lists}`)
      expect(ranked.ranking.rejected).toEqual([])
      expect(ranked.ranking.rows.length).toBeGreaterThan(10)
    }
  })
})
