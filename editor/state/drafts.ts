// Unsaved texts on their way to the server: sent a moment after a key, one at a time, and joined with what another page wrote meanwhile.
// Until the server has one, this browser keeps it as well: a server that is gone or a full disk loses nothing.

import type { Draft, KeptDraft } from '../desk.ts'
import { joined } from './join.ts'
import { keepUnsent, unsent } from './kept.ts'
import { putDraft, readDraft, setAside } from './server.ts'

/** What a draft on its way comes upon. */
export interface Told {
  /** Another page's draft was joined with this one, or takes its place; `undefined` where it saved or gave up its own. */
  replaced(path: string, draft: Draft | undefined): void
  /** Both changed the same: the other page's stays, this page's was set aside. */
  setAside(path: string, kept: KeptDraft): void
  /** It cannot be kept just now, and why; `undefined` once it is. */
  failing(reason: string | undefined): void
}

/** A policy's draft: as the server has it, and as it should have it. */
interface Line {
  revision: number
  kept: Draft | undefined
  wanted: Draft | undefined
  timer: ReturnType<typeof setTimeout> | undefined
  sending: boolean
}

/** Milliseconds after a key. */
const pause = 200

const isSame = (a: Draft | undefined, b: Draft | undefined) => a?.text === b?.text && a?.base.hash === b?.base.hash

export interface Drafts {
  /** As the server has it, with what this browser could not send before. */
  open(path: string): Promise<KeptDraft>
  /** @param draft `undefined` where nothing is unsaved any more */
  keep(path: string, draft: Draft | undefined): void
  /** Asks the server again, where another page went on or nothing could be sent. */
  refresh(path: string, revision: number): Promise<void>
  /** The page goes away: what is not sent yet is sent at once. */
  leave(): void
}

/** A browser lets only small requests outlive their page; a larger text it keeps itself until it is opened again. */
const outlives = (draft: Draft | undefined) => JSON.stringify(draft ?? null).length < 20_000

const keepHere = (path: string, { wanted, revision }: Line) => keepUnsent(path, wanted && { draft: wanted, from: revision })

export function makeDrafts(tell: Told): Drafts {
  const lines = new Map<string, Line>()

  const lineOf = (path: string): Line => {
    const line = lines.get(path) ?? { revision: 0, kept: undefined, wanted: undefined, timer: undefined, sending: false }
    lines.set(path, line)
    return line
  }

  const take = (line: Line, { revision, draft }: KeptDraft) => {
    line.revision = revision
    line.kept = draft
  }

  const later = (path: string, line: Line) => {
    line.timer ??= setTimeout(() => void send(path, line), pause)
  }

  const send = async (path: string, line: Line): Promise<void> => {
    clearTimeout(line.timer)
    line.timer = undefined
    if (line.sending || isSame(line.wanted, line.kept)) return
    line.sending = true
    const sent = line.wanted
    try {
      const answer = await putDraft(path, sent, line.revision, false)
      if (answer.kind === 'kept') Object.assign(line, { revision: answer.revision, kept: sent })
      else await settle(path, line, answer)
      if (isSame(line.wanted, line.kept)) keepUnsent(path, undefined)
      tell.failing(undefined)
    } catch (error) {
      keepHere(path, line)
      tell.failing(error instanceof TypeError ? 'no-answer' : (error as Error).message)
      return
    } finally {
      line.sending = false
    }
    if (!isSame(line.wanted, line.kept)) later(path, line)
  }

  /** Another page was quicker. */
  const settle = async (path: string, line: Line, answer: KeptDraft): Promise<void> => {
    const [before, mine] = [line.kept, line.wanted]
    const theirs = answer.draft
    take(line, answer)
    if (!theirs || !mine) return
    const text = before && before.base.hash === theirs.base.hash ? joined(mine.text, before.text, theirs.text) : joined(mine.text, mine.base.text, theirs.text)
    if (text !== undefined) {
      line.wanted = { text, base: theirs.base }
      tell.replaced(path, line.wanted)
      return
    }
    const kept = await setAside(path, mine)
    take(line, kept)
    line.wanted = kept.draft
    tell.replaced(path, kept.draft)
    tell.setAside(path, kept)
  }

  return {
    async open(path) {
      const line = lineOf(path)
      // What is on its way goes first.
      if (!isSame(line.wanted, line.kept)) await send(path, line)
      let kept = await readDraft(path)
      const waiting = unsent(path)
      if (waiting && waiting.draft.text !== kept.draft?.text) {
        const answer = await putDraft(path, waiting.draft, waiting.from, true)
        kept = await readDraft(path)
        if (answer.kind === 'behind') tell.setAside(path, kept)
      }
      keepUnsent(path, undefined)
      take(line, kept)
      line.wanted = kept.draft
      return kept
    },

    keep(path, draft) {
      const line = lineOf(path)
      line.wanted = draft
      if (isSame(line.wanted, line.kept)) return
      later(path, line)
    },

    async refresh(path, revision) {
      const line = lineOf(path)
      if (!isSame(line.wanted, line.kept)) return send(path, line)
      if (revision === line.revision || line.sending) return
      const before = line.kept
      const kept = await readDraft(path)
      if (!isSame(line.wanted, line.kept) || line.kept !== before) return
      take(line, kept)
      line.wanted = kept.draft
      if (!isSame(before, kept.draft)) tell.replaced(path, kept.draft)
    },

    leave() {
      for (const [path, line] of lines) {
        if (isSame(line.wanted, line.kept)) continue
        if (outlives(line.wanted)) void putDraft(path, line.wanted, line.revision, true).catch(() => keepHere(path, line))
        else keepHere(path, line)
      }
    },
  }
}
