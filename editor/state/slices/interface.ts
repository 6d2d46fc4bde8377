// How the interface looks, which of its panes is looked at, and what it has to tell.

import type { ThemeName } from '../../theme/tokens.ts'
import type { Language } from '../../words.ts'
import { keepLanguage, keepTheme, keptLanguage, keptTheme } from '../kept.ts'
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
        | 'worker-failed'
    }
  | { readonly kind: 'save-failed' | 'read-failed'; readonly reason: string }
  | { readonly kind: 'removed'; readonly id: string; readonly name: string }
  /** It is kept as a draft. */
  | { readonly kind: 'has-errors'; readonly count: number }
  | { readonly kind: 'imported'; readonly count: number }
  | { readonly kind: 'saved-as-case'; readonly path: string; readonly line: number }
  | { readonly kind: 'cannot-write-case'; readonly fact: string; readonly value: string }

export const panes = ['policies', 'text', 'person', 'cases', 'official'] as const
export type Pane = (typeof panes)[number]

/** How many panes stand side by side: the policies, the text and one more; the text and one more; one. */
export type Room = 'wide' | 'medium' | 'narrow'

/** Which panes are tabs, where there is so much room; the others stand for themselves. */
export const tabsOf: Readonly<Record<Room, readonly Pane[]>> = {
  wide: ['person', 'cases', 'official'],
  medium: ['policies', 'person', 'cases', 'official'],
  narrow: panes,
}

export interface InterfaceSlice {
  readonly language: Language
  readonly notice: Notice | undefined
  /** `undefined` for that of the system. */
  readonly theme: ThemeName | undefined
  /** What the system asks for. */
  readonly systemTheme: ThemeName
  readonly room: Room
  /** The tab that was chosen last; `paneOf` says which one is shown. */
  readonly pane: Pane
  /** Whether one searches for what to do or to see. */
  readonly searches: boolean
  setLanguage(language: Language): void
  setTheme(theme: ThemeName): void
  setSystemTheme(theme: ThemeName): void
  setRoom(room: Room): void
  choosePane(pane: Pane): void
  setSearches(searches: boolean): void
  tell(notice: Notice): void
  dismissNotice(): void
}

/** The theme that was chosen, or that of the system. */
export const themeOf = ({ theme, systemTheme }: Pick<InterfaceSlice, 'theme' | 'systemTheme'>): ThemeName => theme ?? systemTheme

/** The tab that is shown. */
export const paneOf = ({ pane, room }: Pick<InterfaceSlice, 'pane' | 'room'>): Pane => (tabsOf[room].includes(pane) ? pane : 'person')

export const createInterface: Slice<InterfaceSlice> = (set) => ({
  language: keptLanguage(),
  notice: undefined,
  theme: keptTheme(),
  systemTheme: 'light',
  room: 'wide',
  pane: 'person',
  searches: false,

  setTheme(theme) {
    keepTheme(theme)
    set({ theme })
  },

  setSystemTheme(systemTheme) {
    set({ systemTheme })
  },

  setRoom(room) {
    set({ room })
  },

  choosePane(pane) {
    set({ pane })
  },

  setSearches(searches) {
    set({ searches })
  },

  setLanguage(language) {
    keepLanguage(language)
    set({ language })
  },

  tell(notice) {
    set({ notice })
  },

  dismissNotice() {
    set({ notice: undefined })
  },
})
