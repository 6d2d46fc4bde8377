// The last menders: a word, or a line, that has no place where it stands is passed over.

import { spanOf } from '../lex.ts'
import { isKeyword } from '../tokens.ts'
import { isClosing, isOpening, lineStop, type Mend, type Mender, openBrackets, spanFrom, startsLine, statementStart } from './broken.ts'

/** One token, or all of its line where the line begins with it. */
export const passedOver: Mender = (broken) => {
  const { text, tokens, at, rule } = broken
  // What follows the policy's end is told as such.
  if (openBrackets(tokens, at).length === 0) return []
  return [at, at - 1].flatMap((i): readonly Mend[] => {
    const token = tokens[i]
    if (!token || isOpening(token) || isClosing(token)) return []
    const start = statementStart(broken, i)
    const stop = lineStop(broken, start)
    const line = tokens.slice(start, stop)
    const isOwnLine =
      startsLine(text, tokens[start]!) && (line.length === 1 || !isKeyword(tokens[start]!)) && !line.some((other) => isOpening(other) || isClosing(other))
    const one: Mend = {
      changes: [{ from: i, to: i + 1, tokens: [] }],
      finding: { code: 'unexpected-token', span: spanOf(token), data: { written: token.image, expected: '', place: rule } },
      loses: true,
    }
    if (!isOwnLine) return [one]
    const span = spanFrom(line[0]!, line.at(-1)!)
    const whole: Mend = {
      changes: [{ from: start, to: stop, tokens: [] }],
      finding: { code: 'unexpected-token', span, data: { written: text.slice(span.start, span.end), expected: '', place: rule } },
      loses: true,
    }
    return line.length === 1 ? [whole] : [one, whole]
  })
}
