// The page: policies and outline on the left, the text in the middle, people, cases or the official text on the right.

import { ConfigProvider, App as Messages } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useEffect } from 'react'
import { EditorPane } from '../monaco/editor-pane.tsx'
import { isDirty } from '../state/slices/policies.ts'
import { useStudio } from '../state/studio.ts'
import { words } from '../words.ts'
import { addressed, followAddress } from './address.ts'
import { Conflict } from './conflict.tsx'
import { Header } from './header.tsx'
import { NoticeBar } from './notice-bar.tsx'
import { Problems } from './problems.tsx'
import { RightPane } from './right-pane.tsx'
import { Sidebar } from './sidebar.tsx'

const theme = {
  token: {
    colorPrimary: '#0958d9',
    colorInfo: '#0958d9',
    colorLink: '#0958d9',
    colorSuccess: '#237804',
    colorWarning: '#874d00',
    colorError: '#cf1322',
    colorSuccessBg: '#f6ffed',
    colorWarningBg: '#fffbe6',
    colorErrorBg: '#fff2f0',
    colorSuccessBorder: '#b7eb8f',
    colorWarningBorder: '#ffe58f',
    colorErrorBorder: '#ffccc7',
    colorTextSecondary: 'rgba(0,0,0,0.65)',
    colorTextDescription: 'rgba(0,0,0,0.65)',
    colorTextTertiary: 'rgba(0,0,0,0.6)',
    colorTextPlaceholder: 'rgba(0,0,0,0.55)',
    fontSize: 13,
    borderRadius: 4,
    motion: false,
  },
}

const button = { autoInsertSpace: false }

export function App() {
  const language = useStudio((state) => state.language)
  const path = useStudio((state) => state.open?.path)

  useEffect(() => {
    const stopFollowing = followAddress()
    void useStudio.getState().start(addressed())
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
        event.preventDefault()
        void useStudio.getState().save()
      }
    }
    window.addEventListener('keydown', onKey)
    const onLeave = () => useStudio.getState().leave()
    window.addEventListener('pagehide', onLeave)
    const onFocus = () => void useStudio.getState().refresh()
    window.addEventListener('focus', onFocus)
    const asking = setInterval(() => {
      if (document.visibilityState === 'visible') void useStudio.getState().look()
    }, 1000)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('pagehide', onLeave)
      window.removeEventListener('focus', onFocus)
      clearInterval(asking)
      stopFollowing()
    }
  }, [])

  // Nothing here may change with every key: what is drawn anew at this level draws every control anew.
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zhCN : enUS} button={button}>
      <Messages className="studio">
        <PageTitle />
        <button
          type="button"
          className="skip"
          onClick={() => document.querySelector<HTMLElement>('.editor-host textarea, .editor-host .native-edit-context')?.focus()}
        >
          {words[language].skip}
        </button>
        <Header />
        <NoticeBar />
        <main className="panes">
          <Sidebar />
          <section className="middle" aria-label={path ?? words[language].policies}>
            {path === undefined ? <div className="empty" /> : <EditorPane key={path} />}
            <Problems />
          </section>
          <RightPane key={path} />
        </main>
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
