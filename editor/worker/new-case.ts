// A person written into a text as a case that expects what they score.

import type { Compiled } from '../../language/compile.ts'
import { format } from '../../language/format/format.ts'
import { insertCase, type NewCase } from '../../language/service/insert-case.ts'
import { mainTotal } from '../../runtime/cases.ts'
import { formatDecimal } from '../../runtime/exact/number.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import type { ItemTrace, Outcome } from '../../runtime/outcome.ts'
import { openDates } from '../../runtime/run.ts'
import type { Person } from '../desk.ts'
import type { NewCaseAnswer } from './protocol.ts'
import { scenarioOf, scoreOne } from './score.ts'

interface Compilation {
  readonly text: string
  readonly compiled: Compiled
}

/** @param into `policy` itself, or the file of cases beside it */
export function withNewCase(policy: Compilation, into: Compilation, person: Person): NewCaseAnswer {
  const scheme = policy.compiled.policy
  const scored = scheme && scoreOne(scheme, person)
  const isBlank = into.text.trim() === ''
  const takesCases = into === policy || into.compiled.parsed.tree.casesOnly || isBlank
  if (scored?.kind !== 'scored' || !takesCases) return { kind: 'no-place' }
  const taken = [...policy.compiled.typed.cases, ...into.compiled.typed.cases].map(({ node }) => node.title.text)
  const wanted = { ...caseOf(scheme as Policy, person, scored.outcome), title: newTitle(person.name, taken) }
  const parsed = isBlank ? { ...into.compiled.parsed, surface: policy.compiled.parsed.surface } : into.compiled.parsed
  const inserted = insertCase({ parsed, typed: policy.compiled.typed }, into.text, wanted)
  if (!inserted.ok) return inserted.reason === 'no-place' ? { kind: 'no-place' } : { kind: 'cannot-write', fact: inserted.fact, value: inserted.value }
  const { span, text: added } = inserted.edit
  const plain = into.text.slice(0, span.start) + added + into.text.slice(span.end)
  const formatted = format(plain, undefined, into.compiled.outside)
  const text = formatted.ok ? formatted.text : plain
  const start = text.lastIndexOf(inserted.head)
  return { kind: 'written', text, start, end: start + inserted.head.length }
}

function caseOf(policy: Policy, person: Person, outcome: Outcome): Omit<NewCase, 'title'> {
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

/** The total and every indicator that is not zero. */
function expectedFigures(policy: Policy, outcome: Outcome): readonly { path: readonly string[]; value: string }[] {
  const list: { path: readonly string[]; value: string }[] = []
  const main = mainTotal(policy, outcome)
  if (main) list.push({ path: [main.name], value: formatDecimal(main.figure.proven) })
  const names = new Map<string, number>()
  const count = (items: Policy['items']): void => {
    for (const item of items) {
      names.set(item.name, (names.get(item.name) ?? 0) + 1)
      if (item.kind === 'group') count(item.children)
    }
  }
  count(policy.items)
  const visit = (items: Policy['items'], traces: readonly ItemTrace[]): void => {
    items.forEach((item, i) => {
      const trace = traces[i]
      if (!trace) return
      const value = formatDecimal(trace.figure.proven)
      if (item.kind === 'indicator' && value !== '0') list.push({ path: (names.get(item.name) ?? 0) > 1 ? item.path : [item.name], value })
      if (item.kind === 'group') visit(item.children, trace.children)
    })
  }
  visit(policy.items, outcome.items)
  return list
}

/** Two cases of one name cannot be told apart: the second becomes 名称（2）. */
function newTitle(name: string, taken: readonly string[]): string {
  const title = name.trim() === '' ? '样例' : name.trim()
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? title : `${title}（${number}）`
    if (!taken.includes(candidate)) return candidate
  }
}
