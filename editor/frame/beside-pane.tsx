// A rule of a policy that the open one takes in, beside it: where it stands, why it cannot be changed here, and what can.

import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { words } from '../words.ts'
import css from './frame.module.css'

const cx = classesOf(css)

export function BesidePane() {
  const beside = useStudio((state) => state.beside)
  const name = useStudio((state) => (state.beside ? state.heads[state.beside.path]?.name : undefined))
  const language = useStudio((state) => state.language)
  const host = useRef<HTMLDivElement>(null)
  const w = words[language]
  useEffect(() => {
    if (!beside) return
    let gone = false
    let remove: (() => void) | undefined
    void import('../monaco/setup.ts').then(({ createViewer }) => {
      if (!gone && host.current) remove = createViewer(host.current, beside)
    })
    return () => {
      gone = true
      remove?.()
    }
  }, [beside])
  if (!beside) return null
  const { openPolicy, show, closeBeside } = useStudio.getState()
  const open = async () => {
    await openPolicy(beside.path)
    if (useStudio.getState().open?.path === beside.path) show(beside.span)
  }
  return (
    <section className={cx('beside')} aria-label={w.besideTitle(name || beside.path)}>
      <div className="bar">
        <h2>{w.besideTitle(name || beside.path)}</h2>
        <Button size="small" onClick={() => void open()}>
          {w.openIt}
        </Button>
        <Button size="small" type="text" onClick={closeBeside}>
          {w.close}
        </Button>
      </div>
      <p className="quiet">{w.besideWhy}</p>
      <div ref={host} className={cx('beside-text')} />
    </section>
  )
}
