// What people read of states and results: the field's words, or those of the paper where the policy gives them.

import type { Both, Policy, Scenario } from './ir/schema.ts'
import { type State, stateNames, stateRules } from './ir/states.ts'
import type { SourceNote } from './outcome.ts'
import type { Language } from './problems.ts'

/** The states as a policy calls them, in one of its uses or outside of all. */
export function stateNamesIn(policy: Policy, scenario: Scenario | undefined): Readonly<Record<State, Both>> {
  const called = [...policy.states, ...(scenario?.states ?? [])].flatMap(({ kind, called: name }) =>
    name === undefined ? [] : [[stateRules[kind].state, { zh: name, en: name }] as const],
  )
  return { ...stateNames, ...Object.fromEntries(called) }
}

/** What a use calls who gets a place and who does not; equals across the last one who are left out got none. */
export function resultNames({ results }: Scenario, language: Language): Readonly<Record<'admitted' | 'waiting' | 'boundary', string>> {
  const [taken, left] = { zh: ['入围', '未入围'], en: ['admitted', 'not admitted'] }[language] as [string, string]
  const waiting = results?.waiting ?? left
  return { admitted: results?.admitted ?? taken, waiting, boundary: waiting }
}

/** What 待核 or 解释 stands on, in words. */
export function noteName({ kind, where }: SourceNote, language: Language): string {
  const zh = language === 'zh'
  switch (kind) {
    case 'state':
      // What is said of who may apply stands in the receipt of those who may, too.
      return where === 'not_applicable' ? (zh ? '申请条件' : 'who may apply') : stateNames[where as State][language]
    case 'in-force':
      return zh ? '施行日期' : 'days in force'
    case 'import':
      return zh ? `引用的${where}` : `${where}, taken in`
    case 'scenario':
      return zh ? `应用 ${where}` : `scenario ${where}`
    case 'policy':
      return ''
    default:
      // The parts of a path, as people write it.
      return zh ? where.replaceAll('.', '—') : where
  }
}
