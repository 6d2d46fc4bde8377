// A text as lines with their places, counted from 1 as editors count them.

import type { Span } from '../span.ts'

export interface Line extends Span {
  readonly number: number
  /** Without the line's end. */
  readonly text: string
}

export function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/gu)].flatMap(({ index, 1: words = '' }, i) =>
    index === text.length && i > 0 ? [] : [{ number: i + 1, start: index, end: index + words.length, text: words }],
  )
}

/** Index of the line in which a place stands; a line's end is of the line. */
export function lineIndex(lines: readonly Line[], at: number): number {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.end ?? 0) >= at) high = middle
    else low = middle + 1
  }
  return low
}

export const isBlank = (text: string): boolean => text.trim() === ''

/** Whether a text only rules a line, as ------ and * * * do. */
export const saysNothing = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text)
