// What the editor asks of the text that stands in it.

import { pinyin } from 'pinyin-pro'
import type { Compiled } from '../../language/compile.ts'
import { coverage } from '../../language/coverage/coverage.ts'
import { readPaper } from '../../language/coverage/lookup.ts'
import { papersOf } from '../../language/coverage/papers.ts'
import { format } from '../../language/format/format.ts'
import { declarationOf, namedBy, tokenAt } from '../../language/service/at.ts'
import { colourKinds, colourMeaning } from '../../language/service/colours.ts'
import { complete } from '../../language/service/complete.ts'
import { hover } from '../../language/service/hover.ts'
import { folds, outline } from '../../language/service/outline.ts'
import { positions } from '../../language/span.ts'
import { beside } from '../paths.ts'
import type { Covered, LanguageWorker, Subject } from './protocol.ts'

/** A text with what compiling it gave. */
export interface ReadText extends Subject {
  readonly compiled: Compiled
}

type TextServices = Pick<LanguageWorker, 'coverage' | 'format' | 'complete' | 'hover' | 'outline' | 'folds' | 'declaration' | 'colours'>

/** @param readPaperText gives an official text, or fails */
export function textServices(read: (subject: Subject) => ReadText, readPaperText: (path: string) => Promise<string>): TextServices {
  return {
    async coverage(subject): Promise<Covered> {
      const { tree } = read(subject).compiled.parsed
      const named = papersOf(tree)
      if (named.length === 0) return { kind: 'none' }
      const found: { path: string; file: string; text: string }[] = []
      for (const file of named) {
        const path = beside(subject.path, file)
        try {
          found.push({ path, file, text: await readPaperText(path) })
        } catch (error) {
          return { kind: 'unread', path, reason: error instanceof Error ? error.message : String(error) }
        }
      }
      return { kind: 'covered', coverage: coverage(tree, found.map(readPaper)), papers: found }
    },

    async format(subject) {
      const formatted = format(subject.text, undefined, read(subject).compiled.outside)
      return formatted.ok ? formatted.text : undefined
    },

    async complete(subject, offset, language) {
      const { span, list } = complete(read(subject).compiled, subject.text, offset, language)
      return { span, list: list.map((entry) => ({ ...entry, search: `${entry.text} ${initials(entry.text)}` })) }
    },

    async hover(subject, offset, language) {
      return hover(read(subject).compiled, offset, language)
    },

    async outline(subject) {
      return outline(read(subject).compiled)
    },

    async folds(subject) {
      return folds(read(subject).compiled, subject.text)
    },

    async declaration(subject, offset) {
      const { compiled } = read(subject)
      const token = tokenAt(compiled, offset)
      const named = token && namedBy(compiled, token)
      const declared = named && declarationOf(named)
      const source = declared && compiled.sources[declared.source]
      if (!declared || !source) return undefined
      const at = positions(source.text)
      return { path: declared.source === 0 ? subject.path : source.path, span: declared.span, from: at(declared.span.start), to: at(declared.span.end) }
    },

    async colours(subject) {
      return coloursOf(read(subject))
    },
  }
}

function coloursOf({ text, compiled }: ReadText): Uint32Array {
  const at = positions(text)
  const data: number[] = []
  let [line, column] = [0, 0]
  for (const { start, end, kind } of colourMeaning(compiled)) {
    const place = at(start)
    const [l, c] = [place.line - 1, place.column - 1]
    data.push(l - line, l === line ? c - column : c, end - start, colourKinds.indexOf(kind), 0)
    line = l
    column = c
  }
  return new Uint32Array(data)
}

const initialsOf = new Map<string, string>()
/** What an officer types without an input method: the first letters of each syllable. */
function initials(text: string): string {
  const known = initialsOf.get(text)
  if (known !== undefined) return known
  const letters = /\p{Script=Han}/u.test(text) ? pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('') : ''
  initialsOf.set(text, letters)
  return letters
}
