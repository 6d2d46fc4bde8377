// What becomes of each clause of the official text: ruled by which rules, procedural, left out and why, or not accounted for.
// 依据 accounts for the clause that it names, and not for the clauses in it; 条款 accounts for all of them. A clause that only
// introduces others counts by them.

import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import { formOf } from '../words.ts'
import { citationsOf } from './citation.ts'
import { type Index, indexOf, type ReadPaper, resolve } from './lookup.ts'
import type { OfficialClause } from './official.ts'
import { sourcesOf } from './sources.ts'
import { type Phrase, quotedPhrases, weightyPhrases } from './weighty.ts'

/** A rule, a reading or a statement of the policy that names a clause. */
export interface Account {
  readonly how: 'ruled' | 'procedural' | 'omitted'
  /** The rule, as `指标 年龄`; of 条款 nothing. */
  readonly rule: string
  /** The reason of 条款, or the text of 解释. */
  readonly text: string
  /** Whether 待核 stands on the rule or on what is around it. */
  readonly unsourced: boolean
  /** Where it stands in the policy. */
  readonly span: Span
  /** The whole of what it stands on. */
  readonly around: Span
}

export type Status = 'ruled' | 'procedural' | 'omitted' | 'open' | 'heading'

export interface CoveredClause extends OfficialClause {
  /** Which of the papers it is of, from 0. */
  readonly paper: number
  /** How a citation names it and nothing else. */
  readonly cited: string
  readonly status: Status
  readonly accounts: readonly Account[]
  /** What it takes away from somebody, each accounted for by itself. */
  readonly phrases: readonly CoveredPhrase[]
}

export interface CoveredPhrase extends Phrase {
  readonly status: Exclude<Status, 'heading'>
  readonly accounts: readonly Account[]
}

/** What a policy names, where it does. */
export interface Stray {
  readonly written: string
  readonly span: Span
}

export interface Coverage {
  /** Of all papers, one after the other. */
  readonly clauses: readonly CoveredClause[]
  /** What the policy names and the official text does not have. */
  readonly dangling: readonly Stray[]
  /** What could be one of several clauses, with how each of them is named. */
  readonly ambiguous: readonly (Stray & { readonly choices: readonly string[] })[]
  /** Clauses of papers that are not of the official text, for which nobody looked. */
  readonly elsewhere: readonly Stray[]
}

export function coverage(tree: Ast.PolicyNode, papers: readonly ReadPaper[]): Coverage {
  const index = indexOf(papers)
  const { clauses } = index
  const textOf = (paper: number) => papers[paper]?.text ?? ''
  const read: Reading = {
    ...{ index, textOf, found: [], quoting: new Map(), dangling: [], ambiguous: [], elsewhere: [] },
    phrases: clauses.map(({ span, paper }) => weightyPhrases(textOf(paper), span)),
  }
  takeForce(read, tree)
  for (const { account, text, span } of accountsOf(tree)) for (const citation of citationsOf(text)) takeCitation(read, account, citation, span)
  return {
    clauses: clauses.map((_, i) => coveredClause(read, i)),
    dangling: read.dangling,
    ambiguous: read.ambiguous,
    elsewhere: read.elsewhere,
  }
}

/** The papers, and what has been found to speak of each part of them. */
interface Reading {
  readonly index: Index
  readonly textOf: (paper: number) => string
  /** Of each clause. */
  readonly phrases: readonly (readonly Phrase[])[]
  /** Of each clause, the accounts that name it. */
  readonly found: (Account[] | undefined)[]
  /** Accounts that quote a phrase, by its paper and where it starts. */
  readonly quoting: Map<string, readonly Account[]>
  readonly dangling: Stray[]
  readonly ambiguous: Coverage['ambiguous'][number][]
  readonly elsewhere: Stray[]
}

/** 施行 in the head rules the sentence that puts the first paper into force. */
function takeForce({ index: { clauses }, found }: Reading, { members, surface }: Ast.PolicyNode) {
  const force = members.find((member) => member.kind === 'in-force')
  const at = clauses.findIndex(({ kind }) => kind === 'force')
  if (!force || at < 0) return
  const rule = formOf('in-force', surface)
  found[at] = [{ how: 'ruled', rule, text: '', unsourced: false, span: force.span, around: force.span }]
}

function takeCitation(read: Reading, account: Account, citation: ReturnType<typeof citationsOf>[number], span: Account['span']) {
  const { index, phrases, found } = read
  const stray = { written: citation.written, span }
  const { clauses: named, choices, isElsewhere } = resolve(index, citation)
  if (isElsewhere) {
    read.elsewhere.push(stray)
    return
  }
  if (choices.length > 0) {
    read.ambiguous.push({ ...stray, choices })
    return
  }
  const quoted = citation.quote === undefined ? [] : quotedIn(read, named, citation.quote)
  if (named.length === 0 || !quoted) read.dangling.push(stray)
  for (const [paper, phrase] of quoted ?? []) quote(read, paper, phrase, account)
  // Without a quote a clause that takes one thing away is ruled, or left out, as a whole.
  const isWhole = citation.quote === undefined && named.length === 1 && account.how !== 'procedural'
  for (const at of named) {
    found[at] = [...(found[at] ?? []), account]
    const [only, ...others] = phrases[at] ?? []
    if (isWhole && only && others.length === 0) quote(read, index.clauses[at]?.paper ?? 0, only, account)
  }
}

const placeOf = (paper: number, { span: { start } }: Phrase): string => `${paper} ${start}`

function quote({ quoting }: Reading, paper: number, phrase: Phrase, account: Account) {
  const place = placeOf(paper, phrase)
  quoting.set(place, [...(quoting.get(place) ?? []), account])
}

/** `undefined` when a clause that is named does not have the words. */
function quotedIn({ index, textOf, phrases }: Reading, named: readonly number[], words: string): readonly (readonly [number, Phrase])[] | undefined {
  const each = named.map((at) => {
    const { paper = 0, span = { start: 0, end: 0 } } = index.clauses[at] ?? {}
    return quotedPhrases(textOf(paper), span, phrases[at] ?? [], words)?.map((phrase) => [paper, phrase] as const)
  })
  return each.every((list) => list !== undefined) ? each.flat() : undefined
}

/** What is said of a clause without being a rule of it holds for the clauses in it. */
function statements(read: Reading, at: number | undefined): readonly Account[] {
  if (at === undefined) return []
  return [...(read.found[at] ?? []).filter(({ how }) => how !== 'ruled'), ...statements(read, read.index.clauses[at]?.parent)]
}

function coveredClause(read: Reading, at: number): CoveredClause {
  const clause = read.index.clauses[at]
  if (!clause) throw new Error(`no clause ${at}`)
  const accounts = [...(read.found[at] ?? []), ...statements(read, clause.parent)]
  const own = (read.phrases[at] ?? []).map((phrase): CoveredPhrase => {
    const told = read.quoting.get(placeOf(clause.paper, phrase)) ?? []
    return { ...phrase, accounts: told, status: strongest(told) ?? 'open' }
  })
  return { ...clause, accounts, status: statusOf(clause, accounts), phrases: own }
}

const strongest = (accounts: readonly Account[]): Account['how'] | undefined =>
  (['ruled', 'procedural', 'omitted'] as const).find((how) => accounts.some((account) => account.how === how))

const statusOf = ({ says }: OfficialClause, accounts: readonly Account[]): Status => strongest(accounts) ?? (says ? 'open' : 'heading')

interface Named {
  readonly account: Account
  /** The clauses as they are written. */
  readonly text: string
  readonly span: Span
}

/** Everything in a policy that names clauses. */
function accountsOf(tree: Ast.PolicyNode): readonly Named[] {
  const rules = sourcesOf(tree).flatMap(({ clause, rule, unsourced, around }): readonly Named[] => {
    const { kind, span } = clause
    if (kind === 'cites') return [{ account: { how: 'ruled', rule, text: '', unsourced, span, around }, text: clause.text.text, span: clause.text.span }]
    if (kind !== 'reading' || !clause.cites) return []
    // How a text was read is no invention, whatever stands around it.
    return [{ account: { how: 'ruled', rule, text: clause.text.text, unsourced: false, span, around }, text: clause.cites.text, span: clause.cites.span }]
  })
  const statements = tree.members.flatMap((member): readonly Named[] => {
    if (member.kind !== 'clause') return []
    const { clause, how, reason, span } = member
    return [{ account: { how, rule: '', text: reason.text, unsourced: false, span, around: span }, text: clause.text, span: clause.span }]
  })
  return [...rules, ...statements]
}

/** The clauses that the rule at a place of the policy rests on: those of the innermost thing there that names any. */
export function clausesAt(clauses: readonly CoveredClause[], offset: number): readonly CoveredClause[] {
  const length = ({ around }: Account) => around.end - around.start
  const here = (account: Account) => account.around.start <= offset && offset <= account.around.end
  const smallest = Math.min(...clauses.flatMap(({ accounts }) => accounts.filter(here).map(length)))
  return clauses.filter(({ accounts }) => accounts.some((account) => here(account) && length(account) === smallest))
}
