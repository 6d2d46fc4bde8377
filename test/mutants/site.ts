// A fault that can be put into a file of the sources: what stands there, and what would stand there instead.

import { createHash } from 'node:crypto'

export const kinds = ['operator', 'bound', 'branch', 'constant', 'text'] as const

export type Kind = (typeof kinds)[number]

/** A stretch of a text and what is written over it. */
export interface Edit {
  readonly kind: Kind
  readonly start: number
  readonly end: number
  readonly faulty: string
}

export interface Mutant extends Edit {
  /** The same as long as the line is the same, wherever it stands in its file. */
  readonly id: string
  /** From the project on. */
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** The line, or the lines that the edit reaches over, without the blanks around them. */
  readonly before: string
  readonly after: string
}

export const applied = (text: string, { start, end, faulty }: Pick<Edit, 'start' | 'end' | 'faulty'>): string => text.slice(0, start) + faulty + text.slice(end)

/** Names the edits of a file. Lines that are written alike are told apart by which of them it is. */
export function named(file: string, text: string, edits: readonly Edit[]): readonly Mutant[] {
  const seen = new Map<string, number>()
  const lineEnds = [...[...text.matchAll(/\n/g)].map(({ index }) => index), text.length]
  return edits.map((edit) => {
    const from = text.lastIndexOf('\n', edit.start - 1) + 1
    const lineEnd = text.indexOf('\n', edit.end)
    const to = lineEnd < 0 ? text.length : lineEnd
    const [before, after] = [text.slice(from, to), text.slice(from, edit.start) + edit.faulty + text.slice(edit.end, to)].map(onOneLine) as [string, string]
    const key = JSON.stringify([file, before, after])
    const nth = seen.get(key) ?? 0
    seen.set(key, nth + 1)
    const id = createHash('sha256').update(`${key}${nth}`).digest('hex').slice(0, 8)
    return { ...edit, id, file, line: 1 + lineEnds.findIndex((at) => at >= edit.start), before, after }
  })
}

const onOneLine = (text: string): string => text.trim().replace(/\n\s*/g, ' ')
