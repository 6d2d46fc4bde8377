// The total in large figures, the state with the rule that gives it, what the total may still become, and what awaits proof.

import { describeProblem, type Problem } from '../../runtime/problems.ts'
import { defaultsText, stateText } from '../../runtime/receipt/print.ts'
import { words as receiptWords } from '../../runtime/receipt/words.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import type { Form, Result, ToldReceipt } from '../worker/protocol.ts'
import css from './person.module.css'
import { formId, isAbout } from './person-form.tsx'

const cx = classesOf(css)

interface Props {
  readonly form: Form
  /** `undefined` until it is worked out. */
  readonly result: Result | undefined
  readonly stale: boolean
  readonly language: Language
}

export function TotalView({ form, result, stale, language }: Props) {
  const w = words[language]
  return (
    <section className={cx(stale ? 'total stale' : 'total')} aria-label={w.total}>
      {stale && (
        <p className={cx('stale-note')} role="status">
          {w.stale}
        </p>
      )}
      <button type="button" className={cx('to-form')} onClick={() => document.getElementById(formId)?.scrollIntoView()}>
        {w.facts} ↓
      </button>
      {result?.kind === 'scored' && <Scored result={result} language={language} />}
      {result && result.kind !== 'scored' && <NotScored form={form} result={result} language={language} />}
    </section>
  )
}

interface ScoredProps {
  readonly result: Extract<Result, { kind: 'scored' }>
  readonly language: Language
}

function Scored({ result: { main, receipt }, language }: ScoredProps) {
  const w = words[language]
  const document = receipt?.document
  const isCleared = document?.state === 'cleared'
  const isOpen = main.lowest !== main.highest && main.counts && !isCleared
  return (
    <>
      <p className={cx('figure')}>
        <output data-testid="total" className={cx(main.counts ? '' : 'idle')}>
          {main.text}
        </output>{' '}
        <span className={cx('unit')}>{w.points}</span>
        {document && (
          <span className={cx(`state ${document.state}`)}>
            {document.stateName[language]}
            {document.until === null ? '' : ` ${receiptWords[language].until(document.until)}`}
          </span>
        )}
        {isOpen && <span className={cx('possible')}>{w.possible(main.lowest, main.highest)}</span>}
        {main.proven !== '' && isCleared && <span className={cx('earned')}>{w.earned(main.proven)}</span>}
      </p>
      {/* Of who is chosen anew the receipt comes a moment later. */}
      {receipt && <Told receipt={receipt} language={language} />}
    </>
  )
}

/** What stands behind the total. */
function Told({ receipt, language }: { readonly receipt: ToldReceipt; readonly language: Language }) {
  const { outOfForce, states, awaiting, totals } = receipt.document
  return (
    <>
      {outOfForce && (
        <p className={cx('trial')} role="note">
          {words[language].trial(outOfForce)}
        </p>
      )}
      {states.length > 0 && <States receipt={receipt} language={language} />}
      <Awaiting facts={awaiting} language={language} />
      {totals.length > 1 && (
        <ul className={cx('others')}>
          {totals.map((total) => (
            <li key={total.name}>
              {total.name} {total.points.proven}
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
  if (facts.length <= shownAwaiting) return <p className={cx('awaiting')}>{facts.length > 0 ? `${w.awaiting}：${list}` : w.nothingAwaited}</p>
  return (
    <details className={cx('awaiting')}>
      <summary>{w.awaitingCount(facts.length)}</summary>
      {list}
    </details>
  )
}

/** Every state that holds or may hold, each with its rule; a click goes to the rule. */
function States({ receipt: { document, stateRules }, language }: { readonly receipt: ToldReceipt; readonly language: Language }) {
  const w = words[language]
  const r = receiptWords[language]
  return (
    <ul className={cx('states')}>
      {document.states.map((state, i) => {
        const rule = stateRules[i] ?? ''
        const details = [
          ...(state.until === null || state.until === document.until ? [] : [r.until(state.until)]),
          ...[defaultsText([state], language)].filter((text) => text !== ''),
          ...(state.open ? [r.mayHold, `${w.awaiting}：${state.awaiting.join('、')}`] : []),
          ...(state.cites.length > 0 ? [`${r.cites} ${state.cites.join('、')}`] : []),
          ...(state.auditedBy.length > 0 ? [`${r.auditedBy} ${state.auditedBy.join('、')}`] : []),
        ]
        return (
          <li key={rule}>
            <button type="button" className={cx(state.open ? 'rule-of-state open' : 'rule-of-state')} onClick={() => void useStudio.getState().showRule(rule)}>
              {stateText(state, language)} <span className={cx('details')}>{details.join('；')}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function NotScored({ form, result, language }: Pick<Props, 'form' | 'language'> & { readonly result: Exclude<Result, { kind: 'scored' }> }) {
  const w = words[language]
  if (result.kind === 'no-date') return <p className={cx('waiting')}>{`${w.missingDate}：${result.names.join('、')}`}</p>
  // What stands beside its own field is not said here again.
  const beside = ({ column }: Problem) => result.kind === 'problems' && form.facts.some((fact) => isAbout(column, fact))
  const elsewhere = result.problems.filter((problem) => !beside(problem))
  return (
    <>
      {elsewhere.length < result.problems.length && <p className={cx('waiting')}>{w.fixFacts}</p>}
      {elsewhere.map((problem) => {
        const { reason, remedy } = describeProblem(problem, language)
        return (
          <p className={cx('waiting')} key={`${problem.code} ${problem.column} ${problem.value}`} role="alert">
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
