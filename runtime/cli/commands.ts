// The commands, each a function from its options to an exit code: 0 clean, 1 findings, 2 could not run.

import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { severityOf } from '../../language/diagnostics/catalogue.ts'
import { format } from '../../language/format/format.ts'
import type { Surface } from '../../language/words.ts'
import { readPersonJson } from '../batch/json.ts'
import { keyColumn } from '../batch/people.ts'
import { scoreFile } from '../batch/score-file.ts'
import { passed, runCase } from '../cases.ts'
import { parseDate } from '../exact/date.ts'
import { checkDates, type ReferenceDates } from '../interpret.ts'
import type { Policy } from '../ir/schema.ts'
import { describeProblem, type Language, type Problem } from '../problems.ts'
import { printReceipt, receipt } from '../receipt.ts'
import { score } from '../score.ts'
import { CannotRun, findPolicies, type PolicyFile, readPolicy, readText, reasonOf, writeWhole } from './files.ts'
import { jsonDiagnostic, printDiagnostic, say } from './text.ts'

export interface Common {
  readonly language: Language
  readonly json: boolean
}

type ExitCode = 0 | 1 | 2

const print = (text: string) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
const printError = (text: string) => process.stderr.write(`${text}\n`)
const printJson = (value: unknown) => print(JSON.stringify(value, null, 2))

async function policiesAt(paths: readonly string[], { language }: Common): Promise<readonly PolicyFile[]> {
  const found = await findPolicies(paths)
  if (found.length === 0) throw new CannotRun(say[language].noFiles)
  const files: PolicyFile[] = []
  for (const path of found) files.push(await readPolicy(path, say[language].cannotRead))
  return files
}

// ---- heng check --------------------------------------------------------------------------------------------------------

export async function checkCommand(paths: readonly string[], common: Common): Promise<ExitCode> {
  const files = await policiesAt(paths, common)
  const all = files.flatMap((file) => file.compiled.diagnostics.map((diagnostic) => ({ file, diagnostic, severity: severityOf(diagnostic) })))
  const count = (severity: string) => all.filter((finding) => finding.severity === severity).length
  const [errors, warnings, notices] = [count('error'), count('warning'), count('notice')]
  if (common.json)
    printJson({ files: files.length, errors, warnings, notices, findings: all.map(({ file, diagnostic }) => jsonDiagnostic(file.path, file.text, diagnostic)) })
  else {
    for (const { file, diagnostic } of all) print(`${printDiagnostic(file.path, file.text, diagnostic, common.language)}\n\n`)
    print(all.length === 0 ? say[common.language].clean(files.length) : say[common.language].findings(errors, warnings, notices))
  }
  return errors + warnings > 0 ? 1 : 0
}

// ---- heng fmt ----------------------------------------------------------------------------------------------------------

export interface FormatOptions extends Common {
  readonly check: boolean
  readonly surface: Surface | undefined
}

export async function formatCommand(paths: readonly string[], options: FormatOptions): Promise<ExitCode> {
  const w = say[options.language]
  const found = await findPolicies(paths)
  if (found.length === 0) throw new CannotRun(w.noFiles)
  let code: ExitCode = 0
  const results: { file: string; state: 'clean' | 'changed' | 'unformatted' | 'error' }[] = []
  for (const path of found) {
    const text = await readText(path, w.cannotRead)
    const formatted = format(text, options.surface)
    if (!formatted.ok) {
      code = 1
      results.push({ file: path, state: 'error' })
      if (!options.json) for (const diagnostic of formatted.diagnostics) printError(printDiagnostic(path, text, diagnostic, options.language))
    } else if (path === '-' && !options.check) {
      print(formatted.text)
    } else if (formatted.text === text) {
      results.push({ file: path, state: 'clean' })
    } else if (options.check) {
      code = 1
      results.push({ file: path, state: 'unformatted' })
      if (!options.json) print(w.unformatted(path))
    } else {
      await writeWhole(path, formatted.text).catch((error: unknown) => {
        throw new CannotRun(w.cannotWrite(path, reasonOf(error)))
      })
      results.push({ file: path, state: 'changed' })
      if (!options.json) print(w.formatted(path))
    }
  }
  if (options.json) printJson({ files: results })
  return code
}

// ---- heng test ---------------------------------------------------------------------------------------------------------

export async function testCommand(paths: readonly string[], common: Common): Promise<ExitCode> {
  const w = say[common.language]
  const files = await policiesAt(paths, common)
  const results = files.map((file) => {
    const { policy, cases } = file.compiled
    return { file, ok: policy !== undefined, cases: policy ? cases.map((testCase) => runCase(policy, testCase)) : [] }
  })
  const all = results.flatMap(({ cases }) => cases)
  const good = all.filter(passed).length
  const failed = all.length - good
  const broken = results.filter(({ ok }) => !ok)
  if (common.json) {
    printJson({ passed: good, failed, files: results.map(({ file, ok, cases }) => ({ file: file.path, ok, cases })) })
  } else {
    for (const { file, cases } of results) {
      for (const result of cases.filter((candidate) => !passed(candidate))) {
        print(`${file.path}:${result.place.line}:${result.place.column} ${result.title}`)
        for (const problem of result.problems) print(`  ${problemText(problem, common.language)}`)
        for (const { what, expected, found } of result.differences) print(`  ${w.expected(what.replace(/^total /, ''), expected, found)}`)
      }
    }
    for (const { file } of broken) print(w.hasErrors(file.path))
    print(w.casesPassed(good, failed))
  }
  return failed + broken.length > 0 ? 1 : 0
}

// ---- heng score, heng explain ------------------------------------------------------------------------------------------

export interface RunOptions extends Common {
  readonly asOf: readonly string[]
}

async function loadPolicy(path: string, options: Common): Promise<Policy> {
  const { compiled } = await readPolicy(path, say[options.language].cannotRead)
  if (!compiled.policy) throw new CannotRun(say[options.language].hasErrors(path))
  return compiled.policy
}

function referenceDates(policy: Policy, written: readonly string[], language: Language): ReferenceDates {
  const w = say[language]
  const dates: Record<string, string> = {}
  for (const text of written.flatMap((entry) => entry.split(/[,，、]/))) {
    const [name = '', date = ''] = text.split(/[=＝]/)
    if (parseDate(date) === undefined) throw new CannotRun(w.badDate(text))
    if (!policy.referenceDates.includes(name)) throw new CannotRun(w.unknownDate(name, policy.referenceDates.join('、')))
    dates[name] = date
  }
  const missing = checkDates(policy, dates)
  if (missing.length > 0) throw new CannotRun(w.missingDates(missing.join('、')))
  const main = dates[policy.referenceDates[0] ?? '']
  const { inForce } = policy
  if (main !== undefined && inForce && (main < inForce.from || (inForce.to !== undefined && main > inForce.to))) {
    printError(w.outOfForce(main, inForce.from, inForce.to ?? w.forever))
  }
  return dates
}

export interface ScoreOptions extends RunOptions {
  readonly people: string
  readonly out: string | undefined
  readonly rejects: string | undefined
  readonly bom: boolean
}

const peopleFormats = { '.csv': 'csv', '.jsonl': 'jsonl' } as const

function formatOf(path: string, language: Language): 'csv' | 'jsonl' {
  const known: Readonly<Record<string, 'csv' | 'jsonl'>> = peopleFormats
  const format = known[extname(path).toLowerCase()]
  if (!format) throw new CannotRun(say[language].unknownFormat(path, Object.keys(peopleFormats).join(' ')))
  return format
}

export async function scoreCommand(path: string, options: ScoreOptions): Promise<ExitCode> {
  const { language, out } = options
  const w = say[language]
  const policy = await loadPolicy(path, options)
  const dates = referenceDates(policy, options.asOf, language)
  const format = formatOf(options.people, language)
  if (!existsSync(options.people)) throw new CannotRun(w.cannotRead(options.people, 'ENOENT'))
  const rejects = options.rejects ?? (out === undefined ? undefined : `${out.slice(0, out.length - extname(out).length)}.rejects.csv`)
  for (const target of [out, rejects]) if (target !== undefined && resolve(target) === resolve(options.people)) throw new CannotRun(w.sameFile)
  const showProgress = process.stderr.isTTY && !options.json
  const result = await scoreFile({
    policy,
    dates,
    people: { path: options.people, format },
    out: out === undefined ? undefined : { path: out, format: formatOf(out, language), byteOrderMark: options.bom },
    rejects,
    language,
    stdout: process.stdout,
    ...(showProgress ? { onProgress: (read) => void process.stderr.write(`\r${read} …`) } : {}),
  }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    throw new CannotRun(w.cannotWrite(out ?? options.people, reasonOf(error)))
  })
  if (showProgress) process.stderr.write('\r')
  if (!result.ok) {
    for (const problem of result.problems) printError(problemText(problem, language))
    return 2
  }
  const { read, scored, rejected, rejections, notices } = result.summary
  if (options.json && out !== undefined) {
    printJson({ read, scored, rejected, rejects: rejected > 0 ? (rejects ?? null) : null, notices: notices.map((notice) => problemText(notice, language)) })
    return rejected > 0 ? 1 : 0
  }
  for (const notice of notices) printError(problemText(notice, language))
  for (const { row, key, problem } of rejections) printError(`${w.row(row, key, problem.column)}: ${problemText(problem, language)}`)
  const shown = new Set(rejections.map(({ row }) => row)).size
  if (rejected > shown) printError(w.moreRejects(rejected - shown))
  printError(w.summary(read, scored, rejected))
  if (rejected > 0 && rejects !== undefined) printError(w.rejectsAt(rejects))
  return rejected > 0 ? 1 : 0
}

const problemText = (problem: Problem, language: Language) => {
  const { reason, remedy } = describeProblem(problem, language)
  return language === 'zh' ? `${reason}。${remedy}` : `${reason}. ${remedy}`
}

export interface ExplainOptions extends RunOptions {
  readonly person: string
  readonly all: boolean
}

export async function explainCommand(path: string, options: ExplainOptions): Promise<ExitCode> {
  const { language } = options
  const w = say[language]
  const policy = await loadPolicy(path, options)
  const dates = referenceDates(policy, options.asOf, language)
  const person = readPersonJson(await readText(options.person, w.cannotRead))
  const problems = person.ok ? problemsOf(policy, dates, person.written) : [person.problem]
  if (problems.length > 0 || !person.ok) {
    for (const problem of problems) printError(`${problem.column === '' ? options.person : problem.column}: ${problemText(problem, language)}`)
    return 1
  }
  const known = new Set([keyColumn, ...policy.facts.map(({ name }) => name)])
  for (const name of Object.keys(person.written))
    if (!known.has(name)) printError(problemText({ code: 'unknown-column', column: name, value: name, data: {} }, language))
  const scored = score(policy, dates, person.written)
  if (!scored.ok) return 1
  const document = receipt(policy, dates, scored.outcome, person.written[keyColumn])
  if (options.json) printJson(document)
  else print(printReceipt(document, policy, language, { all: options.all }))
  return 0
}

function problemsOf(policy: Policy, dates: ReferenceDates, written: Readonly<Record<string, string | undefined>>): readonly Problem[] {
  const scored = score(policy, dates, written)
  return scored.ok ? [] : scored.problems
}
