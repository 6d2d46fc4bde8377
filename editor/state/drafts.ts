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
  /** What is on its way. */
  sending: Promise<void> | undefined
  /** Sent without an answer: the server may have taken one of them. */
  unanswered: readonly (Draft | undefined)[]
}

/** Milliseconds after a key. */
const pause = 200

const isSame = (a: Draft | undefined, b: Draft | undefined) => a?.text === b?.text && a?.base.hash === b?.base.hash

export interface Drafts {
  /** As the server has it, with what this browser could not send before. */
  open(path: string): Promise<KeptDraft>
  /** @param draft `undefined` where nothing is unsaved any more */
  keep(path: string, draft: Draft | undefined): void
  /** A file was saved while another policy is looked at: what its draft says more builds on that. */
  saved(path: string, base: Draft['base']): void
  /** Asks the server again, where another page went on or nothing could be sent. */
  refresh(path: string, revision: number): Promise<void>
  /** The page goes away: what is not sent yet is sent at once. */
  leave(): void
}

/** A browser lets only small requests outlive their page; a larger text it keeps itself until it is opened again. */
const outlives = (draft: Draft | undefined) => JSON.stringify(draft ?? null).length < 20_000

const keepHere = (path: string, { wanted, revision }: Line) => keepUnsent(path, wanted && { draft: wanted, from: revision })

/** The server's draft, once it has what this browser could not send before: that is set aside where another page went on since. */
async function readWithUnsent(path: string): Promise<KeptDraft> {
  for (const { value, forget } of unsent(path)) {
    await putDraft(path, value.draft, value.from, true)
    forget()
  }
  return readDraft(path)
}

const newLine = (): Line => ({ revision: 0, kept: undefined, wanted: undefined, timer: undefined, sending: undefined, unanswered: [] })

function take(line: Line, { revision, draft }: KeptDraft) {
  line.revision = revision
  line.kept = draft
}

export function makeDrafts(tell: Told): Drafts {
  const lines = new Map<string, Line>()

  const lineOf = (path: string): Line => {
    const line = lines.get(path) ?? newLine()
    lines.set(path, line)
    return line
  }

  /** One at a time: what is on its way is waited for. */
  const send = (path: string, line: Line): Promise<void> => {
    clearTimeout(line.timer)
    line.timer = undefined
    if (isSame(line.wanted, line.kept)) return line.sending ?? Promise.resolve()
    line.sending ??= sendNow(path, line).finally(() => {
      line.sending = undefined
    })
    return line.sending
  }

  const sendNow = async (path: string, line: Line): Promise<void> => {
    try {
      while (!isSame(line.wanted, line.kept)) {
        const sent = line.wanted
        line.unanswered = [...line.unanswered, sent]
        const answer = await putDraft(path, sent, line.revision, false)
        // What this page wrote itself is not another's.
        const isMine = answer.kind === 'behind' && line.unanswered.some((each) => each && isSame(each, answer.draft))
        line.unanswered = []
        if (isMine) take(line, answer)
        else if (answer.kind === 'kept') Object.assign(line, { revision: answer.revision, kept: sent })
        else await settle(path, line, answer)
      }
      keepUnsent(path, undefined)
      tell.failing(undefined)
    } catch (error) {
      keepHere(path, line)
      tell.failing(error instanceof TypeError ? 'no-answer' : (error as Error).message)
    }
  }

  /** Another page was quicker. */
  const settle = async (path: string, line: Line, answer: KeptDraft): Promise<void> => {
    const [before, mine] = [line.kept, line.wanted]
    const theirs = answer.draft
    take(line, answer)
    if (!theirs) return
    if (!mine) {
      // Saved or given up here, while another page went on: that is not given up with it.
      line.wanted = theirs
      tell.replaced(path, theirs)
      return
    }
    const text = before && before.base.hash === theirs.base.hash ? joined(mine.text, before.text, theirs.text) : joined(mine.text, mine.base.text, theirs.text)
    if (text !== undefined) {
      line.wanted = { text, base: theirs.base }
      tell.replaced(path, line.wanted)
      return
    }
    // What is typed while it is set aside belongs to it.
    let [aside, kept] = [mine, await setAside(path, mine)]
    while (line.wanted && line.wanted !== aside) [aside, kept] = [line.wanted, await setAside(path, line.wanted)]
    take(line, kept)
    line.wanted = kept.draft
    tell.replaced(path, kept.draft)
    tell.setAside(path, kept)
  }

  return {
    async open(path) {
      const line = lineOf(path)
      // What is on its way goes first; what the server does not take stays as it is here.
      await send(path, line)
      if (!isSame(line.wanted, line.kept)) return { path, revision: line.revision, at: '', ...(line.wanted ? { draft: line.wanted } : {}), aside: [] }
      const kept = await readWithUnsent(path)
      take(line, kept)
      line.wanted = kept.draft
      return kept
    },

    keep(path, draft) {
      const line = lineOf(path)
      line.wanted = draft
      if (isSame(line.wanted, line.kept)) return
      line.timer ??= setTimeout(() => void send(path, line), pause)
    },

    saved(path, base) {
      const { wanted } = lineOf(path)
      this.keep(path, wanted && wanted.text !== base.text ? { text: wanted.text, base } : undefined)
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
