// The receipt on the screen: items with their points, rows with their arithmetic and clause, what awaits proof and what was
// matched and not counted. A click on a row goes to its place in the text.

import { Checkbox } from 'antd'
import { memo, useMemo, useState } from 'react'
import type { ReferenceDates } from '../../runtime/interpret.ts'
import type { Policy } from '../../runtime/ir/schema.ts'
import type { Outcome } from '../../runtime/outcome.ts'
import { type FigureText, printSteps, type ReceiptItem, type ReceiptRow, receipt } from '../../runtime/receipt.ts'
import { useStudio } from '../state/studio.ts'
import { type Language, words } from '../words.ts'

interface Props {
  readonly policy: Policy
  readonly dates: ReferenceDates
  readonly outcome: Outcome
  readonly language: Language
}

export function ReceiptView({ policy, dates, outcome, language }: Props) {
  const [all, setAll] = useState(false)
  const document = useMemo(() => receipt(policy, dates, outcome), [policy, dates, outcome])
  const w = words[language]
  return (
    <section className="receipt" aria-label={w.receipt}>
      <div className="bar">
        <h2>{w.receipt}</h2>
        <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
          {w.showAll}
        </Checkbox>
      </div>
      <ul className="items">
        {document.items.map((item) => (
          <ItemView key={item.id} item={item} units={policy.units} all={all} language={language} />
        ))}
      </ul>
      {document.unsourced.length > 0 && (
        <div className="unsourced">
          <h3>{w.unsourced}</h3>
          <ul>
            {document.unsourced.map(({ where, reason }) => (
              <li key={`${where} ${reason}`}>
                {where}：{reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {document.readings.length > 0 && (
        <div className="readings">
          <h3>{w.readings}</h3>
          <ul>
            {document.readings.map(({ where, text, cites }) => (
              <li key={`${where} ${text}`}>
                {where === '' ? '' : `${where}：`}
                {text}
                {cites === null ? '' : `（${cites}）`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

interface ItemProps {
  readonly item: ReceiptItem
  readonly units: Policy['units']
  readonly all: boolean
  readonly language: Language
}

const between = ({ lowest, highest }: FigureText) => (lowest === highest ? '' : `${lowest}～${highest}`)

const ItemView = memo(function ItemView({ item, units, all, language }: ItemProps) {
  const w = words[language]
  const rows = item.rows.filter((row) => all || row.status !== 'not-matched')
  const remarks = [
    ...(item.limited === 'max' ? [w.capped(item.inside.proven)] : item.limited === 'min' ? [w.floored(item.inside.proven)] : []),
    ...(item.counted ? [] : [w.higherItem]),
  ]
  return (
    <li className={`item ${item.kind}`}>
      <div className="head">
        <span className="name">{item.name}</span>
        {item.cites.length > 0 && (
          <span className="cites">
            {w.cites} {item.cites.join('、')}
          </span>
        )}
        {between(item.points) !== '' && <span className="open">{between(item.points)}</span>}
        <span className="points">
          {item.points.proven}
          {item.max === null ? '' : <span className="max"> / {item.max}</span>}
        </span>
      </div>
      {remarks.length > 0 && <p className="remark">{remarks.join('；')}</p>}
      {rows.length > 0 && (
        <ul className="rows">
          {rows.map((row) => (
            <RowView key={row.id} row={row} units={units} language={language} />
          ))}
        </ul>
      )}
      {item.children.length > 0 && (
        <ul className="items">
          {item.children.map((child) => (
            <ItemView key={child.id} item={child} units={units} all={all} language={language} />
          ))}
        </ul>
      )}
    </li>
  )
}, sameItem)

/** Every key makes a new receipt; an item is drawn anew only when it says something else. */
function sameItem(before: ItemProps, after: ItemProps): boolean {
  const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)
  return before.all === after.all && before.language === after.language && same(before.item, after.item) && same(before.units, after.units)
}

const marks: Readonly<Record<ReceiptRow['status'], string>> = { matched: '✓', 'not-matched': '·', awaiting: '?', 'not-counted': '○' }

function RowView({ row, units, language }: { readonly row: ReceiptRow; readonly units: Policy['units']; readonly language: Language }) {
  const w = words[language]
  const steps = printSteps(row.steps, units, language)
  const working = steps === '' ? '' : row.status === 'awaiting' ? steps : `${steps} = ${row.points.proven}`
  const details = [
    ...(row.because === 'a-higher-row' ? [w.higherRow] : row.because === 'an-earlier-row' ? [w.earlierRow] : []),
    ...(row.status === 'awaiting' ? [`${w.awaiting}：${row.awaiting.join('、')}`] : []),
    ...(row.cites.length > 0 ? [`${w.cites} ${row.cites.join('、')}`] : []),
  ]
  const show = () => {
    const { open, show: reveal } = useStudio.getState()
    const place = open?.scoring?.places[row.id]
    if (place) reveal(place)
  }
  return (
    <li>
      <button type="button" className={`row ${row.status}`} onClick={show}>
        <span className="status" title={w.status[row.status]}>
          <span aria-hidden="true">{marks[row.status]}</span>
          <span className="unseen">{w.status[row.status]}</span>
        </span>
        <span className="rule">{row.rule[language]}</span>
        {working !== '' && <span className="working">{working}</span>}
        {details.length > 0 && <span className="details">{details.join('；')}</span>}
      </button>
    </li>
  )
}
