// One field for everything: what can be done, the policies, the rules of the open one, and lines of all policies that hold some words.

import { Modal, Select } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { namedEntries } from '../state/outline.ts'
import { type FoundLine, findLines } from '../state/server.ts'
import { tabsOf, themeOf } from '../state/slices/interface.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import css from './frame.module.css'
import { fold } from './panes.tsx'

const cx = classesOf(css)

interface Choice {
  readonly value: string
  /** What sort of thing it is. */
  readonly sort: string
  readonly label: string
  readonly act: () => void
}

export function Palette() {
  const searches = useStudio((state) => state.searches)
  return searches ? <Searching /> : null
}

/** Milliseconds without a key after which lines are looked for. */
const pause = 150

function Searching() {
  const language = useStudio((state) => state.language)
  const [written, setWritten] = useState('')
  const [lines, setLines] = useState<readonly FoundLine[]>([])
  const asked = useRef('')
  const w = words[language]
  const before = useRef(document.activeElement)
  const close = () => useStudio.getState().setSearches(false)
  /** Back to where one wrote. */
  const cancel = () => {
    close()
    setTimeout(() => (before.current as HTMLElement | null)?.focus())
  }
  useEffect(() => {
    const wanted = written.trim()
    asked.current = wanted
    if (wanted === '') {
      setLines([])
      return
    }
    const timer = setTimeout(() => {
      void findLines(wanted).then(
        (found) => {
          if (asked.current === wanted) setLines(found)
        },
        () => setLines([]),
      )
    }, pause)
    return () => clearTimeout(timer)
  }, [written])
  const choices = useMemo(() => [...choicesOf(language), ...linesAs(lines, w.foundLines)], [language, lines, w])
  return (
    <Modal open closable={false} footer={null} width="min(640px, 94vw)" styles={{ body: { minHeight: 380 } }} onCancel={cancel} title={w.search}>
      <Select
        className={cx('palette')}
        aria-label={w.search}
        placeholder={w.searchHint}
        autoFocus
        open
        showSearch={{ searchValue: written, onSearch: setWritten, filterOption: isFound }}
        listHeight={320}
        value={null}
        notFoundContent={w.nothingFound}
        options={choices.map(({ value, sort, label }) => ({ value, sort, label }))}
        optionRender={({ data }) => (
          <>
            <span className="quiet">{data.sort}</span> {data.label}
          </>
        )}
        onSelect={(value: unknown) => {
          close()
          choices.find((choice) => choice.value === value)?.act()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') cancel()
        }}
      />
    </Modal>
  )
}

const linePrefix = 'line '

/** Lines were looked for already; of the rest each word has to be there. */
function isFound(input: string, option: Omit<Choice, 'act'> | undefined): boolean {
  if (option?.value.startsWith(linePrefix)) return true
  const label = `${option?.sort} ${option?.label}`.toLowerCase()
  return input
    .toLowerCase()
    .split(/\s+/)
    .every((word) => label.includes(word))
}

const linesAs = (lines: readonly FoundLine[], sort: string): readonly Choice[] =>
  lines.map(({ path, line, column, text }) => ({
    value: `${linePrefix}${path} ${line}`,
    sort,
    label: `${text} — ${path}:${line}`,
    act: () => void useStudio.getState().showLine(path, line, column),
  }))

/** Everything that is here without being looked for. */
function choicesOf(language: Language): readonly Choice[] {
  const studio = useStudio.getState()
  const w = words[language]
  const { policies = [], heads, open } = studio
  return [
    ...commandsOf(language).map(([label, act]) => ({ value: `do ${label}`, sort: w.commands, label, act })),
    ...policies.map((path) => ({
      value: `open ${path}`,
      sort: w.policies,
      label: `${heads[path]?.name || path} — ${path}`,
      act: () => void studio.openPolicy(path),
    })),
    ...namedEntries(open?.reading.outline ?? [])
      .filter(({ entry }) => entry.name !== '')
      .map(({ entry, item }) => ({
        value: `item ${entry.kind} ${item} ${entry.span.start}`,
        sort: w.kinds[entry.kind],
        label: item,
        act: () => studio.show(entry.nameSpan),
      })),
  ]
}

function commandsOf(language: Language): readonly (readonly [label: string, act: () => void])[] {
  const studio = useStudio.getState()
  const w = words[language]
  const { room } = studio
  const other = themeOf(studio) === 'dark' ? 'light' : 'dark'
  return [
    [w.save, () => void studio.save()],
    [w.format, () => void studio.formatText()],
    [w.saveDraftAs, () => studio.saveDraftAs()],
    [`${w.people}：${w.newPerson}`, () => studio.addPerson(false)],
    [w.saveAsCase, () => void studio.saveAsCase()],
    ...tabsOf[room].map((pane) => [w.showPane(w.panes[pane]), () => studio.choosePane(pane)] as const),
    ...(room === 'wide' ? [[w.foldLeft, () => fold('left')] as const] : []),
    ...(room === 'narrow' ? [] : [[w.foldRight, () => fold('right')] as const]),
    [w.themes[other], () => studio.setTheme(other)],
    [w.language, () => studio.setLanguage(language === 'zh' ? 'en' : 'zh')],
  ]
}
