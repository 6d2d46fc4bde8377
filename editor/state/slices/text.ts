// The open policy's text as it is being written: studied anew with every change, kept as a draft, laid out when asked.

import type { Draft } from '../../desk.ts'
import { language } from '../language.ts'
import { defaultDates } from './people.ts'
import type { OpenPolicy } from './policies.ts'
import type { Slice } from './slice.ts'

export interface TextSlice {
  /** The editor's text changed. */
  textChanged(text: string): void
  formatText(): Promise<void>
  /** Asks what the text says and what the people score. @returns once that is known of the newest text and the newest people */
  study(): Promise<void>
  /** @returns once nothing is being studied */
  settled(): Promise<void>
}

export const createText: Slice<TextSlice> = (set, get) => {
  let studying: Promise<void> | undefined
  let isOld = false

  /** One question at a time: what changes meanwhile is asked with the next. */
  const studyNewest = async () => {
    try {
      do {
        isOld = false
        const { open, people, selected } = get()
        if (!open) return
        const { path, text } = open
        const studied = await language.study({ path, text }, people, selected)
        const { open: now, unkept, people: list } = get()
        if (now?.path !== path) continue
        const { results, ...said } = studied
        // What says the same stays the same, so that nothing is drawn anew for it.
        const form = isSame(now.form, said.form) ? now.form : said.form
        set({ open: { ...now, ...said, form }, results })
        if (!isOld) void get().runCases()
        // Who was made up while there was nothing to score by gets days with the first version that can be scored.
        if (!now.form && said.form && unkept.length > 0 && list.every((person) => unkept.includes(person))) {
          const dated = unkept.map((person) => ({ ...person, dates: { ...defaultDates(said.form), ...person.dates } }))
          set({ unkept: dated, people: dated })
          isOld = true
        }
      } while (isOld)
    } catch {
      // What was said of older texts stands, and a text of which nothing is known is not saved.
      set({ notice: { kind: 'worker-failed' } })
    } finally {
      studying = undefined
    }
  }

  return {
    textChanged(text) {
      const { open } = get()
      if (!open || open.text === text) return
      set({ open: { ...open, text } })
      void get().study()
      get().drafts.keep(open.path, draftOf(text, open.base))
    },

    study() {
      isOld = true
      studying ??= studyNewest()
      return studying
    },

    settled: () => studying ?? Promise.resolve(),

    async formatText() {
      const { open } = get()
      if (!open) return
      const { path, text } = open
      const formatted = await language.format({ path, text })
      // What was typed meanwhile is not laid out.
      if (get().open?.path !== path || get().open?.text !== text) return
      if (formatted !== undefined) get().replaceText(formatted)
      set({ notice: { kind: formatted === undefined ? 'cannot-format' : 'formatted' } })
    },
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What is unsaved of a text; nothing where it says what the file says. */
export const draftOf = (text: string, { text: saved, hash }: OpenPolicy['base']): Draft | undefined =>
  text === saved ? undefined : { text, base: { text: saved, hash } }
