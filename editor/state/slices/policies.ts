// Which policies there are and which one is open, as the server has them.

import type { Compiled } from '../../../language/compile.ts'
import type { Policy } from '../../../runtime/ir/schema.ts'
import { flushDraft } from '../drafts.ts'
import { type Draft, keepPath, keptDraft, keptPath, keptSamples } from '../kept.ts'
import { firstSample, resultsOf } from '../results.ts'
import { listPolicies, readPolicy, type StoredPolicy } from '../server.ts'
import { casesBeside, compileAfresh, compileFile } from '../texts.ts'
import { newReplacement } from './editor.ts'
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
  readonly policies: readonly string[] | undefined
  readonly open: OpenPolicy | undefined
  start(): Promise<void>
  openPolicy(path: string): Promise<void>
  /** Takes what changed on disk meanwhile: new files, and the open one where nothing unsaved stands against it. */
  refresh(): Promise<void>
}

export const isDirty = (open: OpenPolicy): boolean => open.text !== open.base.text

export const createPolicies: Slice<PoliciesSlice> = (set, get) => {
  /** Counts openings: of two that overlap, the later one holds. */
  let openings = 0

  return {
    policies: undefined,
    open: undefined,

    async start() {
      try {
        const policies = await listPolicies()
        set({ policies })
        const kept = keptPath()
        const first = kept !== undefined && policies.includes(kept) ? kept : policies[0]
        if (first !== undefined) await get().openPolicy(first)
      } catch (error) {
        set({ policies: [], notice: { kind: 'read-failed', reason: reasonOf(error) } })
      }
    },

    async openPolicy(path) {
      openings += 1
      const opening = openings
      try {
        const base = await readPolicy(path)
        // What was written a moment ago may be of this very file.
        flushDraft()
        const draft = unsavedDraft(path, base)
        const text = draft?.text ?? base.text
        const beside = await casesBeside(path, get().policies ?? [])
        const compiled = await compileAfresh(text, path, get().policies ?? [])
        if (opening !== openings) return
        const open = openedPolicy(path, base, draft, compiled)
        const first = firstSample(open.scoring, [...compiled.cases, ...beside], get().language)
        const { list, selected } = keptSamples(path) ?? { list: [first], selected: first.id }
        set({
          open,
          samples: list,
          selected,
          results: resultsOf(open.scoring, list),
          replacement: newReplacement(text),
          reveal: undefined,
          conflict: undefined,
          notice: base.encoding ? { kind: base.encoding } : draft ? { kind: 'restored' } : undefined,
        })
        keepPath(path)
      } catch (error) {
        set({ notice: { kind: 'read-failed', reason: reasonOf(error) } })
      }
    },

    async refresh() {
      const before = get().open
      try {
        set({ policies: await listPolicies() })
        if (!before || isDirty(before)) return
        const base = await readPolicy(before.path)
        const now = get().open
        if (now?.path !== before.path || isDirty(now) || base.hash === now.base.hash) return
        set({ open: { ...now, base }, ...(base.encoding ? { notice: { kind: base.encoding } } : {}) })
        get().replaceText(base.text)
      } catch {
        // A server that is gone, or a file, is told when it is needed.
      }
    },
  }
}

/** The draft kept of a policy, where it says something else than the file. */
function unsavedDraft(path: string, base: StoredPolicy): Draft | undefined {
  const draft = keptDraft(path)
  return draft?.text === base.text ? undefined : draft
}

/** A draft that builds on an older file keeps that file's hash: saving it then finds the conflict. */
function openedPolicy(path: string, base: StoredPolicy, draft: Draft | undefined, compiled: Compiled): OpenPolicy {
  return {
    path,
    base: draft ? { ...base, hash: draft.base } : base,
    text: draft?.text ?? base.text,
    compiled,
    scoring: compiled.policy ?? compileFile(base.text, path).policy,
    stale: compiled.policy === undefined,
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
