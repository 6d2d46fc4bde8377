// How the lines of a text end: whoever lays it out or saves it keeps what stands there.

export type LineEnd = '\n' | '\r\n' | '\r'

/** The line end that stands most often in a text; of a text of one line a line feed. */
export function lineEndOf(text: string): LineEnd {
  const count = { '\n': 0, '\r\n': 0, '\r': 0 }
  for (const [end] of text.matchAll(/\r\n|\r|\n/g)) count[end as LineEnd] += 1
  const ends: readonly LineEnd[] = ['\n', '\r\n', '\r']
  return ends.reduce((most, end) => (count[end] > count[most] ? end : most))
}

export const withLineEnds = (text: string, end: LineEnd): string => text.replaceAll(/\r\n|\r|\n/g, end)
