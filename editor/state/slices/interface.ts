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
    }
  | { readonly kind: 'save-failed' | 'read-failed'; readonly reason: string }
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
