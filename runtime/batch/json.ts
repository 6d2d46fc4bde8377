// One applicant as JSON, every fact in its written form.

import { plainName } from '../exact/text.ts'
import type { WrittenFacts } from '../facts.ts'
import type { Problem } from '../problems.ts'
import { brokenJson, isRecord, NumberText, parseKeepingNumbers, repeatedName, writtenForm } from '../written.ts'

export type PersonJson = { readonly ok: true; readonly written: WrittenFacts } | { readonly ok: false; readonly problem: Problem }

export function readPersonJson(text: string): PersonJson {
  const failed = (reason: string, column = ''): PersonJson => ({ ok: false, problem: { code: 'unreadable-row', column, value: '', data: { reason } } })
  let person: unknown
  try {
    person = parseKeepingNumbers(text)
  } catch (error) {
    return { ok: false, problem: { code: 'not-json', column: '', value: '', data: { ...brokenJson(text, error) } } }
  }
  if (!isRecord(person)) return failed('{ … }')
  const repeated = repeatedName(text)
  if (repeated !== undefined) return { ok: false, problem: { code: 'repeated-name', column: repeated, value: repeated, data: {} } }
  const written: Record<string, string> = Object.create(null)
  for (const [name, value] of Object.entries(person)) {
    const form = writtenForm(value)
    if (form === undefined) return failed(shown(value), name)
    const plain = plainName(name)
    if (Object.hasOwn(written, plain)) return { ok: false, problem: { code: 'repeated-name', column: plain, value: plain, data: {} } }
    written[plain] = form
  }
  return { ok: true, written }
}

/** The start of a value that cannot be read, as it was written. */
const shown = (value: unknown): string => JSON.stringify(value, (_key, part: unknown) => (part instanceof NumberText ? part.text : part)).slice(0, 60)
