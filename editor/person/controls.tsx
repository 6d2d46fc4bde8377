// One input per type of value, for facts and for the fields of records: written values in, written values out.

import { Input, Segmented, Select } from 'antd'
import type { Field, Policy } from '../../runtime/ir/schema.ts'
import { describeProblem, type Problem } from '../../runtime/problems.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import css from './person.module.css'

const cx = classesOf(css)

interface ControlProps {
  /** A label for this id stands beside it, itself with the id `…-label`. */
  readonly id: string
  readonly type: Field['type']
  readonly unit: string
  /** In written form; `''` for not known. */
  readonly value: string
  /** What it is taken for while it is empty. */
  readonly whenEmpty: string
  /** It is never empty for long. */
  readonly required: boolean
  readonly invalid: boolean
  readonly change: (written: string) => void
  readonly language: Language
}

export function Control({ id, type, unit, value, whenEmpty, required, invalid, change, language }: ControlProps) {
  const w = words[language]
  const status = invalid ? 'error' : ''
  switch (type.kind) {
    case 'date':
      return <DateInput id={id} value={value} status={status} placeholder={whenEmpty} change={change} />
    case 'number':
      return (
        <Input
          id={id}
          size="small"
          inputMode="decimal"
          value={value}
          status={status}
          placeholder={whenEmpty}
          suffix={unit === '' ? undefined : unit}
          onChange={(event) => change(halfWidth(event.target.value))}
        />
      )
    case 'text':
      return <Input id={id} size="small" value={value} status={status} placeholder={whenEmpty} onChange={(event) => change(event.target.value)} />
    case 'yesno':
      return (
        <Segmented
          id={id}
          size="small"
          className={cx(invalid ? 'yesno wrong' : 'yesno')}
          aria-labelledby={`${id}-label`}
          value={value}
          onChange={(chosen) => change(String(chosen))}
          options={[{ label: w.yes, value: '是' }, { label: w.no, value: '否' }, ...(required ? [] : [{ label: whenEmpty, value: '' }])]}
        />
      )
    case 'choice':
    case 'levels':
      return (
        <Select
          id={id}
          size="small"
          className={cx('select')}
          popupMatchSelectWidth={false}
          value={value === '' ? undefined : value}
          status={status}
          placeholder={whenEmpty}
          allowClear={!required}
          onChange={(chosen: string | undefined) => change(chosen ?? '')}
          options={type.members.map((member) => ({ label: member, value: member }))}
        />
      )
    case 'choices': {
      const held = value === '' ? [] : value.split('、')
      return (
        <Select
          id={id}
          size="small"
          mode="multiple"
          className={cx('select')}
          popupMatchSelectWidth={false}
          value={held}
          status={status}
          placeholder={whenEmpty}
          onChange={(chosen: string[]) => change(chosenOf(type.members, held, chosen))}
          options={[{ label: w.none, value: '[]' }, ...type.members.map((member) => ({ label: member, value: member }))]}
        />
      )
    }
  }
}

/** 没有 and members leave each other out; of what was chosen last something holds. */
function chosenOf(members: readonly string[], before: readonly string[], chosen: readonly string[]): string {
  if (chosen.includes('[]') && !before.includes('[]')) return '[]'
  return members.filter((member) => chosen.includes(member)).join('、')
}

interface DateInputProps {
  readonly id: string
  readonly value: string
  readonly status: '' | 'error'
  readonly placeholder: string
  readonly change: (written: string) => void
}

/** The written form, whatever the browser's own language; other ways to write a date are settled on leaving the field. */
export function DateInput({ id, value, status, placeholder, change }: DateInputProps) {
  const settle = () => {
    const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(value)
    if (match) change(`${match[1]}-${(match[2] ?? match[4] ?? '').padStart(2, '0')}-${(match[3] ?? match[5] ?? '').padStart(2, '0')}`)
  }
  return (
    <Input
      id={id}
      size="small"
      inputMode="numeric"
      placeholder={placeholder}
      value={value}
      status={status}
      onChange={(event) => change(halfWidth(event.target.value))}
      onBlur={settle}
    />
  )
}

/** What a Chinese keyboard types for figures, as their ASCII twins. */
const halfWidth = (text: string) =>
  text
    .replace(/[０-９．－]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll('。', '.')
    .trim()

/** What is wrong with an input and what to do; `name` says with which, where that is not plain. */
export function Remedy({ problem, name = '', language }: { readonly problem: Problem; readonly name?: string; readonly language: Language }) {
  const { reason, remedy } = describeProblem(problem, language)
  const [colon, stop] = language === 'zh' ? ['：', '。'] : [': ', '. ']
  return (
    <p className={cx('remedy')} role="alert">
      {name === '' ? '' : name + colon}
      {reason}
      {stop}
      {remedy}
    </p>
  )
}

export const unitOf = (units: Policy['units'], type: { readonly kind: string; readonly unit?: string | undefined }, language: Language) =>
  type.unit === undefined ? '' : (units[type.unit]?.[language] ?? '')

/** Every compilation makes new facts; what is made of data alone is drawn anew only when the data says something else. */
export const sameProps = (before: object, after: object) => JSON.stringify(before) === JSON.stringify(after)
