// The right pane: people with their totals, one person's form, total and receipt.

import { useDeferredValue } from 'react'
import type { Problem } from '../../runtime/problems.ts'
import { selectedPerson } from '../state/slices/people.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { words } from '../words.ts'
import { People } from './people.tsx'
import css from './person.module.css'
import { PersonForm } from './person-form.tsx'
import { ReceiptView } from './receipt-view.tsx'
import { TotalView } from './total-view.tsx'

const cx = classesOf(css)

const none: readonly Problem[] = []

export function PersonPane() {
  const language = useStudio((state) => state.language)
  const isOpen = useStudio((state) => state.open !== undefined)
  const form = useStudio((state) => state.open?.form)
  const stale = useStudio((state) => state.open?.stale ?? false)
  const person = useStudio(selectedPerson)
  const result = useStudio((state) => state.results.get(state.selected))
  const w = words[language]
  // The total follows every key at once; receipt and form follow as soon as there is time, also the first time.
  const later = useDeferredValue(result, undefined)
  const laterForm = useDeferredValue(form, undefined)
  return (
    <div className={cx('person')}>
      <People />
      {form && person ? (
        <>
          <TotalView form={form} result={result} stale={stale} language={language} />
          <div className={cx('sheet')}>
            {later?.kind === 'scored' && later.receipt && <ReceiptView document={later.receipt.document} units={form.units} language={language} />}
            {laterForm && <PersonForm form={laterForm} person={person} problems={result?.kind === 'problems' ? result.problems : none} language={language} />}
          </div>
        </>
      ) : (
        isOpen && <p className="quiet block">{w.noResult}</p>
      )}
    </div>
  )
}
