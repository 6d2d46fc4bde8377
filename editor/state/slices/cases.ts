// The selected person written into the policy's text, as a case that expects what it scores now.

import { caseFileOf } from '../../paths.ts'
import { language } from '../language.ts'
import { selectedPerson } from './people.ts'
import type { OpenPolicy } from './policies.ts'
import type { Slice, Studio } from './slice.ts'

export interface CasesSlice {
  /** Writes it into the file of cases where one stands beside the policy, and shows it. */
  saveAsCase(): Promise<void>
}

export const createCases: Slice<CasesSlice> = (set, get) => ({
  async saveAsCase() {
    await get().settled()
    const { open, results, selected } = get()
    const person = selectedPerson(get())
    const result = results.get(selected)
    if (result?.kind === 'no-date') {
      set({ notice: { kind: 'no-dates' } })
      return
    }
    if (!open || !person || open.stale || result?.kind !== 'scored') {
      set({ notice: { kind: 'cannot-save-as-case' } })
      return
    }
    const into = await openForCases(get, open.path)
    if (!into) return
    const answer = await language.newCase({ path: open.path, text: open.text }, { path: into.path, text: into.text }, person)
    if (get().open?.path !== into.path || get().open?.text !== into.text || answer.kind === 'no-place') set({ notice: { kind: 'cannot-save-as-case' } })
    else if (answer.kind === 'cannot-write') set({ notice: { kind: 'cannot-write-case', fact: answer.fact, value: answer.value } })
    else {
      const { text, start, end } = answer
      get().replaceText(text)
      get().show({ start, end })
      set({ notice: { kind: 'saved-as-case', path: into.path, line: text.slice(0, start).split('\n').length } })
    }
  },
})

/** What takes the case: the file of cases where one stands beside the policy, otherwise the policy. Nothing, where neither can or another was opened meanwhile. */
async function openForCases(get: () => Studio, path: string): Promise<OpenPolicy | undefined> {
  const file = caseFileOf(path)
  const stands = (): boolean => file !== undefined && get().policies?.includes(file) === true
  if (file !== undefined && stands()) {
    await get().openPolicy(file)
    // Where it cannot be read, which has been told, the case waits; where it is gone by now, the policy takes it.
    if (get().open?.path === path) await get().refresh()
    if (get().open?.path === path && stands()) return undefined
  }
  const into = get().open
  return into && (into.path === path || into.path === file) ? into : undefined
}
