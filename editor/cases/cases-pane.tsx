// The cases of the open policy as they run with the text as it is: what does not come out as expected first, with the receipt that says why.

import { Button, Popconfirm } from 'antd'
import { useMemo, useState } from 'react'
import { differenceIn } from '../../language/service/difference.ts'
import { describeProblem } from '../../runtime/problems.ts'
import { ReceiptView } from '../person/receipt-view.tsx'
import { useOfficial } from '../state/official.ts'
import { resultOf } from '../state/results.ts'
import { isFigure } from '../state/slices/case-run.ts'
import { useStudio } from '../state/studio.ts'
import { type Language, words } from '../words.ts'
import type { RanCase } from './run-cases.ts'

const idOf = ({ path, place }: RanCase) => `${path} ${place.line} ${place.column}`

export function CasesPane() {
  const caseRun = useStudio((state) => state.caseRun)
  const language = useStudio((state) => state.language)
  const [chosen, setChosen] = useState<string>()
  const w = words[language]
  if (!caseRun) return <p className="quiet block">{w.noResult}</p>
  const { cases, isOld } = caseRun
  const failed = cases.filter((ran) => !ran.passed)
  const good = cases.filter((ran) => ran.passed)
  const open = cases.find((ran) => idOf(ran) === chosen)
  const choose = (ran: RanCase) => {
    setChosen(idOf(ran))
    void useStudio.getState().showCase(ran)
  }
  const list = (some: readonly RanCase[]) => (
    <ul className="cases">
      {some.map((ran) => (
        <CaseView key={idOf(ran)} ran={ran} isOpen={ran === open} isOld={isOld} choose={choose} language={language} />
      ))}
    </ul>
  )
  return (
    <div className={isOld ? 'case-pane stale' : 'case-pane'}>
      {isOld && (
        <p className="stale-note" role="status">
          {w.casesOld}
        </p>
      )}
      {cases.length === 0 && <p className="quiet">{w.noCases}</p>}
      {failed.length > 0 && (
        <section aria-label={w.casesFailed(failed.length)}>
          <h2>{w.casesFailed(failed.length)}</h2>
          {list(failed)}
        </section>
      )}
      {good.length > 0 && (
        <details open={failed.length === 0}>
          <summary>{w.casesPassed(good.length)}</summary>
          {list(good)}
        </details>
      )}
    </div>
  )
}

interface CaseProps {
  readonly ran: RanCase
  readonly isOpen: boolean
  readonly isOld: boolean
  readonly language: Language
  choose(ran: RanCase): void
}

function CaseView({ ran, isOpen, isOld, language, choose }: CaseProps) {
  const w = words[language]
  const { takeComputed, openAsPerson } = useStudio.getState()
  const { title, differences, problems, testCase } = ran
  const isList = testCase.people !== undefined
  return (
    <li>
      <button type="button" className={ran.passed ? 'case' : 'case failed'} aria-expanded={isOpen} onClick={() => choose(ran)}>
        <span aria-hidden="true">{ran.passed ? '✓' : '✗'}</span> {title}
      </button>
      {problems.map((problem) => (
        <p key={`${problem.code} ${problem.column}`} className="differs">
          {`${problem.column}：${describeProblem(problem, language).reason}`}
        </p>
      ))}
      {differences.map((difference) => (
        <p key={difference.what} className="differs">
          {w.expectedFound(differenceIn(difference, language))}
          {!isOld && !isList && isFigure(ran, difference) && (
            <Popconfirm
              title={w.takeQuestion(difference.expected, difference.found)}
              okText={w.takeComputed}
              cancelText={w.cancel}
              onConfirm={() => void takeComputed(ran, difference)}
            >
              <Button size="small">{w.takeComputed}</Button>
            </Popconfirm>
          )}
        </p>
      ))}
      {isOpen && !isList && (
        <div className="case-open">
          <Button
            size="small"
            onClick={() => {
              openAsPerson(ran)
              useOfficial.getState().choose('person')
            }}
          >
            {w.openAsPerson}
          </Button>
          <CaseReceipt ran={ran} language={language} />
        </div>
      )}
    </li>
  )
}

/** The rows and the arithmetic that gave the figures. */
function CaseReceipt({ ran, language }: { readonly ran: RanCase; readonly language: Language }) {
  const policy = useStudio((state) => state.open?.scoring)
  const { testCase } = ran
  const result = useMemo(() => {
    const { title, scenario, dates, facts } = testCase
    return resultOf(policy, { id: title, name: title, ...(scenario === undefined ? {} : { scenario }), dates, facts })
  }, [policy, testCase])
  return result.kind === 'scored' ? <ReceiptView run={result.run} facts={result.facts} outcome={result.outcome} language={language} /> : null
}
