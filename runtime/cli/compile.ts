// heng compile: a policy as text that runs elsewhere: its compiled form, JavaScript, or SQL.

import { stopCleanly } from '../files/stop.ts'
import { writeWhole } from '../files/whole-file.ts'
import { artifactHashOf } from '../ir/hash.ts'
import type { Policy } from '../ir/schema.ts'
import { columnsModule } from '../javascript/columns.ts'
import { aboutFacts } from '../javascript/head.ts'
import { personModule } from '../javascript/person.ts'
import { comment as javascriptComment, literal } from '../javascript/quote.ts'
import { readingModule } from '../javascript/reading.ts'
import { states } from '../outcome.ts'
import { outputsOf } from '../plan/outputs.ts'
import { makePlan, type Plan, refusal } from '../plan/plan.ts'
import type { Language } from '../problems.ts'
import { quotasOf, rankedScenario } from '../rank/rank.ts'
import type { Run } from '../run.ts'
import { sourcesOf } from '../sources.ts'
import { aboutRelations } from '../sql/columns.ts'
import { duckdb } from '../sql/dialect.ts'
import { sqlOf } from '../sql/print.ts'
import { comment as sqlComment } from '../sql/quote.ts'
import { rankScript, readsQuotas } from '../sql/rank-script.ts'
import { noteName } from '../state-names.ts'
import type { ExitCode } from './common.ts'
import { CannotRun, reasonOf, refuseOutputs } from './files.ts'
import { loadPolicy, type RunOptions, runOf } from './run.ts'
import { problemText, say } from './text.ts'

export interface CompileOptions extends RunOptions {
  readonly target: string
  readonly columns: boolean
  /** A module that checks nothing of what it is given. */
  readonly raw: boolean
  readonly rank: boolean
  /** Of the lot, in a ranking. */
  readonly seed: string | undefined
  readonly out: string | undefined
}

export async function compileCommand(path: string, options: CompileOptions): Promise<ExitCode> {
  const idle = idleOption(options)
  if (idle !== undefined) throw new CannotRun(idle)
  const policy = await loadPolicy(path, options)
  const text = options.target === 'ir' ? `${JSON.stringify(policy, null, 2)}\n` : options.rank ? ranking(policy, options) : generated(policy, options)
  if (options.out === undefined) {
    process.stdout.write(text)
    return 0
  }
  refuseOutputs(
    [options.out],
    policy.sources.map((source) => source.path),
    options.language,
  )
  stopCleanly()
  await writeWhole(options.out, text).catch((error: unknown) => {
    throw new CannotRun(say[options.language].cannotWrite(options.out ?? '', reasonOf(error)))
  })
  return 0
}

/** What is asked for and would change nothing, in words. */
function idleOption({ language, target, columns, raw, rank, seed, scenario, asOf }: CompileOptions): string | undefined {
  const w = say[language]
  if (!['ir', 'js', 'sql'].includes(target)) return w.unknownTarget(target)
  if (rank && target !== 'sql') return w.rankIsSql
  if (columns && target !== 'js') return w.onlyFor('--columns', '--target js')
  if (raw && target !== 'js') return w.onlyFor('--raw', '--target js')
  if (seed !== undefined && !rank) return w.onlyFor('--seed', '--rank')
  if (target !== 'ir') return undefined
  if (scenario !== undefined) return w.onlyFor('--scenario', '--target js, sql')
  return asOf.length > 0 ? w.onlyFor('--as-of', '--target js, sql') : undefined
}

/** A whole ranking as a script of SQL. */
function ranking(policy: Policy, options: CompileOptions): string {
  const { language, seed } = options
  const run = runOf(policy, options, { ranks: true, seed })
  const scenario = rankedScenario(run)
  const made = makePlan(run)
  if (!made.ok) throw new CannotRun(problemText(refusal(policy, made), language))
  const script = rankScript(run, made.plan, duckdb)
  if (!script.ok) throw new CannotRun(problemText(refusal(policy, script), language))
  const reads = readsQuotas(quotasOf(run, []).size, scenario)
  const about = [
    ...(reads ? ['quotas: list VARCHAR, places BIGINT; one row for each list that has candidates, places not below 0'] : []),
    ...(scenario.household ? ['Who gives no household needs a value of its own there: equal texts are one household.'] : []),
    ...policy.facts.flatMap(({ name, household }) =>
      household === undefined ? [] : [`${name} belongs to the household (${household}): give both members what either of them says.`],
    ),
    ...(policy.facts.some(({ unique }) => unique)
      ? [`No two applicants have the same ${policy.facts.flatMap(({ name, unique }) => (unique ? [name] : [])).join(', ')}.`]
      : []),
  ]
  const quotas = about.map(sqlComment).join('')
  const statements = [...duckdb.calendar, ...script.statements].map((statement) => `${statement.trimEnd()};\n`)
  return `${sqlComment(titleOf(run))}${restsOn(run, language).map(sqlComment).join('')}${aboutRelations(made.plan.facts)}${quotas}\n${statements.join('\n')}`
}

const titleOf = ({ policy, scenario, dates }: Run): string =>
  [policy.name, `policyHash ${policy.policyHash}`, ...(scenario ? [scenario.name] : []), ...Object.entries(dates).map(([day, date]) => `${day} ${date}`)].join(
    '  ',
  )

/** What no official text gives and points may rest on, and that it is a trial. */
const restsOn = (run: Run, language: Language): readonly string[] => [
  ...sourcesOf(run).unsourced.map((note) => `待核 unsourced: ${[noteName(note, language), note.reason].filter((text) => text !== '').join(': ')}`),
  ...(run.trial ? ['试算 trial: worked out as if everything were in force; not a result'] : []),
]

/** Which policy it was made of. */
function versionOf(policy: Policy): string {
  const about = javascriptComment('The hash of the rules, under which figures may be compared, and that of the rules with all their texts.')
  return `${about}export const policyHash = ${literal(policy.policyHash)}\nexport const artifactHash = ${literal(artifactHashOf(policy))}\n`
}

/** The same for those who load a module: in `unsourced` and `trial`. */
function aboutRun(run: Run, language: Language): string {
  const { unsourced } = sourcesOf(run)
  const notes = unsourced.map((note) => `  { where: ${literal(noteName(note, language))}, reason: ${literal(note.reason)} },\n`).join('')
  const about = javascriptComment('Values that no official text gives and points may rest on, and whether this is a trial.')
  return `${about}export const unsourced = [${notes === '' ? '' : `\n${notes}`}]\nexport const trial = ${run.trial}\n${versionOf(run.policy)}`
}

const modules = { columns: columnsModule, person: personModule, reading: readingModule } as const

function generated(policy: Policy, options: CompileOptions): string {
  const { target, language, columns, raw } = options
  const run = runOf(policy, options)
  const made = makePlan(run)
  if (!made.ok) throw new CannotRun(problemText(refusal(policy, made), language))
  const { plan } = made
  const outputs = outputsOf(plan, 'full')
  const title = titleOf(run)
  if (target === 'js') {
    const form = columns ? 'columns' : raw ? 'person' : 'reading'
    return `${javascriptComment(title)}${aboutRun(run, language)}${aboutFacts(form, plan.facts)}\n${modules[form](plan, outputs)}`
  }
  const query = sqlOf(policy, plan, outputs, duckdb)
  if (!query.ok) throw new CannotRun(problemText(refusal(policy, query), language))
  return `${sqlComment(title)}${restsOn(run, language).map(sqlComment).join('')}${aboutRelations(plan.facts)}${aboutOutputs(plan)}${duckdb.calendar.map((statement) => `${statement};\n`).join('')}\n${query.sql.trimEnd()};\n`
}

/** What the numbers of a score in SQL mean, beside its points. */
function aboutOutputs({ facts }: Plan): string {
  const numbered = (names: readonly string[]) => names.map((name, i) => `${i} ${name}`).join(', ')
  const awaiting = `awaiting 0 has bit i for fact i, awaiting 1 for fact 31 + i: ${numbered(facts.map(({ name }) => name))}`
  return `${sqlComment(`What comes out: n, k, and the columns named below; “/ 100” says that 725 is 7.25. state: ${numbered(states)}.`)}${sqlComment(awaiting)}`
}
