// The process that tests run in, started by worker.ts: it keeps the transformed sources warm, puts in one fault at a time as a file is
// loaded, and tells the first test that fails. No file of the project is written.

import { join } from 'node:path'
import { createVitest, type TestCase, type TestModule, type TestSpecification } from 'vitest/node'
import { root } from './areas.ts'
import { withHits } from './hits.ts'

/** What is to be run. */
export interface Order {
  /** The text of a file, from the project on, that is loaded in the place of what is written there. */
  readonly instead?: { readonly file: string; readonly text: string } | undefined
  /** Files of tests, in the order in which they are run, with the seconds of CPU after which one hangs in which no test ended. */
  readonly tests: readonly { readonly path: string; readonly patience: number }[]
  /** Of the corpus only these; `undefined` for all. */
  readonly entries?: readonly string[] | undefined
  /** A folder: all tests are run, each file apart, and the functions that they reach are noted there. */
  readonly notes?: string | undefined
}

export interface Ran {
  /** The first test that failed. */
  readonly red: string | undefined
  /** Seconds of CPU by file of tests. */
  readonly seconds: Readonly<Record<string, number>>
}

export type Message =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ran'; readonly ran: Ran }
  | { readonly kind: 'hangs'; readonly at: string }
  | { readonly kind: 'alive'; readonly cpu: number }

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the corpus only these are run. */
    readonly entries: readonly string[] | undefined
    /** Where the functions reached are noted. */
    readonly notes: string | undefined
  }
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const say = (message: Message): void => {
  process.send?.(message)
}
const fromRoot = (path: string): string => path.slice(root.length + 1)

const isApart = process.argv[2] === 'apart'
let order: Order = { tests: [] }
let red: string | undefined
let seconds: Record<string, number> = {}
let running = { path: '', since: 0, lastEnd: 0 }

const reporter = {
  onTestModuleQueued: (module: TestModule): void => {
    running = { path: fromRoot(module.moduleId), since: cpu(), lastEnd: cpu() }
  },
  onTestCaseResult: (test: TestCase): void => {
    running.lastEnd = cpu()
    if (test.result().state === 'failed') red ??= `${fromRoot(test.module.moduleId)} › ${test.fullName}`
  },
  onTestModuleEnd: (module: TestModule): void => {
    seconds[fromRoot(module.moduleId)] = cpu() - running.since
    const [error] = module.errors()
    if (error) red ??= `${fromRoot(module.moduleId)}: ${error.message}`
  },
  onTestRunEnd: (_: unknown, errors: readonly { readonly message: string }[]): void => {
    if (errors[0]) red ??= `${running.path}: ${errors[0].message}`
  },
}

/** Files run one after the other as they were ordered. */
class AsOrdered {
  shard = (files: TestSpecification[]): TestSpecification[] => files
  sort = (files: TestSpecification[]): TestSpecification[] => files
}

const vitest = await createVitest(
  'test',
  {
    config: false,
    root,
    watch: false,
    include: ['test/**/*.test.ts'],
    setupFiles: [join(import.meta.dirname, 'setup.ts')],
    pool: 'threads',
    fileParallelism: false,
    sequence: { sequencer: AsOrdered },
    isolate: isApart,
    bail: isApart ? 0 : 1,
    reporters: [reporter],
    // What stands there would outlive a fault, or hide it.
    fsModuleCache: false,
    // Only what waits for ever ends by these.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
  {
    plugins: [
      {
        name: 'faults',
        enforce: 'pre',
        transform(code, id) {
          const file = fromRoot(id.split('?')[0] ?? '')
          if (isApart) return file.startsWith('runtime/') && file.endsWith('.ts') ? withHits(file, code) : undefined
          return file === order.instead?.file ? order.instead.text : undefined
        },
      },
    ],
  },
)
await vitest.standalone()

async function run(next: Order): Promise<Ran> {
  const changed = [order.instead?.file, next.instead?.file].filter((file) => file !== undefined)
  order = next
  red = undefined
  seconds = {}
  for (const file of changed) vitest.invalidateFile(join(root, file))
  const project = vitest.getRootProject()
  project.provide('entries', order.entries)
  project.provide('notes', order.notes)
  running = { path: '', since: cpu(), lastEnd: cpu() }
  await vitest.runTestSpecifications(order.tests.map(({ path }) => project.createSpecification(join(root, path))))
  return { red, seconds }
}

process.on('message', (next: Order) => {
  void run(next).then((ran) => say({ kind: 'ran', ran }))
})
// Whoever started it is gone.
process.on('disconnect', () => process.exit())
setInterval(() => {
  say({ kind: 'alive', cpu: cpu() })
  const { patience = 60 } = order.tests.find(({ path }) => path === running.path) ?? {}
  if (cpu() - running.lastEnd > patience) say({ kind: 'hangs', at: running.path })
}, 500)
say({ kind: 'ready' })
