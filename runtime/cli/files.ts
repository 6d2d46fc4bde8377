// Policy files for the commands: finding them, reading and compiling them, and writing them whole.

import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Compiled, compile, compileCases, type Load } from '../../language/compile.ts'

/** A mistake of the user's that stops the command: printed without a stack, exit code 2. */
export class CannotRun extends Error {}

export interface PolicyFile {
  readonly path: string
  readonly text: string
  readonly compiled: Compiled
}

/** The .heng files that are named, also inside folders. */
export async function findPolicies(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const path of paths) {
    if (path === '-' || !existsSync(path) || !statSync(path).isDirectory()) found.push(path)
    else {
      const entries = await readdir(path, { recursive: true, withFileTypes: true })
      const inside = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.heng') && !entry.parentPath.includes('node_modules'))
      found.push(...inside.map((entry) => join(entry.parentPath, entry.name)).sort())
    }
  }
  return found
}

/** Text of a file, or of standard input for `-`. A byte-order mark is dropped unless it is asked for; a file that is not UTF-8 is refused. */
export async function readText(path: string, cannotRead: (path: string, reason: string) => string, { keepMark = false } = {}): Promise<string> {
  try {
    const bytes = path === '-' ? await readAll(process.stdin) : await readFile(path)
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepMark }).decode(bytes)
  } catch (error) {
    throw new CannotRun(cannotRead(path, reasonOf(error)))
  }
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'UTF-8?'
  const code = (error as NodeJS.ErrnoException).code
  return code ?? (error instanceof Error ? error.message : String(error))
}

/** A policy, or a file of cases beside one, with the policies that it takes in. */
export async function readPolicy(path: string, cannotRead: (path: string, reason: string) => string): Promise<PolicyFile> {
  const text = await readText(path, cannotRead)
  const owner = policyOf(path)
  if (owner === undefined || !existsSync(owner)) return { path, text, compiled: compile(text, path, loadBeside) }
  const policy = await readPolicy(owner, cannotRead)
  return { path, text, compiled: compileCases(text, path, policy.compiled) }
}

const casesEnding = '.cases.heng'

/** The policy beside which a file of cases stands. */
function policyOf(path: string): string | undefined {
  return path.endsWith(casesEnding) ? `${path.slice(0, -casesEnding.length)}.heng` : undefined
}

/** The file of cases that stands beside a policy, if there is one. */
export function casesBeside(path: string): string | undefined {
  const cases = path.endsWith('.heng') && !path.endsWith(casesEnding) ? `${path.slice(0, -'.heng'.length)}${casesEnding}` : undefined
  return cases !== undefined && existsSync(cases) ? cases : undefined
}

/** Policies that are taken in, by their path from the file that says so. */
export const loadBeside: Load = (written, from) => {
  const path = join(dirname(from === '-' ? '' : from), written)
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) }
  } catch {
    return undefined
  }
}

/** Writes beside the file first, so that it is never half written. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.part`
  try {
    await writeFile(temporary, text)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
