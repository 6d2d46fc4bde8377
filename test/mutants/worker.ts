// The bench from outside: it is started when it is needed, and ended when a fault lets it hang.

import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Message, Order, Ran } from './bench.ts'

export type Answer = ({ readonly kind: 'ran' } & Ran) | { readonly kind: 'hung'; readonly at: string } | { readonly kind: 'crashed'; readonly said: string }

export interface Worker {
  run(order: Order): Promise<Answer>
  /** Seconds of CPU so far, of all processes that it was. */
  cpu(): number
  end(): void
}

/** @param mode `apart` gives each file of tests a process of its own, and notes what is reached */
export function makeWorker(mode: 'together' | 'apart'): Worker {
  let child: ChildProcess | undefined
  /** The end of what it says before it crashes. */
  let said = ''
  let [before, now] = [0, 0]

  function end(): void {
    child?.kill('SIGKILL')
    child = undefined
    before += now
    now = 0
  }

  function started(): ChildProcess {
    if (child) return child
    said = ''
    child = fork(join(import.meta.dirname, 'bench.ts'), [mode], {
      execArgv: ['--max-old-space-size=3000'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, CHROMIUM: 'none' },
    })
    const own = child
    // It may also end between two orders: the next one starts another.
    own.on('exit', () => {
      if (child === own) end()
    })
    own.on('error', () => {})
    child.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2000)
    })
    return child
  }

  return {
    end,
    cpu: () => before + now,
    run: (order) =>
      new Promise((resolve) => {
        const isNew = child === undefined
        const bench = started()
        const finish = (answer: Answer): void => {
          bench.off('message', hear).off('exit', gone)
          if (answer.kind !== 'ran') end()
          resolve(answer)
        }
        const gone = (): void => finish({ kind: 'crashed', said })
        const hear = (message: Message): void => {
          if (message.kind === 'alive') now = message.cpu
          else if (message.kind === 'ready') bench.send(order)
          else if (message.kind === 'hangs') finish({ kind: 'hung', at: message.at })
          else finish({ kind: 'ran', ...message.ran })
        }
        bench.on('message', hear).on('exit', gone)
        if (!isNew) bench.send(order)
      }),
  }
}
