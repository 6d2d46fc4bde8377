// One diagnostic: its severity, and its message and hint in Chinese and English. The tone is a helpful colleague's: what is
// wrong, then what to do.

/** `notice` informs and never fails a check. */
export type Severity = 'error' | 'warning' | 'notice'

type Data = Readonly<Record<string, string>>
type Texts = (data: Data) => readonly [message: string, hint: string]

export interface Entry {
  readonly severity: Severity
  readonly zh: Texts
  readonly en: Texts
}

export const d = (data: Data, key: string): string => data[key] ?? ''
export const maybe = (text: string, words: (text: string) => string): string => (text === '' ? '' : words(text))
export const entry = (severity: Severity, zh: Texts, en: Texts): Entry => ({ severity, zh, en })
