// JSON values in the written form that a CSV cell has: numbers by their source text, true and false as 是 and 否, a list of
// members as 甲、乙, a list of records as JSON text of its own.

/** A number as its source text: 0.1 stays 0.1, and 1e2 is told from 100. */
export class NumberText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Reviver = (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown

const parseWith = JSON.parse as (text: string, reviver: Reviver) => unknown

/** Whether this engine tells the source text of a number; Node does from 21 on. */
const tellsSource = parseWith('1', (_key, _value, context) => context?.source === '1') === true

/** @throws SyntaxError for a text that is no JSON */
export function parseKeepingNumbers(text: string): unknown {
  return tellsSource ? parseBySource(text) : parseByMarks(text)
}

const parseBySource = (text: string): unknown =>
  parseWith(text, (_key, value, context) => (typeof value === 'number' ? new NumberText(context?.source ?? String(value)) : value))

/** As `parseBySource`, on an engine that does not tell: numbers become texts that begin with a 1, and texts begin with a 0. */
export function parseByMarks(text: string): unknown {
  JSON.parse(text)
  const marked = text.replace(/"((?:[^"\\]|\\.)*)"(\s*:)?|-?\d[\d.eE+-]*/g, (token, inside: string | undefined, colon: string | undefined) => {
    if (inside === undefined) return `"1${token}"`
    return colon === undefined ? `"0${inside}"` : token
  })
  return parseWith(marked, (_key, value) => {
    if (typeof value !== 'string') return value
    return value.startsWith('1') ? new NumberText(value.slice(1)) : value.slice(1)
  })
}

/** Where a text stops being JSON, in words of its own: an engine says it in English only, and each in another way. */
export interface BrokenJson {
  /** The letter, counted from 1, or line and letter of a text of several lines; empty where the engine does not say it. */
  readonly at: string
  /** What should not be there; empty where the engine does not say it. */
  readonly token: string
}

/** @param error what `JSON.parse` threw */
export function brokenJson(text: string, error: unknown): BrokenJson {
  const message = error instanceof Error ? error.message : ''
  const token = /^Unexpected token '?(.)/u.exec(message)?.[1] ?? ''
  const position = / at position (\d+)/.exec(message)?.[1]
  if (position === undefined) return { at: '', token }
  const lines = text.slice(0, Number(position)).split('\n')
  const column = [...(lines.at(-1) ?? '')].length + 1
  return { at: text.trimEnd().includes('\n') ? `${lines.length}:${column}` : String(column), token }
}

/** The first name that stands twice in one object of a text that is JSON; reading it would keep the last value alone. */
export function repeatedName(text: string): string | undefined {
  const open: Set<string>[] = []
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (token.endsWith(':')) {
      const name = JSON.parse(token.slice(0, -1)) as string
      if (open.at(-1)?.has(name)) return name
      open.at(-1)?.add(name)
    }
  }
  return undefined
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText)

/** `undefined` for a value that has no written form. */
export function writtenForm(value: unknown): string | undefined {
  if (!Array.isArray(value)) return writtenScalar(value)
  if (value.every((member) => typeof member === 'string')) return value.length === 0 ? '[]' : value.join('、')
  return value.every(isRecord) ? writtenRecords(value) : undefined
}

function writtenScalar(value: unknown): string | undefined {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '是' : '否'
  return value instanceof NumberText ? value.text : undefined
}

/** A field of a record: a scalar, or a list of members. */
export function writtenField(value: unknown): string | undefined {
  return Array.isArray(value) && value.every((member) => typeof member === 'string') ? writtenForm(value) : writtenScalar(value)
}

function writtenRecords(list: readonly Readonly<Record<string, unknown>>[]): string | undefined {
  const records = list.map((record) => Object.entries(record).map(([name, value]) => [name, writtenField(value)] as const))
  if (records.some((fields) => fields.some(([, form]) => form === undefined))) return undefined
  return JSON.stringify(records.map((fields) => Object.fromEntries(fields)))
}
