// A form made from the facts of the policy: what is left empty is not known. Values are kept as they are written and read
// by the same strict reader as files.

import { Input, Select } from 'antd'
import { memo } from 'react'
import type { Fact, Field } from '../../runtime/ir/schema.ts'
import type { Problem } from '../../runtime/problems.ts'
import type { Person } from '../desk.ts'
import { useStudio } from '../state/studio.ts'
import { classesOf } from '../theme/classes.ts'
import { type Language, words } from '../words.ts'
import type { Form } from '../worker/protocol.ts'
import { Control, DateInput, Remedy, sameProps, unitOf } from './controls.tsx'
import css from './person.module.css'
import { RecordsField } from './records-field.tsx'

const cx = classesOf(css)

/** Where the form stands on the page. */
export const formId = 'person-form'

interface Props {
  readonly form: Form
  readonly person: Person
  readonly problems: readonly Problem[]
  readonly language: Language
}

export const PersonForm = memo(function PersonForm({ form, person, problems, language }: Props) {
  const w = words[language]
  const { changePerson } = useStudio.getState()
  const use = form.uses.find(({ name }) => name === person.scenario) ?? (form.needsUse ? form.uses[0] : undefined)
  const choices = [...(form.needsUse ? [] : [{ label: w.noScenario, value: '' }]), ...form.uses.map(({ name }) => ({ label: name, value: name }))]
  return (
    <section className={cx('form')} id={formId} aria-label={w.facts}>
      <div className={cx('field')}>
        <label className={cx('label')} htmlFor="person-name">
          {w.personName}
        </label>
        <Input id="person-name" size="small" value={person.name} onChange={(event) => changePerson({ name: event.target.value })} maxLength={80} />
      </div>
      {form.uses.length > 0 && (
        <div className={cx('field')}>
          <label className={cx('label')} htmlFor="person-scenario">
            {w.scenario}
          </label>
          <Select
            id="person-scenario"
            size="small"
            className={cx('select')}
            value={use?.name ?? ''}
            onChange={(chosen) => changePerson({ scenario: chosen === '' ? null : chosen })}
            options={choices}
          />
        </div>
      )}
      {(use?.dates ?? form.dates).map((name) => (
        <div className={cx('field')} key={name}>
          <label className={cx('label')} htmlFor={`date-${name}`}>
            {name}
          </label>
          <DateInput
            id={`date-${name}`}
            value={person.dates[name] ?? ''}
            status=""
            placeholder={w.required}
            change={(written) => changePerson({ dates: { [name]: written } })}
          />
        </div>
      ))}
      <hr />
      {form.facts.map((fact) => {
        const value = person.facts[fact.name] ?? ''
        const problem = problems.find(({ column }) => isAbout(column, fact))
        const whenEmpty = whenEmptyOf(fact, language)
        return fact.type.kind === 'records' ? (
          <RecordsField
            key={`${person.id} ${fact.name}`}
            fact={fact}
            type={fact.type}
            units={form.units}
            value={value}
            whenEmpty={whenEmpty}
            problem={problem}
            language={language}
          />
        ) : (
          <FactField
            key={fact.name}
            fact={fact}
            type={fact.type}
            unit={unitOf(form.units, fact.type, language)}
            value={value}
            whenEmpty={whenEmpty}
            problem={problem}
            language={language}
          />
        )
      })}
    </section>
  )
})

/** Whether a problem's column is a fact, one of its records, or a field of one. */
export const isAbout = (column: string, { name }: Fact) => column === name || column.startsWith(`${name}[`)

function whenEmptyOf(fact: Fact, language: Language): string {
  const w = words[language]
  if (fact.default !== undefined) return w.usesDefault(fact.default === '[]' ? w.none : fact.default)
  return fact.required ? w.required : w.unknown
}

interface FieldProps {
  readonly fact: Fact
  readonly type: Field['type']
  readonly unit: string
  readonly value: string
  readonly whenEmpty: string
  readonly problem: Problem | undefined
  readonly language: Language
}

const FactField = memo(function FactField({ fact, type, unit, value, whenEmpty, problem, language }: FieldProps) {
  const change = (written: string) => useStudio.getState().changeFact(fact.name, written)
  const id = `fact-${fact.name}`
  return (
    <div className={cx(problem ? 'field wrong' : 'field')}>
      <label className={cx('label')} htmlFor={id} id={`${id}-label`} title={fact.source ?? undefined}>
        {fact.name}
      </label>
      <div className={cx('control')}>
        <Control
          id={id}
          type={type}
          unit={unit}
          value={value}
          whenEmpty={whenEmpty}
          required={fact.required}
          invalid={problem !== undefined}
          change={change}
          language={language}
        />
      </div>
      {problem && <Remedy problem={problem} language={language} />}
    </div>
  )
}, sameProps)
