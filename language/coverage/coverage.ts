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
  const found: (Account[] | undefined)[] = []
  const phrases = clauses.map(({ span }) => weightyPhrases(official, span))
  /** Accounts that quote a phrase, by where it starts. */
  const quoting = new Map<number, Account[]>()
  // 施行 in the head rules the sentence that puts the paper into force.
  const force = tree.members.find((member) => member.kind === 'in-force')
  const forceClause = clauses.findIndex(({ kind }) => kind === 'force')
  if (force && forceClause >= 0) {
    const rule = byForm.keyword.id.get('in-force')?.[tree.surface] ?? ''
    found[forceClause] = [{ how: 'ruled', rule, text: '', unsourced: false, span: force.span, around: force.span }]
  }
  const dangling: Coverage['dangling'][number][] = []
  for (const { account, text, span } of accountsOf(tree)) {
    for (const citation of citationsOf(text)) {
      const named = indexesOf(clauses, citation)
      const quoted = citation.quote === undefined ? [] : quotedIn(named, citation.quote)
      if (named.length === 0 || !quoted) dangling.push({ written: citation.written, span })
      for (const { span: place } of quoted ?? []) quoting.set(place.start, [...(quoting.get(place.start) ?? []), account])
      for (const index of named) {
        const list = found[index] ?? []
        list.push(account)
        found[index] = list
        // Without a quote a clause that takes one thing away is ruled, or left out, as a whole.
        const [only, ...others] = phrases[index] ?? []
        const whole = citation.quote === undefined && !citation.to && account.how !== 'procedural'
        if (whole && only && others.length === 0) quoting.set(only.span.start, [...(quoting.get(only.span.start) ?? []), account])
      }
    }
  }
  const statements = (index: number | undefined): readonly Account[] =>
    index === undefined ? [] : [...(found[index] ?? []).filter(({ how }) => how !== 'ruled'), ...statements(clauses[index]?.parent)]
  return {
    clauses: clauses.map((clause, i) => {
      const accounts = [...(found[i] ?? []), ...statements(clause.parent)]
      const own = (phrases[i] ?? []).map((phrase): CoveredPhrase => {
        const told = quoting.get(phrase.span.start) ?? []
        return { ...phrase, accounts: told, status: strongest(told) ?? 'open' }
      })
      return { ...clause, accounts, status: statusOf(clause, accounts), phrases: own }
    }),
    dangling,
  }

  /** `undefined` when a clause that is named does not have the words. */
  function quotedIn(named: readonly number[], quote: string): readonly Phrase[] | undefined {
    const each = named.map((index) => quotedPhrases(official, clauses[index]?.span ?? { start: 0, end: 0 }, phrases[index] ?? [], quote))
    return each.every((list) => list !== undefined) ? each.flat() : undefined
  }
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
