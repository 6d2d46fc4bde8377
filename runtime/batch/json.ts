// One applicant as JSON, turned into written forms: numbers are read from their source text, true and false are 是 and 否,
// a list of members is 甲、乙, a list of records is JSON text.

import type { WrittenFacts } from '../facts.ts'
import type { Problem } from '../problems.ts'

export type PersonJson = { readonly ok: true; readonly written: WrittenFacts } | { readonly ok: false; readonly problem: Problem }

/** A number as its source text. */
class NumberText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown

export function readPersonJson(text: string): PersonJson {
  const failed = (reason: string, column = ''): PersonJson => ({ ok: false, problem: { code: 'unreadable-row', column, value: '', data: { reason } } })
  let person: unknown
  try {
    const keepNumbers: Reviver = (_key, value, context) => (typeof value === 'number' ? new NumberText(context.source ?? String(value)) : value)
    person = (JSON.parse as (text: string, reviver: Reviver) => unknown)(text, keepNumbers)
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error))
  }
  if (typeof person !== 'object' || person === null || Array.isArray(person) || person instanceof NumberText) return failed('{ … }')
  const names = topNames(text)
  const repeated = names.find((name, i) => names.indexOf(name) < i)
  if (repeated !== undefined) return { ok: false, problem: { code: 'repeated-name', column: repeated, value: repeated, data: {} } }
  const written: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(person)) {
    const form = writtenForm(value)
    if (form === undefined) return failed(JSON.stringify(value).slice(0, 60), name)
    written[name] = form
  }
  return { ok: true, written }
}

/** The names of the outermost object of a JSON text, in order and as often as they stand there. */
function topNames(text: string): readonly string[] {
  const names: string[] = []
  let depth = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (depth === 1 && token.endsWith(':')) names.push(JSON.parse(token.slice(0, -1)) as string)
  }
  return names
}

function writtenForm(value: unknown): string | undefined {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (value instanceof NumberText) return value.text
  if (!Array.isArray(value)) return undefined
  if (value.every((member) => typeof member === 'string')) return value.length === 0 ? '[]' : value.join('、')
  return writtenRecords(value)
}

/** A list of objects as JSON text in which every field is in its written form. */
function writtenRecords(list: readonly unknown[]): string | undefined {
  const records: Record<string, string>[] = []
  for (const entry of list) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry) || entry instanceof NumberText) return undefined
    const record: Record<string, string> = {}
    for (const [name, value] of Object.entries(entry)) {
      const form = Array.isArray(value) && !value.every((member) => typeof member === 'string') ? undefined : writtenForm(value)
      if (form === undefined) return undefined
      record[name] = form
    }
    records.push(record)
  }
  return JSON.stringify(records)
}
