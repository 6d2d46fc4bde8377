// The right pane's choice, the official text that the open policy names, and where the cursor stands: apart from the
// studio's own state, so that a moving cursor draws nothing else anew.

import { create } from 'zustand'
import { readOfficial } from './server.ts'
import { beside } from './texts.ts'

interface Official {
  readonly pane: 'person' | 'official'
  /** Offset in the open policy. */
  readonly cursor: number
  /** Path of the text; empty when the policy names none. */
  readonly path: string
  /** `undefined` while it is being read. */
  readonly text: string | undefined
  /** Why it cannot be read. */
  readonly failure: string | undefined
  choose(pane: 'person' | 'official'): void
  cursorAt(offset: number): void
  /** @param named as 原文 writes it, beside the policy */
  load(policy: string, named: string): Promise<void>
}

export const useOfficial = create<Official>((set, get) => ({
  pane: 'person',
  cursor: 0,
  path: '',
  text: undefined,
  failure: undefined,

  choose(pane) {
    set({ pane })
  },

  cursorAt(offset) {
    set({ cursor: offset })
  },

  async load(policy, named) {
    const path = named === '' ? '' : beside(policy, named)
    set({ path, text: undefined, failure: undefined })
    if (path === '') return
    try {
      const { text } = await readOfficial(path)
      if (get().path === path) set({ text })
    } catch (error) {
      if (get().path === path) set({ failure: error instanceof Error ? error.message : String(error) })
    }
  },
}))
