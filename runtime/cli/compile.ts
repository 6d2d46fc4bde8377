// heng compile: a policy as text that runs elsewhere: its compiled form, JavaScript, or SQL.

import { emit, type Form } from '../emit.ts'
import { stopCleanly } from '../files/stop.ts'
import { writeWhole } from '../files/whole-file.ts'
import type { Policy } from '../ir/schema.ts'
import type { ExitCode } from './common.ts'
import { CannotRun, reasonOf, refuseOutputs } from './files.ts'
import { loadPolicy, type RunOptions, runOf } from './run.ts'
import { problemText, say } from './text.ts'

export interface CompileOptions extends RunOptions {
  readonly target: string
  readonly columns: boolean
  /** A module that checks nothing of what it is given. */
  readonly raw: boolean
  readonly rank: boolean
  /** Of the lot, in a ranking. */
  readonly seed: string | undefined
  readonly out: string | undefined
}

export async function compileCommand(path: string, options: CompileOptions): Promise<ExitCode> {
  const idle = idleOption(options)
  if (idle !== undefined) throw new CannotRun(idle)
  const policy = await loadPolicy(path, options)
  const text = options.target === 'ir' ? `${JSON.stringify(policy, null, 2)}\n` : generated(policy, options)
  if (options.out === undefined) {
    process.stdout.write(text)
    return 0
  }
  refuseOutputs(
    [options.out],
    policy.sources.map((source) => source.path),
    options.language,
  )
  stopCleanly()
  await writeWhole(options.out, text).catch((error: unknown) => {
    throw new CannotRun(say[options.language].cannotWrite(options.out ?? '', reasonOf(error)))
  })
  return 0
}

/** What is asked for and would change nothing, in words. */
function idleOption({ language, target, columns, raw, rank, seed, scenario, asOf }: CompileOptions): string | undefined {
  const w = say[language]
  if (!['ir', 'js', 'sql'].includes(target)) return w.unknownTarget(target)
  if (rank && target !== 'sql') return w.rankIsSql
  if (columns && target !== 'js') return w.onlyFor('--columns', '--target js')
  if (raw && target !== 'js') return w.onlyFor('--raw', '--target js')
  if (seed !== undefined && !rank) return w.onlyFor('--seed', '--rank')
  if (target !== 'ir') return undefined
  if (scenario !== undefined) return w.onlyFor('--scenario', '--target js, sql')
  return asOf.length > 0 ? w.onlyFor('--as-of', '--target js, sql') : undefined
}

function generated(policy: Policy, options: CompileOptions): string {
  const { language, rank, seed } = options
  const run = runOf(policy, options, rank ? { ranks: true, seed } : {})
  const emitted = emit(run, formOf(options), language)
  if (!emitted.ok) throw new CannotRun(problemText(emitted.problem, language))
  return emitted.text
}

function formOf({ target, rank, columns, raw }: CompileOptions): Form {
  if (target === 'sql') return rank ? 'ranking' : 'query'
  return columns ? 'columns' : raw ? 'person' : 'reading'
}
