// The worker beside the page, in which texts are compiled and people scored.

import { wrap } from 'comlink'
import type { LanguageWorker } from '../worker/protocol.ts'

// Written literally in this form, so that the bundler sees the worker.
export const language: LanguageWorker = wrap<LanguageWorker>(
  new Worker(new URL('../worker/language.worker.ts', import.meta.url), { type: 'module', name: 'language' }),
) as LanguageWorker
