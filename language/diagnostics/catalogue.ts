// Every diagnostic that the language gives. The code is also the name of its fixture and its anchor in the reference.

import type { Surface } from '../words.ts'
import type { Diagnostic, Fix } from './diagnostic.ts'
import type { Entry, Severity } from './texts/entry.ts'
import { itemTexts } from './texts/items.ts'
import { readingTexts } from './texts/reading.ts'
import { useTexts } from './texts/uses.ts'
import { valueTexts } from './texts/values.ts'

export const catalogue = { ...readingTexts, ...valueTexts, ...itemTexts, ...useTexts }

export type Code = keyof typeof catalogue

export const severityOf = (diagnostic: Diagnostic): Severity => catalogue[diagnostic.code].severity

export interface Message {
  readonly severity: Severity
  readonly message: string
  readonly hint: string
}

/** The words of a diagnostic in one language. */
export function describe(diagnostic: Diagnostic, language: Surface): Message {
  // That the data are those of the code is the type of a diagnostic; of all of them at once the compiler cannot say it.
  const { severity, [language]: words } = catalogue[diagnostic.code] as Entry<Diagnostic['data']>
  const [message, hint] = words(diagnostic.data)
  return { severity, message, hint }
}

/** The words of a fix in one language. */
export function describeFix(fix: Fix, language: Surface): string {
  const text = fix.data.text ?? ''
  const zh = language === 'zh'
  switch (fix.title) {
    case 'replace':
      return zh ? `改为“${text}”` : `Replace with “${text}”`
    case 'insert':
      return zh ? `补上“${text}”` : `Insert “${text}”`
    case 'remove':
      return zh ? '删去' : 'Remove'
    case 'split':
      return zh ? `分开写作“${text}”` : `Split into “${text}”`
    case 'move':
      return zh ? `把“${text}”移到前面` : `Move “${text}” to the front`
    case 'declare':
      return zh ? `先声明：${text}` : `Declare it: ${text}`
  }
}
