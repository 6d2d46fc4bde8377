// Unsaved text is kept a moment after the last key, and at once when the page goes away.

import { type Draft, keepDraft } from './kept.ts'

let waiting: { path: string; draft: Draft | undefined; timer: ReturnType<typeof setTimeout> } | undefined

/** @param draft `undefined` where nothing is unsaved any more */
export function scheduleDraft(path: string, draft: Draft | undefined) {
  if (waiting) clearTimeout(waiting.timer)
  if (waiting && waiting.path !== path) keepDraft(waiting.path, waiting.draft)
  waiting = { path, draft, timer: setTimeout(flushDraft, 300) }
}

export function flushDraft() {
  if (!waiting) return
  clearTimeout(waiting.timer)
  keepDraft(waiting.path, waiting.draft)
  waiting = undefined
}
