// One diagnostic: its severity, and its message and hint in Chinese and English.

import type { Data, Texts } from '../../../runtime/ir/messages.ts'

/** `notice` informs and never fails a check. */
export type Severity = 'error' | 'warning' | 'notice'

export interface Entry<Told> extends Texts<Told> {
  readonly severity: Severity
}

/** @typeParam Needed what its words need to be told @typeParam Possible what they may be told */
export const entry = <Needed extends string = never, Possible extends string = never>(
  severity: Severity,
  zh: Entry<Data<Needed, Possible>>['zh'],
  en: Entry<Data<Needed, Possible>>['en'],
): Entry<Data<Needed, Possible>> => ({ severity, zh, en })

/** What is said where there is a text to say it of. */
export const maybe = (text: string | undefined, words: (text: string) => string): string => (text === undefined || text === '' ? '' : words(text))
