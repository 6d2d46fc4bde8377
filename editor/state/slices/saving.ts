// The open text put on disk, and what to do where the file says something else than the text builds on.

import { flushDraft } from '../drafts.ts'
import { keepDraft } from '../kept.ts'
import { readPolicy, type StoredPolicy, savePolicy } from '../server.ts'
import type { Notice } from './interface.ts'
import type { Slice } from './slice.ts'

export interface SavingSlice {
  /** The file as it is on disk, where somebody else wrote it meanwhile. */
  readonly conflict: StoredPolicy | undefined
  /** @param toUtf8 also a file that is GB18030, as UTF-8 */
  save(toUtf8?: boolean): Promise<void>
  resolveConflict(choice: 'disk' | 'mine' | 'later'): Promise<void>
  discardDraft(): void
}

export const createSaving: Slice<SavingSlice> = (set, get) => {
  /** What was written meanwhile stays a draft, on the file as it was saved. */
  const settle = (path: string, { text, hash }: StoredPolicy, notice: Notice) => {
    const now = get().open
    if (now?.path !== path) return
    set({ open: { ...now, base: { text, hash } }, notice, conflict: undefined })
    flushDraft()
    keepDraft(path, now.text === text ? undefined : { text: now.text, base: hash })
  }

  /** A file that is gone builds on nothing: saving again writes it anew. */
  const fileGone = (path: string, base: StoredPolicy) => {
    const now = get().open
    set({ open: now?.path === path ? { ...now, base } : now, notice: { kind: 'file-gone' } })
  }

  return {
    conflict: undefined,

    async save(toUtf8 = false) {
      const { open } = get()
      if (!open) return
      const { path, text, base } = open
      try {
        const saved = await savePolicy(path, text, base.hash, toUtf8)
        if (saved.kind === 'saved') settle(path, { text, hash: saved.hash }, { kind: toUtf8 ? 'converted' : 'saved' })
        else if (saved.kind === 'gb18030') set({ notice: { kind: 'gb18030' } })
        else if (saved.kind === 'failed' || saved.kind === 'unread') set({ notice: { kind: 'save-failed', reason: saved.reason } })
        else if (saved.onDisk.hash === '') fileGone(path, saved.onDisk)
        else set({ conflict: saved.onDisk })
      } catch {
        set({ notice: { kind: 'server-gone' } })
      }
    },

    async resolveConflict(choice) {
      const { open, conflict } = get()
      set({ conflict: undefined })
      if (!open || !conflict) return
      if (choice === 'disk') {
        set({ open: { ...open, base: conflict } })
        keepDraft(open.path, undefined)
        get().replaceText(conflict.text)
      } else if (choice === 'mine') {
        set({ open: { ...open, base: conflict } })
        await get().save()
      }
    },

    discardDraft() {
      const { open } = get()
      if (!open) return
      flushDraft()
      keepDraft(open.path, undefined)
      set({ notice: undefined })
      void readPolicy(open.path).then(
        (base) => {
          set({ open: { ...open, base } })
          get().replaceText(base.text)
        },
        () => set({ notice: { kind: 'server-gone' } }),
      )
    },
  }
}
