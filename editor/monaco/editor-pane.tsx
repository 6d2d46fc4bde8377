// The editor's place in the page: shows the text plainly until Monaco has come.

import { useEffect, useRef, useState } from 'react'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { words } from '../words.ts'
import css from './editor.module.css'

const cx = classesOf(css)

export function EditorPane() {
  const host = useRef<HTMLDivElement>(null)
  const [ready, setReady] = useState(false)
  const [failed, setFailed] = useState(false)
  const language = useStudio((state) => state.language)
  const text = useStudio((state) => (ready ? '' : (state.open?.text ?? '')))

  useEffect(() => {
    let gone = false
    let remove: (() => void) | undefined
    // A frame and then a task: the page paints before Monaco is asked for.
    const frame = requestAnimationFrame(() =>
      setTimeout(async () => {
        try {
          const { createEditor } = await import('./setup.ts')
          if (gone || !host.current) return
          remove = createEditor(host.current)
          setReady(true)
        } catch {
          setFailed(true)
        }
      }),
    )
    return () => {
      gone = true
      cancelAnimationFrame(frame)
      remove?.()
    }
  }, [])

  return (
    <div className={cx('pane')}>
      <div ref={host} className={cx('host')} data-ready={ready} />
      {!ready && (
        <div className={cx('waiting')}>
          <p role="status">{failed ? words[language].told['server-gone'] : words[language].loadingEditor}</p>
          <pre>{text}</pre>
        </div>
      )}
    </div>
  )
}
