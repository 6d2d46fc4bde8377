// Generated engines beside the interpreter: what each makes of an applicant, in one form that can be compared.

import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { figuresOf } from '../../runtime/cases.ts'
import type { Facts } from '../../runtime/facts.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { columnsModule, type FactColumn } from '../../runtime/javascript/columns.ts'
import { columnsOf, type Input, inputOf } from '../../runtime/javascript/inputs.ts'
import { personModule } from '../../runtime/javascript/person.ts'
import { type EngineOutcome, outputsOf, readOutputs } from '../../runtime/plan/outputs.ts'
import { makePlan, type Plan } from '../../runtime/plan/plan.ts'
import type { ReferenceDates } from '../../runtime/run.ts'
import { scoreFacts } from '../../runtime/score.ts'
import { type Column, type FactColumns, factColumns } from '../../runtime/sql/columns.ts'
import { duckdb } from '../../runtime/sql/dialect.ts'
import { sqlOf } from '../../runtime/sql/print.ts'
import { quoted } from '../../runtime/sql/quote.ts'
import { runOf, showFigure } from './support.ts'

export interface Use {
  readonly scenario?: string | undefined
  readonly trial?: boolean | undefined
}

/** What has to be the same in every engine; `rejected` for an applicant whose data cannot be right. */
export type Answer = Readonly<Record<string, unknown>> | 'rejected'

export function interpreted(policy: Policy, dates: ReferenceDates, use: Use, facts: Facts): Answer {
  const scored = scoreFacts(runOf(policy, dates, use), facts)
  if (!scored.ok) return 'rejected'
  const { outcome } = scored
  return {
    state: outcome.state,
    until: outcome.until,
    figures: Object.fromEntries([...figuresOf(outcome)].map(([id, figure]) => [id, showFigure(figure)]).sort(byName)),
    awaiting: outcome.awaiting,
    held: outcome.states.filter(({ open }) => !open).map(({ rule }) => rule),
    open: outcome.states.filter(({ open }) => open).map(({ rule }) => rule),
  }
}

export function answerOf(outcome: EngineOutcome): Answer {
  const { rejected, state, until, figures, awaiting, held, open } = outcome
  if (rejected) return 'rejected'
  return { state, until, figures: Object.fromEntries([...figures].map(([id, figure]) => [id, showFigure(figure)]).sort(byName)), awaiting, held, open }
}

const byName = ([a = '']: readonly string[], [b = '']: readonly string[]): number => (a < b ? -1 : a > b ? 1 : 0)

/** A plan that has to be possible. */
export function planned(policy: Policy, dates: ReferenceDates, use: Use): Plan {
  const made = makePlan(runOf(policy, dates, use))
  if (!made.ok) throw new Error(`no plan: ${made.reason} in ${made.rule}`)
  return made.plan
}

type Score = (applicant: object, out: (number | boolean | string)[]) => (number | boolean | string)[]

/** @param most text in one function of the module */
export async function javascriptEngine(policy: Policy, plan: Plan, most?: number): Promise<(facts: Facts) => Answer> {
  const text = personModule(plan, outputsOf(plan, 'full'), most)
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`)) as { score: Score; outputs: readonly string[] }
  return (facts) => {
    const out = module.score(inputOf(policy, facts), [])
    return answerOf(readOutputs(plan, (name) => out[module.outputs.indexOf(name)] ?? 0))
  }
}

type ScoreColumns = (count: number, facts: object, out: readonly number[][]) => void

/** All applicants in one loop over columns. @param most text in one function of the module */
export async function columnsEngine(policy: Policy, plan: Plan, most?: number): Promise<(people: readonly Facts[]) => readonly Answer[]> {
  const text = columnsModule(plan, outputsOf(plan, 'full'), most)
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`)) as { score: ScoreColumns; outputs: readonly string[] }
  return (people) => {
    const inputs = people.map((person) => inputOf(policy, person))
    const out = module.outputs.map((): number[] => [])
    module.score(people.length, withJunk(columnsOf(policy, inputs)), out)
    return people.map((_, i) => answerOf(readOutputs(plan, (name) => out[module.outputs.indexOf(name)]?.[i] ?? 0)))
  }
}

/** Anything may stand where a value is not known. */
function withJunk(columns: Readonly<Record<string, FactColumn>>): Readonly<Record<string, FactColumn>> {
  const junk = [255, -1, 2, Number.NaN, 1e12, undefined]
  const spoiled = ({ given, values }: FactColumn, name: string) =>
    Array.from(values as ArrayLike<number | string>, (value, i) => (given?.[i] === 0 ? junk[(i + name.length) % junk.length] : value)) as number[]
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column.values ? { ...column, values: spoiled(column, name) } : column] as const),
  )
}

// ---- DuckDB ------------------------------------------------------------------------------------------------------------

/** A session with the calendar that generated SQL needs. */
export async function openDuckdb(): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  for (const statement of duckdb.calendar) await connection.run(statement)
  return connection
}

/** All applicants in one query. */
export async function duckdbEngine(
  connection: DuckDBConnection,
  policy: Policy,
  plan: Plan,
): Promise<((people: readonly Facts[]) => Promise<readonly Answer[]>) | undefined> {
  const outputs = outputsOf(plan, 'full')
  const query = sqlOf(policy, plan, outputs, duckdb)
  if (!query.ok) return undefined
  const facts = factColumns(plan.facts)
  return async (people) => {
    const inputs = people.map((person) => inputOf(policy, person))
    for (const statement of tables(facts, inputs)) await connection.run(statement)
    const rows = (await connection.runAndReadAll(`SELECT * FROM (${query.sql}) ORDER BY n`)).getRows()
    return rows.map((row) => answerOf(readOutputs(plan, (name) => given(row[2 + query.columns.indexOf(name)]))))
  }
}

const given = (value: unknown): number | boolean | string => (typeof value === 'bigint' ? Number(value) : (value as number | boolean | string))

type Plain = Readonly<Record<string, number | boolean | string>>
const cell = ({ input, filler }: Column, values: Plain): string => {
  const value = values[input]
  return value === undefined ? filler : typeof value === 'string' ? quoted(value) : String(value)
}

/** Statements that make the relations of generated SQL from plain values. */
export function tables(facts: readonly FactColumns[], inputs: readonly Input[], keys: readonly string[] = inputs.map((_, n) => String(n))): readonly string[] {
  const table = (name: string, columns: readonly string[], rows: readonly string[]): readonly string[] => [
    `CREATE OR REPLACE TEMP TABLE ${name} (${columns.join(', ')})`,
    ...(rows.length > 0 ? [`INSERT INTO ${name} VALUES ${rows.map((row) => `(${row})`).join(', ')}`] : []),
  ]
  const columns = facts.flatMap(({ columns: own, given: known }) => [
    ...own.map(({ column, type }) => `${column} ${type}`),
    ...(known === undefined ? [] : [`${known} BOOLEAN`]),
  ])
  const people = inputs.map((input, n) =>
    [
      String(n),
      quoted(keys[n] ?? ''),
      ...facts.flatMap(({ fact, columns: own, given: known }) => [
        ...own.map((column) => cell(column, input as Plain)),
        ...(known === undefined ? [] : [String(input[fact.name] !== undefined)]),
      ]),
    ].join(', '),
  )
  const lists = facts.flatMap(({ fact, records }) => {
    if (!records) return []
    const own = records.fields.flatMap((field) => field.columns)
    const rows = inputs.flatMap((input, n) =>
      ((input[fact.name] ?? []) as readonly Plain[]).map((record) => [String(n), ...own.map((column) => cell(column, record))].join(', ')),
    )
    return table(records.relation, ['n BIGINT', ...own.map(({ column, type }) => `${column} ${type}`)], rows)
  })
  return [...table('applicants', ['n BIGINT', 'k VARCHAR', ...columns], people), ...lists]
}
