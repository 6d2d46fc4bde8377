// What this browser keeps between visits: the language of the interface, what was open last, who was looked at; and texts that have not
// reached the server yet.

import { z } from 'zod'
import { draftSchema, type PeopleChange, peopleChangeSchema } from '../desk.ts'

const unsentSchema = z.strictObject({ draft: draftSchema, from: z.int() })
/** A draft, and the revision that it builds on. */
export type Unsent = z.infer<typeof unsentSchema>

function read<T>(key: string, schema: z.ZodType<T>): T | undefined {
  try {
    const text = localStorage.getItem(key)
    return text === null ? undefined : schema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** A full or forbidden storage loses only what would have been kept. */
function write(key: string, value: unknown) {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
  } catch {
    return
  }
}

/** The layout of panes, as its library keeps it. */
export const layouts = {
  getItem: (key: string) => read(key, z.string()) ?? null,
  setItem: (key: string, value: string) => write(key, value),
}

/** What this page could not send stands apart from what another could not. */
const page = crypto.randomUUID()
const keyOf = (kind: 'unsent' | 'unsent-people', path: string, of: string = page) => `heng.${kind}:${path}:${of}`

/** Keys of what any page of this browser could not send. */
function keysOf(kind: 'unsent' | 'unsent-people', path: string): readonly string[] {
  const before = keyOf(kind, path, '')
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(before) && !key.slice(before.length).includes(':'))
  } catch {
    return []
  }
}

/** Drafts of a policy that this browser has and the server does not, each with what forgets it. */
export const unsent = (path: string): readonly { readonly value: Unsent; forget(): void }[] =>
  keysOf('unsent', path).flatMap((key) => {
    const value = read(key, unsentSchema)
    return value ? [{ value, forget: () => write(key, undefined) }] : []
  })
export const keepUnsent = (path: string, value: Unsent | undefined) => write(keyOf('unsent', path), value)

/** Changes of people that this browser has and the server does not: this page's from now on. */
export function takeUnsentChanges(path: string): readonly PeopleChange[] {
  const keys = keysOf('unsent-people', path)
  const changes = keys.flatMap((key) => read(key, z.array(peopleChangeSchema)) ?? [])
  keepUnsentChanges(path, changes)
  for (const key of keys) if (key !== keyOf('unsent-people', path)) write(key, undefined)
  return changes
}
export const keepUnsentChanges = (path: string, changes: readonly PeopleChange[]) =>
  write(keyOf('unsent-people', path), changes.length === 0 ? undefined : changes)
export const keptSelected = (path: string) => read(`heng.selected:${path}`, z.string())
export const keepSelected = (path: string, id: string) => write(`heng.selected:${path}`, id)
export const keptLanguage = () => read('heng.language', z.enum(['zh', 'en'])) ?? 'zh'
export const keepLanguage = (value: 'zh' | 'en') => write('heng.language', value)
export const keptTheme = () => read('heng.theme', z.enum(['light', 'dark']))
export const keepTheme = (value: 'light' | 'dark') => write('heng.theme', value)
export const keptPath = () => read('heng.path', z.string())
export const keepPath = (value: string) => write('heng.path', value)
