// The words of the command line, in Chinese and English, and how a finding is printed with its place.

import { describe, describeFix } from '../../language/diagnostics/catalogue.ts'
import type { Diagnostic } from '../../language/diagnostics/diagnostic.ts'
import { positions } from '../../language/span.ts'
import { visible } from '../exact/text.ts'
import type { OutOfForce } from '../in-force.ts'
import { keyColumn, keyColumnEnglish } from '../ir/names.ts'
import type { Policy } from '../ir/schema.ts'
import { columnShown, describeProblem, type Language, type Problem } from '../problems.ts'

/** What stops a file from being read or written, by the system's code. */
const reasons: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ENOENT: { zh: '没有这个文件', en: 'there is no such file' },
  EISDIR: { zh: '这是文件夹，请给文件', en: 'it is a folder; name a file' },
  ENOTDIR: { zh: '路径里有一段不是文件夹', en: 'a part of the path is no folder' },
  EACCES: { zh: '没有权限', en: 'there is no permission' },
  EPERM: { zh: '没有权限', en: 'there is no permission' },
  ENOSPC: { zh: '磁盘满了', en: 'the disk is full' },
  'pipe?': { zh: '这是管道或设备，要读不止一遍；先存成文件', en: 'it is a pipe or a device, and is read more than once; save it as a file' },
  'UTF-16?': { zh: '它是 UTF-16 编码（记事本所说的 Unicode），请另存为 UTF-8', en: 'it is UTF-16 (which Notepad calls Unicode); save it as UTF-8' },
  'UTF-32?': { zh: '它是 UTF-32 编码，请另存为 UTF-8', en: 'it is UTF-32; save it as UTF-8' },
  'UTF-8!': { zh: '它是 UTF-8 文本，但有损坏的字节，请从原件重新保存', en: 'it is UTF-8 with damaged bytes; save it anew from the original' },
  'text?': { zh: '不是 UTF-8 或 GB18030 文本，请另存为 UTF-8', en: 'it is neither UTF-8 nor GB18030 text; save it as UTF-8' },
}

export const say = {
  zh: {
    error: '错误',
    warning: '警告',
    notice: '提示',
    hint: '处理',
    other: '另一处',
    fix: '可改',
    clean: (files: number) => `${files} 个文件，没有问题`,
    findings: (errors: number, warnings: number, notices: number) => `错误 ${errors}，警告 ${warnings}，提示 ${notices}`,
    unsourced: (rule: string, reason: string) => `待核 ${rule === '' ? '本政策' : rule}：${reason}`,
    restsOn: (count: number) => (count === 0 ? '没有待核的值' : `待核 ${count} 处：这些值没有官方依据，所得的分不是官方的`),
    runRests: (count: number, trial: boolean) => `内容待核 ${count} 处：公开文件没有规定，为试拟${trial ? '' : '；据此所得的分和名次不是官方的'}`,
    note: (where: string, reason: string) => `  ${where === '' ? '' : `${where}：`}${reason}`,
    trial: '试算：不作为结果',
    defaulted: (list: string) => `未填、按缺省计：${list}；公示前须核查`,
    defaultedFact: (name: string, count: number, value: string) => `${name} ${count} 人（按${value === '[]' ? '无' : `“${value}”`}）`,
    list: '、',
    cannotRead: (path: string, reason: string) => `读不了 ${path}：${reasons[reason]?.zh ?? reason}`,
    mergeSides: { mine: '我的', theirs: '对方的' },
    mergeConflicts: (path: string, count: number) => `${path} 有 ${count} 处两边都改了，写在 <<<<<<< 与 >>>>>>> 之间；选好再提交`,
    cannotWrite: (path: string, reason: string) => `写不了 ${path}：${reason === 'ENOENT' ? '文件夹不存在，请先建立' : (reasons[reason]?.zh ?? reason)}`,
    formatted: (path: string) => `已排版 ${path}`,
    toUtf8: (path: string) => `已转成 UTF-8 ${path}`,
    keptGb18030: (path: string) => `没有改动 ${path}：它是 GB18030 编码；要转成 UTF-8 并排版，加 --to-utf8`,
    isGb18030: (path: string) =>
      `${path} 是 GB18030 编码，已按它读入；别的工具多按 UTF-8 读，请${path.endsWith('.heng') ? `用 heng fmt --to-utf8 ${path} 转换` : '另存为 UTF-8'}`,
    translated: (path: string, surface: 'zh' | 'en') => `已改写为${surface === 'zh' ? '中文' : '英文'}写法 ${path}`,
    unformatted: (path: string) => `未排版 ${path}`,
    hasErrors: (path: string) => `${path} 有错误，先用 heng check 查看`,
    notCompiled: (path: string, reason: string) => `${path} 不能用：${reason}。用 heng compile 从政策文本重新编译`,
    compiledReasons: {
      'not-heng': '不是编译好的政策',
      future: '由更新的版本编译',
      schema: '内容不完整或不合格式',
      flaws: '内容被改动过，或互相矛盾',
    },
    about: (places: string) => `（${places}）`,
    dateTwice: (name: string) => `基准日“${name}”给了两次`,
    badDate: (text: string) => `基准日写作 名称=2025-03-01，而不是“${text}”`,
    outOfForce: ({ policy, number, day, from, to }: OutOfForce, trial: boolean, successor: Pick<Policy, 'name' | 'number'> | undefined) =>
      `${day} 不在“${policy}”${number === undefined ? '' : `（${number}）`}的施行期（${from} 起${to === undefined ? '' : `，至 ${to}`}）内：${trial ? '按在施行期试算' : '只列出分数，状态为未在施行期，不参加排名；要试算，加 --trial'}${successor === undefined ? '' : `。当日施行的是“${successor.name}”${successor.number === undefined ? '' : `（${successor.number}）`}`}`,
    summary: (read: number, scored: number, rejected: number) => `读入 ${read} 人，计分 ${scored} 人，退回 ${rejected} 人`,
    unclaimed: (count: number) => `；不属于任何人的记录 ${count} 条`,
    someAwait: (count: number) => `；${count} 人有待核实的事项，分数只计已证实的`,
    rejectsAt: (path: string) => `退回的行写在 ${path}`,
    moreRejects: (count: number) => `……另有 ${count} 行退回`,
    row: (row: number, key: string, column: string) => `第 ${row} 行${key === '' ? '' : `（${key}）`}${column === '' ? '' : ` 列“${column}”`}`,
    unknownFormat: (path: string, known: string) => `不认识 ${path} 的格式；可用 ${known}`,
    casesPassed: (passed: number, failed: number) => `样例：${passed} 通过，${failed} 未通过`,
    expected: (what: string, expected: string, found: string) => `${what}：应为 ${expected}，得 ${found}`,
    noFiles: '没有找到 .heng 文件',
    htmlOrJson: '--html 与 --json 只用一个',
    sameFile: '输出会覆盖输入',
    stopped: (step: string, kind: 'memory' | 'disk' | 'other') =>
      `${step}时停下了：${{ memory: '内存不够，关掉别的程序，或分几份来算', disk: '放临时文件的磁盘满了，腾出地方，或用 TMPDIR 指到别处', other: '数据库算不下去。这不是名单的问题，请把政策和这行命令报告给维护者' }[kind]}`,
    outputFailed: (reason: string) => `写不了标准输出：${reasons[reason]?.zh ?? reason}`,
    sameOutput: '--out、--rejects、--manifest 里有两个是同一个文件',
    manifestAt: (path: string) => `清单写在 ${path}`,
    explainMakesNothing: '--explain 不写出名单，没有可记的：去掉 --manifest，或去掉 --explain',
    manifestNeedsFile: '--manifest 要记下政策文件，政策不能从标准输入来：先存成文件',
    changedMeanwhile: (path: string) => `${path} 在计算时被改动了，没有写清单：请重新运行`,
    badRecords: (text: string) => `--records 写作 事实=文件，而不是“${text}”`,
    unknownRecords: (name: string, known: string) => `政策没有记录或时段“${name}”；有：${known === '' ? '无' : known}`,
    badQuota: (text: string) => `名额是不小于零的整数，而不是“${text}”`,
    badQuotaFile: (path: string) => `${path} 要有列 名单、名额`,
    atRow: (path: string, row: number, text: string) => `${path} 第 ${row} 行：${text}`,
    listTwice: (name: string) => `名单“${name}”写了两次；只留一行`,
    noSuchList: (name: string, lists: string) => `没有名单“${name}”；有：${lists}`,
    quotaTwice: '名额只能用 --quota 或 --quota-file 给一次',
    rankSummary: (read: number, ranked: number, aside: number, undecided: number, rejected: number) =>
      `读入 ${read} 人，排名 ${ranked} 人，不参加 ${aside} 人${undecided === 0 ? '' : `（其中待定 ${undecided} 人，核实后可能参加）`}，退回 ${rejected} 人`,
    unknownTarget: (target: string) => `没有目标“${target}”；有：ir js sql`,
    onlyFor: (option: string, use: string) => `${option} 只用于 ${use}`,
    rankIsSql: '--rank 只用于 --target sql；排名一个文件用 heng rank',
    cannotFind: (key: string) => `没有编号“${key}”`,
    isRejected: (key: string, reason: string) => `编号“${key}”的这一行被退回：${reason}`,
    progress: { read: '读入', score: '计分', order: '排序', write: '写出' },
    rate: (count: number) => `每秒 ${count} 人`,
    timeLeft: (seconds: number) => `约剩 ${seconds} 秒`,
    neighbours: ['前一名', '本人', '后一名'],
    lineSummary: (line: string, lowest: string | undefined, called: string) => `${lowest === undefined ? '' : `${called}最低分 ${lowest}，`}末位 ${line}`,
    listSummary: (name: string, quota: number | undefined, candidates: number, admitted: number, called: string) =>
      `${name === '' ? '' : `${name}：`}${quota === undefined ? `参加 ${candidates}，不设名额` : `名额 ${quota}，参加 ${candidates}，${called} ${admitted}`}`,
    missingToLine: (points: string, called: string) => (points === '0' ? `与${called}最低分同分，由其后的排序项决出` : `比${called}最低分少 ${points} 分`),
    secondSummary: (count: number, called: string) => `次轮${called} ${count}`,
    tiedSummary: (count: number, how: 'all' | 'none' | 'lot') => `末位同分 ${count} 人（${{ all: '全取', none: '不取', lot: '抽签' }[how]}）`,
    leftSummary: (left: number) => `空余名额 ${left}`,
    seedSummary: (seed: string) => `抽签种子 “${seed}”`,
  },
  en: {
    error: 'error',
    warning: 'warning',
    notice: 'notice',
    hint: 'remedy',
    other: 'other place',
    fix: 'fix',
    clean: (files: number) => `${files} file${files === 1 ? '' : 's'}, nothing found`,
    unsourced: (rule: string, reason: string) => `unsourced ${rule === '' ? 'the policy' : rule}: ${reason}`,
    runRests: (count: number, trial: boolean) =>
      `${count} unsourced: no official text gives these${trial ? '' : '; points and places that rest on them are not official'}`,
    note: (where: string, reason: string) => `  ${where === '' ? '' : `${where}: `}${reason}`,
    trial: 'trial: not a result',
    defaulted: (list: string) => `left empty and taken by default: ${list}; to be checked before publication`,
    defaultedFact: (name: string, count: number, value: string) =>
      `${name} ${count} (as ${value === '[]' ? 'none' : value === keyColumn ? keyColumnEnglish : value})`,
    list: ', ',
    restsOn: (count: number) =>
      count === 0 ? 'no value is unsourced' : `${count} unsourced: no official text gives these values, and points that rest on them are not official`,
    findings: (errors: number, warnings: number, notices: number) => `${errors} errors, ${warnings} warnings, ${notices} notices`,
    cannotRead: (path: string, reason: string) => `cannot read ${path}: ${reasons[reason]?.en ?? reason}`,
    mergeSides: { mine: 'mine', theirs: 'theirs' },
    mergeConflicts: (path: string, count: number) =>
      `${path}: both changed ${count} ${count === 1 ? 'place' : 'places'}, between <<<<<<< and >>>>>>>; choose before you commit`,
    cannotWrite: (path: string, reason: string) =>
      `cannot write ${path}: ${reason === 'ENOENT' ? 'its folder does not exist; make it first' : (reasons[reason]?.en ?? reason)}`,
    formatted: (path: string) => `formatted ${path}`,
    toUtf8: (path: string) => `converted to UTF-8: ${path}`,
    keptGb18030: (path: string) => `left alone: ${path}: it is GB18030; to have it converted to UTF-8 and formatted, add --to-utf8`,
    isGb18030: (path: string) =>
      `${path} is GB18030 and was read as such; most other tools read UTF-8: ${path.endsWith('.heng') ? `convert it with heng fmt --to-utf8 ${path}` : 'save it as UTF-8'}`,
    translated: (path: string, surface: 'zh' | 'en') => `rewritten in ${surface === 'zh' ? 'Chinese' : 'English'}: ${path}`,
    unformatted: (path: string) => `not formatted: ${path}`,
    hasErrors: (path: string) => `${path} has errors; see heng check`,
    notCompiled: (path: string, reason: string) => `${path} cannot be used: ${reason}. Compile it again from the text with heng compile`,
    compiledReasons: {
      'not-heng': 'it is no compiled policy',
      future: 'a later version compiled it',
      schema: 'something is missing or has another form',
      flaws: 'it was changed, or contradicts itself',
    },
    about: (places: string) => ` (${places})`,
    dateTwice: (name: string) => `the reference date “${name}” is given twice`,
    badDate: (text: string) => `a reference date reads name=2025-03-01, not “${text}”`,
    outOfForce: ({ policy, number, day, from, to }: OutOfForce, trial: boolean, successor: Pick<Policy, 'name' | 'number'> | undefined) =>
      `on ${day} “${policy}”${number === undefined ? '' : ` (${number})`} is not in force (from ${from}${to === undefined ? '' : ` to ${to}`}): ${trial ? 'worked out as if it were' : 'points are shown, the state is not in force and nobody is ranked; for a trial add --trial'}${successor === undefined ? '' : `. In force that day is “${successor.name}”${successor.number === undefined ? '' : ` (${successor.number})`}`}`,
    summary: (read: number, scored: number, rejected: number) => `read ${read} = scored ${scored} + rejected ${rejected}`,
    unclaimed: (count: number) => `; ${count} records belong to nobody`,
    someAwait: (count: number) => `; ${count} still await proof, and have points for what is proven`,
    rejectsAt: (path: string) => `rejected rows are in ${path}`,
    moreRejects: (count: number) => `… and ${count} more rejected rows`,
    row: (row: number, key: string, column: string) => `row ${row}${key === '' ? '' : ` (${key})`}${column === '' ? '' : ` column “${column}”`}`,
    unknownFormat: (path: string, known: string) => `the format of ${path} is not known; use ${known}`,
    casesPassed: (passed: number, failed: number) => `cases: ${passed} passed, ${failed} failed`,
    expected: (what: string, expected: string, found: string) => `${what}: expected ${expected}, got ${found}`,
    noFiles: 'no .heng files found',
    htmlOrJson: 'use one of --html and --json',
    sameFile: 'the output would overwrite the input',
    stopped: (step: string, kind: 'memory' | 'disk' | 'other') =>
      `stopped while ${step}: ${{ memory: 'there is not enough memory; close other programs, or divide the list', disk: 'the disk for temporary files is full; make room, or name another place with TMPDIR', other: 'the database could not go on. The list is not at fault; please report the policy and this command' }[kind]}`,
    outputFailed: (reason: string) => `cannot write standard output: ${reasons[reason]?.en ?? reason}`,
    sameOutput: 'two of --out, --rejects and --manifest are one file',
    manifestAt: (path: string) => `the manifest is in ${path}`,
    explainMakesNothing: '--explain writes no list, so there is nothing to record: leave out --manifest or --explain',
    manifestNeedsFile: '--manifest records the file of the policy, which cannot come from standard input: save it first',
    changedMeanwhile: (path: string) => `${path} was changed during the run, so no manifest was written: run it again`,
    badRecords: (text: string) => `--records reads fact=file, not “${text}”`,
    unknownRecords: (name: string, known: string) => `the policy has no records or periods “${name}”; it has ${known === '' ? 'none' : known}`,
    badQuota: (text: string) => `a quota is a whole number, zero or more, not “${text}”`,
    badQuotaFile: (path: string) => `${path} needs the columns 名单 and 名额`,
    atRow: (path: string, row: number, text: string) => `${path} row ${row}: ${text}`,
    listTwice: (name: string) => `the list “${name}” stands twice; keep one row`,
    noSuchList: (name: string, lists: string) => `there is no list “${name}”; there are ${lists}`,
    quotaTwice: 'give the quota once, by --quota or by --quota-file',
    rankSummary: (read: number, ranked: number, aside: number, undecided: number, rejected: number) =>
      `read ${read} = ranked ${ranked} + not competing ${aside}${undecided === 0 ? '' : ` (${undecided} undecided, who may once proven)`} + rejected ${rejected}`,
    unknownTarget: (target: string) => `there is no target “${target}”; there are ir, js and sql`,
    onlyFor: (option: string, use: string) => `${option} is for ${use}`,
    rankIsSql: '--rank is for --target sql; heng rank ranks a file',
    cannotFind: (key: string) => `there is no key “${key}”`,
    isRejected: (key: string, reason: string) => `the row of “${key}” was rejected: ${reason}`,
    progress: { read: 'reading', score: 'scoring', order: 'ranking', write: 'writing' },
    rate: (count: number) => `${count} people/s`,
    timeLeft: (seconds: number) => `about ${seconds} s left`,
    neighbours: ['before', 'own', 'after'],
    lineSummary: (line: string, lowest: string | undefined, _called: string) =>
      `${lowest === undefined ? '' : `lowest total with a place ${lowest}, `}last ${line}`,
    listSummary: (name: string, quota: number | undefined, candidates: number, admitted: number, _called: string) =>
      `${name === '' ? '' : `${name}: `}${quota === undefined ? `${candidates} competing, no quota` : `quota ${quota}, ${candidates} competing, ${admitted} admitted`}`,
    missingToLine: (points: string, _called: string) =>
      points === '0' ? 'equal to the lowest total with a place; later keys decide' : `${points} points less than the lowest total with a place`,
    secondSummary: (count: number, _called: string) => `${count} in the second round`,
    tiedSummary: (count: number, how: 'all' | 'none' | 'lot') =>
      `${count} equal across the last place (${{ all: 'all admitted', none: 'none admitted', lot: 'by lot' }[how]})`,
    leftSummary: (left: number) => `${left} places left`,
    seedSummary: (seed: string) => `seed “${seed}”`,
  },
} as const

/** A finding as text: place and message, the line with its wrong part marked, the hint. */
export function printDiagnostic(path: string, text: string, diagnostic: Diagnostic, language: Language): string {
  const w = say[language]
  const { severity, message, hint } = describe(diagnostic, language)
  const at = positions(text)
  const { line, column } = at(diagnostic.span.start)
  const lines = [`${path}:${line}:${column} ${w[severity]} ${diagnostic.code}`, `  ${message}`]
  const source = text.split(/\r\n|\r|\n/)[line - 1]?.trimEnd() ?? ''
  if (source.trim() !== '' && source.length <= 400) {
    const start = column - 1
    const length = Math.max(1, Math.min(diagnostic.span.end - diagnostic.span.start, source.length - start))
    const indent = source.length - source.trimStart().length
    lines.push(`  │ ${source.slice(indent)}`, `  │ ${blank(source.slice(indent, start))}${underline(source.slice(start, start + length))}`)
  }
  for (const span of diagnostic.related ?? []) lines.push(`  ${w.other} ${path}:${at(span.start).line}:${at(span.start).column}`)
  lines.push(`  ${w.hint}: ${hint}`)
  for (const fix of diagnostic.fixes ?? []) lines.push(`  ${w.fix}: ${describeFix(fix, language)}`)
  return lines.join('\n')
}

/** Han takes two columns on a terminal. */
const cells = (text: string) => [...text].map((char) => ((char.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1))
const blank = (text: string) =>
  cells(text)
    .map((width) => ' '.repeat(width))
    .join('')
const underline = (text: string) =>
  '^'.repeat(
    Math.max(
      1,
      cells(text).reduce((sum, width) => sum + width, 0),
    ),
  )

/** Reason and remedy of a problem in an applicant's data, as one line, after the column where the reason does not name it. */
export function problemText(problem: Problem, language: Language): string {
  const text = remedyText(problem, language)
  const column = visible(columnShown(problem, language))
  if (column === '' || text.includes(column)) return text
  return language === 'zh' ? `${column}：${text}` : `${column}: ${text}`
}

/** Reason and remedy alone. */
export function remedyText(problem: Problem, language: Language): string {
  const { reason, remedy } = describeProblem(problem, language)
  return language === 'zh' ? `${reason}。${remedy}` : `${reason}. ${remedy}`
}

export function jsonDiagnostic(path: string, text: string, diagnostic: Diagnostic) {
  const at = positions(text)
  const span = ({ start, end }: { start: number; end: number }) => ({ start, end, line: at(start).line, column: at(start).column })
  return {
    file: path,
    code: diagnostic.code,
    ...span(diagnostic.span),
    zh: describe(diagnostic, 'zh'),
    en: describe(diagnostic, 'en'),
    related: (diagnostic.related ?? []).map(span),
    fixes: (diagnostic.fixes ?? []).map((fix) => ({ zh: describeFix(fix, 'zh'), en: describeFix(fix, 'en'), edits: fix.edits })),
  }
}
