// The selected sample written into the policy's text, as a case that expects what it scores now.

import type { Edit } from '../../../language/diagnostics/diagnostic.ts'
import { format } from '../../../language/format/format.ts'
import { insertCase, type NewCase } from '../../../language/service/insert-case.ts'
import type { Policy } from '../../../runtime/ir/schema.ts'
import type { Outcome } from '../../../runtime/outcome.ts'
import { openDates } from '../../../runtime/run.ts'
import type { Sample } from '../kept.ts'
import { expectedFigures, scenarioOf } from '../results.ts'
import { caseFileOf } from '../texts.ts'
import type { OpenPolicy } from './policies.ts'
import { selectedSample } from './samples.ts'
import type { Slice } from './slice.ts'

export interface CasesSlice {
  /** Writes it into the file of cases where one stands beside the policy, and shows it. */
  saveAsCase(): Promise<void>
}

export const createCases: Slice<CasesSlice> = (set, get) => ({
  async saveAsCase() {
    const { open, results, selected, policies = [] } = get()
    const sample = selectedSample(get())
    const result = results.get(selected)
    const policy = open?.scoring
    if (result?.kind === 'no-date') {
      set({ notice: { kind: 'no-dates' } })
      return
    }
    if (!open || !sample || !policy || open.stale || result?.kind !== 'scored') {
      set({ notice: { kind: 'cannot-save-as-case' } })
      return
    }
    const wanted = caseOf(policy, sample, result.outcome)
    const file = caseFileOf(open.path)
    if (file !== undefined && policies.includes(file)) await get().openPolicy(file)
    const into = get().open
    if (!into || (into.path !== open.path && into.path !== file)) return
    const taken = [...open.compiled.typed.cases, ...into.compiled.typed.cases].map(({ node }) => node.title.text)
    const title = newTitle(sample.name, taken)
    const inserted = insertCase({ parsed: into.compiled.parsed, typed: open.compiled.typed }, into.text, { ...wanted, title })
    if (!inserted.ok) {
      if (inserted.reason === 'cannot-write') set({ notice: { kind: 'cannot-write-case', fact: inserted.fact, value: inserted.value } })
      return
    }
    const text = laidOut(into, inserted.edit)
    get().replaceText(text)
    const start = text.lastIndexOf(title)
    get().show({ start, end: start + title.length })
    set({ notice: { kind: 'saved-as-case', path: into.path, line: text.slice(0, start).split('\n').length } })
  },
})

const caseOf = (policy: Policy, sample: Sample, outcome: Outcome): Omit<NewCase, 'title'> => {
  const scenario = scenarioOf(policy, sample)
  return {
    scenario: scenario?.name,
    dates: Object.fromEntries(openDates(policy, scenario).map((name) => [name, sample.dates[name] ?? ''])),
    facts: sample.facts,
    expected: expectedFigures(policy, outcome),
    stateId: outcome.state,
    until: outcome.until,
  }
}

/** The text with a case written into it, laid out where it can be. */
function laidOut({ text, compiled }: OpenPolicy, { span, text: added }: Edit): string {
  const inserted = text.slice(0, span.start) + added + text.slice(span.end)
  const formatted = format(inserted, undefined, compiled.outside)
  return formatted.ok ? formatted.text : inserted
}

/** Two cases of one name cannot be told apart: the second becomes 名称（2）. */
function newTitle(name: string, taken: readonly string[]): string {
  const title = name.trim() === '' ? '样例' : name.trim()
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? title : `${title}（${number}）`
    if (!taken.includes(candidate)) return candidate
  }
}
