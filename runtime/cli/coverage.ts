// heng coverage: what becomes of each clause of the official text that a policy names with 原文, and of each of its lines.

import { dirname, join } from 'node:path'
import { type Account, type Coverage, type CoveredClause, coverage, type Status, type Stray } from '../../language/coverage/coverage.ts'
import { type ReadPaper, readPaper } from '../../language/coverage/lookup.ts'
import { papersOf } from '../../language/coverage/papers.ts'
import { positions } from '../../language/span.ts'
import { type Common, type ExitCode, policiesAt, print, printJson } from './common.ts'
import { coverageWords as words } from './coverage-words.ts'
import { CannotRun, type PolicyFile, readText } from './files.ts'
import { say } from './text.ts'

type Language = Common['language']

/** Exit code 1 when something is not accounted for, or the policy names a clause that the text does not have, or has more than once. */
export async function coverageCommand(paths: readonly string[], common: Common): Promise<ExitCode> {
  const files = (await policiesAt(paths, common)).filter(({ compiled }) => !compiled.parsed.tree.casesOnly)
  const reports = []
  let complete = true
  for (const file of files) {
    const papers = await readPapers(file, common.language)
    const found = coverage(file.compiled.parsed.tree, papers)
    const counts = countsOf(found.clauses)
    complete &&= counts.open + counts.openLines + counts.openPhrases + found.dangling.length + found.ambiguous.length === 0
    if (common.json) reports.push(reportOf(file, papers, found))
    else print(`${textOf(file, papers, found, common.language).join('\n')}\n`)
  }
  if (common.json) printJson(reports)
  return complete ? 0 : 1
}

async function readPapers(file: PolicyFile, language: Language): Promise<readonly ReadPaper[]> {
  const w = words[language]
  const named = papersOf(file.compiled.parsed.tree)
  if (named.length === 0) throw new CannotRun(w.noText(file.path))
  const papers: ReadPaper[] = []
  for (const name of named) {
    const path = join(dirname(file.path), name)
    const text = await readText(path, say[language].cannotRead)
    if (text.includes('\0')) throw new CannotRun(w.binary(path))
    const paper = readPaper({ file: name, text })
    if (paper.lines.length === 0) throw new CannotRun(w.empty(path))
    papers.push(paper)
  }
  return papers
}

interface Counts extends Readonly<Record<Exclude<Status, 'heading'>, number>> {
  readonly phrases: number
  readonly openPhrases: number
  /** Lines that belong to no clause. */
  readonly lines: number
  readonly openLines: number
}

function countsOf(clauses: readonly CoveredClause[]): Counts {
  const numbered = clauses.filter(({ kind }) => kind !== 'line')
  const lines = clauses.filter(({ kind }) => kind === 'line')
  const phrases = clauses.flatMap((clause) => clause.phrases)
  const has = (status: Status) => numbered.filter((clause) => clause.status === status).length
  const open = (list: readonly { readonly status: Status }[]) => list.filter(({ status }) => status === 'open').length
  return {
    ...{ ruled: has('ruled'), procedural: has('procedural'), omitted: has('omitted'), open: has('open') },
    ...{ phrases: phrases.length, openPhrases: open(phrases), lines: lines.length, openLines: open(lines) },
  }
}

function linesOf({ lines }: ReadPaper) {
  const has = (wanted: string) => lines.filter(({ of }) => of === wanted).map(({ number }) => number)
  return { all: lines.length, clause: has('clause').length, headings: has('heading'), unread: has('unread').length }
}

function reportOf(file: PolicyFile, papers: readonly ReadPaper[], { clauses, dangling, ambiguous, elsewhere }: Coverage) {
  const at = positions(file.text)
  const accountsJson = (accounts: readonly Account[]) => accounts.map(({ span, around: _, ...account }) => ({ ...account, ...at(span.start) }))
  return {
    policy: file.path,
    papers: papers.map((paper) => ({
      file: paper.file,
      lines: linesOf(paper),
      parts: paper.parts.map(({ name, title, start }) => ({ name, title, line: positions(paper.text)(start).line })),
      notices: paper.notices,
    })),
    counts: countsOf(clauses),
    clauses: clauses
      .filter(({ status }) => status !== 'heading')
      .map((clause) => ({
        ...{ name: clause.cited, title: clause.title, kind: clause.kind, paper: papers[clause.paper]?.file, line: clause.line },
        status: clause.status,
        accounts: accountsJson(clause.accounts),
        phrases: clause.phrases.map(({ text, status, accounts }) => ({ text, status, accounts: accountsJson(accounts) })),
      })),
    dangling: dangling.map(({ written, span }) => ({ written, ...at(span.start) })),
    ambiguous: ambiguous.map(({ written, choices, span }) => ({ written, choices, ...at(span.start) })),
    elsewhere: elsewhere.map(({ written, span }) => ({ written, ...at(span.start) })),
  }
}

function textOf(file: PolicyFile, papers: readonly ReadPaper[], found: Coverage, language: Language): readonly string[] {
  const w = words[language]
  const at = positions(file.text)
  const line = ({ span }: Stray) => `${file.path}:${at(span.start).line}`
  return [
    ...papers.flatMap((paper, i) =>
      paperLines(
        file,
        paper,
        found.clauses.filter((clause) => clause.paper === i),
        language,
      ),
    ),
    ...found.dangling.map((stray) => `  ! ${w.dangling(stray.written)}   ${line(stray)}`),
    ...found.ambiguous.map((stray) => `  ! ${w.ambiguous(stray.written, stray.choices)}   ${line(stray)}`),
    ...found.elsewhere.map((stray) => `  · ${w.elsewhere(stray.written)}   ${line(stray)}`),
    w.sum(countsOf(found.clauses)),
  ]
}

function paperLines(file: PolicyFile, paper: ReadPaper, clauses: readonly CoveredClause[], language: Language): readonly string[] {
  const w = words[language]
  const at = positions(paper.text)
  return [
    `${file.compiled.parsed.tree.name.text} · ${paper.file}`,
    ...paper.parts.flatMap(({ name, title, start }, part) => [
      ...(paper.parts.length > 1 ? [`  ${w.part(name, title, at(start).line)}`] : []),
      ...clauses.filter((clause) => clause.part === part).flatMap((clause) => clauseLines(clause, file, language)),
    ]),
    ...paper.notices.map((notice) => `  · ${w.line(notice.line)}${w.colon}${w.notice(notice)}`),
    w.lines(linesOf(paper)),
  ]
}

function clauseLines(clause: CoveredClause, file: PolicyFile, language: Language): readonly string[] {
  const w = words[language]
  const at = positions(file.text)
  const told = ({ rule, text, unsourced, span }: Account) =>
    `${[rule, text].filter((part) => part !== '').join(': ')}${unsourced ? w.aside(w.unsourced) : ''}${w.aside(w.line(at(span.start).line))}`
  const status = clause.status === 'heading' ? '' : `[${w.status[clause.status]}] `
  const accounts = clause.accounts.length === 0 ? '' : `   ← ${clause.accounts.map(told).join(w.list)}`
  const indent = '  '.repeat(clause.depth + 1)
  const title = clause.kind === 'missing' ? w.missing(clause.line) : clause.title
  // One that is ruled with its clause needs no line of its own.
  const apart = clause.phrases.filter((phrase) => phrase.status === 'open' || clause.phrases.length > 1 || phrase.status !== clause.status)
  return [
    `${indent}${status}${clause.cited} ${title}${accounts}`,
    ...apart.map(({ text, status: how, accounts: own }) => {
      const reason = how === 'open' ? `   ${w.quote(clause.cited, text)}` : `   ← ${own.map(told).join(w.list)}`
      return `${indent}  [${w.status[how]}] “${text}”${reason}`
    }),
  ]
}
