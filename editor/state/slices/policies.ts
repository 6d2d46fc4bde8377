// Which policies there are and which one is open, as the server has them.

import { severityOf } from '../../../language/diagnostics/catalogue.ts'
import type { Head } from '../../../language/service/head.ts'
import type { Draft, Person } from '../../desk.ts'
import { caseFileOf } from '../../paths.ts'
import type { Language } from '../../words.ts'
import type { Said, Subject } from '../../worker/protocol.ts'
import { keepPath, keptPath, keptSelected } from '../kept.ts'
import { language } from '../language.ts'
import { listPolicies, readDraft, readPolicy, type StoredPolicy } from '../server.ts'
import { newReplacement } from './editor.ts'
import type { Notice } from './interface.ts'
import { blankPerson } from './people.ts'
import type { Slice } from './slice.ts'

/** With what was said of the newest text that was studied. */
export interface OpenPolicy extends Said {
  readonly path: string
  /** As it was read or saved last. */
  readonly base: StoredPolicy
  readonly text: string
}

export interface PoliciesSlice {
  /** The files of the folder, and drafts of files that are gone. */
  readonly policies: readonly string[] | undefined
  /** Those with unfinished work. */
  readonly unfinished: readonly string[]
  /** What each is called and when it holds, as its file says. */
  readonly heads: Readonly<Record<string, Head>>
  readonly open: OpenPolicy | undefined
  /** Whom the studio chose for the open policy, while nobody is kept of it. */
  readonly unkept: readonly Person[]
  /** The hash of the file on disk that was told last. */
  readonly seenOnDisk: string | undefined
  /** @param wanted the policy that the address names */
  start(wanted: string | undefined): Promise<void>
  openPolicy(path: string): Promise<void>
}

/** What keeps a text from being saved. */
export const errorsOf = ({ reading }: OpenPolicy): number => reading.diagnostics.filter((diagnostic) => severityOf(diagnostic) === 'error').length

export const isDirty = (open: OpenPolicy): boolean => open.text !== open.base.text

const gone: StoredPolicy = { text: '', hash: '' }

export const createPolicies: Slice<PoliciesSlice> = (set, get) => {
  /** Counts openings: of two that overlap, the later one holds. */
  let openings = 0

  /** The file, its draft and its people; a file that is gone lives on in its draft. */
  const readAll = async (path: string) => {
    const [file, kept, people] = await Promise.all([readPolicy(path).catch((error: unknown) => error), get().drafts.open(path), get().peopleKept.open(path)])
    const isThere = !(file instanceof Error)
    if (!isThere && !kept.draft && kept.aside.length === 0) throw file
    return { base: isThere ? (file as StoredPolicy) : gone, isThere, kept, people }
  }

  return {
    policies: undefined,
    unfinished: [],
    heads: {},
    open: undefined,
    unkept: [],
    seenOnDisk: undefined,

    async start(wanted) {
      try {
        const { policies, drafts, heads } = await listPolicies()
        set({ policies, unfinished: drafts, heads })
        const first = [wanted, keptPath()].find((path) => path !== undefined && policies.includes(path)) ?? policies[0]
        if (first !== undefined) await get().openPolicy(first)
      } catch (error) {
        set({ policies: [], notice: { kind: 'read-failed', reason: reasonOf(error) } })
      }
    },

    async openPolicy(path) {
      // Another that was on its way is not wanted any more.
      openings += 1
      if (path === get().open?.path) return
      const opening = openings
      try {
        const { base, isThere, kept, people } = await readAll(path)
        if (opening !== openings) return
        const draft = kept.draft?.text === base.text ? undefined : kept.draft
        const text = draft?.text ?? base.text
        const { typical, ...said } = await language.open({
          ...{ path, text, saved: base.text, language: get().language },
          fileOfCases: await fileOfCases(path, get().policies ?? []),
        })
        if (opening !== openings) return
        const open: OpenPolicy = { path, base: draft ? { ...base, ...draft.base } : base, text, ...said }
        const isChanged = draft !== undefined && draft.base.hash !== base.hash
        set({
          open,
          caseRun: undefined,
          results: new Map(),
          unfinished: marked(get()),
          unkept: people.revision > 0 ? [] : chosen(typical, said, get().language),
          aside: kept.aside,
          seenOnDisk: base.hash,
          replacement: newReplacement(text),
          reveal: undefined,
          beside: undefined,
          item: undefined,
          conflict: undefined,
          notice: noticeOf({ encoding: base.encoding, isThere, isChanged, draft, hasAside: kept.aside.length > 0 }),
        })
        get().showPeople(people, keptSelected(path))
        await get().study()
        if (kept.draft && !draft) get().drafts.keep(path, undefined)
        keepPath(path)
      } catch (error) {
        if (opening === openings) set({ notice: { kind: 'read-failed', reason: reasonOf(error) } })
      }
    },
  }
}

/** Whom a policy starts with. */
const chosen = (typical: readonly Person[], { form }: Said, language: Language): readonly Person[] =>
  typical.length > 0 ? typical : [blankPerson(form, language)]

/** Which policies have unfinished work, now that another one than the open one is looked at. */
function marked({ open, unfinished }: Pick<PoliciesSlice, 'open' | 'unfinished'>): readonly string[] {
  if (!open) return unfinished
  const others = unfinished.filter((path) => path !== open.path)
  return isDirty(open) ? [...others, open.path] : others
}

interface Opened {
  readonly encoding: StoredPolicy['encoding']
  readonly isThere: boolean
  readonly isChanged: boolean
  readonly draft: Draft | undefined
  readonly hasAside: boolean
}

/** What has to be said of a policy as it is opened: the gravest. */
function noticeOf({ encoding, isThere, isChanged, draft, hasAside }: Opened): Notice | undefined {
  if (hasAside) return { kind: 'set-aside' }
  if (!isThere) return { kind: 'file-gone' }
  if (isChanged) return { kind: 'changed-on-disk' }
  if (encoding) return { kind: encoding }
  return draft ? { kind: 'restored' } : undefined
}

/** The file of cases that stands beside a policy, as it is being written; nothing where it cannot be read, which is told when it is opened itself. */
async function fileOfCases(path: string, listed: readonly string[]): Promise<Subject | undefined> {
  const file = caseFileOf(path)
  if (file === undefined || !listed.includes(file)) return undefined
  const [found, kept] = await Promise.all([readPolicy(file).catch(() => undefined), readDraft(file).catch(() => undefined)])
  const text = kept?.draft?.text ?? found?.text
  return text === undefined ? undefined : { path: file, text }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
