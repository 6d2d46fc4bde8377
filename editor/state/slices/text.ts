// The open policy's text as it is being written: compiled anew with every change, kept as a draft, laid out when asked.

import { format } from '../../../language/format/format.ts'
import type { Draft } from '../../desk.ts'
import { defaultDates, resultsOf } from '../results.ts'
import { compileFile, fetchMissing } from '../texts.ts'
import type { OpenPolicy } from './policies.ts'
import type { Slice } from './slice.ts'

export interface TextSlice {
  /** The editor's text changed. */
  textChanged(text: string): void
  formatText(): void
}

export const createText: Slice<TextSlice> = (set, get) => {
  const recompile = (text: string) => {
    const { open: before, people: list, unkept } = get()
    if (!before) return
    const compiled = compileFile(text, before.path)
    const open: OpenPolicy = { ...before, text, compiled, scoring: compiled.policy ?? before.scoring, stale: compiled.policy === undefined }
    // Who was made up while there was nothing to score by gets days with the first version that can be scored.
    const dated = unkept && !before.scoring ? { ...unkept, dates: { ...defaultDates(open.scoring), ...unkept.dates } } : unkept
    const people = list.map((person) => (dated && person === unkept ? dated : person))
    set({ open, unkept: dated, people, results: resultsOf(open.scoring, people) })
    get().runCases()
  }

  return {
    textChanged(text) {
      const { open } = get()
      if (!open || open.text === text) return
      recompile(text)
      get().drafts.keep(open.path, draftOf(text, open.base))
      void fetchMissing(get().policies ?? []).then((found) => {
        const now = get().open
        if (found && now) recompile(now.text)
      })
    },

    formatText() {
      const { open } = get()
      if (!open) return
      const formatted = format(open.text, undefined, open.compiled.outside)
      if (formatted.ok) get().replaceText(formatted.text)
      set({ notice: { kind: formatted.ok ? 'formatted' : 'cannot-format' } })
    },
  }
}

/** What is unsaved of a text; nothing where it says what the file says. */
export const draftOf = (text: string, { text: saved, hash }: OpenPolicy['base']): Draft | undefined =>
  text === saved ? undefined : { text, base: { text: saved, hash } }
