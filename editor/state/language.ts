// The worker beside the page, in which texts are compiled and people scored.

import { wrap } from 'comlink'
import type { LanguageWorker } from '../worker/protocol.ts'

// Written literally in this form, so that the bundler sees the worker.
const worker = new Worker(new URL('../worker/language.worker.ts', import.meta.url), { type: 'module', name: 'language' })

export const language: LanguageWorker = wrap<LanguageWorker>(worker) as LanguageWorker

/** Settled where the worker cannot be had: what it is asked is never answered then. */
export const workerFails = new Promise<void>((settle) => {
  worker.addEventListener('error', () => settle())
})
