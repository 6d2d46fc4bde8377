// What just happened or went wrong, above the page, so that nothing on it moves. Good news goes away by itself.

import { Alert, Button } from 'antd'
import { useEffect } from 'react'
import { visible } from '../../runtime/exact/text.ts'
import type { Notice } from '../state/slices/interface.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { words } from '../words.ts'
import css from './frame.module.css'

const cx = classesOf(css)

const kinds: Readonly<Record<Notice['kind'], 'success' | 'info' | 'warning' | 'error'>> = {
  saved: 'success',
  formatted: 'success',
  converted: 'success',
  'saved-as-case': 'success',
  imported: 'success',
  restored: 'info',
  removed: 'info',
  merged: 'info',
  gb18030: 'warning',
  'changed-on-disk': 'warning',
  'set-aside': 'warning',
  'not-people': 'warning',
  'cannot-take': 'warning',
  'cannot-format': 'warning',
  'cannot-save-as-case': 'warning',
  'cannot-write-case': 'warning',
  'no-dates': 'warning',
  'file-gone': 'warning',
  'has-errors': 'warning',
  'worker-failed': 'error',
  'server-gone': 'error',
  'save-failed': 'error',
  'read-failed': 'error',
}

export function NoticeBar() {
  const notice = useStudio((state) => state.notice)
  const failing = useStudio(({ failing: { server, drafts, people } }) => server ?? drafts ?? people)
  const language = useStudio((state) => state.language)
  const { dismissNotice } = useStudio.getState()
  const w = words[language]
  const passing = notice !== undefined && kinds[notice.kind] === 'success'
  useEffect(() => {
    if (!passing) return
    const timer = setTimeout(dismissNotice, 3000)
    return () => clearTimeout(timer)
  }, [passing, dismissNotice])
  return (
    <div className={cx('notices')}>
      {failing !== undefined && <Alert className={cx('notice')} type="error" title={w.notKept(w.reasons[failing] ?? failing)} showIcon />}
      {notice && (
        <Alert
          className={cx('notice')}
          type={kinds[notice.kind]}
          title={textOf(notice, language)}
          action={<Offer notice={notice} />}
          showIcon
          closable={{ onClose: dismissNotice }}
        />
      )}
    </div>
  )
}

/** What can be done about it, where something can. */
function Offer({ notice }: { readonly notice: Notice }) {
  const language = useStudio((state) => state.language)
  const aside = useStudio((state) => state.aside)
  const { save, mergeDisk, restorePerson, takeAside, dropAside, saveDraftAs } = useStudio.getState()
  const w = words[language]
  const button = (text: string, act: () => void) => (
    <Button key={text} size="small" onClick={act}>
      {text}
    </Button>
  )
  switch (notice.kind) {
    case 'gb18030':
      return button(w.convert, () => void save(true))
    case 'changed-on-disk':
      return button(w.mergeDisk, () => void mergeDisk())
    case 'removed':
      return button(w.undo, () => restorePerson(notice.id))
    case 'has-errors':
      return button(w.saveDraftAs, () => saveDraftAs())
    case 'set-aside': {
      const [first] = aside
      if (!first) return null
      return (
        <>
          {button(w.takeAside, () => void takeAside(first.id))} {button(w.dropAside, () => void dropAside(first.id))}
        </>
      )
    }
    default:
      return null
  }
}

function textOf(notice: Notice, language: 'zh' | 'en'): string {
  const w = words[language]
  switch (notice.kind) {
    case 'saved-as-case':
      return w.savedAsCase(notice.path, notice.line)
    case 'cannot-write-case':
      return w.cannotWriteCase(notice.fact, visible(notice.value))
    case 'removed':
      return w.removed(notice.name)
    case 'imported':
      return w.imported(notice.count)
    case 'has-errors':
      return w.hasErrors(notice.count)
    case 'save-failed':
      return w.saveFailed(w.reasons[notice.reason] ?? notice.reason)
    case 'read-failed':
      return w.readFailed(w.reasons[notice.reason] ?? notice.reason)
    default:
      return w.told[notice.kind]
  }
}
