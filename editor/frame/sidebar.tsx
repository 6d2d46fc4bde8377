// The left pane: the policies of the folder, and the outline of the open one.

import { useDeferredValue, useMemo } from 'react'
import type { OutlineEntry } from '../../language/service/outline.ts'
import { itemOf, rulesOf } from '../state/outline.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import css from './frame.module.css'
import { PolicyList } from './policy-list.tsx'

const cx = classesOf(css)

export function Sidebar() {
  const policies = useStudio((state) => state.policies)
  const language = useStudio((state) => state.language)
  // Places move with every key, names seldom do: only these are drawn.
  const names = useDeferredValue(useStudio((state) => namesIn(state.open?.reading.outline)))
  const entries = useMemo(() => JSON.parse(names) as readonly Named[], [names])
  const w = words[language]
  const rules = rulesOf(entries)
  const cases = entries.filter(({ kind }) => kind === 'case')
  return (
    <nav className={cx('sidebar')} aria-label={w.policies}>
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

type Named = Pick<OutlineEntry, 'kind' | 'name'> & { readonly children: readonly Named[] }

const namedOf = ({ kind, name, children }: OutlineEntry): Named => ({ kind, name, children: children.map(namedOf) })

const namesOfOutline = new WeakMap<readonly OutlineEntry[], string>()

function namesIn(outline: readonly OutlineEntry[] | undefined): string {
  if (!outline) return '[]'
  const known = namesOfOutline.get(outline)
  if (known !== undefined) return known
  const names = JSON.stringify(outline.map(namedOf))
  namesOfOutline.set(outline, names)
  return names
}

interface EntriesProps {
  readonly entries: readonly Named[]
  /** The names that lead to them. */
  readonly above?: string
  readonly language: Language
}

function Entries({ entries, above = '', language }: EntriesProps) {
  return (
    <ul className={cx('outline')}>
      {entries
        .map((entry, i) => ({ entry, key: `${entry.kind} ${i}` }))
        .map(({ entry, key }) => (
          <li key={key}>
            <button type="button" onClick={() => useStudio.getState().showItem(itemOf(entry, above))}>
              <span className={cx('kind')}>{words[language].kinds[entry.kind]}</span> {entry.name}
            </button>
            {entry.children.length > 0 && <Entries entries={entry.children} above={itemOf(entry, above)} language={language} />}
          </li>
        ))}
    </ul>
  )
}
