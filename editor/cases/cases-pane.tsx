// The cases of the open policy as they run with the text as it is: what does not come out as expected first, with the receipt that says why.

import { Button, Popconfirm } from 'antd'
import { useEffect, useState } from 'react'
import { differenceIn } from '../../language/service/difference.ts'
import { describeProblem } from '../../runtime/problems.ts'
import { ReceiptView } from '../person/receipt-view.tsx'
import { language as worker } from '../state/language.ts'
import { isFigure } from '../state/slices/case-run.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import type { RanCase, Result } from '../worker/protocol.ts'
import css from './cases.module.css'

const cx = classesOf(css)

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
    <ul className={cx('cases')}>
      {some.map((ran) => (
        <CaseView key={idOf(ran)} ran={ran} isOpen={ran === open} isOld={isOld} choose={choose} language={language} />
      ))}
    </ul>
  )
  return (
    <div className={cx(isOld ? 'case-pane stale' : 'case-pane')}>
      {isOld && (
        <p className={cx('stale-note')} role="status">
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
      <button type="button" className={cx(ran.passed ? 'case' : 'case failed')} aria-expanded={isOpen} onClick={() => choose(ran)}>
        <span aria-hidden="true">{ran.passed ? '✓' : '✗'}</span> {title}
      </button>
      {problems.map((problem) => (
        <p key={`${problem.code} ${problem.column}`} className={cx('differs')}>
          {`${problem.column}：${describeProblem(problem, language).reason}`}
        </p>
      ))}
      {differences.map((difference) => (
        <p key={difference.what} className={cx('differs')}>
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
        <div className={cx('case-open')}>
          <Button
            size="small"
            onClick={() => {
              openAsPerson(ran)
              useStudio.getState().choosePane('person')
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
  const path = useStudio((state) => state.open?.path)
  const text = useStudio((state) => state.open?.reading.text)
  const units = useStudio((state) => state.open?.form?.units)
  const [result, setResult] = useState<Result>()
  const { testCase } = ran
  useEffect(() => {
    let gone = false
    if (path !== undefined && text !== undefined)
      void worker.explainCase({ path, text }, testCase).then((found) => {
        if (!gone) setResult(found)
      })
    return () => {
      gone = true
    }
  }, [path, text, testCase])
  return result?.kind === 'scored' && result.receipt && units ? <ReceiptView document={result.receipt.document} units={units} language={language} /> : null
}
