// What a file's header has to have before a row of it is read.

import { keyAmong, keyColumn, keyColumnEnglish } from '../ir/names.ts'
import type { Fact, Policy } from '../ir/schema.ts'
import type { Problem } from '../problems.ts'

export const unknownColumn = (name: string): Problem => ({ code: 'unknown-column', column: name, value: name, data: {} })

/** The header with the applicant's key under its own name. @param names of the facts or fields that are asked for */
export function withKeyNamed(header: readonly string[], names: readonly string[]): readonly string[] {
  const key = keyNamed(header, names)
  return header.map((name) => (name === key ? keyColumn : name))
}

/** What the header calls the applicant's key. @param names as of `withKeyNamed` */
export const keyNamed = (header: readonly string[], names: readonly string[]): string =>
  keyAmong(
    (name) => header.includes(name),
    (name) => names.includes(name),
  )

const ofKey = (name: string, known: readonly string[]) => (name === keyColumn && known.includes(keyColumnEnglish) ? { idTaken: 'yes' } : {})

/** @param header `undefined` for a file without one */
export function checkRecordsHeader(fact: Fact, header: readonly string[] | undefined): readonly Problem[] {
  if (fact.type.kind !== 'records' || header === undefined) return []
  const needed = [keyColumn, ...fact.type.fields.filter((field) => field.default === undefined).map(({ name }) => name)]
  const known = [keyColumn, ...fact.type.fields.map(({ name }) => name)]
  return [
    ...needed
      .filter((name) => !header.includes(name))
      .map((name): Problem => ({ code: 'missing-column', column: name, value: name, data: ofKey(name, known) })),
    ...known
      .filter((name) => header.indexOf(name) !== header.lastIndexOf(name))
      .map((name): Problem => ({ code: 'duplicate-column', column: name, value: name, data: {} })),
  ]
}

export function checkHeader(
  policy: Policy,
  header: readonly string[],
  records: ReadonlyMap<string, unknown>,
): { problems: readonly Problem[]; notices: readonly Problem[] } {
  const [only = ''] = header
  if (only.includes('\u0000') || only.includes('\ufffd')) return { problems: [{ code: 'not-a-table', column: '', value: '', data: {} }], notices: [] }
  const separator = header.length === 1 && !only.includes(',') ? [';', '；', '\t'].find((mark) => only.includes(mark)) : undefined
  if (separator) return { problems: [{ code: 'other-separator', column: '', value: separator === '\t' ? 'Tab' : separator, data: {} }], notices: [] }
  const problems: Problem[] = []
  const known = new Set([keyColumn, ...policy.facts.map(({ name }) => name)])
  const unknown = header.filter((name) => !known.has(name))
  for (const name of new Set(header.filter((name, i) => header.indexOf(name) < i && known.has(name))))
    problems.push({ code: 'duplicate-column', column: name, value: name, data: {} })
  const needed = [
    keyColumn,
    ...policy.facts.filter((fact) => fact.default === undefined && !fact.defaultKey && !records.has(fact.name)).map(({ name }) => name),
  ]
  // A list that has a file of its own may not stand in the people's file as well.
  for (const name of records.keys()) if (header.includes(name)) problems.push({ code: 'duplicate-column', column: name, value: name, data: {} })
  const stray = unknown.slice(0, 5).join('、')
  for (const name of needed) {
    if (header.includes(name)) continue
    const suggestion = unknown.find((other) => similar(other, name))
    problems.push({
      code: 'missing-column',
      column: name,
      value: name,
      data: { ...ofKey(name, [...known]), ...(suggestion === undefined ? {} : { suggestion }), ...(stray === '' ? {} : { stray }) },
    })
  }
  return { problems, notices: unknown.map(unknownColumn) }
}

/** More than half of the letters are shared: enough to ask whether a column was meant. */
function similar(a: string, b: string): boolean {
  const letters = [...new Set(a)]
  if (a.includes(b) || b.includes(a)) return true
  return letters.filter((letter) => b.includes(letter)).length * 2 > Math.max(letters.length, new Set(b).size)
}
