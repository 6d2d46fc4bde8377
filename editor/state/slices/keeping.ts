// Unfinished work between this page, the server and other pages: drafts are sent as one writes, and what changed elsewhere is taken.

import type { Aside, Draft } from '../../desk.ts'
import { type Drafts, makeDrafts } from '../drafts.ts'
import { dropAside, listPolicies, readPolicy, readStanding } from '../server.ts'
import { isDirty } from './policies.ts'
import type { Slice } from './slice.ts'
import { draftOf } from './text.ts'

type Kept = 'server' | 'drafts' | 'people'

export interface KeepingSlice {
  readonly drafts: Drafts
  /** Why unfinished work cannot be kept just now, by what fails. */
  readonly failing: Readonly<Partial<Record<Kept, string | undefined>>>
  /** Drafts of the open policy that could not be joined with another page's. */
  readonly aside: readonly Aside[]
  /** @param reason `undefined` once it can */
  keepingFails(what: Kept, reason: string | undefined): void
  /** Takes what changed elsewhere of the open policy: other pages' drafts and people, the file on disk. */
  look(): Promise<void>
  /** As `look`, and new files. */
  refresh(): Promise<void>
  /** The page goes away. */
  leave(): void
  /** Puts a draft that was set aside in the place of the text. */
  takeAside(id: string): Promise<void>
  dropAside(id: string): Promise<void>
}

export const createKeeping: Slice<KeepingSlice> = (set, get) => {
  let looking = false

  const takeDraft = (path: string, { text, base }: Draft) => {
    const { open } = get()
    if (open?.path !== path) return
    // Where the draft builds on an older file, that is told anew.
    set({ open: { ...open, base }, seenOnDisk: undefined })
    get().replaceText(text)
  }

  /** Another page saved or gave up its draft: the file holds, unless somebody typed on meanwhile or it cannot be read. */
  const takeSaved = async (path: string) => {
    const before = get().open
    if (before?.path !== path) return
    const base = await readPolicy(path).catch(() => undefined)
    const now = get().open
    if (!base || now?.path !== path) return
    set({ open: { ...now, base }, seenOnDisk: base.hash })
    if (now.text === before.text) get().replaceText(base.text)
    else get().drafts.keep(path, draftOf(now.text, base))
  }

  const list = async () => {
    const { policies, drafts, heads } = await listPolicies()
    set({ policies, unfinished: drafts, heads })
  }

  /** The file as somebody else wrote it: taken where nothing unsaved stands against it, otherwise told. */
  const takeFile = async (hash: string) => {
    const before = get().open
    if (!before || hash === before.base.hash || hash === get().seenOnDisk) return
    if (isDirty(before)) {
      set({ seenOnDisk: hash, notice: { kind: hash === '' ? 'file-gone' : 'changed-on-disk' } })
      return
    }
    // A file that is gone leaves its text to the page.
    if (hash === '') {
      set({ open: { ...before, base: { text: '', hash: '' } }, notice: { kind: 'file-gone' } })
      get().drafts.keep(before.path, { text: before.text, base: { text: '', hash: '' } })
      return
    }
    const base = await readPolicy(before.path)
    const now = get().open
    if (now?.path !== before.path || isDirty(now)) return
    set({ open: { ...now, base }, ...(base.encoding ? { notice: { kind: base.encoding } } : {}) })
    get().replaceText(base.text)
  }

  return {
    failing: {},
    aside: [],
    drafts: makeDrafts({
      replaced: (path, draft) => (draft ? takeDraft(path, draft) : void takeSaved(path)),
      setAside: (path, { aside }) => {
        if (path === get().open?.path) set({ aside, notice: { kind: 'set-aside' } })
      },
      failing: (reason) => get().keepingFails('drafts', reason),
    }),

    keepingFails(what, reason) {
      const { failing } = get()
      if (failing[what] !== reason) set({ failing: { ...failing, [what]: reason } })
    },

    async look() {
      const { open } = get()
      if (!open || looking) return
      looking = true
      try {
        const { hash, draft, people } = await readStanding(open.path)
        get().keepingFails('server', undefined)
        await get().drafts.refresh(open.path, draft)
        await get().peopleKept.refresh(open.path, people)
        // What was saved from here meanwhile is no change of somebody else's.
        if (get().open?.path === open.path && get().open?.base === open.base) await takeFile(hash)
      } catch (error) {
        if (error instanceof TypeError) get().keepingFails('server', 'no-answer')
      } finally {
        looking = false
      }
    },

    async refresh() {
      await get().look()
      await list().catch(() => undefined)
    },

    leave() {
      get().drafts.leave()
      get().peopleKept.leave()
    },

    async takeAside(id) {
      const { open, aside } = get()
      const found = aside.find((each) => each.id === id)
      if (!open || !found) return
      get().replaceText(found.draft.text)
      await get().dropAside(id)
    },

    async dropAside(id) {
      const { open } = get()
      if (!open) return
      const { aside, revision } = await dropAside(open.path, id)
      set({ aside })
      await get().drafts.refresh(open.path, revision)
    },
  }
}
