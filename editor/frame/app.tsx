// The page: policies and outline on the left, the text in the middle, people, cases or the official text on the right.

import { ConfigProvider, App as Messages } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useEffect, useLayoutEffect } from 'react'
import { workerFails } from '../state/language.ts'
import { themeOf } from '../state/slices/interface.ts'
import { isDirty } from '../state/slices/policies.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { antdTheme, applyTheme, followSystem } from '../theme/theme.ts'
import { words } from '../words.ts'
import { followAddress, start } from './address.ts'
import { Conflict } from './conflict.tsx'
import css from './frame.module.css'
import { Header } from './header.tsx'
import { NoticeBar } from './notice-bar.tsx'
import { Palette } from './palette.tsx'
import { Panes } from './panes.tsx'

const cx = classesOf(css)

const button = { autoInsertSpace: false }

export function App() {
  const language = useStudio((state) => state.language)
  const theme = useStudio(themeOf)

  useLayoutEffect(() => followSystem(useStudio.getState().setSystemTheme), [])
  useLayoutEffect(() => applyTheme(theme), [theme])
  useEffect(() => void workerFails.then(() => useStudio.getState().tell({ kind: 'worker-failed' })), [])
  useEffect(() => {
    const stopFollowing = followAddress()
    void start()
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
        event.preventDefault()
        void useStudio.getState().save()
      }
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        event.stopPropagation()
        useStudio.getState().setSearches(true)
      }
    }
    // Before Monaco, which waits for a second key after Ctrl+K.
    window.addEventListener('keydown', onKey, { capture: true })
    const onLeave = () => useStudio.getState().leave()
    window.addEventListener('pagehide', onLeave)
    const onFocus = () => void useStudio.getState().refresh()
    window.addEventListener('focus', onFocus)
    const asking = setInterval(() => {
      if (document.visibilityState === 'visible') void useStudio.getState().look()
    }, 1000)
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
      window.removeEventListener('pagehide', onLeave)
      window.removeEventListener('focus', onFocus)
      clearInterval(asking)
      stopFollowing()
    }
  }, [])

  // Nothing here may change with every key: what is drawn anew at this level draws every control anew.
  return (
    <ConfigProvider theme={antdTheme(theme)} locale={language === 'zh' ? zhCN : enUS} button={button}>
      <Messages className={cx('studio')}>
        <PageTitle />
        <button
          type="button"
          className={cx('skip')}
          onClick={() => document.querySelector<HTMLElement>('.editor-host textarea, .editor-host .native-edit-context')?.focus()}
        >
          {words[language].skip}
        </button>
        <Header />
        <NoticeBar />
        <Panes />
        <Palette />
        <Conflict />
      </Messages>
    </ConfigProvider>
  )
}

/** The browser's tab says which policy is open and whether it is saved. */
function PageTitle() {
  const language = useStudio((state) => state.language)
  const path = useStudio((state) => state.open?.path)
  const dirty = useStudio((state) => state.open !== undefined && isDirty(state.open))
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    document.title = `${dirty ? '● ' : ''}${path === undefined ? '' : `${path} · `}衡 · ${words[language].title}`
  }, [language, path, dirty])
  return null
}
