// Which clauses a citation names, in several papers and several parts of one. Without 《》 and without a part it may be in any of them; what
// two of them have is named with what tells them apart.

import { type Citation, comparableName, plainForm } from './citation.ts'
import { type OfficialClause, type OfficialText, officialText } from './official.ts'
import { type Paper, paperName } from './papers.ts'

/** A file of the official text that has been read. */
export interface ReadPaper extends Paper, OfficialText {}

export const readPaper = (paper: Paper): ReadPaper => ({ ...paper, ...officialText(paper.text) })

export interface PlacedClause extends OfficialClause {
  readonly paper: number
  readonly cited: string
}

export interface Index {
  readonly papers: readonly ReadPaper[]
  /** Of all papers, one after the other; `parent` counts through all of them. */
  readonly clauses: readonly PlacedClause[]
  /** Where each name stands, however it is written. */
  readonly byName: ReadonlyMap<string, readonly number[]>
}

export interface Resolved {
  /** Indexes of the clauses; empty when there is none of the name. */
  readonly clauses: readonly number[]
  /** Where it could be several: how each is named. */
  readonly choices: readonly string[]
  /** Whether it is of a paper that the policy does not have. */
  readonly isElsewhere: boolean
}

export function indexOf(papers: readonly ReadPaper[]): Index {
  const byName = new Map<string, number[]>()
  const starts = papers.map((_, i) => papers.slice(0, i).reduce((sum, { clauses }) => sum + clauses.length, 0))
  const placed = papers.flatMap(({ clauses }, paper) =>
    clauses.map((clause) => ({ ...clause, paper, parent: clause.parent === undefined ? undefined : clause.parent + (starts[paper] ?? 0) })),
  )
  placed.forEach(({ name }, i) => {
    const key = comparableName(name)
    byName.set(key, [...(byName.get(key) ?? []), i])
  })
  const clauses = placed.map((clause) => {
    const namesakes = (byName.get(comparableName(clause.name)) ?? []).flatMap((i) => placed[i] ?? [])
    return { ...clause, cited: citedAs(papers, clause, namesakes) }
  })
  return { papers, clauses, byName }
}

/** With no more before the name than tells it from its namesakes. */
function citedAs(papers: readonly ReadPaper[], { paper, part, name }: Omit<PlacedClause, 'cited'>, namesakes: readonly Omit<PlacedClause, 'cited'>[]): string {
  const own = papers[paper]
  const file = namesakes.some((other) => other.paper !== paper) ? `《${paperName(own?.file ?? '')}》` : ''
  const within = namesakes.some((other) => other.paper === paper && other.part !== part) ? (own?.parts[part]?.name ?? '') : ''
  return `${file}${within}${name}`
}

/** A part before the name of a clause. */
const partBefore = /^\s*(第\d+部分|第[一二三四五六七八九十百]+[编章节])\s*(?=\S)/u

export function resolve(index: Index, { paper, clause, written }: Citation): Resolved {
  const none: Resolved = { clauses: [], choices: [], isElsewhere: false }
  const within = paper === undefined ? () => true : inPaper(index, paper)
  if (!within || (paper === undefined && /[《〔]/u.test(written.replace(/[“「].*$/u, '')))) return { ...none, isElsewhere: true }
  const named = namedIn(index, clause, within)
  if (named.length > 1) return { ...none, choices: named.flatMap((at) => index.clauses[at]?.cited ?? []) }
  if (named.length === 1) return { ...none, clauses: named }
  const [from = '', to] = clause.split('至')
  if (to === undefined) return none
  const firsts = namedIn(index, from, within)
  if (firsts.length > 1) return { ...none, choices: firsts.flatMap((at) => index.clauses[at]?.cited ?? []) }
  return { ...none, clauses: firsts.flatMap((first) => neighbours(index, first, to)) }
}

type Within = (clause: PlacedClause) => boolean

/** 《》 names a file of the policy, or the title of a part of one. */
function inPaper({ papers }: Index, name: string): Within | undefined {
  const wanted = plainForm(name)
  const isFile = (paper: number) => plainForm(paperName(papers[paper]?.file ?? '')) === wanted
  const isTitled = (paper: number, part: number) => plainForm(papers[paper]?.parts[part]?.title ?? '') === wanted
  if (wanted === '') return undefined
  if (papers.some((_, paper) => isFile(paper))) return ({ paper }) => isFile(paper)
  if (papers.some(({ parts }, paper) => parts.some((_, part) => isTitled(paper, part)))) return ({ paper, part }) => isTitled(paper, part)
  return undefined
}

function namedIn({ papers, clauses, byName }: Index, name: string, within: Within): readonly number[] {
  const at = (words: string, isHere: Within) =>
    (byName.get(comparableName(words)) ?? []).filter((i) => {
      const clause = clauses[i]
      return clause !== undefined && within(clause) && isHere(clause)
    })
  const [before, part] = partBefore.exec(name) ?? []
  if (before === undefined) return at(name, () => true)
  return at(name.slice(before.length), (clause) => papers[clause.paper]?.parts[clause.part]?.name === part)
}

/** From one clause to another of the same parent. */
function neighbours({ clauses, byName }: Index, first: number, to: string): readonly number[] {
  const start = clauses[first]
  const isBeside = (at: number) => {
    const other = clauses[at]
    const isOfSeries = other?.kind === start?.kind || (other?.kind === 'missing' && start?.kind !== 'line')
    return isOfSeries && other?.paper === start?.paper && other?.part === start?.part && other?.parent === start?.parent
  }
  const last = (byName.get(comparableName(to.replace(partBefore, ''))) ?? []).find(isBeside)
  if (last === undefined || last < first) return []
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(isBeside)
}
