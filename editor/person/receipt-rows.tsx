// The rows of a receipt: arithmetic, clause, windows, what awaits proof and what was matched and not counted; inside them the
// rows of blocks, the records of lists and the grants that lapse. A click on a row goes to its place in the text.

import type { Policy } from '../../runtime/ir/schema.ts'
import type { ListedRecord, ReceiptRow, ReceiptStep } from '../../runtime/receipt/document.ts'
import { absenceText, defaultsText, leftOutText, markOf, reasonsText, shownRows } from '../../runtime/receipt/print.ts'
import { opensAtFirstDay, printSteps, saysResult } from '../../runtime/receipt/steps.ts'
import { passedOver, words as receiptWords } from '../../runtime/receipt/words.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import css from './receipt.module.css'

const cx = classesOf(css)

interface Shown {
  readonly units: Policy['units']
  readonly all: boolean
  readonly language: Language
}

export function Rows({ rows, ...shown }: Shown & { readonly rows: readonly ReceiptRow[] }) {
  const visible = shownRows(shown, rows)
  if (visible.length === 0) return null
  return (
    <ul className={cx('rows')}>
      {visible.map((row) => (
        <RowView key={row.id} row={row} among={rows} {...shown} />
      ))}
    </ul>
  )
}

function RowView({ row, among, ...shown }: Shown & { readonly row: ReceiptRow; readonly among: readonly ReceiptRow[] }) {
  const { units, language } = shown
  const w = words[language]
  const r = receiptWords[language]
  const steps = printSteps(row.steps, units, language)
  // What is alive on a day is told, not computed.
  const isSum = row.steps.every(({ kind }) => kind !== 'live' && kind !== 'unknown')
  const working = steps !== '' && isSum && !saysResult(steps, row.points.proven, language) ? `${steps} = ${row.points.proven}` : steps
  const reason = reasonsText(row, among, language)
  const details = [
    ...row.windows.map((window) => (opensAtFirstDay(window) ? r.upTo(window.to) : r.window(window.from, window.to))),
    ...[reason, defaultsText([row], language)].filter((one) => one !== ''),
    ...(row.status === 'absent' ? [absenceText(row, language)] : []),
    ...(row.because === null ? [] : [passedOver[row.because][language]]),
    ...(row.status === 'awaiting' ? [`${w.awaiting}：${row.awaiting.join('、')}`] : []),
    ...(row.cites.length > 0 ? [`${r.cites} ${row.cites.join('、')}`] : []),
  ]
  return (
    <li>
      <button type="button" className={cx(`row ${row.status}`)} onClick={() => void useStudio.getState().showRule(row.id)}>
        <span className={cx('status')} title={w.status[row.status]}>
          <span aria-hidden="true">{markOf(row)}</span>
          <span className="unseen">{w.status[row.status]}</span>
        </span>
        <span className={cx('rule')}>{row.rule[language]}</span>
        {working !== '' && <span className={cx('working')}>{working}</span>}
        {details.length > 0 && <span className={cx('details')}>{details.join('；')}</span>}
      </button>
      {row.lists.map(({ name, records }) => (
        <Listed key={name} records={records} language={language} />
      ))}
      <Inside steps={row.steps} {...shown} />
    </li>
  )
}

/** The records of a list that is asked: those that are taken, and why others are not. */
function Listed({ records, language }: { readonly records: readonly ListedRecord[]; readonly language: Language }) {
  if (records.length === 0) return null
  return (
    <ul className={cx('records')}>
      {records
        .map((record, i) => ({ ...record, key: String(i) }))
        .map(({ key, shown, left }) => (
          <li key={key}>
            <Line text={shown[language]} points="" counts={left === null} details={left === null ? '' : leftOutText(left, language)} />
          </li>
        ))}
    </ul>
  )
}

/** What blocks, lists of records and lapsing points are made of. */
function Inside({ steps, ...shown }: Shown & { readonly steps: readonly ReceiptStep[] }) {
  const r = receiptWords[shown.language]
  const rows = steps.flatMap((step) => (step.kind === 'block' ? step.rows : []))
  const records = steps
    .flatMap((step) => (step.kind === 'each' ? step.records.map((record) => ({ ...record, takes: step.takes })) : []))
    .map((record, i) => ({ ...record, key: String(i) }))
  const grants = steps
    .flatMap((step) => (step.kind === 'live' ? step.grants.map((grant) => ({ ...grant, on: step.on })) : []))
    .map((grant, i) => ({ ...grant, key: String(i) }))
  const cut = steps.flatMap((step) => (step.kind === 'each' ? step.cut : []))
  return (
    <>
      <Rows rows={rows} {...shown} />
      {records.length === 0 && steps.some(({ kind }) => kind === 'each') && <p className={cx('none')}>{r.noRecords}</p>}
      {records.length > 0 && (
        <ul className={cx('records')}>
          {records.map(({ key, shown: fields, points, counted, takes, rows: inside, definitions }) => {
            const own = inside.flatMap((row) => row.steps)
            const working = printSteps(own, shown.units, shown.language)
            return (
              <li key={key}>
                <Line
                  text={[fields[shown.language], ...definitions.map(({ name, value }) => `${name} ${value?.[shown.language] ?? r.unknown}`)].join(r.comma)}
                  points={points.proven}
                  counts={counted}
                  details={counted ? working : r.notCountedRecord(takes)}
                />
                <Inside steps={own} {...shown} />
              </li>
            )
          })}
        </ul>
      )}
      {cut.map(({ key, inside, points }) => (
        <p key={key.zh} className={cx('line')}>
          {r.withinKey(key[shown.language], inside, points)}
        </p>
      ))}
      <Listed records={steps.flatMap((step) => (step.kind === 'each' ? step.left : []))} language={shown.language} />
      {grants.length > 0 && (
        <ul className={cx('records')}>
          {grants.map(({ key, points, from, to, left, alive, on }) => (
            <li key={key}>
              <Line text={r.window(from, to)} points={r.left(points, left)} counts={alive} details={alive ? '' : from > on ? r.notYet : r.lapsed} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

interface LineProps {
  readonly text: string
  readonly points: string
  readonly counts: boolean
  readonly details: string
}

function Line({ text, points, counts, details }: LineProps) {
  return (
    <p className={cx(counts ? 'line' : 'line idle')}>
      <span aria-hidden="true">{counts ? '•' : '○'}</span>
      <span>{text}</span>
      <span className={cx('points')}>{points}</span>
      {details !== '' && <span className={cx('details')}>{details}</span>}
    </p>
  )
}
