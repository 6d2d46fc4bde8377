// heng score: a file of applicants in, a file of scores out.

import { existsSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import { type Inputs, pathsOf } from '../batch/applicants.ts'
import type { Source } from '../batch/load.ts'
import type { Format, TextFormat } from '../batch/people.ts'
import { type Findings, type JobResult, scoreFile } from '../batch/score-file.ts'
import { DatabaseStopped, interruptSessions, type Progress } from '../batch/session.ts'
import { visible } from '../exact/text.ts'
import { isStopping, stopCleanly } from '../files/stop.ts'
import { finishedName } from '../files/whole-file.ts'
import { artifactHashOf } from '../ir/hash.ts'
import type { Policy } from '../ir/schema.ts'
import type { Language } from '../problems.ts'
import type { Run } from '../run.ts'
import { sourcesOf } from '../sources.ts'
import { noteName } from '../state-names.ts'
import { type Common, type ExitCode, printError, printJson } from './common.ts'
import { CannotRun, reasonOf, refuseOutputs, sameFile } from './files.ts'
import { nobody, type Observer, witnessOf } from './manifest.ts'
import { loadPolicy, type RunOptions, runOf } from './run.ts'
import { problemText, remedyText, say } from './text.ts'

/** What commands that read applicants and write a file have in common. */
export interface FileOptions extends RunOptions {
  readonly people: string
  /** 献血=donations.csv, one for each list with a file of its own. */
  readonly records: readonly string[]
  readonly out: string | undefined
  readonly rejects: string | undefined
  readonly bom: boolean
  /** Where it is written what went into the run and what came out. */
  readonly manifest: string | undefined
}

export interface ScoreOptions extends FileOptions {
  /** Also the lowest and the highest of every figure. */
  readonly bounds: boolean
}

const textFormats: Readonly<Record<string, TextFormat>> = { '.csv': 'csv', '.jsonl': 'jsonl' }
const formats: Readonly<Record<string, Format>> = { ...textFormats, '.parquet': 'parquet', '.xlsx': 'xlsx' }

const formatIn = <F>(known: Readonly<Record<string, F>>, path: string, language: Language): F => {
  const format = known[extname(path).toLowerCase()]
  if (!format) throw new CannotRun(say[language].unknownFormat(path, Object.keys(known).join(' ')))
  return format
}
export const formatOf = (path: string, language: Language): Format => formatIn(formats, path, language)
export const textFormatOf = (path: string, language: Language): TextFormat => formatIn(textFormats, path, language)

/** What was run, and what became of it. */
export interface Worked<Result> {
  readonly run: Run
  readonly rejects: string | undefined
  readonly result: Result
}

/** Scores a file and prints nothing but what the run itself has to tell. */
export async function score(path: string, options: ScoreOptions, observer: Observer): Promise<Worked<JobResult>> {
  const { language, out } = options
  const policy = await loadPolicy(path, options)
  const run = runOf(policy, options)
  const inputs = inputsOf(policy, options)
  const outFormat = out === undefined ? undefined : formatOf(out, language)
  const rejects = rejectsPath(options)
  refuseOutputs([out, rejects, options.manifest], [path, ...policy.sources.map((source) => source.path), ...pathsOf(inputs)], language)
  stopCleanly(interruptSessions)
  await observer.begin(run, inputs)
  const result = await scoreFile({
    run,
    inputs,
    out: out === undefined || outFormat === undefined ? undefined : { path: out, format: outFormat, byteOrderMark: options.bom },
    rejects,
    bounds: options.bounds,
    language,
    stdout: observer.stdout,
    onProgress: progressLine(options),
  })
    .catch((error: NodeJS.ErrnoException) => fileFailed(error, options))
    .finally(() => endProgress(options))
  return { run, rejects, result }
}

export async function scoreCommand(path: string, options: ScoreOptions): Promise<ExitCode> {
  const { language, out } = options
  const w = say[language]
  const witness = witnessOf('score', path, { ...options, quota: undefined, quotaFile: undefined, seed: undefined })
  const { run, result, rejects } = await score(path, options, witness ?? nobody)
  if (!result.ok) {
    for (const problem of result.problems) printError(problemText(problem, language))
    return 2
  }
  await witness?.end(out, rejects)
  const { read, scored, awaiting, rejected, unclaimed, notices, defaulted } = result.summary
  const told = rejected + unclaimed > 0
  if (options.json && out !== undefined) {
    const about = { rejects: told ? (rejects ?? null) : null, notices: notices.map((notice) => problemText(notice, language)) }
    printJson({ read, scored, awaiting, rejected, unclaimed, ...about, defaulted, ...restsOf(run) })
    return told ? 1 : 0
  }
  printFindings(result.summary, language)
  printError(w.summary(read, scored, rejected) + (unclaimed > 0 ? w.unclaimed(unclaimed) : '') + (awaiting > 0 ? w.someAwait(awaiting) : ''))
  if (told && rejects !== undefined) printError(w.rejectsAt(rejects))
  printRests(run, result.summary, language)
  return told ? 1 : 0
}

/** The files that are read, all of them there. */
export function inputsOf(policy: Policy, { people, records, language }: FileOptions): Inputs {
  const w = say[language]
  const lists = policy.facts.filter(({ type }) => type.kind === 'records').map(({ name }) => name)
  const files = new Map<string, Source>()
  for (const text of records) {
    const [, name = '', path = ''] = /^([^=＝]+)[=＝](.+)$/.exec(text) ?? []
    if (path === '') throw new CannotRun(w.badRecords(text))
    if (!lists.includes(name)) throw new CannotRun(w.unknownRecords(name, lists.join('、')))
    files.set(name, sourceAt(path, language))
  }
  return { people: sourceAt(people, language), records: files }
}

function sourceAt(path: string, language: Language): Source {
  const format = formatOf(path, language)
  const w = say[language]
  if (!existsSync(path)) throw new CannotRun(w.cannotRead(path, 'ENOENT'))
  const about = statSync(path)
  if (about.isDirectory()) throw new CannotRun(w.cannotRead(path, 'EISDIR'))
  if (!about.isFile()) throw new CannotRun(w.cannotRead(path, 'pipe?'))
  return { path, format }
}

/** Beside the output, unless said otherwise. */
export const rejectsPath = ({ out, rejects }: FileOptions): string | undefined =>
  rejects ?? (out === undefined ? undefined : `${out.slice(0, out.length - extname(out).length)}.rejects.csv`)

/** A file that cannot be read or written is told by its name. */
export async function fileFailed(error: NodeJS.ErrnoException, { people, out, language }: FileOptions): Promise<never> {
  // What fails because the process was told to stop is no finding: it leaves in a moment.
  if (isStopping()) return new Promise(() => undefined)
  const w = say[language]
  if (error instanceof DatabaseStopped) throw new CannotRun(w.stopped(w.progress[error.phase], error.kind))
  if (error.code === undefined) throw error
  const failed = (error.path === undefined ? undefined : finishedName(error.path)) ?? out ?? people
  throw new CannotRun(sameFile(failed, people) ? w.cannotRead(people, reasonOf(error)) : w.cannotWrite(failed, reasonOf(error)))
}

/** For machines: which policy it was, which invented values the run may rest on, whether it is a trial, and what is not in force. */
export function restsOf(run: Run) {
  const { policy, trial, outOfForce } = run
  const version = { policyHash: policy.policyHash, artifactHash: artifactHashOf(policy) }
  return { ...version, unsourced: sourcesOf(run).unsourced, trial, outOfForce: outOfForce ?? null }
}

/** What a list must not be read without: defaults that were taken, values that no official text gives, and that it is a trial. */
export function printRests(run: Run, { defaulted }: Findings, language: Language) {
  const { trial, policy } = run
  const w = say[language]
  const isYesNo = (name: string): boolean => policy.facts.find((fact) => fact.name === name)?.type.kind === 'yesno'
  const shown = (fact: string, value: string): string => (language === 'en' && isYesNo(fact) ? (value === '是' ? 'yes' : 'no') : value)
  if (defaulted.length > 0) printError(w.defaulted(defaulted.map(({ fact, count, value }) => w.defaultedFact(fact, count, shown(fact, value))).join(w.list)))
  const { unsourced } = sourcesOf(run)
  if (unsourced.length > 0) printError(w.runRests(unsourced.length, trial))
  for (const note of unsourced) printError(w.note(noteName(note, language), note.reason))
  if (trial) printError(w.trial)
}

/** Notices, and the first of the rejected rows and of the records that belong to nobody. */
export function printFindings({ notices, rejections, rejected, unclaimed }: Findings, language: Language) {
  const w = say[language]
  for (const notice of notices) printError(problemText(notice, language))
  for (const { row, key, problem } of rejections) printError(`${w.row(row, visible(key), visible(problem.column))}: ${remedyText(problem, language)}`)
  const shown = new Set(rejections.map(({ row, problem }) => `${row} ${problem.code === 'record-of-nobody' ? problem.column : ''}`)).size
  if (rejected + unclaimed > shown) printError(w.moreRejects(rejected + unclaimed - shown))
}

/** On a terminal: the step at hand, its rate and the time that it still needs, on one line. */
export function progressLine({ language, json }: Common): ((progress: Progress) => void) | undefined {
  if (!process.stderr.isTTY || json) return undefined
  const w = say[language]
  let step: { phase: Progress['phase']; since: number } | undefined
  return ({ phase, percent, count }) => {
    if (step?.phase !== phase) step = { phase, since: Date.now() }
    const seconds = (Date.now() - step.since) / 1000
    const known = percent > 0 && seconds > 0.5
    const parts = [
      `${w.progress[phase]} ${Math.floor(percent)} %`,
      ...(known && count !== undefined ? [w.rate(Math.round((count * percent) / 100 / seconds))] : []),
      ...(known ? [w.timeLeft(Math.ceil((seconds * (100 - percent)) / percent))] : []),
    ]
    process.stderr.write(`\r\u001b[K${parts.join('  ')}`)
  }
}

export function endProgress({ json }: Common) {
  if (process.stderr.isTTY && !json) process.stderr.write('\r\u001b[K')
}
