// What becomes of each clause of the official text: ruled by which rules, procedural, left out and why, or not accounted for.
// 依据 accounts for the clause that it names, and not for the clauses in it; 条款 accounts for all of them.

import type * as Ast from '../ast.ts'
import type { Span } from '../span.ts'
import { byForm } from '../words.ts'
import { type Citation, citationsOf, nameOf, type Segment } from './citation.ts'
import { type OfficialClause, officialClauses } from './official.ts'
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
  readonly status: Status
  readonly accounts: readonly Account[]
  /** What it takes away from somebody, each accounted for by itself. */
  readonly phrases: readonly CoveredPhrase[]
}

export interface CoveredPhrase extends Phrase {
  readonly status: Exclude<Status, 'heading'>
  readonly accounts: readonly Account[]
}

export interface Coverage {
  readonly clauses: readonly CoveredClause[]
  /** What the policy names and the official text does not have. */
  readonly dangling: readonly { readonly written: string; readonly span: Span }[]
}

/** The file that 原文 names, beside the policy; empty when it names none. */
export function officialTextOf({ members }: Ast.PolicyNode): string {
  const named = members.find((member) => member.kind === 'text')
  return named?.kind === 'text' ? named.text.text : ''
}

export function coverage(tree: Ast.PolicyNode, official: string): Coverage {
  const clauses = officialClauses(official)
  const read: Reading = { official, clauses, phrases: clauses.map(({ span }) => weightyPhrases(official, span)), found: [], quoting: new Map(), dangling: [] }
  takeForce(read, tree)
  for (const { account, text, span } of accountsOf(tree)) for (const citation of citationsOf(text)) takeCitation(read, account, citation, span)
  return { clauses: clauses.map((clause, i) => coveredClause(read, clause, i)), dangling: read.dangling }
}

/** The paper, and what has been found to speak of each part of it. */
interface Reading {
  readonly official: string
  readonly clauses: ReturnType<typeof officialClauses>
  /** Of each clause. */
  readonly phrases: readonly (readonly Phrase[])[]
  /** Of each clause, the accounts that name it. */
  readonly found: (Account[] | undefined)[]
  /** Accounts that quote a phrase, by where it starts. */
  readonly quoting: Map<number, readonly Account[]>
  readonly dangling: Coverage['dangling'][number][]
}

/** 施行 in the head rules the sentence that puts the paper into force. */
function takeForce({ clauses, found }: Reading, { members, surface }: Ast.PolicyNode) {
  const force = members.find((member) => member.kind === 'in-force')
  const at = clauses.findIndex(({ kind }) => kind === 'force')
  if (!force || at < 0) return
  const rule = byForm.keyword.id.get('in-force')?.[surface] ?? ''
  found[at] = [{ how: 'ruled', rule, text: '', unsourced: false, span: force.span, around: force.span }]
}

function takeCitation(read: Reading, account: Account, citation: ReturnType<typeof citationsOf>[number], span: Account['span']) {
  const { clauses, phrases, found, dangling } = read
  const named = indexesOf(clauses, citation)
  const quoted = citation.quote === undefined ? [] : quotedIn(read, named, citation.quote)
  if (named.length === 0 || !quoted) dangling.push({ written: citation.written, span })
  for (const phrase of quoted ?? []) quote(read, phrase, account)
  // Without a quote a clause that takes one thing away is ruled, or left out, as a whole.
  const isWhole = citation.quote === undefined && !citation.to && account.how !== 'procedural'
  for (const index of named) {
    found[index] = [...(found[index] ?? []), account]
    const [only, ...others] = phrases[index] ?? []
    if (isWhole && only && others.length === 0) quote(read, only, account)
  }
}

function quote({ quoting }: Reading, { span: { start } }: Phrase, account: Account) {
  quoting.set(start, [...(quoting.get(start) ?? []), account])
}

/** `undefined` when a clause that is named does not have the words. */
function quotedIn({ official, clauses, phrases }: Reading, named: readonly number[], words: string): readonly Phrase[] | undefined {
  const each = named.map((index) => quotedPhrases(official, clauses[index]?.span ?? { start: 0, end: 0 }, phrases[index] ?? [], words))
  return each.every((list) => list !== undefined) ? each.flat() : undefined
}

/** What is said of a clause without being a rule of it holds for the clauses in it. */
function statements(read: Reading, index: number | undefined): readonly Account[] {
  if (index === undefined) return []
  return [...(read.found[index] ?? []).filter(({ how }) => how !== 'ruled'), ...statements(read, read.clauses[index]?.parent)]
}

function coveredClause(read: Reading, clause: Reading['clauses'][number], index: number): Coverage['clauses'][number] {
  const accounts = [...(read.found[index] ?? []), ...statements(read, clause.parent)]
  const own = (read.phrases[index] ?? []).map((phrase): CoveredPhrase => {
    const told = read.quoting.get(phrase.span.start) ?? []
    return { ...phrase, accounts: told, status: strongest(told) ?? 'open' }
  })
  return { ...clause, accounts, status: statusOf(clause, accounts), phrases: own }
}

const strongest = (accounts: readonly Account[]): Account['how'] | undefined =>
  (['ruled', 'procedural', 'omitted'] as const).find((how) => accounts.some((account) => account.how === how))

const statusOf = ({ says }: OfficialClause, accounts: readonly Account[]): Status => strongest(accounts) ?? (says ? 'open' : 'heading')

/** The clauses that a citation names; neighbours between two ends are of one parent. */
function indexesOf(clauses: readonly OfficialClause[], { from, to }: Citation): readonly number[] {
  const at = (segments: readonly Segment[]) => clauses.findIndex(({ name }) => name === nameOf(segments))
  const first = at(from)
  if (first < 0) return []
  if (!to) return [first]
  const last = at(to)
  const parent = clauses[first]?.parent
  if (last < first || clauses[last]?.parent !== parent) return []
  return clauses.flatMap((clause, i) => (i >= first && i <= last && clause.parent === parent ? [i] : []))
}

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
