// The top line: which policy, whether it is saved, and what can be done with it.

import { Button, Popconfirm } from 'antd'
import { themeOf } from '../state/slices/interface.ts'
import { errorsOf, isDirty } from '../state/slices/policies.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { words } from '../words.ts'
import css from './frame.module.css'

const cx = classesOf(css)

export function Header() {
  const language = useStudio((state) => state.language)
  const path = useStudio((state) => state.open?.path)
  const name = useStudio((state) => state.open?.reading.name)
  const dirty = useStudio((state) => state.open !== undefined && isDirty(state.open))
  const broken = useStudio((state) => state.open !== undefined && errorsOf(state.open) > 0)
  const other = useStudio(themeOf) === 'dark' ? 'light' : 'dark'
  const { setLanguage, setTheme, setSearches, save, formatText, discardDraft } = useStudio.getState()
  const w = words[language]
  return (
    <header className={cx('header')}>
      <h1>
        <span className={cx('mark')} aria-hidden="true">
          衡
        </span>
        <span className={cx('title')}>{w.title}</span>
      </h1>
      <div className={cx('file')}>
        <strong>{name}</strong>
        <span className={cx('path')}>{path}</span>
        {path !== undefined && (
          <span className={cx(dirty || broken ? 'state unsaved' : 'state')} role="status">
            {dirty ? w.draft : broken ? w.savedWithErrors : w.saved}
          </span>
        )}
      </div>
      <div className={cx('actions')}>
        <Button className={cx('search')} onClick={() => setSearches(true)} title="Ctrl+K">
          {w.search}
        </Button>
        {dirty && (
          <Popconfirm title={w.discardQuestion} okText={w.discardDraft} cancelText={w.cancel} onConfirm={discardDraft}>
            <Button type="text">{w.discardDraft}</Button>
          </Popconfirm>
        )}
        <Button className={cx('spare')} onClick={() => void formatText()} disabled={path === undefined}>
          {w.format}
        </Button>
        <Button type="primary" onClick={() => void save()} disabled={!dirty} title="Ctrl+S">
          {w.save}
        </Button>
        <Button className={cx('spare')} type="text" onClick={() => setTheme(other)}>
          {w.themes[other]}
        </Button>
        <Button
          className={cx('spare')}
          type="text"
          onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
          aria-label={`${w.languageLabel} ${w.language}`}
        >
          {w.language}
        </Button>
      </div>
    </header>
  )
}
