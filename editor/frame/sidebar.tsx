// The left pane: the policies of the folder, and the outline of the open one.

import { memo, useDeferredValue, useMemo } from 'react'
import type { OutlineEntry } from '../../language/service/outline.ts'
import { useStudio } from '../state/studio.ts'
import { words } from '../words.ts'
import { PolicyList } from './policy-list.tsx'

const shown: ReadonlySet<OutlineEntry['kind']> = new Set(['group', 'deductions', 'indicator', 'total', 'state', 'scenario'])

export function Sidebar() {
  const policies = useStudio((state) => state.policies)
  const outline = useDeferredValue(useStudio((state) => state.open?.reading.outline))
  const language = useStudio((state) => state.language)
  const w = words[language]
  const { rules, cases } = useMemo(() => {
    const entries = outline ?? []
    return {
      rules: entries.filter(({ kind }) => shown.has(kind)),
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

const Entries = memo(function Entries({ entries, language }: { readonly entries: readonly OutlineEntry[]; readonly language: 'zh' | 'en' }) {
  return (
    <ul className="outline">
      {entries.map((entry) => (
        <li key={`${entry.kind} ${entry.nameSpan.start}`}>
          <button type="button" onClick={() => useStudio.getState().show(entry.nameSpan)}>
            <span className="kind">{words[language].kinds[entry.kind]}</span> {entry.name}
          </button>
          {entry.children.length > 0 && <Entries entries={entry.children} language={language} />}
        </li>
      ))}
    </ul>
  )
})
