// heng rank: the applicants of a scenario in order, with their places and the reason for each.

import { pathsOf } from '../batch/applicants.ts'
import { rows } from '../batch/people.ts'
import { type Explained, type RankJobResult, type RankSummary, rankFile } from '../batch/rank-file.ts'
import { interruptSessions } from '../batch/session.ts'
import { compare, formatDecimal, parseDecimal, subtract } from '../exact/number.ts'
import { placeOf } from '../exact/text.ts'
import { detectEncoding } from '../files/decode.ts'
import { stopCleanly } from '../files/stop.ts'
import type { Policy, Scenario } from '../ir/schema.ts'
import type { Language } from '../problems.ts'
import { type ListSummary, rankedScenario } from '../rank/rank.ts'
import { fileWords } from '../sql/file-words.ts'
import { resultNames } from '../state-names.ts'
import { type ExitCode, print, printError, printJson } from './common.ts'
import { CannotRun, refuseOutputs } from './files.ts'
import { nobody, type Observer, witnessOf } from './manifest.ts'
import { loadPolicy, runOf } from './run.ts'
import {
  endProgress,
  type FileOptions,
  fileFailed,
  formatOf,
  inputsOf,
  printFindings,
  printRests,
  progressLine,
  rejectsPath,
  restsOf,
  textFormatOf,
  type Worked,
} from './score.ts'
import { problemText, say } from './text.ts'

export interface RankOptions extends FileOptions {
  readonly quota: string | undefined
  readonly quotaFile: string | undefined
  readonly seed: string | undefined
  /** The key of an applicant whose place is explained; nothing is written then. */
  readonly explain: string | undefined
}

/** Ranks a file and prints nothing but what the run itself has to tell. */
export async function rank(path: string, options: RankOptions, observer: Observer): Promise<Worked<RankJobResult>> {
  const { language, out } = options
  const policy = await loadPolicy(path, options)
  const quotas = await quotasOf(policy, options)
  const run = runOf(policy, options, { ranks: true, seed: options.seed, quotas })
  const inputs = inputsOf(policy, options)
  const outFormat = out === undefined ? undefined : formatOf(out, language)
  const rejects = rejectsPath(options)
  refuseOutputs([out, rejects, options.manifest], [path, ...policy.sources.map((source) => source.path), ...pathsOf(inputs), options.quotaFile], language)
  stopCleanly(interruptSessions)
  await observer.begin(run, inputs)
  const result = await rankFile({
    run,
    inputs,
    out: out === undefined || outFormat === undefined ? undefined : { path: out, format: outFormat, byteOrderMark: options.bom },
    rejects,
    language,
    stdout: observer.stdout,
    onProgress: progressLine(options),
    explain: options.explain,
  })
    .catch((error: NodeJS.ErrnoException) => fileFailed(error, options))
    .finally(() => endProgress(options))
  return { run, rejects, result }
}

export async function rankCommand(path: string, options: RankOptions): Promise<ExitCode> {
  const { language, out } = options
  const w = say[language]
  if (options.explain !== undefined && options.manifest !== undefined) throw new CannotRun(w.explainMakesNothing)
  const witness = witnessOf('rank', path, { ...options, bounds: false })
  const { run, result, rejects } = await rank(path, options, witness ?? nobody)
  if (!result.ok) {
    for (const problem of result.problems) printError(problemText(problem, language))
    return 2
  }
  await witness?.end(out, rejects)
  const { summary } = result
  if (summary.explained) return printExplained(summary.explained, summary, rankedScenario(run), options)
  if (options.json && out !== undefined) printJson({ ...summaryJson(summary), ...restsOf(run) })
  else printSummary(summary, rankedScenario(run), language)
  const told = summary.rejected + summary.unclaimed > 0
  if (told && rejects !== undefined && !options.json) printError(w.rejectsAt(rejects))
  if (!options.json || out === undefined) printRests(run, summary, language)
  return told ? 1 : 0
}

/** Places by list; one that is given twice, or for no list, would give somebody else's place away. */
async function quotasOf(policy: Policy, options: RankOptions): Promise<ReadonlyMap<string, number> | undefined> {
  const { quota, quotaFile, language } = options
  const w = say[language]
  if (quota !== undefined && quotaFile !== undefined) throw new CannotRun(w.quotaTwice)
  if (quota !== undefined) return new Map([['', placesOf(quota, language)]])
  if (quotaFile === undefined) return undefined
  const [only, another] = policy.scenarios
  const asked = policy.scenarios.find(({ name }) => name === options.scenario) ?? (another ? undefined : only)
  const by = asked?.quota?.by
  const type = policy.facts.find(({ name }) => name === by)?.type
  const lists = type && 'members' in type ? type.members : undefined
  const source = {
    path: quotaFile,
    format: textFormatOf(quotaFile, language),
    encoding: await detectEncoding(quotaFile).catch((error) => fileMissing(quotaFile, error, language)),
  }
  const quotas = new Map<string, number>()
  for await (const { row, written, problem } of rows(source)) {
    const wrong = (text: string): CannotRun => new CannotRun(w.atRow(quotaFile, row, text))
    if (problem) throw wrong(problemText(problem, language))
    const [list, places] = [written.名单 ?? written.list, written.名额 ?? written.places]
    if (list === undefined || places === undefined) throw new CannotRun(w.badQuotaFile(quotaFile))
    const name = lists?.[placeOf(lists, list)] ?? list
    if (quotas.has(name)) throw wrong(w.listTwice(name))
    if (lists && !lists.includes(name)) throw wrong(w.noSuchList(name, lists.join('、')))
    if (!isQuota(places)) throw wrong(w.badQuota(places))
    quotas.set(name, Number(places))
  }
  if (quotas.size === 0) throw new CannotRun(w.badQuotaFile(quotaFile))
  return quotas
}

function fileMissing(path: string, error: NodeJS.ErrnoException, language: Language): never {
  throw new CannotRun(say[language].cannotRead(path, error.code ?? error.message))
}

const isQuota = (text: string): boolean => /^(0|[1-9]\d{0,8})$/.test(text)

function placesOf(text: string, language: Language): number {
  if (!isQuota(text)) throw new CannotRun(say[language].badQuota(text))
  return Number(text)
}

/** The applicant's row beside those just before and after, column by column. */
function printExplained(
  { headers, before, own, after, rejected }: Explained,
  { lists }: RankSummary,
  scenario: Scenario,
  { language, explain = '', json }: RankOptions,
): ExitCode {
  const w = say[language]
  if (!own) throw new CannotRun(rejected ? w.isRejected(explain, problemText(rejected, language)) : w.cannotFind(explain))
  const named = fileWords[language]
  const cell = (name: string) => own[headers.indexOf(name)] ?? ''
  const list = lists.find(({ name }) => name === cell(named.list))
  const called = resultNames(scenario, language).admitted
  const short = list && cell(named.place) !== '' && cell(named.result) !== called ? missingTo(list, cell(named.total)) : undefined
  if (json) {
    const byName = (row: readonly string[] | undefined) => row && Object.fromEntries(headers.map((name, i) => [name, row[i] ?? '']))
    printJson({ before: byName(before) ?? null, own: byName(own), after: byName(after) ?? null, list: list ?? null, short: short ?? null })
    return 0
  }
  const columns = [before, own, after].map((row, i) => ({ title: w.neighbours[i] ?? '', row })).filter(({ row }) => row !== undefined)
  const lines = [['', ...columns.map(({ title }) => title)], ...headers.map((name, i) => [name, ...columns.map(({ row }) => row?.[i] ?? '')])]
  const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => width(line[i] ?? '')))) ?? []
  for (const line of lines)
    process.stdout.write(
      `${line
        .map((text, i) => text + ' '.repeat((widths[i] ?? 0) - width(text)))
        .join('  ')
        .trimEnd()}\n`,
    )
  if (list) print(`\n${listLine(list, called, language)}\n`)
  if (short !== undefined) print(`${w.missingToLine(short, called)}\n`)
  return 0
}

/** How many points somebody without a place has less than the last who has one; `undefined` where points are not what decides. */
function missingTo({ lowest }: ListSummary, total: string): string | undefined {
  const [line, own] = [lowest, total].map((text) => (text === undefined ? undefined : parseDecimal(text)))
  return line && own && compare(own, line) <= 0 ? formatDecimal(subtract(line, own)) : undefined
}

function listLine({ name, quota, candidates, admitted, line, lowest }: ListSummary, called: string, language: Language): string {
  const w = say[language]
  const told = [w.listSummary(name, quota, candidates, admitted, called), ...(line === undefined ? [] : [w.lineSummary(line, lowest, called)])]
  return told.join(language === 'zh' ? '，' : ', ')
}

/** Cells of a terminal: a Han character takes two. */
const width = (text: string): number => [...text].reduce((sum, letter) => sum + (/[\u1100-\u115f\u2e80-\uffdc]|[\u{1f000}-\u{3ffff}]/u.test(letter) ? 2 : 1), 0)

function summaryJson({ read, ranked, aside, undecided, rejected, unclaimed, lists, left, seed, defaulted }: RankSummary) {
  return { read, ranked, aside, undecided, rejected, unclaimed, lists, left, seed: seed ?? null, defaulted }
}

function printSummary(summary: RankSummary, scenario: Scenario, language: Language) {
  const called = resultNames(scenario, language).admitted
  const w = say[language]
  const { read, ranked, aside, undecided, rejected, unclaimed, lists, left, seed, cutoff } = summary
  printFindings(summary, language)
  printError(w.rankSummary(read, ranked, aside, undecided, rejected) + (unclaimed > 0 ? w.unclaimed(unclaimed) : ''))
  for (const list of lists) {
    const { tiedAtCutoff, second } = list
    const more = [...(tiedAtCutoff > 0 ? [w.tiedSummary(tiedAtCutoff, cutoff)] : []), ...(second > 0 ? [w.secondSummary(second, called)] : [])]
    printError(`  ${[listLine(list, called, language), ...more].join(language === 'zh' ? '，' : ', ')}`)
  }
  if (left > 0) printError(w.leftSummary(left))
  if (seed !== undefined) printError(w.seedSummary(seed))
}
