// The files in which the official text of a policy stands, and how a citation names one of them: 《细则》 is 细则.txt.

import type * as Ast from '../ast.ts'

/** One file of the official text. */
export interface Paper {
  /** As 原文 writes it, beside the policy. */
  readonly file: string
  readonly text: string
}

/** The files that 原文 names. */
export const papersOf = ({ members }: Pick<Ast.PolicyNode, 'members'>): readonly string[] =>
  members.flatMap((member) => (member.kind === 'text' ? member.papers.map(({ text }) => text) : []))

/** What stands in 《》: the file without its folder and its ending. */
export const paperName = (file: string): string => file.replace(/^.*[/\\]/u, '').replace(/\.[^.]*$/u, '')
