// The samples kept in this browser, each with its total.

import { Button } from 'antd'
import { mainTotal } from '../../runtime/cases.ts'
import { formatDecimal } from '../../runtime/exact/number.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { type Result, useStudio } from '../state/studio.ts'
import { words } from '../words.ts'

export function Samples() {
  const samples = useStudio((state) => state.samples)
  const selected = useStudio((state) => state.selected)
  const results = useStudio((state) => state.results)
  const scoring = useStudio((state) => state.open?.scoring)
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
        <Button size="small" onClick={saveAsCase}>
          {w.saveAsCase}
        </Button>
      </div>
      <ul>
        {samples.map((sample) => (
          <li key={sample.id}>
            <button type="button" aria-pressed={sample.id === selected} onClick={() => selectSample(sample.id)}>
              <span className="name">{sample.name}</span>
              <span className="figure">{totalOf(scoring, results.get(sample.id))}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function totalOf(policy: Policy | undefined, result: Result | undefined): string {
  const main = policy && result?.kind === 'scored' ? mainTotal(policy, result.outcome) : undefined
  return main ? formatDecimal(main.figure.proven) : '—'
}
