// The total in large figures, what it may still become, and what awaits proof.

import type { Policy } from '../../runtime/ir/schema.ts'
import { mainTotal } from '../../runtime/cases.ts'
import { equal, formatDecimal } from '../../runtime/exact/number.ts'
import { stateNames } from '../../runtime/receipt.ts'
import type { Result } from '../state/studio.ts'
import { type Language, words } from '../words.ts'

interface Props {
  readonly policy: Policy
  readonly result: Result
  readonly stale: boolean
  readonly language: Language
}

export function TotalView({ policy, result, stale, language }: Props) {
  const w = words[language]
  if (result.kind !== 'scored') {
    return (
      <section className="total" aria-label={w.total}>
        <p className="waiting">{result.kind === 'no-date' ? `${w.missingDate}：${result.names.join('、')}` : w.fixFacts}</p>
      </section>
    )
  }
  const { outcome } = result
  const main = mainTotal(policy, outcome)
  const figure = main?.figure
  const open = figure !== undefined && !equal(figure.lowest, figure.highest)
  return (
    <section className={stale ? 'total stale' : 'total'} aria-label={w.total}>
      {stale && (
        <p className="stale-note" role="status">
          {w.stale}
        </p>
      )}
      <p className="figure">
        <output data-testid="total">{figure ? formatDecimal(figure.proven) : '—'}</output> <span className="unit">{w.points}</span>
        <span className={`state ${outcome.state}`}>{stateNames[outcome.state][language]}</span>
        {open && <span className="possible">{w.possible(formatDecimal(figure.lowest), formatDecimal(figure.highest))}</span>}
      </p>
      <p className="awaiting">{outcome.awaiting.length > 0 ? `${w.awaiting}：${outcome.awaiting.join('、')}` : w.nothingAwaited}</p>
      {policy.totals.length > 1 && (
        <ul className="others">
          {outcome.totals.map((total) => (
            <li key={total.total}>
              {total.name} {formatDecimal(total.figure.proven)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
