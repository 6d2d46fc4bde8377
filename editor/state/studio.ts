// The studio's state: which policy is open, its text as it is being written, what compiling it says, and the samples with
// their results. Everything that can be derived is derived here, once for each change.

import { create } from 'zustand'
import type { Compiled } from '../../language/compile.ts'
import { format } from '../../language/format/format.ts'
import { insertCase } from '../../language/service/insert-case.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { openDates } from '../../runtime/run.ts'
import type { Language } from '../words.ts'
import { flushDraft, scheduleDraft } from './drafts.ts'
import { keepDraft, keepLanguage, keepPath, keepSamples, keptDraft, keptLanguage, keptPath, keptSamples, type Sample } from './kept.ts'
import { defaultDates, expectedFigures, firstSample, type Result, resultOf, scenarioOf } from './results.ts'
import { listPolicies, readPolicy, type StoredPolicy, savePolicy } from './server.ts'
import { casesBeside, compileAfresh, compileFile, fetchMissing } from './texts.ts'

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

export type Notice =
  | { readonly kind: 'restored' | 'formatted' | 'cannot-format' | 'saved-as-case' | 'cannot-save-as-case' | 'saved' | 'server-gone' | 'file-gone' | 'no-dates' }
  | { readonly kind: 'save-failed' | 'read-failed'; readonly reason: string }

/** A whole new text for the editor, put in as a small edit; `sequence` tells one from the next. */
export interface Replacement {
  readonly text: string
  readonly sequence: number
}

/** A place for the editor to show. */
export interface Reveal {
  readonly start: number
  readonly end: number
  readonly sequence: number
}

interface Studio {
  readonly language: Language
  readonly policies: readonly string[] | undefined
  readonly open: OpenPolicy | undefined
  readonly samples: readonly Sample[]
  readonly selected: string
  readonly results: ReadonlyMap<string, Result>
  readonly conflict: StoredPolicy | undefined
  readonly notice: Notice | undefined
  readonly replacement: Replacement | undefined
  readonly reveal: Reveal | undefined
  start(): Promise<void>
  openPolicy(path: string): Promise<void>
  /** Takes what changed on disk meanwhile: new files, and the open one where nothing unsaved stands against it. */
  refresh(): Promise<void>
  setLanguage(language: Language): void
  /** The editor's text changed. */
  textChanged(text: string): void
  save(): Promise<void>
  formatText(): void
  resolveConflict(choice: 'disk' | 'mine' | 'later'): Promise<void>
  discardDraft(): void
  show(span: { start: number; end: number }): void
  /** Shows where a rule of the scored policy is written, in whichever file that is. */
  showRule(id: string): Promise<void>
  /** Shows a line of a policy of the folder, counted from 1. */
  showLine(path: string, line: number, column: number): Promise<void>
  addSample(copy: boolean): void
  selectSample(id: string): void
  removeSample(): void
  changeSample(change: Partial<Omit<Sample, 'id'>>): void
  /** @param written `''` for not known */
  changeFact(name: string, written: string): void
  saveAsCase(): void
  dismissNotice(): void
}

let sequence = 0
const next = () => {
  sequence += 1
  return sequence
}

export const isDirty = (open: OpenPolicy): boolean => open.text !== open.base.text

export const useStudio = create<Studio>((set, get) => {
  const results = (open: OpenPolicy | undefined, samples: readonly Sample[]) => new Map(samples.map((sample) => [sample.id, resultOf(open?.scoring, sample)]))

  const setSamples = (samples: readonly Sample[], selected: string) => {
    const { open } = get()
    set({ samples, selected, results: results(open, samples) })
    if (open) keepSamples(open.path, { selected, list: [...samples] })
  }

  const recompile = (text: string) => {
    const { open: before, samples } = get()
    if (!before) return
    const compiled = compileFile(text, before.path)
    const open: OpenPolicy = { ...before, text, compiled, scoring: compiled.policy ?? before.scoring, stale: compiled.policy === undefined }
    // Samples made while there was nothing to score by get their days with the first version that can be scored.
    const dated = before.scoring ? samples : samples.map((sample) => ({ ...sample, dates: { ...defaultDates(open.scoring), ...sample.dates } }))
    set({ open, samples: dated, results: results(open, dated) })
  }

  /** Counts openings: of two that overlap, the later one holds. */
  let openings = 0

  const replaceText = (text: string) => {
    const { open } = get()
    if (open) {
      set({ replacement: { text, sequence: next() } })
      get().textChanged(text)
    }
  }

  return {
    language: keptLanguage(),
    policies: undefined,
    open: undefined,
    samples: [],
    selected: '',
    results: new Map(),
    conflict: undefined,
    notice: undefined,
    replacement: undefined,
    reveal: undefined,

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
        const draft = keptDraft(path)
        const restored = draft !== undefined && draft.text !== base.text
        const text = restored ? draft.text : base.text
        const beside = await casesBeside(path, get().policies ?? [])
        const compiled = await compileAfresh(text, path, get().policies ?? [])
        if (opening !== openings) return
        // A draft that builds on an older file keeps that file's hash: saving it then finds the conflict.
        const open: OpenPolicy = {
          path,
          base: restored ? { text: base.text, hash: draft.base } : base,
          text,
          compiled,
          scoring: compiled.policy ?? compileFile(base.text, path).policy,
          stale: compiled.policy === undefined,
        }
        const first = firstSample(open.scoring, [...compiled.cases, ...beside], get().language)
        const { list, selected } = keptSamples(path) ?? { list: [first], selected: first.id }
        set({
          open,
          samples: list,
          selected,
          results: results(open, list),
          replacement: { text, sequence: next() },
          reveal: undefined,
          conflict: undefined,
          notice: restored ? { kind: 'restored' } : undefined,
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
        set({ open: { ...now, base } })
        replaceText(base.text)
      } catch {
        // A server that is gone, or a file, is told when it is needed.
      }
    },

    setLanguage(language) {
      keepLanguage(language)
      set({ language })
    },

    textChanged(text) {
      const { open } = get()
      if (!open || open.text === text) return
      recompile(text)
      scheduleDraft(open.path, text === open.base.text ? undefined : { text, base: open.base.hash })
      void fetchMissing(get().policies ?? []).then((found) => {
        const now = get().open
        if (found && now) recompile(now.text)
      })
    },

    async save() {
      const { open } = get()
      if (!open) return
      const { path, text, base } = open
      try {
        const saved = await savePolicy(path, text, base.hash)
        const now = get().open
        if (saved.kind === 'conflict' && saved.onDisk.hash === '')
          set({ open: now?.path === path ? { ...now, base: saved.onDisk } : now, notice: { kind: 'file-gone' } })
        else if (saved.kind === 'conflict') set({ conflict: saved.onDisk })
        else if (saved.kind === 'failed') set({ notice: { kind: 'save-failed', reason: saved.reason } })
        else if (now?.path === path) {
          set({ open: { ...now, base: { text, hash: saved.hash } }, notice: { kind: 'saved' }, conflict: undefined })
          flushDraft()
          keepDraft(path, now.text === text ? undefined : { text: now.text, base: saved.hash })
        }
      } catch {
        set({ notice: { kind: 'server-gone' } })
      }
    },

    formatText() {
      const { open } = get()
      if (!open) return
      const formatted = format(open.text, undefined, open.compiled.outside)
      if (formatted.ok) replaceText(formatted.text)
      set({ notice: { kind: formatted.ok ? 'formatted' : 'cannot-format' } })
    },

    async resolveConflict(choice) {
      const { open, conflict } = get()
      set({ conflict: undefined })
      if (!open || !conflict) return
      if (choice === 'disk') {
        set({ open: { ...open, base: conflict } })
        keepDraft(open.path, undefined)
        replaceText(conflict.text)
      } else if (choice === 'mine') {
        set({ open: { ...open, base: { text: conflict.text, hash: conflict.hash } } })
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
          replaceText(base.text)
        },
        () => set({ notice: { kind: 'server-gone' } }),
      )
    },

    show({ start, end }) {
      set({ reveal: { start, end, sequence: next() } })
    },

    async showRule(id) {
      const policy = get().open?.scoring
      const place = policy?.places[id]
      const path = place && policy?.sources[place.source]?.path
      if (!place || path === undefined) return
      if (path !== get().open?.path) await get().openPolicy(path)
      if (path === get().open?.path) get().show(place)
    },

    async showLine(path, line, column) {
      if (path !== get().open?.path) await get().openPolicy(path)
      const { open } = get()
      if (open?.path !== path) return
      const start =
        open.text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length +
        (line > 1 ? 1 : 0) +
        column -
        1
      get().show({ start, end: start })
    },

    addSample(copy) {
      const { samples, selected, open, language } = get()
      const current = samples.find(({ id }) => id === selected)
      const id = crypto.randomUUID()
      const number = samples.length + 1
      const name = language === 'zh' ? `样本${number}` : `Sample ${number}`
      const dates = current?.dates ?? defaultDates(open?.scoring)
      setSamples([...samples, { id, name, scenario: current?.scenario, dates, facts: copy && current ? current.facts : {} }], id)
    },

    selectSample(id) {
      setSamples(get().samples, id)
    },

    removeSample() {
      const { samples, selected } = get()
      if (samples.length <= 1) return
      const at = samples.findIndex(({ id }) => id === selected)
      const rest = samples.filter(({ id }) => id !== selected)
      setSamples(rest, rest[Math.max(0, at - 1)]?.id ?? '')
    },

    changeSample(change) {
      const { samples, selected } = get()
      setSamples(
        samples.map((sample) => (sample.id === selected ? { ...sample, ...change } : sample)),
        selected,
      )
    },

    changeFact(name, written) {
      const { samples, selected, changeSample } = get()
      const facts = samples.find(({ id }) => id === selected)?.facts
      changeSample({ facts: { ...facts, [name]: written } })
    },

    saveAsCase() {
      const { open, samples, selected, results: all } = get()
      const sample = samples.find(({ id }) => id === selected)
      const result = all.get(selected)
      const policy = open?.scoring
      if (result?.kind === 'no-date') {
        set({ notice: { kind: 'no-dates' } })
        return
      }
      if (!open || !sample || !policy || open.stale || result?.kind !== 'scored') {
        set({ notice: { kind: 'cannot-save-as-case' } })
        return
      }
      const scenario = scenarioOf(policy, sample)
      const edit = insertCase(open.compiled, open.text, {
        title: newTitle(
          sample.name,
          open.compiled.typed.cases.map(({ node }) => node.title.text),
        ),
        scenario: scenario?.name,
        dates: Object.fromEntries(openDates(policy, scenario).map((name) => [name, sample.dates[name] ?? ''])),
        facts: sample.facts,
        expected: expectedFigures(policy, result.outcome),
        stateId: result.outcome.state,
        until: result.outcome.until,
      })
      if (!edit) return
      const text = open.text.slice(0, edit.span.start) + edit.text + open.text.slice(edit.span.end)
      const formatted = format(text, undefined, open.compiled.outside)
      replaceText(formatted.ok ? formatted.text : text)
      set({ notice: { kind: 'saved-as-case' } })
    },

    dismissNotice() {
      set({ notice: undefined })
    },
  }
})

/** Two cases of one name cannot be told apart: the second becomes 名称（2）. */
function newTitle(name: string, taken: readonly string[]): string {
  const title = name.trim() === '' ? '样例' : name.trim()
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? title : `${title}（${number}）`
    if (!taken.includes(candidate)) return candidate
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
