// What this browser keeps between visits: unsaved text, samples, the language of the interface, the last policy opened.

import { z } from 'zod'

const draft = z.strictObject({ text: z.string(), base: z.string() })
/** Unsaved text, and the hash of the file it builds on. */
export type Draft = z.infer<typeof draft>

const sample = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Id of the use that it is scored for. */
  scenario: z.string().optional(),
  dates: z.record(z.string(), z.string()),
  facts: z.record(z.string(), z.string()),
})
/** A sample person: written values by fact, `''` or absent for what is not known. */
export type Sample = z.infer<typeof sample>

const samples = z.strictObject({ selected: z.string(), list: z.array(sample) })
export type Samples = z.infer<typeof samples>

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

export const keptDraft = (path: string) => read(`heng.draft:${path}`, draft)
export const keepDraft = (path: string, value: Draft | undefined) => write(`heng.draft:${path}`, value)
export const keptSamples = (path: string) => read(`heng.samples:${path}`, samples)
export const keepSamples = (path: string, value: Samples) => write(`heng.samples:${path}`, value)
export const keptLanguage = () => read('heng.language', z.enum(['zh', 'en'])) ?? 'zh'
export const keepLanguage = (value: 'zh' | 'en') => write('heng.language', value)
export const keptPath = () => read('heng.path', z.string())
export const keepPath = (value: string) => write('heng.path', value)
