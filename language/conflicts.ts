// What git leaves in a text where two sides changed the same lines: nothing else of such a text is worth a word.

import type { Diagnostic } from './diagnostics/diagnostic.ts'

const block = /^<{7}(?: [^\r\n]*)?$[\s\S]*?^>{7}(?: [^\r\n]*)?$/gm

/** One finding for each conflict, at its first line; the marks that are left of one count as one, too. */
export function conflictsIn(text: string): readonly Diagnostic[] {
  const starts = [...text.matchAll(block)].map(({ index }) => index)
  const left = starts.length > 0 ? undefined : /^(?:<{7}|>{7}) [^\r\n]+$/m.exec(text)?.index
  return [...starts, ...(left === undefined ? [] : [left])].map((start) => {
    const end = start + (/^[^\r\n]*/.exec(text.slice(start, start + 400))?.[0].length ?? 7)
    return { code: 'merge-conflict', span: { start, end }, data: { written: text.slice(start, start + 7) } }
  })
}
