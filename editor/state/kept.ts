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

export const unsent = (path: string) => read(`heng.unsent:${path}`, unsentSchema)
export const keepUnsent = (path: string, value: Unsent | undefined) => write(`heng.unsent:${path}`, value)
export const unsentChanges = (path: string): readonly PeopleChange[] => read(`heng.unsent-people:${path}`, z.array(peopleChangeSchema)) ?? []
export const keepUnsentChanges = (path: string, changes: readonly PeopleChange[]) =>
  write(`heng.unsent-people:${path}`, changes.length === 0 ? undefined : changes)
export const keptSelected = (path: string) => read(`heng.selected:${path}`, z.string())
export const keepSelected = (path: string, id: string) => write(`heng.selected:${path}`, id)
export const keptLanguage = () => read('heng.language', z.enum(['zh', 'en'])) ?? 'zh'
export const keepLanguage = (value: 'zh' | 'en') => write('heng.language', value)
export const keptTheme = () => read('heng.theme', z.enum(['light', 'dark']))
export const keepTheme = (value: 'light' | 'dark') => write('heng.theme', value)
export const keptPath = () => read('heng.path', z.string())
export const keepPath = (value: string) => write('heng.path', value)
