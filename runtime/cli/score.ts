// heng score: a file of applicants in, a file of scores out.

import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { scoreFile } from '../batch/score-file.ts'
import { abandonUnfinished } from '../batch/whole-file.ts'
import type { Language } from '../problems.ts'
import { type ExitCode, printError, printJson } from './common.ts'
import { CannotRun, reasonOf } from './files.ts'
import { loadPolicy, type RunOptions, referenceDates } from './run.ts'
import { problemText, say } from './text.ts'

export interface ScoreOptions extends RunOptions {
  readonly people: string
  readonly out: string | undefined
  readonly rejects: string | undefined
  readonly bom: boolean
}

const formats: Readonly<Record<string, 'csv' | 'jsonl'>> = { '.csv': 'csv', '.jsonl': 'jsonl' }

function formatOf(path: string, language: Language): 'csv' | 'jsonl' {
  const format = formats[extname(path).toLowerCase()]
  if (!format) throw new CannotRun(say[language].unknownFormat(path, Object.keys(formats).join(' ')))
  return format
}

export async function scoreCommand(path: string, options: ScoreOptions): Promise<ExitCode> {
  const { language, out, people } = options
  const w = say[language]
  const policy = await loadPolicy(path, options)
  const dates = referenceDates(policy, options.asOf, language)
  const format = formatOf(people, language)
  const outFormat = out === undefined ? undefined : formatOf(out, language)
  if (!existsSync(people)) throw new CannotRun(w.cannotRead(people, 'ENOENT'))
  if (statSync(people).isDirectory()) throw new CannotRun(w.cannotRead(people, 'EISDIR'))
  const rejects = options.rejects ?? (out === undefined ? undefined : `${out.slice(0, out.length - extname(out).length)}.rejects.csv`)
  checkTargets(path, options, rejects)
  stopCleanly()
  const showProgress = process.stderr.isTTY && !options.json
  const result = await scoreFile({
    policy,
    dates,
    people: { path: people, format },
    out: out === undefined || outFormat === undefined ? undefined : { path: out, format: outFormat, byteOrderMark: options.bom },
    rejects,
    language,
    stdout: process.stdout,
    ...(showProgress ? { onProgress: (read) => void process.stderr.write(`\r${read} …`) } : {}),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error
    const failed = error.path?.replace(/\.\d+\.part$/, '') ?? out ?? people
    throw new CannotRun(failed === people ? w.cannotRead(people, reasonOf(error)) : w.cannotWrite(failed, reasonOf(error)))
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

/** No output may be one of the inputs, also not by another name, and the two outputs are two files. */
function checkTargets(policy: string, { people, out, language }: ScoreOptions, rejects: string | undefined) {
  const targets = [out, rejects].filter((target) => target !== undefined)
  const inputs = [policy, people].map(realFile)
  for (const target of targets) if (inputs.includes(realFile(target))) throw new CannotRun(say[language].sameFile)
  if (new Set(targets.map(realFile)).size < targets.length) throw new CannotRun(say[language].sameOutput)
  for (const target of targets) {
    const folder = dirname(resolve(target))
    if (!existsSync(folder)) throw new CannotRun(say[language].cannotWrite(target, 'ENOENT'))
    if (existsSync(target) && statSync(target).isDirectory()) throw new CannotRun(say[language].cannotWrite(target, 'EISDIR'))
  }
}

function realFile(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const folder = dirname(resolve(path))
  return join(existsSync(folder) ? realpathSync(folder) : folder, basename(path))
}

/** A process that is told to stop leaves the older output whole and nothing half written. */
function stopCleanly() {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      abandonUnfinished()
      process.exit(128 + numbers[signal])
    })
  }
}
