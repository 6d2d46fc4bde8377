// Runs the command line as a real process, and gives each test a folder of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { steady } from '../steady.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
export const policyPath = `${root}/policies/zhejiang/common-2023.heng`
export const asOf = ['--as-of', '审核日=2025-03-01'] as const

/** The code of a start is compiled once for all tests. */
export const cache = `${root}/node_modules/.cache/node`

export interface Run {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Options {
  /** The folder for temporary files. */
  readonly temporary?: string
  readonly input?: string | Uint8Array
  readonly cwd?: string
}

/** The built command line, which `test/setup.ts` made, and the Node that runs the tests: what a shell's line begins with. */
export const command = [process.execPath, ...steady, `${root}/runtime/cli/dist/heng.js`] as const

/** Starts it with Chinese messages. */
export function start(args: readonly string[], { cwd = root, temporary }: Options = {}): ChildProcess {
  const { HENG_LANGUAGE: _, ...env } = process.env
  const [node, ...begins] = command
  return spawn(node, [...begins, ...args], { cwd, env: { ...env, NODE_COMPILE_CACHE: cache, ...(temporary ? { TMPDIR: temporary } : {}) }, stdio: 'pipe' })
}

/** Runs a command to its end. */
export function heng(args: readonly string[], options: Options = {}): Promise<Run> {
  const child = start(args, options)
  child.stdin?.on('error', () => {})
  child.stdin?.end(options.input ?? '')
  return finished(child)
}

export function finished(child: ChildProcess): Promise<Run> {
  const chunks: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] }
  child.stdout?.on('data', (chunk: Buffer) => chunks.stdout.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => chunks.stderr.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) =>
      resolve({ code, signal, stdout: Buffer.concat(chunks.stdout).toString('utf8'), stderr: Buffer.concat(chunks.stderr).toString('utf8') }),
    )
  })
}

/** Calls `work` with an empty folder that is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
