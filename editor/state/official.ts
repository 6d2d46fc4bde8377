// The right pane's choice, the papers of the official text that the open policy names, and where the cursor stands: apart from the
// studio's own state, so that a moving cursor draws nothing else anew.

import { create } from 'zustand'
import { type ReadPaper, readPaper } from '../../language/coverage/lookup.ts'
import { beside } from './compile.ts'
import { readOfficial } from './server.ts'

interface Official {
  readonly pane: 'person' | 'cases' | 'official'
  /** Offset in the open policy. */
  readonly cursor: number
  /** Paths of the papers; empty when the policy names none. */
  readonly paths: readonly string[]
  /** In the order of the policy; `undefined` while they are being read. */
  readonly papers: readonly ReadPaper[] | undefined
  /** Which paper cannot be read, and why. */
  readonly failure: { readonly path: string; readonly reason: string } | undefined
  choose(pane: 'person' | 'cases' | 'official'): void
  cursorAt(offset: number): void
  /** @param named as 原文 writes them, beside the policy */
  load(policy: string, named: readonly string[]): Promise<void>
}

export const useOfficial = create<Official>((set, get) => ({
  pane: 'person',
  cursor: 0,
  paths: [],
  papers: undefined,
  failure: undefined,

  choose(pane) {
    set({ pane })
  },

  cursorAt(offset) {
    set({ cursor: offset })
  },

  async load(policy, named) {
    const paths = named.map((file) => beside(policy, file))
    set({ paths, papers: undefined, failure: undefined })
    const papers: ReadPaper[] = []
    for (const [i, path] of paths.entries()) {
      try {
        const { text } = await readOfficial(path)
        papers.push(readPaper({ file: named[i] ?? path, text }))
      } catch (error) {
        if (get().paths === paths) set({ failure: { path, reason: error instanceof Error ? error.message : String(error) } })
        return
      }
    }
    if (get().paths === paths) set({ papers })
  },
}))
