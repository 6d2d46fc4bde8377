// Two texts side by side, drawn by Monaco.

import { useEffect, useRef } from 'react'
import { classesOf } from '../theme/classes.ts'
import css from './editor.module.css'

const cx = classesOf(css)

export function Difference({ left, right }: { readonly left: string; readonly right: string }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let gone = false
    let remove: (() => void) | undefined
    void import('./setup.ts').then(({ createDifference }) => {
      if (!gone && host.current) remove = createDifference(host.current, left, right)
    })
    return () => {
      gone = true
      remove?.()
    }
  }, [left, right])
  return <div ref={host} className={cx('difference')} />
}
