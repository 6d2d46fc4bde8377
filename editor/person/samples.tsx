// The samples kept in this browser, each with its total.

import { Button } from 'antd'
import { shownTotal } from '../state/results.ts'
import { useStudio } from '../state/studio.ts'
import { words } from '../words.ts'

export function Samples() {
  const samples = useStudio((state) => state.samples)
  const selected = useStudio((state) => state.selected)
  const results = useStudio((state) => state.results)
  const language = useStudio((state) => state.language)
  const { addSample, selectSample, removeSample, saveAsCase } = useStudio.getState()
  const w = words[language]
  return (
    <section className="samples" aria-label={w.samples}>
      <div className="bar">
        <h2>{w.samples}</h2>
        <Button size="small" onClick={() => addSample(false)}>
          {w.newSample}
        </Button>
        <Button size="small" onClick={() => addSample(true)} disabled={samples.length === 0}>
          {w.copySample}
        </Button>
        <Button size="small" onClick={removeSample} disabled={samples.length <= 1}>
          {w.removeSample}
        </Button>
        <Button size="small" onClick={() => void saveAsCase()}>
          {w.saveAsCase}
        </Button>
      </div>
      <ul>
        {samples.map((sample) => {
          const { text, counts } = shownTotal(results.get(sample.id))
          return (
            <li key={sample.id}>
              <button type="button" aria-pressed={sample.id === selected} onClick={() => selectSample(sample.id)}>
                <span className="name">{sample.name}</span>
                <span className={counts ? 'figure' : 'figure idle'}>{text}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
