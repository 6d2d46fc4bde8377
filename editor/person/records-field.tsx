// A fact that is a list of records or periods: one line of inputs for each. No records (`[]`) and not known (`''`) are two
// different things. The value is kept as the JSON text that files have in the same column.

import { Button } from 'antd'
import { memo, useRef } from 'react'
import { flushSync } from 'react-dom'
import { z } from 'zod'
import type { Fact, FactType, Field, Policy } from '../../runtime/ir/schema.ts'
import type { Problem } from '../../runtime/problems.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import { Control, Remedy, sameProps, unitOf } from './controls.tsx'
import css from './person.module.css'

const cx = classesOf(css)

interface Props {
  readonly fact: Fact
  readonly type: Extract<FactType, { kind: 'records' }>
  readonly units: Policy['units']
  readonly value: string
  /** What the fact is taken for while its value is empty. */
  readonly whenEmpty: string
  readonly problem: Problem | undefined
  readonly language: Language
}

const list = z.array(z.record(z.string(), z.string()))
type WrittenRecord = z.infer<typeof list>[number]

function readWritten(value: string): readonly WrittenRecord[] {
  try {
    return list.parse(JSON.parse(value))
  } catch {
    return []
  }
}

export const RecordsField = memo(function RecordsField({ fact, type, units, value, whenEmpty, problem, language }: Props) {
  const w = words[language]
  const lines = useRef<HTMLOListElement>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const records = readWritten(value)

  const change = (written: string) => useStudio.getState().changeFact(fact.name, written)
  const write = (next: readonly WrittenRecord[]) => change(JSON.stringify(next))
  const add = () => {
    flushSync(() => write([...records, {}]))
    lines.current?.querySelector<HTMLElement>('li:last-child input')?.focus()
  }
  const remove = (index: number) => {
    flushSync(() => write(records.filter((_, i) => i !== index)))
    addButton.current?.focus()
  }

  return (
    <div className={cx(problem ? 'field list wrong' : 'field list')}>
      <span className={cx('label')} title={fact.source ?? undefined}>
        {fact.name}
      </span>
      <div className={cx('control')}>
        <span className={cx('count')}>{value === '' ? whenEmpty : records.length === 0 ? w.none : w.records(records.length)}</span>
        <Button ref={addButton} size="small" onClick={add} aria-label={`${w.addRecord} ${fact.name}`}>
          {w.addRecord}
        </Button>
        {value === '' ? (
          <Button size="small" type="text" onClick={() => write([])} aria-label={`${fact.name} ${w.none}`}>
            {w.none}
          </Button>
        ) : (
          records.length === 0 &&
          !fact.required && (
            <Button size="small" type="text" onClick={() => change('')} aria-label={`${fact.name} ${whenEmpty}`}>
              {whenEmpty}
            </Button>
          )
        )}
      </div>
      {records.length > 0 && (
        <ol className={cx(type.fields.length > 3 ? 'records' : 'records table')} ref={lines}>
          {records.map((record, i) => {
            const at = `${fact.name}[${i + 1}]`
            return (
              <RecordLine
                key={at}
                at={at}
                title={w.record(fact.name, i + 1)}
                fields={type.fields}
                units={units}
                record={record}
                problem={problem?.column.startsWith(at) ? problem : undefined}
                change={(changed) => write(records.map((other, j) => (j === i ? changed : other)))}
                remove={() => remove(i)}
                language={language}
              />
            )
          })}
        </ol>
      )}
      {problem?.column === fact.name && <Remedy problem={problem} language={language} />}
    </div>
  )
}, sameProps)

interface LineProps {
  /** As the reader of facts names the place of a problem in this record. */
  readonly at: string
  readonly title: string
  readonly fields: readonly Field[]
  readonly units: Policy['units']
  readonly record: WrittenRecord
  readonly problem: Problem | undefined
  readonly change: (record: WrittenRecord) => void
  readonly remove: () => void
  readonly language: Language
}

/** The inputs of one record, with what is wrong in it below them. */
function RecordLine({ at, title, fields, units, record, problem, change, remove, language }: LineProps) {
  return (
    <li>
      <fieldset className={cx('record')} aria-label={title}>
        {fields.map((field) => {
          const id = `fact-${at}.${field.name}`
          return (
            <div className={cx('cell')} key={field.name}>
              <label htmlFor={id} id={`${id}-label`}>
                {field.name}
              </label>
              <Control
                id={id}
                type={field.type}
                unit={unitOf(units, field.type, language)}
                value={record[field.name] ?? ''}
                whenEmpty={field.default ?? ''}
                required
                invalid={problem?.column === `${at}.${field.name}`}
                change={(written) => change(withField(record, fields, field.name, written))}
                language={language}
              />
            </div>
          )
        })}
        <button type="button" className={cx('remove')} onClick={remove} aria-label={`${words[language].removeRecord} ${title}`}>
          ×
        </button>
      </fieldset>
      {problem && <Remedy problem={problem} name={problem.column.slice(at.length + 1)} language={language} />}
    </li>
  )
}

/** A record with one field written; fields that the policy no longer has go with the first change. */
function withField(record: WrittenRecord, fields: readonly Field[], name: string, written: string): WrittenRecord {
  const kept = fields.map((field): [string, string] => [field.name, field.name === name ? written : (record[field.name] ?? '')])
  return Object.fromEntries(kept.filter(([, text]) => text !== ''))
}
