// The language of the interface, and what it has to tell.

import type { Language } from '../../words.ts'
import { keepLanguage, keptLanguage } from '../kept.ts'
import type { Slice } from './slice.ts'

export type Notice =
  | {
      readonly kind:
        | 'restored'
        | 'formatted'
        | 'cannot-format'
        | 'cannot-save-as-case'
        | 'saved'
        | 'server-gone'
        | 'file-gone'
        | 'no-dates'
        | 'gb18030'
        | 'converted'
        | 'changed-on-disk'
        | 'merged'
        | 'set-aside'
        | 'not-people'
        | 'cannot-take'
    }
  | { readonly kind: 'save-failed' | 'read-failed'; readonly reason: string }
  | { readonly kind: 'removed'; readonly id: string; readonly name: string }
  /** It is kept as a draft. */
  | { readonly kind: 'has-errors'; readonly count: number }
  | { readonly kind: 'imported'; readonly count: number }
  | { readonly kind: 'saved-as-case'; readonly path: string; readonly line: number }
  | { readonly kind: 'cannot-write-case'; readonly fact: string; readonly value: string }

export interface InterfaceSlice {
  readonly language: Language
  readonly notice: Notice | undefined
  setLanguage(language: Language): void
  dismissNotice(): void
}

export const createInterface: Slice<InterfaceSlice> = (set) => ({
  language: keptLanguage(),
  notice: undefined,

  setLanguage(language) {
    keepLanguage(language)
    set({ language })
  },

  dismissNotice() {
    set({ notice: undefined })
  },
})
