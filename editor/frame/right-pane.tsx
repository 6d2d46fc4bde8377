// The right of the page: the sample person, or the official text.

import { Segmented } from 'antd'
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
    <aside className="right" aria-label={pane === 'person' ? w.people : w.official}>
      <div className="choice">
        <Segmented
          block
          size="small"
          value={pane}
          onChange={useOfficial.getState().choose}
          options={[
            { value: 'person', label: w.people },
            { value: 'official', label: w.official },
          ]}
        />
      </div>
      {pane === 'person' ? <PersonPane /> : <OfficialPane />}
    </aside>
  )
}
