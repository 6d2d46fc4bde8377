// The left pane: the policies of the folder, and the outline of the open one.

import { memo, useDeferredValue, useMemo } from 'react'
import type { OutlineEntry } from '../../language/service/outline.ts'
import { rulesOf } from '../state/outline.ts'
import { useStudio } from '../state/studio.ts'
import { type Language, words } from '../words.ts'
import { PolicyList } from './policy-list.tsx'

export function Sidebar() {
  const policies = useStudio((state) => state.policies)
  const outline = useDeferredValue(useStudio((state) => state.open?.reading.outline))
  const language = useStudio((state) => state.language)
  const w = words[language]
  const { rules, cases } = useMemo(() => {
    const entries = outline ?? []
    return {
      rules: rulesOf(entries),
      cases: entries.filter(({ kind }) => kind === 'case'),
    }
  }, [outline])
  return (
    <nav className="sidebar" aria-label={w.policies}>
      <h2>{w.policies}</h2>
      {policies === undefined && <p className="quiet">{w.loadingPolicies}</p>}
      {policies?.length === 0 && <p className="quiet">{w.noPolicies}</p>}
      <PolicyList />
      <h2>{w.outline}</h2>
      {rules.length === 0 && <p className="quiet">{w.noOutline}</p>}
      <Entries entries={rules} language={language} />
      {cases.length > 0 && (
        <details>
          <summary>{w.cases(cases.length)}</summary>
          <Entries entries={cases} language={language} />
        </details>
      )}
    </nav>
  )
}

interface EntriesProps {
  readonly entries: readonly OutlineEntry[]
  /** The names that lead to them. */
  readonly above?: string
  readonly language: Language
}

const Entries = memo(function Entries({ entries, above = '', language }: EntriesProps) {
  return (
    <ul className="outline">
      {entries.map((entry) => (
        <li key={`${entry.kind} ${entry.nameSpan.start}`}>
          <button type="button" onClick={() => useStudio.getState().showItem(`${above}${entry.name}`)}>
            <span className="kind">{words[language].kinds[entry.kind]}</span> {entry.name}
          </button>
          {entry.children.length > 0 && <Entries entries={entry.children} above={`${above}${entry.name}.`} language={language} />}
        </li>
      ))}
    </ul>
  )
})
