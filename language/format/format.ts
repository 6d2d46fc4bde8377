// Text → the one way to write it, in either surface. Keeps every comment, a byte-order mark and how lines end; proves on every run that
// the tree is unchanged.

import { lineEndOf, withLineEnds } from '../../runtime/exact/line-ends.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { type Parsed, parse } from '../parse.ts'
import type { Surface } from '../words.ts'
import { layOut } from './layout.ts'
import { applyEdits, normalizingEdits } from './normalize.ts'
import { sameTree } from './same-tree.ts'

export type Formatted =
  | { readonly ok: true; readonly text: string }
  /** The text has parts that cannot be read; it is left alone. Places are those of the text without a byte-order mark. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/**
 * Formats `source`, in its own surface unless `target` names one.
 * @param outside names that other texts declare: of the policy beside a file of cases, of policies that are taken in
 */
export function format(source: string, target?: Surface, outside: ReadonlySet<string> = new Set()): Formatted {
  const diagnostics: Diagnostic[] = []
  const mark = source.startsWith('\ufeff') ? '\ufeff' : ''
  const lineEnd = lineEndOf(source)
  const own = source.slice(mark.length)
  const text = withLineEnds(own, '\n')
  const first = parse(text, (diagnostic) => diagnostics.push(diagnostic), outside)
  if (!first.whole || diagnostics.some(({ code }) => unsafe.has(code))) return { ok: false, diagnostics: own === text ? diagnostics : findingsIn(own, outside) }
  // Clauses are put in order first, then units are written: two rounds settle both.
  const sorted = settle(text, first, outside)
  const { text: settled, parsed } = settle(sorted.text, sorted.parsed, outside)
  const out = layOut(settled, parsed, target ?? parsed.surface)
  const again = parse(out, () => {}, outside)
  if (!again.whole || !sameTree(parsed.tree, again.tree) || again.comments.length !== first.comments.length) {
    throw new Error('the formatter would have changed the meaning of this text; it was left alone')
  }
  return { ok: true, text: mark + withLineEnds(out, lineEnd) }
}

/** Where they stand in the text as it is, whatever its line ends. */
function findingsIn(text: string, outside: ReadonlySet<string>): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  parse(text, (diagnostic) => diagnostics.push(diagnostic), outside)
  return diagnostics
}

function settle(text: string, parsed: Parsed, outside: ReadonlySet<string>): { text: string; parsed: Parsed } {
  const edits = normalizingEdits(text, parsed.tree, parsed.comments)
  if (edits.length === 0) return { text, parsed }
  const settled = applyEdits(text, edits)
  return { text: settled, parsed: parse(settled, () => {}, outside) }
}

/** Findings of the lexer after which tokens no longer stand for what is written. */
const unsafe = new Set(['unexpected-character', 'write-instead', 'unclosed-string', 'glued-words', 'range-dash'])
