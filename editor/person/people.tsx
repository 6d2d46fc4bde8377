// The people whom one tries rules on, each with their total; whoever is removed can be brought back.

import { Button, Dropdown, Modal, Popconfirm } from 'antd'
import { useRef, useState } from 'react'
import { download } from '../state/download.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { words } from '../words.ts'
import css from './person.module.css'

const cx = classesOf(css)

export function People() {
  const language = useStudio((state) => state.language)
  return (
    <section className={cx('samples')} aria-label={words[language].people}>
      <Bar />
      <Totals />
    </section>
  )
}

/** The people, each with what they score. */
function Totals() {
  const people = useStudio((state) => state.people)
  const selected = useStudio((state) => state.selected)
  const results = useStudio((state) => state.results)
  const { selectPerson } = useStudio.getState()
  return (
    <ul>
      {people.map((person) => {
        const result = results.get(person.id)
        const { text, counts } = result?.kind === 'scored' ? result.main : { text: '—', counts: true }
        return (
          <li key={person.id}>
            <button type="button" aria-pressed={person.id === selected} onClick={() => selectPerson(person.id)}>
              <span className={cx('name')}>{person.name}</span>
              <span className={cx(counts ? 'figure' : 'figure idle')}>{text}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** What can be done with them. */
function Bar() {
  const count = useStudio((state) => state.people.length)
  const removed = useStudio((state) => state.removed.length)
  const language = useStudio((state) => state.language)
  const { addPerson, removePerson, saveAsCase, exportPeople, importPeople } = useStudio.getState()
  const [shows, setShows] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const w = words[language]
  const more = [
    { key: 'export', label: w.exportPeople, onClick: () => download(`${w.people}.json`, exportPeople()) },
    { key: 'import', label: w.importPeople, onClick: () => file.current?.click() },
    { key: 'removed', label: w.removedPeople(removed), onClick: () => setShows(true) },
  ]
  return (
    <>
      <div className="bar">
        <h2>{w.people}</h2>
        <Button size="small" onClick={() => addPerson(false)}>
          {w.newPerson}
        </Button>
        <Button size="small" onClick={() => addPerson(true)} disabled={count === 0}>
          {w.copyPerson}
        </Button>
        <Button size="small" onClick={removePerson} disabled={count <= 1}>
          {w.removePerson}
        </Button>
        <Button size="small" onClick={() => void saveAsCase()}>
          {w.saveAsCase}
        </Button>
        <Dropdown menu={{ items: more }} trigger={['click']}>
          <Button size="small" aria-label={w.more}>
            …
          </Button>
        </Dropdown>
        <input
          ref={file}
          type="file"
          accept=".json"
          hidden
          aria-label={w.importPeople}
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            event.target.value = ''
            void chosen?.text().then(importPeople)
          }}
        />
      </div>
      {shows && <Removed close={() => setShows(false)} />}
    </>
  )
}

function Removed({ close }: { readonly close: () => void }) {
  const removed = useStudio((state) => state.removed)
  const language = useStudio((state) => state.language)
  const { restorePerson, forgetPerson } = useStudio.getState()
  const w = words[language]
  return (
    <Modal open title={w.removedPeople(removed.length)} onCancel={close} footer={null}>
      <p className="quiet">{removed.length === 0 ? w.nobodyRemoved : w.removedHint}</p>
      <ul className={cx('removed')}>
        {removed.map(({ at, person }) => (
          <li key={person.id}>
            <span className={cx('name')}>{person.name}</span>
            <span className="quiet">{at === '' ? '' : new Date(at).toLocaleString(language === 'zh' ? 'zh-CN' : 'en')}</span>
            <Button size="small" onClick={() => restorePerson(person.id)}>
              {w.restorePerson}
            </Button>
            <Popconfirm title={w.forgetQuestion(person.name)} okText={w.forgetPerson} cancelText={w.cancel} onConfirm={() => forgetPerson(person.id)}>
              <Button size="small" danger>
                {w.forgetPerson}
              </Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
