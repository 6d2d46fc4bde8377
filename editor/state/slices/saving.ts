// The open text put on disk, and what to do where the file says something else than the text builds on.

import { download } from '../download.ts'
import { joined } from '../join.ts'
import { readPolicy, type StoredPolicy, savePolicy } from '../server.ts'
import type { Notice } from './interface.ts'
import { errorsOf, type OpenPolicy } from './policies.ts'
import type { Slice } from './slice.ts'
import { draftOf } from './text.ts'

export interface SavingSlice {
  /** The file as it is on disk, where somebody else changed the same lines meanwhile. */
  readonly conflict: StoredPolicy | undefined
  /** @param toUtf8 also a file that is GB18030, as UTF-8 */
  save(toUtf8?: boolean): Promise<void>
  /** Takes what somebody else wrote into the file into the text; both are shown where they changed the same lines. */
  mergeDisk(): Promise<void>
  resolveConflict(choice: 'disk' | 'mine' | 'later'): Promise<void>
  discardDraft(): void
  /** Hands the text to the browser as a file that nothing takes for a policy. */
  saveDraftAs(): void
}

export const createSaving: Slice<SavingSlice> = (set, get) => {
  /** The text stays, on the file as it is now: what it says more is a draft. */
  const settle = (path: string, base: OpenPolicy['base'], notice: Notice) => {
    const now = get().open
    if (now?.path !== path) {
      get().drafts.saved(path, { text: base.text, hash: base.hash })
      return
    }
    set({ open: { ...now, base }, seenOnDisk: base.hash, notice, conflict: undefined })
    get().drafts.keep(path, draftOf(now.text, base))
  }

  /** Somebody else wrote the file: joined where each changed lines of its own, and looked at before it is saved. */
  const merge = (open: OpenPolicy, onDisk: StoredPolicy) => {
    const text = joined(open.text, open.base.text, onDisk.text)
    if (text === undefined) {
      set({ conflict: onDisk })
      return
    }
    settle(open.path, onDisk, { kind: 'merged' })
    get().replaceText(text)
  }

  /** Of a draft whose file is gone nothing is left. */
  const giveUp = async (path: string) => {
    get().drafts.keep(path, undefined)
    const others = (get().policies ?? []).filter((other) => other !== path)
    set({ open: undefined, policies: others })
    if (others[0] !== undefined) await get().openPolicy(others[0])
  }

  return {
    conflict: undefined,

    async save(toUtf8 = false) {
      const asked = get().open?.path
      // Whether it has errors is said of the newest text.
      await get().settled()
      const { open } = get()
      // Of a policy that was left meanwhile the draft is kept.
      if (!open || open.path !== asked) return
      if (open.reading.text !== open.text) {
        set({ notice: { kind: 'worker-failed' } })
        return
      }
      const { path, text, base } = open
      const errors = errorsOf(open)
      if (errors > 0) {
        set({ notice: { kind: 'has-errors', count: errors } })
        return
      }
      try {
        const saved = await savePolicy(path, text, base.hash, toUtf8)
        if (saved.kind === 'saved') settle(path, { text, hash: saved.hash }, { kind: toUtf8 ? 'converted' : 'saved' })
        else if (saved.kind === 'gb18030') set({ notice: { kind: 'gb18030' } })
        else if (saved.kind === 'failed' || saved.kind === 'unread') set({ notice: { kind: 'save-failed', reason: saved.reason } })
        // A file that is gone builds on nothing: saving again writes it anew.
        else if (saved.onDisk.hash === '') settle(path, saved.onDisk, { kind: 'file-gone' })
        else {
          const now = get().open
          // Whoever looks at another policy by now is told when they come back.
          if (now?.path === path) merge(now, saved.onDisk)
        }
      } catch {
        set({ notice: { kind: 'server-gone' } })
      }
    },

    async mergeDisk() {
      const { open } = get()
      if (!open) return
      try {
        const onDisk = await readPolicy(open.path)
        const now = get().open
        if (now?.path === open.path) merge(now, onDisk)
      } catch (error) {
        set({ notice: { kind: 'read-failed', reason: error instanceof Error ? error.message : String(error) } })
      }
    },

    async resolveConflict(choice) {
      const { open, conflict } = get()
      set({ conflict: undefined })
      if (!open || !conflict || choice === 'later') return
      set({ open: { ...open, base: conflict }, seenOnDisk: conflict.hash })
      if (choice === 'disk') {
        get().drafts.keep(open.path, undefined)
        get().replaceText(conflict.text)
      } else await get().save()
    },

    saveDraftAs() {
      const { open } = get()
      if (open) download(`${open.path.split('/').at(-1)}.draft`, open.text)
    },

    discardDraft() {
      const { open } = get()
      if (!open) return
      set({ notice: undefined })
      void readPolicy(open.path).then(
        (base) => {
          const now = get().open
          // What was typed meanwhile nobody gave up.
          if (now?.path === open.path && now.text !== open.text) return
          get().drafts.keep(open.path, undefined)
          if (now?.path !== open.path) return
          set({ open: { ...now, base }, seenOnDisk: base.hash })
          get().replaceText(base.text)
        },
        (error: unknown) => (error instanceof TypeError ? set({ notice: { kind: 'server-gone' } }) : giveUp(open.path)),
      )
    },
  }
}
