// What the checker says of the text, below it; a click goes to the place, a button mends it.

import { Button } from 'antd'
import { useDeferredValue, useMemo } from 'react'
import { describe, describeFix } from '../../language/diagnostics/catalogue.ts'
import { positions } from '../../language/span.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { words } from '../words.ts'
import css from './frame.module.css'

const cx = classesOf(css)

export function Problems() {
  // What is said of the text may come a moment after the text itself.
  const reading = useDeferredValue(useStudio((state) => state.open?.reading))
  const language = useStudio((state) => state.language)
  const { applyFix } = useStudio.getState()
  const w = words[language]
  const list = useMemo(() => {
    if (!reading || reading.diagnostics.length === 0) return []
    const at = positions(reading.text)
    return reading.diagnostics.map((diagnostic) => ({ diagnostic, ...describe(diagnostic, language), line: at(diagnostic.span.start).line }))
  }, [reading, language])
  const count = (severity: string) => list.filter((entry) => entry.severity === severity).length
  const summary = [
    ...(count('error') > 0 ? [w.errors(count('error'))] : []),
    ...(count('warning') > 0 ? [w.warnings(count('warning'))] : []),
    ...(count('notice') > 0 ? [w.notices(count('notice'))] : []),
  ]
  return (
    <section className={cx('problems')} aria-label={w.problems}>
      <h2>
        {w.problems} <span className={cx('count')}>{summary.length === 0 ? w.noProblems : summary.join(' · ')}</span>
      </h2>
      {list.length > 0 && (
        <ul>
          {list.map(({ diagnostic, severity, message, hint, line }) => (
            <li key={`${diagnostic.code} ${diagnostic.span.start} ${diagnostic.span.end}`}>
              <button type="button" className={cx(`problem ${severity}`)} onClick={() => useStudio.getState().show(diagnostic.span)}>
                <span className={cx('where')}>{w.line(line)}</span>
                <span className={cx('what')}>{message}</span>
                <span className={cx('hint')}>{hint}</span>
              </button>
              {(diagnostic.fixes ?? []).length > 0 && (
                <div className={cx('fixes')}>
                  {diagnostic.fixes?.map((fix) => {
                    const title = describeFix(fix, language)
                    return (
                      <Button key={title} size="small" onClick={() => reading && applyFix(reading, fix)}>
                        {title}
                      </Button>
                    )
                  })}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
