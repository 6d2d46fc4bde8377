// The selected person written into the policy's text, as a case that expects what it scores now.

import type { Edit } from '../../../language/diagnostics/diagnostic.ts'
import { format } from '../../../language/format/format.ts'
import { insertCase, type NewCase } from '../../../language/service/insert-case.ts'
import type { Policy } from '../../../runtime/ir/schema.ts'
import type { Outcome } from '../../../runtime/outcome.ts'
import { openDates } from '../../../runtime/run.ts'
import type { Person } from '../../desk.ts'
import { caseFileOf } from '../compile.ts'
import { expectedFigures, scenarioOf } from '../results.ts'
import { selectedPerson } from './people.ts'
import type { OpenPolicy } from './policies.ts'
import type { Slice, Studio } from './slice.ts'

export interface CasesSlice {
  /** Writes it into the file of cases where one stands beside the policy, and shows it. */
  saveAsCase(): Promise<void>
}

export const createCases: Slice<CasesSlice> = (set, get) => ({
  async saveAsCase() {
    const { open, results, selected } = get()
    const person = selectedPerson(get())
    const result = results.get(selected)
    const policy = open?.scoring
    if (result?.kind === 'no-date') {
      set({ notice: { kind: 'no-dates' } })
      return
    }
    if (!open || !person || !policy || open.stale || result?.kind !== 'scored') {
      set({ notice: { kind: 'cannot-save-as-case' } })
      return
    }
    const wanted = caseOf(policy, person, result.outcome)
    const into = await openForCases(get, open.path)
    if (into) write(set, get, { policy: open, into, wanted, name: person.name })
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

interface Writing {
  readonly policy: OpenPolicy
  readonly into: OpenPolicy
  readonly wanted: Omit<NewCase, 'title'>
  readonly name: string
}

function write(set: (part: Pick<Studio, 'notice'>) => void, get: () => Studio, { policy, into, wanted, name }: Writing) {
  const isBlank = into.text.trim() === ''
  if (into !== policy && !into.compiled.parsed.tree.casesOnly && !isBlank) {
    set({ notice: { kind: 'cannot-save-as-case' } })
    return
  }
  const taken = [...policy.compiled.typed.cases, ...into.compiled.typed.cases].map(({ node }) => node.title.text)
  const parsed = isBlank ? { ...into.compiled.parsed, surface: policy.compiled.parsed.surface } : into.compiled.parsed
  const inserted = insertCase({ parsed, typed: policy.compiled.typed }, into.text, { ...wanted, title: newTitle(name, taken) })
  if (!inserted.ok) {
    set({
      notice: inserted.reason === 'no-place' ? { kind: 'cannot-save-as-case' } : { kind: 'cannot-write-case', fact: inserted.fact, value: inserted.value },
    })
    return
  }
  const text = laidOut(into, inserted.edit)
  get().replaceText(text)
  const start = text.lastIndexOf(inserted.head)
  get().show({ start, end: start + inserted.head.length })
  set({ notice: { kind: 'saved-as-case', path: into.path, line: text.slice(0, start).split('\n').length } })
}

const caseOf = (policy: Policy, person: Person, outcome: Outcome): Omit<NewCase, 'title'> => {
  const scenario = scenarioOf(policy, person)
  return {
    scenario: scenario?.name,
    dates: Object.fromEntries(openDates(policy, scenario).map((name) => [name, person.dates[name] ?? ''])),
    facts: person.facts,
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
