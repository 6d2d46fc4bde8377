// What the editor is asked to do from outside: to take a whole new text, to show a place.

import type { Fix } from '../../../language/diagnostics/diagnostic.ts'
import type { Span } from '../../../language/span.ts'
import type { Reading } from '../../worker/protocol.ts'
import { language } from '../language.ts'
import { entryAt } from '../outline.ts'
import { readPolicy } from '../server.ts'
import type { Slice } from './slice.ts'

/** A whole new text for the editor, put in as a small edit; `sequence` tells one from the next. */
export interface Replacement {
  readonly text: string
  readonly sequence: number
}

/** A place for the editor to show. */
export interface Reveal {
  readonly start: number
  readonly end: number
  readonly sequence: number
}

/** A text that the open one takes in, looked at beside it. */
export interface Beside {
  readonly path: string
  readonly text: string
  readonly span: Span
}

export interface EditorSlice {
  readonly beside: Beside | undefined
  /** The entry of the outline that was looked at last, by the names that lead to it: 省级共性指标.年龄 */
  readonly item: string | undefined
  readonly replacement: Replacement | undefined
  readonly reveal: Reveal | undefined
  /** Puts another text in the place of the open one. */
  replaceText(text: string): void
  /** Mends the text as `fix` says, where it is still the one that was read. */
  applyFix(reading: Reading, fix: Fix): void
  show(span: { start: number; end: number }): void
  /** Shows an entry of the outline; nothing where there is none of these names. */
  showItem(item: string): void
  /** Shows where a rule of the scored policy is written: beside the text where that is in another file. */
  showRule(id: string): Promise<void>
  closeBeside(): void
  /** Shows a line of a policy of the folder, counted from 1. */
  showLine(path: string, line: number, column: number): Promise<void>
}

let sequence = 0
const next = () => {
  sequence += 1
  return sequence
}

export const newReplacement = (text: string): Replacement => ({ text, sequence: next() })

export const createEditor: Slice<EditorSlice> = (set, get) => ({
  replacement: undefined,
  reveal: undefined,
  beside: undefined,
  item: undefined,

  replaceText(text) {
    if (!get().open) return
    set({ replacement: newReplacement(text) })
    get().textChanged(text)
  },

  applyFix(reading, { edits }) {
    const { open } = get()
    if (open?.reading !== reading || open.reading.text !== open.text) return
    const backwards = [...edits].sort((a, b) => b.span.start - a.span.start)
    const text = backwards.reduce((before, { span, text: put }) => before.slice(0, span.start) + put + before.slice(span.end), open.text)
    get().replaceText(text)
    const first = backwards.at(-1)
    if (first) get().show({ start: first.span.start, end: first.span.start + first.text.length })
  },

  show({ start, end }) {
    if (get().room === 'narrow') get().choosePane('text')
    set({ reveal: { start, end, sequence: next() } })
  },

  async showRule(id) {
    const path = get().open?.path
    const place = path === undefined ? undefined : await language.placeOf(path, id)
    if (!place || get().open?.path !== path) return
    if (place.path === path) {
      get().show(place.span)
      return
    }
    try {
      const { text } = await readPolicy(place.path)
      if (get().room === 'narrow') get().choosePane('text')
      set({ beside: { path: place.path, text, span: place.span } })
    } catch (error) {
      set({ notice: { kind: 'read-failed', reason: error instanceof Error ? error.message : String(error) } })
    }
  },

  closeBeside() {
    set({ beside: undefined })
  },

  showItem(item) {
    const entry = entryAt(get().open?.reading.outline ?? [], item)
    if (!entry) return
    set({ item })
    get().show(entry.nameSpan)
  },

  async showLine(path, line, column) {
    if (path !== get().open?.path) await get().openPolicy(path)
    const { open } = get()
    if (open?.path !== path) return
    const start = offsetOf(open.text, line, column)
    get().show({ start, end: start })
  },
})

/** Where a line and column, both counted from 1, stand in a text. */
function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.join('\n').length + (line > 1 ? 1 : 0) + column - 1
}
