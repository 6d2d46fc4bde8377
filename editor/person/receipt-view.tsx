// The receipt on the screen: items with their points and rows, the values that no official text gives, and the readings.

import { Checkbox } from 'antd'
import { memo, useState } from 'react'
import type { Policy } from '../../runtime/ir/schema.ts'
import type { SourceNote } from '../../runtime/outcome.ts'
import type { FigureText, Receipt, ReceiptItem } from '../../runtime/receipt/document.ts'
import { definitionText, noneHolds } from '../../runtime/receipt/print.ts'
import { words as receiptWords } from '../../runtime/receipt/words.ts'
import { noteName } from '../../runtime/state-names.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import { sameProps } from './controls.tsx'
import css from './receipt.module.css'
import { Rows } from './receipt-rows.tsx'

const cx = classesOf(css)

interface Props {
  readonly document: Receipt
  readonly units: Policy['units']
  readonly language: Language
}

export function ReceiptView({ document, units, language }: Props) {
  const [all, setAll] = useState(false)
  const w = words[language]
  const r = receiptWords[language]
  const named = (note: SourceNote) => {
    const name = noteName(note, language)
    return name === '' ? '' : `${name}：`
  }
  return (
    <section className={cx('receipt')} aria-label={w.receipt}>
      <div className="bar">
        <h2>{w.receipt}</h2>
        <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
          {w.showAll}
        </Checkbox>
      </div>
      <ul className={cx('items')}>
        {document.items.map((item) => (
          <ItemView key={item.id} item={item} units={units} all={all} language={language} />
        ))}
      </ul>
      {document.definitions.length > 0 && (
        <div className={cx('definitions')}>
          <h3>{w.definitions}</h3>
          <ul>
            {document.definitions.map((definition) => (
              <li key={definition.name}>{definitionText(definition, language)}</li>
            ))}
          </ul>
        </div>
      )}
      {document.defaulted.length > 0 && (
        <div className={cx('defaulted')}>
          <h3>{w.defaulted}</h3>
          <p>{document.defaulted.map(({ fact, value }) => `${fact}（${r.asDefault(value)}）`).join('、')}</p>
        </div>
      )}
      {document.unsourced.length > 0 && (
        <div className={cx('unsourced')}>
          <h3>{w.unsourced}</h3>
          <ul>
            {document.unsourced.map((note) => (
              <li key={`${note.kind} ${note.where} ${note.reason}`}>
                {named(note)}
                {note.reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {document.readings.length > 0 && (
        <div className={cx('readings')}>
          <h3>{w.readings}</h3>
          <ul>
            {document.readings.map((note) => (
              <li key={`${note.kind} ${note.where} ${note.text}`}>
                {named(note)}
                {note.text}
                {note.cites === null ? '' : `（${note.cites}）`}
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

const between = ({ possible }: FigureText) =>
  possible === null ? '' : possible.lowest === possible.highest ? possible.lowest : `${possible.lowest}～${possible.highest}`

const ItemView = memo(function ItemView({ item, units, all, language }: ItemProps) {
  const r = receiptWords[language]
  if (item.absent) {
    return (
      <li className={cx(`item ${item.kind} absent`)}>
        <div className={cx('head')}>
          <span className={cx('name')}>{item.name}</span>
          <span className={cx('cites')}>{r.absent}</span>
        </div>
      </li>
    )
  }
  const remarks = [
    ...(item.limited === 'max'
      ? [r.capped(item.inside.proven, item.points.proven)]
      : item.limited === 'min'
        ? [r.floored(item.inside.proven, item.points.proven)]
        : []),
    ...(item.counted ? [] : [r.notCountedItem]),
    ...item.definitions.map((definition) => r.within(definitionText(definition, language))),
    ...(all || noneHolds(item.rows, language) === '' ? [] : [noneHolds(item.rows, language)]),
  ]
  return (
    <li className={cx(`item ${item.kind}`)}>
      <div className={cx('head')}>
        <span className={cx('name')}>{item.name}</span>
        {item.cites.length > 0 && (
          <span className={cx('cites')}>
            {r.cites} {item.cites.join('、')}
          </span>
        )}
        {item.auditedBy.length > 0 && <span className={cx('cites')}>{item.auditedBy.join('、')}</span>}
        {item.unsourced && <span className={cx('unsourced')}>{r.isUnsourced}</span>}
        {between(item.points) !== '' && <span className={cx('open')}>{between(item.points)}</span>}
        <span className={cx('points')}>
          {item.deducts && item.points.proven !== '0' ? '−' : ''}
          {item.points.proven}
          {item.max === null ? '' : <span className={cx('max')}> / {item.max}</span>}
        </span>
      </div>
      {remarks.length > 0 && <p className={cx('remark')}>{remarks.join('；')}</p>}
      <Rows rows={item.rows} units={units} all={all} language={language} />
      {item.children.length > 0 && (
        <ul className={cx('items')}>
          {item.children.map((child) => (
            <ItemView key={child.id} item={child} units={units} all={all} language={language} />
          ))}
        </ul>
      )}
    </li>
  )
}, sameProps)
