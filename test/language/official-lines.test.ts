// Whatever an official paper is like, none of it is lost: every line is of a clause, a heading, or told, and every clause can be cited. A
// failing seed and its paper are printed.

import { expect, test } from 'vitest'
import { citationsOf } from '../../language/coverage/citation.ts'
import { linesOf } from '../../language/coverage/lines.ts'
import { indexOf, type ReadPaper, readPaper, resolve } from '../../language/coverage/lookup.ts'
import { seedOr, times } from '../whole.ts'
import { seeded } from './mutate.ts'
import { paperOf } from './official-papers.ts'

const count = times(400, 4000)
const first = seedOr(20_240_201)

/** What is wrong with the reading of two papers of one policy. */
function wrong(papers: readonly ReadPaper[]): readonly string[] {
  return [...papers.flatMap(lostLines), ...papers.flatMap(misplaced), ...notCitable(papers)]
}

function lostLines({ text, lines, clauses }: ReadPaper): readonly string[] {
  const written = linesOf(text).filter((line) => line.text.trim() !== '')
  const counted = lines.map(({ number }) => number)
  const sums = ['clause', 'heading', 'unread'].map((wanted) => lines.filter(({ of }) => of === wanted).length)
  const lost = written.flatMap((line) => {
    const kind = lines.find(({ number }) => number === line.number)?.of
    const over = clauses.filter(({ span }) => span.start < line.end && span.end > line.start)
    const isToldAs = over.some((clause) => clause.kind === 'line') ? 'unread' : over.length > 0 ? 'clause' : 'heading'
    if (kind !== isToldAs) return [`line ${line.number} is ${kind}, and stands as ${isToldAs}`]
    // A sentence with a full stop is no heading of any kind.
    const words = /词\d+[^。]*。/u.exec(line.text)
    const at = line.start + (words?.index ?? 0)
    return words && !over.some(({ span }) => span.start <= at && at < span.end) ? [`line ${line.number} is lost`] : []
  })
  return [
    ...(counted.join() === written.map(({ number }) => number).join() ? [] : ['the lines are not those of the text']),
    ...(sums.reduce((sum, one) => sum + one, 0) === written.length ? [] : ['the sums of lines differ']),
    ...lost,
  ]
}

function misplaced({ clauses, parts }: ReadPaper): readonly string[] {
  return clauses.flatMap(({ span, parent, part, name }, i) => [
    ...(span.start >= (clauses[i - 1]?.span.end ?? 0) ? [] : [`${name} begins in the clause before`]),
    ...(parent === undefined || (parent < i && clauses[parent]?.part === part) ? [] : [`${name} stands in a clause that comes later`]),
    ...(part < parts.length ? [] : [`${name} is of no part`]),
  ])
}

function notCitable(papers: readonly ReadPaper[]): readonly string[] {
  const index = indexOf(papers)
  return index.clauses.flatMap(({ cited }, i) => {
    const citations = citationsOf(cited)
    const found = citations.map((citation) => resolve(index, citation))
    return found.length === 1 && found[0]?.clauses.join() === String(i) ? [] : [`“${cited}” names ${JSON.stringify(found)}, not ${i}`]
  })
}

test(`${count} papers are read to the last line, and each of their clauses can be cited`, () => {
  const broken: string[] = []
  let [clauses, unread, parts, rows, notices] = [0, 0, 0, 0, 0]
  for (let i = 0; i < count && broken.length < 3; i += 1) {
    const random = seeded(first + i)
    const papers = [readPaper({ file: '办法.txt', text: paperOf(random) }), readPaper({ file: '细则.txt', text: paperOf(random) })]
    for (const paper of papers) {
      clauses += paper.clauses.length
      unread += paper.lines.filter(({ of }) => of === 'unread').length
      parts += paper.parts.length - 1
      rows += paper.clauses.filter(({ kind }) => kind === 'row').length
      notices += paper.notices.length
    }
    const found = wrong(papers)
    if (found.length > 0)
      broken.push(
        `SEED=${first + i} COUNT=1\n${found.join('\n')}\n${papers
          .map(({ text }) =>
            text
              .split('\n')
              .map((line, at) => `${at + 1}: ${line}`)
              .join('\n'),
          )
          .join('\n====\n')}`,
      )
  }
  expect(broken.join('\n\n')).toBe('')
  // The papers hold what the property is about.
  if (count > 100) expect(Math.min(clauses / 10, unread, parts, rows, notices)).toBeGreaterThan(count / 10)
})
