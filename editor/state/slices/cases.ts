// The selected sample written into the policy's text, as a case that expects what it scores now.

import { format } from '../../../language/format/format.ts'
import { insertCase } from '../../../language/service/insert-case.ts'
import type { Policy } from '../../../runtime/ir/schema.ts'
import type { Outcome } from '../../../runtime/outcome.ts'
import { openDates } from '../../../runtime/run.ts'
import type { Sample } from '../kept.ts'
import { expectedFigures, scenarioOf } from '../results.ts'
import type { OpenPolicy } from './policies.ts'
import { selectedSample } from './samples.ts'
import type { Slice } from './slice.ts'

export interface CasesSlice {
  saveAsCase(): void
}

export const createCases: Slice<CasesSlice> = (set, get) => ({
  saveAsCase() {
    const { open, results, selected } = get()
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
    const text = withCase(open, policy, sample, result.outcome)
    if (text === undefined) return
    get().replaceText(text)
    set({ notice: { kind: 'saved-as-case' } })
  },
})

/** The open text with a sample as a new case, laid out where it can be; `undefined` where there is no place for a case. */
function withCase({ compiled, text }: OpenPolicy, policy: Policy, sample: Sample, outcome: Outcome): string | undefined {
  const scenario = scenarioOf(policy, sample)
  const taken = compiled.typed.cases.map(({ node }) => node.title.text)
  const edit = insertCase(compiled, text, {
    title: newTitle(sample.name, taken),
    scenario: scenario?.name,
    dates: Object.fromEntries(openDates(policy, scenario).map((name) => [name, sample.dates[name] ?? ''])),
    facts: sample.facts,
    expected: expectedFigures(policy, outcome),
    stateId: outcome.state,
    until: outcome.until,
  })
  if (!edit) return undefined
  const inserted = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end)
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
