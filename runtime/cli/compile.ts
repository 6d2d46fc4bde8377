// heng compile: a policy as text that runs elsewhere: its compiled form, JavaScript, or SQL.

import { WholeFile } from '../batch/whole-file.ts'
import type { Policy } from '../ir/schema.ts'
import { columnsModule } from '../javascript/columns.ts'
import { personModule } from '../javascript/person.ts'
import { outputsOf } from '../plan/outputs.ts'
import { makePlan, refusal } from '../plan/plan.ts'
import { aboutRelations } from '../sql/columns.ts'
import { duckdb } from '../sql/dialect.ts'
import { sqlOf } from '../sql/print.ts'
import type { ExitCode } from './common.ts'
import { CannotRun } from './files.ts'
import { loadPolicy, type RunOptions, referenceDates, scenarioOf } from './run.ts'
import { stopCleanly } from './score.ts'
import { problemText, say } from './text.ts'

export interface CompileOptions extends RunOptions {
  readonly target: string
  readonly columns: boolean
  readonly out: string | undefined
}

export async function compileCommand(path: string, options: CompileOptions): Promise<ExitCode> {
  if (!['ir', 'js', 'sql'].includes(options.target)) throw new CannotRun(say[options.language].unknownTarget(options.target))
  const policy = await loadPolicy(path, options)
  const text = options.target === 'ir' ? `${JSON.stringify(policy, null, 2)}\n` : generated(policy, options)
  if (options.out === undefined) {
    process.stdout.write(text)
    return 0
  }
  stopCleanly()
  const file = new WholeFile(options.out, false)
  await file.write(text)
  await file.finish()
  return 0
}

function generated(policy: Policy, { target, language, asOf, scenario: name, columns }: CompileOptions): string {
  const scenario = scenarioOf(policy, name, language)
  const dates = referenceDates(policy, asOf, language, scenario)
  const made = makePlan(policy, dates, { scenario: scenario?.id })
  if (!made.ok) throw new CannotRun(problemText(refusal(policy, made), language))
  const { plan } = made
  const outputs = outputsOf(plan, 'full')
  const days = Object.entries(dates).map(([day, date]) => `${day} ${date}`)
  const title = [policy.name, ...(scenario ? [scenario.name] : []), ...days].join('  ')
  if (target === 'js') return `// ${title}\n${columns ? columnsModule(plan, outputs) : personModule(plan, outputs)}`
  const query = sqlOf(policy, plan, outputs, duckdb)
  if (!query.ok) throw new CannotRun(problemText(refusal(policy, query), language))
  return `-- ${title}\n${aboutRelations(plan.facts)}${duckdb.calendar.map((statement) => `${statement};\n`).join('')}\n${query.sql.trimEnd()};\n`
}
