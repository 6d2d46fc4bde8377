// A form made from the facts of the policy: what is left empty is not known. Values are kept as they are written and read
// by the same strict reader as files.

import { Checkbox, Input, Select, Segmented } from 'antd'
import { memo } from 'react'
import type { Fact, Policy } from '../../runtime/ir/schema.ts'
import { describeProblem, type Problem } from '../../runtime/problems.ts'
import type { Sample } from '../state/kept.ts'
import { useStudio } from '../state/studio.ts'
import { type Language, words } from '../words.ts'

interface Props {
  readonly policy: Policy
  readonly sample: Sample
  readonly problems: readonly Problem[]
  readonly language: Language
}

export function PersonForm({ policy, sample, problems, language }: Props) {
  const w = words[language]
  const { changeSample } = useStudio.getState()
  return (
    <section className="form" aria-label={w.facts}>
      <div className="field">
        <label className="label" htmlFor="sample-name">
          {w.renameSample}
        </label>
        <Input id="sample-name" size="small" value={sample.name} onChange={(event) => changeSample({ name: event.target.value })} maxLength={80} />
      </div>
      {policy.referenceDates.map((name) => (
        <div className="field" key={name}>
          <label className="label" htmlFor={`date-${name}`}>
            {name}
          </label>
          <DateInput
            id={`date-${name}`}
            value={sample.dates[name] ?? ''}
            status=""
            change={(written) => changeSample({ dates: { ...sample.dates, [name]: written } })}
          />
        </div>
      ))}
      <hr />
      {policy.facts.map((fact) => (
        <FactField
          key={fact.name}
          fact={fact}
          unit={unitOf(policy, fact, language)}
          value={sample.facts[fact.name] ?? ''}
          problem={problems.find(({ column }) => column === fact.name)}
          language={language}
        />
      ))}
    </section>
  )
}

const unitOf = (policy: Policy, { type }: Fact, language: Language) =>
  type.kind === 'number' && type.unit !== undefined ? (policy.units[type.unit]?.[language] ?? '') : ''

interface FieldProps {
  readonly fact: Fact
  readonly unit: string
  /** In written form; `''` for not known. */
  readonly value: string
  readonly problem: Problem | undefined
  readonly language: Language
}

const FactField = memo(function FactField({ fact, unit, value, problem, language }: FieldProps) {
  const w = words[language]
  const change = (written: string) => {
    const { samples, selected, changeSample } = useStudio.getState()
    const facts = samples.find(({ id }) => id === selected)?.facts ?? {}
    changeSample({ facts: { ...facts, [fact.name]: written } })
  }
  const id = `fact-${fact.name}`
  const described = problem ? describeProblem(problem, language) : undefined
  const empty = fact.default !== undefined ? w.usesDefault(fact.default) : fact.required ? w.required : w.unknown
  return (
    <div className={problem ? 'field wrong' : 'field'}>
      <label className="label" htmlFor={id} id={`${id}-label`} title={fact.source ?? undefined}>
        {fact.name}
      </label>
      <div className="control">
        <Control id={id} fact={fact} unit={unit} value={value} invalid={problem !== undefined} change={change} language={language} />
        <Checkbox checked={value === ''} onChange={(event) => change(event.target.checked ? '' : initialValue(fact))} aria-label={`${fact.name} ${empty}`}>
          {empty}
        </Checkbox>
      </div>
      {described && (
        <p className="remedy" role="alert">
          {described.reason}
          {language === 'zh' ? '。' : '. '}
          {described.remedy}
        </p>
      )}
    </div>
  )
}, sameField)

/** Every compilation makes new facts; a field is drawn anew only when its fact says something else. */
function sameField(before: FieldProps, after: FieldProps): boolean {
  return (
    before.value === after.value &&
    before.unit === after.unit &&
    before.language === after.language &&
    (before.problem === after.problem || JSON.stringify(before.problem) === JSON.stringify(after.problem)) &&
    (before.fact === after.fact || JSON.stringify(before.fact) === JSON.stringify(after.fact))
  )
}

/** What stands in a field once it is said to be known. */
function initialValue({ type }: Fact): string {
  switch (type.kind) {
    case 'yesno':
      return '否'
    case 'choice':
    case 'levels':
      return type.members[0] ?? ''
    case 'choices':
      return '[]'
    case 'number':
      return type.low.startsWith('-') ? '0' : type.low
    default:
      return ''
  }
}

interface ControlProps {
  readonly id: string
  readonly fact: Fact
  readonly unit: string
  readonly value: string
  readonly invalid: boolean
  readonly change: (written: string) => void
  readonly language: Language
}

function Control({ id, fact, unit, value, invalid, change, language }: ControlProps) {
  const w = words[language]
  const { type } = fact
  const status = invalid ? 'error' : ''
  switch (type.kind) {
    case 'date':
      return <DateInput id={id} value={value} status={status} change={change} />
    case 'number':
      return (
        <Input
          id={id}
          size="small"
          inputMode="decimal"
          value={value}
          status={status}
          suffix={unit === '' ? undefined : unit}
          onChange={(event) => change(halfWidth(event.target.value))}
        />
      )
    case 'text':
      return <Input id={id} size="small" value={value} onChange={(event) => change(event.target.value)} />
    case 'yesno':
      return (
        <Segmented
          id={id}
          size="small"
          aria-labelledby={`${id}-label`}
          value={value}
          onChange={(chosen) => change(String(chosen))}
          options={[
            { label: w.yes, value: '是' },
            { label: w.no, value: '否' },
          ]}
        />
      )
    case 'choice':
    case 'levels':
      return (
        <Select
          id={id}
          size="small"
          className="select"
          value={value === '' ? undefined : value}
          placeholder={w.unknown}
          onChange={(chosen: string | undefined) => change(chosen ?? '')}
          options={type.members.map((member) => ({ label: member, value: member }))}
        />
      )
    case 'choices': {
      const held = value === '' || value === '[]' ? [] : value.split('、')
      return (
        <Select
          id={id}
          size="small"
          mode="multiple"
          className="select"
          value={held}
          placeholder={value === '' ? w.unknown : ''}
          onChange={(chosen: string[]) => change(chosen.length === 0 ? '[]' : type.members.filter((member) => chosen.includes(member)).join('、'))}
          options={type.members.map((member) => ({ label: member, value: member }))}
        />
      )
    }
  }
}

interface DateInputProps {
  readonly id: string
  readonly value: string
  readonly status: '' | 'error'
  readonly change: (written: string) => void
}

/** The written form, whatever the browser's own language; other ways to write a date are settled on leaving the field. */
function DateInput({ id, value, status, change }: DateInputProps) {
  const settle = () => {
    const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(value)
    if (match) change(`${match[1]}-${(match[2] ?? match[4] ?? '').padStart(2, '0')}-${(match[3] ?? match[5] ?? '').padStart(2, '0')}`)
  }
  return (
    <Input
      id={id}
      size="small"
      inputMode="numeric"
      placeholder="2025-03-01"
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
