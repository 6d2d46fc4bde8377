// What becomes of the official text that the open policy names, and where the cursor stands: apart from the
// studio's own state, so that a moving cursor draws nothing else anew.

import { create } from 'zustand'
import type { Covered, Subject } from '../worker/protocol.ts'
import { language } from './language.ts'

interface Official {
  /** Offset in the open policy. */
  readonly cursor: number
  /** Of the policy with this path; `undefined` while it is being read. */
  readonly covered: { readonly path: string; readonly found: Covered } | undefined
  cursorAt(offset: number): void
  load(subject: Subject): Promise<void>
}

export const useOfficial = create<Official>((set) => {
  let asking = false
  let waiting: Subject | undefined

  return {
    cursor: 0,
    covered: undefined,

    cursorAt(offset) {
      set({ cursor: offset })
    },

    async load(subject) {
      waiting = subject
      if (asking) return
      asking = true
      while (waiting) {
        const { path, text }: Subject = waiting
        waiting = undefined
        const found = await language.coverage({ path, text })
        set({ covered: { path, found } })
      }
      asking = false
    },
  }
})
