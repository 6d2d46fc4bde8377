// The official text beside the rules, paper after paper: each clause with what the policy makes of it. A click on a rule shows it in the
// policy; the clauses of the rule at the cursor are marked and brought into view.

import { Tag } from 'antd'
import { useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { type Account, type CoveredClause, clausesAt, type Status } from '../../language/coverage/coverage.ts'
import { words as receiptWords } from '../../runtime/receipt/words.ts'
import { useOfficial } from '../state/official.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import css from './official.module.css'

const cx = classesOf(css)

const colours: Readonly<Record<Status, string>> = { ruled: 'blue', procedural: 'default', omitted: 'gold', open: 'red', heading: 'default' }

export function OfficialPane() {
  const language = useStudio((state) => state.language)
  const path = useStudio((state) => state.open?.path)
  const text = useDeferredValue(useStudio((state) => state.open?.reading.text))
  const covered = useOfficial((state) => (state.covered?.path === path ? state.covered?.found : undefined))
  const cursor = useDeferredValue(useOfficial((state) => state.cursor))
  const w = words[language]
  useEffect(() => {
    if (path !== undefined && text !== undefined) void useOfficial.getState().load({ path, text })
  }, [path, text])
  const found = covered?.kind === 'covered' ? covered.coverage : undefined
  const current = useMemo(() => new Set(found ? clausesAt(found.clauses, cursor).map(({ cited }) => cited) : []), [found, cursor])
  const list = useRef<HTMLDivElement>(null)
  const first = [...current].join()
  useEffect(() => {
    if (first !== '') list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [first])
  if (covered?.kind === 'none') return <p className="quiet block">{w.noOfficial}</p>
  if (covered?.kind === 'unread') return <p className="quiet block">{`${covered.path}：${w.readFailed(w.reasons[covered.reason] ?? covered.reason)}`}</p>
  if (!found || covered?.kind !== 'covered') return <p className="quiet block">{w.loadingPolicies}</p>
  const openPhrases = found.clauses.flatMap(({ phrases }) => phrases).filter(({ status }) => status === 'open').length
  const count = (status: Status) => found.clauses.filter((clause) => clause.status === status).length + (status === 'open' ? openPhrases : 0)
  return (
    <section className={cx('official')} aria-label={w.panes.official}>
      <p className={cx('sum')}>
        {(['ruled', 'procedural', 'omitted', 'open'] as const).map((status) => (
          <Tag key={status} color={count(status) > 0 ? colours[status] : 'default'}>
            {w.coverage[status]} {count(status)}
          </Tag>
        ))}
      </p>
      {[
        ...found.dangling.map((stray) => ({ ...stray, told: w.dangling(stray.written) })),
        ...found.ambiguous.map((stray) => ({ ...stray, told: w.ambiguous(stray.written, stray.choices) })),
      ].map(({ written, span, told }) => (
        <p key={`${written} ${span.start}`} className={cx('dangling')}>
          <button type="button" onClick={() => useStudio.getState().show(span)}>
            {told}
          </button>
        </p>
      ))}
      <div ref={list}>
        {covered.papers.map((paper, i) => (
          <PaperClauses key={paper.path} paper={paper} clauses={found.clauses.filter((clause) => clause.paper === i)} current={current} language={language} />
        ))}
      </div>
    </section>
  )
}

function PaperClauses({
  paper,
  clauses,
  current,
  language,
}: {
  readonly paper: { readonly path: string; readonly text: string }
  readonly clauses: readonly CoveredClause[]
  readonly current: ReadonlySet<string>
  readonly language: Language
}) {
  return (
    <>
      <p className="quiet">{paper.path}</p>
      <ol>
        {clauses.map((clause) => (
          <Clause key={`${clause.span.start} ${clause.cited}`} clause={clause} text={paper.text} current={current.has(clause.cited)} language={language} />
        ))}
      </ol>
    </>
  )
}

function Clause({
  clause,
  text,
  current,
  language,
}: {
  readonly clause: CoveredClause
  readonly text: string
  readonly current: boolean
  readonly language: Language
}) {
  const w = words[language]
  const { status, span, depth, accounts, phrases } = clause
  return (
    <li className={cx(`clause ${status}`)} style={{ paddingLeft: depth * 12 }} {...(current ? { 'aria-current': 'true' as const } : {})}>
      <p className={cx('words')}>
        {status !== 'heading' && <Tag color={colours[status]}>{w.coverage[status]}</Tag>}
        {clause.kind === 'missing' ? w.missingClause(clause.name) : inOneLine(text.slice(span.start, span.end))}
      </p>
      {phrases.map((phrase) =>
        phrase.status === 'open' ? (
          <p key={phrase.span.start} className={cx('phrase')}>
            <Tag color={colours.open}>{w.coverage.open}</Tag>“{phrase.text}”
          </p>
        ) : null,
      )}
      {accounts.map((account) => (
        <Rule key={`${account.span.start} ${account.rule}`} account={account} language={language} />
      ))}
    </li>
  )
}

function Rule({ account, language }: { readonly account: Account; readonly language: Language }) {
  const r = receiptWords[language]
  const { rule, text, unsourced, span } = account
  return (
    <button type="button" className={cx('rule')} onClick={() => useStudio.getState().show(span)}>
      {[rule, text].filter((part) => part !== '').join('：')}
      {unsourced && <span className={cx('unsourced')}>{r.isUnsourced}</span>}
    </button>
  )
}

/** A page's line ends fall inside sentences, where Chinese has no blank. */
const inOneLine = (text: string): string =>
  text
    .trim()
    .replaceAll(/(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])/g, '')
    .replaceAll(/\s*\n\s*/g, ' ')
