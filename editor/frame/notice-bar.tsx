// One line under the header that says what just happened or went wrong. Good news goes away by itself.

import { Alert, Button } from 'antd'
import { useEffect } from 'react'
import { visible } from '../../runtime/exact/text.ts'
import type { Notice } from '../state/slices/interface.ts'
import { useStudio } from '../state/studio.ts'
import { words } from '../words.ts'

const kinds: Readonly<Record<Notice['kind'], 'success' | 'info' | 'warning' | 'error'>> = {
  saved: 'success',
  formatted: 'success',
  converted: 'success',
  'saved-as-case': 'success',
  restored: 'info',
  gb18030: 'warning',
  'cannot-format': 'warning',
  'cannot-save-as-case': 'warning',
  'cannot-write-case': 'warning',
  'no-dates': 'warning',
  'file-gone': 'warning',
  'server-gone': 'error',
  'save-failed': 'error',
  'read-failed': 'error',
}

export function NoticeBar() {
  const notice = useStudio((state) => state.notice)
  const language = useStudio((state) => state.language)
  const { dismissNotice, save } = useStudio.getState()
  const passing = notice !== undefined && kinds[notice.kind] === 'success'
  useEffect(() => {
    if (!passing) return
    const timer = setTimeout(dismissNotice, 3000)
    return () => clearTimeout(timer)
  }, [passing, dismissNotice])
  if (!notice) return null
  const offer =
    notice.kind === 'gb18030' ? (
      <Button size="small" onClick={() => void save(true)}>
        {words[language].convert}
      </Button>
    ) : undefined
  return (
    <Alert className="notice" type={kinds[notice.kind]} title={textOf(notice, language)} action={offer} showIcon banner closable={{ onClose: dismissNotice }} />
  )
}

function textOf(notice: Notice, language: 'zh' | 'en'): string {
  const w = words[language]
  switch (notice.kind) {
    case 'saved':
      return w.saved
    case 'formatted':
      return w.formatted
    case 'converted':
      return w.converted
    case 'gb18030':
      return w.gb18030
    case 'saved-as-case':
      return w.savedAsCase(notice.path, notice.line)
    case 'cannot-write-case':
      return w.cannotWriteCase(notice.fact, visible(notice.value))
    case 'restored':
      return w.restored
    case 'cannot-format':
      return w.cannotFormat
    case 'cannot-save-as-case':
      return w.cannotSaveAsCase
    case 'no-dates':
      return w.missingDate
    case 'file-gone':
      return w.fileGone
    case 'server-gone':
      return w.serverGone
    case 'save-failed':
      return w.saveFailed(w.reasons[notice.reason] ?? notice.reason)
    case 'read-failed':
      return w.readFailed(w.reasons[notice.reason] ?? notice.reason)
  }
}
