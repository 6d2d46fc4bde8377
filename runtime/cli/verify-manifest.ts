// A manifest verified: the run made again from its fields in a temporary folder, and every difference in words. Nothing that it says is
// given to a shell, and nothing is written over the outputs that it names.

import { rmSync } from 'node:fs'
import { mkdtemp, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, extname, join, resolve } from 'node:path'
import { DigestStream, digestFile } from '../batch/digest.ts'
import { type Manifest, readManifest } from '../batch/manifest.ts'
import { type ComparedFile, isFine, type Repeated, type Verdict, verifyManifest } from '../batch/verify.ts'
import { visible } from '../exact/text.ts'
import type { Language } from '../problems.ts'
import { type Common, type ExitCode, print, printJson } from './common.ts'
import { CannotRun, reasonOf } from './files.ts'
import { basesOf, type Observer, policyIn, thisHeng } from './manifest.ts'
import { type RankOptions, rank } from './rank.ts'
import { type ScoreOptions, score } from './score.ts'
import { commandLine } from './shell.ts'
import { problemText } from './text.ts'
import type { VerifyOptions } from './verify.ts'

type Given = Omit<RankOptions & ScoreOptions, 'json'>

export async function verifyManifestFile(path: string, data: unknown, { language, json, from }: VerifyOptions): Promise<ExitCode> {
  const w = words[language]
  const read = readManifest(data)
  if (!read.ok) throw new CannotRun(w.refused(path, w.reasons[read.reason], read.at.slice(0, 5).map(visible).join(w.list)))
  const { manifest } = read
  const shown = await realpath(path)
  const folder = from === undefined ? resolve(dirname(shown), manifest.command.folder) : from
  try {
    // Names are resolved as the command resolved them, and a compiled policy is of the same bytes only under the same names.
    process.chdir(folder)
  } catch (error) {
    throw new CannotRun(w.noFolder(visible(folder), reasonOf(error)))
  }
  const given = givenIn(manifest)
  const verdict = await verifyManifest(manifest, thisHeng, () => repeat(manifest, given, { language, json }))
  if (json) printJson(jsonOf(path, commandLine(argsOf(manifest, given)).argv, verdict))
  else print(reportOf(path, manifest, commandLine(argsOf(manifest, given)).line, verdict, language).join('\n'))
  if (verdict.same) return 0
  const differs = !verdict.version.same || [...verdict.inputs, ...verdict.outputs].some(({ state }) => !isFine(state)) || verdict.notRepeated === undefined
  return differs ? 1 : 2
}

// ---- the run made again ------------------------------------------------------------------------------------------------

/** What was asked for, by the fields that were checked. */
function givenIn({ options, inputs, outputs }: Manifest): Given {
  const { asOf, scenario, trial, quota, seed, language, byteOrderMark, bounds } = options
  return {
    people: inputs.people.file,
    records: inputs.records.map(({ fact, file }) => `${fact}=${file}`),
    asOf: asOf.map(({ name, date }) => `${name}=${date}`),
    scenario: scenario ?? undefined,
    trial,
    quota: quota ?? undefined,
    quotaFile: inputs.quotas?.file,
    seed: seed ?? undefined,
    language,
    bom: byteOrderMark,
    bounds,
    out: outputs.result.file ?? undefined,
    rejects: outputs.rejects?.file,
    manifest: undefined,
    explain: undefined,
  }
}

/** The command that the fields amount to. */
function argsOf({ command, inputs }: Manifest, given: Given): readonly string[] {
  const each = (option: string, values: readonly (string | undefined)[]) => values.flatMap((value) => (value === undefined ? [] : [`--${option}=${value}`]))
  return [
    ...[command.name, ...each('people', [given.people]), ...each('records', given.records), ...each('as-of', given.asOf)],
    ...[...each('scenario', [given.scenario]), ...(given.trial ? ['--trial'] : []), ...each('quota', [given.quota])],
    ...[...each('quota-file', [given.quotaFile]), ...each('seed', [given.seed]), ...(given.bom ? ['--bom'] : [])],
    ...(given.bounds ? ['--bounds'] : []),
    ...[...each('out', [given.out]), ...each('rejects', [given.rejects]), ...each('language', [given.language]), '--', inputs.policy.file],
  ]
}

async function repeat({ command, inputs }: Manifest, given: Given, { language, json }: Common): Promise<Repeated> {
  const folder = await mkdtemp(join(tmpdir(), 'heng-verify-'))
  const clear = () => rmSync(folder, { recursive: true, force: true })
  // Also when the process is told to stop: what stands there is about people.
  process.once('exit', clear)
  const out = given.out === undefined ? undefined : join(folder, `result${extname(given.out)}`)
  const rejects = given.rejects === undefined ? undefined : join(folder, 'rejects.csv')
  const stdout = new DigestStream()
  const observer: Observer = { stdout, begin: async () => {} }
  const work = { score, rank }[command.name]
  const workIn = (words: Language) => work(inputs.policy.file, { ...given, out, rejects, json, language: words }, observer)
  try {
    const { run, result } = await workIn(given.language)
    if (!result.ok) return { ok: false, reason: result.problems.map((problem) => problemText(problem, language)).join('\n') }
    return {
      ok: true,
      policy: policyIn(run.policy),
      bases: basesOf(inputs.policy.file, run.policy),
      result: out === undefined ? await stdout.digest() : await digestFile(out),
      rejects: rejects === undefined ? undefined : await digestFile(rejects).catch(() => undefined),
    }
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error
    // The rejected rows are in the language of then; what stopped the run is for who reads it now.
    return { ok: false, reason: language === given.language ? error.message : await workIn(language).then(() => error.message, messageOf) }
  } finally {
    clear()
    process.removeListener('exit', clear)
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

// ---- in words ----------------------------------------------------------------------------------------------------------

/** Reasons stand on lines of their own; what a manifest had put into them is made visible. */
const visibleLines = (reason: string): string => reason.split('\n').map(visible).join('\n')

const words = {
  zh: {
    refused: (path: string, reason: string, at: string) => `${path} 不能核对：${reason}${at === '' ? '' : `（${at}）`}`,
    reasons: { 'not-manifest': '不是清单', future: '由更新的 Heng 写出，先升级', schema: '缺少字段、多出不认识的字段，或内容不合格式' },
    list: '、',
    noFolder: (folder: string, reason: string) => `找不到清单所说的文件夹 ${folder}（${reason}）：用 --from 指出文件名从哪个文件夹算起`,
    title: (path: string, command: string) => `清单 ${path}\n  ${command}`,
    version: (then: string) => `版本\n  Heng ${then}，与现在相同`,
    otherVersion: (then: string, now: string) => `版本\n  ! 当时是 Heng ${then}，现在是 ${now}`,
    format: (format: number) => `（编译格式 ${format}）`,
    inputs: '输入',
    outputs: '输出',
    roles: { policy: '政策', base: '所引用的政策', people: '名单', records: '记录', quotas: '名额', result: '结果', rejects: '退回的行' },
    states: {
      same: '没有变',
      changed: '之后改动过',
      missing: '不在了',
      unreadable: '读不了',
      appeared: '当时没有退回的行，现在却有这个文件',
      unkept: '当时写到标准输出，只与重做的比',
    },
    newBase: (file: string) => `  ! 现在还引用 ${file}，当时没有`,
    rules: (same: boolean) => (same ? '  规则没有变（policyHash 相同）：改的是文字、依据或写法' : '  ! 规则变了（policyHash 不同）'),
    again: '重做',
    resultSame: '  结果逐字节相同',
    resultDiffers: '  ! 结果不同',
    rejectsSame: '  退回的行逐字节相同',
    rejectsDiffer: '  ! 退回的行不同',
    notRepeated: (reason: string) => `  ! 没有做成：${visibleLines(reason)}`,
    inputGone: '输入不全',
    conclusion: (same: boolean) => (same ? '都相同' : '有不同，见 ! 处'),
  },
  en: {
    refused: (path: string, reason: string, at: string) => `${path} cannot be verified: ${reason}${at === '' ? '' : ` (${at})`}`,
    reasons: {
      'not-manifest': 'it is no manifest',
      future: 'a later Heng wrote it; upgrade first',
      schema: 'a field is missing, is not known or has another form',
    },
    list: ', ',
    noFolder: (folder: string, reason: string) =>
      `the folder ${folder} that the manifest speaks of is not there (${reason}): say with --from which folder names are relative to`,
    title: (path: string, command: string) => `manifest ${path}\n  ${command}`,
    version: (then: string) => `version\n  Heng ${then}, as now`,
    otherVersion: (then: string, now: string) => `version\n  ! then Heng ${then}, now ${now}`,
    format: (format: number) => ` (compiled form ${format})`,
    inputs: 'inputs',
    outputs: 'outputs',
    roles: {
      policy: 'policy',
      base: 'policy that is taken in',
      people: 'people',
      records: 'records',
      quotas: 'places',
      result: 'result',
      rejects: 'rejected rows',
    },
    states: {
      same: 'unchanged',
      changed: 'changed since',
      missing: 'is gone',
      unreadable: 'cannot be read',
      appeared: 'no row was rejected then, and this file is there now',
      unkept: 'went to standard output, and is compared with the repeated run alone',
    },
    newBase: (file: string) => `  ! takes in ${file} now, which it did not then`,
    rules: (same: boolean) => (same ? '  the rules are the same (policyHash): words, clauses or layout changed' : '  ! the rules changed (policyHash)'),
    again: 'repeated',
    resultSame: '  the result is the same, byte for byte',
    resultDiffers: '  ! the result differs',
    rejectsSame: '  the rejected rows are the same, byte for byte',
    rejectsDiffer: '  ! the rejected rows differ',
    notRepeated: (reason: string) => `  ! not done: ${visibleLines(reason)}`,
    inputGone: 'an input is missing',
    conclusion: (same: boolean) => (same ? 'all the same' : 'something differs, see !'),
  },
} satisfies Readonly<Record<Language, unknown>>

function jsonOf(manifest: string, command: readonly string[], { policy, repeated, notRepeated, ...verdict }: Verdict) {
  return { manifest, command, ...verdict, policy: policy ?? null, repeated: repeated ?? null, notRepeated: notRepeated ?? null }
}

function reportOf(path: string, manifest: Manifest, line: string, verdict: Verdict, language: Language): readonly string[] {
  const w = words[language]
  const { version, inputs, newBases, outputs, policy, repeated, notRepeated, same } = verdict
  const { then, now } = version
  const shown = ({ version: number, policyFormat }: Manifest['heng']) =>
    visible(number) + (then.policyFormat === now.policyFormat ? '' : w.format(policyFormat))
  const isPolicyTouched = newBases.length > 0 || inputs.some(({ role, state }) => (role === 'policy' || role === 'base') && state === 'changed')
  return [
    w.title(path, visible(line)),
    version.same ? w.version(shown(then)) : w.otherVersion(shown(then), shown(now)),
    w.inputs,
    ...inputs.map((file) => fileLine(file, language)),
    ...newBases.map((file) => w.newBase(visible(file))),
    ...(policy && (isPolicyTouched || !policy.same) ? [w.rules(policy.sameRules)] : []),
    w.outputs,
    ...outputs.map((file) => fileLine(file, language)),
    w.again,
    ...(repeated
      ? [
          repeated.result ? w.resultSame : w.resultDiffers,
          ...(manifest.outputs.rejects !== null || !repeated.rejects ? [repeated.rejects ? w.rejectsSame : w.rejectsDiffer] : []),
        ]
      : [w.notRepeated(notRepeated ?? w.inputGone)]),
    w.conclusion(same),
  ]
}

function fileLine({ role, fact, file, state }: ComparedFile, language: Language): string {
  const w = words[language]
  const name = fact === undefined ? '' : language === 'zh' ? `“${visible(fact)}”` : ` “${visible(fact)}”`
  return `  ${isFine(state) ? '' : '! '}${w.roles[role]}${name}${file === null ? '' : ` ${visible(file)}`}${language === 'zh' ? '：' : ': '}${w.states[state]}`
}
