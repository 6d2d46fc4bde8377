// The policies of the folder by what they are called, with the number of their paper and whether they are in force; the file of cases of a
// policy stands below it.

import type { Head } from '../../language/service/head.ts'
import { caseFileOf } from '../paths.ts'
import { isDirty } from '../state/slices/policies.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { today } from '../today.ts'
import { type Language, words } from '../words.ts'
import css from './frame.module.css'

const cx = classesOf(css)

export function PolicyList() {
  const policies = useStudio((state) => state.policies) ?? []
  const heads = useStudio((state) => state.heads)
  const language = useStudio((state) => state.language)
  const w = words[language]
  const caseFiles = new Set(policies.flatMap((path) => caseFileOf(path) ?? []))
  const isCases = (path: string) => caseFiles.has(path)
  return (
    <ul className={cx('files')}>
      {policies
        .filter((path) => !isCases(path))
        .map((path) => {
          const cases = caseFileOf(path)
          return (
            <li key={path}>
              <Entry path={path} name={heads[path]?.name || path.replace(/\.heng$/, '')} about={aboutOf(heads[path], language)} />
              {cases !== undefined && policies.includes(cases) && <Entry path={cases} name={w.caseFile} about="" />}
            </li>
          )
        })}
    </ul>
  )
}

function Entry({ path, name, about }: { readonly path: string; readonly name: string; readonly about: string }) {
  const isOpen = useStudio((state) => state.open?.path === path)
  const isUnfinished = useStudio((state) => (state.open?.path === path ? isDirty(state.open) : state.unfinished.includes(path)))
  const language = useStudio((state) => state.language)
  return (
    <button type="button" aria-current={isOpen ? 'page' : undefined} onClick={() => void useStudio.getState().openPolicy(path)} title={path}>
      <span className={cx('name')}>{name}</span>
      {isUnfinished && <span className={cx('unfinished')}> {words[language].draft}</span>}
      {about !== '' && <span className={cx('about')}>{about}</span>}
    </button>
  )
}

/** 桐政办发〔2024〕39号 · 现行 */
function aboutOf(head: Head | undefined, language: Language): string {
  if (!head) return ''
  return [head.number, forceOf(head, language)].filter(Boolean).join(' · ')
}

/** Whether the policy is in force today; nothing where it does not say. */
function forceOf({ from, to }: Head, language: Language): string {
  const w = words[language]
  const day = today()
  if (from === undefined) return ''
  if (day < from) return w.notYetInForce
  return to !== undefined && day > to ? w.expired : w.inForce
}
