// The panes of the page: side by side and dragged where there is room, tabs where there is less.

import { Segmented } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { Group, Panel, type PanelImperativeHandle, Separator, useDefaultLayout } from 'react-resizable-panels'
import { CasesPane } from '../cases/cases-pane.tsx'
import { EditorPane } from '../monaco/editor-pane.tsx'
import { OfficialPane } from '../official/official-pane.tsx'
import { PersonPane } from '../person/person-pane.tsx'
import { layouts } from '../state/kept.ts'
import { type Pane, paneOf, type Room, tabsOf } from '../state/slices/interface.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { words } from '../words.ts'
import { BesidePane } from './beside-pane.tsx'
import css from './frame.module.css'
import { Problems } from './problems.tsx'
import { Sidebar } from './sidebar.tsx'

const cx = classesOf(css)

/** From these widths on, in pixels of the page: at twice the size a screen has half of them. */
const widths: Readonly<Record<Exclude<Room, 'narrow'>, string>> = { wide: '(min-width: 1300px)', medium: '(min-width: 860px)' }

const roomNow = (): Room => (window.matchMedia(widths.wide).matches ? 'wide' : window.matchMedia(widths.medium).matches ? 'medium' : 'narrow')

function useRoom(): Room {
  useEffect(() => {
    const follow = () => useStudio.getState().setRoom(roomNow())
    const queries = Object.values(widths).map((width) => window.matchMedia(width))
    for (const query of queries) query.addEventListener('change', follow)
    follow()
    return () => {
      for (const query of queries) query.removeEventListener('change', follow)
    }
  }, [])
  return useStudio((state) => state.room)
}

/** The panes that can be folded away, for whoever folds them from elsewhere. */
export const foldable: { left: PanelImperativeHandle | null; right: PanelImperativeHandle | null } = { left: null, right: null }

export function fold(side: 'left' | 'right'): void {
  const panel = foldable[side]
  if (panel?.isCollapsed()) panel.expand()
  else panel?.collapse()
}

export function Panes() {
  const room = useRoom()
  const language = useStudio((state) => state.language)
  const path = useStudio((state) => state.open?.path)
  const pane = useStudio(paneOf)
  const panelIds = room === 'wide' ? ['left', 'middle', 'right'] : ['middle', 'right']
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id: `heng.panes.${room}`, panelIds, storage: layouts })
  const w = words[language]
  const text = (
    <section className={cx('middle')} aria-label={path ?? w.policies}>
      {path === undefined ? <div className={cx('empty')} /> : <EditorPane key={path} />}
      <BesidePane />
      <Problems />
    </section>
  )
  const tabs = <Tabs key={path} pane={pane} room={room} text={text} />
  if (room === 'narrow') return <main className={cx('panes narrow')}>{tabs}</main>
  return (
    <main className={cx('panes')}>
      <Group {...(defaultLayout ? { defaultLayout } : {})} onLayoutChanged={onLayoutChanged} key={room}>
        {room === 'wide' && (
          <>
            <Panel id="left" defaultSize="200px" minSize="140px" maxSize="40%" collapsible groupResizeBehavior="preserve-pixel-size" panelRef={keep('left')}>
              <Sidebar />
            </Panel>
            <Separator className={cx('divider')} aria-label={w.divider(w.policies)} />
          </>
        )}
        <Panel id="middle" minSize="280px">
          {text}
        </Panel>
        <Separator className={cx('divider')} aria-label={w.divider(w.people)} />
        <Panel
          id="right"
          defaultSize={room === 'wide' ? '400px' : '380px'}
          minSize="280px"
          maxSize="70%"
          collapsible
          groupResizeBehavior="preserve-pixel-size"
          panelRef={keep('right')}
        >
          {tabs}
        </Panel>
      </Group>
    </main>
  )
}

const keep = (side: 'left' | 'right') => (panel: PanelImperativeHandle | null) => {
  foldable[side] = panel
}

/** The panes of which one is looked at. */
function Tabs({ pane, room, text }: { readonly pane: Pane; readonly room: Room; readonly text: ReactNode }) {
  const language = useStudio((state) => state.language)
  const w = words[language]
  const contents: Readonly<Record<Pane, () => ReactNode>> = {
    policies: () => <Sidebar />,
    text: () => text,
    person: () => <PersonPane />,
    cases: () => <CasesPane />,
    official: () => <OfficialPane />,
  }
  return (
    <aside className={cx('right')} aria-label={w.panes[pane]}>
      <div className={cx('choice')}>
        <Segmented
          block
          size="small"
          value={pane}
          onChange={useStudio.getState().choosePane}
          options={tabsOf[room].map((value) => ({ value, label: value === 'cases' ? <CasesLabel /> : w.panes[value] }))}
        />
      </div>
      {contents[pane]()}
    </aside>
  )
}

/** 样例 151/152: how many come out as expected. */
function CasesLabel() {
  const cases = useStudio((state) => state.caseRun?.cases)
  const language = useStudio((state) => state.language)
  const w = words[language]
  const good = cases?.filter(({ passed }) => passed).length ?? 0
  return <span className={cx(cases && good < cases.length ? 'failing' : '')}>{cases && cases.length > 0 ? w.casesOf(good, cases.length) : w.panes.cases}</span>
}
