// The people of a policy on their way to the server: changes are seen at once, sent a moment later, and made again upon what another page
// changed meanwhile.

import { changePeople, type KeptPeople, type PeopleChange } from '../desk.ts'
import { keepUnsentChanges, takeUnsentChanges } from './kept.ts'
import { readPeople, changePeople as send } from './server.ts'

export interface People {
  open(path: string): Promise<KeptPeople>
  /** Changes them here at once. @returns the people then */
  change(path: string, changes: readonly PeopleChange[]): KeptPeople
  /** Asks the server again, where another page went on or nothing could be sent. */
  refresh(path: string, revision: number): Promise<void>
  leave(): void
}

interface Line {
  /** As the server has them. */
  kept: KeptPeople
  waiting: readonly PeopleChange[]
  timer: ReturnType<typeof setTimeout> | undefined
  sending: Promise<void> | undefined
}

const pause = 200

const seen = ({ kept, waiting }: Line): KeptPeople => waiting.reduce((people, change) => changePeople(people, change, ''), kept)

const newLine = (path: string): Line => ({ kept: { path, revision: 0, people: [], removed: [] }, waiting: [], timer: undefined, sending: undefined })

/** @param changed called where the server’s people are others than were seen here */
export function makePeople(changed: (path: string, people: KeptPeople) => void, failing: (reason: string | undefined) => void): People {
  const lines = new Map<string, Line>()

  /** One at a time: what is on its way is waited for. */
  const flush = (path: string, line: Line): Promise<void> => {
    clearTimeout(line.timer)
    line.timer = undefined
    if (line.waiting.length === 0) return line.sending ?? Promise.resolve()
    line.sending ??= flushNow(path, line).finally(() => {
      line.sending = undefined
    })
    return line.sending
  }

  const flushNow = async (path: string, line: Line): Promise<void> => {
    try {
      while (line.waiting.length > 0) {
        const sent = line.waiting
        line.kept = await send(path, sent)
        line.waiting = line.waiting.slice(sent.length)
      }
      keepUnsentChanges(path, [])
      changed(path, seen(line))
      failing(undefined)
    } catch (error) {
      keepUnsentChanges(path, line.waiting)
      failing(error instanceof TypeError ? 'no-answer' : (error as Error).message)
    }
  }

  return {
    async open(path) {
      const known = lines.get(path)
      if (known) await flush(path, known)
      const line = known ?? newLine(path)
      lines.set(path, line)
      // What could not be sent stays as it is here.
      if (line.waiting.length > 0) return seen(line)
      line.kept = await readPeople(path)
      line.waiting = [...takeUnsentChanges(path), ...line.waiting]
      await flush(path, line)
      return seen(line)
    },

    change(path, changes) {
      const line = lines.get(path) ?? newLine(path)
      lines.set(path, line)
      line.waiting = [...line.waiting, ...changes]
      line.timer ??= setTimeout(() => void flush(path, line), pause)
      return seen(line)
    },

    async refresh(path, revision) {
      const line = lines.get(path)
      if (!line) return
      if (line.waiting.length > 0) return flush(path, line)
      if (line.kept.revision === revision || line.sending) return
      const kept = await readPeople(path)
      if (line.waiting.length > 0 || line.sending) return
      line.kept = kept
      changed(path, kept)
    },

    leave() {
      for (const [path, { waiting }] of lines) {
        if (waiting.length === 0) continue
        void send(path, waiting).catch(() => keepUnsentChanges(path, waiting))
      }
    },
  }
}
