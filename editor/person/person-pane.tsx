// The right pane: samples with their totals, one sample's form, its total and receipt.

import { useStudio } from '../state/studio.ts'
import { words } from '../words.ts'
import { PersonForm } from './person-form.tsx'
import { ReceiptView } from './receipt-view.tsx'
import { Samples } from './samples.tsx'
import { TotalView } from './total-view.tsx'

export function PersonPane() {
  const language = useStudio((state) => state.language)
  const open = useStudio((state) => state.open)
  const sample = useStudio((state) => state.samples.find(({ id }) => id === state.selected))
  const result = useStudio((state) => state.results.get(state.selected))
  const w = words[language]
  const policy = open?.scoring
  return (
    <aside className="person" aria-label={w.person}>
      <Samples />
      {policy && sample && result ? (
        <>
          <TotalView policy={policy} result={result} stale={open.stale} language={language} />
          <PersonForm policy={policy} sample={sample} problems={result.kind === 'problems' ? result.problems : []} language={language} />
          {result.kind === 'scored' && <ReceiptView policy={policy} dates={sample.dates} outcome={result.outcome} language={language} />}
        </>
      ) : (
        open && <p className="quiet block">{w.noResult}</p>
      )}
    </aside>
  )
}
