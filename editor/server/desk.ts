// Keeps drafts and people of one folder's policies in the user's state folder: readable by the user alone, outside of the policies, the
// same for every browser and port.

import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, realpathSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, sep } from 'node:path'
import type { z } from 'zod'
import { leadsTo, writeWhole } from '../../runtime/files/whole-file.ts'
import { type Aside, changePeople, type Draft, type KeptDraft, type KeptPeople, keptDraftSchema, keptPeopleSchema, type PeopleChange } from '../desk.ts'
import { inTurn } from './turns.ts'

export type KeptAnswer = { readonly kind: 'kept'; readonly revision: number } | ({ readonly kind: 'behind' } & KeptDraft)

export interface Desk {
  readonly folder: string
  /** Paths of the policies that have a draft. */
  drafts(): Promise<readonly string[]>
  draft(path: string): Promise<KeptDraft>
  /**
   * @param draft `undefined` where nothing is unsaved any more
   * @param from the revision that it builds on; another page may have gone on since
   * @param leaves whether the page goes away and cannot join the two: then a draft that comes too late is set aside, and kept in this way
   */
  keepDraft(path: string, draft: Draft | undefined, from: number, leaves: boolean): Promise<KeptAnswer>
  setAside(path: string, draft: Draft): Promise<KeptDraft>
  dropAside(path: string, id: string): Promise<KeptDraft>
  people(path: string): Promise<KeptPeople>
  changePeople(path: string, changes: readonly PeopleChange[]): Promise<KeptPeople>
}

/** Where the user's programs keep their state, as the system has it. */
function stateHome(): string {
  const { HENG_STATE, XDG_STATE_HOME, LOCALAPPDATA } = process.env
  if (HENG_STATE) return HENG_STATE
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'heng')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'heng')
  return join(XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'heng')
}

const nameOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24)

/** The folder for what belongs to the policies of `folder`; `undefined` where it would lie among them. */
export function stateFolder(folder: string, home: string = stateHome()): string | undefined {
  const policies = realpathSync(folder)
  const state = leadsTo(join(home, 'studio', nameOf(policies)))
  return `${state}${sep}`.startsWith(policies.endsWith(sep) ? policies : `${policies}${sep}`) ? undefined : state
}

/** @param folder as `stateFolder` gives it; it is made where it is not there */
export function openDesk(folder: string): Desk {
  const [drafts, people] = ['drafts', 'people'].map((name) => {
    const inside = join(folder, name)
    mkdirSync(inside, { recursive: true, mode: 0o700 })
    return inside
  }) as [string, string]
  if (process.platform !== 'win32') chmodSync(folder, 0o700)

  const fileOf = (kind: string, path: string) => join(kind, `${nameOf(path)}.json`)
  const write = (kind: string, kept: KeptDraft | KeptPeople) => writeWhole(fileOf(kind, kept.path), `${JSON.stringify(kept)}\n`, 0o600)

  const draftOf = async (path: string): Promise<KeptDraft> => (await read(fileOf(drafts, path), keptDraftSchema)) ?? { path, revision: 0, at: '', aside: [] }
  const peopleOf = async (path: string): Promise<KeptPeople> =>
    (await read(fileOf(people, path), keptPeopleSchema)) ?? { path, revision: 0, people: [], removed: [] }

  const changeDraft = (path: string, change: (kept: KeptDraft) => Partial<KeptDraft> | undefined) =>
    inTurn(fileOf(drafts, path), async () => {
      const kept = await draftOf(path)
      const changed = change(kept)
      if (changed === undefined) return { kept, isChanged: false }
      const next = { ...kept, ...changed, revision: kept.revision + 1, at: now() }
      await write(drafts, next)
      return { kept: next, isChanged: true }
    })
  const aside = (draft: Draft): Aside => ({ id: crypto.randomUUID(), at: now(), draft })

  return {
    folder,
    draft: draftOf,
    people: peopleOf,

    async drafts() {
      const names = (await readdir(drafts)).filter((name) => name.endsWith('.json'))
      const kept = await Promise.all(names.map((name) => read(join(drafts, name), keptDraftSchema)))
      return kept.flatMap((each) => (each && (each.draft || each.aside.length > 0) ? [each.path] : [])).sort()
    },

    async keepDraft(path, draft, from, leaves) {
      const { kept, isChanged } = await changeDraft(path, (before) => {
        if (before.revision === from) return { draft }
        return leaves && draft && draft.text !== before.draft?.text ? { aside: [...before.aside, aside(draft)] } : undefined
      })
      return isChanged ? { kind: 'kept', revision: kept.revision } : { kind: 'behind', ...kept }
    },

    async setAside(path, draft) {
      return (await changeDraft(path, (before) => ({ aside: [...before.aside, aside(draft)] }))).kept
    },

    async dropAside(path, id) {
      return (await changeDraft(path, (before) => ({ aside: before.aside.filter((other) => other.id !== id) }))).kept
    },

    changePeople: (path, changes) =>
      inTurn(fileOf(people, path), async () => {
        const before = await peopleOf(path)
        const after = changes.reduce((kept, change) => changePeople(kept, change, now()), before)
        if (after === before) return before
        const next = { ...after, revision: before.revision + 1 }
        await write(people, next)
        return next
      }),
  }
}

const now = (): string => new Date().toISOString()

/** What is there and cannot be read is put beside, under a name of its own: it is not written over. */
async function read<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const parsed = schema.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  await writeWhole(`${file}.unread`, text, 0o600)
  await rm(file)
  return undefined
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
