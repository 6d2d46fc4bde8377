// A run as text that scores or ranks elsewhere: a module of JavaScript, a query or a script of SQL, each under its title, with what points
// may rest on.

import type { OutOfForce } from './in-force.ts'
import { artifactHashOf } from './ir/hash.ts'
import type { Policy } from './ir/schema.ts'
import { columnsModule } from './javascript/columns.ts'
import { aboutFacts } from './javascript/head.ts'
import { personModule } from './javascript/person.ts'
import { comment as javascriptComment, literal } from './javascript/quote.ts'
import { readingModule } from './javascript/reading.ts'
import { states } from './outcome.ts'
import { outputsOf } from './plan/outputs.ts'
import { makePlan, type Plan, refusal } from './plan/plan.ts'
import type { Language, Problem } from './problems.ts'
import { quotasOf, rankedScenario } from './rank/rank.ts'
import type { Run } from './run.ts'
import { sourcesOf } from './sources.ts'
import { aboutRelations } from './sql/columns.ts'
import { type Dialect, duckdb } from './sql/dialect.ts'
import { sqlOf } from './sql/print.ts'
import { comment as sqlComment } from './sql/quote.ts'
import { rankScript, readsQuotas } from './sql/rank-script.ts'
import { noteName } from './state-names.ts'

const modules = { columns: columnsModule, person: personModule, reading: readingModule } as const

/**
 * *columns*, *person*, *reading*: a module for columns of many, for one person without a check, for one person as written. *query*: scores in
 * SQL. *ranking*: the whole ranking of a run that ranks, in SQL.
 */
export type Form = keyof typeof modules | 'query' | 'ranking'

export type Emitted = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: Problem }

/** @param language of the names of what has no official text @param dialect of what is SQL @returns the problem where whole numbers cannot say it exactly */
export function emit(run: Run, form: Form, language: Language, dialect: Dialect = duckdb): Emitted {
  const made = makePlan(run)
  if (!made.ok) return { ok: false, problem: refusal(run.policy, made) }
  if (form === 'ranking') return ranking(run, made.plan, language, dialect)
  return form === 'query' ? query(run, made.plan, language, dialect) : { ok: true, text: moduleText(run, made.plan, form, language) }
}

/** A whole ranking as a script of SQL. */
function ranking(run: Run, plan: Plan, language: Language, dialect: Dialect): Emitted {
  const { policy } = run
  const scenario = rankedScenario(run)
  const script = rankScript(run, plan, dialect, language)
  if (!script.ok) return { ok: false, problem: refusal(policy, script) }
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
  const statements = [...dialect.calendar, ...script.statements].map((statement) => `${statement.trimEnd()};\n`)
  return { ok: true, text: `${headOf(run, plan, language)}${about.map(sqlComment).join('')}\n${statements.join('\n')}` }
}

/** Which run it is, what points may rest on, and what relations it reads. */
const headOf = (run: Run, { facts }: Plan, language: Language): string =>
  `${sqlComment(titleOf(run))}${restsOn(run, language).map(sqlComment).join('')}${aboutRelations(facts)}`

const titleOf = ({ policy, scenario, dates }: Run): string =>
  [policy.name, `policyHash ${policy.policyHash}`, ...(scenario ? [scenario.name] : []), ...Object.entries(dates).map(([day, date]) => `${day} ${date}`)].join(
    '  ',
  )

/** What no official text gives and points may rest on, and that it is a trial. */
const restsOn = (run: Run, language: Language): readonly string[] => [
  ...sourcesOf(run).unsourced.map((note) => headWords[language].unsourced([noteName(note, language), note.reason].filter((text) => text !== ''))),
  ...(run.trial ? [headWords[language].trial] : []),
  ...(run.outOfForce && !run.trial ? [headWords[language].notInForce(run.outOfForce)] : []),
]

/** What the head of a module says to whoever opens it; the rest of it is for those who build on it, as all code is. */
const headWords = {
  zh: {
    unsourced: (parts: readonly string[]) => `待核：${parts.join('：')}`,
    trial: '试算：都当作在施行期计算，不作为结果',
    notInForce: ({ policy, number, day, from, to }: OutOfForce) =>
      `${day} 未在施行期：${policy}${number === undefined ? '' : ` ${number}`} ${from} ${to === undefined ? '起' : `至 ${to} `}施行；分值只供查看`,
  },
  en: {
    unsourced: (parts: readonly string[]) => `unsourced: ${parts.join(': ')}`,
    trial: 'trial: worked out as if everything were in force; not a result',
    notInForce: ({ policy, number, day, from, to }: OutOfForce) =>
      `not in force on ${day}: ${policy}${number === undefined ? '' : ` ${number}`}, in force from ${from}${to === undefined ? '' : ` to ${to}`}; points are shown only`,
  },
} as const satisfies Readonly<Record<Language, unknown>>

function outOfForceOf({ outOfForce }: Run): string {
  const parts = Object.entries(outOfForce ?? {}).flatMap(([name, text]) => (text === undefined ? [] : [`${name}: ${literal(text)}`]))
  return parts.length === 0 ? 'null' : `{ ${parts.join(', ')} }`
}

/** Which policy it was made of. */
function versionOf(policy: Policy): string {
  const about = javascriptComment('The hash of the rules, under which figures may be compared, and that of the rules with all their texts.')
  return `${about}export const policyHash = ${literal(policy.policyHash)}\nexport const artifactHash = ${literal(artifactHashOf(policy))}\n`
}

/** The same for those who load a module: in `unsourced` and `trial`. */
function aboutRun(run: Run, language: Language): string {
  const { unsourced } = sourcesOf(run)
  const notes = unsourced.map((note) => `  { where: ${literal(noteName(note, language))}, reason: ${literal(note.reason)} },\n`).join('')
  const about = javascriptComment(
    'Values that no official text gives and points may rest on, whether this is a trial, and the policy that is not in force on the day.',
  )
  const out = run.outOfForce && !run.trial ? javascriptComment(headWords[language].notInForce(run.outOfForce)) : ''
  return `${out}${about}export const unsourced = [${notes === '' ? '' : `\n${notes}`}]\nexport const trial = ${run.trial}\nexport const outOfForce = ${outOfForceOf(run)}\n${versionOf(run.policy)}`
}

function moduleText(run: Run, plan: Plan, form: keyof typeof modules, language: Language): string {
  return `${javascriptComment(titleOf(run))}${aboutRun(run, language)}${aboutFacts(form, plan.facts)}\n${modules[form](plan, outputsOf(plan, 'full'))}`
}

function query(run: Run, plan: Plan, language: Language, dialect: Dialect): Emitted {
  const { policy } = run
  const made = sqlOf(policy, plan, outputsOf(plan, 'full'), dialect, { language })
  if (!made.ok) return { ok: false, problem: refusal(policy, made) }
  const calendar = dialect.calendar.map((statement) => `${statement};\n`).join('')
  return { ok: true, text: `${headOf(run, plan, language)}${aboutOutputs(plan)}${calendar}\n${made.sql.trimEnd()};\n` }
}

/** What the numbers of a score in SQL mean, beside its points. */
function aboutOutputs({ facts }: Plan): string {
  const numbered = (names: readonly string[]) => names.map((name, i) => `${i} ${name}`).join(', ')
  const awaiting = `awaiting 0 has bit i for fact i, awaiting 1 for fact 31 + i: ${numbered(facts.map(({ name }) => name))}`
  return `${sqlComment(`What comes out: n, k, and the columns named below; “/ 100” says that 725 is 7.25. state: ${numbered(states)}.`)}${sqlComment(awaiting)}`
}
