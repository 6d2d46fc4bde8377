// The right of the page: people, cases, or the official text.

import { Segmented } from 'antd'
import { CasesPane } from '../cases/cases-pane.tsx'
import { OfficialPane } from '../official/official-pane.tsx'
import { PersonPane } from '../person/person-pane.tsx'
import { useOfficial } from '../state/official.ts'
import { useStudio } from '../state/studio.ts'
import { words } from '../words.ts'

export function RightPane() {
  const pane = useOfficial((state) => state.pane)
  const language = useStudio((state) => state.language)
  const w = words[language]
  return (
    <aside className="right" aria-label={{ person: w.people, cases: w.casesTab, official: w.official }[pane]}>
      <div className="choice">
        <Segmented
          block
          size="small"
          value={pane}
          onChange={useOfficial.getState().choose}
          options={[
            { value: 'person', label: w.people },
            { value: 'cases', label: <CasesLabel /> },
            { value: 'official', label: w.official },
          ]}
        />
      </div>
      {pane === 'person' ? <PersonPane /> : pane === 'cases' ? <CasesPane /> : <OfficialPane />}
    </aside>
  )
}

/** 样例 151/152: how many come out as expected. */
function CasesLabel() {
  const cases = useStudio((state) => state.caseRun?.cases)
  const language = useStudio((state) => state.language)
  const w = words[language]
  const good = cases?.filter(({ passed }) => passed).length ?? 0
  return <span className={cases && good < cases.length ? 'failing' : ''}>{cases ? w.casesOf(good, cases.length) : w.casesTab}</span>
}
