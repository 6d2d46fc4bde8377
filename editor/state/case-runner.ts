// Hands cases to a worker, one question at a time: of several that wait only the newest is asked.

import type { CasesAsked, RanCase } from '../cases/run-cases.ts'

export interface CaseRunner {
  run(asked: CasesAsked): void
}

export function makeCaseRunner(answered: (asked: CasesAsked, ran: readonly RanCase[] | undefined) => void): CaseRunner {
  let worker: Worker | undefined
  let asking: CasesAsked | undefined
  let waiting: CasesAsked | undefined

  const ask = (asked: CasesAsked) => {
    asking = asked
    worker ??= start()
    worker.postMessage(asked)
  }
  const start = () => {
    const started = new Worker(new URL('../cases/cases.worker.ts', import.meta.url), { type: 'module', name: 'cases' })
    started.onmessage = ({ data }: MessageEvent<readonly RanCase[] | undefined>) => {
      const asked = asking
      const next = waiting
      asking = undefined
      waiting = undefined
      if (asked && !next) answered(asked, data)
      if (next) ask(next)
    }
    // A worker that could not be had or broke is asked anew with the next key.
    started.onerror = () => {
      worker = undefined
      asking = undefined
      waiting = undefined
    }
    return started
  }

  return {
    run(asked) {
      if (asking) waiting = asked
      else ask(asked)
    },
  }
}
