// Scores the applicants of a session into the relation `scored`: in the database, or with generated JavaScript where a policy has
// what SQL refuses. (Generated columns between the database's reader and writer were tried for all policies: for a million people
// 0.3 s to get 52 columns out and 0.5 s to put four in, where the query takes 0.5 s for all of it.)

import type { Policy } from '../ir/schema.ts'
import type { Input } from '../javascript/inputs.ts'
import { personModule } from '../javascript/person.ts'
import type { Output } from '../plan/outputs.ts'
import type { Plan } from '../plan/plan.ts'
import { type Column, type FactColumns, factColumns } from '../sql/columns.ts'
import { sqlOf } from '../sql/print.ts'
import { recordColumns } from './reading.ts'
import type { Session } from './session.ts'

type Value = number | boolean | string
type Score = (applicant: Input, out: Value[], partner: readonly Value[] | undefined) => Value[]

export interface Scoring {
  /** The relation that is made: `n`, `k`, what is carried, and the outputs as `o0`, `o1` … */
  readonly table: string
  /** Columns of `from` that are wanted beside the outputs. */
  readonly carried: readonly string[]
  readonly outputs: readonly Output[]
  /** The relation of applicants; with `has_partner` and `q0`, `q1` … where `partner` says so. */
  readonly from: string
  readonly partner: readonly number[] | undefined
}

export async function scoreApplicants(session: Session, policy: Policy, plan: Plan, scoring: Scoring): Promise<void> {
  const query = sqlOf(policy, plan, scoring.outputs, session.dialect, { people: scoring.from, carried: scoring.carried })
  if (query.ok) await session.run(`CREATE TEMP TABLE ${scoring.table} AS ${query.sql}`)
  else await scoreByJavascript(session, plan, scoring)
}

async function scoreByJavascript(session: Session, plan: Plan, { table, carried, outputs, from, partner }: Scoring): Promise<void> {
  const { score } = (await import(`data:text/javascript,${encodeURIComponent(personModule(plan, outputs))}`)) as { readonly score: Score }
  const types = { number: 'BIGINT', truth: 'BOOLEAN', text: 'VARCHAR' } as const
  await session.run(`CREATE TEMP TABLE ${table}_outputs (n BIGINT, ${outputs.map(({ node }, i) => `o${i} ${types[node.type]}`).join(', ')})`)
  const appender = await session.connection.createAppender(`${table}_outputs`)
  const facts = factColumns(plan.facts)
  const result = await session.connection.stream(applicantsQuery(facts, from, partner))
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    for (const row of chunk.getRows() as unknown as readonly (readonly unknown[])[]) {
      appender.appendBigInt(row[0] as bigint)
      const values = score(inputOfRow(facts, row), [], partnerOfRow(plan, row, partner))
      outputs.forEach(({ node }, i) => {
        const value = values[i]
        if (value === undefined) throw new Error(`no output ${i}`)
        if (node.type === 'truth') appender.appendBoolean(value === 1)
        else if (node.type === 'text') appender.appendVarchar(String(value))
        else appender.appendBigInt(BigInt(value))
      })
      appender.endRow()
    }
  }
  appender.closeSync()
  const columns = [...['n', 'k', ...carried].map((column) => `a.${column}`), ...outputs.map((_, i) => `o.o${i}`)].join(', ')
  await session.run(`CREATE TEMP VIEW ${table} AS SELECT ${columns} FROM ${from} a JOIN ${table}_outputs o ON o.n = a.n`)
}

/** What the other member was asked, by index; `undefined` without one that counts. The columns stand last in the row. */
function partnerOfRow({ asked }: Plan, row: readonly unknown[], partner: readonly number[] | undefined): readonly Value[] | undefined {
  const at = row.length - (partner?.length ?? 0) - 1
  if (!partner || row[at] !== true) return undefined
  const values: Value[] = []
  partner.forEach((index, i) => {
    const value = row[at + 1 + i]
    values[index] = asked[index]?.type === 'number' ? Number(value) : (value as Value)
  })
  return values
}

/** Facts in order, records as a list of structs. */
function applicantsQuery(facts: readonly FactColumns[], from: string, partner: readonly number[] | undefined): string {
  const joins: string[] = []
  const columns = facts.flatMap(({ columns: own, given, records }) => {
    const known = given === undefined ? [] : [`a.${given}`]
    if (!records) return [...own.map(({ column }) => `a.${column}`), ...known]
    const fields = recordColumns(records).map(({ column }) => `${column} := ${column}`)
    joins.push(
      `LEFT JOIN (SELECT n, list(struct_pack(${fields.join(', ')})) AS list FROM ${records.relation} GROUP BY n) ${records.relation} ON ${records.relation}.n = a.n`,
    )
    return [`${records.relation}.list`, ...known]
  })
  const others = partner ? ['a.has_partner', ...partner.map((index) => `a.q${index}`)] : []
  return `SELECT ${['a.n', ...columns, ...others].join(', ')} FROM ${from} a ${joins.join(' ')}`
}

const plain = (value: unknown, { type }: Column): Value => (type === 'BIGINT' ? Number(value) : (value as Value))

function inputOfRow(facts: readonly FactColumns[], row: readonly unknown[]): Input {
  const input: Input = Object.create(null)
  let at = 1
  for (const { fact, columns, given, records } of facts) {
    const values = row.slice(at, at + (records ? 1 : columns.length))
    at += values.length
    const known = given === undefined || row[at] === true
    if (given !== undefined) at += 1
    if (!known) continue
    if (records) input[fact.name] = recordsOf(recordColumns(records), values[0])
    else
      columns.forEach((column, i) => {
        input[column.input] = plain(values[i], column)
      })
  }
  return input
}

interface StructList {
  readonly items: readonly { readonly entries: Readonly<Record<string, unknown>> }[]
}

/** @param list of structs, or nothing for no records */
const recordsOf = (columns: readonly Column[], list: unknown): readonly Record<string, Value>[] =>
  ((list as StructList | null)?.items ?? []).map(({ entries }) =>
    Object.fromEntries(columns.map((column) => [column.input, plain(entries[column.column], column)])),
  )
