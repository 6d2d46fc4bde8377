// Which policies there are and which one is open, as the server has them.

import type { Compiled } from '../../../language/compile.ts'
import { severityOf } from '../../../language/diagnostics/catalogue.ts'
import type { Head } from '../../../language/service/head.ts'
import type { Policy } from '../../../runtime/ir/schema.ts'
import type { Draft, Person } from '../../desk.ts'
import { keepPath, keptPath, keptSelected } from '../kept.ts'
import { firstPerson } from '../results.ts'
import { listPolicies, readPolicy, type StoredPolicy } from '../server.ts'
import { casesBeside, compileAfresh, compileFile } from '../texts.ts'
import { newReplacement } from './editor.ts'
import type { Notice } from './interface.ts'
import type { Slice } from './slice.ts'

export interface OpenPolicy {
  readonly path: string
  /** As it was read or saved last. */
  readonly base: StoredPolicy
  readonly text: string
  readonly compiled: Compiled
  /** The newest version without errors: what samples are scored by. */
  readonly scoring: Policy | undefined
  /** Whether `scoring` is of an older text than the one in the editor. */
  readonly stale: boolean
}

export interface PoliciesSlice {
  /** The files of the folder, and drafts of files that are gone. */
  readonly policies: readonly string[] | undefined
  /** Those with unfinished work. */
  readonly unfinished: readonly string[]
  /** What each is called and when it holds, as its file says. */
  readonly heads: Readonly<Record<string, Head>>
  readonly open: OpenPolicy | undefined
  /** Whom the studio made up for the open policy, while nobody is kept of it. */
  readonly unkept: Person | undefined
  /** The hash of the file on disk that was told last. */
  readonly seenOnDisk: string | undefined
  /** @param wanted the policy that the address names */
  start(wanted: string | undefined): Promise<void>
  openPolicy(path: string): Promise<void>
}

/** What keeps a text from being saved. */
export const errorsOf = ({ compiled }: OpenPolicy): number => compiled.diagnostics.filter((diagnostic) => severityOf(diagnostic) === 'error').length

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
    unkept: undefined,
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
      openings += 1
      const opening = openings
      try {
        const { base, isThere, kept, people } = await readAll(path)
        const draft = kept.draft?.text === base.text ? undefined : kept.draft
        const text = draft?.text ?? base.text
        const beside = await casesBeside(path, get().policies ?? [])
        const compiled = await compileAfresh(text, path, get().policies ?? [])
        if (opening !== openings) return
        const open = openedPolicy(path, base, draft, compiled)
        const isChanged = draft !== undefined && draft.base.hash !== base.hash
        set({
          open,
          beside,
          caseRun: undefined,
          unfinished: marked(get()),
          unkept: people.revision === 0 ? firstPerson(open.scoring, [...compiled.cases, ...(beside?.cases ?? [])], get().language) : undefined,
          aside: kept.aside,
          seenOnDisk: base.hash,
          replacement: newReplacement(text),
          reveal: undefined,
          conflict: undefined,
          notice: noticeOf({ encoding: base.encoding, isThere, isChanged, draft, hasAside: kept.aside.length > 0 }),
        })
        get().showPeople(people, keptSelected(path))
        get().runCases()
        if (kept.draft && !draft) get().drafts.keep(path, undefined)
        keepPath(path)
      } catch (error) {
        set({ notice: { kind: 'read-failed', reason: reasonOf(error) } })
      }
    },
  }
}

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

/** A draft builds on the file as it was: saving it then finds what changed since. */
function openedPolicy(path: string, file: StoredPolicy, draft: Draft | undefined, compiled: Compiled): OpenPolicy {
  return {
    path,
    base: draft ? { ...file, ...draft.base } : file,
    text: draft?.text ?? file.text,
    compiled,
    scoring: compiled.policy ?? compileFile(file.text, path).policy,
    stale: compiled.policy === undefined,
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
