// heng coverage: what becomes of each clause of the official text that a policy names with 原文.

import { dirname, join } from 'node:path'
import { type Account, type CoveredClause, coverage, officialTextOf, type Status } from '../../language/coverage/coverage.ts'
import { positions } from '../../language/span.ts'
import { type Common, type ExitCode, policiesAt, print, printJson } from './common.ts'
import { CannotRun, type PolicyFile, readText } from './files.ts'
import { say } from './text.ts'

const words = {
  zh: {
    noText: (path: string) => `${path} 没有写 原文：在政策里写 原文 "文件名.txt"，文件放在政策旁边`,
    status: { ruled: '规则', procedural: '程序', omitted: '略', open: '未交代', heading: '' },
    unsourced: '待核',
    dangling: (written: string) => `原文里没有“${written}”这一条`,
    sum: (all: number, count: Readonly<Record<Status, number>>, phrases: number, open: number) =>
      `${all} 条：规则 ${count.ruled}，程序 ${count.procedural}，略 ${count.omitted}，未交代 ${count.open}${phrases === 0 ? '' : `；不得、视作、清零、取消一类语句 ${phrases} 处，未交代 ${open}`}`,
    quote: (name: string, text: string) => `引出原话才算交代：在规则的依据里写 "${name}“${text}”"，或写 条款 "${name}“${text}”" 略 "理由"`,
    line: (line: number) => `第${line}行`,
    list: '；',
    aside: (text: string) => `（${text}）`,
  },
  en: {
    noText: (path: string) => `${path} names no official text: write text "file.txt" in the policy and put the file beside it`,
    status: { ruled: 'ruled', procedural: 'procedural', omitted: 'left out', open: 'NOT ACCOUNTED FOR', heading: '' },
    unsourced: 'unsourced',
    dangling: (written: string) => `the official text has no clause “${written}”`,
    sum: (all: number, count: Readonly<Record<Status, number>>, phrases: number, open: number) =>
      `${all} clauses: ruled ${count.ruled}, procedural ${count.procedural}, left out ${count.omitted}, not accounted for ${count.open}${phrases === 0 ? '' : `; phrases that take something away ${phrases}, not accounted for ${open}`}`,
    quote: (name: string, text: string) => `quote it: cites "${name}“${text}”" on a rule, or clause "${name}“${text}”" omitted "why"`,
    line: (line: number) => `line ${line}`,
    list: '; ',
    aside: (text: string) => ` (${text})`,
  },
} as const

/** Exit code 1 when a clause is not accounted for, or the policy names one that the text does not have. */
export async function coverageCommand(paths: readonly string[], common: Common): Promise<ExitCode> {
  const w = words[common.language]
  const files = (await policiesAt(paths, common)).filter(({ compiled }) => !compiled.parsed.tree.casesOnly)
  const reports = []
  let complete = true
  for (const file of files) {
    const official = officialTextOf(file.compiled.parsed.tree)
    if (official === '') throw new CannotRun(w.noText(file.path))
    const text = await readText(join(dirname(file.path), official), say[common.language].cannotRead)
    const { clauses, dangling } = coverage(file.compiled.parsed.tree, text)
    const counted = clauses.filter(({ status }) => status !== 'heading')
    const count = { ruled: 0, procedural: 0, omitted: 0, open: 0, heading: 0 }
    for (const { status } of counted) count[status] += 1
    const weighty = counted.flatMap(({ phrases }) => phrases)
    const openPhrases = weighty.filter(({ status }) => status === 'open').length
    complete &&= count.open === 0 && openPhrases === 0 && dangling.length === 0
    const at = positions(file.text)
    const accountsJson = (accounts: readonly Account[]) => accounts.map(({ span, around: _, ...account }) => ({ ...account, ...at(span.start) }))
    if (common.json) {
      reports.push({
        policy: file.path,
        text: official,
        counts: { ruled: count.ruled, procedural: count.procedural, omitted: count.omitted, open: count.open, phrases: weighty.length, openPhrases },
        clauses: counted.map((clause) => ({
          name: clause.name,
          title: clause.title,
          status: clause.status,
          accounts: accountsJson(clause.accounts),
          phrases: clause.phrases.map(({ text: words, status, accounts }) => ({ text: words, status, accounts: accountsJson(accounts) })),
        })),
        dangling: dangling.map(({ written, span }) => ({ written, ...at(span.start) })),
      })
      continue
    }
    print(`${file.compiled.parsed.tree.name.text} · ${official}`)
    for (const clause of clauses) print(lines(clause, file, common.language).join('\n'))
    for (const { written, span } of dangling) print(`  ! ${w.dangling(written)}   ${file.path}:${at(span.start).line}`)
    print(`${w.sum(counted.length, count, weighty.length, openPhrases)}\n`)
  }
  if (common.json) printJson(reports)
  return complete ? 0 : 1
}

function lines(clause: CoveredClause, file: PolicyFile, language: 'zh' | 'en'): readonly string[] {
  const w = words[language]
  const at = positions(file.text)
  const told = ({ rule, text, unsourced, span }: Account) =>
    `${[rule, text].filter((part) => part !== '').join(': ')}${unsourced ? w.aside(w.unsourced) : ''}${w.aside(w.line(at(span.start).line))}`
  const status = clause.status === 'heading' ? '' : `[${w.status[clause.status]}] `
  const accounts = clause.accounts.length === 0 ? '' : `   ← ${clause.accounts.map(told).join(w.list)}`
  const indent = '  '.repeat(clause.depth + 1)
  // One that is ruled with its clause needs no line of its own.
  const apart = clause.phrases.filter((phrase) => phrase.status === 'open' || clause.phrases.length > 1 || phrase.status !== clause.status)
  return [
    `${indent}${status}${clause.name} ${clause.title}${accounts}`,
    ...apart.map(({ text, status: how, accounts: own }) => {
      const reason = how === 'open' ? `   ${w.quote(clause.name, text)}` : `   ← ${own.map(told).join(w.list)}`
      return `${indent}  [${w.status[how]}] “${text}”${reason}`
    }),
  ]
}
