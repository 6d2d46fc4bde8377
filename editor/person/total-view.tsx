// The total in large figures, the state with the rule that gives it, what the total may still become, and what awaits proof.

import { mainTotal } from '../../runtime/cases.ts'
import { equal, formatDecimal } from '../../runtime/exact/number.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import { describeProblem, type Problem } from '../../runtime/problems.ts'
import { defaultsText, stateText } from '../../runtime/receipt/print.ts'
import { receipt } from '../../runtime/receipt/receipt.ts'
import { words as receiptWords } from '../../runtime/receipt/words.ts'
import { stateNamesIn } from '../../runtime/state-names.ts'
import { type Result, shownTotal } from '../state/results.ts'
import { useStudio } from '../state/studio.ts'
import { type Language, words } from '../words.ts'
import { isAbout } from './person-form.tsx'

interface Props {
  readonly policy: Policy
  readonly result: Result
  readonly stale: boolean
  readonly language: Language
}

export function TotalView({ policy, result, stale, language }: Props) {
  const w = words[language]
  return (
    <section className={stale ? 'total stale' : 'total'} aria-label={w.total}>
      {stale && (
        <p className="stale-note" role="status">
          {w.stale}
        </p>
      )}
      {result.kind === 'scored' ? <Scored result={result} language={language} /> : <NotScored policy={policy} result={result} language={language} />}
    </section>
  )
}

interface ScoredProps {
  readonly result: Extract<Result, { kind: 'scored' }>
  readonly language: Language
}

function Scored({ result, language }: ScoredProps) {
  const w = words[language]
  const r = receiptWords[language]
  const { run, outcome } = result
  const { policy } = run
  const stateName = stateNamesIn(policy, run.scenario)[outcome.state][language]
  const figure = mainTotal(policy, outcome)?.figure
  const { text, counts } = shownTotal(result)
  const open = figure !== undefined && !equal(figure.lowest, figure.highest)
  const cleared = outcome.state === 'cleared'
  return (
    <>
      <p className="figure">
        <output data-testid="total" className={counts ? '' : 'idle'}>
          {text}
        </output>{' '}
        <span className="unit">{w.points}</span>
        <span className={`state ${outcome.state}`}>
          {stateName}
          {outcome.until === undefined ? '' : ` ${r.until(outcome.until)}`}
        </span>
        {open && counts && !cleared && <span className="possible">{w.possible(formatDecimal(figure.lowest), formatDecimal(figure.highest))}</span>}
        {figure && cleared && <span className="earned">{w.earned(formatDecimal(figure.proven))}</span>}
      </p>
      {outcome.outOfForce && (
        <p className="trial" role="note">
          {w.trial(outcome.outOfForce)}
        </p>
      )}
      {outcome.states.length > 0 && <States result={result} language={language} />}
      <Awaiting facts={outcome.awaiting} language={language} />
      {policy.totals.length > 1 && (
        <ul className="others">
          {outcome.totals.map((total) => (
            <li key={total.total}>
              {total.name} {formatDecimal(total.figure.proven)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** A list of more than this is folded: it would push everything else off the screen. */
const shownAwaiting = 6

function Awaiting({ facts, language }: { readonly facts: readonly string[]; readonly language: Language }) {
  const w = words[language]
  const list = facts.join('、')
  if (facts.length <= shownAwaiting) return <p className="awaiting">{facts.length > 0 ? `${w.awaiting}：${list}` : w.nothingAwaited}</p>
  return (
    <details className="awaiting">
      <summary>{w.awaitingCount(facts.length)}</summary>
      {list}
    </details>
  )
}

/** Every state that holds or may hold, each with its rule; a click goes to the rule. */
function States({ result, language }: ScoredProps) {
  const w = words[language]
  const r = receiptWords[language]
  const { run, outcome, facts } = result
  const { states } = receipt(run, outcome, facts)
  return (
    <ul className="states">
      {outcome.states.map(({ rule }, i) => {
        const state = states[i]
        if (!state) return null
        const details = [
          ...(state.until === null || state.until === outcome.until ? [] : [r.until(state.until)]),
          ...[defaultsText([state], language)].filter((text) => text !== ''),
          ...(state.open ? [r.mayHold, `${w.awaiting}：${state.awaiting.join('、')}`] : []),
          ...(state.cites.length > 0 ? [`${r.cites} ${state.cites.join('、')}`] : []),
          ...(state.auditedBy.length > 0 ? [`${r.auditedBy} ${state.auditedBy.join('、')}`] : []),
        ]
        return (
          <li key={rule}>
            <button type="button" className={state.open ? 'rule-of-state open' : 'rule-of-state'} onClick={() => void useStudio.getState().showRule(rule)}>
              {stateText(state, language)} <span className="details">{details.join('；')}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function NotScored({ policy, result, language }: Pick<Props, 'policy' | 'language'> & { readonly result: Exclude<Result, { kind: 'scored' }> }) {
  const w = words[language]
  if (result.kind === 'no-date') return <p className="waiting">{`${w.missingDate}：${result.names.join('、')}`}</p>
  // What stands beside its own field is not said here again.
  const beside = ({ column }: Problem) => result.kind === 'problems' && policy.facts.some((fact) => isAbout(column, fact))
  const elsewhere = result.problems.filter((problem) => !beside(problem))
  return (
    <>
      {elsewhere.length < result.problems.length && <p className="waiting">{w.fixFacts}</p>}
      {elsewhere.map((problem) => {
        const { reason, remedy } = describeProblem(problem, language)
        return (
          <p className="waiting" key={`${problem.code} ${problem.column} ${problem.value}`} role="alert">
            {problem.column === '' ? '' : `${problem.column}：`}
            {reason}
            {language === 'zh' ? '。' : '. '}
            {remedy}
          </p>
        )
      })}
    </>
  )
}
