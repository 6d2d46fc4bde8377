// The open policy's text as it is being written: compiled anew with every change, kept as a draft, laid out when asked.

import { format } from '../../../language/format/format.ts'
import type { Policy } from '../../../runtime/ir/schema.ts'
import { scheduleDraft } from '../drafts.ts'
import type { Sample } from '../kept.ts'
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
    const { open: before, samples } = get()
    if (!before) return
    const compiled = compileFile(text, before.path)
    const open: OpenPolicy = { ...before, text, compiled, scoring: compiled.policy ?? before.scoring, stale: compiled.policy === undefined }
    const dated = before.scoring ? samples : withDays(samples, open.scoring)
    set({ open, samples: dated, results: resultsOf(open.scoring, dated) })
  }

  return {
    textChanged(text) {
      const { open } = get()
      if (!open || open.text === text) return
      recompile(text)
      scheduleDraft(open.path, text === open.base.text ? undefined : { text, base: open.base.hash })
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

/** Samples made while there was nothing to score by get their days with the first version that can be scored. */
const withDays = (samples: readonly Sample[], policy: Policy | undefined): readonly Sample[] =>
  samples.map((sample) => ({ ...sample, dates: { ...defaultDates(policy), ...sample.dates } }))
